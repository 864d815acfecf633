// Answers printed: aligned tables, JSON, rows of JSON, CSV, a page of HTML; tolls over time as charts.

#include "ledger/answer.h"

answer_part *answer_section(ledger_answer *out, str id, str title, const char *heads)
{
    answer_part *p = push(out->a, &out->parts);
    *p = (answer_part){.id = id, .title = title};
    for (str rest = str_of(heads); rest.p && p->n_columns < TABLE_COLUMNS;) p->head[p->n_columns++] = str_split(rest, '|', &rest);
    return p;
}

void answer_row(ledger_answer *out, const str *cells)
{
    answer_part  *p = &out->parts.v[out->parts.n - 1];
    answer_cells *row = push(out->a, &p->rows);
    for (size_t i = 0; i < p->n_columns; i++) row->cell[i] = cells[i];
}

bool answer_format_of(str name, answer_format *out)
{
    static const char *const names[] = {"text", "json", "jsonl", "csv", "html", "svg"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(name, names[i])) return *out = (answer_format)i, true;
    return false;
}

// Columns without a name hold what only a table shows.
static void row_as_json(buf *b, const answer_part *p, const answer_cells *row)
{
    js_open(b, '{');
    for (size_t i = 0; i < p->n_columns; i++) {
        js_key(b, arena_printf(b->a, "%.*s", (int)p->head[i].n, p->head[i].p).p);
        if (row->cell[i].n) js_str(b, row->cell[i]);
        else js_null(b);
    }
    js_close(b, '}');
}

static void parts_as_json(buf *b, const ledger_answer *what)
{
    js_open(b, '[');
    for (size_t k = 0; k < what->parts.n; k++) {
        const answer_part *p = &what->parts.v[k];
        js_open(b, '{');
        js_key(b, "id");
        if (p->id.n) js_str(b, p->id);
        else js_null(b);
        js_key(b, "title");
        js_str(b, p->title);
        js_key(b, "rows");
        js_open(b, '[');
        for (size_t i = 0; i < p->rows.n; i++) row_as_json(b, p, &p->rows.v[i]);
        js_close(b, ']');
        js_close(b, '}');
    }
    js_close(b, ']');
    buf_char(b, '\n');
}

static void parts_as_rows(buf *b, const ledger_answer *what)
{
    for (size_t k = 0; k < what->parts.n; k++) {
        const answer_part *p = &what->parts.v[k];
        for (size_t i = 0; i < p->rows.n; i++) {
            b->comma = false;
            js_open(b, '{');
            js_key(b, "of");
            if (p->id.n) js_str(b, p->id);
            else js_null(b);
            for (size_t c = 0; c < p->n_columns; c++) {
                js_key(b, arena_printf(b->a, "%.*s", (int)p->head[c].n, p->head[c].p).p);
                if (p->rows.v[i].cell[c].n) js_str(b, p->rows.v[i].cell[c]);
                else js_null(b);
            }
            js_close(b, '}');
            buf_char(b, '\n');
        }
    }
}

