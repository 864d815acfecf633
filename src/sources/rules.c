// The rules: each cue of the lexicon, and for it the source and the content, read off the tree and the quotation marks.

#include "sources/draft.h"
#include "sources/silence.h"

#include <stdlib.h>

enum {
    DATELINE = 16,     // tokens a dateline may have
    CLIMB = 12,        // steps up the tree for a subject: longer chains are parse errors
    PHRASE_LIMIT = 60, // tokens of a phrase that names a source
    REACH = 500,       // tokens a clause may go on to either side of its verb: no report has longer ones
    QUOTE_GAP = 25,    // tokens between a quotation and its cue
};

static bool is_mark_or_space(const parse *p, uint32_t i)
{
    return p->v[i].pos == POS_SPACE || (p->v[i].pos == POS_PUNCT && p->v[i].tag != TAG_LRB && p->v[i].tag != TAG_RRB) ||
           p->v[i].tag == TAG_OPEN_QUOTE || p->v[i].tag == TAG_CLOSE_QUOTE;
}

static token_range trimmed(const parse *p, uint32_t first, uint32_t end)
{
    while (first < end && is_mark_or_space(p, first)) first++;
    while (end > first && is_mark_or_space(p, end - 1)) end--;
    return (token_range){first, end};
}

// Adds words to the content: cut at white space and marks, joined with a piece that only marks part it from.
bool draft_add_piece(const reading *r, draft *d, uint32_t first, uint32_t end)
{
    token_range t = trimmed(r->p, first, end);
    if (t.first >= t.end) return false;
    size_t k = 0;
    while (k < d->n_content && d->content[k].first < t.first) k++;
    if (d->n_content == DRAFT_PIECES) return false;
    for (size_t i = d->n_content++; i > k; i--) d->content[i] = d->content[i - 1];
    d->content[k] = t;
    for (size_t i = 1; i < d->n_content;) {
        token_range *x = &d->content[i - 1], y = d->content[i];
        bool         joined = y.first <= x->end;
        if (!joined) {
            token_range gap = trimmed(r->p, x->end, y.first);
            joined = gap.first >= gap.end && r->quotes.paragraph[x->end - 1] == r->quotes.paragraph[y.first];
        }
        if (!joined) {
            i++;
            continue;
        }
        if (y.end > x->end) x->end = y.end;
        for (size_t m = i; m + 1 < d->n_content; m++) d->content[m] = d->content[m + 1];
        d->n_content--;
    }
    return true;
}

static bool in_range(token_range t, uint32_t i) { return i >= t.first && i < t.end; }

static bool piece_holds(const draft *d, uint32_t i)
{
    for (size_t k = 0; k < d->n_content; k++)
        if (i >= d->content[k].first && i < d->content[k].end) return true;
    return false;
}

// A dateline that the parser took into the phrase behind it ("GOMA (AP) _ The army") is no part of it.
uint32_t draft_after_dateline(const parse *p, uint32_t first, uint32_t end)
{
    uint32_t start = first;
    for (uint32_t i = first; i < end && i < first + DATELINE; i++) {
        str  t = p->v[i].text;
        bool dash = str_is(t, "_") || str_is(t, "--") || str_is(t, "—") || str_is(t, "–") || str_is(t, ")_");
        if (dash || (p->v[i].pos == POS_SPACE && str_find(t, STR("\n")) >= 0)) start = i + 1;
    }
    return start < end ? start : first;
}

token_range draft_phrase(const reading *r, uint32_t head)
{
    const parse *p = r->p;
    uint32_t     first = p->v[head].left, end = p->v[head].right;
    if (end - first > PHRASE_LIMIT) {
        end = head + 1;
        first = head;
        for_children (p, head, c)
            if (c < head && p->v[c].left < first && head - p->v[c].left < 12) first = p->v[c].left;
    }
    return trimmed(p, draft_after_dateline(p, first, end), end);
}

static bool is_subject(uint8_t dep) { return dep == DEP_nsubj || dep == DEP_nsubjpass || dep == DEP_csubj; }

static bool cue_is_passive(const parse *p, uint32_t v)
{
    if (parse_has_child(p, v, DEP_auxpass)) return true;
    return p->v[v].tag == TAG_VBN && (p->v[v].dep == DEP_acl || parse_has_child(p, v, DEP_agent)) &&
           !parse_has_child(p, v, DEP_aux);
}

static uint32_t cue_subject(const parse *p, uint32_t v)
{
    uint32_t found = TOKEN_NONE;
    for_children (p, v, c)
        if (is_subject(p->v[c].dep) && p->v[c].pos != POS_VERB) found = c;
    return found;
}

static uint32_t cue_agent(const parse *p, uint32_t v)
{
    uint32_t by = parse_child(p, v, DEP_agent);
    if (by == TOKEN_NONE) by = parse_child_lemma(p, v, DEP_prep, "by");
    return by == TOKEN_NONE ? TOKEN_NONE : parse_child(p, by, DEP_pobj);
}

// "a case brought by the union accusing …": the one who brought it, or TOKEN_NONE.
static uint32_t brought_by(const parse *p, uint32_t noun)
{
    if (p->v[noun].ent == ENT_PERSON || p->v[noun].ent == ENT_ORG || p->v[noun].ent == ENT_GPE) return TOKEN_NONE;
    for_children (p, noun, c)
        if (p->v[c].dep == DEP_acl && p->v[c].tag == TAG_VBN && cue_agent(p, c) != TOKEN_NONE) return cue_agent(p, c);
    return TOKEN_NONE;
}

