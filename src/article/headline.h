// headline.h — the report's title without the site's name, and the site.
//
//   <title>Bridge closed - The Daily Post</title> <h1>Bridge closed</h1>  ->  "Bridge closed", "The Daily Post"

#ifndef ARTICLE_HEADLINE_H
#define ARTICLE_HEADLINE_H

#include "article/blocks.h"
#include "article/facts.h"

// `url`: of the page, or empty. Sets title and site; *at: the block that is the title, or SIZE_MAX.
void headline_find(arena *a, const page_tree *t, const page_blocks *b, const page_facts *f, str url, str *title, str *site,
                   size_t *at, const char **why);

str headline_host(str url); // "https://www.daily-post.co.uk/x" -> "daily-post.co.uk"
// Whether a part of a title or byline names the site: it is the site's name, or its letters are the address's.
bool headline_names_site(arena *a, str part, str site, str host);

#endif
