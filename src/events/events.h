// events.h — who did what to whom: acts with type, parties, place, day, status and claimant; and the figures
// with the acts they belong to.
//
//   "Rebels killed 12 soldiers near Goma, the army said."  ->  killed | ASSAULT | Rebels | 12 soldiers | Goma | happened | the
//   army

#ifndef EVENTS_EVENTS_H
#define EVENTS_EVENTS_H

#include "sources/sources.h"

// PLOVER's types, and INCIDENT: accident, disaster, disease, death without an attacker.
#define EVENT_TYPES(X)                                                                                                           \
    X(ASSAULT)                                                                                                                   \
    X(COERCE)                                                                                                                    \
    X(PROTEST) X(MOBILIZE) X(SANCTION) X(THREATEN) X(ACCUSE) X(REJECT) X(REQUEST) X(CONSULT) X(AGREE) X(SUPPORT) X(CONCEDE)      \
        X(COOPERATE) X(AID) X(RETREAT) X(INCIDENT)
#define EVENT_TYPE(id) EVENT_##id,
typedef enum { EVENT_TYPES(EVENT_TYPE) EVENT_TYPE_COUNT } event_type;

typedef enum {
    EVENT_HAPPENED,
    EVENT_ONGOING,
    EVENT_PLANNED,
    EVENT_DEMANDED,
    EVENT_THREATENED,
    EVENT_ALLEGED,
    EVENT_DENIED,
    EVENT_HYPOTHETICAL
} event_status;

#define NO_EVENT UINT32_MAX
#define NO_TIME UINT32_MAX
#define NO_FIGURE UINT32_MAX

typedef struct {
    uint32_t *v;
    size_t    n, cap;
} id_list;

// Where a value comes from that the words of the act or figure do not give: the rule, and the words that say so.
typedef struct {
    str  rule; // empty: its own words
    span at;
} carried;

typedef struct {
    span         trigger;
    uint32_t     token; // of the trigger
    uint32_t     sentence;
    event_type   type;
    str         *mode, *context; // PLOVER's names
    size_t       n_mode, n_context;
    id_list      actor, recipient, place; // entities
    uint32_t     time;                    // index into times, or NO_TIME
    int32_t      begin, last;             // days, inclusive, or DAY_NONE
    event_status status;
    uint32_t     source, statement; // or NO_SOURCE, NO_STATEMENT
    carried      place_by, time_by;
    id_list      figures;
    uint32_t     same_as; // first event of the report that tells of the same happening, or NO_EVENT
    str          rule;
} event;

typedef struct {
    uint32_t      quantity;      // index into quantities
    id_list       by, of, place; // entities
    uint32_t      time;
    int32_t       begin, last;
    carried       place_by, time_by;
    figure_status status;
    uint32_t      event, source, statement;
} figure;

typedef struct {
    event  *v;
    size_t  n, cap;
    figure *figures;
    size_t  n_figures, cap_figures;
} event_list;

typedef struct event_rules event_rules;

const event_rules *event_rules_load(const data_set *d, fault *f);
event_list events_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                       mention_list *mentions, source_list *sources, const event_rules *rules);
// The record's figures: each count of people with the act it belongs to, its party, place, day and source. Called at
// the end of events_find; fills e->figures and each event's figures.
void figures_link(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                  const mention_list *m, const source_list *s, const event_rules *rules, event_list *e);
// One line an act: word | type and modes | actor | recipient | place | when | status | source | same as N |
// place by RULE | time by RULE | rule
void events_dump(FILE *out, const parse *p, const mention_list *m, const source_list *s, const time_list *t,
                 const quantity_list *q, const event_list *e);

const char *event_type_name(event_type t);
const char *event_status_name(event_status s);

#endif
