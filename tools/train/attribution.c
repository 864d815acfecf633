// attribution.c — learns the cascade of src/sources/learned.h from annotated reports.
//
//   train attribution OUT.weights CORPUS.jsonl.gz… [--held CORPUS.jsonl.gz]
//
// Reports held out are not learned from; how well their cues and spans are found is printed.
// A corpus has a report a line: {"text": …, "attributions": [{"source": [[begin, end]…], "cue": …, "content": …}]},
// places in code points. Only weights are written, none of the texts.

#include "fit.h"

#include "base/utf8.h"
#include "lex/data.h"
#include "parse/pipeline.h"
#include "places/places.h"
#include "sources/learned.h"
#include "sources/silence.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { HELD = 99, FOLDS = 4, KEEP_CUE = 60000, KEEP_WHO = 40000, KEEP_SIDE = 50000, LONGEST_LINE = 64 << 20 };

typedef struct {
    uint8_t    *role[3]; // [tokens] 1 where the token has that role: source, cue, content
    token_range cue;
} gold_attribution;

typedef struct {
    reading           r;
    parse             p;
    draft_list        rules;
    token_view        view;
    gold_attribution *gold;
    size_t            n_gold;
    uint8_t          *label;
    bool             *cue_head;
    int               fold;
} example;

typedef struct {
    uint64_t key;
    uint32_t cues, all;
} rate_count;

typedef struct {
    arena           a;
    jmp_buf         full;
    example        *v;
    size_t          n, cap;
    rate_count     *rates; // open addressing
    size_t          rate_mask;
    const pipeline *pipeline;
    cue_table       cues;
    silence_table   silence;
    mention_list    no_mentions;
} corpus;

static void die(const char *what)
{
    fprintf(stderr, "train: %s\n", what);
    exit(2);
}

// --- reading ---

static void mark_role(const parse *p, const uint32_t *byte_of, json_t *pieces, uint8_t *role)
{
    size_t  k;
    json_t *piece;
    if (json_is_array(pieces) && json_array_size(pieces) == 2 && json_is_integer(json_array_get(pieces, 0))) {
        json_t *one = json_pack("[O]", pieces);
        mark_role(p, byte_of, one, role);
        json_decref(one);
        return;
    }
    json_array_foreach(pieces, k, piece)
    {
        uint32_t first = byte_of[json_integer_value(json_array_get(piece, 0))],
                 end = byte_of[json_integer_value(json_array_get(piece, 1))];
        for (uint32_t i = parse_at(p, first); i != TOKEN_NONE && i < p->n && p->v[i].at.start < end; i++)
            if (p->v[i].at.start >= first) role[i] = 1;
    }
}

static uint32_t *bytes_of_points(arena *a, str text)
{
    uint32_t *at = new_array(a, uint32_t, text.n + 2);
    size_t    n = 0;
    for (size_t i = 0; i < text.n; n++) {
        at[n] = (uint32_t)i;
        utf8_next(text, &i);
    }
    at[n] = (uint32_t)text.n;
    return at;
}

static void read_example(corpus *c, json_t *row, int fold)
{
    arena   *a = &c->a;
    json_t  *text = json_object_get(row, "text"), *attributions = json_object_get(row, "attributions"), *at;
    example *e = push(a, c);
    *e = (example){.fold = fold};
    str s = arena_str(a, (str){json_string_value(text), json_string_length(text)});
    pipeline_run(a, c->pipeline, s, &e->p);
    uint32_t *byte_of = bytes_of_points(a, s);
    e->r = (reading){.a = a, .p = &e->p, .mentions = &c->no_mentions, .cues = &c->cues, .silence = &c->silence};
    e->gold = new_array(a, gold_attribution, json_array_size(attributions) + 1);
    e->label = new_array(a, uint8_t, e->p.n + 1);
    e->cue_head = new_array(a, bool, e->p.n + 1);
    size_t k;
    json_array_foreach(attributions, k, at)
    {
        static const char *const names[] = {"source", "cue", "content"};
        gold_attribution        *g = &e->gold[e->n_gold];
        for (int role = 0; role < 3; role++) {
            g->role[role] = new_array(a, uint8_t, e->p.n + 1);
            mark_role(&e->p, byte_of, json_object_get(at, names[role]), g->role[role]);
        }
        uint32_t first = 0;
        while (first < e->p.n && !g->role[1][first]) first++;
        uint32_t end = first;
        while (end < e->p.n && g->role[1][end]) end++;
        if (first == e->p.n) continue;
        g->cue = (token_range){first, end};
        e->n_gold++;
        for (uint32_t i = first; i < end; i++) e->label[i] = i == first ? CUE_BEGINS : CUE_GOES_ON;
    }
}

