// worker.h — what one thread needs to run a pipeline, kept from text to text: buffers of one block, and what was worked out for
// types of tokens. A pipeline has as many as there were runs at the same time.

#ifndef PARSE_WORKER_H
#define PARSE_WORKER_H

#include "net/types.h"
#include "parse/moves.h"

typedef struct worker worker;

struct worker {
    worker          *next;
    net_encoder_work work, name_work;
    net_types        types, name_types;
    const float     *rows[NET_BLOCK + 2 * NET_DEPTH]; // of the types of a block
    float           *scores;                          // [NET_BLOCK][tagger.padded]
    arc_work         arcs;
    float           *name_narrow, *name_features; // [NAME_STEP][names.head.inner], [NAME_STEP][its row]
};

enum { NAME_STEP = 64 /* tokens whose features are made at a time */ };

// What a worker is made for.
typedef struct {
    const net_encoder *encoder, *name_encoder; // name_encoder NULL: no names
    const net_head    *arcs, *names;
    size_t             tag_scores;
} worker_sizes;

typedef struct worker_pool worker_pool;

worker_pool *worker_pool_new(void);             // NULL: out of memory
void         worker_pool_empty(worker_pool *p); // frees those that are idle
void         worker_pool_free(worker_pool *p);

typedef struct {
    worker      *w; // NULL: given back
    worker_pool *from;
} worker_lease;

// One for this run; it goes back by worker_give, at the latest when the arena is cleared.
worker_lease *worker_take(worker_pool *p, arena *a, const worker_sizes *sizes);
void          worker_give(worker_lease *l);

#endif
