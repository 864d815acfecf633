// Actor and recipient within the sentence, as the frame says; coordinated ones together.

#include "events/finding.h"

enum { CONJUNCTS = 8, LIGHT_STEPS = 3, SLOT_CHILDREN = 256, SIDES_REACH = 160 };

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

// "claimed responsibility for the attack", "took part in the raid", "involved in the search", "entered into an agreement"
static uint32_t light_above(const finding *f, uint32_t preposition)
{
    const parse *p = f->p;
    uint32_t     v = p->v[preposition].head;
    str          w = p->v[preposition].lower;
    if (v == preposition) return TOKEN_NONE;
    if (str_is(w, "for") && str_is(p->v[v].lemma, "responsibility")) {
        v = p->v[v].head;
        return clause_is_verb(p, v) && lexicon_is(f->r, p->v[v].lemma, WORD_holder) ? v : TOKEN_NONE;
    }
    if (!str_is(w, "in") && !str_is(w, "into") && !str_is(w, "to")) return TOKEN_NONE;
    if (p->v[v].pos == POS_NOUN && p->v[v].dep == DEP_dobj && (str_is(p->v[v].lemma, "part") || str_is(p->v[v].lemma, "role")))
        v = p->v[v].head;
    return clause_is_verb(p, v) && lexicon_is(f->r, p->v[v].lemma, WORD_taking_part) ? v : TOKEN_NONE;
}

uint32_t light_verb(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    uint32_t     i = noun;
    for (int step = 0; step < LIGHT_STEPS; step++) {
        uint32_t h = p->v[i].head;
        if (h == i) return TOKEN_NONE;
        uint8_t d = p->v[i].dep;
        if (d == DEP_conj ||
            (d == DEP_pobj && str_is(p->v[h].lower, "of") && p->v[h].head != h && p->v[p->v[h].head].pos == POS_NOUN)) {
            i = d == DEP_conj ? h : p->v[h].head; // "a series of attacks"
            continue;
        }
        if ((d == DEP_dobj || d == DEP_nsubjpass) && clause_is_verb(p, h))
            return lexicon_is(f->r, lexicon_lemma(f->r, &p->v[h]), WORD_light) ? h : TOKEN_NONE;
        return d == DEP_pobj ? light_above(f, h) : TOKEN_NONE;
    }
    return TOKEN_NONE;
}

// "Israeli airstrikes", "a police raid", "the Hamas-led assault"
static uint32_t naming_modifier(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    int          seen = 0;
    for_children (p, noun, c) {
        const token *t = &p->v[c];
        if ((t->dep == DEP_amod || t->dep == DEP_compound || t->dep == DEP_nmod) && c < noun) {
            if (t->ent == ENT_NORP || t->ent == ENT_GPE || t->ent == ENT_ORG) return c;
            if (t->pos == POS_NOUN && (kind_of(f, c) & IS_PERSON) && holder_of(f, c) != NO_ENTITY) return c;
        }
        if (++seen > SLOT_CHILDREN) break;
    }
    return TOKEN_NONE;
}

// "suffered damage", "faces trial", "is in custody", "remains under investigation"
static uint32_t bearer_of(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    uint32_t     h = p->v[noun].head;
    uint8_t      d = p->v[noun].dep;
    if (h == noun) return TOKEN_NONE;
    if (d == DEP_dobj) return lexicon_is(f->r, p->v[h].lemma, WORD_bearing) ? clause_surface(p, h) : TOKEN_NONE;
    if (d != DEP_pobj) return TOKEN_NONE;
    str      w = p->v[h].lower;
    uint32_t v = p->v[h].head;
    if (!str_is(w, "in") && !str_is(w, "under") && !str_is(w, "on")) return TOKEN_NONE;
    if (p->v[v].pos == POS_AUX || lexicon_is(f->r, p->v[v].lemma, WORD_bearing)) return clause_surface(p, v);
    return p->v[v].pos == POS_NOUN && v + 1 == h ? v : TOKEN_NONE; // "people in custody"
}

static uint32_t person_at(const finding *f, uint32_t i, const char *const *prepositions)
{
    for (; *prepositions; prepositions++) {
        uint32_t o = clause_prep(f->p, i, str_of(*prepositions));
        if (o != TOKEN_NONE && (kind_of(f, o) & IS_PERSON)) return o;
    }
    return TOKEN_NONE;
}

