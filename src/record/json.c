// The record as JSON: docs/record.md, field by field and in its order.

#include "article/print.h"
#include "base/utf8.h"
#include "record/number.h"

#include <string.h>

typedef struct {
    buf           *b;
    const report  *r;
    record_numbers n;
} json_job;

static void key_str(json_job *j, const char *key, str s)
{
    js_key(j->b, key);
    js_str(j->b, s);
}

// null where there is nothing to say
static void key_str_or_null(json_job *j, const char *key, str s)
{
    js_key(j->b, key);
    if (s.n) js_str(j->b, s);
    else js_null(j->b);
}

static void key_text(json_job *j, const char *key, const char *s)
{
    js_key(j->b, key);
    js_text(j->b, s && *s ? s : NULL);
}

static void key_int(json_job *j, const char *key, int64_t v)
{
    js_key(j->b, key);
    js_int(j->b, v);
}

static void span_json(json_job *j, span at)
{
    js_open(j->b, '[');
    js_int(j->b, j->n.point[at.start]);
    js_int(j->b, j->n.point[at.end]);
    js_close(j->b, ']');
}

static void key_span(json_job *j, const char *key, span at)
{
    js_key(j->b, key);
    if (at.end > at.start) span_json(j, at);
    else js_null(j->b);
}

static void key_day(json_job *j, const char *key, int32_t day)
{
    char iso[16];
    js_key(j->b, key);
    if (day == DAY_NONE) {
        js_null(j->b);
        return;
    }
    day_iso(day, iso);
    js_text(j->b, iso);
}

static void key_strs(json_job *j, const char *key, const str *v, size_t n)
{
    js_key(j->b, key);
    js_open(j->b, '[');
    for (size_t i = 0; i < n; i++) js_str(j->b, v[i]);
    js_close(j->b, ']');
}

// "e4", or null for the numbers that stand for none
static void id_json(json_job *j, char letter, uint32_t number)
{
    char id[16];
    snprintf(id, sizeof id, "%c%u", letter, number);
    js_text(j->b, id);
}

static void key_id(json_job *j, const char *key, char letter, uint32_t index)
{
    js_key(j->b, key);
    if (index == UINT32_MAX) js_null(j->b);
    else id_json(j, letter, index + 1);
}

static void key_entity(json_job *j, const char *key, uint32_t e)
{
    js_key(j->b, key);
    if (e == NO_ENTITY) js_null(j->b);
    else id_json(j, 'e', j->n.entity[e]);
}

static void key_entities(json_job *j, const char *key, id_list ids)
{
    js_key(j->b, key);
    js_open(j->b, '[');
    for (size_t i = 0; i < ids.n; i++) id_json(j, 'e', j->n.entity[ids.v[i]]);
    js_close(j->b, ']');
}

static void json_report(json_job *j)
{
    const article *art = &j->r->art;
    js_key(j->b, "report");
    js_open(j->b, '{');
    article_json_head(j->b, art);
    js_key(j->b, "dateline");
    if (art->dateline.end > art->dateline.start) {
        js_open(j->b, '{');
        key_entity(j, "place", j->r->mentions.dateline);
        key_span(j, "at", art->dateline);
        js_close(j->b, '}');
    } else js_null(j->b);
    article_json_tail(j->b, art);
    js_close(j->b, '}');
}

static void json_place(json_job *j, const entity *e)
{
    js_key(j->b, "place");
    if (!e->has_place) {
        js_null(j->b);
        return;
    }
    js_open(j->b, '{');
    js_key(j->b, "geonames");
    if (e->where.geonames) js_int(j->b, e->where.geonames);
    else js_null(j->b);
    js_key(j->b, "lat");
    js_real(j->b, e->where.lat, 5);
    js_key(j->b, "lon");
    js_real(j->b, e->where.lon, 5);
    key_text(j, "precision", place_precision_name(e->where.precision));
    key_str_or_null(j, "admin1", e->where.admin1);
    key_text(j, "country", e->where.country);
    js_close(j->b, '}');
}

// The mentions of each entity, in text order: order[first[e] .. first[e + 1]).
typedef struct {
    uint32_t *first, *order;
} mentions_by_entity;

static mentions_by_entity sort_mentions(arena *a, const mention_list *m)
{
    mentions_by_entity s = {new_array(a, uint32_t, m->n_entities + 2), new_array(a, uint32_t, m->n + 1)};
    uint32_t          *next = new_array(a, uint32_t, m->n_entities + 1);
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].entity != NO_ENTITY) s.first[m->v[i].entity + 1]++;
    for (size_t e = 0; e < m->n_entities; e++) s.first[e + 1] += s.first[e], next[e] = s.first[e];
    for (size_t i = 0; i < m->n; i++)
        if (m->v[i].entity != NO_ENTITY) s.order[next[m->v[i].entity]++] = (uint32_t)i;
    return s;
}

