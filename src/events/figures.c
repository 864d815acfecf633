// The figures of the report: each count of people with the act it belongs to, who did it, where and when, and who
// states the number. Where the report gives no number of those killed or hurt, each of them told of is a figure of one.
//
//   "Rebels killed 12 soldiers near Goma, the army said."  ->  12 soldiers | killed | by Rebels | Goma | the army

#include "events/figures.h"

enum {
    TREE_STEPS = 16, // up from a number to the word that triggers its event
    SINGLES_MAX = 64 // people told of one by one that are looked at
};

// The event whose trigger governs the counted, or stands above them in the same sentence.
static uint32_t figure_event(const figure_maker *f, const quantity *q)
{
    uint32_t i = q->governor != TOKEN_NONE ? q->governor : q->counted;
    for (int step = 0; step < TREE_STEPS; step++) {
        if (f->of_token[i] != NO_EVENT) return f->of_token[i];
        if (f->p->v[i].head == i) break;
        i = f->p->v[i].head;
    }
    return NO_EVENT;
}

static bool id_in(const id_list *list, uint32_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == id) return true;
    return false;
}

static figure_status status_in_event(figure_status own, event_status of)
{
    if (own != FIGURE_ASSERTED) return own;
    switch (of) {
    case EVENT_PLANNED: return FIGURE_PLANNED;
    case EVENT_THREATENED:
    case EVENT_HYPOTHETICAL: return FIGURE_FEARED;
    case EVENT_HAPPENED:
    case EVENT_ONGOING:
    case EVENT_ALLEGED:
    case EVENT_DEMANDED:
    case EVENT_DENIED: return own;
    }
    return own;
}

// "condemned the blasts which killed 12": what a relative clause adds to a noun in the statement is told by the report itself.
static uint32_t figure_statement(const figure_maker *f, const quantity *q)
{
    const parse *p = f->p;
    uint32_t     k = sources_over(f->s, p->v[q->number].at.start);
    if (k == NO_STATEMENT || f->s->v[k].mode == SAID_DIRECT) return k;
    bool     aside = false;
    uint32_t i = q->number;
    for (int step = 0; step < TREE_STEPS && i != f->s->v[k].cue_token; step++) {
        uint8_t d = p->v[i].dep;
        if (d == DEP_ccomp || d == DEP_advcl || d == DEP_parataxis || p->v[i].head == i) return k;
        aside |= d == DEP_relcl;
        i = p->v[i].head;
    }
    return aside && i == f->s->v[k].cue_token ? f->s->v[k].inside : k;
}

static bool is_reflexive_token(const token *t) { return str_is(t->lower, "himself") || str_is(t->lower, "herself"); }

// Those who are counted. One person told of again without a name ("one man … the victim") is taken for the first.
static uint32_t counted_entity(const figure_maker *f, const quantity *q)
{
    if (q->part_of != UINT32_MAX) return NO_ENTITY;
    uint32_t of = q->counted;
    if (is_reflexive_token(&f->p->v[of])) {
        uint32_t subject = parse_child(f->p, f->p->v[of].head, DEP_nsubj);
        if (subject != TOKEN_NONE) of = subject;
    }
    uint32_t who = mentions_entity(f->m, f->p, of);
    if (q->op != OP_EQ || q->value != 1 || q->kind == COUNTS_ONE || q->additional ||
        (who != NO_ENTITY && f->m->entities[who].named))
        return who;
    for (size_t k = 0; k < f->e->n_figures && k < SINGLES_MAX; k++) {
        const figure   *g = &f->e->figures[k];
        const quantity *first = &f->quantities->v[g->quantity];
        if (first->effect == q->effect && first->value == 1 && first->op == OP_EQ && g->of.n &&
            f->p->v[first->number].sentence != f->p->v[q->number].sentence)
            return g->of.v[0];
    }
    return who;
}

static figure *add_figure(figure_maker *f, uint32_t quantity_id)
{
    const quantity *q = &f->quantities->v[quantity_id];
    event_list     *e = f->e;
    figure          g = {.quantity = quantity_id,
                         .time = NO_TIME,
                         .begin = DAY_NONE,
                         .last = DAY_NONE,
                         .status = q->status,
                         .event = figure_event(f, q),
                         .source = NO_SOURCE,
                         .statement = figure_statement(f, q)};
    if (g.statement != NO_STATEMENT) g.source = f->s->v[g.statement].source;
    uint32_t who = counted_entity(f, q);
    if (who != NO_ENTITY) *push(f->a, &g.of) = who;
    if (g.event != NO_EVENT) {
        event *v = &e->v[g.event];
        if (who == NO_ENTITY || !id_in(&v->actor, who)) g.by = v->actor;
        g.place = v->place;
        g.place_by = v->place_by;
        g.time_by = v->time_by;
        g.time = v->time;
        g.begin = v->begin;
        g.last = v->last;
        if (v->token == q->governor) g.status = status_in_event(g.status, v->status);
        *push(f->a, &v->figures) = (uint32_t)e->n_figures;
    }
    figures_setting(f, &g);
    if (e->n_figures == e->cap_figures) arena_grow(f->a, &e->figures, &e->cap_figures, e->n_figures, sizeof *e->figures);
    e->figures[e->n_figures] = g;
    return &e->figures[e->n_figures++];
}

