// What befell those counted: told by the verb, noun or adjective that they depend on, by what describes them, by
// the noun itself, and (where the parse has lost the thread) by the words right beside the number.
//
//   "Two were killed and nine injured"  ->  killed, injured      "the toll rose to 45"  ->  killed

#include "quantities/rules.h"

enum {
    WALK = 7,   // steps up the tree from a number to the word that governs it
    BELOW = 3,  // levels below a verb in which a row's `with` is looked for
    NEAR = 4,   // tokens right of a phrase in which a lone participle is looked for
    STEPS = 600 // words looked at for one number, whatever the sentence
};

typedef struct {
    const parse          *p;
    const quantity_rules *r;
    const number_note    *number;
    effect_note           out;
    int                   steps;
} effect_search;

static bool node_effect(effect_search *s, uint32_t n, int depth);

static bool effect_take(effect_search *s, const effect_row *row, uint32_t governor)
{
    s->out.effect = row->effect;
    s->out.bare |= row->bare;
    s->out.found = true;
    s->out.open = row->open;
    s->out.care = row->care;
    s->out.governor = governor;
    s->out.rule = row->rule;
    return true;
}

static bool same_word(const token *t, str w)
{
    char room[64];
    return str_eq(t->lower, w) || str_eq(quantities_lemma(t, room, sizeof room), w);
}

// The first child with that label, among those that are looked at.
static uint32_t child_of(const parse *p, uint32_t i, uint8_t dep)
{
    for_few_children (p, i, c) {
        if (p->v[c].dep == dep) return c;
    }
    return TOKEN_NONE;
}

static bool has_child(const parse *p, uint32_t i, uint8_t dep) { return child_of(p, i, dep) != TOKEN_NONE; }

// Does `w` stand below token i, in the same clause?
static bool below(effect_search *s, uint32_t i, str w, int depth)
{
    const parse *p = s->p;
    for_few_children (p, i, c) {
        const token *t = &p->v[c];
        if (++s->steps > STEPS) return false;
        if (same_word(t, w))
            return depth == BELOW || t->dep == DEP_amod ||
                   (t->pos != POS_ADV && t->pos != POS_ADJ); // "five were shot, two fatally"
        if (t->dep == DEP_relcl || t->dep == DEP_conj || t->dep == DEP_ccomp || t->dep == DEP_advcl || t->dep == DEP_nsubj ||
            t->dep == DEP_parataxis)
            continue;
        if (depth > 1 && below(s, c, w, depth - 1)) return true;
    }
    return false;
}

// The same for a row's `with`; "GPE" stands for any country or town as the verb's own object ("left Pakistan").
static bool has_below(effect_search *s, uint32_t i, str with)
{
    if (!str_is(with, "GPE")) return below(s, i, with, BELOW);
    uint32_t o = child_of(s->p, i, DEP_dobj);
    return o != TOKEN_NONE && s->p->v[o].ent == ENT_GPE;
}

static const effect_row *first_row(const quantity_rules *r, effect_role role, const token *t)
{
    char     room[64];
    uint32_t k = map_get(&r->effects[role], quantities_lemma(t, room, sizeof room));
    if (k == MAP_NONE) k = map_get(&r->effects[role], t->lower);
    return k == MAP_NONE ? NULL : &r->effect.v[k];
}

static const effect_row *next_row(const quantity_rules *r, const effect_row *row)
{
    return row->next == MAP_NONE ? NULL : &r->effect.v[row->next];
}

// The row of a word in a role: one whose `with` stands below it before one that asks for nothing.
static const effect_row *row_for(effect_search *s, effect_role role, uint32_t i)
{
    const effect_row *plain = NULL;
    for (const effect_row *row = first_row(s->r, role, &s->p->v[i]); row; row = next_row(s->r, row)) {
        if (!row->with.n) plain = row;
        else if (role != ROLE_IN && has_below(s, i, row->with)) return row;
    }
    return plain;
}

