#include "sources/who.h"

#include <string.h>

static const char *const kind_words[] = {"person", "organisation", "official", "witness",
                                         "medic",  "document",     "media",    "unnamed"};

enum { KINDS = sizeof kind_words / sizeof *kind_words, LOOK_BACK = 400, MOST_NAMES = 24, SPEAKERS_BACK = 12 };

typedef enum { GENDER_UNKNOWN, GENDER_FEMALE, GENDER_MALE } gender;

static str lower_copy(arena *a, str s)
{
    char *v = new_array(a, char, s.n + 1);
    for (size_t i = 0; i < s.n; i++) v[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){v, s.n};
}

static bool given_names_load(who_words *w, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/given.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t sex = str_is(tsv_get(&t, "gender"), "f")   ? GENDER_FEMALE
                       : str_is(tsv_get(&t, "gender"), "m") ? GENDER_MALE
                                                            : GENDER_UNKNOWN;
        for (str rest = tsv_get(&t, "names"); rest.n;) {
            str name = str_split(rest, ' ', &rest);
            *map_put(d->a, &w->genders, lower_copy(d->a, name)) = sex;
            if (!rest.p) break;
        }
    }
    return true;
}

bool who_words_load(who_words *w, const data_set *d, fault *f)
{
    tsv t;
    *w = (who_words){0};
    if (!data_open(d, "sources/kinds.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str      kind = tsv_get(&t, "kind");
        uint32_t k = 0;
        while (k < KINDS && !str_is(kind, kind_words[k])) k++;
        str sex = tsv_get(&t, "gender");
        if (sex.n) *map_put(d->a, &w->genders, tsv_get(&t, "noun")) = str_is(sex, "f") ? GENDER_FEMALE : GENDER_MALE;
        if (k == KINDS) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", t.file, t.line, (int)kind.n, kind.p);
        *map_put(d->a, &w->kinds, tsv_get(&t, "noun")) = k | (str_is(tsv_get(&t, "body"), "yes") ? NAMED_BODY : 0);
    }
    return given_names_load(w, d, f);
}

typedef struct {
    const reading   *r;
    const who_words *words;
    source_list     *out;
    uint32_t        *of_entity; // [entities] its source, or NO_SOURCE
    uint32_t         nobody;    // the source nobody named, or NO_SOURCE
    map              of_text;   // wording without an entity -> source
    bool            *said;      // [tokens] part of what somebody said
    bool            *speaks;    // [tokens] head of the words that name a source
} naming;

static bool source_is_pronoun(const parse *p, uint32_t i)
{
    return p->v[i].tag == TAG_PRP || p->v[i].tag == TAG_PRPS || p->v[i].tag == TAG_WP || p->v[i].tag == TAG_WDT;
}

// The noun phrase without what trails it: relative clauses, asides after a comma.
static str plain_phrase(const reading *r, uint32_t head)
{
    const parse *p = r->p;
    uint32_t     first = head, end = head + 1;
    for_children (p, head, c) {
        uint8_t d = p->v[c].dep;
        bool    part = d == DEP_det || d == DEP_compound || d == DEP_amod || d == DEP_nummod || d == DEP_poss || d == DEP_nmod ||
                    d == DEP_predet;
        if (c < head && part && p->v[c].left < first && head - p->v[c].left < 20) first = p->v[c].left;
        bool tail = d == DEP_prep && c == end && !str_is(p->v[c].lower, "on") && !str_is(p->v[c].lower, "after");
        if (c > head && (tail || d == DEP_case) && p->v[c].right - head < 20) end = p->v[c].right;
    }
    if (end - 1 > head && p->v[end - 1].tag == TAG_POS) end--;
    return span_of(p->text, parse_span(p, first, end));
}

static uint32_t entity_at(const reading *r, uint32_t head)
{
    return r->mentions->of_token ? mentions_entity(r->mentions, r->p, head) : NO_ENTITY;
}

static uint32_t noun_kind(const naming *w, uint32_t i)
{
    const token *t = &w->r->p->v[i];
    uint32_t     k = map_get(&w->words->kinds, t->lemma);
    if (k == MAP_NONE) k = map_get(&w->words->kinds, t->lower);
    // The first word of a sentence taken for a name: "Reports said".
    if (k == MAP_NONE && str_ends(t->lower, STR("s"))) k = map_get(&w->words->kinds, str_cut(t->lower, 0, t->lower.n - 1));
    return k;
}

static bool in_capitals(str s)
{
    bool other = s.n < 2;
    for (size_t i = 0; i < s.n; i++) other |= s.p[i] < 'A' || s.p[i] > 'Z';
    return !other;
}

// A name of a person or body within the phrase, in apposition or as its head.
static bool has_name(const naming *w, uint32_t head)
{
    const parse *p = w->r->p;
    bool common = p->v[head].left == head && noun_kind(w, head) != MAP_NONE && p->v[head].ent != ENT_PERSON; // "Reports said"
    if (!common && (p->v[head].pos == POS_PROPN || in_capitals(p->v[head].text))) return true;
    for_children (p, head, c) {
        if (p->v[c].dep == DEP_appos && p->v[c].pos == POS_PROPN) return true;
        if (c == head - 1 && p->v[c].pos == POS_PROPN && p->v[c].ent == ENT_PERSON) return true;
    }
    return false;
}

// A name among the words of the phrase that tells which one is meant: "the ministry's report", "a study by the World
// Bank". Of the media a country does so for one ("Angolan radio", "state television") but not for many ("Angolan media").
static bool names_within(const reading *r, uint32_t head, source_kind kind)
{
    const parse *p = r->p;
    uint32_t     first = p->v[head].left, end = p->v[head].right;
    bool         many = p->v[head].tag == TAG_NNS || str_is(p->v[head].lower, "media") || str_is(p->v[head].lower, "press");
    bool         land = kind == SOURCE_DOCUMENT || !many;
    if (end - first > 30) end = first + 30;
    for (uint32_t i = first; i < end; i++) {
        uint8_t e = p->v[i].ent;
        if (p->v[i].dep == DEP_relcl || p->v[i].dep == DEP_acl) return false;
        if (land && (e == ENT_GPE || e == ENT_NORP || (kind == SOURCE_MEDIA && str_is(p->v[i].lower, "state")))) return true;
        if (e == ENT_ORG || e == ENT_PERSON || (i < head && p->v[i].pos == POS_PROPN && e != ENT_GPE && e != ENT_NORP))
            return true;
    }
    return false;
}

static bool is_party(const reading *r, uint32_t i, uint32_t *party)
{
    uint32_t e = entity_at(r, i);
    if (e == NO_ENTITY) return false;
    entity_kind k = r->mentions->entities[e].kind;
    if (k != ENTITY_ORGANISATION && k != ENTITY_ARMED_GROUP && k != ENTITY_STATE) return false;
    *party = e;
    return true;
}

// Whom an official speaks for: "a Hamas spokesman", "the army's spokesman", "a spokesman for the ministry".
static uint32_t party_of(const reading *r, uint32_t head)
{
    const parse *p = r->p;
    uint32_t     party = NO_ENTITY;
    for_children (p, head, c) {
        uint8_t d = p->v[c].dep;
        bool    of =
            d == DEP_prep && (str_is(p->v[c].lower, "for") || str_is(p->v[c].lower, "of") || str_is(p->v[c].lower, "from") ||
                              str_is(p->v[c].lower, "with") || str_is(p->v[c].lower, "at"));
        uint32_t named = d == DEP_compound || d == DEP_poss || d == DEP_amod || d == DEP_nmod ? c
                         : of                                                                 ? parse_child(p, c, DEP_pobj)
                                                                                              : TOKEN_NONE;
        if (named != TOKEN_NONE && is_party(r, named, &party)) return party;
    }
    return NO_ENTITY;
}

static void describe_source(const naming *w, source *s, uint32_t head)
{
    const parse *p = w->r->p;
    uint32_t     k = noun_kind(w, head);
    bool         named = has_name(w, head);
    uint8_t      ent = p->v[head].ent;
    if (k != MAP_NONE) s->kind = (source_kind)(k & 15);
    else if (ent == ENT_PERSON) s->kind = SOURCE_PERSON;
    else if (ent == ENT_ORG || ent == ENT_GPE || ent == ENT_NORP) s->kind = SOURCE_ORGANISATION;
    else s->kind = SOURCE_PERSON;
    if (named && s->kind != SOURCE_ORGANISATION && s->kind != SOURCE_MEDIA && s->kind != SOURCE_DOCUMENT &&
        s->kind != SOURCE_WITNESS && s->kind != SOURCE_MEDIC)
        s->kind = ent == ENT_ORG || ent == ENT_GPE ? SOURCE_ORGANISATION : SOURCE_PERSON;
    bool paper = s->kind == SOURCE_DOCUMENT || s->kind == SOURCE_MEDIA;
    named |= paper && names_within(w->r, head, s->kind);
    s->anonymous = !(named || (k != MAP_NONE && k & NAMED_BODY));
    if (s->entity != NO_ENTITY) {
        const entity *e = &w->r->mentions->entities[s->entity];
        if (e->named) s->anonymous = false;
    }
}

static bool same_wording(str a, str b) { return str_eq_nocase(a, b); }

static str without_article(str s)
{
    static const char *const articles[] = {"the ", "The ", "a ", "A ", "an ", "An "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (str_starts(s, str_of(articles[i]))) return str_cut(s, strlen(articles[i]), s.n);
    return s;
}

static void add_source_name(arena *a, source *s, str name)
{
    if (same_wording(s->text, name) || s->n_names == MOST_NAMES) return;
    for (size_t i = 0; i < s->n_names; i++)
        if (same_wording(s->names[i], name)) return;
    if (s->n_names == s->cap_names) arena_grow(a, &s->names, &s->cap_names, s->n_names, sizeof *s->names);
    s->names[s->n_names++] = name;
}

static source *new_source(naming *w)
{
    source_list *out = w->out;
    if (out->n_sources == out->cap_sources)
        arena_grow(w->r->a, &out->sources, &out->cap_sources, out->n_sources, sizeof *out->sources);
    return &out->sources[out->n_sources++];
}

// The source of that noun phrase: one known already, or a new one.
static uint32_t source_for(naming *w, uint32_t head)
{
    arena    *a = w->r->a;
    uint32_t  e = entity_at(w->r, head);
    str       text = plain_phrase(w->r, head);
    uint32_t *known = e != NO_ENTITY ? &w->of_entity[e] : map_put(a, &w->of_text, lower_copy(a, without_article(text)));
    if (*known != NO_SOURCE) {
        add_source_name(a, &w->out->sources[*known], text);
        return *known;
    }
    *known = (uint32_t)w->out->n_sources;
    source *s = new_source(w);
    *s = (source){.text = text, .entity = e, .party = NO_ENTITY};
    if (e != NO_ENTITY && w->r->mentions->entities[e].name.n) s->text = w->r->mentions->entities[e].name;
    add_source_name(a, s, text);
    describe_source(w, s, head);
    if (s->kind == SOURCE_OFFICIAL || s->kind == SOURCE_PERSON || s->kind == SOURCE_MEDIC) s->party = party_of(w->r, head);
    return *known;
}

static gender gender_of_word(const who_words *w, str word)
{
    uint32_t g = map_get(&w->genders, word);
    return g == MAP_NONE ? GENDER_UNKNOWN : (gender)g;
}

// By a title, a given name or the noun itself.
static gender source_gender(const naming *w, uint32_t head)
{
    const parse *p = w->r->p;
    gender       g = gender_of_word(w->words, p->v[head].lower);
    uint32_t     first = p->v[head].left, end = p->v[head].right < head + 12 ? p->v[head].right : head + 1;
    if (first + 12 < head) first = head;
    for (uint32_t i = first; g == GENDER_UNKNOWN && i < end; i++)
        if (p->v[i].pos == POS_PROPN && w->r->quotes.of[i] == NO_QUOTE) g = gender_of_word(w->words, p->v[i].lower);
    return g;
}

typedef struct {
    bool   person, plural; // he or she; they
    gender sex;
} pronoun;

static pronoun pronoun_at(const parse *p, uint32_t i)
{
    str     s = p->v[i].lower;
    pronoun n = {0};
    if (str_is(s, "he") || str_is(s, "him") || str_is(s, "his") || str_is(s, "himself")) n = (pronoun){true, false, GENDER_MALE};
    else if (str_is(s, "she") || str_is(s, "her") || str_is(s, "hers") || str_is(s, "herself"))
        n = (pronoun){true, false, GENDER_FEMALE};
    else n.plural = str_is(s, "they") || str_is(s, "them") || str_is(s, "their") || str_is(s, "themselves");
    return n;
}

static bool fits(const naming *w, pronoun n, uint32_t k)
{
    const parse *p = w->r->p;
    const token *t = &p->v[k];
    uint32_t     kind = noun_kind(w, k), e = entity_at(w->r, k);
    bool         many = t->tag == TAG_NNS || t->tag == TAG_NNPS || parse_has_child(p, k, DEP_conj);
    bool         body = t->ent == ENT_ORG || t->ent == ENT_GPE || (kind != MAP_NONE && (kind & NAMED_BODY));
    bool         is_person = t->ent == ENT_PERSON ||
                     (kind != MAP_NONE && !(kind & NAMED_BODY) && (kind & 15) != SOURCE_DOCUMENT && (kind & 15) != SOURCE_MEDIA);
    if (e != NO_ENTITY && w->r->mentions->entities[e].named) {
        entity_kind ek = w->r->mentions->entities[e].kind;
        if (ek == ENTITY_PERSON) is_person = true, body = false;
        else if (ek == ENTITY_ORGANISATION || ek == ENTITY_STATE || ek == ENTITY_ARMED_GROUP) body = true, is_person = false;
    }
    if (n.person) {
        gender g = source_gender(w, k);
        return is_person && !many && (g == GENDER_UNKNOWN || g == n.sex);
    }
    if (n.plural) return (many && t->ent != ENT_DATE && t->ent != ENT_TIME) || body;
    return !many && (body || (kind != MAP_NONE && ((kind & 15) == SOURCE_DOCUMENT || (kind & 15) == SOURCE_MEDIA)));
}

static bool may_be_meant(const parse *p, uint32_t k)
{
    uint8_t d = p->v[k].dep;
    if (source_is_pronoun(p, k) || (p->v[k].pos != POS_NOUN && p->v[k].pos != POS_PROPN)) return false;
    return d == DEP_nsubj || d == DEP_nsubjpass ||
           (p->v[k].ent == ENT_PERSON && (d == DEP_pobj || d == DEP_dobj || d == DEP_appos));
}

// Who a pronoun means: the nearest subject before it that fits in number and gender and is not part of what
// somebody said; so a speaker stays the one meant while he goes on. Failing that, one within what was said.
static uint32_t source_antecedent(const naming *w, uint32_t i)
{
    const parse *p = w->r->p;
    if (p->v[i].tag == TAG_WP || p->v[i].tag == TAG_WDT) {
        for (uint32_t v = i, n = 0; n < 8; n++, v = p->v[v].head)
            if (p->v[v].dep == DEP_relcl) return p->v[v].head;
        return TOKEN_NONE;
    }
    pronoun  n = pronoun_at(p, i);
    uint32_t stop = i > LOOK_BACK ? i - LOOK_BACK : 0, second = TOKEN_NONE;
    for (uint32_t k = i; k-- > stop;) {
        if (!may_be_meant(p, k) || !fits(w, n, k)) continue;
        bool object = p->v[k].dep != DEP_nsubj && p->v[k].dep != DEP_nsubjpass && !w->speaks[k];
        if (!w->said[k] && !object) return k;
        if (second == TOKEN_NONE) second = k;
    }
    return second;
}

// "it was reported": somebody, whom the report does not name.
static uint32_t nobody(naming *w)
{
    if (w->nobody != NO_SOURCE) return w->nobody;
    w->nobody = (uint32_t)w->out->n_sources;
    *new_source(w) =
        (source){.text = STR(""), .entity = NO_ENTITY, .party = NO_ENTITY, .kind = SOURCE_UNNAMED, .anonymous = true};
    return w->nobody;
}

// "the source", "the official" after "an official close to the talks": the last unnamed one of the kind who spoke.
static uint32_t spoken_of_again(naming *w, uint32_t head)
{
    const parse *p = w->r->p;
    uint32_t     det = parse_child(p, head, DEP_det), e = entity_at(w->r, head);
    bool         bare = det != TOKEN_NONE && det + 1 == head && str_is(p->v[det].lower, "the") && p->v[head].right <= head + 1;
    if (!bare || p->v[head].tag != TAG_NN || (e != NO_ENTITY && w->r->mentions->entities[e].named)) return NO_SOURCE;
    uint32_t kind = noun_kind(w, head);
    if (kind == MAP_NONE || kind & NAMED_BODY) return NO_SOURCE;
    for (size_t i = w->out->n, steps = 0; i-- > 0 && steps < SPEAKERS_BACK; steps++) {
        uint32_t      s = w->out->v[i].source;
        const source *known = s == NO_SOURCE ? NULL : &w->out->sources[s];
        if (!known || !known->anonymous || !known->text.n || known->kind != (source_kind)(kind & 15)) continue;
        if (!str_is(p->v[head].lemma, "source") && !str_ends(known->text, p->v[head].lower) &&
            str_find(known->text, p->v[head].lower) < 0)
            continue;
        add_source_name(w->r->a, &w->out->sources[s], plain_phrase(w->r, head));
        return s;
    }
    return NO_SOURCE;
}

static uint32_t source_of(naming *w, uint32_t head)
{
    const parse *p = w->r->p;
    if (head == TOKEN_NONE) return nobody(w);
    uint32_t e = entity_at(w->r, head);
    if (!source_is_pronoun(p, head)) {
        uint32_t again = spoken_of_again(w, head);
        return again == NO_SOURCE ? source_for(w, head) : again;
    }
    if (e != NO_ENTITY) {
        uint32_t m = w->r->mentions->entities[e].first_mention;
        if (m != NO_MENTION && w->r->mentions->v[m].form != MENTION_PRONOUN) return source_for(w, w->r->mentions->v[m].head);
    }
    uint32_t k = source_antecedent(w, head);
    return k == TOKEN_NONE || source_is_pronoun(p, k) ? source_for(w, head) : source_for(w, k);
}

static statement_mode mode_of(const reading *r, const draft *d)
{
    if (d->declined) return SAID_DECLINED;
    size_t in = 0, out = 0;
    for (size_t k = 0; k < d->n_content; k++)
        for (uint32_t i = d->content[k].first; i < d->content[k].end; i++) {
            if (r->p->v[i].pos == POS_PUNCT || r->p->v[i].pos == POS_SPACE) continue;
            bool quoted =
                r->quotes.of[i] != NO_QUOTE && r->quotes.of[i] != (d->cue == TOKEN_NONE ? NO_QUOTE : r->quotes.of[d->cue]);
            *(quoted ? &in : &out) += 1;
        }
    return !in ? SAID_INDIRECT : !out ? SAID_DIRECT : SAID_MIXED;
}

static void mark_speech(naming *w, const draft_list *l)
{
    w->said = new_array(w->r->a, bool, w->r->p->n + 1);
    w->speaks = new_array(w->r->a, bool, w->r->p->n + 1);
    size_t entities = w->r->mentions->n_entities;
    w->of_entity = new_array(w->r->a, uint32_t, entities + 1);
    for (size_t i = 0; i <= entities; i++) w->of_entity[i] = NO_SOURCE;
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].who != TOKEN_NONE) w->speaks[l->v[i].who] = true;
        for (size_t k = 0; k < l->v[i].n_content; k++)
            for (uint32_t t = l->v[i].content[k].first; t < l->v[i].content[k].end; t++) w->said[t] = true;
    }
}

