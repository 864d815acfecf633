#include "places/places.h"

#include "base/utf8.h"
#include "net/file.h"
#include "places/fold_table.h"
#include "places/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gazetteer {
    uint32_t                 n_rows, n_names, n_posts, n_countries, n_chars;
    const gazetteer_row     *rows;
    const uint64_t          *hashes; // [n_names]
    const uint32_t          *first;  // [n_names + 1]
    const uint32_t          *posts;
    const gazetteer_country *countries;
    const char              *chars;
};

// --- names ---

const char *places_letter(uint32_t c)
{
    size_t lo = 0, hi = sizeof letter_folds / sizeof *letter_folds;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (letter_folds[mid].letter < c) lo = mid + 1;
        else hi = mid;
    }
    return lo < sizeof letter_folds / sizeof *letter_folds && letter_folds[lo].letter == c ? letter_folds[lo].to : NULL;
}

static bool is_apostrophe(uint32_t c) { return c == '\'' || c == '`' || (c >= 0x2BB && c <= 0x2BF) || c == 0x2018 || c == 0x2019; }

str places_fold(arena *a, str name)
{
    char  *p = new_array(a, char, 2 * name.n + 1);
    size_t n = 0;
    bool   gap = false;
    for (size_t i = 0; i < name.n;) {
        uint32_t    c = utf8_next(name, &i);
        char        letter[2] = {(char)c, 0};
        const char *to = letter;
        if (is_apostrophe(c) || c == '.' || (c >= 0x300 && c < 0x370)) continue;
        if (c < 0x80) {
            if (c >= 'A' && c <= 'Z') letter[0] = (char)(c + 32);
            else if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
                gap = n > 0;
                continue;
            }
        } else if (c == 0xA0 || (c >= 0x2010 && c <= 0x2015)) {
            gap = n > 0;
            continue;
        } else if (!(to = places_letter(c))) return (str){"", 0};
        if (gap) p[n++] = ' ', gap = false;
        for (; *to; to++) p[n++] = *to;
    }
    return (str){p, n};
}

// --- the file ---

// Every index in the file points inside it.
static bool gazetteer_sound(const gazetteer *g)
{
    if (g->n_chars == 0 || g->chars[g->n_chars - 1]) return false;
    for (uint32_t i = 0; i < g->n_rows; i++)
        if (g->rows[i].name >= g->n_chars || g->rows[i].admin1 >= g->n_chars || g->rows[i].precision > PLACE_COUNTRY) return false;
    for (uint32_t i = 0; i < g->n_names; i++)
        if (g->first[i] > g->first[i + 1]) return false;
    if (g->first[0] != 0 || g->first[g->n_names] != g->n_posts) return false;
    for (uint32_t i = 0; i < g->n_countries; i++)
        if (g->countries[i].alpha2[3] || g->countries[i].alpha3[3]) return false;
    for (uint32_t i = 0; i < g->n_posts; i++)
        if ((g->posts[i] & ~POST_USUAL) >= g->n_rows) return false;
    return true;
}

static bool gazetteer_arrays(gazetteer *g, const net_file *file, fault *f)
{
    net_array rows, hashes, first, posts, countries, chars;
    if (!net_file_array(file, "places.rows", NET_U32, 2, &rows, f) || !net_file_array(file, "places.hashes", NET_U64, 1, &hashes, f) ||
        !net_file_array(file, "places.first", NET_U32, 1, &first, f) || !net_file_array(file, "places.posts", NET_U32, 1, &posts, f) ||
        !net_file_array(file, "places.countries", NET_U8, 2, &countries, f) ||
        !net_file_array(file, "places.chars", NET_U8, 1, &chars, f))
        return false;
    *g = (gazetteer){rows.shape[0], hashes.shape[0], posts.shape[0], countries.shape[0], chars.shape[0],
                     rows.data, hashes.data, first.data, posts.data, countries.data, chars.data};
    bool fits = rows.shape[1] == 7 && countries.shape[1] == 8 && first.shape[0] == hashes.shape[0] + 1;
    return (fits && gazetteer_sound(g)) || fault_set(f, "%s: an index of the gazetteer points outside it", file->file);
}

const gazetteer *gazetteer_open(const void *bytes, size_t n, const char *file, fault *f)
{
    net_file all;
    if (!net_file_open(&all, bytes, n, file, f)) return NULL;
    gazetteer *g = calloc(1, sizeof *g);
    if (!g) return fault_set(f, "out of memory"), NULL;
    if (gazetteer_arrays(g, &all, f)) return g;
    free(g);
    return NULL;
}

void gazetteer_close(const gazetteer *g) { free((void *)(uintptr_t)g); }

// --- looking up ---

static place row_place(const gazetteer *g, uint32_t post)
{
    const gazetteer_row *r = &g->rows[post & ~POST_USUAL];
    place p = {r->geonames, str_of(g->chars + r->name), r->lat * 1e-5, r->lon * 1e-5, (place_precision)r->precision, "",
               str_of(g->chars + r->admin1), r->population, (post & POST_USUAL) != 0};
    memcpy(p.country, r->country, 3);
    return p;
}

size_t gazetteer_find(const gazetteer *g, arena *a, str name, const place **out)
{
    enum { LONGEST = 200 }; // bytes; no place is called longer
    *out = NULL;
    if (name.n > LONGEST) return 0;
    str      key = places_fold(a, name);
    uint64_t hash = str_hash(key);
    size_t   lo = 0, hi = g->n_names;
    if (!key.n) return 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (g->hashes[mid] < hash) lo = mid + 1;
        else hi = mid;
    }
    if (lo == g->n_names || g->hashes[lo] != hash) return 0;
    size_t n = g->first[lo + 1] - g->first[lo];
    place *v = new_array(a, place, n);
    for (size_t i = 0; i < n; i++) v[i] = row_place(g, g->posts[g->first[lo] + i]);
    *out = v;
    return n;
}

const char *gazetteer_alpha3(const gazetteer *g, const char alpha2[2])
{
    static const char none[1] = "";
    for (uint32_t i = 0; i < g->n_countries; i++)
        if (memcmp(g->countries[i].alpha2, alpha2, 2) == 0) return g->countries[i].alpha3;
    return none;
}

double places_km(double lat1, double lon1, double lat2, double lon2)
{
    const double degree = 3.14159265358979323846 / 180;
    double       u = sin((lat1 - lat2) * degree / 2), v = sin((lon1 - lon2) * degree / 2);
    double       h = u * u + cos(lat1 * degree) * cos(lat2 * degree) * v * v;
    return 2 * 6371 * asin(sqrt(h < 1 ? h : 1));
}
