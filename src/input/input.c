#include "input/input.h"

#include "base/utf8.h"
#include "input/crawl.h"
#include "input/feed.h"
#include "input/fetch.h"
#include "input/rows.h"
#include "page/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    LOOKED_INTO = 1 << 16, // bytes that show what a file is
    PACKED_PIECE = 1 << 16,
    WORDS_LONGEST = 2000, // bytes of a title and the like
};

typedef enum { STATE_END, STATE_BEGIN, STATE_FEED, STATE_VALUES, STATE_LINES, STATE_CRAWL } input_state;

struct input {
    char          agent[256];
    bool          follow, whole;
    input_state   state;
    const char   *name, *shown;
    fetcher      *web;
    fetched       page; // what an address gave
    size_t        page_at;
    int           fd; // of a file, or -1
    bool          ended, failed, packed;
    z_stream      z;
    unsigned char piece[PACKED_PIECE];
    char         *v; // unpacked bytes; v[at..n) are still to be used
    size_t        at, n, cap;
    jmp_buf       unused;
    arena         keep; // of the feed being read
    feed          feed;
    uint64_t      rows; // lines or values read
    crawl        *crawl;
    const char   *place; // where to begin in it, and with which number
    uint64_t      number, reached;
};

input *input_open(const char *agent, bool follow)
{
    input *in = calloc(1, sizeof *in);
    if (!in) return NULL;
    in->fd = -1;
    in->follow = follow;
    snprintf(in->agent, sizeof in->agent, "%s", agent);
    arena_init(&in->keep, (size_t)4 << 30, &in->unused);
    return in;
}

// Lets go of what the input in hand holds; its bytes stay until the next one.
static void end_input(input *in)
{
    crawl_close(in->crawl);
    in->crawl = NULL;
    if (in->fd > 0) close(in->fd);
    if (in->packed) inflateEnd(&in->z);
    free(in->page.bytes);
    in->page = (fetched){0};
    in->fd = -1;
    in->packed = false;
    in->state = STATE_END;
}

void input_close(input *in)
{
    if (!in) return;
    end_input(in);
    arena_clear(&in->keep);
    fetch_close(in->web);
    free(in->v);
    free(in);
}

void input_begin(input *in, const char *name, bool whole)
{
    end_input(in);
    in->name = name;
    in->shown = strcmp(name, "-") ? name : "standard input";
    in->state = STATE_BEGIN;
    in->at = in->n = in->page_at = 0;
    in->rows = 0;
    in->whole = whole;
    in->ended = in->failed = false;
    in->place = NULL, in->number = in->reached = 0;
}

void input_begin_at(input *in, const char *name, bool whole, const char *place, uint64_t number)
{
    input_begin(in, name, whole);
    in->place = place, in->number = number;
}

uint64_t input_reached(const input *in) { return in->crawl ? crawl_reached(in->crawl) : in->reached; }

// --- bytes ---

static bool is_address(const char *name)
{
    return strstr(name, "://") != NULL &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+.-0123456789") == strcspn(name, ":");
}

static bool fetch_into(input *in, const char *url, fetched *out, fault *f)
{
    if (!in->web && !(in->web = fetch_open(in->agent))) return fault_set(f, "out of memory");
    return fetch_page(in->web, url, out, f);
}

