// Noun phrases: which words could stand for somebody or something.
//
//   "Interior Minister Jan Kowal, a former judge, met 12 envoys."
//     ->  Interior Minister Jan Kowal (title Interior Minister, name Jan Kowal) | a former judge | 12 envoys

#include "mentions/phrases.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_PHRASE = 48, // tokens; a longer one is cut to its core, so that hostile nesting stays linear
};

// Tokens of the times found: "today" is no part of a name, "3 March" no thing.
static void mark_times(workings *w)
{
    w->in_time = new_array(w->a, bool, w->p->n + 1);
    for (size_t k = 0; w->times && k < w->times->n; k++)
        for (uint32_t i = w->times->v[k].first; i < w->times->v[k].end && i < w->p->n; i++) w->in_time[i] = true;
}

static bool is_all_time(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!w->in_time[i]) return false;
    return first < end;
}

// Labels of the name recogniser that are things, not amounts and dates.
static bool is_name_label(uint8_t ent)
{
    switch (ent) {
    case ENT_PERSON:
    case ENT_NORP:
    case ENT_FAC:
    case ENT_ORG:
    case ENT_GPE:
    case ENT_LOC:
    case ENT_PRODUCT:
    case ENT_EVENT:
    case ENT_WORK_OF_ART:
    case ENT_LAW: return true;
    default: return false;
    }
}

static phrase *add_phrase(workings *w, uint32_t first, uint32_t end, uint32_t head, mention_form form)
{
    phrase *f = push(w->a, w);
    f->m = (mention){.first = first, .end = end, .head = head, .entity = NO_ENTITY, .form = form};
    f->base_end = end;
    f->known = NO_THING;
    f->name_first = f->name_end = end;
    return f;
}

static void cut_long(phrase *f)
{
    if (f->m.end - f->m.first <= LONGEST_PHRASE) return;
    f->m.end = f->base_end;
    if (f->m.end - f->m.first > LONGEST_PHRASE) f->m.first = f->m.end - LONGEST_PHRASE;
}

static void add_headed(workings *w, uint32_t h)
{
    const parse *p = w->p;
    if (p->v[h].pos == POS_PRON && (p->v[h].tag == TAG_PRP || p->v[h].tag == TAG_PRPS)) {
        w->of_head[h] = (uint32_t)w->n;
        add_phrase(w, h, h + 1, h, MENTION_PRONOUN);
        return;
    }
    uint32_t base_end, end = mentions_phrase_end(p, h, &base_end, 0), first = mentions_phrase_first(p, h);
    phrase  *f = add_phrase(w, first, end, h, MENTION_NOMINAL);
    f->base_end = base_end;
    cut_long(f);
    w->of_head[h] = (uint32_t)(w->n - 1);
}

// Tokens of the recogniser's name that begins at s; its label in *ent.
static uint32_t entity_end(const parse *p, uint32_t s)
{
    uint32_t e = s + 1;
    while (e < p->n && p->v[e].iob == 'I' && p->v[e].ent == p->v[s].ent && !memchr(p->v[e].text.p, '\n', p->v[e].text.n)) e++;
    return e;
}

static bool is_adjective(const workings *w, uint32_t i)
{
    const token *t = &w->p->v[i];
    return t->pos == POS_ADJ || t->dep == DEP_amod || (t->dep == DEP_compound && t->ent == ENT_NORP);
}

static void add_named(workings *w, uint32_t first, uint32_t end, uint8_t label)
{
    phrase *f = add_phrase(w, first, end, end - 1, MENTION_NAME);
    f->ent = label;
    f->name_first = first;
    if (w->of_head[end - 1] == NO_MENTION) w->of_head[end - 1] = (uint32_t)(w->n - 1);
}

