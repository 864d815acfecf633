// Puts right what the parser does wrong by construction, before the report's parse is read.
//
//   "She ordered the navy to search the strait and promised an inquiry."  ->  promised hangs on ordered, not on search

#include "parse/parse.h"

#include <string.h>

enum { MEND_STEPS = 8 };

static bool is_finite(const token *t) { return t->tag == TAG_VBD || t->tag == TAG_VBZ; }

// A verb in past or third person that the parser coordinates with an infinitive: they cannot be, English coordinates like with
// like. It goes with the nearest finite verb above, if that stands in the same tense. Returns the head it should have.
static uint32_t finite_conjunct(const parse *p, const token *v, uint32_t i)
{
    const token *t = &v[i];
    if (t->dep != DEP_conj || !is_finite(t) || v[t->head].tag != TAG_VB || t->head > i) return t->head;
    if (parse_has_child(p, i, DEP_nsubj) || parse_has_child(p, i, DEP_nsubjpass)) return t->head;
    uint32_t above = t->head;
    for (int step = 0; step < MEND_STEPS && v[above].head != above; step++) {
        above = v[above].head;
        if (is_finite(&v[above])) return v[above].tag == t->tag ? above : t->head;
    }
    return t->head;
}

void parse_mend(arena *a, parse *p)
{
    token *v = NULL;
    for (uint32_t i = 0; i < p->n; i++) {
        uint32_t head = finite_conjunct(p, p->v, i);
        if (head == p->v[i].head) continue;
        if (!v) {
            v = new_array(a, token, p->n + 1);
            memcpy(v, p->v, p->n * sizeof *v);
        }
        v[i].head = head;
    }
    if (v) parse_finish(a, p, v);
}
