// Where source and content of a cue may stand, and what is asked of each place.

#include "sources/learned.h"

enum {
    NEAR_EDGES = 14,  // edges on the cue's side of a span
    FAR_EDGES = 44,   // edges on the other
    SENTENCES_ON = 6, // how far behind a cue content may go on, within the paragraph
    SENTENCES_BACK = 2,
    SPAN_ROOM = 400, // tokens looked at on either side of a cue: no sentence of a report is longer
    MOST_WHO = 500,  // places for a source that are weighed
    SPAN_HEADS = 40, // noun phrases looked at for the source
};

enum { // templates; those of edges and of the side are set apart by adding EDGE_FIRST, EDGE_LAST
    S_NONE = 200,
    S_NONE_LEMMA,
    S_NONE_DEP,
    S_NONE_HAS,
    S_NONE_RULE,
    S_NONE_LEFT,
    E_TOP = 220,
    E_TOP_LEMMA,
    E_REL,
    E_REL_LEMMA,
    E_REL_KIND,
    E_DISTANCE,
    E_COMMAS,
    E_QUOTES,
    E_FLAGS,
    E_INSIDE,
    E_OUTSIDE,
    E_TAGS,
    E_CUES,
    E_RULE,
    E_IN_QUOTE,
    E_DIST_REL,
    E_NEXT_TAG2,
    E_LEMMA_FLAGS,
    E_BEYOND,
    E_BEYOND_REL,
    E_INSIDE_KIND,
    E_WHO,
    E_LEFT,
    E_ENT,
    E_BEYOND_FLAGS,
    E_BEYOND_WORD,
    E_BEYOND_KIND,
    E_TOP_HEAD,
    EDGE_LAST = 40, // added for last edges
    P_WHOLE = 320,
    P_WHOLE_LEMMA,
    P_WHOLE_KIND,
    P_PAIR,
    P_LENGTH,
    P_GAP,
    P_QUOTES,
    P_QUOTES_KIND,
    P_CUE_IN,
    P_WHO_IN,
    P_RULE,
    P_VERBS,
    P_FIRST,
    P_FIRST_LEMMA,
    P_SENTENCES,
    P_FIRST_REL,
    P_LEN_QUOTE,
    P_ALWAYS,
    P_LEFT,
    P_EDGES,
    P_DEPTH,
    P_SPLIT,
    W_REL = 360,
    W_REL_LEMMA,
    W_DEP,
    W_LEMMA,
    W_ENT,
    W_POS,
    W_DISTANCE,
    W_SHAPE,
    W_EDGES,
    W_RULE,
    W_RULE_HEAD,
    W_SUBJECT,
    W_FIRST,
    W_NEXT,
    W_LAST,
    W_CUE,
    W_SIDE,
    W_PASSIVE,
    W_QUOTE,
    W_NONE,
    W_NONE_LEMMA,
    W_NONE_DEP,
    W_NONE_RULE,
    W_CUE_REL,
    W_WHOLE,
    W_LENGTH,
    W_BEFORE,
    W_KIND_REL,
    W_COMMAS,
    W_CUT,
    W_SENTENCE
};

static bool site_mark(const parse *p, uint32_t i) { return p->v[i].pos == POS_PUNCT || p->v[i].pos == POS_SPACE; }

static uint32_t length_step(uint32_t n)
{
    return n < 6 ? n : n < 9 ? 6 : n < 13 ? 7 : n < 20 ? 8 : n < 30 ? 9 : n < 50 ? 10 : 11;
}

static uint64_t lemma_key(const parse *p, uint32_t i) { return str_hash(p->v[i].lemma); }

static uint64_t relation_key(const parse *p, uint32_t t, uint32_t c)
{
    uint32_t h = p->v[t].head, ch = p->v[c].head;
    uint64_t d = p->v[t].dep;
    if (h == c && t != c) return 1 << 12 | d;
    if (p->v[h].head == c && h != t) return 2 << 12 | d << 6 | p->v[h].dep;
    if (h == ch && t != c) return 3 << 12 | d << 6 | p->v[c].dep;
    if (t == ch) return 4 << 12 | p->v[c].dep;
    if (ch != c && p->v[ch].head == h) return 5 << 12 | d << 6 | p->v[c].dep;
    if (ch != c && p->v[ch].head == t) return 6 << 12 | p->v[c].dep;
    if (p->v[t].sentence != p->v[c].sentence) return 7 << 12 | d;
    return 8 << 12 | d;
}

// --- edges ---

typedef struct {
    uint32_t *v;
    size_t    n;
    size_t    limit;
} edge_list;