static bool may_speak(const reading *r, uint32_t noun)
{
    uint8_t ent = r->p->v[noun].ent;
    return ent == ENT_PERSON || ent == ENT_ORG || map_get(&r->cues->speakers, r->p->v[noun].lemma) != MAP_NONE;
}

// "posted a message blaming …", "wrote on the network blaming …": not the noun but who sent it speaks.
static bool carries_words(const reading *r, uint32_t noun)
{
    const parse *p = r->p;
    uint32_t     h = p->v[noun].head;
    if (p->v[noun].dep == DEP_dobj) return map_get(&r->cues->light, p->v[h].lemma) != MAP_NONE;
    if (p->v[noun].dep != DEP_pobj) return false;
    return (str_is(p->v[h].lower, "on") || str_is(p->v[h].lower, "in") || str_is(p->v[h].lower, "via")) && p->v[h].head != h &&
           p->v[p->v[h].head].pos == POS_VERB;
}

uint32_t draft_subject(const reading *r, uint32_t verb)
{
    const parse *p = r->p;
    uint32_t     v = verb;
    for (int step = 0; step < CLIMB; step++) {
        uint32_t s = cue_subject(p, v);
        if (s != TOKEN_NONE) return cue_is_passive(p, v) && v != verb && cue_agent(p, v) != TOKEN_NONE ? cue_agent(p, v) : s;
        const token *k = &p->v[v];
        uint32_t     h = k->head;
        if (h == v) return TOKEN_NONE;
        switch (k->dep) {
        case DEP_conj:
            if (p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX) return TOKEN_NONE;
            break;
        case DEP_xcomp: {
            // "asked the mayor to say": the object says it.
            uint32_t o = parse_child(p, h, DEP_dobj);
            if (o != TOKEN_NONE && p->v[v].tag == TAG_VB && o < v) return o;
            break;
        }
        case DEP_acl:
            if (p->v[v].tag != TAG_VBG) return TOKEN_NONE;
            if (brought_by(p, h) != TOKEN_NONE) return brought_by(p, h);
            if (!carries_words(r, h)) return h;
            v = p->v[h].head;
            if (p->v[v].pos == POS_ADP) v = p->v[v].head;
            if (p->v[v].pos != POS_VERB || cue_subject(p, v) == TOKEN_NONE) return h;
            return cue_is_passive(p, v) ? h : cue_subject(p, v);
        case DEP_pcomp: {
            // "quoted the envoy as saying", "the envoy was quoted as saying"
            uint32_t g = p->v[h].head, o = parse_child(p, g, DEP_dobj);
            if (!str_is(p->v[h].lower, "as")) break;
            if (o == TOKEN_NONE || cue_is_passive(p, g)) o = parse_child(p, g, DEP_nsubjpass);
            if (o != TOKEN_NONE) return o;
            break;
        }
        case DEP_prep:
        case DEP_advcl:
        case DEP_ccomp:
        case DEP_dep:
        case DEP_parataxis: break;
        default: return TOKEN_NONE;
        }
        v = h;
    }
    return TOKEN_NONE;
}

static bool has_preposition(const cue *c, str word)
{
    for (size_t i = 0; i < c->n_prep; i++)
        if (str_eq(c->prep[i], word)) return true;
    return false;
}

// Words of the cue: the verb with its auxiliaries, negation, adverbs between them, particle.
token_range draft_cue_words(const parse *p, uint32_t v)
{
    token_range at = {v, v + 1};
    for (bool moved = true; moved;) {
        moved = false;
        for_children (p, v, c) {
            uint8_t d = p->v[c].dep;
            bool    single = p->v[c].right - p->v[c].left == 1;
            if (c + 1 == at.first && single && (d == DEP_aux || d == DEP_auxpass || d == DEP_neg || d == DEP_advmod))
                at.first--, moved = true;
            if (c == at.end && single && (d == DEP_prt || d == DEP_neg)) at.end++, moved = true;
        }
    }
    return at;
}

// The token of the range whose head lies outside and that names something.
static uint32_t phrase_head(const parse *p, token_range t)
{
    for (uint32_t i = t.end; i-- > t.first;)
        if ((p->v[i].pos == POS_NOUN || p->v[i].pos == POS_PROPN) && !in_range(t, p->v[i].head)) return i;
    return t.end - 1;
}

void draft_set_who(const reading *r, draft *d, uint32_t who)
{
    d->who = who;
    if (who == TOKEN_NONE) return;
    d->who_at = draft_phrase(r, who);
    if (who < d->who_at.first) d->who = who = phrase_head(r->p, d->who_at);
    // A subject that swallowed its own verb is a parse error: keep what stands on its side.
    if (d->who_at.first <= d->cue && d->cue < d->who_at.end) {
        if (who < d->cue) d->who_at.end = d->cue;
        else d->who_at.first = d->cue + 1;
    }
}

// Where a piece of content touches a quotation, all of the quotation is content.
static void widen_to_quotes(const reading *r, draft *d)
{
    const quote_list *q = &r->quotes;
    for (size_t k = 0; k < d->n_content; k++) {
        token_range t = d->content[k];
        uint32_t    qa = q->of[t.first], qb = q->of[t.end - 1];
        uint32_t    mine = q->of[d->cue];
        uint32_t    first = qa != NO_QUOTE && qa != mine ? q->v[qa].first : t.first;
        uint32_t    end = qb != NO_QUOTE && qb != mine ? q->v[qb].end : t.end;
        if (first == t.first && end == t.end) continue;
        size_t before = d->n_content;
        draft_add_piece(r, d, first, end);
        if (d->n_content != before) k = 0;
    }
}

