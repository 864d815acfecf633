// The calendar of time expressions.

#include "times/calendar.h"

interval times_months(int year, int month, int n) { return (interval){day_of(year, month, 1), day_of(year, month + n, 1) - 1}; }

// Seasons are three whole months; winter goes by the year it begins in.
interval times_season(int year, int season) { return times_months(year, 3 * season, 3); } // 1 = spring … 4 = winter

static int season_of(civil c) { return c.month < 3 ? 4 : c.month / 3; }

// The unit of that kind that holds the day, `n` units later.
interval times_unit(time_kind kind, int32_t day, int n)
{
    civil   c = day_civil(day);
    int32_t monday = day - day_weekday(day) + 7 * n;
    int     year;
    switch (kind) {
    case KIND_week: return (interval){monday, monday + 6};
    case KIND_weekend: return (interval){monday + 5, monday + 6};
    case KIND_month:
    case KIND_baremonth: return times_months(c.year, c.month + n, 1);
    case KIND_quarter:
    case KIND_barequarter: return times_months(c.year, (c.month - 1) / 3 * 3 + 1 + 3 * n, 3);
    case KIND_season:
    case KIND_bareseason: return times_season(c.month < 3 ? c.year - 1 : c.year, season_of(c) + n);
    case KIND_half: return times_months(c.year, (c.month - 1) / 6 * 6 + 1 + 6 * n, 6);
    case KIND_year: return times_months(c.year + n, 1, 12);
    case KIND_decade: year = c.year / 10 * 10 + 10 * n; return times_months(year, 1, 120);
    case KIND_century: year = c.year / 100 * 100 + 100 * n; return times_months(year, 1, 1200);
    default: return (interval){day + n, day + n};
    }
}

str times_value(arena *a, time_kind kind, int32_t begin)
{
    civil   c = day_civil(begin);
    int32_t thursday = begin - day_weekday(begin) + 3;
    civil   w = day_civil(thursday);
    int     week = (thursday - day_of(w.year, 1, 1)) / 7 + 1;
    switch (kind) {
    case KIND_week: return arena_printf(a, "%04d-W%02d", w.year, week);
    case KIND_weekend: return arena_printf(a, "%04d-W%02d-WE", w.year, week);
    case KIND_month:
    case KIND_baremonth: return arena_printf(a, "%04d-%02d", c.year, c.month);
    case KIND_quarter:
    case KIND_barequarter: return arena_printf(a, "%04d-Q%d", c.year, (c.month - 1) / 3 + 1);
    case KIND_season:
    case KIND_bareseason: {
        static const char *const names[] = {"SP", "SU", "FA", "WI"};
        return arena_printf(a, "%04d-%s", c.year, names[season_of(c) - 1]);
    }
    case KIND_half: return arena_printf(a, "%04d-H%d", c.year, c.month > 6 ? 2 : 1);
    case KIND_year: return arena_printf(a, "%04d", c.year);
    case KIND_decade: return arena_printf(a, "%03d", c.year / 10);
    case KIND_century: return arena_printf(a, "%02d", c.year / 100);
    default: return arena_printf(a, "%04d-%02d-%02d", c.year, c.month, c.day);
    }
}

// Early, mid and late as days: 1-10, 11-20, 21- of a month; of a year January to April, May to August, September to December; of
// a decade its first three, middle four and last three years.
interval times_third(time_kind kind, interval i, int third)
{
    civil c = day_civil(i.begin);
    switch (kind) {
    case KIND_month:
    case KIND_baremonth:
        return third < 0    ? (interval){i.begin, i.begin + 9}
               : third == 0 ? (interval){i.begin + 10, i.begin + 19}
                            : (interval){i.begin + 20, i.last};
    case KIND_year: return times_months(c.year, third < 0 ? 1 : third == 0 ? 5 : 9, 4);
    case KIND_quarter:
    case KIND_barequarter:
    case KIND_season:
    case KIND_bareseason: return times_months(c.year, c.month + third + 1, 1);
    case KIND_decade: return times_months(c.year + (third < 0 ? 0 : third == 0 ? 3 : 7), 1, third == 0 ? 48 : 36);
    case KIND_century: return times_months(c.year + (third < 0 ? 0 : third == 0 ? 33 : 67), 1, 12 * 33);
    case KIND_week:
        return third < 0    ? (interval){i.begin, i.begin + 1}
               : third == 0 ? (interval){i.begin + 2, i.begin + 3}
                            : (interval){i.begin + 4, i.last};
    default: return i;
    }
}

// Gregorian Easter Sunday: the anonymous algorithm of Nature, 1876 (Meeus, Astronomical Algorithms, ch. 8).
static int32_t easter(int y)
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7,
        m = (a + 11 * h + 22 * l) / 451;
    return day_of(y, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

// The named day of the week on or after a day.
static int32_t weekday_from(int32_t from, int weekday) { return from + (weekday - day_weekday(from) + 7) % 7; }

bool times_holiday(str rule, int year, int32_t *day)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    str                      rest, name, which, more, head = str_split(rule, '-', &rest);
    int64_t                  month, n, after = 0;
    if (str_starts(rule, STR("easter"))) {
        str offset = str_cut(rule, 6, rule.n);
        if (str_starts(offset, STR("+"))) offset = str_cut(offset, 1, offset.n);
        return str_int(offset, &n) ? *day = easter(year) + (int32_t)n, true : false;
    }
    if (!rest.p || !str_int(head, &month) || month < 1 || month > 12) return false;
    name = str_split(rest, '-', &which);
    if (!which.p) return str_int(name, &n) ? *day = day_of(year, (int)month, (int)n), n > 0 && n < 32 : false;
    int weekday = 0;
    while (weekday < 7 && !str_is(name, days[weekday])) weekday++;
    which = str_split(which, '+', &more);
    if (weekday == 7 || !str_int(which, &n) || n < 1 || (more.p && !str_int(more, &after))) return false;
    int first = n == 9 ? day_month_length(year, (int)month) - 6 : 7 * (int)n - 6;
    *day = weekday_from(day_of(year, (int)month, first), weekday) + (int32_t)after;
    return true;
}
