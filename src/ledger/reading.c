#include "ledger/reading.h"

#include "base/json.h"

#include <string.h>

static uint32_t id_number(const js_value *v, char letter, size_t most)
{
    str     s = js_string(v);
    int64_t n;
    if (s.n < 2 || s.p[0] != letter || !str_int(str_cut(s, 1, s.n), &n) || n < 1 || (uint64_t)n > most) return READING_NONE;
    return (uint32_t)n - 1;
}

static reading_ids id_numbers(arena *a, const js_value *v, char letter, size_t most)
{
    reading_ids ids = {0};
    if (!v || v->kind != JS_LIST || !v->n) return ids;
    uint32_t *to = new_array(a, uint32_t, v->n);
    for (const js_value *m = v->first; m; m = m->next)
        if ((to[ids.n] = id_number(m, letter, most)) != READING_NONE) ids.n++;
    ids.v = to;
    return ids;
}

static reading_texts texts_of(arena *a, const js_value *v)
{
    reading_texts texts = {0};
    if (!v || v->kind != JS_LIST || !v->n) return texts;
    str *to = new_array(a, str, v->n);
    for (const js_value *m = v->first; m; m = m->next) to[texts.n++] = js_string(m);
    texts.v = to;
    return texts;
}

static span span_at(const reading *r, const js_value *v)
{
    int64_t from, to;
    if (!v || v->kind != JS_LIST || v->n != 2 || !js_whole(v->first, &from) || !js_whole(v->first->next, &to)) return (span){0};
    if (from < 0 || to < from || (uint64_t)to > r->n_points) return (span){0};
    return (span){(uint32_t)from, (uint32_t)to};
}

static int32_t day_at(const js_value *v)
{
    str s = js_string(v);
    return s.n ? day_parse(s) : DAY_NONE;
}

// The members of an object in the order a record has them, so that each is found where the last one was left.
typedef struct {
    const js_value *object, *at;
} json_walk;

static const js_value *walk_to(json_walk *w, const char *key)
{
    for (const js_value *m = w->at; m; m = m->next)
        if (str_is(m->key, key)) return w->at = m->next, m;
    return js_get(w->object, key);
}

static json_walk walk_of(const js_value *object)
{
    return (json_walk){object, object && object->kind == JS_OBJECT ? object->first : NULL};
}

static void entity_of(arena *a, const reading *r, const js_value *v, reading_entity *e)
{
    json_walk w = walk_of(v);
    e->name = js_string(walk_to(&w, "name"));
    e->names = texts_of(a, walk_to(&w, "names"));
    e->kind = js_string(walk_to(&w, "kind"));
    e->country = js_string(walk_to(&w, "country"));
    e->sector = js_string(walk_to(&w, "sector"));
    e->wikidata = js_string(walk_to(&w, "wikidata"));
    const js_value *place = walk_to(&w, "place"), *mentions = walk_to(&w, "mentions");
    json_walk       p = walk_of(place);
    (void)js_whole(walk_to(&p, "geonames"), &e->place.geonames);
    e->has_place = js_number(walk_to(&p, "lat"), &e->place.lat) && js_number(walk_to(&p, "lon"), &e->place.lon);
    e->place.precision = js_string(walk_to(&p, "precision"));
    e->place.admin1 = js_string(walk_to(&p, "admin1"));
    e->place.country = js_string(walk_to(&p, "country"));
    if (!mentions || mentions->kind != JS_LIST || !mentions->n) return;
    span *at = new_array(a, span, mentions->n);
    for (const js_value *m = mentions->first; m; m = m->next) at[e->n_mentions++] = span_at(r, js_get(m, "at"));
    e->mentions = at, e->first = at[0];
}

static void times_of(arena *a, const js_value *v, reading *r)
{
    if (!v || v->kind != JS_LIST || !v->n) return;
    r->times = new_array(a, reading_time, v->n);
    for (const js_value *m = v->first; m; m = m->next)
        r->times[r->n_times++] =
            (reading_time){span_at(r, js_get(m, "at")), day_at(js_get(m, "begin")), day_at(js_get(m, "end"))};
}

static void read_source(arena *a, const reading *r, const js_value *v, reading_source *s)
{
    json_walk w = walk_of(v);
    s->text = js_string(walk_to(&w, "text"));
    s->names = texts_of(a, walk_to(&w, "names"));
    s->entity = id_number(walk_to(&w, "entity"), 'e', r->n_entities);
    s->kind = js_string(walk_to(&w, "kind"));
    s->anonymous = js_is_true(walk_to(&w, "anonymous"));
    s->reason = js_string(walk_to(&w, "reason"));
    s->party = id_number(walk_to(&w, "party"), 'e', r->n_entities);
}

