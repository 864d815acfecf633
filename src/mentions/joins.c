// Which mentions mean the same: a sieve of rules, the surest first. Each row of data/mentions/rules.tsv names one
// of the rules below, and the rows' order is the order they run in.
//
//   "Mayor Ana Kos … Kos … the mayor"   ->   one entity: exact, surname, title

#include "mentions/inner.h"

#include <stdlib.h>
#include <string.h>

// --- clusters ---

uint32_t mentions_cluster(workings *w, uint32_t i)
{
    while (w->v[i].up != i) i = w->v[i].up = w->v[w->v[i].up].up;
    return i;
}

static bool is_name(const phrase *f) { return f->m.form == MENTION_NAME; }

static bool is_nominal(const phrase *f) { return f->m.form == MENTION_NOMINAL && !f->group; }

static bool is_one_word(const phrase *f) { return f->key.n && !memchr(f->key.p, ' ', f->key.n); }

// Every word of x is a word of y.
static bool words_within(str x, str y)
{
    for (str rest = x; rest.p && rest.n;) {
        str  word = str_split(rest, ' ', &rest);
        bool found = false;
        for (str other = y; other.p && other.n && !found;) found = str_eq(str_split(other, ' ', &other), word);
        if (!found) return false;
    }
    return true;
}

static bool names_conflict(const phrase *x, const phrase *y)
{
    return !words_within(x->key, y->key) && !words_within(y->key, x->key);
}

// Same-named and appositive things may differ in kind where one of them has only the recogniser's word for it.
enum strictness { BY_NAME, BY_STRUCTURE, BY_DESCRIPTION };

static bool clusters_fit(workings *w, uint32_t x, uint32_t y, enum strictness how)
{
    const phrase *a = &w->v[x], *b = &w->v[y];
    if (a->full != NO_MENTION && b->full != NO_MENTION && names_conflict(&w->v[a->full], &w->v[b->full])) return false;
    if (a->thing != NO_THING && b->thing != NO_THING && a->thing != b->thing) return false;
    if (a->gender && b->gender && a->gender != b->gender) return false;
    if (a->count.n && b->count.n && !str_eq(a->count, b->count)) return false;
    if (how != BY_NAME && a->named && b->named) return false;
    return mentions_kinds_fit(mentions_kind(a), mentions_kind(b)) || (how != BY_DESCRIPTION && (a->weak || b->weak));
}

static void add_votes(phrase *a, const phrase *b)
{
    if (b->weak && !a->weak && a->named) return;
    if (a->weak && !b->weak) memset(a->votes, 0, sizeof a->votes);
    for (int k = 0; k <= ENTITY_OTHER; k++) a->votes[k] = (int16_t)(a->votes[k] + b->votes[k] > 9999 ? 9999 : a->votes[k] + b->votes[k]);
}

// The earlier cluster keeps its number. False where what is known of the two conflicts.
static bool join(workings *w, uint32_t i, uint32_t j, const sieve_rule *rule, enum strictness how)
{
    uint32_t x = mentions_cluster(w, i), y = mentions_cluster(w, j);
    if (x == y) return true;
    if (!clusters_fit(w, x, y, how)) return false;
    uint32_t lo = x < y ? x : y, hi = x < y ? y : x, later = i < j ? j : i;
    phrase  *a = &w->v[lo], *b = &w->v[hi];
    b->up = lo;
    add_votes(a, b);
    a->weak &= b->weak || !b->named;
    if (a->full == NO_MENTION || (b->full != NO_MENTION && w->v[b->full].key.n > w->v[a->full].key.n)) a->full = b->full;
    if (a->thing == NO_THING) a->thing = b->thing;
    if (!a->gender) a->gender = b->gender;
    if (!a->count.n) a->count = b->count;
    a->named |= b->named;
    if (!w->v[later].m.rule.n) w->v[later].m.rule = rule->id;
    return true;
}

static bool within(const sieve_rule *rule, uint32_t earlier, uint32_t later)
{
    return !rule->window || (int64_t)later - (int64_t)earlier <= rule->window;
}

static bool token_is(const workings *w, uint32_t i, const char *text) { return i < w->p->n && str_is(w->p->v[i].text, text); }

// --- names ---

// The same name again.
static void sieve_exact(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        if (!is_name(&w->v[i]) || !w->v[i].key.n) continue;
        uint32_t *to = map_put(w->a, &at, w->v[i].key);
        if (*to == MAP_NONE || !join(w, *to, i, rule, BY_NAME)) *to = i;
    }
}

// Names of one known thing: "UK", "Britain".
static void sieve_known(workings *w, const sieve_rule *rule)
{
    uint32_t *first = new_array(w->a, uint32_t, w->r->n_things + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->thing == NO_THING) continue;
        if (first[f->thing]) join(w, first[f->thing] - 1, i, rule, BY_NAME);
        else first[f->thing] = i + 1;
    }
}

static bool is_full_person(const phrase *f)
{
    if (!is_name(f) || is_one_word(f) || f->thing != NO_THING) return false;
    return mentions_kind(f) == ENTITY_PERSON;
}

