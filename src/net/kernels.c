#include "net/kernels.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

typedef float four __attribute__((vector_size(16))); // what every machine of today adds at once

static void affine_panel(float *y, const float *x, const float *w, const float *bias, size_t k)
{
    four sum[NET_PANEL / 4] = {{0}}, column[NET_PANEL / 4];
    for (size_t i = 0; i < k; i++) {
        memcpy(column, w + i * NET_PANEL, sizeof column);
        for (int c = 0; c < NET_PANEL / 4; c++) sum[c] += x[i] * column[c];
    }
    memcpy(column, bias, sizeof column);
    for (int c = 0; c < NET_PANEL / 4; c++) sum[c] += column[c];
    memcpy(y, sum, sizeof sum);
}

static void affine_plain(float *y, size_t ldy, const float *x, size_t ldx, size_t rows, const float *w, const float *bias,
                         size_t k, size_t n)
{
    for (size_t j = 0; j < n; j += NET_PANEL, w += k * NET_PANEL)
        for (size_t r = 0; r < rows; r++) affine_panel(y + r * ldy + j, x + r * ldx, w, bias + j, k);
}

// Sums of two products of one row, one panel.
static void add_products_plain(float *s, float *t, const float *u, size_t k, const float *w)
{
    for (size_t i = 0; i < k; i++, w += 2 * NET_PANEL)
        for (size_t c = 0; c < NET_PANEL; c++) {
            s[c] += u[i] * w[c];
            t[c] += u[k + i] * w[NET_PANEL + c];
        }
}

static void affine_pairs_plain(float *y, size_t ldy, const float *u, size_t pairs, const float *w, const float *bias, size_t k,
                               size_t n)
{
    for (size_t j = 0; j < n; j += NET_PANEL, w += 4 * k * NET_PANEL)
        for (size_t r = 0; r < pairs; r++) {
            float s[NET_PANEL] = {0}, t[NET_PANEL] = {0};
            add_products_plain(s, t, u + r * 4 * k, k, w);
            for (size_t c = 0; c < NET_PANEL; c++) {
                float sum = s[c] + t[c];
                t[c] = s[c] - t[c];
                s[c] = sum;
            }
            add_products_plain(s, t, u + r * 4 * k + 2 * k, k, w + 2 * k * NET_PANEL);
            for (size_t c = 0; c < NET_PANEL; c++) {
                y[2 * r * ldy + j + c] = s[c] + bias[j + c];
                y[(2 * r + 1) * ldy + j + c] = t[c] + bias[j + c];
            }
        }
}

void net_pair_rows(float *restrict u, const float *restrict h, size_t pairs, size_t k)
{
    for (size_t r = 0; r < pairs; r++, u += 4 * k, h += 2 * k) {
        const float *before = h - k, *next = h + k, *after = h + 2 * k;
        for (size_t i = 0; i < k; i++) {
            u[i] = h[i] + next[i];
            u[k + i] = next[i] - h[i];
            u[2 * k + i] = before[i] - next[i];
            u[3 * k + i] = after[i] - h[i];
        }
    }
}

void net_pair_weights(float *w, const float *packed, size_t k, size_t n)
{
    for (size_t j = 0; j < n; j += NET_PANEL, packed += 3 * k * NET_PANEL, w += 4 * k * NET_PANEL)
        for (size_t i = 0; i < k; i++)
            for (size_t c = 0; c < NET_PANEL; c++) {
                size_t at = i * NET_PANEL + c;
                float  before = packed[at], own = packed[k * NET_PANEL + at], after = packed[2 * k * NET_PANEL + at];
                float *first = w + 2 * i * NET_PANEL + c, *second = first + 2 * k * NET_PANEL;
                first[0] = (before + after + own) / 2;
                first[NET_PANEL] = (before + after - own) / 2;
                second[0] = before;
                second[NET_PANEL] = after;
            }
}

static void sum_rows_plain(float *y, const float *const *x, size_t rows, const float *bias, size_t n)
{
    for (size_t j = 0; j < n; j++) y[j] = 0;
    for (size_t r = 0; r < rows; r++)
        for (size_t j = 0; j < n; j++) y[j] += x[r][j];
    for (size_t j = 0; j < n; j++) y[j] += bias[j];
}

static void maxout_plain(float *y, const float *x, size_t pieces, size_t n)
{
    for (size_t j = 0; j < n; j++) y[j] = x[j];
    for (size_t p = 1; p < pieces; p++)
        for (size_t j = 0; j < n; j++) y[j] = x[p * n + j] > y[j] ? x[p * n + j] : y[j];
}

// Eight lanes, then their sum pairwise: what the AVX2 version does.
static float sum_lanes(const float *v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }

static void norm_plain(float *y, const float *add, size_t n, const float *gain, const float *shift)
{
    float lane[8] = {0}, square[8] = {0};
    for (size_t j = 0; j < n; j++) lane[j % 8] += y[j];
    float mean = sum_lanes(lane) / (float)n;
    for (size_t j = 0; j < n; j++) square[j % 8] += (y[j] - mean) * (y[j] - mean);
    float scale = 1 / sqrtf(sum_lanes(square) / (float)n + 1e-8f);
    for (size_t j = 0; j < n; j++) {
        float v = (y[j] - mean) * scale * gain[j] + shift[j];
        y[j] = add ? add[j] + v : v;
    }
}

static void maxout_norm_plain(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                              const float *shift)
{
    for (size_t r = 0; r < rows; r++, x += pieces * n) {
        maxout_plain(y + r * n, x, pieces, n);
        norm_plain(y + r * n, add ? add + r * n : NULL, n, gain, shift);
    }
}

const net_kernels net_kernels_plain = {"plain",        affine_plain, affine_pairs_plain,
                                       sum_rows_plain, maxout_plain, maxout_norm_plain};

const net_kernels *net_kernels_named(const char *name)
{
    const net_kernels *k = NULL;
#if defined(__x86_64__)
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (!strcmp(name, "avx2") && avx2) k = net_kernels_avx2();
    if (!strcmp(name, "avx512") && avx2 && __builtin_cpu_supports("avx512f")) k = net_kernels_avx512();
#elif defined(__aarch64__)
    if (!strcmp(name, "neon")) k = net_kernels_neon();
#endif
    return k ? k : strcmp(name, "plain") ? NULL : &net_kernels_plain;
}

const net_kernels *net_kernels_best(void)
{
    static const char *const best_first[] = {"avx512", "avx2", "neon"};
    for (size_t i = 0; i < sizeof best_first / sizeof *best_first; i++) {
        const net_kernels *k = net_kernels_named(best_first[i]);
        if (k) return k;
    }
    return &net_kernels_plain;
}