static bool counts_effect(const quantity *q, quantity_effect effect)
{
    return q->kind == COUNTS_PEOPLE && q->effect == effect && q->status == FIGURE_ASSERTED && q->op != OP_VAGUE && q->value > 0 &&
           !q->total;
}

static bool effect_counted(const figure_maker *f, quantity_effect effect)
{
    for (size_t i = 0; i < f->quantities->n; i++)
        if (counts_effect(&f->quantities->v[i], effect)) return true;
    return false;
}

static bool one_has(const figure_maker *f, quantity_effect effect)
{
    for (size_t i = 0; i < f->quantities->n; i++)
        if (f->quantities->v[i].kind == COUNTS_ONE && f->quantities->v[i].effect == effect) return true;
    return false;
}

// Two wordings of one name: the words of one are among the other's last words ("Gustafson", "James Gustafson").
static bool same_person(str x, str y) { return str_ends(x, y) || str_ends(y, x); }

typedef struct {
    uint32_t names[SINGLES_MAX], plain[SINGLES_MAX]; // quantities
    size_t   n_names, n_plain;
    uint32_t self; // "killed himself"
    bool     has_self;
} singles;

static str single_name(const figure_maker *f, uint32_t quantity_id)
{
    uint32_t who = mentions_entity(f->m, f->p, f->quantities->v[quantity_id].counted);
    return who != NO_ENTITY && f->m->entities[who].named ? f->m->entities[who].name : (str){"", 0};
}

static void take_single(const figure_maker *f, singles *s, uint32_t i)
{
    const quantity *q = &f->quantities->v[i];
    str             name = single_name(f, i);
    if (name.n) {
        for (size_t k = 0; k < s->n_names; k++)
            if (same_person(single_name(f, s->names[k]), name)) return;
        if (s->n_names < SINGLES_MAX) s->names[s->n_names++] = i;
        return;
    }
    // Descriptions are of different people only where they are listed ("killed his wife and her sister"); who took
    // his own life is one more.
    const token *t = &f->p->v[q->counted];
    if (is_reflexive_token(t)) {
        s->self = i, s->has_self = true;
        return;
    }
    if (s->n_plain && (t->dep != DEP_conj || q->governor != f->quantities->v[s->plain[0]].governor)) return;
    if (s->n_plain < SINGLES_MAX) s->plain[s->n_plain++] = i;
}

// Those told of one by one: by name, or else as the first clause that tells of any describes them; each once. Where
// somebody died, a blow alone ("was shot", "was taken to hospital") is no injury apart.
static void add_singles(figure_maker *f, quantity_effect effect, bool deaths)
{
    singles s = {.n_names = 0};
    for (uint32_t i = 0; i < f->quantities->n; i++) {
        const quantity *q = &f->quantities->v[i];
        if (q->kind == COUNTS_ONE && q->effect == effect && q->status == FIGURE_ASSERTED && !(deaths && (q->open || q->care)))
            take_single(f, &s, i);
    }
    bool by_name = s.n_names >= s.n_plain;
    for (size_t k = 0; k < (by_name ? s.n_names : s.n_plain); k++) add_figure(f, by_name ? s.names[k] : s.plain[k]);
    if (s.has_self) add_figure(f, s.self);
}

void figures_link(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                  const mention_list *m, const source_list *s, const event_rules *rules, event_list *e)
{
    uint32_t *of_token = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) of_token[i] = NO_EVENT;
    for (size_t i = e->n; i-- > 0;) of_token[e->v[i].token] = (uint32_t)i;
    figure_maker f = {a, p, times, quantities, m, s, e, rules, art->published.day, of_token};
    for (uint32_t i = 0; i < quantities->n; i++)
        if (quantities->v[i].kind == COUNTS_PEOPLE) add_figure(&f, i);
    if (!effect_counted(&f, EFFECT_KILLED)) add_singles(&f, EFFECT_KILLED, false);
    bool deaths = effect_counted(&f, EFFECT_KILLED) || one_has(&f, EFFECT_KILLED);
    if (!effect_counted(&f, EFFECT_INJURED)) add_singles(&f, EFFECT_INJURED, deaths);
}
