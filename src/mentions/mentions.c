// Mentions of one report joined into entities, with their names, kinds and places.

#include "mentions/mentions.h"

#include "mentions/inner.h"

#include <string.h>

// --- names of an entity ---

typedef struct {
    entity *e;
    map     seen;
    arena  *a;
    size_t  best; // weight of the fullest name so far
    bool    best_named;
} name_list;

// A wording without its article and case: "The company", "the company" and "company" are listed once.
static str bare_wording(arena *a, str s)
{
    str  rest, key = mentions_fold(a, s), first = str_split(key, ' ', &rest);
    bool has_article_first = str_is(first, "the") || str_is(first, "a") || str_is(first, "an");
    return has_article_first && rest.n ? rest : key;
}

static void add_name_wording(name_list *l, str s)
{
    if (!s.n) return;
    uint32_t *at = map_put(l->a, &l->seen, bare_wording(l->a, s));
    if (*at != MAP_NONE) return;
    *at = 1;
    if (l->e->n_names == l->e->cap_names) arena_grow(l->a, &l->e->names, &l->e->cap_names, l->e->n_names, sizeof *l->e->names);
    l->e->names[l->e->n_names++] = s;
}

static str wording_of(const workings *w, uint32_t first, uint32_t end)
{
    return span_of(w->p->text, parse_span(w->p, first, end));
}

// Every way of writing the thing that one mention holds: the full phrase, the phrase up to each preposition on its
// right, the name with and without its title, the title alone.
static void add_wordings_of(name_list *l, const workings *w, const phrase *f)
{
    if (f->m.form == MENTION_PRONOUN) return;
    if (f->name_end == f->m.end && f->name_first == f->m.first + 1 && f->det == DET_DEFINITE)
        add_name_wording(l, wording_of(w, f->name_first, f->name_end));
    add_name_wording(l, wording_of(w, f->m.first, f->m.end));
    for (uint32_t i = f->m.head + 1; !f->group && i < f->m.end; i++)
        if (w->p->v[i].dep == DEP_prep && i >= f->base_end) add_name_wording(l, wording_of(w, f->m.first, i));
    if (f->name_first < f->name_end) add_name_wording(l, wording_of(w, f->name_first, f->name_end));
    if (f->role_first < f->role_end) {
        add_name_wording(l, wording_of(w, f->role_first, f->name_end));
        add_name_wording(l, wording_of(w, f->role_first, f->role_end));
    }
}

// The fullest name: that of the table, or else the longest that begins with a capital; of a thing without one, its
// fullest short description.
static void choose_name(name_list *l, const workings *w, const phrase *f)
{
    enum { TABLE_NAME = 1000, CAPITAL = 500 };
    bool   named = f->name_first < f->name_end;
    size_t n = named ? f->name_end - f->name_first : f->base_end - f->m.first;
    if (f->m.form == MENTION_PRONOUN || (l->best_named && !named)) return;
    if (f->adjective) n = 0;
    else if (named && f->known != NO_THING && str_eq(f->key, mentions_fold(w->a, w->r->things[w->r->known[f->known].thing].name)))
        n += TABLE_NAME;
    else if (named && (unsigned char)(w->p->v[f->name_first].text.p[0] - 'a') > 25) n += CAPITAL;
    if (l->e->name.n && l->best_named == named && n <= l->best) return;
    l->best = n;
    l->best_named = named;
    l->e->name = named ? wording_of(w, f->name_first, f->name_end) : wording_of(w, f->m.first, f->m.end);
}

static bool country_is_told(const workings *w, const char *country)
{
    for (size_t k = 0; k < w->n_told; k++)
        if (!strcmp(w->told[k], country)) return true;
    return false;
}

// The countries that the report names, or names the people of.
static void find_countries(workings *w)
{
    enum { MOST_TOLD = 64 };
    w->told = new_array(w->a, const char *, MOST_TOLD);
    for (size_t i = 0; i < w->n && w->n_told < MOST_TOLD; i++) {
        const phrase *f = &w->v[i];
        if (f->known == NO_THING) continue;
        const known_thing *t = &w->r->things[w->r->known[f->known].thing];
        if (!t->generic && t->country[0] && !country_is_told(w, t->country)) w->told[w->n_told++] = t->country;
    }
}

// Country and sector by what the tables say of its wordings, the first that says anything.
static void place_in_world(const workings *w, entity *e, const phrase *f)
{
    if (f->known != NO_THING) {
        const known_thing *t = &w->r->things[w->r->known[f->known].thing];
        if (!e->country[0] && (!t->generic || country_is_told(w, t->country))) memcpy(e->country, t->country, 4);
        if (!e->sector) e->sector = t->sector;
        return;
    }
    if (f->role && !e->sector) e->sector = f->role->sector;
    if (f->noun && !e->sector) e->sector = f->noun->sector;
}

static void fill_entity(workings *w, entity *e, const uint32_t *members, size_t n)
{
    name_list l = {.e = e, .a = w->a};
    for (size_t k = 0; k < n; k++) {
        const phrase *f = &w->v[members[k]];
        choose_name(&l, w, f);
        place_in_world(w, e, f);
        e->plural |= f->plural;
    }
    e->named = l.best_named;
    if (e->name.n) *map_put(w->a, &l.seen, bare_wording(w->a, e->name)) = 1;
    for (size_t k = 0; k < n; k++) add_wordings_of(&l, w, &w->v[members[k]]);
    int kind = mentions_kind(&w->v[members[0]]); // the cluster's root is its first mention
    e->kind = kind < 0 ? ENTITY_OTHER : (entity_kind)kind;
}

