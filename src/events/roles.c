// Candidates for actor and recipient, their features, and the choice of the best pair.

#include "events/roles.h"

enum { IN_SENTENCE = 28, ELSEWHERE = 24, PATH_STEPS = 7, OPENING_SENTENCES = 2 };

// Questions that features answer; with the role they are the template's number. New ones go to the end: the numbers are
// in the model file.
enum {
    RQ_BIAS, RQ_PATH, RQ_PATH_VOICE, RQ_PATH_LEMMA, RQ_DISTANCE, RQ_FREQUENCY, RQ_RULE, RQ_RULE_OTHER, RQ_SPEAKER, RQ_KIND_TYPE, RQ_FORM, RQ_TOLD, RQ_TOLD_TYPE,
    RQ_OPENING, RQ_HEAD_TYPE, RQ_SENTENCES_AWAY, RQ_NEARNESS, RQ_LABEL, RQ_NOBODY, RQ_NOBODY_LEMMA, RQ_NOBODY_CLAUSE, RQ_SECTOR_TYPE, RQ_STATEMENT, RQ_SLOT,
    RQ_PATH_KIND, RQ_NUMBER, RQ_SUBJECT_OF, RQ_NAMED_TYPE, RQ_LAST_SAME, RQ_PLACE, RQ_DEEP, RQ_DEEP_TYPE, RQ_DEEP_LEMMA, RQ_DEEP_PRONOUN, RQ_EFFECT, RQ_RECENT, RQ_CHOSEN,
    RQ_SAME_TYPE, RQ_SAME_LEMMA, RQ_BESIDE, RQ_OWNER
};

role_index roles_index(finding *f)
{
    role_index ix = {.as = {new_array(f->a, uint32_t, f->m->n_entities + 1), new_array(f->a, uint32_t, f->m->n_entities + 1)}};
    uint32_t  *effect = new_array(f->a, uint32_t, f->p->n + 1);
    for (size_t i = 0; i < f->quantities->n; i++) effect[f->quantities->v[i].counted] = (uint32_t)f->quantities->v[i].effect + 1;
    ix.effect = effect;
    return ix;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0xd6e8feb86659fd93u;
    return h ^ (h >> 32);
}

static bool relation_word(uint8_t dep) { return dep == DEP_prep || dep == DEP_agent || dep == DEP_dative; }

static uint64_t step_hash(const parse *p, uint32_t i, uint64_t h)
{
    h = mix(h, p->v[i].dep);
    return relation_word(p->v[i].dep) ? mix(h, str_hash(p->v[i].lower)) : h;
}

typedef struct {
    uint64_t hash;
    int      up, down; // steps
    bool     far;
} tree_path;

// From the act up to the common ancestor and down to the noun.
static tree_path path_between(const parse *p, uint32_t from, uint32_t to)
{
    uint32_t up[PATH_STEPS + 1], down[PATH_STEPS + 1];
    int      n_up = 0, n_down = 0;
    for (uint32_t i = from;; i = p->v[i].head) {
        up[n_up++] = i;
        if (n_up > PATH_STEPS || p->v[i].head == i) break;
    }
    for (uint32_t i = to;; i = p->v[i].head) {
        down[n_down++] = i;
        if (n_down > PATH_STEPS || p->v[i].head == i) break;
    }
    for (int d = 0; d < n_down; d++)
        for (int u = 0; u < n_up; u++)
            if (up[u] == down[d]) {
                uint64_t h = 17;
                for (int k = 0; k < u; k++) h = step_hash(p, up[k], mix(h, 1));
                for (int k = d - 1; k >= 0; k--) h = step_hash(p, down[k], mix(h, 2));
                return (tree_path){h, u, d, false};
            }
    return (tree_path){3, PATH_STEPS, PATH_STEPS, true};
}

static uint64_t bucket(uint32_t n)
{
    static const uint32_t edges[] = {0, 1, 2, 3, 4, 6, 9, 13, 19, 28, 40};
    uint64_t              b = 0;
    while (b < sizeof edges / sizeof *edges && n > edges[b]) b++;
    return b;
}

// --- deep slots: where the frames' slots lead from the act ---

