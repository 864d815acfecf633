// A toll over time as a picture: time goes right, numbers go up. A claimant's figures are joined by its line; a bar shows
// what each wording allows, with an arrow where it is open. What is superseded is hollow, what is denied a cross.

#include "base/day.h"
#include "base/table.h"
#include "base/utf8.h"
#include "ledger/chart_scale.h"

#include <math.h>

enum { PLOT_LEFT = 64, PLOT_WIDTH = 560, PLOT_HEIGHT = 260, PLOT_TOP = 64, PLOT_ALL = 380, KEY_LEFT = 650, SVG_WIDTH = 960 };

// Colours that people who see few colours can tell apart (Okabe and Ito 2008), then again.
static const char *const line_colors[] = {"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b58900", "#56b4e9", "#6b4fbb", "#444444"};
enum { LINE_COLORS = sizeof line_colors / sizeof *line_colors };

typedef struct {
    buf        *b;
    chart_scale s;
    double      top;    // of this chart in the picture
    size_t      series; // of how many
    size_t      line;   // which one is drawn
} svg_job;

static double y_of(const svg_job *j, double v)
{
    return j->top + PLOT_TOP + PLOT_HEIGHT * (1 - (v - j->s.low) / (j->s.high - j->s.low));
}

// Claimants of one day stand side by side, so that no bar hides another.
static double x_of(const svg_job *j, int32_t day)
{
    double days = j->s.last > j->s.first ? (double)(j->s.last - j->s.first) : 1;
    double at = day == DAY_NONE || j->s.last == j->s.first ? 0.5 : (double)(day - j->s.first) / days;
    double room = j->series > 1 ? 7 : 0;
    return PLOT_LEFT + 36 + at * (PLOT_WIDTH - 72) +
           ((double)(j->line % 9) - (double)((j->series > 9 ? 9 : j->series) - 1) / 2) * room;
}

static void svg_label(svg_job *j, double x, double y, const char *how, str s)
{
    buf_printf(j->b, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, how);
    buf_html(j->b, s);
    buf_text(j->b, "</text>\n");
}

