#include "net/kernels.h"

#include <math.h>
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

const net_kernels net_kernels_plain = {"plain", affine_plain, sum_rows_plain, maxout_plain, maxout_norm_plain};

const net_kernels *net_kernels_best(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && net_kernels_avx2()) return net_kernels_avx2();
#endif
    return &net_kernels_plain;
}
