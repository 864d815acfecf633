// lines.h — lines that are no prose: headers, share words, notices; and datelines. They are read piece by piece, each
// piece a row of data/article/lines.tsv, and count only if nothing of the line is left over.
//
//   "By Ann Lee | 3 March 2021 | 2 min read"  ->  byline "Ann Lee" · published 2021-03-03 · 2 minutes
//   "By evening, 2 minutes were left."        ->  nothing: prose
//
// A pattern is made of words, each followed by ? if it may be missing, a|b for either, and of
//   {date} {time} {ago} {n} {names} {place} {day} (a date without year) {agency} {dash} {rest} (up to the end of the line)

#ifndef ARTICLE_LINES_H
#define ARTICLE_LINES_H

#include "article/dates.h"

enum {
    LINE_HEAD = 1, // where a row counts: in the first lines of a report,
    LINE_TAIL = 2, // in its last ones,
    LINE_ANY = 4,  // anywhere,
    LINE_PAGE = 8  // anywhere in an HTML page, where blocks of their own are rarely prose
};

typedef struct line_rules line_rules;

typedef struct {
    bool        whole;     // nothing was left over
    const char *role;      // of the piece that tells most: "byline", "date", "share", …
    const char *why;       // its row
    date_found  published; // .year is false: none
    date_found  modified;
    bool        labelled;        // the date has a word with it that says what it is
    str         names;           // of a byline
    int         reading_minutes; // or -1
} line_reading;

// What a line can be, the more telling the later; NULL at the end.
extern const char *const line_roles[];

const line_rules *lines_load(const data_set *d, const date_words *dates, fault *f);

// Reads a line (trimmed, without line end) by the rows for `where`.
line_reading lines_read(arena *a, const line_rules *r, str line, int where);

// Where the names that begin at s.p[i] end ("Ann Lee, Bob Roe and the rest" -> after "Roe"); 0: there are none.
size_t lines_names(str s, size_t i);

// The dateline a paragraph begins with: its length, or 0. *date: if it has one with a year.
size_t lines_dateline(arena *a, const line_rules *r, str paragraph, date_found *date, const char **why);

#endif
