#include "archive/archive.h"

#include "archive/coding.h"
#include "archive/http.h"
#include "archive/line.h"
#include "archive/unpack.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    HOLD = 64 << 20,          // a block up to this is held whole; a longer one is given in pieces
    ROOM = 1 << 20,           // free bytes a piece is unpacked into
    LOOK = 1 << 18,           // bytes looked through at a time for the next record,
    KEEP = LONGEST_LINE + 64, // of which the last are looked at again: a record's first lines may lie across
    LONGEST_HEADER = 1 << 20,
    LINE_ENDS = 4 // CR LF CR LF behind a block
};

typedef enum { NO_BLOCK, HELD, PASSING } block_state;

// The bytes from v[pos] on are those at this place and behind it, up to the next mark.
typedef struct {
    size_t        pos;
    archive_place at;
} mark;

struct archive {
    archive_source source;
    unpacker      *u;
    unpack_state   state; // UNPACK_BYTES while this stretch may go on
    char          *v;     // what was unpacked: v[at..n) is still to be read
    size_t         at, n, cap;
    struct {
        mark  *v;
        size_t n, cap;
    } marks;
    line_kind     kind;       // of the first record
    bool          any, bytes; // a record, a byte was read
    char         *header;     // copy of the record's header, where its fields point to
    size_t        header_cap;
    char         *mime; // copy of HTTP's Content-Type
    size_t        mime_cap;
    char          date[24]; // of an ARC record
    archive_place record_at, block_at;
    block_state   block;
    size_t        block_n;   // HELD: bytes of it from v[at] on
    uint64_t      left;      // PASSING: bytes still to come, or UNKNOWN_LENGTH
    bool          misfit;    // PASSING: the stretch ended before the block did
    size_t        body_from; // of the block: behind the HTTP header
    bool          is_http, told;
    http_body    *http;
    char          note[160];
    const char   *failed;
};

#define UNKNOWN_LENGTH UINT64_MAX

// --- damage and oddities ---

static void tell(archive *w, archive_place at, const char *what)
{
    w->told = true;
    if (w->source.damage) w->source.damage(w->source.with, at, what);
}

static void archive_note_add(archive *w, const char *what)
{
    size_t n = strlen(w->note);
    if (what[0]) snprintf(w->note + n, sizeof w->note - n, "%s%s", n ? "; " : "", what);
}

// Damage of the record at hand: told, and noted beside it.
static void tell_record(archive *w, const char *what)
{
    tell(w, w->record_at, what);
    archive_note_add(w, what);
}

// --- bytes ---

static archive_place place_at(const archive *w, size_t pos)
{
    size_t low = 0, high = w->marks.n;
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (w->marks.v[mid].pos <= pos) low = mid;
        else high = mid;
    }
    if (!w->marks.n) return unpack_place(w->u, 0);
    archive_place at = w->marks.v[low].at;
    *(unpack_plain(w->u) ? &at.member : &at.inner) += pos - w->marks.v[low].pos;
    return at;
}

static bool archive_grow(archive *w, void *v, size_t *cap, size_t wanted, size_t size)
{
    size_t to = *cap ? *cap : 64;
    while (to < wanted) to *= 2;
    if (to == *cap) return true;
    void *more = realloc(*(void **)v, to * size);
    if (!more) return w->failed = "out of memory", false;
    *(void **)v = more;
    *cap = to;
    return true;
}

// Forgets what was read, so that there is room behind.
static void drop_read(archive *w)
{
    size_t from = 0;
    if (w->at == w->n) {
        w->at = w->n = w->marks.n = 0;
        return;
    }
    archive_place here = place_at(w, w->at);
    while (from + 1 < w->marks.n && w->marks.v[from + 1].pos <= w->at) from++;
    w->marks.n -= from;
    memmove(w->marks.v, w->marks.v + from, w->marks.n * sizeof *w->marks.v);
    for (size_t i = 1; i < w->marks.n; i++) w->marks.v[i].pos -= w->at;
    w->marks.v[0] = (mark){0, here};
    memmove(w->v, w->v + w->at, w->n - w->at);
    w->n -= w->at;
    w->at = 0;
}

