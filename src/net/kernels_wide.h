// kernels_wide.h — the kernels in vectors of WIDE floats. The file of each instruction set includes it after saying what a
// vector is and how many fit in its registers:
//
//   wide, WIDE                    the type, and its floats: 4, 8 or 16
//   wide_load wide_store wide_splat wide_fma wide_max
//   AFFINE_ROWS, AFFINE_PANELS    of one block of affine: a sum each for their product
//   ROW_PANELS                    of one row alone, at most 8
//   PAIR_ROWS                     pairs of rows of one block of affine_pairs: a sum each for two panels of them
//
// Each output is one chain of fused multiply-adds in the order of the plain version, whatever the width and the blocks.

#define INLINED static inline __attribute__((always_inline))

enum { PARTS = NET_PANEL / WIDE }; // vectors of a panel

// `rows` rows of `panels` panels, w_step floats apart.
INLINED void affine_block(float *y, size_t ldy, const float *x, size_t ldx, const float *w, size_t w_step, const float *bias,
                          size_t k, int rows, int panels)
{
    wide sum[AFFINE_ROWS * AFFINE_PANELS * PARTS];
    for (int i = 0; i < rows * panels * PARTS; i++) sum[i] = (wide){0};
    for (size_t i = 0; i < k; i++, w += NET_PANEL) {
        wide column[AFFINE_PANELS * PARTS];
        for (int p = 0; p < panels; p++)
            for (int c = 0; c < PARTS; c++) column[p * PARTS + c] = wide_load(w + (size_t)p * w_step + (size_t)c * WIDE);
        for (int r = 0; r < rows; r++) {
            wide v = wide_splat(x + (size_t)r * ldx + i);
            for (int c = 0; c < panels * PARTS; c++) {
                wide *s = &sum[r * panels * PARTS + c];
                *s = wide_fma(v, column[c], *s);
            }
        }
    }
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < panels * PARTS; c++)
            wide_store(y + (size_t)r * ldy + (size_t)c * WIDE, sum[r * panels * PARTS + c] + wide_load(bias + (size_t)c * WIDE));
}

// One row: so many panels at once that the multipliers are kept busy.
INLINED void affine_row(float *y, const float *x, const float *w, const float *bias, size_t k, int panels)
{
    wide sum[ROW_PANELS * PARTS];
    for (int c = 0; c < panels * PARTS; c++) sum[c] = (wide){0};
    for (size_t i = 0; i < k; i++) {
        wide v = wide_splat(x + i);
        for (int c = 0; c < panels * PARTS; c++)
            sum[c] = wide_fma(v, wide_load(w + ((size_t)(c / PARTS) * k + i) * NET_PANEL + (size_t)(c % PARTS) * WIDE), sum[c]);
    }
    for (int c = 0; c < panels * PARTS; c++) wide_store(y + (size_t)c * WIDE, sum[c] + wide_load(bias + (size_t)c * WIDE));
}

static void affine_one(float *y, const float *x, const float *w, const float *bias, size_t k, size_t n)
{
    size_t j = 0;
    for (; j + ROW_PANELS * NET_PANEL <= n; j += ROW_PANELS * NET_PANEL) affine_row(y + j, x, w + j * k, bias + j, k, ROW_PANELS);
    switch ((n - j) / NET_PANEL % ROW_PANELS) {
    case 7 % ROW_PANELS: affine_row(y + j, x, w + j * k, bias + j, k, 7 % ROW_PANELS); break;
#if ROW_PANELS > 4
    case 6: affine_row(y + j, x, w + j * k, bias + j, k, 6); break;
    case 5: affine_row(y + j, x, w + j * k, bias + j, k, 5); break;
    case 4: affine_row(y + j, x, w + j * k, bias + j, k, 4); break;
    case 3: affine_row(y + j, x, w + j * k, bias + j, k, 3); break;
#endif
    case 2: affine_row(y + j, x, w + j * k, bias + j, k, 2); break;
    case 1: affine_row(y + j, x, w + j * k, bias + j, k, 1); break;
    default: break;
    }
}

