#include "sources/silence.h"

static const char *const silence_needs[] = {"neg", "to", "from", "no", NULL};
enum { NEED_NEG, NEED_TO, NEED_FROM, NEED_NO };

bool silence_load(silence_table *t, const data_set *d, fault *f)
{
    tsv rows;
    *t = (silence_table){0};
    if (!data_open(d, "sources/silence.tsv", &rows, f)) return false;
    while (tsv_next(&rows)) {
        str      need = tsv_get(&rows, "need");
        uint32_t k = 0;
        while (silence_needs[k] && !str_is(need, silence_needs[k])) k++;
        if (!silence_needs[k]) return fault_set(f, "%s:%d: unknown need \"%.*s\"", rows.file, rows.line, (int)need.n, need.p);
        silence_row *row = push(d->a, t);
        *row = (silence_row){.word = tsv_get(&rows, "word"), .need = (int)k, .any = true};
        for (str rest = tsv_get(&rows, "objects"); rest.n;) {
            *map_put(d->a, &row->objects, str_split(rest, ' ', &rest)) = 1;
            row->any = false;
            if (!rest.p) break;
        }
    }
    for (size_t i = t->n; i-- > 0;) {
        uint32_t *slot = map_put(d->a, &t->first, t->v[i].word);
        t->v[i].next = *slot;
        *slot = (uint32_t)i;
    }
    return true;
}

static bool counts(const silence_row *row, const parse *p, uint32_t i)
{
    return row->any || map_get(&row->objects, p->v[i].lemma) != MAP_NONE;
}

static bool is_negated(const parse *p, uint32_t v)
{
    if (parse_has_child(p, v, DEP_neg)) return true;
    uint32_t h = p->v[v].head;
    return p->v[v].dep == DEP_pcomp && str_is(p->v[h].lower, "without");
}

// The dependent that the row asks for, or TOKEN_NONE.
static uint32_t silent_part(const silence_row *row, const parse *p, uint32_t v)
{
    switch (row->need) {
    case NEED_NEG: return is_negated(p, v) ? v : TOKEN_NONE;
    case NEED_TO:
        for_children (p, v, c)
            if (p->v[c].dep == DEP_xcomp && counts(row, p, c) && !parse_has_child(p, c, DEP_auxpass)) return c;
        return TOKEN_NONE;
    case NEED_FROM:
        for_children (p, v, c) {
            uint32_t what = p->v[c].dep == DEP_prep && str_is(p->v[c].lower, "from") ? parse_child(p, c, DEP_pcomp) : TOKEN_NONE;
            if (what != TOKEN_NONE && counts(row, p, what)) return what;
        }
        return TOKEN_NONE;
    default:
        for_children (p, v, c) {
            uint32_t no = parse_child(p, c, DEP_det);
            if (p->v[c].dep == DEP_dobj && no != TOKEN_NONE && str_is(p->v[no].lower, "no") && counts(row, p, c)) return c;
        }
        return TOKEN_NONE;
    }
}

// "did not say when": silent; "did not say he would come": that is what he did not say, and no silence.
static bool says_anyway(const parse *p, uint32_t v)
{
    uint32_t c = parse_child(p, v, DEP_ccomp);
    if (!str_is(p->v[v].lemma, "say") && !str_is(p->v[v].lemma, "explain") && !str_is(p->v[v].lemma, "confirm")) return false;
    if (c == TOKEN_NONE) return str_is(p->v[v].lemma, "say");
    uint8_t tag = p->v[p->v[c].left].tag;
    return tag != TAG_WRB && tag != TAG_WP && tag != TAG_WDT && !str_is(p->v[p->v[c].left].lower, "if") &&
           !str_is(p->v[p->v[c].left].lower, "whether");
}

static void add_silence(const reading *r, draft_list *out, const silence_row *row, uint32_t v, uint32_t part)
{
    const parse *p = r->p;
    draft        d = {.cue = v,
                      .who = TOKEN_NONE,
                      .declined = true,
                      .rule = arena_printf(r->a, "%s %s", row->word.p ? "silence" : "", silence_needs[row->need])};
    d.cue_at = draft_cue_words(p, v);
    uint32_t without = p->v[v].head;
    if (p->v[v].dep == DEP_pcomp && without + 1 == d.cue_at.first) d.cue_at.first = without;
    bool     passive = parse_has_child(p, v, DEP_auxpass);
    uint32_t who = passive ? parse_child(p, v, DEP_nsubjpass) : draft_subject(r, v);
    if (who == TOKEN_NONE || (passive && !str_is(row->word, "reach"))) return;
    draft_set_who(r, &d, who);
    if (row->need == NEED_TO || row->need == NEED_FROM) {
        draft_add_piece(r, &d, p->v[part].left, p->v[part].right);
    } else {
        if (row->need == NEED_NO) d.cue_at.end = part + 1;
        for_children (p, v, c) {
            uint8_t dep = p->v[c].dep;
            if (c < v || (dep != DEP_dobj && dep != DEP_prep && dep != DEP_ccomp && dep != DEP_advcl)) continue;
            if (c == part) draft_add_piece(r, &d, part + 1, p->v[part].right);
            else draft_add_dependent(r, &d, c);
        }
    }
    *push(r->a, out) = d;
}

bool silence_find(const reading *r, draft_list *out, uint32_t i)
{
    const parse *p = r->p;
    if (p->v[i].pos != POS_VERB || r->quotes.of[i] != NO_QUOTE) return false;
    for (uint32_t k = map_get(&r->silence->first, p->v[i].lemma); k != MAP_NONE; k = r->silence->v[k].next) {
        const silence_row *row = &r->silence->v[k];
        uint32_t           part = silent_part(row, p, i);
        if (part == TOKEN_NONE || (row->need == NEED_NEG && says_anyway(p, i))) continue;
        size_t before = out->n;
        add_silence(r, out, row, i, part);
        return out->n > before;
    }
    return false;
}