static void statement_of(arena *a, const reading *r, const js_value *v, reading_statement *q)
{
    (void)a;
    json_walk w = walk_of(v);
    q->source = id_number(walk_to(&w, "source"), 's', r->n_sources);
    q->said_by = span_at(r, walk_to(&w, "said_by"));
    q->cue = span_at(r, walk_to(&w, "cue"));
    const js_value *content = walk_to(&w, "content");
    bool            any = false;
    for (const js_value *m = content ? content->first : NULL; m; m = m->next) {
        span at = span_at(r, m);
        if (!any) q->content = at;
        if (at.end > q->content.end) q->content.end = at.end;
        any = true;
    }
    q->mode = js_string(walk_to(&w, "mode"));
    q->inside = id_number(walk_to(&w, "inside"), 'q', r->n_statements);
}

static void figure_of(arena *a, const reading *r, const js_value *v, reading_figure *f)
{
    json_walk w = walk_of(v);
    f->at = span_at(r, walk_to(&w, "at"));
    f->text = js_string(walk_to(&w, "text"));
    f->op = js_string(walk_to(&w, "op"));
    const js_value *value = walk_to(&w, "value");
    f->has_value = js_number(value, &f->value);
    f->vague = js_string(value);
    f->has_value2 = js_number(walk_to(&w, "value2"), &f->value2);
    f->has_low = js_number(walk_to(&w, "low"), &f->low);
    f->has_high = js_number(walk_to(&w, "high"), &f->high);
    f->unit = js_string(walk_to(&w, "unit"));
    f->noun = js_string(walk_to(&w, "noun"));
    f->effect = js_string(walk_to(&w, "effect"));
    f->by = id_numbers(a, walk_to(&w, "by"), 'e', r->n_entities);
    f->of = id_numbers(a, walk_to(&w, "of"), 'e', r->n_entities);
    f->place = id_numbers(a, walk_to(&w, "place"), 'e', r->n_entities);
    f->begin = day_at(walk_to(&w, "begin"));
    f->end = day_at(walk_to(&w, "end"));
    f->total = js_is_true(walk_to(&w, "total"));
    f->additional = js_is_true(walk_to(&w, "additional"));
    f->status = js_string(walk_to(&w, "status"));
    f->event = id_number(walk_to(&w, "event"), 'v', r->n_events);
    f->source = id_number(walk_to(&w, "source"), 's', r->n_sources);
    f->statement = id_number(walk_to(&w, "statement"), 'q', r->n_statements);
}

static void event_of(arena *a, const reading *r, const js_value *v, reading_event *e)
{
    json_walk w = walk_of(v);
    int64_t   sentence = 0;
    e->trigger = span_at(r, walk_to(&w, "trigger"));
    (void)js_whole(walk_to(&w, "sentence"), &sentence);
    e->sentence = (uint32_t)sentence;
    e->type = js_string(walk_to(&w, "type"));
    e->mode = texts_of(a, walk_to(&w, "mode"));
    e->context = texts_of(a, walk_to(&w, "context"));
    e->actor = id_numbers(a, walk_to(&w, "actor"), 'e', r->n_entities);
    e->recipient = id_numbers(a, walk_to(&w, "recipient"), 'e', r->n_entities);
    e->place = id_numbers(a, walk_to(&w, "place"), 'e', r->n_entities);
    e->begin = day_at(walk_to(&w, "begin"));
    e->end = day_at(walk_to(&w, "end"));
    const js_value *carried = walk_to(&w, "carried");
    for (const js_value *c = carried && carried->kind == JS_LIST ? carried->first : NULL; c; c = c->next)
        e->day_carried |= str_is(js_string(js_get(c, "what")), "time");
    e->status = js_string(walk_to(&w, "status"));
    e->source = id_number(walk_to(&w, "source"), 's', r->n_sources);
    e->statement = id_number(walk_to(&w, "statement"), 'q', r->n_statements);
    e->figures = id_numbers(a, walk_to(&w, "figures"), 'f', r->n_figures);
    e->same_as = id_number(walk_to(&w, "same_as"), 'v', r->n_events);
}

// Where each code point begins, unless all are one byte.
static void count_points(arena *a, reading *r)
{
    size_t points = 0;
    for (size_t i = 0; i < r->text.n; i++) points += ((unsigned char)r->text.p[i] & 0xc0) != 0x80;
    r->n_points = points;
    if (points == r->text.n) return;
    uint32_t *byte = new_array(a, uint32_t, points + 1);
    for (size_t i = 0, k = 0; i < r->text.n; i++)
        if (((unsigned char)r->text.p[i] & 0xc0) != 0x80) byte[k++] = (uint32_t)i;
    byte[points] = (uint32_t)r->text.n;
    r->byte = byte;
}

