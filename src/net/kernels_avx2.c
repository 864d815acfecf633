// The kernels for machines with AVX2 and FMA. Compiled for those alone: nothing here runs before kernels.c has asked.

#include "net/kernels.h"

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>
#include <math.h>

// ROWS rows of one panel: two registers of sums a row.
static inline __attribute__((always_inline)) void affine_block(float *y, size_t ldy, const float *x, size_t ldx, const float *w,
                                                               const float *bias, size_t k, int rows)
{
    __m256 low[6], high[6];
    for (int r = 0; r < rows; r++) low[r] = high[r] = _mm256_setzero_ps();
    for (size_t i = 0; i < k; i++, w += NET_PANEL) {
        __m256 w_low = _mm256_loadu_ps(w), w_high = _mm256_loadu_ps(w + 8);
        for (int r = 0; r < rows; r++) {
            __m256 v = _mm256_broadcast_ss(x + (size_t)r * ldx + i);
            low[r] = _mm256_fmadd_ps(v, w_low, low[r]);
            high[r] = _mm256_fmadd_ps(v, w_high, high[r]);
        }
    }
    __m256 bias_low = _mm256_loadu_ps(bias), bias_high = _mm256_loadu_ps(bias + 8);
    for (int r = 0; r < rows; r++) {
        _mm256_storeu_ps(y + (size_t)r * ldy, _mm256_add_ps(low[r], bias_low));
        _mm256_storeu_ps(y + (size_t)r * ldy + 8, _mm256_add_ps(high[r], bias_high));
    }
}

// One row: four panels at once keep both multipliers busy.
static inline __attribute__((always_inline)) void affine_row(float *y, const float *x, const float *w, const float *bias,
                                                             size_t k, int panels)
{
    __m256 sum[8];
    for (int p = 0; p < 2 * panels; p++) sum[p] = _mm256_setzero_ps();
    for (size_t i = 0; i < k; i++) {
        __m256 v = _mm256_broadcast_ss(x + i);
        for (int p = 0; p < 2 * panels; p++)
            sum[p] = _mm256_fmadd_ps(v, _mm256_loadu_ps(w + ((size_t)(p / 2) * k + i) * NET_PANEL + 8 * (p % 2)), sum[p]);
    }
    for (int p = 0; p < 2 * panels; p++) _mm256_storeu_ps(y + 8 * p, _mm256_add_ps(sum[p], _mm256_loadu_ps(bias + 8 * p)));
}

static void affine_one(float *y, const float *x, const float *w, const float *bias, size_t k, size_t n)
{
    size_t j = 0;
    for (; j + 4 * NET_PANEL <= n; j += 4 * NET_PANEL) affine_row(y + j, x, w + j * k, bias + j, k, 4);
    switch ((n - j) / NET_PANEL) {
    case 3: affine_row(y + j, x, w + j * k, bias + j, k, 3); break;
    case 2: affine_row(y + j, x, w + j * k, bias + j, k, 2); break;
    case 1: affine_row(y + j, x, w + j * k, bias + j, k, 1); break;
    default: break;
    }
}

static void affine_avx2(float *y, size_t ldy, const float *x, size_t ldx, size_t rows, const float *w, const float *bias,
                        size_t k, size_t n)
{
    if (rows == 1) {
        affine_one(y, x, w, bias, k, n);
        return;
    }
    for (size_t j = 0; j < n; j += NET_PANEL, w += k * NET_PANEL) {
        size_t r = 0;
        for (; r + 6 <= rows; r += 6) affine_block(y + r * ldy + j, ldy, x + r * ldx, ldx, w, bias + j, k, 6);
        float       *to = y + r * ldy + j;
        const float *from = x + r * ldx;
        switch (rows - r) {
        case 5: affine_block(to, ldy, from, ldx, w, bias + j, k, 5); break;
        case 4: affine_block(to, ldy, from, ldx, w, bias + j, k, 4); break;
        case 3: affine_block(to, ldy, from, ldx, w, bias + j, k, 3); break;
        case 2: affine_block(to, ldy, from, ldx, w, bias + j, k, 2); break;
        case 1: affine_block(to, ldy, from, ldx, w, bias + j, k, 1); break;
        default: break;
        }
    }
}

static void sum_rows_avx2(float *y, const float *const *x, size_t rows, const float *bias, size_t n)
{
    size_t j = 0;
    for (; j + 32 <= n; j += 32) {
        __m256 s[4] = {_mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps(), _mm256_setzero_ps()};
        for (size_t r = 0; r < rows; r++)
            for (int c = 0; c < 4; c++) s[c] = _mm256_add_ps(s[c], _mm256_loadu_ps(x[r] + j + 8 * (size_t)c));
        for (size_t c = 0; c < 4; c++) _mm256_storeu_ps(y + j + 8 * c, _mm256_add_ps(s[c], _mm256_loadu_ps(bias + j + 8 * c)));
    }
    for (; j < n; j++) {
        float s = 0;
        for (size_t r = 0; r < rows; r++) s += x[r][j];
        y[j] = s + bias[j];
    }
}

static void maxout_avx2(float *y, const float *x, size_t pieces, size_t n)
{
    size_t j = 0;
    for (; j + 8 <= n; j += 8) {
        __m256 m = _mm256_loadu_ps(x + j);
        for (size_t p = 1; p < pieces; p++) m = _mm256_max_ps(_mm256_loadu_ps(x + p * n + j), m);
        _mm256_storeu_ps(y + j, m);
    }
    for (; j < n; j++) {
        y[j] = x[j];
        for (size_t p = 1; p < pieces; p++) y[j] = x[p * n + j] > y[j] ? x[p * n + j] : y[j];
    }
}

static float sum_register(__m256 v)
{
    __m128 s = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_movehdup_ps(s)));
}

static void norm_avx2(float *y, const float *add, size_t n, const float *gain, const float *shift)
{
    __m256 sum = _mm256_setzero_ps(), square = sum;
    for (size_t j = 0; j < n; j += 8) sum = _mm256_add_ps(sum, _mm256_loadu_ps(y + j));
    __m256 mean = _mm256_set1_ps(sum_register(sum) / (float)n);
    for (size_t j = 0; j < n; j += 8) {
        __m256 d = _mm256_sub_ps(_mm256_loadu_ps(y + j), mean);
        square = _mm256_fmadd_ps(d, d, square);
    }
    __m256 scale = _mm256_set1_ps(1 / sqrtf(sum_register(square) / (float)n + 1e-8f));
    for (size_t j = 0; j < n; j += 8) {
        __m256 v = _mm256_mul_ps(_mm256_sub_ps(_mm256_loadu_ps(y + j), mean), scale);
        v = _mm256_fmadd_ps(v, _mm256_loadu_ps(gain + j), _mm256_loadu_ps(shift + j));
        _mm256_storeu_ps(y + j, add ? _mm256_add_ps(_mm256_loadu_ps(add + j), v) : v);
    }
}

static void maxout_norm_avx2(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                             const float *shift)
{
    for (size_t r = 0; r < rows; r++, x += pieces * n) {
        maxout_avx2(y + r * n, x, pieces, n);
        norm_avx2(y + r * n, add ? add + r * n : NULL, n, gain, shift);
    }
}

static const net_kernels kernels_of_avx2 = {"avx2", affine_avx2, sum_rows_avx2, maxout_avx2, maxout_norm_avx2};

const net_kernels *net_kernels_avx2(void) { return &kernels_of_avx2; }

#else

const net_kernels *net_kernels_avx2(void) { return NULL; }

#endif