// The quotation that ends right before the cue clause, or begins right after it.
static void add_beside(const reading *r, draft *d, token_range clause)
{
    const parse      *p = r->p;
    const quote_list *q = &r->quotes;
    uint32_t          para = q->paragraph[d->cue];
    uint32_t          i = clause.first;
    while (i > 0 && i + 4 > clause.first && q->of[i - 1] == NO_QUOTE && is_mark_or_space(p, i - 1)) i--;
    if (i > 0 && q->of[i - 1] != NO_QUOTE && q->paragraph[i - 1] == para && q->of[i - 1] != q->of[d->cue]) {
        quotation x = q->v[q->of[i - 1]];
        if (x.end <= i) draft_add_piece(r, d, x.first, x.end);
    }
    for (uint32_t k = d->cue + 1; k < p->n && k < d->cue + QUOTE_GAP && q->paragraph[k] == para; k++) {
        if (q->of[k] != NO_QUOTE && q->of[k] != q->of[d->cue]) {
            draft_add_piece(r, d, q->v[q->of[k]].first, q->v[q->of[k]].end);
            break;
        }
        bool verb = p->v[k].pos == POS_VERB && (p->v[k].tag != TAG_VBG || cues_at(r->cues, p, k)) && k >= d->cue_at.end &&
                    !in_range(d->who_at, k);
        if (p->v[k].tag == TAG_PERIOD || verb || str_is(p->v[k].text, ";")) break;
    }
}

// Edge of the cue's own clause: its subtree without leaving the paragraph.
static token_range own_clause(const reading *r, uint32_t i)
{
    const uint32_t *begins = r->quotes.begins + r->quotes.paragraph[i];
    token_range     t = {r->p->v[i].left, r->p->v[i].right};
    if (t.first < begins[0]) t.first = begins[0];
    if (t.end > begins[1]) t.end = begins[1];
    if (t.first + REACH < i) t.first = i - REACH;
    if (t.end > i + REACH) t.end = i + REACH;
    return t;
}

static bool semicolon_between(const reading *r, uint32_t from, uint32_t to)
{
    for (uint32_t i = to - from > REACH ? to - REACH : from; i < to; i++)
        if (str_is(r->p->v[i].text, ";") && r->quotes.of[i] == NO_QUOTE) return true;
    return false;
}

// "urged them to leave and spoke with the mayor": a finite verb joined to an infinitive goes with the cue instead.
static uint32_t before_finite_conjunct(const parse *p, uint32_t k, uint32_t end)
{
    bool infinitive = p->v[k].tag == TAG_VB && p->v[k].dep != DEP_ccomp;
    for_children (p, k, c) {
        if (p->v[c].dep != DEP_conj || c < k || !infinitive) continue;
        bool finite = p->v[c].tag == TAG_VBD || p->v[c].tag == TAG_VBZ;
        if (finite && p->v[c].left < end) end = p->v[c].left;
    }
    while (end > k + 1 && (p->v[end - 1].pos == POS_CCONJ || is_mark_or_space(p, end - 1))) end--;
    return end;
}

// "…, with local media reporting …", "…, according to …": another voice begins.
uint32_t draft_before_other_voice(const reading *r, token_range t)
{
    const parse *p = r->p;
    for (uint32_t i = t.first + 2; i < t.end; i++) {
        if (!str_is(p->v[i - 1].text, ",") || r->quotes.of[i] != NO_QUOTE) continue;
        uint32_t v = str_is(p->v[i].lower, "with") ? parse_child(p, i, DEP_pcomp) : TOKEN_NONE;
        if (str_is(p->v[i].lower, "according") || (v != TOKEN_NONE && cue_subject(p, v) != TOKEN_NONE && cues_at(r->cues, p, v)))
            return i - 1;
    }
    return t.end;
}

// A dependent of the cue that may be content goes in; a preposition right behind the cue belongs to the cue.
void draft_add_dependent(const reading *r, draft *d, uint32_t k)
{
    const parse *p = r->p;
    token_range  t = own_clause(r, k);
    if (t.first <= d->cue && d->cue < t.end) return;
    if (t.end <= d->cue && semicolon_between(r, t.end - 1, d->cue)) return;
    for (uint32_t i = t.end; t.end <= d->cue && i-- > t.first;)
        if (str_is(p->v[i].text, ";") && r->quotes.of[i] == NO_QUOTE) {
            t.first = i + 1;
            break;
        }
    if (t.first > d->cue) t.end = draft_before_other_voice(r, t);
    t.end = before_finite_conjunct(p, k, t.end);
    if (p->v[k].dep == DEP_prep && k == d->cue_at.end && d->n_content == 0) {
        d->cue_at.end = k + 1;
        t.first = k + 1;
    }
    draft_add_piece(r, d, t.first, t.end);
}

static bool touches_quote(const reading *r, const draft *d)
{
    for (size_t k = 0; k < d->n_content; k++)
        for (uint32_t i = d->content[k].first; i < d->content[k].end; i++)
            if (r->quotes.of[i] != NO_QUOTE && r->quotes.of[i] != r->quotes.of[d->cue]) return true;
    return false;
}

