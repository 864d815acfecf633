#include "archive/line.h"

#include <string.h>

static bool all_of(str s, const char *chars)
{
    for (size_t i = 0; i < s.n; i++)
        if (!s.p[i] || !strchr(chars, s.p[i])) return false;
    return s.n > 0;
}

static bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

static bool in_scheme(char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-'; }

// "http:", "dns:", "filedesc:" at the beginning.
static bool has_scheme(str s)
{
    size_t i = 0;
    if (!s.n || !is_letter(s.p[0])) return false;
    while (i < s.n && in_scheme(s.p[i])) i++;
    return i < s.n && s.p[i] == ':';
}

// Where in "\0</html>http://example.com/" the address begins; s.n if there is none.
static size_t address_begins(str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ') from = i + 1;
    for (size_t i = from; i < s.n; i++) {
        if ((i == from || !in_scheme(s.p[i - 1])) && has_scheme(str_cut(s, i, s.n))) return i;
    }
    return s.n;
}

// Takes the last field, parted by a blank, off the line.
static str last_field(str *line)
{
    const char *blank = memrchr(line->p, ' ', line->n);
    size_t      at = blank ? (size_t)(blank - line->p) : 0;
    str         field = str_cut(*line, blank ? at + 1 : 0, line->n);
    *line = str_cut(*line, 0, at);
    return field;
}

bool arc_line_read(str line, bool exact, arc_line *out)
{
    enum { DATE_LEAST = 14, DATE_MOST = 18 };
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (!line.n || line.n > LONGEST_LINE) return false;
    out->length = last_field(&line), out->mime = last_field(&line), out->date = last_field(&line);
    str address = last_field(&line);
    if (!out->length.n || !out->mime.n || out->date.n < DATE_LEAST || out->date.n > DATE_MOST) return false;
    if (!all_of(out->date, "0123456789") || !all_of(address, "0123456789abcdefABCDEF.:-")) return false;
    size_t from = exact ? 0 : address_begins(line);
    out->uri = str_cut(line, from, line.n);
    return has_scheme(out->uri);
}

// "WARC/1.0", "WARC/0.18", blanks, the line's end; and its length in *n.
static bool version_line(str s, size_t *n)
{
    size_t i = 5;
    if (!str_starts(s, STR("WARC/"))) return false;
    while (i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.')) i++;
    if (i == 5) return false;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r')) i++;
    *n = i + 1;
    return i < s.n && s.p[i] == '\n';
}

// "WARC-Type:": a name and a colon.
static bool field_line(str s)
{
    size_t i = 0;
    while (i < s.n && (is_letter(s.p[i]) || s.p[i] == '-' || s.p[i] == '_' || (s.p[i] >= '0' && s.p[i] <= '9'))) i++;
    return i && i < s.n && s.p[i] == ':';
}

static bool sure_warc(str s)
{
    size_t n;
    return version_line(s, &n) && field_line(str_cut(s, n, s.n));
}

line_kind line_begins(str s, line_kind only)
{
    size_t   n;
    arc_line fields;
    if (only != LINE_ARC && version_line(s, &n)) return LINE_WARC;
    if (only == LINE_WARC) return LINE_NONE;
    const char *end = memchr(s.p, '\n', s.n < LONGEST_LINE ? s.n : LONGEST_LINE);
    return end && arc_line_read(str_cut(s, 0, (size_t)(end - s.p)), true, &fields) ? LINE_ARC : LINE_NONE;
}

static size_t find_warc(str s)
{
    for (size_t at = 0; at < s.n;) {
        ptrdiff_t hit = str_find(str_cut(s, at, s.n), STR("WARC/"));
        if (hit < 0) break;
        at += (size_t)hit;
        if (sure_warc(str_cut(s, at, s.n))) return at;
        at++;
    }
    return s.n;
}

static size_t find_arc(str s)
{
    arc_line fields;
    for (str rest = s; rest.n;) {
        const char *end = memchr(rest.p, '\n', rest.n);
        if (!end) break;
        str line = str_cut(rest, 0, (size_t)(end - rest.p));
        if (line.n > LONGEST_LINE) line = str_cut(line, line.n - LONGEST_LINE, line.n);
        if (arc_line_read(line, false, &fields)) return (size_t)(fields.uri.p - s.p);
        rest = str_cut(rest, (size_t)(end - rest.p) + 1, rest.n);
    }
    return s.n;
}

size_t line_find(str s, line_kind only)
{
    size_t at = only == LINE_ARC ? s.n : find_warc(s);
    if (only == LINE_WARC) return at;
    size_t arc = find_arc(str_cut(s, 0, at));
    return arc < at ? arc : at;
}
