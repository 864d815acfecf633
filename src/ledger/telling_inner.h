// telling_inner.h — shared by the files that make tellings of a record.

#ifndef LEDGER_TELLING_INNER_H
#define LEDGER_TELLING_INNER_H

#include "base/buf.h"
#include "ledger/telling.h"

enum { RULES_TYPES = 24 };

typedef struct {
    str            type;
    telling_family family;
    int            weight;
} type_rule;

struct telling_rules {
    type_rule types[RULES_TYPES]; // a type's place here is its bit in telling.types
    size_t    n;
};

// Small letters without accents and marks, a possessive 's dropped: what is left when spelling does not count.
str telling_fold(arena *a, str s);

// The words of a text, folded, with where they begin.
typedef struct {
    str    word;
    size_t at, end; // bytes of the text
    bool   capital;
} folded_word;

typedef struct {
    folded_word *v;
    size_t       n, cap;
} folded_words;

folded_words telling_words(arena *a, str text, size_t most);
uint32_t     telling_word_hash(str word);

#endif
