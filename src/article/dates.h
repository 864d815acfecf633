// dates.h — one written date, as pages and headers have it: with year, perhaps with time and zone.
//
//   "Sat, 25 May 2024 10:30 GMT"  ->  2024-05-25, minute 630, "Z"
//   "03/04/2021"                  ->  2021-03-04 or 2021-04-03: both, for somebody else to decide

#ifndef ARTICLE_DATES_H
#define ARTICLE_DATES_H

#include "article/article.h"
#include "base/map.h"

typedef struct {
    map words; // lower case -> kind << 16 | value + 0x4000
} date_words;

typedef struct {
    int32_t day;
    int32_t other;  // the day if day and month are the other way round; DAY_NONE if that cannot be
    int16_t minute; // of the day, or -1
    str     zone;   // "Z", "+02:00", or empty
    bool    year;   // false: only asked for, and given, by dates_read_short
} date_found;

bool dates_load(date_words *w, const data_set *d, fault *f);

// A date that begins at s.p[i]: where it ends, or 0 if there is none.
size_t dates_read(arena *a, const date_words *w, str s, size_t i, date_found *out);
// The same without a year: "August 7", "13 Feb." (of a dateline).
size_t dates_read_short(arena *a, const date_words *w, str s, size_t i, date_found *out);
// A clock time with its zone: "10:30 GMT", "4.05 pm".
size_t dates_read_time(arena *a, const date_words *w, str s, size_t i, int16_t *minute, str *zone);
// All of s is a machine's date: ISO 8601, RFC 822, seconds since 1970; else the first date written in it.
bool dates_value(arena *a, const date_words *w, str s, date_found *out);
// The date in an address: /2024/05/25/, /2024/may/25/, /2024-05-25-, /20240525/.
bool dates_of_url(arena *a, const date_words *w, str url, date_found *out);

#endif