static bool in_phrase(effect_search *s, uint32_t prep)
{
    const parse *p = s->p;
    uint32_t     x = child_of(p, prep, DEP_pobj);
    if (x == TOKEN_NONE) return false;
    for (const effect_row *row = first_row(s->r, ROLE_IN, &p->v[x]); row; row = next_row(s->r, row))
        if (same_word(&p->v[prep], row->with)) return effect_take(s, row, x);
    return false;
}

// "12 killed" tells of them, "12 killed three" of others.
static const effect_row *state_row(effect_search *s, uint32_t i)
{
    bool active = s->p->v[i].tag == TAG_VBD && has_child(s->p, i, DEP_dobj);
    return active ? NULL : row_for(s, ROLE_IS, i);
}

static bool is_state(effect_search *s, uint32_t i)
{
    const effect_row *row = state_row(s, i);
    if (!row && s->p->v[i].tag == TAG_VBN) row = row_for(s, ROLE_OBJECT, i);
    return row && effect_take(s, row, i);
}

// A participle without "have" before it: "nine injured", "leaving two wounded".
static bool is_passive(const parse *p, uint32_t v)
{
    if (has_child(p, v, DEP_auxpass)) return true;
    if (p->v[v].tag != TAG_VBN && !(p->v[v].tag == TAG_VBD && !has_child(p, v, DEP_dobj) && p->v[v].dep != DEP_ROOT))
        return false;
    for_few_children (p, v, c)
        if (p->v[c].dep == DEP_aux) return false;
    return true;
}

static bool has_subject(const parse *p, uint32_t v)
{
    return has_child(p, v, DEP_nsubj) || has_child(p, v, DEP_nsubjpass) || has_child(p, v, DEP_expl);
}

static bool verb_effect(effect_search *s, uint32_t v, effect_role role, int depth);

// "shot and killed": of verbs that share their subject the gravest counts.
static void gravest_conjunct(effect_search *s, uint32_t v, effect_role role, int depth)
{
    if (s->out.found && s->out.effect == EFFECT_KILLED) return;
    for_few_children (s->p, v, c) {
        if (s->p->v[c].dep != DEP_conj || !parse_is_verb(s->p, c) || has_subject(s->p, c)) continue;
        if (role == ROLE_OBJECT && !has_child(s->p, v, DEP_auxpass) && s->p->v[v].tag != TAG_VBN) continue;
        effect_search t = {.p = s->p, .r = s->r, .number = s->number, .steps = s->steps};
        effect_role   own = role == ROLE_SUBJECT && is_passive(s->p, c) && has_child(s->p, c, DEP_auxpass) ? ROLE_OBJECT : role;
        if (verb_effect(&t, c, own, depth - 1) && (!s->out.found || t.out.effect == EFFECT_KILLED)) {
            s->out = t.out;
            return;
        }
    }
}

// What is said of the subject (or, for a small clause, the object) through the verb's complements.
static bool complement_effect(effect_search *s, uint32_t v, int depth)
{
    const parse *p = s->p;
    for_few_children (p, v, c) {
        switch (p->v[c].dep) {
        case DEP_acomp:
        case DEP_oprd:
        case DEP_attr:
        case DEP_advmod:
            if (is_state(s, c)) return true;
            for_few_children (p, c, d)
                if (p->v[d].dep == DEP_conj && p->v[c].dep == DEP_acomp && is_state(s, d)) return true;
            break;
        case DEP_xcomp:
            if (verb_effect(s, c, is_passive(p, c) ? ROLE_OBJECT : ROLE_SUBJECT, depth - 1)) return true;
            break;
        case DEP_prep:
            if (in_phrase(s, c)) return true;
            break;
        default: break;
        }
    }
    return false;
}

static bool verb_effect(effect_search *s, uint32_t v, effect_role role, int depth)
{
    if (depth <= 0 || ++s->steps > STEPS) return false;
    const effect_row *row = row_for(s, role, v);
    if (!row && role == ROLE_SUBJECT && s->p->v[v].tag == TAG_VBN && is_passive(s->p, v)) row = row_for(s, ROLE_OBJECT, v);
    if (row) effect_take(s, row, v);
    gravest_conjunct(s, v, role, depth);
    if (s->out.found) return true;
    if (complement_effect(s, v, depth)) return true;
    return false;
}

