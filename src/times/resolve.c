// Resolving: one short function for each way a rule makes days out of its slots and parts.

#include "times/resolve.h"

#include <string.h>

// How many days a date may lie farther off before the one on the side that the tense does not tell is taken instead. A report
// speaks of a day almost a year away without its year only where it lies ahead; quarters are told of long after they end.
enum { AGAINST_TENSE = 300, AGAINST_HABIT = 250, AGAINST_QUARTER = 200 };
enum { FRESH = 7 }; // days: what people are quoted on was said this long before the report at most
enum { QUARTER_LASTS = 6 }; // sentences in which "a year ago" still speaks of the quarter told

static const timing nowhere = {.begin = DAY_NONE, .last = DAY_NONE};

static bool has(const expression *e, piece_class c) { return e->slot[0][c] != NO_VALUE; }
static int  get(const expression *e, piece_class c) { return e->slot[0][c]; }

// --- intervals of the calendar ---

typedef struct {
    int32_t begin, last;
} interval;

static interval months_from(int year, int month, int n) { return (interval){day_of(year, month, 1), day_of(year, month + n, 1) - 1}; }

// Seasons are three whole months; winter goes by the year it begins in.
static interval season_in(int year, int season) { return months_from(year, 3 * season, 3); } // 1 = spring … 4 = winter

static int season_of(civil c) { return c.month < 3 ? 4 : c.month / 3; }

// The unit of that kind that holds the day, `n` units later.
static interval unit_around(time_kind kind, int32_t day, int n)
{
    civil   c = day_civil(day);
    int32_t monday = day - day_weekday(day) + 7 * n;
    int     year;
    switch (kind) {
    case KIND_week: return (interval){monday, monday + 6};
    case KIND_weekend: return (interval){monday + 5, monday + 6};
    case KIND_month: case KIND_baremonth: return months_from(c.year, c.month + n, 1);
    case KIND_quarter: case KIND_barequarter: return months_from(c.year, (c.month - 1) / 3 * 3 + 1 + 3 * n, 3);
    case KIND_season: case KIND_bareseason: return season_in(c.month < 3 ? c.year - 1 : c.year, season_of(c) + n);
    case KIND_half: return months_from(c.year, (c.month - 1) / 6 * 6 + 1 + 6 * n, 6);
    case KIND_year: return months_from(c.year + n, 1, 12);
    case KIND_decade: year = c.year / 10 * 10 + 10 * n; return months_from(year, 1, 120);
    case KIND_century: year = c.year / 100 * 100 + 100 * n; return months_from(year, 1, 1200);
    default: return (interval){day + n, day + n};
    }
}

