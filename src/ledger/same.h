// same.h — do two tellings tell of the same happening? A small learned model, data/ledger/merge.weights, and its reasons.
//
//   same_score(rules, x, y) > 0   ->   more likely one happening than two

#ifndef LEDGER_SAME_H
#define LEDGER_SAME_H

#include "ledger/telling.h"

typedef struct same_rules same_rules;

const same_rules *same_rules_load(const data_set *d, fault *f);

// Log odds; the same for (x, y) and (y, x). Tellings of one report score -SAME_NEVER: its reader has told them apart.
#define SAME_NEVER 99.0f
float same_score(const same_rules *rules, const telling *x, const telling *y);

// What spoke for it (above 0) and against, strongest first.
typedef struct {
    const char *what;  // "day", "city", "people", …: id of the line in data/ledger/features.tsv
    str         words; // "2024-05-25 in both", "Rafah; Khan Younis": what was compared
    float       weight;
} same_reason;

typedef struct {
    same_reason *v;
    size_t       n, cap;
} same_reason_list;

same_reason_list same_reasons(arena *a, const same_rules *rules, const telling *x, const telling *y);

#endif