static bool wanted_dependent(const parse *p, const cue *c, uint32_t k, bool passive)
{
    const token *t = &p->v[k];
    switch (t->dep) {
    case DEP_ccomp: return c->frames & (FRAME_THAT | FRAME_QUOTE | FRAME_SMALL);
    case DEP_xcomp:
        return c->frames & (FRAME_TO | FRAME_THEN_TO | FRAME_SMALL) || (!passive && c->frames & FRAME_THAT) ||
               (passive && c->frames & FRAME_PASSIVE);
    case DEP_advcl:
        return c->frames & FRAME_TO && parse_has_child(p, k, DEP_aux) && p->v[parse_child(p, k, DEP_aux)].tag == TAG_TO;
    case DEP_dobj: return c->frames & (FRAME_OBJECT | FRAME_SMALL) && !(c->frames & FRAME_ADDRESSEE);
    case DEP_nsubjpass:
        return passive && c->frames & (FRAME_OBJECT | FRAME_SMALL | FRAME_PASSIVE) && !(c->frames & FRAME_ADDRESSEE) &&
               t->tag != TAG_EX;
    case DEP_oprd:
    case DEP_acomp: return c->frames & FRAME_SMALL || (passive && c->frames & FRAME_PASSIVE);
    case DEP_prep: return has_preposition(c, t->lower);
    default: return false;
    }
}

// "Two people died, police said, in the fire": what comes behind the cue and its comma.
static void take_behind(const reading *r, draft *d, uint32_t end)
{
    const parse *p = r->p;
    uint32_t     from = d->cue_at.end;
    if (d->who_at.end > from && d->who_at.first >= from && d->who_at.first <= from + 1) from = d->who_at.end;
    if (from + 3 > end || !str_is(p->v[from].text, ",") || r->quotes.of[from + 1] != NO_QUOTE) return;
    uint32_t next = from + 1;
    bool     apart = p->v[next].pos == POS_SCONJ || p->v[next].tag == TAG_WP || p->v[next].tag == TAG_WDT ||
                 p->v[next].tag == TAG_WRB || p->v[next].tag == TAG_VBG || str_is(p->v[next].lower, "but") ||
                 str_is(p->v[next].lower, "as") || str_is(p->v[next].lower, "according");
    for (uint32_t i = next; i < end; i++)
        if (cues_at(r->cues, p, i) && p->v[i].pos == POS_VERB) apart = true;
    if (!apart) draft_add_piece(r, d, next, end);
}

// "Two people died, police said": what comes before the cue in its clause is content whole.
static void take_fronted(const reading *r, draft *d)
{
    if (!d->n_content || d->content[0].first > d->cue) return;
    token_range clause = own_clause(r, d->cue);
    if (clause.first < d->content[0].first) draft_add_piece(r, d, clause.first, d->content[0].end);
    take_behind(r, d, clause.end);
}

// The part of the host's words between the semicolons that stand around the cue.
static token_range between_semicolons(const reading *r, token_range host, token_range clause)
{
    for (uint32_t i = clause.first; i-- > host.first;)
        if (str_is(r->p->v[i].text, ";") && r->quotes.of[i] == NO_QUOTE) {
            host.first = i + 1;
            break;
        }
    for (uint32_t i = clause.end; i < host.end; i++)
        if (str_is(r->p->v[i].text, ";") && r->quotes.of[i] == NO_QUOTE) host.end = i;
    return host;
}

static bool parted_off(const reading *r, token_range clause)
{
    const parse *p = r->p;
    bool         left = clause.first == 0 || is_mark_or_space(p, clause.first - 1) || is_mark_or_space(p, clause.first);
    bool         right = clause.end >= p->n || is_mark_or_space(p, clause.end) || is_mark_or_space(p, clause.end - 1);
    return left && right;
}

// "The guards, police said, had left": the cue's clause hangs in the one it attributes.
static void take_host(const reading *r, draft *d, bool as)
{
    const parse *p = r->p;
    uint32_t     v = d->cue, h = p->v[v].head;
    uint8_t      dep = p->v[v].dep;
    for (int step = 0; as && step < CLIMB && p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX && p->v[h].head != h; step++)
        h = p->v[h].head;
    if (h == v || (p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX && p->v[h].dep != DEP_ROOT)) return;
    if (dep != DEP_parataxis && dep != DEP_advcl && dep != DEP_ccomp && dep != DEP_dep && dep != DEP_conj) return;
    if (dep == DEP_advcl && !as) return;
    token_range clause = own_clause(r, v), host = own_clause(r, h);
    if (!as && !parted_off(r, clause)) return;
    host = between_semicolons(r, host, clause);
    draft_add_piece(r, d, host.first, clause.first);
    draft_add_piece(r, d, clause.end, host.end);
}

// Where the tree shows no content of a verb of saying: the words before it up to the comma, or those after it.
static void take_rest(const reading *r, draft *d)
{
    const parse    *p = r->p;
    const sentence *s = &p->sentences[p->v[d->cue].sentence];
    const uint32_t *begins = r->quotes.begins + r->quotes.paragraph[d->cue];
    uint32_t        first = s->first > begins[0] ? s->first : begins[0], end = s->end < begins[1] ? s->end : begins[1];
    if (first + REACH < d->cue) first = d->cue - REACH;
    if (end > d->cue + REACH) end = d->cue + REACH;
    uint32_t from = d->who_at.end && d->who_at.first < d->cue ? d->who_at.first : d->cue_at.first;
    if (from > first + 2 && str_is(p->v[from - 1].text, ",")) draft_add_piece(r, d, first, from);
    if (d->n_content) return;
    bool verb = false;
    for (uint32_t i = d->cue_at.end; i < end; i++) verb |= p->v[i].pos == POS_VERB || p->v[i].pos == POS_AUX;
    if (verb && d->who != TOKEN_NONE && d->who < d->cue) draft_add_piece(r, d, d->cue_at.end, end);
}

