// Where and when those were that a figure counts.
//
//   "The blast in Kabul on Monday killed five."  ->  five | Kabul | Monday
//   "Officials put the toll at nine."            ->  nine | Kabul | Monday, as the blast

#include "events/figures.h"
#include "events/finding.h"

enum {
    REACH_STEPS = 8,   // up from a place's or day's words to the verb of the clause
    REACH_WINDOW = 60, // tokens to either side of the word that governs the counted
    REACH_LEVELS = 6,
    MANY = 100,        // so many in the perfect tense are a toll over a time ("35,000 have been killed")
    LEAD_SENTENCES = 8 // in which the report's main attack or accident is looked for
};

// The words from the governor up to the verb of its clause; a participle ("killing 12") belongs to the clause it adds to.
typedef struct {
    uint32_t v[REACH_LEVELS];
    size_t   n;
} clause_words;

static bool opens_clause(const token *t)
{
    return t->dep == DEP_ccomp || t->dep == DEP_relcl || t->dep == DEP_parataxis || (t->dep == DEP_advcl && t->tag != TAG_VBG) ||
           (t->dep == DEP_conj && t->pos == POS_VERB && t->tag != TAG_VBG);
}

static clause_words clause_over(const parse *p, uint32_t i)
{
    clause_words c = {.n = 0};
    while (c.n < REACH_LEVELS) {
        c.v[c.n++] = i;
        if (opens_clause(&p->v[i]) || p->v[i].head == i) break;
        i = p->v[i].head;
    }
    return c;
}

static bool reaches(const parse *p, uint32_t from, const clause_words *c)
{
    for (int step = 0; step < REACH_STEPS; step++) {
        for (size_t k = 0; k < c->n; k++)
            if (c->v[k] == from) return true;
        const token *t = &p->v[from];
        if (t->head == from || opens_clause(t) || t->dep == DEP_advcl) return false;
        from = t->head;
    }
    return false;
}

static bool is_where(const figure_maker *f, uint32_t who)
{
    if (who == NO_ENTITY) return false;
    const entity *e = &f->m->entities[who];
    return e->kind == ENTITY_PLACE || e->kind == ENTITY_FACILITY || e->kind == ENTITY_STATE;
}

static void add_where(const figure_maker *f, id_list *list, uint32_t who)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == who) return;
    *push(f->a, list) = who;
}

// Places named in the clause: "in Kabul", and before the word for what happened, "the Kabul bombing".
static id_list places_in_clause(const figure_maker *f, const clause_words *c)
{
    const parse    *p = f->p;
    const sentence *s = &p->sentences[p->v[c->v[0]].sentence];
    uint32_t        from = c->v[0] > s->first + REACH_WINDOW ? c->v[0] - REACH_WINDOW : s->first;
    uint32_t        to = c->v[0] + REACH_WINDOW < s->end ? c->v[0] + REACH_WINDOW : s->end;
    id_list         out = {.n = 0};
    for (uint32_t i = from; i < to; i++) {
        const token *t = &p->v[i], *h = &p->v[t->head];
        bool         object = t->dep == DEP_pobj && lexicon_is(f->rules, h->lower, WORD_place_at);
        bool before = (t->dep == DEP_compound || t->dep == DEP_poss) && t->ent == ENT_GPE && f->of_token[t->head] != NO_EVENT;
        bool struck = t->dep == DEP_dobj && f->of_token[t->head] != NO_EVENT; // "attacked the town, killing 12"
        if (!object && !before && !struck) continue;
        uint32_t who = mentions_entity(f->m, p, i);
        if (is_where(f, who) && reaches(p, t->head, c)) add_where(f, &out, who);
    }
    return out;
}

