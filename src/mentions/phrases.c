// Noun phrases: which words could stand for somebody or something, and what in them is name, title and article.
//
//   "Interior Minister Jan Kowal, a former judge, met 12 envoys."
//     ->  Interior Minister Jan Kowal (title Interior Minister, name Jan Kowal) | a former judge | 12 envoys

#include "mentions/inner.h"

#include <stdlib.h>
#include <string.h>

enum {
    LONGEST_PHRASE = 48, // tokens; a longer one is cut to its core, so that hostile nesting stays linear
    DEEPEST_PHRASE = 8,  // prepositions within prepositions
    LONGEST_TITLE = 6,   // tokens looked up as one title
    LONGEST_WORD = 128,  // bytes of a word that count in a key
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

// Tokens of the times found: "today" is no part of a name, "3 March" no thing.
static void mark_times(workings *w)
{
    w->in_time = new_array(w->a, bool, w->p->n + 1);
    for (size_t k = 0; w->times && k < w->times->n; k++)
        for (uint32_t i = w->times->v[k].first; i < w->times->v[k].end && i < w->p->n; i++) w->in_time[i] = true;
}

static bool is_all_time(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (!w->in_time[i]) return false;
    return first < end;
}

static bool is_capitalised(str s)
{
    unsigned char c = s.n ? (unsigned char)s.p[0] : 0;
    return (c >= 'A' && c <= 'Z') || c >= 0xC3; // letters beyond ASCII: taken for capitals where the tagger says name
}

// Written as a name: with a capital first, or a phrase with one inside ("top United Nations court").
static bool has_capital(const workings *w, uint32_t first, uint32_t end)
{
    bool any = w->capitals || is_capitalised(w->p->v[first].text);
    for (uint32_t i = first; end - first >= 2 && i < end; i++) any |= is_capitalised(w->p->v[i].text);
    return any;
}

static bool is_proper_tag(const token *t) { return t->tag == TAG_NNP || t->tag == TAG_NNPS; }

// Labels of the name recogniser that are things, not amounts and dates.
static bool is_name_label(uint8_t ent)
{
    switch (ent) {
    case ENT_PERSON: case ENT_NORP: case ENT_FAC: case ENT_ORG: case ENT_GPE: case ENT_LOC: case ENT_PRODUCT: case ENT_EVENT:
    case ENT_WORK_OF_ART: case ENT_LAW: return true;
    default: return false;
    }
}

static bool is_amount_label(uint8_t ent)
{
    return ent == ENT_DATE || ent == ENT_TIME || ent == ENT_PERCENT || ent == ENT_MONEY || ent == ENT_ORDINAL;
}

// Has what a noun needs to stand for a thing: not a modifier of another noun, not a function word.
static bool stands_alone(const token *t)
{
    switch (t->dep) {
    case DEP_compound: case DEP_nummod: case DEP_quantmod: case DEP_amod: case DEP_nmod: case DEP_det: case DEP_predet: case DEP_case:
    case DEP_punct: case DEP_aux: case DEP_auxpass: case DEP_neg: case DEP_mark: case DEP_cc: case DEP_prt: case DEP_advmod: case DEP_intj:
    case DEP_meta: case DEP_preconj: case DEP_prep: case DEP_advcl: case DEP_acomp: return false;
    default: return true;
    }
}

static bool has_article(const parse *p, uint32_t i)
{
    for_children(p, i, c) if (c < i && (p->v[c].dep == DEP_det || p->v[c].dep == DEP_poss)) return true;
    return false;
}

// A hyphen without blanks ties tokens i and i + 2 together: "ex-wife".
static bool is_tied(const parse *p, uint32_t i)
{
    return i + 2 < p->n && str_is(p->v[i + 1].text, "-") && !p->v[i].spaced && !p->v[i + 1].spaced && p->v[i].at.end == p->v[i + 1].at.start;
}

static bool heads_phrase(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    if (str_is(t->text, "-") || (is_tied(p, i) && p->v[i + 2].head == t->head && stands_alone(&p->v[i + 2]))) return false;
    if (!stands_alone(t) || is_amount_label(t->ent)) return false;
    switch (t->pos) {
    case POS_NOUN: case POS_PROPN: return true;
    case POS_PRON:
        if (t->dep == DEP_expl || t->tag == TAG_WDT || t->tag == TAG_WP || t->tag == TAG_WPS || t->tag == TAG_EX) return false;
        return t->tag == TAG_PRP || t->tag == TAG_PRPS || t->tag == TAG_NN || parse_has_child(p, i, DEP_prep) ||
               parse_has_child(p, i, DEP_relcl) || parse_has_child(p, i, DEP_amod) || parse_has_child(p, i, DEP_acl);
    case POS_NUM: return true;
    case POS_ADJ: case POS_VERB: return (t->tag == TAG_JJ || t->tag == TAG_VBN || t->tag == TAG_JJS) && has_article(p, i) && t->dep != DEP_ROOT;
    case POS_DET: return parse_has_child(p, i, DEP_prep) || parse_has_child(p, i, DEP_relcl);
    default: return false;
    }
}

static bool premodifies(uint8_t dep)
{
    switch (dep) {
    case DEP_det: case DEP_amod: case DEP_compound: case DEP_nummod: case DEP_poss: case DEP_nmod: case DEP_predet: case DEP_quantmod:
    case DEP_advmod: case DEP_npadvmod: return true;
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
static uint32_t phrase_first(const parse *p, uint32_t h)
{
    uint32_t tied = h;
    for (int parts = 0; parts < 3 && tied >= 2 && is_tied(p, tied - 2) && p->v[tied - 2].head == p->v[h].head; parts++) tied -= 2;
    if (tied != h) return phrase_first(p, tied);
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

static uint32_t phrase_end(const parse *p, uint32_t h, uint32_t *base_end, int depth);

// End of the last noun joined to h by "and" or commas.
static uint32_t list_end(const parse *p, uint32_t h, uint32_t end, int depth)
{
    for (uint32_t at = h, steps = 0; steps < 12; steps++) {
        uint32_t next = TOKEN_NONE;
        for_children(p, at, c) if (c > at && p->v[c].dep == DEP_conj) {
            next = c;
            break;
        }
        if (next == TOKEN_NONE || next < end || phrase_first(p, next) > end + 2) return end;
        if (p->v[next].pos != POS_NOUN && p->v[next].pos != POS_PROPN && p->v[next].pos != POS_NUM) return end;
        end = phrase_end(p, next, NULL, depth + 1);
        at = next;
    }
    return end;
}

static uint32_t preposition_end(const parse *p, uint32_t c, int depth)
{
    for_children(p, c, o)
    {
        if (o < c) continue;
        if (p->v[o].dep == DEP_pobj && phrase_first(p, o) == c + 1) return list_end(p, o, phrase_end(p, o, NULL, depth + 1), depth);
        if (p->v[o].dep == DEP_prep && o == c + 1) return preposition_end(p, o, depth + 1);
        break;
    }
    return c;
}

// End of the phrase: nouns in apposition, relative clauses and what follows a comma are left off.
static uint32_t phrase_end(const parse *p, uint32_t h, uint32_t *base_end, int depth)
{
    uint32_t end = h + 1;
    for (int parts = 0; parts < 3 && is_tied(p, end - 1) && (p->v[end].head == h || parse_dominates(p, h, end)); parts++) end += 2; // "mother-in-law"
    if (base_end) *base_end = end;
    if (depth > DEEPEST_PHRASE) return end;
    bool base = true;
    for_children(p, h, c)
    {
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

static uint8_t phrase_determiner(const workings *w, uint32_t first, uint32_t head)
{
    const token *t = &w->p->v[first];
    if (first == head) return DET_NONE;
    if (t->tag == TAG_PRPS) return DET_POSSESSIVE;
    for_children(w->p, head, c) if (c < head && w->p->v[c].dep == DEP_poss) return DET_POSSESSIVE;
    if (str_is(t->lower, "the")) return DET_DEFINITE;
    if (str_is(t->lower, "a") || str_is(t->lower, "an") || str_is(t->lower, "another") || str_is(t->lower, "any")) return DET_INDEFINITE;
    if (str_is(t->lower, "this") || str_is(t->lower, "that") || str_is(t->lower, "these") || str_is(t->lower, "those") ||
        str_is(t->lower, "such") || str_is(t->lower, "both"))
        return DET_DEMONSTRATIVE;
    if (str_is(t->lower, "all") && first + 1 < head && str_is(w->p->v[first + 1].lower, "the")) return DET_DEFINITE;
    if (t->pos == POS_NUM || t->dep == DEP_quantmod || t->pos == POS_DET || t->dep == DEP_advmod) return DET_QUANTITY;
    return DET_NONE;
}

// First token that is no article.
static uint32_t after_article(const parse *p, uint32_t first, uint32_t end)
{
    while (first + 1 < end && (p->v[first].tag == TAG_DT || p->v[first].tag == TAG_PDT || p->v[first].tag == TAG_PRPS ||
                               p->v[first].pos == POS_PUNCT || str_is(p->v[first].lower, "the")))
        first++;
    return first;
}

// The longest title that the tokens from i on begin with; 0 tokens if none.
static uint32_t title_length(const workings *w, uint32_t i, uint32_t end)
{
    for (uint32_t n = end - i < LONGEST_TITLE ? end - i : LONGEST_TITLE; n > 0; n--) {
        const role_word *r = mentions_role(w->r, mentions_key(w, i, i + n));
        if (r && (r->title || n > 1)) return n;
    }
    return 0;
}

// What the last words of a description say somebody is.
static const role_word *role_at_end(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t n = end - first < LONGEST_TITLE ? end - first : LONGEST_TITLE; n > 0; n--) {
        const role_word *r = mentions_role(w->r, mentions_key(w, end - n, end));
        if (r) return r;
    }
    if (end == first || (w->p->v[end - 1].pos != POS_NOUN && w->p->v[end - 1].pos != POS_PROPN)) return NULL;
    str lemma = mentions_fold(w->a, str_cut(w->p->v[end - 1].lemma, 0, LONGEST_WORD));
    return mentions_role(w->r, lemma);
}

// Takes proper nouns before the name into it unless they end in a word for a role or a kind of thing: "Florida
// Highway Patrol" where the recogniser saw "Highway Patrol".
static void widen_name(workings *w, phrase *f, uint32_t from)
{
    const parse *p = w->p;
    while (f->name_first > from) {
        const token *t = &p->v[f->name_first - 1];
        if (!is_proper_tag(t) || !is_capitalised(t->text) || mentions_role(w->r, w->fold[f->name_first - 1]) ||
            mentions_head(w->r, w->fold[f->name_first - 1]))
            return;
        f->name_first--;
    }
}

// The words before the name: a title or description where they end in a noun.
static void set_role(workings *w, phrase *f)
{
    const parse *p = w->p;
    uint32_t     first = f->m.first < f->name_first ? after_article(p, f->m.first, f->name_first) : f->name_first;
    uint32_t own = f->name_first;
    while (own > first && p->v[own].iob == 'I') own--;
    for (uint32_t i = own; i > first; i--) // "President Hale and Chancellor Kern": Hale is no part of Kern's title
        if (p->v[i - 1].ent == ENT_PERSON && i < f->name_first && p->v[i].pos == POS_CCONJ) {
            while (i < f->name_first && (p->v[i].pos == POS_CCONJ || p->v[i].pos == POS_PUNCT || p->v[i].pos == POS_DET)) i++;
            first = f->m.first = i;
            break;
        }
    if (first >= f->name_first) return;
    const token *last = &p->v[f->name_first - 1];
    if (last->tag == TAG_DT || last->tag == TAG_PRPS || last->tag == TAG_POS) return;
    if (!role_at_end(w, first, f->name_first) && last->pos != POS_NOUN && !mentions_head(w->r, w->fold[f->name_first - 1])) return;
    f->role_first = first;
    f->role_end = f->name_first;
}

static bool may_strip_title(const workings *w, uint32_t first, uint32_t end, uint8_t ent)
{
    const head_word *h = mentions_head(w->r, w->fold[end - 1]);
    if (mentions_known(w->r, mentions_key(w, first, end))) return false;
    return ent == ENT_PERSON || !h || h->kind == ENTITY_PERSON;
}

// The longest noun of a kind of thing that these words end in: "police department" before "department".
static const head_word *noun_at_end(const workings *w, uint32_t first, uint32_t end)
{
    for (uint32_t n = end - first < LONGEST_TITLE ? end - first : LONGEST_TITLE; n > 0; n--) {
        const head_word *h = mentions_head(w->r, mentions_key(w, end - n, end));
        if (h) return h;
    }
    return NULL;
}

static bool may_stand_in_title(const token *t)
{
    return t->pos == POS_PROPN || t->pos == POS_NOUN || t->pos == POS_ADJ || t->tag == TAG_HYPH;
}

// "Connecticut Senator Ann Lee", "police spokesman Capt. Rod Hale": words of a title that the parser hung elsewhere.
static void widen_role(workings *w, phrase *f)
{
    enum { LONGEST_ROLE = 8 };
    const parse *p = w->p;
    uint32_t     i = f->m.first;
    bool         role = f->role_end > f->role_first && role_at_end(w, f->role_first, f->role_end);
    if (f->ent != ENT_PERSON || f->name_first - i > LONGEST_ROLE || (f->m.first < f->name_first && p->v[i].pos == POS_DET)) return;
    while (i > 0 && f->name_first - i < LONGEST_ROLE && p->v[i - 1].sentence == p->v[f->m.head].sentence) {
        const token *t = &p->v[i - 1];
        bool         dot = str_is(t->text, ".") && i > 1 && mentions_role(w->r, w->fold[i - 2]) && p->v[i - 2].text.n <= 5;
        bool         title = mentions_role(w->r, w->fold[i - 1]) && (t->pos == POS_PROPN || t->pos == POS_NOUN);
        if (role && i > 1 && is_tied(p, i - 2)) { // "Commander-in-Chief"
            i -= 2;
            continue;
        }
        if (!dot && !title && !(role && may_stand_in_title(t))) break;
        if (t->dep == DEP_conj || t->tag == TAG_NNS || t->tag == TAG_NNPS) break;
        role |= title;
        i--;
    }
    if (!role || i == f->m.first) return;
    f->m.first = i;
    set_role(w, f);
}

// Cuts a name out of a phrase: titles before it go to the role.
static void set_name(workings *w, phrase *f, uint32_t first, uint32_t end)
{
    const parse *p = w->p;
    first = after_article(p, first, end);
    while (end > first + 1 && w->in_time[end - 1]) end--;
    while (end > first + 1 && (p->v[end - 1].tag == TAG_POS || (p->v[end - 1].pos == POS_PUNCT && !str_is(p->v[end - 1].text, ")")))) end--;
    uint32_t title = first;
    if (may_strip_title(w, first, end, f->ent))
        for (uint32_t n; title < end && (n = title_length(w, title, end)) > 0;) title += n;
    f->role_first = f->role_end = 0;
    for (uint32_t i = title + 1; i + 1 < end; i++) // "Party Spokesperson Kim Lund"
        if (mentions_role(w->r, w->fold[i - 1]) && map_get(&w->r->given_at, w->fold[i]) != MAP_NONE) {
            title = i;
            f->ent = ENT_PERSON;
            break;
        }
    f->name_first = title;
    f->name_end = end;
    if (title == end) return; // nothing but a title: "the Prime Minister"
    if (title == first && f->ent != ENT_PERSON && f->ent != ENT_NORP) widen_name(w, f, f->m.first);
    set_role(w, f);
    widen_role(w, f);
}

static bool only_titles(const workings *w, uint32_t first, uint32_t end)
{
    return first < end && mentions_role(w->r, mentions_key(w, first, end)) != NULL;
}

// A run of proper nouns that ends in the head: the name, where the recogniser saw none.
static void name_from_tags(workings *w, phrase *f)
{
    const parse *p = w->p;
    uint32_t     h = f->m.head, first = h;
    if (w->capitals || !is_proper_tag(&p->v[h]) || !is_capitalised(p->v[h].text)) return;
    while (first > f->m.first && p->v[first - 1].ent == ENT_NONE &&
           ((is_proper_tag(&p->v[first - 1]) && is_capitalised(p->v[first - 1].text)) ||
            (p->v[first - 1].tag == TAG_HYPH && first - 1 > f->m.first && is_proper_tag(&p->v[first - 2]))))
        first--;
    if (only_titles(w, first, h + 1)) return;
    set_name(w, f, first, h + 1);
}

// A name of known spelling that ends in the head ("the security council"): for text whose case tells nothing.
static void name_from_tables(workings *w, phrase *f)
{
    uint32_t h = f->m.head;
    for (uint32_t first = h - f->m.first > 7 ? h - 7 : f->m.first; first <= h; first++) {
        const known_name *k = mentions_known(w->r, mentions_key(w, first, h + 1));
        if (!k || !(k->as & KNOWN_NAME) || !has_capital(w, first, h + 1)) continue;
        f->name_first = first;
        f->name_end = h + 1;
        return;
    }
}

// "Khurais district": a name the recogniser saw before a noun that belongs to such names.
static void name_before_class(workings *w, phrase *f)
{
    uint32_t         h = f->m.head, of = h > f->m.first ? w->of_head[h - 1] : NO_MENTION;
    const head_word *n = mentions_head(w->r, w->fold[h]);
    if (of == NO_MENTION || !n || !n->after || w->p->v[h - 1].dep != DEP_compound || w->p->v[h].tag == TAG_NNS) return;
    const phrase *before = &w->v[of];
    if (before->name_first == before->name_end || before->adjective || before->name_end != h) return;
    const known_name *k = mentions_known(w->r, mentions_key(w, before->name_first, h));
    if (k && w->r->things[k->thing].kind == ENTITY_STATE) return; // "Syria city": no name
    f->name_first = before->name_first;
    f->name_end = h + 1;
}

static phrase *add_phrase(workings *w, uint32_t first, uint32_t end, uint32_t head, mention_form form)
{
    phrase *f = push(w->a, w);
    f->m = (mention){.first = first, .end = end, .head = head, .entity = NO_ENTITY, .form = form};
    f->base_end = end;
    f->known = NO_THING;
    f->name_first = f->name_end = end;
    return f;
}

static void cut_long(phrase *f)
{
    if (f->m.end - f->m.first <= LONGEST_PHRASE) return;
    f->m.end = f->base_end;
    if (f->m.end - f->m.first > LONGEST_PHRASE) f->m.first = f->m.end - LONGEST_PHRASE;
}

// After a name only "of" goes on with it: "James Rovella of the department", but not "Freeh at a press conference".
static void cut_after_name(workings *w, phrase *f)
{
    for (uint32_t i = f->name_end; i < f->m.end; i++)
        if (w->p->v[i].dep == DEP_prep && !str_is(w->p->v[i].lower, "of")) f->m.end = i;
    if (f->base_end > f->m.end) f->base_end = f->m.end;
}

static void add_headed(workings *w, uint32_t h)
{
    const parse *p = w->p;
    if (p->v[h].pos == POS_PRON && (p->v[h].tag == TAG_PRP || p->v[h].tag == TAG_PRPS)) {
        w->of_head[h] = (uint32_t)w->n;
        add_phrase(w, h, h + 1, h, MENTION_PRONOUN);
        return;
    }
    uint32_t base_end, end = phrase_end(p, h, &base_end, 0), first = phrase_first(p, h);
    phrase  *f = add_phrase(w, first, end, h, MENTION_NOMINAL);
    f->base_end = base_end;
    cut_long(f);
    w->of_head[h] = (uint32_t)(w->n - 1);
}

// "Mayor of Koszalin Piotr Jedlinski", "head of Amnesty International Ann Lee": after a role with "of" the
// recogniser's name may be two: first that of a place or body, then that of a person. Where the person begins.
static uint32_t person_within(const workings *w, uint32_t first, uint32_t end, uint8_t label)
{
    const parse *p = w->p;
    if (first < 2 || p->v[first - 1].pos != POS_ADP || end - first < 3 || !mentions_role(w->r, w->fold[first - 2])) return first;
    for (uint32_t i = first + 1; i + 1 < end; i++) {
        uint32_t given = map_get(&w->r->given_at, w->fold[i]);
        bool     body = mentions_known(w->r, mentions_key(w, first, i)) && !mentions_head(w->r, w->fold[end - 1]);
        if (body || (given != MAP_NONE && (label == ENT_PERSON || given != 'b'))) return i;
    }
    return first;
}

// Tokens of the recogniser's name that begins at s; its label in *ent.
static uint32_t entity_end(const parse *p, uint32_t s)
{
    uint32_t e = s + 1;
    while (e < p->n && p->v[e].iob == 'I' && p->v[e].ent == p->v[s].ent) e++;
    return e;
}

static bool is_adjective(const workings *w, uint32_t i)
{
    const token *t = &w->p->v[i];
    return t->pos == POS_ADJ || t->dep == DEP_amod || (t->dep == DEP_compound && t->ent == ENT_NORP);
}

static void add_named(workings *w, uint32_t first, uint32_t end, uint8_t label)
{
    phrase *f = add_phrase(w, first, end, end - 1, MENTION_NAME);
    f->ent = label;
    f->name_first = first;
    if (w->of_head[end - 1] == NO_MENTION) w->of_head[end - 1] = (uint32_t)(w->n - 1);
}

static void add_entity(workings *w, uint32_t s, uint32_t e)
{
    const parse *p = w->p;
    for (uint32_t i = s + 1; i + 1 < e; i++)
        if (str_is(p->v[i].text, "(")) { // "Federal Bureau of Investigation (FBI": two names
            add_entity(w, i + 1, e);
            e = i;
        }
    while (e > s + 1 && str_is(p->v[e - 1].text, "(")) e--;
    uint8_t      label = p->v[s].ent;
    uint32_t     first = after_article(p, s, e), end = e;
    if (!has_capital(w, first, end)) return; // "an electrician" is no name
    bool led = end > first + 2 && str_is(p->v[end - 2].text, "-") && !is_capitalised(p->v[end - 1].text) && parse_is_verb(p, end - 1);
    if (led) end -= 2; // "U.S.-led"
    while (end > first + 1 && (p->v[end - 1].tag == TAG_POS || p->v[end - 1].pos == POS_SPACE)) end--;
    uint32_t before = first, person = person_within(w, first, end, label);
    if (person != first) {
        add_named(w, first, person, p->v[first].ent == ENT_PERSON ? ENT_GPE : label);
        first = person;
        label = ENT_PERSON;
    }
    uint32_t root = end - 1;
    for (uint32_t i = first; i < end; i++)
        if (p->v[i].head < first || p->v[i].head >= end || p->v[i].head == i) {
            root = i;
            if (w->of_head[i] != NO_MENTION) break;
        }
    phrase *f = w->of_head[root] != NO_MENTION ? &w->v[w->of_head[root]] : NULL;
    if (f && f->m.form == MENTION_PRONOUN) return;
    if (!f) {
        if (only_titles(w, first, end)) return;
        f = add_phrase(w, first, end, root, MENTION_NAME);
        const known_name *k = mentions_known(w->r, mentions_key(w, first, end));
        f->adjective = led || is_adjective(w, root) || (k && !(k->as & KNOWN_NAME) && p->v[root].dep == DEP_compound);
        w->of_head[root] = (uint32_t)(w->n - 1);
    }
    f->ent = label;
    if (f->m.first > first) f->m.first = first == s + 1 ? s : first;
    if (person != before) f->m.first = first;
    if (f->base_end < end) f->base_end = end;
    if (f->m.end < end) f->m.end = end;
    set_name(w, f, first, end);
}

// A large town is known by its name alone.
static bool is_city(const workings *w, uint32_t first, uint32_t end)
{
    enum { MANY = 100000 };
    const place *v;
    size_t       n = gazetteer_find(w->r->places, w->a, span_of(w->p->text, parse_span(w->p, first, end)), &v);
    for (size_t k = 0; k < n; k++)
        if (v[k].usual && (v[k].population > MANY || v[k].precision == PLACE_PROVINCE)) return true;
    return false;
}

// "Kentucky" in "Kentucky State Police": the place that a body's name begins with is told of too.
static void add_place_within(workings *w, const phrase *outer)
{
    uint32_t first = outer->name_first, end = outer->name_end;
    if (end < first + 2 || outer->ent == ENT_PERSON || outer->m.form == MENTION_PRONOUN || mentions_head(w->r, w->fold[end - 1]) == NULL) return;
    for (uint32_t n = end - first - 1 < 3 ? end - first - 1 : 3; n > 0; n--) {
        if (!is_capitalised(w->p->v[first + n - 1].text) || mentions_head(w->r, w->fold[first + n - 1])) continue;
        const known_name *k = mentions_known(w->r, mentions_key(w, first, first + n));
        entity_kind       kind = k ? w->r->things[k->thing].kind : ENTITY_OTHER;
        if (k ? kind != ENTITY_STATE && kind != ENTITY_PLACE : !is_city(w, first, first + n)) continue;
        if (w->of_head[first + n - 1] != NO_MENTION) return;
        uint32_t row = (uint32_t)w->n;
        phrase  *f = add_phrase(w, first, first + n, first + n - 1, MENTION_NAME);
        f->name_first = first;
        f->nested = true;
        f->adjective = k && !(k->as & KNOWN_NAME);
        w->of_head[first + n - 1] = row;
        return;
    }
}

// Proper nouns inside a phrase that the recogniser passed over: known ones, or two and more in a row.
static void add_run(workings *w, uint32_t s, uint32_t e)
{
    uint32_t root = e - 1;
    if (w->of_head[root] != NO_MENTION || only_titles(w, s, e) || role_at_end(w, s, e)) return;
    const known_name *k = mentions_known(w->r, mentions_key(w, s, e));
    if (!k && !is_city(w, s, e) && (e - s < 2 || mentions_head(w->r, w->fold[root]))) return;
    phrase *f = add_phrase(w, s, e, root, MENTION_NAME);
    f->adjective = is_adjective(w, root) || (k && !(k->as & KNOWN_NAME));
    f->name_first = s;
    w->of_head[root] = (uint32_t)(w->n - 1);
}

// "Turkey and Greece", "foreign ministers from Egypt, Cyprus and France" as one phrase.
static void add_group(workings *w, uint32_t h)
{
    const parse *p = w->p;
    uint32_t     of = w->of_head[h];
    if (p->v[h].dep == DEP_conj || of == NO_MENTION || w->v[of].m.form == MENTION_PRONOUN || !parse_has_child(p, h, DEP_conj)) return;
    uint32_t first = w->v[of].m.first, end = list_end(p, h, w->v[of].m.end, 0);
    if (end <= w->v[of].m.end || end - first > LONGEST_PHRASE) return;
    phrase *f = add_phrase(w, first, end, h, MENTION_NOMINAL);
    f->group = f->plural = true;
    f->members = 1;
    for (uint32_t at = h; f->members < 12;) {
        at = parse_child(p, at, DEP_conj);
        if (at == TOKEN_NONE) break;
        f->members++;
    }
}

static int phrase_order(const void *x, const void *y)
{
    const phrase *a = x, *b = y;
    if (a->m.first != b->m.first) return a->m.first < b->m.first ? -1 : 1;
    if (a->m.end != b->m.end) return a->m.end > b->m.end ? -1 : 1;
    return a->m.head < b->m.head ? -1 : a->m.head > b->m.head;
}

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
    for_children(w->p, f->m.head, c)
    {
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
    while (first > f->m.first && (mentions_is_direction(w->fold[first - 1]) || (str_is(w->p->v[first - 1].text, "-") && first - 1 > f->m.first))) first--;
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
    if (k == MAP_NONE && of && of->after && of->kind == ENTITY_PLACE && f->name_end > f->name_first + 2 && str_is(p->v[f->name_first + 1].lower, "of"))
        k = map_get(&w->r->known_at, mentions_key(w, f->name_first + 2, f->name_end)); // "State of Virginia"
    f->known = k == MAP_NONE ? NO_THING : k;
    if (k != MAP_NONE && !(w->r->known[k].as & KNOWN_NAME) && !f->adjective && !is_named_people(f)) {
        f->name_first = f->name_end = f->m.end;
        return;
    }
    f->m.form = MENTION_NAME;
    f->last = w->fold[f->name_end - 1];
    const head_word *before = mentions_head(w->r, w->fold[f->name_first]);
    f->noun = before && before->before && f->name_end > f->name_first + 1 ? before : noun_at_end(w, f->name_first, f->name_end);
    for (uint32_t i = f->name_first; !f->noun && i + 1 < f->name_end; i++)
        if (str_is(p->v[i + 1].lower, "of") || str_is(p->v[i + 1].lower, "for")) f->noun = mentions_head(w->r, w->fold[i]);
    if (f->ent == ENT_PERSON && f->name_end > f->name_first + 1 && map_get(&w->r->given_at, w->fold[f->name_first]) != MAP_NONE)
        f->noun = NULL; // Anna Marsh is no marsh
    if (f->role_end > f->role_first) f->role = role_at_end(w, f->role_first, f->role_end);
}

// What a description says somebody is: "deputy chief of staff" before "deputy chief".
static const role_word *described_role(const workings *w, const phrase *f, uint32_t first)
{
    enum { LONGEST_AFTER = 5 };
    uint32_t h = f->m.head, last = f->m.end < h + LONGEST_AFTER ? f->m.end : h + LONGEST_AFTER;
    for (uint32_t end = last; end > h + 1; end--)
        for (uint32_t from = h - first > 2 ? h - 2 : first; from <= h; from++) {
            const role_word *r = mentions_role(w->r, mentions_key(w, from, end));
            if (r) return r;
        }
    return role_at_end(w, first, h + 1);
}

static void describe(workings *w, phrase *f)
{
    const parse *p = w->p;
    if (f->name_first < f->name_end) cut_after_name(w, f);
    f->m.at = parse_span(p, f->m.first, f->m.end);
    f->det = f->m.form == MENTION_PRONOUN ? DET_NONE : phrase_determiner(w, f->m.first, f->m.head);
    f->plural = is_plural(p, f);
    if (f->m.form == MENTION_PRONOUN) {
        f->key = w->fold[f->m.head];
        return;
    }
    f->count = f->group ? (str){"", 0} : phrase_count(w, f);
    if (f->name_first < f->name_end) describe_name(w, f);
    if (f->m.form == MENTION_NAME) return;
    f->m.form = MENTION_NOMINAL;
    uint32_t first = after_article(p, f->m.first, f->base_end);
    f->key = mentions_key(w, first, f->group ? f->m.end : f->base_end);
    f->last = mentions_fold(w->a, str_cut(p->v[f->m.head].lemma, 0, LONGEST_WORD));
    f->role = f->known == NO_THING ? described_role(w, f, first < f->m.head ? first : f->m.head) : mentions_role(w->r, STR("national"));
    f->noun = noun_at_end(w, first, f->m.head + 1);
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

static void start_cluster(workings *w, uint32_t i)
{
    phrase *f = &w->v[i];
    f->up = i;
    f->thing = NO_THING;
    f->full = NO_MENTION;
    f->named = f->name_first < f->name_end;
    if (f->known != NO_THING && ((w->r->known[f->known].as & KNOWN_NAME) || f->adjective)) f->thing = w->r->known[f->known].thing;
    mentions_vote(w, f);
}

static void start_person(workings *w, uint32_t i)
{
    phrase *f = &w->v[i];
    if (mentions_kind(f) != ENTITY_PERSON) return;
    f->gender = phrase_gender(w, f);
    if (f->named && memchr(f->key.p, ' ', f->key.n)) f->full = i;
}

// Pieces of a longer name that the parser took for phrases of their own ("Investigation" in "Bureau of
// Investigation") go, unless they are known places or bodies.
static void drop_pieces(workings *w)
{
    size_t   n = 0;
    uint32_t outer_first = 0, outer_end = 0, title_first = 0, title_end = 0;
    for (size_t i = 0; i < w->n; i++) {
        phrase  *f = &w->v[i];
        uint32_t first = f->m.first, end = f->m.end;
        bool     inside = f->m.form != MENTION_PRONOUN && !f->group && first >= outer_first && end <= outer_end && f->name_end != outer_end;
        bool     in_title = f->m.form != MENTION_PRONOUN && f->name_first < f->name_end && f->ent == ENT_NONE && first >= title_first && end <= title_end;
        bool     piece = (inside || in_title) && !f->nested && !mentions_known(w->r, mentions_key(w, first, end));
        if (piece || is_all_time(w, first, end)) {
            w->of_head[f->m.head] = NO_MENTION;
            continue;
        }
        if (f->role_first < f->role_end) title_first = f->role_first, title_end = f->role_end;
        if (f->name_first + 1 < f->name_end && f->name_end > outer_end) outer_first = f->name_first, outer_end = f->name_end;
        w->v[n++] = *f;
    }
    w->n = n;
}

// In a text all in capitals the recogniser takes common nouns for names: not "THE BUILDINGS", "VEHICLE".
static void unname_common(workings *w)
{
    for (size_t i = 0; i < w->n; i++) {
        phrase *f = &w->v[i];
        if (f->name_first == f->name_end || mentions_known(w->r, mentions_key(w, f->name_first, f->name_end))) continue;
        uint32_t last = f->name_end - 1;
        if (mentions_head(w->r, w->fold[last]) || mentions_role(w->r, w->fold[last]) || w->p->v[last].tag == TAG_NNS) {
            f->name_first = f->name_end = f->m.end;
            f->role_first = f->role_end = 0;
            f->ent = ENT_NONE;
        }
    }
}

// The token of a run on which the others hang.
static uint32_t run_root(const parse *p, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++)
        if (p->v[i].head < first || p->v[i].head >= end || p->v[i].head == i) return i;
    return end - 1;
}

// Makes a known name of the tokens: of the phrase they hang on, or a new one. A longer name that holds it stands.
static void name_known(workings *w, uint32_t first, uint32_t end)
{
    uint32_t of = w->of_head[run_root(w->p, first, end)];
    for (uint32_t t = first; t < end && of == NO_MENTION; t++) of = w->of_head[t];
    if (of == NO_MENTION) {
        add_named(w, first, end, ENT_NONE);
        return;
    }
    phrase *f = &w->v[of];
    if (f->m.form == MENTION_PRONOUN || (f->name_first <= first && f->name_end >= end)) return;
    if (f->m.first > first) f->m.first = first;
    if (f->base_end < end) f->base_end = end;
    if (f->m.end < end) f->m.end = end;
    f->name_first = first;
    f->name_end = end;
    f->role_first = f->role_end = 0;
    set_role(w, f);
}

// Names of known spelling, whatever the parser and the recogniser made of them: "Doctors Without Borders".
static void name_known_runs(workings *w)
{
    const parse *p = w->p;
    for (uint32_t i = 0; i < p->n; i++) {
        str      rest;
        uint32_t longest = w->fold[i].n ? map_get(&w->r->known_first, str_split(w->fold[i], ' ', &rest)) : MAP_NONE;
        if (longest == MAP_NONE) continue;
        longest = 2 * longest < p->n - i ? 2 * longest : (uint32_t)(p->n - i); // marks between the words are tokens too
        for (uint32_t n = longest; n > 0; n--) {
            const token *last = &p->v[i + n - 1];
            if (last->sentence != p->v[i].sentence || !w->fold[i + n - 1].n || !has_capital(w, i, i + n)) continue;
            if (n == 1 && (!is_proper_tag(last) || w->fold[i].n < 3 || w->of_head[i] != NO_MENTION)) continue;
            const known_name *k = mentions_known(w->r, mentions_key(w, i, i + n));
            if (!k || !(k->as & KNOWN_NAME)) continue;
            name_known(w, i, i + n);
            i += n - 1;
            break;
        }
    }
}

void mentions_phrases(workings *w)
{
    const parse *p = w->p;
    w->capitals = p->n && p->v[0].text.p >= p->text.p && p->v[0].text.p < p->text.p + p->text.n && mentions_all_capitals(p->text); // not recased
    w->fold = new_array(w->a, str, p->n + 1);
    w->of_head = new_array(w->a, uint32_t, p->n + 1);
    for (uint32_t i = 0; i < p->n; i++) {
        w->fold[i] = p->v[i].tag == TAG_POS ? (str){"", 0} : mentions_fold(w->a, str_cut(p->v[i].text, 0, LONGEST_WORD));
        w->of_head[i] = NO_MENTION;
    }
    mark_times(w);
    for (uint32_t i = 0; i < p->n; i++)
        if (heads_phrase(p, i)) add_headed(w, i);
    for (uint32_t i = 0; i < p->n; i++)
        if (p->v[i].iob == 'B' && is_name_label(p->v[i].ent)) add_entity(w, i, entity_end(p, i));
    size_t headed = w->n;
    for (size_t i = 0; i < headed; i++) {
        phrase *f = &w->v[i];
        if (f->m.form == MENTION_PRONOUN || f->name_first < f->name_end || f->ent) continue;
        name_from_tags(w, f);
        if (f->name_first == f->name_end) name_from_tables(w, f);
        if (f->name_first == f->name_end && !w->capitals) name_before_class(w, f);
    }
    for (uint32_t i = 0; i < p->n; i++) {
        if (w->capitals || p->v[i].ent != ENT_NONE || !is_proper_tag(&p->v[i]) || !is_capitalised(p->v[i].text)) continue;
        uint32_t e = i + 1;
        while (e < p->n && e - i < LONGEST_PHRASE && p->v[e].ent == ENT_NONE && is_proper_tag(&p->v[e]) && w->of_head[e - 1] == NO_MENTION) e++;
        add_run(w, i, e);
        i = e - 1;
    }
    if (w->capitals) unname_common(w);
    name_known_runs(w);
    size_t whole = w->n;
    for (size_t i = 0; i < whole && !w->capitals; i++) {
        phrase outer = w->v[i]; // a copy: the list may move
        add_place_within(w, &outer);
    }
    size_t single = w->n;
    for (size_t i = 0; i < single; i++) add_group(w, w->v[i].m.head);
    if (w->n) qsort(w->v, w->n, sizeof *w->v, phrase_order);
    drop_pieces(w);
    for (uint32_t i = 0; i < w->n; i++) {
        if (!w->v[i].group) w->of_head[w->v[i].m.head] = i;
        describe(w, &w->v[i]);
        start_cluster(w, i);
    }
    mentions_settle_kinds(w);
    for (uint32_t i = 0; i < w->n; i++) start_person(w, i);
}
