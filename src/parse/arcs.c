// The dependency parser: a stack and a buffer of tokens, and five kinds of moves (arc-eager, with sentence breaks).
//
//   SHIFT   the buffer's first token goes on the stack
//   REDUCE  the stack's top leaves it; without a head, and not alone, it goes back to the buffer
//   LEFT    the buffer's first token becomes the head of the stack's top, which leaves the stack
//   RIGHT   the stack's top becomes the head of the buffer's first token, which goes on the stack
//   BREAK   a sentence begins at the buffer's second token

#include "parse/moves.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FEATURE_STEP = 64 /* made at a time; a divisor of ARC_KEPT */, NOBODY = -1 };

enum { SENTENCE_BEGINS = 1, UNSHIFTABLE = 2, HAS_HEAD = 4 };

typedef struct {
    int32_t last_left, last_right; // the child added last on that side
    int32_t right_before;          // as a right child: the right child its head had before
    uint8_t flags;
} arc_node;

typedef struct {
    const move_set *m;
    const float    *x; // [n, inner]
    int32_t         n;
    arc            *arcs;
    arc_node       *nodes;
    int32_t        *stack, *back; // back: tokens returned to the buffer, the next one last
    int32_t         n_stack, n_back, next;

    arc_work *w;
    int32_t   done; // tokens whose features were made
} arc_state;

static int32_t buffer_at(const arc_state *s, int32_t i)
{
    if (i < s->n_back) return s->back[s->n_back - 1 - i];
    int32_t t = s->next + i - s->n_back;
    return t < s->n ? t : NOBODY;
}

static int32_t stack_at(const arc_state *s, int32_t i) { return i < s->n_stack ? s->stack[s->n_stack - 1 - i] : NOBODY; }

static int32_t buffer_length(const arc_state *s) { return s->n_back + s->n - s->next; }

// Makes the features of tokens up to `last` included.
static void make_features(arc_state *s, int32_t last)
{
    const net_head *h = &s->m->head;
    size_t          row = net_head_row(h);
    while (s->done <= last) {
        int32_t some = s->n - s->done < FEATURE_STEP ? s->n - s->done : FEATURE_STEP, at = s->done % ARC_KEPT;
        h->k->affine(s->w->features + (size_t)at * row, row, s->x + (size_t)s->done * h->inner, h->inner, (size_t)some,
                     h->slot_weight, h->slot_zero, h->inner, row);
        for (int32_t i = 0; i < some; i++) s->w->kept_token[at + i] = s->done + i;
        s->done += some;
    }
}

static const float *slot_features(arc_state *s, size_t slot, int32_t t)
{
    const net_head *h = &s->m->head;
    size_t          part = (size_t)h->pieces * h->hidden;
    if (t == NOBODY) return h->missing + slot * part;
    int32_t at = t % ARC_KEPT;
    if (s->w->kept_token[at] == t) return s->w->features + (size_t)at * net_head_row(h) + slot * part;
    h->k->affine(s->w->again[slot], part, s->x + (size_t)t * h->inner, h->inner, 1, h->slot_weight + slot * part * h->inner,
                 h->slot_zero, h->inner, part);
    return s->w->again[slot];
}

static void score_arcs(arc_state *s)
{
    int32_t b0 = buffer_at(s, 0), b1 = buffer_at(s, 1), s0 = stack_at(s, 0);
    int32_t tokens[ARC_SLOTS] = {b0, b1, s0, stack_at(s, 1), stack_at(s, 2), NOBODY, NOBODY, NOBODY};
    if (b0 != NOBODY) tokens[5] = s->nodes[b0].last_left;
    if (s0 != NOBODY) tokens[6] = s->nodes[s0].last_left, tokens[7] = s->nodes[s0].last_right;
    const float *slots[ARC_SLOTS];
    make_features(s, b0 > b1 ? b0 : b1);
    for (size_t i = 0; i < ARC_SLOTS; i++) slots[i] = slot_features(s, i, tokens[i]);
    net_head_scores(&s->m->head, slots, s->w->state, s->w->scores);
}

// Which moves the state allows, a bit for each kind.
static unsigned allowed_arcs(const arc_state *s)
{
    int32_t  b0 = buffer_at(s, 0), b1 = buffer_at(s, 1), length = buffer_length(s);
    unsigned allowed = 0;
    bool     begins = b0 != NOBODY && s->nodes[b0].flags & SENTENCE_BEGINS;
    if (length && (!s->n_stack || (length >= 2 && !begins && !(s->nodes[b0].flags & UNSHIFTABLE)))) allowed |= 1u << ARC_SHIFT;
    if (s->n_stack) allowed |= 1u << ARC_REDUCE;
    if (s->n_stack && length && !begins) allowed |= 1u << ARC_LEFT | 1u << ARC_RIGHT;
    if (length >= 2 && b1 == b0 + 1 && !(s->nodes[b1].flags & SENTENCE_BEGINS)) allowed |= 1u << ARC_BREAK;
    return allowed;
}

