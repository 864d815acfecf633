#include "places/import.h"

#include "base/buf.h"
#include "places/format.h"
#include "places/places.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint64_t hash;
    uint32_t post;
} named_row;

typedef struct {
    arena *a;
    struct {
        gazetteer_row *v;
        size_t         n, cap;
    } rows;
    struct {
        named_row *v;
        size_t     n, cap;
    } names;
    struct {
        gazetteer_country *v;
        size_t             n, cap;
    } countries;
    buf chars;
} gazetteer_draft;

static void release_json(void *json) { json_decref(json); }

static json_t *load_json(arena *a, str text, const char *what, fault *f)
{
    json_error_t e;
    json_t      *j = json_loadb(text.p, text.n, 0, &e);
    if (!j) return fault_set(f, "%s:%d: %s", what, e.line, e.text), NULL;
    arena_defer(a, release_json, j);
    if (!json_is_object(j)) return fault_set(f, "%s: not an object", what), NULL;
    return j;
}

static str json_field(const json_t *j, const char *key) { return str_of(json_string_value(json_object_get(j, key))); }

static uint32_t add_chars(gazetteer_draft *g, str s)
{
    uint32_t at = (uint32_t)g->chars.n;
    buf_put(&g->chars, s);
    buf_char(&g->chars, 0);
    return at;
}

static void add_name(gazetteer_draft *g, str name, uint32_t row, bool usual)
{
    str key = places_fold(g->a, name);
    if (key.n) *push(g->a, &g->names) = (named_row){str_hash(key), row | (usual ? POST_USUAL : 0)};
}

static uint32_t add_row(gazetteer_draft *g, gazetteer_row r, const char *alpha3)
{
    memcpy(r.country, alpha3, 3);
    *push(g->a, &g->rows) = r;
    return (uint32_t)g->rows.n - 1;
}

static const char *draft_alpha3(const gazetteer_draft *g, str alpha2)
{
    for (size_t i = 0; i < g->countries.n; i++)
        if (str_is(alpha2, g->countries.v[i].alpha2)) return g->countries.v[i].alpha3;
    return NULL;
}

static int32_t fixed_degrees(double v) { return (int32_t)lround(v * 1e5); }

// --- countries ---

