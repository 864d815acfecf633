// Where a noun phrase begins and ends, and what its head may be.
//
//   "more than 30 people, who had fled"  ->  more than 30 people        "the head of the bank"  ->  all of it

#include "mentions/phrases.h"

#include <string.h>

enum {
    DEEPEST_PHRASE = 8, // prepositions within prepositions
};

str mentions_key(const workings *w, uint32_t first, uint32_t end)
{
    size_t n = 0;
    for (uint32_t i = first; i < end; i++) n += w->fold[i].n + 1;
    char  *v = new_array(w->a, char, n + 1);
    size_t k = 0;
    for (uint32_t i = first; i < end; i++) {
        if (!w->fold[i].n) continue;
        if (k) v[k++] = ' ';
        memcpy(v + k, w->fold[i].p, w->fold[i].n);
        k += w->fold[i].n;
    }
    return (str){v, k};
}

bool mentions_is_capitalised(str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[0] : 0;
    return (c >= 'A' && c <= 'Z') || c >= 0xC3; // letters beyond ASCII: taken for capitals where the tagger says name
}

// Written as a name: with a capital first, or a phrase with one inside ("top United Nations court").
bool mentions_has_capital(const workings *w, uint32_t first, uint32_t end)
{
    bool any = w->capitals || mentions_is_capitalised(w->p->v[first].text);
    for (uint32_t i = first; end - first >= 2 && i < end; i++) any |= mentions_is_capitalised(w->p->v[i].text);
    return any;
}

bool mentions_is_proper(const token *t) { return t->tag == TAG_NNP || t->tag == TAG_NNPS; }

static bool is_amount_label(uint8_t ent)
{
    return ent == ENT_DATE || ent == ENT_TIME || ent == ENT_PERCENT || ent == ENT_MONEY || ent == ENT_ORDINAL;
}

// Has what a noun needs to stand for a thing: not a modifier of another noun, not a function word.
static bool stands_alone(const token *t)
{
    switch (t->dep) {
    case DEP_compound:
    case DEP_nummod:
    case DEP_quantmod:
    case DEP_amod:
    case DEP_nmod:
    case DEP_det:
    case DEP_predet:
    case DEP_case:
    case DEP_punct:
    case DEP_aux:
    case DEP_auxpass:
    case DEP_neg:
    case DEP_mark:
    case DEP_cc:
    case DEP_prt:
    case DEP_advmod:
    case DEP_intj:
    case DEP_meta:
    case DEP_preconj:
    case DEP_prep:
    case DEP_advcl:
    case DEP_acomp: return false;
    default: return true;
    }
}

static bool has_article(const parse *p, uint32_t i)
{
    for_children (p, i, c)
        if (c < i && (p->v[c].dep == DEP_det || p->v[c].dep == DEP_poss)) return true;
    return false;
}

// A hyphen without blanks ties tokens i and i + 2 together: "ex-wife".
bool mentions_is_tied(const parse *p, uint32_t i)
{
    return i + 2 < p->n && str_is(p->v[i + 1].text, "-") && !p->v[i].spaced && !p->v[i + 1].spaced &&
           p->v[i].at.end == p->v[i + 1].at.start;
}

bool mentions_heads_phrase(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    if (str_is(t->text, "-") || (mentions_is_tied(p, i) && p->v[i + 2].head == t->head && stands_alone(&p->v[i + 2])))
        return false;
    if (!stands_alone(t) || is_amount_label(t->ent)) return false;
    switch (t->pos) {
    case POS_NOUN:
    case POS_PROPN: return true;
    case POS_PRON:
        if (t->dep == DEP_expl || t->tag == TAG_WDT || t->tag == TAG_WP || t->tag == TAG_WPS || t->tag == TAG_EX) return false;
        return t->tag == TAG_PRP || t->tag == TAG_PRPS || t->tag == TAG_NN || parse_has_child(p, i, DEP_prep) ||
               parse_has_child(p, i, DEP_relcl) || parse_has_child(p, i, DEP_amod) || parse_has_child(p, i, DEP_acl);
    case POS_NUM: return true;
    case POS_ADJ:
    case POS_VERB: return (t->tag == TAG_JJ || t->tag == TAG_VBN || t->tag == TAG_JJS) && has_article(p, i) && t->dep != DEP_ROOT;
    case POS_DET: return parse_has_child(p, i, DEP_prep) || parse_has_child(p, i, DEP_relcl);
    default: return false;
    }
}

static bool premodifies(uint8_t dep)
{
    switch (dep) {
    case DEP_det:
    case DEP_amod:
    case DEP_compound:
    case DEP_nummod:
    case DEP_poss:
    case DEP_nmod:
    case DEP_predet:
    case DEP_quantmod:
    case DEP_advmod:
    case DEP_npadvmod: return true;
    default: return false;
    }
}

// What stands before a noun is short and within its line; a longer stretch is the parser's slip.
static bool is_short_modifier(const parse *p, uint32_t first, uint32_t end)
{
    enum { LONGEST_MODIFIER = 20 };
    if (end - first > LONGEST_MODIFIER) return false;
    for (uint32_t i = first; i < end; i++)
        if (p->v[i].pos == POS_SPACE || (parse_is_verb(p, i) && p->v[i].dep == DEP_ROOT)) return false;
    return true;
}

