// tidings read, parse, explain: one or many files in, each printed in its format.

#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const char *name;
    td_format   format;
} named_format;

static const named_format read_formats[] = {
    {"text", TD_TEXT}, {"json", TD_JSON}, {"jsonl", TD_JSON}, {"html", TD_HTML}, {"conllu", TD_CONLLU}, {NULL, TD_JSON},
};

static const named_format *find_format(const char *name)
{
    const named_format *f = read_formats;
    while (f->name && strcmp(f->name, name)) f++;
    return f->name ? f : NULL;
}

typedef struct {
    const cli_options *o;
    const td_reader   *reader;
    bool               parse_only, tokens;
    td_format          format;
    int                failed;
} read_job;

static void show_progress(const read_job *job, int done)
{
    if (job->o->n_files < 2 || !isatty(STDERR_FILENO) || isatty(STDOUT_FILENO)) return;
    fprintf(stderr, "\r\033[K%d of %d", done, job->o->n_files);
    if (job->failed) fprintf(stderr, ", %d could not be read", job->failed);
    if (done == job->o->n_files) fputc('\n', stderr);
    fflush(stderr);
}

// Between the reports of several files: nothing for lines of JSON, else an empty line; over each its name.
static void print_between(const read_job *job, const char *path, bool first)
{
    if (job->format == TD_JSON || job->o->n_files < 2) return;
    if (!first) putchar('\n');
    if (job->format == TD_TEXT || job->format == TD_EXPLAIN) printf("%s\n", path);
}

static bool read_one(read_job *job, const char *path, bool first)
{
    size_t   n;
    char    *bytes = cli_load(path, &n);
    td_doc  *doc;
    td_error e;
    if (!bytes) return false;
    td_status status = job->parse_only ? td_parse(&doc, job->reader, bytes, n, &job->o->doc, &e)
                                       : td_read(&doc, job->reader, bytes, n, &job->o->doc, &e);
    free(bytes);
    if (status) return cli_complain("%s: %s", strcmp(path, "-") ? path : "standard input", e.text), false;
    td_text text = job->tokens ? td_doc_tokens(doc) : td_doc_format(doc, job->format, &job->o->print);
    if (text.text) {
        print_between(job, path, first);
        fwrite(text.text, 1, text.length, stdout);
    } else cli_complain("%s: takes more memory than its budget to print", path);
    td_doc_free(doc);
    return text.text != NULL;
}

static int read_files(read_job *job)
{
    td_reader *reader = cli_reader(job->o);
    if (!reader) return EXIT_NO_START;
    job->reader = reader;
    for (int i = 0; i < job->o->n_files && !ferror(stdout); i++) {
        job->failed += !read_one(job, job->o->files[i], i == job->failed);
        show_progress(job, i + 1);
    }
    td_reader_free(reader);
    return job->failed ? EXIT_SOME_FAILED : EXIT_OK;
}

int command_read(const cli_options *o)
{
    const named_format *f = find_format(o->format ? o->format : "text");
    if (!f) return cli_complain("--format is text, json, jsonl, html or conllu, not: %s", o->format), EXIT_USAGE;
    if (f->format == TD_HTML && o->n_files > 1) return cli_complain("--format html takes one file"), EXIT_USAGE;
    return read_files(&(read_job){.o = o, .format = f->format});
}

int command_parse(const cli_options *o)
{
    bool tokens = o->format && !strcmp(o->format, "tsv");
    if (o->format && !tokens && strcmp(o->format, "conllu"))
        return cli_complain("--format is conllu or tsv, not: %s", o->format), EXIT_USAGE;
    return read_files(&(read_job){.o = o, .parse_only = true, .tokens = tokens, .format = TD_CONLLU});
}

int command_explain(const cli_options *o) { return read_files(&(read_job){.o = o, .format = TD_EXPLAIN}); }
