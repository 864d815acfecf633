#include "fit.h"

#include "learn/chain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *grown(void *v, size_t *cap, size_t n, size_t size)
{
    if (n < *cap) return v;
    while (*cap <= n) *cap = *cap ? *cap * 2 : 1024;
    v = realloc(v, *cap * size);
    if (!v) fprintf(stderr, "train: out of memory\n"), exit(2);
    return v;
}

static void *zeroed(size_t n, size_t size)
{
    void *v = calloc(n + 1, size);
    if (!v) fprintf(stderr, "train: out of memory\n"), exit(2);
    return v;
}

void keys_add(key_list *l, const uint32_t *keys, size_t n)
{
    l->v = grown(l->v, &l->cap, l->n + n, sizeof *l->v);
    memcpy(l->v + l->n, keys, n * sizeof *keys);
    l->n += n;
}

void chain_row(chain_set *s, const uint32_t *keys, size_t n, int label)
{
    size_t cap = s->cap_rows;
    s->row = grown(s->row, &cap, s->n_rows + 1, sizeof *s->row);
    cap = s->cap_rows;
    s->label = grown(s->label, &cap, s->n_rows + 1, 1);
    s->cap_rows = cap;
    s->row[s->n_rows] = s->keys.n;
    s->label[s->n_rows++] = (uint8_t)label;
    keys_add(&s->keys, keys, n);
    s->row[s->n_rows] = s->keys.n;
}

void chain_end(chain_set *s, uint32_t n_tokens, int fold)
{
    size_t cap = s->cap_items;
    s->item = grown(s->item, &cap, s->n_items, sizeof *s->item);
    cap = s->cap_items;
    s->fold = grown(s->fold, &cap, s->n_items, sizeof *s->fold);
    s->cap_items = cap;
    s->item[s->n_items] = (chain_item){(uint32_t)(s->n_rows - n_tokens), n_tokens};
    s->fold[s->n_items++] = fold;
}

size_t rank_row(rank_set *s, const uint32_t *keys, size_t n)
{
    s->row = grown(s->row, &s->cap_rows, s->n_rows + 1, sizeof *s->row);
    s->row[s->n_rows++] = s->keys.n;
    keys_add(&s->keys, keys, n);
    s->row[s->n_rows] = s->keys.n;
    return s->n_rows - 1;
}

// --- numbering of keys ---

typedef struct {
    uint32_t *key, *id; // open addressing; id UINT32_MAX: free
    size_t    mask;
} numbering;

static size_t slot_of(const numbering *m, uint32_t key)
{
    size_t i = (key * 0x9e3779b1u >> 4) & m->mask;
    while (m->id[i] != UINT32_MAX && m->key[i] != key) i = (i + 1) & m->mask;
    return i;
}

static numbering numbering_for(size_t n)
{
    numbering m = {.mask = 1 << 16};
    while (m.mask < 2 * n) m.mask *= 2;
    m.key = zeroed(m.mask, sizeof *m.key);
    m.id = zeroed(m.mask, sizeof *m.id);
    memset(m.id, 0xff, m.mask * sizeof *m.id);
    m.mask--;
    return m;
}

static void numbering_free(numbering *m) { free(m->key), free(m->id); }

