#!/usr/bin/env python3
"""symbols.py > src/tokens/symbols.c: the strings spaCy numbers itself instead of hashing them. Needs spaCy 3.8."""
from spacy.symbols import IDS

M = 0xc6a4a7935bd1e995
MASK = (1 << 64) - 1
SLOTS = 1024


def murmur(b, seed=1):
    h = seed ^ (len(b) * M & MASK)
    for i in range(0, len(b) // 8 * 8, 8):
        k = int.from_bytes(b[i:i + 8], 'little') * M & MASK
        h = (h ^ ((k ^ k >> 47) * M & MASK)) * M & MASK
    tail = b[len(b) // 8 * 8:]
    if tail:
        h = (h ^ int.from_bytes(tail, 'little')) * M & MASK
    h = (h ^ h >> 47) * M & MASK
    return h ^ h >> 47


slots = {}
for name, number in sorted(IDS.items(), key=lambda x: x[1]):
    if name:
        h = murmur(name.encode())
        at = h % SLOTS
        while at in slots:
            at = (at + 1) % SLOTS
        slots[at] = (h, number, name)

print('// Made by tools/symbols.py from spacy.symbols; not to be edited.')
print('// clang-format off')
print('\n#include "tokens/ids.h"')
print('\n// A string of hash h is at h mod %d, or in the next slot that is not taken.' % SLOTS)
print('const symbol_slot symbol_slots[SYMBOL_SLOTS] = {')
for at in sorted(slots):
    print('    [%d] = {0x%016x, %d}, // %s' % ((at,) + slots[at]))
print('};')
