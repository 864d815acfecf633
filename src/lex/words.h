// words.h — sets of words made from a table: text -> number of its row's payload.

#ifndef LEX_WORDS_H
#define LEX_WORDS_H

#include "base/map.h"
#include "lex/data.h"

// Small fixed vocabularies written as rows "word<TAB>kind": words_kind(w, "percent") is the index of its
// kind in `kinds` (a NULL-ended list), or MAP_NONE.
typedef struct {
    map in;
} words;

// Reads column `word_column` of data file `name`; each word's value is the index of its `kind_column` in `kinds`.
// False with a line naming file and row if a kind is not among them.
bool     words_load(words *w, const data_set *d, const char *name, const char *word_column, const char *kind_column,
                    const char *const *kinds, fault *f);
uint32_t words_kind(const words *w, str lower); // or MAP_NONE

#endif