static void add_edge(edge_list *l, uint32_t at)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i] == at) return;
    if (l->n < l->limit) l->v[l->n++] = at;
}

static uint32_t on_to_word(const parse *p, uint32_t i, uint32_t end)
{
    while (i < end && site_mark(p, i)) i++;
    return i;
}

static uint32_t back_to_word(const parse *p, uint32_t i, uint32_t first)
{
    while (i > first && site_mark(p, i - 1)) i--;
    return i;
}

static bool bears_edges(uint8_t dep)
{
    return dep != DEP_det && dep != DEP_amod && dep != DEP_compound && dep != DEP_aux && dep != DEP_auxpass && dep != DEP_punct &&
           dep != DEP_neg && dep != DEP_nummod && dep != DEP_quantmod && dep != DEP_case && dep != DEP_poss && dep != DEP_prt &&
           dep != DEP_cc;
}

typedef struct {
    uint32_t first, end;         // the cue's sentence within its paragraph
    uint32_t far_first, far_end; // as far as content may reach
} site_room;

static site_room room_of(const token_view *v, const cue_site *c)
{
    const parse      *p = v->r->p;
    const quote_list *q = &v->r->quotes;
    uint32_t          s = p->v[c->head].sentence, para = q->paragraph[c->head];
    site_room         m = {p->sentences[s].first, p->sentences[s].end, 0, 0};
    if (m.first + SPAN_ROOM < c->at.first) m.first = c->at.first - SPAN_ROOM;
    if (m.end > c->at.end + SPAN_ROOM) m.end = c->at.end + SPAN_ROOM;
    while (m.first < c->at.first && q->paragraph[m.first] != para) m.first++;
    while (m.end > c->at.end && q->paragraph[m.end - 1] != para) m.end--;
    m.far_first = m.first;
    m.far_end = m.end;
    for (uint32_t k = 1; k <= SENTENCES_ON && s + k < p->n_sentences && q->paragraph[p->sentences[s + k].first] == para; k++)
        m.far_end = p->sentences[s + k].end;
    while (m.far_end > m.end && q->paragraph[m.far_end - 1] != para) m.far_end--;
    for (uint32_t k = 1; k <= SENTENCES_BACK && k <= s && q->paragraph[p->sentences[s - k].end - 1] == para; k++)
        m.far_first = p->sentences[s - k].first;
    while (m.far_first < m.first && q->paragraph[m.far_first] != para) m.far_first++;
    // A quotation that reaches into the sentence is wholly in reach.
    for (uint32_t i = m.first; i < m.end; i++) {
        if (q->of[i] == NO_QUOTE) continue;
        const quotation *x = &q->v[q->of[i]];
        if (x->first < m.far_first && q->paragraph[x->first] == para) m.far_first = x->first;
        if (x->end > m.far_end && q->paragraph[x->end - 1] == para) m.far_end = x->end;
    }
    uint32_t low = c->at.first > SPAN_ROOM ? c->at.first - SPAN_ROOM : 0, high = c->at.end + SPAN_ROOM;
    if (m.first < low) m.first = low;
    if (m.far_first < low) m.far_first = low;
    if (m.end > high) m.end = high;
    if (m.far_end > high) m.far_end = high;
    return m;
}

// Edges right of the cue, from it outwards.
static void right_edges(const token_view *v, const cue_site *c, edge_list *starts, edge_list *ends)
{
    const parse      *p = v->r->p;
    const quote_list *q = &v->r->quotes;
    site_room         m = room_of(v, c);
    add_edge(starts, on_to_word(p, c->at.end, m.far_end));
    for (uint32_t i = c->at.end; i < m.end; i++) {
        if (site_mark(p, i)) {
            add_edge(starts, on_to_word(p, i, m.far_end));
            if (i > c->at.end) add_edge(ends, back_to_word(p, i, c->at.end));
        }
        const token *t = &p->v[i];
        if (bears_edges(t->dep) && t->left >= c->at.end && t->left < m.end) add_edge(starts, on_to_word(p, t->left, m.far_end));
    }
    for (uint32_t i = c->at.end; i < m.end; i++) {
        const token *t = &p->v[i];
        if (bears_edges(t->dep) && t->left >= c->at.end && t->right <= m.end)
            add_edge(ends, back_to_word(p, t->right, c->at.end));
    }
    add_edge(ends, back_to_word(p, m.end, c->at.end));
    for (uint32_t i = c->at.end; i < m.far_end; i++) {
        bool in = q->of[i] != NO_QUOTE && q->of[i] != q->of[c->head];
        if (in && q->v[q->of[i]].first == i) {
            starts->limit = NEAR_EDGES + 4;
            add_edge(starts, on_to_word(p, i, m.far_end));
        }
        ends->limit = FAR_EDGES + 16;
        if (in && q->v[q->of[i]].end == i + 1) add_edge(ends, back_to_word(p, i + 1, c->at.end));
        if (i + 1 == p->sentences[p->v[i].sentence].end || i + 1 == m.far_end) add_edge(ends, back_to_word(p, i + 1, c->at.end));
    }
}

