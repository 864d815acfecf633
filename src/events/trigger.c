// Which words of the text state an act: the lexicon's frames held against the parse, and what is no act of its own
// ("after the attack", "attack aircraft") left out.

#include "events/finding.h"

enum { PHRASE_REACH = 12, NEAR_CHILDREN = 256 };

// By the row of the noun that asks nothing of its clause: the last one tried.
static unsigned frame_noun_bits(const finding *f, uint32_t i)
{
    size_t       n;
    const frame *fr = lexicon_frames(f->r, f->p->v[i].lemma, 'n', &n);
    while (n && (fr[n - 1].n_also || fr[n - 1].type == FRAME_NO_EVENT)) n--;
    if (!n) return lexicon_is(f->r, f->p->v[i].lower, WORD_harm_thing) ? IS_ACCIDENT : 0;
    int type = fr[n - 1].type;
    return IS_ACT | (type == EVENT_INCIDENT ? IS_ACCIDENT : type == EVENT_ASSAULT ? IS_VIOLENT : 0);
}

bool is_person_kind(entity_kind k) { return k <= ENTITY_PEOPLE; }

static bool personal_pronoun(const token *t)
{
    static const char *const words[] = {"he",        "she",        "they",     "him",    "her",    "them",   "we",
                                        "us",        "i",          "me",       "you",    "who",    "whom",   "everyone",
                                        "everybody", "someone",    "somebody", "nobody", "anyone", "others", "himself",
                                        "herself",   "themselves", "his",      "their",  "my",     "our",    "your"};
    if (t->pos != POS_PRON && t->pos != POS_NOUN) return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(t->lower, words[k])) return true;
    return false;
}

unsigned kind_of(const finding *f, uint32_t i)
{
    if (i == TOKEN_NONE) return IS_NONE;
    const token *t = &f->p->v[i];
    unsigned     bits = IS_ANY | (t->pos == POS_NOUN || t->pos == POS_VERB ? frame_noun_bits(f, i) : 0);
    if (t->pos == POS_NUM) bits |= IS_NUMBER;
    if (personal_pronoun(t)) return bits | IS_PERSON;
    if (lexicon_is(f->r, t->lemma, WORD_count_noun)) { // "thousands of tonnes" is what it counts, "thousands" people
        uint32_t of = clause_prep(f->p, i, STR("of"));
        return of != TOKEN_NONE && of != i && !lexicon_is(f->r, f->p->v[of].lemma, WORD_count_noun) ? kind_of(f, of)
                                                                                                    : bits | IS_PERSON;
    }
    uint32_t e = holder_of(f, i);
    if (e != NO_ENTITY) {
        entity_kind k = f->m->entities[e].kind;
        if (is_person_kind(k)) return bits | IS_PERSON | (k == ENTITY_STATE ? IS_PLACE : 0);
        if (k == ENTITY_OTHER && t->pos == POS_PROPN &&
            (t->ent == ENT_NONE || t->ent == ENT_PERSON || t->ent == ENT_ORG || t->ent == ENT_NORP))
            return bits | IS_PERSON | IS_THING; // a name of nobody knows what
        if (k != ENTITY_PLACE) return bits | IS_THING | (k == ENTITY_FACILITY ? IS_PLACE : 0);
        return bits | IS_PLACE | (t->ent == ENT_GPE || lexicon_is(f->r, t->lemma, WORD_polity) ? IS_PERSON : 0);
    }
    switch (t->ent) {
    case ENT_PERSON:
    case ENT_NORP:
    case ENT_ORG: return bits | IS_PERSON;
    case ENT_GPE: return bits | IS_PERSON | IS_PLACE;
    case ENT_LOC:
    case ENT_FAC: return bits | IS_PLACE;
    default: break;
    }
    return bits | (t->pos == POS_NUM ? IS_PERSON : IS_THING);
}

// --- frames against the parse ---

static bool in_words(str w, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(w, words[i])) return true;
    return false;
}

static bool child_in(const finding *f, uint32_t i, bool (*fits)(const token *), const condition *c)
{
    int seen = 0;
    for_children (f->p, i, k) {
        const token *t = &f->p->v[k];
        if (fits(t) && (in_words(t->lemma, c->words, c->n_words) || in_words(t->lower, c->words, c->n_words))) return true;
        if (++seen > NEAR_CHILDREN) break;
    }
    return false;
}

