// Joining by description: the same words again, the same noun, a title, a noun for the one thing that fits; pronouns.

#include "mentions/sieve.h"

#include <stdlib.h>
#include <string.h>

static bool is_anaphor(const phrase *f)
{
    return mentions_is_nominal(f) && (f->det == DET_DEFINITE || f->det == DET_DEMONSTRATIVE);
}

static bool is_still_alone(workings *w, uint32_t i) { return w->v[i].up == i && !w->v[i].named && w->v[i].full == NO_MENTION; }

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
        if (t->pos == POS_DET || t->pos == POS_PUNCT || t->pos == POS_PART || t->tag == TAG_PRPS || t->pos == POS_SPACE ||
            !w->fold[i].n)
            continue;
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
void mentions_join_repeated(workings *w, const sieve_rule *rule)
{
    map at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || !f->key.n) continue;
        str       key = f->group ? f->key : canonical(w, f);
        uint32_t *to = map_put(w->a, &at, key);
        bool      again = f->det != DET_INDEFINITE && f->det != DET_QUANTITY && *to != MAP_NONE && mentions_within(rule, *to, i);
        if (again && w->v[*to].plural == f->plural && mentions_is_name(f) == mentions_is_name(&w->v[*to]) &&
            w->v[*to].group == f->group) {
            bool own = f->det == DET_POSSESSIVE && w->p->v[f->m.first].tag == TAG_PRPS; // "his house"
            bool was = w->v[*to].det == DET_POSSESSIVE && w->p->v[w->v[*to].m.first].tag == TAG_PRPS;
            if (own == was) mentions_unite(w, *to, i, rule, mentions_is_name(f) ? BY_NAME : BY_DESCRIPTION);
        }
        *to = i;
    }
}

static bool is_article_like(const token *t)
{
    return t->pos == POS_DET || t->pos == POS_PUNCT || t->pos == POS_PART || t->tag == TAG_PDT || t->pos == POS_SPACE ||
           t->tag == TAG_POS;
}

// Each word of a description but its head noun is a word of the other, and neither has a word of the rule that the
// other lacks ("former", "another").
static bool modifiers_within(workings *w, const phrase *x, const phrase *y, const sieve_rule *rule)
{
    uint32_t yfirst = mentions_is_name(y) && y->role_end > y->role_first ? y->role_first : y->m.first;
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
} noun_numbers;

// Lists of phrases by a word.
typedef struct {
    map           at;
    noun_numbers *v;
    size_t        n, cap;
} word_index;

static noun_numbers *index_list(workings *w, word_index *x, str word)
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
    noun_numbers *l = index_list(w, x, word);
    if (word.n && (!l->n || l->v[l->n - 1] != i)) *push(w->a, l) = i;
}

// The words by which a later description may mean this phrase.
static void index_heads(workings *w, word_index *x, uint32_t i)
{
    const phrase *f = &w->v[i];
    if (!mentions_is_name(f)) {
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
void mentions_join_head(workings *w, const sieve_rule *rule)
{
    word_index at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || f->group) continue;
        if (is_anaphor(f) && is_still_alone(w, i)) {
            const noun_numbers *l = index_list(w, &at, f->last);
            for (size_t k = l->n, tried = 0; k-- > 0 && tried < LONGEST_LOOK; tried++) {
                const phrase *c = &w->v[l->v[k]];
                if (!mentions_within(rule, l->v[k], i)) break;
                if (c->m.end > f->m.first || (!mentions_is_name(c) && c->plural != f->plural) || !modifiers_within(w, f, c, rule))
                    continue;
                if (mentions_unite(w, l->v[k], i, rule, BY_DESCRIPTION)) break;
            }
        }
        index_heads(w, &at, i);
    }
}

// "the president" for the one person whose title it is.
void mentions_join_title(workings *w, const sieve_rule *rule)
{
    word_index at = {0};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (mentions_is_name(f) && f->role && f->role_end > f->role_first) index_phrase(w, &at, w->fold[f->role_end - 1], i);
    }
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        uint32_t      to = NO_MENTION;
        if (!mentions_is_nominal(f) || !f->role || f->plural || w->v[mentions_cluster(w, i)].named || f->det == DET_INDEFINITE ||
            f->det == DET_QUANTITY)
            continue;
        const noun_numbers *l = index_list(w, &at, f->last);
        for (size_t k = 0; k < l->n && k < LONGEST_LOOK; k++) {
            if (!modifiers_within(w, f, &w->v[l->v[k]], rule)) continue;
            if (to == NO_MENTION || mentions_cluster(w, to) == mentions_cluster(w, l->v[k])) to = l->v[k];
            else {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) mentions_unite(w, to, i, rule, BY_DESCRIPTION);
    }
}

