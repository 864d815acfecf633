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

enum { ACTS_KEPT = 48 }; // enough for the events of a report; "the day after" one told long before is rare

typedef struct {
    arena            *a;
    const parse      *p;
    const time_words *words;
    const map        *tense;
    int32_t           published; // or DAY_NONE
    // Last told: whatever it was, a day, one not after the report, one of the week before it, a quarter; KIND_none if nothing
    // yet.
    timing   any, day, past_day, fresh_day, quarter;
    uint32_t sentence, quarter_sentence, past_sentence; // now, and where quarter and past day were told
    struct {
        str     lemma;
        int32_t day;
    } acts[ACTS_KEPT]; // verbs and nouns told with a day, the last ones, in turn
    size_t n_acts;
} resolver;

timing times_resolve(const resolver *z, const expression *e);
void   times_told(resolver *z, const timing *t, const expression *e); // remembers it for what refers back

#endif
