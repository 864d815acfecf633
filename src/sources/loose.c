// Quotations that no cue took: more of what somebody just said, or words whose speaker only the context tells.

#include "sources/draft.h"

enum { LOOSE_WORDS = 3 };

static bool quote_taken(const draft_list *l, const quotation *q)
{
    uint32_t held = 0;
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->v[i].n_content; k++) {
            token_range c = l->v[i].content[k];
            uint32_t    a = c.first > q->inner ? c.first : q->inner, b = c.end < q->last ? c.end : q->last;
            if (b > a && b - a > held) held = b - a;
        }
    return 2 * held >= q->last - q->inner;
}

static uint32_t words_of(const parse *p, const quotation *q)
{
    uint32_t n = 0;
    for (uint32_t i = q->inner; i < q->last; i++) n += p->v[i].pos != POS_PUNCT && p->v[i].pos != POS_SPACE;
    return n;
}

// The last token before i that is not white space, within the paragraph; or TOKEN_NONE.
static uint32_t before_it(const reading *r, uint32_t i)
{
    uint32_t para = r->quotes.paragraph[i];
    while (i > 0 && r->quotes.paragraph[i - 1] == para) {
        i--;
        if (r->p->v[i].pos != POS_SPACE) return i;
    }
    return TOKEN_NONE;
}

static uint32_t draft_end(const draft *d)
{
    uint32_t end = d->cue == TOKEN_NONE ? 0 : d->cue_at.end;
    if (d->who_at.end > end) end = d->who_at.end;
    for (size_t k = 0; k < d->n_content; k++)
        if (d->content[k].end > end) end = d->content[k].end;
    return end;
}

static bool quotes_something(const reading *r, const draft *d)
{
    for (size_t k = 0; k < d->n_content; k++)
        if (r->quotes.of[d->content[k].first] != NO_QUOTE || r->quotes.of[d->content[k].end - 1] != NO_QUOTE) return true;
    return false;
}

// A whole sentence lies between the two.
static bool sentence_between(const parse *p, uint32_t from, uint32_t to)
{
    int stops = 0;
    for (uint32_t i = from; i < to; i++) stops += p->v[i].tag == TAG_PERIOD;
    return stops > 1;
}

// The attribution right before the quotation whose speaker goes on: in the paragraph, or in the one before if that
// ended in his words.
static draft *speaker_before(const reading *r, draft_list *l, const quotation *q)
{
    draft   *best = NULL;
    uint32_t best_end = 0;
    for (size_t i = 0; i < l->n; i++) {
        draft   *d = &l->v[i];
        uint32_t end = draft_end(d);
        if (end > q->first || d->declined || !quotes_something(r, d) || (best && end < best_end)) continue;
        best = d;
        best_end = end;
    }
    if (!best) return NULL;
    uint32_t here = r->quotes.paragraph[q->first], there = r->quotes.paragraph[best_end - 1];
    if (here == there) return sentence_between(r->p, best_end, q->first) ? NULL : best;
    bool near = here <= there + 2 && before_it(r, q->first) == TOKEN_NONE;
    return near && (q->carried || r->quotes.of[best_end - 1] != NO_QUOTE || best_end + 1 >= r->p->n || r->p->v[best_end].tag == TAG_PERIOD) ? best : NULL;
}

// The attribution whose quotation begins right after this one.
static draft *speaker_after(const reading *r, draft_list *l, const quotation *q)
{
    for (size_t i = 0; i < l->n; i++)
        for (size_t k = 0; k < l->v[i].n_content; k++) {
            uint32_t of = r->quotes.of[l->v[i].content[k].first];
            if (of == NO_QUOTE || r->quotes.v[of].first < q->end || r->quotes.v[of].first > q->end + 1) continue;
            if (r->quotes.paragraph[q->first] == r->quotes.paragraph[r->quotes.v[of].first]) return &l->v[i];
        }
    return NULL;
}

// 'The mayor opposed the plan: "…"': the verb of the sentence that ends in the colon, and its subject.
static void after_colon(const reading *r, draft_list *l, const quotation *q, uint32_t colon)
{
    const parse *p = r->p;
    uint32_t     v = p->sentences[p->v[colon].sentence].root;
    if (v > colon || p->v[v].pos != POS_VERB || r->quotes.paragraph[v] != r->quotes.paragraph[colon]) return;
    uint32_t who = draft_subject(r, v);
    if (who == TOKEN_NONE) return;
    draft d = {.cue = v, .who = TOKEN_NONE, .rule = STR("quotation after a colon"), .cue_at = draft_cue_words(p, v)};
    draft_set_who(r, &d, who);
    draft_add_piece(r, &d, q->first, q->end);
    *push(r->a, l) = d;
}

void loose_quotes_attach(const reading *r, draft_list *l)
{
    for (size_t i = 0; i < r->quotes.n; i++) {
        const quotation *q = &r->quotes.v[i];
        if (words_of(r->p, q) < LOOSE_WORDS || quote_taken(l, q)) continue;
        uint32_t b = before_it(r, q->first);
        if (b != TOKEN_NONE && str_is(r->p->v[b].text, ":")) {
            after_colon(r, l, q, b);
            continue;
        }
        bool free_standing = b == TOKEN_NONE || r->p->v[b].tag == TAG_PERIOD || r->quotes.of[b] != NO_QUOTE;
        if (!free_standing) continue;
        draft *d = speaker_after(r, l, q);
        if (!d) d = speaker_before(r, l, q);
        if (d) draft_add_piece(r, d, q->first, q->end);
    }
}
