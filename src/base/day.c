#include "base/day.h"

#include <stdio.h>

// Howard Hinnant's days_from_civil, "chrono-Compatible Low-Level Date Algorithms".
int32_t day_of(int year, int month, int day)
{
    year += (month - 1) / 12;
    month = (month - 1) % 12;
    if (month < 0) month += 12, year--;
    month++;
    int      y = month <= 2 ? year - 1 : year;
    int      era = (y >= 0 ? y : y - 399) / 400;
    unsigned yoe = (unsigned)(y - era * 400);
    unsigned doy = (153 * (unsigned)(month + (month > 2 ? -3 : 9)) + 2) / 5;
    unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + (int32_t)doe - 719468 + day - 1;
}

civil day_civil(int32_t z)
{
    z += 719468;
    int32_t  era = (z >= 0 ? z : z - 146096) / 146097;
    unsigned doe = (unsigned)(z - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned mp = (5 * doy + 2) / 153;
    int      month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (civil){(int)yoe + era * 400 + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5 + 1)};
}

int day_weekday(int32_t day) { return ((day + 3) % 7 + 7) % 7; }

int day_month_length(int year, int month) { return day_of(year, month + 1, 1) - day_of(year, month, 1); }

int32_t day_parse(str s)
{
    if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-') return DAY_NONE;
    if (s.n > 10 && s.p[10] != 'T' && s.p[10] != ' ') return DAY_NONE;
    int64_t y, m, d;
    if (!str_int(str_cut(s, 0, 4), &y) || !str_int(str_cut(s, 5, 7), &m) || !str_int(str_cut(s, 8, 10), &d)) return DAY_NONE;
    if (y < 1 || m < 1 || m > 12 || d < 1 || d > day_month_length((int)y, (int)m)) return DAY_NONE;
    return day_of((int)y, (int)m, (int)d);
}

void day_iso(int32_t day, char out[16])
{
    civil c = day_civil(day);
    if (c.year < -9999 || c.year > 99999) c.year = 0; // no calendar of a report goes there
    snprintf(out, 16, "%04d-%02u-%02u", c.year, (unsigned)c.month % 100, (unsigned)c.day % 100);
}

static const char *const month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

str day_words(arena *a, int32_t begin, int32_t last)
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
