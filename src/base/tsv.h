// tsv.h — rows of a tab-separated table: one line a row, `#` begins a comment line, the first
// comment line names the columns. `\t`, `\n`, `\\` in a field stand for tab, line end and backslash.
//
//   # id          words    kind      example
//   weekday-past  Monday   weekday   "closed on Monday" @2024-03-06 -> 2024-03-04

#ifndef BASE_TSV_H
#define BASE_TSV_H

#include "base/arena.h"

enum { TSV_FIELDS = 16 };

typedef struct {
    const char *file;  // for messages
    int         line;  // of the row last read, from 1
    str         rest;
    str         names[TSV_FIELDS]; // columns, as the first comment line has them
    size_t      n_names;
    str         field[TSV_FIELDS]; // of the row last read; missing ones are empty
    size_t      n;
    arena      *a;
} tsv;

tsv  tsv_open(arena *a, const char *file, str text); // fields live as long as `text` and `a`
bool tsv_next(tsv *t);                               // the next row; false at the end
int  tsv_column(const tsv *t, const char *name);     // its number, or -1
str  tsv_get(const tsv *t, const char *name);        // this row's field of that name, or empty

#endif
