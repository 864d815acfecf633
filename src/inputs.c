// inputs.c — the public header's td_inputs: names one after another, a page at a time, under what the caller knows.

#include "input/input.h"
#include "tidings.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct td_inputs {
    jmp_buf            full;
    arena              a; // of the page in hand
    input             *in;
    const char *const *names;
    size_t             n, next;
    uint64_t           behind;    // pages of the first input up to this number were given before
    uint64_t           done, all; // bytes: of the inputs before this one, of all files
    td_input_options   options;
};

static td_status inputs_fault(td_error *e, td_status status, const char *text)
{
    if (e) snprintf(e->text, sizeof e->text, "%s", text);
    return status;
}

// Of the first n; 0 if one of them is no file.
static uint64_t size_of_files(const td_inputs *in, size_t n)
{
    uint64_t    all = 0;
    struct stat s;
    for (size_t i = 0; i < n; i++) {
        if (stat(in->names[i], &s) || !S_ISREG(s.st_mode)) return 0;
        all += (uint64_t)s.st_size;
    }
    return all;
}

td_status td_inputs_open(td_inputs **out, const char *const *names, size_t n, const td_input_options *options, td_error *error)
{
    td_inputs *in = calloc(1, sizeof *in);
    *out = NULL;
    if (!in) return inputs_fault(error, TD_ERR_MEMORY, "out of memory");
    if (options) in->options = *options;
    in->names = names, in->n = n;
    in->all = size_of_files(in, n);
    arena_init(&in->a, (size_t)4 << 30, &in->full);
    in->in = input_open(in->options.agent ? in->options.agent : "tidings/" TD_VERSION " (news reader; honours robots.txt)",
                        in->options.follow);
    if (!in->in) return free(in), inputs_fault(error, TD_ERR_MEMORY, "out of memory");
    *out = in;
    return TD_OK;
}

void td_inputs_close(td_inputs *in)
{
    if (!in) return;
    input_close(in->in);
    arena_clear(&in->a);
    free(in);
}

void td_inputs_begin_behind(td_inputs *in, size_t which, uint64_t number, const char *place)
{
    in->next = which < in->n ? which + 1 : in->n;
    in->done = size_of_files(in, number || which >= in->n ? which : which + 1);
    if (!number || which >= in->n) return; // that input was one page
    in->behind = number;
    input_begin_at(in->in, in->names[which], in->options.whole, place, number);
}

uint64_t td_inputs_reached(const td_inputs *in, uint64_t *all)
{
    *all = in->all;
    return in->done + input_reached(in->in);
}

// The caller's word, else the input's; NULL where neither says anything.
static const char *word_or(td_inputs *in, const char *given, str said)
{
    return given ? given : said.n ? arena_str(&in->a, said).p : NULL;
}

static void fill_page(td_inputs *in, const input_page *p, td_page *page)
{
    const td_options *given = &in->options.page;
    *page = (td_page){.bytes = p->bytes.p,
                      .length = p->bytes.n,
                      .name = arena_str(&in->a, p->name).p,
                      .options = *given,
                      .input = in->next - 1,
                      .number = p->number,
                      .place = p->place.n ? arena_str(&in->a, p->place).p : NULL,
                      .record = {p->record.p, p->record.n}};
    page->options.url = word_or(in, given->url, p->url);
    page->options.title = word_or(in, given->title, p->title);
    page->options.dated = word_or(in, given->dated, p->published);
    page->options.fetched = word_or(in, given->fetched, p->fetched);
    page->options.byline = word_or(in, given->byline, p->byline);
    page->options.site = word_or(in, given->site, p->site);
    page->options.section = word_or(in, given->section, p->section);
    page->options.language = word_or(in, given->language, p->language);
    page->options.charset = word_or(in, given->charset, p->charset);
    if (given->input == TD_ANY && p->kind != INPUT_ANY)
        page->options.input = p->kind == INPUT_HTML ? TD_HTML_INPUT : p->kind == INPUT_TEXT ? TD_TEXT_INPUT : TD_FRAGMENT_INPUT;
}

static td_status find_page(td_inputs *in, td_page *page, fault *f)
{
    input_page p = {0};
    for (;;) {
        input_result r = input_next(in->in, &in->a, &p, f);
        if (p.number && p.number <= in->behind && (r == INPUT_PAGE || !p.place.n)) {
            arena_clear(&in->a);
            continue;
        }
        if (r != INPUT_END) return fill_page(in, &p, page), r == INPUT_PAGE ? TD_OK : TD_ERR_INPUT;
        in->behind = 0;
        if (in->next == in->n) return TD_END;
        if (in->next) in->done += input_reached(in->in);
        input_begin(in->in, in->names[in->next++], in->options.whole);
    }
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static td_status find_within_memory(td_inputs *in, td_page *page, fault *f)
{
    return setjmp(in->full) ? (fault_set(f, "out of memory"), TD_ERR_MEMORY) : find_page(in, page, f);
}

td_status td_inputs_next(td_inputs *in, td_page *page, td_error *error)
{
    fault f = {{0}};
    arena_clear(&in->a);
    *page = (td_page){.name = in->next ? in->names[in->next - 1] : "", .input = in->next ? in->next - 1 : 0};
    td_status status = find_within_memory(in, page, &f);
    return status && status != TD_END ? inputs_fault(error, status, f.text) : status;
}