// A noun that means an amount of people: "the death toll", "the number of injured".
static bool amount_effect(effect_search *s, uint32_t n)
{
    const parse *p = s->p;
    if (s->number->told_of) return false;
    const effect_row *row = row_for(s, ROLE_TOLL, n);
    if (row) return s->out.toll = true, effect_take(s, row, n);
    char room[64];
    if (words_kind(&s->r->units, quantities_lemma(&p->v[n], room, sizeof room)) != UNIT_AMOUNT) return false;
    for_few_children (p, n, c) {
        if (p->v[c].dep == DEP_compound || p->v[c].dep == DEP_amod)
            if ((row = row_for(s, ROLE_TOLL, c)) || (row = row_for(s, ROLE_OF, c)))
                return s->out.toll = true, effect_take(s, row, c);
        if (p->v[c].dep != DEP_prep) continue;
        if (in_phrase(s, c)) return s->out.bare = s->out.toll = true;
        if (!str_is(p->v[c].lower, "of")) continue;
        uint32_t x = child_of(p, c, DEP_pobj);
        if (x == TOKEN_NONE) continue;
        const people_row *people = quantities_people(p, s->r, x);
        if (people && people->has_effect && people->class >= CLASS_CASUALTY) {
            s->out = (effect_note){
                .effect = people->effect, .found = true, .bare = true, .toll = true, .governor = x, .rule = STR("number-of")};
            return true;
        }
        if (is_state(s, x)) return s->out.toll = true;
        for_few_children (p, x, d)
            if ((p->v[d].dep == DEP_prep && in_phrase(s, d)) || (p->v[d].dep == DEP_acl && is_state(s, d)))
                return s->out.bare = s->out.toll = true;
        if (people) {
            s->out = (effect_note){.effect = people->has_effect ? people->effect : EFFECT_OTHER,
                                   .found = people->has_effect,
                                   .bare = people->has_effect,
                                   .toll = true,
                                   .governor = x,
                                   .rule = STR("number-of")};
            return people->has_effect;
        }
    }
    return false;
}

// "the toll rose to 45", "brought the number of dead to 45", "put the toll at 45", "the toll exceeded 100"
static bool toll_verb(effect_search *s, uint32_t v, uint32_t number)
{
    for_few_children (s->p, v, c) {
        uint8_t d = s->p->v[c].dep;
        if ((d == DEP_nsubj || d == DEP_nsubjpass || d == DEP_dobj) && c != number && amount_effect(s, c))
            return s->out.bare = true;
    }
    return false;
}

static bool object_of_preposition(effect_search *s, uint32_t n, int depth)
{
    const parse *p = s->p;
    uint32_t     prep = p->v[n].head, h = p->v[prep].head;
    if (str_is(p->v[h].lower, "from")) h = p->v[h].head;                    // "rose from 12 to 45"
    if (p->v[h].pos == POS_ADV || p->v[h].pos == POS_ADP) h = p->v[h].head; // "to 45, up from 12"
    const token *t = &p->v[prep];
    if (h == prep) return false;
    if (prep >= s->number->first && prep < s->number->number) {
        // "wounded over 5,000": the parser takes the words before a number for a preposition
        const effect_row *own = parse_is_verb(p, h) ? row_for(s, ROLE_OBJECT, h) : NULL;
        return own ? effect_take(s, own, h) : toll_verb(s, h, n);
    }
    if (str_is(t->lower, "including") || str_is(t->lower, "among") || str_is(t->lower, "like") || str_is(t->lower, "such") ||
        str_is(t->lower, "includes")) {
        if (!node_effect(s, h, depth - 1)) return false;
        return s->out.part = true;
    }
    if (str_is(t->lower, "of")) {
        const effect_row *row = row_for(s, ROLE_OF, h);
        if (row) return effect_take(s, row, h);
        if (amount_effect(s, h)) return true;
        const people_row *group = quantities_people(p, s->r, h);
        if (group && group->group) return node_effect(s, h, depth - 1);
        const effect_row *life = first_row(s->r, ROLE_LIFE, &p->v[p->v[h].head]);
        if (life && same_word(&p->v[h], STR("life"))) return effect_take(s, life, p->v[h].head);
        return false;
    }
    if (str_is(t->lower, "to") || str_is(t->lower, "at") || str_is(t->lower, "by") || str_is(t->lower, "from") ||
        str_is(t->lower, "above") || str_is(t->lower, "past")) {
        if (parse_is_verb(p, h)) return toll_verb(s, h, n);
        if (amount_effect(s, h)) return s->out.bare = true;
    }
    const effect_row *row = str_is(t->lower, "for") ? row_for(s, ROLE_FOR, h) : NULL;
    return row && effect_take(s, row, h);
}