// "Duda" after "Andrzej Duda": the person of that surname last told of, or else told of first.
static void sieve_surname(workings *w, const sieve_rule *rule)
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
        if (!is_name(f) || !f->key.n) continue;
        if (is_full_person(f))
            for (str rest = f->key; str_split(rest, ' ', &rest).n && rest.p && rest.n;) *map_put(w->a, &last, rest) = i;
        if ((f->thing != NO_THING && !f->role) || (f->role_end == f->role_first && mentions_head(w->r, f->key))) continue;
        uint32_t to = map_get(&last, f->key);
        if (to == i || to == MAP_NONE || !join(w, to, i, rule, BY_NAME)) {
            to = map_get(&next, f->key);
            if (to != MAP_NONE && to != i) join(w, to, i, rule, BY_NAME);
        } else if (w->v[to].m.first < f->m.first) *map_put(w->a, &last, f->key) = to;
    }
}

#define SEVERAL (UINT32_MAX - 1) // more than one thing has that word

// "Brenton" after "Brenton Tarrant", "John Luk" after "John Luk Jok", where only one full name begins so.
static void sieve_given(workings *w, const sieve_rule *rule)
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
        if (!is_name(f) || (is_one_word(f) && w->v[mentions_cluster(w, i)].full != NO_MENTION)) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE && to != SEVERAL) join(w, to, i, rule, BY_NAME);
    }
}

// --- acronyms ---

static bool is_small_word(const token *t)
{
    return t->pos == POS_ADP || t->pos == POS_DET || t->pos == POS_CCONJ || t->pos == POS_PART || t->pos == POS_PUNCT || t->tag == TAG_IN;
}

static str initials(const workings *w, uint32_t first, uint32_t end, bool small)
{
    char  *v = new_array(w->a, char, end - first + 1);
    size_t n = 0;
    for (uint32_t i = first; i < end; i++)
        if (w->fold[i].n && (small || !is_small_word(&w->p->v[i])) && w->p->v[i].pos != POS_PUNCT) v[n++] = w->fold[i].p[0];
    return (str){v, n};
}

static bool is_acronym(const workings *w, const phrase *f)
{
    if (f->name_end - f->name_first != 1 || f->key.n < 2 || f->key.n > 10) return false;
    str    text = w->p->v[f->name_first].text;
    size_t upper = 0, lower = 0;
    for (size_t k = 0; k < text.n; k++) upper += text.p[k] >= 'A' && text.p[k] <= 'Z', lower += text.p[k] >= 'a' && text.p[k] <= 'z';
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
        if (is_small_word(&w->p->v[k])) continue;
        str some = initials(w, k, end, false);
        if (str_eq(letters, some) || str_eq(letters, initials(w, k, end, true)) || (letters.n >= 3 && same_letters(letters, some))) return k;
    }
    for (uint32_t k = first; k + 1 < end; k++)
        if (!is_small_word(&w->p->v[k]) && letters.n >= 3 && letters_within(letters, mentions_key(w, k, end)) &&
            initials(w, k, end, false).n + 1 >= 3 && initials(w, k, end, false).n <= letters.n)
            return k;
    return TOKEN_NONE;
}

// "National Telecommunications Commission (NTC)", "exclusive economic zone (EEZ)".
static void sieve_bracket(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (!is_name(f) || f->m.first < 2 || !is_acronym(w, f) || !token_is(w, f->m.first - 1, "(") || !token_is(w, f->name_end, ")")) continue;
        uint32_t end = f->m.first - 1;
        for (uint32_t back = 1; back <= 12 && back <= i; back++) {
            phrase *l = &w->v[i - back];
            if (l->m.form == MENTION_PRONOUN || l->group || l->m.first + 12 < end || l->m.first >= end || end > l->m.end) continue;
            if (spelled_out(w, acronym_key(w, f), l->m.first, end) == TOKEN_NONE) continue;
            if (is_name(l) && l->name_end < end && l->m.end >= end) continue;
            if (l->thing != f->thing) f->thing = w->v[mentions_cluster(w, i)].thing = l->thing;
            memcpy(w->v[mentions_cluster(w, i)].votes, l->votes, sizeof l->votes);
            if (join(w, i - back, i, rule, BY_NAME)) break;
        }
    }
}

// "ODESC" for a name of the report with these initials.
static void sieve_acronym(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first < 2 || f->name_end - f->name_first > 16 || mentions_kind(f) == ENTITY_PERSON) continue;
        str some = initials(w, f->name_first, f->name_end, false), all = initials(w, f->name_first, f->name_end, true);
        if (some.n >= 2 && *map_put(w->a, &at, some) == MAP_NONE) *map_put(w->a, &at, some) = i;
        if (all.n >= 3 && *map_put(w->a, &at, all) == MAP_NONE) *map_put(w->a, &at, all) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || !is_acronym(w, f)) continue;
        uint32_t to = map_get(&at, acronym_key(w, f));
        if (to != MAP_NONE) join(w, to, i, rule, BY_NAME);
    }
}

// --- parts of names ---