static bool inside_quote(const reading *r, uint32_t i) { return r->quotes.of[i] != NO_QUOTE; }

// "called him a liar", "found it to be safe": the object has something said of it.
static bool has_small_clause(const parse *p, uint32_t v)
{
    for_children (p, v, k)
        if (k > v && (p->v[k].dep == DEP_oprd || p->v[k].dep == DEP_xcomp || p->v[k].dep == DEP_acomp)) return true;
    return false;
}

// 'calling the pact "null and void"', which the parser takes for words beside the object.
static bool calls_in_quotes(const reading *r, uint32_t v)
{
    uint32_t thing = parse_child(r->p, v, DEP_dobj);
    if (thing == TOKEN_NONE || thing < v || r->quotes.of[v] != NO_QUOTE) return false;
    token_range t = own_clause(r, thing);
    for (uint32_t i = thing + 1; i < t.end; i++)
        if (r->quotes.of[i] != NO_QUOTE) return true;
    return false;
}

static bool wanted_preposition(const parse *p, const cue *c, uint32_t v)
{
    for_children (p, v, k)
        if (p->v[k].dep == DEP_prep && has_preposition(c, p->v[k].lower)) return true;
    return false;
}

// "called on", "called him a liar"; not "called to arms", "called police to report".
static bool small_or_prep(const reading *r, const cue *c, uint32_t v)
{
    const parse *p = r->p;
    if (wanted_preposition(p, c, v) || calls_in_quotes(r, v)) return true;
    for_children (p, v, k) {
        if (p->v[k].dep == DEP_oprd || p->v[k].dep == DEP_acomp || (p->v[k].dep == DEP_ccomp && c->frames & FRAME_SMALL))
            return true;
        bool predicate = p->v[k].dep == DEP_xcomp && p->v[k].pos != POS_VERB && p->v[k].pos != POS_AUX;
        if (predicate) return true;
    }
    return false;
}

// "I", "you", "no one": no source a report attributes to.
static bool speaks_of_nobody(const parse *p, uint32_t who)
{
    str      s = p->v[who].lower;
    uint32_t det = parse_child(p, who, DEP_det);
    return str_is(s, "i") || str_is(s, "you") || str_is(s, "nobody") || str_is(s, "none") ||
           (det != TOKEN_NONE && str_is(p->v[det].lower, "no"));
}

static bool impersonal(const parse *p, uint32_t i) { return i != TOKEN_NONE && str_is(p->v[i].lower, "it"); }

static void find_roles(const reading *r, draft *d, const cue *c, bool passive)
{
    const parse *p = r->p;
    uint32_t     v = d->cue;
    if (!passive) draft_set_who(r, d, draft_subject(r, v));
    else if (cue_agent(p, v) != TOKEN_NONE) draft_set_who(r, d, cue_agent(p, v));
    uint32_t thing = parse_child(p, v, DEP_dobj);
    bool     behind = c->frames & FRAME_OBJECT && !(c->frames & FRAME_ADDRESSEE) && thing != TOKEN_NONE && thing > v;
    bool     small = has_small_clause(p, v) || calls_in_quotes(r, v) || (c->frames & FRAME_SMALL && wanted_preposition(p, c, v));
    for_children (p, v, k) {
        bool object = p->v[k].dep == DEP_dobj || p->v[k].dep == DEP_nsubjpass;
        if (object && !small && !(c->frames & (FRAME_OBJECT | FRAME_PASSIVE))) continue;
        if (k == d->who || (passive && impersonal(p, k)) || !wanted_dependent(p, c, k, passive)) continue;
        // With an object behind the verb, a clause before it is another sentence.
        bool other = p->v[k].dep == DEP_ccomp && k < v && behind && !inside_quote(r, k);
        if (!other) draft_add_dependent(r, d, k);
    }
    if (c->frames & FRAME_THEN_TO && d->n_content && !small_or_prep(r, c, v)) d->n_content = 0;
    if (passive && p->v[v].dep == DEP_acl && c->frames & FRAME_OBJECT && !(c->frames & FRAME_ADDRESSEE)) {
        uint32_t h = p->v[v].head;
        draft_add_piece(r, d, p->v[h].left, v);
    }
}

// "to prove that", "to request": nobody has said it yet.
static bool only_intended(const parse *p, uint32_t v)
{
    uint32_t to = parse_child(p, v, DEP_aux);
    return p->v[v].tag == TAG_VB && to != TOKEN_NONE && p->v[to].tag == TAG_TO;
}

static bool holds_clause(const reading *r, const draft *d)
{
    for_children (r->p, d->cue, k)
        if (r->p->v[k].dep == DEP_ccomp && piece_holds(d, k)) return true;
    return touches_quote(r, d);
}

// "called off": with a particle the row does not have it is another verb.
static bool other_particle(const parse *p, const cue *c, uint32_t v)
{
    uint32_t k = parse_child(p, v, DEP_prt);
    if (k == TOKEN_NONE || has_preposition(c, p->v[k].lower)) return false;
    for (size_t i = 0; i < c->n_rest; i++)
        if (str_eq(c->rest[i], p->v[k].lemma)) return false;
    return true;
}