// "killed five children in a bus and two drivers": who is listed with people hangs by mistake on a thing near them.
static uint32_t listed_with(const effect_search *s, uint32_t i)
{
    const parse *p = s->p;
    uint32_t     up = i;
    for (int step = 0; step < WALK; step++) {
        const token *t = &p->v[up];
        if (t->pos == POS_VERB) {
            uint32_t o = child_of(p, up, DEP_dobj);
            return o != TOKEN_NONE && o < i && quantities_people(p, s->r, o) ? o : i;
        }
        if (t->pos == POS_NUM || t->pos == POS_ADJ || quantities_people(p, s->r, up)) return up;
        if (t->head == up || (t->dep != DEP_pobj && t->dep != DEP_prep && t->dep != DEP_conj && t->dep != DEP_compound)) break;
        up = t->head;
    }
    return i;
}

static bool is_reflexive(const token *t)
{
    return str_is(t->lower, "himself") || str_is(t->lower, "herself") || str_is(t->lower, "themselves") ||
           str_is(t->lower, "itself");
}

// What n's place in the sentence says.
static bool governor_effect(effect_search *s, uint32_t n, int depth)
{
    const parse *p = s->p;
    uint32_t     h = p->v[n].head;
    if (h == n || depth <= 0) return false;
    switch (p->v[n].dep) {
    case DEP_nsubj:
    case DEP_csubj: {
        if (!parse_is_verb(p, h)) return is_state(s, h);
        if (same_word(&p->v[n], STR("life"))) return false;
        uint32_t o = child_of(p, h, DEP_dobj);
        bool     passive = o == TOKEN_NONE ? is_passive(p, h) : is_reflexive(&p->v[o]);
        return verb_effect(s, h, passive && row_for(s, ROLE_OBJECT, h) ? ROLE_OBJECT : ROLE_SUBJECT, depth);
    }
    case DEP_nsubjpass: return verb_effect(s, h, ROLE_OBJECT, depth);
    case DEP_dobj:
    case DEP_dative:
    case DEP_oprd: {
        const effect_row *life = same_word(&p->v[n], STR("life")) ? first_row(s->r, ROLE_LIFE, &p->v[h]) : NULL;
        if (life) return effect_take(s, life, h);
        if (toll_verb(s, h, n)) return true;
        const effect_row *row = row_for(s, ROLE_OBJECT, h);
        if (row) return effect_take(s, row, h);
        return false;
    }
    case DEP_attr:
        if (has_child(p, h, DEP_expl)) return complement_effect(s, h, depth);
        for_few_children (p, h, c)
            if (p->v[c].dep == DEP_nsubj && c != n) {
                if (amount_effect(s, c)) return s->out.bare = true;
                const people_row *row = quantities_people(p, s->r, c);
                if (row && row->has_effect) {
                    s->out = (effect_note){.effect = row->effect, .found = true, .governor = c, .rule = STR("subject")};
                    return true;
                }
                if (is_state(s, c)) return true;
            }
        return false;
    case DEP_conj: return node_effect(s, parse_is_verb(p, h) ? h : listed_with(s, h), depth - 1);
    case DEP_appos: return node_effect(s, h, depth - 1);
    case DEP_pobj: return object_of_preposition(s, n, depth);
    case DEP_nummod:
    case DEP_compound:
    case DEP_nmod: return node_effect(s, h, depth - 1);
    default: return false;
    }
}

