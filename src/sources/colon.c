// Speakers set apart by a mark. Before a colon: headlines ("Minister: Dam is safe") and the turns of an interview ("REYES: I was
// there."). Behind a dash: '"I was there." — Ana Reyes, baker'.

#include "sources/draft.h"

enum { NAME_WORDS = 7, SIGNATURE = 14 };

static bool names_speaker(const reading *r, uint32_t first, uint32_t colon, bool turn)
{
    const parse *p = r->p;
    bool         named = false;
    for (uint32_t i = first; i < colon; i++) {
        uint8_t pos = p->v[i].pos;
        if (pos == POS_VERB || pos == POS_AUX || pos == POS_PUNCT || pos == POS_SPACE || pos == POS_PRON || pos == POS_NUM ||
            pos == POS_SCONJ)
            return false;
        bool person = p->v[i].ent == ENT_PERSON || p->v[i].ent == ENT_ORG;
        named |= turn || person || map_get(&r->cues->speakers, p->v[i].lemma) != MAP_NONE ||
                 map_get(&r->cues->speakers, p->v[i].lower) != MAP_NONE;
    }
    return named;
}

static bool colon_capitals(str s)
{
    size_t capitals = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z') return false;
        capitals += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return capitals > 1;
}

// A paragraph that is one line without a full stop.
static bool is_headline(const parse *p, uint32_t first, uint32_t end)
{
    uint32_t last = end;
    while (last > first && p->v[last - 1].pos == POS_SPACE) last--;
    return last > first && last - first < 30 && p->v[last - 1].tag != TAG_PERIOD;
}

static bool signature_dash(str s)
{
    return str_is(s, "—") || str_is(s, "–") || str_is(s, "―") || str_is(s, "--") || str_is(s, "-");
}

// The paragraph [start, end) is a quotation, a dash and a name.
static bool signed_quote(const reading *r, uint32_t start, uint32_t end, draft *out)
{
    const parse *p = r->p;
    uint32_t     q = start < end ? r->quotes.of[start] : NO_QUOTE;
    if (q == NO_QUOTE || r->quotes.v[q].first != start || r->quotes.v[q].end >= end) return false;
    uint32_t dash = r->quotes.v[q].end, first = dash + 1, last = end;
    while (last > first && p->v[last - 1].pos == POS_SPACE) last--;
    if (!signature_dash(p->v[dash].text) || first >= last || last - first > SIGNATURE) return false;
    bool named = false;
    for (uint32_t i = first; i < last; i++) {
        if (p->v[i].tag == TAG_PERIOD || p->v[i].pos == POS_VERB) return false;
        named |= p->v[i].pos == POS_PROPN;
    }
    uint32_t name_end = first;
    while (name_end < last && p->v[name_end].pos != POS_PUNCT) name_end++;
    if (!named || name_end == first) return false;
    *out = (draft){.cue = dash,
                   .cue_at = {dash, dash + 1},
                   .who = name_end - 1,
                   .who_at = {first, last},
                   .fixed = true,
                   .apart = true,
                   .rule = STR("name behind a dash")};
    return draft_add_piece(r, out, start, dash);
}

void colon_speakers(const reading *r, draft_list *out)
{
    const parse *p = r->p;
    for (uint32_t first = 0, end; first < p->n; first = end) {
        end = first + 1;
        while (end < p->n && r->quotes.paragraph[end] == r->quotes.paragraph[first]) end++;
        uint32_t start = first;
        while (start < end && p->v[start].pos == POS_SPACE) start++;
        draft signature;
        if (signed_quote(r, start, end, &signature)) {
            *push(r->a, out) = signature;
            continue;
        }
        uint32_t colon = start;
        while (colon < end && colon <= start + NAME_WORDS && !str_is(p->v[colon].text, ":")) colon++;
        if (colon == start || colon >= end || !str_is(p->v[colon].text, ":") || colon + 2 >= end) continue;
        bool turn = colon_capitals(p->v[colon - 1].text) && !is_headline(p, start, end);
        if (!turn && !is_headline(p, start, end)) continue;
        if (!names_speaker(r, start, colon, turn)) continue;
        draft d = {.cue = colon,
                   .cue_at = {colon, colon + 1},
                   .who = colon - 1,
                   .who_at = {start, colon},
                   .fixed = true,
                   .apart = true,
                   .rule = STR("name before a colon")};
        draft_add_piece(r, &d, colon + 1, end);
        if (d.n_content) *push(r->a, out) = d;
    }
}
