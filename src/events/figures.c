// The figures of the report: each count of people with the act it belongs to.

#include "events/events.h"

void figures_link(arena *a, const parse *p, const time_list *times, const quantity_list *quantities, const mention_list *m,
                  const source_list *s, event_list *e)
{
    (void)a, (void)p, (void)times, (void)quantities, (void)m, (void)s, (void)e;
}
