#include "parse/pipeline.h"

#include "parse/moves.h"
#include "parse/rules.h"
#include "parse/worker.h"

#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { ATTR_IS_SPACE = 6, ATTR_ORTH = 65, ATTR_LOWER, ATTR_NORM, ATTR_SHAPE, ATTR_PREFIX, ATTR_SUFFIX, ATTR_SPACY = 81 };

typedef struct {
    uint32_t     labels, padded;
    const float *weight; // packed [padded][width]
    const float *bias;   // [padded]
    uint8_t     *tag;    // [labels]: TAG_…
} tagger;

struct pipeline {
    jmp_buf           full;
    arena             a;
    net_file          file;
    net_kernels       kernels;
    const tokenizer  *tokenizer;
    net_encoder       encoder, name_encoder;
    tagger            tagger;
    move_set          arcs, names;
    const ruler      *ruler;      // NULL: none
    const lemmatizer *lemmatizer; // NULL: none
    bool              has_names;
    label_names       labels;
    str               name, card;
    worker_pool      *workers;
};

static bool open_tagger(pipeline *pl, fault *f)
{
    net_strings labels;
    tagger     *t = &pl->tagger;
    if (!net_file_strings(&pl->file, "tagger.labels", &labels, f)) return false;
    if (!labels.n || labels.n > 4096) return fault_set(f, "%s: the tagger has no labels, or too many", pl->file.file);
    t->labels = labels.n;
    t->padded = (labels.n + NET_PANEL - 1) / NET_PANEL * NET_PANEL;
    t->weight = net_file_items(&pl->file, "tagger.weight", NET_F32, f, 3, (size_t)t->padded / NET_PANEL,
                               (size_t)pl->encoder.width, (size_t)NET_PANEL);
    if (!t->weight || !(t->bias = net_file_items(&pl->file, "tagger.bias", NET_F32, f, 1, (size_t)t->padded))) return false;
    t->tag = new_array(&pl->a, uint8_t, labels.n);
    bool full = false;
    for (uint32_t i = 0; i < labels.n; i++)
        t->tag[i] = label_number(&pl->a, &pl->labels, LABEL_TAG, net_string(labels, i), &full);
    return full ? fault_set(f, "%s: more tags than this program can number", pl->file.file) : true;
}

static bool open_text(pipeline *pl, const char *name, str *out, fault *f)
{
    net_strings s;
    if (!net_file_strings(&pl->file, name, &s, f)) return false;
    *out = arena_str(&pl->a, s.n ? net_string(s, 0) : STR(""));
    return true;
}

static bool attrs_are_known(const pipeline *pl, const net_encoder *e, fault *f)
{
    for (uint32_t c = 0; c < e->columns; c++)
        if (e->attrs[c] != ATTR_IS_SPACE && e->attrs[c] != ATTR_SPACY && (e->attrs[c] < ATTR_ORTH || e->attrs[c] > ATTR_SUFFIX))
            return fault_set(f, "%s: attribute %u is not one of the encoder's", pl->file.file, e->attrs[c]);
    return true;
}

static bool open_names(pipeline *pl, fault *f)
{
    const char *part = net_file_has(&pl->file, "ner.encoder.shape") ? "ner.encoder" : "tok2vec";
    pl->has_names = net_file_has(&pl->file, "ner.shape");
    if (!pl->has_names) return true;
    if (!net_encoder_open(&pl->a, &pl->name_encoder, &pl->file, part, &pl->kernels, f) ||
        !attrs_are_known(pl, &pl->name_encoder, f) ||
        !moves_open(&pl->a, &pl->names, &pl->file, "ner", LABEL_ENT, &pl->labels, &pl->kernels, f))
        return false;
    bool fits = pl->names.head.input == pl->name_encoder.width;
    return fits ? true : fault_set(f, "%s: the widths of ner do not fit each other", pl->file.file);
}