static bool word_in(str list, str word)
{
    for (str rest = list; rest.p && rest.n;)
        if (str_eq(str_split(rest, ' ', &rest), word)) return true;
    return false;
}

static bool barred_object(const parse *p, const cue *c, uint32_t v)
{
    for_children (p, v, k)
        if ((p->v[k].dep == DEP_dobj || p->v[k].dep == DEP_nsubjpass) && word_in(c->barred, p->v[k].lemma)) return true;
    return false;
}

// "quoted X as saying …": the verb after "as", if it is a cue; else TOKEN_NONE.
static uint32_t said_within(const reading *r, uint32_t v)
{
    const parse *p = r->p;
    uint32_t     as = parse_child_lemma(p, v, DEP_prep, "as"), w = as == TOKEN_NONE ? TOKEN_NONE : parse_child(p, as, DEP_pcomp);
    return w != TOKEN_NONE && p->v[w].pos == POS_VERB && cues_at(r->cues, p, w) ? w : TOKEN_NONE;
}

static bool quoted_already(const reading *r, uint32_t w)
{
    const parse *p = r->p;
    uint32_t     as = p->v[w].head, v = p->v[as].head;
    if (p->v[w].dep != DEP_pcomp || !str_is(p->v[as].lower, "as")) return false;
    const cue *c = cues_at(r->cues, p, v);
    return c && c->kind == CUE_CITE && p->v[v].pos == POS_VERB;
}

static void add_complements(const reading *r, draft *d, uint32_t v)
{
    for_children (r->p, v, k)
        if (r->p->v[k].dep == DEP_ccomp || (r->p->v[k].dep == DEP_dobj && k > v)) {
            token_range t = own_clause(r, k);
            draft_add_piece(r, d, t.first, t.end);
        }
}

// "The agency quoted the envoy as saying …", "the envoy was quoted by the agency as saying …": both say it.
static void find_quoted(const reading *r, draft_list *out, uint32_t v, uint32_t w)
{
    const parse *p = r->p;
    bool         passive = cue_is_passive(p, v);
    uint32_t     speaker = parse_child(p, v, passive ? DEP_nsubjpass : DEP_dobj);
    uint32_t     quoter = !passive ? draft_subject(r, v) : cue_agent(p, v) != TOKEN_NONE ? cue_agent(p, v) : cue_agent(p, w);
    draft d = {.cue = w, .who = TOKEN_NONE, .rule = STR("quoted as saying"), .cue_at = draft_cue_words(p, w), .fixed = true};
    if (passive) add_complements(r, &d, v); // "The dam is safe, the envoy was quoted as saying"
    if (!d.n_content) add_complements(r, &d, w);
    if (!d.n_content) draft_add_piece(r, &d, w + 1, own_clause(r, w).end);
    widen_to_quotes(r, &d);
    if (!d.n_content) return;
    if (quoter != TOKEN_NONE) {
        draft q = d;
        q.cue = v;
        q.cue_at = draft_cue_words(p, v);
        draft_set_who(r, &q, quoter);
        *push(r->a, out) = q;
    }
    if (speaker == TOKEN_NONE) return;
    draft_set_who(r, &d, speaker);
    *push(r->a, out) = d;
}

static void find_verb(const reading *r, draft_list *out, uint32_t v, const cue *c)
{
    const parse *p = r->p;
    if (c->kind == CUE_NONE) return;
    if (inside_quote(r, v) && c->kind != CUE_SAY && c->kind != CUE_TELL) return;
    if (parse_has_child(p, v, DEP_neg) || other_particle(p, c, v) || barred_object(p, c, v)) return;
    if (only_intended(p, v) && c->kind != CUE_SAY && c->kind != CUE_TELL) return;
    if (quoted_already(r, v)) return;
    if (c->kind == CUE_CITE && said_within(r, v) != TOKEN_NONE) {
        find_quoted(r, out, v, said_within(r, v));
        return;
    }
    draft d = {.cue = v, .who = TOKEN_NONE, .rule = c->words, .cue_at = draft_cue_words(p, v)};
    bool  passive = cue_is_passive(p, v), as = parse_child_lemma(p, v, DEP_mark, "as") != TOKEN_NONE;
    if (passive && c->kind == CUE_SHOW) return;
    find_roles(r, &d, c, passive);
    if (d.who != TOKEN_NONE && speaks_of_nobody(p, d.who)) return;
    if (passive && d.who == TOKEN_NONE && !(c->frames & FRAME_PASSIVE) && !holds_clause(r, &d) && !as) return;
    if (only_intended(p, v) && !holds_clause(r, &d)) return;
    if (inside_quote(r, v) && d.who != TOKEN_NONE && (p->v[d.who].tag == TAG_PRP)) return;
    bool clausal = d.n_content > 0;
    if (c->frames & FRAME_QUOTE) {
        token_range clause = d.cue_at;
        if (d.who_at.end) {
            token_range gap = trimmed(p, d.who_at.end, clause.first);
            if (d.who_at.end <= clause.first && gap.first >= gap.end) clause.first = d.who_at.first;
        }
        add_beside(r, &d, clause);
    }
    if (clausal) take_fronted(r, &d);
    if (!d.n_content && (as || !passive) && c->frames & FRAME_THAT) {
        take_host(r, &d, as);
        d.fixed = as;
    }
    if (!d.n_content && !passive && (c->kind == CUE_SAY || c->kind == CUE_TELL) && str_is(p->v[v].lemma, "say")) take_rest(r, &d);
    widen_to_quotes(r, &d);
    if (!d.n_content) return;
    if (c->frames == FRAME_QUOTE && !c->n_prep && !touches_quote(r, &d)) return;
    if (!passive && d.who == TOKEN_NONE) return;
    if (piece_holds(&d, v)) return;
    *push(r->a, out) = d;
}

