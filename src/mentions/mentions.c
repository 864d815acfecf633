#include "mentions/mentions.h"

struct mention_rules {
    int none;
};

const mention_rules *mention_rules_load(const data_set *d, const gazetteer *g, fault *f)
{
    (void)f, (void)g;
    return new(d->a, mention_rules);
}

static const char *const kind_names[] = {"person", "organisation", "armed_group", "state", "people", "place", "facility", "other"};

const char *entity_kind_name(entity_kind k) { return kind_names[k]; }

mention_list mentions_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                           const mention_rules *rules)
{
    (void)a, (void)p, (void)rules, (void)art, (void)times, (void)quantities;
    mention_list m = {.dateline = NO_ENTITY};
    m.of_token = new_array(a, uint32_t, p->n + 1);
    m.inside = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) m.of_token[i] = m.inside[i] = NO_MENTION;
    return m;
}

void mentions_dump(FILE *out, const parse *p, const mention_list *m) { (void)out, (void)p, (void)m; }

uint32_t mentions_entity(const mention_list *m, const parse *p, uint32_t i)
{
    (void)p;
    return m->of_token[i] == NO_MENTION ? NO_ENTITY : m->v[m->of_token[i]].entity;
}
