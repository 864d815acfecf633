// Which mentions mean the same: a sieve of rules, the surest first. Each row of data/mentions/rules.tsv names one
// of the rules below, and the rows' order is the order they run in.
//
//   "Mayor Ana Kos … Kos … the mayor"   ->   one entity: exact, surname, title

#include "mentions/sieve.h"

#include <string.h>

// --- clusters ---

uint32_t mentions_cluster(workings *w, uint32_t i)
{
    while (w->v[i].up != i) i = w->v[i].up = w->v[w->v[i].up].up;
    return i;
}

bool mentions_is_name(const phrase *f) { return f->m.form == MENTION_NAME; }

bool mentions_is_nominal(const phrase *f) { return f->m.form == MENTION_NOMINAL && !f->group; }

bool mentions_is_one_word(const phrase *f) { return f->key.n && !memchr(f->key.p, ' ', f->key.n); }

// Every word of x is a word of y.
static bool words_within(str x, str y)
{
    for (str rest = x; rest.p && rest.n;) {
        str  word = str_split(rest, ' ', &rest);
        bool found = false;
        for (str other = y; other.p && other.n && !found;) found = str_eq(str_split(other, ' ', &other), word);
        if (!found) return false;
    }
    return true;
}

static bool names_conflict(const phrase *x, const phrase *y)
{
    return !words_within(x->key, y->key) && !words_within(y->key, x->key);
}

static bool clusters_fit(workings *w, uint32_t x, uint32_t y, strictness how)
{
    const phrase *a = &w->v[x], *b = &w->v[y];
    if (a->full != NO_MENTION && b->full != NO_MENTION && names_conflict(&w->v[a->full], &w->v[b->full])) return false;
    if (a->thing != NO_THING && b->thing != NO_THING && a->thing != b->thing) return false;
    if (a->gender && b->gender && a->gender != b->gender) return false;
    if (a->count.n && b->count.n && !str_eq(a->count, b->count)) return false;
    if (how != BY_NAME && a->named && b->named) return false;
    return mentions_kinds_fit(mentions_kind(a), mentions_kind(b)) || (how != BY_DESCRIPTION && (a->weak || b->weak));
}

static void add_votes(phrase *a, const phrase *b)
{
    if (b->weak && !a->weak && a->named) return;
    if (a->weak && !b->weak) memset(a->votes, 0, sizeof a->votes);
    for (int k = 0; k <= ENTITY_OTHER; k++)
        a->votes[k] = (int16_t)(a->votes[k] + b->votes[k] > 9999 ? 9999 : a->votes[k] + b->votes[k]);
}

// The earlier cluster keeps its number. False where what is known of the two conflicts.
bool mentions_unite(workings *w, uint32_t i, uint32_t j, const sieve_rule *rule, strictness how)
{
    uint32_t x = mentions_cluster(w, i), y = mentions_cluster(w, j);
    if (x == y) return true;
    if (!clusters_fit(w, x, y, how)) return false;
    uint32_t lo = x < y ? x : y, hi = x < y ? y : x, later = i < j ? j : i;
    phrase  *a = &w->v[lo], *b = &w->v[hi];
    b->up = lo;
    add_votes(a, b);
    a->weak &= b->weak || !b->named;
    if (a->full == NO_MENTION || (b->full != NO_MENTION && w->v[b->full].key.n > w->v[a->full].key.n)) a->full = b->full;
    if (a->thing == NO_THING) a->thing = b->thing;
    if (!a->gender) a->gender = b->gender;
    if (!a->count.n) a->count = b->count;
    a->named |= b->named;
    if (!w->v[later].m.rule.n) w->v[later].m.rule = rule->id;
    return true;
}

bool mentions_within(const sieve_rule *rule, uint32_t earlier, uint32_t later)
{
    return !rule->window || (int64_t)later - (int64_t)earlier <= rule->window;
}

bool mentions_token_is(const workings *w, uint32_t i, const char *text) { return i < w->p->n && str_is(w->p->v[i].text, text); }

static const struct {
    const char *id;
    void (*run)(workings *w, const sieve_rule *rule);
} sieves[] = {
    {"exact", mentions_join_exact},       {"known", mentions_join_known},         {"surname", mentions_join_surname},
    {"given", mentions_join_given},       {"bracket", mentions_join_bracket},     {"acronym", mentions_join_acronym},
    {"class", mentions_join_class},       {"shortened", mentions_join_shortened}, {"apposition", mentions_join_apposition},
    {"commas", mentions_join_commas},     {"role", mentions_join_role},           {"naming", mentions_join_naming},
    {"of-place", mentions_join_of_place}, {"copula", mentions_join_copula},       {"repeated", mentions_join_repeated},
    {"head", mentions_join_head},         {"title", mentions_join_title},         {"like", mentions_join_like},
    {"general", mentions_join_general},   {"person", mentions_join_person},       {"capital", mentions_join_capital},
    {"group", mentions_join_group},       {"pronoun", mentions_join_pronoun},     {"speaker", mentions_join_speaker}};

int mentions_sieve(str id)
{
    for (size_t k = 0; k < sizeof sieves / sizeof *sieves; k++)
        if (str_is(id, sieves[k].id)) return (int)k;
    return -1;
}

void mentions_join(workings *w)
{
    for (size_t k = 0; k < w->r->n_sieve; k++) sieves[w->r->sieve[k].sieve].run(w, &w->r->sieve[k]);
}