// The name without class nouns at its end ("Saha Airlines") or at its beginning ("Hurricane Dorian").
static str without_class(const workings *w, const phrase *f)
{
    uint32_t first = f->name_first, end = f->name_end;
    for (const head_word *h; end > first + 1 && (h = mentions_head(w->r, w->fold[end - 1])) && (h->after || mentions_head(w->r, w->fold[end - 2]));) end--;
    if (end == f->name_end)
        for (const head_word *h; end > first + 1 && (h = mentions_head(w->r, w->fold[first])) && h->before;) first++;
    const head_word *of = end > first + 2 && str_is(w->p->v[first + 1].lower, "of") ? mentions_head(w->r, w->fold[first]) : NULL;
    if (of && of->after && of->kind == ENTITY_PLACE) first += 2; // "State of Virginia"
    return first == f->name_first && end == f->name_end ? (str){"", 0} : mentions_key(w, first, end);
}

// "Saha" for Saha Airlines, "Gaza" for Gaza Strip.
static void sieve_class(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->name_end - f->name_first < 2) continue;
        str bare = without_class(w, f);
        if (bare.n > 2 && !mentions_role(w->r, bare) && !mentions_head(w->r, bare) && *map_put(w->a, &at, bare) == MAP_NONE) *map_put(w->a, &at, bare) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->full != NO_MENTION) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE && to != i && (f->thing == NO_THING || w->v[to].thing == f->thing)) join(w, to, i, rule, BY_NAME);
    }
}

// "Congress" for the Congress of the Philippines, "Telegraph" for The Daily Telegraph, "Bradley Airport" for Bradley
// International Airport: words of one longer name of the report, its head noun or its beginning among them.
static void sieve_shortened(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      n = f->name_end - f->name_first;
        if (!is_name(f) || n < 2 || n > 12 || mentions_kind(f) == ENTITY_PERSON || f->adjective) continue;
        for (uint32_t k = f->name_first + 1; k < f->name_end; k++) {
            str rest = mentions_key(w, k, f->name_end), start = mentions_key(w, f->name_first, k);
            if (is_small_word(&w->p->v[k]) && mentions_head(w->r, w->fold[k - 1])) {
                if (*map_put(w->a, &at, start) == MAP_NONE) *map_put(w->a, &at, start) = i;
            } else if (!is_small_word(&w->p->v[k - 1]) && !is_small_word(&w->p->v[k]) && rest.n > 3 && *map_put(w->a, &at, rest) == MAP_NONE)
                *map_put(w->a, &at, rest) = i;
        }
        str ends = arena_printf(w->a, "%.*s %.*s", (int)w->fold[f->name_first].n, w->fold[f->name_first].p, (int)f->last.n, f->last.p);
        if (n > 2 && f->noun && *map_put(w->a, &at, ends) == MAP_NONE) *map_put(w->a, &at, ends) = i;
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || f->adjective || f->thing != NO_THING || mentions_kind(f) == ENTITY_PERSON) continue;
        if (f->ent == ENT_GPE || f->ent == ENT_LOC) continue;
        uint32_t to = map_get(&at, f->key);
        if (to != MAP_NONE && to != i) join(w, to, i, rule, BY_NAME);
    }
}

// --- structure ---

// Whether a description may be said of that phrase: both singular or both plural, and of kinds that fit.
static bool may_describe(workings *w, uint32_t i, uint32_t j)
{
    const phrase *f = &w->v[i], *d = &w->v[j];
    if (is_name(f) ? d->plural && mentions_kind(f) == ENTITY_PERSON : f->plural != d->plural) return false;
    return mentions_kinds_fit(mentions_kind(&w->v[mentions_cluster(w, i)]), mentions_kind(&w->v[mentions_cluster(w, j)]));
}

static bool is_place_kind(int k) { return k == ENTITY_PLACE || k == ENTITY_STATE; }

static bool is_list_item(const parse *p, uint32_t h)
{
    return p->v[h].dep == DEP_conj || parse_has_child(p, h, DEP_conj);
}

static bool apposition_fits(workings *w, uint32_t i, uint32_t j)
{
    const phrase *f = &w->v[i], *d = &w->v[j];
    if (f->m.form == MENTION_PRONOUN || d->m.form == MENTION_PRONOUN || f->group || d->group || f->adjective || d->adjective) return false;
    if (is_name(f) && is_name(d)) return false; // "Koszalin, Poland"; "Paul, John and Mary"
    if (w->p->v[d->m.head].pos == POS_NUM || w->p->v[f->m.head].pos == POS_NUM) return false;
    if (!may_describe(w, i, j)) return false;
    if (is_name(d) && !is_name(f) && f->m.end != f->base_end && is_place_kind(mentions_kind(d))) return false; // "the city of Lae, Papua"
    const phrase *description = is_name(d) ? f : d;
    return is_name(f) || is_name(d) ? description->role || description->noun || description->det : true;
}

// "Northamptonshire's chief constable Nick Adderley": a description straight before a name is its role.
static void take_role(workings *w, uint32_t i, uint32_t j)
{
    const phrase *d = &w->v[i];
    phrase       *f = &w->v[j];
    if (!is_name(f) || is_name(d) || d->base_end != f->m.first || f->role_end > f->role_first) return;
    f->role_first = d->m.first;
    f->role_end = f->name_first;
    f->role = d->role;
}

