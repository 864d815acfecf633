#include "base/utf8.h"

#include <string.h>

// Reads one well-formed sequence (Unicode table 3-7); its length, or 0 if broken.
static size_t utf8_read(const unsigned char *p, size_t n, uint32_t *c)
{
    if (p[0] < 0x80) return *c = p[0], 1;
    if (p[0] < 0xC2) return 0;
    if (p[0] < 0xE0) {
        if (n < 2 || (p[1] & 0xC0) != 0x80) return 0;
        return *c = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu), 2;
    }
    if (p[0] < 0xF0) {
        if (n < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
        *c = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        return *c < 0x800 || (*c >= 0xD800 && *c < 0xE000) ? 0 : 3;
    }
    if (p[0] > 0xF4 || n < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
    *c = (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    return *c < 0x10000 || *c > 0x10FFFF ? 0 : 4;
}

uint32_t utf8_next(str s, size_t *i)
{
    uint32_t c = 0xFFFD;
    size_t   n = utf8_read((const unsigned char *)s.p + *i, s.n - *i, &c);
    if (!n) c = 0xFFFD, n = 1;
    *i += n;
    return c;
}

size_t utf8_put(char *to, uint32_t c)
{
    if (c < 0x80) return to[0] = (char)c, 1;
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (char)(0xE0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3F));
        to[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (char)(0xF0 | c >> 18);
    to[1] = (char)(0x80 | (c >> 12 & 0x3F));
    to[2] = (char)(0x80 | (c >> 6 & 0x3F));
    to[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_count(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

// Bytes from s.p[i] on that are ASCII, eight at a time.
static size_t ascii_run(str s, size_t i)
{
    size_t from = i;
    for (uint64_t eight; i + sizeof eight <= s.n; i += sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        if (eight & 0x8080808080808080u) break;
    }
    return i - from;
}

bool utf8_valid(str s)
{
    uint32_t c;
    for (size_t i = 0, n; i < s.n; i += n) {
        i += ascii_run(s, i);
        if (i >= s.n) break;
        if (!(n = utf8_read((const unsigned char *)s.p + i, s.n - i, &c))) return false;
    }
    return true;
}

str utf8_cut(str s, size_t most)
{
    if (s.n <= most) return s;
    while (most && ((unsigned char)s.p[most] & 0xC0) == 0x80) most--;
    return (str){s.p, most};
}

str utf8_repair(arena *a, str s)
{
    if (utf8_valid(s)) return s;
    char  *p = new_array(a, char, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) n += utf8_put(p + n, utf8_next(s, &i));
    return (str){p, n};
}