static const char *const deep_prepositions[] = {"by", "of", "on", "against", "with", "to", "from", "for", "at", "in", "between", "into", "over", "about"};
enum { DEEP_FIXED = SLOT_PREP, DEEP_SLOTS = DEEP_FIXED + sizeof deep_prepositions / sizeof *deep_prepositions };

typedef struct {
    uint32_t token[DEEP_SLOTS], holder[DEEP_SLOTS]; // token and entity, or none
} deep_slots;

static deep_slots slots_of_act(const finding *f, const act *x)
{
    deep_slots d;
    for (int k = 0; k < (int)DEEP_SLOTS; k++) {
        slot s = k < DEEP_FIXED ? (slot){.kind = (slot_kind)k} : (slot){SLOT_PREP, str_of(deep_prepositions[k - DEEP_FIXED])};
        d.token[k] = slot_token(f, x->frame, x->token, s);
        d.holder[k] = d.token[k] == TOKEN_NONE ? NO_ENTITY : holder_of(f, d.token[k]);
    }
    return d;
}

static bool only_pronouns(const finding *f, uint32_t e) { return !f->m->entities[e].name.n; }

// --- candidates ---

static role_candidate *candidate_of(role_list *list, uint32_t entity_id)
{
    for (size_t i = 1; i < list->n; i++)
        if (list->v[i].entity == entity_id) return &list->v[i];
    return NULL;
}

static uint32_t distance(uint32_t x, uint32_t y) { return x > y ? x - y : y - x; }

// The nearer of two heads in the tree, then in the text.
static bool nearer(const finding *f, uint32_t trigger, uint32_t x, uint32_t y)
{
    tree_path a = path_between(f->p, trigger, x), b = path_between(f->p, trigger, y);
    if (a.up + a.down != b.up + b.down) return a.up + a.down < b.up + b.down;
    return distance(x, trigger) < distance(y, trigger);
}

static bool may_hold_role(const finding *f, const mention *m)
{
    const token *t = &f->p->v[m->head];
    if (m->entity == NO_ENTITY || only_pronouns(f, m->entity) || t->ent == ENT_DATE || t->ent == ENT_TIME || t->ent == ENT_MONEY || t->ent == ENT_PERCENT || t->ent == ENT_ORDINAL) return false;
    return true;
}

static void add_at(finding *f, const act *x, role_list *list, uint32_t entity_id, uint32_t head)
{
    role_candidate *c = candidate_of(list, entity_id);
    if (c) {
        if (nearer(f, x->token, head, c->head)) c->head = head;
    } else if (list->n < IN_SENTENCE) {
        *push(f->a, list) = (role_candidate){.entity = entity_id, .head = head};
    }
}

static void add_sentence(finding *f, const act *x, role_list *list)
{
    const sentence *s = &f->p->sentences[x->e.sentence];
    for (uint32_t k = f->mention_first[x->e.sentence]; k < f->mention_first[x->e.sentence + 1]; k++) {
        const mention *m = &f->m->v[f->mention_of[k]];
        if (m->head != x->token && may_hold_role(f, m)) add_at(f, x, list, m->entity, m->head);
    }
    for (uint32_t i = s->first; i < s->end; i++)
        if (f->pronoun[i] != NO_ENTITY) add_at(f, x, list, f->pronoun[i], i);
}

static bool known_elsewhere(const finding *f, const role_index *ix, uint32_t e)
{
    const entity *who = &f->m->entities[e];
    if (who->kind == ENTITY_OTHER) return ix->as[0][e] + ix->as[1][e] > 0;
    if (ix->as[0][e] + ix->as[1][e] > 0 || who->named) return true;
    return f->p->v[f->m->v[who->first_mention].head].sentence < OPENING_SENTENCES;
}

// Those told of most recently before the act come first.
static void add_elsewhere(finding *f, const role_index *ix, const act *x, role_list *list)
{
    size_t limit = list->n + ELSEWHERE;
    for (uint32_t s = x->e.sentence; s-- > 0 && list->n < limit;)
        for (uint32_t k = f->mention_first[s]; k < f->mention_first[s + 1] && list->n < limit; k++) {
            const mention *m = &f->m->v[f->mention_of[k]];
            if (may_hold_role(f, m) && known_elsewhere(f, ix, m->entity) && !candidate_of(list, m->entity))
                *push(f->a, list) = (role_candidate){.entity = m->entity, .head = TOKEN_NONE};
        }
}