// Apposition that the parser saw: "Rafah, the southern city".
static void sieve_apposition(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t h = w->v[i].m.head;
        if (p->v[h].dep != DEP_appos || w->v[i].group) continue;
        uint32_t of = w->of_head[p->v[h].head];
        if (of == NO_MENTION || of >= i || is_list_item(p, h)) continue;
        if (apposition_fits(w, of, i) && join(w, of, i, rule, BY_STRUCTURE)) take_role(w, of, i);
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
    return t->pos == POS_PUNCT || t->tag == TAG_WP || t->tag == TAG_WDT || t->tag == TAG_IN || t->pos == POS_VERB || t->pos == POS_AUX;
}

// Apposition by commas where the parser missed it: "Vinnie Cole, a driver, said".
static void sieve_commas(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->group || f->m.form == MENTION_PRONOUN || !token_is(w, f->m.end, ",")) continue;
        uint32_t j = phrase_from(w, i + 1, f->m.end + 1);
        if (j == NO_MENTION || w->p->v[f->m.first].sentence != w->p->v[w->v[j].m.first].sentence) continue;
        const phrase *d = &w->v[j];
        if (!closes_apposition(w, d->m.end) || is_list_item(w->p, d->m.head) || is_name(f) == is_name(d)) continue;
        const phrase *description = is_name(d) ? f : d;
        entity_kind   k = mentions_kind(is_name(d) ? d : f);
        if (!description->role && !description->noun) continue;
        if (description->role && k != ENTITY_PERSON) continue;
        if (!description->role && k == ENTITY_PERSON) continue;
        if (token_is(w, d->m.end, ",") || token_is(w, d->m.end, ".") || d->det == DET_INDEFINITE || d->det == DET_DEFINITE || is_name(d))
            if (apposition_fits(w, i, j)) join(w, i, j, rule, BY_STRUCTURE);
    }
}

// "Mayor of Koszalin Piotr Jedlinski": a role with its preposition straight before a person's name.
static void sieve_role(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_name(f) || mentions_kind(f) != ENTITY_PERSON || f->name_first < 3) continue;
        uint32_t s = f->name_first;
        for (uint32_t j = i + 1; j < w->n && j < i + 8 && w->v[j].m.first < f->role_end; j++) // "police spokesman" before "Capt. Rod Hale"
            if (is_nominal(&w->v[j]) && w->v[j].role && !w->v[j].plural && w->v[j].m.end <= f->role_end) join(w, i, j, rule, BY_STRUCTURE);
        for (uint32_t back = 1; back <= 8 && back <= i; back++) {
            const phrase *r = &w->v[i - back];
            uint32_t      h = r->m.head;
            if (h >= s || p->v[h].sentence != p->v[s].sentence || s - h > 9) continue;
            if (!r->role || is_name(r) || h + 2 >= s || p->v[h + 1].pos != POS_ADP) continue;
            bool plain = true;
            for (uint32_t k = h + 1; k < s; k++)
                plain &= p->v[k].pos == POS_PROPN || p->v[k].pos == POS_ADP || p->v[k].pos == POS_DET || p->v[k].pos == POS_ADJ ||
                         p->v[k].pos == POS_CCONJ || p->v[k].pos == POS_PART || p->v[k].tag == TAG_HYPH || p->v[k].pos == POS_NOUN;
            if (!plain || p->v[s - 1].pos == POS_ADP || p->v[s - 1].pos == POS_DET || p->v[s - 1].pos == POS_CCONJ) continue;
            w->v[i - back].role_end = s; // the description ends where the name begins
            w->v[i - back].m.end = s;
            join(w, i - back, i, rule, BY_STRUCTURE);
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
static void sieve_naming(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->group || f->m.form == MENTION_PRONOUN) continue;
        uint32_t end = w->p->sentences[w->p->v[f->m.head].sentence].end, k = f->m.end;
        if (token_is(w, k, ",")) k++;
        if (!is_naming(w, rule, &k, end)) continue;
        while (k < end && (w->p->v[k].pos == POS_PUNCT || w->p->v[k].pos == POS_ADP)) k++;
        uint32_t j = phrase_from(w, i + 1, k);
        if (j != NO_MENTION && is_name(&w->v[j])) join(w, i, j, rule, BY_NAME);
    }
}

// "the city of Tabriz", "the island of Samos": the noun of a kind of place and the place.
static void sieve_of_place(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i + 1 < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      h = f->m.head, k = h + 1;
        if (f->group || f->m.form == MENTION_PRONOUN || !f->noun || !f->noun->after || !is_place_kind(f->noun->kind)) continue;
        if (!token_is(w, k, "of") || p->v[k].head != h) continue;
        k++;
        if (token_is(w, k, "the")) k++;
        uint32_t j = k < p->n ? w->of_head[p->v[k].dep == DEP_compound && p->v[k].head > k ? p->v[k].head : k] : NO_MENTION;
        if (j == NO_MENTION || !is_name(&w->v[j]) || is_list_item(p, w->v[j].m.head)) continue;
        if (w->v[j].thing != NO_THING && w->r->things[w->v[j].thing].kind == ENTITY_STATE && map_get(&rule->words, f->last) == MAP_NONE) continue;
        if (w->v[j].m.end <= f->m.end + 1) join(w, i, j, rule, BY_STRUCTURE);
    }
}

