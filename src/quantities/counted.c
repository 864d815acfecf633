// What a number counts: the noun after it, the noun after "of", or nothing that is said.
//
//   "35 bodies"  ->  bodies      "two of Khan's victims"  ->  victims      "twelve more"  ->  (none)

#include "quantities/rules.h"

#include <string.h>

enum {
    NOUN_REACH = 8, // tokens between a number and the noun it counts ("two former senior police officers")
    ENDING_LEAST = 3,
    ENDING_MOST = 8 // letters of the endings that make a noun a person
};

static bool word_at(const parse *p, uint32_t i, const char *lower) { return i < p->n && str_is(p->v[i].lower, lower); }

static bool joined_by_dash(const parse *p, uint32_t i) { return i < p->n && (word_at(p, i, "-") || word_at(p, i, "–")); }

str quantities_lemma(const token *t, char *room, size_t size)
{
    str s = t->lemma.n ? t->lemma : t->lower;
    if (s.n > size) return t->lower;
    for (size_t i = 0; i < s.n; i++) room[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){room, s.n};
}

static const people_row *people_row_of(const quantity_rules *r, str noun)
{
    uint32_t k = map_get(&r->people, noun);
    return k == MAP_NONE ? NULL : &r->noun.v[k];
}

// The singular a plural noun may have where the model gave none (names, headlines in capitals).
static const people_row *people_by_plural(const quantity_rules *r, str lower)
{
    char   room[64];
    size_t n = lower.n;
    if (n < 4 || n > sizeof room) return NULL;
    memcpy(room, lower.p, n);
    const people_row *row = NULL;
    if (room[n - 1] == 's') row = people_row_of(r, (str){room, n - 1});
    if (!row && str_ends(lower, STR("ies"))) room[n - 3] = 'y', row = people_row_of(r, (str){room, n - 2}), room[n - 3] = 'i';
    if (!row && str_ends(lower, STR("es"))) row = people_row_of(r, (str){room, n - 2});
    if (!row && str_ends(lower, STR("men"))) room[n - 2] = 'a', row = people_row_of(r, lower.n ? (str){room, n} : lower);
    return row;
}

// By its ending ("-ologist"): a row of the table that begins with a dash.
static const people_row *people_by_ending(const quantity_rules *r, str lemma)
{
    char room[ENDING_MOST + 1] = "-";
    for (size_t n = ENDING_LEAST; n <= ENDING_MOST && n + 2 <= lemma.n; n++) {
        memcpy(room + 1, lemma.p + lemma.n - n, n);
        const people_row *row = people_row_of(r, (str){room, n + 1});
        if (row) return row;
    }
    return NULL;
}

static const people_row any_person = {.class = CLASS_PERSON};
static const people_row any_nation = {.class = CLASS_NATION};

const people_row *quantities_people(const parse *p, const quantity_rules *r, uint32_t noun)
{
    const token      *t = &p->v[noun];
    char              room[64];
    str               lemma = quantities_lemma(t, room, sizeof room);
    const people_row *row = people_row_of(r, t->lower);
    if (!row) row = people_row_of(r, lemma);
    if (!row) row = people_by_plural(r, t->lower);
    if (row) return row->class == CLASS_THING ? NULL : row;
    if (noun >= 2 && (str_is(t->lower, "old") || str_is(t->lower, "olds")) && joined_by_dash(p, noun - 1))
        return &any_person; // "a 15-year-old"
    if (t->ent == ENT_NORP && (t->pos == POS_PROPN || t->pos == POS_NOUN || t->pos == POS_ADJ)) return &any_nation;
    return t->pos == POS_NOUN && t->ent == ENT_NONE ? people_by_ending(r, lemma) : NULL;
}

static bool counted_is_nominal(const token *t) { return t->pos == POS_NOUN || t->pos == POS_PROPN; }

// The object of the "of" at token `of`, or TOKEN_NONE.
static uint32_t of_object(const parse *p, uint32_t of)
{
    uint32_t x = parse_child(p, of, DEP_pobj);
    if (x != TOKEN_NONE && x > of) return x;
    // A number in two words hides its "of" from the parser ("hundreds of thousands of people").
    for (uint32_t k = of + 1; k < p->n && k < of + NOUN_REACH && p->v[k].sentence == p->v[of].sentence; k++)
        if (counted_is_nominal(&p->v[k]) && !(k + 1 < p->n && (counted_is_nominal(&p->v[k + 1]) || p->v[k + 1].tag == TAG_POS)))
            return k;
    return TOKEN_NONE;
}

