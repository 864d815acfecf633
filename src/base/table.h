// table.h — aligned columns of words for a terminal: cells wrap, columns share the width.

#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/buf.h"

enum { TABLE_COLUMNS = 8 };

typedef struct {
    str         text;
    const char *color; // an ANSI sequence, or NULL
} table_cell;

typedef struct {
    table_cell cell[TABLE_COLUMNS];
} table_row;

typedef struct {
    size_t      n_columns;
    const char *head[TABLE_COLUMNS];
    struct {
        table_row *v;
        size_t     n, cap;
    } rows;
} table;

size_t text_width(str s); // columns on a terminal: code points, combining marks aside, wide ones twice

// Prints the table within `width` columns, two blanks between columns; columns without any text are left out.
void table_print(buf *out, const table *t, int width, bool color);

// Prints words wrapped at blanks: every line begins with `indent` blanks and ends before `width`; the first line
// begins at column `at`.
void text_wrap(buf *out, str s, int at, int indent, int width);

#endif
