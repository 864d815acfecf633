// Where the places of a report lie: of all places of one name, the one that the report's own words support.
//
//   "a fire in Paris, Texas"  ->  the Paris of Texas      "troops left Rafah", in a report on Gaza  ->  Rafah, PSE

#include "mentions/inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// What speaks for one of several places of a name. In units of one tenfold of population.
static const double FOR_USUAL = 1.0, // the name is its usual one, not another spelling
    FOR_COUNTRY = 4.0,               // a country stands for itself against towns of the same name
    FOR_PROVINCE = 6.3,              // a province weighs as a city of two million
    FOR_CAPITAL = 2.0,               // seat of its country's government
    FOR_CONTAINER = 12.0,            // "Paris, Texas", "the Syrian town of Amuda"
    FOR_MENTION = 1.0,               // its country named once more
    MOST_FOR_MENTIONS = 4.0,
                    FOR_PROVINCE_TOLD = 2.0, // its province is told of
    FOR_NEIGHBOUR = 1.5,                     // another place of the report lies near
    NEAR_KM = 200,
                    IN_PROVINCE_KM = 450, // a town that far from a province's centre may lie in it
    LARGE_PROVINCE_KM = 800,              // or in a large one
    CLEAR_LEAD = 0.3,                     // below that the report does not decide
    SMALL_TOWN = 3.9;                     // log10 of people below which a town needs some support

typedef struct {
    const place *v;
    size_t       n;
    const place *best;
    double       score, second, held;
    bool         supported;     // by more than its size
    bool         refused, part; // part: found by a part of the name ("Idlib" for "Idlib province")
} candidates;

typedef char alpha3_code[4];

typedef struct {
    workings     *w;
    mention_list *m;
    candidates   *of;        // [entities]
    uint32_t     *container; // [entities] entity named as what holds it, or NO_ENTITY
    alpha3_code  *country;   // [entities] country named in its descriptions, or ""
    map           countries; // alpha-3 -> weights
    double       *weight;
    size_t        n_weights, cap_weights;
    double       *times_named; // [entities] how often by its name
    const place **within;      // [entities] the province whose short form follows its name ("Savannah, Ga."), or NULL
    const place **holds;       // [entities] the province that a place named as lying in it needs it to be
    const place **provinces;   // settled provinces
    size_t        n_provinces;
    const place **settled; // placed so far, for neighbours
    size_t        n_settled;
} mapping;

enum { MOST_CANDIDATES = 60, MOST_NEIGHBOURS = 40, CITY = 200000 };

static bool same_country(const char *x, const char *y)
{
    if (!strcmp(x, "XKX")) x = "KOS";
    if (!strcmp(y, "XKX")) y = "KOS";
    return !strcmp(x, y);
}

static double *country_weight(mapping *g, const char *alpha3)
{
    uint32_t *k = map_put(g->w->a, &g->countries, str_of(same_country(alpha3, "KOS") ? "KOS" : alpha3));
    if (*k == MAP_NONE) {
        if (g->n_weights == g->cap_weights) arena_grow(g->w->a, &g->weight, &g->cap_weights, g->n_weights, sizeof *g->weight);
        *k = (uint32_t)g->n_weights;
        g->weight[g->n_weights++] = 0;
    }
    return &g->weight[*k];
}

// Each naming of a country, its people or its bodies speaks for places in it; so does the site's own country.
static void weigh_countries(mapping *g)
{
    const workings *w = g->w;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->known == NO_THING) continue;
        const known_name  *k = &w->r->known[f->known];
        const known_thing *t = &w->r->things[k->thing];
        if (t->country[0])
            *country_weight(g, t->country) += t->kind == ENTITY_STATE || t->has_point ? (k->as & KNOWN_NAME) ? 1 : 0.7 : 0.3;
    }
    str       rest, url = w->art->url;
    ptrdiff_t scheme = str_find(url, STR("://"));
    str       host = str_split(scheme < 0 ? url : str_cut(url, (size_t)scheme + 3, url.n), '/', &rest);
    for (int depth = 0; depth < 6 && rest.p && rest.n; depth++) { // ".../news/canada/...": a section of the site
        const known_name *k = mentions_known(w->r, mentions_fold(w->a, str_split(rest, '/', &rest)));
        if (k && w->r->things[k->thing].kind == ENTITY_STATE) *country_weight(g, w->r->things[k->thing].country) += 3;
    }
    if (host.n > 3 && host.p[host.n - 3] == '.') {
        char two[2] = {(char)(host.p[host.n - 2] & ~32), (char)(host.p[host.n - 1] & ~32)};
        if (two[0] == 'U' && two[1] == 'K') memcpy(two, "GB", 2);
        const char *alpha3 = gazetteer_alpha3(w->r->places, two);
        if (alpha3[0]) *country_weight(g, alpha3) += 1.5;
    }
}

