#include "sources/quotes.h"

typedef enum { MARK_NONE, MARK_OPEN, MARK_CLOSE, MARK_EITHER } mark_side;

// Double marks only, as tokens: “ ” " `` '' « ». What a mark does that looks the same at both ends is told by
// what stands beside it.
static mark_side quote_mark(const parse *p, uint32_t i)
{
    str s = p->v[i].text;
    if (str_is(s, "`") && i + 1 < p->n && str_is(p->v[i + 1].text, "`") && !p->v[i].spaced) return MARK_OPEN; // `` in two tokens
    if (str_is(s, "“") || str_is(s, "``") || str_is(s, "„") || str_is(s, "«")) return MARK_OPEN;
    if (str_is(s, "”") || str_is(s, "»")) return MARK_CLOSE;
    if (!str_is(s, "\"") && !str_is(s, "''")) return MARK_NONE;
    uint32_t at = p->v[i].at.start;
    bool     space_before = at == 0 || p->text.p[at - 1] == ' ' || p->text.p[at - 1] == '\n' || p->text.p[at - 1] == '(';
    uint32_t after = p->v[i].at.end;
    bool     space_after = after >= p->text.n || p->text.p[after] == ' ' || p->text.p[after] == '\n';
    if (space_before && !space_after) return MARK_OPEN;
    if (space_after && !space_before) return MARK_CLOSE;
    return MARK_EITHER;
}

static bool ends_paragraph(const parse *p, uint32_t i)
{
    if (p->v[i].pos != POS_SPACE) return false;
    for (size_t k = 0; k < p->v[i].text.n; k++)
        if (p->v[i].text.p[k] == '\n') return true;
    return false;
}

static void add_quote(arena *a, quote_list *q, uint32_t first, uint32_t end, bool open, bool carried)
{
    if (end - first < (open ? 2u : 3u)) return;
    quotation *n = push(a, q);
    *n = (quotation){
        .first = first, .end = end, .inner = first + 1, .last = open ? end : end - 1, .open = open, .carried = carried};
    for (uint32_t i = first; i < end; i++) q->of[i] = (uint32_t)q->n - 1;
}

quote_list quotes_find(arena *a, const parse *p)
{
    quote_list q = {0};
    q.of = new_array(a, uint32_t, p->n + 1);
    q.paragraph = new_array(a, uint32_t, p->n + 1);
    uint32_t paragraph = 0, open = TOKEN_NONE;
    bool     carried = false; // the paragraph before ended inside a quotation
    bool     began = true;    // nothing but white space since the paragraph began
    q.begins = new_array(a, uint32_t, p->n + 2);
    for (uint32_t i = 0; i < p->n; i++) q.of[i] = NO_QUOTE;
    for (uint32_t i = 0; i < p->n; i++) {
        q.paragraph[i] = paragraph;
        if (ends_paragraph(p, i)) {
            if (open != TOKEN_NONE) add_quote(a, &q, open, i, true, carried);
            carried = open != TOKEN_NONE;
            open = TOKEN_NONE;
            began = true;
            q.begins[++paragraph] = i + 1;
            continue;
        }
        mark_side m = quote_mark(p, i);
        if (m == MARK_EITHER) m = open == TOKEN_NONE ? MARK_OPEN : MARK_CLOSE;
        if (m == MARK_OPEN && open == TOKEN_NONE) {
            carried &= began;
            open = i;
        } else if (m == MARK_CLOSE && open != TOKEN_NONE) {
            add_quote(a, &q, open, i + 1, false, carried);
            open = TOKEN_NONE;
            carried = false;
        }
        if (m == MARK_NONE && open == TOKEN_NONE) carried = false;
        began &= p->v[i].pos == POS_SPACE;
    }
    if (open != TOKEN_NONE) add_quote(a, &q, open, (uint32_t)p->n, true, carried);
    q.begins[paragraph + 1] = (uint32_t)p->n;
    return q;
}
