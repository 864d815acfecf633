// body.h — which blocks of a page are the report: two sweeps of one linear model over what is seen of each block
// (data/article/blocks.tsv); the second sees the first's opinion of the block's neighbours. Of the blocks, the likeliest
// are kept, as many as make the expected F1 of their words the greatest.

#ifndef ARTICLE_BODY_H
#define ARTICLE_BODY_H

#include "article/features.h"

typedef struct {
    feature_names names;
    float        *weights[2]; // of the first and second sweep, one a feature
    const char  **labels;     // "above=related", one a feature
} body_rules;

bool body_load(body_rules *r, const data_set *d, fault *f);

typedef struct {
    float       *score;      // logarithm of the odds that a block is the report's
    bool        *keep;       // the blocks taken for it
    const char **why;        // what spoke most for that decision: "above=related"
    float        confidence; // expected word F1 of the blocks kept, 0 to 1
} body_choice;

body_choice body_choose(const feature_page *p, const body_rules *r);

#endif
