#include "boost.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 64, FEATURES = SAME_FEATURE_COUNT };

typedef struct {
    float    bound[FEATURES][BINS]; // bin b holds what is below bound[b] and not below bound[b - 1]; the last: all else, NAN too
    int      bins[FEATURES];
    uint8_t *bin; // [n * FEATURES]
} binned;

typedef struct {
    double g, h; // sums of the gradients and their slopes
} step_sum;

typedef struct {
    double gain;
    int    feature, bin;
} split;

static void *filled(size_t n, size_t size)
{
    void *v = calloc(n + 1, size);
    if (!v) fprintf(stderr, "train: out of memory\n"), exit(2);
    return v;
}

static int by_float(const void *x, const void *y)
{
    float a = *(const float *)x, b = *(const float *)y;
    return (a > b) - (a < b);
}

// Bounds between distinct values, so that each bin has about as many rows.
static void make_bins(const boost_rows *r, binned *b)
{
    float *v = filled(r->n, sizeof *v);
    b->bin = filled(r->n * FEATURES, 1);
    for (int k = 0; k < FEATURES; k++) {
        size_t n = 0;
        for (size_t i = 0; i < r->n; i++)
            if (r->use[i] && !isnan(r->x[i * FEATURES + (size_t)k])) v[n++] = r->x[i * FEATURES + (size_t)k];
        qsort(v, n, sizeof *v, by_float);
        int m = 0;
        for (int q = 1; q < BINS && n; q++) {
            size_t at = n * (size_t)q / BINS;
            while (at < n && at > 0 && v[at] == v[at - 1]) at++;
            if (at == 0 || at >= n) continue;
            float bound = (v[at - 1] + v[at]) / 2;
            if (m == 0 || bound > b->bound[k][m - 1]) b->bound[k][m++] = bound;
        }
        // what is not known lies behind everything known
        if (n && m < BINS - 1 && (m == 0 || v[n - 1] > b->bound[k][m - 1])) b->bound[k][m++] = v[n - 1] + 0.5f;
        b->bins[k] = m + 1;
        for (size_t i = 0; i < r->n; i++) {
            float x = r->x[i * FEATURES + (size_t)k];
            int   c = 0;
            while (c < m && !(x < b->bound[k][c])) c++;
            b->bin[i * FEATURES + (size_t)k] = (uint8_t)c;
        }
    }
    free(v);
}

static double leaf_of(step_sum s, boost_options o) { return -s.g / (s.h + o.l2); }
static double gain_of(step_sum s, boost_options o) { return s.g * s.g / (s.h + o.l2); }

// Bounds that a way of an ancestor's feature sets on what a node's leaves may be.
typedef struct {
    double low, high;
} allowed;

static double held_within(double v, allowed a) { return v < a.low ? a.low : v > a.high ? a.high : v; }

static split best_split(const step_sum (*bins)[BINS], const binned *b, const signed char *way, allowed within, boost_options o)
{
    split    best = {1e-6, -1, 0};
    step_sum all = {0, 0};
    for (int c = 0; c < b->bins[0]; c++) all.g += bins[0][c].g, all.h += bins[0][c].h;
    for (int k = 0; k < FEATURES; k++) {
        step_sum left = {0, 0};
        for (int c = 0; c + 1 < b->bins[k]; c++) {
            left.g += bins[k][c].g, left.h += bins[k][c].h;
            step_sum right = {all.g - left.g, all.h - left.h};
            if (left.h < o.least || right.h < o.least) continue;
            double below = held_within(leaf_of(left, o), within), above = held_within(leaf_of(right, o), within);
            if (way[k] * (above - below) < 0) continue;
            double gain = gain_of(left, o) + gain_of(right, o) - gain_of(all, o);
            if (gain > best.gain) best = (split){gain, k, c};
        }
    }
    return best;
}

static void grow_tree(const boost_rows *r, const binned *b, const signed char *way, boost_options o, const double *g,
                      const double *h, uint8_t *node, same_tree *t)
{
    allowed within[TREE_NODES];
    step_sum(*bins)[BINS] = filled(FEATURES, sizeof *bins);
    memset(node, 0, r->n);
    within[0] = (allowed){-1e9, 1e9};
    for (int at = 0; at < TREE_NODES; at++) {
        step_sum all = {0, 0};
        memset(bins, 0, FEATURES * sizeof *bins);
        for (size_t i = 0; i < r->n; i++) {
            if (!r->use[i] || node[i] != at) continue;
            all.g += g[i], all.h += h[i];
            for (int k = 0; at < TREE_SPLITS && k < FEATURES; k++) {
                step_sum *s = &bins[k][b->bin[i * FEATURES + (size_t)k]];
                s->g += g[i], s->h += h[i];
            }
        }
        t->value[at] = (float)(o.rate * held_within(leaf_of(all, o), within[at]));
        if (at >= TREE_SPLITS) continue;
        split s = best_split((const step_sum(*)[BINS])bins, b, way, within[at], o);
        t->feature[at] = (float)s.feature;
        t->bound[at] = s.feature < 0 ? 0 : b->bound[s.feature][s.bin];
        within[2 * at + 1] = within[2 * at + 2] = within[at];
        if (s.feature >= 0 && way[s.feature]) {
            step_sum left = {0, 0};
            for (int c = 0; c <= s.bin; c++) left.g += bins[s.feature][c].g, left.h += bins[s.feature][c].h;
            step_sum right = {all.g - left.g, all.h - left.h};
            double   middle = (held_within(leaf_of(left, o), within[at]) + held_within(leaf_of(right, o), within[at])) / 2;
            allowed *lower = &within[2 * at + (way[s.feature] > 0 ? 1 : 2)],
                    *upper = &within[2 * at + (way[s.feature] > 0 ? 2 : 1)];
            lower->high = middle, upper->low = middle;
        }
        for (size_t i = 0; i < r->n; i++)
            if (node[i] == at)
                node[i] = (uint8_t)(2 * at + (s.feature < 0 || b->bin[i * FEATURES + (size_t)s.feature] <= s.bin ? 1 : 2));
    }
    free(bins);
}

same_tree *boost_fit(const boost_rows *r, const signed char way[SAME_FEATURE_COUNT], boost_options o, float *bias)
{
    binned    *b = filled(1, sizeof *b);
    same_tree *trees = filled(o.trees, sizeof *trees);
    double    *score = filled(r->n, sizeof *score), *g = filled(r->n, sizeof *g), *h = filled(r->n, sizeof *h), yes = 1, no = 1;
    uint8_t   *node = filled(r->n, 1);
    make_bins(r, b);
    for (size_t i = 0; i < r->n; i++)
        if (r->use[i]) r->y[i] ? yes++ : no++;
    *bias = (float)log(yes / no);
    for (size_t i = 0; i < r->n; i++) score[i] = (double)*bias;
    for (size_t k = 0; k < o.trees; k++) {
        for (size_t i = 0; i < r->n; i++) {
            double p = 1 / (1 + exp(-score[i]));
            g[i] = p - r->y[i], h[i] = p * (1 - p);
        }
        grow_tree(r, b, way, o, g, h, node, &trees[k]);
        for (size_t i = 0; i < r->n; i++) score[i] += (double)trees[k].value[node[i]];
    }
    free(b->bin), free(b), free(score), free(g), free(h), free(node);
    return trees;
}
