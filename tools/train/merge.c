// merge.c — learns when two reports tell of the same happening: train-merge OUT.weights [--words TEXTS.jsonl.gz]…
// [--left-out FILE] [--seen FILE] FOLDER
//
// FOLDER holds records, ID.json, and incidents.tsv: a line a report, ID<TAB>incident. Rarities of words come from these
// reports and from TEXTS (JSON lines with a field "text"), the commoner of the two. The trees learn from all pairs of reports
// that share a key, and are printed with what they find on incidents left out: five folds by incident; a pair is scored by
// trees that saw neither fold. --left-out and --seen write the happenings so found, a line a report, ID<TAB>number.

#include "base/json.h"
#include "boost.h"
#include "ledger/cluster.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { FOLDS = 5, MOST_REPORTS = 20000, MOST_CORPORA = 8, LINE_ROOM = 4 << 20, MOST_WORDS = 4000 };

// Found by leaving folds out: more trees or deeper ones gain nothing on incidents not seen.
static const boost_options options = {.trees = 150, .rate = 0.1, .l2 = 5, .least = 3};

// What must speak for a join beyond even odds, in log odds: a wrong join is worse than a missing one.
static const float reserve = 0.5f;

static struct {
    jmp_buf full;
    arena   a;
} all;

static void die(const char *what) { fprintf(stderr, "train-merge: %s\n", what), exit(1); }

static void *room_for(size_t n, size_t size)
{
    void *v = calloc(n + 1, size);
    if (!v) die("out of memory");
    return v;
}

// --- rarities ---

typedef struct {
    uint32_t *v;
    size_t    n, cap;
    uint32_t  reports;
} word_count; // one entry for each word of each report

static int by_number(const void *x, const void *y)
{
    uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;
    return (a > b) - (a < b);
}

// Texts of one incident count as one report, so that its names stay rare.
static void count_text(word_count *c, const str *texts, size_t n_texts)
{
    jmp_buf full;
    arena   a;
    if (setjmp(full)) die("out of memory");
    arena_init(&a, SIZE_MAX / 2, &full);
    uint32_t *v = new_array(&a, uint32_t, 2 * MOST_WORDS * n_texts + 1);
    size_t    n = 0;
    for (size_t k = 0; k < n_texts; k++) {
        folded_words w = telling_words(&a, texts[k], MOST_WORDS);
        for (size_t i = 0; i < w.n; i++) {
            v[n++] = telling_word_hash(w.v[i].word);
            if (telling_pair_at(&w, i, texts[k])) v[n++] = telling_pair_hash(w.v[i].word, w.v[i + 1].word);
        }
    }
    qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n; i++) {
        if (i && v[i] == v[i - 1]) continue;
        if (c->n == c->cap) c->v = realloc(c->v, (c->cap = c->cap * 2 + 4096) * sizeof *c->v);
        c->v[c->n++] = v[i];
    }
    c->reports++;
    arena_clear(&a);
}

static void count_corpus(word_count *c, const char *path)
{
    static char line[LINE_ROOM];
    gzFile      in = gzopen(path, "rb");
    if (!in) die(path);
    while (gzgets(in, line, sizeof line)) {
        jmp_buf full;
        arena   a;
        if (setjmp(full)) die("out of memory");
        arena_init(&a, SIZE_MAX / 2, &full);
        const js_value *v = js_read(&a, str_of(line), NULL);
        str             text = js_string(js_get(v, "text"));
        if (v) count_text(c, &text, 1);
        arena_clear(&a);
    }
    gzclose(in);
}

typedef struct {
    uint32_t key;
    float    share;
} word_share;

static int by_key_then_share(const void *x, const void *y)
{
    const word_share *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->share < b->share) - (a->share > b->share);
}

