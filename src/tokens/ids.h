// ids.h — strings as the 64-bit numbers spaCy's models know them by.
//
//   "the" -> 7425985699627899538 (MurmurHash64A)   "NOUN" -> 92 (reserved)   "" -> 0

#ifndef TOKENS_IDS_H
#define TOKENS_IDS_H

#include "base/str.h"

enum { SYMBOL_SLOTS = 1024 };

typedef struct {
    uint64_t hash;
    uint16_t id; // 0: a free slot
} symbol_slot;

extern const symbol_slot symbol_slots[SYMBOL_SLOTS];

uint64_t               tokens_hash(str s);                      // MurmurHash64A with seed 1
uint64_t               tokens_id_of_hash(uint64_t hash, str s); // of a string that is hashed already
static inline uint64_t tokens_id(str s) { return tokens_id_of_hash(tokens_hash(s), s); }

#endif