// Verbs whose subject is the one who makes the claim that is their object.
static bool is_light_verb(const reading *r, uint32_t v)
{
    const cue *c = cues_at(r->cues, r->p, v);
    return map_get(&r->cues->light, r->p->v[v].lemma) != MAP_NONE || (c && c->kind == CUE_SAY);
}

// "the mayor's claim", "a claim by the mayor", "claims made by the mayor", "the mayor made the claim", "a newspaper report"
static uint32_t noun_source(const reading *r, uint32_t n)
{
    const parse *p = r->p;
    uint32_t     who = parse_child(p, n, DEP_poss);
    for_children (p, n, k) {
        if (who != TOKEN_NONE || k < n) continue;
        bool by = p->v[k].dep == DEP_prep && (str_is(p->v[k].lower, "by") || str_is(p->v[k].lower, "from"));
        if (by) who = parse_child(p, k, DEP_pobj);
        if (p->v[k].dep == DEP_acl && p->v[k].tag == TAG_VBN) who = cue_agent(p, k);
    }
    if (who == TOKEN_NONE && p->v[n].dep == DEP_dobj && is_light_verb(r, p->v[n].head)) who = draft_subject(r, p->v[n].head);
    return who;
}

// "claims that …", "their promise to …"
static void find_noun(const reading *r, draft_list *out, uint32_t n, const cue *c)
{
    const parse *p = r->p;
    if (inside_quote(r, n)) return;
    draft d = {.cue = n, .who = TOKEN_NONE, .rule = c->words, .cue_at = {n, n + 1}};
    for_children (p, n, k) {
        if (k < n) continue;
        bool clause = p->v[k].dep == DEP_acl || p->v[k].dep == DEP_ccomp || p->v[k].dep == DEP_relcl;
        bool that = clause && parse_child_lemma(p, k, DEP_mark, "that") != TOKEN_NONE;
        bool to = clause && p->v[k].left < k && p->v[p->v[k].left].tag == TAG_TO;
        if ((c->frames & FRAME_THAT && that) || (c->frames & FRAME_TO && to) ||
            (p->v[k].dep == DEP_prep && has_preposition(c, p->v[k].lower)))
            draft_add_dependent(r, &d, k);
    }
    if (!d.n_content) return;
    uint32_t who = noun_source(r, n);
    bool     clausal = d.n_content && (p->v[d.content[0].first].tag == TAG_IN || p->v[d.content[0].first].tag == TAG_TO) &&
                   d.cue_at.end == n + 1;
    if (who == TOKEN_NONE && !clausal) return;
    if (who != TOKEN_NONE && speaks_of_nobody(p, who)) return;
    if (who != TOKEN_NONE) {
        draft_set_who(r, &d, who);
        if (d.who_at.end > d.who_at.first && p->v[d.who_at.end - 1].tag == TAG_POS) d.who_at.end--;
    }
    *push(r->a, out) = d;
}

// The end of the verb's own words: before a conjunct that has a subject of its own.
static uint32_t end_of_clause(const reading *r, uint32_t v)
{
    const parse *p = r->p;
    uint32_t     end = own_clause(r, v).end;
    for_children (p, v, c)
        if (c > v && p->v[c].dep == DEP_conj && cue_subject(p, c) != TOKEN_NONE && p->v[c].left < end) end = p->v[c].left;
    while (end > v + 1 && (p->v[end - 1].pos == POS_CCONJ || is_mark_or_space(p, end - 1))) end--;
    for (uint32_t i = v + 1; i < end; i++)
        if (str_is(p->v[i].text, "—") || str_is(p->v[i].text, "--") || str_is(p->v[i].text, ";")) return i;
    return end;
}

// "reportedly", "allegedly": the rest of the clause or phrase it stands in, and nobody says so.
static void find_adverb(const reading *r, draft_list *out, uint32_t i, const cue *c)
{
    const parse *p = r->p;
    if (inside_quote(r, i)) return;
    uint32_t h = p->v[i].head;
    for (int step = 0; step < CLIMB && p->v[h].head != h; step++, h = p->v[h].head) {
        uint8_t d = p->v[h].dep;
        bool    within =
            d == DEP_amod || d == DEP_nummod || d == DEP_quantmod || d == DEP_advmod || d == DEP_compound || d == DEP_det;
        if (!within) break;
    }
    draft    d = {.cue = i, .who = TOKEN_NONE, .rule = c->words, .cue_at = {i, i + 1}};
    uint32_t end = end_of_clause(r, h);
    if (end > i + 1) draft_add_piece(r, &d, i + 1, end);
    if (!d.n_content) draft_add_piece(r, &d, own_clause(r, h).first, i);
    if (d.n_content) *push(r->a, out) = d;
}

