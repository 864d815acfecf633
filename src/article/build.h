// build.h — an article while it is put together: its text grows by paragraphs, every block of the page is noted.

#ifndef ARTICLE_BUILD_H
#define ARTICLE_BUILD_H

#include "article/lines.h"
#include "base/buf.h"

enum { ARTICLE_BLOCKS_MOST = 500000 }; // no page has more blocks: it is refused

typedef struct {
    arena *a;
    buf    text;
    struct {
        span  *v;
        size_t n, cap;
    } paragraphs;
    struct {
        article_block *v;
        size_t         n, cap;
    } blocks;
} article_builder;

// Whether the most blocks are reached: the page is to be refused.
static inline bool article_full(const article_builder *b) { return b->blocks.n >= ARTICLE_BLOCKS_MOST; }
// Notes a block; if `in_text`, it becomes the next paragraph of the text.
void article_add(article_builder *b, str text, const char *role, const char *why, bool in_text);
// Sets text, paragraphs and blocks of `out`.
void article_built(const article_builder *b, article *out);

article_date article_date_of(const date_found *d, const char *from);
// Splits "By Ann Lee, Bob Roe and Carl Poe" into people, and adds those that are not there yet.
void article_byline(arena *a, str names, article *out);

typedef struct {
    date_words        dates;
    const line_rules *lines;
} text_rules;

bool plain_read(arena *a, str text, const text_rules *rules, article *out, fault *f);
// Finds the dateline one of the first paragraphs begins with; its date, if it has a year, where no other is known.
void article_dateline(arena *a, const text_rules *rules, article *out);
int32_t article_latest(const article_hints *hints); // day behind which no date of the page can lie, or DAY_NONE
bool article_too_long(fault *f); // says so; false

#endif
