// Names: one move a token. BEGIN, IN, LAST make a name of several tokens, UNIT one of a single token, OUT is none.

#include "parse/moves.h"

#include <math.h>
#include <string.h>

name_run names_begin(arena *a, const move_set *m, const token *v, const bool *space, size_t n)
{
    size_t part = (size_t)m->head.pieces * m->head.hidden;
    return (name_run){.m = m,
                      .v = v,
                      .space = space,
                      .n = n,
                      .first = new_array(a, float, part),
                      .before = new_array(a, float, part),
                      .work = new_array(a, float, part + m->head.hidden),
                      .scores = new_array(a, float, m->head.padded)};
}

// A name does not cross a sentence's start, and does not begin with white space.
static bool allowed_name(const name_run *r, uint32_t move)
{
    size_t i = r->next;
    bool   goes_on = i + 1 < r->n && !r->v[i + 1].starts, same = r->m->label[move] == r->label;
    switch (r->m->action[move]) {
    case NAME_BEGIN: return !r->open && goes_on && !r->space[i];
    case NAME_IN: return r->open && goes_on && same;
    case NAME_LAST: return r->open && same;
    case NAME_UNIT: return !r->open && !r->space[i] && r->m->label[move];
    case NAME_OUT: return !r->open;
    default: return false;
    }
}

// The best scored move allowed, the first of equals; TOKEN_NONE if there is none. *margin: its lead over the second.
static uint32_t best_name(const name_run *r, float *margin)
{
    uint32_t best = TOKEN_NONE;
    float    top = -INFINITY, second = -INFINITY;
    for (uint32_t i = 0; i < r->m->head.moves; i++) {
        if (r->scores[i] <= second || !allowed_name(r, i)) continue;
        if (r->scores[i] > top) second = top, top = r->scores[i], best = i;
        else second = r->scores[i];
    }
    *margin = top - second;
    return best;
}

void names_feed(name_run *r, const float *rows, size_t count, token *v, float *margins)
{
    const net_head *h = &r->m->head;
    size_t          row = net_head_row(h), part = (size_t)h->pieces * h->hidden;
    for (size_t k = 0; k < count; k++, r->next++) {
        const float *own = rows + k * row, *slots[NAME_SLOTS] = {own, h->missing + part, h->missing + 2 * part};
        float        margin;
        if (r->open) slots[1] = r->first, slots[2] = r->before;
        net_head_scores(h, slots, r->work, r->scores);
        uint32_t move = best_name(r, &margin);
        uint8_t  action = move == TOKEN_NONE ? (uint8_t)NAME_OUT : r->m->action[move];
        bool     begins = action == NAME_BEGIN || action == NAME_UNIT;
        if (begins) r->label = r->m->label[move];
        if (action == NAME_BEGIN) memcpy(r->first, own + part, part * sizeof *own);
        memcpy(r->before, own + 2 * part, part * sizeof *own);
        v[r->next].iob = begins ? 'B' : action == NAME_OUT ? 'O' : 'I';
        v[r->next].ent = action == NAME_OUT ? (uint8_t)ENT_NONE : r->label;
        r->open = action == NAME_BEGIN || action == NAME_IN;
        if (margins) margins[r->next] = margin;
    }
}
