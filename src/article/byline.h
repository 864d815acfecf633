// byline.h — who wrote the report: as the page states it, or else as a line by its title says.
//
//   <span class="byline">By <a rel="author">Ann Lee</a></span>  ->  "Ann Lee"

#ifndef ARTICLE_BYLINE_H
#define ARTICLE_BYLINE_H

#include "article/headline.h"

// `furniture`: words no name has (of data/article/words.tsv).
void byline_find(arena *a, const page_tree *t, const page_blocks *b, const page_facts *f, size_t title_at, const map *furniture,
                 article *out);

#endif
