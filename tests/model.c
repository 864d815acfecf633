// model.c — checks below the pipeline: test-model MODEL. The kernels against each other, the model file's refusals, MessagePack.

#include "net/encoder.h"
#include "net/file.h"
#include "net/kernels.h"
#include "net/msgpack.h"
#include "parse/pipeline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void check(bool ok, const char *what)
{
    passed += ok;
    failed += !ok;
    if (!ok) printf("model: %s\n", what);
}

// Numbers between -1 and 1, the same on every run.
static float next_number(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(int32_t)*state / 2147483648.0f;
}

static float *numbers(arena *a, size_t n, uint32_t seed)
{
    float *v = new_array(a, float, n);
    for (size_t i = 0; i < n; i++) v[i] = next_number(&seed);
    return v;
}

static bool close_by(const float *x, const float *y, size_t n, float tolerance)
{
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(x[i] - y[i]) <= tolerance * (1 + fabsf(y[i])))) return false;
    return true;
}

// Row counts around the kernel's six, and rows that overlap as a window's do.
static void check_affine(arena *a, const net_kernels *k)
{
    const size_t inputs = 288, outputs = 288, stride = 96, most = 20;
    const float *x = numbers(a, most * stride + inputs, 1), *w = numbers(a, inputs * outputs, 2), *bias = numbers(a, outputs, 3);
    float *y = new_array(a, float, most *outputs), *z = new_array(a, float, most *outputs), *one = new_array(a, float, outputs);
    for (size_t rows = 1; rows <= most; rows++) {
        k->affine(y, outputs, x, stride, rows, w, bias, inputs, outputs);
        net_kernels_plain.affine(z, outputs, x, stride, rows, w, bias, inputs, outputs);
        check(close_by(y, z, rows * outputs, 1e-5f), "affine is not as in plain C");
        k->affine(one, outputs, x + (rows - 1) * stride, stride, 1, w, bias, inputs, outputs);
        check(!memcmp(one, y + (rows - 1) * outputs, outputs * sizeof *one), "affine depends on the number of rows");
    }
    for (size_t n = NET_PANEL; n <= 8 * NET_PANEL; n += NET_PANEL) {
        k->affine(y, n, x, stride, 1, w, bias, 64, n);
        net_kernels_plain.affine(z, n, x, stride, 1, w, bias, 64, n);
        check(close_by(y, z, n, 1e-5f), "affine of one row is not as in plain C");
    }
}

// Pairs of a window against the window itself, and against plain C; block sizes around twelve and three.
static void check_pairs(arena *a, const net_kernels *k, size_t width)
{
    const size_t outputs = 48, most = 31, rows = 2 * most + 2;
    const float *h = numbers(a, rows * width, 8), *packed = numbers(a, 3 * width * outputs, 9), *bias = numbers(a, outputs, 10);
    float       *w = new_array(a, float, 4 * width * outputs), *u = new_array(a, float, most * 4 * width);
    float       *y = new_array(a, float, 2 * most * outputs), *z = new_array(a, float, 2 * most * outputs);
    net_pair_weights(w, packed, width, outputs);
    net_pair_rows(u, h + width, most, width);
    for (size_t pairs = 1; pairs <= most; pairs++) {
        k->affine_pairs(y, outputs, u, pairs, w, bias, width, outputs);
        net_kernels_plain.affine_pairs(z, outputs, u, pairs, w, bias, width, outputs);
        check(close_by(y, z, 2 * pairs * outputs, 2e-5f), "affine_pairs is not as in plain C");
    }
    k->affine(z, outputs, h, width, 2 * most, packed, bias, 3 * width, outputs);
    check(close_by(y, z, 2 * most * outputs, 5e-5f), "affine_pairs is not what a window gives");
    k->affine_pairs(z, outputs, u + (most - 1) * 4 * width, 1, w, bias, width, outputs);
    check(!memcmp(z, y + 2 * (most - 1) * outputs, 2 * outputs * sizeof *z), "affine_pairs depends on the number of pairs");
}

static void check_others(arena *a, const net_kernels *k)
{
    const size_t n = 96, pieces = 3, rows = 5;
    const float *x = numbers(a, rows * pieces * n, 4), *gain = numbers(a, n, 5), *shift = numbers(a, n, 6),
                *add = numbers(a, rows * n, 7);
    float       *y = new_array(a, float, rows *n), *z = new_array(a, float, rows *n);
    const float *list[] = {x, x + n, x + 2 * n, x + 3 * n};
    k->sum_rows(y, list, 4, gain, n);
    net_kernels_plain.sum_rows(z, list, 4, gain, n);
    check(!memcmp(y, z, n * sizeof *y), "sum_rows is not as in plain C");
    k->maxout(y, x, pieces, n);
    net_kernels_plain.maxout(z, x, pieces, n);
    check(!memcmp(y, z, n * sizeof *y), "maxout is not as in plain C");
    k->maxout_norm(y, add, x, rows, pieces, n, gain, shift);
    net_kernels_plain.maxout_norm(z, add, x, rows, pieces, n, gain, shift);
    check(close_by(y, z, rows * n, 1e-5f), "maxout_norm is not as in plain C");
}

static const char *const ways[] = {"plain", "avx2", "avx512", "neon"};