// "Astana is the capital of Kazakhstan": said to be so, now, without doubt.
static void sieve_copula(workings *w, const sieve_rule *rule)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *d = &w->v[i];
        uint32_t      verb = p->v[d->m.head].head;
        if (d->group || !is_nominal(d) || p->v[d->m.head].dep != DEP_attr || map_get(&rule->words, w->fold[verb]) == MAP_NONE) continue;
        uint32_t subject = parse_child(p, verb, DEP_nsubj);
        if (subject == TOKEN_NONE || parse_has_child(p, verb, DEP_neg) || parse_has_child(p, verb, DEP_aux) || parse_has_child(p, verb, DEP_mark)) continue;
        uint32_t of = w->of_head[subject];
        if (of == NO_MENTION || of >= i || w->v[of].m.form == MENTION_PRONOUN || (!d->role && !d->noun) || d->det == DET_NONE) continue;
        if (is_name(&w->v[of]) && !is_list_item(p, subject) && may_describe(w, of, i)) join(w, of, i, rule, BY_STRUCTURE);
    }
}

// --- descriptions ---

static bool is_anaphor(const phrase *f)
{
    return is_nominal(f) && (f->det == DET_DEFINITE || f->det == DET_DEMONSTRATIVE);
}

static bool is_still_alone(workings *w, uint32_t i)
{
    return w->v[i].up == i && !w->v[i].named && w->v[i].full == NO_MENTION;
}

// "southern" -> "south"
static str direction(str word)
{
    static const char *const of[] = {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"};
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        str d = str_of(of[k]);
        if (str_starts(word, d) && (word.n == d.n || str_is(str_cut(word, d.n, word.n), "ern"))) return d;
    }
    return word;
}

static int word_order(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

// What a description says whatever the order and form of its words: "the government of Syria", "the Syrian government".
static str canonical(workings *w, const phrase *f)
{
    enum { MOST_WORDS = 16 };
    str    word[MOST_WORDS];
    size_t n = 0, length = 0;
    for (uint32_t i = f->m.first; i < f->m.end; i++) {
        const token *t = &w->p->v[i];
        if (t->pos == POS_DET || t->pos == POS_PUNCT || t->pos == POS_PART || t->tag == TAG_PRPS || t->pos == POS_SPACE || !w->fold[i].n) continue;
        if (n == MOST_WORDS) return f->key;
        const known_name *k = i == f->m.head ? NULL : mentions_known(w->r, w->fold[i]);
        if (str_is(t->lower, "of")) continue;
        str d = direction(w->fold[i]);
        word[n] = k && w->r->things[k->thing].kind == ENTITY_STATE ? str_of(w->r->things[k->thing].country) : d;
        if (d.n == 9 && mentions_is_direction(d)) { // "northeast": north, east
            word[n] = str_cut(d, 0, 5);
            length += word[n++].n + 1;
            if (n == MOST_WORDS) return f->key;
            word[n] = str_cut(d, 5, d.n);
        }
        length += word[n++].n + 1;
    }
    qsort(word, n, sizeof *word, word_order);
    char  *v = new_array(w->a, char, length + 1);
    size_t at = 0;
    for (size_t k = 0; k < n; k++) {
        memcpy(v + at, word[k].p, word[k].n);
        at += word[k].n;
        v[at++] = ' ';
    }
    return (str){v, at};
}

// The same description again: not "a man" twice.
static void sieve_repeated(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || !f->key.n) continue;
        str       key = f->group ? f->key : canonical(w, f);
        uint32_t *to = map_put(w->a, &at, key);
        bool      again = f->det != DET_INDEFINITE && f->det != DET_QUANTITY && *to != MAP_NONE && within(rule, *to, i);
        if (again && w->v[*to].plural == f->plural && is_name(f) == is_name(&w->v[*to]) && w->v[*to].group == f->group) {
            bool own = f->det == DET_POSSESSIVE && w->p->v[f->m.first].tag == TAG_PRPS; // "his house"
            bool was = w->v[*to].det == DET_POSSESSIVE && w->p->v[w->v[*to].m.first].tag == TAG_PRPS;
            if (own == was) join(w, *to, i, rule, is_name(f) ? BY_NAME : BY_DESCRIPTION);
        }
        *to = i;
    }
}

static bool is_article_like(const token *t)
{
    return t->pos == POS_DET || t->pos == POS_PUNCT || t->pos == POS_PART || t->tag == TAG_PDT || t->pos == POS_SPACE || t->tag == TAG_POS;
}

// Each word of a description but its head noun is a word of the other, and neither has a word of the rule that the
// other lacks ("former", "another").
static bool modifiers_within(workings *w, const phrase *x, const phrase *y, const sieve_rule *rule)
{
    uint32_t yfirst = is_name(y) && y->role_end > y->role_first ? y->role_first : y->m.first;
    for (uint32_t i = x->m.first; i < x->m.end; i++) {
        if (i == x->m.head || is_article_like(&w->p->v[i]) || !w->fold[i].n) continue;
        bool found = false;
        for (uint32_t k = yfirst; k < y->m.end && !found; k++) found = str_eq(w->fold[k], w->fold[i]);
        if (!found) return false;
    }
    for (uint32_t k = yfirst; k < y->m.end; k++) {
        if (!w->fold[k].n || map_get(&rule->words, w->fold[k]) == MAP_NONE) continue;
        bool found = false;
        for (uint32_t i = x->m.first; i < x->m.end && !found; i++) found = str_eq(w->fold[k], w->fold[i]);
        if (!found) return false;
    }
    return true;
}