str reading_words(const reading *r, span at)
{
    if (at.end > r->n_points || at.start >= at.end) return (str){0};
    return r->byte ? str_cut(r->text, r->byte[at.start], r->byte[at.end]) : str_cut(r->text, at.start, at.end);
}

static bool report_of(arena *a, const js_value *v, reading *r, fault *f)
{
    json_walk w = walk_of(v);
    r->id = js_string(walk_to(&w, "id"));
    r->url = js_string(walk_to(&w, "url"));
    r->site = js_string(walk_to(&w, "site"));
    r->title = js_string(walk_to(&w, "title"));
    r->language = js_string(walk_to(&w, "language"));
    const js_value *published = walk_to(&w, "published"), *modified = walk_to(&w, "modified"),
                   *dateline = walk_to(&w, "dateline");
    r->published = day_at(js_get(published, "date"));
    r->published_time = js_string(js_get(published, "time"));
    r->modified = day_at(js_get(modified, "date"));
    r->modified_time = js_string(js_get(modified, "time"));
    r->dateline = id_number(js_get(dateline, "place"), 'e', r->n_entities);
    (void)js_whole(walk_to(&w, "words"), &r->words);
    const js_value *text = walk_to(&w, "text");
    r->text = js_string(text);
    if (r->id.n != 32 || strspn(r->id.p, "0123456789abcdef") < 32)
        return fault_set(f, "no record: report.id is not 32 hex digits");
    if (!text || text->kind != JS_STRING || r->text.n > UINT32_MAX / 2) return fault_set(f, "no record: report.text is missing");
    count_points(a, r);
    return true;
}

// The list `key` of the record, its items numbered in order from 1; NULL with a fault if it is none.
static const js_value *list_of(const js_value *v, const char *key, char letter, size_t *n, fault *f)
{
    const js_value *list = js_get(v, key);
    *n = 0;
    if (!list || list->kind != JS_LIST) return fault_set(f, "no record: %s is missing", key), NULL;
    for (const js_value *m = list->first; m; m = m->next)
        if (id_number(js_get(m, "id"), letter, UINT32_MAX) != (*n)++)
            return fault_set(f, "no record: %s[%zu] should be %c%zu", key, *n - 1, letter, *n), NULL;
    return list;
}

static void sentences_of(arena *a, const js_value *v, reading *r)
{
    if (!v || v->kind != JS_LIST || !v->n) return;
    span *to = new_array(a, span, v->n);
    for (const js_value *m = v->first; m; m = m->next) to[r->n_sentences++] = span_at(r, m);
    r->sentences = to;
}

#define READ_EACH(list, items, count, read)                                                                                      \
    do {                                                                                                                         \
        (items) = arena_array(a, (count), sizeof *(items), _Alignof(max_align_t));                                               \
        size_t at_ = 0;                                                                                                          \
        for (const js_value *m = (list)->first; m; m = m->next) read(a, r, m, &(items)[at_++]);                                  \
    } while (0)

bool reading_of(arena *a, str text, reading *r, fault *f)
{
    size_t          at;
    int64_t         version;
    const js_value *v = js_read(a, text, &at);
    *r = (reading){.published = DAY_NONE, .modified = DAY_NONE, .dateline = READING_NONE, .json = text};
    if (!v) return fault_set(f, "no record: not JSON at byte %zu", at);
    r->tree = v;
    if (!js_whole(js_get(v, "tidings"), &version)) return fault_set(f, "no record: \"tidings\" is missing");
    if (version != 1) return fault_set(f, "a record of version %lld, this program knows 1", (long long)version);
    const js_value *entities = list_of(v, "entities", 'e', &r->n_entities, f);
    const js_value *sources = entities ? list_of(v, "sources", 's', &r->n_sources, f) : NULL;
    const js_value *statements = sources ? list_of(v, "statements", 'q', &r->n_statements, f) : NULL;
    const js_value *figures = statements ? list_of(v, "figures", 'f', &r->n_figures, f) : NULL;
    const js_value *events = figures ? list_of(v, "events", 'v', &r->n_events, f) : NULL;
    if (!events || !report_of(a, js_get(v, "report"), r, f)) return false;
    READ_EACH(entities, r->entities, r->n_entities, entity_of);
    READ_EACH(sources, r->sources, r->n_sources, read_source);
    READ_EACH(statements, r->statements, r->n_statements, statement_of);
    READ_EACH(figures, r->figures, r->n_figures, figure_of);
    READ_EACH(events, r->events, r->n_events, event_of);
    times_of(a, js_get(v, "times"), r);
    sentences_of(a, js_get(v, "sentences"), r);
    const js_value *reader = js_get(v, "reader");
    r->version = js_string(js_get(reader, "version"));
    r->model = js_string(js_get(reader, "model"));
    r->lexicon = js_string(js_get(reader, "lexicon"));
    return true;
}
