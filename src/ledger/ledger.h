// ledger.h — many reports' records in one SQLite file: every claim with its claimant, tellings of the same happening
// joined, figures side by side. The only folder that knows SQL; it takes in records (docs/record.md), what it keeps is
// described in docs/ledger.md.
//
//   ledger l;
//   if (!ledger_open(&l, a, "war.tidings", LEDGER_CREATE, f)) return false;
//   ledger_add(&l, a, record, &added, f);     // on disk when this returns true
//   ledger_close(&l);

#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include "base/buf.h"
#include "ledger/db.h"
#include "ledger/intern.h"
#include "ledger/pack.h"
#include "ledger/reading.h"
#include "ledger/same.h"

typedef struct {
    db                   db;
    intern               names;
    packer              *pack;
    const telling_rules *tellings;
    const same_rules    *same;
    bool                 open;    // a transaction is
    bool                 decided; // there are decisions
} ledger;

typedef enum {
    LEDGER_READ,  // must be there
    LEDGER_WRITE, // must be there
    LEDGER_CREATE // made if there is none
} ledger_mode;

// False with one line in f ("FILE: …") where the file is no ledger, is from a newer version, damaged, or cannot be
// opened. ledger_close in either case. `a` must outlive the ledger.
bool ledger_open(ledger *l, arena *a, const char *path, ledger_mode mode, fault *f);
void ledger_close(ledger *l);

typedef struct {
    int64_t report;      // its number in the file
    char    key[33];     // its record's id
    bool    no_record;   // it is not what it should be: nothing was begun for it
    bool    same;        // it was there already: nothing changed
    int     version;     // 2 and more: of a report of the same address
    bool    current;     // false: a later version is there
    int64_t copy_of;     // report whose text it has; 0: none
    size_t  fresh;       // happenings told of for the first time
    size_t  joined;      // happenings that others tell of too
    size_t  contradicts; // figures that contradict one that is there
} ledger_added;

// Adds one record. Within ledger_begin … ledger_commit it is on disk after the commit, else when this returns true.
// False with one line in f; then nothing of it is in the ledger (nor of what came since ledger_begin).
bool ledger_add(ledger *l, arena *a, str record, ledger_added *out, fault *f);
bool ledger_begin(ledger *l, fault *f);
bool ledger_commit(ledger *l, fault *f);
void ledger_rollback(ledger *l); // after a failure or a longjmp; harmless where nothing is open

// The number of the report with this key or beginning of a key (6 digits or more); 0: none, or several.
int64_t ledger_report(ledger *l, str key, fault *f);
// Its record, whole, as it was read.
bool ledger_record(ledger *l, arena *a, int64_t report, str *out, fault *f);

#endif