// Unpacks one more piece of this stretch; false where it ends.
static bool fetch(archive *w)
{
    size_t got;
    if (w->state != UNPACK_BYTES) return false;
    if (w->at == w->n || (w->cap - w->n < ROOM && w->at > w->n / 2)) drop_read(w);
    if (!archive_grow(w, &w->v, &w->cap, w->n + ROOM, 1)) return w->state = UNPACK_FAILED, false;
    if ((w->state = unpack_fill(w->u, w->v + w->n, w->cap - w->n, &got)) != UNPACK_BYTES) return false;
    archive_place at = unpack_place(w->u, got);
    if (!w->marks.n || (!unpack_plain(w->u) && w->marks.v[w->marks.n - 1].at.member != at.member)) {
        if (!archive_grow(w, &w->marks.v, &w->marks.cap, w->marks.n + 1, sizeof *w->marks.v))
            return w->state = UNPACK_FAILED, false;
        w->marks.v[w->marks.n++] = (mark){w->n, at};
    }
    w->n += got;
    return w->bytes = true;
}

// How many of n bytes from v[at] on there are; fewer only where the stretch ends.
static size_t want(archive *w, size_t n)
{
    while (w->n - w->at < n && fetch(w)) {}
    return w->n - w->at;
}

static str bytes_from(const archive *w, size_t skip) { return (str){w->v + w->at + skip, w->n - w->at - skip}; }

// Behind a break, or at a place gone back to.
static void begin_stretch(archive *w)
{
    w->at = w->n = w->marks.n = 0;
    w->state = UNPACK_BYTES;
}

// --- where records begin ---

// Does one begin so many bytes behind v[at]?
static line_kind record_begins(archive *w, size_t skip)
{
    enum { SHORT = 256 }; // no version line is longer
    if (want(w, skip + SHORT) <= skip) return LINE_NONE;
    line_kind k = line_begins(bytes_from(w, skip), w->kind);
    if (k != LINE_NONE || w->kind == LINE_WARC) return k;
    while (!memchr(w->v + w->at + skip, '\n', w->n - w->at - skip) && w->n - w->at - skip < LONGEST_LINE && fetch(w)) {}
    return line_begins(bytes_from(w, skip), w->kind);
}

static bool only_zeros(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i]) return false;
    return true;
}

// Passes over what is no record; at the end of the stretch all of it.
static void resync(archive *w)
{
    archive_place from = place_at(w, w->at);
    uint64_t      passed = 0;
    bool          zeros = true, found = false;
    while (!found && want(w, 1)) {
        size_t have = want(w, LOOK), hit = line_find(bytes_from(w, 0), w->kind);
        bool   more = w->state == UNPACK_BYTES;
        found = hit < have;
        if (!found && more && have > KEEP) hit = have - KEEP;
        zeros = zeros && only_zeros((str){w->v + w->at, hit});
        passed += hit, w->at += hit;
    }
    if (zeros && !found && w->state == UNPACK_END) return; // padding
    char what[80];
    snprintf(what, sizeof what, "%llu bytes that are no record", (unsigned long long)passed);
    tell(w, from, what);
}

static void skip_line_ends(archive *w)
{
    while (want(w, 1) && (w->v[w->at] == '\r' || w->v[w->at] == '\n')) w->at++;
}

static void end_archive(archive *w)
{
    if (!w->failed) w->failed = unpack_failed(w->u);
    if (!w->any && (w->bytes || w->told)) tell(w, (archive_place){0, 0}, "no web archive");
    w->any = true; // say so once
}

// Moves to the next record's first byte; false at the end.
static bool find_record(archive *w)
{
    for (;;) {
        skip_line_ends(w);
        if (!want(w, 1)) {
            if (w->state != UNPACK_BREAK) return end_archive(w), false;
            begin_stretch(w);
        } else if (record_begins(w, 0) != LINE_NONE) return true;
        else resync(w);
    }
}

// --- headers ---

// Length of the header from v[at] on, its empty line included; 0 if it has none.
static size_t header_length(archive *w)
{
    for (size_t from = 0; from < LONGEST_HEADER;) {
        const char *p = w->v + w->at, *end = memchr(p + from, '\n', w->n - w->at - from);
        if (end) {
            size_t n = (size_t)(end - p) - from;
            from = (size_t)(end - p) + 1;
            if (n == 0 || (n == 1 && end[-1] == '\r')) return from;
        } else if (w->n - w->at > LONGEST_HEADER || !fetch(w)) return 0;
    }
    return 0;
}

static void make_valid(char *v, size_t n)
{
    if (utf8_valid((str){v, n})) return;
    for (size_t i = 0; i < n; i++)
        if (v[i] & 0x80) v[i] = '?';
}

// A copy that stays where it is: field lines that run on are joined, bytes that are no UTF-8 become "?".
static bool copy_header(archive *w, str text, str *out)
{
    if (!archive_grow(w, &w->header, &w->header_cap, text.n + 1, 1)) return w->state = UNPACK_FAILED, false;
    memcpy(w->header, text.p, text.n);
    *out = (str){w->header, text.n};
    for (size_t i = 0; i + 1 < text.n; i++)
        if (w->header[i] == '\n' && (w->header[i + 1] == ' ' || w->header[i + 1] == '\t')) w->header[i] = ' ';
    make_valid(w->header, text.n);
    return true;
}

