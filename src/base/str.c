#include "base/str.h"

#include <string.h>

str str_of(const char *s) { return s ? (str){s, strlen(s)} : (str){"", 0}; }

bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }

bool str_is(str a, const char *b) { return str_eq(a, str_of(b)); }

static char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

bool str_eq_nocase(str a, str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i])) return false;
    return true;
}

int str_cmp(str a, str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int    c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str head) { return s.n >= head.n && (head.n == 0 || memcmp(s.p, head.p, head.n) == 0); }

bool str_ends(str s, str tail) { return s.n >= tail.n && (tail.n == 0 || memcmp(s.p + s.n - tail.n, tail.p, tail.n) == 0); }

static bool ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

str str_trim(str s)
{
    while (s.n && ascii_space(s.p[0])) s.p++, s.n--;
    while (s.n && ascii_space(s.p[s.n - 1])) s.n--;
    return s;
}

str str_cut(str s, size_t from, size_t to)
{
    if (to > s.n) to = s.n;
    if (from > to) from = to;
    return (str){s.p ? s.p + from : NULL, to - from};
}

str str_split(str s, char by, str *rest)
{
    const char *at = s.n ? memchr(s.p, by, s.n) : NULL;
    if (!at) {
        *rest = (str){NULL, 0};
        return s;
    }
    *rest = (str){at + 1, s.n - (size_t)(at + 1 - s.p)};
    return (str){s.p, (size_t)(at - s.p)};
}

ptrdiff_t str_find(str s, str what)
{
    if (what.n == 0) return 0;
    if (what.n > s.n) return -1;
    const char *at = memmem(s.p, s.n, what.p, what.n);
    return at ? at - s.p : -1;
}

// FNV-1a over the bytes, finished with a 64-bit mix so that low bits may index a table.
uint64_t str_hash(str s)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

bool str_int(str s, int64_t *out)
{
    bool   minus = s.n && s.p[0] == '-';
    size_t i = minus;
    if (i == s.n || s.n - i > 18) return false;
    int64_t v = 0;
    for (; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = minus ? -v : v;
    return true;
}
