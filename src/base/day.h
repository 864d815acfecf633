// day.h — days since 1970-01-01 in the proleptic Gregorian calendar.

#ifndef BASE_DAY_H
#define BASE_DAY_H

#include "base/arena.h"

#define DAY_NONE INT32_MIN

typedef struct {
    int year, month, day; // month and day from 1
} civil;

int32_t day_of(int year, int month, int day);  // month and day may run over: day_of(2024, 13, 0) is 2024-12-31
civil   day_civil(int32_t day);
int     day_weekday(int32_t day);              // 0 = Monday … 6 = Sunday
int     day_month_length(int year, int month);
int32_t day_parse(str iso);                    // "2024-05-25" (more may follow a 'T' or a blank); DAY_NONE if it is none
void    day_iso(int32_t day, char out[16]);    // "2024-05-25", NUL-terminated
str     day_words(arena *a, int32_t begin, int32_t last); // "24 May 2024", "1–25 May 2024", or empty

#endif
