#include "base/table.h"

#include "base/utf8.h"

#include <string.h>

static bool is_wide(uint32_t c)
{
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFD);
}

size_t text_width(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        n += (c >= 0x300 && c < 0x370) || (c >= 0x200B && c <= 0x200F) ? 0 : is_wide(c) ? 2 : 1;
    }
    return n;
}

// The next line of `rest` that fits `width` columns, cut at a blank where there is one; *rest goes on behind it.
static str cell_line(str *rest, size_t width)
{
    size_t at = 0, columns = 0, cut = 0, resume = 0;
    while (at < rest->n) {
        size_t before = at;
        char   c = rest->p[at];
        utf8_next(*rest, &at);
        columns += text_width(str_cut(*rest, before, at));
        if (c == ' ' || c == '\n') cut = before, resume = at;
        if (c == '\n' || columns > width) {
            if (!cut) cut = resume = c == '\n' ? at : before ? before : at; // a word longer than the line
            str line = str_cut(*rest, 0, cut);
            *rest = str_cut(*rest, resume, rest->n);
            return line;
        }
    }
    str line = *rest;
    *rest = (str){rest->p + rest->n, 0};
    return line;
}

static void put_blanks(buf *out, size_t n)
{
    while (n--) buf_char(out, ' ');
}

// Takes columns from the widest until all fit, none below `least`.
static void share_width(size_t *w, size_t n, size_t width)
{
    enum { LEAST = 6 };
    for (;;) {
        size_t total = 0, widest = 0;
        for (size_t i = 0; i < n; i++) {
            total += w[i] ? w[i] + 2 : 0;
            if (w[i] > w[widest]) widest = i;
        }
        if (total <= width + 2 || w[widest] <= LEAST) return;
        w[widest]--;
    }
}

static void print_row(buf *out, const table_row *r, const size_t *w, size_t n, bool color)
{
    str  rest[TABLE_COLUMNS];
    bool more = true;
    for (size_t i = 0; i < n; i++) rest[i] = r->cell[i].text;
    while (more) {
        size_t pending = 0; // blanks owed before the next word, so that no line ends in blanks
        more = false;
        for (size_t i = 0; i < n; i++) {
            if (!w[i]) continue;
            str line = rest[i].n ? cell_line(&rest[i], w[i]) : (str){"", 0};
            if (line.n) {
                put_blanks(out, pending);
                pending = 0;
                if (color && r->cell[i].color) buf_text(out, r->cell[i].color);
                buf_put(out, line);
                if (color && r->cell[i].color) buf_text(out, "\033[0m");
            }
            size_t used = text_width(line);
            pending += (used < w[i] ? w[i] - used : 0) + 2;
            more |= rest[i].n > 0;
        }
        buf_char(out, '\n');
    }
}

void table_print(buf *out, const table *t, int width, bool color)
{
    size_t    w[TABLE_COLUMNS] = {0};
    table_row head = {0};
    for (size_t i = 0; i < t->n_columns; i++) {
        for (size_t k = 0; k < t->rows.n; k++) {
            size_t columns = text_width(t->rows.v[k].cell[i].text);
            if (columns > w[i]) w[i] = columns;
        }
        head.cell[i] = (table_cell){str_of(t->head[i]), "\033[2m"};
        if (w[i] && text_width(head.cell[i].text) > w[i]) w[i] = text_width(head.cell[i].text);
    }
    share_width(w, t->n_columns, (size_t)width);
    print_row(out, &head, w, t->n_columns, color);
    for (size_t k = 0; k < t->rows.n; k++) print_row(out, &t->rows.v[k], w, t->n_columns, color);
}

void text_wrap(buf *out, str s, int at, int indent, int width)
{
    int room = width - at;
    for (str rest = s; rest.n;) {
        str line = cell_line(&rest, room < 20 ? 20 : (size_t)room);
        buf_put(out, line);
        buf_char(out, '\n');
        if (rest.n) put_blanks(out, (size_t)indent);
        room = width - indent;
    }
}
