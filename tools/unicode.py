#!/usr/bin/env python3
"""unicode.py > src/base/unicode_table.c: what Python's str methods say of every code point, as tables.

The models were trained with Python's idea of letters and cases, so the tables are made by asking Python itself
(3.11: Unicode 14.0). Run it again with another version to follow another one.
"""
import sys, unicodedata

if unicodedata.unidata_version != '14.0.0':
    sys.exit('Unicode %s: Python 3.11 has the 14.0 the models were trained with' % unicodedata.unidata_version)

BLOCK = 128
ALPHA, DIGIT, SPACE, UPPER, CASED, IGNORED, LONGER = (1 << i for i in range(7))


def final_sigma(s):
    return (s + '\u03a3').lower()[-1] == '\u03c2'


def facts(c):
    s = chr(c)
    if 0xD800 <= c < 0xE000:
        return (0, 0)
    ignored = final_sigma('a' + s) and not final_sigma(s)
    low = s.lower()
    flags = (ALPHA * s.isalpha() | DIGIT * s.isdigit() | SPACE * s.isspace() | UPPER * (s.isalpha() and s.isupper())
             | CASED * final_sigma(s) | IGNORED * ignored | LONGER * (len(low) > 1))
    if len(low) > 1 and (c, low) != (0x130, 'i\u0307'):
        sys.exit('U+%04X: a lower case of several code points that unicode.c does not know' % c)
    if c == 0x3A3:
        low = '\u03c3'
    return (flags, 0 if len(low) > 1 else ord(low) - c)


kinds, blocks, first, second = {}, {}, [], []
for b in range(0, 0x110000, BLOCK):
    row = tuple(kinds.setdefault(facts(c), len(kinds)) for c in range(b, b + BLOCK))
    if row not in blocks:
        blocks[row] = len(blocks)
        second += row
    first.append(blocks[row])
assert len(kinds) <= 256


def table(kind, name, values, width):
    print('\nconst %s %s[%d] = {' % (kind, name, len(values)))
    line = '   '
    for v in values:
        item = ' %s,' % v
        if len(line) + len(item) > width:
            print(line)
            line = '   '
        line += item
    print(line + '\n};')


print('// Made by tools/unicode.py from Unicode %s; not to be edited.' % unicodedata.unidata_version)
print('// clang-format off')
print('\n#include "base/unicode_table.h"')
table('unicode_kind', 'unicode_kinds', ['{%d, %d}' % k for k in kinds], 128)
table('uint8_t' if len(blocks) < 257 else 'uint16_t', 'unicode_first', first, 128)
table('uint8_t', 'unicode_second', second, 128)
sys.stderr.write('%d kinds, %d blocks\n' % (len(kinds), len(blocks)))
