// unicode.h — letters, digits, white space and lower case, exactly as Python 3.11 (Unicode 14.0) has them, since that
// is what the models were trained with.
//
//   unicode_lower(a, "ΟΔΟΣ İ")   ->   "οδος i̇" (a sigma that ends a word is another one; one letter can become two)

#ifndef BASE_UNICODE_H
#define BASE_UNICODE_H

#include "base/arena.h"
#include "base/unicode_table.h"

enum {
    UNICODE_ALPHA = 1,    // str.isalpha(): any letter
    UNICODE_DIGIT = 2,    // str.isdigit(): superscripts and circled digits too
    UNICODE_SPACE = 4,    // str.isspace()
    UNICODE_UPPER = 8,    // a letter in upper case
    UNICODE_CASED = 16,   // in either case, or title case
    UNICODE_IGNORED = 32, // looked through where case depends on the neighbours: apostrophes, combining marks
    UNICODE_LONGER = 64,  // its lower case is several code points
};

static inline unicode_kind unicode_of(uint32_t c)
{
    if (c > 0x10FFFF) c = 0xFFFD;
    return unicode_kinds[unicode_second[unicode_first[c / UNICODE_BLOCK] * UNICODE_BLOCK + c % UNICODE_BLOCK]];
}

static inline bool unicode_is(uint32_t c, int what) { return (unicode_of(c).flags & what) != 0; }

str  unicode_lower(arena *a, str s); // s itself where nothing changes
bool unicode_all(str s, int what);   // not empty, and every code point is of that kind

#endif
