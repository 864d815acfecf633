#include "archive/http.h"

#include "archive/coding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_CODINGS = 4,   // one upon another; servers use one, by mistake two
    PIECE = 1 << 16,    // bytes given at a time
    SIZE_LINE = 1 << 10 // longest line that tells a chunk's size
};

typedef enum { CHUNK_SIZE, CHUNK_DATA, CHUNK_END, CHUNK_TRAILER, CHUNK_NOT } chunk_state;

typedef struct {
    chunk_state state;
    bool        any; // a chunk was read
    uint64_t    left;
    char        line[SIZE_LINE];
    size_t      n_line;
} chunked;

typedef struct {
    coding_kind declared;
    coding      c;
    bool        open, as_it_is, over; // running; passed through; ended, what follows is ignored
    char        held[4];              // the first bytes, which tell whether it is that coding at all
    size_t      n_held;
    char       *out; // [PIECE]
} coding_stage;

struct http_body {
    http_take   *take;
    void        *with;
    bool         is_chunked, stopped;
    chunked      chunks;
    coding_stage stages[MOST_CODINGS]; // the one put on last comes first
    size_t       n_stages;
    char         note[128];
};

static bool header_line(str *rest, str *line)
{
    if (!rest->n) return false;
    *line = str_split(*rest, '\n', rest);
    if (line->n && line->p[line->n - 1] == '\r') line->n--;
    return true;
}

size_t http_header_end(str block)
{
    str rest = block, line;
    while (header_line(&rest, &line))
        if (!line.n) return block.n - rest.n;
    return block.n;
}

// The value if the line is a field of that name.
static bool field_of_line(str line, str name, str *value)
{
    if (line.n <= name.n || line.p[name.n] != ':' || !str_eq_nocase(str_cut(line, 0, name.n), name)) return false;
    *value = str_trim(str_cut(line, name.n + 1, line.n));
    return true;
}

str http_field(str header, const char *name)
{
    str rest = header, line, value, wanted = str_of(name);
    while (header_line(&rest, &line))
        if (field_of_line(line, wanted, &value)) return value;
    return (str){NULL, 0};
}

int http_status(str header)
{
    str line, rest = header;
    if (!str_starts(header, STR("HTTP/")) || !header_line(&rest, &line)) return -1;
    const char *p = memchr(line.p, ' ', line.n), *end = line.p + line.n;
    while (p && p < end && *p == ' ') p++;
    if (!p || end - p < 3) return -1;
    for (int i = 0; i < 3; i++)
        if (p[i] < '0' || p[i] > '9') return -1;
    return (p[0] - '0') * 100 + (p[1] - '0') * 10 + (p[2] - '0');
}

// The first oddity is kept.
static void add_note(http_body *b, const char *what)
{
    if (!b->note[0]) snprintf(b->note, sizeof b->note, "%s", what);
}

// --- content codings ---

static const struct {
    const char *name;
    coding_kind kind;
} coding_names[] = {
    {"gzip", CODING_GZIP}, {"x-gzip", CODING_GZIP}, {"deflate", CODING_ZLIB}, {"br", CODING_BROTLI}, {"zstd", CODING_ZSTD}};

static const char *coding_label(coding_kind kind)
{
    for (size_t i = 0; i < sizeof coding_names / sizeof *coding_names; i++)
        if (coding_names[i].kind == kind) return coding_names[i].name;
    return "";
}

static bool push_stage(http_body *b, size_t which, str piece);

// Is this the coding that was announced? Brotli has no mark to tell by.
static bool looks_coded(coding_stage *s)
{
    const unsigned char *h = (const unsigned char *)s->held;
    switch (s->declared) {
    case CODING_GZIP: return s->n_held >= 2 && h[0] == 0x1f && h[1] == 0x8b;
    case CODING_ZSTD: return s->n_held == 4 && coding_packed((str){s->held, 4}) == CODING_ZSTD;
    case CODING_ZLIB:
        if (s->n_held < 2 || (h[0] & 15) != 8 || (h[0] << 8 | h[1]) % 31)
            s->declared = CODING_RAW; // many servers leave the header out
        return true;
    default: return true;
    }
}

static void pass_through(http_body *b, coding_stage *s)
{
    char what[40];
    snprintf(what, sizeof what, "%s declared, body is not", coding_label(s->declared == CODING_RAW ? CODING_ZLIB : s->declared));
    add_note(b, what);
    s->as_it_is = true;
}

