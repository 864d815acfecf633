#include "ledger/telling_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// --- the table of types ---

static const char *const family_names[] = {"harm", "force", "protest", "law", "talk", "none"};

telling_rules *telling_types_load(const data_set *d, fault *f)
{
    telling_rules *r = new (d->a, telling_rules);
    tsv            t;
    if (!data_open(d, "ledger/types.tsv", &t, f)) return NULL;
    while (tsv_next(&t)) {
        int64_t weight;
        str     family = tsv_get(&t, "family");
        size_t  k = 0;
        while (k < FAMILY_NONE && !str_is(family, family_names[k])) k++;
        if (k == FAMILY_NONE || r->n == RULES_TYPES || !str_int(tsv_get(&t, "weight"), &weight))
            return fault_set(f, "ledger/types.tsv:%d: unknown family or weight", t.line), NULL;
        r->types[r->n++] = (type_rule){tsv_get(&t, "type"), (telling_family)k, (int)weight};
    }
    return r;
}

const telling_rules *telling_rules_load(const data_set *d, fault *f)
{
    model_file     m;
    str            bytes;
    telling_rules *r = telling_types_load(d, f);
    if (!r || !data_text(d, "ledger/merge.weights", &bytes, f) || !model_open(&m, d->a, bytes, "ledger/merge.weights", f))
        return NULL;
    return model_table(&m, "words", 1, &r->words, f) ? r : NULL;
}

float telling_rarity(const telling_rules *rules, uint32_t word)
{
    float held = 0;
    if (rules->words.n) weights_add(&rules->words, word, &held);
    return held > 0 ? held : RARITY_UNSEEN;
}

// --- packed form: numbers of 7 bits a byte, low ones first; texts with their length ---

enum { TELLING_VERSION = 1 };

static void pack_number(buf *b, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) buf_char(b, (char)(v | 0x80));
    buf_char(b, (char)v);
}

static void pack_signed(buf *b, int64_t v) { pack_number(b, v < 0 ? (uint64_t)(-(v + 1)) * 2 + 1 : (uint64_t)v * 2); }

static void pack_str(buf *b, str s)
{
    pack_number(b, s.n);
    buf_put(b, s);
}

static void pack_float(buf *b, float v)
{
    uint32_t u;
    memcpy(&u, &v, sizeof u);
    for (int i = 0; i < 4; i++) buf_char(b, (char)(u >> 8 * i));
}

str telling_pack(arena *a, const telling *t)
{
    buf b = {.a = a};
    pack_number(&b, TELLING_VERSION);
    pack_str(&b, t->report);
    pack_number(&b, t->event), pack_number(&b, t->main), pack_number(&b, t->family), pack_number(&b, t->acts);
    pack_number(&b, t->types), pack_signed(&b, t->published), pack_number(&b, t->site);
    pack_number(&b, t->n_days);
    for (uint32_t i = 0; i < t->n_days; i++) {
        const telling_day *d = &t->days[i];
        pack_signed(&b, d->begin), pack_signed(&b, (int64_t)d->last - d->begin), pack_number(&b, d->weight);
    }
    pack_number(&b, t->n_places);
    for (uint32_t i = 0; i < t->n_places; i++) {
        const telling_place *p = &t->places[i];
        pack_str(&b, p->name), pack_number(&b, p->geonames), pack_float(&b, p->lat), pack_float(&b, p->lon);
        pack_number(&b, p->precision), pack_str(&b, str_of(p->country)), pack_str(&b, str_of(p->admin1)),
            pack_number(&b, p->weight);
    }
    pack_number(&b, t->n_people);
    for (uint32_t i = 0; i < t->n_people; i++) {
        const telling_person *p = &t->people[i];
        pack_str(&b, p->name), pack_number(&b, p->age), pack_number(&b, p->weight), pack_number(&b, p->harmed);
    }
    pack_number(&b, t->n_parties);
    for (uint32_t i = 0; i < t->n_parties; i++) pack_str(&b, t->parties[i]);
    pack_number(&b, t->n_figures);
    for (uint32_t i = 0; i < t->n_figures; i++)
        pack_number(&b, t->figures[i].effect), pack_signed(&b, t->figures[i].low), pack_signed(&b, t->figures[i].high);
    pack_number(&b, t->n_ages);
    for (uint32_t i = 0; i < t->n_ages; i++) pack_number(&b, t->ages[i]);
    pack_number(&b, t->n_words);
    uint32_t before = 0;
    for (uint32_t i = 0; i < t->n_words; before = t->words[i++].word)
        pack_number(&b, t->words[i].word - before), pack_number(&b, t->words[i].count), pack_number(&b, t->words[i].where);
    return buf_str(&b);
}