static void add_entity(workings *w, uint32_t s, uint32_t e)
{
    const parse *p = w->p;
    for (uint32_t i = s + 1; i + 1 < e; i++)
        if (str_is(p->v[i].text, "(")) { // "Federal Bureau of Investigation (FBI": two names
            add_entity(w, i + 1, e);
            e = i;
        }
    while (e > s + 1 && str_is(p->v[e - 1].text, "(")) e--;
    uint8_t  label = p->v[s].ent;
    uint32_t first = mentions_after_article(p, s, e), end = e;
    if (!mentions_has_capital(w, first, end)) return; // "an electrician" is no name
    bool led = end > first + 2 && str_is(p->v[end - 2].text, "-") && !mentions_is_capitalised(p->v[end - 1].text) &&
               parse_is_verb(p, end - 1);
    if (led) end -= 2; // "U.S.-led"
    while (end > first + 1 && (p->v[end - 1].tag == TAG_POS || p->v[end - 1].pos == POS_SPACE)) end--;
    uint32_t before = first, person = mentions_person_within(w, first, end, label);
    if (person != first) {
        add_named(w, first, person, p->v[first].ent == ENT_PERSON ? ENT_GPE : label);
        first = person;
        label = ENT_PERSON;
    }
    uint32_t root = end - 1;
    for (uint32_t i = first; i < end; i++)
        if (p->v[i].head < first || p->v[i].head >= end || p->v[i].head == i) {
            root = i;
            if (w->of_head[i] != NO_MENTION) break;
        }
    phrase *f = w->of_head[root] != NO_MENTION ? &w->v[w->of_head[root]] : NULL;
    if (f && f->m.form == MENTION_PRONOUN) return;
    if (!f) {
        if (mentions_only_titles(w, first, end)) return;
        f = add_phrase(w, first, end, root, MENTION_NAME);
        const known_name *k = mentions_known(w->r, mentions_key(w, first, end));
        f->adjective = led || is_adjective(w, root) || (k && !(k->as & KNOWN_NAME) && p->v[root].dep == DEP_compound);
        w->of_head[root] = (uint32_t)(w->n - 1);
    }
    f->ent = label;
    if (f->m.first > first) f->m.first = first == s + 1 ? s : first;
    if (person != before) f->m.first = first;
    if (f->base_end < end) f->base_end = end;
    if (f->m.end < end) f->m.end = end;
    mentions_set_name(w, f, first, end);
}

// "Kentucky" in "Kentucky State Police": the place that a body's name begins with is told of too.
static void add_place_within(workings *w, const phrase *outer)
{
    uint32_t first = outer->name_first, end = outer->name_end;
    if (end < first + 2 || outer->ent == ENT_PERSON || outer->m.form == MENTION_PRONOUN ||
        mentions_head(w->r, w->fold[end - 1]) == NULL)
        return;
    for (uint32_t n = end - first - 1 < 3 ? end - first - 1 : 3; n > 0; n--) {
        if (!mentions_is_capitalised(w->p->v[first + n - 1].text) || mentions_head(w->r, w->fold[first + n - 1])) continue;
        const known_name *k = mentions_known(w->r, mentions_key(w, first, first + n));
        entity_kind       kind = k ? w->r->things[k->thing].kind : ENTITY_OTHER;
        const beside_row *beside = k ? NULL : mentions_beside(w, first, first + n);
        if (k ? kind != ENTITY_STATE && kind != ENTITY_PLACE : !mentions_is_city(w, first, first + n, beside && beside->town))
            continue;
        if (w->of_head[first + n - 1] != NO_MENTION) return;
        uint32_t row = (uint32_t)w->n;
        phrase  *f = add_phrase(w, first, first + n, first + n - 1, MENTION_NAME);
        f->name_first = first;
        f->nested = true;
        f->adjective = k && !(k->as & KNOWN_NAME);
        w->of_head[first + n - 1] = row;
        return;
    }
}

// "Narok" in "Narok police", also within a name or title ("Narok Police Chief Jan Kowal"); "Narok" in "north Narok".
static void add_towns_beside(workings *w)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < p->n; i++) {
        if (!mentions_is_capitalised(p->v[i].text) || p->v[i].pos != POS_PROPN) continue;
        bool after_direction = i > 0 && mentions_is_direction(w->fold[i - 1]);
        for (uint32_t n = 3; n > 0; n--) {
            if (i + n >= p->n || !mentions_is_capitalised(p->v[i + n - 1].text)) continue;
            const beside_row *row = mentions_beside(w, i, i + n);
            bool              town = row && row->town && w->of_head[i + n - 1] == NO_MENTION;
            bool part = after_direction && !mentions_known(w->r, mentions_key(w, i - 1, i + n)) && !mentions_is_city(w, i - 1, i + n, true);
            if ((!town && !part) || !mentions_is_city(w, i, i + n, town)) continue;
            phrase *f = add_phrase(w, i, i + n, i + n - 1, MENTION_NAME);
            f->name_first = i;
            f->nested = true;
            if (w->of_head[i + n - 1] == NO_MENTION) w->of_head[i + n - 1] = (uint32_t)(w->n - 1);
            i += n - 1;
            break;
        }
    }
}

