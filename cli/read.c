// tidings read, article, parse, explain: reports in, each printed in its format.

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
    bool               single; // one report is all the format can hold
    td_inputs         *in;
    cli_resume         resume;
    size_t             printed, failed;
    double             begun, shown; // when
} read_job;

// A bar, how far, how fast; several times a second where somebody sees it.
static void show_progress(read_job *job, bool last)
{
    enum { CELLS = 20 };
    static const char full[] = "####################", empty[] = "....................";
    double            now = cli_now(), seconds = now - job->begun + 1e-9;
    uint64_t          all, bytes = td_inputs_reached(job->in, &all);
    size_t            done = job->printed + job->failed;
    if (done < 2 || !isatty(STDERR_FILENO) || isatty(STDOUT_FILENO) || (!last && now - job->shown < 0.2)) return;
    job->shown = now;
    fputs("\r\033[K", stderr);
    if (all) {
        int cells = (int)((double)CELLS * (double)(bytes < all ? bytes : all) / (double)all);
        fprintf(stderr, "[%.*s%.*s] %d%%  ", cells, full, CELLS - cells, empty, 100 * cells / CELLS);
    }
    fprintf(stderr, "%zu read (%.1f/s), %zu could not be, %.1f MB (%.2f MB/s)", job->printed, (double)job->printed / seconds,
            job->failed, 1e-6 * (double)bytes, 1e-6 * (double)bytes / seconds);
    if (last) fputc('\n', stderr);
    fflush(stderr);
}

// Between the reports of several: nothing for lines of JSON, else an empty line; over each its name.
static void print_between(const read_job *job, const td_page *page)
{
    if (job->lines || (job->o->n_files < 2 && !page->number)) return;
    if (job->printed || job->resume.bytes) putchar('\n');
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

// On any thread: what the page is read and printed as.
static cli_result read_one(void *with, const td_page *page)
{
    const read_job *job = with;
    cli_result      r = {0};
    td_doc         *doc;
    td_error        e;
    if (read_page(job, page, &doc, &e)) return snprintf(r.complaint, sizeof r.complaint, "%s: %s", page->name, e.text), r;
    td_text text = print_page(job, doc);
    if (text.text && (r.text = malloc(text.length + 1))) memcpy(r.text, text.text, r.length = text.length);
    else snprintf(r.complaint, sizeof r.complaint, "%s: takes more memory than its budget to print", page->name);
    td_doc_free(doc);
    return r;
}

// In the order of the inputs: what came of a page, or why nothing did.
static bool take_one(void *with, const td_page *page, const cli_result *got)
{
    read_job *job = with;
    bool      good = !got->complaint[0];
    if (good && job->single && job->printed) {
        cli_complain("%s: --format html takes one report", page->name);
        good = false;
    } else if (!good) cli_complain("%s", got->complaint);
    else {
        print_between(job, page);
        fwrite(got->text, 1, got->length, stdout);
        job->printed++;
    }
    job->failed += !good;
    job->resume.failed |= !good;
    if (good || page->length) cli_resume_reached(&job->resume, page);
    show_progress(job, false);
    return !ferror(stdout);
}

static int read_pages(read_job *job)
{
    cli_resume *r = &job->resume;
    job->begun = cli_now();
    if (r->begun) td_inputs_begin_behind(job->in, r->input, r->number, r->place[0] ? r->place : NULL);
    if (!cli_jobs_run(job->in, &(cli_jobs){job->o->jobs, read_one, take_one, job}))
        return cli_complain("out of memory"), EXIT_NO_START;
    show_progress(job, true);
    cli_resume_close(r, true);
    return job->failed || r->failed ? EXIT_SOME_FAILED : EXIT_OK;
}

static int read_files(read_job *job)
{
    static const char *const commands[] = {[WAY_READ] = "read", [WAY_PARSE] = "parse", [WAY_ARTICLE] = "article"};
    int code = cli_resume_open(&job->resume, job->o, job->format == TD_EXPLAIN ? "explain" : commands[job->way]);
    if (code) return code;
    if (job->resume.complete) return job->resume.failed ? EXIT_SOME_FAILED : EXIT_OK;
    td_reader *reader = cli_reader(job->o, job->way == WAY_ARTICLE);
    job->reader = reader;
    job->in = reader ? cli_inputs(job->o, job->way == WAY_PARSE) : NULL;
    code = job->in ? read_pages(job) : EXIT_NO_START;
    td_inputs_close(job->in);
    td_reader_free(reader);
    return code;
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