static bool is_currency(const parse *p, uint32_t i)
{
    return p->v[i].tag == TAG_DOLLAR || word_at(p, i, "$") || word_at(p, i, "£") || word_at(p, i, "€") || word_at(p, i, "us$") ||
           word_at(p, i, "rs");
}

// Money, percent, dates and measures are told by what stands beside the number, before any noun is looked for.
static bool beside(const parse *p, const quantity_rules *r, const number_note *n, quantity_kind *kind)
{
    const token *t = &p->v[n->number], *after = n->end < p->n ? &p->v[n->end] : NULL;
    if (n->number > 0) {
        const token *b = &p->v[n->number - 1];
        bool         year = t->text.n == 4 && n->value >= YEAR_FIRST && n->value <= YEAR_LAST && t->ent == ENT_DATE;
        if (year && words_kind(&r->units, b->lower) == UNIT_TIME) return *kind = COUNTS_NOTHING, true;
        if (is_currency(p, n->number - 1)) return *kind = COUNTS_MONEY, true;
        if (t->dep == DEP_nummod && words_kind(&r->units, b->lower) == UNIT_TIME && t->ent == ENT_DATE &&
            t->head == n->number - 1)
            return *kind = COUNTS_NOTHING, true;
        bool named = words_kind(&r->units, b->lower) == UNIT_LABEL && n->op == OP_EQ;
        if (named && b->at.end <= t->at.start && (b->pos == POS_PROPN || b->pos == POS_NOUN)) return *kind = COUNTS_NOTHING, true;
    }
    if (after && (str_is(after->lower, "%") || str_is(after->lower, "percent") || str_is(after->lower, "pct") ||
                  (str_is(after->lower, "per") && word_at(p, n->end + 1, "cent"))))
        return *kind = COUNTS_PERCENT, true;
    return false;
}

static quantity_kind unit_kind_of(const quantity_rules *r, const token *t)
{
    char     room[64];
    uint32_t k = words_kind(&r->units, quantities_lemma(t, room, sizeof room));
    if (k == MAP_NONE) k = words_kind(&r->units, t->lower);
    switch (k) {
    case UNIT_MEASURE: return COUNTS_MEASURE;
    case UNIT_MONEY: return COUNTS_MONEY;
    case UNIT_PERCENT: return COUNTS_PERCENT;
    case UNIT_TIME: return COUNTS_NOTHING;
    default: return COUNTS_THINGS;
    }
}

// The noun to the right that the number modifies, by the parse or else the next noun of the same phrase.
static uint32_t noun_of_number(const parse *p, const number_note *n)
{
    const token *top = &p->v[n->top];
    uint32_t     h = top->head;
    bool         modifies = top->dep == DEP_nummod || top->dep == DEP_amod || top->dep == DEP_det || top->dep == DEP_compound ||
                    top->dep == DEP_quantmod || top->dep == DEP_nmod || top->dep == DEP_advmod || top->dep == DEP_npadvmod;
    if (modifies && h >= n->number_end && h < n->number_end + NOUN_REACH && p->v[h].sentence == top->sentence &&
        !word_at(p, h, "more") && p->v[h].pos != POS_NUM && p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX)
        return h;
    // A noun stands right behind, but the parser has given the number a place of its own.
    uint32_t k = n->end;
    while (k < p->n && k < n->end + 4 && p->v[k].pos == POS_ADJ && p->v[k].sentence == top->sentence) k++;
    if (k >= p->n || !counted_is_nominal(&p->v[k]) || word_at(p, k, "more") || p->v[k].sentence != top->sentence)
        return TOKEN_NONE;
    while (k + 1 < p->n && counted_is_nominal(&p->v[k + 1]) && p->v[k + 1].head != n->top && p->v[k].dep == DEP_compound) k++;
    return k;
}

// The same, but never across the end of a paragraph, which a headline without a full stop may hide from the parser.
static uint32_t noun_after(const parse *p, const number_note *n)
{
    uint32_t noun = noun_of_number(p, n);
    for (uint32_t k = n->end; noun != TOKEN_NONE && k < noun; k++)
        if (p->v[k].pos == POS_SPACE && p->v[k].text.p[0] == '\n') return TOKEN_NONE;
    return noun;
}

static bool is_pronoun(const token *t)
{
    return t->pos == POS_PRON || str_is(t->lower, "them") || str_is(t->lower, "whom") || str_is(t->lower, "these") ||
           str_is(t->lower, "those") || str_is(t->lower, "us") || str_is(t->lower, "you");
}