// Members of each cluster, in text order, one cluster after the other.
static void make_entities(workings *w, mention_list *m)
{
    uint32_t *number = new_array(w->a, uint32_t, w->n + 1), *count = new_array(w->a, uint32_t, w->n + 2);
    uint32_t  n = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t c = mentions_cluster(w, i);
        if (c == i) number[i] = n++;
        w->v[i].m.entity = number[c];
        count[number[c] + 1]++;
    }
    for (uint32_t k = 0; k < n; k++) count[k + 1] += count[k];
    uint32_t *members = new_array(w->a, uint32_t, w->n + 1), *next = new_array(w->a, uint32_t, n + 1);
    for (uint32_t k = 0; k < n; k++) next[k] = count[k];
    for (uint32_t i = 0; i < w->n; i++) members[next[w->v[i].m.entity]++] = i;
    m->entities = new_array(w->a, entity, n + 1);
    m->n_entities = m->cap_entities = n;
    for (uint32_t k = 0; k < n; k++) {
        m->entities[k].first_mention = members[count[k]];
        fill_entity(w, &m->entities[k], members + count[k], count[k + 1] - count[k]);
    }
}

// --- the list that other layers see ---

static void list_mentions(workings *w, mention_list *m)
{
    const parse *p = w->p;
    m->v = new_array(w->a, mention, w->n + 1);
    m->n = m->cap = w->n;
    m->of_token = new_array(w->a, uint32_t, p->n + 1);
    m->inside = new_array(w->a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) m->of_token[i] = w->of_head[i], m->inside[i] = NO_MENTION;
    for (uint32_t i = 0; i < w->n; i++) {
        m->v[i] = w->v[i].m;
        // text order, longer first: an inner mention paints over the outer
        for (uint32_t t = m->v[i].first; !w->v[i].group && t < m->v[i].end; t++) m->inside[t] = i;
    }
}

static void mention_dateline(workings *w, mention_list *m)
{
    m->dateline = NO_ENTITY;
    for (uint32_t i = 0; i < w->n && w->v[i].m.at.start < w->art->dateline.end; i++)
        if (w->v[i].m.form == MENTION_NAME && span_in(w->v[i].m.at, w->art->dateline)) {
            m->dateline = w->v[i].m.entity;
            return;
        }
}

mention_list mentions_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                           const mention_rules *rules)
{
    (void)quantities;
    workings     w = {.a = a, .p = p, .art = art, .r = rules, .times = times};
    mention_list m = {.dateline = NO_ENTITY};
    mentions_phrases(&w);
    mentions_join(&w);
    find_countries(&w);
    make_entities(&w, &m);
    list_mentions(&w, &m);
    mention_dateline(&w, &m);
    mentions_locate(&w, &m);
    return m;
}

uint32_t mentions_entity(const mention_list *m, const parse *p, uint32_t i)
{
    enum { FARTHEST = 4 };
    for (int steps = 0; steps < FARTHEST; steps++) {
        if (m->of_token[i] != NO_MENTION) return m->v[m->of_token[i]].entity;
        const token *t = &p->v[i];
        if (t->tag != TAG_WDT && t->tag != TAG_WP && !str_is(t->lower, "that")) return NO_ENTITY;
        uint32_t verb = t->head;
        while (p->v[verb].dep != DEP_relcl && p->v[verb].head != verb && ++steps < FARTHEST) verb = p->v[verb].head;
        if (p->v[verb].dep != DEP_relcl) return NO_ENTITY;
        i = p->v[verb].head;
    }
    return NO_ENTITY;
}

// How coarse the place is that was found for an entity.
static const char *const precision_names[] = {"point", "city", "district", "province", "country"};

static void dump_entity(FILE *out, const mention_list *m, const entity *e, const parse *p, const uint32_t *pronouns,
                        size_t n_pronouns)
{
    fprintf(out, "%s | %.*s | ", entity_kind_name(e->kind), (int)e->name.n, e->name.p);
    for (size_t k = 0; k < e->n_names; k++) fprintf(out, "%s%.*s", k ? "; " : "", (int)e->names[k].n, e->names[k].p);
    fprintf(out, " | %s | %s | ", e->country, e->sector ? e->sector : "");
    if (e->has_place) fprintf(out, "%.2f %.2f %s", e->where.lat, e->where.lon, precision_names[e->where.precision]);
    fprintf(out, " |");
    for (size_t k = 0; k < n_pronouns; k++) {
        str s = span_of(p->text, m->v[pronouns[k]].at);
        fprintf(out, " %.*s", (int)s.n, s.p);
    }
    fprintf(out, "\n");
}

void mentions_dump(FILE *out, const parse *p, const mention_list *m)
{
    enum { MOST_SHOWN = 64 };
    for (size_t i = 0; i < m->n_entities; i++) {
        const entity *e = &m->entities[i];
        uint32_t      pronouns[MOST_SHOWN];
        size_t        n = 0;
        if (!e->name.n) continue;
        for (size_t k = e->first_mention; k < m->n && n < MOST_SHOWN && k < e->first_mention + 4096; k++)
            if (m->v[k].entity == i && m->v[k].form == MENTION_PRONOUN) pronouns[n++] = (uint32_t)k;
        if (e->named || e->n_names || n) dump_entity(out, m, e, p, pronouns, n);
    }
    for (size_t i = 0; i < m->n_refused; i++) {
        str s = span_of(p->text, m->refused[i].at);
        fprintf(out, "refused | %.*s | %.*s\n", (int)s.n, s.p, (int)m->refused[i].why.n, m->refused[i].why.p);
    }
}