static void finish_examples(corpus *c)
{
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        e->r.p = &e->p;
        e->r.quotes = quotes_find(&c->a, &e->p);
        e->rules = drafts_find(&e->r);
        e->view = view_make(&e->r, &e->rules);
        for (size_t k = 0; k < e->n_gold; k++) e->cue_head[cue_site_of(&e->view, e->gold[k].cue).head] = true;
    }
}

// --- how often a lemma is a cue ---

static rate_count *rate_of(corpus *c, uint64_t key)
{
    size_t i = (size_t)(key * 0x9e3779b97f4a7c15u >> 32) & c->rate_mask;
    while (c->rates[i].all && c->rates[i].key != key) i = (i + 1) & c->rate_mask;
    c->rates[i].key = key;
    return &c->rates[i];
}

static uint8_t rate_step(double cues, double all)
{
    static const double bounds[RATE_STEPS] = {0.0, 0.01, 0.03, 0.07, 0.15, 0.3, 0.5, 0.7};
    double              rate = cues / (all + 1.0);
    uint8_t             k = 0;
    if (cues < 1) return 0;
    while (k < RATE_STEPS && rate > bounds[k]) k++;
    return k;
}

static void count_rates(corpus *c)
{
    c->rate_mask = (1 << 18) - 1;
    c->rates = calloc(c->rate_mask + 1, sizeof *c->rates);
    for (size_t i = 0; i < c->n; i++)
        for (uint32_t t = 0; t < c->v[i].p.n && c->v[i].fold != HELD; t++) {
            rate_count *r = rate_of(c, view_rate_key(&c->v[i].p, t));
            r->all++;
            r->cues += c->v[i].cue_head[t];
        }
    // Each report's own uses are left out of its rates; those of reports held out were never in.
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        for (uint32_t t = 0; t < e->p.n; t++) {
            uint64_t key = view_rate_key(&e->p, t);
            uint32_t own = 0, own_cues = 0;
            for (uint32_t k = 0; k < e->p.n; k++)
                if (e->p.v[k].pos == e->p.v[t].pos && str_eq(e->p.v[k].lemma, e->p.v[t].lemma))
                    own += e->fold != HELD, own_cues += e->cue_head[k] && e->fold != HELD;
            rate_count *r = rate_of(c, key);
            e->view.rate[t] = rate_step(r->cues - own_cues, r->all - own);
        }
        view_best_rates(&e->view);
    }
}

// --- from fitted weights to tables, in memory and in the file ---

static float scale_of(const fitted *m)
{
    float top = 1e-6f;
    for (size_t i = 0; i < (size_t)m->n * m->width; i++)
        if (fabsf(m->weights[i]) > top) top = fabsf(m->weights[i]);
    return top / 127;
}

static weight_table table_of(const fitted *m)
{
    weight_table t = {.keys = m->keys, .n = m->n, .width = m->width, .scale = scale_of(m)};
    int8_t      *w = calloc((size_t)m->n * m->width + 1, 1);
    uint32_t    *bucket = calloc((1 << LEARN_BUCKET_BITS) + 1, sizeof *bucket);
    for (size_t i = 0; i < (size_t)m->n * m->width; i++) w[i] = (int8_t)lrintf(m->weights[i] / t.scale);
    for (uint32_t i = 0; i < m->n; i++) bucket[(m->keys[i] >> (32 - LEARN_BUCKET_BITS)) + 1]++;
    for (size_t i = 0; i < 1u << LEARN_BUCKET_BITS; i++) bucket[i + 1] += bucket[i];
    t.weights = w;
    t.bucket = bucket;
    return t;
}

