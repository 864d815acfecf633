// map.h — text to number: an open-addressing table in an arena. Keys are not copied.

#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

#define MAP_NONE UINT32_MAX

typedef struct {
    str      key;
    uint32_t value;
    uint32_t hash; // low half of str_hash; 0 with key.p == NULL marks a free slot
} map_slot;

enum { MAP_SHAPES = 32 };

typedef struct {
    map_slot *slots;
    size_t    n, cap;             // cap is a power of two, or 0
    uint64_t  shapes[MAP_SHAPES]; // lengths and outer letters of the keys: most words that are no key are known by them
} map;

uint32_t  map_get(const map *m, str key);     // or MAP_NONE
uint32_t *map_put(arena *a, map *m, str key); // its value; MAP_NONE if it was not there yet

#endif
