#include "times/times.h"

struct time_rules {
    int none;
};

const time_rules *time_rules_load(const data_set *d, fault *f)
{
    (void)f;
    return new(d->a, time_rules);
}

time_list times_find(arena *a, const parse *p, const time_rules *rules, int32_t published)
{
    (void)a, (void)p, (void)rules, (void)published;
    return (time_list){0};
}

void times_dump(FILE *out, str text, time_list times) { (void)out, (void)text, (void)times; }