// Proper nouns inside a phrase that the recogniser passed over: known ones, or two and more in a row.
static void add_run(workings *w, uint32_t s, uint32_t e)
{
    uint32_t root = e - 1;
    if (w->of_head[root] != NO_MENTION || mentions_only_titles(w, s, e) || mentions_role_at_end(w, s, e)) return;
    const known_name *k = mentions_known(w->r, mentions_key(w, s, e));
    if (!k && !mentions_is_city(w, s, e, false) && (e - s < 2 || mentions_head(w->r, w->fold[root]))) return;
    phrase *f = add_phrase(w, s, e, root, MENTION_NAME);
    f->adjective = is_adjective(w, root) || (k && !(k->as & KNOWN_NAME));
    f->name_first = s;
    w->of_head[root] = (uint32_t)(w->n - 1);
}

// "Turkey and Greece", "foreign ministers from Egypt, Cyprus and France" as one phrase.
static void add_group(workings *w, uint32_t h)
{
    const parse *p = w->p;
    uint32_t     of = w->of_head[h];
    if (p->v[h].dep == DEP_conj || of == NO_MENTION || w->v[of].m.form == MENTION_PRONOUN || !parse_has_child(p, h, DEP_conj))
        return;
    uint32_t first = w->v[of].m.first, end = mentions_list_end(p, h, w->v[of].m.end, 0);
    if (end <= w->v[of].m.end || end - first > LONGEST_PHRASE) return;
    phrase *f = add_phrase(w, first, end, h, MENTION_NOMINAL);
    f->group = f->plural = true;
    f->members = 1;
    for (uint32_t at = h; f->members < 12;) {
        at = parse_child(p, at, DEP_conj);
        if (at == TOKEN_NONE) break;
        f->members++;
    }
}

static int phrase_order(const void *x, const void *y)
{
    const phrase *a = x, *b = y;
    if (a->m.first != b->m.first) return a->m.first < b->m.first ? -1 : 1;
    if (a->m.end != b->m.end) return a->m.end > b->m.end ? -1 : 1;
    return a->m.head < b->m.head ? -1 : a->m.head > b->m.head;
}

// Pieces of a longer name that the parser took for phrases of their own ("Investigation" in "Bureau of
// Investigation") go, unless they are known places or bodies.
static void drop_pieces(workings *w)
{
    size_t   n = 0;
    uint32_t outer_first = 0, outer_end = 0, title_first = 0, title_end = 0;
    for (size_t i = 0; i < w->n; i++) {
        phrase  *f = &w->v[i];
        uint32_t first = f->m.first, end = f->m.end;
        bool     inside =
            f->m.form != MENTION_PRONOUN && !f->group && first >= outer_first && end <= outer_end && f->name_end != outer_end;
        bool in_title = f->m.form != MENTION_PRONOUN && f->name_first < f->name_end && f->ent == ENT_NONE &&
                        first >= title_first && end <= title_end;
        bool piece = (inside || in_title) && !f->nested && !mentions_known(w->r, mentions_key(w, first, end));
        if (piece || is_all_time(w, first, end)) {
            w->of_head[f->m.head] = NO_MENTION;
            continue;
        }
        if (f->role_first < f->role_end) title_first = f->role_first, title_end = f->role_end;
        if (f->name_first + 1 < f->name_end && f->name_end > outer_end) outer_first = f->name_first, outer_end = f->name_end;
        w->v[n++] = *f;
    }
    w->n = n;
}

// In a text all in capitals the recogniser takes common nouns for names: not "THE BUILDINGS", "VEHICLE".
static void unname_common(workings *w)
{
    for (size_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (f->name_first == f->name_end || mentions_known(w->r, mentions_key(w, f->name_first, f->name_end))) continue;
        uint32_t last = f->name_end - 1;
        if (mentions_head(w->r, w->fold[last]) || mentions_role(w->r, w->fold[last]) || w->p->v[last].tag == TAG_NNS) {
            f->name_first = f->name_end = f->m.end;
            f->role_first = f->role_end = 0;
            f->ent = ENT_NONE;
        }
    }
}

// The token of a run on which the others hang.
static uint32_t run_root(const parse *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (p->v[i].head < first || p->v[i].head >= end || p->v[i].head == i) return i;
    return end - 1;
}

// Makes a known name of the tokens: of the phrase they hang on, or a new one. A longer name that holds it stands.
static void name_known(workings *w, uint32_t first, uint32_t end)
{
    uint32_t of = w->of_head[run_root(w->p, first, end)];
    for (uint32_t t = first; t < end && of == NO_MENTION; t++) of = w->of_head[t];
    if (of == NO_MENTION) {
        add_named(w, first, end, ENT_NONE);
        return;
    }
    phrase *f = &w->v[of];
    if (f->m.form == MENTION_PRONOUN || (f->name_first <= first && f->name_end >= end)) return;
    if (f->m.first > first) f->m.first = first;
    if (f->base_end < end) f->base_end = end;
    if (f->m.end < end) f->m.end = end;
    f->name_first = first;
    f->name_end = end;
    f->role_first = f->role_end = 0;
    mentions_set_role(w, f);
}

