// What is asked of a token to tell whether it belongs to a cue.

#include "sources/learned.h"

enum {
    Q_WORD = 1,
    Q_LEMMA,
    Q_TAG,
    Q_DEP,
    Q_ENT,
    Q_SHAPE,
    Q_END,
    Q_LEMMA_DEP,
    Q_LEMMA_TAG,
    Q_NEAR_WORD,
    Q_NEAR_TAG = Q_NEAR_WORD + 8,
    Q_TAGS = Q_NEAR_TAG + 8,
    Q_HEAD_LEMMA,
    Q_HEAD_TAG,
    Q_DEP_HEAD,
    Q_DEP_HEADTAG,
    Q_CHILD,
    Q_CHILD_LEMMA,
    Q_CHILDREN,
    Q_CHILDSET,
    Q_LEMMA_CHILD,
    Q_QUOTE,
    Q_MARKS,
    Q_THAT,
    Q_RATE,
    Q_RATE_HEAD,
    Q_RATE_NEAR,
    Q_RATE_UP,
    Q_RATE_BEST,
    Q_RATE_DEP,
    Q_RULE,
    Q_RULE_KIND,
    Q_ROW,
    Q_ROW_HEAD,
    Q_SUBJECT,
    Q_LEMMA_SUBJECT,
    Q_QUOTE_NEAR,
    Q_LEMMA_QUOTE,
    Q_PLACE,
    Q_GRAND,
    Q_BIGRAM,
    Q_NEG,
    Q_ALWAYS,
    Q_RULE_HEAD,
    Q_HEAD_RULE,
    Q_COMPLEMENT
};

static uint64_t shape_key(str s)
{
    uint64_t h = 0;
    char     last = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], k = c >= 'A' && c <= 'Z'      ? 'X'
                             : c >= 'a' && c <= 'z'    ? 'x'
                             : c >= '0' && c <= '9'    ? '9'
                             : (unsigned char)c >= 128 ? 'u'
                                                       : c;
        if (k == last) continue;
        h = h * 131 + (unsigned char)k;
        last = k;
    }
    return h;
}

token_range view_trim(const parse *p, uint32_t first, uint32_t end)
{
    while (first < end && (p->v[first].pos == POS_PUNCT || p->v[first].pos == POS_SPACE)) first++;
    while (end > first && (p->v[end - 1].pos == POS_PUNCT || p->v[end - 1].pos == POS_SPACE)) end--;
    return (token_range){first, end};
}

uint64_t view_rate_key(const parse *p, uint32_t i) { return feature_key(1, str_hash(p->v[i].lemma), p->v[i].pos); }

token_view view_make(const reading *r, const draft_list *rules)
{
    const parse *p = r->p;
    token_view   v = {.r = r, .work = r->a};
    v.rate = new_array(r->a, uint8_t, p->n + 1);
    v.best_rate = new_array(r->a, uint8_t, p->n_sentences + 1);
    v.rule = new_array(r->a, const draft *, p->n + 1);
    v.row = new_array(r->a, const cue *, p->n + 1);
    v.cue = new_array(r->a, bool, p->n + 1);
    for (size_t i = 0; i < rules->n; i++) {
        const draft *d = &rules->v[i];
        if (d->cue == TOKEN_NONE) continue;
        for (uint32_t k = d->cue_at.first; k < d->cue_at.end; k++) v.rule[k] = d;
    }
    for (uint32_t i = 0; i < p->n; i++) v.row[i] = cues_at(r->cues, p, i);
    return v;
}

void view_best_rates(const token_view *v)
{
    const parse *p = v->r->p;
    for (uint32_t i = 0; i < p->n; i++)
        if (v->rate[i] > v->best_rate[p->v[i].sentence]) v->best_rate[p->v[i].sentence] = v->rate[i];
}

static uint64_t lemma_key_at(const parse *p, uint32_t i) { return str_hash(p->v[i].lemma); }

