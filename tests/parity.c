// parity.c — parses texts for tools/parity.py: parity MODEL < texts > tokens.
//
// Input: for each text a line with its length in bytes, then the text. Output: for each text the lines of `tidings parse
// --format tsv` with three columns more (by how much tag, arc and name led over the next best), then an empty line. Tokens and
// seconds of parsing go to standard error. With --kernels NAME (plain, avx2, avx512, neon): other
// arithmetic than the fastest. With --quiet: no output.

#include "parse/pipeline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t); // of one thread: other work on the machine does not count
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *read_model(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END)) return NULL;
    *n = (size_t)ftell(in);
    rewind(in);
    void *bytes = aligned_alloc(64, *n + 64 - *n % 64);
    if (bytes && fread(bytes, 1, *n, in) != *n) bytes = NULL;
    fclose(in);
    return bytes;
}

// The tokens' lines with the margins behind them.
static void put_lines(char *lines, const pipeline_margins *m)
{
    char *save, *line = strtok_r(lines, "\n", &save);
    printf("%s\ttag_margin\tarc_margin\tname_margin\n", line);
    for (size_t i = 0; (line = strtok_r(NULL, "\n", &save)); i++)
        printf("%s\t%.3g\t%.3g\t%.3g\n", line, (double)m->tag[i], (double)m->arc[i], (double)m->name[i]);
    putchar('\n');
}

static void parse_one(const pipeline *pl, arena *a, str text, bool quiet, size_t *tokens, double *seconds)
{
    parse            p;
    pipeline_margins m;
    double           from = cpu_seconds();
    if (quiet) pipeline_run(a, pl, text, &p);
    else pipeline_run_margins(a, pl, text, &p, &m);
    *seconds += cpu_seconds() - from;
    *tokens += p.n;
    if (quiet) return;
    char  *lines = NULL;
    size_t n = 0;
    FILE  *out = open_memstream(&lines, &n);
    parse_dump_tsv(out, &p);
    fclose(out);
    put_lines(lines, &m);
    free(lines);
}

static int parse_all(const pipeline *pl, arena *a, jmp_buf *full, bool quiet)
{
    static size_t tokens;
    static double seconds;
    if (setjmp(*full)) return fprintf(stderr, "parity: a text is too large\n"), 2;
    for (size_t length; scanf("%zu", &length) == 1;) {
        char *text = malloc(length + 1);
        if (getchar() != '\n' || fread(text, 1, length, stdin) != length) return fprintf(stderr, "parity: input cut short\n"), 2;
        parse_one(pl, a, (str){text, length}, quiet, &tokens, &seconds);
        arena_clear(a);
        free(text);
    }
    fprintf(stderr, "%zu tokens %.4f seconds\n", tokens, seconds);
    return 0;
}

int main(int argc, char **argv)
{
    size_t  n = 0;
    double  from = cpu_seconds();
    fault   f = {{0}};
    jmp_buf full;
    arena   a;
    void   *model = argc > 1 ? read_model(argv[1], &n) : NULL;
    if (!model) return fprintf(stderr, "parity: %s\n", argc > 1 ? strerror(errno) : "which model?"), 2;
    double          read = cpu_seconds();
    const pipeline *pl = pipeline_open(model, n, argv[1], &f);
    if (!pl) return fprintf(stderr, "parity: %s\n", f.text), 2;
    const net_kernels *way = net_kernels_best();
    bool               quiet = false;
    for (int i = 2; i < argc; i++)
        if (!strcmp(argv[i], "--quiet")) quiet = true;
        else if (!strcmp(argv[i], "--kernels") && i + 1 < argc) way = net_kernels_named(argv[++i]);
    if (!way) return fprintf(stderr, "parity: no such kernels for this machine\n"), 2;
    pipeline_use_kernels(pl, way);
    fprintf(stderr, "read %.1f ms, opened %.1f ms\n", 1e3 * (read - from), 1e3 * (cpu_seconds() - read));
    arena_init(&a, (size_t)8 << 30, &full);
    int status = parse_all(pl, &a, &full, quiet);
    arena_clear(&a);
    pipeline_close(pl);
    free(model);
    return status;
}
