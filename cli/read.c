// tidings read, article, parse, explain: one or many files in, each printed in its format.

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

typedef enum { WAY_READ, WAY_PARSE, WAY_ARTICLE } reading_way;

typedef struct {
    const cli_options *o;
    const td_reader   *reader;
    reading_way        way;
    bool               tokens, lines, named; // a line a report; a name over each
    td_format          format;
    td_article_format  article;
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
    if (job->lines || job->o->n_files < 2) return;
    if (!first) putchar('\n');
    if (job->named) printf("%s\n", path);
}

static td_status read_page(const read_job *job, td_doc **doc, const char *bytes, size_t n, td_error *e)
{
    const td_options *o = &job->o->doc;
    switch (job->way) {
    case WAY_PARSE: return td_parse(doc, job->reader, bytes, n, o, e);
    case WAY_ARTICLE: return td_read_article(doc, job->reader, bytes, n, o, e);
    case WAY_READ: break;
    }
    return td_read(doc, job->reader, bytes, n, o, e);
}

static td_text print_page(const read_job *job, td_doc *doc)
{
    if (job->way == WAY_ARTICLE) return td_doc_article(doc, job->article);
    return job->tokens ? td_doc_tokens(doc) : td_doc_format(doc, job->format, &job->o->print);
}

static bool read_one(read_job *job, const char *path, bool first)
{
    size_t   n;
    char    *bytes = cli_load(path, &n);
    td_doc  *doc;
    td_error e;
    if (!bytes) return false;
    td_status status = read_page(job, &doc, bytes, n, &e);
    free(bytes);
    if (status) return cli_complain("%s: %s", strcmp(path, "-") ? path : "standard input", e.text), false;
    td_text text = print_page(job, doc);
    if (text.text) {
        print_between(job, path, first);
        fwrite(text.text, 1, text.length, stdout);
    } else cli_complain("%s: takes more memory than its budget to print", path);
    td_doc_free(doc);
    return text.text != NULL;
}

static int read_files(read_job *job)
{
    td_reader *reader = cli_reader(job->o, job->way == WAY_ARTICLE);
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
    return read_files(&(read_job){.o = o, .format = f->format, .lines = f->format == TD_JSON, .named = f->format == TD_TEXT});
}

int command_article(const cli_options *o)
{
    static const struct {
        const char       *name;
        td_article_format format;
    } formats[] = {{"text", TD_ARTICLE_TEXT}, {"markdown", TD_ARTICLE_MARKDOWN}, {"md", TD_ARTICLE_MARKDOWN},
                   {"json", TD_ARTICLE_JSON}, {"jsonl", TD_ARTICLE_JSON},        {"html", TD_ARTICLE_HTML}};
    size_t k = 0, n = sizeof formats / sizeof *formats;
    while (o->format && k < n && strcmp(formats[k].name, o->format)) k++;
    if (k == n) return cli_complain("--format is text, markdown, json or html, not: %s", o->format), EXIT_USAGE;
    if (formats[k].format == TD_ARTICLE_HTML && o->n_files > 1) return cli_complain("--format html takes one file"), EXIT_USAGE;
    return read_files(
        &(read_job){.o = o, .way = WAY_ARTICLE, .article = formats[k].format, .lines = formats[k].format == TD_ARTICLE_JSON});
}

int command_parse(const cli_options *o)
{
    bool tokens = o->format && !strcmp(o->format, "tsv");
    if (o->format && !tokens && strcmp(o->format, "conllu"))
        return cli_complain("--format is conllu or tsv, not: %s", o->format), EXIT_USAGE;
    return read_files(&(read_job){.o = o, .way = WAY_PARSE, .tokens = tokens, .format = TD_CONLLU});
}

int command_explain(const cli_options *o) { return read_files(&(read_job){.o = o, .format = TD_EXPLAIN, .named = true}); }