typedef struct {
    uint32_t *v;
    size_t    n, cap;
} number_list;

// Lists of phrases by a word.
typedef struct {
    map          at;
    number_list *v;
    size_t       n, cap;
} word_index;

static number_list *index_list(workings *w, word_index *x, str word)
{
    uint32_t *k = map_put(w->a, &x->at, word);
    if (*k == MAP_NONE) {
        (void)push(w->a, x);
        *k = (uint32_t)x->n - 1;
    }
    return &x->v[*k];
}

static void index_phrase(workings *w, word_index *x, str word, uint32_t i)
{
    number_list *l = index_list(w, x, word);
    if (word.n && (!l->n || l->v[l->n - 1] != i)) *push(w->a, l) = i;
}

// The words by which a later description may mean this phrase.
static void index_heads(workings *w, word_index *x, uint32_t i)
{
    const phrase *f = &w->v[i];
    if (!is_name(f)) {
        index_phrase(w, x, f->last, i);
        return;
    }
    if (f->role_end > f->role_first) index_phrase(w, x, w->fold[f->role_end - 1], i);
    if (f->noun && mentions_kind(f) != ENTITY_PERSON)
        for (uint32_t k = f->name_first; k < f->name_end; k++)
            if (mentions_head(w->r, w->fold[k])) index_phrase(w, x, w->fold[k], i);
}

enum { LONGEST_LOOK = 40 }; // candidates of one word tried, newest first

// "the bus" after "a church bus": the last thing with this head noun whose modifiers do not conflict.
static void sieve_head(workings *w, const sieve_rule *rule)
{
    word_index at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || f->group) continue;
        if (is_anaphor(f) && is_still_alone(w, i)) {
            const number_list *l = index_list(w, &at, f->last);
            for (size_t k = l->n, tried = 0; k-- > 0 && tried < LONGEST_LOOK; tried++) {
                const phrase *c = &w->v[l->v[k]];
                if (!within(rule, l->v[k], i)) break;
                if (c->m.end > f->m.first || (!is_name(c) && c->plural != f->plural) || !modifiers_within(w, f, c, rule)) continue;
                if (join(w, l->v[k], i, rule, BY_DESCRIPTION)) break;
            }
        }
        index_heads(w, &at, i);
    }
}

// "the president" for the one person whose title it is.
static void sieve_title(workings *w, const sieve_rule *rule)
{
    word_index at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (is_name(f) && f->role && f->role_end > f->role_first) index_phrase(w, &at, w->fold[f->role_end - 1], i);
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      to = NO_MENTION;
        if (!is_nominal(f) || !f->role || f->plural || w->v[mentions_cluster(w, i)].named || f->det == DET_INDEFINITE || f->det == DET_QUANTITY) continue;
        const number_list *l = index_list(w, &at, f->last);
        for (size_t k = 0; k < l->n && k < LONGEST_LOOK; k++) {
            if (!modifiers_within(w, f, &w->v[l->v[k]], rule)) continue;
            if (to == NO_MENTION || mentions_cluster(w, to) == mentions_cluster(w, l->v[k])) to = l->v[k];
            else {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) join(w, to, i, rule, BY_DESCRIPTION);
    }
}

