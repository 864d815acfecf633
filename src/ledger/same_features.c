// What two tellings have in common, as numbers. Every one is the same for (x, y) and (y, x).

#include "ledger/same_inner.h"
#include "places/places.h"

#include <math.h>
#include <stdlib.h>

enum { PROVINCE = 3, BEST_PLACES = 3 };

static float least_f(float x, float y) { return x < y ? x : y; }
static float most_f(float x, float y) { return x > y ? x : y; }

// Days and the like in steps that grow: 0, 1, 2, 3, then ever coarser.
static float in_steps(double x) { return (float)log1p(fabs(x)); }

static void compare_days(const telling *x, const telling *y, float *f)
{
    float all_x = 0, all_y = 0, shared_x = 0, shared_y = 0, least = 99;
    f[SAME_day_first] = x->n_days && y->n_days ? 0 : -1;
    for (uint32_t i = 0; i < x->n_days; i++) all_x += x->days[i].weight;
    for (uint32_t k = 0; k < y->n_days; k++) all_y += y->days[k].weight;
    for (uint32_t i = 0; i < x->n_days; i++)
        for (uint32_t k = 0; k < y->n_days; k++) {
            const telling_day *a = &x->days[i], *b = &y->days[k];
            int32_t            apart = a->begin > b->last ? a->begin - b->last : b->begin > a->last ? b->begin - a->last : 0;
            least = least_f(least, (float)apart);
            if (a->begin != b->begin || a->last != b->last) continue;
            shared_x += a->weight, shared_y += b->weight;
            f[SAME_day_first] = most_f(f[SAME_day_first], (float)((i == 0) + (k == 0)));
        }
    f[SAME_day_shared] = all_x > 0 && all_y > 0 ? least_f(shared_x / all_x, shared_y / all_y) : -1;
    f[SAME_day_least] = x->n_days && y->n_days ? in_steps(least) : NAN;
    f[SAME_day_apart] = x->n_days && y->n_days ? in_steps(x->days[0].begin - y->days[0].begin) : NAN;
    f[SAME_least_days] = (float)(x->n_days < y->n_days ? x->n_days : y->n_days);
    f[SAME_published_apart] = x->published != DAY_NONE && y->published != DAY_NONE ? in_steps(x->published - y->published) : NAN;
}

static bool tells_word(const telling *t, uint32_t word)
{
    uint32_t low = 0, high = t->n_words;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (t->words[mid].word < word) low = mid + 1;
        else high = mid;
    }
    return low < t->n_words && t->words[low].word == word;
}

// Are all words of the name among those of the telling?
static bool tells_name(const telling *t, str name)
{
    for (str rest = name, word; name.n && (word = str_split(rest, ' ', &rest)).n;) {
        if (word.n > 2 && !tells_word(t, telling_word_hash(word))) return false;
        if (!rest.p) break;
    }
    return name.n > 0;
}

// Share of the telling's best places that the other's words name.
static float places_told(const telling *x, const telling *y)
{
    float told = 0, all = 0;
    for (uint32_t i = 0, n = 0; i < x->n_places && n < BEST_PLACES; i++) {
        if (x->places[i].precision == PROVINCE) continue;
        n++, all += x->places[i].weight;
        if (tells_name(y, x->places[i].name)) told += x->places[i].weight;
    }
    return all > 0 ? told / all : -1;
}

static bool same_code(const char *x, const char *y) { return str_eq(str_of(x), str_of(y)); }

static void compare_provinces(const telling *x, const telling *y, float *f)
{
    bool any_x = false, any_y = false, both = false;
    for (uint32_t i = 0; i < x->n_places; i++) any_x |= x->places[i].admin1[0] != 0;
    for (uint32_t k = 0; k < y->n_places; k++) any_y |= y->places[k].admin1[0] != 0;
    for (uint32_t i = 0; i < x->n_places; i++)
        for (uint32_t k = 0; k < y->n_places; k++)
            both |= x->places[i].admin1[0] && same_code(x->places[i].admin1, y->places[k].admin1) &&
                    same_code(x->places[i].country, y->places[k].country);
    f[SAME_province] = both ? 1 : any_x && any_y ? -1 : 0;
}