static bool modifies(const token *t)
{
    return t->dep == DEP_amod || t->dep == DEP_compound || t->dep == DEP_nmod || t->dep == DEP_poss || t->dep == DEP_advmod ||
           t->dep == DEP_prt || t->dep == DEP_npadvmod || t->dep == DEP_acomp || t->dep == DEP_oprd;
}

static const char *determiner(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    for_children (p, i, c) {
        if (c > i) break;
        if (p->v[c].dep == DEP_poss) return "poss";
        if (p->v[c].dep == DEP_det) {
            str l = p->v[c].lower;
            return str_is(l, "no")                                                                                      ? "no"
                   : str_is(l, "a") || str_is(l, "an") || str_is(l, "another") || str_is(l, "some") || str_is(l, "any") ? "indef"
                                                                                                                        : "def";
        }
        if (p->v[c].dep == DEP_nummod) return "num";
    }
    return "none";
}

static const char *complement_kind(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    for_children (p, i, c) {
        uint8_t d = p->v[c].dep;
        if (d != DEP_xcomp && d != DEP_ccomp && d != DEP_acl && d != DEP_advcl) continue;
        if (d == DEP_acl && p->v[i].pos != POS_NOUN) continue;
        if (parse_child_lemma(p, c, DEP_aux, "to") != TOKEN_NONE) return "to";
        if (d == DEP_advcl) continue;
        return p->v[c].tag == TAG_VBG ? "ing" : "that";
    }
    return "none";
}

static bool slot_fits(const finding *f, const frame *fr, uint32_t i, const condition *c)
{
    uint32_t t = slot_token(f, fr, i, c->where);
    if (c->kinds) return (kind_of(f, t) & c->kinds) != 0;
    if (t == TOKEN_NONE) return false;
    const token *w = &f->p->v[t];
    bool         nation = w->ent == ENT_NORP && (w->tag == TAG_NNPS || w->tag == TAG_NNS); // "Albanians" are people
    return in_words(w->lemma, c->words, c->n_words) || in_words(w->lower, c->words, c->n_words) ||
           (nation && in_words(STR("people"), c->words, c->n_words));
}

static bool condition_holds(const finding *f, const frame *fr, uint32_t i, const condition *c)
{
    const parse *p = f->p;
    switch (c->on) {
    case ASKS_SLOT: return slot_fits(f, fr, i, c);
    case ASKS_UNDER:
        return p->v[i].head != i &&
               (in_words(p->v[p->v[i].head].lemma, c->words, c->n_words) ||
                (p->v[p->v[i].head].pos == POS_ADP && in_words(p->v[p->v[p->v[i].head].head].lemma, c->words, c->n_words)));
    case ASKS_DET: return in_words(str_of(determiner(f, i)), c->words, c->n_words);
    case ASKS_VOICE: return in_words(clause_passive(p, i) ? STR("passive") : STR("active"), c->words, c->n_words);
    case ASKS_COMP: return in_words(str_of(complement_kind(f, i)), c->words, c->n_words);
    case ASKS_NUMBER:
        return in_words(p->v[i].tag == TAG_NNS || p->v[i].tag == TAG_NNPS ? STR("plural") : STR("singular"), c->words,
                        c->n_words);
    case ASKS_MOD: return child_in(f, i, modifies, c);
    case ASKS_NEGATION: return clause_negated(p, i);
    case ASKS_DEP: return in_words(str_of(parse_dep_name(p, p->v[i].dep)), c->words, c->n_words);
    }
    return false;
}

// The further word of a phrase: a particle or preposition hangs on the head itself or follows it at once, another word
// may hang on one of those ("put an end to", "bring to justice").
static bool phrase_word(const parse *p, uint32_t head, uint32_t j)
{
    if (j == head + 1) return true;
    uint32_t up = p->v[j].head;
    if (up == head || (p->v[up].dep == DEP_compound && p->v[up].head == head)) return true;
    bool small = p->v[j].pos == POS_ADP || p->v[j].pos == POS_ADV || p->v[j].pos == POS_PART;
    if (p->v[up].head != head || up == j) return false;
    return small ? p->v[up].dep == DEP_dobj || p->v[up].pos == POS_ADP
                 : p->v[up].pos == POS_ADP || p->v[up].dep == DEP_dobj || p->v[up].dep == DEP_advmod || p->v[up].dep == DEP_xcomp;
}

