// roles.c — learns who is actor and recipient: train-roles OUT.weights [--folds FOLDER] FOLDER…
//
// A FOLDER holds ID.txt and ID.json, annotated reports: {"published": day, "events": [{"trigger", "nth", "type", "actor":
// [wordings], "recipient": [wordings]}]}. Every annotated act gives two rankings. OUT.weights is learned from all reports;
// --folds also writes FOLDER/K/events/roles.weights, learned without the K-th fifth of them (by name, every fifth report), for
// tidings read --data FOLDER/K. Prints how often the ranking is right on reports it did not see.

#include "events/roles.h"
#include "fit.h"
#include "layers.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FOLDS = 5, MOST_REPORTS = 4096, MOST_WORDS = 64 };

// Tried by leaving each fifth of the reports out: more epochs or features fit the reports seen and gain nothing on others.
static const fit_options options = {.epochs = 20, .rate = 0.03, .l2 = 0.02, .keep = 6000, .least = 2, .leave_out = -1};

static struct {
    jmp_buf full;
    arena   a;
    layers  layers;
} rules;

static void die(const char *what) { fprintf(stderr, "train-roles: %s\n", what), exit(1); }

static void open_rules(void)
{
    fault f = {{0}};
    if (setjmp(rules.full)) die("out of memory");
    arena_init(&rules.a, SIZE_MAX / 2, &rules.full);
    if (!layers_open(&rules.layers, layers_linked_model(), layers_linked_places(), &(data_set){.a = &rules.a}, &f)) die(f.text);
}

// --- names that agree, as the annotation's readers compare them ---

typedef struct {
    str    v[MOST_WORDS];
    size_t n;
} word_set;

