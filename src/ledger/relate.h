// relate.h — what one figure of a happening is to another: who agrees, who contradicts whom, what was superseded.
//
//   ministry  25 May  >= 31 killed
//   ministry  26 May  >= 35 killed     supersedes the first
//   medics    26 May     30 killed     contradicts the second
//
// A figure is the interval that its wording allows, never a point; nothing is averaged and none is dropped. A toll
// counts what has happened so far, so it only grows: a later figure that is higher may well agree, a later one that is
// lower cannot. Pure: knows neither files nor SQL, and the same claims in the same order give the same relations.

#ifndef LEDGER_RELATE_H
#define LEDGER_RELATE_H

#include "base/arena.h"

#include <stdio.h>

typedef enum {
    RELATE_NONE,
    RELATE_AGREES,      // another claimant; the bounds meet
    RELATE_CONTRADICTS, // another claimant; the bounds are apart at the same time, or the later one is lower
    RELATE_SUPERSEDES,  // the same claimant, later
    RELATE_INCLUDES,    // the other is a part of this one: of its people, or of its days
    RELATE_REPEATS,     // the same claim in another report, or once more in this one
    RELATE_DENIES       // says that it is not so
} relate_kind;

typedef enum { CLAIM_ASSERTED, CLAIM_DENIED, CLAIM_SUPERSEDED, CLAIM_FEARED, CLAIM_PLANNED } claim_status;

typedef struct {
    str          claimant;    // the same text: the same claimant
    str          effect;      // "killed", …: only like is set beside like
    str          unit;        // "person", "family", …
    str          group;       // of whom: "child", "soldier"; empty: everyone
    uint32_t     report;      // reports have numbers of the caller's; copies of one text have the same
    uint32_t     place;       // order within the report
    int32_t      said;        // day; DAY_NONE where the report has none
    int32_t      minute;      // of that day, or -1
    int32_t      begin, last; // the days it counts, or DAY_NONE
    double       low, high;   // what the wording allows; -INFINITY, INFINITY where it is open
    double       value;       // the number as worded; NAN for words like "dozens"
    claim_status status;
    bool         own_voice;  // the report says so itself: `claimant` stands for the report
    bool         additional; // "another 12": comes on top of what is not said
} claim;

typedef struct {
    uint32_t    from, to; // places in the list of claims: `from` supersedes `to`
    relate_kind kind;
    const char *why; // the rule: "bounds-meet", "later-and-lower", …
} relation;

typedef struct {
    relation *v;
    size_t    n, cap;
} relation_list;

const char *relate_kind_name(relate_kind k); // "agrees", …; "" for none

// Least first: day said, report, place in it, a figure told of as superseded before what replaced it. For qsort.
int claim_order(const void *x, const void *y);

// What `later` is to `earlier`, or for `includes` whichever is the whole to its part; `why` may be NULL.
relate_kind relate_pair(const claim *later, const claim *earlier, const char **why);

// All relations among one happening's claims, which are in claim_order: each claim to what it repeats or supersedes,
// else to what the others maintain when it is made. Grows with the number of claims, not with its square.
relation_list relate_all(arena *a, const claim *claims, size_t n);

void relate_dump(FILE *out, relation_list list); // a line each: from | kind | to | why, counted from 1

#endif