static void left_edges(const token_view *v, const cue_site *c, edge_list *starts, edge_list *ends)
{
    const parse      *p = v->r->p;
    const quote_list *q = &v->r->quotes;
    site_room         m = room_of(v, c);
    add_edge(ends, back_to_word(p, c->at.first, m.far_first));
    for (uint32_t i = c->at.first; i-- > m.first;) {
        if (site_mark(p, i)) {
            add_edge(ends, back_to_word(p, i, m.far_first));
            add_edge(starts, on_to_word(p, i, c->at.first));
        }
        const token *t = &p->v[i];
        if (!bears_edges(t->dep)) continue;
        if (t->right <= c->at.first) add_edge(ends, back_to_word(p, t->right, m.far_first));
        if (t->left >= m.first && t->left < c->at.first) {
            add_edge(starts, on_to_word(p, t->left, c->at.first));
            if (t->dep == DEP_nsubj || t->dep == DEP_nsubjpass) add_edge(ends, back_to_word(p, t->left, m.far_first));
        }
    }
    starts->limit = FAR_EDGES + 16;
    add_edge(starts, on_to_word(p, m.first, c->at.first));
    for (uint32_t i = c->at.first; i-- > m.far_first;) {
        bool in = q->of[i] != NO_QUOTE && q->of[i] != q->of[c->head];
        if (in && q->v[q->of[i]].first == i) add_edge(starts, on_to_word(p, i, c->at.first));
        if (in && q->v[q->of[i]].end == i + 1) {
            ends->limit = NEAR_EDGES + 4;
            add_edge(ends, back_to_word(p, i + 1, m.far_first));
        }
        if (i == p->sentences[p->v[i].sentence].first || i == m.far_first) add_edge(starts, on_to_word(p, i, c->at.first));
    }
}

// The highest token whose words begin (or end) at the edge and do not hold the cue.
static uint32_t top_at(const parse *p, uint32_t edge, bool last, uint32_t cue_head)
{
    uint32_t t = last ? edge - 1 : edge;
    for (int step = 0; step < 30; step++) {
        uint32_t h = p->v[t].head;
        if (h == t) break;
        const token *k = &p->v[h];
        bool         holds = cue_head >= k->left && cue_head < k->right;
        bool         same = last ? back_to_word(p, k->right, k->left) == edge : on_to_word(p, k->left, k->right) == edge;
        if (holds || !same) break;
        t = h;
    }
    return t;
}

static uint32_t count_between(const token_view *v, uint32_t from, uint32_t to, int what)
{
    uint32_t n = 0;
    if (from > to) {
        uint32_t x = from;
        from = to;
        to = x;
    }
    for (uint32_t i = from; i < to && i < from + 200; i++) {
        if (what == 0) n += str_is(v->r->p->v[i].text, ",");
        else if (what == 1)
            n += v->r->quotes.of[i] != NO_QUOTE &&
                 (v->r->quotes.v[v->r->quotes.of[i]].first == i || v->r->quotes.v[v->r->quotes.of[i]].end == i + 1);
        else n += v->cue[i] && (i == from || !v->cue[i - 1]);
    }
    return n > 5 ? 5 : n;
}

static uint32_t rule_edge(const cue_site *c, int side, uint32_t edge, bool last)
{
    if (!c->rule) return 3;
    uint32_t first = TOKEN_NONE, end = 0;
    for (size_t i = 0; i < c->rule->n_content; i++) {
        token_range t = c->rule->content[i];
        if ((side == SIDE_RIGHT) != (t.first >= c->at.first)) continue;
        if (first == TOKEN_NONE) first = t.first;
        end = t.end;
    }
    if (first == TOKEN_NONE) return 2;
    return edge == (last ? end : first);
}

