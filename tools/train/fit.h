// fit.h — fits the weights of src/learn: chains of labels and rankings of candidates, by log-loss with Adagrad steps,
// averaged; then the heaviest features alone once more, rounded to 8 bits. Same input, same bytes.

#ifndef TRAIN_FIT_H
#define TRAIN_FIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Features as they come, 32-bit keys; `fit` numbers those that are seen often enough.
typedef struct {
    uint32_t *v;
    size_t    n, cap;
} key_list;

void keys_add(key_list *l, const uint32_t *keys, size_t n);

typedef struct {
    uint32_t first, n; // tokens: rows [first, first + n) of the chain set
} chain_item;

typedef struct {
    key_list    keys;  // of all tokens
    size_t     *row;   // [n_rows + 1] where each token's keys begin
    uint8_t    *label; // [n_rows]
    size_t      n_rows, cap_rows;
    chain_item *item;
    int        *fold; // [n_items]
    size_t      n_items, cap_items;
    int         labels;
} chain_set;

void chain_row(chain_set *s, const uint32_t *keys, size_t n, int label);
void chain_end(chain_set *s, uint32_t n_tokens, int fold); // the last n_tokens rows are one sentence

typedef struct {
    uint32_t first_edge, last_edge; // numbers of rows of this item's edges, or UINT32_MAX
    size_t   own;                   // row
} rank_candidate;

typedef struct {
    size_t   first, n; // candidates
    size_t   edges;    // first row of its edges
    uint32_t target;   // which candidate is right
} rank_item;

typedef struct {
    key_list        keys;
    size_t         *row;
    size_t          n_rows, cap_rows;
    rank_candidate *candidate;
    size_t          n_candidates, cap_candidates;
    rank_item      *item;
    int            *fold;
    size_t          n_items, cap_items;
} rank_set;

size_t rank_row(rank_set *s, const uint32_t *keys, size_t n);

typedef struct {
    uint32_t *keys;    // sorted
    float    *weights; // [n * width]
    uint32_t  n, width;
    float    *step; // chains: [labels * (labels + 1)]
} fitted;

typedef struct {
    int    epochs;
    double rate, l2;
    size_t keep;      // features kept; 0: all
    int    least;     // times a feature must be seen
    int    leave_out; // fold not to learn from, or -1
} fit_options;

fitted fit_chain(const chain_set *s, fit_options o);
fitted fit_rank(const rank_set *s, fit_options o);
double rank_accuracy(const rank_set *s, const fitted *m, int fold);
void   fitted_free(fitted *m);

#endif
