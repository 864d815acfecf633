// The cascade: cues, then source and content of each, then which of them stand.

#include "sources/learned.h"

#include <stdlib.h>

// Words that tell of a contest between parties: nine in ten reports on a campaign have so many different ones, one in thirty
// others.
enum { ELECTION_MUCH = 2, ELECTION_ANY = 5 };

// Added to the score of a token that begins a cue: more cues found for fewer right ones.
static const float CUE_BIAS = 0.4f;

static bool election_words_load(map *words, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "sources/register.tsv", &t, f)) return false;
    for (uint32_t n = 0; tsv_next(&t); n++)
        *map_put(d->a, words, tsv_get(&t, "word")) = 2 * n + str_is(tsv_get(&t, "tells"), "much");
    return true;
}

bool attribution_open(attribution_model *m, const data_set *d, fault *f)
{
    model_file file;
    str        bytes;
    return data_text(d, "sources/attribution.weights", &bytes, f) &&
           model_open(&file, d->a, bytes, "data/sources/attribution.weights", f) &&
           model_table(&file, "cue", CUE_LABELS, &m->cue, f) &&
           model_numbers(&file, "step", CUE_LABELS * (CUE_LABELS + 1), &m->step, f) && model_table(&file, "who", 1, &m->who, f) &&
           model_table(&file, "left", 1, &m->side[SIDE_LEFT], f) && model_table(&file, "right", 1, &m->side[SIDE_RIGHT], f) &&
           model_table(&file, "rates", 1, &m->rates, f) && election_words_load(&m->election, d, f);
}

// Two different words that tell much, or five of any.
bool reports_election(const reading *r, const attribution_model *m)
{
    bool  *seen = new_array(r->a, bool, m->election.n + 1);
    size_t much = 0, any = 0;
    for (uint32_t i = 0; i < r->p->n && much < ELECTION_MUCH && any < ELECTION_ANY; i++) {
        uint32_t k = map_get(&m->election, r->p->v[i].lower);
        if (k == MAP_NONE) k = map_get(&m->election, r->p->v[i].lemma);
        if (k == MAP_NONE || seen[k / 2]) continue;
        seen[k / 2] = true;
        any++;
        much += k % 2;
    }
    return much == ELECTION_MUCH || any == ELECTION_ANY;
}

static void fill_rates(const token_view *v, const attribution_model *m)
{
    const parse *p = v->r->p;
    for (uint32_t i = 0; i < p->n; i++) {
        float rate = 0;
        weights_add(&m->rates, (uint32_t)view_rate_key(p, i), &rate);
        v->rate[i] = (uint8_t)rate;
    }
    view_best_rates(v);
}

void learned_cues(const token_view *v, const attribution_model *m, const sentence *s, found_cues *out)
{
    arena       *a = v->work;
    size_t       n = s->end - s->first;
    float       *emit = new_array(a, float, n *CUE_LABELS), *node = new_array(a, float, n *CUE_LABELS);
    uint8_t     *label = new_array(a, uint8_t, n);
    feature_keys f = {0};
    for (uint32_t i = s->first; i < s->end; i++) {
        f.n = 0;
        cue_features(v, i, &f);
        weights_score(&m->cue, &f, emit + (size_t)(i - s->first) * CUE_LABELS);
        emit[(size_t)(i - s->first) * CUE_LABELS + CUE_BEGINS] += CUE_BIAS;
    }
    chain_best(a, emit, m->step, n, CUE_LABELS, label);
    chain_marginals(a, emit, m->step, n, CUE_LABELS, node, NULL);
    for (uint32_t i = s->first; i < s->end; i++) {
        size_t k = i - s->first;
        if (label[k] == CUE_OUT) continue;
        if (label[k] == CUE_BEGINS || !k || label[k - 1] == CUE_OUT)
            *push(v->r->a, out) = (found_cue){{i, i + 1}, node[k * CUE_LABELS + CUE_BEGINS]};
        else out->v[out->n - 1].at.end = i + 1;
        v->cue[i] = true;
    }
}

static size_t best_candidate(arena *a, const weight_table *w, const candidate_list *l)
{
    float *edge[2];
    for (int k = 0; k < 2; k++) {
        edge[k] = new_array(a, float, l->n_edge[k] + 1);
        for (size_t i = 0; i < l->n_edge[k]; i++) edge[k][i] = weights_sum(w, &l->edge[k][i]);
    }
    size_t best = 0;
    double top = -1e30;
    for (size_t i = 0; i < l->n; i++) {
        double s = candidate_score(w, l, i, (const float *[2]){edge[0], edge[1]});
        if (s > top) top = s, best = i;
    }
    return best;
}

static draft spans_of(const token_view *v, const attribution_model *m, token_range at)
{
    arena   *a = v->work;
    cue_site c = cue_site_of(v, at);
    draft    d = {.cue = c.head, .cue_at = at, .who = TOKEN_NONE, .rule = STR("model"), .declined = c.rule && c.rule->declined};
    candidate_list who = who_candidates(a, v, &c);
    size_t         k = best_candidate(a, &m->who, &who);
    if (k) {
        d.who = who.v[k].first_edge;
        d.who_at = who.v[k].at;
    }
    c.who = d.who_at;
    for (int side = 0; side < SIDES; side++) {
        candidate_list l = side_candidates(a, v, &c, side);
        k = best_candidate(a, &m->side[side], &l);
        if (k) draft_add_piece(v->r, &d, l.v[k].at.first, l.v[k].at.end);
        c.left = !k ? 1 : v->r->quotes.of[l.v[k].at.first] == NO_QUOTE ? 2 : 3;
    }
    return d;
}

