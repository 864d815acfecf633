// Deep subject and object from labels: passives, relative and participial clauses, shared subjects, control.

#include "events/clause.h"

// Steps up the tree or along a chain of conjuncts: enough for any sentence a person wrote, and a bound for others.
enum { CLAUSE_STEPS = 12, CLAUSE_CHILDREN = 256 };

static bool relative_pronoun(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    return t->tag == TAG_WDT || t->tag == TAG_WP || (t->pos == POS_PRON && str_is(t->lower, "that"));
}

bool clause_is_verb(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    return t->pos == POS_VERB || t->pos == POS_AUX || (t->tag == TAG_VBN && t->pos == POS_ADJ) ||
           (t->tag == TAG_VBG && t->pos == POS_ADJ);
}

// First child with that label, looking at no more than CLAUSE_CHILDREN of them.
static uint32_t near_child(const parse *p, uint32_t i, uint8_t dep)
{
    int seen = 0;
    for_children (p, i, c) {
        if (p->v[c].dep == dep) return c;
        if (++seen > CLAUSE_CHILDREN) break;
    }
    return TOKEN_NONE;
}

static uint32_t own_subject(const parse *p, uint32_t v)
{
    int seen = 0;
    for_children (p, v, c) {
        uint8_t d = p->v[c].dep;
        if (d == DEP_nsubj || d == DEP_nsubjpass || d == DEP_csubj || d == DEP_csubjpass) return c;
        if (++seen > CLAUSE_CHILDREN) break;
    }
    return TOKEN_NONE;
}

uint32_t clause_antecedent(const parse *p, uint32_t i)
{
    if (i == TOKEN_NONE || !relative_pronoun(p, i)) return i;
    uint32_t at = i;
    for (int step = 0; step < CLAUSE_STEPS && p->v[at].head != at; step++) {
        if (p->v[at].dep == DEP_relcl) return p->v[at].head;
        at = p->v[at].head;
    }
    return i;
}

static bool has_auxiliary(const parse *p, uint32_t v)
{
    return near_child(p, v, DEP_aux) != TOKEN_NONE || near_child(p, v, DEP_auxpass) != TOKEN_NONE;
}

bool clause_passive(const parse *p, uint32_t v)
{
    for (int step = 0; step < CLAUSE_STEPS; step++) {
        const token *t = &p->v[v];
        if (near_child(p, v, DEP_nsubjpass) != TOKEN_NONE || near_child(p, v, DEP_auxpass) != TOKEN_NONE) return true;
        if (near_child(p, v, DEP_nsubj) != TOKEN_NONE && t->dep != DEP_acl) return false;
        if (t->tag != TAG_VBN) return false;
        if (near_child(p, v, DEP_aux) != TOKEN_NONE) return false;
        if (t->dep == DEP_acl || t->dep == DEP_amod || t->dep == DEP_oprd || near_child(p, v, DEP_agent) != TOKEN_NONE)
            return true;
        if (t->dep == DEP_advcl || t->dep == DEP_xcomp || t->dep == DEP_ccomp) return near_child(p, v, DEP_dobj) == TOKEN_NONE;
        if (t->dep != DEP_conj || !clause_is_verb(p, t->head))
            return t->dep == DEP_ROOT && near_child(p, v, DEP_dobj) == TOKEN_NONE;
        v = t->head;
    }
    return false;
}

// The noun an infinitive or gerund hangs on ("the army's decision to attack"): its possessor, or whoever the verb
// above says has it.
static uint32_t holder_of_noun(const parse *p, uint32_t noun, uint32_t *next)
{
    uint32_t poss = near_child(p, noun, DEP_poss);
    if (poss != TOKEN_NONE) return poss;
    uint32_t by = clause_prep(p, noun, STR("by"));
    if (by != TOKEN_NONE) return by;
    *next = clause_governor(p, noun);
    return TOKEN_NONE;
}