// --- candidates ---

static size_t look_up(const mapping *g, str name, const place **out)
{
    size_t n = name.n > 1 ? gazetteer_find(g->w->r->places, g->w->a, name, out) : 0;
    return n < MOST_CANDIDATES ? n : MOST_CANDIDATES;
}

// By the name as written, else without its class noun ("Idlib province"), else without a direction ("north London").
static size_t find_candidates(const mapping *g, const phrase *f, const place **out, bool *part)
{
    const workings *w = g->w;
    uint32_t        first = f->name_first, end = f->name_end;
    size_t          n = look_up(g, span_of(w->p->text, parse_span(w->p, first, end)), out);
    if (n) return n;
    for (const head_word *h;
         end > first + 1 && (h = mentions_head(w->r, w->fold[end - 1])) && h->after && h->kind != ENTITY_ORGANISATION;)
        end--;
    if (end > first + 2 && w->p->v[first + 1].pos == POS_ADP && mentions_head(w->r, w->fold[first])) first += 2;
    while (first + 1 < end && (mentions_is_direction(w->fold[first]) || w->p->v[first].pos == POS_PUNCT)) first++;
    if (first == f->name_first && end == f->name_end) return 0;
    *part = true;
    n = look_up(g, span_of(w->p->text, parse_span(w->p, first, end)), out);
    if (f->noun && f->noun->kind == ENTITY_FACILITY && n && (*out)[0].population < CITY)
        return 0; // Harlan Hotel need not be in Harlan
    return n;
}

static bool is_mapped_kind(entity_kind k) { return k == ENTITY_PLACE || k == ENTITY_STATE || k == ENTITY_FACILITY; }

static bool after_locative(const workings *w, const phrase *f)
{
    uint32_t i = f->m.first;
    if (i == 0 || w->p->v[i - 1].pos != POS_ADP) return false;
    str s = w->p->v[i - 1].lower;
    return str_is(s, "in") || str_is(s, "near") || str_is(s, "outside") || str_is(s, "around") || str_is(s, "across") ||
           str_is(s, "throughout");
}

static void collect_candidates(mapping *g)
{
    workings *w = g->w;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        entity       *e = &g->m->entities[f->m.entity];
        candidates   *c = &g->of[f->m.entity];
        if (f->m.form != MENTION_NAME || f->adjective || (c->n && !c->part)) continue;
        const phrase *root = &w->v[mentions_cluster(w, i)];
        bool          misread = !is_mapped_kind(e->kind) && root->weak && after_locative(w, f) && root->full == NO_MENTION;
        if (!is_mapped_kind(e->kind) && !misread) continue;
        candidates found = {.n = 0};
        found.n = find_candidates(g, f, &found.v, &found.part);
        if (!found.n || (c->n && found.part)) continue; // the whole name of another mention is better than a part of this
        *c = found;
        if (!misread) continue;
        if (c->v[0].usual && c->v[0].population > 5000)
            e->kind = ENTITY_PLACE; // "in Narok": a town, whatever the recogniser took it for
        else c->n = 0;
    }
}

// --- what holds what ---

// "Savannah, Ga.": the province that the short form after the comma stands for.
static const place *short_province_at(const mapping *g, uint32_t i)
{
    const workings *w = g->w;
    uint32_t        k = i < w->p->n ? map_get(&w->r->province_at, w->p->v[i].text) : MAP_NONE;
    const place    *v;
    size_t          n = k == MAP_NONE ? 0 : look_up(g, w->r->provinces[k].name, &v);
    for (size_t j = 0; j < n; j++)
        if (v[j].precision == PLACE_PROVINCE && same_country(v[j].country, w->r->provinces[k].country)) return &v[j];
    return NULL;
}