static bool open_bytes(input *in, fault *f)
{
    struct stat s;
    if (is_address(in->name)) return fetch_into(in, in->name, &in->page, f);
    in->fd = strcmp(in->name, "-") ? open(in->name, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (in->fd < 0) return fault_set(f, "%s", strerror(errno));
    if (fstat(in->fd, &s) == 0 && S_ISDIR(s.st_mode)) return fault_set(f, "a folder, not a report");
    return true;
}

// At most n bytes as they come; 0 at the end, -1 on failure.
static ptrdiff_t read_some(input *in, void *to, size_t n)
{
    if (in->fd >= 0) {
        ssize_t got;
        do got = read(in->fd, to, n);
        while (got < 0 && errno == EINTR);
        in->reached += got > 0 ? (uint64_t)got : 0;
        return got;
    }
    size_t left = in->page.n - in->page_at;
    if (n > left) n = left;
    if (n) memcpy(to, in->page.bytes + in->page_at, n);
    in->page_at += n;
    return (ptrdiff_t)n;
}

static bool fail_reading(input *in, fault *f, const char *why)
{
    in->failed = in->ended = true;
    return fault_set(f, "%s", why);
}

// More of a gzip file's members, one after another.
static bool unpack_some(input *in, fault *f)
{
    in->z.next_out = (unsigned char *)in->v + in->n;
    in->z.avail_out = (unsigned)(in->cap - in->n < 1u << 30 ? in->cap - in->n : 1u << 30);
    unsigned room = in->z.avail_out;
    while (in->z.avail_out == room) {
        if (!in->z.avail_in) {
            ptrdiff_t got = read_some(in, in->piece, sizeof in->piece);
            if (got < 0) return fail_reading(in, f, strerror(errno));
            if (!got) return in->z.total_in ? fail_reading(in, f, "gzip data ends too early") : (in->ended = true);
            in->z.next_in = in->piece, in->z.avail_in = (unsigned)got;
        }
        int code = inflate(&in->z, Z_NO_FLUSH);
        if (code == Z_STREAM_END) inflateReset(&in->z);
        else if (code == Z_DATA_ERROR && !in->z.total_out && in->n) return in->ended = true; // padding behind the last member
        else if (code != Z_OK && code != Z_BUF_ERROR) return fail_reading(in, f, "damaged gzip data");
    }
    in->n += room - in->z.avail_out;
    return true;
}

static bool make_room(input *in, size_t want, fault *f)
{
    if (in->at) memmove(in->v, in->v + in->at, in->n - in->at);
    in->n -= in->at, in->at = 0;
    if (in->cap >= want) return true;
    char *v = realloc(in->v, want);
    if (!v) return fail_reading(in, f, "out of memory");
    in->v = v, in->cap = want;
    return true;
}

// Sees to it that `want` bytes can be used, or all there are; false with a line in f.
static bool fill(input *in, size_t want, fault *f)
{
    if (in->n - in->at >= want || in->ended) return !in->failed;
    if (!make_room(in, want, f)) return false;
    while (in->n < want && !in->ended) {
        if (in->packed) {
            if (!unpack_some(in, f)) return false;
            continue;
        }
        ptrdiff_t got = read_some(in, in->v + in->n, want - in->n);
        if (got < 0) return fail_reading(in, f, strerror(errno));
        in->ended = got == 0;
        in->n += (size_t)got;
    }
    return true;
}

// Twice what is held is filled; false at the end of all, or where a page would be too large.
static bool fill_more(input *in, fault *f)
{
    size_t have = in->n - in->at;
    if (in->ended) return false;
    return have <= INPUT_LARGEST && fill(in, have ? 2 * have : LOOKED_INTO, f);
}

static str held(const input *in) { return (str){in->v + in->at, in->n - in->at}; }

// The first bytes, unpacked.
static bool look_into(input *in, fault *f)
{
    if (!open_bytes(in, f) || !fill(in, LOOKED_INTO, f)) return false;
    if (!in->whole && crawl_is(held(in))) {
        bool file = in->fd >= 0;
        in->crawl = crawl_open(in->fd, file ? held(in) : (str){in->page.bytes, in->page.n}, in->place, in->number);
        return in->crawl || fault_set(f, "out of memory");
    }
    if (in->n < 2 || memcmp(in->v, "\x1F\x8B", 2)) return true;
    in->z = (z_stream){0};
    if (inflateInit2(&in->z, 15 + 16) != Z_OK) return fault_set(f, "out of memory");
    in->packed = true;
    in->ended = false;
    memcpy(in->piece, in->v, in->n);
    in->z.next_in = in->piece, in->z.avail_in = (unsigned)in->n;
    in->n = 0;
    return fill(in, LOOKED_INTO, f);
}

// --- pages ---

// One line without control characters.
static str one_line(arena *a, str s)
{
    s = utf8_repair(a, utf8_cut(utf8_repair(a, str_cut(s, 0, 4 * WORDS_LONGEST)), WORDS_LONGEST));
    char  *p = new_array(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] > ' ' && s.p[i] != 0x7F) p[n++] = s.p[i];
        else if (n && p[n - 1] != ' ') p[n++] = ' ';
    }
    return str_trim((str){p, n});
}

