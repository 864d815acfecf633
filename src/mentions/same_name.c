// Joining by names: the same name, surnames, acronyms, longer and shorter forms, known spellings.

#include "mentions/sieve.h"

#include <string.h>

// --- names ---

// The same name again.
void mentions_join_exact(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        if (!mentions_is_name(&w->v[i]) || !w->v[i].key.n) continue;
        uint32_t *to = map_put(w->a, &at, w->v[i].key);
        if (*to == MAP_NONE || !mentions_unite(w, *to, i, rule, BY_NAME)) *to = i;
    }
}

// Names of one known thing: "UK", "Britain".
void mentions_join_known(workings *w, const sieve_rule *rule)
{
    uint32_t *first = new_array(w->a, uint32_t, w->r->n_things + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->thing == NO_THING) continue;
        if (first[f->thing]) mentions_unite(w, first[f->thing] - 1, i, rule, BY_NAME);
        else first[f->thing] = i + 1;
    }
}

static bool is_full_person(const phrase *f)
{
    if (!mentions_is_name(f) || mentions_is_one_word(f) || f->thing != NO_THING) return false;
    return mentions_kind(f) == ENTITY_PERSON;
}

// "Duda" after "Andrzej Duda": the person of that surname last told of, or else told of first.
void mentions_join_surname(workings *w, const sieve_rule *rule)
{
    map last = {0}, next = {0};
    for (uint32_t i = (uint32_t)w->n; i-- > 0;) {
        const phrase *f = &w->v[i];
        if (!is_full_person(f)) continue;
        for (str rest = f->key; str_split(rest, ' ', &rest).n && rest.p && rest.n;) *map_put(w->a, &next, rest) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) { // "Parada" for Jose Parada Grandy, where nobody else is called so
        str middle, rest;
        if (!is_full_person(&w->v[i])) continue;
        str_split(w->v[i].key, ' ', &rest);
        middle = str_split(rest, ' ', &rest);
        if (!rest.n || map_get(&w->r->given_at, middle) != MAP_NONE) continue;
        uint32_t *to = map_put(w->a, &next, middle);
        if (*to == MAP_NONE) *to = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || !f->key.n) continue;
        if (is_full_person(f))
            for (str rest = f->key; str_split(rest, ' ', &rest).n && rest.p && rest.n;) *map_put(w->a, &last, rest) = i;
        if ((f->thing != NO_THING && !f->role) || (f->role_end == f->role_first && mentions_head(w->r, f->key))) continue;
        uint32_t to = map_get(&last, f->key);
        if (to == i || to == MAP_NONE || !mentions_unite(w, to, i, rule, BY_NAME)) {
            to = map_get(&next, f->key);
            if (to != MAP_NONE && to != i) mentions_unite(w, to, i, rule, BY_NAME);
        } else if (w->v[to].m.first < f->m.first) *map_put(w->a, &last, f->key) = to;
    }
}

#define SEVERAL (UINT32_MAX - 1) // more than one thing has that word

// "Brenton" after "Brenton Tarrant", "John Luk" after "John Luk Jok", where only one full name begins so.
void mentions_join_given(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_full_person(f)) continue;
        for (size_t n = 1; n < f->key.n; n++) {
            if (f->key.p[n] != ' ') continue;
            uint32_t *to = map_put(w->a, &at, str_cut(f->key, 0, n));
            if (*to == MAP_NONE) *to = i;
            else if (*to != SEVERAL && mentions_cluster(w, *to) != mentions_cluster(w, i)) *to = SEVERAL;
        }
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || (mentions_is_one_word(f) && w->v[mentions_cluster(w, i)].full != NO_MENTION)) continue;
        if (f->town && mentions_kind(f) == ENTITY_PLACE) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE && to != SEVERAL) mentions_unite(w, to, i, rule, BY_NAME);
    }
}

// --- acronyms ---

bool mentions_is_small_word(const token *t)
{
    return t->pos == POS_ADP || t->pos == POS_DET || t->pos == POS_CCONJ || t->pos == POS_PART || t->pos == POS_PUNCT ||
           t->tag == TAG_IN;
}