// "Foua, Syria", "Foua in Idlib province": the next name after a comma, or after "in".
static void find_containers(mapping *g)
{
    workings *w = g->w;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      e = f->m.entity, k = f->name_end;
        if (f->m.form == MENTION_PRONOUN || f->group || k >= w->p->n) continue;
        for (uint32_t t = f->m.first; t < f->m.end && !g->country[e][0]; t++) {
            const known_name *n = t >= f->name_first && t < f->name_end ? NULL : mentions_known(w->r, w->fold[t]);
            if (n && (n->as & KNOWN_ADJECTIVE) && w->r->things[n->thing].kind == ENTITY_STATE)
                memcpy(g->country[e], w->r->things[n->thing].country, 4);
        }
        if (f->m.form != MENTION_NAME || f->adjective || g->container[e] != NO_ENTITY) continue;
        if (!g->within[e]) {
            g->within[e] = short_province_at(g, k + str_is(w->p->v[k].text, ","));
            if (g->within[e]) *country_weight(g, g->within[e]->country) += 0.7;
        }
        bool comma = str_is(w->p->v[k].text, ","), in = str_is(w->p->v[k].lower, "in") || str_is(w->p->v[k].lower, "of");
        if (!comma && !in) continue;
        uint32_t first = k + 1, j = i + 1;
        if (first < w->p->n && w->p->v[first].pos == POS_DET) first++;
        while (j < w->n && w->v[j].name_first < first && j < i + 6) j++;
        for (; j < w->n && j < i + 6; j++) {
            const phrase *c = &w->v[j];
            if (c->m.form != MENTION_NAME || c->adjective || (c->name_first != first && c->m.first != first) || c->m.entity == e)
                continue;
            entity_kind kind = g->m->entities[c->m.entity].kind;
            if (kind == ENTITY_PLACE || kind == ENTITY_STATE) g->container[e] = c->m.entity;
            break;
        }
    }
}

// Whether that place may lie in what the report names as holding it.
static bool lies_in(const mapping *g, const place *p, uint32_t holder)
{
    const entity     *h = &g->m->entities[holder];
    const candidates *c = &g->of[holder];
    if (h->kind == ENTITY_STATE) return same_country(p->country, h->country);
    for (size_t k = 0; k < c->n; k++) {
        const place *q = &c->v[k];
        if (q->precision == PLACE_COUNTRY && same_country(q->country, p->country)) return true;
        if (q->precision != PLACE_PROVINCE || !same_country(q->country, p->country)) continue;
        if (str_eq(q->admin1, p->admin1) && !strcmp(p->country, "USA")) return true;
        if (strcmp(p->country, "USA") && places_km(p->lat, p->lon, q->lat, q->lon) < IN_PROVINCE_KM) return true;
    }
    if (h->has_place && h->where.precision == PLACE_PROVINCE)
        return (!h->where.country[0] || same_country(h->where.country, p->country)) &&
               places_km(p->lat, p->lon, h->where.lat, h->where.lon) < IN_PROVINCE_KM;
    for (size_t k = 0; k < c->n; k++)
        if (c->v[k].precision == PLACE_CITY && same_country(c->v[k].country, p->country) &&
            places_km(p->lat, p->lon, c->v[k].lat, c->v[k].lon) < 60)
            return true;
    return false;
}

// --- choosing ---

static bool is_capital_of(const mapping *g, const place *p)
{
    uint32_t k = p->precision == PLACE_CITY ? map_get(&g->w->r->capital_at, mentions_fold(g->w->a, p->name)) : MAP_NONE;
    return k != MAP_NONE && same_country(g->w->r->things[k].country, p->country) && p->population > 20000;
}

static bool has_neighbour(const mapping *g, const place *p)
{
    for (size_t k = 0; k < g->n_settled; k++)
        if (g->settled[k] != p && places_km(p->lat, p->lon, g->settled[k]->lat, g->settled[k]->lon) < NEAR_KM) return true;
    return false;
}

static bool in_province(const place *p, const place *province)
{
    if (p->precision > PLACE_DISTRICT || !same_country(p->country, province->country)) return false;
    if (!strcmp(p->country, "USA") && p->admin1.n && province->admin1.n) return str_eq(p->admin1, province->admin1);
    return places_km(p->lat, p->lon, province->lat, province->lon) < LARGE_PROVINCE_KM;
}

static bool in_province_told(const mapping *g, const place *p)
{
    for (size_t k = 0; k < g->n_provinces; k++)
        if (in_province(p, g->provinces[k])) return true;
    return false;
}

