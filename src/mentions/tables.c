// Loads the tables of data/mentions: countries, bodies, roles, head nouns, given names.

#include "mentions/inner.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {"person", "organisation", "armed_group", "state",
                                         "people", "place",        "facility",    "other"};

// PLOVER's sectors.
static const char *const sector_names[] = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY",
                                           "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN",
                                           "LAB", "MED", "OPP", "PRE", "REF", "REL", "SOC"};

const char *entity_kind_name(entity_kind k) { return kind_names[k]; }

static bool row_fault(const tsv *t, fault *f, const char *what, str value)
{
    return fault_set(f, "%s:%d: unknown %s \"%.*s\"", t->file, t->line, what, (int)value.n, value.p);
}

static bool read_kind(const tsv *t, entity_kind *out, fault *f)
{
    str k = tsv_get(t, "kind");
    for (size_t i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
        if (str_is(k, kind_names[i])) return *out = (entity_kind)i, true;
    return row_fault(t, f, "kind", k);
}

static bool read_sector(const tsv *t, const char **out, fault *f)
{
    str s = tsv_get(t, "sector");
    *out = NULL;
    if (!s.n) return true;
    for (size_t i = 0; i < sizeof sector_names / sizeof *sector_names; i++)
        if (str_is(s, sector_names[i])) return *out = sector_names[i], true;
    return row_fault(t, f, "sector", s);
}

static bool read_country(const tsv *t, const char *column, char out[4], fault *f)
{
    str c = tsv_get(t, column);
    if (c.n && c.n != 3) return row_fault(t, f, column, c);
    memcpy(out, c.n ? c.p : "\0\0\0", 3);
    out[3] = 0;
    return true;
}

// Each of the wordings, parted by semicolons, names that thing. What an earlier row took stays its own.
static void add_wordings(arena *a, mention_rules *r, str list, uint32_t thing, uint8_t as)
{
    for (str rest = list; rest.p && rest.n;) {
        str one = str_trim(str_split(rest, ';', &rest));
        if (!one.n) continue;
        str      key = mentions_fold(a, one), rest_words, first = str_split(key, ' ', &rest_words);
        uint32_t words = 1 + (rest_words.p != NULL);
        for (size_t i = 0; i < rest_words.n; i++) words += rest_words.p[i] == ' ';
        uint32_t *longest = map_put(a, &r->known_first, first);
        if (*longest == MAP_NONE || *longest < words) *longest = words;
        uint32_t *at = map_put(a, &r->known_at, key);
        if (*at == MAP_NONE) {
            *at = (uint32_t)r->n_known;
            if (r->n_known == r->cap_known) arena_grow(a, &r->known, &r->cap_known, r->n_known, sizeof *r->known);
            r->known[r->n_known++] = (known_name){thing, 0};
        }
        if (r->known[*at].thing == thing) r->known[*at].as |= as;
    }
}

static uint32_t add_thing(arena *a, mention_rules *r, known_thing t)
{
    if (r->n_things == r->cap_things) arena_grow(a, &r->things, &r->cap_things, r->n_things, sizeof *r->things);
    r->things[r->n_things] = t;
    return (uint32_t)r->n_things++;
}

static bool load_countries(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/countries.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        known_thing c = {.name = tsv_get(&t, "name"), .also = tsv_get(&t, "also"), .kind = ENTITY_STATE};
        if (!read_country(&t, "alpha3", c.country, f)) return false;
        uint32_t thing = add_thing(d->a, r, c);
        add_wordings(d->a, r, c.name, thing, KNOWN_NAME);
        add_wordings(d->a, r, tsv_get(&t, "also"), thing, KNOWN_NAME);
        add_wordings(d->a, r, tsv_get(&t, "adjective"), thing, KNOWN_ADJECTIVE);
        add_wordings(d->a, r, tsv_get(&t, "people"), thing, KNOWN_PEOPLE);
        for (str rest = tsv_get(&t, "capital"); rest.p && rest.n;) {
            str one = str_trim(str_split(rest, ';', &rest));
            if (one.n) *map_put(d->a, &r->capital_at, mentions_fold(d->a, one)) = thing;
        }
    }
    return true;
}

static bool read_degrees(const tsv *t, const char *column, double *out, fault *f)
{
    str  s = tsv_get(t, column);
    char text[32], *end;
    if (!s.n || s.n >= sizeof text) return row_fault(t, f, column, s);
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *out = strtod(text, &end);
    return *end ? row_fault(t, f, column, s) : true;
}

