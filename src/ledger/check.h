// check.h — is the file sound: SQLite's own check, and whether all that is made from records still fits them.

#ifndef LEDGER_CHECK_H
#define LEDGER_CHECK_H

#include "ledger/ledger.h"

bool check_ledger(ledger *l, arena *a, fault *f); // false with one line in f: the first thing that is wrong

#endif