static str without_brackets(str uri)
{
    if (uri.n >= 2 && uri.p[0] == '<' && uri.p[uri.n - 1] == '>') uri = str_trim(str_cut(uri, 1, uri.n - 1));
    return uri;
}

// "1591" -> 1591; UNKNOWN_LENGTH where it is no length.
static uint64_t length_of(str digits)
{
    enum { MOST_DIGITS = 18 };
    int64_t n;
    bool    fits = digits.n <= MOST_DIGITS && str_int(digits, &n) && n >= 0 && digits.p[0] != '-';
    return fits ? (uint64_t)n : UNKNOWN_LENGTH;
}

static bool begins_nocase(str s, const char *head)
{
    str h = str_of(head);
    return s.n >= h.n && str_eq_nocase(str_cut(s, 0, h.n), h);
}

static void read_warc_header(str h, archive_record *out, str *length)
{
    out->type = http_field(h, "WARC-Type");
    out->uri = without_brackets(http_field(h, "WARC-Target-URI"));
    out->date = http_field(h, "WARC-Date");
    out->mime = http_field(h, "Content-Type");
    *length = http_field(h, "Content-Length");
}

static void read_arc_line(archive *w, str line, archive_record *out, str *length)
{
    arc_line    fields = {0};
    const char *d;
    arc_line_read(line, true, &fields);
    d = fields.date.p;
    snprintf(w->date, sizeof w->date, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", d, d + 4, d + 6, d + 8, d + 10, d + 12);
    *out = (archive_record){.type = STR("ARC"), .uri = fields.uri, .date = str_of(w->date), .mime = fields.mime};
    *length = fields.length;
}

// Reads the header at v[at] and moves to the block; false where it is cut off.
static bool read_record_header(archive *w, archive_record *out, str *length)
{
    line_kind kind = record_begins(w, 0);
    str       header;
    size_t    n = 0;
    if (kind == LINE_WARC) n = header_length(w);
    else n = (size_t)((char *)memchr(w->v + w->at, '\n', w->n - w->at) - (w->v + w->at)) + 1;
    w->record_at = place_at(w, w->at);
    if (!n) {
        if (w->state != UNPACK_BREAK) tell(w, w->record_at, "the header has no end");
        w->at += w->state == UNPACK_BYTES ? 1 : w->n - w->at; // no header is that long: look on behind
        return false;
    }
    if (!copy_header(w, (str){w->v + w->at, n}, &header)) return false;
    *out = (archive_record){.status = -1};
    if (kind == LINE_WARC) read_warc_header(header, out, length);
    else read_arc_line(w, str_cut(header, 0, n - 1), out, length);
    out->at = w->record_at;
    out->status = -1;
    w->kind = kind;
    w->at += n;
    w->any = true;
    return true;
}

// --- blocks ---

static size_t without_line_ends(const archive *w, size_t n)
{
    for (int i = 0; i < LINE_ENDS && n && (w->v[w->at + n - 1] == '\r' || w->v[w->at + n - 1] == '\n'); i++) n--;
    return n;
}

// Does the next record follow the block, or the end, but for line ends?
static bool block_fits(archive *w, size_t n)
{
    enum { MOST_LINE_ENDS = 16 };
    want(w, n + LINE_ENDS);
    str rest = bytes_from(w, n);
    if (w->kind == LINE_WARC && (str_starts(rest, STR("\r\n\r\n")) || str_starts(rest, STR("\n\n")))) return true;
    size_t have = want(w, n + MOST_LINE_ENDS), run = n;
    while (run < have && run < n + MOST_LINE_ENDS && (w->v[w->at + run] == '\r' || w->v[w->at + run] == '\n')) run++;
    return want(w, run + 1) <= run || record_begins(w, run) != LINE_NONE;
}

static const char no_length[] = "no length, or none that can be: the block is taken up to the next record";

// The block ends before its length says: another record begins there, or it is cut off.
static void end_block_early(archive *w, size_t n, bool found, uint64_t length)
{
    char what[160];
    w->block_n = found ? without_line_ends(w, n) : n;
    if (length == UNKNOWN_LENGTH) {
        if (!found) w->block_n = without_line_ends(w, n);
        tell_record(w, no_length);
    } else if (found) {
        snprintf(what, sizeof what, "length %llu is wrong: the next record begins after %llu bytes", (unsigned long long)length,
                 (unsigned long long)n);
        tell_record(w, what);
    } else {
        snprintf(what, sizeof what, "cut off: %llu of %llu bytes of the block are missing", (unsigned long long)(length - n),
                 (unsigned long long)length);
        if (w->state == UNPACK_BREAK) archive_note_add(w, what); // that member's damage was told
        else tell_record(w, what);
    }
}

// The first mark at v[pos] or behind it; marks.n if there is none.
static size_t mark_from(const archive *w, size_t pos)
{
    size_t low = 0, high = w->marks.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (w->marks.v[mid].pos < pos) low = mid + 1;
        else high = mid;
    }
    return low;
}

