// What of a phrase is name, what title: "Interior Minister Jan Kowal" -> Interior Minister | Jan Kowal.

#include "mentions/phrases.h"

enum {
    LONGEST_TITLE = 6, // tokens looked up as one title
};

// The longest title that the tokens from i on begin with; 0 tokens if none.
static uint32_t title_length(const workings *w, uint32_t i, uint32_t end)
{
    for (uint32_t n = end - i < LONGEST_TITLE ? end - i : LONGEST_TITLE; n > 0; n--) {
        const role_word *r = mentions_role(w->r, mentions_key(w, i, i + n));
        if (r && (r->title || n > 1)) return n;
    }
    return 0;
}

// What the last words of a description say somebody is.
const role_word *mentions_role_at_end(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t n = end - first < LONGEST_TITLE ? end - first : LONGEST_TITLE; n > 0; n--) {
        const role_word *r = mentions_role(w->r, mentions_key(w, end - n, end));
        if (r) return r;
    }
    if (end == first || (w->p->v[end - 1].pos != POS_NOUN && w->p->v[end - 1].pos != POS_PROPN)) return NULL;
    str lemma = mentions_fold(w->a, str_cut(w->p->v[end - 1].lemma, 0, LONGEST_WORD));
    return mentions_role(w->r, lemma);
}

// The longest noun of a kind of thing that these words end in: "police department" before "department".
const head_word *mentions_noun_at_end(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t n = end - first < LONGEST_TITLE ? end - first : LONGEST_TITLE; n > 0; n--) {
        const head_word *h = mentions_head(w->r, mentions_key(w, end - n, end));
        if (h) return h;
    }
    return NULL;
}

// What a description says somebody is: "deputy chief of staff" before "deputy chief".
const role_word *mentions_described_role(const workings *w, const phrase *f, uint32_t first)
{
    enum { LONGEST_AFTER = 5 };
    uint32_t h = f->m.head, last = f->m.end < h + LONGEST_AFTER ? f->m.end : h + LONGEST_AFTER;
    for (uint32_t end = last; end > h + 1; end--)
        for (uint32_t from = h - first > 2 ? h - 2 : first; from <= h; from++) {
            const role_word *r = mentions_role(w->r, mentions_key(w, from, end));
            if (r) return r;
        }
    return mentions_role_at_end(w, first, h + 1);
}

// Takes proper nouns before the name into it unless they end in a word for a role or a kind of thing: "Florida
// Highway Patrol" where the recogniser saw "Highway Patrol".
static void widen_name(workings *w, phrase *f, uint32_t from)
{
    const parse *p = w->p;
    while (f->name_first > from) {
        const token *t = &p->v[f->name_first - 1];
        if (!mentions_is_proper(t) || !mentions_is_capitalised(t->text) || mentions_role(w->r, w->fold[f->name_first - 1]) ||
            mentions_head(w->r, w->fold[f->name_first - 1]))
            return;
        f->name_first--;
    }
}

// The words before the name: a title or description where they end in a noun.
void mentions_set_role(workings *w, phrase *f)
{
    const parse *p = w->p;
    uint32_t     first = f->m.first < f->name_first ? mentions_after_article(p, f->m.first, f->name_first) : f->name_first;
    uint32_t     own = f->name_first;
    while (own > first && p->v[own].iob == 'I') own--;
    for (uint32_t i = own; i > first; i--) // "President Hale and Chancellor Kern": Hale is no part of Kern's title
        if (p->v[i - 1].ent == ENT_PERSON && i < f->name_first && p->v[i].pos == POS_CCONJ) {
            while (i < f->name_first && (p->v[i].pos == POS_CCONJ || p->v[i].pos == POS_PUNCT || p->v[i].pos == POS_DET)) i++;
            first = f->m.first = i;
            break;
        }
    if (first >= f->name_first) return;
    const token *last = &p->v[f->name_first - 1];
    if (last->tag == TAG_DT || last->tag == TAG_PRPS || last->tag == TAG_POS) return;
    if (!mentions_role_at_end(w, first, f->name_first) && last->pos != POS_NOUN &&
        !mentions_head(w->r, w->fold[f->name_first - 1]))
        return;
    f->role_first = first;
    f->role_end = f->name_first;
}