// --- features ---

typedef struct {
    finding          *f;
    const role_index *ix;
    const act        *x;
    const role_list  *list;
    uint64_t          lemma, type, class;
    uint32_t          speaker; // entity of the statement over the act, or NO_ENTITY
    uint32_t          last[2]; // parties of the last act of its type before it
    deep_slots        deep;
    int               pass;
} role_view;

static void ask(const role_view *v, role_candidate *c, int role, int question, uint64_t x, uint64_t y)
{
    feature_add(v->f->a, &c->f[role], (uint32_t)(question * 2 + role + 1), x, y);
}

static uint64_t form_of(const role_view *v, uint32_t head)
{
    const parse *p = v->f->p;
    if (v->f->pronoun[head] != NO_ENTITY) return 100 + (p->v[head].tag == TAG_PRPS);
    uint32_t at = v->f->m->of_token[head];
    if (at == NO_MENTION) return 99;
    const mention *m = &v->f->m->v[at];
    const token   *first = &p->v[m->first];
    uint64_t       det = first->tag == TAG_DT ? 1 + (str_is(first->lower, "the")) : first->tag == TAG_CD ? 3 : first->tag == TAG_PRPS ? 4 : 0;
    return (uint64_t)m->form * 8 + det;
}

// How many candidates of people and bodies stand between it and the act.
static uint64_t nearness(const role_view *v, const role_candidate *c)
{
    uint32_t mine = distance(c->head, v->x->token), n = 0;
    bool     before = c->head < v->x->token;
    for (size_t i = 1; i < v->list->n; i++) {
        const role_candidate *o = &v->list->v[i];
        if (o->head == TOKEN_NONE || o == c || !is_person_kind(v->f->m->entities[o->entity].kind)) continue;
        n += (o->head < v->x->token) == before && distance(o->head, v->x->token) < mine;
    }
    return (n > 4 ? 4 : n) * 2 + before;
}

// Which slots it fills; and, where a slot holds a pronoun that nobody resolved, which one.
static void describe_slots(const role_view *v, role_candidate *c, int role, uint64_t kind)
{
    const parse *p = v->f->p;
    bool         any = false;
    for (int k = 0; k < (int)DEEP_SLOTS; k++) {
        if (v->deep.token[k] == TOKEN_NONE) continue;
        if (v->deep.holder[k] == c->entity) {
            ask(v, c, role, RQ_DEEP, (uint64_t)k, v->class);
            ask(v, c, role, RQ_DEEP, (uint64_t)k, 100 + kind);
            ask(v, c, role, RQ_DEEP_TYPE, (uint64_t)k, v->type * 3 + v->class);
            ask(v, c, role, RQ_DEEP_LEMMA, (uint64_t)k, v->lemma);
            any = true;
        } else if (k <= SLOT_OBJ && p->v[v->deep.token[k]].pos == POS_PRON && (v->deep.holder[k] == NO_ENTITY || only_pronouns(v->f, v->deep.holder[k]))) {
            ask(v, c, role, RQ_DEEP_PRONOUN, str_hash(p->v[v->deep.token[k]].lower), (uint64_t)k * 64 + (kind & 31) * 2 + (c->entity == v->speaker));
            ask(v, c, role, RQ_DEEP_PRONOUN, 1, (uint64_t)k * 2 + (c->entity == v->speaker));
        }
    }
    if (!any) ask(v, c, role, RQ_DEEP, 99, v->class);
}

enum { NEAR_ACTS = 48 };

