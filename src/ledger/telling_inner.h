// telling_inner.h — shared by the files that make tellings of a record.

#ifndef LEDGER_TELLING_INNER_H
#define LEDGER_TELLING_INNER_H

#include "base/buf.h"
#include "learn/learn.h"
#include "ledger/telling.h"

enum { RULES_TYPES = 24 };

typedef struct {
    str            type;
    telling_family family;
    int            weight;
} type_rule;

struct telling_rules {
    type_rule    types[RULES_TYPES]; // a type's place here is its bit in telling.types
    size_t       n;
    weight_table words; // rarity: -log of the share of reports that have a word, where that is above one in some hundreds
};

// How rare a word is; words that the table does not have are as rare as RARITY_UNSEEN.
#define RARITY_UNSEEN 7.5f
float telling_rarity(const telling_rules *rules, uint32_t word);

// The table of types alone, without the learned rarities: all that the trainer has.
telling_rules *telling_types_load(const data_set *d, fault *f);

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
// Two words in capitals that stand side by side, "New Haven": is one at i, and its hash.
bool     telling_pair_at(const folded_words *w, size_t i, str text);
uint32_t telling_pair_hash(str first, str second);

#endif
