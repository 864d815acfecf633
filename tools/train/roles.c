// roles.c — learns who is actor and recipient: train-roles OUT FOLDER…
//
// A FOLDER holds ID.txt and ID.json, annotated reports: {"published": day, "events": [{"trigger", "nth", "type", "actor": [wordings],
// "recipient": [wordings]}]}. Every act that the rules find and the annotation has becomes two rankings. Writes OUT/events/roles.weights,
// learned from all reports, and OUT/fold-K/events/roles.weights, learned without each fifth of them; prints how often the ranking is
// right on the reports it did not see.

#include "events/roles.h"
#include "parse/pipeline.h"
#include "fit.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDS = 5, MOST_REPORTS = 4096, MOST_WORDS = 64 };

extern const unsigned char linked_model[], linked_model_end[], linked_gazetteer[], linked_gazetteer_end[];

static struct {
    jmp_buf               full;
    arena                 a;
    const pipeline       *pipeline;
    const article_rules  *article;
    const time_rules     *times;
    const quantity_rules *quantities;
    const mention_rules  *mentions;
    const source_rules   *sources;
    const event_rules    *events;
} rules;

static void die(const char *what) { fprintf(stderr, "train-roles: %s\n", what), exit(1); }

static void open_rules(const char *overlay)
{
    fault f = {{0}};
    if (setjmp(rules.full)) die("out of memory");
    arena_init(&rules.a, SIZE_MAX / 2, &rules.full);
    data_set         d = {.a = &rules.a, .folder = overlay};
    const gazetteer *g = gazetteer_open(linked_gazetteer, (size_t)(linked_gazetteer_end - linked_gazetteer), "gazetteer", &f);
    if (!g || !(rules.pipeline = pipeline_open(linked_model, (size_t)(linked_model_end - linked_model), "model", &f)) ||
        !(rules.article = article_rules_load(&d, &f)) || !(rules.times = time_rules_load(&d, &f)) || !(rules.quantities = quantity_rules_load(&d, &f)) ||
        !(rules.mentions = mention_rules_load(&d, g, &f)) || !(rules.sources = source_rules_load(&d, &f)) || !(rules.events = event_rules_load(&d, &f)))
        die(f.text);
}

// --- names that agree, as the annotation's readers compare them ---

typedef struct {
    str    v[MOST_WORDS];
    size_t n;
} word_set;

static bool idle_word(str w)
{
    static const char *const words[] = {"the", "a", "an", "of", "its", "their", "his", "her", "this", "that", "in", "at", "for", "from", "by"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(w, str_of(words[i]))) return true;
    return false;
}

static bool word_byte(str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];
    if (c >= 0x80) return !(c == 0xe2 && i + 1 < s.n && ((unsigned char)s.p[i + 1] == 0x80 || (unsigned char)s.p[i + 1] == 0x81));
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static word_set words_in(str s)
{
    word_set out = {.n = 0};
    for (size_t i = 0; i < s.n && out.n < MOST_WORDS;) {
        if (!word_byte(s, i)) {
            i += (unsigned char)s.p[i] == 0xe2 ? 3 : 1;
            continue;
        }
        size_t j = i;
        while (j < s.n && word_byte(s, j)) j++;
        str w = str_cut(s, i, j);
        bool genitive = w.n == 1 && (w.p[0] == 's' || w.p[0] == 'S') && i > 0 && (s.p[i - 1] == '\'' || (i > 2 && (unsigned char)s.p[i - 3] == 0xe2));
        if (!genitive && !idle_word(w)) out.v[out.n++] = w;
        i = j;
    }
    return out;
}

static size_t shared_words(const word_set *x, const word_set *y)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n; k++)
            if (str_eq_nocase(x->v[i], y->v[k])) {
                n++;
                break;
            }
    return n;
}

static bool same_name(str a, str b)
{
    word_set x = words_in(a), y = words_in(b);
    if (!x.n || !y.n) return false;
    size_t n = shared_words(&x, &y);
    return n == x.n || n == y.n || 2 * n >= x.n + y.n - n;
}

static bool entity_agrees(const mention_list *m, str text, uint32_t e, json_t *gold)
{
    size_t of = 0, hits = 0, g;
    for (size_t i = 0; i < m->n; i++) {
        if (m->v[i].entity != e || m->v[i].form == MENTION_PRONOUN) continue;
        of++;
        json_t *wording;
        json_array_foreach(gold, g, wording) if (same_name(str_of(json_string_value(wording)), span_of(text, m->v[i].at))) {
            hits++;
            break;
        }
    }
    return hits && 4 * hits >= of;
}

