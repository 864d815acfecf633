// boost.h — small boosted trees for yes or no: each tree asks TREE_DEPTH questions and corrects what those before it got wrong
// (log-loss, Newton steps). A feature may be held to one way: more of it never speaks against (1), or never for (-1).
// Same input, same trees.

#ifndef TRAIN_BOOST_H
#define TRAIN_BOOST_H

#include "ledger/same_inner.h"

typedef struct {
    const float *x;   // [n * SAME_FEATURE_COUNT]
    const bool  *y;   // [n]
    const bool  *use; // [n] rows to learn from
    size_t       n;
} boost_rows;

typedef struct {
    size_t trees;
    double rate, l2; // how much of a step is taken; what is added to its weight, against leaps on few rows
    double least;    // weight below which a leaf is not made
} boost_options;

// Trees and *bias (the log odds before any tree). The caller frees.
same_tree *boost_fit(const boost_rows *rows, const signed char way[SAME_FEATURE_COUNT], boost_options o, float *bias);

#endif
