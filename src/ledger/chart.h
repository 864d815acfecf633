// chart.h — a toll over time, for the eye: every claimant its own line, what the wording allows as bars.
//
//   killed                              0       10        20        30
//   Health Ministry    3 Jun    ≥ 17    ·                 ├────────────▶
//                      5 Jun      21    ·                     ●
//   a diplomat         6 Jun   25–30    ·                         ├────┤
//
// On a terminal time goes down and numbers go right; as SVG time goes right and numbers go up.

#ifndef LEDGER_CHART_H
#define LEDGER_CHART_H

#include "base/buf.h"

typedef struct {
    int32_t day;       // said; DAY_NONE where that is not known
    double  low, high; // what the wording allows; -INFINITY, INFINITY where it is open
    str     words;     // "≥ 17"
    bool    standing;  // not superseded by a later one
    bool    denied;    // this claimant says that it is not so
} chart_point;

typedef struct {
    str name; // of the claimant
    struct {
        chart_point *v;
        size_t       n, cap;
    } points; // in order of time
} chart_line;

typedef struct {
    str heading; // the happening, or empty
    str title;   // "killed", "children killed"
    struct {
        chart_line *v;
        size_t      n, cap;
    } lines;
} chart;

void chart_text(buf *out, const chart *c, int width, bool color);

// A whole SVG picture, charts below one another.
void chart_svg(buf *out, const chart *charts, size_t n);

#endif
