// store.h — one report's rows: what a record becomes in the tables. Tellings are made by join.h.

#ifndef LEDGER_STORE_H
#define LEDGER_STORE_H

#include "ledger/ledger.h"

bool store_report(ledger *l, arena *a, const reading *r, int64_t *report, fault *f); // every row but tellings
bool store_find(ledger *l, str key, int64_t *report, fault *f);                      // 0: not there
bool store_versions(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, int64_t *outdated, fault *f);

#endif