typedef struct {
    unsigned char *v;
    size_t         n, cap;
    uint32_t       sections;
} out_file;

static void put(out_file *o, const void *p, size_t n)
{
    if (o->n + n > o->cap) {
        o->cap = (o->n + n) * 2;
        o->v = realloc(o->v, o->cap);
    }
    memcpy(o->v + o->n, p, n);
    o->n += n;
}

static void put_u32(out_file *o, uint32_t x)
{
    unsigned char b[4] = {(unsigned char)x, (unsigned char)(x >> 8), (unsigned char)(x >> 16), (unsigned char)(x >> 24)};
    put(o, b, 4);
}

static void put_f32(out_file *o, float x)
{
    uint32_t u;
    memcpy(&u, &x, 4);
    put_u32(o, u);
}

static void put_head(out_file *o, const char *name, uint32_t kind, uint32_t n, uint32_t width, float scale)
{
    char head[16] = {0};
    snprintf(head, sizeof head, "%s", name);
    put(o, head, 16);
    put_u32(o, kind), put_u32(o, n), put_u32(o, width), put_f32(o, scale);
    o->sections++;
}

static void put_table(out_file *o, const char *name, const weight_table *t)
{
    // Rows that rounding made nothing of are left out.
    uint32_t n = 0;
    for (uint32_t pass = 0; pass < 3; pass++) {
        if (pass == 1) put_head(o, name, 1, n, t->width, t->scale);
        for (uint32_t i = 0; i < t->n; i++) {
            bool some = false;
            for (uint32_t c = 0; c < t->width; c++) some |= t->weights[(size_t)i * t->width + c] != 0;
            if (!some) continue;
            if (pass == 0) n++;
            if (pass == 1) put_u32(o, t->keys[i]);
            if (pass == 2) put(o, t->weights + (size_t)i * t->width, t->width);
        }
    }
    while (o->n % 4) put(o, "", 1);
}

static void put_numbers(out_file *o, const char *name, const float *v, uint32_t n)
{
    put_head(o, name, 0, n, 1, 1);
    for (uint32_t i = 0; i < n; i++) put_f32(o, v[i]);
}

// --- the chain ---

static void build_chain(corpus *c, chain_set *s)
{
    s->labels = CUE_LABELS;
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        arena    sc;
        arena_init(&sc, SIZE_MAX / 2, &c->full);
        for (size_t q = 0; q < e->p.n_sentences; q++) {
            const sentence *st = &e->p.sentences[q];
            for (uint32_t t = st->first; t < st->end; t++) {
                feature_keys f = {0};
                e->view.work = &sc;
                cue_features(&e->view, t, &f);
                chain_row(s, f.v, f.n, e->label[t]);
            }
            chain_end(s, st->end - st->first, e->fold);
        }
        arena_clear(&sc);
        e->view.work = &c->a;
    }
}

// --- the rankings ---

static uint32_t best_overlap(const parse *p, const candidate_list *l, const uint8_t *gold, double *best_f)
{
    uint32_t best = 0, all = 0;
    *best_f = 0;
    uint32_t *sum = calloc(p->n + 2, sizeof *sum), *words = calloc(p->n + 2, sizeof *words);
    for (uint32_t i = 0; i < p->n; i++) {
        bool word = p->v[i].pos != POS_PUNCT && p->v[i].pos != POS_SPACE;
        sum[i + 1] = sum[i] + (word && gold[i]);
        words[i + 1] = words[i] + word;
    }
    all = sum[p->n];
    if (all)
        for (uint32_t i = 1; i < l->n; i++) {
            token_range t = l->v[i].at;
            double      f = 2.0 * (sum[t.end] - sum[t.first]) / (words[t.end] - words[t.first] + all);
            if (f > *best_f + 1e-9) *best_f = f, best = i;
        }
    free(sum), free(words);
    return best;
}

