#include "tokens/ids.h"

#include <string.h>

// Austin Appleby's MurmurHash64A, reading words little end first.
uint64_t tokens_hash(str s)
{
    const uint64_t m = 0xc6a4a7935bd1e995;
    uint64_t       h = 1 ^ (s.n * m);
    const char    *p = s.p;
    for (size_t n = s.n / 8; n > 0; n--, p += 8) {
        uint64_t k;
        memcpy(&k, p, 8);
        k *= m;
        k ^= k >> 47;
        h = (h ^ k * m) * m;
    }
    if (s.n % 8) {
        uint64_t k = 0;
        memcpy(&k, p, s.n % 8);
        h = (h ^ k) * m;
    }
    h = (h ^ h >> 47) * m;
    return h ^ h >> 47;
}

uint64_t tokens_id_of_hash(uint64_t hash, str s)
{
    if (!s.n) return 0;
    for (size_t i = hash % SYMBOL_SLOTS; symbol_slots[i].id; i = (i + 1) % SYMBOL_SLOTS)
        if (symbol_slots[i].hash == hash) return symbol_slots[i].id;
    return hash;
}