// Second pass: what the first one chose here and for the other acts of the report.
static void describe_second(const role_view *v, role_candidate *c, int role)
{
    const finding *f = v->f;
    uint32_t       same[2] = {0, 0}, lemma[2] = {0, 0}, beside[2] = {0, 0}, others[2] = {0, 0};
    size_t         at = (size_t)(v->x - f->acts.v), from = at > NEAR_ACTS ? at - NEAR_ACTS : 0, to = at + NEAR_ACTS < f->acts.n ? at + NEAR_ACTS : f->acts.n;
    for (size_t k = from; k < to; k++) {
        const act *y = &f->acts.v[k];
        if (y == v->x || y->dropped) continue;
        for (int r = 0; r < 2; r++) {
            const id_list *list = r ? &y->e.recipient : &y->e.actor;
            bool           held = c->entity == NO_ENTITY ? !list->n : ids_hold(list, c->entity);
            if (!held) continue;
            others[r]++;
            if (y->type == v->x->type) same[r]++;
            if (y->type == v->x->type && str_hash(f->p->v[y->token].lemma) == v->lemma) lemma[r]++;
            if (y->e.sentence == v->x->e.sentence) beside[r]++;
        }
    }
    const id_list *mine = role ? &v->x->e.recipient : &v->x->e.actor, *other = role ? &v->x->e.actor : &v->x->e.recipient;
    bool           chosen = c->entity == NO_ENTITY ? !mine->n : ids_hold(mine, c->entity), elsewhere = c->entity != NO_ENTITY && ids_hold(other, c->entity);
    uint64_t       near = c->head != TOKEN_NONE;
    ask(v, c, role, RQ_CHOSEN, chosen + 2u * elsewhere, near);
    ask(v, c, role, RQ_CHOSEN, chosen + 2u * elsewhere, 10 + v->type);
    for (int r = 0; r < 2; r++) {
        ask(v, c, role, RQ_SAME_TYPE, bucket(same[r]) * 2 + (uint64_t)(r == role), near + 2u * chosen);
        ask(v, c, role, RQ_SAME_TYPE, (same[r] > 0) * 2u + (uint64_t)(r == role), 10 + v->type);
        ask(v, c, role, RQ_SAME_LEMMA, bucket(lemma[r]) * 2 + (uint64_t)(r == role), near + 2u * chosen);
        ask(v, c, role, RQ_BESIDE, bucket(beside[r]) * 2 + (uint64_t)(r == role), near + 2u * chosen);
    }
}

static void describe_in_sentence(const role_view *v, role_candidate *c, int role, uint64_t kind)
{
    const parse   *p = v->f->p;
    uint32_t       head = c->head;
    tree_path      path = path_between(p, v->x->token, head);
    bool           passive = v->x->frame->class == 'v' && clause_passive(p, v->x->token);
    ask(v, c, role, RQ_PATH, path.hash, v->class);
    ask(v, c, role, RQ_PATH_VOICE, path.hash, passive + 2 * v->class);
    ask(v, c, role, RQ_PATH_LEMMA, path.hash, v->lemma);
    ask(v, c, role, RQ_PATH_KIND, path.hash, kind);
    ask(v, c, role, RQ_DISTANCE, bucket(distance(head, v->x->token)) * 2 + (head < v->x->token), 0);
    ask(v, c, role, RQ_DISTANCE, (uint64_t)(path.up * 10 + path.down), 1);
    ask(v, c, role, RQ_FORM, form_of(v, head), kind);
    ask(v, c, role, RQ_NEARNESS, nearness(v, c), is_person_kind((entity_kind)(kind & 15)));
    ask(v, c, role, RQ_LABEL, p->v[head].dep, v->class);
    ask(v, c, role, RQ_LABEL, relation_word(p->v[p->v[head].head].dep) ? str_hash(p->v[p->v[head].head].lower) : 1, 100 + v->type);
    ask(v, c, role, RQ_NUMBER, p->v[head].tag, v->type);
    if (v->ix->effect[head]) ask(v, c, role, RQ_EFFECT, v->ix->effect[head], v->type);
    if (v->x->e.statement != NO_STATEMENT) {
        uint32_t mine = sources_over(v->f->sources, p->v[head].at.start);
        ask(v, c, role, RQ_STATEMENT, mine == v->x->e.statement, path.far);
    }
}

