#include "sources/sources.h"

struct source_rules {
    int none;
};

const source_rules *source_rules_load(const data_set *d, fault *f)
{
    (void)f;
    return new(d->a, source_rules);
}

static const char *const source_kinds[] = {"person", "organisation", "official", "witness", "medic", "document", "media", "unnamed"};
static const char *const mode_names[] = {"direct", "mixed", "indirect", "declined"};

const char *source_kind_name(source_kind k) { return source_kinds[k]; }
const char *statement_mode_name(statement_mode m) { return mode_names[m]; }

source_list sources_find(arena *a, const article *art, const parse *p, const mention_list *m, const source_rules *rules)
{
    (void)a, (void)p, (void)rules, (void)art, (void)m;
    return (source_list){0};
}

void sources_dump(FILE *out, const parse *p, const source_list *s) { (void)out, (void)p, (void)s; }

uint32_t sources_over(const source_list *s, uint32_t byte)
{
    uint32_t best = NO_STATEMENT;
    uint32_t best_size = UINT32_MAX;
    for (size_t i = 0; i < s->n; i++) {
        uint32_t size = 0;
        bool     holds = false;
        for (size_t k = 0; k < s->v[i].n_content; k++) {
            span c = s->v[i].content[k];
            size += c.end - c.start;
            holds |= byte >= c.start && byte < c.end;
        }
        if (holds && size < best_size) best = (uint32_t)i, best_size = size;
    }
    return best;
}
