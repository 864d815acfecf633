#include "base/json.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { JS_DEPTH = 100 };

typedef struct {
    arena      *a;
    const char *p, *end;
    int         depth;
} js_input;

static void js_blank(js_input *in)
{
    while (in->p < in->end && (*in->p == ' ' || *in->p == '\n' || *in->p == '\t' || *in->p == '\r')) in->p++;
}

static bool js_hex(js_input *in, uint32_t *out)
{
    *out = 0;
    if (in->end - in->p < 4) return false;
    for (int i = 0; i < 4; i++) {
        char     c = *in->p++;
        uint32_t v = c >= '0' && c <= '9'                 ? (uint32_t)(c - '0')
                     : (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)((c | 32) - 'a') + 10
                                                          : 16;
        if (v > 15) return false;
        *out = *out * 16 + v;
    }
    return true;
}

// The character after a backslash, written to `to`; how many bytes, 0 if it is none.
static size_t js_escape(js_input *in, char *to)
{
    static const char from[] = "\"\\/bfnrt", as[] = "\"\\/\b\f\n\r\t";
    uint32_t          c, low;
    if (in->p >= in->end) return 0;
    char        e = *in->p++;
    const char *found = e ? strchr(from, e) : NULL;
    if (found) return *to = as[found - from], 1;
    if (e != 'u' || !js_hex(in, &c)) return 0;
    if (c >= 0xdc00 && c < 0xe000) return 0;
    if (c < 0xd800 || c >= 0xe000) return utf8_put(to, c);
    if (in->end - in->p < 2 || in->p[0] != '\\' || in->p[1] != 'u') return 0;
    in->p += 2;
    if (!js_hex(in, &low) || low < 0xdc00 || low >= 0xe000) return 0;
    return utf8_put(to, 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00));
}

// After the opening quote; in->p is left behind the closing one.
static bool js_unquote(js_input *in, str *out)
{
    const char *start = in->p;
    while (in->p < in->end && *in->p != '"' && *in->p != '\\' && (unsigned char)*in->p >= ' ') in->p++;
    if (in->p < in->end && *in->p == '"') return *out = (str){start, (size_t)(in->p++ - start)}, true;
    const char *stop = in->p; // how long it may get: no escape is longer read than written
    while (stop < in->end && *stop != '"') stop += *stop == '\\' ? 2 : 1;
    if (stop >= in->end) return in->p = in->end, false;
    char  *to = new_array(in->a, char, (size_t)(stop - start) + 1);
    size_t n = (size_t)(in->p - start);
    memcpy(to, start, n);
    while (*in->p != '"') {
        if ((unsigned char)*in->p < ' ') return false;
        size_t got = 1;
        if (*in->p != '\\') to[n] = *in->p++;
        else if (in->p++, !(got = js_escape(in, to + n))) return false;
        n += got;
    }
    in->p++;
    return *out = (str){to, n}, true;
}

static bool js_digits(js_input *in)
{
    const char *start = in->p;
    while (in->p < in->end && *in->p >= '0' && *in->p <= '9') in->p++;
    return in->p > start;
}

static bool js_numeral(js_input *in, js_value *v)
{
    const char *start = in->p;
    in->p += *in->p == '-';
    const char *whole = in->p;
    if (!js_digits(in) || (*whole == '0' && in->p - whole > 1)) return false;
    if (in->p < in->end && *in->p == '.' && (in->p++, !js_digits(in))) return false;
    if (in->p < in->end && (*in->p | 32) == 'e') {
        in->p++;
        in->p += in->p < in->end && (*in->p == '+' || *in->p == '-');
        if (!js_digits(in)) return false;
    }
    v->kind = JS_NUMBER;
    v->text = (str){start, (size_t)(in->p - start)};
    return true;
}

static bool js_word(js_input *in, js_value *v, js_kind kind, str word)
{
    if ((size_t)(in->end - in->p) < word.n || memcmp(in->p, word.p, word.n)) return false;
    *v = (js_value){.kind = kind, .key = v->key, .text = {in->p, word.n}};
    in->p += word.n;
    return true;
}

static bool js_any(js_input *in, js_value *v);

static bool js_members(js_input *in, js_value *v, char end)
{
    const js_value **last = &v->first;
    in->p++;
    js_blank(in);
    if (in->p < in->end && *in->p == end) return in->p++, true;
    for (;;) {
        js_value *m = new (in->a, js_value);
        js_blank(in);
        if (end == '}') {
            if (in->p >= in->end || *in->p++ != '"' || !js_unquote(in, &m->key)) return false;
            js_blank(in);
            if (in->p >= in->end || *in->p++ != ':') return false;
        }
        if (!js_any(in, m)) return false;
        *last = m, last = &m->next, v->n++;
        js_blank(in);
        if (in->p >= in->end || (*in->p != ',' && *in->p != end)) return false;
        if (*in->p++ == end) return true;
    }
}

static bool js_any(js_input *in, js_value *v)
{
    js_blank(in);
    if (in->p >= in->end) return false;
    switch (*in->p) {
    case '"': in->p++, v->kind = JS_STRING; return js_unquote(in, &v->text);
    case 'n': return js_word(in, v, JS_NULL, STR("null"));
    case 't': return js_word(in, v, JS_TRUE, STR("true"));
    case 'f': return js_word(in, v, JS_FALSE, STR("false"));
    case '{':
    case '[':
        v->kind = *in->p == '{' ? JS_OBJECT : JS_LIST;
        if (++in->depth > JS_DEPTH) return false;
        const char *start = in->p;
        if (!js_members(in, v, *in->p == '{' ? '}' : ']')) return false;
        v->text = (str){start, (size_t)(in->p - start)};
        return in->depth--, true;
    default: return js_numeral(in, v);
    }
}

const js_value *js_read(arena *a, str text, size_t *at)
{
    js_input in = {a, text.p, text.p + text.n, 0};
    js_value    *v = new (a, js_value);
    bool     good = js_any(&in, v);
    if (good) js_blank(&in);
    if (at) *at = (size_t)(in.p - text.p);
    return good && in.p == in.end ? v : NULL;
}

const js_value *js_get(const js_value *object, const char *key)
{
    if (!object || object->kind != JS_OBJECT) return NULL;
    const js_value *m = object->first;
    while (m && !str_is(m->key, key)) m = m->next;
    return m;
}

str js_string(const js_value *v) { return v && v->kind == JS_STRING ? v->text : (str){0}; }

bool js_is_true(const js_value *v) { return v && v->kind == JS_TRUE; }

bool js_whole(const js_value *v, int64_t *out) { return v && v->kind == JS_NUMBER && str_int(v->text, out); }

bool js_number(const js_value *v, double *out)
{
    char digits[64];
    if (!v || v->kind != JS_NUMBER || v->text.n >= sizeof digits) return false;
    memcpy(digits, v->text.p, v->text.n);
    digits[v->text.n] = 0;
    *out = strtod(digits, NULL);
    return true;
}