static void json_entity(json_job *j, uint32_t number, const mentions_by_entity *by)
{
    const mention_list *m = &j->r->mentions;
    const entity       *e = &m->entities[number];
    js_open(j->b, '{');
    js_key(j->b, "id");
    id_json(j, 'e', j->n.entity[number]);
    key_str(j, "name", e->name);
    key_strs(j, "names", e->names, e->n_names);
    key_text(j, "kind", entity_kind_name(e->kind));
    key_text(j, "country", e->country);
    key_text(j, "sector", e->sector);
    key_text(j, "wikidata", NULL);
    json_place(j, e);
    js_key(j->b, "mentions");
    js_open(j->b, '[');
    for (uint32_t k = by->first[number]; k < by->first[number + 1]; k++) {
        const mention *x = &m->v[by->order[k]];
        if (x->form == MENTION_PRONOUN) continue;
        js_open(j->b, '{');
        key_span(j, "at", x->at);
        key_str(j, "text", span_of(j->r->art.text, x->at));
        key_str_or_null(j, "rule", x->rule);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
    js_close(j->b, '}');
}

static void json_entities(json_job *j)
{
    const mention_list *m = &j->r->mentions;
    mentions_by_entity  by = sort_mentions(j->b->a, m);
    uint32_t           *in_order = new_array(j->b->a, uint32_t, m->n_entities + 1), n = 0;
    for (uint32_t i = 0; i < m->n_entities; i++)
        if (j->n.entity[i]) in_order[j->n.entity[i] - 1] = i, n++;
    js_key(j->b, "entities");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < n; i++) json_entity(j, in_order[i], &by);
    js_close(j->b, ']');
}