// Words in four reports or more of a corpus, and in more than RARITY_UNSEEN allows: -log of the share where it is greatest.
static weight_table rarities(word_count *c, size_t n_corpora)
{
    static const float scale = 0.0625f;
    word_share        *s = NULL;
    size_t             n = 0, cap = 0;
    weight_table       t = {.width = 1, .scale = scale};
    for (size_t k = 0; k < n_corpora; k++) {
        qsort(c[k].v, c[k].n, sizeof *c[k].v, by_number);
        for (size_t i = 0, j; i < c[k].n; i = j) {
            for (j = i; j < c[k].n && c[k].v[j] == c[k].v[i];) j++;
            float share = (float)(j - i) / (float)c[k].reports;
            if (j - i < 4 || -logf(share) > RARITY_UNSEEN - 0.3f) continue;
            if (n == cap) s = realloc(s, (cap = cap * 2 + 4096) * sizeof *s);
            s[n++] = (word_share){c[k].v[i], share};
        }
    }
    qsort(s, n, sizeof *s, by_key_then_share);
    uint32_t *keys = new_array(&all.a, uint32_t, n + 1), *bucket = new_array(&all.a, uint32_t, (1u << LEARN_BUCKET_BITS) + 1);
    int8_t   *weights = new_array(&all.a, int8_t, n + 4);
    for (size_t i = 0; i < n; i++) {
        if (i && s[i].key == s[i - 1].key) continue;
        long w = lroundf(-logf(s[i].share) / scale);
        keys[t.n] = s[i].key, weights[t.n++] = (int8_t)(w < 1 ? 1 : w > 127 ? 127 : w);
        bucket[(s[i].key >> (32 - LEARN_BUCKET_BITS)) + 1]++;
    }
    for (size_t i = 0; i < 1u << LEARN_BUCKET_BITS; i++) bucket[i + 1] += bucket[i];
    t.keys = keys, t.weights = weights, t.bucket = bucket;
    free(s);
    return t;
}

// --- reports ---

typedef struct {
    str      id, incident;
    reading  r;
    telling  t; // of its main happening
    int      fold;
    uint32_t given, seen; // happenings found
} told_report;

static struct {
    told_report *v;
    size_t       n;
} reports;

static str read_whole(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return (str){NULL, 0};
    fseek(in, 0, SEEK_END);
    size_t n = (size_t)ftell(in);
    rewind(in);
    char *v = new_array(&all.a, char, n + 1);
    if (fread(v, 1, n, in) != n) die(path);
    fclose(in);
    return (str){v, n};
}

static void read_reports(const char *folder)
{
    char  path[1024];
    fault f = {{0}};
    snprintf(path, sizeof path, "%s/incidents.tsv", folder);
    str lines = read_whole(path), line;
    if (!lines.p) die(path);
    reports.v = room_for(MOST_REPORTS, sizeof *reports.v);
    while (lines.p && (line = str_split(lines, '\n', &lines)).n && reports.n < MOST_REPORTS) {
        told_report *x = &reports.v[reports.n];
        x->id = str_split(line, '\t', &x->incident);
        snprintf(path, sizeof path, "%s/%.*s.json", folder, (int)x->id.n, x->id.p);
        str json = read_whole(path);
        if (!json.p || !reading_of(&all.a, json, &x->r, &f)) continue;
        x->fold = (int)(str_hash(x->incident) % FOLDS);
        reports.n++;
    }
}

static int by_incident(const void *x, const void *y)
{
    const told_report *const *a = x, *const *b = y;
    int                       c = str_cmp((*a)->incident, (*b)->incident);
    return c ? c : str_cmp((*a)->id, (*b)->id);
}

static void count_incidents(word_count *c)
{
    told_report **v = room_for(reports.n, sizeof *v);
    str          *texts = room_for(reports.n, sizeof *texts);
    for (size_t i = 0; i < reports.n; i++) v[i] = &reports.v[i];
    qsort(v, reports.n, sizeof *v, by_incident);
    for (size_t i = 0, k; i < reports.n; i = k) {
        for (k = i; k < reports.n && str_eq(v[k]->incident, v[i]->incident); k++) texts[k] = v[k]->r.text;
        count_text(c, texts + i, k - i);
    }
    free(v), free(texts);
}