// Governors whose own subject does what they promise, though they have an object ("promised them to leave").
static bool subject_control(const parse *p, uint32_t v)
{
    static const char *const verbs[] = {"promise", "vow", "threaten", "swear", "use", "take", "spend"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (str_is(p->v[v].lemma, verbs[i])) return true;
    return false;
}

// "accused him of stealing", "kept them from leaving": what the object does.
static uint32_t patient_of_preposition(const parse *p, uint32_t preposition)
{
    str w = p->v[preposition].lower;
    return str_is(w, "of") || str_is(w, "from") || str_is(w, "into") || str_is(w, "for")
               ? near_child(p, p->v[preposition].head, DEP_dobj)
               : TOKEN_NONE;
}

// One step from a clause without a subject of its own towards the one it shares. Returns the subject, or the verb
// to go on with in *next.
static uint32_t shared_subject(const parse *p, uint32_t v, uint32_t *next)
{
    const token *t = &p->v[v];
    uint32_t     head = t->head, obj;
    *next = TOKEN_NONE;
    if (head == v) return TOKEN_NONE;
    switch (t->dep) {
    case DEP_relcl: return head;
    case DEP_acl:
        if (t->tag != TAG_VB) return head;
        return holder_of_noun(p, head, next);
    case DEP_amod: return head;
    case DEP_pcomp:
        obj = patient_of_preposition(p, head);
        if (obj != TOKEN_NONE) return obj;
        head = p->v[head].head;
        if (clause_is_verb(p, head)) *next = head;
        else return holder_of_noun(p, head, next);
        return TOKEN_NONE;
    case DEP_xcomp:
    case DEP_oprd:
    case DEP_ccomp:
        obj = near_child(p, head, DEP_dobj);
        if (obj != TOKEN_NONE && t->dep != DEP_ccomp && !subject_control(p, head)) return obj;
        *next = clause_is_verb(p, head) || p->v[head].pos == POS_ADJ ? head : clause_governor(p, head);
        return TOKEN_NONE;
    default: *next = clause_is_verb(p, head) || p->v[head].pos == POS_ADJ ? head : clause_governor(p, head); return TOKEN_NONE;
    }
}

// The leftmost word of the verb group: its auxiliaries, negation and adverbs stand before it.
static uint32_t verb_group_start(const parse *p, uint32_t v)
{
    uint32_t from = v;
    for_children (p, v, c) {
        uint8_t d = p->v[c].dep;
        if (c > v) break;
        if ((d == DEP_aux || d == DEP_auxpass || d == DEP_neg || d == DEP_advmod) && c < from) from = c;
    }
    return from;
}

static bool takes_clause(str preposition, bool finite)
{
    static const char *const words[] = {"with", "without", "despite", "after", "before", "since", "until", "as"};
    enum { FINITE_FROM = 3 };
    for (size_t i = finite ? FINITE_FROM : 0; i < sizeof words / sizeof *words; i++)
        if (str_is(preposition, words[i])) return true;
    return false;
}

// "after the head of the agency met the minister", "despite judges ordering a halt": the parse takes the subject for the
// preposition's object and leaves the verb beside it.
static uint32_t subject_at_preposition(const parse *p, uint32_t v)
{
    uint32_t start = verb_group_start(p, v);
    if (p->v[v].dep != DEP_advcl || !start) return TOKEN_NONE;
    bool finite = p->v[v].tag != TAG_VBG && p->v[v].tag != TAG_VBN;
    for (uint32_t i = start - 1, step = 0; step < CLAUSE_STEPS && p->v[i].head != i; step++, i = p->v[i].head) {
        uint32_t prep = p->v[i].head;
        if (i >= start) break;
        if (p->v[i].dep != DEP_pobj || !takes_clause(p->v[prep].lower, finite)) continue;
        while (p->v[prep].dep == DEP_conj && p->v[prep].head < prep) prep = p->v[prep].head;
        return p->v[prep].head == p->v[v].head ? i : TOKEN_NONE;
    }
    return TOKEN_NONE;
}

// "with the union seeking a halt and the firm seeking a delay": the second subject stands before its verb, but hangs as a
// conjunct on a word of the first clause, and the verb on another.
static uint32_t subject_among_conjuncts(const parse *p, uint32_t v)
{
    if (p->v[v].dep != DEP_acl || p->v[v].tag != TAG_VBG || !v) return TOKEN_NONE;
    uint32_t i = v - 1, first = i;
    if (p->v[i].dep != DEP_conj || (p->v[i].pos != POS_PROPN && p->v[i].pos != POS_NOUN)) return TOKEN_NONE;
    while (p->v[first].dep == DEP_conj && p->v[first].head < first) first = p->v[first].head;
    return first == p->v[v].head ? TOKEN_NONE : i;
}

uint32_t clause_surface(const parse *p, uint32_t v)
{
    for (int step = 0; step < CLAUSE_STEPS && v != TOKEN_NONE; step++) {
        uint32_t s = own_subject(p, v), next;
        if (s == TOKEN_NONE) s = subject_at_preposition(p, v);
        if (s == TOKEN_NONE) s = subject_among_conjuncts(p, v);
        if (s != TOKEN_NONE) return clause_antecedent(p, s);
        if (p->v[v].pos == POS_ADJ && !clause_is_verb(p, v)) { // "able to leave": the copula has the subject
            v = clause_governor(p, v);
            continue;
        }
        s = shared_subject(p, v, &next);
        if (s != TOKEN_NONE) return clause_antecedent(p, s);
        v = next;
    }
    return TOKEN_NONE;
}

static uint32_t agent_of(const parse *p, uint32_t v)
{
    for (int step = 0; step < CLAUSE_STEPS; step++) {
        uint32_t by = near_child(p, v, DEP_agent);
        if (by == TOKEN_NONE) by = parse_child_lemma(p, v, DEP_prep, "by");
        if (by != TOKEN_NONE) return near_child(p, by, DEP_pobj);
        uint32_t next = near_child(p, v, DEP_conj); // "abducted and killed by gunmen"
        if (next == TOKEN_NONE || p->v[next].tag != TAG_VBN || has_auxiliary(p, next) || own_subject(p, next) != TOKEN_NONE)
            return TOKEN_NONE;
        v = next;
    }
    return TOKEN_NONE;
}

uint32_t clause_subject(const parse *p, uint32_t v) { return clause_passive(p, v) ? agent_of(p, v) : clause_surface(p, v); }

static uint32_t own_object(const parse *p, uint32_t v)
{
    uint32_t o = near_child(p, v, DEP_dobj);
    if (o != TOKEN_NONE) return clause_antecedent(p, o);
    // "ordered Israel to halt": the parse gives the addressee as subject of the infinitive.
    for_children (p, v, c) {
        if ((p->v[c].dep == DEP_ccomp || p->v[c].dep == DEP_xcomp) && p->v[c].tag == TAG_VB &&
            parse_child_lemma(p, c, DEP_aux, "to") != TOKEN_NONE) {
            uint32_t s = near_child(p, c, DEP_nsubj);
            if (s == TOKEN_NONE) s = near_child(p, c, DEP_nsubjpass);
            if (s != TOKEN_NONE) return clause_antecedent(p, s);
        }
    }
    return near_child(p, v, DEP_dative);
}

uint32_t clause_object(const parse *p, uint32_t v)
{
    if (clause_passive(p, v)) return clause_surface(p, v);
    uint32_t o = own_object(p, v);
    if (o != TOKEN_NONE) return p->v[o].dep == DEP_dative && p->v[o].pos == POS_ADP ? near_child(p, o, DEP_pobj) : o;
    if (p->v[v].dep == DEP_relcl) { // "the men police arrested"
        uint32_t s = own_subject(p, v);
        if (s != TOKEN_NONE && !relative_pronoun(p, s) && p->v[p->v[v].head].pos != POS_ADV) return p->v[v].head;
    }
    uint32_t next = near_child(p, v, DEP_conj); // "killed and wounded 12 people"
    if (next != TOKEN_NONE && next - v <= 3 && clause_is_verb(p, next) && own_subject(p, next) == TOKEN_NONE &&
        !clause_passive(p, next))
        return own_object(p, next);
    return TOKEN_NONE;
}

static uint32_t prep_child(const parse *p, uint32_t i, str word)
{
    int seen = 0;
    for_children (p, i, c) {
        const token *t = &p->v[c];
        bool         joins =
            t->dep == DEP_prep || t->dep == DEP_agent || t->dep == DEP_dative || t->dep == DEP_prt || t->dep == DEP_advmod;
        if (joins && str_eq(t->lower, word)) {
            uint32_t o = near_child(p, c, DEP_pobj);
            if (o == TOKEN_NONE) o = near_child(p, c, DEP_pcomp);
            if (o != TOKEN_NONE) return clause_antecedent(p, o);
        }
        // "out of the city", "together with the army"
        if (joins && (t->pos == POS_ADP || t->pos == POS_ADV || t->pos == POS_SCONJ))
            for_children (p, c, d)
                if (p->v[d].dep == DEP_prep && str_eq(p->v[d].lower, word)) {
                    uint32_t o = near_child(p, d, DEP_pobj);
                    if (o != TOKEN_NONE) return clause_antecedent(p, o);
                }
        if (++seen > CLAUSE_CHILDREN) break;
    }
    return TOKEN_NONE;
}

uint32_t clause_prep(const parse *p, uint32_t i, str word)
{
    uint32_t o = prep_child(p, i, word);
    if (o == TOKEN_NONE && !clause_is_verb(p, i)) { // "the arrest and the trial of the men"
        uint32_t next = near_child(p, i, DEP_conj);
        return next == TOKEN_NONE || p->v[next].pos != POS_NOUN || near_child(p, next, DEP_poss) != TOKEN_NONE
                   ? TOKEN_NONE
                   : prep_child(p, next, word);
    }
    if (o != TOKEN_NONE) return o;
    uint32_t obj = near_child(p, i, DEP_dobj);
    return obj == TOKEN_NONE ? TOKEN_NONE : prep_child(p, obj, word);
}

uint32_t clause_governor(const parse *p, uint32_t i)
{
    for (int step = 0; step < CLAUSE_STEPS && p->v[i].head != i; step++) {
        i = p->v[i].head;
        if (clause_is_verb(p, i)) return i;
    }
    return TOKEN_NONE;
}

bool clause_negated(const parse *p, uint32_t v)
{
    int seen = 0;
    for_children (p, v, c) {
        const token *t = &p->v[c];
        if (t->dep == DEP_neg || (t->dep == DEP_advmod && str_is(t->lower, "never"))) return true;
        if (t->dep == DEP_nsubj || t->dep == DEP_nsubjpass || t->dep == DEP_dobj) {
            if (str_is(t->lower, "nobody") || str_is(t->lower, "none") || str_is(t->lower, "nothing")) return true;
            for_children (p, c, d)
                if (p->v[d].dep == DEP_det && str_is(p->v[d].lower, "no")) return true;
        }
        if (++seen > CLAUSE_CHILDREN) break;
    }
    return false;
}

uint32_t clause_possessor(const parse *p, uint32_t noun) { return clause_antecedent(p, near_child(p, noun, DEP_poss)); }
