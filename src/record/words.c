#include "record/words.h"

#include "base/utf8.h"

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// "35,000": commas between thousands.
static void put_amount(buf *b, double v)
{
    if (v != (double)(int64_t)v || v >= 1e15 || v <= -1e15) {
        buf_printf(b, "%g", v);
        return;
    }
    char digits[32];
    int  n = snprintf(digits, sizeof digits, "%lld", (long long)v);
    for (int i = 0; i < n; i++) {
        buf_char(b, digits[i]);
        if ((n - 1 - i) % 3 == 0 && i < n - 1 && digits[i] != '-' && n > 4) buf_char(b, ',');
    }
}

str words_figure(arena *a, const report *r, const figure *f)
{
    static const char *const signs[] = {"", "\u2265 ", "> ", "\u2264 ", "< ", "~ ", "", ""};
    const quantity *q = &r->quantities.v[f->quantity];
    buf             b = {.a = a};
    if (q->op == OP_VAGUE) buf_put(&b, q->vague);
    else {
        buf_text(&b, signs[q->op]);
        put_amount(&b, q->value);
        if (q->op == OP_RANGE) buf_text(&b, "\u2013"), put_amount(&b, q->value2);
    }
    if (q->noun.n && !str_is(q->noun, "person")) buf_char(&b, ' '), buf_put(&b, q->noun);
    if (q->effect != EFFECT_OTHER) buf_printf(&b, " %s", quantity_effect_name(q->effect));
    if (q->total) buf_text(&b, " in all");
    if (f->status != FIGURE_ASSERTED) buf_printf(&b, " (%s)", figure_status_name(f->status));
    return buf_str(&b);
}

str words_days(arena *a, int32_t begin, int32_t last)
{
    if (begin == DAY_NONE && last == DAY_NONE) return (str){"", 0};
    if (begin == DAY_NONE) begin = last;
    if (last == DAY_NONE) last = begin;
    civil x = day_civil(begin), y = day_civil(last);
    if (begin == last) return arena_printf(a, "%d %s %d", x.day, month_names[x.month - 1], x.year);
    if (x.year == y.year && x.month == y.month) {
        if (x.day == 1 && y.day == day_month_length(y.year, y.month)) return arena_printf(a, "%s %d", month_names[x.month - 1], x.year);
        return arena_printf(a, "%d\u2013%d %s %d", x.day, y.day, month_names[x.month - 1], x.year);
    }
    if (x.year == y.year) {
        if (begin == day_of(x.year, 1, 1) && last == day_of(x.year, 12, 31)) return arena_printf(a, "%d", x.year);
        return arena_printf(a, "%d %s \u2013 %d %s %d", x.day, month_names[x.month - 1], y.day, month_names[y.month - 1], y.year);
    }
    return arena_printf(a, "%d %s %d \u2013 %d %s %d", x.day, month_names[x.month - 1], x.year, y.day, month_names[y.month - 1], y.year);
}

str words_one_line(arena *a, str s)
{
    str   c = arena_str(a, s);
    char *p = (char *)(uintptr_t)c.p; // our own copy
    for (size_t i = 0; i < c.n; i++)
        if ((unsigned char)p[i] < ' ') p[i] = ' ';
    return c;
}

str words_entities(arena *a, const report *r, id_list ids)
{
    buf b = {.a = a};
    for (size_t i = 0; i < ids.n; i++) {
        if (i) buf_text(&b, ", ");
        buf_put(&b, words_one_line(a, r->mentions.entities[ids.v[i]].name));
    }
    return buf_str(&b);
}

str words_source(arena *a, const report *r, uint32_t by, uint32_t said)
{
    if (by != NO_SOURCE) return words_one_line(a, r->sources.sources[by].text);
    return said == NO_STATEMENT ? (str){"", 0} : STR("not named");
}