static void check_kernels(arena *a, const net_kernels *k)
{
    if (!k) return; // not for this machine
    check_affine(a, k);
    check_pairs(a, k, 96);
    check_pairs(a, k, 32);
    check_others(a, k);
}

static void check_hash(void)
{
    uint32_t rows[4];
    net_hash_rows(5983625672228268878u, 8, rows); // "hello"
    const uint32_t expected[4] = {2726685510u, 2083710382u, 4090028265u, 978081925u};
    check(!memcmp(rows, expected, sizeof rows), "rows of a hashed feature");
}

static bool reads(arena *a, const char *bytes, size_t n) { return msg_read(a, (str){bytes, n}) != NULL; }

static void check_msgpack(arena *a)
{
    const msg *m = msg_read(a, (str){"\x82\xa1\x61\x01\xc4\x01\x62\x93\xc3\xc0\xd1\xff\xfe", 13});
    uint64_t   one = 0;
    check(m && m->kind == MSG_MAP && msg_uint(msg_get(m, "a"), &one) && one == 1, "a map's value by key");
    const msg *list = msg_get(m, "b");
    check(msg_at(list, 2) && msg_at(list, 2)->kind == MSG_INT && msg_at(list, 2)->i == -2 && !msg_at(list, 3), "a list's items");
    check(!reads(a, "\xdd\xff\xff\xff\xff", 5), "a list longer than the bytes is refused");
    check(!reads(a,
                 "\xc6\x00\x00\x00\x05"
                 "abc",
                 8),
          "bytes cut short are refused");
    check(!reads(a, "\x01\x02", 2), "two values are refused");
    check(!reads(a, "", 0), "no value is refused");
    char deep[100];
    memset(deep, '\x91', sizeof deep);
    deep[99] = '\x01';
    check(!reads(a, deep, sizeof deep), "deep nesting is refused");
}

// The model with one thing wrong, and what the line must say.
static void check_refused(uint8_t *bytes, size_t n, const char *says)
{
    fault           f = {{0}};
    const pipeline *pl = pipeline_open(bytes, n, "some.tdm", &f);
    check(!pl && strstr(f.text, "some.tdm: ") == f.text && strstr(f.text, says) && !strchr(f.text, '\n'), says);
    if (pl) pipeline_close(pl);
}

static void check_file(uint8_t *bytes, size_t n)
{
    fault f = {{0}};
    check_refused(bytes, 0, "not a tidings model file");
    check_refused(bytes, n - 64, "truncated");
    check_refused(bytes, 100, "truncated");
    bytes[0] ^= 1;
    check_refused(bytes, n, "not a tidings model file");
    bytes[0] ^= 1, bytes[20]++;
    check_refused(bytes, n, "format 2; this program reads format 1");
    bytes[20]--, bytes[70] ^= 4;
    check_refused(bytes, n, "checksum of its table");
    bytes[70] ^= 4, bytes[n / 2] ^= 16;
    check_refused(bytes, n, "checksum of array");
    bytes[n / 2] ^= 16;
    const pipeline *pl = pipeline_open(bytes, n, "some.tdm", &f);
    check(pl && !strncmp(pipeline_card(pl).p, "name ", 5), "the model opens");
    if (pl) pipeline_close(pl);
}

// Each way of calculating gives one parse.
static void check_ways(arena *a, const uint8_t *bytes, size_t n)
{
    fault           f = {{0}};
    const pipeline *pl = pipeline_open(bytes, n, "some.tdm", &f);
    if (!pl) return;
    str text = STR("The ferry sank off Lamu on Tuesday with 40 people aboard, Kenya's coast guard said.\n\n\"We saw nothing,\" a "
                   "fisherman told us.");
    parse fast, other;
    pipeline_run(a, pl, text, &fast);
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
        if (!net_kernels_named(ways[k])) continue;
        pipeline_use_kernels(pl, net_kernels_named(ways[k]));
        pipeline_run(a, pl, text, &other);
        bool same = fast.n == other.n && fast.n > 20;
        for (size_t i = 0; same && i < fast.n; i++) {
            const token *x = &fast.v[i], *y = &other.v[i];
            same = x->tag == y->tag && x->head == y->head && x->dep == y->dep && x->ent == y->ent && x->starts == y->starts;
        }
        check(same, "other kernels parse otherwise");
    }
    pipeline_close(pl);
}

static uint8_t *read_bytes(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END)) return NULL;
    *n = (size_t)ftell(in);
    rewind(in);
    uint8_t *bytes = aligned_alloc(64, *n + 64 - *n % 64);
    if (bytes && fread(bytes, 1, *n, in) != *n) bytes = NULL;
    fclose(in);
    return bytes;
}

int main(int argc, char **argv)
{
    jmp_buf  full;
    arena    a;
    size_t   n = 0;
    uint8_t *bytes = argc > 1 ? read_bytes(argv[1], &n) : NULL;
    if (!bytes) return fprintf(stderr, "model: no model file\n"), 2;
    arena_init(&a, (size_t)1 << 30, &full);
    if (setjmp(full)) return fprintf(stderr, "model: out of memory\n"), 2;
    for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) check_kernels(&a, net_kernels_named(ways[k]));
    check_hash();
    check_msgpack(&a);
    check_file(bytes, n);
    check_ways(&a, bytes, n);
    arena_clear(&a);
    free(bytes);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
