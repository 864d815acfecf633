// intern.h — texts, places and entities that return: one row each, found again by what they are.
//
//   intern_word(n, d, STR("killed"), &id, f)     ->  id 29, in every ledger

#ifndef LEDGER_INTERN_H
#define LEDGER_INTERN_H

#include "ledger/db.h"
#include "ledger/reading.h"

enum { INTERN_SLOTS = 1 << 15, INTERN_TEXT = 47 };

typedef struct {
    int64_t  id;
    uint64_t hash;
    uint8_t  n; // of text; 0: free
    char     text[INTERN_TEXT];
} intern_slot;

typedef struct {
    int64_t  id, column[5];
    uint64_t hash;
} row_slot;

typedef struct {
    intern_slot *words; // what was last asked for
    row_slot    *entities;
} intern;

bool intern_named(str name); // a name, not a description

bool intern_init(intern *n);
void intern_forget(intern *n); // after a rollback: what was made is gone
void intern_clear(intern *n);

int64_t intern_hash(str text);                                          // _word.hash
bool    intern_word(intern *n, db *d, str text, int64_t *id, fault *f); // 0 for the empty text
bool    intern_place(intern *n, db *d, const reading_place *p, int64_t *id, fault *f);
bool    intern_entity(intern *n, db *d, const reading_entity *e, int64_t *id, fault *f);

#endif
