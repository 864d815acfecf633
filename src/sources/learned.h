// learned.h — attributions by a cascade of linear models: cues by a chain over the sentence, then source and content
// of each cue by ranking spans (docs/model.md). The features are here so that the trainer asks the same questions.

#ifndef SOURCES_LEARNED_H
#define SOURCES_LEARNED_H

#include "learn/chain.h"
#include "sources/draft.h"

enum { CUE_OUT, CUE_BEGINS, CUE_GOES_ON, CUE_LABELS };
enum { RATE_STEPS = 8 };
enum { SIDE_LEFT, SIDE_RIGHT, SIDES };

typedef struct {
    weight_table cue; // CUE_LABELS wide
    weight_table who, side[SIDES];
    weight_table rates;    // how often a lemma of that part of speech is a cue, in steps
    const float *step;     // of the chain
    map          election; // words that reports on elections are full of
} attribution_model;

// What the features of one report's tokens need to know beside the parse.
typedef struct {
    const reading *r;
    arena         *work;      // for features: cleared when a sentence or a cue is done
    uint8_t       *rate;      // [tokens] 0 .. RATE_STEPS
    uint8_t       *best_rate; // [sentences]
    const draft  **rule;      // [tokens] the rules' attribution whose cue words hold the token, or NULL
    const cue    **row;       // [tokens] the lexicon's row for the token, or NULL
    bool          *cue;       // [tokens] part of a cue that was found: for source and content
} token_view;

// One cue to find source and content of.
typedef struct {
    uint32_t     head;
    token_range  at;
    token_range  who;  // the source, for the content; empty if none
    uint32_t     left; // 1: none on the left; 2: some; 3: a quotation; 0 while the left is looked for
    const draft *rule; // what the rules made of it, or NULL
} cue_site;

typedef struct {
    token_range at;                    // empty: none
    uint32_t    first_edge, last_edge; // of a side: which edges; of a source: its head
} candidate;

typedef struct {
    candidate    *v; // the first one is "none"
    size_t        n, cap;
    feature_keys *edge[2]; // features of each first and last edge
    size_t        n_edge[2];
    feature_keys *own; // [n] features of each candidate
} candidate_list;

typedef struct {
    token_range at;
    float       sure; // probability that a cue begins there
} found_cue;

typedef struct {
    found_cue *v;
    size_t     n, cap;
} found_cues;

bool attribution_open(attribution_model *m, const data_set *d, fault *f);

token_view     view_make(const reading *r, const draft_list *rules);
uint64_t       view_rate_key(const parse *p, uint32_t i); // lemma and part of speech
void           view_best_rates(const token_view *v);      // once the rates are filled in
void           cue_features(const token_view *v, uint32_t i, feature_keys *out);
cue_site       cue_site_of(const token_view *v, token_range at);
candidate_list side_candidates(arena *a, const token_view *v, const cue_site *c, int side);
candidate_list who_candidates(arena *a, const token_view *v, const cue_site *c);
double         candidate_score(const weight_table *w, const candidate_list *l, size_t i, const float *edge_scores[2]);
token_range    view_trim(const parse *p, uint32_t first, uint32_t end);

void learned_cues(const token_view *v, const attribution_model *m, const sentence *s, found_cues *out); // marks v->cue too

// The attributions the models find; none lies within another.
draft_list learned_find(const reading *r, const attribution_model *m, const draft_list *rules);

bool reports_election(const reading *r, const attribution_model *m);

// Both together. In a report on an election, where whom one supports and what one plans is the news, what the models
// find; elsewhere what the rules find, with the models' source and content where they see the same cue.
draft_list attributions_join(const reading *r, const draft_list *rules, const draft_list *learned, bool election);

#endif
