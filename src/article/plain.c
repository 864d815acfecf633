// plain.c — plain text -> header, paragraphs, dateline.
//
// Inside a paragraph the characters stay as they are; between paragraphs stands one empty line. Where a text has
// line ends within its paragraphs, they become spaces: that is decided by whether each line was as full as it could be.

#include "article/build.h"

#include <string.h>

enum {
    HEAD_LINES = 12,       // lines among which a header may be
    HEAD_AHEAD = 3,        // a line of text belongs to the header's region if a header line follows within so many
    DATELINE_WITHIN = 3,   // paragraphs one of which may begin with a dateline
    TAIL_LINES = 4,        // lines among which a notice may end the text
    TITLE_LONGEST = 150,   // bytes
    WRAP_WIDEST = 140,     // bytes: hard-wrapped lines are not longer
    WRAP_LOOKED_AT = 4000, // lines that decide whether a text is hard-wrapped
};

// The lines of a text that are not empty, one after the other.
typedef struct {
    str    rest;
    str    line;   // trimmed
    size_t width;  // before that
    bool   gap;    // an empty line, or the text's beginning, stands before it
    bool   indent; // it begins with white space
} line_walk;

static bool next_line(line_walk *w)
{
    w->gap = w->line.p == NULL;
    while (w->rest.p) {
        str raw = str_split(w->rest, '\n', &w->rest), line = str_trim(raw);
        if (line.n) {
            w->indent = raw.p[0] == ' ' || raw.p[0] == '\t';
            w->line = line;
            w->width = raw.n;
            return true;
        }
        w->gap = true;
    }
    return false;
}

static line_walk walk_lines(str text) { return (line_walk){.rest = text}; }

// --- hard-wrapped or a line a paragraph ---

static size_t first_word(str line)
{
    size_t n = 0;
    while (n < line.n && line.p[n] != ' ') n++;
    return n;
}

// The width lines were filled to; 0 if line ends part paragraphs.
static size_t wrap_width(str text)
{
    size_t    widest = 0, breaks = 0, full = 0, seen = 0;
    line_walk w = walk_lines(text);
    bool      gaps = false;
    while (seen++ < WRAP_LOOKED_AT && next_line(&w)) {
        if (w.line.n > widest) widest = w.line.n;
        gaps |= w.gap && seen > 1;
    }
    if (widest > WRAP_WIDEST) return 0;
    w = walk_lines(text);
    str before = {NULL, 0};
    for (seen = 0; seen++ < WRAP_LOOKED_AT && next_line(&w); before = w.line) {
        if (w.gap) continue;
        breaks++;
        full += before.n + 1 + first_word(w.line) > widest;
    }
    return breaks >= 3 && full * 100 >= breaks * (gaps ? 85 : 60) ? widest : 0;
}

static bool ends_sentence(str s)
{
    static const char *const marks[] = {
        ".", "!", "?", ":", ";", "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\xA6", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_ends(s, str_of(marks[i]))) return true;
    return false;
}

static bool starts_lower(str s) { return s.n && s.p[0] >= 'a' && s.p[0] <= 'z'; }

static bool ends_in_word(str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[s.n - 1] : 0;
    return (c | 32) >= 'a' ? (c | 32) <= 'z' || c >= 0x80 : c == ',';
}

// Whether `line`, which follows `before` without an empty line between, goes on with its paragraph.
static bool goes_on(str before, const line_walk *w, size_t width)
{
    if (!width) return ends_in_word(before) && !ends_sentence(before) && starts_lower(w->line);
    if (w->indent) return false;
    bool room = before.n + 1 + first_word(w->line) <= width;
    return !(room && ends_sentence(before));
}

// --- header ---

static bool is_header(const line_reading *l)
{
    return l->whole && l->role && strcmp(l->role, "separator") && strcmp(l->why, "bare-date");
}

typedef enum { NOTHING_FOLLOWS, DATE_FOLLOWS, HEADER_FOLLOWS } what_follows;

static what_follows header_ahead(arena *a, const text_rules *rules, line_walk w)
{
    what_follows what = NOTHING_FOLLOWS;
    for (int k = 0; k < HEAD_AHEAD && next_line(&w); k++) {
        line_reading l = lines_read(a, rules->lines, w.line, LINE_HEAD | LINE_ANY);
        if (is_header(&l)) return HEADER_FOLLOWS;
        if (l.published.year) what = DATE_FOLLOWS;
    }
    return what;
}

static bool like_title(arena *a, const text_rules *rules, str line)
{
    date_found  none;
    const char *why;
    if (line.n < 8 || line.n > TITLE_LONGEST || !memchr(line.p, ' ', line.n) || starts_lower(line)) return false;
    if (memchr(".:;,-_", line.p[line.n - 1], 6) || str_ends(line, STR("\xE2\x80\x94")) || str_ends(line, STR("\xE2\x80\x93")))
        return false;
    return !lines_dateline(a, rules->lines, line, &none, &why);
}

static void take_header(arena *a, const line_reading *l, article *out, bool *labelled)
{
    if (l->published.year && (out->published.day == DAY_NONE || (l->labelled && !*labelled))) {
        out->published = article_date_of(&l->published, "header");
        *labelled = l->labelled;
    }
    if (l->modified.year && out->modified.day == DAY_NONE) out->modified = article_date_of(&l->modified, "header");
    if (l->names.n && !out->n_byline) article_byline(a, l->names, out);
    if (l->reading_minutes > 0) out->reading_minutes = l->reading_minutes;
}

