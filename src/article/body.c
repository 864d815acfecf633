#include "article/body.h"

#include <stdlib.h>
#include <string.h>

enum { MEAN_HELD = 6 }; // scores count no further than that in a mean

bool body_load(body_rules *r, const data_set *d, fault *f)
{
    r->names = features_numbered();
    size_t n = r->names.base[FAMILY_COUNT];
    for (int sweep = 0; sweep < 2; sweep++) r->weights[sweep] = new_array(d->a, float, n);
    tsv t;
    if (!data_open(d, "article/blocks.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str sweep = tsv_get(&t, "sweep"), family = tsv_get(&t, "family"), value = tsv_get(&t, "value");
        int k = features_number(&r->names, family, value);
        if (k < 0) return fault_set(f, "%s:%d: unknown feature \"%.*s %.*s\"", t.file, t.line, (int)family.n, family.p, (int)value.n, value.p);
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

void body_means(const feature_page *p, const float *first, float *parent_mean, float *branch_mean)
{
    uint32_t *group = new_array(p->a, uint32_t, p->b->n + 1);
    for (size_t i = 0; i < p->b->n; i++) group[i] = p->t->v[p->b->v[i].box].parent;
    mean_by(p, first, group, parent_mean);
    for (size_t i = 0; i < p->b->n; i++) group[i] = features_branch(p, i);
    mean_by(p, first, group, branch_mean);
}

float *body_scores(const feature_page *p, const body_rules *r)
{
    size_t       n = p->b->n;
    float       *first = new_array(p->a, float, n + 1), *second = new_array(p->a, float, n + 1);
    float       *parent_mean = new_array(p->a, float, n + 1), *branch_mean = new_array(p->a, float, n + 1);
    feature_list l;
    for (size_t i = 0; i < n; i++) {
        features_of(p, &r->names, i, &l);
        first[i] = weighed(r->weights[0], &l);
        second[i] = weighed(r->weights[1], &l);
    }
    body_means(p, first, parent_mean, branch_mean);
    for (size_t i = 0; i < n; i++) {
        l.n = 0;
        features_second(p, &r->names, i, first, parent_mean, branch_mean, &l);
        second[i] += weighed(r->weights[1], &l);
    }
    return second;
}