static str value_of(arena *a, time_kind kind, int32_t begin)
{
    civil   c = day_civil(begin);
    int32_t thursday = begin - day_weekday(begin) + 3;
    civil   w = day_civil(thursday);
    int     week = (thursday - day_of(w.year, 1, 1)) / 7 + 1;
    switch (kind) {
    case KIND_week: return arena_printf(a, "%04d-W%02d", w.year, week);
    case KIND_weekend: return arena_printf(a, "%04d-W%02d-WE", w.year, week);
    case KIND_month: case KIND_baremonth: return arena_printf(a, "%04d-%02d", c.year, c.month);
    case KIND_quarter: case KIND_barequarter: return arena_printf(a, "%04d-Q%d", c.year, (c.month - 1) / 3 + 1);
    case KIND_season: case KIND_bareseason: {
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

static timing dated(const resolver *z, time_kind kind, interval i)
{
    return (timing){.kind = kind, .type = TIME_DATE, .begin = i.begin, .last = i.last, .value = value_of(z->a, kind, i.begin)};
}

static timing unit_timing(const resolver *z, time_kind kind, int32_t day, int n) { return dated(z, kind, unit_around(kind, day, n)); }

static timing undated(time_kind kind, time_type type, str value)
{
    timing t = nowhere;
    t.kind = kind, t.type = type, t.value = value;
    return t;
}

static bool is_dated(const timing *t) { return t->begin != DAY_NONE; }

static bool one_day(time_kind k) { return k == KIND_day || k == KIND_weekday || k == KIND_bareday || k == KIND_daypart || k == KIND_clock; }


static time_kind unit_of_kind(int32_t unit)
{
    static const uint8_t kinds[U_N] = {[U_second] = KIND_clock, [U_minute] = KIND_clock, [U_hour] = KIND_clock, [U_day] = KIND_day,
        [U_weekend] = KIND_weekend, [U_week] = KIND_week, [U_fortnight] = KIND_week, [U_month] = KIND_month, [U_quarter] = KIND_quarter,
        [U_season] = KIND_season, [U_half] = KIND_half, [U_year] = KIND_year, [U_decade] = KIND_decade, [U_century] = KIND_century,
        [U_millennium] = KIND_century};
    return unit < 0 || unit >= U_N ? KIND_day : (time_kind)kinds[unit];
}

// --- dates that lack their year ---

static int full_year(int two_digits, int32_t published)
{
    int now = published == DAY_NONE ? 2020 : day_civil(published).year, year = now / 100 * 100 + two_digits;
    return year > now + 20 ? year - 100 : year;
}

// The interval a bare expression has in a year; begin DAY_NONE where that year has none (29 February).
static interval bare_in_year(const expression *e, int year);

static int32_t holiday_day(str rule, int year);

static interval holiday_in(const resolver *z, int holiday, int year)
{
    int32_t d = holiday_day(z->words->holidays.v[holiday], year);
    return (interval){d, d};
}

static interval bare_in_year(const expression *e, int year)
{
    int month = has(e, CLASS_MONTH) ? get(e, CLASS_MONTH) : has(e, CLASS_MONTHNUM) ? get(e, CLASS_MONTHNUM) : 0;
    int day = has(e, CLASS_DAY) ? get(e, CLASS_DAY) : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if ((e->kind == KIND_barequarter || e->kind == KIND_quarter) && has(e, CLASS_ORDINAL)) return months_from(year, 3 * get(e, CLASS_ORDINAL) - 2, 3);
    if (has(e, CLASS_SEASON)) return season_in(year, get(e, CLASS_SEASON));
    if (!month) return (interval){DAY_NONE, DAY_NONE};
    if (!day) return months_from(year, month, 1);
    if (day > day_month_length(year, month)) return (interval){DAY_NONE, DAY_NONE};
    return (interval){day_of(year, month, day), day_of(year, month, day)};
}

static interval bare_or_holiday(const resolver *z, const expression *e, int year)
{
    return has(e, CLASS_HOLIDAY) ? holiday_in(z, get(e, CLASS_HOLIDAY), year) : bare_in_year(e, year);
}

// The year of a date without one: the nearest on the side the tense tells, the past where it tells none; a weekday
// beside it must fit.
static interval nearest_year(const resolver *z, const expression *e, int side)
{
    interval best = {DAY_NONE, DAY_NONE};
    int      now = day_civil(z->published).year, distance = 0;
    for (int year = now - 6; year <= now + 6; year++) {
        interval i = bare_or_holiday(z, e, year);
        bool     fits = has(e, CLASS_WEEKDAY) && has(e, CLASS_DAY) && day_weekday(i.begin) + 1 == get(e, CLASS_WEEKDAY);
        if (i.begin == DAY_NONE || (!fits && (year < now - 1 || year > now + 1))) continue;
        int past = z->published - i.last, ahead = i.begin - z->published;
        int far = past > 0 ? past : ahead > 0 ? ahead : 0;
        if (side <= 0 && ahead > 0) far += side ? AGAINST_TENSE : AGAINST_HABIT;
        if (side > 0 && past > 0) far += e->kind == KIND_barequarter ? AGAINST_QUARTER : AGAINST_TENSE;
        if (has(e, CLASS_WEEKDAY) && !fits) far += 4000;
        if (best.begin == DAY_NONE || far < distance) best = i, distance = far;
    }
    return best;
}

static str value_without_year(const resolver *z, const expression *e)
{
    int month = has(e, CLASS_MONTH) ? get(e, CLASS_MONTH) : 0;
    int day = has(e, CLASS_DAY) ? get(e, CLASS_DAY) : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if (e->kind == KIND_barequarter) return arena_printf(z->a, "XXXX-Q%d", get(e, CLASS_ORDINAL));
    if (month && day) return arena_printf(z->a, "XXXX-%02d-%02d", month, day);
    if (month) return arena_printf(z->a, "XXXX-%02d", month);
    if (has(e, CLASS_WEEKDAY)) return arena_printf(z->a, "XXXX-WXX-%d", get(e, CLASS_WEEKDAY));
    if (has(e, CLASS_SEASON)) return arena_printf(z->a, "XXXX-%s", &"SP\0SU\0FA\0WI"[3 * (get(e, CLASS_SEASON) - 1)]);
    return STR("XXXX-XX-XX");
}

static int side_of(const resolver *z, const expression *e) { return tense_of(z->p, z->tense, e->first, e->end); }

// The day that "that day" and "the next day" go by: what has been told of happened before the report, unless the clause looks ahead.
static int32_t told_day(const resolver *z, const expression *e)
{
    if (!z->day.kind) return z->published;
    bool ahead = !z->past_day.kind || tense_of(z->p, z->tense, e->first, e->end) > 0;
    return ahead ? z->day.begin : z->past_day.begin;
}

static timing weekday_near(const resolver *z, const expression *e, int32_t from, int side)
{
    int step = (get(e, CLASS_WEEKDAY) - 1 - day_weekday(from) + 7) % 7; // days ahead
    int32_t day = side > 0 || !step ? from + step : from + step - 7;
    return dated(z, KIND_day, (interval){day, day});
}

static timing make_date(const resolver *z, const expression *e)
{
    time_kind kind = e->kind;
    int       year = has(e, CLASS_YEAR) ? get(e, CLASS_YEAR) : has(e, CLASS_YEAR2) ? full_year(get(e, CLASS_YEAR2), z->published) : 0;
    if (kind == KIND_year && !year && has(e, CLASS_NUM)) year = get(e, CLASS_NUM);
    if (kind == KIND_year) return dated(z, KIND_year, months_from(year, 1, 12));
    if (has(e, CLASS_MONTHNUM) && e->slot[1][CLASS_MONTHNUM] != NO_VALUE) kind = KIND_day;
    interval i = {DAY_NONE, DAY_NONE};
    if (year) i = bare_or_holiday(z, e, year);
    else if (z->published == DAY_NONE) return undated(kind, TIME_DATE, value_without_year(z, e));
    else if (kind == KIND_weekday) return weekday_near(z, e, z->published, side_of(z, e));
    else if (kind == KIND_weekend) {
        int monday_on = side_of(z, e) > 0 || day_weekday(z->published) > 4 ? 0 : -1;
        return unit_timing(z, KIND_weekend, z->published, monday_on);
    }
    else i = nearest_year(z, e, side_of(z, e));
    if (i.begin == DAY_NONE) return undated(KIND_none, TIME_DATE, STR(""));
    return dated(z, kind == KIND_bareday ? KIND_day : kind, i);
}

// --- holidays ---

// Gregorian Easter Sunday: the anonymous algorithm of Nature, 1876 (Meeus, Astronomical Algorithms, ch. 8).
static int32_t easter(int y)
{
    int a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    return day_of(y, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

// "12-25"; "11-thu-4" the fourth Thursday of November, "5-mon-9" the last Monday of May, "11-tue-1+1"; "easter-2".
static int32_t holiday_day(str rule, int year)
{
    static const char days[] = "montuewedthufrisatsun";
    int64_t month = 0, n = 0;
    if (str_starts(rule, STR("easter"))) {
        str_int(str_cut(rule, rule.p[6] == '+' ? 7 : 6, rule.n), &n);
        return easter(year) + (int32_t)n;
    }
    str rest, first = str_split(rule, '-', &rest);
    str_int(first, &month);
    if (rest.n <= 2) return str_int(rest, &n), day_of(year, (int)month, (int)n);
    int weekday = 0;
    while (weekday < 7 && memcmp(days + 3 * weekday, rest.p, 3) != 0) weekday++;
    int which = rest.p[4] - '0', after = rest.n > 6 ? rest.p[6] - '0' : 0;
    int32_t from = which == 9 ? day_of(year, (int)month, day_month_length(year, (int)month) - 6) : day_of(year, (int)month, 7 * which - 6);
    return from + (weekday - day_weekday(from) + 7) % 7 + after;
}

// --- relative to the report ---

static timing make_part_of_day(const resolver *z, const expression *e, int32_t day);

// "Today" within quotation marks is the day of the speech: the last one told of the week before the report.
static int32_t said_on(const resolver *z, const expression *e) { return e->quoted && z->fresh_day.kind ? z->fresh_day.begin : z->published; }

// "last March", "this week", "next Friday", "yesterday": n units from the report.
static timing make_shift(const resolver *z, const expression *e)
{
    int n = e->rule->n != NO_VALUE ? e->rule->n : has(e, CLASS_SHIFT) ? get(e, CLASS_SHIFT) : has(e, CLASS_DEICTIC) ? get(e, CLASS_DEICTIC) : 0;
    int32_t now = z->published;
    if (now == DAY_NONE) return undated(e->kind, TIME_DATE, value_without_year(z, e));
    if (has(e, CLASS_WEEKDAY)) {
        if (n == 0) {
            int32_t monday = now - day_weekday(now) + get(e, CLASS_WEEKDAY) - 1;
            return dated(z, KIND_day, (interval){monday, monday});
        }
        return weekday_near(z, e, now + (n > 0 ? 1 : -1), n);
    }
    if (has(e, CLASS_MONTH) || has(e, CLASS_SEASON) || has(e, CLASS_HOLIDAY)) {
        int      year = day_civil(now).year;
        interval i = bare_or_holiday(z, e, year);
        // "Last February" said in March is not last month: that would have been its name.
        bool just_over = has(e, CLASS_MONTH) && !has(e, CLASS_DAY) && i.last < now && i.last + 31 >= unit_around(KIND_month, now, 0).last;
        if (n < 0 && i.begin != DAY_NONE && (i.last >= now || just_over)) i = bare_or_holiday(z, e, year - 1);
        if (n > 0 && i.begin != DAY_NONE && i.begin <= now) i = bare_or_holiday(z, e, year + 1);
        return i.begin == DAY_NONE ? nowhere : dated(z, has(e, CLASS_DAY) ? KIND_day : has(e, CLASS_MONTH) ? KIND_month : has(e, CLASS_SEASON) ? KIND_season : KIND_day, i);
    }
    if (n == 0 && (has(e, CLASS_DAYPART) || has(e, CLASS_DEICTIC))) now = said_on(z, e);
    if (has(e, CLASS_DAYPART)) return make_part_of_day(z, e, now + n);
    // "This weekend" is the last one in what is told of the past at the beginning of a week.
    if (n == 0 && e->kind == KIND_weekend && day_weekday(now) < 4 && side_of(z, e) < 0) n = -1;
    return unit_timing(z, e->kind, now, n);
}

// --- relative to what was told ---

// "the next day", "that year", "the previous Friday": n units from the last told of its size.
static timing make_told(const resolver *z, const expression *e)
{
    if (str_is(e->rule->value, "again")) return z->any.kind && !one_day(z->any.kind) ? z->any : nowhere;
    int     n = e->rule->n == NO_VALUE ? 0 : e->rule->n;
    bool    small = one_day(e->kind) || has(e, CLASS_WEEKDAY) || has(e, CLASS_DAYPART);
    int32_t from = small ? told_day(z, e) : z->any.kind ? z->any.begin : z->published;
    if (from == DAY_NONE) return undated(e->kind, TIME_DATE, value_without_year(z, e));
    if (has(e, CLASS_WEEKDAY)) return weekday_near(z, e, from + (n > 0 ? 1 : -1), n);
    if (has(e, CLASS_MONTH)) {
        civil c = day_civil(from);
        int   year = c.year + (n < 0 ? -(get(e, CLASS_MONTH) >= c.month) : n > 0 ? get(e, CLASS_MONTH) <= c.month : 0);
        return dated(z, KIND_month, months_from(year, get(e, CLASS_MONTH), 1));
    }
    if (has(e, CLASS_DAYPART)) return make_part_of_day(z, e, from + n);
    return unit_timing(z, e->kind, from, n);
}

// --- durations ---

typedef struct {
    int32_t n; // NO_VALUE: not said ("several")
    bool    half;
    int32_t unit;
} amount;

static amount amount_of(const expression *e)
{
    amount m = {.n = NO_VALUE, .unit = e->rule->unit};
    if (has(e, CLASS_NUM)) m.n = get(e, CLASS_NUM);
    else if (e->rule->n != NO_VALUE && e->rule->make == MAKE_duration) m.n = e->rule->n;
    m.half = e->half || str_is(e->rule->value, "+half");
    if (has(e, CLASS_UNITS)) m.unit = get(e, CLASS_UNITS);
    else if (has(e, CLASS_UNIT)) m.unit = get(e, CLASS_UNIT);
    return m;
}

// The duration inside an expression: its own, or that of its first part, and so on down.
static amount amount_within(const expression *e)
{
    if (has(e, CLASS_UNIT) || has(e, CLASS_DAYPART)) return (amount){.n = 1, .unit = has(e, CLASS_UNIT) ? get(e, CLASS_UNIT) : U_day};
    while (e->rule->make != MAKE_duration && e->part[0]) e = e->part[0];
    return amount_of(e);
}

static str amount_value(arena *a, amount m)
{
    static const struct {
        const char *head, *unit;
        int         times; // of that unit
        int         halves; // half of one is so many of the next smaller
        const char *smaller;
    } units[U_N] = {[U_second] = {"PT", "S", 1, 0, ""}, [U_minute] = {"PT", "M", 1, 30, "S"}, [U_hour] = {"PT", "H", 1, 30, "M"},
        [U_day] = {"P", "D", 1, 12, "TH"}, [U_weekend] = {"P", "WE", 1, 0, ""}, [U_week] = {"P", "W", 1, 3, "D"},
        [U_fortnight] = {"P", "W", 2, 1, "W"}, [U_month] = {"P", "M", 1, 2, "W"}, [U_quarter] = {"P", "Q", 1, 0, ""},
        [U_season] = {"P", "S", 1, 0, ""}, [U_half] = {"P", "M", 6, 0, ""}, [U_year] = {"P", "Y", 1, 6, "M"},
        [U_decade] = {"P", "Y", 10, 5, "Y"}, [U_century] = {"P", "Y", 100, 50, "Y"}, [U_millennium] = {"P", "Y", 1000, 500, "Y"}};
    if (m.unit < 0 || m.unit >= U_N) return STR("PXX");
    const char *head = units[m.unit].head, *unit = units[m.unit].unit, *smaller = units[m.unit].smaller;
    if (m.n == NO_VALUE) return arena_printf(a, "%sX%s", head, m.unit == U_century ? "C" : unit);
    int n = m.n > 1000000 ? 1000000 : m.n;
    if (!m.half || !*smaller) return arena_printf(a, "%s%d%s", head, n * units[m.unit].times, unit);
    if (!strcmp(smaller, unit)) return arena_printf(a, "%s%d%s", head, n * units[m.unit].times + units[m.unit].halves, unit);
    if (!n) return arena_printf(a, "P%s%d%s", head[1] || *smaller == 'T' ? "T" : "", units[m.unit].halves, *smaller == 'T' ? "H" : smaller);
    return arena_printf(a, "%s%d%s%s%d%s", head, n, unit, *smaller == 'T' ? "T" : "", units[m.unit].halves, *smaller == 'T' ? "H" : smaller);
}

// The day that lies the amount away from `from`, and the kind of unit it is counted in.
static interval moved(int32_t from, amount m, int way, time_kind *kind)
{
    *kind = unit_of_kind(m.unit);
    int n = m.n > 100000 ? 100000 : m.n;
    if (m.unit == U_fortnight) n *= 2;
    if (m.unit == U_decade) *kind = KIND_year, n = 10 * n + (m.half ? 5 : 0);
    if (m.unit == U_century) *kind = KIND_year, n = 100 * n + (m.half ? 50 : 0);
    if (m.unit == U_millennium) *kind = KIND_year, n = 1000 * n;
    if (m.unit == U_year && m.half) *kind = KIND_month, n = 12 * n + 6;
    if (*kind == KIND_clock) *kind = KIND_day, n = m.unit == U_hour ? n / 24 : 0;
    return unit_around(*kind, from, way * n);
}

static timing make_duration(const resolver *z, const expression *e)
{
    amount m = amount_of(e);
    return undated(KIND_duration, TIME_DURATION, e->rule->value.n && !str_is(e->rule->value, "+half") ? e->rule->value : amount_value(z->a, m));
}

static timing moved_from(const resolver *z, int32_t from, amount m, int way)
{
    time_kind kind;
    interval  i = moved(from, m, way, &kind);
    civil     c = day_civil(i.begin);
    if (c.year < 1 || c.year > 9999) return nowhere;
    return dated(z, kind, i);
}

static bool quarter_holds(const resolver *z) { return z->quarter.kind && z->sentence - z->quarter_sentence <= QUARTER_LASTS; }

// "two weeks ago", "a year from now". A year back from a quarter is that quarter a year ago.
static timing make_ago(const resolver *z, const expression *e)
{
    amount m = amount_within(e);
    int    way = e->rule->n;
    if (m.n == NO_VALUE && e->rule->unit != NO_VALUE) m.n = 1;
    if (m.n == NO_VALUE) return undated(KIND_ref, TIME_DATE, way < 0 ? STR("PAST_REF") : STR("FUTURE_REF"));
    if (m.unit <= U_hour) return undated(KIND_duration, TIME_DURATION, amount_value(z->a, m));
    if (z->published == DAY_NONE) return undated(KIND_day, TIME_DATE, value_without_year(z, e));
    if (m.unit == U_year && !m.half && quarter_holds(z)) return unit_timing(z, KIND_quarter, z->quarter.begin, 4 * way * m.n);
    return moved_from(z, z->published, m, way);
}

// "two days earlier", "a week before the vote on May 3".
static timing make_offset(const resolver *z, const expression *e)
{
    amount  m = amount_within(e);
    const expression *date = has(e, CLASS_UNIT) ? e->part[0] : e->part[1];
    timing  to = date ? time_resolve(z, date) : z->any;
    if (!date && m.unit == U_day && z->day.kind) to = z->past_day.kind ? z->past_day : z->day;
    int32_t from = to.kind && is_dated(&to) ? to.begin : z->published;
    if (m.n == NO_VALUE) return undated(KIND_ref, TIME_DATE, e->rule->n < 0 ? STR("PAST_REF") : STR("FUTURE_REF"));
    if (m.unit <= U_hour) return undated(KIND_duration, TIME_DURATION, amount_value(z->a, m));
    if (from == DAY_NONE) return undated(KIND_day, TIME_DATE, value_without_year(z, e));
    if (m.unit == U_year && !m.half && quarter_holds(z)) return unit_timing(z, KIND_quarter, z->quarter.begin, 4 * e->rule->n * m.n);
    return moved_from(z, from, m, e->rule->n);
}

// "the past five years": ends or begins with the report.
static timing make_span(const resolver *z, const expression *e)
{
    amount m = amount_within(e);
    timing t = undated(KIND_duration, TIME_DURATION, amount_value(z->a, m));
    if (m.n == NO_VALUE || z->published == DAY_NONE) return t;
    civil   c = day_civil(z->published);
    int     n = m.n > 10000 ? 10000 : m.n, way = e->rule->n;
    int32_t far;
    switch (unit_of_kind(m.unit)) {
    case KIND_day: far = z->published + way * n; break;
    case KIND_week: far = z->published + way * n * (m.unit == U_fortnight ? 14 : 7); break;
    case KIND_month: far = day_of(c.year, c.month + way * n, c.day); break;
    case KIND_quarter: far = day_of(c.year, c.month + 3 * way * n, c.day); break;
    case KIND_year: far = day_of(c.year + way * n, c.month + (m.half ? way * 6 : 0), c.day); break;
    case KIND_decade: far = day_of(c.year + 10 * way * n, c.month, c.day); break;
    default: return t;
    }
    t.begin = way < 0 ? far : z->published;
    t.last = way < 0 ? z->published : far;
    return t;
}

// --- inside a larger unit ---

// "June last year", "Friday of next week", "the third quarter of 2019": the bare part at its place in the other.
static timing make_within(const resolver *z, const expression *e)
{
    const expression *bare = e->part[0], *whole = e->part[1];
    if (!bare || !whole) return nowhere;
    if (e->rule->n != NO_VALUE) bare = e->part[1], whole = e->part[0];
    timing w = time_resolve(z, whole);
    if (!is_dated(&w)) return undated(bare->kind, TIME_DATE, value_without_year(z, bare));
    while (bare->rule->make == MAKE_same && bare->part[0]) bare = bare->part[0];
    if (bare->kind == KIND_weekday) {
        timing t = weekday_near(z, bare, w.begin, 1);
        return t;
    }
    interval i = bare_or_holiday(z, bare, day_civil(w.begin).year);
    time_kind kind = bare->kind == KIND_bareday ? KIND_day : bare->kind == KIND_baremonth ? KIND_month : bare->kind == KIND_barequarter ? KIND_quarter
                     : bare->kind == KIND_bareseason ? KIND_season : bare->kind;
    return i.begin == DAY_NONE ? nowhere : dated(z, kind, i);
}

// "the second week of March", "the last Friday of May", "the first half of 2020".
static timing make_nth(const resolver *z, const expression *e)
{
    timing w = e->part[0] ? time_resolve(z, e->part[0]) : nowhere;
    if (!is_dated(&w)) return undated(e->kind, TIME_DATE, STR("XXXX-XX-XX"));
    int      n = e->rule->n != NO_VALUE ? e->rule->n : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 1;
    interval i;
    if (has(e, CLASS_WEEKDAY)) {
        int32_t from = n < 0 ? w.last - 6 : w.begin + 7 * (n - 1);
        i.begin = i.last = from + (get(e, CLASS_WEEKDAY) - 1 - day_weekday(from) + 7) % 7;
    } else if (e->kind == KIND_week) {
        i = unit_around(KIND_week, n < 0 ? w.last : w.begin + 7 * (n - 1) + 3, 0);
    } else {
        i = n < 0 ? unit_around(e->kind, w.last, n + 1) : unit_around(e->kind, w.begin, n - 1);
    }
    if (i.begin > w.last || i.last < w.begin) return nowhere;
    return dated(z, e->kind, i);
}

// "the first nine months of 1989", "the last two weeks of May".
static timing make_firstof(const resolver *z, const expression *e)
{
    amount m = amount_within(e->part[0]);
    timing t = undated(KIND_duration, TIME_DURATION, amount_value(z->a, m)), w = e->part[1] ? time_resolve(z, e->part[1]) : nowhere;
    if (m.n == NO_VALUE || m.n > 1000 || !is_dated(&w)) return t;
    time_kind kind = unit_of_kind(m.unit);
    bool      first = e->rule->n > 0;
    t.begin = first ? w.begin : kind == KIND_day ? w.last - m.n + 1 : kind == KIND_week ? w.last - 7 * m.n + 1 : unit_around(kind, w.last, 1 - m.n).begin;
    t.last = !first ? w.last : kind == KIND_day ? w.begin + m.n - 1 : kind == KIND_week ? w.begin + 7 * m.n - 1 : unit_around(kind, w.begin, m.n - 1).last;
    return t;
}

// Early, mid and late as days: 1-10, 11-20, 21- of a month; of a year January to April, May to August, September to December; of a
// decade its first three, middle four and last three years.
static interval third_of(time_kind kind, interval i, int third)
{
    civil c = day_civil(i.begin);
    switch (kind) {
    case KIND_month: case KIND_baremonth:
        return third < 0 ? (interval){i.begin, i.begin + 9} : third == 0 ? (interval){i.begin + 10, i.begin + 19} : (interval){i.begin + 20, i.last};
    case KIND_year: return months_from(c.year, third < 0 ? 1 : third == 0 ? 5 : 9, 4);
    case KIND_quarter: case KIND_barequarter: case KIND_season: case KIND_bareseason: return months_from(c.year, c.month + third + 1, 1);
    case KIND_decade: return months_from(c.year + (third < 0 ? 0 : third == 0 ? 3 : 7), 1, third == 0 ? 48 : 36);
    case KIND_century: return months_from(c.year + (third < 0 ? 0 : third == 0 ? 33 : 67), 1, 12 * 33);
    case KIND_week: return third < 0 ? (interval){i.begin, i.begin + 1} : third == 0 ? (interval){i.begin + 2, i.begin + 3} : (interval){i.begin + 4, i.last};
    default: return i;
    }
}

// "early October", "earlier this year", "the end of the week".
static void narrow(const resolver *z, timing *t, str part)
{
    interval i = {t->begin, t->last};
    if (!is_dated(t)) return;
    if (str_is(part, "early")) i = third_of(t->kind, i, -1);
    else if (str_is(part, "mid")) i = third_of(t->kind, i, 0);
    else if (str_is(part, "late")) i = third_of(t->kind, i, 1);
    else if (str_is(part, "end") && !one_day(t->kind)) i.begin = i.last;
    else if (str_is(part, "start") && !one_day(t->kind)) i.last = i.begin;
    else if (str_is(part, "sofar") && z->published > i.begin && z->published <= i.last) i.last = z->published;
    else if (str_is(part, "rest") && z->published >= i.begin && z->published < i.last) i.begin = z->published;
    t->begin = i.begin, t->last = i.last;
}

// --- parts of the day and the clock ---

static const char *const daypart_values[] = {"", "MO", "AF", "EV", "NI", "DT", "MI"}; // by DAYPART's value

static timing make_part_of_day(const resolver *z, const expression *e, int32_t day)
{
    int  part = has(e, CLASS_DAYPART) ? get(e, CLASS_DAYPART) : 4;
    str  date = value_of(z->a, KIND_day, day);
    timing t = {.kind = KIND_daypart, .type = TIME_TIME, .begin = day, .last = day};
    t.value = part >= 6 ? arena_printf(z->a, "%.*sT%02d:00", (int)date.n, date.p, part == 6 ? 12 : 24)
                        : arena_printf(z->a, "%.*sT%s", (int)date.n, date.p, daypart_values[part]);
    return t;
}

// "Friday night", "the morning of Oct. 7", "overnight" (the night into the day).
static timing make_daypart(const resolver *z, const expression *e)
{
    timing day = e->part[0] ? time_resolve(z, e->part[0]) : nowhere;
    if (e->part[0] && !is_dated(&day)) return day;
    int32_t on = e->part[0] ? day.begin : z->day.kind && str_is(e->rule->value, "told") ? z->day.begin : z->published;
    if (on == DAY_NONE) return undated(KIND_daypart, TIME_TIME, arena_printf(z->a, "XXXX-XX-XXT%s", daypart_values[has(e, CLASS_DAYPART) ? get(e, CLASS_DAYPART) % 7 : 4]));
    bool   into = str_is(e->rule->value, "into"), told = into && z->past_day.kind && z->past_sentence == z->sentence; // the night after it
    timing t = told ? make_part_of_day(z, e, z->past_day.begin) : make_part_of_day(z, e, on + (e->rule->n != NO_VALUE ? e->rule->n : 0));
    if (into) t.last = t.begin + 1;
    return t;
}

static timing make_clock(const resolver *z, const expression *e)
{
    const expression *when = e->part[0];
    const expression *c = e;
    if (when && when->kind == KIND_clock) c = when, when = e->part[1];
    else if (e->part[1]) c = e->part[1];
    timing  day = when ? time_resolve(z, when) : nowhere;
    int32_t on = is_dated(&day) ? day.begin : when ? DAY_NONE : told_day(z, e);
    int     hour = has(c, CLASS_HOUR) ? get(c, CLASS_HOUR) : has(c, CLASS_NUM) ? get(c, CLASS_NUM) : 0, minute = has(c, CLASS_MINUTE) ? get(c, CLASS_MINUTE) : 0;
    if (has(c, CLASS_HHMM)) hour = get(c, CLASS_HHMM) / 100, minute = get(c, CLASS_HHMM) % 100;
    if (c->rule->n != NO_VALUE) hour = c->rule->n;
    if (c->half) minute = 30;
    if (has(c, CLASS_AMPM)) hour = hour % 12 + (get(c, CLASS_AMPM) ? 12 : 0);
    else if (has(c, CLASS_DAYPART) && hour < 12) hour += get(c, CLASS_DAYPART) == 1 || (get(c, CLASS_DAYPART) == 4 && hour < 6) ? 0 : 12;
    str date = on == DAY_NONE ? STR("XXXX-XX-XX") : value_of(z->a, KIND_day, on);
    timing t = nowhere;
    t.kind = KIND_clock, t.type = TIME_TIME;
    if (when) t.begin = t.last = on;
    if (hour > 24 || minute > 59) return undated(KIND_none, TIME_TIME, STR(""));
    t.value = hour == 24 && !minute ? arena_printf(z->a, "%.*sT24", (int)date.n, date.p)
                                    : arena_printf(z->a, "%.*sT%02d:%02d", (int)date.n, date.p, hour, minute);
    return t;
}

// --- the rest ---

static timing make_set(const resolver *z, const expression *e)
{
    str v = e->rule->value;
    if (has(e, CLASS_WEEKDAY) || has(e, CLASS_WEEKDAYS)) {
        int day = has(e, CLASS_WEEKDAY) ? get(e, CLASS_WEEKDAY) : get(e, CLASS_WEEKDAYS);
        v = arena_printf(z->a, "XXXX-WXX-%d", day);
        int part = has(e, CLASS_DAYPART) ? get(e, CLASS_DAYPART) : has(e, CLASS_DAYPARTS) ? get(e, CLASS_DAYPARTS) : 0;
        if (part) v = arena_printf(z->a, "%.*sT%s", (int)v.n, v.p, daypart_values[part % 6]);
    } else if (has(e, CLASS_DAYPART)) v = arena_printf(z->a, "XXXX-XX-XXT%s", daypart_values[get(e, CLASS_DAYPART) % 6]);
    else if (has(e, CLASS_MONTH) || has(e, CLASS_SEASON)) v = value_without_year(z, e);
    else if (e->part[0]) v = amount_value(z->a, amount_within(e));
    else if (!v.n) {
        amount m = amount_of(e);
        if (has(e, CLASS_PERIODIC)) m.unit = get(e, CLASS_PERIODIC);
        if (m.n == NO_VALUE) m.n = e->rule->n == NO_VALUE ? 1 : e->rule->n;
        v = m.unit == U_quarter ? arena_printf(z->a, "P%dM", 3 * m.n) : amount_value(z->a, m);
    }
    return undated(KIND_set, TIME_SET, v);
}

static timing make_decade(const resolver *z, const expression *e)
{
    int32_t now = z->published == DAY_NONE ? day_of(2020, 1, 1) : z->published;
    int year = has(e, CLASS_YEAR) ? get(e, CLASS_YEAR) : full_year(has(e, CLASS_SIXTIES) ? get(e, CLASS_SIXTIES) : get(e, CLASS_YEAR2), now);
    if (year % 100 == 0) return dated(z, KIND_century, months_from(year, 1, 1200));
    if (year % 10) return undated(KIND_none, TIME_DATE, STR(""));
    return dated(z, KIND_decade, months_from(year, 1, 120));
}

// "the 21st century" is 2000 to 2099, as ISO 8601 and TimeML (20) have it.
static timing make_century(const resolver *z, const expression *e)
{
    int n = has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if (n < 1 || n > 30) return undated(KIND_none, TIME_DATE, STR(""));
    return dated(z, KIND_century, months_from(100 * (n - 1), 1, 1200));
}

static timing make_range(const resolver *z, const expression *e)
{
    timing   x, y;
    if (e->part[0] && e->part[1]) {
        x = time_resolve(z, e->part[0]), y = time_resolve(z, e->part[1]);
    } else if (has(e, CLASS_MONTH)) {
        expression last = *e;
        last.slot[0][CLASS_DAY] = e->slot[1][CLASS_DAY];
        last.kind = KIND_bareday;
        x = make_date(z, &(expression){.rule = e->rule, .kind = KIND_bareday, .first = e->first, .end = e->end});
        expression first = *e;
        first.kind = KIND_bareday;
        x = make_date(z, &first), y = make_date(z, &last);
    } else {
        int from = get(e, CLASS_YEAR), to = e->slot[1][CLASS_YEAR] != NO_VALUE ? e->slot[1][CLASS_YEAR] : has(e, CLASS_YEAR2) ? from / 100 * 100 + get(e, CLASS_YEAR2) : from;
        x = dated(z, KIND_year, months_from(from, 1, 12)), y = dated(z, KIND_year, months_from(to, 1, 12));
    }
    if (!is_dated(&x) || !is_dated(&y) || y.last < x.begin) return undated(KIND_none, TIME_DATE, STR(""));
    x.last = y.last;
    x.value = arena_printf(z->a, "%.*s/%.*s", (int)x.value.n, x.value.p, (int)y.value.n, y.value.p);
    return x;
}

// "the quarter", "the latest period", "the 2019 quarter": the one told last, else the last that is over.
static timing make_quarter(const resolver *z, const expression *e)
{
    timing q = z->quarter, when = e->part[1] ? time_resolve(z, e->part[1]) : nowhere;
    if (is_dated(&when)) return unit_timing(z, KIND_quarter, when.begin, 0);
    if (!q.kind && z->published == DAY_NONE) return undated(KIND_quarter, TIME_DATE, STR("XXXX-QX"));
    if (!q.kind || (q.last >= z->published && z->published != DAY_NONE)) q = unit_timing(z, KIND_quarter, z->published, -1);
    if (has(e, CLASS_YEAR)) return dated(z, KIND_quarter, months_from(get(e, CLASS_YEAR), day_civil(q.begin).month, 3));
    return unit_timing(z, KIND_quarter, q.begin, e->rule->n);
}

// --- relative to an event ---

static size_t common_start(str a, str b)
{
    size_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n]) n++;
    return n;
}

// "rule" and "ruling", "explode" and "explosion": one act as verb and noun.
static bool same_act(str a, str b)
{
    size_t shorter = a.n < b.n ? a.n : b.n, spare = shorter >= 7 ? 2 : 1;
    return str_eq(a, b) || (shorter >= 4 && common_start(a, b) >= shorter - spare);
}

// The day of the event that "after" or "before" (token i) leads to; of what was told last where it leads to none.
static int32_t event_day(const resolver *z, const expression *e, uint32_t i)
{
    const token *t = &z->p->v[i];
    uint32_t     event = parse_child(z->p, i, DEP_pobj);
    if (event == TOKEN_NONE) event = parse_child(z->p, i, DEP_pcomp);
    if (event == TOKEN_NONE && t->dep == DEP_mark) event = t->head;
    if (event == TOKEN_NONE) return z->day.kind ? told_day(z, e) : DAY_NONE;
    for (size_t k = 0; k < z->n_acts && k < ACTS_KEPT; k++) {
        size_t at = (z->n_acts - 1 - k) % ACTS_KEPT;
        if (same_act(z->acts[at].lemma, z->p->v[event].lemma)) return z->acts[at].day;
    }
    return DAY_NONE;
}

// "the day after the ruling", "two weeks before the attack": no day where the event's own is not known.
static timing make_event(const resolver *z, const expression *e)
{
    amount  m = amount_within(e);
    bool    counted = e->part[0] != NULL; // then "after" is the word beyond it
    int32_t from = event_day(z, e, counted ? e->end : e->end - 1);
    if (from == DAY_NONE || m.n == NO_VALUE || m.unit <= U_hour) return counted ? time_resolve(z, e->part[0]) : nowhere;
    if (has(e, CLASS_DAYPART)) return make_part_of_day(z, e, from + e->rule->n);
    return moved_from(z, from, m, e->rule->n);
}

static void remember_act(resolver *z, uint32_t i, int32_t day)
{
    size_t at = z->n_acts++ % ACTS_KEPT;
    z->acts[at].lemma = z->p->v[i].lemma;
    z->acts[at].day = day;
}

// What the day is told of: the nouns and the verb above it, with that verb's doer and object.
static void remember_acts(resolver *z, const expression *e, int32_t day)
{
    const parse *p = z->p;
    uint32_t     i = expression_head(p, e->first, e->end);
    for (int k = 0; k < 6 && p->v[i].head != i; k++) {
        i = p->v[i].head;
        if (p->v[i].pos == POS_NOUN) remember_act(z, i, day);
        if (p->v[i].pos != POS_VERB) continue;
        for_children(p, i, c)
        {
            uint8_t dep = p->v[c].dep;
            if (p->v[c].pos == POS_NOUN && (dep == DEP_nsubj || dep == DEP_nsubjpass || dep == DEP_dobj)) remember_act(z, c, day);
        }
        remember_act(z, i, day);
        return;
    }
}

static timing make_anything(const resolver *z, const expression *e)
{
    switch (e->rule->make) {
    case MAKE_nothing: case MAKE_N: return undated(KIND_none, TIME_DATE, STR(""));
    case MAKE_date: return make_date(z, e);
    case MAKE_shift: return make_shift(z, e);
    case MAKE_told: return make_told(z, e);
    case MAKE_within: return make_within(z, e);
    case MAKE_nth: return make_nth(z, e);
    case MAKE_firstof: return make_firstof(z, e);
    case MAKE_ago: return make_ago(z, e);
    case MAKE_offset: return make_offset(z, e);
    case MAKE_span: return make_span(z, e);
    case MAKE_daypart: return make_daypart(z, e);
    case MAKE_clock: return make_clock(z, e);
    case MAKE_duration: return make_duration(z, e);
    case MAKE_set: return make_set(z, e);
    case MAKE_ref: return undated(KIND_ref, TIME_DATE, e->rule->value);
    case MAKE_decade: return make_decade(z, e);
    case MAKE_century: return make_century(z, e);
    case MAKE_holiday: return make_date(z, e);
    case MAKE_range: return make_range(z, e);
    case MAKE_event: return make_event(z, e);
    case MAKE_quarter: return make_quarter(z, e);
    case MAKE_same: {
        const expression *part = e->part[e->rule->n == NO_VALUE ? 0 : e->rule->n];
        return part ? time_resolve(z, part) : nowhere;
    }
    }
    return nowhere;
}

timing time_resolve(const resolver *z, const expression *e)
{
    timing t = make_anything(z, e);
    narrow(z, &t, e->rule->value);
    if (e->rule->mod.n) t.mod = e->rule->mod;
    return t;
}

void time_told(resolver *z, const timing *t, const expression *e)
{
    bool aside = e->rule->make == MAKE_ago || e->rule->make == MAKE_offset || (e->rule->make == MAKE_quarter && e->rule->n);
    if (!is_dated(t) || t->type == TIME_DURATION || (aside && !one_day(t->kind))) return; // "than a year ago" is no new standpoint
    z->any = *t;
    if (one_day(t->kind)) z->day = *t, remember_acts(z, e, t->begin);
    if (one_day(t->kind) && t->begin <= z->published) z->past_day = *t, z->past_sentence = z->sentence;
    if (one_day(t->kind) && t->begin <= z->published && z->published - t->begin <= FRESH) z->fresh_day = *t;
    if (t->kind == KIND_quarter || t->kind == KIND_barequarter) z->quarter = *t, z->quarter_sentence = z->sentence;
}