static void tidy_words(arena *a, input_page *p)
{
    str *words[] = {&p->url, &p->title, &p->published, &p->byline, &p->site, &p->section, &p->language, &p->charset};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) *words[i] = one_line(a, *words[i]);
}

static input_result whole_page(input *in, arena *a, input_page *out, fault *f)
{
    in->state = STATE_END;
    if (!fill(in, INPUT_LARGEST + 1, f)) return INPUT_BAD;
    *out = (input_page){.bytes = held(in),
                        .name = str_of(in->shown),
                        .url = arena_str(a, str_of(in->page.url)),
                        .charset = arena_str(a, str_of(in->page.charset))};
    if (out->bytes.n <= INPUT_LARGEST) return INPUT_PAGE;
    fault_set(f, "larger than %d MiB%s: no report is", INPUT_LARGEST >> 20, in->packed ? " unpacked" : "");
    return INPUT_BAD;
}

static input_result begin_feed(input *in, fault *f)
{
    decoded text;
    in->state = STATE_END;
    if (!fill(in, INPUT_LARGEST + 1, f)) return INPUT_BAD;
    if (in->n - in->at > INPUT_LARGEST) return fault_set(f, "larger than %d MiB: no feed is", INPUT_LARGEST >> 20), INPUT_BAD;
    arena_clear(&in->keep);
    if (!page_decode(&in->keep, held(in), arena_str(&in->keep, str_of(in->page.charset)), &text, f)) return INPUT_BAD;
    in->feed = feed_open(&in->keep, text.text);
    in->state = STATE_FEED;
    return INPUT_PAGE;
}

// The page an item links to, in place of the item.
static bool follow_link(input *in, arena *a, input_page *p, fault *f)
{
    fetched page;
    char   *url = (char *)(uintptr_t)arena_str(a, p->url).p;
    if (!fetch_into(in, url, &page, f)) return false;
    free(in->page.bytes);
    in->page = page; // held until the next
    *p = (input_page){.name = p->name,
                      .number = p->number,
                      .bytes = {page.bytes, page.n},
                      .url = arena_str(a, str_of(page.url)),
                      .charset = arena_str(a, str_of(page.charset))};
    return true;
}

static input_result feed_page(input *in, arena *a, input_page *out, fault *f)
{
    if (!feed_next(&in->feed, a, out)) {
        in->state = STATE_END;
        if (in->feed.items) return INPUT_END;
        return *out = (input_page){.name = str_of(in->shown)}, fault_set(f, "a feed without items"), INPUT_BAD;
    }
    tidy_words(a, out);
    out->number = in->feed.items;
    out->name = arena_printf(a, "%s: item %u", in->shown, in->feed.items);
    if (in->follow && out->url.n) return follow_link(in, a, out, f) ? INPUT_PAGE : INPUT_BAD;
    if (str_trim(out->bytes).n) return INPUT_PAGE;
    fault_set(f, out->url.n ? "no text in it, only a link (--follow reads the page)" : "no text in it");
    return INPUT_BAD;
}

// --- rows ---

static void skip_between(input *in)
{
    while (in->at < in->n &&
           ((unsigned char)in->v[in->at] <= ' ' || in->v[in->at] == ',' || in->v[in->at] == '[' || in->v[in->at] == ']'))
        in->at++;
}

