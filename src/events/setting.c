// Where, when and according to whom: the place and time nearest in the clause, the innermost statement over it.

#include "events/finding.h"

enum { SETTING_STEPS = 6, SETTING_CHILDREN = 256, SETTING_TOKENS = 160, LONGEST_SETTING = 3660 };

static uint32_t source_of_entity(finding *f, uint32_t e)
{
    for (size_t i = 0; i < f->sources->n_sources; i++)
        if (f->sources->sources[i].entity == e) return (uint32_t)i;
    const entity *who = &f->m->entities[e];
    struct {
        source *v;
        size_t  n, cap;
    } list = {f->sources->sources, f->sources->n_sources, f->sources->cap_sources};
    source *s = push(f->a, &list);
    *s = (source){.text = who->name,
                  .names = who->names,
                  .n_names = who->n_names,
                  .cap_names = who->n_names,
                  .entity = e,
                  .kind = who->kind == ENTITY_PERSON ? SOURCE_PERSON : SOURCE_ORGANISATION,
                  .anonymous = !who->named,
                  .party = NO_ENTITY};
    f->sources->sources = list.v;
    f->sources->n_sources = list.n;
    f->sources->cap_sources = list.cap;
    return (uint32_t)list.n - 1;
}

static void fill_statement(finding *f, act *x)
{
    x->e.statement = f->said_in[x->token];
    if (x->e.statement != NO_STATEMENT) x->e.source = f->sources->v[x->e.statement].source;
}

// A demanded act is according to whoever demands it, an alleged one to the accuser.
static void fill_source(finding *f, act *x)
{
    if (x->dropped || x->demanded_by == NO_EVENT) return;
    const act *by = &f->acts.v[x->demanded_by];
    if ((by->type == EVENT_REQUEST || by->type == EVENT_ACCUSE || by->type == EVENT_AGREE || by->type == EVENT_THREATEN) &&
        by->e.actor.n &&
        (x->e.status == EVENT_DEMANDED || x->e.status == EVENT_ALLEGED || x->e.status == EVENT_PLANNED ||
         x->e.status == EVENT_THREATENED))
        x->e.source = source_of_entity(f, by->e.actor.v[0]);
}

// "Fighting goes on despite judges ordering a halt on Friday": Friday is the order's.
static bool opens_other_clause(const parse *p, uint32_t i, uint32_t to)
{
    uint8_t d = p->v[i].dep;
    if (p->v[i].tag != TAG_VBG || (d != DEP_advcl && d != DEP_pcomp && (d != DEP_acl || p->v[i].head == to))) return false;
    uint32_t above = clause_governor(p, i);
    return above != TOKEN_NONE && clause_surface(p, i) != clause_surface(p, above);
}

// Steps from the time's or place's words up to the act, or -1 where another clause lies between.
static int setting_steps_up(const finding *f, uint32_t from, uint32_t to)
{
    const parse *p = f->p;
    for (int step = 0; step < SETTING_STEPS; step++) {
        if (from == to) return step;
        if (p->v[from].head == from || (step && opens_other_clause(p, from, to))) return -1;
        from = p->v[from].head;
    }
    return -1;
}

// "on Saturday, the day after judges ruled": the time is of the clause above; what it counts from, the ruling, was a day earlier.
static bool counts_from(const finding *f, const time_note *t, const act *x)
{
    const parse *p = f->p;
    uint32_t     at = t->end - 1;
    if (!str_is(p->v[at].lower, "after") && !str_is(p->v[at].lower, "before")) return false;
    return p->v[at].dep == DEP_mark ? p->v[at].head == x->token : p->v[x->token].head == at;
}

static void fill_counted_day(act *x, const time_note *t, const parse *p)
{
    bool one_day = t->begin == t->last && t->end - t->first >= 2 && str_is(p->v[t->end - 2].lower, "day");
    if (!one_day) {
        x->e.time = NO_TIME;
        return;
    }
    x->e.begin = x->e.last = str_is(p->v[t->end - 1].lower, "after") ? t->begin - 1 : t->begin + 1;
}

// "the deadliest since 2009": a day before, but of an act in the perfect: "have been arrested since June" is from then on.
static bool since_of_another(const finding *f, const time_note *t, const act *x)
{
    const parse *p = f->p;
    if (!t->first || !str_is(p->v[t->first - 1].lower, "since")) return false;
    for_children (p, x->token, c)
        if (p->v[c].dep == DEP_aux && str_is(p->v[c].lemma, "have")) return false;
    return true;
}

