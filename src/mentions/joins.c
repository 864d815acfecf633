// Which mentions mean the same: a sieve of rules, the surest first, each named in data/mentions/rules.tsv.

#include "mentions/inner.h"

uint32_t cluster_of(workings *w, uint32_t i)
{
    while (w->v[i].up != i) i = w->v[i].up = w->v[w->v[i].up].up;
    return i;
}

// The earlier cluster keeps its number.
static void join(workings *w, uint32_t i, uint32_t j, const char *rule)
{
    uint32_t x = cluster_of(w, i), y = cluster_of(w, j);
    if (x == y) return;
    uint32_t lo = x < y ? x : y, hi = x < y ? y : x;
    w->v[hi].up = lo;
    w->v[lo].size += w->v[hi].size;
    uint32_t later = i < j ? j : i;
    if (!w->v[later].m.rule.n) w->v[later].m.rule = str_of(rule);
}

static bool is_name(const phrase *f) { return f->m.form == MENTION_NAME; }

static void join_exact_names(workings *w)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        if (!is_name(&w->v[i]) || !w->v[i].key.n) continue;
        uint32_t *to = map_put(w->a, &at, w->v[i].key);
        if (*to == MAP_NONE) *to = i;
        else join(w, *to, i, "exact");
    }
}

static void join_known(workings *w)
{
    uint32_t *first = new_array(w->a, uint32_t, w->r->n_things + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->known == NO_THING) continue;
        known_name k = w->r->known[f->known];
        if ((k.as & KNOWN_PEOPLE) && f->plural) continue;
        if (first[k.thing]) join(w, first[k.thing] - 1, i, "known");
        else first[k.thing] = i + 1;
    }
}

static void join_surnames(workings *w)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first < 2) continue;
        if (f->ent != ENT_PERSON) continue;
        *map_put(w->a, &at, f->last) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first != 1) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE) join(w, to, i, "surname");
    }
}

static str initials(const workings *w, const phrase *f)
{
    char  *v = new_array(w->a, char, f->name_end - f->name_first + 1);
    size_t n = 0;
    for (uint32_t i = f->name_first; i < f->name_end; i++) {
        const token *t = &w->p->v[i];
        if (t->pos == POS_PUNCT || t->pos == POS_ADP || t->pos == POS_DET || t->pos == POS_CCONJ || t->pos == POS_PART || !w->fold[i].n) continue;
        v[n++] = w->fold[i].p[0];
    }
    return (str){v, n};
}

static void join_acronyms(workings *w)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first < 2 || f->ent == ENT_PERSON) continue;
        str s = initials(w, f);
        if (s.n >= 2) *map_put(w->a, &at, s) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first != 1 || f->key.n < 2 || f->key.n > 8) continue;
        str text = w->p->v[f->name_first].text;
        bool upper = true;
        for (size_t k = 0; k < text.n; k++) upper &= text.p[k] < 'a' || text.p[k] > 'z';
        uint32_t to = upper ? map_get(&at, f->key) : MAP_NONE;
        if (to != MAP_NONE) join(w, to, i, "acronym");
    }
}

void clusters_join(workings *w)
{
    join_exact_names(w);
    join_known(w);
    join_surnames(w);
    join_acronyms(w);
}