// "two of the men", "dozens of people", "ten of 12 victims"
static bool of_phrase(const parse *p, const quantity_rules *r, const number_note *n, counted_note *c)
{
    if (n->rest) return c->of = true, c->end = n->rest, true;
    if (!word_at(p, n->end, "of")) return false;
    uint32_t x = of_object(p, n->end);
    if (x == TOKEN_NONE) return false;
    c->of = true;
    c->noun = x;
    c->node = n->top;
    c->end = x + 1;
    c->pronoun = is_pronoun(&p->v[x]);
    for (uint32_t k = n->end + 1; k < x; k++) c->whole |= p->v[k].pos == POS_NUM;
    if (p->v[x].pos == POS_NUM) c->whole = true, c->noun = TOKEN_NONE;
    if (c->noun != TOKEN_NONE) c->row = quantities_people(p, r, x);
    if (c->pronoun && !c->row) c->row = &any_person;
    if (!c->row && n->op == OP_VAGUE && (p->v[x].ent == ENT_ORG || p->v[x].ent == ENT_NORP) && p->v[x].tag != TAG_NNPS)
        c->row = &any_nation;
    if (!c->row && (str_is(p->v[x].lower, "injured") || str_is(p->v[x].lower, "wounded") || str_is(p->v[x].lower, "dead")))
        c->row = quantities_people(p, r, x);
    return true;
}

// "Channel 13 News", "the 9 Lives Fund": a number within a name that goes on counts nothing.
static bool in_longer_name(const parse *p, const number_note *n)
{
    const token *t = &p->v[n->number];
    switch (t->ent) {
    case ENT_ORG:
    case ENT_FAC:
    case ENT_PRODUCT:
    case ENT_LAW:
    case ENT_WORK_OF_ART:
    case ENT_EVENT: break;
    default: return false;
    }
    if (n->number_end >= p->n || p->v[n->number_end].ent != t->ent || p->v[n->number_end].iob != 'I') return false;
    const token *after = &p->v[n->number_end];
    return after->tag == TAG_NNP && n->op == OP_EQ;
}

counted_note quantities_counted(const parse *p, const quantity_rules *r, const number_note *n)
{
    counted_note  c = {.noun = TOKEN_NONE, .node = n->top, .end = n->end, .kind = COUNTS_NOTHING};
    quantity_kind kind;
    if (beside(p, r, n, &kind) || (in_longer_name(p, n) && (kind = COUNTS_NOTHING, true))) {
        c.kind = kind;
        return c;
    }
    c.more = n->number > n->first && word_at(p, n->number - 1, "another");
    c.more |= n->number > 0 && (word_at(p, n->number - 1, "another") || word_at(p, n->number - 1, "additional") ||
                                word_at(p, n->number - 1, "further"));
    c.more |= word_at(p, n->end, "more") || word_at(p, n->end, "additional") || word_at(p, n->end, "further");
    if (!of_phrase(p, r, n, &c)) {
        uint32_t noun =
            joined_by_dash(p, n->end) && p->v[n->end].at.start == p->v[n->end - 1].at.end ? TOKEN_NONE : noun_after(p, n);
        if (joined_by_dash(p, n->end) && noun == TOKEN_NONE && p->v[n->end].at.start == p->v[n->end - 1].at.end) {
            // "a 50-strong crowd", "a 12-member crew": what the group holds is counted; "28-year-old" is an age.
            bool     strong = n->end + 1 < p->n && words_kind(&r->units, p->v[n->end + 1].lower) == UNIT_STRENGTH;
            uint32_t g = strong ? p->v[n->end + 1].head : TOKEN_NONE;
            if (!strong || g <= n->end + 1 || g > n->end + NOUN_REACH) return c;
            const people_row *row = quantities_people(p, r, g);
            if (!row || !row->group) return c;
            c.noun = c.node = g;
            c.end = g + 1;
            c.row = &any_person;
            c.kind = COUNTS_PEOPLE;
            return c;
        }
        if (noun != TOKEN_NONE) {
            c.noun = c.node = noun;
            c.end = noun + 1;
            c.row = quantities_people(p, r, noun);
        } else if (c.more && word_at(p, n->end, "more")) {
            c.end = n->end + 1;
            if (p->v[n->top].head == n->end) c.node = n->end;
        }
    }
    if (c.row && c.row->class == CLASS_GROUP && !(c.of && n->op == OP_VAGUE)) c.row = NULL, c.kind = COUNTS_THINGS;
    else if (c.row) c.kind = COUNTS_PEOPLE;
    else if (c.noun != TOKEN_NONE) c.kind = unit_kind_of(r, &p->v[c.noun]);
    return c;
}
