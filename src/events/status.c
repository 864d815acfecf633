// Whether the act happened: tense, modals, negation and condition at its own verb, then what the words above it say.

#include "events/finding.h"

enum { STATUS_STEPS = 10, STATUS_CHILDREN = 256, UNDECIDED = -1 };

static bool lower_in(str w, const char *const *list)
{
    for (; *list; list++)
        if (str_is(w, *list)) return true;
    return false;
}

static const char *const hypothetical_modals[] = {"may", "might", "could", "can", "ca", NULL};
static const char *const demand_modals[] = {"should", "must", "ought", "shall", NULL};
static const char *const future_modals[] = {"will", "'ll", "’ll", "wo", NULL};
static const char *const doubting_adverbs[] = {"allegedly", "purportedly", "probably", "presumably", NULL};
static const char *const condition_marks[] = {"if", "unless", "whether", NULL};

typedef struct {
    bool negated, progressive, future, hypothetical, demanded, past, infinitive, alleged;
} verb_signs;

static verb_signs signs_of(const parse *p, uint32_t v)
{
    verb_signs s = {.negated = clause_negated(p, v)};
    int        seen = 0;
    bool       be = false, being = false, have = false, would = false;
    for_children (p, v, c) {
        const token *t = &p->v[c];
        str          l = t->lower;
        if (t->dep == DEP_aux || t->dep == DEP_auxpass) {
            s.hypothetical |= lower_in(l, hypothetical_modals);
            s.demanded |= lower_in(l, demand_modals);
            s.future |= lower_in(l, future_modals);
            would |= str_is(l, "would") || str_is(l, "'d");
            be |= str_is(t->lemma, "be") && t->dep == DEP_aux;
            being |= str_is(l, "being");
            have |= str_is(t->lemma, "have");
            s.infinitive |= t->tag == TAG_TO;
            s.past |= t->tag == TAG_VBD;
        }
        if (t->dep == DEP_mark && lower_in(l, condition_marks)) s.hypothetical = true;
        if (t->dep == DEP_advmod && lower_in(l, doubting_adverbs)) s.alleged = true;
        if (++seen > STATUS_CHILDREN) break;
    }
    s.progressive = (be && p->v[v].tag == TAG_VBG) || being;
    if (would) *(have ? &s.hypothetical : &s.future) = true;
    s.past |= p->v[v].tag == TAG_VBD || have;
    return s;
}

static int own_verb_status(const parse *p, uint32_t v)
{
    verb_signs s = signs_of(p, v);
    if (s.negated && s.demanded) return EVENT_DEMANDED;
    if (s.negated) return EVENT_DENIED;
    if (s.alleged) return EVENT_ALLEGED;
    if (s.hypothetical) return EVENT_HYPOTHETICAL;
    if (s.demanded) return EVENT_DEMANDED;
    if (s.future) return EVENT_PLANNED;
    if (s.progressive) return EVENT_ONGOING;
    if (s.infinitive && p->v[v].head == v) return EVENT_PLANNED; // the parse lost what it hangs on
    return UNDECIDED;
}

// Adjectives before a noun, and "no attack".
static int own_noun_status(const finding *f, uint32_t i)
{
    const parse *p = f->p;
    int          seen = 0;
    for_children (p, i, c) {
        const token *t = &p->v[c];
        str          l = t->lower;
        if (t->dep == DEP_det && (str_is(l, "no") || str_is(l, "neither"))) return EVENT_DENIED;
        if (t->dep == DEP_amod || t->dep == DEP_compound) {
            char     key[48];
            uint32_t g = MAP_NONE;
            if (l.n + 2 < sizeof key) {
                for (size_t k = 0; k < l.n; k++) key[k] = l.p[k];
                key[l.n] = '/', key[l.n + 1] = 'm';
                g = map_get(&f->r->governor_of, (str){key, l.n + 2});
            }
            if (g != MAP_NONE) return f->r->governors[g].status;
        }
        if (++seen > STATUS_CHILDREN) break;
    }
    return UNDECIDED;
}

