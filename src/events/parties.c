// Actor and recipient within the sentence, as the frame says; coordinated ones together.

#include "events/finding.h"

enum { CONJUNCTS = 8, LIGHT_STEPS = 3, SLOT_CHILDREN = 256 };

bool ids_hold(const id_list *list, uint32_t id)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == id) return true;
    return false;
}

void ids_add(arena *a, id_list *list, uint32_t id)
{
    if (id != NO_ENTITY && !ids_hold(list, id)) *push(a, list) = id;
}

uint32_t light_verb(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    uint32_t     i = noun;
    for (int step = 0; step < LIGHT_STEPS; step++) {
        uint32_t h = p->v[i].head;
        if (h == i) return TOKEN_NONE;
        uint8_t d = p->v[i].dep;
        if (d == DEP_conj || (d == DEP_pobj && str_is(p->v[h].lower, "of") && p->v[h].head != h && p->v[p->v[h].head].pos == POS_NOUN)) {
            i = d == DEP_conj ? h : p->v[h].head; // "a series of attacks"
            continue;
        }
        if ((d == DEP_dobj || d == DEP_nsubjpass) && clause_is_verb(p, h)) return lexicon_is(f->r, lexicon_lemma(f->r, &p->v[h]), WORD_light) ? h : TOKEN_NONE;
        if (d == DEP_attr && p->v[h].pos == POS_AUX) return TOKEN_NONE;
        if ((d == DEP_pobj) && p->v[h].head != h && clause_is_verb(p, p->v[h].head) && lexicon_is(f->r, p->v[p->v[h].head].lemma, WORD_holder)) return p->v[h].head;
        return TOKEN_NONE;
    }
    return TOKEN_NONE;
}

// "Israeli airstrikes", "a police raid", "the Hamas-led assault"
static uint32_t naming_modifier(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    int          seen = 0;
    for_children(p, noun, c) {
        const token *t = &p->v[c];
        if ((t->dep == DEP_amod || t->dep == DEP_compound || t->dep == DEP_nmod) && c < noun) {
            if (t->ent == ENT_NORP || t->ent == ENT_GPE || t->ent == ENT_ORG) return c;
            if (t->pos == POS_NOUN && (kind_of(f, c) & IS_PERSON) && mentions_entity(f->m, p, c) != NO_ENTITY) return c;
        }
        if (++seen > SLOT_CHILDREN) break;
    }
    return TOKEN_NONE;
}

static uint32_t complement_subject(const parse *p, uint32_t i)
{
    for_children(p, i, c)
        if (p->v[c].dep == DEP_ccomp || p->v[c].dep == DEP_xcomp || p->v[c].dep == DEP_advcl || p->v[c].dep == DEP_acl) {
            uint32_t s = parse_child(p, c, DEP_nsubj);
            if (s == TOKEN_NONE) s = parse_child(p, c, DEP_nsubjpass);
            if (s != TOKEN_NONE) return clause_antecedent(p, s);
        }
    return TOKEN_NONE;
}

uint32_t slot_token(const finding *f, const frame *fr, uint32_t i, slot s)
{
    const parse *p = f->p;
    bool         verb = fr->class == 'v';
    uint32_t     v;
    switch (s.kind) {
    case SLOT_SUBJ: return verb ? clause_subject(p, i) : clause_surface(p, i);
    case SLOT_OBJ: return verb ? clause_object(p, i) : TOKEN_NONE;
    case SLOT_SURFACE: return clause_surface(p, i);
    case SLOT_POSS: return clause_possessor(p, i);
    case SLOT_OWNER: return clause_prep(p, i, STR("of")) != TOKEN_NONE ? clause_possessor(p, i) : TOKEN_NONE;
    case SLOT_MOD: return naming_modifier(f, i);
    case SLOT_LIGHT: return (v = light_verb(f, i)) == TOKEN_NONE ? TOKEN_NONE : clause_subject(p, v);
    case SLOT_GIVEN:
        if ((v = light_verb(f, i)) == TOKEN_NONE) return TOKEN_NONE;
        i = parse_child(p, v, DEP_dative);
        if (i != TOKEN_NONE) return p->v[i].pos == POS_ADP ? parse_child(p, i, DEP_pobj) : i;
        return clause_prep(p, v, STR("to"));
    case SLOT_COMP: return complement_subject(p, i);
    case SLOT_HEAD: return p->v[i].dep == DEP_amod || p->v[i].dep == DEP_acl ? p->v[i].head : TOKEN_NONE;
    case SLOT_PREP: return clause_prep(p, i, s.prep);
    }
    return TOKEN_NONE;
}

// The noun and those joined to it by "and", as entities.
static void add_coordinated(const finding *f, uint32_t i, id_list *list)
{
    const parse *p = f->p;
    for (int k = 0; k < CONJUNCTS && i != TOKEN_NONE; k++) {
        ids_add(f->a, list, mentions_entity(f->m, p, i));
        uint32_t next = TOKEN_NONE;
        for_children(p, i, c)
            if (p->v[c].dep == DEP_conj && (p->v[c].pos == POS_NOUN || p->v[c].pos == POS_PROPN || p->v[c].pos == POS_PRON || p->v[c].pos == POS_NUM)) {
                next = c;
                break;
            }
        i = next;
    }
}

static const type_default *defaults_of(const finding *f, const act *x)
{
    return &f->r->defaults[x->type][x->frame->class == 'v' ? 0 : x->frame->class == 'n' ? 1 : 2];
}

static bool may_receive(const finding *f, const act *x, uint32_t t)
{
    unsigned kind = kind_of(f, t);
    if (kind & IS_PERSON) return true;
    if (kind & (IS_ACT | IS_VIOLENT | IS_ACCIDENT)) return false;
    return defaults_of(f, x)->things || (x->type == EVENT_CONSULT && (kind & IS_PLACE));
}

// Only people and bodies act; weapons, storms and attacks do not.
static bool may_act(const finding *f, const act *x, uint32_t t)
{
    (void)x;
    unsigned kind = kind_of(f, t);
    return (kind & IS_PERSON) && !(kind & (IS_VIOLENT | IS_ACCIDENT));
}

static void fill_one(finding *f, act *x, const slot_list *slots, id_list *into, const id_list *other, bool (*may)(const finding *, const act *, uint32_t))
{
    for (size_t i = 0; i < slots->n && !into->n; i++) {
        uint32_t t = slot_token(f, x->frame, x->token, slots->v[i]);
        if (t == TOKEN_NONE || !may(f, x, t)) continue;
        id_list found = {0};
        add_coordinated(f, t, &found);
        for (size_t k = 0; k < found.n; k++)
            if (!ids_hold(other, found.v[k])) ids_add(f->a, into, found.v[k]);
    }
}

void parties_fill(finding *f)
{
    for (size_t i = 0; i < f->acts.n; i++) {
        act                *x = &f->acts.v[i];
        const type_default *d = defaults_of(f, x);
        const slot_list    *actor = x->frame->actor.given ? &x->frame->actor : &d->actor;
        const slot_list    *recipient = x->frame->recipient.given ? &x->frame->recipient : &d->recipient;
        fill_one(f, x, actor, &x->e.actor, &(id_list){0}, may_act);
        fill_one(f, x, recipient, &x->e.recipient, &x->e.actor, may_receive);
    }
}
