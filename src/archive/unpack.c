#include "archive/unpack.h"

#include "archive/coding.h"
#include "archive/window.h"

#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAGIC = 8,         // bytes of a file that tell how it is packed
    TRIED = 1 << 15,   // bytes a supposed member must unpack without complaint before it is taken for one
    FEW_LEFT = 1 << 16 // with less in the window, more is read before a member is begun
};

struct unpacker {
    archive_source                  source;
    window                          w;
    coding_kind                     how; // CODING_NONE: plain
    coding                          decoder;
    struct libdeflate_decompressor *whole;                      // for gzip members that lie in the window
    bool                            dictionary;                 // zstd frames need one
    bool                            started, inside, stretched; // how is known; in a member; a member was given before
    uint64_t                        member, inner;              // where it begins; how much of it was given
    uint64_t                        skip;                       // of the first member, when begun in the middle
    const char                     *failed;
};

unpacker *unpack_open(const archive_source *source, archive_place start)
{
    unpacker *u = calloc(1, sizeof *u);
    if (!u) return NULL;
    u->source = *source;
    u->skip = start.inner;
    if (window_open(&u->w, &u->source, start.member) && (u->whole = libdeflate_alloc_decompressor())) return u;
    unpack_close(u);
    return NULL;
}

void unpack_close(unpacker *u)
{
    if (!u) return;
    coding_close(&u->decoder);
    if (u->whole) libdeflate_free_decompressor(u->whole);
    window_close(&u->w);
    free(u);
}

bool          unpack_plain(const unpacker *u) { return u->how == CODING_NONE; }
uint64_t      unpack_reached(const unpacker *u) { return u->w.reached; }
const char   *unpack_failed(const unpacker *u) { return u->failed ? u->failed : u->w.failed; }
archive_place unpack_place(const unpacker *u, size_t back)
{
    if (unpack_plain(u)) return (archive_place){u->member + u->inner - back, 0};
    return (archive_place){u->member, u->inner - back};
}

static void tell_damage(const unpacker *u, archive_place at, const char *what)
{
    if (u->source.damage) u->source.damage(u->source.with, at, what);
}

// A member at the window's place that unpacks for a while without complaint; nothing is used up.
static bool member_sound(unpacker *u)
{
    unsigned char scratch[TRIED];
    coding        c = {0};
    size_t        n = window_want(&u->w, TRIED), used, made;
    if (coding_packed((str){(const char *)window_bytes(&u->w), n}) != u->how || !coding_open(&c, u->how)) return false;
    if (u->dictionary) return coding_close(&c), true;
    coding_state state = coding_run(&c, window_bytes(&u->w), n, &used, scratch, sizeof scratch, &made);
    coding_close(&c);
    return state != CODING_BROKEN;
}

// Moves the window to the next member; false at the end.
static bool find_member(unpacker *u)
{
    static const unsigned char first[] = {[CODING_GZIP] = 0x1f, [CODING_ZSTD] = 0x28, [CODING_LZ4] = 0x04};
    for (size_t n; (n = window_want(&u->w, TRIED)) > 0;) {
        const unsigned char *v = window_bytes(&u->w), *hit = memchr(v, first[u->how], n);
        u->w.at += hit ? (size_t)(hit - v) : n;
        if (!hit) continue;
        if (member_sound(u)) return true;
        u->w.at++;
    }
    return false;
}

// After damage: the next member behind `from`, or the end.
static unpack_state resume_behind(unpacker *u, uint64_t from)
{
    u->inside = false;
    if (window_place(&u->w) < from && window_want(&u->w, 1)) u->w.at++; // it broke before anything of it was used
    if (window_place(&u->w) > from && !window_move(&u->w, from)) window_move(&u->w, u->w.offset);
    return find_member(u) ? UNPACK_BREAK : UNPACK_END;
}

// Zeros up to the end of the file: padding, no damage.
static bool only_zeros_left(unpacker *u)
{
    for (size_t n; (n = window_want(&u->w, WINDOW)) > 0; u->w.at += n)
        for (size_t i = 0; i < n; i++)
            if (window_bytes(&u->w)[i]) return false;
    return true;
}

static unpack_state pass_over_junk(unpacker *u)
{
    char     what[80];
    uint64_t from = window_place(&u->w);
    if (only_zeros_left(u)) return UNPACK_END;
    window_move(&u->w, from);
    bool found = find_member(u);
    snprintf(what, sizeof what, "%llu bytes that are no part of any %s", (unsigned long long)(window_place(&u->w) - from),
             coding_unit(u->how));
    tell_damage(u, (archive_place){from, 0}, what);
    return found ? UNPACK_BREAK : UNPACK_END;
}

// Behind the dictionary the file begins with, if it begins with one; what cannot be used is told by the first frame that needs
// it.
static void take_dictionary(unpacker *u)
{
    size_t n, have = window_want(&u->w, MAGIC);
    if (window_place(&u->w) || !coding_dictionary_begins((str){(const char *)window_bytes(&u->w), have}, &n)) return;
    if (n > WINDOW - MAGIC || window_want(&u->w, n + MAGIC) < n + MAGIC) return;
    u->dictionary = coding_dictionary(&u->decoder, (str){(const char *)window_bytes(&u->w) + MAGIC, n});
    u->w.at += n + MAGIC;
}