// The next value that stands among others; its length, or 0 with *bad where it cannot be had.
static size_t next_value(input *in, bool *bad, fault *f)
{
    *bad = false;
    for (;;) {
        skip_between(in);
        size_t end = in->at < in->n ? rows_value_end(held(in), 0) : 0;
        if (end || (in->ended && in->at == in->n)) return end;
        if (!fill_more(in, f)) break;
    }
    *bad = true;
    if (!in->failed) fault_set(f, in->ended ? "it does not end" : "larger than 64 MiB: no report is");
    in->ended = true, in->at = in->n;
    return 0;
}

// The next line; its length with the line end, or 0 at the end. *bad: it is too long, and was passed over.
static size_t next_input_line(input *in, bool *bad, fault *f)
{
    *bad = false;
    for (;;) {
        str         rest = held(in);
        const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
        if (end) return (size_t)(end - rest.p) + 1;
        if (in->ended && !in->failed) return *bad ? (in->at = in->n, 0) : rest.n;
        if (rest.n > INPUT_LARGEST) *bad = true, in->at = in->n; // to be passed over
        if (!fill_more(in, f)) {
            *bad |= in->failed;
            if (in->failed) in->at = in->n;
            if (in->failed) return 0;
        }
    }
}

static input_result row_page(input *in, arena *a, input_page *out, fault *f)
{
    bool   lines = in->state == STATE_LINES, bad = false;
    size_t n;
    do {
        n = lines ? next_input_line(in, &bad, f) : next_value(in, &bad, f);
        in->rows += n || bad;
        if (n && lines && !str_trim(str_cut(held(in), 0, n)).n) {
            in->at += n;
            n = SIZE_MAX; // an empty line
        }
    } while (n == SIZE_MAX);
    if (!n && !bad) return INPUT_END;
    str name = arena_printf(a, lines ? "%s:%llu" : "%s: row %llu", in->shown, (unsigned long long)in->rows);
    str row = str_cut(held(in), 0, n);
    in->at += n;
    *out = (input_page){0};
    if (in->failed) in->state = STATE_END;
    if (bad && lines && !in->failed) fault_set(f, "larger than %d MiB: no report is", INPUT_LARGEST >> 20);
    bool good = !bad && rows_read(a, utf8_repair(a, row), out, f);
    if (good) tidy_words(a, out);
    out->name = name;
    out->number = in->rows;
    return good ? INPUT_PAGE : INPUT_BAD;
}

// A file of lines has its first value in one.
static void begin_rows(input *in, fault *f)
{
    if (str_starts(held(in), STR("\xEF\xBB\xBF"))) in->at += 3;
    while (in->at < in->n && (unsigned char)in->v[in->at] <= ' ') in->at++;
    in->state = STATE_VALUES;
    if (in->v[in->at] == '[') return;
    for (;;) {
        str         rest = held(in);
        size_t      end = rows_value_end(rest, 0);
        const char *line = memchr(rest.p, '\n', rest.n);
        if (line || end || !fill_more(in, f)) {
            if (end && (!line || (size_t)(line - rest.p) >= end)) in->state = STATE_LINES;
            return;
        }
    }
}

static input_result begin_page(input *in, arena *a, input_page *out, fault *f)
{
    *out = (input_page){.name = str_of(in->shown)};
    in->state = STATE_END;
    if (!look_into(in, f)) return INPUT_BAD;
    if (in->whole) return whole_page(in, a, out, f);
    if (in->crawl) return in->state = STATE_CRAWL, input_next(in, a, out, f);
    if (rows_are(held(in))) begin_rows(in, f);
    else if (!feed_is(held(in))) return whole_page(in, a, out, f);
    else if (begin_feed(in, f) == INPUT_BAD) return INPUT_BAD;
    return input_next(in, a, out, f);
}

input_result input_next(input *in, arena *a, input_page *out, fault *f)
{
    in->keep.full = a->full;
    switch (in->state) {
    case STATE_END: break;
    case STATE_BEGIN: return begin_page(in, a, out, f);
    case STATE_CRAWL: return crawl_next(in->crawl, a, in->shown, out, f);
    case STATE_FEED: return feed_page(in, a, out, f);
    case STATE_VALUES:
    case STATE_LINES: return row_page(in, a, out, f);
    }
    return INPUT_END;
}
