#include "page/json.h"

#include "base/utf8.h"

#include <string.h>

enum {
    JSON_DEPTH = 64,      // deeper values are passed over
    JSON_VALUES = 200000, // values of one text; a page's own have some hundred
};

typedef struct {
    arena *a;
    str    s;
    size_t i, values;
} json_reader;

static void json_space(json_reader *r)
{
    while (r->i < r->s.n && (unsigned char)r->s.p[r->i] <= ' ') r->i++;
}

static char json_peek(const json_reader *r) { return r->i < r->s.n ? r->s.p[r->i] : 0; }

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Four hex digits at s.p[i]; UINT32_MAX if there are none.
static uint32_t hex_four(str s, size_t i)
{
    uint32_t v = 0;
    for (size_t k = i; k < i + 4; k++) {
        int d = k < s.n ? hex_digit(s.p[k]) : -1;
        if (d < 0) return UINT32_MAX;
        v = v << 4 | (uint32_t)d;
    }
    return v;
}

// The character after \u at s.p[*i], two of them for what lies above U+FFFF.
static uint32_t json_unicode(str s, size_t *i)
{
    uint32_t c = hex_four(s, *i);
    if (c == UINT32_MAX) return 0xFFFD;
    *i += 4;
    if (c >= 0xD800 && c < 0xDC00 && *i + 1 < s.n && s.p[*i] == '\\' && s.p[*i + 1] == 'u') {
        uint32_t low = hex_four(s, *i + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            *i += 6;
            return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return (c >= 0xD800 && c < 0xE000) || c == 0 ? 0xFFFD : c;
}

static str json_unescaped(arena *a, str s)
{
    if (!memchr(s.p, '\\', s.n)) return s;
    char  *p = new_array(a, char, s.n + s.n / 2 + 2); // a broken \u of two bytes gives three
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i++];
        if (c != '\\' || i == s.n) {
            p[n++] = c;
            continue;
        }
        c = s.p[i++];
        if (c == 'u') n += utf8_put(p + n, json_unicode(s, &i));
        else p[n++] = c == 'n' || c == 'r' ? '\n' : c == 't' ? '\t' : c == 'b' || c == 'f' ? ' ' : c;
    }
    return (str){p, n};
}

static str json_quoted_text(json_reader *r)
{
    size_t from = ++r->i;
    while (r->i < r->s.n) {
        const char *quote = memchr(r->s.p + r->i, '"', r->s.n - r->i), *slash = NULL;
        size_t      end = quote ? (size_t)(quote - r->s.p) : r->s.n;
        while (r->i < end && (slash = memchr(r->s.p + r->i, '\\', end - r->i))) r->i = (size_t)(slash - r->s.p) + 2;
        if (r->i > end) continue; // a backslash stood before it
        r->i = end;
        break;
    }
    str raw = str_cut(r->s, from, r->i);
    if (r->i < r->s.n) r->i++;
    return json_unescaped(r->a, raw);
}

static page_json *json_value(json_reader *r, int depth);

static void json_members(json_reader *r, page_json *v, char close, int depth)
{
    const page_json **last = &v->first;
    r->i++;
    for (json_space(r); r->i < r->s.n && json_peek(r) != close; json_space(r)) {
        str key = {"", 0};
        if (json_peek(r) == ',') {
            r->i++;
            continue;
        }
        if (close == '}') {
            if (json_peek(r) != '"') break;
            key = json_quoted_text(r);
            json_space(r);
            if (json_peek(r) != ':') break;
            r->i++;
        }
        page_json *member = json_value(r, depth + 1);
        if (!member) break;
        member->key = key;
        *last = member;
        last = &member->next;
    }
    if (json_peek(r) == close) r->i++;
    else r->i = r->s.n; // broken: nothing after it can be trusted
}

static page_json *json_value(json_reader *r, int depth)
{
    json_space(r);
    char c = json_peek(r);
    if (!c || ++r->values > JSON_VALUES || depth > JSON_DEPTH) return NULL;
    page_json *v = new (r->a, page_json);
    if (c == '"') {
        v->kind = PAGE_JSON_STRING;
        v->text = json_quoted_text(r);
    } else if (c == '{' || c == '[') {
        v->kind = c == '{' ? PAGE_JSON_OBJECT : PAGE_JSON_LIST;
        json_members(r, v, c == '{' ? '}' : ']', depth);
    } else {
        size_t from = r->i;
        while (r->i < r->s.n && !strchr(",]} \n\t", r->s.p[r->i])) r->i++;
        v->text = str_cut(r->s, from, r->i);
        if (r->i == from) return NULL;
    }
    return v;
}

const page_json *page_json_read(arena *a, str text)
{
    json_reader r = {.a = a, .s = text};
    while (r.i < text.n && text.p[r.i] != '{' && text.p[r.i] != '[') r.i++; // comment marks, CDATA
    if (str_starts(str_cut(text, r.i, text.n), STR("[CDATA["))) {
        r.i += 7;
        while (r.i < text.n && text.p[r.i] != '{' && text.p[r.i] != '[') r.i++;
    }
    return json_value(&r, 0);
}

const page_json *page_json_get(const page_json *object, const char *key)
{
    if (!object || object->kind != PAGE_JSON_OBJECT) return NULL;
    for (const page_json *m = object->first; m; m = m->next)
        if (str_is(m->key, key)) return m;
    return NULL;
}

str page_json_text(const page_json *v)
{
    return v && (v->kind == PAGE_JSON_STRING || v->kind == PAGE_JSON_OTHER) ? v->text : (str){"", 0};
}