// RFC 4180: quoted where it holds a comma, a quote or a line end.
static void csv_cell(buf *b, str s)
{
    bool quoted = false;
    for (size_t i = 0; i < s.n; i++) quoted |= s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quoted) {
        buf_put(b, s);
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"') buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

static void parts_as_csv(buf *b, const ledger_answer *what)
{
    for (size_t k = 0; k < what->parts.n; k++) {
        const answer_part *p = &what->parts.v[k];
        bool               same = k > 0 && what->parts.v[k - 1].n_columns == p->n_columns;
        for (size_t c = 0; same && c < p->n_columns; c++) same = str_eq(p->head[c], what->parts.v[k - 1].head[c]);
        if (!same) {
            buf_text(b, k ? "\r\nof" : "of");
            for (size_t c = 0; c < p->n_columns; c++) buf_char(b, ','), csv_cell(b, p->head[c]);
            buf_text(b, "\r\n");
        }
        for (size_t i = 0; i < p->rows.n; i++) {
            csv_cell(b, p->id);
            for (size_t c = 0; c < p->n_columns; c++) buf_char(b, ','), csv_cell(b, p->rows.v[i].cell[c]);
            buf_text(b, "\r\n");
        }
    }
}

static void parts_as_html(buf *b, const ledger_answer *what)
{
    buf_text(
        b, "<!doctype html>\n<html lang=en><meta charset=utf-8><title>tidings</title>\n<style>body{font:16px/1.5 system-ui,sans-"
           "serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;margin:.5rem 0 2rem}"
           "td,th{text-align:left;padding:.2rem .8rem .2rem 0;vertical-align:top;border-top:1px solid #ccc}"
           "th{font-weight:600}h2{font-size:1.1rem}@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}"
           "td,th{border-color:#444}}</style>\n");
    for (size_t k = 0; k < what->parts.n; k++) {
        const answer_part *p = &what->parts.v[k];
        if (p->title.n) buf_text(b, "<h2>"), buf_html(b, p->title), buf_text(b, "</h2>\n");
        buf_text(b, "<table><tr>");
        for (size_t c = 0; c < p->n_columns; c++) buf_text(b, "<th>"), buf_html(b, p->head[c]);
        buf_char(b, '\n');
        for (size_t i = 0; i < p->rows.n; i++) {
            buf_text(b, "<tr>");
            for (size_t c = 0; c < p->n_columns; c++) buf_text(b, "<td>"), buf_html(b, p->rows.v[i].cell[c]);
            buf_char(b, '\n');
        }
        buf_text(b, "</table>\n");
    }
}

static void part_as_table(buf *b, const answer_part *p, int width, bool color)
{
    table t = {.n_columns = p->n_columns};
    for (size_t c = 0; c < p->n_columns; c++) t.head[c] = arena_printf(b->a, "%.*s", (int)p->head[c].n, p->head[c].p).p;
    for (size_t i = 0; i < p->rows.n; i++) {
        table_row *row = push(b->a, &t.rows);
        *row = (table_row){0};
        for (size_t c = 0; c < p->n_columns; c++) row->cell[c].text = p->rows.v[i].cell[c];
    }
    if (p->title.n) {
        if (color) buf_text(b, "\x1b[1m");
        text_wrap(b, p->title, 0, 2, width);
        if (color) buf_text(b, "\x1b[0m");
    }
    if (p->rows.n) table_print(b, &t, width, color);
    for (size_t i = 0; i < p->charts.n; i++) buf_char(b, '\n'), chart_text(b, &p->charts.v[i], width, color);
}

static void charts_as_svg(buf *b, const ledger_answer *what)
{
    struct {
        chart *v;
        size_t n, cap;
    } all = {0};
    for (size_t k = 0; k < what->parts.n; k++)
        for (size_t i = 0; i < what->parts.v[k].charts.n; i++) *push(b->a, &all) = what->parts.v[k].charts.v[i];
    chart_svg(b, all.v, all.n);
}

void answer_print(buf *b, const ledger_answer *what, answer_format format, int width, bool color)
{
    switch (format) {
    case ANSWER_JSON: parts_as_json(b, what); return;
    case ANSWER_JSONL: parts_as_rows(b, what); return;
    case ANSWER_CSV: parts_as_csv(b, what); return;
    case ANSWER_HTML: parts_as_html(b, what); return;
    case ANSWER_SVG: charts_as_svg(b, what); return;
    case ANSWER_TABLE:
        if (!what->parts.n || (what->parts.n == 1 && !what->parts.v[0].rows.n && !what->parts.v[0].title.n))
            buf_text(b, "nothing found\n");
        for (size_t k = 0; k < what->parts.n; k++) {
            if (k) buf_char(b, '\n');
            part_as_table(b, &what->parts.v[k], width, color);
        }
    }
}
