// article.c — bytes to article, one thread, pages in memory: bench-article FILE… (whatever tidings article takes).
//
// Reads all pages over and over until two seconds are spent (or --seconds N), three times; prints of the fastest pages a
// second, MB a second and milliseconds a page, and the slowest page. Speed of machines differs: compare within one run
// (tools/article_speed.py).

#include "tidings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    char      *bytes, *url;
    size_t     n;
    td_options options;
    double     seconds; // the fastest
} bench_page;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); // others on the machine do not count
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bench_page *load(int n_names, const char *const *names, size_t *n)
{
    td_inputs  *in;
    td_page     page;
    td_error    e;
    bench_page *v = NULL;
    td_status   status = td_inputs_open(&in, names, (size_t)n_names, NULL, &e);
    *n = 0;
    while (!status && (status = td_inputs_next(in, &page, &e)) != TD_END) {
        if (status) {
            fprintf(stderr, "%s: %s\n", page.name, e.text);
            status = TD_OK;
            continue;
        }
        bench_page *more = realloc(v, (*n + 1) * sizeof *v);
        if (!more) break;
        v = more;
        bench_page *p = &v[(*n)++];
        *p = (bench_page){.bytes = malloc(page.length + 1), .n = page.length, .seconds = 1e9};
        if (!p->bytes) break;
        memcpy(p->bytes, page.bytes, page.length);
        if (page.options.url) p->url = strdup(page.options.url);
        p->options = (td_options){.url = p->url, .input = page.options.input};
    }
    td_inputs_close(in);
    return v;
}

static void read_all(const td_reader *reader, bench_page *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        td_doc *doc;
        double  at = now();
        if (!td_read_article(&doc, reader, v[i].bytes, v[i].n, &v[i].options, NULL)) td_doc_free(doc);
        double spent = now() - at;
        if (spent < v[i].seconds) v[i].seconds = spent;
    }
}

int main(int argc, char **argv)
{
    double seconds = 2, bytes = 0, fastest = 1e9;
    int    first = 1;
    if (argc > 2 && !strcmp(argv[1], "--seconds")) seconds = atof(argv[2]), first = 3;
    td_reader *reader;
    td_error   e;
    if (td_reader_open(&reader, &(td_reader_options){.articles = true}, &e)) return fprintf(stderr, "%s\n", e.text), 2;
    size_t      n, slowest = 0;
    bench_page *v = load(argc - first, (const char *const *)argv + first, &n);
    if (!n) return fprintf(stderr, "use: bench-article [--seconds N] FILE…\n"), 2;
    for (size_t i = 0; i < n; i++) bytes += (double)v[i].n;
    for (int run = 0; run < 3; run++) {
        size_t times = 0;
        double begin = now(), spent;
        do read_all(reader, v, n), times++;
        while ((spent = now() - begin) < seconds);
        if (spent / (double)times < fastest) fastest = spent / (double)times;
    }
    for (size_t i = 0; i < n; i++)
        if (v[i].seconds > v[slowest].seconds) slowest = i;
    printf("article: %zu pages, %.1f MB: %.0f pages/s, %.1f MB/s, %.3f ms a page; the slowest %.1f ms (%zu bytes)\n", n,
           bytes / 1e6, (double)n / fastest, bytes / 1e6 / fastest, 1e3 * fastest / (double)n, 1e3 * v[slowest].seconds,
           v[slowest].n);
    for (size_t i = 0; i < n; i++) free(v[i].bytes), free(v[i].url);
    free(v);
    td_reader_free(reader);
    return 0;
}
