// body.h — which blocks of a page are the report: two sweeps of one linear model over what is seen of each block
// (data/article/blocks.tsv); the second sees the first's opinion of the block's neighbours.

#ifndef ARTICLE_BODY_H
#define ARTICLE_BODY_H

#include "article/features.h"

typedef struct {
    feature_names names;
    float        *weights[2]; // of the first and second sweep, one a feature
} body_rules;

bool body_load(body_rules *r, const data_set *d, fault *f);

// A score for each block: above 0 it is the report's.
float *body_scores(const feature_page *p, const body_rules *r);
// Means of the first sweep's scores over the blocks of the same element, and of the same branch.
void body_means(const feature_page *p, const float *first, float *parent_mean, float *branch_mean);

#endif
