// tidings add: reports into a ledger. A report's line is printed once it is on disk.

#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

// A commit waits for the disk, so reports share one; but nobody waits long for the line of theirs, nor to add to the
// same ledger.
enum { MOST_TOGETHER = 500, TOGETHER_MS = 200, PAUSE_US = 2000 };

typedef struct {
    char    *name;
    td_added added;
} added_line;

typedef struct {
    td_ledger         *ledger;
    td_reader         *reader; // opened when the first page needs it
    const cli_options *o;
    added_line         lines[MOST_TOGETHER]; // of what is not on disk yet
    size_t             n, done, failed, fresh, joined;
    struct timespec    begun;
    bool               lost; // the ledger cannot be written any more
} add_job;

static long ms_since(const struct timespec *t)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - t->tv_sec) * 1000 + (now.tv_nsec - t->tv_nsec) / 1000000;
}

static void print_added(const added_line *l)
{
    const td_added *d = &l->added;
    printf("%s  ", d->report);
    if (d->same) printf("there already");
    else if (!d->current) printf("version %d, not the latest", d->version);
    else printf("%zu new, %zu joined", d->fresh, d->joined);
    if (!d->same && d->version > 1 && d->current) printf(", version %d", d->version);
    if (d->copy) printf(", a copy");
    if (d->contradicts) printf(", %zu contradict", d->contradicts);
    printf("  %s\n", l->name);
}

static void forget_lines(add_job *job)
{
    for (size_t i = 0; i < job->n; i++) free(job->lines[i].name);
    job->n = 0;
}

static void show_added(const add_job *job, bool last)
{
    if (!isatty(STDERR_FILENO) || isatty(STDOUT_FILENO) || job->done < 2) return;
    fprintf(stderr, "\r\033[K%zu added, %zu happenings new, %zu joined", job->done, job->fresh, job->joined);
    if (job->failed) fprintf(stderr, "; %zu could not be read", job->failed);
    if (last) fputc('\n', stderr);
    fflush(stderr);
}

// After it what was added is on disk, and is acknowledged.
static void commit_lines(add_job *job)
{
    td_error e;
    if (!job->n) return;
    if (td_ledger_commit(job->ledger, &e)) {
        cli_complain("%s", e.text);
        job->lost = true;
        forget_lines(job);
        return;
    }
    for (size_t i = 0; i < job->n; i++) {
        print_added(&job->lines[i]);
        job->fresh += job->lines[i].added.fresh, job->joined += job->lines[i].added.joined;
    }
    fflush(stdout);
    job->done += job->n;
    forget_lines(job);
    show_added(job, false);
    usleep(PAUSE_US); // another that adds has its turn
}

static void add_record(add_job *job, const char *name, td_text record)
{
    td_error   e;
    added_line line = {.name = NULL};
    if (!job->n) {
        if (td_ledger_begin(job->ledger, &e)) {
            cli_complain("%s", e.text);
            job->lost = true;
            return;
        }
        clock_gettime(CLOCK_MONOTONIC, &job->begun);
    }
    td_status status = td_ledger_add(job->ledger, record.text, record.length, &line.added, &e);
    if (status) {
        cli_complain("%s: %s", name, e.text);
        job->failed++;
        if (status == TD_ERR_INPUT && job->n) return;
        job->lost = status != TD_ERR_INPUT;
        if (!job->n && !job->lost && td_ledger_commit(job->ledger, &e)) job->lost = true; // of nothing
        if (job->lost) forget_lines(job);
        return;
    }
    line.name = strdup(name);
    job->lines[job->n++] = line;
    if (job->n == MOST_TOGETHER || ms_since(&job->begun) >= TOGETHER_MS) commit_lines(job);
}

// Reads a page that is no record yet. What was added before it does not wait for it.
static bool add_page(add_job *job, const td_page *page)
{
    td_doc  *doc;
    td_error e;
    if (!job->reader && !(job->reader = cli_reader(job->o, false))) return job->lost = true, false;
    if (td_read(&doc, job->reader, page->bytes, page->length, &page->options, &e))
        return cli_complain("%s: %s", page->name, e.text), false;
    td_text text = td_doc_format(doc, TD_JSON, NULL);
    if (text.text) add_record(job, page->name, text);
    else cli_complain("%s: takes more memory than its budget to print", page->name);
    td_doc_free(doc);
    return text.text != NULL;
}

static void add_pages(add_job *job, td_inputs *in)
{
    td_page   page;
    td_error  e;
    td_status status;
    while (!job->lost && (status = td_inputs_next(in, &page, &e)) != TD_END) {
        if (status) cli_complain("%s: %s", page.name, e.text), job->failed++;
        else if (page.record.text) add_record(job, page.name, page.record);
        else job->failed += !add_page(job, &page);
    }
    if (!job->lost) commit_lines(job);
    show_added(job, true);
}

int command_add(const cli_options *o)
{
    td_error    e;
    cli_options rest = *o;
    add_job    *job = calloc(1, sizeof *job);
    rest.files++, rest.n_files--;
    if (rest.n_files < 1)
        return free(job), cli_complain("add takes a ledger and what to add to it (tidings help add)"), EXIT_USAGE;
    if (!job) return cli_complain("out of memory"), EXIT_NO_OUTPUT;
    job->o = o;
    if (td_ledger_open(&job->ledger, o->files[0], TD_LEDGER_CREATE, &e))
        return free(job), cli_complain("%s", e.text), EXIT_NO_START;
    td_inputs *in = cli_inputs(&rest, false);
    if (in) add_pages(job, in);
    td_inputs_close(in);
    td_reader_free(job->reader);
    td_ledger_close(job->ledger);
    int code = !in ? EXIT_NO_START : job->lost ? EXIT_NO_OUTPUT : job->failed ? EXIT_SOME_FAILED : EXIT_OK;
    free(job);
    return code;
}