// "the plane" after "a cargo jet": nouns that may stand for each other, where one thing only fits.
void mentions_join_like(workings *w, const sieve_rule *rule)
{
    uint32_t *row = new_array(w->a, uint32_t, w->n + 1);
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        str           noun = mentions_is_name(f) ? f->role_end > f->role_first ? w->fold[f->role_end - 1]
                                                   : f->noun                   ? f->last
                                                                               : (str){"", 0}
                                                 : f->last;
        row[i] = f->m.form == MENTION_PRONOUN || f->group || !noun.n ? MAP_NONE : map_get(&w->r->like_at, noun);
        if (row[i] == MAP_NONE || !is_anaphor(f) || !is_still_alone(w, i) || f->m.end != f->base_end) continue;
        uint32_t to = NO_MENTION;
        for (uint32_t back = 1; back <= i && mentions_within(rule, i - back, i); back++) {
            const phrase *c = &w->v[i - back];
            if (row[i - back] != row[i] || c->m.end > f->m.first || c->adjective ||
                (!mentions_is_name(c) && c->plural != f->plural))
                continue;
            if (!mentions_is_name(c) && !modifiers_within(w, f, c, rule)) continue;
            uint32_t root = mentions_cluster(w, i - back);
            if (to == NO_MENTION) to = root;
            else if (to != root) {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) mentions_unite(w, to, i, rule, BY_DESCRIPTION);
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
void mentions_join_general(workings *w, const sieve_rule *rule)
{
    enum { NEAR = 1, FAR = 2 }; // sentences: one named in the last does for what was named before that
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_anaphor(f) || f->plural || !f->noun || !f->noun->general || f->role || !is_still_alone(w, i) ||
            f->base_end != f->m.end)
            continue;
        if (f->m.head > f->m.first + 1) continue;
        uint32_t to = NO_MENTION;
        bool     near = false;
        for (uint32_t back = 1; back <= i && mentions_within(rule, i - back, i); back++) {
            const phrase *e = &w->v[i - back];
            if (!mentions_is_name(e) || e->adjective || e->m.end > f->m.first || !general_fits(w, f, e, rule)) continue;
            uint32_t root = mentions_cluster(w, i - back), far = w->p->v[f->m.head].sentence - w->p->v[e->m.head].sentence;
            if (to == NO_MENTION) to = root, near = far <= NEAR;
            else if (near && far > FAR) break;
            else if (to != root) {
                to = NO_MENTION;
                break;
            }
        }
        if (to != NO_MENTION) mentions_unite(w, to, i, rule, BY_DESCRIPTION);
    }
}

// "the man" for the one person of that sex told of just before.
void mentions_join_person(workings *w, const sieve_rule *rule)
{
    enum { NEAR = 2 }; // sentences
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!is_anaphor(f) || f->plural || f->m.end != f->base_end || map_get(&rule->words, f->last) == MAP_NONE ||
            !is_still_alone(w, i))
            continue;
        uint32_t to = NO_MENTION;
        for (uint32_t back = 1; back <= i && mentions_within(rule, i - back, i); back++) {
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
        if (to != NO_MENTION) mentions_unite(w, to, i, rule, BY_DESCRIPTION);
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
void mentions_join_capital(workings *w, const sieve_rule *rule)
{
    uint32_t last = NO_MENTION;
    map      named = {0};
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < w->n; i++) {
            const phrase *f = &w->v[i];
            uint32_t      of = mentions_is_name(f) ? map_get(&w->r->capital_at, f->key) : MAP_NONE;
            if (of != MAP_NONE) {
                last = i;
                *map_put(w->a, &named, str_of(w->r->things[of].country)) = i;
            }
            if (!mentions_is_nominal(f) || f->plural || f->det == DET_INDEFINITE || map_get(&rule->words, f->last) == MAP_NONE ||
                !is_still_alone(w, i))
                continue;
            uint32_t country = country_within(w, f);
            uint32_t to = country == NO_THING ? last : map_get(&named, str_of(w->r->things[country].country));
            if (country == NO_THING && (f->m.end != f->base_end || f->m.head > f->m.first + 1)) continue;
            if (to != MAP_NONE && to != NO_MENTION) mentions_unite(w, to, i, rule, BY_DESCRIPTION);
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
void mentions_join_group(workings *w, const sieve_rule *rule)
{
    static const char *const numbers[] = {"", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    for (uint32_t i = 0; i < w->n; i++) {
        const phrase *f = &w->v[i];
        if (!mentions_is_nominal(f) || !f->plural || (f->det != DET_DEFINITE && f->det != DET_DEMONSTRATIVE)) continue;
        size_t members = str_is(w->fold[f->m.first], "both") ? 2 : 0;
        for (size_t n = 2; n < sizeof numbers / sizeof *numbers; n++)
            if (str_is(f->count, numbers[n])) members = n;
        for (uint32_t back = 1; members && back <= i && mentions_within(rule, i - back, i); back++) {
            const phrase *g = &w->v[i - back];
            if (!g->group || g->members != members || g->m.end > f->m.first) continue;
            uint32_t of = w->of_head[g->m.head];
            if (of == NO_MENTION || !mentions_is_name(&w->v[of])) continue;
            int k = mentions_kind(&w->v[mentions_cluster(w, of)]);
            if (k != group_kind(f, rule)) continue;
            mentions_unite(w, i - back, i, rule, BY_DESCRIPTION);
            break;
        }
    }
}

void mentions_join_pronoun(workings *w, const sieve_rule *rule)
{
    for (uint32_t i = 0; i < w->n; i++) {
        if (w->v[i].m.form != MENTION_PRONOUN) continue;
        uint32_t to = mentions_antecedent(w, i);
        if (to == NO_MENTION || !mentions_unite(w, to, i, rule, BY_DESCRIPTION)) continue;
        phrase *root = &w->v[mentions_cluster(w, i)];
        char    c = w->p->v[w->v[i].m.head].lower.p[0];
        if (!root->gender && mentions_kind(root) == ENTITY_PERSON &&
            (c == 'h' || c == 's')) // he, his / she, hers; "her" begins as he
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
void mentions_join_speaker(workings *w, const sieve_rule *rule)
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
        for (int steps = 0; steps < HIGHEST && to == NO_MENTION && p->v[at].head != at; steps++)
            to = speaker_of(w, rule, at = p->v[at].head);
        if (to == NO_MENTION && last != NO_MENTION && p->v[h].sentence - last_sentence <= PARAGRAPH) to = last;
        if (to != NO_MENTION && to != i) mentions_unite(w, to, i, rule, BY_STRUCTURE);
    }
}
