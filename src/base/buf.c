#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static char *buf_room(buf *b, size_t n)
{
    while (b->cap - b->n < n) arena_grow(b->a, &b->v, &b->cap, b->n, 1);
    return b->v + b->n;
}

void buf_put(buf *b, str s)
{
    if (!s.n) return;
    memcpy(buf_room(b, s.n), s.p, s.n);
    b->n += s.n;
}

void buf_text(buf *b, const char *s) { buf_put(b, str_of(s)); }

void buf_char(buf *b, char c) { buf_put(b, (str){&c, 1}); }

void buf_printf(buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
    va_end(again);
    b->n += (size_t)n;
}

str buf_str(const buf *b) { return (str){b->v, b->n}; }

// "35,000": commas between thousands.
void buf_amount(buf *b, double v)
{
    if (v != (double)(int64_t)v || v >= 1e15 || v <= -1e15) {
        buf_printf(b, "%g", v);
        return;
    }
    char digits[32];
    int  n = snprintf(digits, sizeof digits, "%lld", (long long)v);
    for (int i = 0; i < n; i++) {
        buf_char(b, digits[i]);
        if ((n - 1 - i) % 3 == 0 && i < n - 1 && digits[i] != '-' && n > 4) buf_char(b, ',');
    }
}

void buf_html(buf *b, str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        const char *to = s.p[i] == '<' ? "&lt;" : s.p[i] == '>' ? "&gt;" : s.p[i] == '&' ? "&amp;" : s.p[i] == '"' ? "&quot;" : NULL;
        if (!to) continue;
        buf_put(b, str_cut(s, from, i));
        buf_text(b, to);
        from = i + 1;
    }
    buf_put(b, str_cut(s, from, s.n));
}

static void js_before(buf *b)
{
    if (b->comma) buf_char(b, ',');
    b->comma = true;
}

void js_open(buf *b, char bracket)
{
    js_before(b);
    buf_char(b, bracket);
    b->comma = false;
}

void js_close(buf *b, char bracket)
{
    buf_char(b, bracket);
    b->comma = true;
}

static void js_quoted(buf *b, str s)
{
    static const char hex[] = "0123456789abcdef";
    buf_char(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
        buf_put(b, str_cut(s, from, i));
        from = i + 1;
        if (c == '"' || c == '\\') buf_put(b, (str){(char[]){'\\', (char)c}, 2});
        else if (c == '\n') buf_text(b, "\\n");
        else if (c == '\t') buf_text(b, "\\t");
        else buf_put(b, (str){(char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6});
    }
    buf_put(b, str_cut(s, from, s.n));
    buf_char(b, '"');
}

void js_key(buf *b, const char *key)
{
    js_before(b);
    js_quoted(b, str_of(key));
    buf_char(b, ':');
    b->comma = false;
}

void js_str(buf *b, str s)
{
    js_before(b);
    js_quoted(b, s);
}

void js_text(buf *b, const char *s)
{
    if (s) js_str(b, str_of(s));
    else js_null(b);
}

void js_int(buf *b, int64_t v)
{
    js_before(b);
    buf_printf(b, "%lld", (long long)v);
}

void js_real(buf *b, double v, int decimals)
{
    char t[64];
    int  n = snprintf(t, sizeof t, "%.*f", decimals, v);
    if (n < 0 || (size_t)n >= sizeof t) n = snprintf(t, sizeof t, "0");
    while (strchr(t, '.') && n > 0 && (t[n - 1] == '0' || t[n - 1] == '.')) {
        bool point = t[n - 1] == '.';
        t[--n] = 0;
        if (point) break;
    }
    js_before(b);
    buf_text(b, strcmp(t, "-0") == 0 ? "0" : t);
}

void js_bool(buf *b, bool v)
{
    js_before(b);
    buf_text(b, v ? "true" : "false");
}

void js_null(buf *b)
{
    js_before(b);
    buf_text(b, "null");
}
