// calendar.h — weeks, months, quarters … as days, their TimeML values, and the days of holidays.

#ifndef TIMES_CALENDAR_H
#define TIMES_CALENDAR_H

#include "base/day.h"
#include "times/rule.h"

typedef struct {
    int32_t begin, last; // days, inclusive
} interval;

interval times_months(int year, int month, int n);             // n whole months from that one on
interval times_season(int year, int season);                   // 1 = spring … 4 = winter; three whole months
interval times_unit(time_kind kind, int32_t day, int n);       // the unit of that kind that holds the day, or the n-th after it
interval times_third(time_kind kind, interval i, int third);   // the early (-1), middle (0) or late (1) part of such a unit
str      times_value(arena *a, time_kind kind, int32_t begin); // "2024-05-25", "2024-W21", "2024-Q2", "202"

// The day of a holiday in a year, by its rule: "12-25"; "11-thu-4" the fourth Thursday of November, "5-mon-9" the last Monday of
// May, "11-tue-1+1" the day after the first Tuesday; "easter-2". False if it is no such rule.
bool times_holiday(str rule, int year, int32_t *day);

#endif