typedef struct {
    arena *a;
    str    rest;
    bool   bad;
} telling_unpacker;

static uint64_t unpack_number(telling_unpacker *u)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64 && u->rest.n; shift += 7) {
        unsigned char c = (unsigned char)*u->rest.p;
        u->rest = str_cut(u->rest, 1, u->rest.n);
        v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) return v;
    }
    u->bad = true;
    return 0;
}

static uint64_t unpack_most(telling_unpacker *u, uint64_t most)
{
    uint64_t v = unpack_number(u);
    if (v > most) u->bad = true;
    return u->bad ? 0 : v;
}

static int32_t unpack_signed(telling_unpacker *u)
{
    uint64_t v = unpack_number(u);
    int64_t  x = v & 1 ? -(int64_t)(v / 2) - 1 : (int64_t)(v / 2);
    if (x < INT32_MIN || x > INT32_MAX) u->bad = true;
    return u->bad ? 0 : (int32_t)x;
}

static str unpack_str(telling_unpacker *u)
{
    uint64_t n = unpack_most(u, u->rest.n);
    if (u->bad || n > u->rest.n) return (str){NULL, 0};
    str s = arena_str(u->a, str_cut(u->rest, 0, n));
    u->rest = str_cut(u->rest, n, u->rest.n);
    return s;
}

static float unpack_float(telling_unpacker *u)
{
    uint32_t v = 0;
    float    out;
    if (u->rest.n < 4) return u->bad = true, 0.0f;
    for (int i = 0; i < 4; i++) v |= (uint32_t)(unsigned char)u->rest.p[i] << 8 * i;
    u->rest = str_cut(u->rest, 4, u->rest.n);
    memcpy(&out, &v, sizeof out);
    return out;
}

static void unpack_code(telling_unpacker *u, char *out, size_t room)
{
    str s = unpack_str(u);
    if (s.n >= room) u->bad = true;
    else if (s.n) memcpy(out, s.p, s.n);
}

static void unpack_telling_place(telling_unpacker *u, telling_place *p)
{
    p->name = unpack_str(u), p->geonames = (uint32_t)unpack_most(u, UINT32_MAX);
    p->lat = unpack_float(u), p->lon = unpack_float(u);
    p->precision = (uint8_t)unpack_most(u, 255);
    unpack_code(u, p->country, sizeof p->country);
    unpack_code(u, p->admin1, sizeof p->admin1);
    p->weight = (uint8_t)unpack_most(u, 255);
}

