// chart_scale.h — the numbers beside a chart: round ones, that hold every bound that is not open.

#ifndef LEDGER_CHART_SCALE_H
#define LEDGER_CHART_SCALE_H

#include "ledger/chart.h"

typedef struct {
    double  low, high, step;
    int32_t first, last; // days; DAY_NONE where no point has one
} chart_scale;

bool chart_scale_of(const chart *c, chart_scale *out); // false: nothing to draw

#endif