static void svg_numbers(svg_job *j)
{
    for (double v = j->s.low; v <= j->s.high + j->s.step / 2; v += j->s.step) {
        buf mark = {.a = j->b->a};
        buf_amount(&mark, v);
        buf_printf(j->b, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>\n", PLOT_LEFT, y_of(j, v), PLOT_LEFT + PLOT_WIDTH);
        svg_label(j, PLOT_LEFT - 8, y_of(j, v) + 4, " class=\"dim\" text-anchor=\"end\"", buf_str(&mark));
    }
}

// Up to seven days along the foot, first and last among them.
static void svg_days(svg_job *j)
{
    if (j->s.first == DAY_NONE) return;
    int32_t extent = j->s.last - j->s.first, marks = extent < 6 ? extent : 6;
    size_t  line = j->line, series = j->series;
    j->line = 0, j->series = 1;
    for (int32_t i = 0; i <= marks; i++) {
        int32_t day = j->s.first + (marks ? (int32_t)((int64_t)extent * i / marks) : 0);
        str     words = day_words(j->b->a, day, day);
        svg_label(j, x_of(j, day), j->top + PLOT_TOP + PLOT_HEIGHT + 20, " class=\"dim\" text-anchor=\"middle\"",
                  extent > 300 || i == 0 ? words : str_cut(words, 0, words.n - 5));
    }
    j->line = line, j->series = series;
}

static void svg_point(svg_job *j, const chart_point *p, str name, const char *color)
{
    bool   open_low = isinf(p->low), open_high = isinf(p->high);
    double x = x_of(j, p->day);
    double low = open_low ? y_of(j, j->s.low) : y_of(j, p->low), high = open_high ? j->top + PLOT_TOP - 10 : y_of(j, p->high);
    double at = open_high ? low : open_low ? high : (low + high) / 2;
    buf_text(j->b, "<g><title>");
    buf_html(j->b, name);
    buf_text(j->b, ": ");
    buf_html(j->b, p->words);
    if (p->denied) buf_text(j->b, " denied");
    buf_text(j->b, ", ");
    buf_html(j->b, day_words(j->b->a, p->day, p->day));
    buf_text(j->b, "</title>");
    if (p->denied) {
        buf_printf(j->b, "<path d=\"M%.1f %.1fl8 8m0 -8l-8 8\" stroke=\"%s\" stroke-width=\"2\"/></g>\n", x - 4, at - 4, color);
        return;
    }
    if (fabs(low - high) >= 1) {
        buf_printf(j->b, "<path d=\"M%.1f %.1fV%.1f\" stroke=\"%s\" stroke-width=\"4\" stroke-opacity=\"0.35\"/>", x, low, high,
                   color);
        if (open_high)
            buf_printf(j->b, "<path d=\"M%.1f %.1fl4 -7 4 7z\" fill=\"%s\" fill-opacity=\"0.6\"/>", x - 4, high, color);
        if (open_low) buf_printf(j->b, "<path d=\"M%.1f %.1fl4 7 4 -7z\" fill=\"%s\" fill-opacity=\"0.6\"/>", x - 4, low, color);
    }
    buf_printf(j->b, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/></g>\n", x, at,
               p->standing ? color : "#fff", color);
}

// Where a line passes: the bound that is said where the other is open, else the middle.
static double passes_at(const chart_point *p)
{
    return isinf(p->high) ? p->low : isinf(p->low) ? p->high : (p->low + p->high) / 2;
}

static void svg_line(svg_job *j, const chart_line *l)
{
    const char *color = line_colors[j->line % LINE_COLORS];
    size_t      n = 0;
    buf_text(j->b, "<path fill=\"none\" stroke-width=\"1.5\" d=\"");
    for (size_t i = 0; i < l->points.n; i++) {
        const chart_point *p = &l->points.v[i];
        if (p->denied || p->day == DAY_NONE) continue;
        buf_printf(j->b, "%c%.1f %.1f", n++ ? 'L' : 'M', x_of(j, p->day), y_of(j, passes_at(p)));
    }
    buf_printf(j->b, "\" stroke=\"%s\"/>\n", color);
    for (size_t i = 0; i < l->points.n; i++) svg_point(j, &l->points.v[i], l->name, color);
}

static void svg_key(svg_job *j, const chart_line *l, double y)
{
    const chart_point *last = &l->points.v[l->points.n - 1];
    str                name = l->name;
    while (text_width(name) > 34) name = utf8_cut(name, name.n - 1);
    buf_printf(j->b, "<circle cx=\"%d\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", KEY_LEFT, y - 4,
               line_colors[j->line % LINE_COLORS]);
    buf words = {.a = j->b->a};
    buf_put(&words, name);
    buf_text(&words, name.n < l->name.n ? "\u2026  " : "  ");
    if (last->denied) buf_text(&words, "denied ");
    buf_put(&words, last->words);
    svg_label(j, KEY_LEFT + 12, y, "", buf_str(&words));
}

enum { KEY_LINE = 18 };

static double chart_height(const chart *c)
{
    double key = PLOT_TOP + (double)c->lines.n * KEY_LINE + 20;
    return key > PLOT_ALL ? key : PLOT_ALL;
}

static void svg_chart(buf *b, const chart *c, double top)
{
    svg_job j = {.b = b, .top = top, .series = c->lines.n};
    if (!chart_scale_of(c, &j.s)) return;
    if (c->heading.n) svg_label(&j, 16, top + 22, " class=\"head\"", c->heading);
    svg_label(&j, 16, top + 44, " class=\"title\"", c->title);
    svg_numbers(&j);
    svg_days(&j);
    for (j.line = 0; j.line < c->lines.n; j.line++) {
        svg_line(&j, &c->lines.v[j.line]);
        svg_key(&j, &c->lines.v[j.line], top + PLOT_TOP + 4 + (double)j.line * KEY_LINE);
    }
}

void chart_svg(buf *out, const chart *charts, size_t n)
{
    double height = 0;
    for (size_t i = 0; i < n; i++) height += chart_height(&charts[i]);
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" width=\"%d\" height=\"%.0f\" "
               "font-family=\"system-ui,sans-serif\" font-size=\"13\">\n"
               "<style>.grid{stroke:#ddd}.dim{fill:#666}.head{font-weight:600;font-size:15px}.title{font-weight:600}</style>\n"
               "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
               SVG_WIDTH, height, SVG_WIDTH, height);
    double top = 0;
    for (size_t i = 0; i < n; i++) {
        svg_chart(out, &charts[i], top);
        top += chart_height(&charts[i]);
    }
    buf_text(out, "</svg>\n");
}