// "the plane" after "a cargo jet": nouns that may stand for each other, where one thing only fits.
static void sieve_like(workings *w, const sieve_rule *rule)
{
    uint32_t *row = new_array(w->a, uint32_t, w->n + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        str           noun = is_name(f) ? f->role_end > f->role_first ? w->fold[f->role_end - 1] : f->noun ? f->last : (str){"", 0} : f->last;
        row[i] = f->m.form == MENTION_PRONOUN || f->group || !noun.n ? MAP_NONE : map_get(&w->r->like_at, noun);
        if (row[i] == MAP_NONE || !is_anaphor(f) || !is_still_alone(w, i) || f->m.end != f->base_end) continue;
        uint32_t to = NO_MENTION;
        for (uint32_t back = 1; back <= i && within(rule, i - back, i); back++) {
            const phrase *c = &w->v[i - back];
            if (row[i - back] != row[i] || c->m.end > f->m.first || c->adjective || (!is_name(c) && c->plural != f->plural)) continue;
            if (!is_name(c) && !modifiers_within(w, f, c, rule)) continue;
            uint32_t root = mentions_cluster(w, i - back);
            if (to == NO_MENTION) to = root;
            else if (to != root) {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) join(w, to, i, rule, BY_DESCRIPTION);
    }
}

static const char *sector_of(const workings *w, const phrase *f)
{
    return f->thing != NO_THING ? w->r->things[f->thing].sector : f->noun ? f->noun->sector : NULL;
}

// Whether a place may be called so: a town a city, a province a state or region.
static bool may_be_called(workings *w, const phrase *e, str noun)
{
    uint32_t     row = map_get(&w->r->like_at, noun);
    bool         town = row != MAP_NONE && row == map_get(&w->r->like_at, STR("city"));
    const place *v;
    if (e->thing != NO_THING) return !town;
    size_t n = gazetteer_find(w->r->places, w->a, span_of(w->p->text, parse_span(w->p, e->name_first, e->name_end)), &v);
    for (size_t k = 0; k < n; k++)
        if (v[k].usual && (v[k].precision == PLACE_CITY) == town) return true;
    return !n; // nobody knows
}

// Whether a general noun ("the company", "the country") may stand for that named thing.
static bool general_fits(workings *w, const phrase *f, const phrase *e, const sieve_rule *rule)
{
    entity_kind   kind = f->noun->kind;
    const phrase *root = &w->v[mentions_cluster(w, (uint32_t)(e - w->v))];
    int           k = mentions_kind(root);
    if (kind == ENTITY_PLACE && k == ENTITY_STATE) return map_get(&rule->words, f->last) != MAP_NONE;
    if (kind == ENTITY_PLACE) return k == ENTITY_PLACE && may_be_called(w, e, f->last);
    if (k != (int)kind) return false;
    const char *said = f->noun->sector, *is = sector_of(w, e);
    return !said || (is && (!strcmp(is, said) || (!strcmp(said, "BUS") && !strcmp(is, "JRN")))); // a broadcaster is a company too
}

// "the company" for the one thing of that kind that was named.
static void sieve_general(workings *w, const sieve_rule *rule)
{
    enum { NEAR = 1, FAR = 2 }; // sentences: one named in the last does for what was named before that
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_anaphor(f) || f->plural || !f->noun || !f->noun->general || f->role || !is_still_alone(w, i) || f->base_end != f->m.end) continue;
        if (f->m.head > f->m.first + 1) continue;
        uint32_t to = NO_MENTION;
        bool     near = false;
        for (uint32_t back = 1; back <= i && within(rule, i - back, i); back++) {
            const phrase *e = &w->v[i - back];
            if (!is_name(e) || e->adjective || e->m.end > f->m.first || !general_fits(w, f, e, rule)) continue;
            uint32_t root = mentions_cluster(w, i - back), far = w->p->v[f->m.head].sentence - w->p->v[e->m.head].sentence;
            if (to == NO_MENTION) to = root, near = far <= NEAR;
            else if (near && far > FAR) break;
            else if (to != root) {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) join(w, to, i, rule, BY_DESCRIPTION);
    }
}

// "the man" for the one person of that sex told of just before.
static void sieve_person(workings *w, const sieve_rule *rule)
{
    enum { NEAR = 2 }; // sentences
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_anaphor(f) || f->plural || f->m.end != f->base_end || map_get(&rule->words, f->last) == MAP_NONE || !is_still_alone(w, i)) continue;
        uint32_t to = NO_MENTION;
        for (uint32_t back = 1; back <= i && within(rule, i - back, i); back++) {
            const phrase *e = &w->v[i - back], *root = &w->v[mentions_cluster(w, i - back)];
            if (w->p->v[f->m.head].sentence - w->p->v[e->m.head].sentence > NEAR) break;
            if (e->group || e->adjective || e->plural || e->m.end > f->m.first || mentions_kind(root) != ENTITY_PERSON) continue;
            if (f->gender && root->gender && f->gender != root->gender) continue;
            if (to == NO_MENTION) to = mentions_cluster(w, i - back);
            else if (to != mentions_cluster(w, i - back)) {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) join(w, to, i, rule, BY_DESCRIPTION);
    }
}

// The country that a description of a capital names ("the Turkish capital", "Kazakhstan's capital"), or NO_THING.
static uint32_t country_within(workings *w, const phrase *f)
{
    for (uint32_t i = f->m.first; i < f->m.end; i++) {
        const known_name *k = i == f->m.head ? NULL : mentions_known(w->r, w->fold[i]);
        if (k && w->r->things[k->thing].kind == ENTITY_STATE) return k->thing;
    }
    return NO_THING;
}

// "the capital" for the capital that the report names.
static void sieve_capital(workings *w, const sieve_rule *rule)
{
    uint32_t last = NO_MENTION;
    map      named = {0};
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < w->n; i++) {
            const phrase *f = &w->v[i];
            uint32_t      of = is_name(f) ? map_get(&w->r->capital_at, f->key) : MAP_NONE;
            if (of != MAP_NONE) {
                last = i;
                *map_put(w->a, &named, str_of(w->r->things[of].country)) = i;
            }
            if (!is_nominal(f) || f->plural || f->det == DET_INDEFINITE || map_get(&rule->words, f->last) == MAP_NONE || !is_still_alone(w, i)) continue;
            uint32_t country = country_within(w, f);
            uint32_t to = country == NO_THING ? last : map_get(&named, str_of(w->r->things[country].country));
            if (country == NO_THING && (f->m.end != f->base_end || f->m.head > f->m.first + 1)) continue;
            if (to != MAP_NONE && to != NO_MENTION) join(w, to, i, rule, BY_DESCRIPTION);
        }
}

// Of what kind the members are that a plural description counts, or -2.
static int group_kind(const phrase *f, const sieve_rule *rule)
{
    if (f->role) return ENTITY_PERSON;
    if (!f->noun) return -2;
    return map_get(&rule->words, f->last) != MAP_NONE ? ENTITY_STATE : (int)f->noun->kind;
}

