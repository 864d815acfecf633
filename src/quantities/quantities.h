// quantities.h — finds how many: numbers in digits and words with what they count, and what befell those counted.
//
//   "killed at least 12 children"   ->   at least 12 children | >= 12 | child | killed | …

#ifndef QUANTITIES_QUANTITIES_H
#define QUANTITIES_QUANTITIES_H

#include "article/article.h"
#include "lex/data.h"
#include "parse/parse.h"

typedef enum { OP_EQ, OP_GE, OP_GT, OP_LE, OP_LT, OP_ABOUT, OP_RANGE, OP_VAGUE } quantity_op;
typedef enum {
    EFFECT_KILLED,
    EFFECT_INJURED,
    EFFECT_INFECTED,
    EFFECT_MISSING,
    EFFECT_ABDUCTED,
    EFFECT_ARRESTED,
    EFFECT_DISPLACED,
    EFFECT_RESCUED,
    EFFECT_PRESENT,
    EFFECT_DEPLOYED,
    EFFECT_OTHER
} quantity_effect;
typedef enum { FIGURE_ASSERTED, FIGURE_DENIED, FIGURE_SUPERSEDED, FIGURE_FEARED, FIGURE_PLANNED } figure_status;
typedef enum {
    COUNTS_PEOPLE,
    COUNTS_THINGS,
    COUNTS_MONEY,
    COUNTS_PERCENT,
    COUNTS_MEASURE,
    COUNTS_NOTHING,
    COUNTS_ONE // one person told of without a number: "a man was killed"
} quantity_kind;

typedef struct {
    span            at;         // quantity and what it counts, shortest complete phrase: "more than 30 people"
    uint32_t        first, end; // its tokens
    uint32_t        number;     // token of the number (the last one of a long one)
    uint32_t        counted;    // token of the counted noun; the number's own where none is said
    uint32_t        governor;   // token that gave the effect ("killed"), or TOKEN_NONE
    quantity_op     op;
    double          value, value2; // exact integers up to 2^53; value2 for ranges
    str             vague;         // OP_VAGUE: the words, lower case ("dozens")
    bool            has_low, has_high;
    double          low, high; // bounds that follow from the wording
    str             noun;      // head noun, singular, as the report has it; "person" if only understood
    str             unit;      // what is counted by: "person", or "family", "household", "couple"; a thing's own noun
    quantity_kind   kind;      // COUNTS_PEOPLE become figures of the record; COUNTS_ONE only where no number is given
    quantity_effect effect;
    figure_status   status;
    bool            total;      // a running toll over a period
    uint32_t        part_of;    // "including 12 children": index of the quantity it is a part of, or UINT32_MAX
    bool            additional; // "another 12", "12 more"
    bool            first_told; // "initially said", "an earlier toll of": superseded where the report has another
    bool            open;       // shot, stabbed, beaten: whether they lived is not told here
    bool            care;       // taken to hospital, with wounds: they may have died since
    str             rule;
} quantity;

typedef struct {
    quantity *v;
    size_t    n, cap;
} quantity_list;

typedef struct quantity_rules quantity_rules;

const quantity_rules *quantity_rules_load(const data_set *d, fault *f);
quantity_list         quantities_find(arena *a, const parse *p, const quantity_rules *rules);
void                  quantities_dump(FILE *out, const parse *p, quantity_list list);

const char *quantity_op_name(quantity_op op);        // "=", ">=", …, "range", "vague"
const char *quantity_effect_name(quantity_effect e); // "killed", …
const char *figure_status_name(figure_status s);

#endif
