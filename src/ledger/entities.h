// entities.h — is the person, body, group or place of one report that of another? By points, with their reasons.
//
//   Angela Merkel, DEU   |  Chancellor Merkel; Angela Merkel, DEU   ->   name in full 3.0, country 1.0: the same
//   General Smith        |  Adam Smith                              ->   only the last name is alike: not the same
//
// Never because a last name is alike, never for descriptions ("two officers", "the ministry") or for places without
// coordinates. Points: data/ledger/entities.tsv.

#ifndef LEDGER_ENTITIES_H
#define LEDGER_ENTITIES_H

#include "ledger/reading.h"
#include "lex/data.h"

// What entities are compared by; from a reading, or from rows of the ledger.
typedef struct {
    str        name;  // fullest
    const str *names; // other wordings
    size_t     n_names;
    str        kind, country, sector; // as the record has them
    int64_t    geonames;              // 0: not known
    bool       has_place;
    double     lat, lon;
    str        precision;
} entity_card;

typedef struct entity_rules entity_rules;

const entity_rules *entities_rules_load(const data_set *d, fault *f);

entity_card entities_card(const reading_entity *e);

typedef struct {
    const char *what; // id of the line in entities.tsv
    float       points;
} entity_reason;

enum { ENTITY_REASONS = 8, ENTITY_KEYS = 8 };

typedef struct {
    float         score; // above 0: the same; made of the reasons
    entity_reason why[ENTITY_REASONS];
    size_t        n_why;
} entity_match;

// The same for (x, y) and (y, x). Scores go into cluster_groups like those of tellings.
entity_match entities_match(arena *a, const entity_rules *rules, const entity_card *x, const entity_card *y);

// Keys under which the same entities meet; none for what never joins.
size_t entities_keys(arena *a, const entity_card *e, uint64_t keys[ENTITY_KEYS]);

#endif
