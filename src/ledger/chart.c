#include "ledger/chart.h"
#include "base/utf8.h"

#include "base/day.h"
#include "base/table.h"
#include "ledger/chart_scale.h"

#include <math.h>

enum { LEAST_BARS = 20, MOST_NAME = 30 };

#define CHART_DIM "\033[2m"
#define CHART_PLAIN "\033[0m"
#define CHART_RED "\033[31m"

typedef struct {
    buf        *out;
    chart_scale scale;
    size_t      name, day, words, bars; // columns of each part
    bool        color;
} chart_job;

static str day_of_year(arena *a, int32_t day)
{
    str all = day_words(a, day, day); // "3 Jun 2024"
    return all.n > 5 ? str_cut(all, 0, all.n - 5) : all;
}

static void pad(buf *out, size_t used, size_t width)
{
    while (used++ < width) buf_char(out, ' ');
}

static str short_name(arena *a, str name, size_t columns)
{
    if (text_width(name) <= columns) return name;
    str cut = name;
    while (cut.n && text_width(cut) > columns - 1) cut = utf8_cut(name, cut.n - 1);
    return arena_printf(a, "%.*s\u2026", (int)cut.n, cut.p);
}

static size_t column_of(const chart_job *j, double v)
{
    double at = (v - j->scale.low) / (j->scale.high - j->scale.low) * (double)(j->bars - 1);
    return at < 0 ? 0 : at > (double)(j->bars - 1) ? j->bars - 1 : (size_t)lround(at);
}

static void put_bar(chart_job *j, const chart_point *p)
{
    bool   open_low = isinf(p->low), open_high = isinf(p->high);
    size_t from = open_low ? 0 : column_of(j, p->low), to = open_high ? j->bars - 1 : column_of(j, p->high);
    for (size_t i = 0; i < from; i++) buf_text(j->out, i ? " " : "\u00b7");
    if (p->denied) {
        buf_text(j->out, "\u2715");
        return;
    }
    if (from == to) {
        buf_text(j->out, open_high ? "\u25b6" : open_low ? "\u25c0" : "\u25cf");
        return;
    }
    buf_text(j->out, open_low ? "\u25c0" : "\u251c");
    for (size_t i = from + 1; i < to; i++) buf_text(j->out, "\u2500");
    buf_text(j->out, open_high ? "\u25b6" : "\u2524");
}

// The numbers over the bars, as many as fit beside one another.
static void put_axis(chart_job *j, str title)
{
    size_t at = 0, left = j->name + j->day + j->words;
    str    head = short_name(j->out->a, title, left - 2);
    buf_put(j->out, head);
    pad(j->out, text_width(head), left);
    if (j->color) buf_text(j->out, CHART_DIM);
    for (double v = j->scale.low; v <= j->scale.high + j->scale.step / 2; v += j->scale.step) {
        buf mark = {.a = j->out->a};
        buf_amount(&mark, v);
        size_t column = column_of(j, v), start = column + mark.n > j->bars ? j->bars - mark.n : column;
        if (at && start <= at) continue;
        pad(j->out, at, start);
        buf_put(j->out, buf_str(&mark));
        at = start + mark.n;
    }
    if (j->color) buf_text(j->out, CHART_PLAIN);
    buf_char(j->out, '\n');
}

static void put_point(chart_job *j, str name, const chart_point *p)
{
    str day = day_of_year(j->out->a, p->day);
    str cut = short_name(j->out->a, name, j->name - 2);
    buf_put(j->out, cut);
    pad(j->out, text_width(cut), j->name);
    pad(j->out, text_width(day), j->day - 2);
    buf_put(j->out, day);
    pad(j->out, text_width(p->words), j->words);
    buf_put(j->out, p->words);
    buf_text(j->out, "  ");
    if (j->color && (p->denied || !p->standing)) buf_text(j->out, p->denied ? CHART_RED : CHART_DIM);
    put_bar(j, p);
    if (j->color && (p->denied || !p->standing)) buf_text(j->out, CHART_PLAIN);
    buf_char(j->out, '\n');
}

static void widest(size_t *most, str s)
{
    size_t n = text_width(s);
    if (n > *most) *most = n;
}

void chart_text(buf *out, const chart *c, int width, bool color)
{
    chart_job j = {.out = out, .color = color};
    if (!chart_scale_of(c, &j.scale)) return;
    for (size_t i = 0; i < c->lines.n; i++) {
        widest(&j.name, c->lines.v[i].name);
        for (size_t k = 0; k < c->lines.v[i].points.n; k++) {
            widest(&j.day, day_of_year(out->a, c->lines.v[i].points.v[k].day));
            widest(&j.words, c->lines.v[i].points.v[k].words);
        }
    }
    j.name = (j.name > MOST_NAME ? MOST_NAME : j.name) + 2;
    j.day += 2;
    j.words += 2;
    size_t left = j.name + j.day + j.words;
    if (left + LEAST_BARS > (size_t)width && j.name > 14) j.name = 14, left = j.name + j.day + j.words;
    j.bars = left + LEAST_BARS > (size_t)width ? LEAST_BARS : (size_t)width - left;
    if (j.bars > 60) j.bars = 60;
    put_axis(&j, c->title);
    for (size_t i = 0; i < c->lines.n; i++)
        for (size_t k = 0; k < c->lines.v[i].points.n; k++)
            put_point(&j, k ? STR("") : c->lines.v[i].name, &c->lines.v[i].points.v[k]);
}
