// names.h — labels as numbers: those of labels.h, and beyond them what a loaded model has of its own.

#ifndef PARSE_NAMES_H
#define PARSE_NAMES_H

#include "base/arena.h"
#include "parse/parse.h"

typedef enum { LABEL_TAG, LABEL_DEP, LABEL_ENT, LABEL_KINDS } label_kind;

struct label_names {
    struct {
        const char **v; // NUL-terminated; v[0] has the number TAG_KNOWN (DEP_KNOWN, ENT_KNOWN)
        size_t       n, cap;
    } more[LABEL_KINDS];
};

// The label's number; a new one where it is not known yet. 0 with *full set where 255 are taken.
uint8_t label_number(arena *a, label_names *names, label_kind kind, str label, bool *full);

#endif
