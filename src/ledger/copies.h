// copies.h — reports that are the same wire text: a small signature of a text's runs of words (minhash).
//
//   copies_alike(x, y) >= COPIES_SAME   ->   one voice

#ifndef LEDGER_COPIES_H
#define LEDGER_COPIES_H

#include "base/arena.h"

enum { COPIES_WIDTH = 32, COPIES_BANDS = 8 };
#define COPIES_SAME 0.5f // half of the runs of five words are shared: the text was taken over, cut or added to

typedef struct {
    uint32_t least[COPIES_WIDTH]; // all UINT32_MAX: too short a text to say
} copy_signature;

copy_signature copies_signature(arena *a, str text);
float          copies_alike(const copy_signature *x, const copy_signature *y); // 0 to 1: share of the runs in common
// Keys under which copies meet; none for too short a text.
size_t copies_keys(const copy_signature *s, uint64_t keys[COPIES_BANDS]);

#endif
