// scene.h — the town and the day of the report's attack or accident, and what tells so.
//
//   "Two people were shot at a party, Tarso police said. Officers were called late on Monday."
//     ->  Tarso | police-of      Monday | called

#ifndef EVENTS_SCENE_H
#define EVENTS_SCENE_H

#include "base/map.h"
#include "events/events.h"

// How words name a place (data/events/scene.tsv) or a day (data/events/day.tsv): a row's weight is what one such naming speaks
// for it.
#define SCENE_STANDS(X)                                                                                                          \
    X(act) X(act_noun) X(before) X(name) X(in_act) X(in_lead) X(in) X(of) X(title) X(dateline) X(under) X(lead) X(else)
#define SCENE_STAND(id) STANDS_##id,
typedef enum { SCENE_STANDS(SCENE_STAND) SCENE_STANDS_COUNT } scene_stands;

typedef struct {
    str          id;
    scene_stands stands;
    map          words; // of `before`, `name`, `in`, `of`: the noun's lemma; of `under`: the verb's; none: any
    double       weight;
} scene_row;

typedef struct {
    scene_row *v;
    size_t     n, cap;
} scene_rules;

bool scene_load(const data_set *d, const char *file, scene_rules *r, fault *f);

typedef struct {
    uint32_t town; // entity, or NO_ENTITY
    str      rule; // row that speaks most for it
    span     at;   // its words there
} scene;

typedef struct {
    uint32_t time; // index into times, or NO_TIME
    str      rule;
} scene_day;

bool  scene_is_harm(const event *v); // an attack or accident that is told of as a fact or allegation
// "He was arraigned on Thursday on a murder charge": a day of what came after, not of the murder.
bool  scene_is_of_telling(const parse *p, const time_note *t, const event_rules *rules);
span  scene_title(const article *art);
bool  scene_is_town(const entity *e);
// The town, the day.
scene scene_find(arena *a, const article *art, const parse *p, const mention_list *m, const event_list *e,
                 const event_rules *rules);
scene_day scene_find_day(arena *a, const article *art, const parse *p, const time_list *times, const event_list *e,
                         const event_rules *rules);

#endif