// Names of known spelling, whatever the parser and the recogniser made of them: "Doctors Without Borders".
static void name_known_runs(workings *w)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < p->n; i++) {
        str      rest;
        uint32_t longest = w->fold[i].n ? map_get(&w->r->known_first, str_split(w->fold[i], ' ', &rest)) : MAP_NONE;
        if (longest == MAP_NONE) continue;
        longest = 2 * longest < p->n - i ? 2 * longest : (uint32_t)(p->n - i); // marks between the words are tokens too
        for (uint32_t n = longest; n > 0; n--) {
            const token *last = &p->v[i + n - 1];
            if (last->sentence != p->v[i].sentence || !w->fold[i + n - 1].n || !mentions_has_capital(w, i, i + n)) continue;
            if (n == 1 && (!mentions_is_proper(last) || w->fold[i].n < 3 || w->of_head[i] != NO_MENTION)) continue;
            const known_name *k = mentions_known(w->r, mentions_key(w, i, i + n));
            if (!k || !(k->as & KNOWN_NAME)) continue;
            name_known(w, i, i + n);
            i += n - 1;
            break;
        }
    }
}

// "Narok" in "north Narok": the head's phrase is the longer one.
static bool shares_head(const workings *w, uint32_t i)
{
    for (uint32_t back = 1; w->v[i].nested && back <= 3 && back <= i; back++)
        if (w->v[i - back].m.head == w->v[i].m.head && !w->v[i - back].group) return true;
    return false;
}

void mentions_phrases(workings *w)
{
    const parse *p = w->p;
    w->capitals = p->n && p->v[0].text.p >= p->text.p && p->v[0].text.p < p->text.p + p->text.n &&
                  mentions_all_capitals(p->text); // not recased
    w->fold = new_array(w->a, str, p->n + 1);
    w->of_head = new_array(w->a, uint32_t, p->n + 1);
    for (uint32_t i = 0; i < p->n; i++) {
        w->fold[i] = p->v[i].tag == TAG_POS ? (str){"", 0} : mentions_fold(w->a, str_cut(p->v[i].text, 0, LONGEST_WORD));
        w->of_head[i] = NO_MENTION;
    }
    mark_times(w);
    for (uint32_t i = 0; i < p->n; i++)
        if (mentions_heads_phrase(p, i)) add_headed(w, i);
    for (uint32_t i = 0; i < p->n; i++)
        if (p->v[i].iob == 'B' && is_name_label(p->v[i].ent)) add_entity(w, i, entity_end(p, i));
    size_t headed = w->n;
    for (size_t i = 0; i < headed; i++) {
        phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || f->name_first < f->name_end || f->ent) continue;
        mentions_name_from_tags(w, f);
        if (f->name_first == f->name_end) mentions_name_from_tables(w, f);
        if (f->name_first == f->name_end && !w->capitals) mentions_name_before_class(w, f);
    }
    for (uint32_t i = 0; i < p->n; i++) {
        if (w->capitals || p->v[i].ent != ENT_NONE || !mentions_is_proper(&p->v[i]) || !mentions_is_capitalised(p->v[i].text))
            continue;
        uint32_t e = i + 1;
        while (e < p->n && e - i < LONGEST_PHRASE && p->v[e].ent == ENT_NONE && mentions_is_proper(&p->v[e]) &&
               w->of_head[e - 1] == NO_MENTION)
            e++;
        add_run(w, i, e);
        i = e - 1;
    }
    if (w->capitals) unname_common(w);
    name_known_runs(w);
    if (!w->capitals) add_towns_beside(w);
    size_t whole = w->n;
    for (size_t i = 0; i < whole && !w->capitals; i++) {
        phrase outer = w->v[i]; // a copy: the list may move
        add_place_within(w, &outer);
    }
    size_t single = w->n;
    for (size_t i = 0; i < single; i++) add_group(w, w->v[i].m.head);
    if (w->n) qsort(w->v, w->n, sizeof *w->v, phrase_order);
    drop_pieces(w);
    for (uint32_t i = 0; i < w->n; i++) {
        if (!w->v[i].group && !shares_head(w, i)) w->of_head[w->v[i].m.head] = i;
        mentions_describe(w, &w->v[i]);
        mentions_start_cluster(w, i);
    }
    mentions_settle_kinds(w);
    for (uint32_t i = 0; i < w->n; i++) mentions_start_person(w, i);
}
