// head.h — the network that scores the next move of a transition system: a few tokens' vectors to a score a move.
//
// Each token is multiplied by each slot's matrix once ("features"); a state then adds up one row a slot.

#ifndef NET_HEAD_H
#define NET_HEAD_H

#include "net/file.h"
#include "net/kernels.h"

enum { NET_SLOTS = 8 };

typedef struct {
    uint32_t     input, inner; // widths of a token's vector: as the encoder gives it, as the slots take it
    uint32_t     slots, hidden, pieces;
    uint32_t     moves, padded; // scores, and that rounded up to NET_PANEL
    const float *down_weight;   // packed [inner][input]
    const float *down_bias;     // [inner]
    const float *slot_weight;   // packed [slots * pieces * hidden][inner]
    const float *slot_zero;     // [slots * pieces * hidden]: the bias of that product, none
    const float *missing;       // [slots][pieces * hidden]: what an empty slot gives
    const float *bias;          // [pieces * hidden]
    const float *move_weight;   // packed [padded][hidden]
    const float *move_bias;     // [padded]

    const net_kernels *k;
} net_head;

bool net_head_open(net_head *h, const net_file *f, const char *part, const net_kernels *k, fault *why);

static inline size_t net_head_row(const net_head *h) { return (size_t)h->slots * h->pieces * h->hidden; }

// Scores of all moves for a state: slot[s] is that slot's row of pieces * hidden features. work: pieces * hidden + hidden
// floats; scores: [padded].
void net_head_scores(const net_head *h, const float *const *slot, float *work, float *scores);

#endif
