// jobs.c — pages read by several threads: one reads the inputs and prints in their order, the others work. What waits is bounded,
// so memory stays the same however long the inputs are.

#include "cli.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    SLOTS_A_THREAD = 8,      // pages that wait or are worked on
    MOST_WAITING = 128 << 20 // bytes of pages; one page may be more
};

typedef enum { SLOT_WAITS, SLOT_WORKED, SLOT_DONE } slot_state;

// A page outlives the inputs' own: its bytes and words are copied.
typedef struct {
    slot_state state;
    td_page    page;
    char      *bytes, *words;
    size_t     bytes_cap, words_cap;
    cli_result result;
} job_slot;

typedef struct {
    const cli_jobs *jobs;
    td_inputs      *in;
    job_slot       *slots;
    size_t          n_slots;
    pthread_mutex_t lock; // of all that follows
    pthread_cond_t  has_work, has_result;
    size_t          first, next, end; // to be taken, to be worked on, to be filled; they only grow
    size_t          waiting;          // bytes of the pages in between
    bool            stop;
} job_queue;

static bool grow_to(char **v, size_t *cap, size_t n)
{
    if (*v && *cap >= n) return true;
    free(*v);
    *v = malloc(*cap = n + n / 4 + 64);
    return *v != NULL;
}

static const char **words_of(td_page *p, size_t i)
{
    const char **words[] = {&p->name,
                            &p->place,
                            &p->options.url,
                            &p->options.title,
                            &p->options.published,
                            &p->options.dated,
                            &p->options.fetched,
                            &p->options.byline,
                            &p->options.site,
                            &p->options.section,
                            &p->options.language,
                            &p->options.charset};
    return i < sizeof words / sizeof *words ? words[i] : NULL;
}

static bool copy_page(job_slot *s, const td_page *page)
{
    size_t       n = 0;
    const char **word;
    s->page = *page;
    for (size_t i = 0; (word = words_of(&s->page, i)); i++) n += *word ? strlen(*word) + 1 : 0;
    if (!grow_to(&s->words, &s->words_cap, n) || !grow_to(&s->bytes, &s->bytes_cap, page->length)) return false;
    if (page->length) memcpy(s->bytes, page->bytes, page->length);
    s->page.bytes = s->bytes;
    s->page.record = (td_text){NULL, 0}; // for the ledger, which reads alone
    char *at = s->words;
    for (size_t i = 0; (word = words_of(&s->page, i)); i++) {
        if (!*word) continue;
        size_t length = strlen(*word) + 1;
        *word = memcpy(at, *word, length);
        at += length;
    }
    return true;
}

static void refuse_page(job_slot *s, const char *name, const char *why)
{
    s->state = SLOT_DONE;
    snprintf(s->result.complaint, sizeof s->result.complaint, "%s: %s", name, why);
}

// The next page into the slot behind the last; false at the end of the inputs.
static bool fill_slot(job_queue *q)
{
    td_page   page;
    td_error  e;
    job_slot *s = &q->slots[q->end % q->n_slots];
    td_status status = td_inputs_next(q->in, &page, &e);
    if (status == TD_END) return false;
    s->state = SLOT_WAITS;
    s->result = (cli_result){0};
    if (status) page.bytes = "", page.length = 0;
    if (!copy_page(s, &page)) {
        s->page = (td_page){.name = "", .bytes = ""};
        refuse_page(s, page.name, "out of memory");
    } else if (status) refuse_page(s, page.name, e.text);
    return true;
}

static void *work_on(void *queue)
{
    job_queue *q = queue;
    pthread_mutex_lock(&q->lock);
    for (;;) {
        while (!q->stop && q->next == q->end) pthread_cond_wait(&q->has_work, &q->lock);
        if (q->stop) break;
        job_slot *s = &q->slots[q->next++ % q->n_slots];
        if (s->state != SLOT_WAITS) continue; // refused
        s->state = SLOT_WORKED;
        pthread_mutex_unlock(&q->lock);
        cli_result got = q->jobs->work(q->jobs->with, &s->page);
        pthread_mutex_lock(&q->lock);
        s->result = got;
        s->state = SLOT_DONE;
        pthread_cond_signal(&q->has_result);
    }
    pthread_mutex_unlock(&q->lock);
    return NULL;
}

