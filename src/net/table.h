// table.h — a hash table that lies in the model file and is used where it lies: 64-bit keys, each with a number.
//
// NAME.keys [size] and NAME.values [size], or a set: NAME.keys alone. The size is a power of two; a key is at most
// NET_PROBES slots from where it belongs, so that a search of a damaged file ends too. Key 0 marks a free slot.

#ifndef NET_TABLE_H
#define NET_TABLE_H

#include "net/file.h"

enum { NET_PROBES = 128 };

#define NET_NONE UINT32_MAX

typedef struct {
    const uint64_t *keys;
    const uint32_t *values; // NULL: a set
    uint32_t        mask;   // size - 1
    uint32_t        limit;  // values are below it
} net_table;

bool net_table_open(const net_file *f, const char *name, uint32_t limit, net_table *out, fault *why);
bool net_set_open(const net_file *f, const char *name, net_table *out, fault *why);
// `values` NULL writes a set. A key given twice keeps its first value; key 0 cannot be stored.
void net_writer_table(net_writer *w, const char *name, const uint64_t *keys, const uint32_t *values, size_t n);

// The key of a pair: item `x` of list `k`.
static inline uint64_t net_pair_key(uint32_t k, uint64_t x) { return x ^ (uint64_t)k * 0xD6E8FEB86659FD93u; }

// The key's number (0 in a set), or NET_NONE.
static inline uint32_t net_table_find(const net_table *t, uint64_t key)
{
    uint32_t at = (uint32_t)(key * 0x9E3779B97F4A7C15u >> 32);
    for (uint32_t i = 0; i < NET_PROBES; i++) {
        uint32_t slot = (at + i) & t->mask;
        if (t->keys[slot] == 0) return NET_NONE;
        if (t->keys[slot] == key) return !t->values ? 0 : t->values[slot] < t->limit ? t->values[slot] : NET_NONE;
    }
    return NET_NONE;
}

#endif
