// format.h — the gazetteer file: a header, then arrays, each on a multiple of 8 bytes.
//
//   header | rows | hashes of names, rising | first post of each name | posts | countries | characters
//
// A name is kept as the hash of its folded spelling alone: two of a million names collide once in a hundred million
// files, and no lookup needs the spelling back.

#ifndef PLACES_FORMAT_H
#define PLACES_FORMAT_H

#include "base/arena.h"

#define GAZETTEER_MAGIC "TDPLACES"
enum { GAZETTEER_VERSION = 1 };

typedef struct {
    char     magic[8];
    uint32_t version, n_rows, n_names, n_posts, n_countries, n_chars;
    uint64_t checksum; // of all that follows the header
} gazetteer_header;

typedef struct {
    uint32_t geonames, name, admin1, population; // name, admin1: places in the characters, NUL-terminated
    int32_t  lat, lon;                           // 1e-5 degrees
    char     country[3];
    uint8_t  precision;
} gazetteer_row;

#define POST_USUAL 0x80000000u // a post is a row's number, with this bit where the name is its usual one

typedef struct {
    char alpha2[4], alpha3[4]; // NUL-terminated
} gazetteer_country;

// Lower-case ASCII of a name: accents off, apostrophes and points dropped, hyphens and other marks a blank.
// Empty if a letter is not of the Latin script.
str places_fold(arena *a, str name);

uint64_t gazetteer_checksum(const void *bytes, size_t n);

#endif