static void ask_of_children(const token_view *v, uint32_t i, feature_keys *out)
{
    arena       *a = v->work;
    const parse *p = v->r->p;
    uint64_t     set = 0, order = 0, lemma = lemma_key_at(p, i);
    bool         that = false;
    for_children (p, i, c) {
        uint8_t d = p->v[c].dep;
        if (d == DEP_punct) continue;
        set |= (uint64_t)1 << (d & 63);
        order = order * 67 + d + (c > i ? 64u * 67 : 0);
        feature_add(a, out, Q_CHILD, d, c > i);
        feature_add(a, out, Q_LEMMA_CHILD, lemma, d * 2u + (c > i));
        if (d == DEP_mark || d == DEP_prep || d == DEP_prt || d == DEP_aux || d == DEP_neg || d == DEP_dobj || d == DEP_acomp ||
            d == DEP_agent)
            feature_add(a, out, Q_CHILD_LEMMA, lemma_key_at(p, c), d);
        if (d == DEP_nsubj || d == DEP_nsubjpass || d == DEP_poss) {
            feature_add(a, out, Q_SUBJECT, p->v[c].tag * 32u + p->v[c].ent, d);
            feature_add(a, out, Q_LEMMA_SUBJECT, lemma_key_at(p, c), 0);
        }
        if (d == DEP_ccomp || d == DEP_acl || d == DEP_xcomp || d == DEP_relcl) {
            uint32_t m = parse_child(p, c, DEP_mark);
            that |= m != TOKEN_NONE && str_is(p->v[m].lower, "that");
            feature_add(a, out, Q_COMPLEMENT, d * 64u + p->v[c].tag, v->r->quotes.of[c] != NO_QUOTE);
        }
    }
    feature_add(a, out, Q_CHILDREN, order, p->v[i].pos);
    feature_add(a, out, Q_CHILDSET, set, lemma);
    if (that) feature_add(a, out, Q_THAT, p->v[i].pos, 0);
}

static void ask_of_rates(const token_view *v, uint32_t i, feature_keys *out)
{
    arena       *a = v->work;
    const parse *p = v->r->p;
    uint32_t     h = p->v[i].head, up = h, steps = 0;
    while (steps < 6 && p->v[up].head != up && v->rate[up] < 3) up = p->v[up].head, steps++;
    feature_add(a, out, Q_RATE, v->rate[i], 0);
    feature_add(a, out, Q_RATE_DEP, v->rate[i], p->v[i].dep);
    feature_add(a, out, Q_RATE_HEAD, v->rate[h], p->v[i].dep);
    feature_add(a, out, Q_RATE_NEAR, i > 0 ? v->rate[i - 1] : 15, 0);
    feature_add(a, out, Q_RATE_NEAR, i + 1 < p->n ? v->rate[i + 1] : 15, 1);
    feature_add(a, out, Q_RATE_UP, v->rate[up], steps);
    uint8_t best = v->best_rate[p->v[i].sentence];
    feature_add(a, out, Q_RATE_BEST, best, v->rate[i]);
}

static void ask_of_rules(const token_view *v, uint32_t i, feature_keys *out)
{
    arena       *a = v->work;
    const parse *p = v->r->p;
    const draft *d = v->rule[i], *hd = v->rule[p->v[i].head];
    feature_add(a, out, Q_RULE, !d ? 0 : d->cue == i ? 1 : d->cue_at.first == i ? 2 : 3, d && d->declined);
    if (d) {
        const cue *row = v->row[d->cue];
        feature_add(a, out, Q_RULE_KIND, row ? row->kind + 1u : 0, d->cue == i);
        feature_add(a, out, Q_RULE_HEAD, p->v[i].dep, d->cue == i);
    }
    if (hd) feature_add(a, out, Q_HEAD_RULE, p->v[i].dep, p->v[i].tag);
    if (v->row[i]) feature_add(a, out, Q_ROW, v->row[i]->kind, v->row[i]->frames);
    if (v->row[p->v[i].head]) feature_add(a, out, Q_ROW_HEAD, v->row[p->v[i].head]->kind, p->v[i].dep);
}

