// join.h — tellings, and which of them tell of the same happening: what telling.h, same.h and cluster.h make of records,
// kept in the file.
//
// Links depend on pairs alone, and groups on the links and decisions among those they can reach; so the result depends on
// the set of reports, not on the order they came in.

#ifndef LEDGER_JOIN_H
#define LEDGER_JOIN_H

#include "ledger/ledger.h"

enum { JOIN_SHIFT = 8 }; // telling = report * 8 + 0 … 5
#define JOIN_FAR 20.0f   // pairs this far below 0 are not kept: they are told apart

// Makes the tellings of a report that has become current, and finds their happenings.
bool join_add(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, fault *f);
// Takes away those of a report that no longer is current, or is about to be read again.
bool join_remove(ledger *l, arena *a, const reading *r, int64_t report, fault *f);
// Groups anew what can be reached from these tellings.
bool join_again(ledger *l, arena *a, const int64_t *tellings, size_t n, fault *f);

#endif