// How token i hangs on the word above it, in the terms of data/events/governors.tsv, and which word that is.
static unsigned complement_of(const parse *p, uint32_t i, uint32_t *above)
{
    const token *t = &p->v[i];
    uint32_t     h = t->head;
    *above = h;
    if (h == i) return 0;
    bool to = parse_child_lemma(p, i, DEP_aux, "to") != TOKEN_NONE;
    switch (t->dep) {
    case DEP_xcomp: return to ? COMP_TO : t->tag == TAG_VBG ? COMP_ING : COMP_OBJ;
    case DEP_ccomp: return to ? COMP_TO : t->tag == TAG_VBG ? COMP_ING : COMP_THAT;
    case DEP_acl: return to ? COMP_TO : parse_has_child(p, i, DEP_nsubj) || parse_has_child(p, i, DEP_nsubjpass) ? COMP_THAT : 0;
    case DEP_relcl:
    case DEP_advcl: return to ? COMP_TO : 0;
    case DEP_dobj:
    case DEP_attr:
    case DEP_oprd:
    case DEP_dative: return COMP_OBJ;
    case DEP_nsubjpass: return COMP_OBJ;
    case DEP_nsubj: return COMP_SUBJ;
    case DEP_pcomp:
    case DEP_pobj: {
        str w = p->v[h].lower;
        *above = p->v[h].head;
        if (*above == h) return 0;
        if (str_is(w, "for")) return COMP_FOR;
        if (str_is(w, "of")) return COMP_OF;
        if (str_is(w, "in")) return COMP_IN;
        if (str_is(w, "from")) return COMP_FROM;
        if (p->v[h].dep == DEP_agent) return COMP_SUBJ;
        return t->dep == DEP_pcomp || str_is(w, "to") || str_is(w, "against") || str_is(w, "on") || str_is(w, "with") ||
                       (str_is(w, "about") && p->v[*above].pos == POS_ADJ)
                   ? COMP_ING
                   : 0;
    }
    case DEP_conj:
    case DEP_appos: return ~0u; // stands as its first conjunct stands
    default: return 0;
    }
}

static char governor_class(const token *t)
{
    if (t->pos == POS_VERB || t->pos == POS_AUX) return 'v';
    if (t->pos == POS_ADJ) return t->tag == TAG_VBN ? 'v' : 'a';
    return 'n';
}

// What the governing word makes of it: a status, -1 (passes), or -2 (no row: a wall).
static int governed_status(const finding *f, uint32_t above, unsigned on)
{
    const token *t = &f->p->v[above];
    char         key[64];
    str          w = t->lemma;
    uint32_t     particle = parse_child(f->p, above, DEP_prt);
    str          also = particle == TOKEN_NONE ? STR("") : f->p->v[particle].lower;
    if (w.n + also.n + 3 > sizeof key) return -2;
    size_t n = 0;
    for (size_t k = 0; k < w.n; k++) key[n++] = w.p[k] >= 'A' && w.p[k] <= 'Z' ? (char)(w.p[k] + 32) : w.p[k];
    if (also.n) key[n++] = '_';
    for (size_t k = 0; k < also.n; k++) key[n++] = also.p[k];
    key[n++] = '/', key[n++] = governor_class(t);
    for (uint32_t g = map_get(&f->r->governor_of, (str){key, n}); g != MAP_NONE; g = f->r->governors[g].next)
        if (f->r->governors[g].on & on) return f->r->governors[g].status;
    return -2;
}

// What the act above makes of its content: a request makes it demanded, a threat threatened.
static int content_status(const finding *f, const act *x, unsigned on)
{
    bool clause = (on & (COMP_TO | COMP_THAT | COMP_ING | COMP_FOR | COMP_OF)) != 0;
    switch (x->type) {
    case EVENT_REQUEST: return on & (COMP_TO | COMP_THAT | COMP_FOR | COMP_OBJ) ? EVENT_DEMANDED : UNDECIDED;
    case EVENT_AGREE: return on & (COMP_TO | COMP_THAT | COMP_OBJ | COMP_FOR) ? EVENT_PLANNED : UNDECIDED;
    case EVENT_THREATEN: return clause || on & COMP_OBJ ? EVENT_THREATENED : UNDECIDED;
    case EVENT_ACCUSE: return on & (COMP_THAT | COMP_ING | COMP_FOR | COMP_OF | COMP_IN | COMP_TO) ? EVENT_ALLEGED : UNDECIDED;
    case EVENT_COERCE:
        if (!(on & (COMP_FOR | COMP_OF | COMP_ING))) return UNDECIDED;
        return lexicon_is(f->r, x->frame->head, WORD_proven) ? EVENT_HAPPENED : EVENT_ALLEGED;
    case EVENT_REJECT: return on & (COMP_TO | COMP_OBJ) ? EVENT_DENIED : UNDECIDED;
    default: return UNDECIDED;
    }
}

// What is refused, denied or opposed did not come about, but for what was said: the demand that was refused was made.
static bool was_said(const act *x)
{
    return x->frame->class == 'n' && (x->type == EVENT_REQUEST || x->type == EVENT_ACCUSE || x->type == EVENT_THREATEN ||
                                      x->type == EVENT_REJECT || x->type == EVENT_SUPPORT);
}

// "convicted the man of killing", "arrested him on suspicion of murder": the accusing act that the noun hangs on.
static uint32_t accused_with(const finding *f, uint32_t noun, unsigned on)
{
    const parse *p = f->p;
    const token *t = &p->v[noun];
    uint32_t     v = TOKEN_NONE;
    if (!(on & (COMP_OF | COMP_FOR)) || t->pos == POS_VERB) return NO_EVENT;
    if (t->dep == DEP_dobj || t->dep == DEP_nsubjpass) v = t->head;
    else if (t->dep == DEP_pobj && p->v[t->head].head != t->head && lexicon_is(f->r, t->lemma, WORD_charge_noun))
        v = p->v[t->head].head;
    if (v == TOKEN_NONE || f->act_of[v] == NO_EVENT) return NO_EVENT;
    int type = f->acts.v[f->act_of[v]].type;
    return type == EVENT_ACCUSE || type == EVENT_COERCE ? f->act_of[v] : NO_EVENT;
}

