// What the joining rules look at in a phrase: key, kind, number, article, gender.

#include "mentions/phrases.h"

#include <string.h>

static bool is_plural(const parse *p, const phrase *f)
{
    const token *t = &p->v[f->m.head];
    if (f->group || t->tag == TAG_NNS || t->tag == TAG_NNPS) return true;
    if (t->pos == POS_ADJ && f->det == DET_DEFINITE) return true; // "the wounded"
    return str_find(t->morph, STR("Number=Plur")) >= 0 || (t->pos == POS_NUM && !str_is(t->lower, "one"));
}

// Number words before a noun: two descriptions that count differently are not the same thing.
static str phrase_count(const workings *w, const phrase *f)
{
    uint32_t first = f->m.head, end = f->m.head;
    for_children (w->p, f->m.head, c) {
        if (c >= f->m.head || c < f->m.first || w->p->v[c].dep != DEP_nummod) continue;
        if (w->p->v[c].left < first) first = w->p->v[c].left;
        end = c + 1;
    }
    return first < end ? mentions_key(w, first, end) : (str){"", 0};
}

// A word for people of a country is a name in "the Kurds", a description in "two Kurds", "an American".
static bool is_named_people(const phrase *f)
{
    return f->plural && (f->det == DET_DEFINITE || f->det == DET_NONE) && f->name_first == f->m.head && !f->count.n;
}

// "north-eastern Syria" is a place of its own, not Syria.
static void take_direction(workings *w, phrase *f)
{
    uint32_t first = f->name_first;
    if (f->ent != ENT_GPE && f->ent != ENT_LOC) return;
    while (first > f->m.first &&
           (mentions_is_direction(w->fold[first - 1]) || (str_is(w->p->v[first - 1].text, "-") && first - 1 > f->m.first)))
        first--;
    if (first == f->name_first || !mentions_is_direction(w->fold[first])) return;
    f->name_first = first;
    f->role_first = f->role_end = 0;
}

static void describe_name(workings *w, phrase *f)
{
    const parse *p = w->p;
    take_direction(w, f);
    f->key = mentions_key(w, f->name_first, f->name_end);
    uint32_t         k = f->key.n ? map_get(&w->r->known_at, f->key) : MAP_NONE;
    const head_word *of = mentions_head(w->r, w->fold[f->name_first]);
    if (k == MAP_NONE && of && of->after && of->kind == ENTITY_PLACE && f->name_end > f->name_first + 2 &&
        str_is(p->v[f->name_first + 1].lower, "of"))
        k = map_get(&w->r->known_at, mentions_key(w, f->name_first + 2, f->name_end)); // "State of Virginia"
    f->known = k == MAP_NONE ? NO_THING : k;
    if (k != MAP_NONE && !(w->r->known[k].as & KNOWN_NAME) && !f->adjective && !is_named_people(f)) {
        f->name_first = f->name_end = f->m.end;
        return;
    }
    f->m.form = MENTION_NAME;
    f->last = w->fold[f->name_end - 1];
    const head_word *before = mentions_head(w->r, w->fold[f->name_first]);
    f->noun = before && before->before && f->name_end > f->name_first + 1 ? before
                                                                          : mentions_noun_at_end(w, f->name_first, f->name_end);
    for (uint32_t i = f->name_first; !f->noun && i + 1 < f->name_end; i++)
        if (str_is(p->v[i + 1].lower, "of") || str_is(p->v[i + 1].lower, "for")) f->noun = mentions_head(w->r, w->fold[i]);
    if (f->ent == ENT_PERSON && f->name_end > f->name_first + 1 && map_get(&w->r->given_at, w->fold[f->name_first]) != MAP_NONE)
        if (!f->noun || f->noun->kind != ENTITY_ORGANISATION) f->noun = NULL; // Anna Marsh is no marsh, Kent Police are police
    if (f->role_end > f->role_first) f->role = mentions_role_at_end(w, f->role_first, f->role_end);
}

// After a name only "of" goes on with it: "James Rovella of the department", but not "Freeh at a press conference".
static void cut_after_name(workings *w, phrase *f)
{
    for (uint32_t i = f->name_end; i < f->m.end; i++)
        if (w->p->v[i].dep == DEP_prep && !str_is(w->p->v[i].lower, "of")) f->m.end = i;
    if (f->base_end > f->m.end) f->base_end = f->m.end;
}

void mentions_describe(workings *w, phrase *f)
{
    const parse *p = w->p;
    if (f->name_first < f->name_end) cut_after_name(w, f);
    f->m.at = parse_span(p, f->m.first, f->m.end);
    f->det = f->m.form == MENTION_PRONOUN ? DET_NONE : mentions_determiner(w, f->m.first, f->m.head);
    f->plural = is_plural(p, f);
    if (f->m.form == MENTION_PRONOUN) {
        f->key = w->fold[f->m.head];
        return;
    }
    f->count = f->group ? (str){"", 0} : phrase_count(w, f);
    if (f->name_first < f->name_end) describe_name(w, f);
    if (f->m.form == MENTION_NAME) return;
    f->m.form = MENTION_NOMINAL;
    uint32_t first = mentions_after_article(p, f->m.first, f->base_end);
    f->key = mentions_key(w, first, f->group ? f->m.end : f->base_end);
    f->last = mentions_fold(w->a, str_cut(p->v[f->m.head].lemma, 0, LONGEST_WORD));
    f->role = f->known == NO_THING ? mentions_described_role(w, f, first < f->m.head ? first : f->m.head)
                                   : mentions_role(w->r, STR("national"));
    f->noun = mentions_noun_at_end(w, first, f->m.head + 1);
    if (!f->noun) f->noun = mentions_head(w->r, f->last); // the singular
    if (f->noun && f->noun->only) f->noun = NULL;
}

static char phrase_gender(const workings *w, const phrase *f)
{
    if (f->role && f->role->gender) return f->role->gender;
    for (uint32_t i = f->role_first; i < f->role_end; i++) {
        const role_word *r = mentions_role(w->r, w->fold[i]);
        if (r && r->gender) return r->gender;
    }
    uint32_t given = f->name_end - f->name_first >= 2 ? map_get(&w->r->given_at, w->fold[f->name_first]) : MAP_NONE;
    return given == 'm' || given == 'f' ? (char)given : 0;
}

void mentions_start_cluster(workings *w, uint32_t i)
{
    phrase *f = &w->v[i];
    f->up = i;
    f->thing = NO_THING;
    f->full = NO_MENTION;
    f->named = f->name_first < f->name_end;
    if (f->known != NO_THING && ((w->r->known[f->known].as & KNOWN_NAME) || f->adjective)) f->thing = w->r->known[f->known].thing;
    mentions_vote(w, f);
}

void mentions_start_person(workings *w, uint32_t i)
{
    phrase *f = &w->v[i];
    if (mentions_kind(f) != ENTITY_PERSON) return;
    f->gender = phrase_gender(w, f);
    if (f->named && memchr(f->key.p, ' ', f->key.n)) f->full = i;
}