// The best scored move allowed, the first of equals; -1 if there is none. *margin: its lead over the second.
static int32_t best_arc(const arc_state *s, unsigned allowed, float *margin)
{
    const uint8_t *action = s->m->action;
    const float   *scores = s->w->scores;
    int32_t        best = -1;
    float          top = -INFINITY, second = -INFINITY;
    for (uint32_t i = 0; i < s->m->head.moves; i++) {
        if (!(allowed >> action[i] & 1) || scores[i] <= second) continue;
        if (scores[i] > top) second = top, top = scores[i], best = (int32_t)i;
        else second = scores[i];
    }
    *margin = top - second;
    return best;
}

static void take_buffer_first(arc_state *s)
{
    if (s->n_back) s->n_back--;
    else s->next++;
}

static void arc_left(arc_state *s, int32_t move)
{
    int32_t b0 = buffer_at(s, 0), s0 = stack_at(s, 0);
    if (s->nodes[s0].flags & HAS_HEAD) s->nodes[s->arcs[s0].head].last_right = s->nodes[s0].right_before;
    s->arcs[s0] = (arc){(uint32_t)b0, s->m->label[move], s->m->above[move]};
    s->nodes[s0].flags |= HAS_HEAD;
    s->nodes[b0].last_left = s0;
    s->nodes[b0].flags &= (uint8_t)~UNSHIFTABLE;
    s->n_stack--;
}

static void arc_right(arc_state *s, int32_t move)
{
    int32_t b0 = buffer_at(s, 0), s0 = stack_at(s, 0);
    s->arcs[b0] = (arc){(uint32_t)s0, s->m->label[move], s->m->above[move]};
    s->nodes[b0].flags |= HAS_HEAD;
    s->nodes[b0].right_before = s->nodes[s0].last_right;
    s->nodes[s0].last_right = b0;
    take_buffer_first(s);
    s->stack[s->n_stack++] = b0;
}

static void arc_reduce(arc_state *s)
{
    int32_t s0 = stack_at(s, 0);
    bool    leaves = s->nodes[s0].flags & HAS_HEAD || s->n_stack == 1;
    s->n_stack--;
    if (leaves) return;
    s->nodes[s0].flags |= UNSHIFTABLE; // else it would come and go for ever
    s->back[s->n_back++] = s0;
}

static void make_move(arc_state *s, int32_t move)
{
    int32_t b0 = buffer_at(s, 0);
    switch (s->m->action[move]) {
    case ARC_SHIFT:
        take_buffer_first(s);
        s->stack[s->n_stack++] = b0;
        break;
    case ARC_REDUCE: arc_reduce(s); break;
    case ARC_LEFT: arc_left(s, move); break;
    case ARC_RIGHT: arc_right(s, move); break;
    case ARC_BREAK: s->nodes[buffer_at(s, 1)].flags |= SENTENCE_BEGINS; break;
    default: break;
    }
}

bool arc_work_init(arc_work *w, const net_head *h)
{
    size_t part = (size_t)h->pieces * h->hidden, row = net_head_row(h);
    float *rows = calloc(ARC_KEPT + 1, row * sizeof *rows); // behind those of the tokens, one made again for each slot
    *w = (arc_work){.features = rows,
                    .kept_token = calloc(ARC_KEPT, sizeof *w->kept_token),
                    .state = calloc(part + h->hidden, sizeof *w->state),
                    .scores = calloc(h->padded, sizeof *w->scores)};
    for (size_t i = 0; rows && i < ARC_SLOTS; i++) w->again[i] = rows + ARC_KEPT * row + i * part;
    return w->features && w->kept_token && w->state && w->scores;
}

void arc_work_clear(arc_work *w)
{
    free(w->features);
    free(w->kept_token);
    free(w->state);
    free(w->scores);
    *w = (arc_work){0};
}

static arc_state arcs_begin(arena *a, const move_set *m, arc_work *w, const float *x, size_t n)
{
    arc_state s = {.m = m, .x = x, .n = (int32_t)n, .w = w};
    memset(w->kept_token, 0xFF, ARC_KEPT * sizeof *w->kept_token);
    s.arcs = new_array(a, arc, n);
    s.nodes = new_array(a, arc_node, n);
    s.stack = new_array(a, int32_t, n + 1);
    s.back = new_array(a, int32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        s.arcs[i] = (arc){(uint32_t)i, DEP_ROOT, DEP_NONE};
        s.nodes[i] = (arc_node){NOBODY, NOBODY, NOBODY, i == 0 ? SENTENCE_BEGINS : 0};
    }
    return s;
}

arc *arcs_find(arena *a, const move_set *m, arc_work *w, const float *x, size_t n, float *margins)
{
    arc_state s = arcs_begin(a, m, w, x, n);
    for (size_t i = 0; margins && i < n; i++) margins[i] = INFINITY;
    while (s.n_stack || buffer_length(&s)) {
        float    margin;
        unsigned allowed = allowed_arcs(&s);
        score_arcs(&s);
        int32_t move = best_arc(&s, allowed, &margin), first = buffer_at(&s, 0);
        if (move < 0) break; // a model without the moves that the state allows
        if (margins && first != NOBODY && margin < margins[first]) margins[first] = margin;
        make_move(&s, move);
    }
    return s.arcs;
}