// "the first to die", "the latest to be arrested": they did and were.
static bool is_ranked(const parse *p, uint32_t noun)
{
    static const char *const ranks[] = {"first", "second", "third", "last", "latest", "only", "next", NULL};
    if (p->v[noun].pos != POS_NOUN) return true;
    for_children (p, noun, c) {
        if (c > noun) break;
        if (lower_in(p->v[c].lower, ranks)) return true;
    }
    return false;
}

// What the word above says of the act: a status, -1 (passes), -2 (no word for it).
static int said_above(const finding *f, const act *x, uint32_t i, uint32_t above, unsigned on)
{
    const parse *p = f->p;
    bool         phrase = f->act_of[above] != NO_EVENT && f->acts.v[f->act_of[above]].frame->n_also; // "called off"
    int          s = phrase ? -1 : governed_status(f, above, on);
    if (on == COMP_SUBJ) { // "talks are due to restart"
        uint32_t quality = parse_child(p, above, DEP_acomp);
        if (quality != TOKEN_NONE) s = governed_status(f, quality, COMP_TO | COMP_SUBJ);
    }
    // "continued on Friday" is over, but "were in custody" is told of as going on
    if (s == EVENT_ONGOING && p->v[above].tag == TAG_VBD && (on & (COMP_SUBJ | COMP_IN)) &&
        !(x->frame->class == 'n' && lexicon_is(f->r, x->frame->head, WORD_state)))
        return UNDECIDED;
    if (s != -2 || !(on & COMP_TO)) return s;
    if (p->v[i].dep == DEP_advcl && clause_is_verb(p, i)) return EVENT_PLANNED; // "deployed to break up a rally"
    return (p->v[i].dep == DEP_acl || p->v[i].dep == DEP_relcl) && !is_ranked(p, above) ? EVENT_PLANNED
                                                                                        : s; // "money to pay the victims"
}

static int status_above(finding *f, act *x)
{
    const parse *p = f->p;
    uint32_t     i = x->token;
    for (int step = 0; step < STATUS_STEPS; step++) {
        uint32_t above;
        unsigned on = complement_of(p, i, &above);
        if (!on || above == i) break;
        if (on == ~0u) {
            if (clause_is_verb(p, i) && (parse_has_child(p, i, DEP_nsubj) || parse_has_child(p, i, DEP_nsubjpass)))
                return UNDECIDED;
            if (clause_is_verb(p, i) && p->v[i].tag != TAG_VBD && !parse_has_child(p, i, DEP_aux) && clause_is_verb(p, above)) {
                int shared = own_verb_status(p, above);
                if (shared != UNDECIDED && shared != EVENT_DENIED) return shared;
            }
            i = above;
            continue;
        }
        uint32_t charged = accused_with(f, above, on);
        if (charged != NO_EVENT) above = f->acts.v[charged].token;
        if (f->act_of[above] != NO_EVENT) {
            int s = content_status(f, &f->acts.v[f->act_of[above]], on);
            if (s != UNDECIDED) {
                x->demanded_by = f->act_of[above];
                return s;
            }
        }
        int s = said_above(f, x, i, above, on);
        if (s >= 0) return s;
        if (s == -2 && !(on & (COMP_OBJ | COMP_SUBJ | COMP_TO))) break;
        if (clause_is_verb(p, above)) {
            int own = own_verb_status(p, above);
            if (own == EVENT_DENIED && s == -2 && (on & COMP_SUBJ)) break; // "the raid was not linked with it"
            if (own != UNDECIDED && own != EVENT_ONGOING) return own;
            if (own == EVENT_ONGOING && s == -1) return own;
        }
        if (s == -2 && !((on & COMP_OBJ) && light_verb(f, i) == above)) break;
        i = above;
    }
    return UNDECIDED;
}

static bool frame_asks_negation(const frame *fr)
{
    for (size_t i = 0; i < fr->n_when; i++)
        if (fr->when[i].on == ASKS_NEGATION && !fr->when[i].not ) return true;
    return false;
}

void status_fill(finding *f)
{
    const parse *p = f->p;
    for (size_t k = 0; k < f->acts.n; k++) {
        act *x = &f->acts.v[k];
        int  s = x->frame->class == 'n' ? own_noun_status(f, x->token) : UNDECIDED;
        if (s == UNDECIDED && x->frame->class != 'n') s = own_verb_status(p, x->token);
        if (s == EVENT_DENIED && frame_asks_negation(x->frame)) s = UNDECIDED; // what was not granted is a refusal that happened
        if (s == UNDECIDED || s == EVENT_ONGOING) {
            int above = status_above(f, x);
            if (above == EVENT_DENIED && was_said(x)) above = UNDECIDED;
            if (above != UNDECIDED) s = above;
        }
        x->e.status = s == UNDECIDED ? EVENT_HAPPENED : (event_status)s;
    }
}
