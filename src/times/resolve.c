// Resolving: one short function for each way a rule makes days out of its slots and parts.

#include "times/resolve.h"

#include "times/calendar.h"

#include <stdlib.h>

// How many days a date may lie farther off before the one on the side that the tense does not tell is taken instead. A report
// speaks of a day almost a year away without its year only where it lies ahead; quarters are told of long after they end.
enum { AGAINST_TENSE = 300, AGAINST_HABIT = 250, AGAINST_QUARTER = 200 };
enum { LARGEST_AMOUNT = 10000 }; // of any unit: no report speaks of days farther off
enum { FRESH = 7 };              // days: what people are quoted on was said this long before the report at most
enum { QUARTER_LASTS = 6 };      // sentences in which "a year ago" still speaks of the quarter told

static const timing nowhere = {.begin = DAY_NONE, .last = DAY_NONE};

static bool has(const expression *e, piece_class c) { return e->slot[0][c] != NO_VALUE; }
static int  get(const expression *e, piece_class c) { return e->slot[0][c]; }

// The number its rule gives the maker, 0 if none.
static int count_of(const expression *e) { return e->rule->n == NO_VALUE ? 0 : e->rule->n; }

static timing dated(const resolver *z, time_kind kind, interval i)
{
    return (timing){.kind = kind, .type = TIME_DATE, .begin = i.begin, .last = i.last, .value = times_value(z->a, kind, i.begin)};
}

static timing unit_timing(const resolver *z, time_kind kind, int32_t day, int n)
{
    return dated(z, kind, times_unit(kind, day, n));
}

static timing undated(time_kind kind, time_type type, str value)
{
    timing t = nowhere;
    t.kind = kind, t.type = type, t.value = value;
    return t;
}

static bool is_dated(const timing *t) { return t->begin != DAY_NONE; }

static bool one_day(time_kind k)
{
    return k == KIND_day || k == KIND_weekday || k == KIND_bareday || k == KIND_daypart || k == KIND_clock;
}

static time_kind kind_of_unit_named(int32_t unit)
{
    static const uint8_t kinds[U_N] = {
        [U_second] = KIND_clock,    [U_minute] = KIND_clock,    [U_hour] = KIND_clock,        [U_day] = KIND_day,
        [U_weekend] = KIND_weekend, [U_week] = KIND_week,       [U_fortnight] = KIND_week,    [U_month] = KIND_month,
        [U_quarter] = KIND_quarter, [U_season] = KIND_season,   [U_half] = KIND_half,         [U_year] = KIND_year,
        [U_decade] = KIND_decade,   [U_century] = KIND_century, [U_millennium] = KIND_century};
    return unit < 0 || unit >= U_N ? KIND_day : (time_kind)kinds[unit];
}

// --- dates that lack their year ---

static int full_year(int two_digits, int32_t published)
{
    int now = published == DAY_NONE ? 2020 : day_civil(published).year, year = now / 100 * 100 + two_digits;
    return year > now + 20 ? year - 100 : year;
}

static interval holiday_in(const resolver *z, int holiday, int year)
{
    int32_t day = DAY_NONE;
    times_holiday(z->words->holidays.v[holiday], year, &day);
    return (interval){day, day};
}

// "third", "Q3"
static int quarter_number(const expression *e)
{
    int n = has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : has(e, CLASS_MONTHNUM) ? get(e, CLASS_MONTHNUM) : 0;
    return n < 1 ? 1 : n > 4 ? 4 : n;
}

