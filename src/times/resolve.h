// resolve.h — works out which days an expression means, against the day of publication and what was told before it.

#ifndef TIMES_RESOLVE_H
#define TIMES_RESOLVE_H

#include "base/day.h"
#include "times/rule.h"
#include "times/times.h"

typedef struct {
    time_kind kind;
    time_type type;
    int32_t   begin, last; // days, inclusive; DAY_NONE
    str       value, mod;
} timing;

typedef struct {
    arena            *a;
    const parse      *p;
    const time_words *words;
    const map        *tense;
    int32_t           published; // or DAY_NONE
    // Last told: whatever it was, a day, a day not after the report, a quarter; kind KIND_none if nothing yet.
    timing   any, day, past_day, quarter;
    uint32_t sentence, quarter_sentence; // now, and where the quarter was told
} resolver;

timing time_resolve(const resolver *z, const expression *e);
void   time_told(resolver *z, const timing *t, const expression *e); // remembers it for what refers back

#endif