// Leftmost token of the phrase: articles, adjectives and compounds, but no clause or mark before them.
uint32_t mentions_phrase_first(const parse *p, uint32_t h)
{
    uint32_t tied = h;
    for (int parts = 0; parts < 3 && tied >= 2 && mentions_is_tied(p, tied - 2) && p->v[tied - 2].head == p->v[h].head; parts++)
        tied -= 2;
    if (tied != h) return mentions_phrase_first(p, tied);
    uint32_t first = h, k = p->child_first[h], end = p->child_first[h + 1];
    while (k < end && p->children[k] < h) k++;
    while (k-- > p->child_first[h]) {
        uint32_t     c = p->children[k];
        const token *t = &p->v[c];
        if (t->right != first) {
            // a mark inside ("US-built", an opening quote after the article) may stand between
            if (t->right + 1 != first || p->v[first - 1].pos != POS_PUNCT) break;
        }
        if (t->dep == DEP_punct) continue;
        if (!premodifies(t->dep) || !is_short_modifier(p, t->left, t->right)) break;
        first = t->left;
    }
    return first;
}

static bool is_open_list(const token *t)
{
    return str_is(t->lower, "including") || str_is(t->lower, "like") || str_is(t->lower, "such") || str_is(t->lower, "as") ||
           str_is(t->lower, "despite") || str_is(t->lower, "after") || str_is(t->lower, "before") || str_is(t->lower, "since");
}

// End of the last noun joined to h by "and" or commas.
uint32_t mentions_list_end(const parse *p, uint32_t h, uint32_t end, int depth)
{
    for (uint32_t at = h, steps = 0; steps < 12; steps++) {
        uint32_t next = TOKEN_NONE;
        for_children (p, at, c)
            if (c > at && p->v[c].dep == DEP_conj) {
                next = c;
                break;
            }
        if (next == TOKEN_NONE || next < end || mentions_phrase_first(p, next) > end + 2) return end;
        if (p->v[next].pos != POS_NOUN && p->v[next].pos != POS_PROPN && p->v[next].pos != POS_NUM) return end;
        end = mentions_phrase_end(p, next, NULL, depth + 1);
        at = next;
    }
    return end;
}

static uint32_t preposition_end(const parse *p, uint32_t c, int depth)
{
    for_children (p, c, o) {
        if (o < c) continue;
        if (p->v[o].dep == DEP_pobj && mentions_phrase_first(p, o) == c + 1)
            return mentions_list_end(p, o, mentions_phrase_end(p, o, NULL, depth + 1), depth);
        if (p->v[o].dep == DEP_prep && o == c + 1) return preposition_end(p, o, depth + 1);
        break;
    }
    return c;
}

// End of the phrase: nouns in apposition, relative clauses and what follows a comma are left off.
uint32_t mentions_phrase_end(const parse *p, uint32_t h, uint32_t *base_end, int depth)
{
    uint32_t end = h + 1;
    for (int parts = 0; parts < 3 && mentions_is_tied(p, end - 1) && (p->v[end].head == h || parse_dominates(p, h, end)); parts++)
        end += 2; // "mother-in-law"
    if (base_end) *base_end = end;
    if (depth > DEEPEST_PHRASE) return end;
    bool base = true;
    for_children (p, h, c) {
        if (c < end) continue;
        const token *t = &p->v[c];
        if (t->left != end) break;
        if (t->dep == DEP_prep && !is_open_list(t)) {
            uint32_t e = preposition_end(p, c, depth);
            if (e == c) break;
            end = e;
            base = false;
        } else if (base && (t->dep == DEP_nummod || (t->dep == DEP_amod && t->right == c + 1)) && t->right == c + 1) {
            end = c + 1;
            if (base_end) *base_end = end;
        } else break;
    }
    return end;
}

uint8_t mentions_determiner(const workings *w, uint32_t first, uint32_t head)
{
    const token *t = &w->p->v[first];
    if (first == head) return DET_NONE;
    if (t->tag == TAG_PRPS) return DET_POSSESSIVE;
    for_children (w->p, head, c)
        if (c < head && w->p->v[c].dep == DEP_poss) return DET_POSSESSIVE;
    if (str_is(t->lower, "the")) return DET_DEFINITE;
    if (str_is(t->lower, "a") || str_is(t->lower, "an") || str_is(t->lower, "another") || str_is(t->lower, "any"))
        return DET_INDEFINITE;
    if (str_is(t->lower, "this") || str_is(t->lower, "that") || str_is(t->lower, "these") || str_is(t->lower, "those") ||
        str_is(t->lower, "such") || str_is(t->lower, "both"))
        return DET_DEMONSTRATIVE;
    if (str_is(t->lower, "all") && first + 1 < head && str_is(w->p->v[first + 1].lower, "the")) return DET_DEFINITE;
    if (t->pos == POS_NUM || t->dep == DEP_quantmod || t->pos == POS_DET || t->dep == DEP_advmod) return DET_QUANTITY;
    return DET_NONE;
}

// First token that is no article.
uint32_t mentions_after_article(const parse *p, uint32_t first, uint32_t end)
{
    while (first + 1 < end && (p->v[first].tag == TAG_DT || p->v[first].tag == TAG_PDT || p->v[first].tag == TAG_PRPS ||
                               p->v[first].pos == POS_PUNCT || str_is(p->v[first].lower, "the")))
        first++;
    return first;
}