// --- pairs ---

typedef struct {
    uint32_t a, b;
    bool     strong; // they share a key that suffices alone
} pair;

static struct {
    pair  *v;
    size_t n;
    float *x;          // [n * SAME_FEATURE_COUNT]
    bool  *same, *use; // [n]
    float *left_out;   // [n] scores by trees that saw neither report's fold
} pairs;

typedef struct {
    uint64_t key;
    uint32_t report;
} keyed;

static int by_key_then_report(const void *x, const void *y)
{
    const keyed *a = x, *b = y;
    if (a->key != b->key) return a->key < b->key ? -1 : 1;
    return (a->report > b->report) - (a->report < b->report);
}

static int by_pair(const void *x, const void *y)
{
    const pair *a = x, *b = y;
    if (a->a != b->a) return a->a < b->a ? -1 : 1;
    return (a->b > b->b) - (a->b < b->b);
}

static void find_pairs(const telling_rules *rules)
{
    keyed *k = room_for(reports.n * TELLING_KEYS, sizeof *k);
    size_t n = 0, cap = 0, m = 0, compared = 0;
    for (uint32_t i = 0; i < reports.n; i++) {
        uint64_t keys[TELLING_KEYS];
        size_t   c = telling_keys(&reports.v[i].t, rules, keys);
        for (size_t q = 0; q < c; q++) k[n++] = (keyed){keys[q], i};
    }
    qsort(k, n, sizeof *k, by_key_then_report);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && k[j].key == k[i].key;) j++;
        for (size_t p = i; p < j; p++)
            for (size_t q = p + 1; q < j; q++) {
                if (m == cap) pairs.v = realloc(pairs.v, (cap = cap * 2 + 4096) * sizeof *pairs.v);
                pairs.v[m++] = (pair){k[p].report, k[q].report, k[p].key & 1};
            }
    }
    compared = m;
    qsort(pairs.v, m, sizeof *pairs.v, by_pair);
    for (size_t i = 0, j; i < m; i = j) {
        bool strong = false;
        for (j = i; j < m && !by_pair(&pairs.v[i], &pairs.v[j]); j++) strong |= pairs.v[j].strong;
        if (strong || j - i > 1) pairs.v[pairs.n++] = pairs.v[i];
    }
    pairs.x = room_for(pairs.n * SAME_FEATURE_COUNT, sizeof *pairs.x);
    pairs.same = room_for(pairs.n, sizeof *pairs.same), pairs.use = room_for(pairs.n, sizeof *pairs.use);
    pairs.left_out = room_for(pairs.n, sizeof *pairs.left_out);
    size_t right = 0, wanted = 0;
    for (size_t i = 0; i < pairs.n; i++) {
        const told_report *x = &reports.v[pairs.v[i].a], *y = &reports.v[pairs.v[i].b];
        right += pairs.same[i] = str_eq(x->incident, y->incident);
        same_features(rules, &x->t, &y->t, pairs.x + i * SAME_FEATURE_COUNT);
    }
    for (size_t i = 0; i < reports.n; i++)
        for (size_t q = i + 1; q < reports.n; q++) wanted += str_eq(reports.v[i].incident, reports.v[q].incident);
    printf("%zu reports, %.1f keys each; %zu pairs (%zu with repetition) hold %zu of %zu that are one incident, %.1f others in a million\n", reports.n,
           (double)n / (double)reports.n, pairs.n, compared, right, wanted,
           1e6 * (double)(pairs.n - right) / ((double)reports.n * (double)reports.n / 2));
    free(k);
}

#define SAME_WAY(id, reason, way) way,
static const signed char ways[] = {SAME_FEATURES(SAME_WAY)};

