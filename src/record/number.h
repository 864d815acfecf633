// number.h — what the record numbers: entities worth printing, sentences with words, code points.

#ifndef RECORD_NUMBER_H
#define RECORD_NUMBER_H

#include "record/record.h"

#define NOT_PRINTED 0u

typedef struct {
    uint32_t *entity;   // [entities] its number in the record from 1, or NOT_PRINTED
    uint32_t *sentence; // [sentences] its number from 0, or UINT32_MAX for white space alone
    uint32_t *point;    // [bytes of text + 1] code points before that byte
} record_numbers;

// An entity is printed if it is named, is told of in two wordings, or holds a role, a source or a place somewhere.
record_numbers record_number(arena *a, const report *r);

const char *time_type_name(time_type t);
const char *time_precision_name(time_precision p);
const char *place_precision_name(place_precision p);

#endif
