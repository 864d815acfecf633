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
    const char *role;     // "title", "byline", "date", "paragraph", "heading", "list", "furniture", …
    const char *why;      // the rule that said so
    span        at;       // in article.text if it is part of it, else empty
    uint8_t     level;    // of a heading 1 to 6; of a list item how many lists it stands in
    bool        numbered; // the item's list is
    bool        head;     // the cell is a heading of its row or column
    uint32_t group, part; // which list, table or quotation, and which item or row of it: the same number, the same thing; else 0
} article_block;

// A date the page has, whichever was taken.
typedef struct {
    article_date date;
    const char  *what;   // "published", "modified", "date"
    const char  *why;    // the name or rule it stood under
    int          weight; // the greatest is taken, unless others speak against it
} article_candidate;

// What the page says of itself in one place: its title, site, section, an author …
typedef struct {
    const char *what; // "title", "site", "author", "section", "url", "language"
    str         text;
    const char *why; // the name it stood under
    int         weight;
} article_fact;

typedef struct {
    str                      url, site, title, language;
    str                      canonical, section; // the address the page gives as its own; "World"
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
    const article_fact      *facts; // the same of the other fields
    size_t                   n_facts;
} article;

typedef struct {
    str     url;       // empty if not known
    str     title;     // given by the caller; empty: read it
    int32_t published; // given by the caller: it wins; else DAY_NONE
    int16_t minute;    // of that day, if `clock`
    bool    clock;
    str     zone;                                     // of that time
    str     byline, site, language, section, charset; // the same; charset: as the server named it
    int32_t fetched;                                  // when the page was: no date of it is later; 0: not known
    bool    html, text;                               // what the bytes are; neither: look at them
    bool    fragment;                                 // HTML of the report alone: no block is weighed
} article_hints;

typedef struct article_rules article_rules;

const article_rules *article_rules_load(const data_set *d, fault *f); // NULL with a line in f

// Reads one page (HTML or plain text, any encoding). False with one line in f where the bytes are no text
// (binary, empty, over a limit). What libraries hold is released through arena_defer.
bool article_read(arena *a, str bytes, const article_hints *hints, const article_rules *rules, article *out, fault *f);
// All of s is one date that can be read in one way only: sets published, minute, clock and zone; else false.
bool article_given_date(arena *a, const article_rules *rules, str s, article_hints *out);
void article_dump(FILE *out, const article *art); // fields, then a line a block: role | why | first words

#endif
