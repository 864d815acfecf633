// The kernels for machines with AVX2 and FMA. Compiled for those alone: nothing here runs before kernels.c has asked.

#include "net/kernels.h"

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>
#include <math.h>
#include <string.h>

typedef __m256 wide;
#define WIDE 8
#define wide_load(p) _mm256_loadu_ps(p)
#define wide_store(p, v) _mm256_storeu_ps(p, v)
#define wide_splat(p) _mm256_broadcast_ss(p)
#define wide_fma(x, y, sum) _mm256_fmadd_ps(x, y, sum)
#define wide_max(x, y) _mm256_max_ps(x, y)
#define AFFINE_ROWS 6
#define AFFINE_PANELS 1
#define ROW_PANELS 4
#define PAIR_ROWS 3

#include "net/kernels_wide.h"

void net_maxout_norm_avx2(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                          const float *shift)
{
    maxout_norm_wide(y, add, x, rows, pieces, n, gain, shift);
}

static const net_kernels kernels_of_avx2 = {"avx2", affine_wide, affine_pairs_wide, sum_rows_wide, maxout_wide, maxout_norm_wide};

const net_kernels *net_kernels_avx2(void) { return &kernels_of_avx2; }

#else

const net_kernels *net_kernels_avx2(void) { return NULL; }

#endif