INLINED void affine_panels(float *y, size_t ldy, const float *x, size_t ldx, size_t rows, const float *w, const float *bias,
                           size_t k, int panels)
{
    size_t r = 0, step = k * NET_PANEL;
    for (; r + AFFINE_ROWS <= rows; r += AFFINE_ROWS)
        affine_block(y + r * ldy, ldy, x + r * ldx, ldx, w, step, bias, k, AFFINE_ROWS, panels);
    for (; r + AFFINE_ROWS / 3 <= rows; r += AFFINE_ROWS / 3)
        affine_block(y + r * ldy, ldy, x + r * ldx, ldx, w, step, bias, k, AFFINE_ROWS / 3, panels);
    for (; r < rows; r++) affine_block(y + r * ldy, ldy, x + r * ldx, ldx, w, step, bias, k, 1, panels);
}

static void affine_wide(float *y, size_t ldy, const float *x, size_t ldx, size_t rows, const float *w, const float *bias,
                        size_t k, size_t n)
{
    if (rows == 1) {
        affine_one(y, x, w, bias, k, n);
        return;
    }
    size_t j = 0;
    for (; j + AFFINE_PANELS * NET_PANEL <= n; j += AFFINE_PANELS * NET_PANEL)
        affine_panels(y + j, ldy, x, ldx, rows, w + j * k, bias + j, k, AFFINE_PANELS);
    for (; j < n; j += NET_PANEL) affine_panels(y + j, ldy, x, ldx, rows, w + j * k, bias + j, k, 1);
}

// Two products of `pairs` rows each, one panel: sums go on in s and t.
INLINED void add_products(wide *s, wide *t, const float *u, size_t k, const float *w, int pairs)
{
    for (size_t i = 0; i < k; i++, w += 2 * NET_PANEL) {
        wide column[PARTS];
        for (int c = 0; c < PARTS; c++) column[c] = wide_load(w + (size_t)c * WIDE);
        for (int r = 0; r < pairs; r++) {
            wide v = wide_splat(u + (size_t)r * 4 * k + i);
            for (int c = 0; c < PARTS; c++) s[r * PARTS + c] = wide_fma(v, column[c], s[r * PARTS + c]);
        }
        for (int c = 0; c < PARTS; c++) column[c] = wide_load(w + NET_PANEL + (size_t)c * WIDE);
        for (int r = 0; r < pairs; r++) {
            wide v = wide_splat(u + (size_t)r * 4 * k + k + i);
            for (int c = 0; c < PARTS; c++) t[r * PARTS + c] = wide_fma(v, column[c], t[r * PARTS + c]);
        }
    }
}

INLINED void pairs_block(float *y, size_t ldy, const float *u, const float *w, const float *bias, size_t k, int pairs)
{
    wide s[PAIR_ROWS * PARTS], t[PAIR_ROWS * PARTS];
    for (int i = 0; i < pairs * PARTS; i++) s[i] = t[i] = (wide){0};
    add_products(s, t, u, k, w, pairs);
    for (int i = 0; i < pairs * PARTS; i++) {
        wide sum = s[i] + t[i];
        t[i] = s[i] - t[i];
        s[i] = sum;
    }
    add_products(s, t, u + 2 * k, k, w + 2 * k * NET_PANEL, pairs);
    for (int r = 0; r < pairs; r++)
        for (int c = 0; c < PARTS; c++) {
            wide add = wide_load(bias + (size_t)c * WIDE);
            wide_store(y + (size_t)(2 * r) * ldy + (size_t)c * WIDE, s[r * PARTS + c] + add);
            wide_store(y + (size_t)(2 * r + 1) * ldy + (size_t)c * WIDE, t[r * PARTS + c] + add);
        }
}