// Trees from the pairs of which neither report is of the folds left out.
static same_rules fit_without(int fold, int other)
{
    same_rules r = {.n_trees = options.trees};
    for (size_t i = 0; i < pairs.n; i++) {
        int x = reports.v[pairs.v[i].a].fold, y = reports.v[pairs.v[i].b].fold;
        pairs.use[i] = x != fold && x != other && y != fold && y != other;
    }
    r.trees = boost_fit(&(boost_rows){pairs.x, pairs.same, pairs.use, pairs.n}, ways, options, &r.bias);
    r.bias -= reserve;
    return r;
}

static void score_left_out(void)
{
    for (int f = 0; f < FOLDS; f++)
        for (int g = f; g < FOLDS; g++) {
            same_rules r = fit_without(f, g);
            for (size_t i = 0; i < pairs.n; i++) {
                int x = reports.v[pairs.v[i].a].fold, y = reports.v[pairs.v[i].b].fold;
                if ((x == f && y == g) || (x == g && y == f))
                    pairs.left_out[i] = same_trees(&r, pairs.x + i * SAME_FEATURE_COUNT);
            }
            free((void *)(uintptr_t)r.trees);
        }
}

// --- happenings, and how good they are ---

static void write_groups(const uint32_t *group, const char *path)
{
    FILE *out = path ? fopen(path, "w") : NULL;
    if (path && !out) die(path);
    for (size_t i = 0; out && i < reports.n; i++) fprintf(out, "%.*s\t%u\n", (int)reports.v[i].id.n, reports.v[i].id.p, group[i]);
    if (out) fclose(out);
}

static void judge(const char *name, const float *scores, const char *path)
{
    cluster_link *l = room_for(pairs.n, sizeof *l);
    for (size_t i = 0; i < pairs.n; i++) l[i] = (cluster_link){pairs.v[i].a, pairs.v[i].b, scores[i]};
    uint32_t *group = cluster_groups(&all.a, reports.n, l, pairs.n, NULL, 0);
    double    precision = 0, recall = 0, right = 0, given = 0, wanted = 0;
    for (size_t i = 0; i < reports.n; i++) {
        double both = 0, of_group = 0, of_incident = 0;
        for (size_t k = 0; k < reports.n; k++) {
            bool g = group[i] == group[k], w = str_eq(reports.v[i].incident, reports.v[k].incident);
            both += g && w, of_group += g, of_incident += w;
            if (k > i) right += g && w, given += g, wanted += w;
        }
        precision += both / of_group, recall += both / of_incident;
    }
    precision /= (double)reports.n, recall /= (double)reports.n;
    printf("%-10s B3 F1 %.2f (P %.1f R %.1f)  pairs P %.1f R %.1f\n", name, 200 * precision * recall / (precision + recall),
           100 * precision, 100 * recall, 100 * right / given, 100 * right / wanted);
    write_groups(group, path);
    free(l);
}

// --- the file ---

static void put_bytes(FILE *out, uint32_t *sum, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++) *sum = (*sum ^ p[i]) * 0x01000193u;
    fwrite(bytes, 1, n, out);
}

static void put_section(FILE *out, uint32_t *sum, const char *name, uint32_t kind, size_t n, uint32_t width, float scale)
{
    char     head[16] = {0};
    uint32_t numbers[3] = {kind, (uint32_t)n, width};
    memcpy(head, name, strlen(name));
    put_bytes(out, sum, head, 16), put_bytes(out, sum, numbers, 12), put_bytes(out, sum, &scale, 4);
}

