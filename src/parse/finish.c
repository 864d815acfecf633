// From the parser's arcs to spaCy's tree: sentence starts, and arcs labelled "pobj||prep" lifted to where they belong.

#include "parse/moves.h"

enum { MOST_PASSES = 12 /* as spaCy */, MOST_SEARCHED = 100000 /* tokens, for one arc to be lifted; far above any sentence */ };

typedef struct {
    const arc  *arcs;
    const bool *space;
    token      *v;
    size_t      n;
    uint32_t   *left, *right; // edges of each token's subtree, both included
} finishing;

static void widen(finishing *f, size_t i)
{
    uint32_t h = f->v[i].head;
    if (f->left[i] < f->left[h]) f->left[h] = f->left[i];
    if (f->right[i] > f->right[h]) f->right[h] = f->right[i];
}

// Widens each head's edges by its children's, once forth and once back; whether no token's head lies outside its sentence.
// Uses `starts` for the places where a root's subtree begins.
static bool edges_pass(finishing *f)
{
    size_t n = f->n;
    for (size_t i = 0; i < n; i++) widen(f, i), f->v[i].starts = false;
    for (size_t i = n; i-- > 0;) widen(f, i);
    for (size_t i = 0; i < n; i++)
        if (f->v[i].head == i) f->v[f->left[i]].starts = true;
    for (size_t from = 0, to; from < n; from = to) {
        to = from + 1;
        while (to < n && !f->v[to].starts) to++;
        size_t checked = to == n ? n - 1 : to; // the text's last token is not looked at
        for (size_t j = from; j < checked; j++)
            if (f->v[j].head < from || f->v[j].head > checked) return false;
    }
    return true;
}

static void find_edges(finishing *f)
{
    for (size_t i = 0; i < f->n; i++) f->left[i] = f->right[i] = (uint32_t)i;
    for (int pass = 0; pass < MOST_PASSES && !edges_pass(f); pass++) continue;
    for (size_t i = 0; i < f->n; i++) f->v[i].starts = false;
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].head == i && f->v[i].dep) f->v[f->left[i]].starts = true;
}

// Children of each token in text order, kept as arcs move: a list through `after`.
typedef struct {
    uint32_t *first, *after; // TOKEN_NONE ends a list
    uint32_t *queue;
} child_lists;

static child_lists list_children(arena *a, const finishing *f)
{
    child_lists c = {new_array(a, uint32_t, f->n), new_array(a, uint32_t, f->n), new_array(a, uint32_t, f->n)};
    for (size_t i = 0; i < f->n; i++) c.first[i] = c.after[i] = TOKEN_NONE;
    for (size_t i = f->n; i-- > 0;) {
        uint32_t h = f->v[i].head;
        if (h != i) c.after[i] = c.first[h], c.first[h] = (uint32_t)i;
    }
    return c;
}

// The place in a list where child i stands or would stand.
static uint32_t *child_place(child_lists *c, uint32_t head, uint32_t i)
{
    uint32_t *at = &c->first[head];
    while (*at < i) at = &c->after[*at]; // TOKEN_NONE is above every number
    return at;
}

// Level by level below token `from`, the first that carries `label`; TOKEN_NONE if there is none. A token whose own arc is
// still to be lifted carries a double label, which is no other.
static uint32_t find_labelled(const finishing *f, const child_lists *c, uint32_t from, uint32_t i, uint8_t label)
{
    size_t n = 0;
    c->queue[n++] = from;
    for (size_t k = 0; k < n && n < MOST_SEARCHED; k++) {
        uint32_t q = c->queue[k];
        for (uint32_t child = c->first[q]; child != TOKEN_NONE; child = c->after[child]) {
            if (child < f->left[q] || child > f->right[q] || f->space[child] || child == i) continue;
            if (f->v[child].dep == label && (child < i || !f->arcs[child].above)) return child;
            c->queue[n++] = child;
        }
    }
    return TOKEN_NONE;
}

// An arc labelled "pobj||prep" was drawn to an ancestor of its true head, which is the nearest `prep` below that.
static void lift_arcs(arena *a, finishing *f)
{
    child_lists c = {0};
    for (size_t i = 0; i < f->n; i++) {
        if (!f->arcs[i].above) continue;
        if (!c.first) c = list_children(a, f);
        uint32_t head = find_labelled(f, &c, f->v[i].head, (uint32_t)i, f->arcs[i].above);
        if (head == TOKEN_NONE) continue;
        *child_place(&c, f->v[i].head, (uint32_t)i) = c.after[i];
        uint32_t *place = child_place(&c, head, (uint32_t)i);
        c.after[i] = *place;
        *place = (uint32_t)i;
        f->v[i].head = head;
    }
}

void arcs_finish(arena *a, const arc *arcs, const bool *space, token *v, size_t n)
{
    finishing f = {arcs, space, v, n, new_array(a, uint32_t, n), new_array(a, uint32_t, n)};
    bool      lifts = false;
    for (size_t i = 0; i < n; i++) {
        v[i].head = arcs[i].head;
        v[i].dep = arcs[i].label;
        lifts |= arcs[i].above != 0;
    }
    find_edges(&f);
    if (!lifts) return;
    lift_arcs(a, &f);
    find_edges(&f);
}