static double support(mapping *g, uint32_t e, const place *p)
{
    double s = fmin(MOST_FOR_MENTIONS, FOR_MENTION * *country_weight(g, p->country));
    if (g->container[e] != NO_ENTITY && lies_in(g, p, g->container[e])) s += FOR_CONTAINER;
    if (g->country[e][0] && same_country(g->country[e], p->country)) s += FOR_CONTAINER;
    if (g->within[e] && in_province(p, g->within[e])) s += FOR_CONTAINER;
    if (g->holds[e] == p) s += FOR_CONTAINER;
    if (in_province_told(g, p)) s += FOR_PROVINCE_TOLD;
    if (has_neighbour(g, p)) s += FOR_NEIGHBOUR;
    return s;
}

static double size_of(const mapping *g, const place *p)
{
    double s = p->precision == PLACE_PROVINCE ? FOR_PROVINCE : log10((double)p->population + 100);
    if (p->usual) s += FOR_USUAL;
    if (p->precision == PLACE_COUNTRY) s += FOR_COUNTRY;
    return is_capital_of(g, p) ? s + FOR_CAPITAL : s;
}

// A town that gives its province the name stands for both: it is the nearer point.
static void prefer_town(candidates *c)
{
    enum { WITHIN_KM = 60, PEOPLE = 20000 };
    for (size_t k = 0; k < c->n && c->best->precision == PLACE_PROVINCE && !c->part; k++) {
        const place *p = &c->v[k];
        if (p->precision == PLACE_CITY && p->usual && p->population > PEOPLE && same_country(p->country, c->best->country) &&
            places_km(p->lat, p->lon, c->best->lat, c->best->lon) < WITHIN_KM)
            c->best = p;
    }
}

static void choose(mapping *g, uint32_t e)
{
    candidates *c = &g->of[e];
    c->best = NULL;
    for (size_t k = 0; k < c->n; k++) {
        const place *p = &c->v[k];
        double       held = support(g, e, p), s = held + size_of(g, p);
        if (!c->best || s > c->score) {
            c->second = c->best && places_km(c->best->lat, c->best->lon, p->lat, p->lon) > NEAR_KM ? c->score
                        : c->best                                                                  ? c->second
                                                                                                   : -1;
            c->score = s;
            c->best = p;
            c->held = held;
            c->supported = held > 0.5;
        } else if (s > c->second && places_km(c->best->lat, c->best->lon, p->lat, p->lon) > NEAR_KM) c->second = s;
    }
    if (c->best) prefer_town(c);
}

static bool is_settled(const candidates *c)
{
    if (c->best && c->part && c->held < FOR_NEIGHBOUR && c->best->precision != PLACE_PROVINCE && c->best->population < CITY)
        return false;
    return c->best && (c->second < 0 || c->score - c->second >= CLEAR_LEAD) &&
           (c->supported || log10((double)c->best->population + 1) >= SMALL_TOWN || c->best->precision >= PLACE_PROVINCE);
}

// What is sure so far speaks for the rest: neighbours, provinces, and holders that must be provinces.
static void settle(mapping *g)
{
    g->n_settled = g->n_provinces = 0;
    for (uint32_t e = 0; e < g->m->n_entities; e++) {
        const candidates *c = &g->of[e];
        const entity     *x = &g->m->entities[e];
        if (g->within[e] && g->n_provinces < MOST_NEIGHBOURS) g->provinces[g->n_provinces++] = g->within[e];
        const place      *p = x->has_place ? &x->where : is_settled(c) ? c->best : NULL;
        if (!p || p->precision > PLACE_PROVINCE) continue;
        if (p->precision == PLACE_PROVINCE && g->n_provinces < MOST_NEIGHBOURS) g->provinces[g->n_provinces++] = p;
        if (p->precision < PLACE_PROVINCE && g->n_settled < MOST_NEIGHBOURS) g->settled[g->n_settled++] = p;
        uint32_t h = g->container[e];
        if (h == NO_ENTITY) continue;
        for (size_t k = 0; k < g->of[h].n; k++)
            if (g->of[h].v[k].precision == PLACE_PROVINCE && in_province(p, &g->of[h].v[k])) g->holds[h] = &g->of[h].v[k];
    }
}

