#include "ledger/chart_scale.h"

#include "base/day.h"

#include <math.h>

// 1, 2 or 5 times a power of ten, at least `v`.
static double round_step(double v)
{
    double power = pow(10, floor(log10(v)));
    for (int k = 0; k < 3; k++) {
        static const double of_ten[] = {1, 2, 5};
        if (of_ten[k] * power >= v) return of_ten[k] * power;
    }
    return 10 * power;
}

static void stretch(double v, double *least, double *most)
{
    if (isinf(v)) return;
    if (v < *least) *least = v;
    if (v > *most) *most = v;
}

bool chart_scale_of(const chart *c, chart_scale *out)
{
    double least = INFINITY, most = -INFINITY;
    *out = (chart_scale){.first = DAY_NONE, .last = DAY_NONE};
    for (size_t i = 0; i < c->lines.n; i++)
        for (size_t k = 0; k < c->lines.v[i].points.n; k++) {
            const chart_point *p = &c->lines.v[i].points.v[k];
            stretch(p->low, &least, &most);
            stretch(p->high, &least, &most);
            if (p->day == DAY_NONE) continue;
            if (out->first == DAY_NONE || p->day < out->first) out->first = p->day;
            if (out->last == DAY_NONE || p->day > out->last) out->last = p->day;
        }
    if (most < least) return false;
    if (least > 0 && least < most / 2) least = 0; // from nothing, unless that would press all that differs together
    double extent = most - least;
    out->step = extent < 4 ? 1 : round_step(extent / 5);
    out->low = floor(least / out->step) * out->step;
    out->high = ceil(most / out->step) * out->step;
    if (out->high <= out->low) out->high = out->low + out->step;
    return true;
}
