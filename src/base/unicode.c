#include "base/unicode.h"

#include "base/utf8.h"

#include <string.h>

static bool ascii_lower_already(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || (s.p[i] >= 'A' && s.p[i] <= 'Z')) return false;
    return true;
}

// Whether the letter before s.p[i], marks passed over, is one with a case.
static bool cased_before(str s, size_t i)
{
    while (i > 0) {
        do i--;
        while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80);
        size_t at = i;
        int    flags = unicode_of(utf8_next(s, &at)).flags;
        if (!(flags & UNICODE_IGNORED)) return (flags & UNICODE_CASED) != 0;
    }
    return false;
}

static bool cased_after(str s, size_t i)
{
    while (i < s.n) {
        int flags = unicode_of(utf8_next(s, &i)).flags;
        if (!(flags & UNICODE_IGNORED)) return (flags & UNICODE_CASED) != 0;
    }
    return false;
}

str unicode_lower(arena *a, str s)
{
    if (ascii_lower_already(s)) return s;
    char  *to = new_array(a, char, 2 * s.n + 1); // U+0130, two bytes, becomes three; U+023A, two, becomes three
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t       from = i;
        uint32_t     c = utf8_next(s, &i);
        unicode_kind k = unicode_of(c);
        if (k.flags & UNICODE_LONGER) n += utf8_put(to + n, 'i'), n += utf8_put(to + n, 0x307);
        else if (c == 0x3A3 && cased_before(s, from) && !cased_after(s, i)) n += utf8_put(to + n, 0x3C2);
        else n += utf8_put(to + n, (uint32_t)((int32_t)c + k.lower));
    }
    return (str){to, n};
}

bool unicode_all(str s, int what)
{
    for (size_t i = 0; i < s.n;)
        if (!unicode_is(utf8_next(s, &i), what)) return false;
    return s.n > 0;
}
