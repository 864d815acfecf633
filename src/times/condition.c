// Conditions: what a pattern cannot say, asked of the parse.

#include "times/rule.h"

// What a condition is called in the column `only`.
#define ONLY_LIST(X)                                                                                                             \
    X(name)                                                                                                                      \
    X(year)                                                                                                                      \
    X(capital) X(noun) X(notperson) X(notverb) X(spell) X(alone) X(notold) X(adverb) X(measure) X(quantity) X(notnoun)           \
        X(notinname) X(digits) X(notyear)
#define ONLY_ENUM(name) WHEN_##name,
#define ONLY_NAME(name) #name,
enum { ONLY_LIST(ONLY_ENUM) WHEN_N };
static const char *const only_names[] = {ONLY_LIST(ONLY_NAME) NULL};

uint32_t times_condition_named(str name) { return times_name(only_names, name); }

static bool starts_capital(const parse *p, span at)
{
    char c = p->text.p[at.start];
    return c >= 'A' && c <= 'Z';
}

// Part of the name of a person, body, place or work.
static bool in_proper_name(const parse *p, uint32_t i)
{
    switch (p->v[i].ent) {
    case ENT_PERSON:
    case ENT_ORG:
    case ENT_GPE:
    case ENT_FAC:
    case ENT_PRODUCT:
    case ENT_WORK_OF_ART:
    case ENT_LAW:
    case ENT_LOC: return true;
    }
    return false;
}

// A number of four digits that no noun is counted by: "in 2019", not "2019 soldiers".
static bool lone_year(const parse *p, uint32_t i)
{
    const token *t = &p->v[i], *next = i + 1 < p->n ? &p->v[i + 1] : t;
    if (t->ent == ENT_MONEY || t->ent == ENT_PERCENT || t->ent == ENT_QUANTITY || t->ent == ENT_CARDINAL) {
        bool after_in = i > 0 && (str_is(p->v[i - 1].lower, "in") || str_is(p->v[i - 1].lower, "since"));
        if (!after_in) return false;
    }
    int64_t year = 0;
    str_int(t->text, &year);
    if (t->dep == DEP_nummod && t->head > i && (p->v[t->head].tag == TAG_NNS || p->v[t->head].tag == TAG_NNPS) &&
        (t->ent != ENT_DATE || year < 1900))
        return false;
    if (i > 0 && (p->v[i - 1].tag == TAG_DOLLAR || str_is(p->v[i - 1].text, "£") || str_is(p->v[i - 1].text, "€") ||
                  str_is(p->v[i - 1].text, "#")))
        return false;
    if (str_is(next->text, "%") || str_is(next->lower, "percent") || next->tag == TAG_DOLLAR) return false;
    return true;
}

// "for a week", "took a week": not a rate ("$5 a week", "flights a week").
static bool measures(const parse *p, uint32_t first, uint32_t end)
{
    uint32_t head = times_head(p, first, end), above = p->v[head].head;
    return p->v[head].dep == DEP_pobj || (p->v[head].dep != DEP_nmod && parse_is_verb(p, above)) ||
           (first > 0 && str_is(p->v[first - 1].lower, "than"));
}

bool times_condition_holds(const parse *p, uint32_t only, const piece *first, const piece *end)
{
    uint32_t     i = first->first, last = end[-1].end - 1;
    const token *t = &p->v[i];
    uint32_t     head = times_head(p, i, last + 1);
    for (uint32_t c = 0; c < WHEN_N; c++) {
        if (!(only >> c & 1)) continue;
        bool ok = true;
        switch (c) {
        case WHEN_name:
            ok = starts_capital(p, first->at) && !in_proper_name(p, i) && t->tag != TAG_MD && t->pos != POS_VERB &&
                 !(t->dep == DEP_compound && t->head > last && p->v[t->head].pos == POS_PROPN &&
                   t->ent != ENT_DATE); // "May Thornton"
            break;
        case WHEN_year: ok = lone_year(p, last); break;
        case WHEN_capital: ok = starts_capital(p, first->at); break;
        case WHEN_noun: ok = p->v[last].pos == POS_NOUN || p->v[last].pos == POS_PROPN; break;
        case WHEN_digits: ok = p->text.p[p->v[last].at.start] >= '0' && p->text.p[p->v[last].at.start] <= '9'; break;
        case WHEN_notyear: ok = !(first->classes >> CLASS_YEAR & 1); break;
        case WHEN_notinname: ok = !(in_proper_name(p, i) && t->iob == 'I'); break;
        case WHEN_notnoun: ok = p->v[last].pos != POS_NOUN && p->v[last].pos != POS_PROPN; break;
        case WHEN_notperson:
            ok = !in_proper_name(p, i) && !(i > 0 && p->v[i - 1].pos == POS_PROPN && p->v[i - 1].ent == ENT_PERSON);
            break;
        case WHEN_notverb: ok = t->pos != POS_VERB && t->tag != TAG_MD; break;
        case WHEN_adverb: ok = t->pos == POS_ADV || t->dep == DEP_advmod; break;
        case WHEN_alone: ok = last + 1 >= p->n || p->v[head].head <= last || p->v[last + 1].pos != POS_NOUN; break;
        case WHEN_spell: ok = p->v[head].dep == DEP_pobj || p->v[head].dep == DEP_npadvmod; break;
        case WHEN_quantity: ok = t->dep == DEP_quantmod || t->dep == DEP_advmod || t->dep == DEP_amod || t->tag == TAG_RB; break;
        case WHEN_measure: ok = measures(p, i, last + 1); break;
        case WHEN_notold:
            ok = last + 1 >= p->n || (!str_is(p->v[last + 1].lower, "old") && !str_is(p->v[last + 1].lower, "olds"));
            break;
        }
        if (!ok) return false;
    }
    return true;
}
