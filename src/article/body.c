#include "article/body.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    MEAN_HELD = 6,   // scores count no further than that in a mean
    STRAY_WORDS = 3, // words of a block that is not believed alone
};

bool body_load(body_rules *r, const data_set *d, fault *f)
{
    if (!features_load(&r->names, d, f)) return false;
    size_t n = r->names.base[FAMILY_COUNT];
    for (int sweep = 0; sweep < 2; sweep++) r->weights[sweep] = new_array(d->a, float, n);
    r->labels = new_array(d->a, const char *, n);
    for (size_t i = 0; i < n; i++) r->labels[i] = features_label(d->a, &r->names, (uint16_t)i);
    tsv t;
    if (!data_open(d, "article/blocks.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str sweep = tsv_get(&t, "sweep"), family = tsv_get(&t, "family"), value = tsv_get(&t, "value");
        int k = features_number(&r->names, family, value);
        if (k < 0)
            return fault_set(f, "%s:%d: unknown feature \"%.*s %.*s\"", t.file, t.line, (int)family.n, family.p, (int)value.n,
                             value.p);
        if (!str_is(sweep, "1") && !str_is(sweep, "2")) return fault_set(f, "%s:%d: sweep is 1 or 2", t.file, t.line);
        r->weights[sweep.p[0] - '1'][k] = strtof(arena_str(d->a, tsv_get(&t, "weight")).p, NULL);
    }
    return true;
}

static float weighed(const float *weights, const feature_list *l)
{
    float sum = 0;
    for (size_t i = 0; i < l->n; i++) sum += weights[l->v[i]];
    return sum;
}

// Means of the first scores by element: sums are kept at the element, blocks look them up.
static void mean_by(const feature_page *p, const float *first, const uint32_t *group, float *out)
{
    float    *sum = new_array(p->a, float, p->t->n + 1);
    uint32_t *n = new_array(p->a, uint32_t, p->t->n + 1);
    for (size_t i = 0; i < p->b->n; i++) {
        float s = first[i] < -MEAN_HELD ? -MEAN_HELD : first[i] > MEAN_HELD ? MEAN_HELD : first[i];
        sum[group[i]] += s;
        n[group[i]]++;
    }
    for (size_t i = 0; i < p->b->n; i++) out[i] = sum[group[i]] / (float)n[group[i]];
}

static void body_means(const feature_page *p, const float *first, float *parent_mean, float *branch_mean)
{
    uint32_t *group = new_array(p->a, uint32_t, p->b->n + 1);
    for (size_t i = 0; i < p->b->n; i++) group[i] = p->t->v[p->b->v[i].box].parent;
    mean_by(p, first, group, parent_mean);
    for (size_t i = 0; i < p->b->n; i++) group[i] = p->branch[p->b->v[i].box] ? p->branch[p->b->v[i].box] : p->b->v[i].box;
    mean_by(p, first, group, branch_mean);
}

// The sum of the weights, and which of them spoke most for and against.
typedef struct {
    float    sum, most, least;
    uint16_t for_it, against;
} block_verdict;

static void weigh_in(block_verdict *v, const float *weights, const feature_list *l)
{
    for (size_t i = 0; i < l->n; i++) {
        float w = weights[l->v[i]];
        v->sum += w;
        if (w > v->most) v->most = w, v->for_it = l->v[i];
        if (w < v->least) v->least = w, v->against = l->v[i];
    }
}

static block_verdict *judge_blocks(const feature_page *p, const body_rules *r)
{
    size_t n = p->b->n;
    float *first = new_array(p->a, float, n + 1), *parent_mean = new_array(p->a, float, n + 1),
          *branch_mean = new_array(p->a, float, n + 1);
    block_verdict *v = new_array(p->a, block_verdict, n + 1);
    feature_list   l;
    for (size_t i = 0; i < n; i++) {
        features_of(p, &r->names, i, &l);
        first[i] = weighed(r->weights[0], &l);
        weigh_in(&v[i], r->weights[1], &l);
    }
    body_means(p, first, parent_mean, branch_mean);
    for (size_t i = 0; i < n; i++) {
        l.n = 0;
        features_second(p, &r->names, i, first, parent_mean, branch_mean, &l);
        weigh_in(&v[i], r->weights[1], &l);
    }
    return v;
}

// --- choice ---

typedef struct {
    float    odds;
    uint32_t block;
} ranked_block;

static int by_odds(const void *x, const void *y)
{
    const ranked_block *a = x, *b = y;
    if (a->odds != b->odds) return a->odds > b->odds ? -1 : 1;
    return (a->block > b->block) - (a->block < b->block);
}

static float likelihood(float odds) { return 1 / (1 + expf(-odds)); }

// Keeps the likeliest blocks, as many as make the expected F1 of their words the greatest.
static void keep_best(const feature_page *p, const block_verdict *v, body_choice *out)
{
    size_t        n = p->b->n, best = 0;
    ranked_block *rank = new_array(p->a, ranked_block, n + 1);
    double        all = 0, kept = 0, right = 0;
    for (size_t i = 0; i < n; i++) {
        rank[i] = (ranked_block){v[i].sum, (uint32_t)i};
        all += p->b->v[i].words * (double)likelihood(v[i].sum);
    }
    qsort(rank, n, sizeof *rank, by_odds);
    for (size_t i = 0; i < n; i++) {
        double words = p->b->v[rank[i].block].words;
        kept += words;
        right += words * (double)likelihood(rank[i].odds);
        double f1 = 2 * right / (kept + all);
        if (f1 > (double)out->confidence) out->confidence = (float)f1, best = i + 1;
    }
    for (size_t i = 0; i < best; i++) out->keep[rank[i].block] = true;
}

// A word or three kept alone among furniture is furniture.
static void drop_strays(const feature_page *p, bool *keep)
{
    bool before = false;
    for (size_t i = 0; i < p->b->n; i++) {
        bool stray = keep[i] && !before && !keep[i + 1] && p->b->v[i].words <= STRAY_WORDS && !p->b->v[i].stop;
        before = keep[i];
        if (stray) keep[i] = false;
    }
}

body_choice body_choose(const feature_page *p, const body_rules *r)
{
    body_choice    c = {new_array(p->a, float, p->b->n + 1), new_array(p->a, bool, p->b->n + 1),
                        new_array(p->a, const char *, p->b->n + 1), 0};
    block_verdict *v = judge_blocks(p, r);
    keep_best(p, v, &c);
    drop_strays(p, c.keep);
    for (size_t i = 0; i < p->b->n; i++) {
        c.score[i] = v[i].sum;
        c.why[i] = r->labels[c.keep[i] ? v[i].for_it : v[i].against];
    }
    return c;
}
