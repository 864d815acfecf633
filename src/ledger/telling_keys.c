// Where tellings of one happening meet.

#include "ledger/telling_inner.h"

#include <math.h>
#include <stdlib.h>

enum { KEY_DAY = 1, KEY_PERSON, KEY_RARE_NAME };

// How many of each are asked for; more find hardly more that is one happening, and each costs a look-up.
enum { KEY_DAYS = 2, KEY_PLACES = 3, KEY_PEOPLE = 6, KEY_NAMES = 10, KEY_DAY_NAMES = 3, KEY_PROVINCE = 3 };

static void add_key(uint64_t keys[TELLING_KEYS], size_t *n, uint64_t kind, uint64_t x, uint64_t y)
{
    uint64_t h = (kind * 0x9e3779b97f4a7c15u ^ x) * 0xd6e8feb86659fd93u;
    h = ((h ^ h >> 32) ^ y) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h = (h & ~(uint64_t)1) | (kind == KEY_DAY);
    for (size_t i = 0; i < *n; i++)
        if (keys[i] == h) return;
    if (*n < TELLING_KEYS) keys[(*n)++] = h;
}

// What the place or name was told of on the best days; suffices alone.
static void day_keys(const telling *t, uint64_t keys[TELLING_KEYS], size_t *n, uint64_t name)
{
    for (uint32_t d = 0, days = 0; d < t->n_days && days < KEY_DAYS; d++) {
        if (t->days[d].last != t->days[d].begin) continue;
        days++;
        add_key(keys, n, KEY_DAY, name, (uint64_t)t->days[d].begin);
    }
}

// A place of one word meets the same word in another report that did not take it for a place.
static void place_keys(const telling *t, uint64_t keys[TELLING_KEYS], size_t *n)
{
    for (uint32_t p = 0, places = 0; p < t->n_places && places < KEY_PLACES; p++) {
        if (t->places[p].precision == KEY_PROVINCE) continue;
        places++;
        day_keys(t, keys, n, telling_word_hash(t->places[p].name));
    }
}

// First and last word of a name as a pair: is it one that reports are full of?
static bool is_full_name(const telling_rules *rules, str name, str *first, str *last)
{
    size_t i = name.n;
    *first = str_split(name, ' ', &(str){0});
    while (i > 0 && name.p[i - 1] != ' ') i--;
    *last = str_cut(name, i, name.n);
    return telling_rarity(rules, telling_pair_hash(*first, *last)) < RARITY_UNSEEN;
}

// People that few reports tell of.
static void person_keys(const telling *t, const telling_rules *rules, uint64_t keys[TELLING_KEYS], size_t *n)
{
    for (uint32_t i = 0, people = 0; i < t->n_people && people < KEY_PEOPLE; i++) {
        const telling_person *p = &t->people[i];
        str                   first, last;
        if (str_find(p->name, STR(" ")) < 0 || is_full_name(rules, p->name, &first, &last)) continue;
        people++;
        add_key(keys, n, KEY_PERSON, str_hash(first) * 31 + str_hash(last), 0);
    }
}

typedef struct {
    float    worth;
    uint32_t word;
} rare_name;

static int by_name_worth(const void *x, const void *y)
{
    const rare_name *a = x, *b = y;
    if (a->worth != b->worth) return a->worth < b->worth ? 1 : -1;
    return (a->word > b->word) - (a->word < b->word);
}

// Words and pairs of words in capitals that few reports have: those of headline and lead, and frequent ones, first.
static void rare_name_keys(const telling *t, const telling_rules *rules, uint64_t keys[TELLING_KEYS], size_t *n)
{
    rare_name v[TELLING_WORDS];
    size_t    m = 0;
    for (uint32_t i = 0; i < t->n_words; i++) {
        const telling_word *w = &t->words[i];
        if (!(w->where & (WORD_PAIR | WORD_NAME)) || telling_rarity(rules, w->word) < RARITY_UNSEEN) continue;
        float more = (w->where & WORD_HEADLINE ? 1.0f : 0) + (w->where & WORD_LEAD ? 1.0f : 0) + logf((float)w->count);
        v[m++] = (rare_name){more, w->word};
    }
    qsort(v, m, sizeof *v, by_name_worth);
    if (m > KEY_NAMES) m = KEY_NAMES;
    for (size_t i = 0; i < m; i++) {
        add_key(keys, n, KEY_RARE_NAME, v[i].word, 0);
        if (i < KEY_DAY_NAMES) day_keys(t, keys, n, v[i].word);
    }
}

static int by_key(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

size_t telling_keys(const telling *t, const telling_rules *rules, uint64_t keys[TELLING_KEYS])
{
    size_t n = 0;
    place_keys(t, keys, &n);
    person_keys(t, rules, keys, &n);
    rare_name_keys(t, rules, keys, &n);
    qsort(keys, n, sizeof *keys, by_key);
    return n;
}