// Continents, seas and regions that are no countries, with a point to stand for them.
static bool load_regions(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/regions.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        known_thing g = {.name = tsv_get(&t, "name"), .kind = ENTITY_PLACE, .has_point = true};
        if (!read_country(&t, "country", g.country, f) || !read_degrees(&t, "lat", &g.lat, f) ||
            !read_degrees(&t, "lon", &g.lon, f))
            return false;
        uint32_t thing = add_thing(d->a, r, g);
        add_wordings(d->a, r, g.name, thing, KNOWN_NAME);
        add_wordings(d->a, r, tsv_get(&t, "also"), thing, KNOWN_NAME);
        add_wordings(d->a, r, tsv_get(&t, "adjective"), thing, KNOWN_ADJECTIVE);
        add_wordings(d->a, r, tsv_get(&t, "people"), thing, KNOWN_PEOPLE);
    }
    return true;
}

static bool load_bodies(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/bodies.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        known_thing b = {.name = tsv_get(&t, "name"), .generic = str_is(tsv_get(&t, "generic"), "generic")};
        if (!read_kind(&t, &b.kind, f) || !read_sector(&t, &b.sector, f) || !read_country(&t, "country", b.country, f))
            return false;
        uint32_t thing = add_thing(d->a, r, b);
        add_wordings(d->a, r, b.name, thing, KNOWN_NAME);
        add_wordings(d->a, r, tsv_get(&t, "also"), thing, KNOWN_NAME);
    }
    return true;
}

static bool load_roles(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/roles.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str       gender = tsv_get(&t, "gender"), title = tsv_get(&t, "title");
        role_word w = {.title = str_is(title, "title"), .body = str_is(title, "body"), .gender = gender.n ? gender.p[0] : 0};
        if (title.n && !w.title && !w.body) return row_fault(&t, f, "title", title);
        if (!read_sector(&t, &w.sector, f)) return false;
        for (str rest = tsv_get(&t, "words"); rest.p && rest.n;) {
            str one = str_trim(str_split(rest, ';', &rest));
            if (r->n_roles == r->cap_roles) arena_grow(d->a, &r->roles, &r->cap_roles, r->n_roles, sizeof *r->roles);
            r->roles[r->n_roles] = w;
            *map_put(d->a, &r->role_at, mentions_fold(d->a, one)) = (uint32_t)r->n_roles++;
        }
    }
    return true;
}

static bool load_heads(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/heads.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        head_word w = {0};
        if (!read_kind(&t, &w.kind, f) || !read_sector(&t, &w.sector, f)) return false;
        str name = tsv_get(&t, "name");
        w.after = str_ends(name, STR("after"));
        w.before = str_is(name, "before");
        w.only = str_starts(name, STR("only"));
        if (name.n && !w.after && !w.before && !w.only) return row_fault(&t, f, "name", name);
        w.general = str_is(tsv_get(&t, "general"), "general");
        str precision = tsv_get(&t, "precision");
        w.precision = str_is(precision, "city") ? PLACE_CITY : str_is(precision, "district") ? PLACE_DISTRICT : PLACE_POINT;
        if (precision.n && w.precision == PLACE_POINT) return row_fault(&t, f, "precision", precision);
        for (str rest = tsv_get(&t, "words"); rest.p && rest.n;) {
            str one = str_trim(str_split(rest, ';', &rest));
            if (r->n_heads == r->cap_heads) arena_grow(d->a, &r->heads, &r->cap_heads, r->n_heads, sizeof *r->heads);
            r->heads[r->n_heads] = w;
            *map_put(d->a, &r->head_at, mentions_fold(d->a, one)) = (uint32_t)r->n_heads++;
        }
    }
    return true;
}

static bool load_given_names(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/given.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str gender = tsv_get(&t, "gender");
        if (gender.n != 1 || !strchr("mfb", gender.p[0])) return row_fault(&t, f, "gender", gender);
        for (str rest = tsv_get(&t, "names"); rest.p && rest.n;) {
            str one = str_trim(str_split(rest, ' ', &rest));
            if (one.n) *map_put(d->a, &r->given_at, mentions_fold(d->a, one)) = (uint32_t)gender.p[0];
        }
    }
    return true;
}

static bool load_provinces(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/provinces.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        short_province p = {.name = tsv_get(&t, "name")};
        if (!read_country(&t, "country", p.country, f)) return false;
        if (r->n_provinces == r->cap_provinces)
            arena_grow(d->a, &r->provinces, &r->cap_provinces, r->n_provinces, sizeof *r->provinces);
        r->provinces[r->n_provinces] = p;
        for (str rest = tsv_get(&t, "short"); rest.p && rest.n;)
            *map_put(d->a, &r->province_at, str_trim(str_split(rest, ';', &rest))) = (uint32_t)r->n_provinces;
        r->n_provinces++;
    }
    return true;
}

