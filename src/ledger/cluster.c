#include "ledger/cluster.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define NOT_TOGETHER -1e12 // sum of a pair that a person has parted: no mean outweighs it

// What lies between a group and another one: sum of the scores and number of pairs that were scored.
typedef struct {
    uint32_t other; // some member of the other group; its group is looked up
    uint32_t pairs;
    double   sum;
} between;

typedef struct {
    between *v;
    size_t   n, cap;
} between_list;

// A pair of groups that might join. Stale once one of them has changed.
typedef struct {
    double   mean;
    uint32_t a, b, version_a, version_b;
} proposal;

typedef struct {
    arena        *a;
    uint32_t     *up, *size, *version;
    between_list *near;
    proposal     *heap;
    size_t        n_heap, cap_heap;
} clustering;

static uint32_t group_top(uint32_t *up, uint32_t i)
{
    while (up[i] != i) i = up[i] = up[up[i]];
    return i;
}

// --- the best proposal first; of equals the one with the smallest numbers ---

static bool proposal_before(const proposal *x, const proposal *y)
{
    if (x->mean != y->mean) return x->mean > y->mean;
    return x->a != y->a ? x->a < y->a : x->b < y->b;
}

static void heap_add(clustering *c, proposal p)
{
    struct {
        proposal *v;
        size_t    n, cap;
    } list = {c->heap, c->n_heap, c->cap_heap};
    *push(c->a, &list) = p;
    c->heap = list.v, c->n_heap = list.n, c->cap_heap = list.cap;
    for (size_t i = c->n_heap - 1; i > 0 && proposal_before(&c->heap[i], &c->heap[(i - 1) / 2]); i = (i - 1) / 2) {
        proposal x = c->heap[i];
        c->heap[i] = c->heap[(i - 1) / 2], c->heap[(i - 1) / 2] = x;
    }
}

static proposal heap_take(clustering *c)
{
    proposal top = c->heap[0];
    c->heap[0] = c->heap[--c->n_heap];
    for (size_t i = 0;;) {
        size_t best = i;
        for (size_t k = 2 * i + 1; k <= 2 * i + 2 && k < c->n_heap; k++)
            if (proposal_before(&c->heap[k], &c->heap[best])) best = k;
        if (best == i) return top;
        proposal x = c->heap[i];
        c->heap[i] = c->heap[best], c->heap[best] = x, i = best;
    }
}

// --- groups ---

static int by_other(const void *x, const void *y)
{
    const between *a = x, *b = y;
    if (a->other != b->other) return a->other < b->other ? -1 : 1;
    return (a->sum > b->sum) - (a->sum < b->sum); // so that sums are made in one order
}

// Brings a group's list up to date: one entry for each other group.
static void tidy_near(clustering *c, uint32_t g)
{
    between_list *l = &c->near[g];
    size_t        n = 0;
    for (size_t i = 0; i < l->n; i++) l->v[i].other = group_top(c->up, l->v[i].other);
    if (l->n > 1) qsort(l->v, l->n, sizeof *l->v, by_other);
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].other == g) continue;
        if (n && l->v[n - 1].other == l->v[i].other) l->v[n - 1].sum += l->v[i].sum, l->v[n - 1].pairs += l->v[i].pairs;
        else l->v[n++] = l->v[i];
    }
    l->n = n;
}

static void propose(clustering *c, uint32_t g, const between *b)
{
    double pairs = (double)c->size[g] * c->size[b->other];
    double mean = (b->sum + (pairs - b->pairs) * (double)CLUSTER_UNSEEN) / pairs;
    if (mean <= 0) return;
    uint32_t x = g < b->other ? g : b->other, y = g < b->other ? b->other : g;
    heap_add(c, (proposal){mean, x, y, c->version[x], c->version[y]});
}

// The smaller number stands for the group.
static uint32_t join_groups(clustering *c, uint32_t x, uint32_t y)
{
    if (y < x) return join_groups(c, y, x);
    between_list *into = &c->near[x], *from = &c->near[y];
    for (size_t i = 0; i < from->n; i++) *push(c->a, into) = from->v[i];
    *from = (between_list){0};
    c->up[y] = x, c->size[x] += c->size[y], c->version[x]++, c->version[y]++;
    return x;
}

// --- decisions: the latest first; an earlier one that contradicts what holds by then is passed over ---

static bool parted(const cluster_decision *held, size_t n, uint32_t *up, uint32_t x, uint32_t y)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t a = group_top(up, held[i].a), b = group_top(up, held[i].b);
        if (!held[i].same && ((a == x && b == y) || (a == y && b == x))) return true;
    }
    return false;
}

static void apply_decisions(clustering *c, size_t n, const cluster_decision *decisions, size_t n_decisions)
{
    cluster_decision *held = new_array(c->a, cluster_decision, n_decisions + 1);
    size_t            n_held = 0;
    for (size_t i = n_decisions; i-- > 0;) {
        cluster_decision d = decisions[i];
        assert(d.a < n && d.b < n), (void)n;
        uint32_t x = group_top(c->up, d.a), y = group_top(c->up, d.b);
        if (x == y || (d.same && parted(held, n_held, c->up, x, y))) continue;
        if (d.same) join_groups(c, x, y);
        else {
            *push(c->a, &c->near[x]) = (between){y, 1, NOT_TOGETHER};
            *push(c->a, &c->near[y]) = (between){x, 1, NOT_TOGETHER};
        }
        held[n_held++] = d;
    }
}

uint32_t *cluster_groups(arena *a, size_t n, const cluster_link *links, size_t n_links, const cluster_decision *decisions,
                         size_t n_decisions)
{
    clustering c = {.a = a,
                    .up = new_array(a, uint32_t, n + 1),
                    .size = new_array(a, uint32_t, n + 1),
                    .version = new_array(a, uint32_t, n + 1),
                    .near = new_array(a, between_list, n + 1)};
    for (uint32_t i = 0; i < n; i++) c.up[i] = i, c.size[i] = 1;
    for (size_t i = 0; i < n_links; i++) {
        const cluster_link *l = &links[i];
        assert(l->a < n && l->b < n);
        if (l->a == l->b) continue;
        *push(a, &c.near[l->a]) = (between){l->b, 1, (double)l->score};
        *push(a, &c.near[l->b]) = (between){l->a, 1, (double)l->score};
    }
    apply_decisions(&c, n, decisions, n_decisions);
    for (uint32_t i = 0; i < n; i++) {
        if (c.up[i] != i) continue;
        tidy_near(&c, i);
        for (size_t k = 0; k < c.near[i].n; k++)
            if (c.near[i].v[k].other > i) propose(&c, i, &c.near[i].v[k]);
    }
    while (c.n_heap) {
        proposal p = heap_take(&c);
        if (c.version[p.a] != p.version_a || c.version[p.b] != p.version_b || c.up[p.a] != p.a || c.up[p.b] != p.b) continue;
        uint32_t g = join_groups(&c, p.a, p.b);
        tidy_near(&c, g);
        for (size_t k = 0; k < c.near[g].n; k++) propose(&c, g, &c.near[g].v[k]);
    }
    for (uint32_t i = 0; i < n; i++) c.up[i] = group_top(c.up, i);
    return c.up;
}