static int by_key(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

// The keys seen at least `least` times in the rows marked, sorted.
static uint32_t *frequent_keys(const key_list *l, int least, uint32_t *n, uint32_t **seen)
{
    uint32_t *all = malloc((l->n + 1) * sizeof *all), count = 0;
    *seen = zeroed(l->n / (size_t)least + 1, sizeof **seen);
    if (!all) fprintf(stderr, "train: out of memory\n"), exit(2);
    memcpy(all, l->v, l->n * sizeof *all);
    qsort(all, l->n, sizeof *all, by_key);
    for (size_t i = 0; i < l->n;) {
        size_t k = i;
        while (k < l->n && all[k] == all[i]) k++;
        if (k - i >= (size_t)least) (*seen)[count] = (uint32_t)(k - i), all[count++] = all[i];
        i = k;
    }
    *n = count;
    return all;
}

// Each row's keys as numbers into `keys`; those not among them left out (UINT32_MAX).
static uint32_t *numbered(const key_list *l, const uint32_t *keys, uint32_t n)
{
    numbering m = numbering_for(n);
    for (uint32_t i = 0; i < n; i++) {
        size_t s = slot_of(&m, keys[i]);
        m.key[s] = keys[i], m.id[s] = i;
    }
    uint32_t *id = malloc((l->n + 1) * sizeof *id);
    if (!id) fprintf(stderr, "train: out of memory\n"), exit(2);
    for (size_t i = 0; i < l->n; i++) {
        size_t s = slot_of(&m, l->v[i]);
        id[i] = m.id[s];
    }
    numbering_free(&m);
    return id;
}

// --- steps ---

typedef struct {
    float    *w, *g; // weights; sum of squared gradients
    double   *sum;   // for the average: w * steps so far is kept up lazily
    uint32_t *at;    // step at which sum was last brought up to date
    size_t    n;
    uint32_t  now;
    float     rate, l2;
} learner;

static learner learner_for(size_t n, fit_options o)
{
    return (learner){zeroed(n, sizeof(float)),
                     zeroed(n, sizeof(float)),
                     zeroed(n, sizeof(double)),
                     zeroed(n, sizeof(uint32_t)),
                     n,
                     0,
                     (float)o.rate,
                     (float)o.l2};
}

static void learner_free(learner *l) { free(l->w), free(l->g), free(l->sum), free(l->at); }

static void learn_step(learner *l, size_t i, float gradient)
{
    gradient += l->l2 * l->w[i];
    if (gradient == 0) return;
    l->sum[i] += (double)l->w[i] * (l->now - l->at[i]);
    l->at[i] = l->now;
    l->g[i] += gradient * gradient;
    l->w[i] -= l->rate * gradient / (sqrtf(l->g[i]) + 1e-6f);
}

static float learned_average(const learner *l, size_t i)
{
    return l->now ? (float)((l->sum[i] + (double)l->w[i] * (l->now - l->at[i])) / l->now) : l->w[i];
}

static uint64_t shuffle_state;

static uint32_t next_random(void)
{
    shuffle_state = shuffle_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(shuffle_state >> 33);
}

static size_t *shuffled(size_t n, int epoch)
{
    size_t *v = malloc((n + 1) * sizeof *v);
    shuffle_state = (uint64_t)epoch * 7919 + 17;
    for (size_t i = 0; i < n; i++) v[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = next_random() % i, x = v[i - 1];
        v[i - 1] = v[k], v[k] = x;
    }
    return v;
}

// Keeps the heaviest `keep` keys.
typedef struct {
    float    weight;
    uint32_t key;
} heavy;

static int by_weight(const void *x, const void *y)
{
    const heavy *a = x, *b = y;
    if (a->weight != b->weight) return a->weight < b->weight ? 1 : -1;
    return (a->key > b->key) - (a->key < b->key);
}

static uint32_t *heaviest(const uint32_t *keys, const uint32_t *seen, uint32_t *n, const learner *l, int width, size_t keep)
{
    heavy *h = zeroed(*n, sizeof *h);
    for (uint32_t i = 0; i < *n; i++) {
        double s = 0;
        for (int c = 0; c < width; c++) {
            double w = (double)learned_average(l, (size_t)i * (size_t)width + (size_t)c);
            s += w * w;
        }
        h[i] = (heavy){(float)(s * (double)seen[i]), keys[i]};
    }
    qsort(h, *n, sizeof *h, by_weight);
    uint32_t  m = keep && keep < *n ? (uint32_t)keep : *n;
    uint32_t *out = zeroed(m, sizeof *out);
    for (uint32_t i = 0; i < m; i++) out[i] = h[i].key;
    qsort(out, m, sizeof *out, by_key);
    free(h);
    *n = m;
    return out;
}

// --- chains ---

typedef struct {
    jmp_buf full;
    arena   a;
} scratch;

static learner chain_pass(const chain_set *s, const uint32_t *keys, uint32_t n, fit_options o)
{
    size_t    L = (size_t)s->labels, steps = L * (L + 1);
    uint32_t *id = numbered(&s->keys, keys, n);
    learner   l = learner_for((size_t)n * L + steps, o);
    scratch   sc;
    arena_init(&sc.a, SIZE_MAX / 2, &sc.full);
    if (setjmp(sc.full)) fprintf(stderr, "train: out of memory\n"), exit(2);
    for (int epoch = 0; epoch < o.epochs; epoch++) {
        size_t *order = shuffled(s->n_items, epoch);
        double  loss = 0;
        for (size_t q = 0; q < s->n_items; q++) {
            const chain_item *it = &s->item[order[q]];
            if (s->fold[order[q]] == o.leave_out) continue;
            l.now++;
            float *emit = new_array(&sc.a, float, it->n *L), *node = new_array(&sc.a, float, it->n *L),
                  *edge = new_array(&sc.a, float, steps);
            for (uint32_t t = 0; t < it->n; t++)
                for (size_t k = s->row[it->first + t]; k < s->row[it->first + t + 1]; k++)
                    if (id[k] != UINT32_MAX)
                        for (size_t c = 0; c < L; c++) emit[t * L + c] += l.w[id[k] * L + c];
            const float *step = l.w + (size_t)n * L;
            double       all = chain_marginals(&sc.a, emit, step, it->n, L, node, edge), gold = 0;
            for (uint32_t t = 0; t < it->n; t++) {
                size_t y = s->label[it->first + t], at = t ? s->label[it->first + t - 1] * L + y : L * L + y;
                gold += (double)emit[t * L + y] + (double)step[at];
                edge[at] -= 1;
                node[t * L + y] -= 1;
            }
            loss += all - gold;
            for (uint32_t t = 0; t < it->n; t++)
                for (size_t k = s->row[it->first + t]; k < s->row[it->first + t + 1]; k++)
                    if (id[k] != UINT32_MAX)
                        for (size_t c = 0; c < L; c++)
                            if (fabsf(node[t * L + c]) > 1e-4f) learn_step(&l, id[k] * L + c, node[t * L + c]);
            for (size_t k = 0; k < steps; k++) learn_step(&l, (size_t)n * L + k, edge[k]);
            arena_clear(&sc.a);
        }
        free(order);
        fprintf(stderr, "  chain epoch %d loss %.1f features %u\n", epoch + 1, loss, n);
    }
    free(id);
    return l;
}

static fitted result_of(uint32_t *keys, uint32_t n, const learner *l, size_t width, size_t extra)
{
    fitted m = {.keys = keys,
                .n = n,
                .width = (uint32_t)width,
                .weights = zeroed((size_t)n * width, sizeof(float)),
                .step = zeroed(extra, sizeof(float))};
    for (size_t i = 0; i < (size_t)n * width; i++) m.weights[i] = learned_average(l, i);
    for (size_t i = 0; i < extra; i++) m.step[i] = learned_average(l, (size_t)n * width + i);
    return m;
}

fitted fit_chain(const chain_set *s, fit_options o)
{
    uint32_t  n, *seen;
    uint32_t *keys = frequent_keys(&s->keys, o.least, &n, &seen);
    learner   l = chain_pass(s, keys, n, o);
    if (o.keep && o.keep < n) {
        uint32_t *few = heaviest(keys, seen, &n, &l, s->labels, o.keep);
        learner_free(&l);
        free(keys);
        keys = few;
        l = chain_pass(s, keys, n, o);
    }
    fitted m = result_of(keys, n, &l, (size_t)s->labels, (size_t)(s->labels * (s->labels + 1)));
    learner_free(&l);
    free(seen);
    return m;
}

// --- rankings ---

static void rank_scores(const rank_set *s, const rank_item *it, const uint32_t *id, const float *w, double *score,
                        double *row_score)
{
    size_t first_row = it->edges, last_row = s->candidate[it->first + it->n - 1].own + 1;
    for (size_t r = first_row; r < last_row; r++) {
        double x = 0;
        for (size_t k = s->row[r]; k < s->row[r + 1]; k++)
            if (id[k] != UINT32_MAX) x += (double)w[id[k]];
        row_score[r - first_row] = x;
    }
    for (size_t i = 0; i < it->n; i++) {
        const rank_candidate *c = &s->candidate[it->first + i];
        score[i] = row_score[c->own - first_row];
        if (c->first_edge != UINT32_MAX) score[i] += row_score[c->first_edge] + row_score[c->last_edge];
    }
}

static learner rank_pass(const rank_set *s, const uint32_t *keys, uint32_t n, fit_options o)
{
    uint32_t *id = numbered(&s->keys, keys, n);
    learner   l = learner_for(n, o);
    size_t    most = 0, most_rows = 0;
    for (size_t i = 0; i < s->n_items; i++) {
        size_t rows = s->candidate[s->item[i].first + s->item[i].n - 1].own + 1 - s->item[i].edges;
        if (s->item[i].n > most) most = s->item[i].n;
        if (rows > most_rows) most_rows = rows;
    }
    double *score = zeroed(most, sizeof *score), *row_score = zeroed(most_rows, sizeof *row_score),
           *row_gradient = zeroed(most_rows, sizeof *row_gradient);
    for (int epoch = 0; epoch < o.epochs; epoch++) {
        size_t *order = shuffled(s->n_items, epoch);
        double  loss = 0;
        size_t  right = 0, count = 0;
        for (size_t q = 0; q < s->n_items; q++) {
            const rank_item *it = &s->item[order[q]];
            if (s->fold[order[q]] == o.leave_out) continue;
            l.now++;
            rank_scores(s, it, id, l.w, score, row_score);
            double top = score[0], all = 0;
            size_t best = 0;
            for (size_t i = 1; i < it->n; i++)
                if (score[i] > top) top = score[i], best = i;
            for (size_t i = 0; i < it->n; i++) all += exp(score[i] - top);
            loss += log(all) + top - score[it->target];
            right += best == it->target;
            count++;
            size_t rows = s->candidate[it->first + it->n - 1].own + 1 - it->edges;
            memset(row_gradient, 0, rows * sizeof *row_gradient);
            for (size_t i = 0; i < it->n; i++) {
                const rank_candidate *c = &s->candidate[it->first + i];
                double                g = exp(score[i] - top) / all - (i == it->target);
                row_gradient[c->own - it->edges] += g;
                if (c->first_edge == UINT32_MAX) continue;
                row_gradient[c->first_edge] += g;
                row_gradient[c->last_edge] += g;
            }
            for (size_t r = 0; r < rows; r++) {
                if (fabs(row_gradient[r]) < 1e-4) continue;
                for (size_t k = s->row[it->edges + r]; k < s->row[it->edges + r + 1]; k++)
                    if (id[k] != UINT32_MAX) learn_step(&l, id[k], (float)row_gradient[r]);
            }
        }
        free(order);
        fprintf(stderr, "  rank epoch %d loss %.1f right %.2f%% of %zu, features %u\n", epoch + 1, loss,
                100.0 * (double)right / (double)count, count, n);
    }
    free(id), free(score), free(row_score), free(row_gradient);
    return l;
}

fitted fit_rank(const rank_set *s, fit_options o)
{
    uint32_t  n, *seen;
    uint32_t *keys = frequent_keys(&s->keys, o.least, &n, &seen);
    learner   l = rank_pass(s, keys, n, o);
    if (o.keep && o.keep < n) {
        uint32_t *few = heaviest(keys, seen, &n, &l, 1, o.keep);
        learner_free(&l);
        free(keys);
        keys = few;
        l = rank_pass(s, keys, n, o);
    }
    fitted m = result_of(keys, n, &l, 1, 0);
    learner_free(&l);
    free(seen);
    return m;
}

double rank_accuracy(const rank_set *s, const fitted *m, int fold)
{
    uint32_t *id = numbered(&s->keys, m->keys, m->n);
    size_t    right = 0, count = 0;
    for (size_t q = 0; q < s->n_items; q++) {
        const rank_item *it = &s->item[q];
        if (s->fold[q] != fold) continue;
        size_t  rows = s->candidate[it->first + it->n - 1].own + 1 - it->edges, best = 0;
        double *score = zeroed(it->n, sizeof *score), *row_score = zeroed(rows, sizeof *row_score);
        rank_scores(s, it, id, m->weights, score, row_score);
        for (size_t i = 1; i < it->n; i++)
            if (score[i] > score[best]) best = i;
        right += best == it->target;
        count++;
        free(score), free(row_score);
    }
    free(id);
    return count ? 100.0 * (double)right / (double)count : 0;
}

void fitted_free(fitted *m)
{
    free(m->keys), free(m->weights), free(m->step);
    *m = (fitted){0};
}
