// tidings_ledger.c — the public header's ledger: each call with an arena of its own, each failure one line.

#include "tidings.h"

#include "ledger/ask.h"
#include "ledger/check.h"
#include "ledger/decide.h"
#include "ledger/dump.h"
#include "ledger/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct td_ledger {
    jmp_buf full;
    arena   a, rules;
    ledger  l;
};

typedef struct {
    td_ledger       *to;
    str              text, b, who, why; // of an addition, or a decision
    td_added        *added;
    td_ledger_output output;
    question         asked;
    answer_format    format;
    int              width;
    bool             color;
    bool             no_record;
    fault            f;
} ledger_job;

static td_status ledger_status(td_error *e, td_status status, const fault *f)
{
    if (status && e) snprintf(e->text, sizeof e->text, "%s", f->text);
    return status;
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static td_status ledger_within(ledger_job *job, bool (*run)(ledger_job *))
{
    switch (setjmp(job->to->full)) {
    case 0: return run(job) ? TD_OK : job->no_record ? TD_ERR_INPUT : TD_ERR_FILE;
    case ARENA_BUDGET: fault_set(&job->f, "takes more memory than its budget of %zu MiB", job->to->a.budget >> 20); break;
    default: fault_set(&job->f, "out of memory");
    }
    ledger_rollback(&job->to->l);
    return TD_ERR_MEMORY;
}

static td_status ledger_call(ledger_job *job, bool (*run)(ledger_job *), td_error *error)
{
    arena_clear(&job->to->a);
    return ledger_status(error, ledger_within(job, run), &job->f);
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static bool open_within(td_ledger *l, const char *path, ledger_mode mode, fault *f)
{
    if (setjmp(l->full)) return fault_set(f, "out of memory");
    return ledger_open(&l->l, &l->rules, path, mode, f);
}

td_status td_ledger_open(td_ledger **out, const char *path, td_ledger_mode mode, td_error *error)
{
    static const ledger_mode modes[] = {LEDGER_READ, LEDGER_WRITE, LEDGER_CREATE};
    fault                    f = {{0}};
    td_ledger               *l = calloc(1, sizeof *l);
    *out = NULL;
    if (!l) return ledger_status(error, TD_ERR_MEMORY, &(fault){"out of memory"});
    arena_init(&l->a, (size_t)4 << 30, &l->full);
    arena_init(&l->rules, (size_t)1 << 30, &l->full);
    if (open_within(l, path, modes[mode], &f)) return *out = l, TD_OK;
    td_ledger_close(l);
    return ledger_status(error, TD_ERR_FILE, &f);
}

void td_ledger_close(td_ledger *l)
{
    if (!l) return;
    ledger_close(&l->l);
    arena_clear(&l->a);
    arena_clear(&l->rules);
    free(l);
}

static void added_out(const ledger_added *from, td_added *to)
{
    *to = (td_added){.same = from->same,
                     .version = from->version,
                     .current = from->current,
                     .fresh = from->fresh,
                     .joined = from->joined,
                     .contradicts = from->contradicts,
                     .copy = from->copy_of != 0};
    memcpy(to->report, from->key, sizeof to->report);
}

static bool run_add(ledger_job *job)
{
    ledger_added added;
    if (!ledger_add(&job->to->l, &job->to->a, job->text, &added, &job->f)) return job->no_record = added.no_record, false;
    if (job->added) added_out(&added, job->added);
    return true;
}

td_status td_ledger_add(td_ledger *l, const char *record, size_t length, td_added *added, td_error *error)
{
    ledger_job job = {.to = l, .text = {record, length}, .added = added};
    return ledger_call(&job, run_add, error);
}

static bool run_begin(ledger_job *job) { return ledger_begin(&job->to->l, &job->f); }
static bool run_commit(ledger_job *job) { return ledger_commit(&job->to->l, &job->f); }

td_status td_ledger_begin(td_ledger *l, td_error *error) { return ledger_call(&(ledger_job){.to = l}, run_begin, error); }
td_status td_ledger_commit(td_ledger *l, td_error *error) { return ledger_call(&(ledger_job){.to = l}, run_commit, error); }

static bool run_join(ledger_job *job)
{
    return decide_join(&job->to->l, &job->to->a, job->text, job->b, job->who, job->why, &job->f);
}

static bool run_split(ledger_job *job)
{
    return decide_split(&job->to->l, &job->to->a, job->text, job->b, job->who, job->why, &job->f);
}

static ledger_job decision_job(td_ledger *l, const char *a, const char *b, const char *who, const char *why)
{
    return (ledger_job){.to = l, .text = str_of(a), .b = str_of(b), .who = str_of(who), .why = str_of(why)};
}

td_status td_ledger_join(td_ledger *l, const char *a, const char *b, const char *who, const char *why, td_error *error)
{
    ledger_job job = decision_job(l, a, b, who, why);
    return ledger_call(&job, run_join, error);
}

td_status td_ledger_split(td_ledger *l, const char *happening, const char *event, const char *who, const char *why,
                          td_error *error)
{
    ledger_job job = decision_job(l, happening, event, who, why);
    return ledger_call(&job, run_split, error);
}

static bool run_dump(ledger_job *job)
{
    return dump_ledger(&job->to->l, &job->to->a, (dump_output){job->output.write, job->output.with}, &job->f);
}

static bool run_records(ledger_job *job)
{
    return dump_records(&job->to->l, &job->to->a, (dump_output){job->output.write, job->output.with}, &job->f);
}

static bool run_check(ledger_job *job) { return check_ledger(&job->to->l, &job->to->a, &job->f); }

td_status td_ledger_dump(td_ledger *l, td_ledger_output output, td_error *error)
{
    return ledger_call(&(ledger_job){.to = l, .output = output}, run_dump, error);
}

td_status td_ledger_records(td_ledger *l, td_ledger_output output, td_error *error)
{
    return ledger_call(&(ledger_job){.to = l, .output = output}, run_records, error);
}

td_status td_ledger_check(td_ledger *l, td_error *error) { return ledger_call(&(ledger_job){.to = l}, run_check, error); }

static bool run_ask(ledger_job *job)
{
    ledger_answer out = {.a = &job->to->a};
    buf    b = {.a = &job->to->a};
    if (!ask_ledger(&job->to->l, &job->asked, &out, &job->f)) return false;
    answer_print(&b, &out, job->format, job->width, job->color);
    return job->output.write(job->output.with, b.v ? b.v : "", b.n) || fault_set(&job->f, "the answer cannot be written");
}

static str str_or_none(const char *s) { return s ? str_of(s) : (str){"", 0}; }

static bool day_of_text(const char *s, int32_t *day)
{
    *day = s ? day_parse(str_of(s)) : DAY_NONE;
    return !s || *day != DAY_NONE;
}

td_status td_ledger_ask(td_ledger *l, const td_question *q, const char *format, int width, bool color, td_ledger_output output,
                        td_error *error)
{
    ledger_job job = {.to = l, .output = output, .width = width ? width : 100, .color = color};
    question  *to = &job.asked;
    enum { MOST_WORDS = 32 };
    str words[MOST_WORDS];
    *to = (question){.verb = str_or_none(q->verb),
                     .words = words,
                     .n_words = q->n_words < MOST_WORDS ? q->n_words : MOST_WORDS,
                     .place = str_or_none(q->place),
                     .effect = str_or_none(q->effect),
                     .claimant = str_or_none(q->claimant),
                     .party = str_or_none(q->party),
                     .near = q->near,
                     .lat = q->latitude,
                     .lon = q->longitude,
                     .km = q->radius,
                     .why = q->why};
    for (size_t i = 0; i < to->n_words; i++) words[i] = str_of(q->words[i]);
    if (!answer_format_of(format ? str_of(format) : STR("text"), &job.format))
        return ledger_status(error, TD_ERR_INPUT, (fault_set(&job.f, "no format \"%s\"", format), &job.f));
    if (!day_of_text(q->since, &to->since) || !day_of_text(q->until, &to->until))
        return ledger_status(error, TD_ERR_INPUT, (fault_set(&job.f, "a day is written 2024-05-25"), &job.f));
    return ledger_call(&job, run_ask, error);
}

td_status td_ledger_schema(td_ledger_output output, td_error *error)
{
    for (const char *const *sql = ledger_schema_sql; *sql; sql++)
        if (strncmp(*sql, "CREATE INDEX", 12) &&
            (!output.write(output.with, *sql, strlen(*sql)) || !output.write(output.with, ";\n\n", 3)))
            return ledger_status(error, TD_ERR_FILE, &(fault){"the schema cannot be written"});
    return TD_OK;
}