// "the two countries" for "Turkey and Greece".
static void sieve_group(workings *w, const sieve_rule *rule)
{
    static const char *const numbers[] = {"", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_nominal(f) || !f->plural || (f->det != DET_DEFINITE && f->det != DET_DEMONSTRATIVE)) continue;
        size_t members = str_is(w->fold[f->m.first], "both") ? 2 : 0;
        for (size_t n = 2; n < sizeof numbers / sizeof *numbers; n++)
            if (str_is(f->count, numbers[n])) members = n;
        for (uint32_t back = 1; members && back <= i && within(rule, i - back, i); back++) {
            const phrase *g = &w->v[i - back];
            if (!g->group || g->members != members || g->m.end > f->m.first) continue;
            uint32_t of = w->of_head[g->m.head];
            if (of == NO_MENTION || !is_name(&w->v[of])) continue;
            int k = mentions_kind(&w->v[mentions_cluster(w, of)]);
            if (k != group_kind(f, rule)) continue;
            join(w, i - back, i, rule, BY_DESCRIPTION);
            break;
        }
    }
}

static void sieve_pronoun(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->v[i].m.form != MENTION_PRONOUN) continue;
        uint32_t to = mentions_antecedent(w, i);
        if (to == NO_MENTION || !join(w, to, i, rule, BY_DESCRIPTION)) continue;
        phrase *root = &w->v[mentions_cluster(w, i)];
        char    c = w->p->v[w->v[i].m.head].lower.p[0];
        if (!root->gender && mentions_kind(root) == ENTITY_PERSON && (c == 'h' || c == 's')) // he, his / she, hers; "her" begins as he
            root->gender = c == 's' || str_starts(w->p->v[w->v[i].m.head].lower, STR("her")) ? 'f' : 'm';
    }
}

static bool is_first_person(const token *t)
{
    static const char *const words[] = {"i", "me", "my", "myself", "mine", "we", "us", "our", "ours", "ourselves"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_is(t->lower, words[k])) return true;
    return false;
}

// The subject of a verb of saying, or NO_MENTION.
static uint32_t speaker_of(const workings *w, const sieve_rule *rule, uint32_t verb)
{
    const parse *p = w->p;
    if (p->v[verb].pos != POS_VERB || map_get(&rule->words, p->v[verb].lemma) == MAP_NONE) return NO_MENTION;
    uint32_t subject = parse_child(p, verb, DEP_nsubj);
    if (subject == TOKEN_NONE || w->of_head[subject] == NO_MENTION || is_first_person(&p->v[subject])) return NO_MENTION;
    return w->of_head[subject];
}

// "We will rebuild," Anna Kos said: who speaks of himself is the subject of the verb of saying above him, or else the
// last speaker of the paragraph.
static void sieve_speaker(workings *w, const sieve_rule *rule)
{
    enum { HIGHEST = 12, PARAGRAPH = 4 };
    const parse *p = w->p;
    uint32_t     last = NO_MENTION, last_sentence = 0, next = 0;
    for (uint32_t i = 0; i < w->n; i++) {
        uint32_t h = w->v[i].m.head, at = h, to = NO_MENTION;
        for (; next <= h; next++) {
            uint32_t s = speaker_of(w, rule, next);
            if (s != NO_MENTION) last = s, last_sentence = p->v[next].sentence;
        }
        if (w->v[i].m.form != MENTION_PRONOUN || !is_first_person(&p->v[h])) continue;
        for (int steps = 0; steps < HIGHEST && to == NO_MENTION && p->v[at].head != at; steps++) to = speaker_of(w, rule, at = p->v[at].head);
        if (to == NO_MENTION && last != NO_MENTION && p->v[h].sentence - last_sentence <= PARAGRAPH) to = last;
        if (to != NO_MENTION && to != i) join(w, to, i, rule, BY_STRUCTURE);
    }
}

static const struct {
    const char *id;
    void (*run)(workings *w, const sieve_rule *rule);
} sieves[] = {{"exact", sieve_exact},
              {"known", sieve_known},
              {"surname", sieve_surname},
              {"given", sieve_given},
              {"bracket", sieve_bracket},
              {"acronym", sieve_acronym},
              {"class", sieve_class},
              {"shortened", sieve_shortened},
              {"apposition", sieve_apposition},
              {"commas", sieve_commas},
              {"role", sieve_role},
              {"naming", sieve_naming},
              {"of-place", sieve_of_place},
              {"copula", sieve_copula},
              {"repeated", sieve_repeated},
              {"head", sieve_head},
              {"title", sieve_title},
              {"like", sieve_like},
              {"general", sieve_general},
              {"person", sieve_person},
              {"capital", sieve_capital},
              {"group", sieve_group},
              {"pronoun", sieve_pronoun},
              {"speaker", sieve_speaker}};

int mentions_sieve(str id)
{
    for (size_t k = 0; k < sizeof sieves / sizeof *sieves; k++)
        if (str_is(id, sieves[k].id)) return (int)k;
    return -1;
}

void mentions_join(workings *w)
{
    for (size_t k = 0; k < w->r->n_sieve; k++) sieves[w->r->sieve[k].sieve].run(w, &w->r->sieve[k]);
}