// What describes n itself: "12 people dead", "12 missing children", "33 hospitalised", "migrants who died".
static bool description_effect(effect_search *s, uint32_t n, int depth)
{
    const parse *p = s->p;
    for_few_children (p, n, c) {
        const token *t = &p->v[c];
        switch (t->dep) {
        case DEP_acl:
            if (verb_effect(s, c, t->tag == TAG_VBN || t->tag == TAG_VBD ? ROLE_OBJECT : ROLE_SUBJECT, depth - 1)) return true;
            break;
        case DEP_relcl: {
            effect_role role = ROLE_OBJECT;
            for_few_children (p, c, d) {
                bool relative = p->v[d].tag == TAG_WP || p->v[d].tag == TAG_WDT;
                if (relative && p->v[d].dep == DEP_nsubj && p->v[c].tag != TAG_VBN) role = ROLE_SUBJECT;
            }
            if (verb_effect(s, c, role, depth - 1)) return true;
            break;
        }
        case DEP_amod:
        case DEP_advmod:
        case DEP_appos:
        case DEP_acomp:
        case DEP_nmod:
            if (t->dep == DEP_appos && t->pos != POS_ADJ && t->pos != POS_VERB) break;
            if (is_state(s, c)) return true;
            break;
        case DEP_prep:
            if (in_phrase(s, c)) return true;
            break;
        default: break;
        }
    }
    return false;
}

static bool own_effect(effect_search *s, uint32_t n, bool strict)
{
    const people_row *row = quantities_people(s->p, s->r, n);
    if (!row || !row->has_effect || (strict && row->class != CLASS_CASUALTY && row->class != CLASS_BODY)) return false;
    s->out = (effect_note){.effect = row->effect, .found = true, .bare = strict, .governor = n, .rule = STR("noun")};
    return true;
}

static bool node_effect(effect_search *s, uint32_t n, int depth)
{
    if (depth <= 0) return false;
    // "one man dead, three others injured": what is listed takes what the first of the list suffered only if nothing is said of
    // it
    bool listed = s->p->v[n].dep == DEP_conj || s->p->v[n].dep == DEP_appos;
    return own_effect(s, n, true) || (listed && description_effect(s, n, depth)) || governor_effect(s, n, depth) ||
           description_effect(s, n, depth);
}

// The words right behind the phrase: "12 dead", "nine others seriously injured".
static bool beside_effect(effect_search *s, uint32_t end)
{
    const parse *p = s->p;
    bool         be = false, have = false;
    for (uint32_t i = end; i < p->n && i < end + NEAR && p->v[i].sentence == p->v[end - 1].sentence; i++) {
        const token *t = &p->v[i];
        if (t->pos == POS_AUX) {
            be |= str_is(t->lemma, "be");
            have |= str_is(t->lemma, "have");
            continue;
        }
        if (t->pos == POS_ADP && i == end && in_phrase(s, i)) return true;
        if (t->pos == POS_ADV || str_is(t->lower, "more") || str_is(t->lower, "others")) continue;
        const effect_row *row = state_row(s, i);
        if (!row && (be || !have) && (t->tag == TAG_VBN || t->tag == TAG_JJ || (t->tag == TAG_VBD && !has_child(p, i, DEP_dobj))))
            row = row_for(s, ROLE_OBJECT, i);
        if (!row && parse_is_verb(p, i) && !be) row = row_for(s, ROLE_SUBJECT, i);
        return row && effect_take(s, row, i);
    }
    return false;
}

// A word that can only be said of the number before it: "2 dead, 7 wounded", "two fatally".
static bool stuck_effect(effect_search *s, uint32_t end)
{
    if (end >= s->p->n || s->p->v[end].sentence != s->p->v[end - 1].sentence) return false;
    const token      *t = &s->p->v[end];
    const effect_row *row = state_row(s, end);
    bool              participle =
        t->tag == TAG_VBN || t->tag == TAG_JJ || (t->tag == TAG_VBD && !has_child(s->p, end, DEP_dobj)) || t->tag == TAG_NNP;
    if (!row && participle) row = row_for(s, ROLE_OBJECT, end);
    return row && effect_take(s, row, end);
}

