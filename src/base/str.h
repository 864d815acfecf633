// str.h — text by value: a pointer and a length, owning nothing, not NUL-terminated.

#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *p;
    size_t      n;
} str;

// A place in the report's text: bytes [start, end).
typedef struct {
    uint32_t start, end;
} span;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})

str  str_of(const char *nul_terminated); // NULL gives the empty str
bool str_eq(str a, str b);
bool str_is(str a, const char *b);
bool str_eq_nocase(str a, str b); // ASCII letters alike in either case
int  str_cmp(str a, str b);       // by bytes, shorter first
bool str_starts(str s, str head);
bool str_ends(str s, str tail);
str  str_trim(str s);                     // without ASCII white space at either end
str  str_cut(str s, size_t from, size_t to); // [from, to) held within s
// Bytes before the first `by`, the rest (after it) in *rest; without one all of s, *rest empty with p == NULL.
str  str_split(str s, char by, str *rest);
ptrdiff_t str_find(str s, str what);      // first place of `what`, or -1
uint64_t  str_hash(str s);                // same on every machine and run
bool str_int(str s, int64_t *out);        // all of s is an optional minus and decimal digits that fit

static inline str span_of(str text, span at) { return (str){text.p + at.start, at.end - at.start}; }
static inline bool span_in(span a, span b) { return a.start >= b.start && a.end <= b.end; }
static inline bool span_meets(span a, span b) { return a.start < b.end && b.start < a.end; }

#endif