static void edge_features(arena *a, const token_view *v, const cue_site *c, int side, uint32_t edge, bool last, feature_keys *out)
{
    const parse      *p = v->r->p;
    const quote_list *q = &v->r->quotes;
    uint32_t          base = last ? EDGE_LAST : 0, in = last ? edge - 1 : edge, beyond = last ? edge : edge - 1;
    bool              has = last ? edge < p->n : edge > 0;
    uint32_t          t = top_at(p, edge, last, c->head), cue_edge = side == SIDE_RIGHT ? c->at.end : c->at.first;
    uint64_t          rel = relation_key(p, t, c->head), lemma = lemma_key(p, c->head);
    uint32_t          kind = v->row[c->head] ? v->row[c->head]->kind + 1u : 0;
    uint32_t          distance = edge > cue_edge ? edge - cue_edge : cue_edge - edge;
    bool     sentence_edge = last ? !has || p->v[edge - 1].sentence != p->v[edge].sentence || p->v[edge].tag == TAG_PERIOD
                                  : edge == p->sentences[p->v[edge].sentence].first;
    uint32_t flags = 0;
    if (has)
        flags |= str_is(p->v[beyond].text, ",")   ? 1
                 : p->v[beyond].tag == TAG_PERIOD ? 2
                 : str_is(p->v[beyond].text, ":") ? 3
                 : site_mark(p, beyond)           ? 4
                                                  : 5;
    bool quote_edge = q->of[in] != NO_QUOTE && (last ? q->v[q->of[in]].last <= edge + 1 : q->v[q->of[in]].inner >= edge);
    flags |= (uint32_t)quote_edge << 3 | (uint32_t)sentence_edge << 4 | (uint32_t)(distance == 0) << 5;
    feature_add(a, out, base + E_TOP, p->v[t].dep, p->v[t].tag);
    feature_add(a, out, base + E_TOP_LEMMA, p->v[t].dep, lemma);
    feature_add(a, out, base + E_REL, rel, 0);
    feature_add(a, out, base + E_REL_LEMMA, rel, lemma);
    feature_add(a, out, base + E_REL_KIND, rel, kind);
    feature_add(a, out, base + E_DISTANCE, length_step(distance), 0);
    feature_add(a, out, base + E_DIST_REL, length_step(distance), rel >> 12);
    feature_add(a, out, base + E_COMMAS, count_between(v, edge, cue_edge, 0), flags);
    feature_add(a, out, base + E_QUOTES, count_between(v, edge, cue_edge, 1), flags);
    feature_add(a, out, base + E_CUES, count_between(v, edge, cue_edge, 2), flags & 7);
    feature_add(a, out, base + E_FLAGS, flags, p->v[c->head].pos);
    feature_add(a, out, base + E_LEMMA_FLAGS, flags, lemma);
    feature_add(a, out, base + E_INSIDE, str_hash(p->v[in].lower), 0);
    feature_add(a, out, base + E_OUTSIDE, has ? str_hash(p->v[beyond].lower) : 1, 0);
    uint32_t     word = last ? on_to_word(p, edge, p->n) : back_to_word(p, edge, 0);
    bool         real = last ? word < p->n : word > 0;
    const token *near = real ? &p->v[last ? word : word - 1] : NULL;
    feature_add(a, out, base + E_TAGS, p->v[in].tag, near ? near->tag : 255);
    feature_add(a, out, base + E_NEXT_TAG2, near ? near->dep : 255, (uint64_t)(flags & 7) << 8 | p->v[t].dep);
    if (real) { // what would be cut off here
        uint32_t cut = last ? word : word - 1, top = top_at(p, word, !last, c->head);
        uint32_t over = p->v[top].head;
        bool     inside = last ? over < edge : over >= edge;
        feature_add(a, out, base + E_BEYOND, p->v[top].dep, (uint64_t)inside << 8 | p->v[cut].tag);
        feature_add(a, out, base + E_BEYOND_REL, relation_key(p, top, c->head), inside);
        feature_add(a, out, base + E_BEYOND_FLAGS, p->v[top].dep, (uint64_t)flags << 8 | inside);
        feature_add(a, out, base + E_BEYOND_WORD, str_hash(p->v[cut].lower), p->v[top].dep);
        feature_add(a, out, base + E_BEYOND_KIND, p->v[top].dep, (uint64_t)kind << 8 | inside);
        feature_add(a, out, base + E_ENT, p->v[cut].ent, (uint64_t)p->v[top].dep << 8 | p->v[in].ent);
    }
    feature_add(a, out, base + E_TOP_HEAD, lemma_key(p, p->v[t].head), p->v[t].dep);
    feature_add(a, out, base + E_INSIDE_KIND, str_hash(p->v[in].lower), kind);
    uint32_t who = !c->who.end                                                     ? 0
                   : edge == c->who.end || on_to_word(p, c->who.end, p->n) == edge ? 1
                   : back_to_word(p, c->who.first, 0) == edge                      ? 2
                   : edge > c->who.first && edge < c->who.end                      ? 3
                   : edge <= c->who.first                                          ? 4
                                                                                   : 5;
    feature_add(a, out, base + E_WHO, who, (uint64_t)side << 8 | (distance == 0));
    feature_add(a, out, base + E_LEFT, c->left, (uint64_t)side << 8 | flags);
    feature_add(a, out, base + E_RULE, rule_edge(c, side, edge, last), kind);
    feature_add(a, out, base + E_IN_QUOTE, q->of[in] != NO_QUOTE, (uint64_t)(q->of[c->head] != NO_QUOTE) << 8 | kind);
}

