#include "article/print.h"

#include "base/sha256.h"
#include "base/utf8.h"

#include <string.h>

enum { INDENT_MOST = 8 }; // lists in lists that are shown as such

static bool block_is(const article_block *b, const char *role) { return !strcmp(b->role, role); }

static bool in_text(const article_block *b) { return b->at.end > b->at.start; }

// Plain text may hold its title as its first line.
static bool has_title_line(const article *art) { return art->title.n && str_starts(art->text, art->title); }

// A block to be printed below the title.
static bool below_title(const article_block *b) { return in_text(b) && !block_is(b, "title"); }

static str block_text(const article *art, const article_block *b) { return span_of(art->text, b->at); }

// "2024-05-25 10:30 Z"
static void put_moment(buf *b, const article_date *d, char between)
{
    char day[16];
    day_iso(d->day, day);
    buf_text(b, day);
    if (d->minute < 0) return;
    buf_printf(b, "%c%02d:%02d", between, d->minute / 60 % 24, d->minute % 60);
    if (!d->zone.n) return;
    if (between == ' ') buf_char(b, ' ');
    buf_put(b, d->zone);
}

static void put_people(buf *b, const article *art)
{
    for (size_t i = 0; i < art->n_byline; i++) {
        if (i) buf_text(b, i + 1 < art->n_byline ? ", " : " and ");
        buf_put(b, art->byline[i]);
    }
}

// "By Ann Lee and Bob Roe | 2024-05-25 10:30 Z | The Daily Post"; nothing where none of it is known. Without the site the
// line is one that is read again as what it is.
static bool put_header(buf *b, const article *art, bool site)
{
    size_t from = b->n;
    if (art->n_byline) {
        buf_text(b, "By ");
        put_people(b, art);
    }
    if (art->published.day != DAY_NONE) {
        if (b->n > from) buf_text(b, " | ");
        put_moment(b, &art->published, ' ');
    }
    if (site && art->site.n) {
        if (b->n > from) buf_text(b, " | ");
        buf_put(b, art->site);
    }
    return b->n > from;
}

void article_text(buf *out, const article *art)
{
    bool title = art->title.n && !has_title_line(art);
    if (title) {
        buf_put(out, art->title);
        buf_char(out, '\n');
    }
    bool header = put_header(out, art, false);
    if (header) buf_char(out, '\n');
    if (title || header) buf_char(out, '\n');
    buf_put(out, art->text);
    buf_char(out, '\n');
}

// --- Markdown ---

// With a backslash before what would be markup; `first`: at the beginning of a line.
static void put_escaped(buf *b, str s, bool first)
{
    size_t digits = 0;
    while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9') digits++;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool mark = strchr("\\`*_[]<|", c) != NULL && c;
        if (first && i == 0) mark |= c == '#' || c == '>' || c == '-' || c == '+' || c == '=' || c == '~';
        if (first && i == digits && digits && digits < 10) mark |= c == '.' || c == ')';
        if (mark) buf_char(b, '\\');
        buf_char(b, c == '\n' ? ' ' : c);
    }
}

static void put_indent(buf *b, unsigned level)
{
    for (unsigned k = 1; k < level && k < INDENT_MOST; k++) buf_text(b, "    ");
}

static bool same_group(const article_block *x, const article_block *y)
{
    return x && y && x->group && x->group == y->group && !strcmp(x->role, y->role);
}

static bool same_part(const article_block *x, const article_block *y)
{
    return same_group(x, y) && x->part && x->part == y->part;
}

// The rule below the first row of a table.
static void put_table_rule(buf *b, unsigned cells)
{
    buf_text(b, "\n|");
    for (unsigned k = 0; k < cells; k++) buf_text(b, " --- |");
}

typedef struct {
    const article_block *before; // block of the text that was printed last
    unsigned             cells, rows, items;
} print_state;

static void put_cell(buf *b, const article *art, const article_block *block, print_state *s)
{
    if (!same_group(s->before, block)) s->rows = s->cells = 0;
    if (!same_part(s->before, block)) {
        if (s->rows == 1) put_table_rule(b, s->cells);
        buf_text(b, s->rows ? "\n|" : "|");
        s->rows++, s->cells = 0;
    }
    s->cells++;
    buf_char(b, ' ');
    put_escaped(b, block_text(art, block), false);
    buf_text(b, " |");
}