// The header lines are read and noted; *w comes to stand before the first line of plain text.
static void read_header(article_builder *b, const text_rules *rules, line_walk *w, article *out)
{
    bool labelled = false;
    for (int k = 0; k < HEAD_LINES; k++) {
        line_walk ahead = *w;
        if (!next_line(&ahead)) return;
        line_reading l = lines_read(b->a, rules->lines, ahead.line, LINE_HEAD | LINE_ANY);
        what_follows next = NOTHING_FOLLOWS;
        if (is_header(&l)) {
            article_add(b, ahead.line, l.role, l.why, false);
        } else if (l.whole && l.published.year) {
            article_add(b, ahead.line, "date", l.why, true); // a date alone may be the report's own line
        } else if ((next = header_ahead(b->a, rules, ahead))) {
            bool title = next == HEADER_FOLLOWS && !out->title.n && !b->text.n && like_title(b->a, rules, ahead.line);
            if (title) out->title = ahead.line;
            article_add(b, ahead.line, title ? "title" : "paragraph", title ? "above-header" : "text", !title);
        } else return;
        take_header(b->a, &l, out, &labelled);
        *w = ahead;
    }
}

// --- body ---

// The first of the lines at the end that are nothing but notices.
static const char *tail_start(arena *a, const text_rules *rules, str text)
{
    const char *tail = text.p + text.n;
    for (int k = 0; k < TAIL_LINES; k++) {
        str         left = str_trim((str){text.p, (size_t)(tail - text.p)});
        const char *nl = left.n ? memrchr(left.p, '\n', left.n) : NULL;
        if (!nl) return tail;
        str          line = str_trim((str){nl + 1, (size_t)(left.p + left.n - nl - 1)});
        line_reading l = lines_read(a, rules->lines, line, LINE_TAIL | LINE_ANY);
        if (!is_header(&l)) return tail;
        tail = line.p;
    }
    return tail;
}

// Ends the paragraph collected in `para`.
static void end_paragraph(article_builder *b, buf *para, str *whole)
{
    str text = para->n ? arena_str(b->a, buf_str(para)) : *whole;
    if (text.n) article_add(b, text, "paragraph", "text", true);
    para->n = 0;
    *whole = (str){NULL, 0};
}

static void read_body(article_builder *b, const text_rules *rules, str text)
{
    size_t    width = wrap_width(text);
    line_walk w = walk_lines(text);
    buf       para = {.a = b->a};
    str       whole = {NULL, 0}, before = {NULL, 0}; // a paragraph of one line is not copied
    while (!article_full(b) && next_line(&w)) {
        bool on = before.n && !w.gap && goes_on(before, &w, width);
        before = w.line;
        if (on) {
            if (!para.n) buf_put(&para, whole);
            if (!(width && str_ends(buf_str(&para), STR("-")))) buf_char(&para, ' ');
            buf_put(&para, w.line);
            continue;
        }
        end_paragraph(b, &para, &whole);
        line_reading l = lines_read(b->a, rules->lines, w.line, LINE_ANY);
        if (is_header(&l)) {
            article_add(b, w.line, l.role, l.why, false);
            before = (str){NULL, 0};
        } else whole = w.line;
    }
    end_paragraph(b, &para, &whole);
}

void article_dateline(arena *a, const text_rules *rules, article *out)
{
    for (size_t i = 0; i < out->n_paragraphs && i < DATELINE_WITHIN; i++) {
        date_found  date = {0};
        const char *why;
        span        at = out->paragraphs[i];
        size_t      n = lines_dateline(a, rules->lines, span_of(out->text, at), &date, &why);
        if (!n) continue;
        out->dateline = (span){at.start, at.start + (uint32_t)n};
        if (date.year && out->published.day == DAY_NONE) out->published = article_date_of(&date, "text");
        return;
    }
}

// The first line of the text is the title if it looks like one and the report goes on at more length.
static void find_title(arena *a, const text_rules *rules, article *out)
{
    if (out->title.n || out->n_paragraphs < 2) return;
    str first = span_of(out->text, out->paragraphs[0]), next = span_of(out->text, out->paragraphs[1]);
    for (size_t i = 2; i < out->n_paragraphs && i < 4; i++)
        if (next.n < first.n) next = span_of(out->text, out->paragraphs[i]);
    if (!like_title(a, rules, first) || next.n < first.n || !ends_sentence(next)) return;
    out->title = first;
    for (size_t i = 0; i < out->n_blocks; i++)
        if (out->blocks[i].at.end == out->paragraphs[0].end) {
            article_block *block = (article_block *)(uintptr_t)&out->blocks[i];
            block->role = "title", block->why = "first-line";
        }
}

bool plain_read(arena *a, str text, const text_rules *rules, article *out, fault *f)
{
    article_builder b = {.a = a, .text = {.a = a}};
    line_walk       w = walk_lines(text);
    read_header(&b, rules, &w, out);
    str         rest = w.rest.p ? w.rest : STR("");
    const char *tail = tail_start(a, rules, rest);
    read_body(&b, rules, (str){rest.p, (size_t)(tail - rest.p)});
    for (line_walk t = walk_lines((str){tail, (size_t)(rest.p + rest.n - tail)}); next_line(&t);) {
        line_reading l = lines_read(a, rules->lines, t.line, LINE_TAIL | LINE_ANY);
        article_add(&b, t.line, l.role, l.why, false);
    }
    if (article_full(&b)) return article_too_long(f);
    article_built(&b, out);
    article_dateline(a, rules, out);
    find_title(a, rules, out);
    return true;
}
