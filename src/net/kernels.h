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

// A window of three rows over h, two of its places at once by Winograd's F(2, 3): four products for six.
// With d0…d3 four rows of h one after the other and A B C the parts of a weight for the row before, itself, the row after:
//   y0 = A d0 + B d1 + C d2,  y1 = A d1 + B d2 + C d3
//   p = (A + B + C) / 2 (d1 + d2),  q = (A - B + C) / 2 (d2 - d1)
//   y0 = p + q + A (d0 - d2),  y1 = p - q + C (d3 - d1)
// u: for each pair the rows d1 + d2, d2 - d1, d0 - d2, d3 - d1 [pairs, 4, k] (net_pair_rows);
// w: [n / NET_PANEL][2][k][2][NET_PANEL] (net_pair_weights); y: [2 * pairs, n], rows ldy apart.
typedef void net_affine_pairs(float *y, size_t ldy, const float *u, size_t pairs, const float *w, const float *bias, size_t k,
                              size_t n);

// y[j] = sum over r of x[r][j], rows in order, plus bias[j].
typedef void net_sum_rows(float *y, const float *const *x, size_t rows, const float *bias, size_t n);

// y[j] = max over p of x[p][j]; x: [pieces, n].
typedef void net_maxout(float *y, const float *x, size_t pieces, size_t n);

// y[r] = add[r] + norm(max over p of x[r][p]); x: [rows, pieces, n]; add: [rows, n] or NULL; y: [rows, n].
// norm(v) = (v - mean) / sqrt(variance + 1e-8) * gain + shift; n is a multiple of 8.
typedef void net_maxout_norm(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                             const float *shift);

typedef struct {
    const char       *name;
    net_affine       *affine;
    net_affine_pairs *affine_pairs;
    net_sum_rows     *sum_rows;
    net_maxout       *maxout;
    net_maxout_norm  *maxout_norm;
} net_kernels;

// The plain version, and those of instruction sets: NULL where not built for such machines.
extern const net_kernels net_kernels_plain;
const net_kernels       *net_kernels_avx2(void);
const net_kernels       *net_kernels_avx512(void);
const net_kernels       *net_kernels_neon(void);
const net_kernels       *net_kernels_best(void);              // the fastest this machine runs
const net_kernels       *net_kernels_named(const char *name); // NULL: not built in, or not for this machine
net_maxout_norm          net_maxout_norm_avx2;

// The rows u of `pairs` pairs, the first of d1 = h[0], d2 = h[1]; h: [-1 … 2 * pairs] of k floats.
void net_pair_rows(float *u, const float *h, size_t pairs, size_t k);
// w of affine_pairs from packed[n / NET_PANEL][3 * k][NET_PANEL], weights of a window of three rows.
void net_pair_weights(float *w, const float *packed, size_t k, size_t n);

#endif
