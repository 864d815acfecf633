// cluster.h — from scored pairs and people's decisions to groups: average link, so that one lucky pair does not chain two
// happenings into one.
//
// A pure function of its arguments. Number the tellings in telling_order and the result depends on the set of reports alone.
// Two groups join while the mean score of the pairs between them is above 0 (a pair without a link counts CLUSTER_UNSEEN), the
// best pair of groups first. Whoever joins shares a link above 0 with somebody of the group, so the tellings that a new one
// can bring together are those reachable through links above 0.

#ifndef LEDGER_CLUSTER_H
#define LEDGER_CLUSTER_H

#include "base/arena.h"

#define CLUSTER_UNSEEN -1.0f

typedef struct {
    uint32_t a, b;
    float    score; // same_score
} cluster_link;

typedef struct {
    uint32_t a, b;
    bool     same; // true: must be one happening, false: must not; the later of contradicting ones holds
} cluster_decision;

// The group of each of n tellings: the smallest number in it. Links below 0 are worth giving too.
uint32_t *cluster_groups(arena *a, size_t n, const cluster_link *links, size_t n_links, const cluster_decision *decisions,
                         size_t n_decisions);

#endif
