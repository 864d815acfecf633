#include "sources/secrecy.h"

enum {
    AROUND = 80, // tokens on either side of the cue that are looked at
    BEHIND = 14, // tokens from the words to the "because" that gives the reason
};

bool secrecy_load(secrecy_table *t, const data_set *d, fault *f)
{
    tsv rows;
    *t = (secrecy_table){0};
    if (!data_open(d, "sources/secrecy.tsv", &rows, f)) return false;
    while (tsv_next(&rows)) {
        secrecy_row row = {.clause = str_is(tsv_get(&rows, "reason"), "clause")};
        if (!row.clause && !str_is(tsv_get(&rows, "reason"), "after"))
            return fault_set(f, "%s:%d: reason is neither after nor clause", rows.file, rows.line);
        for (str rest = tsv_get(&rows, "words"); rest.p && rest.n && row.n < SECRECY_WORDS;)
            row.word[row.n++] = str_split(rest, ' ', &rest);
        *push(d->a, t) = row;
    }
    return true;
}

static bool lemma_or_word(const token *t, str word) { return str_eq(t->lemma, word) || str_eq(t->lower, word); }

// The end of the row's words where they stand in a row from token i on, or 0. "n't" counts as "not", and adverbs may stand
// between.
static uint32_t secrecy_match(const parse *p, const secrecy_row *row, uint32_t i, uint32_t end)
{
    for (size_t k = 0; k < row->n; k++, i++) {
        while (k && i < end && p->v[i].pos == POS_ADV && !lemma_or_word(&p->v[i], row->word[k])) i++;
        if (i >= end) return 0;
        bool same = lemma_or_word(&p->v[i], row->word[k]) || (str_is(row->word[k], "not") && p->v[i].dep == DEP_neg);
        if (!same) return 0;
    }
    return i;
}

static bool gives_reason(const parse *p, uint32_t i)
{
    str  w = p->v[i].lower;
    bool fear = str_is(w, "for") && i + 1 < p->n && str_is(p->v[i + 1].lower, "fear");
    return fear || str_is(w, "because") || str_is(w, "given") || str_is(w, "due") || str_is(w, "since") || str_is(w, "citing") ||
           str_is(w, "owing") || str_is(w, "fearing");
}

static span to_clause_end(const parse *p, uint32_t from, uint32_t head, uint32_t end)
{
    uint32_t stop = p->v[head].right > from ? p->v[head].right : end;
    if (stop > end) stop = end;
    while (stop > from && (p->v[stop - 1].pos == POS_PUNCT || p->v[stop - 1].pos == POS_SPACE)) stop--;
    return parse_span(p, from, stop);
}

span secrecy_reason(const reading *r, const secrecy_table *t, uint32_t at)
{
    const parse    *p = r->p;
    const sentence *s = &p->sentences[p->v[at].sentence];
    uint32_t        first = at > s->first + AROUND ? at - AROUND : s->first, end = s->end > at + AROUND ? at + AROUND : s->end;
    for (uint32_t i = first; i < end; i++)
        for (size_t k = 0; k < t->n; k++) {
            uint32_t behind = secrecy_match(p, &t->v[k], i, end);
            if (!behind) continue;
            if (t->v[k].clause) return to_clause_end(p, i, p->v[behind - 1].head, end);
            for (uint32_t b = behind; b < end && b < behind + BEHIND; b++)
                if (gives_reason(p, b)) return to_clause_end(p, b, p->v[b].dep == DEP_mark ? p->v[b].head : b, end);
        }
    return (span){0, 0};
}