void who_resolve(const reading *r, const who_words *words, const secrecy_table *secrecy, draft_list *drafts, source_list *out)
{
    naming       w = {.r = r, .words = words, .out = out, .nobody = NO_SOURCE};
    const parse *p = r->p;
    mark_speech(&w, drafts);
    for (size_t i = 0; i < drafts->n; i++) {
        draft     *d = &drafts->v[i];
        statement *s = push(r->a, out);
        s->source = source_of(&w, d->who);
        if (d->who != TOKEN_NONE) s->said_by = parse_span(p, d->who_at.first, d->who_at.end);
        if (d->cue != TOKEN_NONE) s->cue = parse_span(p, d->cue_at.first, d->cue_at.end);
        s->cue_token = d->cue;
        s->content = new_array(r->a, span, d->n_content + 1);
        for (size_t k = 0; k < d->n_content; k++)
            s->content[s->n_content++] = parse_span(p, d->content[k].first, d->content[k].end);
        s->mode = mode_of(r, d);
        s->inside = NO_STATEMENT;
        s->rule = d->rule;
        source *who = &out->sources[s->source];
        if (who->anonymous && !who->reason.n && d->who != TOKEN_NONE)
            who->reason = span_of(p->text, secrecy_reason(r, secrecy, d->who));
    }
}
