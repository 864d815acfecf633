// pack.h — records made small, and whole again: what was packed comes back byte for byte.

#ifndef LEDGER_PACK_H
#define LEDGER_PACK_H

#include "base/arena.h"
#include "base/fault.h"

typedef struct {
    void *compress, *expand; // zstd's contexts
} packer;

bool pack_init(packer *p);
void pack_clear(packer *p);

str  pack(packer *p, arena *a, str record);
bool unpack(packer *p, arena *a, str packed, str *out, fault *f); // false: damaged

#endif