// Fetches up to n bytes of the block. Where a member among them begins with a record, *end is that place: no block runs on
// into a member that begins so.
static bool member_begins_record(archive *w, size_t n, size_t *end)
{
    for (size_t from = 0;;) {
        size_t i = mark_from(w, w->at + from);
        if (i < w->marks.n && w->marks.v[i].pos - w->at < n) {
            *end = w->marks.v[i].pos - w->at;
            if (record_begins(w, *end) != LINE_NONE) return true;
            from = *end + 1;
        } else if (w->n - w->at >= n || !fetch(w)) return false;
    }
}

// How much of a block of unknown length, or of one that does not fit, there is: up to the next record.
static bool search_block(archive *w, size_t limit, size_t *end)
{
    for (size_t size = LOOK;; size *= 4) {
        size_t n = want(w, size < limit ? size : limit), hit = line_find(bytes_from(w, 0), w->kind);
        *end = hit;
        if (hit < n && hit < limit) return true;
        if (size >= limit || n < size) return *end = n, false;
    }
}

static void pass_block(archive *w, uint64_t length)
{
    w->block = PASSING, w->left = length, w->misfit = false;
    if (length == UNKNOWN_LENGTH) tell_record(w, no_length);
}

static void begin_block(archive *w, uint64_t length)
{
    size_t n = length <= HOLD ? (size_t)length : HOLD, end;
    w->block = HELD;
    w->block_n = n;
    w->block_at = place_at(w, w->at);
    if (length != UNKNOWN_LENGTH && member_begins_record(w, n, &end)) end_block_early(w, end, true, length);
    else if (length <= HOLD && w->n - w->at >= n) {
        if (!block_fits(w, n) && search_block(w, n, &end)) end_block_early(w, end, true, length);
    } else {
        bool found = (length == UNKNOWN_LENGTH || w->state != UNPACK_BYTES) && search_block(w, HOLD, &end);
        if (found || w->state != UNPACK_BYTES) end_block_early(w, found ? end : w->n - w->at, found, length);
        else pass_block(w, length);
    }
}

static size_t piece_of_known(archive *w)
{
    size_t end, n = w->left < LOOK ? (size_t)w->left : LOOK;
    bool   early = member_begins_record(w, n, &end);
    size_t have = early ? end : w->n - w->at < n ? w->n - w->at : n;
    w->left -= have;
    if (!early && have == n) return n;
    w->misfit = !early;
    w->left = 0;
    if (early || w->state != UNPACK_BREAK) tell_record(w, "the block ends before its length");
    else archive_note_add(w, "the block is cut off");
    return have;
}

static size_t piece_of_unknown(archive *w)
{
    size_t have = want(w, LOOK), n = line_find(bytes_from(w, 0), w->kind);
    if (n == have && w->state == UNPACK_BYTES) return have - KEEP;
    w->left = 0;
    return n;
}

// The next piece of a block that is passing through; false at its end.
static bool passing_piece(archive *w, str *piece)
{
    if (!w->left) return false;
    size_t n = w->left == UNKNOWN_LENGTH ? piece_of_unknown(w) : piece_of_known(w);
    *piece = (str){w->v + w->at, n};
    return n > 0;
}

// A block that passed through did not fit: its length is wrong, and records may lie in it.
static void go_back_into_block(archive *w)
{
    if (!w->misfit && block_fits(w, 0)) return;
    tell_record(w, "what follows the block is no record: its length is wrong");
    if (unpack_seek(w->u, w->block_at)) begin_stretch(w);
}

static void finish_block(archive *w)
{
    if (w->block == HELD) w->at += w->block_n;
    if (w->block == PASSING) {
        str piece;
        while (passing_piece(w, &piece)) w->at += piece.n;
        go_back_into_block(w);
    }
    w->block = NO_BLOCK;
}

// --- HTTP ---

