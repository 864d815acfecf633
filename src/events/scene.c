// The town of the report's attack or accident: every naming of a town speaks for it, by how it is named (scene.tsv).

#include "events/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_TOWNS = 64,
    MOST_ROWS = 48,
    LEAD = 4,        // sentences in which a place told of counts more
    UP = 6,          // steps from a place's words up to the noun it describes
    LONGEST_BODY = 8 // words of a body's name
};
static const double REPEATED = 0.5, // a further naming of the same kind speaks half as much as the one before
    ENOUGH = 1.0,                   // below that nothing is said
    UNLISTED = 0.5;                 // a place that the gazetteer lacks may be no town

#define STAND_NAME(id) #id,
static const char *const stand_names[] = {SCENE_STANDS(STAND_NAME)};

bool scene_load(const data_set *d, const char *file, scene_rules *r, fault *f)
{
    tsv t;
    if (!data_open(d, file, &t, f)) return false;
    while (tsv_next(&t)) {
        scene_row row = {.id = tsv_get(&t, "rule")};
        str       stands = tsv_get(&t, "stands");
        size_t    k = 0;
        while (k < SCENE_STANDS_COUNT && !str_is(stands, stand_names[k])) k++;
        if (k == SCENE_STANDS_COUNT) return fault_set(f, "%s:%d: unknown \"%.*s\"", t.file, t.line, (int)stands.n, stands.p);
        if (r->n == MOST_ROWS) return fault_set(f, "%s:%d: more than %d rows", t.file, t.line, MOST_ROWS);
        row.stands = (scene_stands)k;
        for (str rest = tsv_get(&t, "words"); rest.p;) {
            str word = str_trim(str_split(rest, ' ', &rest));
            if (word.n) *map_put(d->a, &row.words, word) = 1;
        }
        char weight[16] = {0};
        str  w = tsv_get(&t, "weight");
        for (size_t i = 0; i < w.n && i + 1 < sizeof weight; i++) weight[i] = w.p[i];
        row.weight = strtod(weight, NULL);
        *push(d->a, r) = row;
    }
    return true;
}

// --- towns ---

typedef struct {
    uint32_t entity;
    double   score;
    double   next[MOST_ROWS]; // what one more naming by that row counts
    uint32_t row;             // that spoke most, and where
    double   most;
    span     at;
} town;

typedef struct {
    const article      *art;
    const parse        *p;
    const mention_list *m;
    const event_list   *e;
    const scene_rules  *r;
    const event_rules  *lexicon;
    town               *towns;
    size_t              n;
    uint32_t           *town_of;  // [entities] index into towns, or MAP_NONE
    bool               *has_harm; // [sentences]
    uint32_t           *act_of;   // [tokens]
    span                title;
} staging;

bool scene_is_harm(const event *v)
{
    return (v->type == EVENT_ASSAULT || v->type == EVENT_INCIDENT) &&
           (v->status == EVENT_HAPPENED || v->status == EVENT_ONGOING || v->status == EVENT_ALLEGED);
}

bool scene_is_town(const entity *e)
{
    return e->kind == ENTITY_PLACE && e->named &&
           (!e->has_place || e->where.precision == PLACE_CITY || e->where.precision == PLACE_DISTRICT ||
            (e->roughly && e->where.precision == PLACE_PROVINCE));
}

span scene_title(const article *art)
{
    for (size_t i = 0; i < art->n_blocks; i++)
        if (!strcmp(art->blocks[i].role, "title") && art->blocks[i].at.end) return art->blocks[i].at;
    return (span){0, 0};
}

static void speak(staging *s, uint32_t who, size_t row, span at)
{
    uint32_t k = s->town_of[who];
    if (k == MAP_NONE) return;
    town  *t = &s->towns[k];
    double w = t->next[row];
    if (!s->m->entities[who].has_place || s->m->entities[who].roughly) w *= UNLISTED;
    t->score += w;
    t->next[row] *= REPEATED;
    if (w > t->most) t->most = w, t->row = (uint32_t)row, t->at = at;
}

static void speak_as(staging *s, uint32_t who, scene_stands stands, str word, span at)
{
    for (size_t i = 0; i < s->r->n; i++) {
        const scene_row *row = &s->r->v[i];
        if (row->stands == stands && (!row->words.n || map_get(&row->words, word) != MAP_NONE)) {
            speak(s, who, i, at);
            return;
        }
    }
}

static bool stands_before(const token *t, uint32_t i)
{
    return (t->dep == DEP_compound || t->dep == DEP_nmod || t->dep == DEP_poss || t->dep == DEP_amod) && t->head > i;
}

