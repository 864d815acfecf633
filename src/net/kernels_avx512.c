// The kernels for machines with AVX-512: a panel is one register. Compiled for those alone, as those of AVX2 are.

#include "net/kernels.h"

#if defined(__AVX512F__)

#include <immintrin.h>

typedef __m512 wide;
#define WIDE 16
#define wide_load(p) _mm512_loadu_ps(p)
#define wide_store(p, v) _mm512_storeu_ps(p, v)
#define wide_splat(p) _mm512_set1_ps(*(p))
#define wide_fma(x, y, sum) _mm512_fmadd_ps(x, y, sum)
#define wide_max(x, y) _mm512_max_ps(x, y)
#define AFFINE_ROWS 12
#define AFFINE_PANELS 2
#define ROW_PANELS 8
#define PAIR_ROWS 12

#include "net/kernels_wide.h"

// A norm is summed in eight lanes: that of AVX2, which every such machine has.
static const net_kernels kernels_of_avx512 = {"avx512",      affine_wide, affine_pairs_wide,
                                              sum_rows_wide, maxout_wide, net_maxout_norm_avx2};

const net_kernels *net_kernels_avx512(void) { return &kernels_of_avx512; }

#else

const net_kernels *net_kernels_avx512(void) { return NULL; }

#endif
