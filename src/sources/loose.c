// Quotations that no cue took: more of what somebody just said, or words whose speaker only the context tells.

#include "sources/draft.h"

#include <stdlib.h>

enum {
    LOOSE_WORDS = 3,  // shorter quotations are single words set off
    NEAR_DRAFTS = 12, // attributions looked back at for who speaks
};

#define NO_OWNER UINT32_MAX

typedef struct {
    const reading *r;
    draft_list    *l;
    bool          *taken; // [tokens] content of some attribution
    uint32_t      *owner; // [quotations] the attribution whose content begins in it, or NO_OWNER
} loose_search;

static void note_content(const loose_search *s, size_t i)
{
    const draft *d = &s->l->v[i];
    for (size_t k = 0; k < d->n_content; k++) {
        uint32_t of = s->r->quotes.of[d->content[k].first];
        if (of != NO_QUOTE && s->owner[of] == NO_OWNER) s->owner[of] = (uint32_t)i;
        for (uint32_t t = d->content[k].first; t < d->content[k].end; t++) s->taken[t] = true;
    }
}

static bool quote_taken(const loose_search *s, const quotation *q)
{
    uint32_t held = 0;
    for (uint32_t i = q->inner; i < q->last; i++) held += s->taken[i];
    return 2 * held >= q->last - q->inner;
}

static uint32_t loose_words(const parse *p, const quotation *q)
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
static uint32_t speaker_before(const loose_search *s, const quotation *q)
{
    const reading *r = s->r;
    uint32_t       best = NO_OWNER, best_end = 0;
    size_t         after = 0, steps = 0;
    for (size_t low = 0, high = s->l->n; low < high;) { // attributions stand in order of their cues
        size_t mid = low + (high - low) / 2;
        if (s->l->v[mid].cue < q->first) low = after = mid + 1;
        else high = mid;
    }
    for (size_t i = after; i-- > 0 && steps < NEAR_DRAFTS; steps++) {
        const draft *d = &s->l->v[i];
        uint32_t     end = draft_end(d);
        if (end > q->first || d->declined || !quotes_something(r, d) || (best != NO_OWNER && end < best_end)) continue;
        best = (uint32_t)i;
        best_end = end;
    }
    if (best == NO_OWNER) return NO_OWNER;
    uint32_t here = r->quotes.paragraph[q->first], there = r->quotes.paragraph[best_end - 1];
    if (here == there) return sentence_between(r->p, best_end, q->first) ? NO_OWNER : best;
    bool near = here <= there + 2 && before_it(r, q->first) == TOKEN_NONE;
    bool ends = r->quotes.of[best_end - 1] != NO_QUOTE || best_end + 1 >= r->p->n || r->p->v[best_end].tag == TAG_PERIOD;
    return near && (q->carried || ends) ? best : NO_OWNER;
}

// The attribution whose quotation begins right after this one.
static uint32_t speaker_after(const loose_search *s, size_t i)
{
    const quotation *q = &s->r->quotes.v[i], *next = q + 1;
    if (i + 1 >= s->r->quotes.n || next->first > q->end + 1) return NO_OWNER;
    return s->r->quotes.paragraph[q->first] == s->r->quotes.paragraph[next->first] ? s->owner[i + 1] : NO_OWNER;
}

// 'The mayor opposed the plan: "…"': the verb of the sentence that ends in the colon, and its subject.
static bool after_colon(const reading *r, const quotation *q, uint32_t colon, draft *out)
{
    const parse *p = r->p;
    uint32_t     v = p->sentences[p->v[colon].sentence].root;
    if (v > colon || p->v[v].pos != POS_VERB || r->quotes.paragraph[v] != r->quotes.paragraph[colon]) return false;
    uint32_t who = draft_subject(r, v);
    if (who == TOKEN_NONE) return false;
    draft d = {.cue = v, .who = TOKEN_NONE, .rule = STR("quotation after a colon"), .cue_at = draft_cue_words(p, v)};
    draft_set_who(r, &d, who);
    draft_add_piece(r, &d, q->first, q->end);
    d.fixed = true;
    *out = d;
    return d.n_content > 0;
}

// In order of their cues; one without a cue stands where its words do.
static int by_cue(const void *x, const void *y)
{
    const draft *a = x, *b = y;
    return (a->cue > b->cue) - (a->cue < b->cue);
}

void loose_quotes_attach(const reading *r, draft_list *l)
{
    loose_search s = {
        .r = r, .l = l, .taken = new_array(r->a, bool, r->p->n + 1), .owner = new_array(r->a, uint32_t, r->quotes.n + 1)};
    draft_list more = {0};
    for (size_t i = 0; i <= r->quotes.n; i++) s.owner[i] = NO_OWNER;
    for (size_t i = 0; i < l->n; i++) note_content(&s, i);
    for (size_t i = 0; i < r->quotes.n; i++) {
        const quotation *q = &r->quotes.v[i];
        if (loose_words(r->p, q) < LOOSE_WORDS || quote_taken(&s, q)) continue;
        uint32_t b = before_it(r, q->first);
        if (b != TOKEN_NONE && str_is(r->p->v[b].text, ":")) {
            draft d;
            if (after_colon(r, q, b, &d)) *push(r->a, &more) = d;
            continue;
        }
        bool free_standing = b == TOKEN_NONE || r->p->v[b].tag == TAG_PERIOD || r->quotes.of[b] != NO_QUOTE;
        if (!free_standing) continue;
        uint32_t d = speaker_after(&s, i);
        if (d == NO_OWNER) d = speaker_before(&s, q);
        if (d == NO_OWNER) continue;
        draft_add_piece(r, &l->v[d], q->first, q->end);
        note_content(&s, d);
    }
    for (size_t i = 0; i < more.n; i++) *push(r->a, l) = more.v[i];
    if (more.n) qsort(l->v, l->n, sizeof *l->v, by_cue);
}