// Nouns that may stand for each other: a row's words have its number.
static bool load_likes(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/likes.tsv", &t, f)) return false;
    for (uint32_t row = 0; tsv_next(&t); row++)
        for (str rest = tsv_get(&t, "words"); rest.p && rest.n;) {
            str       one = mentions_fold(d->a, str_split(rest, ';', &rest));
            uint32_t *at = map_put(d->a, &r->like_at, one);
            if (*at == MAP_NONE) *at = row;
        }
    return true;
}

// From the name outwards: "block of" before a name is kept as "of", "block".
static bool add_beside(mention_rules *r, arena *a, str words, beside_row row)
{
    str pieces[BESIDE_WORDS];
    for (str rest = words; rest.p && rest.n;) {
        if (row.n == BESIDE_WORDS) return false;
        pieces[row.n++] = str_trim(str_split(rest, ' ', &rest));
    }
    for (size_t i = 0; i < row.n; i++) row.words[i] = pieces[row.before ? row.n - 1 - i : i];
    uint32_t *first = map_put(a, &r->beside_at[row.before], row.words[0]);
    row.next = *first;
    *first = (uint32_t)r->n_beside;
    if (r->n_beside == r->cap_beside) arena_grow(a, &r->beside, &r->cap_beside, r->n_beside, sizeof *r->beside);
    r->beside[r->n_beside++] = row;
    return true;
}

static bool load_beside(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/beside.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str        side = tsv_get(&t, "side"), asks = tsv_get(&t, "asks");
        beside_row row = {.before = str_is(side, "before"), .town = str_is(asks, "town")};
        if (!row.before && !str_is(side, "after")) return row_fault(&t, f, "side", side);
        if (asks.n && !row.town) return row_fault(&t, f, "asks", asks);
        if (!read_kind(&t, &row.kind, f)) return false;
        for (str rest = tsv_get(&t, "words"); rest.p && rest.n;) {
            str one = str_trim(str_split(rest, ';', &rest));
            if (one.n && !add_beside(r, d->a, one, row)) return row_fault(&t, f, "words", one);
        }
    }
    return true;
}

static bool load_sieve(mention_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "mentions/rules.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        sieve_rule s = {.id = tsv_get(&t, "id")};
        str        window = tsv_get(&t, "window");
        s.sieve = mentions_sieve(s.id);
        if (s.sieve < 0) return row_fault(&t, f, "id", s.id);
        if (window.n && !str_int(window, &s.window)) return row_fault(&t, f, "window", window);
        for (str rest = tsv_get(&t, "words"); rest.p && rest.n;) {
            str one = mentions_fold(d->a, str_split(rest, ';', &rest));
            if (one.n) *map_put(d->a, &s.words, one) = 1;
        }
        if (r->n_sieve == r->cap_sieve) arena_grow(d->a, &r->sieve, &r->cap_sieve, r->n_sieve, sizeof *r->sieve);
        r->sieve[r->n_sieve++] = s;
    }
    return true;
}

const mention_rules *mention_rules_load(const data_set *d, const gazetteer *g, fault *f)
{
    mention_rules *r = new (d->a, mention_rules);
    r->places = g;
    bool ok = load_countries(r, d, f) && load_regions(r, d, f) && load_bodies(r, d, f) && load_roles(r, d, f) &&
              load_heads(r, d, f) && load_given_names(r, d, f) && load_likes(r, d, f) && load_beside(r, d, f) && load_provinces(r, d, f) &&
              load_sieve(r, d, f);
    return ok ? r : NULL;
}

const known_name *mentions_known(const mention_rules *r, str key)
{
    uint32_t i = key.n ? map_get(&r->known_at, key) : MAP_NONE;
    return i == MAP_NONE ? NULL : &r->known[i];
}

const role_word *mentions_role(const mention_rules *r, str key)
{
    uint32_t i = key.n ? map_get(&r->role_at, key) : MAP_NONE;
    return i == MAP_NONE ? NULL : &r->roles[i];
}

const head_word *mentions_head(const mention_rules *r, str key)
{
    uint32_t i = key.n ? map_get(&r->head_at, key) : MAP_NONE;
    return i == MAP_NONE ? NULL : &r->heads[i];
}

bool mentions_is_direction(str word)
{
    static const char *const words[] = {"north",     "south",        "east",         "west",         "northern",     "southern",
                                        "eastern",   "western",      "central",      "northeast",    "northwest",    "southeast",
                                        "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "upper",
                                        "lower",     "downtown",     "greater",      "inner",        "outer",        "mainland"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(word, words[k])) return true;
    return false;
}
