#include "ledger/same.h"

struct same_rules {
    const telling_rules *tellings;
};

const same_rules *same_rules_load(const data_set *d, fault *f)
{
    same_rules *r = new (d->a, same_rules);
    r->tellings = telling_rules_load(d, f);
    return r->tellings ? r : NULL;
}

static float places_score(const telling *x, const telling *y)
{
    if (!x->n_places || !y->n_places) return 0;
    for (uint32_t i = 0; i < x->n_places && i < 3; i++)
        for (uint32_t k = 0; k < y->n_places && k < 3; k++)
            if (str_eq(x->places[i].name, y->places[k].name)) return x->places[i].precision == 3 ? 0 : 2;
    return -2;
}

static float days_score(const telling *x, const telling *y)
{
    for (uint32_t i = 0; i < x->n_days && i < 2; i++)
        for (uint32_t k = 0; k < y->n_days && k < 2; k++)
            if (x->days[i].begin <= y->days[k].last && y->days[k].begin <= x->days[i].last) return 2;
    return -2;
}

static float people_score(const telling *x, const telling *y)
{
    float s = 0;
    for (uint32_t i = 0; i < x->n_people; i++)
        for (uint32_t k = 0; k < y->n_people; k++)
            if (str_eq(x->people[i].name, y->people[k].name)) s += x->people[i].harmed ? 3 : 1;
    return s > 5 ? 5 : s;
}

float same_score(const same_rules *rules, const telling *x, const telling *y)
{
    (void)rules;
    if (str_eq(x->report, y->report) || x->family != y->family) return -SAME_NEVER;
    return places_score(x, y) + days_score(x, y) + people_score(x, y) - 2.5f;
}

same_reason_list same_reasons(arena *a, const same_rules *rules, const telling *x, const telling *y)
{
    same_reason_list l = {0};
    (void)rules;
    *push(a, &l) = (same_reason){"place", STR(""), places_score(x, y)};
    *push(a, &l) = (same_reason){"day", STR(""), days_score(x, y)};
    *push(a, &l) = (same_reason){"people", STR(""), people_score(x, y)};
    return l;
}
