// decide.h — what people decide by hand: an append-only log, kept by what events are and not by their numbers, so that it
// outlives reading again. The latest word on a pair is the one that counts.
//
//   decide_join(l, a, STR("h9f2c41aa07b3.120"), STR("h4a0188c2d9e1.0"), STR("ann"), STR("same strike"), f)

#ifndef LEDGER_DECIDE_H
#define LEDGER_DECIDE_H

#include "ledger/ledger.h"

bool decide_join(ledger *l, arena *a, str happening, str other, str who, str why, fault *f);
bool decide_split(ledger *l, arena *a, str happening, str event, str who, str why, fault *f);

// The telling that an id (h, 12 digits of a report's key, a point, a place in its text) leads to: the one whose event
// stands there, else nearest to it; 0: the report is not here, or tells of nothing.
int64_t decide_telling(ledger *l, str id, fault *f);

#endif