static uint32_t content_party(const finding *f, uint32_t i)
{
    static const char *const prepositions[] = {"to", "with", "against", "on", "from", "by", "of", "in", NULL};
    const parse             *p = f->p;
    uint32_t                 o = parse_child(p, i, DEP_dobj);
    if (o != TOKEN_NONE && !(kind_of(f, o) & IS_PERSON)) {
        uint32_t who = person_at(f, o, prepositions);
        if (who != TOKEN_NONE) return who;
    }
    int seen = 0;
    for_children (p, i, c) {
        uint8_t d = p->v[c].dep;
        if ((d == DEP_xcomp || d == DEP_ccomp || d == DEP_acl) && p->v[c].tag == TAG_VB) {
            uint32_t whom = clause_object(p, c);
            if (whom != TOKEN_NONE && (kind_of(f, whom) & IS_PERSON)) return whom;
            return person_at(f, c, prepositions);
        }
        if (++seen > SLOT_CHILDREN) break;
    }
    return TOKEN_NONE;
}

static uint32_t complement_subject(const parse *p, uint32_t i)
{
    for_children (p, i, c)
        if (p->v[c].dep == DEP_ccomp || p->v[c].dep == DEP_xcomp || p->v[c].dep == DEP_advcl || p->v[c].dep == DEP_acl) {
            uint32_t s = parse_child(p, c, DEP_nsubj);
            if (s == TOKEN_NONE) s = parse_child(p, c, DEP_nsubjpass);
            if (s != TOKEN_NONE) return clause_antecedent(p, s);
        }
    return TOKEN_NONE;
}

// "the release of the men held by rebels"
static uint32_t captor_of(const finding *f, uint32_t noun)
{
    const parse *p = f->p;
    uint32_t     whom = clause_prep(p, noun, STR("of"));
    if (whom == TOKEN_NONE) return TOKEN_NONE;
    for_children (p, whom, c)
        if (p->v[c].dep == DEP_acl && clause_passive(p, c)) return clause_subject(p, c);
    return TOKEN_NONE;
}

static uint32_t slot_as_parsed(const finding *f, const frame *fr, uint32_t i, slot s)
{
    const parse *p = f->p;
    bool         verb = fr->class == 'v';
    uint32_t     v;
    switch (s.kind) {
    case SLOT_SUBJ: return verb ? clause_subject(p, i) : clause_surface(p, i);
    case SLOT_OBJ:
        v = verb ? clause_object(p, i) : TOKEN_NONE;
        for (size_t k = 0; verb && v == TOKEN_NONE && k < fr->n_also; k++)
            v = clause_prep(p, i, fr->also[k]); // "sealed off the town"
        return v;
    case SLOT_SURFACE: return clause_surface(p, i);
    case SLOT_POSS: return clause_possessor(p, i);
    case SLOT_OWNER: return clause_prep(p, i, STR("of")) != TOKEN_NONE ? clause_possessor(p, i) : TOKEN_NONE;
    case SLOT_MOD: return naming_modifier(f, i);
    case SLOT_LIGHT:
        if ((v = light_verb(f, i)) == TOKEN_NONE) return TOKEN_NONE;
        if (lexicon_is(f->r, p->v[v].lemma, WORD_asking)) return TOKEN_NONE; // what is asked for is another's act
        return lexicon_is(f->r, p->v[v].lemma, WORD_taking_part) ? clause_surface(p, v) : clause_subject(p, v);
    case SLOT_GIVEN:
        if ((v = light_verb(f, i)) == TOKEN_NONE) return TOKEN_NONE;
        if (clause_passive(p, v) && parse_has_child(p, v, DEP_dobj)) return clause_surface(p, v); // "they were given shelter"
        i = parse_child(p, v, DEP_dative);
        if (i != TOKEN_NONE) return p->v[i].pos == POS_ADP ? parse_child(p, i, DEP_pobj) : i;
        return clause_prep(p, v, STR("to"));
    case SLOT_BEARER: return bearer_of(f, i);
    case SLOT_CONTENT: return content_party(f, i);
    case SLOT_COMP: return complement_subject(p, i);
    case SLOT_CAPTOR: return captor_of(f, i);
    case SLOT_HEAD: return p->v[i].dep == DEP_amod || p->v[i].dep == DEP_acl ? p->v[i].head : TOKEN_NONE;
    case SLOT_PREP: return clause_prep(p, i, s.prep);
    }
    return TOKEN_NONE;
}