// "according to X": the clause it hangs in.
static void find_according(const reading *r, draft_list *out, uint32_t i)
{
    const parse *p = r->p;
    if (i + 2 >= p->n || !str_is(p->v[i + 1].lower, "to") || inside_quote(r, i)) return;
    uint32_t to = i + 1, who = parse_child(p, to, DEP_pobj);
    if (who == TOKEN_NONE) who = parse_child(p, i, DEP_pobj);
    if (who == TOKEN_NONE) return;
    draft d = {.cue = i, .rule = STR("according to"), .cue_at = {i, i + 2}};
    draft_set_who(r, &d, who);
    uint32_t h = p->v[i].head;
    for (int step = 0; step < CLIMB && p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX && p->v[h].head != h; step++)
        h = p->v[h].head;
    // At the end of a sentence it goes for all verbs that share a subject.
    while (p->v[h].dep == DEP_conj && i > h && cue_subject(p, h) == TOKEN_NONE && p->v[p->v[h].head].pos != POS_NOUN)
        h = p->v[h].head;
    token_range clause = own_clause(r, i), host = own_clause(r, h);
    if (clause.end < d.who_at.end) clause.end = d.who_at.end;
    if (clause.first > i) clause.first = i;
    host = between_semicolons(r, host, clause);
    draft_add_piece(r, &d, host.first, clause.first);
    draft_add_piece(r, &d, clause.end, host.end);
    widen_to_quotes(r, &d);
    if (d.n_content) *push(r->a, out) = d;
}

// "in her view", "by the mayor's account", "in the words of the mayor", "per reports": the clause it stands in.
static void find_phrase(const reading *r, draft_list *out, uint32_t i, const cue *c)
{
    const parse *p = r->p;
    uint32_t     noun = parse_child(p, i, DEP_pobj);
    if (noun == TOKEN_NONE || inside_quote(r, i)) return;
    uint32_t who = parse_child(p, noun, DEP_poss), of = parse_child_lemma(p, noun, DEP_prep, "of");
    if (who == TOKEN_NONE && of != TOKEN_NONE) who = parse_child(p, of, DEP_pobj);
    draft d = {.cue = i, .who = TOKEN_NONE, .rule = c->words, .cue_at = {i, i + 1}};
    if (who == TOKEN_NONE && c->frames & FRAME_OBJECT) who = noun; // the noun itself is the source
    if (who == TOKEN_NONE || speaks_of_nobody(p, who)) return;
    draft_set_who(r, &d, who);
    if (d.who_at.end > d.who_at.first && p->v[d.who_at.end - 1].tag == TAG_POS) d.who_at.end--;
    uint32_t h = p->v[i].head;
    for (int step = 0; step < CLIMB && p->v[h].pos != POS_VERB && p->v[h].pos != POS_AUX && p->v[h].head != h; step++)
        h = p->v[h].head;
    token_range clause = own_clause(r, i), host = between_semicolons(r, own_clause(r, h), clause);
    draft_add_piece(r, &d, host.first, clause.first);
    draft_add_piece(r, &d, clause.end, host.end);
    widen_to_quotes(r, &d);
    if (d.n_content) *push(r->a, out) = d;
}

static int by_cue_token(const void *x, const void *y)
{
    const draft *a = x, *b = y;
    return (a->cue > b->cue) - (a->cue < b->cue);
}

// "The agency, citing two officials, said …": what the agency says is what the officials say.
static void cite_the_cited(const reading *r, draft_list *out)
{
    const parse *p = r->p;
    uint32_t    *of = new_array(r->a, uint32_t, p->n + 1); // the attribution with that cue, from 1
    for (size_t i = 0; i < out->n; i++) of[out->v[i].cue] = (uint32_t)i + 1;
    for (size_t i = 0; i < out->n; i++) {
        draft     *d = &out->v[i];
        uint32_t   h = p->v[d->cue].head, cited = parse_child(p, d->cue, DEP_dobj);
        const cue *row = cues_at(r->cues, p, d->cue);
        if (!row || row->kind != CUE_CITE || p->v[d->cue].tag != TAG_VBG || cited == TOKEN_NONE || !may_speak(r, cited)) continue;
        // the verb it hangs on, or the one its subject does
        if (!of[h] && p->v[h].pos != POS_VERB) h = p->v[h].head;
        if (!of[h] || h == d->cue) continue;
        const draft *whole = &out->v[of[h] - 1];
        draft_set_who(r, d, cited);
        d->fixed = true;
        d->n_content = whole->n_content;
        for (size_t k = 0; k < whole->n_content; k++) d->content[k] = whole->content[k];
    }
}

draft_list drafts_find(const reading *r)
{
    draft_list   out = {0};
    const parse *p = r->p;
    for (uint32_t i = 0; i < p->n; i++) {
        if (str_is(p->v[i].lower, "according")) {
            find_according(r, &out, i);
            continue;
        }
        if (silence_find(r, &out, i)) continue;
        const cue *c = cues_at(r->cues, p, i);
        if (!c) continue;
        if (p->v[i].pos == POS_VERB) find_verb(r, &out, i, c);
        else if (p->v[i].pos == POS_NOUN) find_noun(r, &out, i, c);
        else if (p->v[i].pos == POS_ADP) find_phrase(r, &out, i, c);
        else find_adverb(r, &out, i, c);
    }
    cite_the_cited(r, &out);
    colon_speakers(r, &out);
    if (out.n) qsort(out.v, out.n, sizeof *out.v, by_cue_token);
    loose_quotes_attach(r, &out);
    return out;
}
