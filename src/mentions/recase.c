// A text all in capitals ("GUERRILLAS ATTACKED SAN SALVADOR") written as the parser was trained to read: small
// letters, with capitals for sentences, known names, given names and what follows them, and large towns.
//
// The parser reads the text twice: first in small letters, whose tags tell names from verbs, then recased.

#include "mentions/inner.h"

#include <string.h>

bool mentions_all_capitals(str text)
{
    size_t upper = 0, lower = 0;
    for (size_t i = 0; i < text.n; i++) {
        upper += text.p[i] >= 'A' && text.p[i] <= 'Z';
        lower += text.p[i] >= 'a' && text.p[i] <= 'z';
    }
    return upper > 200 && upper > 4 * lower;
}

str mentions_small_letters(arena *a, str text)
{
    char *v = new_array(a, char, text.n + 1);
    for (size_t i = 0; i < text.n; i++) v[i] = text.p[i] >= 'A' && text.p[i] <= 'Z' ? (char)(text.p[i] + 32) : text.p[i];
    return (str){v, text.n};
}

typedef enum { CASE_LOWER, CASE_TITLE, CASE_UPPER } letter_case;

typedef struct {
    arena               *a;
    const parse         *p; // of the text in small letters
    const mention_rules *r;
    str                 *fold;
    uint8_t             *as; // [tokens] letter_case
} recasing;

static str recase_key(const recasing *c, uint32_t first, uint32_t end)
{
    str key = c->fold[first];
    for (uint32_t i = first + 1; i < end; i++)
        if (c->fold[i].n) key = arena_printf(c->a, "%.*s %.*s", (int)key.n, key.p, (int)c->fold[i].n, c->fold[i].p);
    return key;
}

static bool is_open_class(const token *t) { return t->pos == POS_NOUN || t->pos == POS_PROPN || t->pos == POS_ADJ; }

// Words that say what a thing is are no names.
static bool is_plain_noun(const recasing *c, uint32_t i)
{
    return mentions_head(c->r, c->fold[i]) || mentions_role(c->r, c->fold[i]) || map_get(&c->r->like_at, c->fold[i]) != MAP_NONE;
}

static bool may_be_name(const recasing *c, uint32_t i)
{
    const token *t = &c->p->v[i];
    return is_open_class(t) && t->tag != TAG_NNS && t->tag != TAG_JJR && t->tag != TAG_JJS && c->fold[i].n > 1 &&
           !is_plain_noun(c, i);
}

// An abbreviation is written in capitals: "FMLN", "U.S."
static bool is_abbreviation(const recasing *c, uint32_t i, const known_name *k)
{
    str s = c->fold[i];
    if (memchr(c->p->v[i].text.p, '.', c->p->v[i].text.n) && c->p->v[i].text.n > 2 && s.n <= 4) return true;
    if (k && s.n <= 5 && !str_eq(s, mentions_fold(c->a, c->r->things[k->thing].name)) &&
        c->r->things[k->thing].kind != ENTITY_STATE && (k->as & KNOWN_NAME))
        return true;
    for (size_t n = 0; n < s.n; n++)
        if (memchr("aeiouy", s.p[n], 6)) return false;
    return s.n >= 2 && s.n <= 6 && c->p->v[i].pos != POS_NUM && s.p[0] >= 'a';
}

static void recase_known(recasing *c)
{
    for (uint32_t i = 0; i < c->p->n; i++) {
        str      rest;
        uint32_t longest = c->fold[i].n ? map_get(&c->r->known_first, str_split(c->fold[i], ' ', &rest)) : MAP_NONE;
        if (longest == MAP_NONE) continue;
        longest = 2 * longest < c->p->n - i ? 2 * longest : (uint32_t)(c->p->n - i);
        for (uint32_t n = longest; n > 0; n--) {
            if (!c->fold[i + n - 1].n || c->p->v[i].sentence != c->p->v[i + n - 1].sentence) continue;
            if (n == 1 && (!is_open_class(&c->p->v[i]) || c->fold[i].n < 2)) continue;
            const known_name *k = mentions_known(c->r, recase_key(c, i, i + n));
            if (!k || (n == 1 && is_plain_noun(c, i))) continue;
            for (uint32_t t = i; t < i + n; t++)
                if (t == i || !(c->p->v[t].pos == POS_ADP || c->p->v[t].pos == POS_DET || c->p->v[t].pos == POS_CCONJ))
                    c->as[t] = CASE_TITLE;
            if (n == 1 && is_abbreviation(c, i, k)) c->as[i] = CASE_UPPER;
            i += n - 1;
            break;
        }
    }
}