// --- content ---

typedef struct {
    uint32_t begins, ends, cuts; // of quotations
    bool     whole;              // is one quotation
    bool     any;
} quote_count;

static quote_count quotes_in(const token_view *v, token_range t)
{
    const quote_list *q = &v->r->quotes;
    quote_count       n = {0};
    uint32_t          a = q->of[t.first], b = q->of[t.end - 1];
    n.any = a != NO_QUOTE || b != NO_QUOTE;
    n.whole = a != NO_QUOTE && a == b && q->v[a].inner >= t.first && q->v[a].last <= t.end + 1;
    n.cuts = (a != NO_QUOTE && q->v[a].inner < t.first) + (b != NO_QUOTE && q->v[b].last > t.end + 1);
    n.begins = a != NO_QUOTE;
    n.ends = b != NO_QUOTE;
    return n;
}

static bool range_holds(token_range t, uint32_t i) { return i >= t.first && i < t.end; }

static void span_features(arena *a, const token_view *v, const cue_site *c, int side, token_range t, feature_keys *out)
{
    const parse *p = v->r->p;
    uint32_t     x = top_at(p, t.first, false, c->head), y = top_at(p, t.end, true, c->head),
             cue_edge = side == SIDE_RIGHT ? c->at.end : c->at.first;
    uint64_t    lemma = lemma_key(p, c->head), rx = relation_key(p, x, c->head), ry = relation_key(p, y, c->head);
    uint32_t    kind = v->row[c->head] ? v->row[c->head]->kind + 1u : 0, length = t.end - t.first;
    uint32_t    gap = side == SIDE_RIGHT ? t.first - on_to_word(p, cue_edge, t.first) : back_to_word(p, cue_edge, t.end) - t.end;
    quote_count n = quotes_in(v, t);
    uint32_t    quotes = (uint32_t)n.whole | n.cuts << 1 | n.begins << 3 | n.ends << 4;
    feature_add(a, out, P_ALWAYS, 0, 0);
    if (x == y) {
        feature_add(a, out, P_WHOLE, rx, 0);
        feature_add(a, out, P_WHOLE_LEMMA, rx, lemma);
        feature_add(a, out, P_WHOLE_KIND, rx, kind);
    } else {
        feature_add(a, out, P_WHOLE, 1, p->v[x].head == y ? 1 : p->v[y].head == x ? 2 : p->v[x].head == p->v[y].head ? 3 : 4);
        feature_add(a, out, P_PAIR, rx, ry);
    }
    feature_add(a, out, P_LENGTH, length_step(length), kind);
    feature_add(a, out, P_LEN_QUOTE, length_step(length), quotes);
    feature_add(a, out, P_GAP, length_step(gap), p->v[c->head].pos);
    feature_add(a, out, P_QUOTES, quotes, 0);
    feature_add(a, out, P_QUOTES_KIND, quotes, lemma);
    feature_add(a, out, P_CUE_IN, count_between(v, t.first, t.end, 2), kind);
    feature_add(a, out, P_FIRST, p->v[t.first].tag, kind);
    feature_add(a, out, P_FIRST_LEMMA, p->v[t.first].tag, lemma);
    feature_add(a, out, P_FIRST_REL, str_hash(p->v[t.first].lower), p->v[x].dep);
    feature_add(a, out, P_SENTENCES, p->v[t.end - 1].sentence - p->v[t.first].sentence, quotes);
    uint32_t verbs = 0;
    for (uint32_t i = t.first; i < t.end && i < t.first + 80 && verbs < 2; i++) verbs += parse_is_verb(p, i);
    feature_add(a, out, P_VERBS, verbs, lemma);
    feature_add(a, out, P_EDGES, p->v[x].dep * 64u + p->v[y].dep, (uint64_t)(gap == 0) << 8 | kind);
    feature_add(a, out, P_DEPTH, p->v[y].head >= t.first && p->v[y].head < t.end,
                (uint64_t)p->v[y].dep << 8 | (p->v[x].head >= t.first && p->v[x].head < t.end));
    feature_add(a, out, P_SPLIT, (uint64_t)(gap == 0) << 4 | (x == y), (uint64_t)p->v[t.first].tag << 8 | p->v[c->head].tag);
    bool holds_who = c->who.end && c->who.first < t.end && t.first < c->who.end;
    feature_add(a, out, P_WHO_IN, holds_who, c->who.end > 0);
    feature_add(a, out, P_LEFT, c->left, (uint64_t)quotes << 4 | length_step(length));
    uint32_t same = rule_edge(c, side, t.first, false) == 1 && rule_edge(c, side, t.end, true) == 1;
    feature_add(a, out, P_RULE, same, kind);
}

