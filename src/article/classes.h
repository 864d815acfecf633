// classes.h — what the words of class and id attributes say of an element.
//
//   class="relatedPosts col-3"  ->  CLASS_RELATED

#ifndef ARTICLE_CLASSES_H
#define ARTICLE_CLASSES_H

#include "base/map.h"
#include "lex/data.h"
#include "page/html.h"

// The kinds of data/article/classes.tsv; a set of them is a bit mask.
#define ARTICLE_CLASSES(D)                                                                                                       \
    D(CONTENT, "content")                                                                                                        \
    D(TITLE, "title") D(BYLINE, "byline") D(DATE, "date") D(META, "meta") D(SHARE, "share") D(RELATED, "related")                \
        D(COMMENT, "comment") D(NAV, "nav") D(BREADCRUMB, "breadcrumb") D(HEADER, "header") D(FOOTER, "footer")                  \
            D(SIDEBAR, "sidebar") D(PROMO, "promo") D(AD, "ad") D(CAPTION, "caption") D(TAGS, "tags") D(BIO, "bio")              \
                D(CONSENT, "consent") D(HIDDEN, "hidden") D(CARD, "card") D(WIDGET, "widget") D(TOC, "toc") D(EMBED, "embed")    \
                    D(LEDE, "lede")

#define ARTICLE_CLASS_NAME(id, name) CLASS_##id,
typedef enum { ARTICLE_CLASSES(ARTICLE_CLASS_NAME) CLASS_COUNT } article_class;
#undef ARTICLE_CLASS_NAME

extern const char *const article_class_names[CLASS_COUNT + 1]; // NULL at the end

typedef struct {
    map words; // "related posts" -> CLASS_RELATED
} class_words;

bool     classes_load(class_words *w, const data_set *d, fault *f);
uint32_t classes_of(const class_words *w, const page_tree *t, uint32_t node); // from class and id

#endif