static bool phrase_has(const finding *f, uint32_t head, str word)
{
    const parse    *p = f->p;
    const sentence *s = &p->sentences[p->v[head].sentence];
    uint32_t        from = head > s->first + PHRASE_REACH ? head - PHRASE_REACH : s->first;
    uint32_t        to = head + PHRASE_REACH < s->end ? head + PHRASE_REACH : s->end;
    for (uint32_t j = from; j < to; j++)
        if (j != head && (str_eq(p->v[j].lower, word) || str_eq_nocase(p->v[j].lemma, word)) && phrase_word(p, head, j))
            return true;
    return false;
}

static bool frame_fits(const finding *f, const frame *fr, uint32_t i)
{
    for (size_t k = 0; k < fr->n_also; k++)
        if (!phrase_has(f, i, fr->also[k])) return false;
    for (size_t k = 0; k < fr->n_when; k++)
        if (condition_holds(f, fr, i, &fr->when[k]) == fr->when[k].not ) return false;
    return true;
}

static const frame *fitting_frame(const finding *f, uint32_t i)
{
    const token *t = &f->p->v[i];
    char         classes[3] = {0, 0, 0};
    if (t->tag == TAG_VBN && t->pos == POS_ADJ) classes[0] = 'v', classes[1] = 'a';
    else if (t->pos == POS_VERB || t->pos == POS_AUX)
        classes[0] = 'v', classes[1] = t->tag == TAG_VBG || t->tag == TAG_VBN ? 'a' : 0;
    else if (t->pos == POS_NOUN) classes[0] = 'n', classes[1] = 'a';
    else if (t->pos == POS_ADJ || t->pos == POS_ADV) classes[0] = 'a';
    else return NULL;
    for (int k = 0; k < 3 && classes[k]; k++) {
        size_t       n;
        const frame *fr = lexicon_frames(f->r, lexicon_lemma(f->r, t), classes[k], &n);
        for (size_t j = 0; j < n; j++)
            if (frame_fits(f, &fr[j], i)) return fr[j].type == FRAME_NO_EVENT ? NULL : &fr[j];
    }
    return NULL;
}

// --- what is no act of its own ---

// Does the noun phrase tell more than "the attack": a party, a place, a day, a number?
static bool noun_tells(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    for_children (p, i, c) {
        const token *t = &p->v[c];
        switch (t->dep) {
        case DEP_poss:
        case DEP_nummod:
        case DEP_relcl: return true;
        case DEP_acl: return true;
        case DEP_prep:
        case DEP_agent:
            if (parse_has_child(p, c, DEP_pobj) || parse_has_child(p, c, DEP_pcomp)) return true;
            break;
        case DEP_amod:
        case DEP_compound:
        case DEP_nmod:
            if (t->ent == ENT_NORP || t->ent == ENT_GPE || t->ent == ENT_ORG || t->ent == ENT_PERSON || t->ent == ENT_DATE)
                return true;
            break;
        case DEP_npadvmod: return true;
        default: break;
        }
    }
    return false;
}

// "the attack" as what an accusation or a claim of responsibility is about, as subject of what is told about it.
static bool definite_states_act(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    const token *t = &p->v[i];
    if (t->dep == DEP_nsubj || t->dep == DEP_nsubjpass) return true;
    if (t->dep != DEP_pobj || !str_is(p->v[t->head].lower, "for")) return false;
    uint32_t above = p->v[t->head].head;
    uint32_t x = f->act_of[above];
    return above < i && x != NO_EVENT && f->acts.v[x].type == EVENT_ACCUSE;
}

static bool noun_states_act(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    const token *t = &p->v[i];
    if (t->dep == DEP_compound || t->dep == DEP_nmod) return lexicon_is(f->r, p->v[t->head].lemma, WORD_carrier);
    if (t->dep == DEP_amod || t->dep == DEP_npadvmod) return false;
    if (light_verb(f, i) != TOKEN_NONE || noun_tells(f, i) || !str_is(str_of(determiner(f, i)), "def")) return true;
    return definite_states_act(f, i);
}

