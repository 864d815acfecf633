// Tense: whether the clause around some words tells of what has been or of what is to come.
//
//   "will meet on Friday", "a vote due Friday"   ->   1        "met on Friday", "the blast on Friday"   ->   -1, 0

#include "times/rule.h"

enum { FARTHEST_CLIMB = 12 }; // heads; a clause deeper than this is a parse gone wrong

static bool tense_has(const map *tense, str lemma, tense_word what)
{
    uint32_t bits = map_get(tense, lemma);
    return bits != MAP_NONE && (bits & what);
}

typedef enum { AUX_NONE = 0, AUX_FUTURE = 1, AUX_MODAL = 2, AUX_HAVE = 4, AUX_PAST = 8, AUX_PRESENT = 16, AUX_TO = 32, AUX_COULD = 64 } aux_bits;

static uint32_t auxiliaries(const parse *p, uint32_t verb)
{
    uint32_t bits = 0;
    for_children(p, verb, c)
    {
        const token *t = &p->v[c];
        if (t->dep != DEP_aux && t->dep != DEP_auxpass) continue;
        if (t->tag == TAG_MD) {
            bool sure = str_is(t->lower, "will") || str_is(t->lower, "shall") || str_is(t->lower, "'ll") || str_is(t->lower, "wo") ||
                        str_is(t->lower, "’ll");
            bits |= sure ? AUX_FUTURE : AUX_MODAL;
            if (str_is(t->lower, "could")) bits |= AUX_COULD;
        } else if (t->tag == TAG_TO) bits |= AUX_TO;
        else if (str_is(t->lemma, "have")) bits |= t->tag == TAG_VBD ? AUX_HAVE | AUX_PAST : AUX_HAVE;
        else if (t->tag == TAG_VBD) bits |= AUX_PAST;
        else if (t->tag == TAG_VBZ || t->tag == TAG_VBP) bits |= AUX_PRESENT;
    }
    return bits;
}

// The side a verb's own form tells, or ASK where its governor must be asked.
enum { ASK = 2 };

static int tense_of_verb(const parse *p, const map *tense, uint32_t i)
{
    const token *t = &p->v[i];
    uint32_t     aux = auxiliaries(p, i);
    bool         plan = tense_has(tense, t->lemma, TENSE_plan), put = tense_has(tense, t->lemma, TENSE_put);
    if (aux & AUX_HAVE) return aux & AUX_FUTURE || (plan && !(aux & AUX_PAST)) ? 1 : -1;
    if (aux & AUX_FUTURE) return 1;
    if (aux & AUX_MODAL) return aux & AUX_COULD ? 0 : 1;
    switch (t->tag) {
    case TAG_VBD: return plan ? 1 : put ? 0 : -1;
    case TAG_VBN: return plan ? 1 : put ? 0 : aux & AUX_PRESENT ? 0 : -1;
    case TAG_VBG: return aux & AUX_PRESENT ? 1 : aux & AUX_PAST ? -1 : ASK;
    case TAG_VBZ: case TAG_VBP: return plan || tense_has(tense, t->lemma, TENSE_open) ? 1 : 0;
    case TAG_MD: return 1;
    case TAG_VB: return ASK;
    }
    return 0;
}

// An infinitive or a gerund: what its governor makes of it. "plans to meet", "is to meet", "was forced to leave".
static int tense_of_complement(const parse *p, const map *tense, uint32_t verb)
{
    uint32_t i = verb;
    for (int k = 0; k < FARTHEST_CLIMB && p->v[i].head != i; k++) {
        i = p->v[i].head;
        bool past_perfect = auxiliaries(p, i) == (AUX_HAVE | AUX_PAST);
        if (past_perfect) return -1;
        if (tense_has(tense, p->v[i].lemma, TENSE_plan) || tense_has(tense, p->v[i].lemma, TENSE_ahead)) return 1;
        if (!parse_is_verb(p, i)) continue;
        if (str_is(p->v[i].lemma, "be") && auxiliaries(p, verb) & AUX_TO) return 1;
        int side = tense_of_verb(p, tense, i);
        if (side != ASK) return side;
    }
    return auxiliaries(p, verb) & AUX_TO ? 1 : 0;
}

int tense_of(const parse *p, const map *tense, uint32_t first, uint32_t end)
{
    uint32_t i = expression_head(p, first, end);
    bool     until = false;
    for (int k = 0; k < FARTHEST_CLIMB; k++) {
        uint32_t h = p->v[i].head;
        if (h == i && k) return 0;
        i = h;
        if (parse_is_verb(p, i)) {
            int side = tense_of_verb(p, tense, i);
            if (side == ASK) return tense_of_complement(p, tense, i);
            return side == 0 && until && tense_has(tense, p->v[i].lemma, TENSE_put) ? 1 : side;
        }
        if (tense_has(tense, p->v[i].lemma, TENSE_ahead)) return 1;
        until |= str_is(p->v[i].lower, "until") || str_is(p->v[i].lower, "till") || str_is(p->v[i].lower, "to") || str_is(p->v[i].lower, "for");
    }
    return 0;
}