static void put_item(buf *b, const article *art, const article_block *block, print_state *s)
{
    bool more = same_part(s->before, block); // another paragraph of the item
    if (!same_group(s->before, block)) s->items = 0;
    put_indent(b, more ? block->level + 1u : block->level);
    if (!more && block->numbered) buf_printf(b, "%u. ", ++s->items);
    else if (!more) buf_text(b, "- ");
    put_escaped(b, block_text(art, block), true);
}

// What stands between two blocks: items and rows follow each other, all else is parted by an empty line.
static void put_gap(buf *b, const article_block *block, const print_state *s)
{
    const article_block *before = s->before;
    if (!before) return;
    if (same_group(before, block) && block_is(block, "table")) return;
    if (same_group(before, block) && block_is(block, "quote")) buf_text(b, "\n>\n");
    else if (same_group(before, block) && !same_part(before, block)) buf_char(b, '\n');
    else {
        if (block_is(before, "table") && s->rows == 1) put_table_rule(b, s->cells);
        buf_text(b, "\n\n");
    }
}

static void put_markdown_block(buf *b, const article *art, const article_block *block, print_state *s)
{
    put_gap(b, block, s);
    if (block_is(block, "table")) put_cell(b, art, block, s);
    else if (block_is(block, "list")) put_item(b, art, block, s);
    else if (block_is(block, "heading")) {
        for (unsigned k = 0; k < (block->level > 2 ? block->level : 2u); k++) buf_char(b, '#');
        buf_char(b, ' ');
        put_escaped(b, block_text(art, block), false);
    } else {
        if (block_is(block, "quote")) buf_text(b, "> ");
        put_escaped(b, block_text(art, block), true);
    }
    s->before = block;
}

void article_markdown(buf *out, const article *art)
{
    buf         head = {.a = out->a};
    print_state s = {0};
    if (art->title.n) {
        buf_text(out, "# ");
        put_escaped(out, art->title, false);
        buf_text(out, "\n\n");
    }
    if (put_header(&head, art, true)) {
        buf_char(out, '*');
        put_escaped(out, buf_str(&head), true);
        buf_text(out, "*\n\n");
    }
    for (size_t i = 0; i < art->n_blocks; i++)
        if (below_title(&art->blocks[i])) put_markdown_block(out, art, &art->blocks[i], &s);
    if (s.before && block_is(s.before, "table") && s.rows == 1) put_table_rule(out, s.cells);
    buf_char(out, '\n');
}

// --- HTML ---

static void put_html(buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) switch (s.p[i]) {
        case '&': buf_text(b, "&amp;"); break;
        case '<': buf_text(b, "&lt;"); break;
        case '>': buf_text(b, "&gt;"); break;
        case '"': buf_text(b, "&quot;"); break;
        default: buf_char(b, s.p[i]);
        }
}

static void put_meta(buf *b, const char *kind, const char *name, str value)
{
    if (!value.n) return;
    buf_printf(b, "<meta %s=\"%s\" content=\"", kind, name);
    put_html(b, value);
    buf_text(b, "\">\n");
}

static void put_meta_date(buf *b, const char *name, const article_date *d)
{
    buf value = {.a = b->a};
    if (d->day == DAY_NONE) return;
    put_moment(&value, d, 'T');
    put_meta(b, "property", name, buf_str(&value));
}

