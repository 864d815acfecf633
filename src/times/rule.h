// rule.h — the rules of data/times/rules.tsv: patterns over pieces, applied in passes from left to right, longest first.
//
//   "early on the morning of May 3"   pass 1: May 3 (day);  pass 2: the morning of May 3 (daypart);  pass 3: early on …
//
// A pattern is made of
//   word        that word in either case; words|parted|so: one of them
//   CLASS       a piece that may be such a thing (piece.h)
//   <kind>      an expression of that kind that an earlier pass made
//   [ … ]       may be missing
//   { … }       must stand there, and is not part of the expression (at the beginning or at the end)
//   ~           before any of them: no white space between it and what goes before

#ifndef TIMES_RULE_H
#define TIMES_RULE_H

#include "times/piece.h"

// Kinds of expressions. A bare one lacks what a larger unit would tell: "Friday", "July", "May 3", "third quarter".
#define KIND_LIST(X)                                                                                                             \
    X(none)                                                                                                                      \
    X(weekday)                                                                                                                   \
    X(day)                                                                                                                       \
    X(bareday)                                                                                                                   \
    X(week) X(weekend) X(month) X(baremonth) X(quarter) X(barequarter) X(season) X(bareseason) X(half) X(year) X(decade)         \
        X(century) X(clock) X(daypart) X(duration) X(length) X(period) X(set) X(ref)
#define KIND_ENUM(name) KIND_##name,
typedef enum { KIND_LIST(KIND_ENUM) KIND_N } time_kind;

// What a rule makes of its slots and parts: one function of resolve.c each.
#define MAKE_LIST(X)                                                                                                             \
    X(nothing)                                                                                                                   \
    X(date)                                                                                                                      \
    X(shift)                                                                                                                     \
    X(told)                                                                                                                      \
    X(within) X(nth) X(firstof) X(ago) X(offset) X(span) X(daypart) X(clock) X(duration) X(set) X(ref) X(decade) X(century)      \
        X(holiday) X(range) X(same) X(quarter) X(event)
#define MAKE_ENUM(name) MAKE_##name,
typedef enum { MAKE_LIST(MAKE_ENUM) MAKE_N } time_make;

enum { NO_VALUE = INT32_MIN, MOST_PARTS = 2 };

typedef struct {
    str       id;
    int       line;
    uint8_t   pass;
    time_kind kind; // KIND_N: that of the unit or part
    time_make make;
    int32_t   n;     // the maker's number, or NO_VALUE
    int32_t   unit;  // the maker's unit, or NO_VALUE
    str       value; // the maker's text: "PRESENT_REF", "MO"
    str       mod;   // TimeML modifier it adds, or empty
    uint32_t  only;  // a bit for each condition
} time_rule;

typedef struct expression {
    const time_rule         *rule;
    time_kind                kind;
    span                     at;
    uint32_t                 first, end;       // tokens
    int32_t                  slot[2][CLASS_N]; // what first and second piece of a class are worth, or NO_VALUE
    bool                     half;
    bool                     quoted; // within quotation marks
    const struct expression *part[MOST_PARTS];
} expression;

struct time_rules;
typedef struct time_rules time_rules;

const time_words *times_rules_words(const time_rules *r);
const map        *times_rules_tense(const time_rules *r); // lemma -> bits of tense_word

// What verbs, nouns and prepositions tell about the days named with them (data/times/tense.tsv).
typedef enum { TENSE_plan = 1, TENSE_ahead = 2, TENSE_open = 4, TENSE_put = 8, TENSE_to = 16 } tense_word;

// Does the sentence place words [first, end) before the report (-1) or after it (1)? 0 where it does not tell.
int  times_tense(const parse *p, const map *tense, uint32_t first, uint32_t end);
bool times_crowded(const parse *p, uint32_t i); // more dependents than any clause has: looking through them would take too long
uint32_t times_head(const parse *p, uint32_t first, uint32_t end); // the token of the words whose head lies outside

// The conditions of the column `only` (condition.c): the number of one, and whether all in a set of bits hold for some pieces.
uint32_t times_condition_named(str name); // or MAP_NONE
bool     times_condition_holds(const parse *p, uint32_t only, const piece *first, const piece *end);

// Replaces what the rules of each pass match; the list then holds words and whole expressions.
void times_apply(arena *a, const time_rules *r, const parse *p, piece_list *pieces);

#endif
