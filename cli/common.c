// What the commands share: complaints, loading, the reader, the end.

#include "cli.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>
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

td_inputs *cli_inputs(const cli_options *o, bool whole)
{
    td_inputs       *in;
    td_error         e;
    td_input_options options = {.page = o->doc, .follow = o->follow, .whole = whole || o->doc.input != TD_ANY};
    if (td_inputs_open(&in, o->files, (size_t)o->n_files, &options, &e)) return cli_complain("%s", e.text), NULL;
    return in;
}

int cli_finish(int code)
{
    errno = 0;
    bool bad = fflush(stdout) != 0;
    if (!bad && !ferror(stdout)) return code;
    if (errno != EPIPE) cli_complain("standard output: %s", errno ? strerror(errno) : "cannot be written");
    return EXIT_NO_OUTPUT;
}