static bool may_strip_title(const workings *w, uint32_t first, uint32_t end, uint8_t ent)
{
    const head_word *h = mentions_head(w->r, w->fold[end - 1]);
    if (mentions_known(w->r, mentions_key(w, first, end))) return false;
    return ent == ENT_PERSON || !h || h->kind == ENTITY_PERSON;
}

static bool may_stand_in_title(const token *t)
{
    return t->pos == POS_PROPN || t->pos == POS_NOUN || t->pos == POS_ADJ || t->tag == TAG_HYPH;
}

// "Connecticut Senator Ann Lee", "police spokesman Capt. Rod Hale": words of a title that the parser hung elsewhere.
static void widen_role(workings *w, phrase *f)
{
    enum { LONGEST_ROLE = 8 };
    const parse *p = w->p;
    uint32_t     i = f->m.first;
    bool         role = f->role_end > f->role_first && mentions_role_at_end(w, f->role_first, f->role_end);
    if (f->ent != ENT_PERSON || f->name_first - i > LONGEST_ROLE || (f->m.first < f->name_first && p->v[i].pos == POS_DET))
        return;
    while (i > 0 && f->name_first - i < LONGEST_ROLE && p->v[i - 1].sentence == p->v[f->m.head].sentence) {
        const token *t = &p->v[i - 1];
        bool         dot = str_is(t->text, ".") && i > 1 && mentions_role(w->r, w->fold[i - 2]) && p->v[i - 2].text.n <= 5;
        bool         title = mentions_role(w->r, w->fold[i - 1]) && (t->pos == POS_PROPN || t->pos == POS_NOUN);
        if (role && i > 1 && mentions_is_tied(p, i - 2)) { // "Commander-in-Chief"
            i -= 2;
            continue;
        }
        if (!dot && !title && !(role && may_stand_in_title(t))) break;
        if (t->dep == DEP_conj || t->tag == TAG_NNS || t->tag == TAG_NNPS) break;
        role |= title;
        i--;
    }
    if (!role || i == f->m.first) return;
    f->m.first = i;
    mentions_set_role(w, f);
}

// Cuts a name out of a phrase: titles before it go to the role.
void mentions_set_name(workings *w, phrase *f, uint32_t first, uint32_t end)
{
    const parse *p = w->p;
    first = mentions_after_article(p, first, end);
    while (end > first + 1 && w->in_time[end - 1]) end--;
    while (end > first + 1 &&
           (p->v[end - 1].tag == TAG_POS || (p->v[end - 1].pos == POS_PUNCT && !str_is(p->v[end - 1].text, ")"))))
        end--;
    uint32_t title = first;
    if (may_strip_title(w, first, end, f->ent))
        for (uint32_t n; title < end && (n = title_length(w, title, end)) > 0;) title += n;
    f->role_first = f->role_end = 0;
    for (uint32_t i = title + 1; i + 1 < end; i++) // "Party Spokesperson Kim Lund"
        if (mentions_role(w->r, w->fold[i - 1]) && map_get(&w->r->given_at, w->fold[i]) != MAP_NONE) {
            title = i;
            f->ent = ENT_PERSON;
            break;
        }
    f->name_first = title;
    f->name_end = end;
    if (title == end) return; // nothing but a title: "the Prime Minister"
    if (title == first && f->ent != ENT_PERSON && f->ent != ENT_NORP) widen_name(w, f, f->m.first);
    mentions_set_role(w, f);
    widen_role(w, f);
}

bool mentions_only_titles(const workings *w, uint32_t first, uint32_t end)
{
    return first < end && mentions_role(w->r, mentions_key(w, first, end)) != NULL;
}

