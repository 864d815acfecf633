#include "ledger/entities.h"

#include "base/utf8.h"
#include "ledger/telling_inner.h"
#include "places/places.h"

#include <stdlib.h>
#include <string.h>

// The lines of entities.tsv, in its order.
#define ENTITY_POINTS(X)                                                                                                         \
    X(THRESHOLD, "threshold")                                                                                                    \
    X(SAME_PLACE_ID, "same-place-id")                                                                                            \
    X(OTHER_PLACE_ID, "other-place-id")                                                                                          \
    X(NEAR, "near")                                                                                                              \
    X(FAR, "far")                                                                                                                \
    X(SAME_STATE, "same-state")                                                                                                  \
    X(FULL_NAME, "full-name")                                                                                                    \
    X(LONGER_NAME, "longer-name")                                                                                                \
    X(ONE_WORD, "one-word-name")                                                                                                 \
    X(ROLE_AND_NAME, "role-and-name")                                                                                            \
    X(ACRONYM, "acronym")                                                                                                        \
    X(SAME_COUNTRY, "same-country")                                                                                              \
    X(OTHER_COUNTRY, "other-country")                                                                                            \
    X(SAME_SECTOR, "same-sector")                                                                                                \
    X(OTHER_SECTOR, "other-sector")                                                                                              \
    X(OTHER_KIND, "other-kind")                                                                                                  \
    X(ONLY_LAST, "only-last-name")
#define ENTITY_POINTS_ID(id, name) POINTS_##id,
#define ENTITY_POINTS_NAME(id, name) name,
typedef enum { ENTITY_POINTS(ENTITY_POINTS_ID) POINTS_COUNT } entity_points;

static const char *const point_names[] = {ENTITY_POINTS(ENTITY_POINTS_NAME)};

struct entity_rules {
    float points[POINTS_COUNT];
};

static const double near_km = 15, far_km = 100;

const entity_rules *entities_rules_load(const data_set *d, fault *f)
{
    entity_rules *r = new (d->a, entity_rules);
    tsv           t;
    size_t        n = 0;
    if (!data_open(d, "ledger/entities.tsv", &t, f)) return NULL;
    for (; tsv_next(&t); n++) {
        str   text = tsv_get(&t, "points");
        char *end, *points = new_array(d->a, char, text.n + 1);
        if (text.n) memcpy(points, text.p, text.n);
        if (n == POINTS_COUNT || !str_is(tsv_get(&t, "id"), point_names[n]))
            return fault_set(f, "data/ledger/entities.tsv:%d: \"%s\" should stand here", t.line,
                             n < POINTS_COUNT ? point_names[n] : "nothing"),
                   NULL;
        r->points[n] = strtof(points, &end);
        if (end == points || *end) return fault_set(f, "data/ledger/entities.tsv:%d: points are no number", t.line), NULL;
    }
    if (n < POINTS_COUNT) return fault_set(f, "data/ledger/entities.tsv: has no line \"%s\"", point_names[n]), NULL;
    return r;
}

entity_card entities_card(const reading_entity *e)
{
    return (entity_card){.name = e->name,
                         .names = e->names.v,
                         .n_names = e->names.n,
                         .kind = e->kind,
                         .country = e->country,
                         .sector = e->sector,
                         .geonames = e->has_place ? e->place.geonames : 0,
                         .has_place = e->has_place,
                         .lat = e->place.lat,
                         .lon = e->place.lon,
                         .precision = e->place.precision};
}

// --- names ---

enum { MOST_WORDINGS = 12, MOST_NAME_WORDS = 10 };

typedef struct {
    str    word[MOST_NAME_WORDS];
    size_t n;
    bool   proper;  // begins with a capital and has no small word but of, and, for, the …
    bool   acronym; // one word, all capitals
} wording;

typedef struct {
    wording v[MOST_WORDINGS];
    size_t  n;
} wordings;

static bool small_word(str w)
{
    static const char *const small[] = {"of", "and", "for", "the", "in",  "on", "de", "la", "el",
                                        "al", "bin", "van", "von", "der", "du", "da", "y"};
    for (size_t i = 0; i < sizeof small / sizeof *small; i++)
        if (str_is(w, small[i])) return true;
    return false;
}

