// roles.h — a ranking of who may be actor and recipient of an act: every noun phrase of its sentence, and what the
// rest of the report names, with features; the weights are learned from annotated reports (tools/train).

#ifndef EVENTS_ROLES_H
#define EVENTS_ROLES_H

#include "events/finding.h"
#include "learn/learn.h"

enum { ROLE_ACTOR, ROLE_RECIPIENT };

typedef struct {
    uint32_t     entity;   // NO_ENTITY: nobody
    uint32_t     head;     // of its nearest wording in the act's sentence, or TOKEN_NONE
    feature_keys f[2];     // by role
    double       score[2];
} role_candidate;

typedef struct {
    role_candidate *v; // nobody first
    size_t          n, cap;
} role_list;

typedef struct {
    uint32_t       *as[2];       // [entities] acts before this one that have it as actor, recipient
    const uint32_t *effect; // [tokens] effect of the quantity that counts this noun, plus one; 0 for none
} role_index;

role_index roles_index(finding *f);
// The second pass (1) sees what the first (0) chose for this act and the others of the report.
role_list  roles_candidates(finding *f, const role_index *ix, const act *x, int pass);
void       roles_told(role_index *ix, const act *x);                  // x's parties count for the acts after it
void       roles_choose(finding *f, const weight_table *w, int pass); // the best pair for every act

#endif