// What follows the end of a coding: another gzip member, or nothing that is wanted.
static bool another_member(http_body *b, coding_stage *s, str rest)
{
    s->over = !(s->declared == CODING_GZIP && rest.n && (unsigned char)rest.p[0] == 0x1f && coding_open(&s->c, CODING_GZIP));
    if (s->over && rest.n) add_note(b, "bytes behind the content coding's end");
    return !s->over;
}

static bool run_stage(http_body *b, size_t which, str piece)
{
    coding_stage *s = &b->stages[which];
    for (size_t used, made;;) {
        coding_state state = coding_run(&s->c, piece.p, piece.n, &used, s->out, PIECE, &made);
        if (made && !push_stage(b, which + 1, (str){s->out, made})) return false;
        piece = str_cut(piece, used, piece.n);
        if (state == CODING_DONE && !another_member(b, s, piece)) return true;
        if (state == CODING_BROKEN || state == CODING_NO_MEMORY) {
            add_note(b, "content coding damaged");
            return s->over = true;
        }
        if (state == CODING_MORE && !made && (!used || !piece.n)) return true;
    }
}

// What breaks before it gives anything was not coded so.
static bool unpacks(coding_stage *s, str held, str piece)
{
    size_t used, made;
    if (!coding_open(&s->c, s->declared)) return false;
    if (coding_run(&s->c, held.p, held.n, &used, s->out, PIECE, &made) == CODING_MORE && !made && piece.n)
        coding_run(&s->c, piece.p, piece.n, &used, s->out, PIECE, &made);
    return made || s->c.state != CODING_BROKEN;
}

// The first bytes are there: is it coded, and so how?
static bool begin_stage(http_body *b, size_t which, str piece)
{
    coding_stage *s = &b->stages[which];
    str           held = {s->held, s->n_held};
    s->open = true;
    if (!s->out) s->out = malloc(PIECE);
    bool coded = s->out && looks_coded(s);
    if (coded && s->declared != CODING_GZIP) coded = unpacks(s, held, piece);
    if (coded && coding_open(&s->c, s->declared)) return run_stage(b, which, held) && (s->over || run_stage(b, which, piece));
    pass_through(b, s);
    return push_stage(b, which + 1, held) && push_stage(b, which + 1, piece);
}

static bool push_stage(http_body *b, size_t which, str piece)
{
    if (!piece.n) return true;
    if (which == b->n_stages) return !(b->stopped = b->stopped || !b->take(b->with, piece));
    coding_stage *s = &b->stages[which];
    if (s->as_it_is) return push_stage(b, which + 1, piece);
    if (s->over) return true;
    if (s->open) return run_stage(b, which, piece);
    while (s->n_held < sizeof s->held && piece.n) s->held[s->n_held++] = *piece.p, piece = str_cut(piece, 1, piece.n);
    return s->n_held < sizeof s->held || begin_stage(b, which, piece);
}

static void end_stage(http_body *b, size_t which)
{
    coding_stage *s = &b->stages[which];
    if (!s->open && s->n_held) begin_stage(b, which, (str){0});
    if (s->open && !s->as_it_is && !s->over) add_note(b, "content coding cut off");
}

// --- chunks ---

// "1a0; name=value": the size; -1 if it is no such line.
static int64_t chunk_size(str line)
{
    int64_t size = 0;
    size_t  i = 0;
    line = str_trim(line);
    for (; i < line.n && i < 15; i++) {
        char c = line.p[i];
        int  digit = c >= '0' && c <= '9'   ? c - '0'
                     : c >= 'a' && c <= 'f' ? c - 'a' + 10
                     : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                            : -1;
        if (digit < 0) break;
        size = size * 16 + digit;
    }
    bool ended = i == line.n || line.p[i] == ';' || line.p[i] == ' ' || line.p[i] == '\t';
    return i && ended ? size : -1;
}

static bool end_chunks(http_body *b, const char *why)
{
    chunked *c = &b->chunks;
    add_note(b, why);
    c->state = CHUNK_NOT;
    return push_stage(b, 0, (str){c->line, c->n_line});
}

// One byte of the line that tells a chunk's size.
static bool push_size(http_body *b, char byte)
{
    chunked *c = &b->chunks;
    c->line[c->n_line++] = byte;
    if (byte != '\n')
        return c->n_line < SIZE_LINE || end_chunks(b, c->any ? "chunk sizes wrong" : "chunked declared, body is not");
    int64_t size = chunk_size((str){c->line, c->n_line});
    if (size < 0) return end_chunks(b, c->any ? "chunk sizes wrong" : "chunked declared, body is not");
    c->n_line = 0, c->any = true;
    c->left = (uint64_t)size;
    c->state = size ? CHUNK_DATA : CHUNK_TRAILER;
    return true;
}

