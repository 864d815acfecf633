// The figures of the report: each count of people with the act it belongs to, and who states it.

#include "events/events.h"

enum { TREE_STEPS = 12 }; // up from a number to the word that triggers its event

// The event whose trigger governs the counted, or stands above them in the same sentence.
static uint32_t figure_event(const parse *p, const quantity *q, const uint32_t *of_token)
{
    if (q->governor != TOKEN_NONE && of_token[q->governor] != NO_EVENT) return of_token[q->governor];
    uint32_t i = q->governor != TOKEN_NONE ? q->governor : q->counted;
    for (int step = 0; step < TREE_STEPS; step++) {
        if (of_token[i] != NO_EVENT) return of_token[i];
        if (p->v[i].head == i) break;
        i = p->v[i].head;
    }
    return NO_EVENT;
}

void figures_link(arena *a, const parse *p, const time_list *times, const quantity_list *quantities, const mention_list *m,
                  const source_list *s, event_list *e)
{
    (void)times, (void)m;
    uint32_t *of_token = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) of_token[i] = NO_EVENT;
    for (size_t i = e->n; i-- > 0;) of_token[e->v[i].token] = (uint32_t)i;
    for (size_t i = 0; i < quantities->n; i++) {
        const quantity *q = &quantities->v[i];
        if (q->kind != COUNTS_PEOPLE) continue;
        figure f = {.quantity = (uint32_t)i,
                    .time = NO_TIME,
                    .begin = DAY_NONE,
                    .last = DAY_NONE,
                    .status = q->status,
                    .event = figure_event(p, q, of_token),
                    .source = NO_SOURCE,
                    .statement = sources_over(s, p->v[q->number].at.start)};
        if (f.statement != NO_STATEMENT) f.source = s->v[f.statement].source;
        if (f.event != NO_EVENT) *push(a, &e->v[f.event].figures) = (uint32_t)e->n_figures;
        if (e->n_figures == e->cap_figures) arena_grow(a, &e->figures, &e->cap_figures, e->n_figures, sizeof *e->figures);
        e->figures[e->n_figures++] = f;
    }
}
