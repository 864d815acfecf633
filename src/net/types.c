#include "net/types.h"

#include <stdlib.h>
#include <string.h>

enum { TYPE_SLOTS = 4096 };

_Static_assert(TYPE_SLOTS >= 2 * NET_TYPES && (TYPE_SLOTS & (TYPE_SLOTS - 1)) == 0, "a table at most half full");

static bool init_generation(net_generation *g, const net_encoder *e)
{
    // calloc: what is not used is not there.
    g->features = calloc(NET_TYPES, (e->columns + 1) * sizeof *g->features);
    g->rows = calloc(NET_TYPES, net_type_row(e) * sizeof *g->rows);
    g->slots = calloc(TYPE_SLOTS, sizeof *g->slots);
    return g->features && g->rows && g->slots;
}

static void clear_generation(net_generation *g)
{
    free(g->features);
    free(g->rows);
    free(g->slots);
}

bool net_types_init(net_types *t, const net_encoder *e)
{
    *t = (net_types){.e = e};
    t->wide = calloc((size_t)e->mix_pieces * e->width, sizeof *t->wide);
    t->pending = calloc(NET_TYPES, sizeof *t->pending);
    if (init_generation(&t->young, e) && init_generation(&t->old, e) && t->wide && t->pending) return true;
    net_types_clear(t);
    return false;
}

void net_types_clear(net_types *t)
{
    clear_generation(&t->young);
    clear_generation(&t->old);
    free(t->wide);
    free(t->pending);
    *t = (net_types){0};
}

void net_types_begin(net_types *t, size_t most)
{
    if (t->young.n + most <= NET_TYPES) return;
    net_generation old = t->old;
    t->old = t->young;
    t->young = old;
    t->young.n = 0;
    memset(t->young.slots, 0, TYPE_SLOTS * sizeof *t->young.slots);
}

static size_t hash_type(const uint64_t *features, size_t n)
{
    uint64_t h = 0;
    for (size_t i = 0; i < n; i++) {
        h = (h ^ features[i]) * 0xD6E8FEB86659FD93u;
        h ^= h >> 32;
    }
    return (size_t)h;
}

// The slot that holds the type, or the free one it belongs in.
static uint32_t *type_slot(const net_generation *g, const uint64_t *features, size_t n, size_t hash)
{
    for (size_t at = hash;; at++) {
        uint32_t *slot = &g->slots[at & (TYPE_SLOTS - 1)];
        if (!*slot || !memcmp(g->features + (*slot - 1) * n, features, n * sizeof *features)) return slot;
    }
}

const float *net_types_find(net_types *t, const uint64_t *features, uint64_t form)
{
    size_t   n = t->e->columns + 1, row = net_type_row(t->e);
    uint64_t own[NET_COLUMNS + 1];
    memcpy(own, features, (n - 1) * sizeof *own);
    own[n - 1] = t->e->n_keys ? form : 0;
    size_t          hash = hash_type(own, n);
    net_generation *g = &t->young;
    uint32_t       *slot = type_slot(g, own, n, hash);
    if (*slot) return g->rows + (*slot - 1) * row;
    float *to = g->rows + g->n * row;
    memcpy(g->features + g->n * n, own, n * sizeof *own);
    *slot = (uint32_t)++g->n;
    const uint32_t *before = type_slot(&t->old, own, n, hash);
    if (*before) memcpy(to, t->old.rows + (*before - 1) * row, row * sizeof *to);
    else t->pending[t->n_pending++] = (uint32_t)g->n - 1;
    return to;
}

// The vector of each, then all products of those that lie side by side.
void net_types_compute(net_types *t)
{
    const net_encoder *e = t->e;
    size_t             n = e->columns + 1, row = net_type_row(e), products = row - e->width;
    for (size_t i = 0, end; i < t->n_pending; i = end) {
        for (end = i; end < t->n_pending && t->pending[end] - t->pending[i] == end - i; end++) {
            const uint64_t *features = t->young.features + t->pending[end] * n;
            net_embed(e, features, features[n - 1], t->wide, t->young.rows + t->pending[end] * row);
        }
        float *first = t->young.rows + t->pending[i] * row;
        e->k->affine(first + e->width, row, first, row, end - i, e->near_weight, e->near_bias, e->width, products);
    }
    t->n_pending = 0;
}
