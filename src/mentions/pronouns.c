// Pronouns: who "he", "she", "it" and "they" are, where one of the things told of last clearly fits best.
//
//   "Brudzinski said he had ordered checks."  ->  he = Brudzinski        "Paul met John. He smiled."  ->  left alone

#include "mentions/inner.h"

#include <string.h>

// What speaks for a candidate; a pronoun whose two best lie nearer than CLEAR is left alone.
static const double AS_SUBJECT = 3, AS_NAME = 1, AS_GENDER = 1.5, AS_PRONOUN = 1, AS_SPEAKER = 1.5, PER_SENTENCE = 1.6,
                    PER_PHRASE = 0.03, CLEAR = 0.5;

enum { FARTHEST_SENTENCE = 3, FARTHEST_PHRASE = 60 };

typedef enum { NO_PRONOUN, HE, SHE, IT, THEY } pronoun_sort;

static pronoun_sort sort_of(str lower)
{
    static const struct {
        const char  *word;
        pronoun_sort sort;
    } words[] = {{"he", HE},     {"him", HE},      {"his", HE},      {"himself", HE},     {"she", SHE},   {"her", SHE},
                 {"hers", SHE},  {"herself", SHE}, {"it", IT},       {"its", IT},         {"itself", IT}, {"they", THEY},
                 {"them", THEY}, {"their", THEY},  {"theirs", THEY}, {"themselves", THEY}};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(lower, words[k].word)) return words[k].sort;
    return NO_PRONOUN;
}

// A subject, also as the second of "Paul and Karl".
static bool is_clause_subject(const parse *p, uint32_t i)
{
    for (int steps = 0; steps < 4 && p->v[i].dep == DEP_conj; steps++) i = p->v[i].head;
    return p->v[i].dep == DEP_nsubj || p->v[i].dep == DEP_nsubjpass;
}

// The verb that the phrase is a party of, through nouns it modifies.
static uint32_t clause_of(const parse *p, uint32_t i)
{
    for (int steps = 0; steps < 6 && p->v[i].head != i && !parse_is_verb(p, i); steps++) i = p->v[i].head;
    return i;
}

static bool kind_fits(const phrase *c, const phrase *root, pronoun_sort sort)
{
    int k = mentions_kind(root);
    switch (sort) {
    case HE:
    case SHE:
        return (k == ENTITY_PERSON || (k < 0 && c->m.form == MENTION_PRONOUN)) && !c->plural &&
               (!root->gender || root->gender == (sort == HE ? 'm' : 'f'));
    case IT:
        return (k == ENTITY_ORGANISATION || k == ENTITY_ARMED_GROUP || k == ENTITY_STATE ||
                (k < 0 && c->m.form == MENTION_PRONOUN)) &&
               !c->plural;
    case THEY:
        return c->plural || k == ENTITY_PEOPLE || k == ENTITY_ARMED_GROUP ||
               (k == ENTITY_ORGANISATION && c->m.form != MENTION_PRONOUN);
    case NO_PRONOUN: return false;
    }
    return false;
}

// What speaks for phrase j being what pronoun i means; below 0 if it cannot be.
static double plausible(workings *w, uint32_t i, uint32_t j, pronoun_sort sort)
{
    const parse  *p = w->p;
    const phrase *f = &w->v[i], *c = &w->v[j], *root = &w->v[mentions_cluster(w, j)];
    const token  *t = &p->v[f->m.head], *u = &p->v[c->m.head];
    uint32_t      sentences = t->sentence - u->sentence;
    if (sentences > FARTHEST_SENTENCE || c->m.end > f->m.first || c->group || c->adjective || !kind_fits(c, root, sort))
        return -1;
    if (c->m.form == MENTION_PRONOUN && sort_of(u->lower) != sort) return -1;
    bool own = t->tag == TAG_PRPS || str_ends(t->lower, STR("self")) || str_ends(t->lower, STR("selves"));
    bool same_clause = sentences == 0 && clause_of(p, f->m.head) == clause_of(p, c->m.head);
    if (same_clause && (!own || !is_clause_subject(p, c->m.head))) return -1;
    double s = 4 - PER_SENTENCE * sentences - PER_PHRASE * (i - j);
    if (is_clause_subject(p, c->m.head)) s += AS_SUBJECT;
    if (c->m.form == MENTION_NAME) s += AS_NAME;
    if (c->m.form == MENTION_PRONOUN) s += AS_PRONOUN;
    if (root->gender) s += AS_GENDER;
    if (is_clause_subject(p, c->m.head) &&
        (str_is(p->v[u->head].lemma, "say") || str_is(p->v[u->head].lemma, "tell") || str_is(p->v[u->head].lemma, "add")))
        s += AS_SPEAKER;
    if (sort == IT || sort == THEY) s -= is_clause_subject(p, c->m.head) && is_clause_subject(p, f->m.head) ? 0 : 2;
    return s;
}

uint32_t mentions_antecedent(workings *w, uint32_t i)
{
    pronoun_sort sort = sort_of(w->p->v[w->v[i].m.head].lower);
    uint32_t     best = NO_MENTION;
    double       score = 0, second = 0;
    if (sort == NO_PRONOUN) return NO_MENTION;
    for (uint32_t back = 1; back <= FARTHEST_PHRASE && back <= i; back++) {
        double s = plausible(w, i, i - back, sort);
        if (s <= 0) continue;
        bool same = best != NO_MENTION && mentions_cluster(w, best) == mentions_cluster(w, i - back);
        if (s > score) {
            if (best != NO_MENTION && !same) second = score;
            score = s;
            best = i - back;
        } else if (!same && s > second) second = s;
    }
    double needed = sort == HE || sort == SHE ? 2 : 5;
    return score >= needed && score - second >= CLEAR ? best : NO_MENTION;
}
