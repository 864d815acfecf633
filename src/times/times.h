// times.h — finds the words that say when, and works out which days they mean.
//
//   "closed on Monday", published 2024-03-06   ->   Monday | 2024-03-04 | weekday
//
// Three steps: piece.h cuts the text into words, numbers and signs and looks up what each may be; rule.h makes expressions of
// them by the patterns of data/times/rules.tsv; resolve.h works out days and TimeML values in the order of the text, from the day
// of publication, the tense of the clause (data/times/tense.tsv) and the days told before.

#ifndef TIMES_TIMES_H
#define TIMES_TIMES_H

#include "article/article.h"
#include "lex/data.h"
#include "parse/parse.h"

typedef enum { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET } time_type; // TimeML
typedef enum { BY_MINUTE, BY_DAY, BY_WEEK, BY_MONTH, BY_SEASON, BY_YEAR, BY_DECADE } time_precision;

typedef struct {
    span           at;          // the words themselves, without a preposition
    uint32_t       first, end;  // their tokens
    int32_t        begin, last; // days, inclusive; DAY_NONE: not on the calendar
    time_precision precision;
    time_type      type;
    str            value; // TimeML value: "2024-05-25", "P7M", "2024-W22", "PRESENT_REF"
    str            mod;   // TimeML modifier ("EARLY", "APPROX") or empty
    str            rule;  // which line of data/times/rules.tsv said so
} time_note;

typedef struct {
    time_note *v;
    size_t     n, cap;
} time_list;

typedef struct time_rules time_rules;

const time_rules *time_rules_load(const data_set *d, fault *f); // NULL with a line in f

// `published` may be DAY_NONE: then only dates that name their year get days, unless the report gives itself a day: a paragraph
// near the top that is nothing but a full date (which also corrects a `published` a few days off).
time_list times_find(arena *a, const parse *p, const time_rules *rules, int32_t published);

// words | begin or begin..last | value and modifier | rule. Days are left out where there are none, the value where it is just
// the day.
void times_dump(FILE *out, str text, time_list times);

#endif