static int by_certainty(const void *x, const void *y)
{
    const found_cue *a = x, *b = y;
    if (a->sure != b->sure) return a->sure < b->sure ? 1 : -1;
    return a->at.first < b->at.first ? -1 : 1;
}

static int by_place(const void *x, const void *y)
{
    const draft *a = x, *b = y;
    return a->cue_at.first < b->cue_at.first ? -1 : a->cue_at.first > b->cue_at.first;
}

// Leaves of the content what no attribution has taken yet.
static void leave_rest(const reading *r, draft *d, const bool *taken)
{
    draft rest = *d;
    rest.n_content = 0;
    for (size_t k = 0; k < d->n_content; k++)
        for (uint32_t i = d->content[k].first; i < d->content[k].end;) {
            uint32_t end = i;
            while (end < d->content[k].end && !taken[end]) end++;
            if (end > i) draft_add_piece(r, &rest, i, end);
            i = end > i ? end : i + 1;
        }
    *d = rest;
}

static void clear_work(void *work) { arena_clear(work); }

static void mark_taken(const draft *d, bool *taken, bool value)
{
    for (uint32_t k = d->cue_at.first; k < d->cue_at.end; k++) taken[k] = value;
    for (size_t k = 0; k < d->n_content; k++)
        for (uint32_t t = d->content[k].first; t < d->content[k].end; t++) taken[t] = value;
}

draft_list learned_find(const reading *r, const attribution_model *m, const draft_list *rules)
{
    const parse *p = r->p;
    token_view   v = view_make(r, rules);
    found_cues   cues = {0};
    draft_list   out = {0};
    fill_rates(&v, m);
    v.work = new (r->a, arena);
    arena_init(v.work, r->a->budget, r->a->full);
    arena_defer(r->a, clear_work, v.work);
    for (size_t s = 0; s < p->n_sentences; s++) {
        learned_cues(&v, m, &p->sentences[s], &cues);
        arena_clear(v.work);
    }
    if (cues.n) qsort(cues.v, cues.n, sizeof *cues.v, by_certainty);
    bool *taken = new_array(r->a, bool, p->n + 1), *named = new_array(r->a, bool, p->n + 1);
    for (size_t i = 0; i < cues.n; i++) {
        if (taken[cues.v[i].at.first] || taken[cues.v[i].at.end - 1] || named[cues.v[i].at.first]) continue;
        draft d = spans_of(&v, m, cues.v[i].at);
        arena_clear(v.work);
        leave_rest(r, &d, taken);
        if (!d.n_content) continue;
        *push(r->a, &out) = d;
        mark_taken(&d, taken, true);
        for (uint32_t k = d.who_at.first; k < d.who_at.end; k++) named[k] = true;
    }
    if (out.n) qsort(out.v, out.n, sizeof *out.v, by_place);
    return out;
}

// The models' attributions, and those that a colon or dash sets apart where they have nothing.
static draft_list with_set_apart(const reading *r, const draft_list *learned, const draft_list *rules)
{
    draft_list out = {0};
    bool      *taken = new_array(r->a, bool, r->p->n + 1);
    for (size_t i = 0; i < learned->n; i++) {
        mark_taken(&learned->v[i], taken, true);
        *push(r->a, &out) = learned->v[i];
    }
    for (size_t i = 0; i < rules->n; i++) {
        const draft *d = &rules->v[i];
        if (!d->apart || taken[d->cue] || taken[d->content[0].first]) continue;
        *push(r->a, &out) = *d;
    }
    if (out.n) qsort(out.v, out.n, sizeof *out.v, by_place);
    return out;
}

draft_list attributions_join(const reading *r, const draft_list *rules, const draft_list *learned, bool election)
{
    draft_list    out = {0};
    const draft **at = new_array(r->a, const draft *, r->p->n + 1); // the models' attribution whose cue holds the token
    if (election) return with_set_apart(r, learned, rules);
    for (size_t i = 0; i < learned->n; i++)
        for (uint32_t t = learned->v[i].cue_at.first; t < learned->v[i].cue_at.end; t++) at[t] = &learned->v[i];
    for (size_t i = 0; i < rules->n; i++) {
        draft        d = rules->v[i];
        const draft *l = NULL;
        for (uint32_t t = d.cue_at.first; d.cue != TOKEN_NONE && !l && t < d.cue_at.end; t++) l = at[t];
        if (l && !d.declined && !d.fixed && d.who != TOKEN_NONE) {
            for (uint32_t t = l->cue_at.first; t < l->cue_at.end; t++) at[t] = NULL; // only once
            d = *l;
            d.rule = rules->v[i].rule;
            for (size_t k = 0; k < d.n_content; k++)
                if (d.content[k].first > d.cue) d.content[k].end = draft_before_other_voice(r, d.content[k]);
        }
        *push(r->a, &out) = d;
    }
    loose_quotes_attach(r, &out); // what the models' content leaves out
    return out;
}
