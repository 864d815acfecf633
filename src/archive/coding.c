#include "archive/coding.h"

#include <brotli/decode.h>
#include <lz4frame.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static bool open_zlib(coding *c, int bits)
{
    if (c->z_open) return inflateReset2(&c->z, bits) == Z_OK;
    c->z = (z_stream){0};
    return c->z_open = inflateInit2(&c->z, bits) == Z_OK;
}

static bool open_zstd(coding *c)
{
    if (!c->zstd) c->zstd = ZSTD_createDCtx();
    return c->zstd && !ZSTD_isError(ZSTD_DCtx_reset(c->zstd, ZSTD_reset_session_only));
}

static bool open_lz4(coding *c)
{
    LZ4F_dctx *d = c->lz4;
    if (d) return LZ4F_resetDecompressionContext(d), true;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&d, LZ4F_VERSION))) return false;
    return c->lz4 = d, true;
}

static bool open_brotli(coding *c)
{
    if (c->brotli) BrotliDecoderDestroyInstance(c->brotli);
    return (c->brotli = BrotliDecoderCreateInstance(NULL, NULL, NULL)) != NULL;
}

bool coding_open(coding *c, coding_kind kind)
{
    c->kind = kind, c->state = CODING_MORE, c->why = "";
    switch (kind) {
    case CODING_NONE: return true;
    case CODING_GZIP: return open_zlib(c, 16 + MAX_WBITS);
    case CODING_ZLIB: return open_zlib(c, MAX_WBITS);
    case CODING_RAW: return open_zlib(c, -MAX_WBITS);
    case CODING_ZSTD: return open_zstd(c);
    case CODING_LZ4: return open_lz4(c);
    case CODING_BROTLI: return open_brotli(c);
    }
    return false;
}

void coding_close(coding *c)
{
    if (c->z_open) inflateEnd(&c->z);
    ZSTD_freeDCtx(c->zstd);
    if (c->lz4) LZ4F_freeDecompressionContext(c->lz4);
    if (c->brotli) BrotliDecoderDestroyInstance(c->brotli);
    *c = (coding){0};
}

static coding_state coding_break(coding *c, const char *why) { return c->why = why, CODING_BROKEN; }

static coding_state run_zlib(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made)
{
    enum { MOST = 1 << 30 }; // zlib counts in 32 bits
    uInt from = n < MOST ? (uInt)n : MOST, to = room < MOST ? (uInt)room : MOST;
    c->z.next_in = (Bytef *)(uintptr_t)in, c->z.avail_in = from;
    c->z.next_out = out, c->z.avail_out = to;
    int r = inflate(&c->z, Z_NO_FLUSH);
    *used = from - c->z.avail_in, *made = to - c->z.avail_out;
    switch (r) {
    case Z_OK:
    case Z_BUF_ERROR: return CODING_MORE;
    case Z_STREAM_END: return CODING_DONE;
    case Z_MEM_ERROR: return CODING_NO_MEMORY;
    default:
        return coding_break(c, c->z.msg && strstr(c->z.msg, "check") && c->z.total_out ? "checksum or length wrong"
                                                                                       : "data damaged");
    }
}

static coding_state run_zstd(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made)
{
    ZSTD_inBuffer  from = {in, n, 0};
    ZSTD_outBuffer to = {out, room, 0};
    size_t         r = ZSTD_decompressStream(c->zstd, &to, &from);
    *used = from.pos, *made = to.pos;
    if (ZSTD_isError(r)) return coding_break(c, "data damaged");
    return r ? CODING_MORE : CODING_DONE;
}

static coding_state run_lz4(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made)
{
    *used = n, *made = room;
    size_t r = LZ4F_decompress(c->lz4, out, made, in, used, NULL);
    if (LZ4F_isError(r)) return *made = 0, coding_break(c, "data damaged");
    return r ? CODING_MORE : CODING_DONE;
}

static coding_state run_brotli(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made)
{
    const uint8_t      *from = in;
    uint8_t            *to = out;
    size_t              left = n, free = room;
    BrotliDecoderResult r = BrotliDecoderDecompressStream(c->brotli, &left, &from, &free, &to, NULL);
    *used = n - left, *made = room - free;
    if (r == BROTLI_DECODER_RESULT_ERROR) return coding_break(c, "data damaged");
    return r == BROTLI_DECODER_RESULT_SUCCESS ? CODING_DONE : CODING_MORE;
}

coding_state coding_run(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made)
{
    *used = *made = 0;
    if (c->state != CODING_MORE) return c->state;
    switch (c->kind) {
    case CODING_NONE: c->state = CODING_DONE; break;
    case CODING_GZIP:
    case CODING_ZLIB:
    case CODING_RAW: c->state = run_zlib(c, in, n, used, out, room, made); break;
    case CODING_ZSTD: c->state = run_zstd(c, in, n, used, out, room, made); break;
    case CODING_LZ4: c->state = run_lz4(c, in, n, used, out, room, made); break;
    case CODING_BROTLI: c->state = run_brotli(c, in, n, used, out, room, made); break;
    }
    return c->state;
}

bool coding_dictionary_begins(str head, size_t *n)
{
    const unsigned char *p = (const unsigned char *)head.p;
    if (head.n < 8 || memcmp(p, "\x5d\x2a\x4d\x18", 4)) return false;
    *n = (size_t)p[4] | (size_t)p[5] << 8 | (size_t)p[6] << 16 | (size_t)p[7] << 24;
    return true;
}

bool coding_dictionary(coding *c, str bytes)
{
    enum { MOST = 16 << 20 }; // far above what dictionaries are
    char              *unpacked = NULL;
    unsigned long long n = ZSTD_getFrameContentSize(bytes.p, bytes.n);
    if (!c->zstd) c->zstd = ZSTD_createDCtx();
    if (coding_packed(bytes) == CODING_ZSTD) {
        if (n > MOST) n = MOST; // or not known
        if (!(unpacked = malloc((size_t)n + 1))) return false;
        bytes = (str){unpacked, ZSTD_decompress(unpacked, (size_t)n, bytes.p, bytes.n)};
        if (ZSTD_isError(bytes.n)) bytes.n = 0;
    }
    bool ok = c->zstd && bytes.n && !ZSTD_isError(ZSTD_DCtx_loadDictionary(c->zstd, bytes.p, bytes.n));
    free(unpacked);
    return ok;
}

static bool begins_with(str s, const char *bytes, size_t n) { return s.n >= n && !memcmp(s.p, bytes, n); }

coding_kind coding_packed(str head)
{
    // Method 8 and none of the reserved flags: what every gzip has.
    if (begins_with(head, "\x1f\x8b\x08", 3)) return head.n < 4 || !(head.p[3] & 0xe0) ? CODING_GZIP : CODING_NONE;
    if (begins_with(head, "\x28\xb5\x2f\xfd", 4)) return CODING_ZSTD;
    if (begins_with(head, "\x04\x22\x4d\x18", 4)) return CODING_LZ4;
    return CODING_NONE;
}

const char *coding_unit(coding_kind kind)
{
    switch (kind) {
    case CODING_NONE: return "file";
    case CODING_GZIP: return "gzip member";
    case CODING_ZLIB:
    case CODING_RAW: return "deflate data";
    case CODING_ZSTD: return "zstd frame";
    case CODING_LZ4: return "lz4 frame";
    case CODING_BROTLI: return "brotli data";
    }
    return "";
}