bool telling_unpack(arena *a, str packed, telling *t)
{
    telling_unpacker u = {.a = a, .rest = packed};
    *t = (telling){.main = false};
    if (unpack_number(&u) != TELLING_VERSION) return false;
    t->report = unpack_str(&u);
    t->event = (uint32_t)unpack_most(&u, UINT32_MAX), t->main = unpack_most(&u, 1) != 0;
    t->family = (telling_family)unpack_most(&u, FAMILY_NONE);
    t->acts = (uint32_t)unpack_most(&u, UINT32_MAX), t->types = (uint32_t)unpack_most(&u, UINT32_MAX);
    t->published = unpack_signed(&u), t->site = (uint32_t)unpack_most(&u, UINT32_MAX);
    t->n_days = (uint32_t)unpack_most(&u, TELLING_DAYS);
    for (uint32_t i = 0; i < t->n_days; i++) {
        telling_day *d = &t->days[i];
        d->begin = unpack_signed(&u);
        int64_t last = (int64_t)d->begin + unpack_signed(&u);
        d->last = last > INT32_MAX || last < INT32_MIN ? d->begin : (int32_t)last;
        d->weight = (uint8_t)unpack_most(&u, 255);
    }
    t->n_places = (uint32_t)unpack_most(&u, TELLING_PLACES);
    for (uint32_t i = 0; i < t->n_places; i++) unpack_telling_place(&u, &t->places[i]);
    t->n_people = (uint32_t)unpack_most(&u, TELLING_PEOPLE);
    for (uint32_t i = 0; i < t->n_people; i++) {
        telling_person *p = &t->people[i];
        p->name = unpack_str(&u), p->age = (uint8_t)unpack_most(&u, 255), p->weight = (uint8_t)unpack_most(&u, 255);
        p->harmed = unpack_most(&u, 1) != 0;
    }
    t->n_parties = (uint32_t)unpack_most(&u, TELLING_PARTIES);
    for (uint32_t i = 0; i < t->n_parties; i++) t->parties[i] = unpack_str(&u);
    t->n_figures = (uint32_t)unpack_most(&u, TELLING_FIGURES);
    for (uint32_t i = 0; i < t->n_figures; i++) {
        telling_figure *g = &t->figures[i];
        g->effect = (uint8_t)unpack_most(&u, 255), g->low = unpack_signed(&u), g->high = unpack_signed(&u);
    }
    t->n_ages = (uint32_t)unpack_most(&u, TELLING_AGES);
    for (uint32_t i = 0; i < t->n_ages; i++) t->ages[i] = (uint8_t)unpack_most(&u, 255);
    t->n_words = (uint32_t)unpack_most(&u, TELLING_WORDS);
    uint32_t word = 0;
    for (uint32_t i = 0; i < t->n_words; i++) {
        t->words[i].word = word += (uint32_t)unpack_most(&u, UINT32_MAX);
        t->words[i].count = (uint8_t)unpack_most(&u, 255), t->words[i].where = (uint8_t)unpack_most(&u, 255);
    }
    return !u.bad && u.rest.n == 0;
}

// --- order, lines to read, keys ---

int telling_order(const telling *x, const telling *y)
{
    int c = str_cmp(x->report, y->report);
    return c ? c : (x->event > y->event) - (x->event < y->event);
}

static void print_str(FILE *out, str s) { fprintf(out, "%.*s", (int)s.n, s.p); }

void telling_dump(FILE *out, const telling *t)
{
    char day[16], last[16];
    print_str(out, t->report);
    fprintf(out, " | v%u | %s | %s | %u acts", t->event, t->main ? "main" : "other", family_names[t->family], t->acts);
    if (t->published != DAY_NONE) day_iso(t->published, day), fprintf(out, " | published %s", day);
    fputc('\n', out);
    for (uint32_t i = 0; i < t->n_days; i++) {
        day_iso(t->days[i].begin, day), day_iso(t->days[i].last, last);
        fprintf(out, "  day | %s | %s | %u\n", day, last, t->days[i].weight);
    }
    for (uint32_t i = 0; i < t->n_places; i++) {
        const telling_place *p = &t->places[i];
        fprintf(out, "  place | ");
        print_str(out, p->name);
        fprintf(out, " | %u | %s %s | %u\n", p->geonames, p->admin1, p->country, p->weight);
    }
    for (uint32_t i = 0; i < t->n_people; i++) {
        fprintf(out, "  person | ");
        print_str(out, t->people[i].name);
        fprintf(out, " | %u | %s | %u\n", t->people[i].age, t->people[i].harmed ? "harmed" : "", t->people[i].weight);
    }
    for (uint32_t i = 0; i < t->n_parties; i++) {
        fprintf(out, "  party | ");
        print_str(out, t->parties[i]);
        fputc('\n', out);
    }
    for (uint32_t i = 0; i < t->n_figures; i++)
        fprintf(out, "  figure | %u | %d | %d\n", t->figures[i].effect, t->figures[i].low, t->figures[i].high);
    fprintf(out, "  words | %u\n", t->n_words);
}