static bool verb_states_act(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    const token *t = &p->v[i];
    // A habit: simple present without an object that is a name, "protesters often clash".
    for_children (p, i, c)
        if (p->v[c].dep == DEP_advmod && lexicon_is(f->r, p->v[c].lower, WORD_habit)) return false;
    return t->dep != DEP_amod || lexicon_is(f->r, t->lower, WORD_attributive);
}

void trigger_add(finding *f, uint32_t i, const frame *fr)
{
    const parse *p = f->p;
    f->act_of[i] = (uint32_t)f->acts.n;
    act *x = push(f->a, &f->acts);
    *x = (act){.token = i, .frame = fr, .type = fr->type, .into = NO_EVENT, .demanded_by = NO_EVENT};
    x->e = (event){.trigger = p->v[i].at,
                   .token = i,
                   .sentence = p->v[i].sentence,
                   .time = NO_TIME,
                   .begin = DAY_NONE,
                   .last = DAY_NONE,
                   .source = NO_SOURCE,
                   .statement = NO_STATEMENT,
                   .same_as = NO_EVENT,
                   .mode = fr->mode,
                   .n_mode = fr->n_mode,
                   .context = fr->context,
                   .n_context = fr->n_context,
                   .rule = fr->rule};
}

void trigger_find(finding *f)
{
    f->act_of = new_array(f->a, uint32_t, f->p->n + 1);
    for (uint32_t i = 0; i < f->p->n; i++) {
        f->act_of[i] = NO_EVENT;
        const frame *fr = fitting_frame(f, i);
        if (fr && (fr->class == 'n' ? noun_states_act(f, i) : verb_states_act(f, i))) trigger_add(f, i, fr);
    }
}

// --- several words for one act ---

// The verb act that this noun act is a part of: "an attack killed five", "died in a crash", "opened an investigation".
static uint32_t told_by_verb(const finding *f, const act *n)
{
    const parse *p = f->p;
    uint32_t     v = n->token;
    for (int step = 0; step < 4 && p->v[v].head != v; step++) {
        v = p->v[v].head;
        if (f->act_of[v] != NO_EVENT) return f->act_of[v];
        if (clause_is_verb(p, v) && step > 0) return NO_EVENT;
    }
    return NO_EVENT;
}

// The verb act whose phrase this noun is a word of, or NO_EVENT.
static uint32_t phrase_of(const finding *f, const act *n)
{
    const parse *p = f->p;
    uint32_t     v = p->v[n->token].head;
    if (n->frame->class != 'n' || f->act_of[v] == NO_EVENT) return NO_EVENT;
    const act *y = &f->acts.v[f->act_of[v]];
    for (size_t k = 0; k < y->frame->n_also && !y->dropped; k++)
        if (str_eq_nocase(p->v[n->token].lemma, y->frame->also[k])) return f->act_of[v];
    return NO_EVENT;
}

static void merge_into(finding *f, uint32_t from, uint32_t to)
{
    act *x = &f->acts.v[from], *y = &f->acts.v[to];
    x->dropped = true;
    x->into = to;
    if (!y->e.actor.n)
        for (size_t i = 0; i < x->e.actor.n; i++)
            if (!ids_hold(&y->e.recipient, x->e.actor.v[i])) ids_add(f->a, &y->e.actor, x->e.actor.v[i]);
    if (!y->e.recipient.n)
        for (size_t i = 0; i < x->e.recipient.n; i++)
            if (!ids_hold(&y->e.actor, x->e.recipient.v[i])) ids_add(f->a, &y->e.recipient, x->e.recipient.v[i]);
    if (!y->e.n_mode) y->e.mode = x->e.mode, y->e.n_mode = x->e.n_mode;
    if (!y->e.n_context) y->e.context = x->e.context, y->e.n_context = x->e.n_context;
}

static bool same_parties(const act *x, const act *y)
{
    for (size_t i = 0; i < x->e.recipient.n; i++)
        if (ids_hold(&y->e.recipient, x->e.recipient.v[i])) return true;
    return !x->e.recipient.n || !y->e.recipient.n;
}

// "killed three soldiers and wounded six": one subject, one clause.
static bool shares_subject(const finding *f, const act *x, const act *y)
{
    const parse *p = f->p;
    return p->v[x->token].dep == DEP_conj && p->v[x->token].head == y->token && x->frame->class == 'v' &&
           y->frame->class == 'v' && !parse_has_child(p, x->token, DEP_nsubj) && !parse_has_child(p, x->token, DEP_nsubjpass);
}