static bool all_capitals(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return s.n > 1;
}

static void add_wording(arena *a, wordings *l, str text)
{
    folded_words w = telling_words(a, text, MOST_NAME_WORDS + 1);
    wording      x = {.proper = w.n > 0 && w.n <= MOST_NAME_WORDS, .acronym = all_capitals(text)};
    if (l->n == MOST_WORDINGS || !x.proper) return;
    bool any = false;
    for (size_t i = 0; i < w.n; i++) {
        if (i == 0 && w.n > 1 && str_is(w.v[i].word, "the")) continue;
        any |= w.v[i].capital || (unsigned char)text.p[w.v[i].at] >= 0x80;
        if (!w.v[i].capital && (unsigned char)text.p[w.v[i].at] < 0x80 && !small_word(w.v[i].word)) x.proper = false;
        x.word[x.n++] = w.v[i].word;
    }
    if (any && x.proper) l->v[l->n++] = x;
}

static wordings wordings_of(arena *a, const entity_card *e)
{
    wordings l = {.n = 0};
    add_wording(a, &l, e->name);
    for (size_t i = 0; i < e->n_names; i++) add_wording(a, &l, e->names[i]);
    return l;
}

static bool same_words(const wording *x, const wording *y)
{
    if (x->n != y->n) return false;
    for (size_t i = 0; i < x->n; i++)
        if (!str_eq(x->word[i], y->word[i])) return false;
    return true;
}

// First and last word alike, and all words of the shorter one among the other's, in order: "Ann Lee", "Ann Marie Lee".
static bool longer_name(const wording *x, const wording *y)
{
    if (x->n > y->n) return longer_name(y, x);
    if (x->n < 2 || x->n == y->n || !str_eq(x->word[0], y->word[0]) || !str_eq(x->word[x->n - 1], y->word[y->n - 1]))
        return false;
    size_t k = 0;
    for (size_t i = 0; i < y->n && k < x->n; i++) k += str_eq(x->word[k], y->word[i]);
    return k == x->n;
}

// "ICJ" and the first letters of "International Court of Justice".
static bool stands_for(const wording *acronym, const wording *full)
{
    size_t k = 0;
    if (!acronym->acronym || full->n < 3) return false;
    str letters = acronym->word[0];
    for (size_t i = 0; i < full->n; i++) {
        if (small_word(full->word[i])) continue;
        if (k == letters.n || full->word[i].p[0] != letters.p[k++]) return false;
    }
    return k == letters.n;
}

// What the names alone say: the best of all pairs of wordings.
static entity_points names_say(const wordings *x, const wordings *y, bool person)
{
    static const entity_points best_first[] = {POINTS_FULL_NAME, POINTS_LONGER_NAME, POINTS_ONE_WORD, POINTS_ACRONYM,
                                               POINTS_ROLE_AND_NAME};
    bool                       found[POINTS_COUNT] = {false};
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n; k++) {
            const wording *a = &x->v[i], *b = &y->v[k];
            if (same_words(a, b)) {
                // the fullest name of both; a later wording of a person may be "Governor Lee"
                if (a->n > 1) found[person && (i || k) ? POINTS_ROLE_AND_NAME : POINTS_FULL_NAME] = true;
                else if (!person) found[POINTS_ONE_WORD] = true;
            }
            if (person && i == 0 && k == 0) found[POINTS_LONGER_NAME] |= longer_name(a, b);
            if (!person) found[POINTS_ACRONYM] |= stands_for(a, b) || stands_for(b, a);
        }
    for (size_t i = 0; i < sizeof best_first / sizeof *best_first; i++)
        if (found[best_first[i]]) return best_first[i];
    return POINTS_ONLY_LAST;
}

// --- together ---

static bool kind_is(const entity_card *e, const char *kind) { return str_is(e->kind, kind); }
static bool is_place(const entity_card *e) { return kind_is(e, "place") || kind_is(e, "facility"); }
static bool is_body(const entity_card *e) { return kind_is(e, "organisation") || kind_is(e, "armed_group"); }

static bool kinds_agree(const entity_card *x, const entity_card *y)
{
    return str_eq(x->kind, y->kind) || (is_place(x) && is_place(y)) || (is_body(x) && is_body(y));
}

