// answer.h — what a question to a ledger gives: sections of rows, and the forms they are printed in.
//
//   answer_section(&out, "Rafah, Gaza Strip · airstrikes · 24–25 May 2024", "effect|how many|says who");
//   answer_row(&out, 3, STR("killed"), STR("> 30"), STR("Palestinian medics"));
//   answer_print(&b, &out, ANSWER_TABLE, 100, true);

#ifndef LEDGER_ANSWER_H
#define LEDGER_ANSWER_H

#include "base/table.h"
#include "ledger/chart.h"

typedef enum { ANSWER_TABLE, ANSWER_JSON, ANSWER_JSONL, ANSWER_CSV, ANSWER_HTML, ANSWER_SVG } answer_format;

typedef struct {
    str cell[TABLE_COLUMNS];
} answer_cells;

typedef struct {
    str    id, title; // id: of the happening or report it is about, or empty
    size_t n_columns;
    str    head[TABLE_COLUMNS];
    struct {
        answer_cells *v;
        size_t        n, cap;
    } rows;
    struct {
        chart *v;
        size_t n, cap;
    } charts; // of tolls over time
} answer_part;

typedef struct {
    arena *a;
    struct {
        answer_part *v;
        size_t       n, cap;
    } parts;
} ledger_answer;

// A new part; `heads`: the columns' names, parted by '|'. They are also the keys of JSON.
answer_part *answer_section(ledger_answer *out, str id, str title, const char *heads);
// A row of the last part; as many cells as it has columns.
void answer_row(ledger_answer *out, const str *cells);

bool answer_format_of(str name, answer_format *out); // "text", "json", "jsonl", "csv", "html", "svg"
void answer_print(buf *b, const ledger_answer *what, answer_format format, int width, bool color);

#endif
