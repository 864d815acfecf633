// learn.h — sparse linear models: features hashed to 32-bit keys, 8-bit weights looked up by key.
//
//   feature_add(a, &f, 7, str_hash(lemma), tag); weights_score(&table, &f, scores)   ->   one score a class

#ifndef LEARN_LEARN_H
#define LEARN_LEARN_H

#include "base/arena.h"
#include "base/fault.h"

typedef struct {
    uint32_t *v; // keys
    size_t    n, cap;
} feature_keys;

// A feature is a template (which question) and its answer, in up to two parts.
uint32_t feature_key(uint32_t template, uint64_t x, uint64_t y);
void     feature_add(arena *a, feature_keys *f, uint32_t template, uint64_t x, uint64_t y);

// Weights of one model: for each key one number a class.
typedef struct {
    const uint32_t *keys;    // sorted
    const int8_t   *weights; // [n * width]
    const uint32_t *bucket;  // [1 << LEARN_BUCKET_BITS, + 1] where the keys with these top bits begin
    uint32_t        n, width;
    float           scale; // of one step of a weight
} weight_table;

enum { LEARN_BUCKET_BITS = 14, LEARN_CLASSES = 4 };

// A file of models: sections with a name, each a table of weights or a row of plain numbers.
typedef struct {
    str         bytes;
    const char *file; // for messages
    arena      *a;
} model_file;

bool model_open(model_file *m, arena *a, str bytes, const char *file, fault *f);
bool model_table(const model_file *m, const char *name, uint32_t width, weight_table *out, fault *f);
bool model_numbers(const model_file *m, const char *name, size_t n, const float **out, fault *f);

void  weights_add(const weight_table *w, uint32_t key, float *scores);            // scores[width] += its row
void  weights_score(const weight_table *w, const feature_keys *f, float *scores); // scores[width] = sum of the rows
float weights_sum(const weight_table *w, const feature_keys *f);                  // for width 1

#endif
