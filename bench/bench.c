// bench.c — time and memory of every layer: bench FILE… (reports as text or HTML; - for a list of paths on standard input).
//
// Reads all files over and over until two seconds are spent (or --seconds N) and prints, per layer, milliseconds a
// report, tokens a second and share of the time; then reports a second, arena bytes a report, resident memory, and the
// time a start takes. Speed of machines differs: compare within one run.

#include "layers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { RECORD = LAYER_EVENTS + 1, LAYERS, MOST_FILES = 100000 };

static const char *const layer_names[LAYERS] = {"article", "parse", "times", "quantities", "mentions", "sources", "events", "record"};

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

typedef struct {
    double at, *spent; // when the last layer ended; seconds of each
} stopwatch;

static void lap(void *with, layer done)
{
    stopwatch *w = with;
    double     at = now();
    w->spent[done] += at - w->at;
    w->at = at;
}

// One report through every layer; seconds of each are added to spent[]. False where it is no report.
static bool read_timed(arena *a, const layers *l, const bench_file *file, double spent[LAYERS], size_t *tokens)
{
    report        r = {.version = "bench"};
    fault         f;
    article_hints hints = {.published = file->published};
    stopwatch     w = {now(), spent};
    if (!layers_read(a, l, file->bytes, &hints, LAYER_EVENTS, &r, &(layers_watch){lap, &w}, &f)) return false;
    buf out = {.a = a};
    record_json(&out, &r);
    spent[RECORD] += now() - w.at;
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

typedef struct {
    jmp_buf      full;
    arena        rules, files, doc;
    layers       layers;
    bench_file  *v;
    size_t       n;
    double       seconds, start;
} bench_job;

static void load_files(bench_job *job, int argc, char **argv)
{
    char path[4096];
    job->v = new_array(&job->files, bench_file, MOST_FILES);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--seconds") && i + 1 < argc) job->seconds = atof(argv[++i]);
        else if (strcmp(argv[i], "-")) job->n += job->n < MOST_FILES && load_file(&job->files, argv[i], &job->v[job->n]);
        else
            while (job->n < MOST_FILES && fgets(path, sizeof path, stdin)) {
                path[strcspn(path, "\n")] = 0;
                job->n += load_file(&job->files, path, &job->v[job->n]);
            }
    }
}

static int run_bench(bench_job *job, int argc, char **argv)
{
    fault  f;
    double spent[LAYERS] = {0}, at = now();
    size_t reports = 0, tokens = 0, memory = 0;
    if (!layers_open(&job->layers, layers_linked_model(), layers_linked_places(), &(data_set){.a = &job->rules}, &f)) return fprintf(stderr, "%s\n", f.text), 2;
    job->start = now() - at;
    load_files(job, argc, argv);
    if (!job->n) return fprintf(stderr, "use: bench [--seconds N] FILE…\n"), 2;
    for (double begin = now(); now() - begin < job->seconds;)
        for (size_t i = 0; i < job->n; i++) {
            reports += read_timed(&job->doc, &job->layers, &job->v[i], spent, &tokens);
            memory += job->doc.used;
            arena_clear(&job->doc);
        }
    if (!reports) return fprintf(stderr, "no file is a report\n"), 1;
    print_results(spent, reports, tokens, memory, job->start);
    return 0;
}

static int run_within_memory(bench_job *job, int argc, char **argv)
{
    return setjmp(job->full) ? (fprintf(stderr, "out of memory\n"), 2) : run_bench(job, argc, argv);
}

int main(int argc, char **argv)
{
    bench_job job = {.seconds = 2};
    arena_init(&job.rules, SIZE_MAX / 2, &job.full);
    arena_init(&job.files, SIZE_MAX / 2, &job.full);
    arena_init(&job.doc, SIZE_MAX / 2, &job.full);
    int code = run_within_memory(&job, argc, argv);
    layers_close(&job.layers);
    arena_clear(&job.doc), arena_clear(&job.rules), arena_clear(&job.files);
    return code;
}
