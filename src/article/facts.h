// facts.h — what a page says of itself: <title>, <meta>, JSON-LD, itemprop, <time>, its address.
//
//   <meta property="article:published_time" content="2021-05-03T10:30:00Z">  ->  published 2021-05-03 10:30 Z, weight 95

#ifndef ARTICLE_FACTS_H
#define ARTICLE_FACTS_H

#include "article/build.h"
#include "article/classes.h"

typedef enum {
    FACT_TITLE,
    FACT_SITE,
    FACT_AUTHOR,
    FACT_PUBLISHED,
    FACT_DATE,
    FACT_MODIFIED,
    FACT_URL,
    FACT_LANGUAGE,
    FACT_SECTION,
    FACT_COUNT
} fact_field;

typedef struct {
    date_found  d;
    fact_field  field;  // FACT_PUBLISHED, FACT_DATE, FACT_MODIFIED
    int         weight; // the greatest is taken
    const char *from;   // as in article_date
    const char *why;    // the name it stood under
} date_candidate;

typedef struct {
    str         v[FACT_COUNT]; // of the greatest weight
    int         weight[FACT_COUNT];
    const char *why[FACT_COUNT];
    str         title_tag; // <title>
    str         ld_body;   // articleBody
    struct {
        str   *v;
        size_t n, cap;
    } authors; // of the source of the greatest weight
    struct {
        date_candidate *v;
        size_t          n, cap;
    } dates;
    struct {
        uint32_t *v;
        size_t    n, cap;
    } times; // nodes of <time>
    struct {
        article_fact *v;
        size_t        n, cap;
    } said; // of the other fields, whichever was taken
} page_facts;

typedef struct {
    map names; // "og:title" -> row
    struct {
        const char *name;
        fact_field  field;
        int         weight;
    } * rows;
    size_t n, cap;
} fact_rules;

bool       facts_load(fact_rules *r, const data_set *d, fault *f);
page_facts facts_read(arena *a, const page_tree *t, str url, const fact_rules *r, const date_words *dates);
void       facts_add_date(arena *a, page_facts *f, const date_found *d, fact_field field, int weight, const char *from,
                          const char *why);
void       facts_note(arena *a, page_facts *f, fact_field field, str text, const char *why, int weight);
str        facts_text(arena *a, const page_tree *t, uint32_t node, size_t most); // an element's text, white space collapsed

#endif
