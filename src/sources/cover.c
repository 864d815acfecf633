// Which statement's content a byte of the text is in: the innermost one, found by halving.

#include "sources/sources.h"

#include <stdlib.h>

typedef struct {
    uint32_t size, statement;
} sized;

// Large ones first, so that what is inside is painted over them; of equals the earliest last.
static int by_size(const void *x, const void *y)
{
    const sized *a = x, *b = y;
    if (a->size != b->size) return a->size < b->size ? 1 : -1;
    return (a->statement < b->statement) - (a->statement > b->statement);
}

void sources_cover(arena *a, const parse *p, source_list *s)
{
    uint32_t *paint = new_array(a, uint32_t, p->n + 1);
    sized    *order = new_array(a, sized, s->n + 1);
    for (size_t i = 0; i <= p->n; i++) paint[i] = NO_STATEMENT;
    for (uint32_t i = 0; i < s->n; i++) {
        order[i].statement = i;
        for (size_t k = 0; k < s->v[i].n_content; k++) order[i].size += s->v[i].content[k].end - s->v[i].content[k].start;
    }
    if (s->n) qsort(order, s->n, sizeof *order, by_size);
    for (size_t i = 0; i < s->n; i++) {
        const statement *q = &s->v[order[i].statement];
        for (size_t k = 0; k < q->n_content; k++)
            for (uint32_t t = parse_at(p, q->content[k].start); t < p->n && p->v[t].at.start < q->content[k].end; t++)
                paint[t] = order[i].statement;
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].cue_token != TOKEN_NONE && paint[s->v[i].cue_token] != i) s->v[i].inside = paint[s->v[i].cue_token];
    s->cover = new_array(a, covered, p->n + 1);
    for (uint32_t t = 0; t < p->n; t++)
        if (!s->n_cover || s->cover[s->n_cover - 1].statement != paint[t])
            s->cover[s->n_cover++] = (covered){p->v[t].at.start, paint[t]};
}

uint32_t sources_over(const source_list *s, uint32_t byte)
{
    size_t low = 0, high = s->n_cover;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (s->cover[mid].from <= byte) low = mid + 1;
        else high = mid;
    }
    return low ? s->cover[low - 1].statement : NO_STATEMENT;
}