static str initials_of(const workings *w, uint32_t first, uint32_t end, bool small)
{
    char  *v = new_array(w->a, char, end - first + 1);
    size_t n = 0;
    for (uint32_t i = first; i < end; i++)
        if (w->fold[i].n && (small || !mentions_is_small_word(&w->p->v[i])) && w->p->v[i].pos != POS_PUNCT)
            v[n++] = w->fold[i].p[0];
    return (str){v, n};
}

static bool is_acronym(const workings *w, const phrase *f)
{
    if (f->name_end - f->name_first != 1 || f->key.n < 2 || f->key.n > 10) return false;
    str    text = w->p->v[f->name_first].text;
    size_t upper = 0, lower = 0;
    for (size_t k = 0; k < text.n; k++)
        upper += text.p[k] >= 'A' && text.p[k] <= 'Z', lower += text.p[k] >= 'a' && text.p[k] <= 'z';
    return upper >= 2 && (upper > lower || upper >= 3);
}

// "NGOs" is looked up as "NGO".
static str acronym_key(const workings *w, const phrase *f)
{
    str text = w->p->v[f->name_first].text;
    return text.n > 3 && text.p[text.n - 1] == 's' && f->key.p[f->key.n - 1] == 's' ? str_cut(f->key, 0, f->key.n - 1) : f->key;
}

// The letters of x come in this order in y, the first at its beginning.
static bool letters_within(str x, str y)
{
    if (!x.n || !y.n || x.p[0] != y.p[0]) return false;
    size_t k = 0;
    for (size_t i = 0; i < y.n && k < x.n; i++) k += y.p[i] == x.p[k] || x.p[k] == '&';
    return k == x.n;
}

static bool same_letters(str x, str y)
{
    int count[256] = {0};
    if (x.n != y.n) return false;
    for (size_t i = 0; i < x.n; i++) count[(unsigned char)x.p[i]]++, count[(unsigned char)y.p[i]]--;
    for (int c = 0; c < 256; c++)
        if (count[c]) return false;
    return true;
}

// First token of the words before token `end` that the letters could stand for, or TOKEN_NONE.
static uint32_t spelled_out(const workings *w, str letters, uint32_t first, uint32_t end)
{
    for (uint32_t k = first; k + 1 < end; k++) {
        if (mentions_is_small_word(&w->p->v[k])) continue;
        str some = initials_of(w, k, end, false);
        if (str_eq(letters, some) || str_eq(letters, initials_of(w, k, end, true)) ||
            (letters.n >= 3 && same_letters(letters, some)))
            return k;
    }
    for (uint32_t k = first; k + 1 < end; k++)
        if (!mentions_is_small_word(&w->p->v[k]) && letters.n >= 3 && letters_within(letters, mentions_key(w, k, end)) &&
            initials_of(w, k, end, false).n + 1 >= 3 && initials_of(w, k, end, false).n <= letters.n)
            return k;
    return TOKEN_NONE;
}

// "National Telecommunications Commission (NTC)", "exclusive economic zone (EEZ)".
void mentions_join_bracket(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->m.first < 2 || !is_acronym(w, f) || !mentions_token_is(w, f->m.first - 1, "(") ||
            !mentions_token_is(w, f->name_end, ")"))
            continue;
        uint32_t end = f->m.first - 1;
        for (uint32_t back = 1; back <= 12 && back <= i; back++) {
            phrase *l = &w->v[i - back];
            if (l->m.form == MENTION_PRONOUN || l->group || l->m.first + 12 < end || l->m.first >= end || end > l->m.end)
                continue;
            if (spelled_out(w, acronym_key(w, f), l->m.first, end) == TOKEN_NONE) continue;
            if (mentions_is_name(l) && l->name_end < end && l->m.end >= end) continue;
            if (l->thing != f->thing) f->thing = w->v[mentions_cluster(w, i)].thing = l->thing;
            memcpy(w->v[mentions_cluster(w, i)].votes, l->votes, sizeof l->votes);
            if (mentions_unite(w, i - back, i, rule, BY_NAME)) break;
        }
    }
}

