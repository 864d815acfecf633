// Joining by how a sentence is built: apposition, title and name, "named", "the city of".

#include "mentions/sieve.h"

#include <string.h>

// Whether a description may be said of that phrase: both singular or both plural, and of kinds that fit.
static bool may_describe(workings *w, uint32_t i, uint32_t j)
{
    const phrase *f = &w->v[i], *d = &w->v[j];
    if (mentions_is_name(f) ? d->plural && mentions_kind(f) == ENTITY_PERSON : f->plural != d->plural) return false;
    const role_word *role = mentions_is_name(f) ? d->role : f->role;
    return (role && role->body) ||
           mentions_kinds_fit(mentions_kind(&w->v[mentions_cluster(w, i)]), mentions_kind(&w->v[mentions_cluster(w, j)]));
}

bool mentions_is_place_kind(int k) { return k == ENTITY_PLACE || k == ENTITY_STATE; }

bool mentions_is_list_item(const parse *p, uint32_t h) { return p->v[h].dep == DEP_conj || parse_has_child(p, h, DEP_conj); }

static bool apposition_fits(workings *w, uint32_t i, uint32_t j)
{
    const phrase *f = &w->v[i], *d = &w->v[j];
    if (f->m.form == MENTION_PRONOUN || d->m.form == MENTION_PRONOUN || f->group || d->group || f->adjective || d->adjective)
        return false;
    if (mentions_is_name(f) && mentions_is_name(d)) return false; // "Koszalin, Poland"; "Paul, John and Mary"
    if (w->p->v[d->m.head].pos == POS_NUM || w->p->v[f->m.head].pos == POS_NUM) return false;
    if (!may_describe(w, i, j)) return false;
    if (mentions_is_name(d) && !mentions_is_name(f) && f->m.end != f->base_end && mentions_is_place_kind(mentions_kind(d)))
        return false; // "the city of Lae, Papua"
    const phrase *description = mentions_is_name(d) ? f : d;
    return mentions_is_name(f) || mentions_is_name(d) ? description->role || description->noun || description->det : true;
}

// "Northamptonshire's chief constable Nick Adderley": a description straight before a name is its role.
static void take_role(workings *w, uint32_t i, uint32_t j)
{
    const phrase *d = &w->v[i];
    phrase       *f = &w->v[j];
    if (!mentions_is_name(f) || mentions_is_name(d) || d->base_end != f->m.first || f->role_end > f->role_first) return;
    f->role_first = d->m.first;
    f->role_end = f->name_first;
    f->role = d->role;
}

// Apposition that the parser saw: "Rafah, the southern city".
void mentions_join_apposition(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t h = w->v[i].m.head;
        if (p->v[h].dep != DEP_appos || w->v[i].group) continue;
        uint32_t of = w->of_head[p->v[h].head];
        if (of == NO_MENTION || of >= i || mentions_is_list_item(p, h)) continue;
        if (apposition_fits(w, of, i) && mentions_unite(w, of, i, rule, BY_STRUCTURE)) take_role(w, of, i);
    }
}

// The phrase that begins (or ends) at a token: the longest that is no group.
static uint32_t phrase_from(const workings *w, uint32_t i, uint32_t first)
{
    while (i < w->n && w->v[i].m.first < first) i++;
    while (i < w->n && w->v[i].m.first == first && w->v[i].group) i++;
    return i < w->n && w->v[i].m.first == first && w->v[i].m.form != MENTION_PRONOUN ? i : NO_MENTION;
}

static bool closes_apposition(const workings *w, uint32_t i)
{
    if (i >= w->p->n) return true;
    const token *t = &w->p->v[i];
    return t->pos == POS_PUNCT || t->tag == TAG_WP || t->tag == TAG_WDT || t->tag == TAG_IN || t->pos == POS_VERB ||
           t->pos == POS_AUX;
}

// Apposition by commas where the parser missed it: "Vinnie Cole, a driver, said".
void mentions_join_commas(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->group || f->m.form == MENTION_PRONOUN || !mentions_token_is(w, f->m.end, ",")) continue;
        uint32_t j = phrase_from(w, i + 1, f->m.end + 1);
        if (j == NO_MENTION || w->p->v[f->m.first].sentence != w->p->v[w->v[j].m.first].sentence) continue;
        const phrase *d = &w->v[j];
        if (!closes_apposition(w, d->m.end) || mentions_is_list_item(w->p, d->m.head) ||
            mentions_is_name(f) == mentions_is_name(d))
            continue;
        const phrase *description = mentions_is_name(d) ? f : d;
        entity_kind   k = mentions_kind(mentions_is_name(d) ? d : f);
        if (!description->role && !description->noun) continue;
        if (description->role && k != ENTITY_PERSON && !description->role->body) continue;
        if (!description->role && k == ENTITY_PERSON) continue;
        if (mentions_token_is(w, d->m.end, ",") || mentions_token_is(w, d->m.end, ".") || d->det == DET_INDEFINITE ||
            d->det == DET_DEFINITE || mentions_is_name(d))
            if (apposition_fits(w, i, j)) mentions_unite(w, i, j, rule, BY_STRUCTURE);
    }
}

