// unicode_table.h — what is known of every code point; only unicode.h reads it.

#ifndef BASE_UNICODE_TABLE_H
#define BASE_UNICODE_TABLE_H

#include <stdint.h>

typedef struct {
    uint8_t flags;
    int32_t lower; // what to add for the lower case
} unicode_kind;

enum { UNICODE_BLOCK = 128 };

extern const unicode_kind unicode_kinds[];
extern const uint8_t      unicode_first[];  // block of code points -> row of unicode_second
extern const uint8_t      unicode_second[]; // -> kind

#endif