static void give(entity_match *m, const entity_rules *r, entity_points p)
{
    m->score += r->points[p];
    if (m->n_why < ENTITY_REASONS) m->why[m->n_why++] = (entity_reason){point_names[p], r->points[p]};
}

static void match_places(entity_match *m, const entity_rules *r, const entity_card *x, const entity_card *y, const wordings *nx,
                         const wordings *ny)
{
    if (x->geonames && y->geonames) {
        give(m, r, x->geonames == y->geonames ? POINTS_SAME_PLACE_ID : POINTS_OTHER_PLACE_ID);
        return;
    }
    if (!x->has_place || !y->has_place || !str_eq(x->precision, y->precision)) return;
    double km = places_km(x->lat, x->lon, y->lat, y->lon);
    bool   named = nx->n && ny->n && same_words(&nx->v[0], &ny->v[0]);
    if (km > far_km) give(m, r, POINTS_FAR);
    else if (named && km < near_km) give(m, r, POINTS_NEAR);
}

entity_match entities_match(arena *a, const entity_rules *r, const entity_card *x, const entity_card *y)
{
    entity_match m = {.score = 0};
    wordings     nx = wordings_of(a, x), ny = wordings_of(a, y);
    bool         countries = x->country.n && y->country.n, sectors = x->sector.n && y->sector.n;
    give(&m, r, POINTS_THRESHOLD);
    if (!kinds_agree(x, y)) give(&m, r, POINTS_OTHER_KIND);
    else if (kind_is(x, "state")) {
        if (countries) give(&m, r, str_eq(x->country, y->country) ? POINTS_SAME_STATE : POINTS_OTHER_COUNTRY);
    } else if (is_place(x)) match_places(&m, r, x, y, &nx, &ny);
    else {
        give(&m, r, names_say(&nx, &ny, kind_is(x, "person")));
        if (countries) give(&m, r, str_eq(x->country, y->country) ? POINTS_SAME_COUNTRY : POINTS_OTHER_COUNTRY);
        if (sectors) give(&m, r, str_eq(x->sector, y->sector) ? POINTS_SAME_SECTOR : POINTS_OTHER_SECTOR);
    }
    return m;
}

// --- keys ---

static void key_of(uint64_t keys[ENTITY_KEYS], size_t *n, const char *kind, str text)
{
    uint64_t h = (str_hash(str_of(kind)) ^ str_hash(text)) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    for (size_t i = 0; i < *n; i++)
        if (keys[i] == h) return;
    if (*n < ENTITY_KEYS) keys[(*n)++] = h;
}

static str joined(arena *a, const wording *w, bool ends_only)
{
    buf b = {.a = a};
    for (size_t i = 0; i < w->n; i++) {
        if (ends_only && i && i + 1 < w->n) continue;
        if (b.n) buf_char(&b, ' ');
        buf_put(&b, w->word[i]);
    }
    return buf_str(&b);
}

static str initials(arena *a, const wording *w)
{
    buf b = {.a = a};
    for (size_t i = 0; i < w->n; i++)
        if (!small_word(w->word[i])) buf_char(&b, w->word[i].p[0]);
    return buf_str(&b);
}

size_t entities_keys(arena *a, const entity_card *e, uint64_t keys[ENTITY_KEYS])
{
    size_t   n = 0;
    wordings l = wordings_of(a, e);
    if (kind_is(e, "state")) {
        if (e->country.n) key_of(keys, &n, "state", e->country);
        return n;
    }
    if (is_place(e)) {
        if (e->geonames) key_of(keys, &n, "place", arena_printf(a, "%lld", (long long)e->geonames));
        if (e->has_place && l.n) key_of(keys, &n, "place", joined(a, &l.v[0], false));
        return n;
    }
    for (size_t i = 0; i < l.n; i++) {
        if (kind_is(e, "person")) {
            if (l.v[i].n > 1) key_of(keys, &n, "person", joined(a, &l.v[i], true)); // "Ann Marie Lee" meets "Ann Lee"
        } else {
            key_of(keys, &n, "body", joined(a, &l.v[i], false));
            if (l.v[i].n > 2) key_of(keys, &n, "body", initials(a, &l.v[i]));
        }
    }
    return n;
}
