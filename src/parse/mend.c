// Puts right what the parser does wrong by construction, before the report's parse is read.
//
//   "She ordered the navy to search the strait and promised an inquiry."  ->  promised hangs on ordered, not on search

#include "parse/parse.h"

#include <string.h>

enum { MEND_STEPS = 8, MEND_REACH = 40 };

static bool is_finite(const token *t) { return t->tag == TAG_VBD || t->tag == TAG_VBZ; }

// A verb in past or third person that the parser coordinates with an infinitive: they cannot be, English coordinates like with
// like. It goes with the nearest finite verb above, if that stands in the same tense. Returns the head it should have.
static uint32_t finite_conjunct(const parse *p, uint32_t i)
{
    const token *v = p->v, *t = &v[i];
    if (t->dep != DEP_conj || !is_finite(t) || v[t->head].tag != TAG_VB || t->head > i) return t->head;
    if (parse_has_child(p, i, DEP_nsubj) || parse_has_child(p, i, DEP_nsubjpass)) return t->head;
    uint32_t above = t->head;
    for (int step = 0; step < MEND_STEPS && v[above].head != above; step++) {
        above = v[above].head;
        if (is_finite(&v[above])) return v[above].tag == t->tag ? above : t->head;
    }
    return t->head;
}

static bool has_helper(const parse *p, uint32_t i)
{
    return parse_has_child(p, i, DEP_aux) || parse_has_child(p, i, DEP_auxpass) || parse_has_child(p, i, DEP_nsubj) ||
           parse_has_child(p, i, DEP_nsubjpass);
}

// "is to lay flowers, talk to the guards and meet the mayor": a bare infinitive that the parser coordinates with a past form goes
// with the infinitive before it. A present form may be a finite verb of plural subjects, so it only counts under a singular one.
static uint32_t bare_infinitive(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    if (t->dep != DEP_conj || (t->tag != TAG_VB && t->tag != TAG_VBP) || t->head > i || has_helper(p, i)) return t->head;
    const token *h = &p->v[t->head];
    if (h->tag != TAG_VBD && h->tag != TAG_VBN && h->tag != TAG_VBZ) return t->head;
    if (t->tag == TAG_VBP) {
        uint32_t s = parse_child(p, t->head, DEP_nsubj);
        if (s == TOKEN_NONE) s = parse_child(p, t->head, DEP_nsubjpass);
        if (s == TOKEN_NONE || str_find(p->v[s].morph, STR("Number=Sing")) < 0) return t->head;
    }
    for (uint32_t k = i; k-- > 0 && i - k < MEND_REACH && p->v[k].sentence == t->sentence;)
        if (p->v[k].tag == TAG_VB && parse_has_child(p, k, DEP_aux) && !parse_dominates(p, i, k)) return k;
    return t->head;
}

static bool hangs_below(const token *v, uint32_t i, uint32_t above)
{
    while (i != above && v[i].head != i) i = v[i].head;
    return i == above;
}

void parse_mend(arena *a, parse *p)
{
    token *v = NULL;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t head = finite_conjunct(p, i);
        if (head == p->v[i].head) head = bare_infinitive(p, i);
        if (head == p->v[i].head) continue;
        if (!v) {
            v = new_array(a, token, p->n + 1);
            memcpy(v, p->v, p->n * sizeof *v);
        }
        if (!hangs_below(v, head, i)) v[i].head = head;
    }
    if (v) parse_finish(a, p, v);
}
