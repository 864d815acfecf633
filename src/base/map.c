#include "base/map.h"

static map_slot *find_slot(const map *m, str key, uint32_t hash)
{
    size_t mask = m->cap - 1;
    for (size_t i = hash & mask;; i = (i + 1) & mask) {
        map_slot *s = &m->slots[i];
        if (!s->key.p || (s->hash == hash && str_eq(s->key, key))) return s;
    }
}

uint32_t map_get(const map *m, str key)
{
    if (!m->cap) return MAP_NONE;
    const map_slot *s = find_slot(m, key, (uint32_t)str_hash(key));
    return s->key.p ? s->value : MAP_NONE;
}

uint32_t *map_put(arena *a, map *m, str key)
{
    if (m->n * 4 >= m->cap * 3) {
        map bigger = {.cap = m->cap ? m->cap * 2 : 16, .n = m->n};
        bigger.slots = new_array(a, map_slot, bigger.cap);
        for (size_t i = 0; i < m->cap; i++)
            if (m->slots[i].key.p) *find_slot(&bigger, m->slots[i].key, m->slots[i].hash) = m->slots[i];
        *m = bigger;
    }
    uint32_t  hash = (uint32_t)str_hash(key);
    map_slot *s = find_slot(m, key, hash);
    if (!s->key.p) {
        *s = (map_slot){.key = {key.p ? key.p : "", key.n}, .value = MAP_NONE, .hash = hash};
        m->n++;
    }
    return &s->value;
}