static bool push_chunked(http_body *b, str piece)
{
    chunked *c = &b->chunks;
    while (piece.n) switch (c->state) {
        case CHUNK_NOT: return push_stage(b, 0, piece);
        case CHUNK_TRAILER: return true;
        case CHUNK_SIZE:
            if (!push_size(b, *piece.p)) return false;
            piece = str_cut(piece, 1, piece.n);
            break;
        case CHUNK_DATA: {
            size_t n = c->left < piece.n ? (size_t)c->left : piece.n;
            if (!push_stage(b, 0, str_cut(piece, 0, n))) return false;
            piece = str_cut(piece, n, piece.n);
            if (!(c->left -= n)) c->state = CHUNK_END;
            break;
        }
        case CHUNK_END:
            if (*piece.p != '\r' && *piece.p != '\n') {
                if (!end_chunks(b, "chunk sizes wrong")) return false;
                break;
            }
            if (*piece.p == '\n') c->state = CHUNK_SIZE;
            piece = str_cut(piece, 1, piece.n);
            break;
        }
    return true;
}

static bool close_chunked(http_body *b)
{
    chunked *c = &b->chunks;
    if (c->state == CHUNK_TRAILER || c->state == CHUNK_NOT) return true;
    if (!c->any && c->n_line) return end_chunks(b, "chunked declared, body is not");
    if (c->any) add_note(b, c->state == CHUNK_DATA && c->left ? "last chunk cut off" : "last chunk missing");
    return true;
}

// --- the body ---

http_body *http_body_new(void) { return calloc(1, sizeof(http_body)); }

void http_body_free(http_body *b)
{
    if (!b) return;
    for (size_t i = 0; i < MOST_CODINGS; i++) coding_close(&b->stages[i].c), free(b->stages[i].out);
    free(b);
}

// Adds the codings of one field, "gzip, br": the one put on last is undone first.
static bool add_codings(http_body *b, str value)
{
    for (str name; value.n;) {
        const char *comma = memrchr(value.p, ',', value.n);
        size_t      at = comma ? (size_t)(comma - value.p) + 1 : 0;
        name = str_trim(str_cut(value, at, value.n));
        value = str_cut(value, 0, at ? at - 1 : 0);
        if (!name.n || str_eq_nocase(name, STR("identity")) || str_eq_nocase(name, STR("chunked"))) continue;
        size_t i = 0, known = sizeof coding_names / sizeof *coding_names;
        while (i < known && !str_eq_nocase(name, str_of(coding_names[i].name))) i++;
        if (i == known || b->n_stages == MOST_CODINGS) return add_note(b, "unknown content coding"), false;
        b->stages[b->n_stages++].declared = coding_names[i].kind;
    }
    return true;
}

static bool names_chunked(str value)
{
    for (str name; value.n;) {
        name = str_trim(str_split(value, ',', &value));
        if (str_eq_nocase(name, STR("chunked"))) return true;
    }
    return false;
}

void http_body_begin(http_body *b, str header, http_take *take, void *with)
{
    str transfer = http_field(header, "Transfer-Encoding"), content = http_field(header, "Content-Encoding");
    b->take = take, b->with = with;
    b->stopped = false, b->note[0] = 0, b->n_stages = 0;
    b->is_chunked = names_chunked(transfer);
    b->chunks.state = CHUNK_SIZE, b->chunks.any = false, b->chunks.n_line = 0;
    if (add_codings(b, transfer)) add_codings(b, content);
    for (size_t i = 0; i < b->n_stages; i++) {
        coding_stage *s = &b->stages[i];
        s->open = s->as_it_is = s->over = false;
        s->n_held = 0;
    }
}

bool http_body_push(http_body *b, str piece)
{
    if (b->stopped) return false;
    return b->is_chunked ? push_chunked(b, piece) : push_stage(b, 0, piece);
}

bool http_body_end(http_body *b)
{
    if (b->is_chunked && !b->stopped) close_chunked(b);
    for (size_t i = 0; i < b->n_stages && !b->stopped; i++) end_stage(b, i);
    return !b->stopped;
}

const char *http_body_note(const http_body *b) { return b->note; }
