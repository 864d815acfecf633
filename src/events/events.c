#include "events/events.h"

struct event_rules {
    int none;
};

const event_rules *event_rules_load(const data_set *d, fault *f)
{
    (void)f;
    return new(d->a, event_rules);
}

#define TYPE_NAME(id) #id,
static const char *const type_names[] = {EVENT_TYPES(TYPE_NAME)};
static const char *const event_statuses[] = {"happened", "ongoing", "planned", "demanded", "threatened", "alleged", "denied", "hypothetical"};

const char *event_type_name(event_type t) { return type_names[t]; }
const char *event_status_name(event_status s) { return event_statuses[s]; }

event_list events_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                       mention_list *mentions, const source_list *sources, const event_rules *rules)
{
    (void)a, (void)p, (void)rules, (void)art, (void)times, (void)quantities, (void)mentions, (void)sources;
    return (event_list){0};
}

void events_dump(FILE *out, const parse *p, const mention_list *m, const source_list *s, const time_list *t,
                 const quantity_list *q, const event_list *e)
{
    (void)out, (void)p, (void)m, (void)s, (void)t, (void)q, (void)e;
}
