// markup.h — an HTML page -> article.

#ifndef ARTICLE_MARKUP_H
#define ARTICLE_MARKUP_H

#include "article/body.h"
#include "article/facts.h"

typedef struct {
    const text_rules *text;
    class_words       classes;
    fact_rules        facts;
    body_rules        body;
} markup_rules;

// A page taken apart, before its blocks are judged.
typedef struct {
    page_tree    tree;
    page_blocks  blocks;
    page_facts   facts;
    str          title, site;
    const char  *title_why;
    size_t       title_at; // block, or SIZE_MAX
    feature_page seen;
} markup_page;

bool markup_load(markup_rules *r, const text_rules *text, const data_set *d, fault *f);
// NULL: it has more elements or blocks than any report.
markup_page *markup_prepare(arena *a, str html, str url, const markup_rules *r);
bool         markup_read(arena *a, str html, const article_hints *hints, const markup_rules *r, article *out, fault *f);

#endif
