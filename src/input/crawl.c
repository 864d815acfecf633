#include "input/crawl.h"

#include "archive/archive.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_TOLD = 64 }; // damages told between two records; the rest are counted

typedef struct {
    archive_place at;
    char          what[120];
} crawl_damage;

struct crawl {
    archive       *w;
    int            fd; // -1: head is all
    bool           pipe;
    str            head;
    uint64_t       next;   // of a pipe
    uint64_t       number; // of the last record
    crawl_damage   damages[MOST_TOLD];
    size_t         n_damages, told, untold;
    archive_record record; // read already, behind damages
    bool           waiting, ended, too_large, no_memory;
    int            error;
    char          *v; // the payload
    size_t         n, cap;
};

// A pipe can be read on only; its first bytes are in the head.
static ptrdiff_t read_crawl(void *with, uint64_t offset, void *to, size_t n)
{
    crawl  *c = with;
    ssize_t got;
    if (offset < c->head.n) {
        str piece = str_cut(c->head, (size_t)offset, n < c->head.n - offset ? (size_t)offset + n : c->head.n);
        return memcpy(to, piece.p, piece.n), (ptrdiff_t)piece.n;
    }
    if (c->fd < 0) return 0;
    if (c->pipe && offset != c->next) return -1;
    do got = c->pipe ? read(c->fd, to, n) : pread(c->fd, to, n, (off_t)offset);
    while (got < 0 && errno == EINTR);
    if (got > 0) c->next = offset + (uint64_t)got;
    if (got < 0) c->error = errno;
    return got;
}

static void keep_damage(void *with, archive_place at, const char *what)
{
    crawl *c = with;
    if (c->n_damages == MOST_TOLD) {
        c->untold++;
        return;
    }
    crawl_damage *d = &c->damages[c->n_damages++];
    d->at = at;
    d->what[0] = 0;
    strncat(d->what, what, sizeof d->what - 1);
}

bool crawl_is(str head) { return archive_is(head); }

static bool read_crawl_place(const char *text, archive_place *out)
{
    char *end;
    if (!text) return *out = (archive_place){0, 0}, true;
    if (*text < '0' || *text > '9') return false;
    out->member = strtoull(text, &end, 10), out->inner = 0;
    if (*end == '+') out->inner = strtoull(end + 1, &end, 10);
    return !*end;
}

crawl *crawl_open(int fd, str head, const char *place, uint64_t number)
{
    archive_place start;
    crawl        *c = calloc(1, sizeof *c);
    if (!c) return NULL;
    c->fd = fd, c->head = head, c->next = head.n;
    c->pipe = fd >= 0 && lseek(fd, 0, SEEK_CUR) != (off_t)head.n;
    c->number = place && number ? number - 1 : 0;
    if (read_crawl_place(place, &start)) c->w = archive_open(&(archive_source){read_crawl, keep_damage, c}, start);
    if (c->w) return c;
    free(c);
    return NULL;
}

void crawl_close(crawl *c)
{
    if (!c) return;
    archive_close(c->w);
    free(c->v);
    free(c);
}

uint64_t crawl_reached(const crawl *c) { return archive_reached(c->w); }

static str place_text(arena *a, archive_place at)
{
    return at.inner ? arena_printf(a, "%llu+%llu", (unsigned long long)at.member, (unsigned long long)at.inner)
                    : arena_printf(a, "%llu", (unsigned long long)at.member);
}

static bool take_payload(void *with, str piece)
{
    crawl *c = with;
    if (c->n + piece.n > INPUT_LARGEST) return c->too_large = true, false;
    if (c->n + piece.n > c->cap) {
        size_t cap = c->cap ? c->cap : 1 << 18;
        while (cap < c->n + piece.n) cap *= 2;
        char *v = realloc(c->v, cap);
        if (!v) return c->no_memory = true, false;
        c->v = v, c->cap = cap;
    }
    memcpy(c->v + c->n, piece.p, piece.n);
    c->n += piece.n;
    return true;
}

// "text/html; charset=utf-8" -> utf-8
static str charset_of(str mime)
{
    str param;
    str_split(mime, ';', &mime);
    while (mime.p) {
        param = str_trim(str_split(mime, ';', &mime));
        if (param.n > 8 && str_eq_nocase(str_cut(param, 0, 8), STR("charset="))) {
            param = str_trim(str_cut(param, 8, param.n));
            while (param.n && (param.p[0] == '"' || param.p[0] == '\'')) param = str_cut(param, 1, param.n);
            while (param.n && (param.p[param.n - 1] == '"' || param.p[param.n - 1] == '\'')) param.n--;
            return param;
        }
    }
    return (str){NULL, 0};
}

static input_result crawl_bad(crawl *c, arena *a, const char *shown, archive_place at, const char *what, input_page *out,
                              fault *f)
{
    out->place = place_text(a, at);
    out->name = arena_printf(a, "%s:%s", shown, out->place.p);
    out->number = c->number;
    fault_set(f, "%s", what);
    return INPUT_BAD;
}

static input_result tell_next_damage(crawl *c, arena *a, const char *shown, input_page *out, fault *f)
{
    crawl_damage *d = &c->damages[c->told++];
    input_result  r = crawl_bad(c, a, shown, d->at, d->what, out, f);
    if (c->told < c->n_damages) return r;
    if (c->untold) fault_set(f, "%s; and %zu damages more", d->what, c->untold);
    c->n_damages = c->told = c->untold = 0;
    return r;
}

// The record that waits is a page: its bytes and what the archive says of it.
static input_result give_record(crawl *c, arena *a, const char *shown, input_page *out, fault *f)
{
    const archive_record *r = &c->record;
    c->n = 0, c->too_large = c->no_memory = false, c->waiting = false;
    *out = (input_page){.kind = r->use == ARCHIVE_PAGE ? INPUT_HTML : INPUT_TEXT,
                        .number = c->number,
                        .place = place_text(a, r->at),
                        .url = arena_str(a, r->uri),
                        .fetched = arena_str(a, r->date),
                        .charset = r->use == ARCHIVE_PAGE ? arena_str(a, charset_of(r->mime)) : STR("utf-8")};
    out->name = arena_printf(a, "%s:%s", shown, out->place.p);
    archive_payload(c->w, take_payload, c);
    out->bytes = (str){c->v, c->n};
    if (c->too_large) return fault_set(f, "larger than %d MiB: no report is", INPUT_LARGEST >> 20), INPUT_BAD;
    if (c->no_memory) return fault_set(f, "out of memory"), INPUT_BAD;
    return INPUT_PAGE;
}

input_result crawl_next(crawl *c, arena *a, const char *shown, input_page *out, fault *f)
{
    *out = (input_page){.name = str_of(shown)};
    while (!c->waiting && !c->ended && !c->n_damages) {
        c->ended = !archive_next(c->w, &c->record);
        c->number += !c->ended;
        c->waiting = !c->ended && c->record.use != ARCHIVE_OTHER;
    }
    if (c->told < c->n_damages) return tell_next_damage(c, a, shown, out, f);
    if (c->waiting) return give_record(c, a, shown, out, f);
    const char *why = archive_failed(c->w);
    if (!why || c->error < 0) return INPUT_END;
    fault_set(f, "%s%s%s", why, c->error ? ": " : "", c->error ? strerror(c->error) : "");
    c->error = -1; // say so once
    return INPUT_BAD;
}