// Prints what is next in order, if it is done; *more: the taker wants to go on.
static bool take_first(job_queue *q, bool *more)
{
    job_slot *s = &q->slots[q->first % q->n_slots];
    pthread_mutex_lock(&q->lock);
    bool done = q->first < q->end && s->state == SLOT_DONE;
    pthread_mutex_unlock(&q->lock);
    if (!done) return false;
    *more = q->jobs->take(q->jobs->with, &s->page, &s->result);
    free(s->result.text);
    s->result.text = NULL;
    pthread_mutex_lock(&q->lock);
    q->first++;
    if (q->next < q->first) q->next = q->first; // it was refused, so nobody worked on it
    q->waiting -= s->page.length;
    pthread_mutex_unlock(&q->lock);
    return true;
}

static void add_slot(job_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->waiting += q->slots[q->end % q->n_slots].page.length;
    q->end++;
    pthread_cond_signal(&q->has_work);
    pthread_mutex_unlock(&q->lock);
}

static void wait_for_result(job_queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (q->slots[q->first % q->n_slots].state != SLOT_DONE) pthread_cond_wait(&q->has_result, &q->lock);
    pthread_mutex_unlock(&q->lock);
}

static void feed_and_take(job_queue *q)
{
    for (bool ended = false, more = true; more;) {
        if (take_first(q, &more)) continue;
        size_t in_hand = q->end - q->first;
        if (!ended && in_hand < q->n_slots && (!in_hand || q->waiting < MOST_WAITING)) {
            if (fill_slot(q)) add_slot(q);
            else ended = true;
        } else if (in_hand) wait_for_result(q);
        else return;
    }
}

// One thread: each page in turn.
static void work_alone(job_queue *q)
{
    job_slot *s = &q->slots[0];
    for (bool more = true; more && fill_slot(q);) {
        if (s->state == SLOT_WAITS) s->result = q->jobs->work(q->jobs->with, &s->page);
        more = q->jobs->take(q->jobs->with, &s->page, &s->result);
        free(s->result.text);
        s->result.text = NULL;
    }
}

static void stop_workers(job_queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->stop = true;
    pthread_cond_broadcast(&q->has_work);
    pthread_mutex_unlock(&q->lock);
}

static bool run_threads(job_queue *q)
{
    pthread_t *threads = calloc((size_t)q->jobs->threads, sizeof *threads);
    int        n = 0;
    while (threads && n < q->jobs->threads && !pthread_create(&threads[n], NULL, work_on, q)) n++;
    if (n) feed_and_take(q);
    stop_workers(q);
    for (int i = 0; i < n; i++) pthread_join(threads[i], NULL);
    free(threads);
    return n > 0;
}

bool cli_jobs_run(td_inputs *in, const cli_jobs *jobs)
{
    bool      alone = jobs->threads <= 1, ok = true;
    job_queue q = {.jobs = jobs, .in = in, .n_slots = alone ? 1 : (size_t)jobs->threads * SLOTS_A_THREAD};
    if (!(q.slots = calloc(q.n_slots, sizeof *q.slots))) return false;
    pthread_mutex_init(&q.lock, NULL);
    pthread_cond_init(&q.has_work, NULL), pthread_cond_init(&q.has_result, NULL);
    if (alone) work_alone(&q);
    else ok = run_threads(&q);
    for (size_t i = 0; i < q.n_slots; i++) free(q.slots[i].bytes), free(q.slots[i].words), free(q.slots[i].result.text);
    pthread_cond_destroy(&q.has_work), pthread_cond_destroy(&q.has_result);
    pthread_mutex_destroy(&q.lock);
    free(q.slots);
    return ok;
}
