// utf8.h — code points of UTF-8 text. Text inside tidings is always valid UTF-8 (`page` sees to it).

#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

// The code point at s.p[*i]; moves *i past it. A broken byte gives U+FFFD and moves one byte. *i < s.n.
uint32_t utf8_next(str s, size_t *i);
size_t   utf8_put(char *to, uint32_t c);      // writes 1 to 4 bytes, returns how many
size_t   utf8_count(str s);                   // code points
bool     utf8_valid(str s);
str      utf8_cut(str s, size_t most);        // at most so many bytes of valid text, no character cut in two
str      utf8_repair(arena *a, str s);        // broken bytes become U+FFFD; s itself if nothing is broken

#endif
