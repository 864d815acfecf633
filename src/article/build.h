// build.h — an article while it is put together: its text grows by paragraphs, every block of the page is noted.

#ifndef ARTICLE_BUILD_H
#define ARTICLE_BUILD_H

#include "article/lines.h"
#include "base/buf.h"

enum { ARTICLE_BLOCKS_MOST = 500000 }; // no report has more paragraphs; what comes after stays out

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

// Notes a block; if `in_text`, it becomes the next paragraph of the text.
void article_add(article_builder *b, str text, const char *role, const char *why, bool in_text);
// Sets text, paragraphs and blocks of `out`.
void article_built(const article_builder *b, article *out);

article_date article_date_of(const date_found *d, const char *from);
// Splits "Ann Lee, Bob Roe and the Daily Post" into people.
void article_byline(arena *a, str names, article *out);

typedef struct {
    date_words        dates;
    const line_rules *lines;
} text_rules;

void plain_read(arena *a, str text, const text_rules *rules, article *out);

#endif