static void json_sources(json_job *j)
{
    js_key(j->b, "sources");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < j->r->sources.n_sources; i++) {
        const source *s = &j->r->sources.sources[i];
        js_open(j->b, '{');
        key_id(j, "id", 's', i);
        key_str(j, "text", s->text);
        key_strs(j, "names", s->names, s->n_names);
        key_entity(j, "entity", s->entity);
        key_text(j, "kind", source_kind_name(s->kind));
        js_key(j->b, "anonymous");
        js_bool(j->b, s->anonymous);
        key_str_or_null(j, "reason", s->reason);
        key_entity(j, "party", s->party);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_times(json_job *j)
{
    js_key(j->b, "times");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < j->r->times.n; i++) {
        const time_note *t = &j->r->times.v[i];
        js_open(j->b, '{');
        key_id(j, "id", 't', i);
        key_span(j, "at", t->at);
        key_str(j, "text", span_of(j->r->art.text, t->at));
        key_day(j, "begin", t->begin);
        key_day(j, "end", t->last);
        key_text(j, "precision", time_precision_name(t->precision));
        key_str_or_null(j, "value", t->value);
        key_str_or_null(j, "mod", t->mod);
        key_text(j, "type", time_type_name(t->type));
        key_str_or_null(j, "rule", t->rule);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_statements(json_job *j)
{
    js_key(j->b, "statements");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < j->r->sources.n; i++) {
        const statement *q = &j->r->sources.v[i];
        js_open(j->b, '{');
        key_id(j, "id", 'q', i);
        key_id(j, "source", 's', q->source);
        key_span(j, "said_by", q->said_by);
        key_span(j, "cue", q->cue);
        js_key(j->b, "content");
        js_open(j->b, '[');
        for (size_t k = 0; k < q->n_content; k++) span_json(j, q->content[k]);
        js_close(j->b, ']');
        key_text(j, "mode", statement_mode_name(q->mode));
        key_id(j, "inside", 'q', q->inside);
        key_str_or_null(j, "rule", q->rule);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void key_number(json_job *j, const char *key, bool there, double v)
{
    js_key(j->b, key);
    if (there) js_real(j->b, v, 6);
    else js_null(j->b);
}

// Which values come from elsewhere in the report: by which rule, and from which words.
static void json_carried(json_job *j, const carried *where, const carried *when)
{
    js_key(j->b, "carried");
    js_open(j->b, '[');
    for (int i = 0; i < 2; i++) {
        const carried *c = i ? when : where;
        if (!c->rule.n) continue;
        js_open(j->b, '{');
        key_text(j, "what", i ? "time" : "place");
        key_str(j, "rule", c->rule);
        key_span(j, "at", c->at);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_figures(json_job *j)
{
    js_key(j->b, "figures");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < j->r->events.n_figures; i++) {
        const figure   *f = &j->r->events.figures[i];
        const quantity *q = &j->r->quantities.v[f->quantity];
        js_open(j->b, '{');
        key_id(j, "id", 'f', i);
        key_span(j, "at", q->at);
        key_str(j, "text", span_of(j->r->art.text, q->at));
        key_text(j, "op", quantity_op_name(q->op));
        if (q->op == OP_VAGUE) key_str(j, "value", q->vague);
        else key_number(j, "value", true, q->value);
        key_number(j, "value2", q->op == OP_RANGE, q->value2);
        key_number(j, "low", q->has_low, q->low);
        key_number(j, "high", q->has_high, q->high);
        key_str_or_null(j, "unit", q->unit);
        key_str_or_null(j, "noun", q->noun);
        key_text(j, "effect", quantity_effect_name(q->effect));
        key_entities(j, "by", f->by);
        key_entities(j, "of", f->of);
        key_entities(j, "place", f->place);
        key_id(j, "time", 't', f->time);
        key_day(j, "begin", f->begin);
        key_day(j, "end", f->last);
        json_carried(j, &f->place_by, &f->time_by);
        js_key(j->b, "total");
        js_bool(j->b, q->total);
        js_key(j->b, "additional");
        js_bool(j->b, q->additional);
        key_text(j, "status", figure_status_name(f->status));
        key_id(j, "event", 'v', f->event);
        key_id(j, "source", 's', f->source);
        key_id(j, "statement", 'q', f->statement);
        key_str_or_null(j, "rule", q->rule);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_events(json_job *j)
{
    js_key(j->b, "events");
    js_open(j->b, '[');
    for (uint32_t i = 0; i < j->r->events.n; i++) {
        const event *e = &j->r->events.v[i];
        js_open(j->b, '{');
        key_id(j, "id", 'v', i);
        key_span(j, "trigger", e->trigger);
        key_int(j, "sentence", j->n.sentence[e->sentence]);
        key_text(j, "type", event_type_name(e->type));
        key_strs(j, "mode", e->mode, e->n_mode);
        key_strs(j, "context", e->context, e->n_context);
        key_entities(j, "actor", e->actor);
        key_entities(j, "recipient", e->recipient);
        key_entities(j, "place", e->place);
        key_id(j, "time", 't', e->time);
        key_day(j, "begin", e->begin);
        key_day(j, "end", e->last);
        json_carried(j, &e->place_by, &e->time_by);
        key_text(j, "status", event_status_name(e->status));
        key_id(j, "source", 's', e->source);
        key_id(j, "statement", 'q', e->statement);
        js_key(j->b, "figures");
        js_open(j->b, '[');
        for (size_t k = 0; k < e->figures.n; k++) id_json(j, 'f', e->figures.v[k] + 1);
        js_close(j->b, ']');
        key_id(j, "same_as", 'v', e->same_as);
        key_str_or_null(j, "rule", e->rule);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_refused(json_job *j)
{
    js_key(j->b, "refused");
    js_open(j->b, '[');
    for (size_t i = 0; i < j->r->mentions.n_refused; i++) {
        const refusal *x = &j->r->mentions.refused[i];
        js_open(j->b, '{');
        key_span(j, "at", x->at);
        key_text(j, "what", x->what);
        key_str(j, "why", x->why);
        js_close(j->b, '}');
    }
    js_close(j->b, ']');
}

static void json_sentences(json_job *j)
{
    js_key(j->b, "sentences");
    js_open(j->b, '[');
    for (size_t i = 0; i < j->r->parse.n_sentences; i++)
        if (j->n.sentence[i] != UINT32_MAX) span_json(j, j->r->parse.sentences[i].at);
    js_close(j->b, ']');
}

void record_json(buf *out, const report *r)
{
    json_job j = {out, r, record_number(out->a, r)};
    js_open(out, '{');
    key_int(&j, "tidings", 1);
    json_report(&j);
    json_entities(&j);
    json_sources(&j);
    json_times(&j);
    json_statements(&j);
    json_figures(&j);
    json_events(&j);
    json_refused(&j);
    json_sentences(&j);
    js_key(out, "reader");
    js_open(out, '{');
    key_text(&j, "version", r->version);
    key_text(&j, "model", r->model);
    key_text(&j, "lexicon", r->lexicon);
    js_close(out, '}');
    js_close(out, '}');
    buf_char(out, '\n');
}