static bool open_parts(pipeline *pl, fault *f)
{
    net_file *file = &pl->file;
    if (!open_text(pl, "name", &pl->name, f) || !open_text(pl, "card", &pl->card, f)) return false;
    if (!net_encoder_open(&pl->a, &pl->encoder, file, "tok2vec", &pl->kernels, f) || !attrs_are_known(pl, &pl->encoder, f) ||
        !open_tagger(pl, f) || !moves_open(&pl->a, &pl->arcs, file, "parser", LABEL_DEP, &pl->labels, &pl->kernels, f) ||
        !open_names(pl, f))
        return false;
    if (pl->arcs.head.input != pl->encoder.width)
        return fault_set(f, "%s: the widths of parser do not fit each other", file->file);
    if (!(pl->tokenizer = tokenizer_open(&pl->a, file, f))) return false;
    if (net_file_has(file, "ruler.entry") && !(pl->ruler = ruler_open(&pl->a, file, &pl->labels, f))) return false;
    return !net_file_has(file, "lemma.rule") || (pl->lemmatizer = lemma_open(&pl->a, file, f));
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static bool open_within_memory(pipeline *pl, fault *f)
{
    return setjmp(pl->full) ? fault_set(f, "out of memory") : open_parts(pl, f);
}

const pipeline *pipeline_open(const void *bytes, size_t n, const char *file, fault *f)
{
    net_file opened;
    if (!net_file_open(&opened, bytes, n, file, f)) return NULL;
    pipeline *pl = calloc(1, sizeof *pl);
    if (!pl) return fault_set(f, "out of memory"), NULL;
    pl->file = opened;
    pl->workers = worker_pool_new();
    pl->kernels = *net_kernels_best();
    arena_init(&pl->a, SIZE_MAX / 2, &pl->full);
    if (pl->workers ? open_within_memory(pl, f) : fault_set(f, "out of memory")) return pl;
    pipeline_close(pl);
    return NULL;
}

void pipeline_close(const pipeline *pl)
{
    pipeline *own = (pipeline *)(uintptr_t)pl;
    worker_pool_free(own->workers);
    arena_clear(&own->a);
    free(own);
}

void pipeline_use_kernels(const pipeline *pl, const net_kernels *k)
{
    worker_pool_empty(pl->workers); // and what they worked out
    ((pipeline *)(uintptr_t)pl)->kernels = *k;
}

str pipeline_name(const pipeline *pl) { return pl->name; }
str pipeline_card(const pipeline *pl) { return pl->card; }

// --- encoding: in blocks of tokens ---

typedef struct {
    const net_encoder *e;
    net_encoder_work  *work;
    net_types         *types;
    const float      **rows; // of the types of a block
    text_tokens        tokens;
    const float      **known; // [2 * n_lexemes]: the row of a form in this block; NULL: not looked up yet
} encoding;

static uint64_t attribute_of(const text_token *t, uint32_t attr)
{
    switch (attr) {
    case ATTR_ORTH: return t->lex->orth;
    case ATTR_LOWER: return t->lex->lower_id;
    case ATTR_NORM: return t->lex->norm;
    case ATTR_SHAPE: return t->lex->shape;
    case ATTR_PREFIX: return t->lex->prefix;
    case ATTR_SUFFIX: return t->lex->suffix;
    case ATTR_SPACY: return t->spaced;
    default: return t->lex->is_space;
    }
}

static const float **known_row(const encoding *x, const text_token *t) { return &x->known[2 * t->lex->number + t->spaced]; }

static const float *type_of(const encoding *x, const text_token *t)
{
    const float **row = known_row(x, t);
    if (!*row) {
        uint64_t features[NET_COLUMNS];
        for (uint32_t c = 0; c < x->e->columns; c++) features[c] = attribute_of(t, x->e->attrs[c]);
        *row = net_types_find(x->types, features, t->lex->orth);
    }
    return *row;
}

// The vectors of tokens [from, from + n), n at most NET_BLOCK, `from` even: [n, width], until the next call.
static const float *encode_tokens(encoding *x, size_t from, size_t n)
{
    size_t depth = x->e->depth, count = n + 2 * depth;
    net_types_begin(x->types, count);
    for (size_t r = 0; r < count; r++) {
        size_t i = from + r - depth; // wraps round before the first token, and is then beyond the last
        x->rows[r] = i < x->tokens.n ? type_of(x, &x->tokens.v[i]) : NULL;
    }
    for (size_t r = 0; r < count; r++) {
        size_t i = from + r - depth;
        if (i < x->tokens.n) *known_row(x, &x->tokens.v[i]) = NULL;
    }
    net_types_compute(x->types);
    return net_encode(x->e, x->work, x->rows, n);
}

// --- the components ---

typedef struct {
    arena            *a;
    const pipeline   *pl;
    worker           *w;
    text_tokens       tokens;
    token            *v;
    bool             *space;
    pipeline_margins *margins; // NULL: not asked for
} running;

static uint8_t best_tag(const tagger *t, const float *scores, float *margin)
{
    uint32_t best = 0;
    float    second = -INFINITY;
    for (uint32_t i = 1; i < t->labels; i++) {
        if (scores[i] > scores[best]) second = scores[best], best = i;
        else if (scores[i] > second) second = scores[i];
    }
    *margin = scores[best] - second;
    return t->tag[best];
}

static void tag_block(running *r, const float *vectors, size_t from, size_t n, float *scores)
{
    const tagger *t = &r->pl->tagger;
    size_t        width = r->pl->encoder.width;
    r->pl->kernels.affine(scores, t->padded, vectors, width, n, t->weight, t->bias, width, t->padded);
    for (size_t i = 0; i < n; i++) {
        float margin;
        r->v[from + i].tag = best_tag(t, scores + i * t->padded, &margin);
        if (r->margins) r->margins->tag[from + i] = margin;
    }
}

static const float **known_rows(running *r) { return new_array(r->a, const float *, 2 * r->tokens.n_lexemes + 1); }

static void tag_and_parse(running *r)
{
    const pipeline *pl = r->pl;
    const net_head *h = &pl->arcs.head;
    size_t          n = r->tokens.n;
    encoding        x = {&pl->encoder, &r->w->work, &r->w->types, r->w->rows, r->tokens, known_rows(r)};
    float          *narrow = new_array(r->a, float, n * h->inner);
    for (size_t from = 0; from < n; from += NET_BLOCK) {
        size_t       some = n - from < NET_BLOCK ? n - from : NET_BLOCK;
        const float *vectors = encode_tokens(&x, from, some);
        tag_block(r, vectors, from, some, r->w->scores);
        pl->kernels.affine(narrow + from * h->inner, h->inner, vectors, h->input, some, h->down_weight, h->down_bias, h->input,
                           h->inner);
    }
    arc *arcs = arcs_find(r->a, &pl->arcs, &r->w->arcs, narrow, n, r->margins ? r->margins->arc : NULL);
    arcs_finish(r->a, arcs, r->space, r->v, n);
}

// Features of tokens, some at a time, to names.
static void name_block(running *r, name_run *names, const float *vectors, size_t n)
{
    const net_head *h = &r->pl->names.head;
    size_t          row = net_head_row(h);
    for (size_t i = 0; i < n; i += NAME_STEP) {
        size_t some = n - i < NAME_STEP ? n - i : NAME_STEP;
        r->pl->kernels.affine(r->w->name_narrow, h->inner, vectors + i * h->input, h->input, some, h->down_weight, h->down_bias,
                              h->input, h->inner);
        r->pl->kernels.affine(r->w->name_features, row, r->w->name_narrow, h->inner, some, h->slot_weight, h->slot_zero, h->inner,
                              row);
        names_feed(names, r->w->name_features, some, r->v, r->margins ? r->margins->name : NULL);
    }
}

static void find_names(running *r)
{
    const pipeline *pl = r->pl;
    size_t          n = r->tokens.n;
    encoding        x = {&pl->name_encoder, &r->w->name_work, &r->w->name_types, r->w->rows, r->tokens, known_rows(r)};
    name_run        names = names_begin(r->a, &pl->names, r->v, r->space, n);
    for (size_t from = 0; from < n; from += NET_BLOCK) {
        size_t some = n - from < NET_BLOCK ? n - from : NET_BLOCK;
        name_block(r, &names, encode_tokens(&x, from, some), some);
    }
}

static running running_begin(arena *a, const pipeline *pl, str text)
{
    running r = {.a = a, .pl = pl, .tokens = tokens_find(a, pl->tokenizer, text)};
    r.v = new_array(a, token, r.tokens.n + 1);
    r.space = new_array(a, bool, r.tokens.n + 1);
    for (size_t i = 0; i < r.tokens.n; i++) {
        const text_token *t = &r.tokens.v[i];
        r.v[i] = (token){.at = t->at, .text = span_of(text, t->at), .lower = t->lex->lower, .iob = 'O', .spaced = t->spaced};
        r.space[i] = t->lex->is_space;
    }
    return r;
}

static worker_sizes sizes_for(const pipeline *pl)
{
    return (worker_sizes){&pl->encoder, pl->has_names ? &pl->name_encoder : NULL, &pl->arcs.head, &pl->names.head,
                          pl->tagger.padded};
}

static void run_components(running *r)
{
    const pipeline *pl = r->pl;
    worker_sizes    sizes = sizes_for(pl);
    worker_lease   *lease = worker_take(pl->workers, r->a, &sizes);
    r->w = lease->w;
    tag_and_parse(r);
    if (pl->has_names) find_names(r);
    worker_give(lease);
    if (pl->ruler) ruler_apply(r->a, pl->ruler, r->tokens, r->v);
    if (pl->lemmatizer) lemma_apply(r->a, pl->lemmatizer, r->tokens, r->v);
}

static void run_pipeline(arena *a, const pipeline *pl, str text, parse *out, pipeline_margins *margins)
{
    running r = running_begin(a, pl, text);
    size_t  n = r.tokens.n;
    *out = (parse){.text = text, .n = n, .names = &pl->labels, .tokens = r.tokens};
    r.margins = margins;
    if (margins)
        *margins = (pipeline_margins){new_array(a, float, n + 1), new_array(a, float, n + 1), new_array(a, float, n + 1)};
    if (n) run_components(&r);
    parse_finish(a, out, r.v);
}

void pipeline_run(arena *a, const pipeline *pl, str text, parse *out) { run_pipeline(a, pl, text, out, NULL); }

void pipeline_run_margins(arena *a, const pipeline *pl, str text, parse *out, pipeline_margins *margins)
{
    run_pipeline(a, pl, text, out, margins);
}