// --- reports ---

static char *read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return NULL;
    fseek(in, 0, SEEK_END);
    long  n = ftell(in);
    char *v = malloc((size_t)n + 1);
    rewind(in);
    n = (long)fread(v, 1, (size_t)n, in);
    v[n] = 0;
    fclose(in);
    return v;
}

static span locate(str text, const char *quote, json_int_t nth)
{
    const char *p = text.p;
    for (json_int_t i = 0; i < nth; i++) {
        p = strstr(p, quote);
        if (!p) return (span){0, 0};
        if (i + 1 < nth) p++;
    }
    return (span){(uint32_t)(p - text.p), (uint32_t)((size_t)(p - text.p) + strlen(quote))};
}

static int type_number(const char *name)
{
    for (int i = 0; i < EVENT_TYPE_COUNT; i++)
        if (!strcmp(name, event_type_name((event_type)i))) return i;
    return -1;
}

// The act of that type in the sentence of the gold trigger: the trigger itself, or the only other one.
static act *matching_act(finding *f, span at, int type)
{
    uint32_t i = parse_at(f->p, at.start);
    act     *other = NULL;
    for (size_t k = 0; k < f->acts.n; k++) {
        act *x = &f->acts.v[k];
        if (x->dropped || x->type != type || x->e.sentence != f->p->v[i].sentence) continue;
        if (span_meets(x->e.trigger, at)) return x;
        other = x;
    }
    return other;
}

// Annotated acts that the lexicon does not see: their parties teach as well as others'.
static void add_missed(finding *f, json_t *gold)
{
    json_t *e;
    size_t  k;
    json_array_foreach(json_object_get(gold, "events"), k, e) {
        json_t *nth = json_object_get(e, "nth");
        span    at = locate(f->p->text, json_string_value(json_object_get(e, "trigger")), nth ? json_integer_value(nth) : 1);
        int     type = type_number(json_string_value(json_object_get(e, "type")));
        if (!at.end || type < 0) continue;
        uint32_t i = parse_at(f->p, at.start);
        if (f->act_of[i] != NO_EVENT) continue;
        bool seen = false;
        for (size_t j = 0; j < f->acts.n; j++) seen |= f->acts.v[j].type == type && f->acts.v[j].e.sentence == f->p->v[i].sentence;
        if (seen) continue;
        frame *fr = new(f->a, frame);
        *fr = (frame){.class = clause_is_verb(f->p, i) ? 'v' : f->p->v[i].pos == POS_NOUN ? 'n' : 'a', .type = type, .rule = STR("missed")};
        trigger_add(f, i, fr);
    }
}

static void add_ranking(rank_set *s, finding *f, const role_list *list, int role, json_t *gold, int fold)
{
    size_t target = SIZE_MAX;
    if (!json_array_size(gold)) target = 0;
    for (size_t i = 1; i < list->n && target == SIZE_MAX; i++) // in the sentence first, as they are listed
        if (entity_agrees(f->m, f->p->text, list->v[i].entity, gold)) target = i;
    if (target == SIZE_MAX) return;
    size_t first = s->n_candidates, edges = s->n_rows;
    for (size_t i = 0; i < list->n; i++) {
        size_t row = rank_row(s, list->v[i].f[role].v, list->v[i].f[role].n);
        if (s->n_candidates == s->cap_candidates)
            s->candidate = realloc(s->candidate, (s->cap_candidates = 2 * s->cap_candidates + 64) * sizeof *s->candidate);
        s->candidate[s->n_candidates++] = (rank_candidate){UINT32_MAX, UINT32_MAX, row};
    }
    if (s->n_items == s->cap_items) {
        s->item = realloc(s->item, (s->cap_items = 2 * s->cap_items + 64) * sizeof *s->item);
        s->fold = realloc(s->fold, s->cap_items * sizeof *s->fold);
    }
    s->fold[s->n_items] = fold;
    s->item[s->n_items++] = (rank_item){first, list->n, edges, (uint32_t)target};
}

