// What the commands share: complaints, loading, the reader, the end.

#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void cli_complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (isatty(STDERR_FILENO)) fputs("\r\033[K", stderr); // over a progress line
    fputs("tidings: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

td_reader *cli_reader(const cli_options *o, bool articles)
{
    td_reader_options options = o->reader;
    td_reader        *reader;
    td_error          e;
    options.articles = articles;
    if (td_reader_open(&reader, &options, &e)) return cli_complain("%s", e.text), NULL;
    return reader;
}

static char *load_stream(FILE *in, const char *name, size_t *n)
{
    enum { MOST = (64 << 20) + 1 }; // one byte over what td_read takes, so that it says so
    size_t cap = 1 << 16;
    char  *v = malloc(cap);
    *n = 0;
    for (size_t got; v && *n < MOST && (got = fread(v + *n, 1, cap - *n, in)) > 0;) {
        if ((*n += got) < cap) continue;
        char *more = realloc(v, cap *= 2);
        if (!more) free(v);
        v = more;
    }
    if (!v) return cli_complain("%s: out of memory", name), NULL;
    if (!ferror(in)) return v;
    cli_complain("%s: %s", name, strerror(errno));
    free(v);
    return NULL;
}

char *cli_load(const char *path, size_t *n)
{
    if (!strcmp(path, "-")) return load_stream(stdin, "standard input", n);
    struct stat s;
    FILE       *in = fopen(path, "rb");
    if (!in) return cli_complain("%s: %s", path, strerror(errno)), NULL;
    char *v = NULL;
    if (fstat(fileno(in), &s) == 0 && S_ISDIR(s.st_mode)) cli_complain("%s: a folder, not a report", path);
    else v = load_stream(in, path, n);
    fclose(in);
    return v;
}

int cli_finish(int code)
{
    errno = 0;
    bool bad = fflush(stdout) != 0;
    if (!bad && !ferror(stdout)) return code;
    if (errno != EPIPE) cli_complain("standard output: %s", errno ? strerror(errno) : "cannot be written");
    return EXIT_NO_OUTPUT;
}
