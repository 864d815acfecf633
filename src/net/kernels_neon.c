// The kernels for 64-bit ARM, all of which has NEON.

#include "net/kernels.h"

#if defined(__aarch64__)

#include <arm_neon.h>
#include <math.h>
#include <string.h>

typedef float32x4_t wide;
#define WIDE 4
#define wide_load(p) vld1q_f32(p)
#define wide_store(p, v) vst1q_f32(p, v)
#define wide_splat(p) vld1q_dup_f32(p)
#define wide_fma(x, y, sum) vfmaq_f32(sum, x, y)
#define wide_max(x, y) vbslq_f32(vcgtq_f32(x, y), x, y)
#define AFFINE_ROWS 6
#define AFFINE_PANELS 1
#define ROW_PANELS 4
#define PAIR_ROWS 3

#include "net/kernels_wide.h"

static const net_kernels kernels_of_neon = {"neon", affine_wide, affine_pairs_wide, sum_rows_wide, maxout_wide, maxout_norm_wide};

const net_kernels *net_kernels_neon(void) { return &kernels_of_neon; }

#else

const net_kernels *net_kernels_neon(void) { return NULL; }

#endif