// "on Monday, when rebels shelled the port"
static bool told_of_time(const parse *p, const time_note *t, uint32_t i)
{
    return p->v[i].dep == DEP_relcl && p->v[i].head >= t->first && p->v[i].head < t->end;
}

static void fill_time(finding *f, act *x)
{
    const sentence *s = &f->p->sentences[x->e.sentence];
    int             best = 100;
    uint32_t        above = clause_governor(f->p, x->token);
    uint32_t        from = x->token > s->first + SETTING_TOKENS ? x->token - SETTING_TOKENS : s->first;
    size_t          i = 0, hi = f->times->n;
    while (i < hi) { // the first time that does not end before the window
        size_t mid = i + (hi - i) / 2;
        if (f->times->v[mid].end <= from) i = mid + 1;
        else hi = mid;
    }
    for (; i < f->times->n; i++) {
        const time_note *t = &f->times->v[i];
        if (t->first >= s->end || t->first > x->token + SETTING_TOKENS) break;
        if (t->begin == DAY_NONE || t->last - t->begin > LONGEST_SETTING || t->at.end <= f->art->dateline.end) continue;
        if (since_of_another(f, t, x) && !told_of_time(f->p, t, x->token)) continue;
        uint32_t at = t->end - 1;
        int      up = setting_steps_up(f, at, x->token),
            rank = told_of_time(f->p, t, x->token) ? 0
                   : up >= 0                       ? up
                   : above != TOKEN_NONE && x->frame->class == 'n' && setting_steps_up(f, at, above) >= 0
                       ? 10 + setting_steps_up(f, at, above)
                       : 100;
        if (rank < best) best = rank, x->e.time = (uint32_t)i;
    }
    if (x->e.time != NO_TIME && counts_from(f, &f->times->v[x->e.time], x)) {
        fill_counted_day(x, &f->times->v[x->e.time], f->p);
    } else if (x->e.time != NO_TIME) {
        x->e.begin = f->times->v[x->e.time].begin;
        x->e.last = f->times->v[x->e.time].last;
    }
}

static bool place_preposition(const finding *f, str w)
{
    return lexicon_is(f->r, w, WORD_place_at) || lexicon_is(f->r, w, WORD_place_to);
}

static void add_places_at(finding *f, act *x, uint32_t i)
{
    const parse *p = f->p;
    int          seen = 0;
    for_children (p, i, c) {
        if (p->v[c].dep == DEP_prep && place_preposition(f, p->v[c].lower)) {
            uint32_t o = parse_child(p, c, DEP_pobj);
            for (int depth = 0; o != TOKEN_NONE && depth < 4; depth++) { // "in a camp near Goma in Congo"
                unsigned kind = kind_of(f, o);
                uint32_t e = holder_of(f, o);
                if (e != NO_ENTITY && (kind & IS_PLACE || f->m->entities[e].kind == ENTITY_FACILITY) && !ids_hold(&x->e.actor, e))
                    ids_add(f->a, &x->e.place, e);
                uint32_t next = TOKEN_NONE;
                for_children (p, o, d)
                    if (p->v[d].dep == DEP_prep && (place_preposition(f, p->v[d].lower) || str_is(p->v[d].lower, "of")))
                        next = parse_child(p, d, DEP_pobj);
                o = next;
            }
        }
        if (++seen > SETTING_CHILDREN) break;
    }
}

static void fill_place(finding *f, act *x)
{
    const parse *p = f->p;
    add_places_at(f, x, x->token);
    uint32_t obj = x->frame->class == 'v' ? clause_object(p, x->token) : TOKEN_NONE;
    if (!x->e.place.n && obj != TOKEN_NONE && p->v[obj].sentence == x->e.sentence) add_places_at(f, x, obj);
    uint32_t above = clause_governor(p, x->token);
    if (!x->e.place.n && above != TOKEN_NONE &&
        (x->frame->class == 'n' || p->v[x->token].dep == DEP_xcomp || p->v[x->token].dep == DEP_advcl))
        add_places_at(f, x, above);
}

void setting_fill(finding *f)
{
    for (size_t i = 0; i < f->acts.n; i++) {
        act *x = &f->acts.v[i];
        if (x->dropped) continue;
        fill_statement(f, x);
        fill_time(f, x);
        fill_place(f, x);
    }
}

void source_fill(finding *f)
{
    for (size_t i = 0; i < f->acts.n; i++) fill_source(f, &f->acts.v[i]);
}