static void read_http(archive *w, archive_record *out)
{
    size_t have = w->block == HELD ? w->block_n : LONGEST_HEADER;
    str    block = {w->v + w->at, have}, header = str_cut(block, 0, http_header_end(str_cut(block, 0, LONGEST_HEADER)));
    w->body_from = header.n;
    if (str_is(out->type, "request")) return;
    if ((out->status = http_status(header)) < 0) return;
    str mime = http_field(header, "Content-Type");
    if (!archive_grow(w, &w->mime, &w->mime_cap, mime.n + 1, 1)) mime.n = 0;
    else if (mime.n) memcpy(w->mime, mime.p, mime.n);
    make_valid(w->mime, mime.n);
    out->mime = (str){w->mime, mime.n};
}

static bool is_html(str mime) { return begins_nocase(mime, "text/html") || begins_nocase(mime, "application/xhtml"); }

static archive_use use_of(const archive_record *r)
{
    if (r->status == 200 && is_html(r->mime) && !str_is(r->type, "revisit")) return ARCHIVE_PAGE;
    return str_is(r->type, "conversion") && begins_nocase(r->mime, "text/plain") ? ARCHIVE_TEXT : ARCHIVE_OTHER;
}

// --- the way in ---

archive *archive_open(const archive_source *source, archive_place start)
{
    archive *w = calloc(1, sizeof *w);
    if (!w) return NULL;
    w->source = *source;
    w->any = start.member || start.inner;
    w->u = unpack_open(source, start);
    w->http = http_body_new();
    if (w->u && w->http && archive_grow(w, &w->v, &w->cap, ROOM, 1)) return w;
    archive_close(w);
    return NULL;
}

void archive_close(archive *w)
{
    if (!w) return;
    unpack_close(w->u);
    http_body_free(w->http);
    free(w->v), free(w->marks.v), free(w->header), free(w->mime);
    free(w);
}

bool archive_next(archive *w, archive_record *out)
{
    str length = {NULL, 0};
    finish_block(w);
    w->note[0] = 0;
    do
        if (!find_record(w)) return false;
    while (!read_record_header(w, out, &length));
    begin_block(w, length_of(length));
    str start = {w->v + w->at, w->block_n < 5 ? w->block_n : 5};
    w->body_from = 0;
    w->is_http = w->kind == LINE_ARC ? str_is(start, "HTTP/") : begins_nocase(out->mime, "application/http");
    if (w->is_http) read_http(w, out);
    out->use = use_of(out);
    return true;
}

static bool give_block(archive *w, str piece, http_take *take, void *with)
{
    return w->is_http ? http_body_push(w->http, piece) : !piece.n || take(with, piece);
}

bool archive_payload(archive *w, bool (*take)(void *with, str piece), void *with)
{
    bool   wanted = true;
    size_t skip = w->body_from;
    if (w->is_http) http_body_begin(w->http, (str){w->v + w->at, w->body_from}, take, with);
    if (w->block == HELD) wanted = give_block(w, (str){w->v + w->at + skip, w->block_n - skip}, take, with);
    for (str piece; w->block == PASSING && wanted && passing_piece(w, &piece);) {
        wanted = give_block(w, str_cut(piece, skip, piece.n), take, with);
        skip -= skip < piece.n ? skip : piece.n;
        w->at += piece.n;
    }
    if (w->is_http && wanted) wanted = http_body_end(w->http);
    if (w->is_http) archive_note_add(w, http_body_note(w->http));
    return wanted;
}

const char *archive_note(const archive *w) { return w->note; }
const char *archive_failed(const archive *w) { return w->failed; }
uint64_t    archive_reached(const archive *w) { return unpack_reached(w->u); }

// --- is it one? ---

static ptrdiff_t read_head(void *with, uint64_t offset, void *to, size_t n)
{
    const str *head = with;
    if (offset >= head->n) return 0;
    str piece = str_cut(*head, (size_t)offset, n < head->n - offset ? (size_t)offset + n : head->n);
    memcpy(to, piece.p, piece.n);
    return (ptrdiff_t)piece.n;
}

bool archive_is(str head)
{
    size_t n;
    if (coding_dictionary_begins(head, &n)) return true; // nothing else begins so
    if (coding_packed(head) == CODING_NONE) {
        while (head.n && (head.p[0] == '\r' || head.p[0] == '\n')) head = str_cut(head, 1, head.n);
        return line_begins(head, LINE_NONE) != LINE_NONE;
    }
    archive *w = archive_open(&(archive_source){.read = read_head, .with = &head}, (archive_place){0, 0});
    if (!w) return false;
    skip_line_ends(w);
    bool is = record_begins(w, 0) != LINE_NONE;
    archive_close(w);
    return is;
}
