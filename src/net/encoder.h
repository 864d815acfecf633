// encoder.h — spaCy's Tok2Vec: hashed features of a token to a vector that knows its neighbours (docs/model.md).
//
// The importer has multiplied the mixing layer's matrix into the embedding tables, so that mixing is a sum of table rows.
// A vector depends on `depth` tokens each side: work goes in blocks with that many neighbours.

#ifndef NET_ENCODER_H
#define NET_ENCODER_H

#include "net/file.h"
#include "net/kernels.h"

enum { NET_COLUMNS = 8, NET_DEPTH = 8, NET_BLOCK = 512 /* tokens a block */ };

typedef struct {
    const float *weight; // packed [pieces * width][3 * width]
    const float *bias;   // [pieces * width], piece by piece
    const float *gain;   // [width]
    const float *shift;  // [width]
} net_layer;

typedef struct {
    uint32_t        width, depth;
    uint32_t        pieces, mix_pieces;   // of the maxout of the layers, and of the mixing
    uint32_t        columns;              // hashed features
    const uint32_t *attrs;                // [columns]: spaCy's number of the attribute
    const uint32_t *seeds;                // [columns]
    uint32_t        rows[NET_COLUMNS];    //
    const float    *tables[NET_COLUMNS];  // [rows][mix_pieces * width]
    const float    *mix_bias;             // [mix_pieces * width]
    const float    *mix_gain, *mix_shift; // [width]
    net_layer       layers[NET_DEPTH];

    // Word vectors (md, lg), through the same matrices; n_keys 0: none.
    uint32_t        n_keys, n_vectors;
    const uint64_t *keys;     // [n_keys], ascending: string ids of word forms
    const uint32_t *key_rows; // [n_keys]
    const float    *vectors;  // [n_vectors][mix_pieces * width]

    const net_kernels *k;
} net_encoder;

// The encoder whose arrays' names begin with `part` ("tok2vec"); false with a line.
bool net_encoder_open(net_encoder *e, const net_file *f, const char *part, const net_kernels *k, fault *why);

// Buffers for one block, made once a document.
typedef struct {
    float *h, *next; // [NET_BLOCK + 2 * depth][width]
    float *wide;     // a few rows of [pieces * width], or one of [mix_pieces * width]
} net_encoder_work;

net_encoder_work net_encoder_work_new(arena *a, const net_encoder *e, size_t tokens);

// The vector a token's own features give: out [width]. features: [columns]; form: string id of its form (for word vectors).
void net_embed(const net_encoder *e, net_encoder_work *w, const uint64_t *features, uint64_t form, float *out);

// The layers over a block. w->h holds n + 2 * depth rows: the block's tokens and their neighbours (rows of zeros beyond the
// ends of the text); the result is w->h + depth * width, n rows.
void net_encode(const net_encoder *e, net_encoder_work *w, size_t n);

// The four table rows of a feature: MurmurHash3_x64_128 of its 8 bytes, a 32-bit word each.
void net_hash_rows(uint64_t feature, uint32_t seed, uint32_t out[4]);

#endif
