#include "base/map.h"

static map_slot *find_slot(const map *m, str key, uint32_t hash)
{
    size_t mask = m->cap - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        map_slot *s = &m->slots[i];
        if (!s->key.p || (s->hash == hash && str_eq(s->key, key))) return s;
    }
}

// A number below 64 * MAP_SHAPES of a key's length, first, second and last byte.
static unsigned shape_of(str key)
{
    const unsigned char *p = (const unsigned char *)key.p;
    if (key.n < 2) return key.n ? p[0] : 0;
    return ((unsigned)key.n * 67 + p[0] * 31u + p[1] * 7u + p[key.n - 1]) % (64 * MAP_SHAPES);
}

uint32_t map_get(const map *m, str key)
{
    unsigned shape = shape_of(key);
    if (!m->cap || !(m->shapes[shape / 64] >> shape % 64 & 1)) return MAP_NONE;
    const map_slot *s = find_slot(m, key, (uint32_t)str_hash(key));
    return s->key.p ? s->value : MAP_NONE;
}

uint32_t *map_put(arena *a, map *m, str key)
{
    if (m->n * 4 >= m->cap * 3) {
        map bigger = *m;
        bigger.cap = m->cap ? m->cap * 2 : 16;
        bigger.slots = new_array(a, map_slot, bigger.cap);
        for (size_t i = 0; i < m->cap; i++)
            if (m->slots[i].key.p) *find_slot(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
        *m = bigger;
    }
    uint32_t  hash = (uint32_t)str_hash(key);
    map_slot *s = find_slot(m, key, hash);
    if (!s->key.p) {
        unsigned shape = shape_of(key);
        m->shapes[shape / 64] |= (uint64_t)1 << shape % 64;
        *s = (map_slot){.key = {key.p ? key.p : "", key.n}, .value = MAP_NONE, .hash = hash};
        m->n++;
    }
    return &s->value;
}
