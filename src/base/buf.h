// buf.h — bytes that grow in an arena, and JSON written into them.

#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

typedef struct {
    arena *a;
    char  *v;
    size_t n, cap;
    bool   comma; // JSON: the next value needs one before it
} buf;

void buf_put(buf *b, str s);
void buf_text(buf *b, const char *s);
void buf_char(buf *b, char c);
void buf_printf(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
str  buf_str(const buf *b);
void buf_amount(buf *b, double v); // "35,000"
void buf_html(buf *b, str s);      // <, >, & and " as HTML and XML write them

// JSON. Commas are put where needed: js_open(b, '{'); js_key(b, "id"); js_str(b, s); js_close(b, '}').
void js_open(buf *b, char bracket);
void js_close(buf *b, char bracket);
void js_key(buf *b, const char *key);
void js_str(buf *b, str s);             // UTF-8 as it is; control characters, quotes, backslashes escaped
void js_text(buf *b, const char *s);    // NULL gives null
void js_int(buf *b, int64_t v);
void js_real(buf *b, double v, int decimals); // without trailing zeros
void js_bool(buf *b, bool v);
void js_null(buf *b);

#endif