static void none_features(arena *a, const token_view *v, const cue_site *c, int side, feature_keys *out)
{
    const parse *p = v->r->p;
    uint32_t     kind = v->row[c->head] ? v->row[c->head]->kind + 1u : 0;
    uint64_t     has = 0;
    for_children (p, c->head, k)
        if ((k > c->head) == (side == SIDE_RIGHT) && p->v[k].dep != DEP_punct) has |= (uint64_t)1 << (p->v[k].dep & 63);
    uint32_t rule = rule_edge(c, side, 0, false) == 2 ? 1 : c->rule ? 2 : 0;
    feature_add(a, out, S_NONE, 0, 0);
    feature_add(a, out, S_NONE_LEMMA, lemma_key(p, c->head), 0);
    feature_add(a, out, S_NONE_DEP, p->v[c->head].dep, p->v[c->head].tag);
    feature_add(a, out, S_NONE_HAS, has, kind);
    for (uint64_t d = 0; d < 64; d++)
        if (has >> d & 1) feature_add(a, out, S_NONE_HAS, d, 1000);
    feature_add(a, out, S_NONE_RULE, rule, kind);
    feature_add(a, out, S_NONE_LEFT, c->left, kind);
    feature_add(a, out, S_NONE_LEFT, c->left, 1000 + (uint64_t)p->v[c->head].dep);
    // a quotation on this side, or on the other
    uint32_t near = 0;
    for (uint32_t k = 0; k < 8; k++) {
        if (c->at.end + k < p->n && v->r->quotes.of[c->at.end + k] != NO_QUOTE) near |= 1;
        if (c->at.first > k && v->r->quotes.of[c->at.first - 1 - k] != NO_QUOTE) near |= 2;
    }
    feature_add(a, out, S_NONE_HAS, near, 2000);
}

candidate_list side_candidates(arena *a, const token_view *v, const cue_site *c, int side)
{
    candidate_list l = {0};
    uint32_t       sv[FAR_EDGES + 16], ev[FAR_EDGES + 16];
    edge_list      starts = {sv, 0, side == SIDE_RIGHT ? NEAR_EDGES : FAR_EDGES},
              ends = {ev, 0, side == SIDE_RIGHT ? FAR_EDGES : NEAR_EDGES};
    if (side == SIDE_RIGHT) right_edges(v, c, &starts, &ends);
    else left_edges(v, c, &starts, &ends);
    l.n_edge[0] = starts.n;
    l.n_edge[1] = ends.n;
    l.edge[0] = new_array(a, feature_keys, starts.n + 1);
    l.edge[1] = new_array(a, feature_keys, ends.n + 1);
    *push(a, &l) = (candidate){{0, 0}, 0, 0};
    for (uint32_t i = 0; i < starts.n; i++)
        for (uint32_t k = 0; k < ends.n; k++) {
            bool right = side == SIDE_RIGHT ? sv[i] >= c->at.end : ev[k] <= c->at.first;
            if (sv[i] < ev[k] && right) *push(a, &l) = (candidate){{sv[i], ev[k]}, i, k};
        }
    l.own = new_array(a, feature_keys, l.n);
    none_features(a, v, c, side, &l.own[0]);
    for (size_t i = 1; i < l.n; i++) span_features(a, v, c, side, l.v[i].at, &l.own[i]);
    for (size_t i = 0; i < starts.n; i++)
        if (sv[i] < v->r->p->n) edge_features(a, v, c, side, sv[i], false, &l.edge[0][i]);
    for (size_t i = 0; i < ends.n; i++)
        if (ev[i] > 0) edge_features(a, v, c, side, ev[i], true, &l.edge[1][i]);
    return l;
}

