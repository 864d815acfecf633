#include "places/places.h"

#include "base/utf8.h"
#include "places/fold_table.h"
#include "places/format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct gazetteer {
    const gazetteer_header  *head;
    const gazetteer_row     *rows;
    const uint64_t          *hashes; // [n_names]
    const uint32_t          *first;  // [n_names + 1]
    const uint32_t          *posts;
    const gazetteer_country *countries;
    const char              *chars;
};

// --- names ---

static const char *fold_letter(uint32_t c)
{
    size_t lo = 0, hi = sizeof fold_table / sizeof *fold_table;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (fold_table[mid].letter < c) lo = mid + 1;
        else hi = mid;
    }
    return lo < sizeof fold_table / sizeof *fold_table && fold_table[lo].letter == c ? fold_table[lo].to : NULL;
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
        } else if (!(to = fold_letter(c))) return (str){"", 0};
        if (gap) p[n++] = ' ', gap = false;
        for (; *to; to++) p[n++] = *to;
    }
    return (str){p, n};
}

// --- the file ---

// Four lanes of multiply and rotate over 8-byte words: a few GB/s, so that the whole file is checked at every start.
uint64_t gazetteer_checksum(const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    uint64_t             lane[4] = {0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu, 0x165667b19e3779f9u, 0x27d4eb2f165667c5u}, w;
    size_t               i = 0;
    for (; i + 32 <= n; i += 32)
        for (int k = 0; k < 4; k++) {
            memcpy(&w, p + i + 8 * k, 8);
            lane[k] = (lane[k] ^ w) * 0x9fb21c651e98df25u;
            lane[k] ^= lane[k] >> 29;
        }
    uint64_t h = n;
    for (; i < n; i++) h = (h ^ p[i]) * 0x100000001b3u;
    for (int k = 0; k < 4; k++) h = (h ^ lane[k]) * 0xd6e8feb86659fd93u, h ^= h >> 32;
    return h;
}

static size_t rounded(size_t n) { return (n + 7) & ~(size_t)7; }

// Every index in the file points inside it.
static bool sound(const gazetteer *g)
{
    const gazetteer_header *h = g->head;
    if (h->n_chars == 0 || g->chars[h->n_chars - 1]) return false;
    for (uint32_t i = 0; i < h->n_rows; i++)
        if (g->rows[i].name >= h->n_chars || g->rows[i].admin1 >= h->n_chars || g->rows[i].precision > PLACE_COUNTRY) return false;
    for (uint32_t i = 0; i < h->n_names; i++)
        if (g->first[i] > g->first[i + 1]) return false;
    if (g->first[0] != 0 || g->first[h->n_names] != h->n_posts) return false;
    for (uint32_t i = 0; i < h->n_countries; i++)
        if (g->countries[i].alpha2[3] || g->countries[i].alpha3[3]) return false;
    for (uint32_t i = 0; i < h->n_posts; i++)
        if ((g->posts[i] & ~POST_USUAL) >= h->n_rows) return false;
    return true;
}

const gazetteer *gazetteer_open(const void *bytes, size_t n, const char *file, fault *f)
{
    const gazetteer_header *h = bytes;
    if (n < sizeof *h || memcmp(h->magic, GAZETTEER_MAGIC, 8) != 0) return fault_set(f, "%s: not a gazetteer file", file), NULL;
    if (h->version != GAZETTEER_VERSION)
        return fault_set(f, "%s: gazetteer format %u, this program reads %d", file, h->version, GAZETTEER_VERSION), NULL;
    size_t at[7] = {rounded(sizeof *h)};
    size_t size[6] = {(size_t)h->n_rows * sizeof(gazetteer_row), (size_t)h->n_names * 8, ((size_t)h->n_names + 1) * 4,
                      (size_t)h->n_posts * 4, (size_t)h->n_countries * sizeof(gazetteer_country), h->n_chars};
    for (int i = 0; i < 6; i++) at[i + 1] = at[i] + rounded(size[i]);
    if (at[6] != n) return fault_set(f, "%s: %zu bytes, its header says %zu: cut off or damaged", file, n, at[6]), NULL;
    const char *p = bytes;
    if (gazetteer_checksum(p + at[0], n - at[0]) != h->checksum) return fault_set(f, "%s: checksum differs: damaged", file), NULL;
    gazetteer *g = calloc(1, sizeof *g);
    if (!g) return fault_set(f, "out of memory"), NULL;
    *g = (gazetteer){h, (const void *)(p + at[0]), (const void *)(p + at[1]), (const void *)(p + at[2]), (const void *)(p + at[3]),
                     (const void *)(p + at[4]), p + at[5]};
    if (sound(g)) return g;
    free(g);
    return fault_set(f, "%s: an index points outside the file", file), NULL;
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
    size_t   lo = 0, hi = g->head->n_names;
    if (!key.n) return 0;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (g->hashes[mid] < hash) lo = mid + 1;
        else hi = mid;
    }
    if (lo == g->head->n_names || g->hashes[lo] != hash) return 0;
    size_t n = g->first[lo + 1] - g->first[lo];
    place *v = new_array(a, place, n);
    for (size_t i = 0; i < n; i++) v[i] = row_place(g, g->posts[g->first[lo] + i]);
    *out = v;
    return n;
}

const char *gazetteer_alpha3(const gazetteer *g, const char alpha2[2])
{
    static const char none[1] = "";
    for (uint32_t i = 0; i < g->head->n_countries; i++)
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