static void compare_places(const telling *x, const telling *y, float *f)
{
    float  all_x = 0, all_y = 0, shared_x = 0, shared_y = 0, first = 0;
    double km = 20000;
    for (uint32_t i = 0; i < x->n_places; i++) all_x += x->places[i].precision == PROVINCE ? 0 : x->places[i].weight;
    for (uint32_t k = 0; k < y->n_places; k++) all_y += y->places[k].precision == PROVINCE ? 0 : y->places[k].weight;
    for (uint32_t i = 0, nx = 0; i < x->n_places; i++) {
        if (x->places[i].precision == PROVINCE) continue;
        nx++;
        for (uint32_t k = 0, ny = 0; k < y->n_places; k++) {
            const telling_place *a = &x->places[i], *b = &y->places[k];
            if (b->precision == PROVINCE) continue;
            ny++;
            if (nx <= BEST_PLACES && ny <= BEST_PLACES && !isnan(a->lat) && !isnan(b->lat)) {
                double d = places_km((double)a->lat, (double)a->lon, (double)b->lat, (double)b->lon);
                if (d < km) km = d;
            }
            if (!str_eq(a->name, b->name)) continue;
            shared_x += a->weight, shared_y += b->weight;
            first = most_f(first, (float)((nx == 1) + (ny == 1)));
        }
    }
    bool both = all_x > 0 && all_y > 0;
    f[SAME_place_shared] = both ? least_f(shared_x / all_x, shared_y / all_y) : -1;
    f[SAME_place_first] = both ? first : -1;
    f[SAME_place_km] = km < 20000 ? in_steps(km) : NAN;
    f[SAME_place_in_words] = most_f(places_told(x, y), places_told(y, x));
    f[SAME_least_places] = (float)(x->n_places < y->n_places ? x->n_places : y->n_places);
    compare_provinces(x, y, f);
}

static str last_word(str name)
{
    size_t i = name.n;
    while (i > 0 && name.p[i - 1] != ' ') i--;
    return str_cut(name, i, name.n);
}

static void compare_people(const telling *x, const telling *y, float *f)
{
    float all_x = 0, all_y = 0, shared_x = 0, shared_y = 0, harmed_x = 0, harmed_y = 0;
    bool  met[TELLING_PEOPLE] = {false};
    for (uint32_t k = 0; k < y->n_people; k++) all_y += y->people[k].weight, harmed_y += y->people[k].harmed;
    for (uint32_t i = 0; i < x->n_people; i++) {
        const telling_person *a = &x->people[i];
        str                   last = last_word(a->name);
        all_x += a->weight, harmed_x += a->harmed;
        bool found = false;
        for (uint32_t k = 0; k < y->n_people; k++) {
            const telling_person *b = &y->people[k];
            if (!str_eq(last, last_word(b->name))) continue;
            bool full = last.n < a->name.n && str_eq(a->name, b->name);
            f[SAME_people_full] += full;
            f[SAME_people_last] += !found;
            f[SAME_harmed_shared] += !found && a->harmed && b->harmed;
            if (!found) shared_x += a->weight;
            if (!met[k]) shared_y += b->weight;
            found = met[k] = true;
        }
    }
    f[SAME_people_share] = all_x > 0 && all_y > 0 ? least_f(shared_x / all_x, shared_y / all_y) : -1;
    f[SAME_harmed_apart] = f[SAME_harmed_shared] > 0 ? 0 : least_f(harmed_x, harmed_y);
    f[SAME_least_people] = (float)(x->n_people < y->n_people ? x->n_people : y->n_people);
    for (uint32_t i = 0; i < x->n_parties; i++)
        for (uint32_t k = 0; k < y->n_parties; k++) f[SAME_parties] += str_eq(x->parties[i], y->parties[k]);
}