// "near the river in Tarso": the noun or verb that the place's words describe.
static void naming(staging *s, const mention *x, uint32_t who)
{
    const parse *p = s->p;
    const str    none = {"", 0};
    uint32_t     i = x->head;
    if (span_in(x->at, s->art->dateline)) {
        speak_as(s, who, STANDS_dateline, none, x->at);
        return;
    }
    if (span_in(x->at, s->title)) speak_as(s, who, STANDS_title, none, x->at);
    if (stands_before(&p->v[i], i)) {
        for (int step = 0; step < UP && stands_before(&p->v[i], i); step++) i = p->v[i].head;
        bool act = s->act_of[i] != NO_EVENT && scene_is_harm(&s->e->v[s->act_of[i]]);
        speak_as(s, who, act ? STANDS_act_noun : STANDS_before, p->v[i].lemma, x->at);
        return;
    }
    uint32_t up = p->v[i].head;
    if (p->v[i].dep == DEP_pobj && lexicon_is(s->lexicon, p->v[up].lower, WORD_place_at)) {
        uint32_t of = p->v[i].sentence;
        speak_as(s, who,
                 s->has_harm[of] ? STANDS_in_act
                 : of < LEAD     ? STANDS_in_lead
                                 : STANDS_in,
                 p->v[p->v[up].head].lemma, x->at);
    } else if (p->v[i].dep == DEP_pobj && str_is(p->v[up].lower, "of"))
        speak_as(s, who, STANDS_of, p->v[p->v[up].head].lemma, x->at);
    else speak_as(s, who, STANDS_else, none, x->at);
}

// "northeast Tarso": a part of a town speaks for the town.
static uint32_t town_of_part(const staging *s, const mention *x)
{
    str name = span_of(s->p->text, x->at);
    for (size_t k = 0; k < s->n; k++) {
        str own = s->m->entities[s->towns[k].entity].name;
        if (own.n + 1 < name.n && str_ends(name, own) && name.p[name.n - own.n - 1] == ' ') return s->towns[k].entity;
    }
    return NO_ENTITY;
}

// "Tarso Police Department": a body whose name begins with a town's.
static void within_name(staging *s, const mention *x)
{
    str    name = span_of(s->p->text, x->at);
    size_t best = s->n, length = 0;
    for (size_t k = 0; k < s->n; k++) {
        const entity *e = &s->m->entities[s->towns[k].entity];
        for (size_t j = 0; j <= e->n_names && j < 6; j++) {
            str own = j ? e->names[j - 1] : e->name;
            if (own.n > length && own.n + 1 < name.n && str_starts(name, own) && name.p[own.n] == ' ') best = k, length = own.n;
        }
    }
    for (uint32_t i = x->end; best < s->n && i-- > x->first && i + LONGEST_BODY > x->end;)
        for (size_t k = 0; k < s->r->n; k++)
            if (s->r->v[k].stands == STANDS_name && map_get(&s->r->v[k].words, s->p->v[i].lower) != MAP_NONE) {
                speak(s, s->towns[best].entity, k, x->at);
                return;
            }
}

static void collect_towns(staging *s, arena *a)
{
    const mention_list *m = s->m;
    s->town_of = new_array(a, uint32_t, m->n_entities + 1);
    s->towns = new_array(a, town, MOST_TOWNS);
    for (uint32_t e = 0; e < m->n_entities; e++) {
        s->town_of[e] = MAP_NONE;
        if (!scene_is_town(&m->entities[e]) || s->n == MOST_TOWNS) continue;
        s->town_of[e] = (uint32_t)s->n;
        town *t = &s->towns[s->n++];
        t->entity = e;
        for (size_t i = 0; i < s->r->n; i++) t->next[i] = s->r->v[i].weight;
    }
}

static void index_acts(staging *s, arena *a)
{
    s->has_harm = new_array(a, bool, s->p->n_sentences + 1);
    s->act_of = new_array(a, uint32_t, s->p->n + 1);
    for (size_t i = 0; i < s->p->n; i++) s->act_of[i] = NO_EVENT;
    for (size_t i = 0; i < s->e->n; i++) {
        const event *v = &s->e->v[i];
        s->act_of[v->token] = (uint32_t)i;
        if (scene_is_harm(v)) s->has_harm[v->sentence] = true;
    }
    s->title = scene_title(s->art);
}

scene scene_find(arena *a, const article *art, const parse *p, const mention_list *m, const event_list *e,
                 const event_rules *rules)
{
    staging s = {.art = art, .p = p, .m = m, .e = e, .r = &rules->scene, .lexicon = rules};
    scene   out = {.town = NO_ENTITY};
    collect_towns(&s, a);
    if (!s.n) return out;
    index_acts(&s, a);
    for (size_t i = 0; i < m->n; i++) {
        const mention *x = &m->v[i];
        if (x->form != MENTION_NAME || x->entity == NO_ENTITY) continue;
        entity_kind kind = m->entities[x->entity].kind;
        uint32_t    part = kind == ENTITY_PLACE && s.town_of[x->entity] == MAP_NONE ? town_of_part(&s, x) : NO_ENTITY;
        if (s.town_of[x->entity] != MAP_NONE) naming(&s, x, x->entity);
        else if (part != NO_ENTITY) naming(&s, x, part);
        else if (kind == ENTITY_ORGANISATION || kind == ENTITY_FACILITY || kind == ENTITY_ARMED_GROUP) within_name(&s, x);
    }
    for (size_t i = 0; i < e->n; i++)
        for (size_t k = 0; scene_is_harm(&e->v[i]) && k < e->v[i].place.n; k++)
            speak_as(&s, e->v[i].place.v[k], STANDS_act, (str){"", 0}, e->v[i].trigger);
    double best = ENOUGH;
    for (size_t k = 0; k < s.n; k++) {
        double score = s.towns[k].score;
        if (score >= best + (k > 0) * 1e-9) {
            best = score;
            out = (scene){s.towns[k].entity, s.r->v[s.towns[k].row].id, s.towns[k].at};
        }
    }
    return out;
}
