// format.h — the arrays of the gazetteer file (net/file.h is its container).
//
//   places.rows [n, 7] u32 | places.hashes [names] u64, rising | places.first [names + 1] u32, places.posts u32
//   places.countries [n, 8] u8, alpha-2 and alpha-3 codes | places.chars u8, NUL-terminated names
//
// A name is kept as the hash of its folded spelling alone: two of a million names collide once in a hundred million
// files, and no lookup needs the spelling back.

#ifndef PLACES_FORMAT_H
#define PLACES_FORMAT_H

#include "base/arena.h"

typedef struct {
    uint32_t geonames, name, admin1, population; // name, admin1: places in the characters
    int32_t  lat, lon;                           // 1e-5 degrees
    char     country[3];
    uint8_t  precision;
} gazetteer_row;

#define POST_USUAL 0x80000000u // a post is a row's number, with this bit where the name is its usual one

typedef struct {
    char alpha2[4], alpha3[4]; // NUL-terminated
} gazetteer_country;

_Static_assert(sizeof(gazetteer_row) == 28 && sizeof(gazetteer_country) == 8, "as the file has them");

// Lower-case ASCII of a name: accents off, apostrophes and points dropped, hyphens and other marks a blank.
// Empty if a letter is not of the Latin script.
str places_fold(arena *a, str name);

#endif