static bool is_harm(const act *x) { return x->frame->type == FRAME_HARM; }

// "82 were killed and 1,700 wounded": the second participle has no verb of its own.
static bool harm_conjunct(const finding *f, const act *x, const act *y)
{
    const parse *p = f->p;
    return is_harm(x) && is_harm(y) && p->v[x->token].dep == DEP_conj && p->v[x->token].head == y->token &&
           p->v[x->token].tag == TAG_VBN && !parse_has_child(p, x->token, DEP_auxpass) && !parse_has_child(p, x->token, DEP_aux);
}

// "struck the coast, leaving 30 dead", "died when the bus overturned": cause and effect in one sentence.
static bool cause_and_effect(const finding *f, const act *x, const act *y)
{
    const token *t = &f->p->v[x->token];
    if (t->dep != DEP_advcl || t->head != y->token || x->type == EVENT_COERCE) return false;
    if (is_harm(x) && t->tag == TAG_VBG) return x->type == EVENT_INCIDENT || !y->e.recipient.n;
    return is_harm(y) && x->type == EVENT_INCIDENT && parse_child_lemma(f->p, x->token, DEP_advmod, "when") != TOKEN_NONE;
}

// The act that another verb of the same sentence tells in the same breath, or NO_EVENT.
static uint32_t told_with(const finding *f, const act *x)
{
    const parse *p = f->p;
    uint32_t     head = p->v[x->token].head, v = head != x->token ? f->act_of[head] : NO_EVENT;
    if (v == NO_EVENT || f->acts.v[v].type != x->type) return NO_EVENT;
    const act *y = &f->acts.v[v];
    uint8_t    dep = p->v[x->token].dep;
    if (dep == DEP_xcomp || dep == DEP_pcomp || harm_conjunct(f, x, y) || cause_and_effect(f, x, y)) return v;
    return shares_subject(f, x, y) && ((is_harm(x) && is_harm(y)) || same_parties(x, y)) ? v : NO_EVENT;
}

// The noun act that is what the verb's subject does ("a blast that killed ten", "the attack wounded two").
static void merge_subject(finding *f, uint32_t k)
{
    act     *x = &f->acts.v[k];
    uint32_t s = clause_subject(f->p, x->token);
    if (s == TOKEN_NONE) s = clause_surface(f->p, x->token);
    uint32_t n = s == TOKEN_NONE ? NO_EVENT : f->act_of[s];
    if (n == NO_EVENT || n == k || f->acts.v[n].dropped || f->acts.v[n].type != x->type ||
        f->acts.v[n].e.sentence != x->e.sentence)
        return;
    merge_into(f, n, k);
}

void trigger_merge(finding *f)
{
    for (uint32_t k = 0; k < f->acts.n; k++) {
        act *x = &f->acts.v[k];
        if (x->dropped) continue;
        uint32_t v = phrase_of(f, x);
        if (v != NO_EVENT) { // "halted the offensive" is one act
            if (f->acts.v[v].type == x->type) merge_into(f, k, v);
            x->dropped = true;
            x->into = v;
            continue;
        }
        v = x->frame->class == 'v' ? told_with(f, x) : told_by_verb(f, x);
        if (v == NO_EVENT || v == k || f->acts.v[v].dropped || f->acts.v[v].type != x->type) continue;
        if (x->frame->class != 'v' && f->acts.v[v].frame->class == 'n') continue;
        merge_into(f, k, v);
    }
    for (uint32_t k = 0; k < f->acts.n; k++)
        if (!f->acts.v[k].dropped && f->acts.v[k].frame->class == 'v') merge_subject(f, k);
    for (uint32_t k = 1; k < f->acts.n; k++) { // two nouns for one act side by side
        act *x = &f->acts.v[k], *y = &f->acts.v[k - 1];
        if (x->dropped || y->dropped || x->type != y->type || x->e.sentence != y->e.sentence) continue;
        if (x->frame->class == 'n' && y->frame->class == 'n' && x->token - y->token <= 3 && f->p->v[x->token].dep != DEP_conj)
            merge_into(f, k, k - 1);
    }
}