static bool add_countries(gazetteer_draft *g, const data_set *d, json_t *countries, fault *f)
{
    tsv t;
    if (!data_open(d, "places/centres.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str     code = tsv_get(&t, "alpha2");
        json_t *c = json_object_getn(countries, code.p, code.n);
        str     alpha3 = json_field(c, "iso3"), name = json_field(c, "name");
        if (!c || alpha3.n != 3 || code.n != 2) continue; // a territory the package has not
        gazetteer_country k = {0};
        memcpy(k.alpha2, code.p, 2);
        memcpy(k.alpha3, alpha3.p, 3);
        *push(g->a, &g->countries) = k;
        json_int_t people = json_integer_value(json_object_get(c, "population"));
        uint32_t   row = add_row(g, (gazetteer_row){
                                  .geonames = (uint32_t)json_integer_value(json_object_get(c, "geonameid")),
                                  .name = add_chars(g, name),
                                  .admin1 = add_chars(g, STR("")),
                                  .population = people > 0 && people < UINT32_MAX ? (uint32_t)people : 0,
                                  .lat = fixed_degrees(strtod(arena_str(g->a, tsv_get(&t, "lat")).p, NULL)),
                                  .lon = fixed_degrees(strtod(arena_str(g->a, tsv_get(&t, "lon")).p, NULL)),
                                  .precision = PLACE_COUNTRY,
                              }, k.alpha3);
        add_name(g, name, row, true);
    }
    return true;
}

// --- provinces ---

// "Bayt Laḩm (ara), Beit Laḥm (eng)": each spelling without its language. Commas part them.
static void add_spellings(gazetteer_draft *g, str list, uint32_t row)
{
    for (str rest = list; rest.n;) {
        str one = str_split(rest, ',', &rest);
        str left, spelling = str_split(one, '(', &left);
        spelling = str_trim(spelling);
        while (spelling.n && (spelling.p[0] == '\'' || spelling.p[0] == '"')) spelling.p++, spelling.n--;
        if (spelling.n > 2) add_name(g, spelling, row, false);
    }
}

static void add_provinces(gazetteer_draft *g, json_t *provinces)
{
    const char *country, *code;
    json_t     *list, *p;
    json_object_foreach(provinces, country, list) {
        const char *alpha3 = draft_alpha3(g, str_of(country));
        if (!alpha3) continue;
        json_object_foreach(list, code, p) {
            json_t *at = json_object_get(p, "latLng"), *lat = json_array_get(at, 0), *lon = json_array_get(at, 1);
            str     name = json_field(p, "name");
            if (!json_is_number(lat) || !json_is_number(lon) || !name.n || strlen(code) < 4) continue;
            uint32_t row = add_row(g, (gazetteer_row){
                                  .name = add_chars(g, name),
                                  .admin1 = add_chars(g, str_of(code + 3)),
                                  .lat = fixed_degrees(json_number_value(lat)),
                                  .lon = fixed_degrees(json_number_value(lon)),
                                  .precision = PLACE_PROVINCE,
                              }, alpha3);
            add_name(g, name, row, true);
            add_spellings(g, json_field(p, "localOtherName"), row);
        }
    }
}

// --- towns ---

// An airport's code or a country's abbreviation is no spelling of a town: three capitals.
static bool is_code(str s)
{
    if (s.n > 3) return false;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return true;
}

static bool add_town(gazetteer_draft *g, json_t *t, const char *key, fault *f)
{
    str         name = json_field(t, "name"), country = json_field(t, "countrycode");
    json_t     *lat = json_object_get(t, "latitude"), *lon = json_object_get(t, "longitude"), *other;
    const char *alpha3 = draft_alpha3(g, country);
    if (!name.n || !json_is_number(lat) || !json_is_number(lon)) return fault_set(f, "cities500.json: %s has no name or place", key);
    if (!alpha3) return true;
    uint32_t row = add_row(g, (gazetteer_row){
                              .geonames = (uint32_t)json_integer_value(json_object_get(t, "geonameid")),
                              .name = add_chars(g, name),
                              .admin1 = add_chars(g, json_field(t, "admin1code")),
                              .population = (uint32_t)json_integer_value(json_object_get(t, "population")),
                              .lat = fixed_degrees(json_number_value(lat)),
                              .lon = fixed_degrees(json_number_value(lon)),
                              .precision = PLACE_CITY,
                          }, alpha3);
    add_name(g, name, row, true);
    size_t i;
    json_t *spelling;
    other = json_object_get(t, "alternatenames");
    json_array_foreach(other, i, spelling) {
        str s = str_of(json_string_value(spelling));
        if (s.n > 2 && !is_code(s)) add_name(g, s, row, false);
    }
    return true;
}

// --- the file ---

static const gazetteer_row *sorting_rows; // qsort has no argument to hand it through; import runs once, alone

static int by_hash_then_weight(const void *x, const void *y)
{
    const named_row     *a = x, *b = y;
    const gazetteer_row *r = &sorting_rows[a->post & ~POST_USUAL], *s = &sorting_rows[b->post & ~POST_USUAL];
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    if (r->precision != s->precision) return r->precision > s->precision ? -1 : 1;
    if (r->population != s->population) return r->population > s->population ? -1 : 1;
    if (r != s) return r < s ? -1 : 1;
    return (a->post < b->post) - (a->post > b->post); // the usual name first
}

static void write_gazetteer(gazetteer_draft *g, net_writer *w)
{
    sorting_rows = g->rows.v;
    qsort(g->names.v, g->names.n, sizeof *g->names.v, by_hash_then_weight);
    uint64_t *hashes = new_array(g->a, uint64_t, g->names.n + 1);
    uint32_t *first = new_array(g->a, uint32_t, g->names.n + 2), *posts = new_array(g->a, uint32_t, g->names.n + 1);
    uint32_t  n_names = 0, n_posts = 0;
    for (size_t i = 0; i < g->names.n; i++) {
        const named_row *x = &g->names.v[i];
        bool             fresh = !i || x[-1].hash != x->hash;
        if (fresh) {
            first[n_names] = n_posts;
            hashes[n_names++] = x->hash;
        } else if (((x[-1].post ^ x->post) & ~POST_USUAL) == 0) continue; // the same place by two spellings that fold alike
        posts[n_posts++] = x->post;
    }
    first[n_names] = n_posts;

    net_writer_add(w, "places.rows", NET_U32, g->rows.v, 2, g->rows.n, (size_t)7);
    net_writer_add(w, "places.hashes", NET_U64, hashes, 1, (size_t)n_names);
    net_writer_add(w, "places.first", NET_U32, first, 1, (size_t)n_names + 1);
    net_writer_add(w, "places.posts", NET_U32, posts, 1, (size_t)n_posts);
    net_writer_add(w, "places.countries", NET_U8, g->countries.v, 2, g->countries.n, (size_t)8);
    net_writer_add(w, "places.chars", NET_U8, g->chars.v, 1, g->chars.n);
}

bool gazetteer_import(const data_set *d, str cities, str countries, str provinces, net_writer *w, fault *f)
{
    arena          *a = w->a;
    gazetteer_draft g = {.a = a, .chars = {.a = a}};
    json_t         *c = load_json(a, countries, "countries.json", f), *p = c ? load_json(a, provinces, "iso3166-2.json", f) : NULL;
    json_t         *t = p ? load_json(a, cities, "cities500.json", f) : NULL, *town;
    const char     *key;
    if (!t || !add_countries(&g, d, c, f)) return false;
    add_provinces(&g, p);
    json_object_foreach(t, key, town) if (!add_town(&g, town, key, f)) return false;
    write_gazetteer(&g, w);
    return true;
}