// With `first` (the model of the first pass that did not see this report) the second pass's rankings, else the first's.
static void learn_report(rank_set *s, char *text, json_t *gold, int fold, const weight_table *first)
{
    static jmp_buf full;
    arena          a;
    fault          fa = {{0}};
    arena_init(&a, (size_t)4 << 30, &full);
    if (setjmp(full)) die("out of memory");
    article       art;
    parse         p;
    const char   *published = json_string_value(json_object_get(gold, "published"));
    article_hints hints = {.published = published ? day_parse(str_of(published)) : DAY_NONE, .text = true};
    if (!article_read(&a, str_of(text), &hints, rules.article, &art, &fa)) die(fa.text);
    pipeline_run(&a, rules.pipeline, art.text, &p);
    time_list     t = times_find(&a, &p, rules.times, art.published.day);
    quantity_list q = quantities_find(&a, &p, rules.quantities);
    mention_list  m = mentions_find(&a, &art, &p, &t, &q, rules.mentions);
    source_list   so = sources_find(&a, &art, &p, &m, rules.sources);
    finding       f = {.a = &a, .art = &art, .p = &p, .times = &t, .quantities = &q, .m = &m, .sources = &so, .r = rules.events};
    finding_index(&f);
    pronouns_resolve(&f);
    trigger_find(&f);
    add_missed(&f, gold);
    finding_by_rules(&f);
    json_t   **of = new_array(&a, json_t *, f.acts.n + 1), *e;
    size_t     k;
    json_array_foreach(json_object_get(gold, "events"), k, e) {
        json_t *nth = json_object_get(e, "nth");
        span    at = locate(art.text, json_string_value(json_object_get(e, "trigger")), nth ? json_integer_value(nth) : 1);
        act    *x = at.end ? matching_act(&f, at, type_number(json_string_value(json_object_get(e, "type")))) : NULL;
        if (x && (!of[x - f.acts.v] || span_meets(x->e.trigger, at))) of[x - f.acts.v] = e;
    }
    if (first) roles_choose(&f, first, 0);
    role_index ix = roles_index(&f);
    for (size_t i = 0; i < f.acts.n; i++) {
        act *x = &f.acts.v[i];
        if (x->dropped) continue;
        if (of[i]) {
            role_list list = roles_candidates(&f, &ix, x, first != NULL);
            if (!x->e.actor.n) add_ranking(s, &f, &list, ROLE_ACTOR, json_object_get(of[i], "actor"), fold);
            if (!x->e.recipient.n) add_ranking(s, &f, &list, ROLE_RECIPIENT, json_object_get(of[i], "recipient"), fold);
        }
        roles_told(&ix, x);
    }
    arena_clear(&a);
}

// --- the file of weights: see src/learn/learn.c ---

static void put_bytes(FILE *out, uint32_t *sum, const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++) *sum = (*sum ^ b[i]) * 0x01000193u;
    fwrite(bytes, 1, n, out);
}

static void put_table(FILE *out, uint32_t *sum, const char *name, const fitted *m)
{
    float most = 1e-9f;
    for (uint32_t i = 0; i < m->n; i++) most = fabsf(m->weights[i]) > most ? fabsf(m->weights[i]) : most;
    float    scale = most / 127;
    char     padded[16] = "";
    uint32_t kind = 1, width = 1;
    snprintf(padded, sizeof padded, "%s", name);
    put_bytes(out, sum, padded, 16), put_bytes(out, sum, &kind, 4), put_bytes(out, sum, &m->n, 4), put_bytes(out, sum, &width, 4);
    put_bytes(out, sum, &scale, 4), put_bytes(out, sum, m->keys, 4 * (size_t)m->n);
    for (uint32_t i = 0; i < m->n; i++) {
        int8_t w = (int8_t)lrintf(m->weights[i] / scale);
        put_bytes(out, sum, &w, 1);
    }
    put_bytes(out, sum, "\0\0\0", (4 - m->n % 4) % 4);
}

static void write_weights(const char *folder, const fitted *first, const fitted *second)
{
    char path[512];
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/events", folder), mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/events/roles.weights", folder);
    FILE *out = fopen(path, "wb");
    if (!out) die(path);
    char     head[12] = "TDLEARN1";
    uint32_t sections = second ? 2 : 1, sum = 0x811c9dc5u;
    memcpy(head + 8, &sections, 4);
    put_bytes(out, &sum, head, 12);
    put_table(out, &sum, "roles", first);
    if (second) put_table(out, &sum, "roles again", second);
    fwrite(&sum, 4, 1, out);
    if (fclose(out)) die(path);
}