static void add_ranking(rank_set *s, const candidate_list *l, uint32_t target, int fold)
{
    rank_item it = {.first = s->n_candidates, .n = l->n, .edges = s->n_rows, .target = target};
    uint32_t  base[2] = {0, (uint32_t)l->n_edge[0]};
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < l->n_edge[k]; i++) rank_row(s, l->edge[k][i].v, l->edge[k][i].n);
    for (size_t i = 0; i < l->n; i++) {
        bool edges = i && l->n_edge[0];
        if (s->n_candidates == s->cap_candidates) {
            s->cap_candidates = s->cap_candidates ? s->cap_candidates * 2 : 4096;
            s->candidate = realloc(s->candidate, s->cap_candidates * sizeof *s->candidate);
        }
        size_t own = rank_row(s, l->own[i].v, l->own[i].n);
        s->candidate[s->n_candidates++] = (rank_candidate){edges ? base[0] + l->v[i].first_edge : UINT32_MAX,
                                                           edges ? base[1] + l->v[i].last_edge : UINT32_MAX, own};
    }
    if (s->n_items == s->cap_items) {
        s->cap_items = s->cap_items ? s->cap_items * 2 : 4096;
        s->item = realloc(s->item, s->cap_items * sizeof *s->item);
        s->fold = realloc(s->fold, s->cap_items * sizeof *s->fold);
    }
    s->fold[s->n_items] = fold;
    s->item[s->n_items++] = it;
}

typedef struct {
    size_t none, skipped, exact, all;
} reach;

static void add_site(example *e, arena *sc, const gold_attribution *g, token_range at, rank_set *who, rank_set *side, reach *seen)
{
    cue_site       c = cue_site_of(&e->view, at);
    candidate_list l = who_candidates(sc, &e->view, &c);
    double         f;
    bool           any = false;
    uint32_t       t = best_overlap(&e->p, &l, g->role[0], &f);
    for (uint32_t i = 0; i < e->p.n && !any; i++) any = g->role[0][i];
    seen[0].all++;
    seen[0].none += !any, seen[0].exact += f > 0.999, seen[0].skipped += any && f < 0.6;
    if (!any || f >= 0.6) add_ranking(who, &l, any ? t : 0, e->fold);
    if (any && f >= 0.6) c.who = l.v[t].at;
    uint8_t *part = calloc(e->p.n + 1, 1);
    for (int k = 0; k < SIDES; k++) {
        l = side_candidates(sc, &e->view, &c, k);
        any = false;
        for (uint32_t i = 0; i < e->p.n; i++) {
            part[i] = g->role[2][i] && (k == SIDE_RIGHT ? i >= at.end : i < at.first) && e->p.v[i].pos != POS_PUNCT &&
                      e->p.v[i].pos != POS_SPACE;
            any |= part[i];
        }
        t = best_overlap(&e->p, &l, part, &f);
        seen[k + 1].all++;
        seen[k + 1].none += !any, seen[k + 1].exact += f > 0.999, seen[k + 1].skipped += any && f < 0.6;
        if (!any || f >= 0.6) add_ranking(&side[k], &l, any ? t : 0, e->fold);
        c.left = !any ? 1 : e->r.quotes.of[l.v[t].at.first] == NO_QUOTE ? 2 : 3;
    }
    free(part);
}

// The cues that models of the other folds see in each report.
static void predict_cues(corpus *c, const attribution_model *folds, found_cues *found)
{
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        for (size_t q = 0; q < e->p.n_sentences && e->fold != HELD; q++)
            learned_cues(&e->view, &folds[e->fold], &e->p.sentences[q], &found[i]);
    }
}

