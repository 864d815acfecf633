// pack.h — records made small, and whole again byte for byte.
//
// A record is JSON in which most of each value can be foretold: keys come in the same order, ids count up, spans go forward,
// `text` repeats what `at` points to. So it is taken apart into the report's text, other strings, numbers and structure, and
// those are packed by zstd with a dictionary made of the ledger's own first records. What cannot be taken apart that way
// (other white space, say) is packed as it is.

#ifndef LEDGER_PACK_H
#define LEDGER_PACK_H

#include "base/fault.h"
#include "base/json.h"

typedef struct packer packer;

packer *pack_open(void); // NULL: out of memory
void    pack_close(packer *p);

// A dictionary by its number, from 1; a newer one is used for what is packed from then on. Copied.
bool     pack_add_dictionary(packer *p, uint32_t number, str bytes);
bool     pack_has_dictionary(const packer *p, uint32_t number);
uint32_t pack_newest(const packer *p); // 0: there is none
// Makes one of records taken apart; empty where that many are too few.
str pack_train(arena *a, const str *apart, size_t n);

str      pack_apart(arena *a, str record, const js_value *tree); // before zstd; empty: it is not a record as tidings writes it
str      pack(packer *p, arena *a, str record, const js_value *tree);
uint32_t pack_dictionary(str packed);                                 // the number of the one it needs; 0: none
bool     unpack(packer *p, arena *a, str packed, str *out, fault *f); // false: damaged

#endif
