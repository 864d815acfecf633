// when.h — of all dates a page shows, the one the report was published on, and the one it was last changed on.
//
//   json-ld 2021-05-04T01:10Z, address /2021/05/03/   ->  2021-05-03: the same moment, as the site's readers saw it

#ifndef ARTICLE_WHEN_H
#define ARTICLE_WHEN_H

#include "article/facts.h"
#include "article/features.h"

typedef struct {
    const page_tree   *t;
    const page_blocks *b;
    const uint32_t    *inside; // of feature_page
    const text_rules  *text;
    str                html, url;
    size_t             title_at; // block, or SIZE_MAX
    int32_t            latest;   // day behind which no date can lie, or DAY_NONE
} when_page;

// Adds the dates that are seen on the page to those it states, and takes byline and reading time of the lines it reads.
void when_look(arena *a, const when_page *p, page_facts *f, article *out);
// Sets published and modified.
void when_choose(arena *a, const when_page *p, page_facts *f, article *out);

#endif