static void check_cues(corpus *c, const fitted *m)
{
    attribution_model am = {.cue = table_of(m), .step = m->step};
    size_t            right = 0, half = 0, given = 0, wanted = 0;
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        if (e->fold != HELD) continue;
        found_cues found = {0};
        for (size_t q = 0; q < e->p.n_sentences; q++) learned_cues(&e->view, &am, &e->p.sentences[q], &found);
        for (uint32_t t = 0; t < e->p.n; t++) e->view.cue[t] = false;
        given += found.n;
        wanted += e->n_gold;
        for (size_t k = 0; k < found.n; k++)
            for (size_t g = 0; g < e->n_gold; g++) {
                token_range a = found.v[k].at, b = e->gold[g].cue;
                uint32_t    lo = a.first > b.first ? a.first : b.first, hi = a.end < b.end ? a.end : b.end;
                if (a.first == b.first && a.end == b.end) right++;
                if (hi <= lo || 2 * (hi - lo) < a.end - a.first || 2 * (hi - lo) < b.end - b.first) continue;
                half++;
                break;
            }
    }
    if (!given) return;
    double p = (double)right / (double)given, r = (double)right / (double)wanted, hp = (double)half / (double)given,
           hr = (double)half / (double)wanted;
    fprintf(stderr, "cues of reports held out: exact %.2f half %.2f (P %.1f R %.1f), %zu given\n", 200 * p * r / (p + r),
            200 * hp * hr / (hp + hr), 100 * hp, 100 * hr, given);
}

static void build_rankings(corpus *c, const found_cues *found, rank_set *who, rank_set *side)
{
    reach seen[3] = {{0}};
    for (size_t i = 0; i < c->n; i++) {
        example *e = &c->v[i];
        arena    sc;
        arena_init(&sc, SIZE_MAX / 2, &c->full);
        for (size_t k = 0; k < e->n_gold; k++) {
            token_range at = e->gold[k].cue;
            for (size_t m = 0; m < found[i].n; m++) {
                token_range x = found[i].v[m].at;
                if (x.first < at.end && at.first < x.end) {
                    at = x;
                    break;
                }
            }
            add_site(e, &sc, &e->gold[k], at, who, side, seen);
        }
        arena_clear(&sc);
    }
    for (int k = 0; k < 3; k++)
        fprintf(stderr, "%s: %zu cues, %zu without, %zu exact, %zu out of reach\n",
                k == 0   ? "source"
                : k == 1 ? "left"
                         : "right",
                seen[k].all, seen[k].none, seen[k].exact, seen[k].skipped);
}

static weight_table rates_table(corpus *c)
{
    fitted m = {.width = 1};
    size_t n = 0;
    m.keys = calloc(c->rate_mask + 1, sizeof *m.keys);
    m.weights = calloc(c->rate_mask + 1, sizeof *m.weights);
    for (size_t i = 0; i <= c->rate_mask; i++)
        if (c->rates[i].all && rate_step(c->rates[i].cues, c->rates[i].all)) m.keys[n++] = (uint32_t)c->rates[i].key;
    m.n = (uint32_t)n;
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && m.keys[k] < m.keys[k - 1]; k--) {
            uint32_t x = m.keys[k];
            m.keys[k] = m.keys[k - 1], m.keys[k - 1] = x;
        }
    weight_table t = table_of(&m);
    int8_t      *w = (int8_t *)t.weights;
    t.scale = 1;
    for (size_t i = 0; i < n; i++) {
        rate_count *r = rate_of(c, m.keys[i]);
        w[i] = (int8_t)rate_step(r->cues, r->all);
    }
    return t;
}

static void read_corpus(corpus *c, const char *path, bool held)
{
    gzFile in = gzopen(path, "rb");
    char  *line = malloc(LONGEST_LINE);
    if (!in || !line) die(path);
    for (size_t k = 0; gzgets(in, line, LONGEST_LINE); k++) {
        json_t *row = json_loads(line, 0, NULL);
        if (!row) die("a line that is no JSON");
        read_example(c, row, held ? HELD : (int)(k % FOLDS));
        json_decref(row);
    }
    gzclose(in);
    free(line);
}

