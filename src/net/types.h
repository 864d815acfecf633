// types.h — what a token's own features give, whatever stands around it, kept from text to text: half of the encoder's work
// is the same for every "the". A place for a few thousand types; those not met for longest give way.
//
// One for each thread at work. A result never depends on what is kept.

#ifndef NET_TYPES_H
#define NET_TYPES_H

#include "net/encoder.h"

enum { NET_TYPES = 2048 /* of each of two generations */ };

// A type's row: its vector [width], then its products with the first layer's weights for the token after it, for itself and
// for the token before it [3][pieces * width].
static inline size_t net_type_row(const net_encoder *e) { return e->width + 3 * (size_t)e->pieces * e->width; }

typedef struct {
    uint64_t *features; // [NET_TYPES, columns + 1]: with the string id of the form, for word vectors
    float    *rows;     // [NET_TYPES, net_type_row]
    uint32_t *slots;    // a table of numbers from 1
    size_t    n;
} net_generation;

typedef struct {
    const net_encoder *e;
    net_generation     young, old;
    uint32_t          *pending; // [n_pending]: of the young, whose rows are empty
    size_t             n_pending;
    float             *wide; // [mix_pieces * width]
} net_types;

bool net_types_init(net_types *t, const net_encoder *e); // false: out of memory; then it is empty, and may be cleared
void net_types_clear(net_types *t);

// Before a block of at most NET_TYPES types: their rows stay where they are until the next block.
void net_types_begin(net_types *t, size_t most);
// The row of a type, which may be empty until net_types_compute. features: [columns].
const float *net_types_find(net_types *t, const uint64_t *features, uint64_t form);
void         net_types_compute(net_types *t);

#endif
