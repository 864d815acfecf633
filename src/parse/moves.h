// moves.h — the two transition systems: from tokens' vectors to a tree, and to names. Each move is the best scored of those
// the state allows.

#ifndef PARSE_MOVES_H
#define PARSE_MOVES_H

#include "net/head.h"
#include "parse/names.h"

// As spaCy numbers them.
enum { ARC_SHIFT, ARC_REDUCE, ARC_LEFT, ARC_RIGHT, ARC_BREAK };
enum { NAME_MISSING, NAME_BEGIN, NAME_IN, NAME_LAST, NAME_UNIT, NAME_OUT };

enum { ARC_SLOTS = 8, NAME_SLOTS = 3 }; // tokens that the scores of a state are made of
enum { ARC_KEPT = 256 };                // tokens whose features are kept; those of tokens further back are made again

typedef struct {
    net_head       head;
    const uint8_t *action; // [head.moves]
    uint8_t       *label;  // [head.moves]: DEP_… or ENT_…, 0 for none
    uint8_t       *above;  // [head.moves]: of "pobj||prep" (label pobj): the label of the token to hang it on; 0: none
} move_set;

bool moves_open(arena *a, move_set *m, const net_file *f, const char *part, label_kind kind, label_names *names,
                const net_kernels *k, fault *why);

typedef struct {
    uint32_t head;         // its own number where it has none
    uint8_t  label, above; // as in move_set
} arc;

// What arcs_find works in, kept from text to text.
typedef struct {
    float   *features;         // [ARC_KEPT, row]: of token t at t % ARC_KEPT
    int32_t *kept_token;       // [ARC_KEPT]
    float   *again[ARC_SLOTS]; // features of a token far back, made for one slot
    float   *state, *scores;
} arc_work;

bool arc_work_init(arc_work *w, const net_head *h); // false: out of memory; it may then be cleared
void arc_work_clear(arc_work *w);

// x: [n, head.inner]. margins: [n], or NULL: the least lead of a best over a second-best move in all steps in which the token
// was next to be read.
arc *arcs_find(arena *a, const move_set *m, arc_work *w, const float *x, size_t n, float *margins);

// Arcs to a tree: head, dep and starts of each v[i]; v[i].text white space where space[i].
void arcs_finish(arena *a, const arc *arcs, const bool *space, token *v, size_t n);

// Names, token after token, in blocks as the features come.
typedef struct {
    const move_set *m;
    const token    *v;       // [n]: starts
    const bool     *space;   // [n]
    size_t          n, next; // tokens, and which is next
    bool            open;    // within a name
    uint8_t         label;   // its label
    float          *first;   // features of its first token, in the second slot
    float          *before;  // features of the token before, in the third slot
    float          *work, *scores;
} name_run;

name_run names_begin(arena *a, const move_set *m, const token *v, const bool *space, size_t n);
// rows: [count, net_head_row]: features of the next `count` tokens; sets iob and ent of each, and margins where not NULL.
void names_feed(name_run *r, const float *rows, size_t count, token *v, float *margins);

#endif
