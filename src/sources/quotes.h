// quotes.h — what stands between quotation marks, over paragraphs too.
//
//   'He said "no" and left.'   ->   one quotation: no

#ifndef SOURCES_QUOTES_H
#define SOURCES_QUOTES_H

#include "article/article.h"
#include "parse/parse.h"

#define NO_QUOTE UINT32_MAX

typedef struct {
    uint32_t first, end;  // tokens, marks included
    uint32_t inner, last; // tokens between the marks: [inner, last)
    bool     open;        // no closing mark: runs to the end of its paragraph
    bool     carried;     // goes on from the quotation before it, which was left open
} quotation;

typedef struct {
    quotation *v;
    size_t     n, cap;
    uint32_t  *of;        // [tokens] the quotation a token is in (marks too), or NO_QUOTE
    uint32_t  *paragraph; // [tokens] number of the paragraph
    uint32_t  *begins;    // [paragraphs + 1] its first token
} quote_list;

quote_list quotes_find(arena *a, const parse *p);

#endif
