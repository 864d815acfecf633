// article.h — what of a page is the report: title, site, byline, date, paragraphs; the rest is furniture.
//
//   "date 2024-05-25 Reading Time: 2 minutes\nPolice said …"  ->  date, 2 minutes | one paragraph

#ifndef ARTICLE_ARTICLE_H
#define ARTICLE_ARTICLE_H

#include "base/arena.h"
#include "base/day.h"

#include "base/fault.h"
#include "lex/data.h"

#include <stdio.h>

typedef struct {
    int32_t     day;    // DAY_NONE: not known
    int16_t     minute; // of the day, or -1
    str         zone;   // "Z", "+02:00", or empty
    const char *from;   // "json-ld", "meta", "time", "url", "text", "header", "given"; NULL if not known
} article_date;

typedef struct {
    str         text;
    const char *role; // "title", "byline", "date", "paragraph", "heading", "list", "furniture", …
    const char *why;  // the rule that said so
    span        at;   // in article.text if it is part of it, else empty
} article_block;

// A date the page has, whichever was taken.
typedef struct {
    article_date date;
    const char  *what;   // "published", "modified", "date"
    const char  *why;    // the name or rule it stood under
    int          weight; // the greatest is taken, unless others speak against it
} article_candidate;

typedef struct {
    str                      url, site, title, language;
    str                     *byline;
    size_t                   n_byline;
    article_date             published, modified;
    int                      reading_minutes; // as the page states it, or -1
    span                     dateline;        // words of "JAKARTA, Indonesia (AP) —", in text; empty if none
    str                      text;            // UTF-8, paragraphs parted by one empty line
    span                    *paragraphs;      // bytes of text
    size_t                   n_paragraphs;
    const article_block     *blocks; // everything the page had, in order
    size_t                   n_blocks;
    float                    confidence; // expected word F1 of the text, 0 to 1; of HTML pages, else 0
    const article_candidate *candidates; // dates; of HTML pages
    size_t                   n_candidates;
} article;

typedef struct {
    str     url;        // empty if not known
    str     title;      // given by the caller; empty: read it
    int32_t published;  // given by the caller: it wins; else DAY_NONE
    bool    html, text; // what the bytes are; neither: look at them
} article_hints;

typedef struct article_rules article_rules;

const article_rules *article_rules_load(const data_set *d, fault *f); // NULL with a line in f

// Reads one page (HTML or plain text, any encoding). False with one line in f where the bytes are no text
// (binary, empty, over a limit). What libraries hold is released through arena_defer.
bool article_read(arena *a, str bytes, const article_hints *hints, const article_rules *rules, article *out, fault *f);
void article_dump(FILE *out, const article *art); // fields, then a line a block: role | why | first words

#endif