// "Killed: 12. Wounded: 30."
static bool before_colon(effect_search *s, uint32_t first)
{
    const parse *p = s->p;
    if (first < 2 || !str_is(p->v[first - 1].lower, ":") || p->v[first - 2].sentence != p->v[first].sentence) return false;
    const effect_row *row = row_for(s, ROLE_IS, first - 2);
    if (!row) row = row_for(s, ROLE_OBJECT, first - 2);
    if (!row) row = row_for(s, ROLE_TOLL, first - 2);
    return row && effect_take(s, row, first - 2);
}

// The four of "two of the four victims died" are not those who died.
static bool within_part(const parse *p, uint32_t n)
{
    uint32_t prep = p->v[n].head;
    return p->v[n].dep == DEP_pobj && str_is(p->v[prep].lower, "of") && p->v[p->v[prep].head].pos == POS_NUM;
}

effect_note quantities_effect(const parse *p, const quantity_rules *r, const number_note *n, const counted_note *c)
{
    effect_search s = {.p = p, .r = r, .number = n, .out = {.effect = EFFECT_OTHER, .governor = TOKEN_NONE}};
    if (c->row && c->row->has_effect && (c->row->class == CLASS_CASUALTY || c->row->class == CLASS_BODY)) {
        s.out = (effect_note){.effect = c->row->effect, .found = true, .bare = true, .governor = c->noun, .rule = STR("noun")};
        return s.out;
    }
    bool told = (c->noun == TOKEN_NONE && stuck_effect(&s, c->end)) || node_effect(&s, c->node, WALK) ||
                (c->of && c->noun != TOKEN_NONE && !c->pronoun && description_effect(&s, c->noun, WALK)) ||
                (!within_part(p, c->node) && beside_effect(&s, c->end)) || before_colon(&s, n->first);
    // A noun that says itself what befell them gives way only to a word that leaves no doubt.
    if (c->row && c->row->has_effect && (!told || !s.out.bare))
        s.out = (effect_note){
            .effect = c->row->effect, .found = true, .governor = s.out.governor, .part = s.out.part, .rule = STR("noun")};
    return s.out;
}

static bool is_old_word(const parse *p, const quantity_rules *r, uint32_t i)
{
    return map_get(&r->status[STATUS_OLD], p->v[i].lower) != MAP_NONE;
}

// "initially said", "an earlier toll of", "initial reports put", "at first": a number that may have been corrected since.
// Looked for above the word that tells what befell them: "died earlier" is none.
bool quantities_first_told(const parse *p, const quantity_rules *r, uint32_t node, uint32_t governor)
{
    uint32_t at = governor == TOKEN_NONE ? node : governor;
    for (int step = 0; step < WALK; step++) {
        bool verb = parse_is_verb(p, at), own = at == governor && verb;
        for_few_children (p, at, c) {
            uint8_t d = p->v[c].dep;
            if (!own && (d == DEP_advmod || d == DEP_amod || d == DEP_prep) && is_old_word(p, r, c)) return true;
            if (d == DEP_prep && c + 1 < p->n && str_is(p->v[c].lower, "at") && str_is(p->v[c + 1].lower, "first")) return true;
            if (own || !verb || (d != DEP_nsubj && d != DEP_dobj)) continue;
            for_few_children (p, c, a)
                if (p->v[a].dep == DEP_amod && is_old_word(p, r, a)) return true;
        }
        if (p->v[at].head == at || (verb && p->v[at].dep == DEP_conj)) break;
        at = p->v[at].head;
    }
    return false;
}

static bool totals(const parse *p, const quantity_rules *r, uint32_t i)
{
    char     room[64];
    uint32_t k = map_get(&r->status[STATUS_TOTAL], quantities_lemma(&p->v[i], room, sizeof room));
    if (k == MAP_NONE) return false;
    // "so far", "to date", "this year" want their first word; "since" and the like stand alone
    bool pair = str_is(p->v[i].lower, "far") || str_is(p->v[i].lower, "date") || p->v[i].pos == POS_NOUN;
    return !pair ||
           (i > 0 && (str_is(p->v[i - 1].lower, "so") || str_is(p->v[i - 1].lower, "to") || str_is(p->v[i - 1].lower, "this")));
}