int main(int argc, char **argv)
{
    static corpus c;
    if (argc < 4 || strcmp(argv[1], "attribution"))
        die("usage: train attribution OUT.weights CORPUS.jsonl.gz… [--held CORPUS.jsonl.gz]");
    arena_init(&c.a, SIZE_MAX / 2, &c.full);
    if (setjmp(c.full)) die("out of memory");
    fault                      f = {{0}};
    data_set                   d = {.a = &c.a};
    extern const unsigned char linked_model[], linked_model_end[];
    if (!(c.pipeline = pipeline_open(linked_model, (size_t)(linked_model_end - linked_model), "model", &f))) die(f.text);
    if (!cues_load(&c.cues, &d, &f) || !silence_load(&c.silence, &d, &f)) die(f.text);
    for (int i = 3; i < argc; i++) {
        bool held = !strcmp(argv[i], "--held") && i + 1 < argc;
        read_corpus(&c, argv[held ? ++i : i], held);
    }
    finish_examples(&c);
    count_rates(&c);
    fprintf(stderr, "%zu reports\n", c.n);

    chain_set chain = {0};
    build_chain(&c, &chain);
    fit_options       o = {.epochs = 8, .rate = 0.02, .l2 = 0, .least = 3, .leave_out = HELD, .keep = KEEP_CUE};
    attribution_model folds[FOLDS] = {{.step = NULL}};
    found_cues       *found = calloc(c.n + 1, sizeof *found);
    for (int k = 0; k < FOLDS; k++) {
        fit_options fold = o;
        fold.leave_out = k, fold.epochs = 4, fold.keep = 0;
        fitted m = fit_chain(&chain, fold);
        folds[k].cue = table_of(&m);
        folds[k].step = m.step;
    }
    predict_cues(&c, folds, found);
    fitted chained = fit_chain(&chain, o);
    check_cues(&c, &chained);
    out_file     out = {0};
    weight_table t;
    put(&out, "TDLEARN1\0\0\0\0", 12);
    t = table_of(&chained), put_table(&out, "cue", &t);
    put_numbers(&out, "step", chained.step, CUE_LABELS * (CUE_LABELS + 1));
    t = rates_table(&c), put_table(&out, "rates", &t);

    rank_set who = {.n_rows = 0}, side[SIDES] = {{.n_rows = 0}};
    build_rankings(&c, found, &who, side);
    fitted m = fit_rank(&who, (fit_options){.epochs = 8, .rate = 0.05, .least = 3, .leave_out = HELD, .keep = KEEP_WHO});
    t = table_of(&m), put_table(&out, "who", &t);
    fprintf(stderr, "sources of reports held out: %.2f%% right, given the cues\n", rank_accuracy(&who, &m, HELD));
    for (int k = 0; k < SIDES; k++) {
        m = fit_rank(
            &side[k],
            (fit_options){.epochs = 8, .rate = k == SIDE_LEFT ? 0.05 : 0.03, .least = 3, .leave_out = HELD, .keep = KEEP_SIDE});
        t = table_of(&m), put_table(&out, k == SIDE_LEFT ? "left" : "right", &t);
        fprintf(stderr, "content on the %s: %.2f%% right\n", k == SIDE_LEFT ? "left" : "right",
                rank_accuracy(&side[k], &m, HELD));
    }
    for (int i = 0; i < 4; i++) out.v[8 + i] = (unsigned char)(out.sections >> 8 * i);
    uint32_t sum = 0x811c9dc5u;
    for (size_t i = 0; i < out.n; i++) sum = (sum ^ out.v[i]) * 0x01000193u;
    put_u32(&out, sum);
    FILE *file = fopen(argv[2], "wb");
    if (!file || fwrite(out.v, 1, out.n, file) != out.n || fclose(file)) die(argv[2]);
    fprintf(stderr, "%s: %zu bytes\n", argv[2], out.n);
    return 0;
}
