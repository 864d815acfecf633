// scene.h — the town that the report's attack or accident is set in, and what tells so.
//
//   "Two people were shot at a party, Tarso police said."  ->  Tarso | police-of

#ifndef EVENTS_SCENE_H
#define EVENTS_SCENE_H

#include "base/map.h"
#include "events/events.h"

// How words name a place, data/events/scene.tsv: a row's weight is what one such naming speaks for it.
#define SCENE_STANDS(X) X(act) X(act_noun) X(before) X(name) X(in_act) X(in_lead) X(in) X(of) X(title) X(dateline) X(else)
#define SCENE_STAND(id) STANDS_##id,
typedef enum { SCENE_STANDS(SCENE_STAND) SCENE_STANDS_COUNT } scene_stands;

typedef struct {
    str          id;
    scene_stands stands;
    map          words; // of `before`, `name`, `of`: the noun's lemma; none: any
    double       weight;
} scene_row;

typedef struct {
    scene_row *v;
    size_t     n, cap;
} scene_rules;

bool scene_load(const data_set *d, scene_rules *r, fault *f);

typedef struct {
    uint32_t town; // entity, or NO_ENTITY
    str      rule; // row that speaks most for it
    span     at;   // its words there
} scene;

bool  scene_is_town(const entity *e);
scene scene_find(arena *a, const article *art, const parse *p, const mention_list *m, const event_list *e,
                 const event_rules *rules);

#endif