// "have been killed in the war": so far, in what still goes on.
static bool lasts_on(const parse *p, const quantity_rules *r, uint32_t governor)
{
    char room[64];
    bool perfect = false, lasting = false;
    for_few_children (p, governor, c) {
        const token *t = &p->v[c];
        perfect |= t->dep == DEP_aux && (str_is(t->lower, "have") || str_is(t->lower, "has"));
        if (t->dep != DEP_prep || !(str_is(t->lower, "in") || str_is(t->lower, "during"))) continue;
        uint32_t o = parse_child(p, c, DEP_pobj);
        lasting |=
            o != TOKEN_NONE && map_get(&r->status[STATUS_LASTING], quantities_lemma(&p->v[o], room, sizeof room)) != MAP_NONE;
    }
    return perfect && lasting;
}

// "since March", "so far this year": a running toll over a period.
bool quantities_total(const parse *p, const quantity_rules *r, uint32_t governor)
{
    if (governor == TOKEN_NONE) return false;
    if (lasts_on(p, r, governor)) return true;
    for_few_children (p, governor, c) {
        if (totals(p, r, c)) return true;
        for_few_children (p, c, d)
            if (p->v[c].dep != DEP_conj && p->v[c].dep != DEP_ccomp && totals(p, r, d)) return true;
    }
    return false;
}

static uint32_t status_word(const quantity_rules *r, status_role role, const token *t)
{
    char room[64];
    return map_get(&r->status[role], quantities_lemma(t, room, sizeof room));
}

// "may have died", "will send 200", "were not hurt", "initially said 12"
static uint32_t status_beside(const parse *p, const quantity_rules *r, uint32_t i)
{
    for_few_children (p, i, c) {
        const token *t = &p->v[c];
        uint32_t     k = MAP_NONE;
        if (t->dep == DEP_aux) k = status_word(r, STATUS_AUX, t);
        else if (t->dep == DEP_neg) k = status_word(r, STATUS_NEG, t);
        else if (t->dep == DEP_advmod) k = status_word(r, STATUS_ADVERB, t);
        if (k != MAP_NONE) return k;
    }
    return MAP_NONE;
}

// Up from the word that governs the counted: its own auxiliaries and those of verbs it completes ("could have been
// killed", "are feared dead"), then the verbs above that take it for uncertain or to come ("it is feared that …").
figure_status quantities_status(const parse *p, const quantity_rules *r, uint32_t node, uint32_t governor)
{
    uint32_t at = governor == TOKEN_NONE ? node : governor;
    bool     same_clause = true;
    for (int step = 0; step < WALK; step++) {
        const token *t = &p->v[at];
        uint32_t     k = same_clause ? status_beside(p, r, at) : MAP_NONE;
        if (k != MAP_NONE) return (figure_status)k;
        if (step == 0 && governor != TOKEN_NONE && is_passive(p, at) && (k = status_word(r, STATUS_OVER, t)) != MAP_NONE)
            return (figure_status)k;
        if (t->head == at) break;
        bool raised = t->dep == DEP_xcomp || t->dep == DEP_acomp || t->dep == DEP_oprd || t->dep == DEP_nsubjpass;
        bool inside = t->dep == DEP_dobj || t->dep == DEP_prep || t->dep == DEP_pobj || t->dep == DEP_nummod ||
                      t->dep == DEP_attr || t->dep == DEP_nsubj || t->dep == DEP_advmod ||
                      (t->dep == DEP_conj && !parse_is_verb(p, at));
        if (!raised && !inside && t->dep != DEP_ccomp) break;
        if (t->dep == DEP_ccomp) same_clause = false;
        if ((raised || t->dep == DEP_ccomp) && (k = status_word(r, STATUS_OVER, &p->v[t->head])) != MAP_NONE)
            return (figure_status)k;
        at = t->head;
    }
    return FIGURE_ASSERTED;
}
