// tidings read, article, parse, explain: reports in, each printed in its format.

#include "cli.h"

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
    bool               single; // one report is all the format can hold
    size_t             printed, failed;
} read_job;

static void show_progress(const read_job *job, size_t done, bool last)
{
    if (done < 2 || !isatty(STDERR_FILENO) || isatty(STDOUT_FILENO)) return;
    fprintf(stderr, "\r\033[K%zu read", done - job->failed);
    if (job->failed) fprintf(stderr, ", %zu could not be", job->failed);
    if (last) fputc('\n', stderr);
    fflush(stderr);
}

// Between the reports of several: nothing for lines of JSON, else an empty line; over each its name.
static void print_between(const read_job *job, const td_page *page)
{
    if (job->lines || (job->o->n_files < 2 && !page->number)) return;
    if (job->printed) putchar('\n');
    if (job->named) printf("%s\n", page->name);
}

static td_status read_page(const read_job *job, const td_page *page, td_doc **doc, td_error *e)
{
    switch (job->way) {
    case WAY_PARSE: return td_parse(doc, job->reader, page->bytes, page->length, &page->options, e);
    case WAY_ARTICLE: return td_read_article(doc, job->reader, page->bytes, page->length, &page->options, e);
    case WAY_READ: break;
    }
    return td_read(doc, job->reader, page->bytes, page->length, &page->options, e);
}

static td_text print_page(const read_job *job, td_doc *doc)
{
    if (job->way == WAY_ARTICLE) return td_doc_article(doc, job->article);
    return job->tokens ? td_doc_tokens(doc) : td_doc_format(doc, job->format, &job->o->print);
}

static bool read_one(read_job *job, const td_page *page)
{
    td_doc  *doc;
    td_error e;
    if (job->single && job->printed) return cli_complain("%s: --format html takes one report", page->name), false;
    if (read_page(job, page, &doc, &e)) return cli_complain("%s: %s", page->name, e.text), false;
    td_text text = print_page(job, doc);
    if (text.text) {
        print_between(job, page);
        fwrite(text.text, 1, text.length, stdout);
        job->printed++;
    } else cli_complain("%s: takes more memory than its budget to print", page->name);
    td_doc_free(doc);
    return text.text != NULL;
}

static void read_pages(read_job *job, td_inputs *in)
{
    td_page   page;
    td_error  e;
    size_t    done = 0;
    td_status status;
    while (!ferror(stdout) && (status = td_inputs_next(in, &page, &e)) != TD_END) {
        if (status) cli_complain("%s: %s", page.name, e.text);
        job->failed += status || !read_one(job, &page);
        show_progress(job, ++done, false);
    }
    show_progress(job, done, true);
}

static int read_files(read_job *job)
{
    td_inputs *in = cli_inputs(job->o, job->way == WAY_PARSE);
    td_reader *reader = in ? cli_reader(job->o, job->way == WAY_ARTICLE) : NULL;
    job->reader = reader;
    if (reader) read_pages(job, in);
    td_inputs_close(in);
    td_reader_free(reader);
    return !reader ? EXIT_NO_START : job->failed ? EXIT_SOME_FAILED : EXIT_OK;
}

int command_read(const cli_options *o)
{
    const named_format *f = find_format(o->format ? o->format : "text");
    if (!f) return cli_complain("--format is text, json, jsonl, html or conllu, not: %s", o->format), EXIT_USAGE;
    if (f->format == TD_HTML && o->n_files > 1) return cli_complain("--format html takes one file"), EXIT_USAGE;
    return read_files(&(read_job){.o = o,
                                  .format = f->format,
                                  .lines = f->format == TD_JSON,
                                  .named = f->format == TD_TEXT,
                                  .single = f->format == TD_HTML});
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
    return read_files(&(read_job){.o = o,
                                  .way = WAY_ARTICLE,
                                  .article = formats[k].format,
                                  .lines = formats[k].format == TD_ARTICLE_JSON,
                                  .single = formats[k].format == TD_ARTICLE_HTML});
}

int command_parse(const cli_options *o)
{
    bool tokens = o->format && !strcmp(o->format, "tsv");
    if (o->format && !tokens && strcmp(o->format, "conllu"))
        return cli_complain("--format is conllu or tsv, not: %s", o->format), EXIT_USAGE;
    return read_files(&(read_job){.o = o, .way = WAY_PARSE, .tokens = tokens, .format = TD_CONLLU});
}

int command_explain(const cli_options *o) { return read_files(&(read_job){.o = o, .format = TD_EXPLAIN, .named = true}); }