// The same where reading begins in the middle of the file.
static void fetch_dictionary(unpacker *u)
{
    char                  head[MAGIC], *v;
    size_t                n, have = 0;
    const archive_source *s = &u->source;
    if (!window_place(&u->w) || s->read(s->with, 0, head, MAGIC) != MAGIC || !coding_dictionary_begins((str){head, MAGIC}, &n))
        return;
    if (n > WINDOW - MAGIC || !(v = malloc(n + 1))) return;
    for (ptrdiff_t got; have < n && (got = s->read(s->with, MAGIC + have, v + have, n - have)) > 0;) have += (size_t)got;
    u->dictionary = have == n && coding_dictionary(&u->decoder, (str){v, n});
    free(v);
}

static void begin_file(unpacker *u)
{
    take_dictionary(u);
    size_t n = window_want(&u->w, MAGIC);
    u->how = coding_packed((str){(const char *)window_bytes(&u->w), n});
    if (u->how == CODING_ZSTD) fetch_dictionary(u);
    u->started = true;
    u->member = window_place(&u->w);
}

static unpack_state fill_plain(unpacker *u, void *to, size_t room, size_t *got)
{
    *got = window_want(&u->w, 1);
    if (!*got) return UNPACK_END;
    if (*got > room) *got = room;
    memcpy(to, window_bytes(&u->w), *got);
    u->w.at += *got;
    u->inner += *got;
    return UNPACK_BYTES;
}

// Unpacks the member at the window's place whole, if it lies in the window, fits and is sound.
static bool unpack_whole(unpacker *u, void *to, size_t room, size_t *got)
{
    size_t used, left = window_left(&u->w);
    if (u->how != CODING_GZIP || u->skip) return false;
    enum libdeflate_result r = libdeflate_gzip_decompress_ex(u->whole, window_bytes(&u->w), left, to, room, &used, got);
    if (r == LIBDEFLATE_BAD_DATA && window_want(&u->w, WINDOW) > left)
        r = libdeflate_gzip_decompress_ex(u->whole, window_bytes(&u->w), window_left(&u->w), to, room, &used, got);
    if (r != LIBDEFLATE_SUCCESS) return false;
    u->w.at += used;
    u->inner = *got;
    return true;
}

// At the beginning of a member, or of what should be one.
static unpack_state begin_member(unpacker *u)
{
    size_t n = window_want(&u->w, FEW_LEFT);
    if (!n) return UNPACK_END;
    if (coding_packed((str){(const char *)window_bytes(&u->w), n}) != u->how) return pass_over_junk(u);
    u->member = window_place(&u->w), u->inner = 0;
    return UNPACK_BYTES;
}

static unpack_state break_member(unpacker *u, const char *what)
{
    char text[120];
    snprintf(text, sizeof text, "%s %s", coding_unit(u->how), what);
    tell_damage(u, (archive_place){u->member, u->inner}, text);
    return resume_behind(u, u->member + 1);
}

// Drops what comes before the place reading was to begin at.
static void drop_skipped(unpacker *u, char *to, size_t *got)
{
    size_t drop = u->skip < *got ? (size_t)u->skip : *got;
    u->skip -= drop;
    *got -= drop;
    memmove(to, to + drop, *got);
}

static unpack_state fill_inside(unpacker *u, void *to, size_t room, size_t *got)
{
    for (;;) {
        size_t       n = window_want(&u->w, 1), used;
        coding_state state = coding_run(&u->decoder, window_bytes(&u->w), n, &used, to, room, got);
        u->w.at += used;
        u->inner += *got;
        if (state == CODING_NO_MEMORY) return u->failed = "out of memory", UNPACK_FAILED;
        if (u->skip) drop_skipped(u, to, got);
        if (state == CODING_DONE) u->inside = false;
        if (*got) return UNPACK_BYTES; // an error comes back the next time
        if (state == CODING_DONE) return UNPACK_BYTES;
        if (state == CODING_BROKEN) return break_member(u, u->decoder.why);
        if (!n) return break_member(u, "cut off");
    }
}

unpack_state unpack_fill(unpacker *u, void *to, size_t room, size_t *got)
{
    *got = 0;
    if (!u->started) begin_file(u);
    if (u->how == CODING_NONE) return fill_plain(u, to, room, got);
    for (unpack_state state; !*got;) {
        if (!u->inside) {
            if ((state = begin_member(u)) != UNPACK_BYTES) return state;
            if (unpack_whole(u, to, room, got)) continue;
            if (!coding_open(&u->decoder, u->how)) return u->failed = "out of memory", UNPACK_FAILED;
            u->inside = true;
        }
        if ((state = fill_inside(u, to, room, got)) != UNPACK_BYTES) return state;
    }
    return UNPACK_BYTES;
}

bool unpack_seek(unpacker *u, archive_place to)
{
    if (!window_move(&u->w, to.member)) return false;
    u->inside = false;
    u->member = to.member, u->inner = 0, u->skip = to.inner;
    return true;
}