// The table a reader would have of these weights.
static void read_back(const char *folder, const char *part, weight_table *w)
{
    fault      f;
    model_file file;
    data_set   d = {.a = &rules.a, .folder = folder};
    str        bytes;
    if (!data_text(&d, "events/roles.weights", &bytes, &f) || !model_open(&file, &rules.a, bytes, folder, &f) || !model_table(&file, part, 1, w, &f)) die(f.text);
}

static int by_name(const void *x, const void *y) { return strcmp(*(char *const *)x, *(char *const *)y); }

static char  *report_path[MOST_REPORTS];
static size_t n_reports;

static void list_reports(const char *folder)
{
    DIR *d = opendir(folder);
    if (!d) die(folder);
    for (struct dirent *e; (e = readdir(d)) && n_reports < MOST_REPORTS;) {
        size_t len = strlen(e->d_name);
        if (len < 6 || strcmp(e->d_name + len - 5, ".json")) continue;
        report_path[n_reports] = malloc(strlen(folder) + len + 2);
        sprintf(report_path[n_reports++], "%s/%.*s", folder, (int)len - 5, e->d_name);
    }
    closedir(d);
}

static void learn_reports(rank_set *s, const weight_table *first)
{
    for (size_t i = 0; i < n_reports; i++) {
        char         path[1024];
        json_error_t e;
        snprintf(path, sizeof path, "%s.json", report_path[i]);
        json_t *gold = json_load_file(path, 0, &e);
        snprintf(path, sizeof path, "%s.txt", report_path[i]);
        char *text = read_file(path);
        if (!gold || !text) die(path);
        int fold = (int)(i % FOLDS);
        learn_report(s, text, gold, fold, first ? &first[fold] : NULL);
        json_decref(gold);
        free(text);
    }
}

// Models without each fold, and in the last place one of all.
static void fit_folds(const rank_set *s, fit_options o, fitted *m, const char *name)
{
    double right = 0;
    for (int k = 0; k <= FOLDS; k++) {
        o.leave_out = k < FOLDS ? k : -1;
        m[k] = fit_rank(s, o);
        if (k < FOLDS) right += rank_accuracy(s, &m[k], k);
    }
    printf("%s: %zu rankings, unseen %.2f %% right, %u features\n", name, s->n_items, right / FOLDS, m[FOLDS].n);
}

int main(int argc, char **argv)
{
    fit_options o = {.epochs = 20, .rate = 0.03, .l2 = 0.01, .keep = 0, .least = 2, .leave_out = -1};
    if (argc < 3) die("OUT FOLDER…");
    if (getenv("EPOCHS")) o.epochs = atoi(getenv("EPOCHS"));
    if (getenv("RATE")) o.rate = atof(getenv("RATE"));
    if (getenv("L2")) o.l2 = atof(getenv("L2"));
    if (getenv("LEAST")) o.least = atoi(getenv("LEAST"));
    if (getenv("KEEP")) o.keep = (size_t)atoi(getenv("KEEP"));
    for (int i = 2; i < argc; i++) list_reports(argv[i]);
    qsort(report_path, n_reports, sizeof *report_path, by_name);
    open_rules(getenv("TRAIN_DATA"));
    mkdir(argv[1], 0777);
    rank_set     set[2] = {{0}};
    fitted       m[2][FOLDS + 1];
    weight_table first[FOLDS];
    char         folder[FOLDS + 1][512];
    learn_reports(&set[0], NULL);
    fit_folds(&set[0], o, m[0], "first pass");
    for (int k = 0; k <= FOLDS; k++) {
        if (k < FOLDS) snprintf(folder[k], sizeof folder[k], "%s/fold-%d", argv[1], k);
        else snprintf(folder[k], sizeof folder[k], "%s", argv[1]);
        write_weights(folder[k], &m[0][k], NULL);
        if (k < FOLDS) read_back(folder[k], "roles", &first[k]);
    }
    if (getenv("ONLY_FIRST")) return 0;
    learn_reports(&set[1], first);
    fit_folds(&set[1], o, m[1], "second pass");
    for (int k = 0; k <= FOLDS; k++) write_weights(folder[k], &m[0][k], &m[1][k]);
}