static void describe_candidate(const role_view *v, role_candidate *c, int role)
{
    const entity *who = &v->f->m->entities[c->entity];
    const event  *e = &v->x->e;
    uint64_t      kind = (uint64_t)who->kind + 16 * who->named, near = c->head != TOKEN_NONE;
    bool          rule = ids_hold(role ? &e->recipient : &e->actor, c->entity), other = ids_hold(role ? &e->actor : &e->recipient, c->entity);
    ask(v, c, role, RQ_BIAS, near, 0);
    ask(v, c, role, RQ_KIND_TYPE, kind * 2 + near, v->type);
    ask(v, c, role, RQ_KIND_TYPE, (uint64_t)who->kind, 100);
    ask(v, c, role, RQ_NAMED_TYPE, who->named * 4u + who->plural * 2u + near, v->type);
    ask(v, c, role, RQ_FREQUENCY, bucket(v->f->mention_count[c->entity]), near);
    ask(v, c, role, RQ_RULE, rule * 2u + other, v->class);
    ask(v, c, role, RQ_RULE, rule * 2u + other, 10 + v->type);
    if (!rule) ask(v, c, role, RQ_RULE_OTHER, (role ? e->recipient.n : e->actor.n) > 0, near);
    if (c->entity == v->speaker) ask(v, c, role, RQ_SPEAKER, v->type, near);
    ask(v, c, role, RQ_SPEAKER, 50 + (c->entity == v->speaker), near);
    ask(v, c, role, RQ_TOLD, bucket(v->ix->as[role][c->entity]), near);
    ask(v, c, role, RQ_TOLD, 20 + bucket(v->ix->as[!role][c->entity]), near);
    ask(v, c, role, RQ_LAST_SAME, (v->last[role] == c->entity) + 2u * (v->last[!role] == c->entity), near);
    ask(v, c, role, RQ_LAST_SAME, (v->last[role] == c->entity) + 2u * (v->last[!role] == c->entity), 10 + v->type);
    const token *first = &v->f->p->v[v->f->m->v[who->first_mention].head];
    ask(v, c, role, RQ_OPENING, first->sentence < 4 ? first->sentence : 4, near);
    ask(v, c, role, RQ_SUBJECT_OF, first->dep, first->sentence == 0);
    ask(v, c, role, RQ_HEAD_TYPE, str_hash(first->lemma), v->type);
    ask(v, c, role, RQ_HEAD_TYPE, str_hash(first->lemma), 100);
    if (who->sector) ask(v, c, role, RQ_SECTOR_TYPE, str_hash(str_of(who->sector)), v->type);
    if (ids_hold(&e->place, c->entity)) ask(v, c, role, RQ_PLACE, v->type, near);
    describe_slots(v, c, role, kind);
    if (near) describe_in_sentence(v, c, role, kind);
    else ask(v, c, role, RQ_RECENT, (uint64_t)(c - v->list->v), (uint64_t)who->kind);
    if (v->pass) describe_second(v, c, role);
}

static void describe_nobody(const role_view *v, role_candidate *c, int role)
{
    const parse *p = v->f->p;
    const token *t = &p->v[v->x->token];
    const event *e = &v->x->e;
    bool         passive = v->x->frame->class == 'v' && clause_passive(p, v->x->token);
    size_t       people = 0;
    for (size_t i = 1; i < v->list->n; i++) people += v->list->v[i].head != TOKEN_NONE && is_person_kind(v->f->m->entities[v->list->v[i].entity].kind);
    ask(v, c, role, RQ_NOBODY, v->type, 0);
    ask(v, c, role, RQ_NOBODY, v->type, 1 + passive + 2 * v->class);
    ask(v, c, role, RQ_NOBODY, (role ? e->recipient.n : e->actor.n) > 0, 10);
    ask(v, c, role, RQ_NOBODY, (role ? e->recipient.n : e->actor.n) > 0, 20 + v->type);
    ask(v, c, role, RQ_NOBODY, e->status, 50);
    ask(v, c, role, RQ_NOBODY, v->type, 60 + (uint64_t)e->status);
    ask(v, c, role, RQ_NOBODY_LEMMA, v->lemma, v->class);
    ask(v, c, role, RQ_NOBODY_LEMMA, v->lemma, 10 + passive);
    ask(v, c, role, RQ_NOBODY_CLAUSE, t->dep, v->class);
    ask(v, c, role, RQ_NOBODY_CLAUSE, people > 4 ? 4 : people, 100);
    ask(v, c, role, RQ_NOBODY_CLAUSE, v->speaker != NO_ENTITY, 101);
    ask(v, c, role, RQ_NOBODY_CLAUSE, v->last[role] != NO_ENTITY, 102);
    ask(v, c, role, RQ_NOBODY_CLAUSE, v->last[role] != NO_ENTITY, 110 + v->type);
    for (int k = 0; k < (int)DEEP_SLOTS; k++)
        if (v->deep.token[k] != TOKEN_NONE) ask(v, c, role, RQ_DEEP, 200 + (uint64_t)k, kind_of(v->f, v->deep.token[k]) & IS_PERSON);
    if (v->pass) describe_second(v, c, role);
}