// Given names, and the names that follow them or a title: "COLONEL RENE EMILIO PONCE".
static void recase_people(recasing *c)
{
    enum { MOST_NAMES = 4 };
    for (uint32_t i = 0; i < c->p->n; i++) {
        bool             given = map_get(&c->r->given_at, c->fold[i]) != MAP_NONE && may_be_name(c, i);
        const role_word *role = mentions_role(c->r, c->fold[i]);
        bool             titled = role && role->title && i + 1 < c->p->n && may_be_name(c, i + 1) &&
                      c->p->v[i + 1].sentence == c->p->v[i].sentence &&
                      (c->p->v[i + 1].tag == TAG_NNP || map_get(&c->r->given_at, c->fold[i + 1]) != MAP_NONE);
        if (!given && !titled) continue;
        c->as[i] = CASE_TITLE;
        for (uint32_t k = i + 1;
             k < c->p->n && k <= i + MOST_NAMES && may_be_name(c, k) && c->p->v[k].sentence == c->p->v[i].sentence; k++) {
            if (c->p->v[k].pos == POS_ADJ && map_get(&c->r->given_at, c->fold[k]) == MAP_NONE && c->as[k] == CASE_LOWER) break;
            c->as[k] = CASE_TITLE;
        }
    }
}

static void recase_towns(recasing *c)
{
    enum { LONGEST_TOWN = 4, PEOPLE = 15000 };
    for (uint32_t i = 0; i < c->p->n; i++)
        for (uint32_t n = LONGEST_TOWN; n > 0; n--) {
            if (i + n > c->p->n || c->p->v[i].sentence != c->p->v[i + n - 1].sentence || !is_open_class(&c->p->v[i + n - 1]))
                continue;
            if (n == 1 && (!may_be_name(c, i) || c->fold[i].n < 4 || c->p->v[i].pos == POS_ADJ)) continue;
            const place *v;
            size_t       found = gazetteer_find(c->r->places, c->a, recase_key(c, i, i + n), &v);
            bool         town = false;
            for (size_t k = 0; k < found && !town; k++)
                town = v[k].usual && (v[k].population > PEOPLE || v[k].precision >= PLACE_PROVINCE);
            if (!town) continue;
            for (uint32_t t = i; t < i + n; t++) c->as[t] = CASE_TITLE;
            i += n - 1;
            break;
        }
}

static void recase_word(char *v, str word, letter_case as)
{
    bool start = true;
    for (size_t i = 0; i < word.n; i++) {
        bool letter = v[i] >= 'a' && v[i] <= 'z';
        if (letter && (as == CASE_UPPER || start)) v[i] = (char)(v[i] - 32);
        start = !letter && v[i] != '\'';
    }
}

str mentions_recase(arena *a, const parse *small, const mention_rules *rules)
{
    recasing c = {.a = a, .p = small, .r = rules};
    c.fold = new_array(a, str, small->n + 1);
    c.as = new_array(a, uint8_t, small->n + 1);
    for (uint32_t i = 0; i < small->n; i++) c.fold[i] = mentions_fold(a, str_cut(small->v[i].text, 0, 64));
    for (uint32_t i = 0; i < small->n; i++) {
        const token *t = &small->v[i];
        if (t->tag == TAG_NNP || t->tag == TAG_NNPS) c.as[i] = is_plain_noun(&c, i) ? CASE_LOWER : CASE_TITLE;
        if (t->pos != POS_PUNCT && is_abbreviation(&c, i, NULL)) c.as[i] = CASE_UPPER;
    }
    recase_people(&c);
    recase_towns(&c);
    recase_known(&c);
    char *v = new_array(a, char, small->text.n + 1);
    memcpy(v, small->text.p, small->text.n);
    bool begins = true;
    for (uint32_t i = 0; i < small->n; i++) {
        const token *t = &small->v[i];
        begins |= t->starts || (t->pos == POS_SPACE && memchr(t->text.p, '\n', t->text.n));
        if (t->pos == POS_SPACE) continue;
        letter_case as = begins && c.as[i] == CASE_LOWER ? CASE_TITLE : (letter_case)c.as[i];
        if (as != CASE_LOWER) recase_word(v + t->at.start, t->text, as);
        begins &= t->pos == POS_PUNCT;
    }
    return (str){v, small->text.n};
}
