// kernels.h — the arithmetic of the networks. Every kernel has a plain C version; a faster one has the same signature
// and order of summation (its fused multiply-adds round once less). Each output is summed in one fixed order, whatever the
// number of rows, so that results do not depend on how the work is cut.

#ifndef NET_KERNELS_H
#define NET_KERNELS_H

#include <stddef.h>

enum { NET_PANEL = 16 }; // outputs side by side in a packed weight

// y[r][j] = sum over i of x[r][i] w[j][i], plus bias[j].  x: [rows, k], rows ldx floats apart (they may overlap);
// w: packed [n / NET_PANEL][k][NET_PANEL], n a multiple of NET_PANEL; y: [rows, n], rows ldy apart.
typedef void net_affine(float *y, size_t ldy, const float *x, size_t ldx, size_t rows, const float *w, const float *bias,
                        size_t k, size_t n);

// y[j] = sum over r of x[r][j], rows in order, plus bias[j].
typedef void net_sum_rows(float *y, const float *const *x, size_t rows, const float *bias, size_t n);

// y[j] = max over p of x[p][j]; x: [pieces, n].
typedef void net_maxout(float *y, const float *x, size_t pieces, size_t n);

// y[r] = add[r] + norm(max over p of x[r][p]); x: [rows, pieces, n]; add: [rows, n] or NULL; y: [rows, n].
// norm(v) = (v - mean) / sqrt(variance + 1e-8) * gain + shift; n is a multiple of 8.
typedef void net_maxout_norm(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                             const float *shift);

typedef struct {
    const char      *name;
    net_affine      *affine;
    net_sum_rows    *sum_rows;
    net_maxout      *maxout;
    net_maxout_norm *maxout_norm;
} net_kernels;

extern const net_kernels net_kernels_plain;
const net_kernels       *net_kernels_avx2(void); // NULL where not built for such machines
const net_kernels       *net_kernels_best(void); // the fastest this machine runs

#endif