INLINED void pairs_panels(float *y, size_t ldy, const float *u, size_t pairs, const float *w, const float *bias, size_t k,
                          size_t n)
{
    for (size_t j = 0; j < n; j += NET_PANEL, w += 4 * k * NET_PANEL) {
        size_t r = 0;
        for (; r + PAIR_ROWS <= pairs; r += PAIR_ROWS)
            pairs_block(y + 2 * r * ldy + j, ldy, u + r * 4 * k, w, bias + j, k, PAIR_ROWS);
        for (; r + PAIR_ROWS / 3 <= pairs; r += PAIR_ROWS / 3)
            pairs_block(y + 2 * r * ldy + j, ldy, u + r * 4 * k, w, bias + j, k, PAIR_ROWS / 3);
        for (; r < pairs; r++) pairs_block(y + 2 * r * ldy + j, ldy, u + r * 4 * k, w, bias + j, k, 1);
    }
}

static void affine_pairs_wide(float *y, size_t ldy, const float *u, size_t pairs, const float *w, const float *bias, size_t k,
                              size_t n)
{
    if (k == 96) pairs_panels(y, ldy, u, pairs, w, bias, 96, n); // places of the rows known to the compiler
    else pairs_panels(y, ldy, u, pairs, w, bias, k, n);
}

static void sum_rows_wide(float *y, const float *const *x, size_t rows, const float *bias, size_t n)
{
    size_t j = 0;
    for (; j + 4 * WIDE <= n; j += 4 * WIDE) {
        wide s[4] = {{0}};
        for (size_t r = 0; r < rows; r++)
            for (size_t c = 0; c < 4; c++) s[c] += wide_load(x[r] + j + WIDE * c);
        for (size_t c = 0; c < 4; c++) wide_store(y + j + WIDE * c, s[c] + wide_load(bias + j + WIDE * c));
    }
    for (; j < n; j++) {
        float s = 0;
        for (size_t r = 0; r < rows; r++) s += x[r][j];
        y[j] = s + bias[j];
    }
}

static void maxout_wide(float *y, const float *x, size_t pieces, size_t n)
{
    size_t j = 0;
    for (; j + WIDE <= n; j += WIDE) {
        wide m = wide_load(x + j);
        for (size_t p = 1; p < pieces; p++) m = wide_max(wide_load(x + p * n + j), m);
        wide_store(y + j, m);
    }
    for (; j < n; j++) {
        y[j] = x[j];
        for (size_t p = 1; p < pieces; p++) y[j] = x[p * n + j] > y[j] ? x[p * n + j] : y[j];
    }
}

#if WIDE <= 8

enum { EIGHT = 8 / WIDE }; // vectors of the eight lanes in which a norm is summed

static float sum_eight(const wide *v)
{
    float s[8];
    memcpy(s, v, sizeof s);
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

static void norm_wide(float *y, const float *add, size_t n, const float *gain, const float *shift)
{
    wide sum[EIGHT], square[EIGHT];
    for (int e = 0; e < EIGHT; e++) sum[e] = square[e] = (wide){0};
    for (size_t j = 0; j < n; j += 8)
        for (size_t e = 0; e < EIGHT; e++) sum[e] += wide_load(y + j + e * WIDE);
    float mean = sum_eight(sum) / (float)n;
    for (size_t j = 0; j < n; j += 8)
        for (size_t e = 0; e < EIGHT; e++) {
            wide d = wide_load(y + j + e * WIDE) - wide_splat(&mean);
            square[e] = wide_fma(d, d, square[e]);
        }
    float scale = 1 / sqrtf(sum_eight(square) / (float)n + 1e-8f);
    for (size_t j = 0; j < n; j += WIDE) {
        wide v = (wide_load(y + j) - wide_splat(&mean)) * wide_splat(&scale);
        v = wide_fma(v, wide_load(gain + j), wide_load(shift + j));
        if (add) v = wide_load(add + j) + v;
        wide_store(y + j, v);
    }
}

static void maxout_norm_wide(float *y, const float *add, const float *x, size_t rows, size_t pieces, size_t n, const float *gain,
                             const float *shift)
{
    for (size_t r = 0; r < rows; r++, x += pieces * n) {
        maxout_wide(y + r * n, x, pieces, n);
        norm_wide(y + r * n, add ? add + r * n : NULL, n, gain, shift);
    }
}

#endif