// A run of proper nouns that ends in the head: the name, where the recogniser saw none.
void mentions_name_from_tags(workings *w, phrase *f)
{
    const parse *p = w->p;
    uint32_t     h = f->m.head, first = h;
    if (w->capitals || !mentions_is_proper(&p->v[h]) || !mentions_is_capitalised(p->v[h].text)) return;
    while (first > f->m.first && p->v[first - 1].ent == ENT_NONE &&
           ((mentions_is_proper(&p->v[first - 1]) && mentions_is_capitalised(p->v[first - 1].text)) ||
            (p->v[first - 1].tag == TAG_HYPH && first - 1 > f->m.first && mentions_is_proper(&p->v[first - 2]))))
        first--;
    if (mentions_only_titles(w, first, h + 1)) return;
    mentions_set_name(w, f, first, h + 1);
}

// A name of known spelling that ends in the head ("the security council"): for text whose case tells nothing.
void mentions_name_from_tables(workings *w, phrase *f)
{
    uint32_t h = f->m.head;
    for (uint32_t first = h - f->m.first > 7 ? h - 7 : f->m.first; first <= h; first++) {
        const known_name *k = mentions_known(w->r, mentions_key(w, first, h + 1));
        if (!k || !(k->as & KNOWN_NAME) || !mentions_has_capital(w, first, h + 1)) continue;
        f->name_first = first;
        f->name_end = h + 1;
        return;
    }
}

// "Khurais district": a name the recogniser saw before a noun that belongs to such names.
void mentions_name_before_class(workings *w, phrase *f)
{
    uint32_t         h = f->m.head, of = h > f->m.first ? w->of_head[h - 1] : NO_MENTION;
    const head_word *n = mentions_head(w->r, w->fold[h]);
    if (of == NO_MENTION || !n || !n->after || w->p->v[h - 1].dep != DEP_compound || w->p->v[h].tag == TAG_NNS) return;
    const phrase *before = &w->v[of];
    if (before->name_first == before->name_end || before->adjective || before->name_end != h) return;
    const known_name *k = mentions_known(w->r, mentions_key(w, before->name_first, h));
    if (k && w->r->things[k->thing].kind == ENTITY_STATE) return; // "Syria city": no name
    if (n->kind == ENTITY_FACILITY && !mentions_is_capitalised(w->p->v[h].text) && mentions_is_city(w, before->name_first, h, false))
        return; // "a Nairobi hotel"
    f->name_first = before->name_first;
    f->name_end = h + 1;
}

// "Mayor of Koszalin Piotr Jedlinski", "head of Amnesty International Ann Lee": after a role with "of" the
// recogniser's name may be two: first that of a place or body, then that of a person. Where the person begins.
uint32_t mentions_person_within(const workings *w, uint32_t first, uint32_t end, uint8_t label)
{
    const parse *p = w->p;
    if (first < 2 || p->v[first - 1].pos != POS_ADP || end - first < 3 || !mentions_role(w->r, w->fold[first - 2])) return first;
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        uint32_t given = map_get(&w->r->given_at, w->fold[i]);
        bool     body = mentions_known(w->r, mentions_key(w, first, i)) && !mentions_head(w->r, w->fold[end - 1]);
        if (body || (given != MAP_NONE && (label == ENT_PERSON || given != 'b'))) return i;
    }
    return first;
}

// A large town is known by its name alone.
bool mentions_is_city(const workings *w, uint32_t first, uint32_t end, bool any)
{
    enum { MANY = 100000 };
    const place *v;
    size_t       n = gazetteer_find(w->r->places, w->a, span_of(w->p->text, parse_span(w->p, first, end)), &v);
    for (size_t k = 0; k < n; k++)
        if (v[k].usual && (any || v[k].population > MANY || v[k].precision == PLACE_PROVINCE)) return true;
    return false;
}
