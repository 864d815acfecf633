// reading.h — a record (docs/record.md) taken apart: what the ledger works on instead of JSON.
//
//   {"report":{"id":"…"},"figures":[{"id":"f1","text":"31 people","low":31,…}],…}   ->   r->figures[0].low == 31
//
// Ids become numbers from 0 (e1 is entities[0]); READING_NONE is null. All of it points into the JSON given, or the arena.

#ifndef LEDGER_READING_H
#define LEDGER_READING_H

#include "base/arena.h"
#include "base/day.h"
#include "base/fault.h"
#include "base/json.h"

#define READING_NONE UINT32_MAX

typedef struct {
    const uint32_t *v;
    size_t          n;
} reading_ids;

typedef struct {
    const str *v;
    size_t     n;
} reading_texts;

typedef struct {
    int64_t geonames; // 0: none
    double  lat, lon;
    str     precision, admin1, country;
} reading_place;

typedef struct {
    str           name;
    reading_texts names; // its other wordings
    str           kind, country, sector, wikidata;
    bool          has_place;
    reading_place place;
    size_t        n_mentions;
    span          first;    // its first mention, code points
    const span   *mentions; // all of them
} reading_entity;

typedef struct {
    span    at;
    int32_t begin, end; // DAY_NONE: not on the calendar
} reading_time;

typedef struct {
    str           text, kind, reason;
    reading_texts names;
    uint32_t      entity, party;
    bool          anonymous;
} reading_source;

typedef struct {
    uint32_t source, inside;
    str      mode;
    span     said_by, cue, content; // content: from its first to its last point
} reading_statement;

typedef struct {
    span        at;
    str         text, op, vague, unit, noun, effect, status;
    bool        has_value, has_value2, has_low, has_high, total, additional;
    double      value, value2, low, high;
    reading_ids by, of, place;
    int32_t     begin, end; // DAY_NONE: not known
    uint32_t    event, source, statement;
} reading_figure;

typedef struct {
    span          trigger;
    uint32_t      sentence, source, statement, same_as;
    str           type, status;
    reading_texts mode, context;
    reading_ids   actor, recipient, place, figures;
    int32_t       begin, end;
    bool          day_carried; // its day is not of its own clause
} reading_event;

typedef struct {
    str                id, url, site, title, language, text;
    int32_t            published, modified;           // DAY_NONE: not known
    str                published_time, modified_time; // "14:05", or empty
    uint32_t           dateline;                      // entity
    int64_t            words;
    reading_entity    *entities;
    reading_source    *sources;
    reading_statement *statements;
    reading_figure    *figures;
    reading_event     *events;
    reading_time      *times;
    size_t             n_entities, n_sources, n_statements, n_figures, n_events, n_times;
    const span        *sentences;
    size_t             n_sentences;
    str                version, model, lexicon; // of the reader
    const uint32_t    *byte;                    // where each code point of text begins; NULL: all of it is ASCII
    size_t             n_points;
    str                json;
    const js_value    *tree; // the JSON taken apart
} reading;

// False with one line in f where it is no record of version 1.
bool reading_of(arena *a, str json, reading *out, fault *f);

str reading_words(const reading *r, span at); // the words of text at these code points

#endif