static void write_rules(const char *path, const weight_table *words, const same_rules *r)
{
    FILE    *out = fopen(path, "wb");
    char     head[12] = "TDLEARN1";
    uint32_t sections = 3, sum = 0x811c9dc5u;
    float    shape[3] = {SAME_FEATURE_COUNT, (float)r->n_trees, r->bias};
    size_t   numbers = r->n_trees * sizeof(same_tree) / sizeof(float);
    if (!out) die(path);
    memcpy(head + 8, &sections, 4);
    put_bytes(out, &sum, head, 12);
    put_section(out, &sum, "words", 1, words->n, 1, words->scale);
    put_bytes(out, &sum, words->keys, 4 * (size_t)words->n);
    put_bytes(out, &sum, words->weights, ((size_t)words->n + 3) & ~(size_t)3);
    put_section(out, &sum, "head", 0, 3, 0, 1);
    put_bytes(out, &sum, shape, sizeof shape);
    put_section(out, &sum, "trees", 0, numbers, 0, 1);
    put_bytes(out, &sum, r->trees, 4 * numbers);
    fwrite(&sum, 4, 1, out);
    if (fclose(out)) die(path);
}

static void print_worth(const same_rules *r)
{
    static const char *const names[] = {
#define SAME_NAME(id, reason, way) #id,
        SAME_FEATURES(SAME_NAME)};
    double moved[SAME_FEATURE_COUNT] = {0}, sum = 0;
    for (size_t i = 0; i < pairs.n; i++)
        for (size_t k = 0; k < r->n_trees; k++) {
            const same_tree *t = &r->trees[k];
            const float     *f = pairs.x + i * SAME_FEATURE_COUNT;
            for (size_t at = 0; at < TREE_SPLITS;) {
                size_t next = 2 * at + (t->feature[at] < 0 || f[(size_t)t->feature[at]] < t->bound[at] ? 1 : 2);
                double by = fabs((double)(t->value[next] - t->value[at]));
                if (t->feature[at] >= 0) moved[(size_t)t->feature[at]] += by, sum += by;
                at = next;
            }
        }
    for (size_t k = 0; k < SAME_FEATURE_COUNT; k++) printf("  %-18s %4.1f %%\n", names[k], 100 * moved[k] / sum);
}

static struct {
    const char *out, *folder, *left_out, *seen, *corpora[MOST_CORPORA];
    size_t      n_corpora;
} asked = {.n_corpora = 1};

static void learn_all(void)
{
    static word_count words[MOST_CORPORA];
    fault             f = {{0}};
    telling_rules    *rules = telling_types_load(&(data_set){.a = &all.a}, &f);
    if (!rules) die(f.text);
    read_reports(asked.folder);
    count_incidents(&words[0]);
    for (size_t k = 1; k < asked.n_corpora; k++) count_corpus(&words[k], asked.corpora[k]);
    rules->words = rarities(words, asked.n_corpora);
    for (size_t i = 0; i < reports.n; i++) reports.v[i].t = tellings_of(&all.a, &reports.v[i].r, rules).v[0];
    find_pairs(rules);
    score_left_out();
    judge("left out", pairs.left_out, asked.left_out);
    same_rules r = fit_without(-1, -1);
    float     *scores = room_for(pairs.n, sizeof *scores);
    for (size_t i = 0; i < pairs.n; i++) scores[i] = same_trees(&r, pairs.x + i * SAME_FEATURE_COUNT);
    judge("seen", scores, asked.seen);
    print_worth(&r);
    write_rules(asked.out, &rules->words, &r);
}

int main(int argc, char **argv)
{
    if (setjmp(all.full)) die("out of memory");
    arena_init(&all.a, SIZE_MAX / 2, &all.full);
    asked.out = argc > 1 ? argv[1] : NULL;
    for (int i = 2; i < argc; i++) {
        if (!strcmp(argv[i], "--words") && i + 1 < argc && asked.n_corpora < MOST_CORPORA)
            asked.corpora[asked.n_corpora++] = argv[++i];
        else if (!strcmp(argv[i], "--left-out") && i + 1 < argc) asked.left_out = argv[++i];
        else if (!strcmp(argv[i], "--seen") && i + 1 < argc) asked.seen = argv[++i];
        else asked.folder = argv[i];
    }
    if (!asked.folder) die("OUT.weights [--words TEXTS.jsonl.gz]… [--left-out FILE] [--seen FILE] FOLDER");
    learn_all();
    return 0;
}
