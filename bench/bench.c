// bench.c — time and memory of every layer: bench FILE… (reports as text or HTML; - for a list of paths on standard input).
//
// Reads all files over and over until two seconds are spent (or --seconds N) and prints, per layer, milliseconds a
// report, tokens a second and share of the time; then reports a second, arena bytes a report, resident memory, and the
// time a start takes. Speed of machines differs: compare within one run.

#include "article/article.h"
#include "parse/pipeline.h"
#include "places/places.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

extern const unsigned char linked_model[], linked_model_end[], linked_gazetteer[], linked_gazetteer_end[];

enum { LAYERS = 8, MOST_FILES = 100000 };

static const char *const layer_names[LAYERS] = {"article", "parse", "times", "quantities", "mentions", "sources", "events", "record"};

typedef struct {
    const pipeline       *pipeline;
    const gazetteer      *gazetteer;
    const article_rules  *article;
    const time_rules     *times;
    const quantity_rules *quantities;
    const mention_rules  *mentions;
    const source_rules   *sources;
    const event_rules    *events;
} bench_reader;

typedef struct {
    str     bytes;
    int32_t published;
} bench_file;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool open_reader(bench_reader *r, arena *a, fault *f)
{
    data_set d = {.a = a};
    return (r->pipeline = pipeline_open(linked_model, (size_t)(linked_model_end - linked_model), "model", f)) &&
           (r->gazetteer = gazetteer_open(linked_gazetteer, (size_t)(linked_gazetteer_end - linked_gazetteer), "gazetteer", f)) &&
           (r->article = article_rules_load(&d, f)) && (r->times = time_rules_load(&d, f)) &&
           (r->quantities = quantity_rules_load(&d, f)) && (r->mentions = mention_rules_load(&d, r->gazetteer, f)) &&
           (r->sources = source_rules_load(&d, f)) && (r->events = event_rules_load(&d, f));
}

static double lap(double *from)
{
    double at = now(), spent = at - *from;
    *from = at;
    return spent;
}

// One report through every layer; seconds of each are added to spent[]. False where it is no report.
static bool read_timed(arena *a, const bench_reader *rd, const bench_file *file, double spent[LAYERS], size_t *tokens)
{
    report        r = {.version = "bench"};
    fault         f;
    article_hints hints = {.published = file->published};
    double        at = now();
    if (!article_read(a, file->bytes, &hints, rd->article, &r.art, &f)) return false;
    spent[0] += lap(&at);
    pipeline_run(a, rd->pipeline, r.art.text, &r.parse);
    spent[1] += lap(&at);
    r.times = times_find(a, &r.parse, rd->times, r.art.published.day);
    spent[2] += lap(&at);
    r.quantities = quantities_find(a, &r.parse, rd->quantities);
    spent[3] += lap(&at);
    r.mentions = mentions_find(a, &r.art, &r.parse, &r.times, &r.quantities, rd->mentions);
    spent[4] += lap(&at);
    r.sources = sources_find(a, &r.art, &r.parse, &r.mentions, rd->sources);
    spent[5] += lap(&at);
    r.events = events_find(a, &r.art, &r.parse, &r.times, &r.quantities, &r.mentions, &r.sources, rd->events);
    spent[6] += lap(&at);
    buf out = {.a = a};
    record_json(&out, &r);
    spent[7] += lap(&at);
    *tokens += r.parse.n;
    return true;
}

static bool load_file(arena *a, const char *path, bench_file *out)
{
    FILE *in = fopen(path, "rb");
    if (!in) return perror(path), false;
    buf  b = {.a = a};
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0;) buf_put(&b, (str){chunk, n});
    fclose(in);
    *out = (bench_file){buf_str(&b), day_of(2020, 1, 1)};
    return true;
}

static void print_results(const double spent[LAYERS], size_t reports, size_t tokens, size_t memory, double start)
{
    double        all = 0;
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    for (int i = 0; i < LAYERS; i++) all += spent[i];
    printf("%-12s%12s%14s%8s\n", "layer", "ms/report", "tokens/s", "share");
    for (int i = 0; i < LAYERS; i++)
        printf("%-12s%12.3f%14.0f%7.1f%%\n", layer_names[i], 1e3 * spent[i] / (double)reports, (double)tokens / spent[i], 100 * spent[i] / all);
    printf("%-12s%12.3f%14.0f\n", "all", 1e3 * all / (double)reports, (double)tokens / all);
    printf("%.1f reports/s, %.0f tokens/report, %.2f MiB of arena a report, %ld MiB resident, start %.1f ms\n", (double)reports / all,
           (double)tokens / (double)reports, (double)memory / (double)reports / (1 << 20), use.ru_maxrss >> 10, 1e3 * start);
}

int main(int argc, char **argv)
{
    jmp_buf full;
    arena   rules, files, doc;
    fault   f;
    double  seconds = 2, spent[LAYERS] = {0};
    if (setjmp(full)) return fprintf(stderr, "out of memory\n"), 2;
    arena_init(&rules, SIZE_MAX / 2, &full), arena_init(&files, SIZE_MAX / 2, &full), arena_init(&doc, SIZE_MAX / 2, &full);
    double       at = now();
    bench_reader reader = {0};
    if (!open_reader(&reader, &rules, &f)) return fprintf(stderr, "%s\n", f.text), 2;
    double      start = now() - at;
    bench_file *v = new_array(&files, bench_file, MOST_FILES);
    size_t      n = 0, reports = 0, tokens = 0, memory = 0;
    char        path[4096];
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--seconds") && i + 1 < argc) seconds = atof(argv[++i]);
        else if (!strcmp(argv[i], "-"))
            while (n < MOST_FILES && fgets(path, sizeof path, stdin)) path[strcspn(path, "\n")] = 0, n += load_file(&files, path, &v[n]);
        else if (n < MOST_FILES) n += load_file(&files, argv[i], &v[n]);
    }
    if (!n) return fprintf(stderr, "use: bench [--seconds N] FILE…\n"), 2;
    for (double begin = now(); now() - begin < seconds;)
        for (size_t i = 0; i < n; i++) {
            reports += read_timed(&doc, &reader, &v[i], spent, &tokens);
            memory += doc.used;
            arena_clear(&doc);
        }
    if (!reports) return fprintf(stderr, "no file is a report\n"), 1;
    print_results(spent, reports, tokens, memory, start);
    pipeline_close(reader.pipeline);
    gazetteer_close(reader.gazetteer);
    arena_clear(&rules), arena_clear(&files);
    return 0;
}