// The first time note that ends after that token.
static size_t time_after(const figure_maker *f, uint32_t first)
{
    size_t lo = 0, hi = f->times->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (f->times->v[mid].end <= first) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static uint32_t time_in_clause(const figure_maker *f, const clause_words *c)
{
    const parse    *p = f->p;
    const sentence *s = &p->sentences[p->v[c->v[0]].sentence];
    size_t          lo = time_after(f, s->first);
    for (int seen = 0; lo < f->times->n && f->times->v[lo].first < s->end && seen < REACH_WINDOW; lo++, seen++)
        if (f->times->v[lo].begin != DAY_NONE && reaches(p, f->times->v[lo].end - 1, c)) return (uint32_t)lo;
    return NO_TIME;
}

// "More than 1,000 people have been arrested since June": from then to the day of the report.
static void running_total(const figure_maker *f, figure *g, const quantity *q)
{
    const parse    *p = f->p;
    const sentence *s = &p->sentences[p->v[q->number].sentence];
    uint32_t        from = q->end, to = q->end + REACH_WINDOW < s->end ? q->end + REACH_WINDOW : s->end;
    while (from < to && !str_is(p->v[from].lower, "since")) from++;
    for (size_t i = time_after(f, from); i < f->times->n && from < to; i++) {
        const time_note *t = &f->times->v[i];
        if (t->first < from || t->begin == DAY_NONE) continue;
        if (t->first >= to) return;
        g->time = (uint32_t)i;
        g->begin = t->begin;
        g->last = f->published != DAY_NONE && f->published > t->begin ? f->published : t->last;
        return;
    }
}

static bool did_harm(const event *v)
{
    return (v->type == EVENT_ASSAULT || v->type == EVENT_INCIDENT) &&
           (v->status == EVENT_HAPPENED || v->status == EVENT_ONGOING || v->status == EVENT_ALLEGED);
}

// A figure with days of its own is of another attack, unless that is told of the same days.
static bool days_differ(const figure *g, const event *v)
{
    return g->begin != DAY_NONE && (v->begin == DAY_NONE || g->last < v->begin || v->last < g->begin);
}

// "35,000 have been killed" tells of no single day.
static bool is_perfect(const parse *p, uint32_t verb)
{
    if (verb == TOKEN_NONE) return false;
    uint32_t aux = parse_child(p, verb, DEP_aux);
    return aux != TOKEN_NONE && str_is(p->v[aux].lemma, "have") && p->v[aux].tag != TAG_VBD && p->v[aux].tag != TAG_VB;
}

static const entity *town_among(const figure_maker *f, const id_list *places)
{
    for (size_t i = 0; i < places->n; i++) {
        const entity *e = &f->m->entities[places->v[i]];
        if (e->has_place && (e->where.precision == PLACE_CITY || e->where.precision == PLACE_DISTRICT)) return e;
    }
    return NULL;
}

// The figure's sentence tells of another time or place: "a blast in Tarso last week left one dead".
static bool told_of_another(const figure_maker *f, const figure *g, const quantity *q, const event *v)
{
    const sentence *s = &f->p->sentences[f->p->v[q->number].sentence];
    if (v->begin != DAY_NONE)
        for (size_t i = time_after(f, s->first); i < f->times->n && f->times->v[i].first < s->end; i++) {
            const time_note *t = &f->times->v[i];
            if (t->begin != DAY_NONE && (t->last < v->begin - DAYS_OF_ONE_STORY || t->begin > v->last + DAYS_OF_ONE_STORY))
                return true;
        }
    const entity *here = town_among(f, &g->place), *there = town_among(f, &v->place);
    return here && there && here != there;
}

// The first attack or accident that is told with what is lacking.
static void inherit(const figure_maker *f, figure *g)
{
    const quantity *q = &f->quantities->v[g->quantity];
    for (size_t i = 0; i < f->e->n && (!g->place.n || g->begin == DAY_NONE); i++) {
        const event *v = &f->e->v[i];
        if (v->sentence >= LEAD_SENTENCES) break;
        if (!did_harm(v) || days_differ(g, v) || told_of_another(f, g, q, v)) continue;
        if (!g->place.n && v->place.n && v->status != EVENT_ALLEGED) {
            g->place = v->place;
            g->place_by = (carried){STR("main-act"), v->trigger};
        }
        if (g->begin == DAY_NONE && v->begin != DAY_NONE) {
            g->time = v->time, g->begin = v->begin, g->last = v->last;
            g->time_by = (carried){STR("main-act"), v->trigger};
        }
    }
}

void figures_setting(const figure_maker *f, figure *g)
{
    const quantity *q = &f->quantities->v[g->quantity];
    clause_words    c = clause_over(f->p, q->governor != TOKEN_NONE ? q->governor : q->counted);
    if (!g->place.n) g->place = places_in_clause(f, &c);
    if (g->begin == DAY_NONE) {
        uint32_t t = time_in_clause(f, &c);
        if (t != NO_TIME) g->time = t, g->begin = f->times->v[t].begin, g->last = f->times->v[t].last;
    }
    if (q->total) running_total(f, g, q);
    bool harmed = q->effect == EFFECT_KILLED || q->effect == EFFECT_INJURED || q->effect == EFFECT_MISSING ||
                  q->effect == EFFECT_RESCUED || (q->effect == EFFECT_PRESENT && g->event == NO_EVENT);
    if (harmed && g->status != FIGURE_PLANNED && !(q->value >= MANY && is_perfect(f->p, q->governor))) inherit(f, g);
}
