// The parse as a tree: edges, children, sentences, and walking it.

#include "parse/names.h"

#define LABEL_NAME(id, name) name,
static const char *const pos_names[] = {POS_LIST(LABEL_NAME)};
static const char *const tag_names[] = {TAG_LIST(LABEL_NAME)};
static const char *const dep_names[] = {DEP_LIST(LABEL_NAME)};
static const char *const ent_names[] = {ENT_LIST(LABEL_NAME)};

static const char *own_name(const parse *p, label_kind kind, size_t number)
{
    return p && p->names && number < p->names->more[kind].n ? p->names->more[kind].v[number] : "?";
}

const char *parse_pos_name(const parse *p, uint8_t pos) { return (void)p, pos < POS_KNOWN ? pos_names[pos] : "?"; }

const char *parse_tag_name(const parse *p, uint8_t tag)
{
    return tag < TAG_KNOWN ? tag_names[tag] : own_name(p, LABEL_TAG, (size_t)tag - TAG_KNOWN);
}

const char *parse_dep_name(const parse *p, uint8_t dep)
{
    return dep < DEP_KNOWN ? dep_names[dep] : own_name(p, LABEL_DEP, (size_t)dep - DEP_KNOWN);
}

const char *parse_ent_name(const parse *p, uint8_t ent)
{
    return ent < ENT_KNOWN ? ent_names[ent] : own_name(p, LABEL_ENT, (size_t)ent - ENT_KNOWN);
}

// Edges of every subtree, children before their heads: a token is done when all its children are.
static void subtree_edges(arena *a, const parse *p, token *v)
{
    size_t    n = 0;
    uint32_t *left = new_array(a, uint32_t, p->n + 1), *ready = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        v[i].left = (uint32_t)i, v[i].right = (uint32_t)i + 1;
        left[i] = p->child_first[i + 1] - p->child_first[i];
        if (!left[i]) ready[n++] = (uint32_t)i;
    }
    for (size_t k = 0; k < n; k++) {
        token *t = &v[ready[k]], *h = &v[t->head];
        if (h == t) continue;
        if (t->left < h->left) h->left = t->left;
        if (t->right > h->right) h->right = t->right;
        if (!--left[t->head]) ready[n++] = t->head;
    }
}

static void find_children(arena *a, parse *p)
{
    uint32_t *first = new_array(a, uint32_t, p->n + 2), *list = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].head != i) first[p->v[i].head + 1]++;
    for (size_t i = 0; i < p->n; i++) first[i + 1] += first[i];
    uint32_t *next = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) next[i] = first[i];
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].head != i) list[next[p->v[i].head]++] = (uint32_t)i;
    p->children = list;
    p->child_first = first;
}

static void find_sentences(arena *a, parse *p, token *v)
{
    size_t count = 0;
    for (size_t i = 0; i < p->n; i++) count += i == 0 || v[i].starts;
    sentence *s = new_array(a, sentence, count + 1);
    size_t    k = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (i == 0 || v[i].starts) s[k++] = (sentence){.first = (uint32_t)i, .root = (uint32_t)i};
        v[i].sentence = (uint32_t)k - 1;
        s[k - 1].end = (uint32_t)i + 1;
    }
    for (size_t i = p->n; i-- > 0;)
        if (v[i].head == i && v[i].pos != POS_SPACE) s[v[i].sentence].root = (uint32_t)i;
    uint32_t *number = new_array(a, uint32_t, p->n + 1);
    for (size_t i = 0; i < p->n; i++) number[i] = (i && !v[i].starts ? number[i - 1] : 0) + (v[i].pos != POS_SPACE);
    p->number = number;
    for (size_t i = 0; i < k; i++) s[i].at = parse_span(p, s[i].first, s[i].end);
    p->sentences = s;
    p->n_sentences = k;
}

void parse_finish(arena *a, parse *p, token *v)
{
    p->v = v;
    find_children(a, p);
    subtree_edges(a, p, v);
    find_sentences(a, p, v);
}

uint32_t parse_child(const parse *p, uint32_t i, uint8_t dep)
{
    for_children(p, i, c) if (p->v[c].dep == dep) return c;
    return TOKEN_NONE;
}

bool parse_has_child(const parse *p, uint32_t i, uint8_t dep) { return parse_child(p, i, dep) != TOKEN_NONE; }

uint32_t parse_child_lemma(const parse *p, uint32_t i, uint8_t dep, const char *lemma)
{
    for_children(p, i, c) if (p->v[c].dep == dep && str_is(p->v[c].lemma, lemma)) return c;
    return TOKEN_NONE;
}

bool parse_dominates(const parse *p, uint32_t above, uint32_t below)
{
    for (uint32_t i = below;; i = p->v[i].head) {
        if (i == above) return true;
        if (p->v[i].head == i) return false;
    }
}

uint32_t parse_at(const parse *p, uint32_t byte)
{
    size_t lo = 0, hi = p->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (p->v[mid].at.end <= byte) lo = mid + 1;
        else hi = mid;
    }
    return lo < p->n ? (uint32_t)lo : TOKEN_NONE;
}

span parse_span(const parse *p, uint32_t first, uint32_t end)
{
    while (first < end && p->v[first].pos == POS_SPACE) first++;
    while (end > first && p->v[end - 1].pos == POS_SPACE) end--;
    if (first >= end) return (span){0, 0};
    return (span){p->v[first].at.start, p->v[end - 1].at.end};
}

bool parse_is_verb(const parse *p, uint32_t i) { return p->v[i].pos == POS_VERB || p->v[i].pos == POS_AUX; }
