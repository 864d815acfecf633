// encoder.h — spaCy's Tok2Vec: hashed features of a token to a vector that knows its neighbours (docs/model.md).
//
// The importer has multiplied the mixing layer's matrix into the embedding tables, so that mixing is a sum of table rows.
// That sum and the first layer's products are made once a type of token (types.h); the other layers take two tokens at a time
// (net_affine_pairs). A vector depends on `depth` tokens each side: work goes in blocks with that many neighbours.

#ifndef NET_ENCODER_H
#define NET_ENCODER_H

#include "net/file.h"
#include "net/kernels.h"

enum { NET_COLUMNS = 8, NET_DEPTH = 8, NET_BLOCK = 512 /* tokens a block */ };

typedef struct {
    const float *weight; // for pairs (kernels.h), of [pieces * width][3 * width]; of the first layer: as in the file
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
    const float    *near_weight; // packed [3 * pieces * width][width]: the first layer's, for the token after, itself, before
    const float    *near_bias;   // none: zeros

    // Word vectors (md, lg), through the same matrices; n_keys 0: none.
    uint32_t        n_keys, n_vectors;
    const uint64_t *keys;     // [n_keys], ascending: string ids of word forms
    const uint32_t *key_rows; // [n_keys]
    const float    *vectors;  // [n_vectors][mix_pieces * width]

    const net_kernels *k;
} net_encoder;

// The encoder whose arrays' names begin with `part` ("tok2vec"); false with a line. What it works out lies in the arena.
bool net_encoder_open(arena *a, net_encoder *e, const net_file *f, const char *part, const net_kernels *k, fault *why);

// Buffers for one block.
typedef struct {
    float *h, *next; // [NET_BLOCK + 2 * depth][width]
    float *wide;     // some rows of [pieces * width]
    float *pairs;    // of those, what net_pair_rows makes
} net_encoder_work;

bool net_encoder_work_init(net_encoder_work *w, const net_encoder *e); // false: out of memory; it may then be cleared
void net_encoder_work_clear(net_encoder_work *w);

// The vector a token's own features give: out [width]. features: [columns]; form: string id of its form (for word vectors);
// wide: [mix_pieces * width], to work in.
void net_embed(const net_encoder *e, const uint64_t *features, uint64_t form, float *wide, float *out);

// The layers over a block of n tokens, whose first has an even number in its text. types: [n + 2 * depth] rows of types.h, of the
// tokens and their neighbours; NULL beyond the ends of the text. The result, [n, width], lies in w until the next call.
const float *net_encode(const net_encoder *e, net_encoder_work *w, const float *const *types, size_t n);

// The four table rows of a feature: MurmurHash3_x64_128 of its 8 bytes, a 32-bit word each.
void net_hash_rows(uint64_t feature, uint32_t seed, uint32_t out[4]);

#endif
