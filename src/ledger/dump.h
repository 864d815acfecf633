// dump.h — everything a ledger knows but when reports came in, as lines of JSON in an order of their own: the same set of
// reports gives the same bytes, whatever order they came in.
//
//   {"report":"9f2c…","version":1,"current":true,"voice":"9f2c…","record":{…}}     by key
//   {"telling":"h9f2c….120","happening":"h4a01….88","events":[1,4],"figures":[2]}   by id
//   {"link":["h4a01….88","h9f2c….120"],"score":2.41}                      by ids
//   {"decision":1,"time":…,"who":…,"what":"join","a":…,"b":…,"why":…}               in order

#ifndef LEDGER_DUMP_H
#define LEDGER_DUMP_H

#include "ledger/ledger.h"

typedef struct {
    bool (*write)(void *with, const char *text, size_t n); // false: cannot be written
    void *with;
} dump_output;

bool dump_ledger(ledger *l, arena *a, dump_output out, fault *f);
bool dump_records(ledger *l, arena *a, dump_output out, fault *f); // every record, a line each, by key

#endif