static void last_of_type(const finding *f, const act *x, uint32_t last[2])
{
    last[0] = last[1] = NO_ENTITY;
    for (size_t k = (size_t)(x - f->acts.v); k-- > 0;) {
        const act *y = &f->acts.v[k];
        if (y->dropped || y->type != x->type) continue;
        if (last[0] == NO_ENTITY && y->e.actor.n) last[0] = y->e.actor.v[0];
        if (last[1] == NO_ENTITY && y->e.recipient.n) last[1] = y->e.recipient.v[0];
        if (last[0] != NO_ENTITY && last[1] != NO_ENTITY) return;
    }
}

role_list roles_candidates(finding *f, const role_index *ix, const act *x, int pass)
{
    role_list list = {0};
    *push(f->a, &list) = (role_candidate){.entity = NO_ENTITY, .head = TOKEN_NONE};
    add_sentence(f, x, &list);
    add_elsewhere(f, ix, x, &list);
    role_view v = {.f = f, .ix = ix, .x = x, .list = &list, .lemma = str_hash(f->p->v[x->token].lemma), .type = (uint64_t)x->type,
                   .class = x->frame->class == 'v' ? 0 : x->frame->class == 'n' ? 1 : 2, .speaker = NO_ENTITY, .deep = slots_of_act(f, x), .pass = pass};
    if (x->e.source != NO_SOURCE) v.speaker = f->sources->sources[x->e.source].entity;
    last_of_type(f, x, v.last);
    for (int role = 0; role < 2; role++) {
        describe_nobody(&v, &list.v[0], role);
        for (size_t i = 1; i < list.n; i++) describe_candidate(&v, &list.v[i], role);
    }
    return list;
}

// --- choice ---

void roles_told(role_index *ix, const act *x)
{
    for (size_t i = 0; i < x->e.actor.n; i++) ix->as[ROLE_ACTOR][x->e.actor.v[i]]++;
    for (size_t i = 0; i < x->e.recipient.n; i++) ix->as[ROLE_RECIPIENT][x->e.recipient.v[i]]++;
}

void roles_choose(finding *f, const weight_table *w, int pass)
{
    role_index ix = roles_index(f);
    for (size_t k = 0; k < f->acts.n; k++) {
        act *x = &f->acts.v[k];
        if (x->dropped) continue;
        role_list list = roles_candidates(f, &ix, x, pass);
        for (size_t i = 0; i < list.n; i++)
            for (int role = 0; role < 2; role++) list.v[i].score[role] = (double)weights_sum(w, &list.v[i].f[role]);
        bool   open[2] = {!x->e.actor.n, !x->e.recipient.n};
        size_t best_a = 0, best_r = 0;
        double best = -1e300;
        for (size_t i = 0; i < (open[0] ? list.n : 1); i++)
            for (size_t j = 0; j < (open[1] ? list.n : 1); j++)
                if ((i != j || i == 0) && list.v[i].score[0] + list.v[j].score[1] > best)
                    best = list.v[i].score[0] + list.v[j].score[1], best_a = i, best_r = j;
        if (open[0] && !ids_hold(&x->e.recipient, list.v[best_a].entity)) ids_add(f->a, &x->e.actor, list.v[best_a].entity);
        if (open[1] && !ids_hold(&x->e.actor, list.v[best_r].entity)) ids_add(f->a, &x->e.recipient, list.v[best_r].entity);
        roles_told(&ix, x);
    }
}