// --- source ---

static bool may_be_source(const parse *p, uint32_t i)
{
    uint8_t pos = p->v[i].pos, d = p->v[i].dep;
    if (pos == POS_PROPN || pos == POS_NOUN || pos == POS_PRON) return d != DEP_compound;
    return (pos == POS_NUM || pos == POS_DET || pos == POS_ADJ || pos == POS_VERB || pos == POS_ADV) &&
           (d == DEP_nsubj || d == DEP_nsubjpass || d == DEP_pobj || d == DEP_agent);
}

static void who_features(arena *a, const token_view *v, const cue_site *c, uint32_t h, token_range t, uint32_t cut,
                         uint32_t subject, feature_keys *out)
{
    const parse *p = v->r->p;
    uint64_t     rel = relation_key(p, h, c->head), lemma = lemma_key(p, c->head);
    uint32_t     kind = v->row[c->head] ? v->row[c->head]->kind + 1u : 0;
    bool         before = t.end <= c->at.first;
    uint32_t     distance = before ? c->at.first - t.end : t.first - c->at.end;
    bool         passive = parse_has_child(p, c->head, DEP_auxpass);
    feature_add(a, out, W_REL, rel, before);
    feature_add(a, out, W_REL_LEMMA, rel, lemma);
    feature_add(a, out, W_KIND_REL, rel, kind);
    feature_add(a, out, W_CUE_REL, rel, (uint64_t)p->v[c->head].dep << 8 | p->v[c->head].tag);
    feature_add(a, out, W_DEP, p->v[h].dep, before);
    feature_add(a, out, W_LEMMA, lemma_key(p, h), 0);
    feature_add(a, out, W_ENT, p->v[h].ent, p->v[h].pos);
    feature_add(a, out, W_POS, p->v[h].tag, p->v[h].dep);
    feature_add(a, out, W_DISTANCE, length_step(distance), before);
    feature_add(a, out, W_SIDE, lemma, before * 64u + p->v[h].dep);
    feature_add(a, out, W_CUT, cut, p->v[h].pos);
    feature_add(a, out, W_CUT, cut, 1000u + p->v[h].ent);
    feature_add(a, out, W_LENGTH, length_step(t.end - t.first), cut & 255);
    feature_add(a, out, W_SUBJECT, h == subject, p->v[c->head].dep);
    feature_add(a, out, W_SUBJECT, h == subject, 1000u + passive * 2u + before);
    feature_add(a, out, W_PASSIVE, passive, p->v[h].dep);
    feature_add(a, out, W_FIRST, str_hash(p->v[t.first].lower), 0);
    feature_add(a, out, W_NEXT, t.end < p->n ? str_hash(p->v[t.end].lower) : 1, cut & 255);
    feature_add(a, out, W_LAST, p->v[t.end - 1].tag, t.end < p->n ? p->v[t.end].tag : 255);
    feature_add(a, out, W_BEFORE, t.first > 0 ? str_hash(p->v[t.first - 1].lower) : 1, 0);
    feature_add(a, out, W_QUOTE, v->r->quotes.of[h] != NO_QUOTE, v->r->quotes.of[c->head] != NO_QUOTE);
    feature_add(a, out, W_COMMAS, count_between(v, before ? t.end : c->at.end, before ? c->at.first : t.first, 0), before);
    feature_add(a, out, W_SENTENCE, p->v[h].sentence == p->v[c->head].sentence, before);
    if (!c->rule) return;
    bool same_head = c->rule->who == h,
         same = c->rule->who != TOKEN_NONE && c->rule->who_at.first == t.first && c->rule->who_at.end == t.end;
    feature_add(a, out, W_RULE, same, kind);
    feature_add(a, out, W_RULE_HEAD, same_head, kind);
    feature_add(a, out, W_RULE_HEAD, 2u + (c->rule->who == TOKEN_NONE), kind);
}

typedef struct {
    arena            *a;
    const token_view *v;
    const cue_site   *c;
    candidate_list    l;
    site_room         room;
    uint32_t          subject;
} who_search;