static bool idle_word(str w)
{
    static const char *const words[] = {"the",  "a",    "an", "of", "its", "their", "his", "her",
                                        "this", "that", "in", "at", "for", "from",  "by"};
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
        str  w = str_cut(s, i, j);
        bool genitive = w.n == 1 && (w.p[0] == 's' || w.p[0] == 'S') && i > 0 &&
                        (s.p[i - 1] == '\'' || (i > 2 && (unsigned char)s.p[i - 3] == 0xe2));
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
        json_array_foreach(gold, g, wording) if (same_name(str_of(json_string_value(wording)), span_of(text, m->v[i].at)))
        {
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
    json_array_foreach(json_object_get(gold, "events"), k, e)
    {
        json_t *nth = json_object_get(e, "nth");
        span    at = locate(f->p->text, json_string_value(json_object_get(e, "trigger")), nth ? json_integer_value(nth) : 1);
        int     type = type_number(json_string_value(json_object_get(e, "type")));
        if (!at.end || type < 0) continue;
        uint32_t i = parse_at(f->p, at.start);
        if (f->act_of[i] != NO_EVENT) continue;
        bool seen = false;
        for (size_t j = 0; j < f->acts.n; j++)
            seen |= f->acts.v[j].type == type && f->acts.v[j].e.sentence == f->p->v[i].sentence;
        if (seen) continue;
        frame *fr = new (f->a, frame);
        *fr = (frame){.class = clause_is_verb(f->p, i)      ? 'v'
                               : f->p->v[i].pos == POS_NOUN ? 'n'
                                                            : 'a',
                      .type = type,
                      .rule = STR("missed")};
        trigger_add(f, i, fr);
    }
}

static void add_item(rank_set *s, size_t first, size_t n, size_t edges, size_t target, int fold)
{
    if (s->n_items == s->cap_items) {
        s->item = realloc(s->item, (s->cap_items = 2 * s->cap_items + 64) * sizeof *s->item);
        s->fold = realloc(s->fold, s->cap_items * sizeof *s->fold);
    }
    s->fold[s->n_items] = fold;
    s->item[s->n_items++] = (rank_item){first, n, edges, (uint32_t)target};
}

static void add_candidate(rank_set *s, const uint32_t *keys, size_t n)
{
    size_t row = rank_row(s, keys, n);
    if (s->n_candidates == s->cap_candidates)
        s->candidate = realloc(s->candidate, (s->cap_candidates = 2 * s->cap_candidates + 64) * sizeof *s->candidate);
    s->candidate[s->n_candidates++] = (rank_candidate){UINT32_MAX, UINT32_MAX, row};
}

static void add_ranking(rank_set *s, finding *f, const role_list *list, int role, json_t *gold, int fold)
{
    size_t target = SIZE_MAX;
    if (!json_array_size(gold)) target = 0;
    for (size_t i = 1; i < list->n && target == SIZE_MAX; i++) // in the sentence first, as they are listed
        if (entity_agrees(f->m, f->p->text, list->v[i].entity, gold)) target = i;
    if (target == SIZE_MAX) return;
    size_t first = s->n_candidates, edges = s->n_rows;
    for (size_t i = 0; i < list->n; i++) add_candidate(s, list->v[i].f[role].v, list->v[i].f[role].n);
    add_item(s, first, list->n, edges, target, fold);
}

// The annotated event that each act tells of, or NULL.
static json_t **annotated(finding *f, json_t *gold)
{
    json_t **of = new_array(f->a, json_t *, f->acts.n + 1), *e;
    size_t   k;
    json_array_foreach(json_object_get(gold, "events"), k, e)
    {
        json_t *nth = json_object_get(e, "nth");
        span    at = locate(f->p->text, json_string_value(json_object_get(e, "trigger")), nth ? json_integer_value(nth) : 1);
        act    *x = at.end ? matching_act(f, at, type_number(json_string_value(json_object_get(e, "type")))) : NULL;
        if (x && (!of[x - f->acts.v] || span_meets(x->e.trigger, at))) of[x - f->acts.v] = e;
    }
    return of;
}

static void learn_report(rank_set *s, char *text, json_t *gold, int fold)
{
    static jmp_buf full;
    arena          a;
    report         r = {0};
    fault          why = {{0}};
    const char    *published = json_string_value(json_object_get(gold, "published"));
    arena_init(&a, (size_t)4 << 30, &full);
    if (setjmp(full)) die("out of memory");
    article_hints hints = {.published = published ? day_parse(str_of(published)) : DAY_NONE, .text = true};
    if (!layers_read(&a, &rules.layers, str_of(text), &hints, LAYER_SOURCES, &r, NULL, &why)) die(why.text);
    finding f = {.a = &a,
                 .art = &r.art,
                 .p = &r.parse,
                 .times = &r.times,
                 .quantities = &r.quantities,
                 .m = &r.mentions,
                 .sources = &r.sources,
                 .r = rules.layers.events};
    finding_index(&f);
    pronouns_resolve(&f);
    trigger_find(&f);
    add_missed(&f, gold);
    finding_by_rules(&f);
    json_t   **of = annotated(&f, gold);
    role_index ix = roles_index(&f);
    for (size_t i = 0; i < f.acts.n; i++) {
        act *x = &f.acts.v[i];
        if (x->dropped) continue;
        if (of[i]) {
            role_list list = roles_candidates(&f, &ix, x);
            add_ranking(s, &f, &list, ROLE_ACTOR, json_object_get(of[i], "actor"), fold);
            add_ranking(s, &f, &list, ROLE_RECIPIENT, json_object_get(of[i], "recipient"), fold);
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

static void write_weights(const char *path, const fitted *m)
{
    FILE *out = fopen(path, "wb");
    if (!out) die(path);
    char     head[12] = "TDLEARN1";
    uint32_t sections = 1, sum = 0x811c9dc5u;
    memcpy(head + 8, &sections, 4);
    put_bytes(out, &sum, head, 12);
    put_table(out, &sum, "roles", m);
    fwrite(&sum, 4, 1, out);
    if (fclose(out)) die(path);
}

static void write_fold(const char *folder, int k, const fitted *m)
{
    char path[1024];
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/%d", folder, k), mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%d/events", folder, k), mkdir(path, 0777);
    snprintf(path, sizeof path, "%s/%d/events/roles.weights", folder, k);
    write_weights(path, m);
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

static void learn_reports(rank_set *s)
{
    for (size_t i = 0; i < n_reports; i++) {
        char         path[1024];
        json_error_t e;
        snprintf(path, sizeof path, "%s.json", report_path[i]);
        json_t *gold = json_load_file(path, 0, &e);
        snprintf(path, sizeof path, "%s.txt", report_path[i]);
        char *text = read_file(path);
        if (!gold || !text) die(path);
        learn_report(s, text, gold, (int)(i % FOLDS));
        json_decref(gold);
        free(text);
    }
}

int main(int argc, char **argv)
{
    const char *folds = NULL;
    if (argc < 3) die("OUT.weights [--folds FOLDER] FOLDER…");
    for (int i = 2; i < argc; i++) {
        if (!strcmp(argv[i], "--folds") && i + 1 < argc) folds = argv[++i];
        else list_reports(argv[i]);
    }
    qsort(report_path, n_reports, sizeof *report_path, by_name);
    open_rules();
    rank_set set = {.n_rows = 0};
    learn_reports(&set);
    double right = 0;
    for (int k = 0; k < FOLDS; k++) {
        fit_options o = options;
        o.leave_out = k;
        fitted m = fit_rank(&set, o);
        right += rank_accuracy(&set, &m, k);
        if (folds) write_fold(folds, k, &m);
        fitted_free(&m);
    }
    fitted m = fit_rank(&set, options);
    write_weights(argv[1], &m);
    printf("%zu reports, %zu rankings, %.2f %% right on reports not seen, %u features\n", n_reports, set.n_items, right / FOLDS,
           m.n);
    fitted_free(&m);
}
