#include "record/number.h"

static const char *const time_types[] = {"date", "time", "duration", "set"};
static const char *const time_precisions[] = {"minute", "day", "week", "month", "season", "year", "decade"};
static const char *const place_precisions[] = {"point", "city", "district", "province", "country"};

const char *time_type_name(time_type t) { return time_types[t]; }
const char *time_precision_name(time_precision p) { return time_precisions[p]; }
const char *place_precision_name(place_precision p) { return place_precisions[p]; }

static void mark_ids(bool *used, id_list ids)
{
    for (size_t i = 0; i < ids.n; i++) used[ids.v[i]] = true;
}

static void mark_one(bool *used, uint32_t id)
{
    if (id != NO_ENTITY) used[id] = true;
}

static bool *used_entities(arena *a, const report *r)
{
    const mention_list *m = &r->mentions;
    bool               *used = new_array(a, bool, m->n_entities + 1);
    uint32_t           *told = new_array(a, uint32_t, m->n_entities + 1); // mentions of each
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].entity != NO_ENTITY && m->v[i].form != MENTION_PRONOUN) told[m->v[i].entity]++;
    for (size_t i = 0; i < m->n_entities; i++)
        used[i] = m->entities[i].named || (m->entities[i].n_names > 0 && told[i] > 1);
    for (size_t i = 0; i < r->events.n; i++) {
        const event *e = &r->events.v[i];
        mark_ids(used, e->actor), mark_ids(used, e->recipient), mark_ids(used, e->place);
    }
    for (size_t i = 0; i < r->events.n_figures; i++) {
        const figure *f = &r->events.figures[i];
        mark_ids(used, f->by), mark_ids(used, f->of), mark_ids(used, f->place);
    }
    for (size_t i = 0; i < r->sources.n_sources; i++) {
        mark_one(used, r->sources.sources[i].entity);
        mark_one(used, r->sources.sources[i].party);
    }
    mark_one(used, m->dateline);
    return used;
}

record_numbers record_number(arena *a, const report *r)
{
    const mention_list *m = &r->mentions;
    str                 text = r->art.text;
    record_numbers      n = {0};
    n.entity = new_array(a, uint32_t, m->n_entities + 1);
    n.sentence = new_array(a, uint32_t, r->parse.n_sentences + 1);
    n.point = new_array(a, uint32_t, text.n + 1);

    bool    *used = used_entities(a, r);
    uint32_t next = 0;
    for (size_t i = 0; i < m->n; i++) { // numbered as they come up in the text
        uint32_t e = m->v[i].entity;
        if (e != NO_ENTITY && used[e] && !n.entity[e]) n.entity[e] = ++next;
    }
    for (size_t i = 0; i < m->n_entities; i++)
        if (used[i] && !n.entity[i]) n.entity[i] = ++next;

    next = 0;
    for (size_t i = 0; i < r->parse.n_sentences; i++)
        n.sentence[i] = r->parse.sentences[i].at.end > r->parse.sentences[i].at.start ? next++ : UINT32_MAX;

    uint32_t points = 0;
    for (size_t i = 0; i < text.n; i++) {
        n.point[i] = points; // inside a character: the place behind it, so that no span begins in the middle
        points += i + 1 == text.n || ((unsigned char)text.p[i + 1] & 0xC0) != 0x80;
    }
    n.point[text.n] = points;
    return n;
}