static void put_html_head(buf *b, const article *art)
{
    buf_text(b, "<!doctype html>\n<html lang=\"");
    put_html(b, art->language);
    buf_text(b, "\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    put_html(b, art->title);
    buf_text(b, "</title>\n");
    put_meta(b, "property", "og:title", art->title);
    put_meta(b, "property", "og:site_name", art->site);
    put_meta(b, "property", "article:section", art->section);
    for (size_t i = 0; i < art->n_byline; i++) put_meta(b, "name", "author", art->byline[i]);
    put_meta_date(b, "article:published_time", &art->published);
    put_meta_date(b, "article:modified_time", &art->modified);
    if (art->canonical.n || art->url.n) {
        buf_text(b, "<link rel=\"canonical\" href=\"");
        put_html(b, art->canonical.n ? art->canonical : art->url);
        buf_text(b, "\">\n");
    }
    buf_text(b, "</head>\n<body>\n<article>\n");
}

// Elements open around the blocks of a list, table or quotation.
typedef struct {
    const article_block *before;
    unsigned             lists;
    bool                 numbered[INDENT_MOST];
} html_state;

static void close_lists(buf *b, html_state *s, unsigned to)
{
    while (s->lists > to) buf_text(b, s->numbered[--s->lists] ? "</li></ol>\n" : "</li></ul>\n");
}

static void end_group(buf *b, html_state *s)
{
    const article_block *before = s->before;
    close_lists(b, s, 0);
    if (before && block_is(before, "table")) buf_text(b, "</tr></table>\n");
    if (before && block_is(before, "quote")) buf_text(b, "</blockquote>\n");
}

static void put_html_item(buf *b, const article *art, const article_block *block, html_state *s)
{
    unsigned level = block->level < INDENT_MOST ? block->level : INDENT_MOST;
    if (same_part(s->before, block)) buf_text(b, "<br>");
    else {
        close_lists(b, s, level);
        if (s->lists == level) buf_text(b, "</li>\n<li>");
        while (s->lists < level) {
            s->numbered[s->lists++] = block->numbered;
            buf_text(b, block->numbered ? "<ol><li>" : "<ul><li>");
        }
    }
    put_html(b, block_text(art, block));
}

static void put_html_cell(buf *b, const article *art, const article_block *block, const html_state *s)
{
    if (!same_group(s->before, block)) buf_text(b, "<table><tr>");
    else if (!same_part(s->before, block)) buf_text(b, "</tr>\n<tr>");
    buf_text(b, block->head ? "<th>" : "<td>");
    put_html(b, block_text(art, block));
    buf_text(b, block->head ? "</th>" : "</td>");
}

static void put_html_block(buf *b, const article *art, const article_block *block, html_state *s)
{
    bool     same = same_group(s->before, block);
    unsigned level = block->level > 2 ? block->level : 2;
    if (!same) end_group(b, s);
    if (block_is(block, "list")) put_html_item(b, art, block, s);
    else if (block_is(block, "table")) put_html_cell(b, art, block, s);
    else {
        bool heading = block_is(block, "heading");
        if (block_is(block, "quote") && !same) buf_text(b, "<blockquote>\n");
        if (heading) buf_printf(b, "<h%u>", level);
        else buf_text(b, "<p>");
        put_html(b, block_text(art, block));
        if (heading) buf_printf(b, "</h%u>\n", level);
        else buf_text(b, "</p>\n");
    }
    s->before = block;
}

static void put_html_byline(buf *b, const article *art)
{
    if (!art->n_byline && art->published.day == DAY_NONE) return;
    buf moment = {.a = b->a};
    buf_text(b, "<p class=\"byline\">");
    if (art->n_byline) {
        buf people = {.a = b->a};
        put_people(&people, art);
        buf_text(b, "By ");
        put_html(b, buf_str(&people));
    }
    if (art->published.day != DAY_NONE) {
        put_moment(&moment, &art->published, 'T');
        buf_text(b, art->n_byline ? " | <time datetime=\"" : "<time datetime=\"");
        put_html(b, buf_str(&moment));
        buf_text(b, "\">");
        moment.n = 0;
        put_moment(&moment, &art->published, ' ');
        put_html(b, buf_str(&moment));
        buf_text(b, "</time>");
    }
    buf_text(b, "</p>\n");
}

void article_html(buf *out, const article *art)
{
    html_state s = {0};
    put_html_head(out, art);
    if (art->title.n) {
        buf_text(out, "<h1>");
        put_html(out, art->title);
        buf_text(out, "</h1>\n");
    }
    put_html_byline(out, art);
    for (size_t i = 0; i < art->n_blocks; i++)
        if (below_title(&art->blocks[i])) put_html_block(out, art, &art->blocks[i], &s);
    end_group(out, &s);
    buf_text(out, "</article>\n</body>\n</html>\n");
}

// --- JSON ---

static void put_field(buf *b, const char *key, str s)
{
    js_key(b, key);
    if (s.n) js_str(b, s);
    else js_null(b);
}

static void put_count(buf *b, const char *key, int64_t v)
{
    js_key(b, key);
    js_int(b, v);
}

static void put_date_value(buf *b, const article_date *d)
{
    char day[16], clock[16];
    if (d->day == DAY_NONE) {
        js_null(b);
        return;
    }
    day_iso(d->day, day);
    snprintf(clock, sizeof clock, "%02u:%02u", (unsigned)d->minute / 60 % 24, (unsigned)d->minute % 60);
    js_open(b, '{');
    put_field(b, "date", str_of(day));
    put_field(b, "time", str_of(d->minute < 0 ? "" : clock));
    put_field(b, "zone", d->zone);
    put_field(b, "from", str_of(d->from));
    js_close(b, '}');
}

static void put_date(buf *b, const char *key, const article_date *d)
{
    js_key(b, key);
    put_date_value(b, d);
}

// 32 hex digits of SHA-256 over the address, a line end and the text.
static void article_id(const article *art, char out[33])
{
    sha256 s;
    char   hex[65];
    sha256_init(&s);
    sha256_add(&s, art->url.p, art->url.n);
    sha256_add(&s, "\n", 1);
    sha256_add(&s, art->text.p, art->text.n);
    sha256_hex(&s, hex);
    memcpy(out, hex, 32);
    out[32] = 0;
}

// Runs of what is not white space and holds a letter or digit.
static int64_t article_words(str text)
{
    int64_t words = 0;
    bool    in_word = false;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c <= ' ') in_word = false;
        else if (!in_word && (c >= 0x80 || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z')))
            in_word = true, words++;
    }
    return words;
}

void article_json_head(buf *out, const article *art)
{
    char id[33];
    article_id(art, id);
    put_field(out, "id", str_of(id));
    put_field(out, "url", art->url);
    put_field(out, "canonical", art->canonical);
    put_field(out, "site", art->site);
    put_field(out, "section", art->section);
    put_field(out, "title", art->title);
    js_key(out, "byline");
    js_open(out, '[');
    for (size_t i = 0; i < art->n_byline; i++) js_str(out, art->byline[i]);
    js_close(out, ']');
    put_field(out, "language", art->language);
    put_date(out, "published", &art->published);
    put_date(out, "modified", &art->modified);
}

void article_json_tail(buf *out, const article *art)
{
    put_count(out, "words", article_words(art->text));
    js_key(out, "reading_minutes");
    if (art->reading_minutes >= 0) js_int(out, art->reading_minutes);
    else js_null(out);
    js_key(out, "confidence");
    if (art->confidence > 0) js_real(out, (double)art->confidence, 3);
    else js_null(out);
    js_key(out, "text");
    js_str(out, art->text);
}

// Places in code points, for spans that come in order.
typedef struct {
    str    text;
    size_t byte, point;
} point_walk;

static int64_t point_at(point_walk *w, size_t byte)
{
    w->point += utf8_count(str_cut(w->text, w->byte, byte));
    w->byte = byte;
    return (int64_t)w->point;
}

static void put_block(buf *b, const article_block *block, point_walk *w)
{
    js_open(b, '{');
    js_key(b, "at");
    js_open(b, '[');
    js_int(b, point_at(w, block->at.start));
    js_int(b, point_at(w, block->at.end));
    js_close(b, ']');
    put_field(b, "role", str_of(block->role));
    put_field(b, "why", str_of(block->why));
    if (block->level) put_count(b, "level", block->level);
    if (block->group) put_count(b, "group", block->group);
    if (block->part) put_count(b, "part", block->part);
    if (block->numbered || block->head) {
        js_key(b, block->numbered ? "numbered" : "head");
        js_bool(b, true);
    }
    js_close(b, '}');
}

static void put_candidates(buf *b, const article *art)
{
    js_open(b, '[');
    for (size_t i = 0; i < art->n_facts; i++) {
        const article_fact *c = &art->facts[i];
        js_open(b, '{');
        put_field(b, "what", str_of(c->what));
        put_field(b, "text", c->text);
        put_field(b, "why", str_of(c->why));
        put_count(b, "weight", c->weight);
        js_close(b, '}');
    }
    for (size_t i = 0; i < art->n_candidates; i++) {
        const article_candidate *c = &art->candidates[i];
        js_open(b, '{');
        put_field(b, "what", str_of(c->what));
        put_date(b, "date", &c->date);
        put_field(b, "why", str_of(c->why));
        put_count(b, "weight", c->weight);
        js_close(b, '}');
    }
    js_close(b, ']');
}

void article_json(buf *out, const article *art)
{
    point_walk w = {.text = art->text};
    js_open(out, '{');
    put_count(out, "tidings", 1);
    js_key(out, "report");
    js_open(out, '{');
    article_json_head(out, art);
    article_json_tail(out, art);
    js_close(out, '}');
    js_key(out, "blocks");
    js_open(out, '[');
    for (size_t i = 0; i < art->n_blocks; i++)
        if (in_text(&art->blocks[i])) put_block(out, &art->blocks[i], &w);
    js_close(out, ']');
    js_key(out, "candidates");
    put_candidates(out, art);
    js_close(out, '}');
    buf_char(out, '\n');
}
