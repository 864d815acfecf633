// Attack or accident, and which acts of the report are one happening.

#include "events/finding.h"

enum { CAUSE_STEPS = 4, NEAR_SENTENCES = 3, SAME_WINDOW = 64 };

// The nouns that an act of harm names as its cause: subject, agent, "in", "from", "by", "when".
static unsigned cause_bits(const finding *f, const act *x)
{
    static const char *const preps[] = {"in", "by", "from", "of", "during", "after", "with"};
    const parse             *p = f->p;
    unsigned                 bits = 0;
    uint32_t                 s = x->frame->class == 'v' ? clause_subject(p, x->token) : TOKEN_NONE;
    if (s != TOKEN_NONE) bits |= kind_of(f, s);
    for (size_t i = 0; i < sizeof preps / sizeof *preps; i++) {
        uint32_t o = clause_prep(p, x->token, str_of(preps[i]));
        if (o != TOKEN_NONE) bits |= kind_of(f, o) & (IS_VIOLENT | IS_ACCIDENT);
    }
    return bits;
}

void harm_resolve(finding *f)
{
    int *lean = new_array(f->a, int, f->p->n_sentences + 1);
    int  topic = 0;
    for (size_t i = 0; i < f->acts.n; i++) {
        int one = (f->acts.v[i].type == EVENT_ASSAULT) - (f->acts.v[i].type == EVENT_INCIDENT);
        lean[f->acts.v[i].e.sentence] += one;
        topic += one;
    }
    for (size_t i = 0; i < f->acts.n; i++) {
        act *x = &f->acts.v[i];
        if (x->type != FRAME_HARM) continue;
        unsigned cause = cause_bits(f, x);
        uint32_t s = x->e.sentence;
        if (cause & IS_VIOLENT) x->type = EVENT_ASSAULT;
        else if (cause & IS_ACCIDENT) x->type = EVENT_INCIDENT;
        else if (cause & IS_PERSON && x->frame->class == 'v' && topic >= -2) x->type = EVENT_ASSAULT;
        else if (lean[s]) x->type = lean[s] > 0 ? EVENT_ASSAULT : EVENT_INCIDENT;
        else if (s && lean[s - 1] && (topic > 0) == (lean[s - 1] > 0)) x->type = lean[s - 1] > 0 ? EVENT_ASSAULT : EVENT_INCIDENT;
        else x->type = topic > 0 ? EVENT_ASSAULT : EVENT_INCIDENT;
    }
}

static bool lists_meet(const id_list *x, const id_list *y)
{
    for (size_t i = 0; i < x->n; i++)
        if (ids_hold(y, x->v[i])) return true;
    return false;
}

static bool days_meet(const event *x, const event *y)
{
    return x->begin == DAY_NONE || y->begin == DAY_NONE || (x->begin <= y->last && y->begin <= x->last);
}

static bool may_be_same(const event *x, const event *y)
{
    if ((x->status == EVENT_HAPPENED) != (y->status == EVENT_HAPPENED) || !days_meet(x, y)) return false;
    if (x->actor.n && y->actor.n && !lists_meet(&x->actor, &y->actor)) return false;
    if (x->recipient.n && y->recipient.n && !lists_meet(&x->recipient, &y->recipient)) return false;
    return lists_meet(&x->actor, &y->actor) || lists_meet(&x->recipient, &y->recipient) || lists_meet(&x->place, &y->place);
}

void parties_carry(finding *f)
{
    for (size_t i = 0; i < f->acts.n; i++) {
        act *x = &f->acts.v[i];
        if (x->dropped) continue;
        size_t from = i > SAME_WINDOW ? i - SAME_WINDOW : 0;
        for (size_t k = from; k < i; k++)
            if (!f->acts.v[k].dropped && f->acts.v[k].type == x->type && may_be_same(&x->e, &f->acts.v[k].e)) {
                x->e.same_as = (uint32_t)k;
                break;
            }
    }
}
