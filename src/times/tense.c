// Tense: whether the clause around some words tells of what has been or of what is to come.
//
//   "will meet on Friday", "a vote due Friday"   ->   1        "met on Friday", "the blast on Friday"   ->   -1, 0

#include "times/rule.h"

enum { FARTHEST_CLIMB = 12, MOST_CHILDREN = 100 }; // heads, dependents; a clause deeper or wider than this is a parse gone wrong

bool times_crowded(const parse *p, uint32_t i) { return p->child_first[i + 1] - p->child_first[i] > MOST_CHILDREN; }

uint32_t times_head(const parse *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if ((p->v[i].head < first || p->v[i].head >= end || p->v[i].head == i) && p->v[i].pos != POS_PUNCT) return i;
    return first;
}

static bool tense_has(const map *tense, str lemma, unsigned what)
{
    uint32_t bits = map_get(tense, lemma);
    return bits != MAP_NONE && (bits & what);
}

typedef enum {
    AUX_NONE = 0,
    AUX_FUTURE = 1,
    AUX_MODAL = 2,
    AUX_HAVE = 4,
    AUX_PAST = 8,
    AUX_PRESENT = 16,
    AUX_TO = 32,
    AUX_COULD = 64
} aux_bits;

static uint32_t auxiliaries(const parse *p, uint32_t verb)
{
    uint32_t bits = 0;
    for_children (p, verb, c) {
        const token *t = &p->v[c];
        if (t->dep != DEP_aux && t->dep != DEP_auxpass) continue;
        if (t->tag == TAG_MD) {
            bool sure = str_is(t->lower, "will") || str_is(t->lower, "shall") || str_is(t->lower, "'ll") ||
                        str_is(t->lower, "wo") || str_is(t->lower, "’ll");
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
    bool         plan = tense_has(tense, t->lemma, TENSE_plan), put = tense_has(tense, t->lemma, TENSE_put),
         to = tense_has(tense, t->lemma, TENSE_to);
    if (aux & AUX_HAVE) return aux & AUX_FUTURE || (plan && !(aux & AUX_PAST)) ? 1 : -1;
    if (aux & AUX_FUTURE) return 1;
    if (aux & AUX_MODAL) return aux & AUX_COULD && parse_has_child(p, i, DEP_neg) ? 0 : 1;
    if (aux & AUX_TO) return ASK;
    switch (t->tag) {
    case TAG_VBD: return plan ? 1 : put ? 0 : -1;
    case TAG_VBN:
        if (to && t->dep == DEP_acl && parse_child_lemma(p, i, DEP_prep, "for") != TOKEN_NONE) return 1; // "a vote set for May"
        return plan || (to && aux & AUX_PRESENT) ? 1 : put || aux & AUX_PRESENT ? 0 : -1;
    case TAG_VBG: return aux & AUX_PRESENT ? 1 : aux & AUX_PAST ? -1 : ASK;
    case TAG_VBZ:
    case TAG_VBP: return plan || to || tense_has(tense, t->lemma, TENSE_open) ? 1 : 0;
    case TAG_MD: return 1;
    case TAG_VB: return plan ? 1 : ASK;
    }
    return 0;
}

// "the first country to join": a deed done, not one to come.
static bool ranked(const parse *p, uint32_t noun)
{
    for_children (p, noun, c)
        if (p->v[c].dep == DEP_amod &&
            (str_is(p->v[c].lower, "first") || str_is(p->v[c].lower, "last") || str_is(p->v[c].lower, "latest")))
            return true;
    return str_is(p->v[noun].lower, "first") || str_is(p->v[noun].lower, "last");
}

// An infinitive or a gerund: what its governor makes of it. "plans to meet", "is to meet", "was forced to leave".
static int tense_of_complement(const parse *p, const map *tense, uint32_t verb)
{
    uint32_t i = verb;
    bool     to = auxiliaries(p, verb) & AUX_TO;
    for (int k = 0; k < FARTHEST_CLIMB && p->v[i].head != i; k++) {
        bool of_noun = p->v[i].dep == DEP_acl;
        i = p->v[i].head;
        if (times_crowded(p, i)) return 0;
        if (auxiliaries(p, i) == (AUX_HAVE | AUX_PAST)) return -1;
        if (tense_has(tense, p->v[i].lemma, TENSE_plan | TENSE_ahead) || (to && tense_has(tense, p->v[i].lemma, TENSE_to)))
            return 1;
        if (to && k == 0 && of_noun && !parse_is_verb(p, i)) return ranked(p, i) ? -1 : 1; // "an agreement to buy it in May"
        if (!parse_is_verb(p, i)) continue;
        if (str_is(p->v[i].lemma, "be") && to) return 1;
        int side = tense_of_verb(p, tense, i);
        if (side != ASK) return side;
    }
    return to ? 1 : 0;
}

static bool leads_on(const parse *p, uint32_t i)
{
    static const char *const words[] = {"until", "till", "to", "for", "through"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(p->v[i].lower, words[k])) return true;
    return false;
}

int times_tense(const parse *p, const map *tense, uint32_t first, uint32_t end)
{
    uint32_t i = times_head(p, first, end);
    bool     on = false, until = false, within_noun = false;
    for (int k = 0; k < FARTHEST_CLIMB; k++) {
        uint8_t  dep = p->v[i].dep;
        uint32_t h = p->v[i].head;
        if (h == i && k) return 0;
        // "Wednesday's ruling", "a June agreement": what is done with it now does not say when it was, unless it is the doer.
        within_noun |= k == 0 && (dep == DEP_compound || dep == DEP_amod || dep == DEP_poss);
        i = h;
        if (times_crowded(p, i)) return 0;
        if (tense_has(tense, p->v[i].lemma, TENSE_ahead)) return 1;
        if (!parse_is_verb(p, i)) {
            on |= leads_on(p, i);
            if (str_is(p->v[i].lower, "since")) return -1;
            until |= str_is(p->v[i].lower, "until") || str_is(p->v[i].lower, "till");
            continue;
        }
        int side = tense_of_verb(p, tense, i);
        if (on && tense_has(tense, p->v[i].lemma, TENSE_put)) return 1;
        if (side == ASK) side = tense_of_complement(p, tense, i);
        if (until && side <= 0 && p->v[i].tag == TAG_VBN && !(auxiliaries(p, i) & AUX_HAVE))
            return 1; // "was closed until Monday"
        return within_noun && side > 0 && dep != DEP_nsubj && dep != DEP_nsubjpass ? 0 : side;
    }
    return 0;
}