static void ask_of_quotes(const token_view *v, uint32_t i, feature_keys *out)
{
    arena            *a = v->work;
    const parse      *p = v->r->p;
    const quote_list *q = &v->r->quotes;
    uint32_t          marks = 0, before = 0, after = 0;
    if (i > 0)
        marks |= str_is(p->v[i - 1].text, ",") ? 1u : q->of[i - 1] != NO_QUOTE ? 2u : p->v[i - 1].pos == POS_PUNCT ? 3u : 0;
    if (i + 1 < p->n)
        marks |= 4 * (str_is(p->v[i + 1].text, ",")   ? 1u
                      : str_is(p->v[i + 1].text, ":") ? 2u
                      : p->v[i + 1].pos == POS_PUNCT  ? 3u
                                                      : 0);
    for (uint32_t k = 1; k < 5 && !before; k++) before = i >= k && q->of[i - k] != NO_QUOTE ? k : 0;
    for (uint32_t k = 1; k < 5 && !after; k++) after = i + k < p->n && q->of[i + k] != NO_QUOTE ? k : 0;
    feature_add(a, out, Q_QUOTE, q->of[i] != NO_QUOTE, p->v[i].pos);
    feature_add(a, out, Q_MARKS, marks, p->v[i].pos);
    feature_add(a, out, Q_QUOTE_NEAR, before * 8 + after, p->v[i].pos);
    feature_add(a, out, Q_LEMMA_QUOTE, lemma_key_at(p, i), q->of[i] != NO_QUOTE ? 9 : (before > 0) * 2u + (after > 0));
}

void cue_features(const token_view *v, uint32_t i, feature_keys *out)
{
    arena          *a = v->work;
    const parse    *p = v->r->p;
    const token    *t = &p->v[i], *h = &p->v[t->head], *g = &p->v[h->head];
    uint64_t        lemma = lemma_key_at(p, i), head = str_hash(h->lemma);
    const sentence *s = &p->sentences[t->sentence];
    feature_add(a, out, Q_ALWAYS, 0, 0);
    feature_add(a, out, Q_WORD, str_hash(t->lower), 0);
    feature_add(a, out, Q_LEMMA, lemma, t->pos);
    feature_add(a, out, Q_TAG, t->tag, 0);
    feature_add(a, out, Q_DEP, t->dep, t->pos);
    feature_add(a, out, Q_ENT, t->ent, (uint64_t)t->iob);
    feature_add(a, out, Q_SHAPE, shape_key(t->text), 0);
    feature_add(a, out, Q_END, str_hash(str_cut(t->lower, t->lower.n > 3 ? t->lower.n - 3 : 0, t->lower.n)), t->pos);
    feature_add(a, out, Q_LEMMA_DEP, lemma, t->dep);
    feature_add(a, out, Q_LEMMA_TAG, lemma, t->tag);
    for (int k = -2; k <= 2; k++) {
        if (!k) continue;
        int64_t at = (int64_t)i + k;
        bool    in = at >= s->first && at < s->end;
        feature_add(a, out, Q_NEAR_WORD + (uint32_t)(k + 2), in ? str_hash(p->v[at].lower) : 1, 0);
        feature_add(a, out, Q_NEAR_TAG + (uint32_t)(k + 2), in ? p->v[at].tag : 255, t->tag);
        if (k == 1) feature_add(a, out, Q_BIGRAM, lemma, in ? str_hash(p->v[at].lemma) : 1);
    }
    uint64_t before = i > s->first ? p->v[i - 1].tag : 255, after = i + 1 < s->end ? p->v[i + 1].tag : 255;
    feature_add(a, out, Q_TAGS, before * 256 + after, t->tag);
    feature_add(a, out, Q_HEAD_LEMMA, head, 0);
    feature_add(a, out, Q_HEAD_TAG, h->tag, t->dep);
    feature_add(a, out, Q_DEP_HEAD, head, t->dep);
    feature_add(a, out, Q_DEP_HEADTAG, (uint64_t)h->dep * 64 + t->dep, t->tag);
    feature_add(a, out, Q_GRAND, str_hash(g->lemma), t->dep * 64u + h->dep);
    feature_add(a, out, Q_PLACE, i == s->first, i < s->first + 3);
    ask_of_children(v, i, out);
    ask_of_rates(v, i, out);
    ask_of_rules(v, i, out);
    ask_of_quotes(v, i, out);
}

// The head of a cue: the token whose head lies outside, a verb rather than its auxiliary.
cue_site cue_site_of(const token_view *v, token_range at)
{
    const parse *p = v->r->p;
    cue_site     c = {.head = at.first, .at = at};
    int          best = -1;
    for (uint32_t i = at.first; i < at.end; i++) {
        uint32_t h = p->v[i].head;
        int      score = (h < at.first || h >= at.end || h == i) * 4 + (p->v[i].pos == POS_VERB) * 2 + (p->v[i].pos == POS_NOUN);
        if (score > best) best = score, c.head = i;
    }
    for (uint32_t i = at.first; i < at.end && !c.rule; i++) c.rule = v->rule[i];
    return c;
}