static void add_who(who_search *s, uint32_t h, uint32_t first, uint32_t end, uint32_t cut)
{
    const parse *p = s->v->r->p;
    token_range  t = view_trim(p, first, end);
    if (s->l.n > MOST_WHO) return;
    if (t.end > t.first && p->v[t.end - 1].tag == TAG_POS && (cut & 255) != 100u + DEP_case) t.end--;
    t.first = draft_after_dateline(p, t.first, t.end);
    if (t.first >= t.end || !range_holds(t, h) || (t.first < s->c->at.end && t.end > s->c->at.first)) return;
    for (size_t i = s->l.n; i-- > 1 && s->l.v[i].first_edge == h;)
        if (s->l.v[i].at.first == t.first && s->l.v[i].at.end == t.end) return;
    *push(s->a, &s->l) = (candidate){t, h, cut};
}

// The noun phrase at h with its ends in several places: whole, or cut before what hangs on behind it.
static void add_phrases(who_search *s, uint32_t h)
{
    const parse *p = s->v->r->p;
    uint32_t     left = p->v[h].left, right = p->v[h].right, inner = h;
    if (left < s->room.first && h >= s->room.first) left = s->room.first;
    if (right > s->room.end && h < s->room.end) right = s->room.end;
    left = draft_after_dateline(p, left, h + 1);
    if (right - left > 60) right = h + 40 < right ? h + 40 : right;
    if (h - left > 40) left = h - 40;
    for_children (p, h, c) {
        uint8_t d = p->v[c].dep;
        if (c < h && (d == DEP_compound || d == DEP_amod || d == DEP_det || d == DEP_poss || d == DEP_nummod || d == DEP_nmod) &&
            p->v[c].left < inner && h - p->v[c].left < 20)
            inner = p->v[c].left;
    }
    uint32_t lefts[2] = {left, inner};
    for (int k = 0; k < (left == inner ? 1 : 2); k++) {
        add_who(s, h, lefts[k], right, 1u | (uint32_t)k << 8);
        add_who(s, h, lefts[k], h + 1, 2u | (uint32_t)k << 8);
        for_children (p, h, c) {
            if (s->l.n > MOST_WHO) break;
            if (c < h) continue;
            uint8_t d = p->v[c].dep;
            if (d == DEP_punct) continue;
            add_who(s, h, lefts[k], p->v[c].left, (10u + d) | (uint32_t)k << 8);
            add_who(s, h, lefts[k], p->v[c].right, (100u + d) | (uint32_t)k << 8);
        }
    }
}

candidate_list who_candidates(arena *a, const token_view *v, const cue_site *c)
{
    who_search   s = {.a = a, .v = v, .c = c, .room = room_of(v, c)};
    const parse *p = v->r->p;
    site_room    m = s.room;
    uint32_t     seen = 0;
    draft        named = {.cue = c->head, .who = TOKEN_NONE};
    draft_set_who(v->r, &named, draft_subject(v->r, c->head)); // behind a dateline
    s.subject = named.who;
    uint32_t begins = draft_after_dateline(p, m.first, c->at.first);
    if (begins > m.first) m.first = s.room.first = begins;
    *push(a, &s.l) = (candidate){{0, 0}, TOKEN_NONE, 0};
    for (uint32_t i = c->at.first; i-- > m.first && seen < SPAN_HEADS;)
        if (may_be_source(p, i)) add_phrases(&s, i), seen++;
    seen = 0;
    for (uint32_t i = c->at.end; i < m.end && seen < SPAN_HEADS; i++)
        if (may_be_source(p, i)) add_phrases(&s, i), seen++;
    if (s.subject != TOKEN_NONE && (s.subject < m.first || s.subject >= m.end)) add_phrases(&s, s.subject);
    candidate_list l = s.l;
    l.own = new_array(a, feature_keys, l.n);
    feature_add(a, &l.own[0], W_NONE, parse_has_child(p, c->head, DEP_auxpass), 0);
    feature_add(a, &l.own[0], W_NONE_LEMMA, lemma_key(p, c->head), 0);
    feature_add(a, &l.own[0], W_NONE_DEP, p->v[c->head].dep, p->v[c->head].tag);
    feature_add(a, &l.own[0], W_NONE_RULE, !c->rule ? 0 : c->rule->who == TOKEN_NONE ? 1 : 2, s.subject != TOKEN_NONE);
    for (size_t i = 1; i < l.n; i++) who_features(a, v, c, l.v[i].first_edge, l.v[i].at, l.v[i].last_edge, s.subject, &l.own[i]);
    return l;
}

double candidate_score(const weight_table *w, const candidate_list *l, size_t i, const float *edge_scores[2])
{
    double s = (double)weights_sum(w, &l->own[i]);
    if (i && l->n_edge[0]) s += (double)(edge_scores[0][l->v[i].first_edge] + edge_scores[1][l->v[i].last_edge]);
    return s;
}