// "ODESC" for a name of the report with these initials_of.
void mentions_join_acronym(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->name_end - f->name_first < 2 || f->name_end - f->name_first > 16 ||
            mentions_kind(f) == ENTITY_PERSON)
            continue;
        str some = initials_of(w, f->name_first, f->name_end, false), all = initials_of(w, f->name_first, f->name_end, true);
        if (some.n >= 2 && *map_put(w->a, &at, some) == MAP_NONE) *map_put(w->a, &at, some) = i;
        if (all.n >= 3 && *map_put(w->a, &at, all) == MAP_NONE) *map_put(w->a, &at, all) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || !is_acronym(w, f)) continue;
        uint32_t to = map_get(&at, acronym_key(w, f));
        if (to != MAP_NONE) mentions_unite(w, to, i, rule, BY_NAME);
    }
}

// --- parts of names ---

// The name without class nouns at its end ("Saha Airlines") or at its beginning ("Hurricane Dorian").
static str without_class(const workings *w, const phrase *f)
{
    uint32_t first = f->name_first, end = f->name_end;
    for (const head_word *h;
         end > first + 1 && (h = mentions_head(w->r, w->fold[end - 1])) && (h->after || mentions_head(w->r, w->fold[end - 2]));)
        end--;
    if (end == f->name_end)
        for (const head_word *h; end > first + 1 && (h = mentions_head(w->r, w->fold[first])) && h->before;) first++;
    const head_word *of = end > first + 2 && str_is(w->p->v[first + 1].lower, "of") ? mentions_head(w->r, w->fold[first]) : NULL;
    if (of && of->after && of->kind == ENTITY_PLACE) first += 2; // "State of Virginia"
    return first == f->name_first && end == f->name_end ? (str){"", 0} : mentions_key(w, first, end);
}

// "Saha" for Saha Airlines, "Gaza" for Gaza Strip.
void mentions_join_class(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->name_end - f->name_first < 2) continue;
        str bare = without_class(w, f);
        if (bare.n > 2 && !mentions_role(w->r, bare) && !mentions_head(w->r, bare) && *map_put(w->a, &at, bare) == MAP_NONE)
            *map_put(w->a, &at, bare) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->full != NO_MENTION) continue;
        uint32_t to = map_get(&at, f->key);
        if (f->town && to != MAP_NONE && (!w->v[to].noun || w->v[to].noun->kind != ENTITY_PLACE))
            continue; // "Narok", "Narok Hospital"
        if (to != MAP_NONE && to != i && (f->thing == NO_THING || w->v[to].thing == f->thing))
            mentions_unite(w, to, i, rule, BY_NAME);
    }
}

// "Congress" for the Congress of the Philippines, "Telegraph" for The Daily Telegraph, "Bradley Airport" for Bradley
// International Airport: words of one longer name of the report, its head noun or its beginning among them.
void mentions_join_shortened(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      n = f->name_end - f->name_first;
        if (!mentions_is_name(f) || n < 2 || n > 12 || mentions_kind(f) == ENTITY_PERSON || f->adjective) continue;
        for (uint32_t k = f->name_first + 1; k < f->name_end; k++) {
            str rest = mentions_key(w, k, f->name_end), start = mentions_key(w, f->name_first, k);
            if (mentions_is_small_word(&w->p->v[k]) && mentions_head(w->r, w->fold[k - 1])) {
                if (*map_put(w->a, &at, start) == MAP_NONE) *map_put(w->a, &at, start) = i;
            } else if (!mentions_is_small_word(&w->p->v[k - 1]) && !mentions_is_small_word(&w->p->v[k]) && rest.n > 3 &&
                       *map_put(w->a, &at, rest) == MAP_NONE)
                *map_put(w->a, &at, rest) = i;
        }
        str ends =
            arena_printf(w->a, "%.*s %.*s", (int)w->fold[f->name_first].n, w->fold[f->name_first].p, (int)f->last.n, f->last.p);
        if (n > 2 && f->noun && *map_put(w->a, &at, ends) == MAP_NONE) *map_put(w->a, &at, ends) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_name(f) || f->adjective || f->thing != NO_THING || mentions_kind(f) == ENTITY_PERSON) continue;
        if (f->ent == ENT_GPE || f->ent == ENT_LOC) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE && to != i) mentions_unite(w, to, i, rule, BY_NAME);
    }
}
