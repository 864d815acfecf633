#include "learn/chain.h"

#include <math.h>

void chain_best(arena *a, const float *emit, const float *step, size_t n, size_t labels, uint8_t *out)
{
    if (!n) return;
    float   *best = new_array(a, float, n *labels);
    uint8_t *from = new_array(a, uint8_t, n * labels);
    for (size_t j = 0; j < labels; j++) best[j] = emit[j] + step[labels * labels + j];
    for (size_t t = 1; t < n; t++)
        for (size_t j = 0; j < labels; j++) {
            size_t k = 0;
            for (size_t i = 1; i < labels; i++)
                if (best[(t - 1) * labels + i] + step[i * labels + j] > best[(t - 1) * labels + k] + step[k * labels + j]) k = i;
            best[t * labels + j] = best[(t - 1) * labels + k] + step[k * labels + j] + emit[t * labels + j];
            from[t * labels + j] = (uint8_t)k;
        }
    size_t last = 0;
    for (size_t j = 1; j < labels; j++)
        if (best[(n - 1) * labels + j] > best[(n - 1) * labels + last]) last = j;
    for (size_t t = n; t-- > 0;) {
        out[t] = (uint8_t)last;
        last = from[t * labels + last];
    }
}

static double log_sum(const double *v, size_t n)
{
    double top = v[0], s = 0;
    for (size_t i = 1; i < n; i++)
        if (v[i] > top) top = v[i];
    for (size_t i = 0; i < n; i++) s += exp(v[i] - top);
    return top + log(s);
}

double chain_marginals(arena *a, const float *emit, const float *step, size_t n, size_t labels, float *node, float *edge)
{
    if (!n) return 0;
    double *fore = new_array(a, double, n *labels), *back = new_array(a, double, n *labels), v[LEARN_CLASSES];
    for (size_t j = 0; j < labels; j++) fore[j] = (double)emit[j] + (double)step[labels * labels + j];
    for (size_t t = 1; t < n; t++)
        for (size_t j = 0; j < labels; j++) {
            for (size_t i = 0; i < labels; i++) v[i] = fore[(t - 1) * labels + i] + (double)step[i * labels + j];
            fore[t * labels + j] = log_sum(v, labels) + (double)emit[t * labels + j];
        }
    for (size_t t = n - 1; t-- > 0;)
        for (size_t i = 0; i < labels; i++) {
            for (size_t j = 0; j < labels; j++)
                v[j] = back[(t + 1) * labels + j] + (double)emit[(t + 1) * labels + j] + (double)step[i * labels + j];
            back[t * labels + i] = log_sum(v, labels);
        }
    double all = log_sum(fore + (n - 1) * labels, labels);
    for (size_t k = 0; k < n * labels; k++) node[k] = (float)exp(fore[k] + back[k] - all);
    if (!edge) return all;
    for (size_t j = 0; j < labels; j++) edge[labels * labels + j] += node[j];
    for (size_t t = 1; t < n; t++)
        for (size_t i = 0; i < labels; i++)
            for (size_t j = 0; j < labels; j++)
                edge[i * labels + j] += (float)exp(fore[(t - 1) * labels + i] + (double)step[i * labels + j] +
                                                   (double)emit[t * labels + j] + back[t * labels + j] - all);
    return all;
}