// The parse takes a dateline for the subject of the first sentence: the noun meant is the first one after it.
static uint32_t after_dateline(const finding *f, uint32_t t, uint32_t trigger)
{
    const parse *p = f->p;
    uint32_t     end = f->art->dateline.end;
    if (t == TOKEN_NONE || !end || p->v[t].at.start >= end || p->v[trigger].at.start < end) return t;
    for (uint32_t i = parse_at(p, end); i < trigger; i++)
        if ((p->v[i].pos == POS_NOUN || p->v[i].pos == POS_PROPN) && f->m->of_token[i] != NO_MENTION) return i;
    return TOKEN_NONE;
}

uint32_t slot_token(const finding *f, const frame *fr, uint32_t i, slot s)
{
    return after_dateline(f, slot_as_parsed(f, fr, i, s), i);
}

// The noun and those joined to it by "and", as entities.
// "the two sides", "both countries"
static bool names_two(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    if (!lexicon_is(f->r, p->v[i].lemma, WORD_side)) return false;
    for_children (p, i, c) {
        if (c > i) break;
        if (str_is(p->v[c].lower, "two") || str_is(p->v[c].lower, "both")) return true;
    }
    return false;
}

static bool may_be_side(const finding *f, const id_list *parties)
{
    if (parties->n != 1) return false;
    entity_kind k = f->m->entities[parties->v[0]].kind;
    return k == ENTITY_STATE || k == ENTITY_ARMED_GROUP || k == ENTITY_ORGANISATION || k == ENTITY_PEOPLE;
}

// The two who stand against or beside each other in the last act told of before it, in its sentence or the one before.
static void add_two_sides(const finding *f, uint32_t i, id_list *list)
{
    for (uint32_t k = i; k-- > 0 && i - k < SIDES_REACH && f->p->v[i].sentence - f->p->v[k].sentence <= 1;) {
        if (f->act_of[k] == NO_EVENT) continue;
        const act *y = &f->acts.v[f->act_of[k]];
        if (!may_be_side(f, &y->e.actor) || !may_be_side(f, &y->e.recipient)) continue;
        ids_add(f->a, list, y->e.actor.v[0]);
        ids_add(f->a, list, y->e.recipient.v[0]);
        return;
    }
}