// "Mayor of Koszalin Piotr Jedlinski": a role with its preposition straight before a person's name.
void mentions_join_role(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || mentions_kind(f) != ENTITY_PERSON || f->name_first < 3) continue;
        uint32_t s = f->name_first;
        for (uint32_t j = i + 1; j < w->n && j < i + 8 && w->v[j].m.first < f->role_end;
             j++) // "police spokesman" before "Capt. Rod Hale"
            if (mentions_is_nominal(&w->v[j]) && w->v[j].role && !w->v[j].plural && w->v[j].m.end <= f->role_end)
                mentions_unite(w, i, j, rule, BY_STRUCTURE);
        for (uint32_t back = 1; back <= 8 && back <= i; back++) {
            const phrase *r = &w->v[i - back];
            uint32_t      h = r->m.head;
            if (h >= s || p->v[h].sentence != p->v[s].sentence || s - h > 9) continue;
            if (!r->role || mentions_is_name(r) || h + 2 >= s || p->v[h + 1].pos != POS_ADP) continue;
            bool plain = true;
            for (uint32_t k = h + 1; k < s; k++)
                plain &= p->v[k].pos == POS_PROPN || p->v[k].pos == POS_ADP || p->v[k].pos == POS_DET || p->v[k].pos == POS_ADJ ||
                         p->v[k].pos == POS_CCONJ || p->v[k].pos == POS_PART || p->v[k].tag == TAG_HYPH ||
                         p->v[k].pos == POS_NOUN;
            if (!plain || p->v[s - 1].pos == POS_ADP || p->v[s - 1].pos == POS_DET || p->v[s - 1].pos == POS_CCONJ) continue;
            w->v[i - back].role_end = s; // the description ends where the name begins
            w->v[i - back].m.end = s;
            mentions_unite(w, i - back, i, rule, BY_STRUCTURE);
            break;
        }
    }
}

static bool is_naming(const workings *w, const sieve_rule *rule, uint32_t *i, uint32_t end)
{
    for (uint32_t n = 3; n > 0; n--)
        if (*i + n < end && map_get(&rule->words, mentions_key(w, *i, *i + n)) != MAP_NONE) return *i += n, true;
    return false;
}

// "a woman named Ana Kos", "the storm known as Dorian".
void mentions_join_naming(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->group || f->m.form == MENTION_PRONOUN) continue;
        uint32_t end = w->p->sentences[w->p->v[f->m.head].sentence].end, k = f->m.end;
        if (mentions_token_is(w, k, ",")) k++;
        if (!is_naming(w, rule, &k, end)) continue;
        while (k < end && (w->p->v[k].pos == POS_PUNCT || w->p->v[k].pos == POS_ADP)) k++;
        uint32_t j = phrase_from(w, i + 1, k);
        if (j != NO_MENTION && mentions_is_name(&w->v[j])) mentions_unite(w, i, j, rule, BY_NAME);
    }
}

// "the city of Tabriz", "the island of Samos": the noun of a kind of place and the place.
void mentions_join_of_place(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      h = f->m.head, k = h + 1;
        if (f->group || f->m.form == MENTION_PRONOUN || !f->noun || !f->noun->after || !mentions_is_place_kind(f->noun->kind))
            continue;
        if (!mentions_token_is(w, k, "of") || p->v[k].head != h) continue;
        k++;
        if (mentions_token_is(w, k, "the")) k++;
        uint32_t j = k < p->n ? w->of_head[p->v[k].dep == DEP_compound && p->v[k].head > k ? p->v[k].head : k] : NO_MENTION;
        if (j == NO_MENTION || !mentions_is_name(&w->v[j]) || mentions_is_list_item(p, w->v[j].m.head)) continue;
        if (w->v[j].thing != NO_THING && w->r->things[w->v[j].thing].kind == ENTITY_STATE &&
            map_get(&rule->words, f->last) == MAP_NONE)
            continue;
        if (w->v[j].m.end <= f->m.end + 1) mentions_unite(w, i, j, rule, BY_STRUCTURE);
    }
}

// "Astana is the capital of Kazakhstan": said to be so, now, without doubt.
void mentions_join_copula(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *d = &w->v[i];
        uint32_t      verb = p->v[d->m.head].head;
        if (d->group || !mentions_is_nominal(d) || p->v[d->m.head].dep != DEP_attr ||
            map_get(&rule->words, w->fold[verb]) == MAP_NONE)
            continue;
        uint32_t subject = parse_child(p, verb, DEP_nsubj);
        if (subject == TOKEN_NONE || parse_has_child(p, verb, DEP_neg) || parse_has_child(p, verb, DEP_aux) ||
            parse_has_child(p, verb, DEP_mark))
            continue;
        uint32_t of = w->of_head[subject];
        if (of == NO_MENTION || of >= i || w->v[of].m.form == MENTION_PRONOUN || (!d->role && !d->noun) || d->det == DET_NONE)
            continue;
        if (mentions_is_name(&w->v[of]) && !mentions_is_list_item(p, subject) && may_describe(w, of, i))
            mentions_unite(w, of, i, rule, BY_STRUCTURE);
    }
}