static void compare_ages(const telling *x, const telling *y, float *f)
{
    float shared = 0, least = (float)(x->n_ages < y->n_ages ? x->n_ages : y->n_ages);
    for (uint32_t i = 0, k = 0; i < x->n_ages && k < y->n_ages;) {
        if (x->ages[i] == y->ages[k]) shared++, i++, k++;
        else if (x->ages[i] < y->ages[k]) i++;
        else k++;
    }
    f[SAME_ages_shared] = shared;
    f[SAME_ages_share] = least > 0 ? shared / least : -1;
}

static float compare_figures(const telling *x, const telling *y, uint8_t effect)
{
    float out = 0;
    for (uint32_t i = 0; i < x->n_figures; i++)
        for (uint32_t k = 0; k < y->n_figures; k++) {
            const telling_figure *a = &x->figures[i], *b = &y->figures[k];
            if (a->effect != effect || b->effect != effect) continue;
            bool meet = (b->high < 0 || a->low <= b->high) && (a->high < 0 || b->low <= a->high);
            if (meet) return 1;
            out = -1;
        }
    return out;
}

typedef struct {
    float both, x, y; // squares added up
} cosine_sum;

static void  cosine_add(cosine_sum *c, float x, float y) { c->both += x * y, c->x += x * x, c->y += y * y; }
static float cosine_of(const cosine_sum *c) { return c->x > 0 && c->y > 0 ? c->both / sqrtf(c->x * c->y) : -1; }

static float word_weight(const telling_word *w, float rarity) { return w ? (1 + logf((float)w->count)) * rarity : 0; }

static void compare_words(const telling_rules *rules, const telling *x, const telling *y, float *f)
{
    cosine_sum all = {0, 0, 0}, head = all, lead = all, names = all;
    for (uint32_t i = 0, k = 0; i < x->n_words || k < y->n_words;) {
        const telling_word *a = i < x->n_words ? &x->words[i] : NULL, *b = k < y->n_words ? &y->words[k] : NULL;
        if (a && b && a->word != b->word) a->word < b->word ? (b = NULL) : (a = NULL);
        i += a != NULL, k += b != NULL;
        int   wa = a ? a->where : 0, wb = b ? b->where : 0;
        float rarity = telling_rarity(rules, a ? a->word : b->word);
        if ((wa | wb) & WORD_PAIR) {
            if (a && b) f[SAME_pairs_shared] += rarity;
            continue;
        }
        cosine_add(&all, word_weight(a, rarity), word_weight(b, rarity));
        cosine_add(&head, wa & WORD_HEADLINE ? rarity : 0, wb & WORD_HEADLINE ? rarity : 0);
        cosine_add(&lead, wa & (WORD_HEADLINE | WORD_LEAD) ? rarity : 0, wb & (WORD_HEADLINE | WORD_LEAD) ? rarity : 0);
        cosine_add(&names, wa & WORD_NAME ? rarity : 0, wb & WORD_NAME ? rarity : 0);
        if (a && b) f[SAME_rarest] = most_f(f[SAME_rarest], rarity);
        if (wa & wb & WORD_NAME) f[SAME_names_shared] += rarity;
    }
    f[SAME_words_cosine] = cosine_of(&all), f[SAME_headline_cosine] = cosine_of(&head);
    f[SAME_lead_cosine] = cosine_of(&lead), f[SAME_names_cosine] = cosine_of(&names);
}

void same_features(const telling_rules *rules, const telling *x, const telling *y, float f[SAME_FEATURE_COUNT])
{
    for (int i = 0; i < SAME_FEATURE_COUNT; i++) f[i] = 0;
    compare_days(x, y, f);
    compare_places(x, y, f);
    compare_people(x, y, f);
    compare_ages(x, y, f);
    f[SAME_killed] = compare_figures(x, y, 0), f[SAME_injured] = compare_figures(x, y, 1);
    int either = __builtin_popcount(x->types | y->types);
    f[SAME_types] = either ? (float)__builtin_popcount(x->types & y->types) / (float)either : 0;
    compare_words(rules, x, y, f);
}
