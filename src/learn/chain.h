// chain.h — a chain of labels over a sentence: scores of each token's labels and of neighbours in, labels out.

#ifndef LEARN_CHAIN_H
#define LEARN_CHAIN_H

#include "learn/learn.h"

// emit: [n * labels]; step: [labels * labels] score of label j after label i, then [labels] of a first label.
void   chain_best(arena *a, const float *emit, const float *step, size_t n, size_t labels, uint8_t *out); // Viterbi
double chain_marginals(arena *a, const float *emit, const float *step, size_t n, size_t labels, float *node,
                       float *edge); // log of the sum over all
// node: [n * labels] probability of each label; edge (may be NULL): [labels * labels + labels] expected counts, added to

#endif
