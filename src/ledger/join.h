// join.h — tellings, and which of them tell of the same happening.

#ifndef LEDGER_JOIN_H
#define LEDGER_JOIN_H

#include "ledger/ledger.h"

// Makes the tellings of a report that has become current, and finds their happenings.
bool join_add(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, fault *f);
// Takes away those of a report that no longer is current, or is about to be read again.
bool join_remove(ledger *l, arena *a, int64_t report, fault *f);

#endif