static void add_coordinated(const finding *f, uint32_t i, id_list *list)
{
    const parse *p = f->p;
    if (names_two(f, i)) add_two_sides(f, i, list);
    if (list->n) return;
    for (int k = 0; k < CONJUNCTS && i != TOKEN_NONE; k++) {
        for_children (p, i, c) { // "Ana Kos and Chilean President Eva Diaz met": the parse hangs the first on the second
            if (c > i) break;
            if (p->v[c].dep == DEP_nmod && p->v[c].pos == POS_PROPN && parse_has_child(p, c, DEP_cc))
                ids_add(f->a, list, holder_of(f, c));
        }
        ids_add(f->a, list, holder_of(f, i));
        uint32_t next = TOKEN_NONE;
        for_children (p, i, c)
            if (p->v[c].dep == DEP_conj &&
                (p->v[c].pos == POS_NOUN || p->v[c].pos == POS_PROPN || p->v[c].pos == POS_PRON || p->v[c].pos == POS_NUM)) {
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
    if (kind & (IS_ACT | IS_VIOLENT | IS_ACCIDENT)) return x->type == EVENT_ACCUSE || x->type == EVENT_REJECT;
    return defaults_of(f, x)->things || (x->type == EVENT_CONSULT && (kind & IS_PLACE));
}

// Only people and bodies act; weapons, storms and attacks do not.
static bool may_act(const finding *f, const act *x, uint32_t t)
{
    (void)x;
    unsigned kind = kind_of(f, t);
    return names_two(f, t) || ((kind & IS_PERSON) && !(kind & (IS_VIOLENT | IS_ACCIDENT)));
}

// "a case brought by Peru accusing the firm", "the mayor's letter accusing the firm", "she wrote a letter accusing it":
// who brings, has or makes the thing that says it.
static uint32_t speaker_of_thing(const finding *f, uint32_t thing)
{
    const parse *p = f->p;
    uint32_t     who = clause_possessor(p, thing);
    if (who == TOKEN_NONE) who = clause_prep(p, thing, STR("by"));
    int seen = 0;
    for_children (p, thing, c) {
        if (who == TOKEN_NONE && c > thing && p->v[c].dep == DEP_acl && p->v[c].tag == TAG_VBN) who = clause_subject(p, c);
        if (++seen > SLOT_CHILDREN) break;
    }
    uint32_t above = p->v[thing].head;
    if (who == TOKEN_NONE && (p->v[thing].dep == DEP_dobj || p->v[thing].dep == DEP_nsubjpass) && clause_is_verb(p, above))
        who = clause_subject(p, above);
    return who != TOKEN_NONE && (kind_of(f, who) & IS_PERSON) ? who : TOKEN_NONE;
}

// "threatened the network's licence", "helped the country's economy": who has the thing is who is meant.
static uint32_t holder_of_thing(const finding *f, const act *x, uint32_t t, slot s)
{
    if (s.kind == SLOT_SUBJ && f->p->v[x->token].dep == DEP_acl && f->p->v[x->token].tag == TAG_VBG)
        return speaker_of_thing(f, t);
    if ((s.kind != SLOT_OBJ && s.kind != SLOT_PREP) || x->type == EVENT_ASSAULT || x->type == EVENT_INCIDENT) return TOKEN_NONE;
    uint32_t who = clause_possessor(f->p, t);
    if (who == TOKEN_NONE) who = clause_prep(f->p, t, STR("by"));
    if (who == TOKEN_NONE && x->frame->class == 'v') who = naming_modifier(f, t);
    return who != TOKEN_NONE && (kind_of(f, who) & IS_PERSON) ? who : TOKEN_NONE;
}

static void fill_one(finding *f, act *x, const slot_list *slots, id_list *into, const id_list *other,
                     bool (*may)(const finding *, const act *, uint32_t))
{
    for (size_t i = 0; i < slots->n && !into->n; i++) {
        uint32_t t = slot_token(f, x->frame, x->token, slots->v[i]);
        if (t != TOKEN_NONE && !may(f, x, t)) t = holder_of_thing(f, x, t, slots->v[i]);
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

// What somebody is asked, promises, threatens or is accused of is his own act: the one who is asked or accused, or who
// promises, does it.
static void fill_from_above(finding *f, act *x)
{
    if (x->dropped || x->demanded_by == NO_EVENT) return;
    const act *by = &f->acts.v[x->demanded_by];
    bool       accuser = (by->type == EVENT_ACCUSE || by->type == EVENT_COERCE) && x->e.actor.n && by->e.recipient.n &&
                   ids_hold(&by->e.actor, x->e.actor.v[0]);
    bool asker = by->type == EVENT_REQUEST && x->frame->class == 'v' && x->e.actor.n && by->e.recipient.n &&
                 f->p->v[x->token].dep == DEP_advcl && ids_hold(&by->e.actor, x->e.actor.v[0]);
    if (accuser || asker) x->e.actor = (id_list){0}; // the parse gives the accuser's or asker's clause as his own
    if (x->e.actor.n) return;
    const id_list *who = by->type == EVENT_REQUEST || by->type == EVENT_ACCUSE || by->type == EVENT_COERCE ? &by->e.recipient
                         : by->type == EVENT_AGREE || by->type == EVENT_THREATEN                           ? &by->e.actor
                                                                                                           : NULL;
    if (!who || f->r->defaults[x->type][0].actor.n == 0) return;
    for (size_t i = 0; i < who->n; i++)
        if (!ids_hold(&x->e.recipient, who->v[i]) && is_person_kind(f->m->entities[who->v[i]].kind))
            ids_add(f->a, &x->e.actor, who->v[i]);
}

// "called for Israel's withdrawal": who is to act is who is asked.
static void fill_from_below(finding *f, const act *x)
{
    if (x->dropped || x->demanded_by == NO_EVENT) return;
    act *by = &f->acts.v[x->demanded_by];
    if (by->e.recipient.n || by->dropped) return;
    const id_list *who = by->type == EVENT_REQUEST                               ? &x->e.actor
                         : by->type == EVENT_AGREE || by->type == EVENT_THREATEN ? &x->e.recipient
                                                                                 : NULL;
    for (size_t i = 0; who && i < who->n; i++)
        if (!ids_hold(&by->e.actor, who->v[i]) && is_person_kind(f->m->entities[who->v[i]].kind))
            ids_add(f->a, &by->e.recipient, who->v[i]);
}

void parties_from_above(finding *f)
{
    for (size_t i = 0; i < f->acts.n; i++) fill_from_above(f, &f->acts.v[i]);
    for (size_t i = 0; i < f->acts.n; i++) fill_from_below(f, &f->acts.v[i]);
}