// The interval a bare expression has in a year; begin DAY_NONE where that year has none (29 February).
static interval bare_in_year(const expression *e, int year)
{
    int month = has(e, CLASS_MONTH) ? get(e, CLASS_MONTH) : has(e, CLASS_MONTHNUM) ? get(e, CLASS_MONTHNUM) : 0;
    int day = has(e, CLASS_DAY) ? get(e, CLASS_DAY) : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if (e->kind == KIND_barequarter || e->kind == KIND_quarter) return times_months(year, 3 * quarter_number(e) - 2, 3);
    if (has(e, CLASS_SEASON)) return times_season(year, get(e, CLASS_SEASON));
    if (!month) return (interval){DAY_NONE, DAY_NONE};
    if (!day) return times_months(year, month, 1);
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

// "The 25th", "Friday the 13th": the same in months, a weekday beside it must fit.
static interval nearest_month(const resolver *z, const expression *e, int side)
{
    interval best = {DAY_NONE, DAY_NONE};
    civil    c = day_civil(z->published);
    bool     weekday = has(e, CLASS_WEEKDAY);
    int      distance = 0, reach = weekday ? 18 : 1;
    for (int m = -reach; m <= reach; m++) {
        int32_t day = day_of(c.year, c.month + m, get(e, CLASS_ORDINAL));
        if (day_civil(day).day != get(e, CLASS_ORDINAL) || (weekday && day_weekday(day) + 1 != get(e, CLASS_WEEKDAY))) continue;
        int against = day > z->published ? (side < 0 ? AGAINST_TENSE : side == 0 ? 20 : 0) : side > 0 ? 40 : 0;
        int far = abs(day - z->published) + against;
        if (best.begin == DAY_NONE || far < distance) best = (interval){day, day}, distance = far;
    }
    return best;
}

static str value_without_year(const resolver *z, const expression *e)
{
    int month = has(e, CLASS_MONTH) ? get(e, CLASS_MONTH) : 0;
    int day = has(e, CLASS_DAY) ? get(e, CLASS_DAY) : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if (e->kind == KIND_barequarter) return arena_printf(z->a, "XXXX-Q%d", quarter_number(e));
    if (month && day) return arena_printf(z->a, "XXXX-%02d-%02d", month, day);
    if (month) return arena_printf(z->a, "XXXX-%02d", month);
    if (has(e, CLASS_WEEKDAY)) return arena_printf(z->a, "XXXX-WXX-%d", get(e, CLASS_WEEKDAY));
    if (has(e, CLASS_SEASON)) return arena_printf(z->a, "XXXX-%s", &"SP\0SU\0FA\0WI"[3 * (get(e, CLASS_SEASON) - 1)]);
    switch (e->kind) {
    case KIND_week: return STR("XXXX-WXX");
    case KIND_weekend: return STR("XXXX-WXX-WE");
    case KIND_month:
    case KIND_baremonth: return STR("XXXX-XX");
    case KIND_quarter:
    case KIND_barequarter: return STR("XXXX-QX");
    case KIND_year: return STR("XXXX");
    default: return STR("XXXX-XX-XX");
    }
}

static int side_of(const resolver *z, const expression *e) { return times_tense(z->p, z->tense, e->first, e->end); }

// The day that "that day" and "the next day" go by: what has been told of happened before the report, unless the clause looks
// ahead.
static int32_t told_day(const resolver *z, const expression *e)
{
    if (!z->day.kind) return z->published;
    bool ahead = !z->past_day.kind || times_tense(z->p, z->tense, e->first, e->end) > 0;
    return ahead ? z->day.begin : z->past_day.begin;
}

static timing weekday_near(const resolver *z, const expression *e, int32_t from, int side)
{
    int     step = (get(e, CLASS_WEEKDAY) - 1 - day_weekday(from) + 7) % 7; // days ahead
    int32_t day = side > 0 || !step ? from + step : from + step - 7;
    return dated(z, KIND_day, (interval){day, day});
}

static timing make_date(const resolver *z, const expression *e)
{
    time_kind kind = e->kind;
    int year = has(e, CLASS_YEAR) ? get(e, CLASS_YEAR) : has(e, CLASS_YEAR2) ? full_year(get(e, CLASS_YEAR2), z->published) : 0;
    if (kind == KIND_year && !year && has(e, CLASS_NUM)) year = get(e, CLASS_NUM);
    if (kind == KIND_year && (year < 1 || year > 9999)) return nowhere;
    if (kind == KIND_year) return dated(z, KIND_year, times_months(year, 1, 12));
    if (has(e, CLASS_MONTHNUM) && e->slot[1][CLASS_MONTHNUM] != NO_VALUE) kind = KIND_day;
    interval i = {DAY_NONE, DAY_NONE};
    if (year) i = bare_or_holiday(z, e, year);
    else if (z->published == DAY_NONE) return undated(kind, TIME_DATE, value_without_year(z, e));
    else if (kind == KIND_weekday) return weekday_near(z, e, z->published, side_of(z, e));
    else if (kind == KIND_weekend) {
        int monday_on = side_of(z, e) > 0 || day_weekday(z->published) > 4 ? 0 : -1;
        return unit_timing(z, KIND_weekend, z->published, monday_on);
    } else if (kind == KIND_bareday && !has(e, CLASS_MONTH) && !has(e, CLASS_HOLIDAY)) i = nearest_month(z, e, side_of(z, e));
    else i = nearest_year(z, e, side_of(z, e));
    if (i.begin == DAY_NONE) return nowhere;
    return dated(z, kind == KIND_bareday ? KIND_day : kind, i);
}

// --- relative to the report ---

static timing make_part_of_day(const resolver *z, const expression *e, int32_t day);

// "Today" within quotation marks is the day of the speech: the last one told of the week before the report.
static int32_t said_on(const resolver *z, const expression *e)
{
    return e->quoted && z->fresh_day.kind ? z->fresh_day.begin : z->published;
}

// "two Saturdays ago"
static timing weekdays_back(const resolver *z, const expression *e)
{
    int     weeks = has(e, CLASS_NUM) && get(e, CLASS_NUM) < LARGEST_AMOUNT ? get(e, CLASS_NUM) : 1;
    int32_t yesterday = z->published - 1;
    int32_t day = yesterday - (day_weekday(yesterday) - get(e, CLASS_WEEKDAYS) + 8) % 7 - 7 * (weeks - 1);
    return dated(z, KIND_day, (interval){day, day});
}

// "last March", "next summer", "this Easter", "last Oct. 23"
static timing named_near(const resolver *z, const expression *e, int n)
{
    int32_t  now = z->published;
    int      year = day_civil(now).year;
    interval i = bare_or_holiday(z, e, year);
    bool     month = has(e, CLASS_MONTH) && !has(e, CLASS_DAY);
    if (i.begin == DAY_NONE) return nowhere;
    // "Last February" said in March is not last month: that would have been its name.
    bool just_over = month && i.last < now && i.last + 31 >= times_unit(KIND_month, now, 0).last;
    if (n < 0 && (i.last >= now || just_over)) i = bare_or_holiday(z, e, year - 1);
    if (n > 0 && i.begin <= now) i = bare_or_holiday(z, e, year + 1);
    return i.begin == DAY_NONE ? nowhere : dated(z, month ? KIND_month : has(e, CLASS_SEASON) ? KIND_season : KIND_day, i);
}

// "last March", "this week", "next Friday", "yesterday": n units from the report.
static timing make_shift(const resolver *z, const expression *e)
{
    int     n = has(e, CLASS_DEICTIC) && e->rule->n == NO_VALUE ? get(e, CLASS_DEICTIC) : count_of(e);
    int32_t now = z->published;
    if (now == DAY_NONE) return undated(e->kind, TIME_DATE, value_without_year(z, e));
    if (has(e, CLASS_WEEKDAYS)) return weekdays_back(z, e);
    if (has(e, CLASS_WEEKDAY) && n) return weekday_near(z, e, now + (n > 0 ? 1 : -1), n);
    if (has(e, CLASS_WEEKDAY)) return weekday_near(z, e, now - day_weekday(now), 1); // of this week
    if (has(e, CLASS_MONTH) || has(e, CLASS_SEASON) || has(e, CLASS_HOLIDAY)) return named_near(z, e, n);
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
    int     n = count_of(e);
    bool    small = one_day(e->kind) || has(e, CLASS_WEEKDAY) || has(e, CLASS_DAYPART);
    int32_t from = small ? told_day(z, e) : z->any.kind ? z->any.begin : z->published;
    if (from == DAY_NONE) return undated(e->kind, TIME_DATE, value_without_year(z, e));
    if (has(e, CLASS_WEEKDAY)) return weekday_near(z, e, from + (n > 0 ? 1 : -1), n);
    if (has(e, CLASS_MONTH)) {
        civil c = day_civil(from);
        int   year = c.year + (n < 0 ? -(get(e, CLASS_MONTH) >= c.month) : n > 0 ? get(e, CLASS_MONTH) <= c.month : 0);
        return dated(z, KIND_month, times_months(year, get(e, CLASS_MONTH), 1));
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
    if (has(e, CLASS_NUM)) m.n = get(e, CLASS_NUM) < LARGEST_AMOUNT ? get(e, CLASS_NUM) : LARGEST_AMOUNT;
    else if (e->rule->n != NO_VALUE && e->rule->make == MAKE_duration) m.n = e->rule->n;
    m.half = e->half || str_is(e->rule->value, "+half");
    if (has(e, CLASS_UNITS)) m.unit = get(e, CLASS_UNITS);
    else if (has(e, CLASS_UNIT)) m.unit = get(e, CLASS_UNIT);
    return m;
}

// The duration inside an expression: its own, or that of its first part, and so on down.
static amount amount_within(const expression *e)
{
    if (has(e, CLASS_UNIT) || has(e, CLASS_DAYPART))
        return (amount){.n = 1, .unit = has(e, CLASS_UNIT) ? get(e, CLASS_UNIT) : U_day};
    while (e->rule->make != MAKE_duration && e->part[0]) e = e->part[0];
    return amount_of(e);
}

// "P2Y6M", "PT30M", "PXW" (how many is not said).
static str amount_value(arena *a, amount m)
{
    static const struct {
        const char *head, *unit;
        int         times, more; // counted in that unit; half of one adds so many
        const char *half;        // or this text
    } units[U_N] = {
        [U_second] = {"PT", "S", 1, 0, ""},   [U_minute] = {"PT", "M", 1, 0, "30S"}, [U_hour] = {"PT", "H", 1, 0, "30M"},
        [U_day] = {"P", "D", 1, 0, "T12H"},   [U_weekend] = {"P", "WE", 1, 0, ""},   [U_week] = {"P", "W", 1, 0, "3D"},
        [U_fortnight] = {"P", "W", 2, 1, ""}, [U_month] = {"P", "M", 1, 0, "2W"},    [U_quarter] = {"P", "Q", 1, 0, ""},
        [U_season] = {"P", "S", 1, 0, ""},    [U_half] = {"P", "M", 6, 3, ""},       [U_year] = {"P", "Y", 1, 0, "6M"},
        [U_decade] = {"P", "Y", 10, 5, ""},   [U_century] = {"P", "Y", 100, 50, ""}, [U_millennium] = {"P", "Y", 1000, 500, ""}};
    if (m.unit < 0 || m.unit >= U_N) return STR("PXX");
    const char *head = units[m.unit].head, *unit = units[m.unit].unit, *half = m.half ? units[m.unit].half : "";
    if (m.n == NO_VALUE) return arena_printf(a, "%sX%s", head, m.unit == U_century ? "C" : unit);
    int n = m.n * units[m.unit].times + (m.half ? units[m.unit].more : 0);
    return n || !*half ? arena_printf(a, "%s%d%s%s", head, n, unit, half) : arena_printf(a, "%s%s", head, half);
}

// The day that lies the amount away from `from`, and the kind of unit it is counted in.
static interval moved(int32_t from, amount m, int way, time_kind *kind)
{
    *kind = kind_of_unit_named(m.unit);
    int n = m.n;
    if (m.unit == U_fortnight) n *= 2;
    if (m.unit == U_decade) *kind = KIND_year, n = 10 * n + (m.half ? 5 : 0);
    if (m.unit == U_century) *kind = KIND_year, n = 100 * n + (m.half ? 50 : 0);
    if (m.unit == U_millennium) *kind = KIND_year, n = 1000 * n;
    if (m.unit == U_year && m.half) *kind = KIND_month, n = 12 * n + 6;
    if (*kind == KIND_clock) *kind = KIND_day, n = m.unit == U_hour ? n / 24 : 0;
    return times_unit(*kind, from, way * n);
}

static timing make_duration(const resolver *z, const expression *e)
{
    amount m = amount_of(e);
    return undated(KIND_duration, TIME_DURATION,
                   e->rule->value.n && !str_is(e->rule->value, "+half") ? e->rule->value : amount_value(z->a, m));
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
    int    way = count_of(e);
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
    amount            m = amount_within(e);
    const expression *date = has(e, CLASS_UNIT) ? e->part[0] : e->part[1];
    timing            to = date ? times_resolve(z, date) : z->any;
    if (!date && m.unit == U_day && z->day.kind) to = z->past_day.kind ? z->past_day : z->day;
    int32_t from = to.kind && is_dated(&to) ? to.begin : z->published;
    if (m.n == NO_VALUE) return undated(KIND_ref, TIME_DATE, count_of(e) < 0 ? STR("PAST_REF") : STR("FUTURE_REF"));
    if (m.unit <= U_hour) return undated(KIND_duration, TIME_DURATION, amount_value(z->a, m));
    if (from == DAY_NONE) return undated(KIND_day, TIME_DATE, value_without_year(z, e));
    if (m.unit == U_year && !m.half && quarter_holds(z))
        return unit_timing(z, KIND_quarter, z->quarter.begin, 4 * count_of(e) * m.n);
    return moved_from(z, from, m, count_of(e));
}

// "the past five years": ends or begins with the report.
static timing make_span(const resolver *z, const expression *e)
{
    amount m = amount_within(e);
    timing t = undated(KIND_duration, TIME_DURATION, amount_value(z->a, m));
    if (m.n == NO_VALUE || z->published == DAY_NONE) return t;
    civil   c = day_civil(z->published);
    int     n = m.n, way = count_of(e);
    int32_t far;
    switch (kind_of_unit_named(m.unit)) {
    case KIND_clock:
        if (m.unit != U_hour || n < 24) return t;
        far = z->published + way * (n / 24);
        break;
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
    timing w = times_resolve(z, whole);
    if (!is_dated(&w)) return undated(bare->kind, TIME_DATE, value_without_year(z, bare));
    while (bare->rule->make == MAKE_same && bare->part[0]) bare = bare->part[0];
    if (bare->kind == KIND_weekday) return weekday_near(z, bare, w.begin, 1);
    interval  i = bare_or_holiday(z, bare, day_civil(w.begin).year);
    time_kind kind = bare->kind == KIND_bareday       ? KIND_day
                     : bare->kind == KIND_baremonth   ? KIND_month
                     : bare->kind == KIND_barequarter ? KIND_quarter
                     : bare->kind == KIND_bareseason  ? KIND_season
                                                      : bare->kind;
    return i.begin == DAY_NONE ? nowhere : dated(z, kind, i);
}

// "the second week of March", "the last Friday of May", "the first half of 2020".
static timing make_nth(const resolver *z, const expression *e)
{
    timing w = e->part[0] ? times_resolve(z, e->part[0]) : nowhere;
    if (!is_dated(&w)) return undated(e->kind, TIME_DATE, STR("XXXX-XX-XX"));
    int      n = e->rule->n != NO_VALUE ? e->rule->n : has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 1;
    interval i;
    if (n > LARGEST_AMOUNT) return nowhere;
    if (has(e, CLASS_WEEKDAY)) {
        int32_t from = n < 0 ? w.last - 6 : w.begin + 7 * (n - 1);
        i.begin = i.last = from + (get(e, CLASS_WEEKDAY) - 1 - day_weekday(from) + 7) % 7;
    } else if (e->kind == KIND_week) {
        i = times_unit(KIND_week, n < 0 ? w.last : w.begin + 7 * (n - 1) + 3, 0);
    } else {
        i = n < 0 ? times_unit(e->kind, w.last, n + 1) : times_unit(e->kind, w.begin, n - 1);
    }
    if (i.begin > w.last || i.last < w.begin) return nowhere;
    return dated(z, e->kind, i);
}

// "the first nine months of 1989", "the last two weeks of May".
static timing make_firstof(const resolver *z, const expression *e)
{
    amount m = amount_within(e->part[0]);
    timing t = undated(KIND_duration, TIME_DURATION, amount_value(z->a, m)),
           w = e->part[1] ? times_resolve(z, e->part[1]) : nowhere;
    if (m.n == NO_VALUE || m.n > 1000 || !is_dated(&w)) return t;
    time_kind kind = kind_of_unit_named(m.unit);
    bool      first = e->rule->n > 0;
    t.begin = first               ? w.begin
              : kind == KIND_day  ? w.last - m.n + 1
              : kind == KIND_week ? w.last - 7 * m.n + 1
                                  : times_unit(kind, w.last, 1 - m.n).begin;
    t.last = !first              ? w.last
             : kind == KIND_day  ? w.begin + m.n - 1
             : kind == KIND_week ? w.begin + 7 * m.n - 1
                                 : times_unit(kind, w.begin, m.n - 1).last;
    return t;
}

// "early October", "earlier this year", "the end of the week".
static void narrow(const resolver *z, timing *t, str part)
{
    interval i = {t->begin, t->last};
    if (!is_dated(t)) return;
    if (str_is(part, "early")) i = times_third(t->kind, i, -1);
    else if (str_is(part, "mid")) i = times_third(t->kind, i, 0);
    else if (str_is(part, "late")) i = times_third(t->kind, i, 1);
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
    int    part = has(e, CLASS_DAYPART) ? get(e, CLASS_DAYPART) : 4;
    str    date = times_value(z->a, KIND_day, day);
    timing t = {.kind = KIND_daypart, .type = TIME_TIME, .begin = day, .last = day};
    t.value = part >= 6 ? arena_printf(z->a, "%.*sT%02d:00", (int)date.n, date.p, part == 6 ? 12 : 24)
                        : arena_printf(z->a, "%.*sT%s", (int)date.n, date.p, daypart_values[part]);
    return t;
}

// "Friday night", "the morning of Oct. 7", "that evening", "overnight" (the night into the day).
static timing make_daypart(const resolver *z, const expression *e)
{
    timing  day = e->part[0] ? times_resolve(z, e->part[0]) : nowhere;
    bool    into = str_is(e->rule->value, "into"), told = str_is(e->rule->value, "told") && z->day.kind;
    int32_t on = e->part[0] ? day.begin : told ? z->day.begin : z->published;
    if (e->part[0] && !is_dated(&day)) return day;
    if (on == DAY_NONE) {
        int part = has(e, CLASS_DAYPART) ? get(e, CLASS_DAYPART) : 4;
        return undated(KIND_daypart, TIME_TIME, arena_printf(z->a, "XXXX-XX-XXT%s", daypart_values[part % 7]));
    }
    on += count_of(e);
    // "arrested on Friday and held overnight": the night after the day told in the same sentence.
    if (into && z->past_day.kind && z->past_sentence == z->sentence && z->past_day.begin < z->published) on = z->past_day.begin;
    timing t = make_part_of_day(z, e, on);
    if (into) t.last = t.begin + 1;
    return t;
}

// Minutes of the day; `near` is what stands beside the clock and may tell morning from evening.
static int clock_minutes(const expression *c, const expression *near)
{
    int hour = has(c, CLASS_HOUR) ? get(c, CLASS_HOUR) : has(c, CLASS_NUM) ? get(c, CLASS_NUM) : 0;
    int minute = has(c, CLASS_MINUTE) ? get(c, CLASS_MINUTE) : c->half ? 30 : 0;
    if (has(c, CLASS_HHMM)) hour = get(c, CLASS_HHMM) / 100, minute = get(c, CLASS_HHMM) % 100;
    if (c->rule->n != NO_VALUE) hour = c->rule->n;
    if (hour > 24 || minute > 59) return -1;
    int  part = has(near, CLASS_DAYPART) ? get(near, CLASS_DAYPART) : has(c, CLASS_DAYPART) ? get(c, CLASS_DAYPART) : 0;
    bool morning = part <= 1 || (part == 4 && hour < 6); // one at night is after midnight, ten is before
    if (has(c, CLASS_AMPM)) hour = hour % 12 + (get(c, CLASS_AMPM) ? 12 : 0);
    else if (!morning && hour < 12) hour += 12;
    return 60 * hour + minute;
}

// "10 a.m. Tuesday", "2:30 the next day"; alone it says no day, and its value takes the one told last.
static timing make_clock(const resolver *z, const expression *e)
{
    const expression *when = e->part[0], *c = e;
    if (when && when->kind == KIND_clock) c = when, when = e->part[1];
    timing  day = when ? times_resolve(z, when) : nowhere, t = nowhere;
    int32_t on = is_dated(&day) ? day.begin : when ? DAY_NONE : told_day(z, e);
    int     minutes = clock_minutes(c, e);
    str     date = on == DAY_NONE ? STR("XXXX-XX-XX") : times_value(z->a, KIND_day, on);
    if (minutes < 0) return nowhere;
    t.kind = KIND_clock, t.type = TIME_TIME;
    if (when) t.begin = t.last = on;
    t.value = minutes == 24 * 60 ? arena_printf(z->a, "%.*sT24", (int)date.n, date.p)
                                 : arena_printf(z->a, "%.*sT%02d:%02d", (int)date.n, date.p, minutes / 60, minutes % 60);
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
    int     year = has(e, CLASS_YEAR) ? get(e, CLASS_YEAR)
                                      : full_year(has(e, CLASS_SIXTIES) ? get(e, CLASS_SIXTIES) : get(e, CLASS_YEAR2), now);
    if (year % 100 == 0) return dated(z, KIND_century, times_months(year, 1, 1200));
    if (year % 10) return nowhere;
    return dated(z, KIND_decade, times_months(year, 1, 120));
}

// "the 21st century" is 2000 to 2099, as ISO 8601 and TimeML (20) have it.
static timing make_century(const resolver *z, const expression *e)
{
    int n = has(e, CLASS_ORDINAL) ? get(e, CLASS_ORDINAL) : 0;
    if (n < 1 || n > 30) return nowhere;
    return dated(z, KIND_century, times_months(100 * (n - 1), 1, 1200));
}

static timing make_range(const resolver *z, const expression *e)
{
    timing x, y;
    if (e->part[0] && e->part[1]) {
        x = times_resolve(z, e->part[0]), y = times_resolve(z, e->part[1]);
    } else if (has(e, CLASS_MONTH)) {
        expression  first = *e, last = *e;
        piece_class days = has(e, CLASS_DAY) ? CLASS_DAY : CLASS_ORDINAL;
        first.kind = last.kind = KIND_bareday;
        last.slot[0][days] = e->slot[1][days];
        x = make_date(z, &first), y = make_date(z, &last);
    } else {
        int from = get(e, CLASS_YEAR), to = e->slot[1][CLASS_YEAR] != NO_VALUE ? e->slot[1][CLASS_YEAR]
                                            : has(e, CLASS_YEAR2)              ? from / 100 * 100 + get(e, CLASS_YEAR2)
                                                                               : from;
        x = dated(z, KIND_year, times_months(from, 1, 12)), y = dated(z, KIND_year, times_months(to, 1, 12));
    }
    if (!is_dated(&x) || !is_dated(&y) || y.last < x.begin) return nowhere;
    x.last = y.last;
    x.value = arena_printf(z->a, "%.*s/%.*s", (int)x.value.n, x.value.p, (int)y.value.n, y.value.p);
    return x;
}

// "the quarter", "the latest period", "the 2019 quarter": the one told last, else the last that is over.
static timing make_quarter(const resolver *z, const expression *e)
{
    timing q = z->quarter, when = e->part[1] ? times_resolve(z, e->part[1]) : nowhere;
    if (is_dated(&when)) return unit_timing(z, KIND_quarter, when.begin, 0);
    if (!q.kind && z->published == DAY_NONE) return undated(KIND_quarter, TIME_DATE, STR("XXXX-QX"));
    if (!q.kind || (q.last >= z->published && z->published != DAY_NONE)) q = unit_timing(z, KIND_quarter, z->published, -1);
    if (has(e, CLASS_YEAR)) return dated(z, KIND_quarter, times_months(get(e, CLASS_YEAR), day_civil(q.begin).month, 3));
    return unit_timing(z, KIND_quarter, q.begin, count_of(e));
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
    if (times_crowded(z->p, i)) return DAY_NONE;
    uint32_t event = parse_child(z->p, i, DEP_pobj);
    if (event == TOKEN_NONE) event = parse_child(z->p, i, DEP_pcomp);
    if (event == TOKEN_NONE && t->dep == DEP_mark) event = t->head;
    if (event == TOKEN_NONE) return z->day.kind ? told_day(z, e) : DAY_NONE;
    uint32_t det = times_crowded(z->p, event) ? TOKEN_NONE : parse_child(z->p, event, DEP_det);
    if (det != TOKEN_NONE && z->p->v[det].lower.p[0] == 'a') return DAY_NONE; // "before a debate": not one told of
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
    if (from == DAY_NONE || m.n == NO_VALUE || m.unit <= U_hour) return counted ? times_resolve(z, e->part[0]) : nowhere;
    if (has(e, CLASS_DAYPART)) return make_part_of_day(z, e, from + count_of(e));
    return moved_from(z, from, m, count_of(e));
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
    uint32_t     i = times_head(p, e->first, e->end);
    for (int k = 0; k < 6 && p->v[i].head != i; k++) {
        i = p->v[i].head;
        if (times_crowded(p, i)) return;
        if (p->v[i].pos == POS_NOUN) remember_act(z, i, day);
        if (p->v[i].pos != POS_VERB) continue;
        for_children (p, i, c) {
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
    case MAKE_nothing:
    case MAKE_N: return nowhere;
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
        const expression *part = e->part[count_of(e) == 1];
        return part ? times_resolve(z, part) : nowhere;
    }
    }
    return nowhere;
}

timing times_resolve(const resolver *z, const expression *e)
{
    timing t = make_anything(z, e);
    narrow(z, &t, e->rule->value);
    if (e->rule->mod.n) t.mod = e->rule->mod;
    return t;
}

void times_told(resolver *z, const timing *t, const expression *e)
{
    bool aside = e->rule->make == MAKE_ago || e->rule->make == MAKE_offset || (e->rule->make == MAKE_quarter && e->rule->n);
    if (!is_dated(t) || t->type == TIME_DURATION || (aside && !one_day(t->kind)))
        return; // "than a year ago" is no new standpoint
    z->any = *t;
    if (one_day(t->kind)) z->day = *t, remember_acts(z, e, t->begin);
    if (one_day(t->kind) && t->begin <= z->published) z->past_day = *t, z->past_sentence = z->sentence;
    if (one_day(t->kind) && t->begin <= z->published && z->published - t->begin <= FRESH) z->fresh_day = *t;
    if (t->kind == KIND_quarter || t->kind == KIND_barequarter) z->quarter = *t, z->quarter_sentence = z->sentence;
}
