// Where tellings of one happening meet.

#include "ledger/telling_inner.h"

#include <stdlib.h>

enum { KEY_PLACE_DAY = 1, KEY_PERSON_MONTH, KEY_PAIR_WEEK };
enum { KEY_DAYS = 3, KEY_PLACES = 4, KEY_PEOPLE = 8, KEY_PAIRS = 12 };

static void add_key(uint64_t keys[TELLING_KEYS], size_t *n, uint64_t kind, uint64_t x, uint64_t y)
{
    uint64_t h = (kind * 0x9e3779b97f4a7c15u ^ x) * 0xd6e8feb86659fd93u;
    h = ((h ^ h >> 32) ^ y) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    for (size_t i = 0; i < *n; i++)
        if (keys[i] == h) return;
    if (*n < TELLING_KEYS) keys[(*n)++] = h;
}

static int by_value(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

size_t telling_keys(const telling *t, const telling_rules *rules, uint64_t keys[TELLING_KEYS])
{
    size_t n = 0;
    (void)rules;
    for (uint32_t p = 0; p < t->n_places && p < KEY_PLACES; p++)
        for (uint32_t d = 0; d < t->n_days && d < KEY_DAYS && t->places[p].precision != 3; d++)
            if (t->days[d].last == t->days[d].begin)
                add_key(keys, &n, KEY_PLACE_DAY, str_hash(t->places[p].name), (uint64_t)t->days[d].begin * 8 + t->family);
    for (uint32_t i = 0, people = 0; i < t->n_people && people < KEY_PEOPLE; i++) {
        str name = t->people[i].name;
        if (str_find(name, STR(" ")) < 0) continue;
        people++;
        add_key(keys, &n, KEY_PERSON_MONTH, str_hash(name), t->family);
    }
    if (t->published != DAY_NONE)
        for (uint32_t i = 0, pairs = 0; i < t->n_words && pairs < KEY_PAIRS; i++) {
            const telling_word *w = &t->words[i];
            if (!(w->where & WORD_PAIR) || !(w->where & (WORD_HEADLINE | WORD_LEAD))) continue;
            pairs++;
            add_key(keys, &n, KEY_PAIR_WEEK, w->word, (uint64_t)(t->published / 7));
            add_key(keys, &n, KEY_PAIR_WEEK, w->word, (uint64_t)(t->published / 7 + 1));
        }
    qsort(keys, n, sizeof *keys, by_value);
    return n;
}