// "Atlanta, Georgia": where the named town lies in the province of that name, not in the country.
static void find_held_provinces(mapping *g)
{
    for (uint32_t e = 0; e < g->m->n_entities; e++) {
        uint32_t h = g->container[e];
        if (h == NO_ENTITY || g->m->entities[h].kind != ENTITY_STATE) continue;
        const candidates *c = &g->of[e], *held = &g->of[h];
        for (size_t k = 0; k < c->n; k++) {
            if (same_country(c->v[k].country, g->m->entities[h].country)) break; // larger first: the country has such a town
            for (size_t q = 0; q < held->n && !g->holds[h]; q++)
                if (held->v[q].precision == PLACE_PROVINCE && held->v[q].usual && held->v[q].admin1.n &&
                    !strcmp(held->v[q].country, "USA") && in_province(&c->v[k], &held->v[q]))
                    g->holds[h] = &held->v[q];
        }
    }
}

static void refuse(mapping *g, uint32_t e, const char *why)
{
    workings     *w = g->w;
    mention_list *l = g->m;
    if (l->n_refused == l->cap_refused) arena_grow(w->a, &l->refused, &l->cap_refused, l->n_refused, sizeof *l->refused);
    l->refused[l->n_refused++] = (refusal){w->v[l->entities[e].first_mention].m.at, "place", str_of(why)};
}

// A known region's point is its table's, a country's the gazetteer's, which calls some by another name.
static void place_known(mapping *g, uint32_t e, uint32_t thing)
{
    const mention_rules *r = g->w->r;
    const known_thing   *t = &r->things[thing];
    entity              *x = &g->m->entities[e];
    if (t->has_point) {
        x->where = (place){.name = t->name, .lat = t->lat, .lon = t->lon, .precision = PLACE_PROVINCE};
        memcpy(x->where.country, t->country, 4);
        x->has_place = true;
        const place *v;
        size_t       n = look_up(g, t->name, &v);
        for (size_t k = 0; k < n; k++)
            if (v[k].precision == PLACE_PROVINCE && same_country(v[k].country, t->country)) x->where.admin1 = v[k].admin1;
        return;
    }
    str names[] = {t->name, arena_printf(g->w->a, "The %.*s", (int)t->name.n, t->name.p), t->also};
    for (size_t i = 0; t->kind == ENTITY_STATE && i < sizeof names / sizeof *names; i++)
        for (str rest = names[i]; rest.p && rest.n && !x->has_place;) {
            const place *v;
            size_t       n = look_up(g, str_trim(str_split(rest, ';', &rest)), &v);
            for (size_t k = 0; k < n && !x->has_place; k++)
                if (v[k].precision == PLACE_COUNTRY && same_country(v[k].country, t->country))
                    x->where = v[k], x->has_place = true;
        }
}

// "Georgia" among Americans: a country's name that a province of a country told of has too.
static bool is_province_here(mapping *g, const known_thing *t, uint32_t e)
{
    const candidates *c = &g->of[e];
    double            own = *country_weight(g, t->country) - g->times_named[e];
    if (g->holds[e]) return true;
    for (size_t k = 0; k < c->n; k++)
        if (c->v[k].precision == PLACE_PROVINCE && c->v[k].usual && !same_country(c->v[k].country, t->country) &&
            *country_weight(g, c->v[k].country) > 2 * own)
            return true;
    return false;
}

// --- things without a place of their own name ---

static bool is_placed_city(const entity *e)
{
    return e->has_place && e->kind == ENTITY_PLACE && e->where.precision <= PLACE_DISTRICT;
}

// The town that a facility is said to be in, or that its sentence names nearest to it.
static uint32_t town_near(const mapping *g, uint32_t i)
{
    enum { FARTHEST = 12 };
    const workings *w = g->w;
    uint32_t        at = w->v[i].m.head, s = w->p->v[at].sentence, best = NO_ENTITY, best_far = UINT32_MAX;
    for (uint32_t d = 1; d <= FARTHEST; d++)
        for (int side = 0; side < 2; side++) {
            uint32_t j = side ? i + d : i - d;
            if (j >= w->n || w->v[j].m.form != MENTION_NAME || !is_placed_city(&g->m->entities[w->v[j].m.entity])) continue;
            uint32_t other = w->v[j].m.head, far = other > at ? other - at : at - other;
            if (w->p->v[other].sentence == s && far < best_far) best = w->v[j].m.entity, best_far = far;
        }
    if (best != NO_ENTITY) return best;
    for (uint32_t d = 1; d <= 3 * FARTHEST && d <= i; d++)
        if (w->v[i - d].m.form == MENTION_NAME && is_placed_city(&g->m->entities[w->v[i - d].m.entity]))
            return w->v[i - d].m.entity;
    return g->m->dateline;
}

