// learn.c — checks of the sparse models: the file's refusals, looking weights up, chains against trying every labelling.

#include "learn/chain.h"
#include "lex/data.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void check(bool ok, const char *what)
{
    passed += ok;
    failed += !ok;
    if (!ok) printf("learn: %s\n", what);
}

static void put_u32(char *p, uint32_t x)
{
    for (int i = 0; i < 4; i++) p[i] = (char)(x >> 8 * i);
}

static void put_sum(char *p, size_t n)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < n - 4; i++) h = (h ^ (unsigned char)p[i]) * 0x01000193u;
    put_u32(p + n - 4, h);
}

enum { KEYS = 3, SIZE = 12 + 32 + 4 * KEYS + 4 + 4 };

// One table of width 1: three keys with the weights 1, -2, 3, in steps of a half.
static void small_file(char *p)
{
    static const uint32_t keys[KEYS] = {5, 0x40000000u, 0xfffffff0u};
    static const char     weights[KEYS] = {1, -2, 3};
    float                 scale = 0.5f;
    uint32_t              bits;
    memcpy(&bits, &scale, sizeof bits);
    memset(p, 0, SIZE);
    memcpy(p, "TDLEARN1", 8);
    put_u32(p + 8, 1);
    memcpy(p + 12, "small", 5);
    put_u32(p + 28, 1), put_u32(p + 32, KEYS), put_u32(p + 36, 1), put_u32(p + 40, bits);
    for (size_t i = 0; i < KEYS; i++) put_u32(p + 44 + 4 * i, keys[i]);
    memcpy(p + 44 + sizeof keys, weights, KEYS);
    put_sum(p, SIZE);
}

static bool opens(arena *a, const char *p, size_t n)
{
    model_file   m;
    weight_table t;
    fault        f;
    return model_open(&m, a, (str){p, n}, "small", &f) && model_table(&m, "small", 1, &t, &f);
}

static void check_file(arena *a)
{
    char         p[SIZE], q[SIZE];
    model_file   m;
    weight_table t;
    fault        f;
    small_file(p);
    check(model_open(&m, a, (str){p, SIZE}, "small", &f) && model_table(&m, "small", 1, &t, &f), "a whole file opens");
    float s = 0;
    weights_add(&t, 5, &s), weights_add(&t, 6, &s), weights_add(&t, 0x40000000u, &s), weights_add(&t, 0xfffffff0u, &s);
    check(fabsf(s - 1.0f) < 1e-6f, "weights are found by their keys, others count nothing");
    check(!model_table(&m, "large", 1, &t, &f) && strstr(f.text, "has no part"), "a part it has not");
    check(!model_table(&m, "small", 3, &t, &f), "a part of another width");
    for (size_t n = 0; n < SIZE; n++) check(!opens(a, p, n), "a file cut short");
    for (size_t i = 0; i < SIZE; i++) {
        memcpy(q, p, SIZE);
        q[i] ^= 0x20;
        check(!opens(a, q, SIZE), "a file with a changed byte");
    }
    // Sizes that run over the end, or keys out of order, with a sum that fits.
    for (size_t at = 8; at < 44; at += 4) {
        if (at >= 12 && at < 28) continue;
        memcpy(q, p, SIZE);
        put_u32(q + at, 0x7fffffff);
        put_sum(q, SIZE);
        check(at == 40 || !opens(a, q, SIZE), "a size that runs over the end");
    }
    memcpy(q, p, SIZE);
    put_u32(q + 44, 0xffffffffu);
    put_sum(q, SIZE);
    check(!opens(a, q, SIZE), "keys out of order");
}

static void check_shipped(arena *a)
{
    data_set   d = {.a = a};
    model_file m;
    str        bytes;
    fault      f = {{0}};
    for (const data_file *file = data_linked; file->name; file++) {
        size_t n = strlen(file->name);
        if (n < 8 || strcmp(file->name + n - 8, ".weights")) continue;
        bool ok = data_text(&d, file->name, &bytes, &f) && model_open(&m, a, bytes, file->name, &f);
        check(ok, file->name);
    }
}

enum { TOKENS = 5, LABELS = 3, ALL = 3 * 3 * 3 * 3 * 3 };

static void check_chain(arena *a)
{
    float    emit[TOKENS * LABELS], step[LABELS * (LABELS + 1)], node[TOKENS * LABELS], edge[LABELS * (LABELS + 1)] = {0};
    uint8_t  best[TOKENS], top[TOKENS] = {0};
    uint32_t state = 7;
    for (size_t i = 0; i < TOKENS * LABELS; i++) emit[i] = (float)((state = state * 1664525u + 1013904223u) >> 8) / 4e6f - 2;
    for (size_t i = 0; i < LABELS * (LABELS + 1); i++)
        step[i] = (float)((state = state * 1664525u + 1013904223u) >> 8) / 4e6f - 2;
    double all = 0, highest = -1e9, first = 0;
    for (int k = 0; k < ALL; k++) {
        int    y[TOKENS], rest = k;
        double score = 0;
        for (int t = 0; t < TOKENS; t++, rest /= 3) {
            y[t] = rest % 3;
            score +=
                (double)emit[t * LABELS + y[t]] + (double)(t ? step[y[t - 1] * LABELS + y[t]] : step[LABELS * LABELS + y[t]]);
        }
        all += exp(score);
        if (y[0] == 1) first += exp(score);
        if (score <= highest) continue;
        highest = score;
        for (int t = 0; t < TOKENS; t++) top[t] = (uint8_t)y[t];
    }
    chain_best(a, emit, step, TOKENS, LABELS, best);
    check(memcmp(best, top, TOKENS) == 0, "the best labelling is the best of all");
    double log_all = chain_marginals(a, emit, step, TOKENS, LABELS, node, edge);
    check(fabs(log_all - log(all)) < 1e-4, "the sum over all labellings");
    check(fabs((double)node[1] - first / all) < 1e-4, "the probability of a label");
}

// Holds no variable of its own that changes, so nothing is left half-set when control comes back.
int main(void)
{
    static arena   a;
    static jmp_buf full;
    arena_init(&a, SIZE_MAX / 2, &full);
    if (setjmp(full)) return puts("learn: out of memory"), 2;
    check_file(&a);
    check_shipped(&a);
    check_chain(&a);
    arena_clear(&a);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