// What lies in a known town, or has a part of its name from it, is a spot in it, or the county round it.
static void of_part(mapping *g, uint32_t e)
{
    entity          *x = &g->m->entities[e];
    const phrase    *f = &g->w->v[x->first_mention];
    const head_word *noun =
        f->noun || f->name_end == f->name_first ? f->noun : mentions_head(g->w->r, g->w->fold[f->name_end - 1]);
    if (x->where.precision != PLACE_CITY) return;
    bool spot = x->kind != ENTITY_PLACE || !noun || mentions_is_direction(g->w->fold[f->name_first]);
    x->where.precision = spot ? PLACE_POINT : noun->precision;
}

static void place_by_holder(mapping *g, uint32_t e)
{
    workings *w = g->w;
    entity   *x = &g->m->entities[e];
    uint32_t  holder = g->container[e];
    if (holder == NO_ENTITY && x->kind == ENTITY_FACILITY) holder = town_near(g, x->first_mention);
    if (holder == NO_ENTITY && x->named) {
        const phrase *f = &w->v[x->first_mention];
        if (f->noun && f->noun->kind == ENTITY_PLACE && f->noun->after) holder = town_near(g, x->first_mention);
    }
    if (g->within[e] && x->kind == ENTITY_PLACE) {
        x->where = *g->within[e];
        x->has_place = x->roughly = true;
        return;
    }
    if (holder == NO_ENTITY || holder == e || !g->m->entities[holder].has_place) {
        if (x->named) refuse(g, e, "no place of this name is in the gazetteer");
        return;
    }
    x->where = g->m->entities[holder].where;
    x->has_place = x->roughly = true;
    of_part(g, e);
}

void mentions_locate(workings *w, mention_list *m)
{
    mapping g = {.w = w, .m = m};
    size_t  n = m->n_entities + 1;
    g.of = new_array(w->a, candidates, n);
    g.container = new_array(w->a, uint32_t, n);
    g.country = new_array(w->a, alpha3_code, n);
    g.within = new_array(w->a, const place *, n);
    g.holds = new_array(w->a, const place *, n);
    g.provinces = new_array(w->a, const place *, MOST_NEIGHBOURS + 1);
    g.settled = new_array(w->a, const place *, MOST_NEIGHBOURS + 1);
    for (size_t e = 0; e < n; e++) g.container[e] = NO_ENTITY;
    g.times_named = new_array(w->a, double, n);
    for (uint32_t i = 0; i < w->n; i++) g.times_named[w->v[i].m.entity] += w->v[i].m.form == MENTION_NAME && !w->v[i].adjective;
    weigh_countries(&g);
    collect_candidates(&g);
    find_containers(&g);
    find_held_provinces(&g);
    for (uint32_t e = 0; e < m->n_entities; e++) {
        uint32_t thing = w->v[m->entities[e].first_mention].thing;
        if (thing == NO_THING || !is_mapped_kind(m->entities[e].kind)) continue;
        if (is_province_here(&g, &w->r->things[thing], e)) {
            m->entities[e].kind = ENTITY_PLACE;
            m->entities[e].country[0] = 0;
        } else place_known(&g, e, thing);
    }
    for (int round = 0; round < 2; round++) {
        for (uint32_t e = 0; e < m->n_entities; e++)
            if (g.of[e].n && !m->entities[e].has_place) choose(&g, e);
        settle(&g);
    }
    for (uint32_t e = 0; e < m->n_entities; e++) {
        entity *x = &m->entities[e];
        if (x->has_place || !g.of[e].n) continue;
        if (!is_settled(&g.of[e]) && g.of[e].part) continue;
        if (!is_settled(&g.of[e])) {
            refuse(&g, e,
                   g.of[e].n > 1 ? "several places of this name, none supported by the report"
                                 : "a small place of this name, not supported by the report");
            g.of[e].refused = true;
            continue;
        }
        x->where = *g.of[e].best;
        x->has_place = true;
        if (g.of[e].part) of_part(&g, e);
        if (!x->country[0]) memcpy(x->country, x->where.country, 4);
    }
    for (uint32_t e = 0; e < m->n_entities; e++)
        if (m->entities[e].named && !m->entities[e].has_place && !g.of[e].refused && is_mapped_kind(m->entities[e].kind))
            place_by_holder(&g, e);
}
