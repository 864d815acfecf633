#include "sources/cues.h"

static const char *const cue_kinds[] = {"say",    "quoting", "tell", "act",    "cite", "show", "think",
                                        "stance", "hearsay", "noun", "phrase", "none", NULL};

static bool read_frames(cue *c, str frames)
{
    for (str rest = frames; rest.p;) {
        str w = str_split(rest, ' ', &rest);
        if (!w.n) continue;
        if (w.p[0] == '+' && c->n_prep < CUE_PREPOSITIONS) c->prep[c->n_prep++] = str_cut(w, 1, w.n);
        else if (str_is(w, "that")) c->frames |= FRAME_THAT;
        else if (str_is(w, "q")) c->frames |= FRAME_QUOTE;
        else if (str_is(w, "to")) c->frames |= FRAME_TO;
        else if (str_is(w, "obj")) c->frames |= FRAME_OBJECT;
        else if (str_is(w, "small")) c->frames |= FRAME_SMALL;
        else if (str_is(w, "passive")) c->frames |= FRAME_PASSIVE;
        else if (str_is(w, "then-to")) c->frames |= FRAME_THEN_TO;
        else if (str_is(w, "@obj")) c->frames |= FRAME_ADDRESSEE;
        else return false;
    }
    return true;
}

static bool speakers_load(map *speakers, const data_set *d, fault *f)
{
    tsv rows;
    if (!data_open(d, "sources/kinds.tsv", &rows, f)) return false;
    while (tsv_next(&rows)) *map_put(d->a, speakers, tsv_get(&rows, "noun")) = 1;
    return true;
}

static bool read_cue(tsv *rows, cue *c, fault *f)
{
    *c = (cue){.words = tsv_get(rows, "cue"), .barred = tsv_get(rows, "barred")};
    str kind = tsv_get(rows, "kind"), rest;
    while (cue_kinds[c->kind] && !str_is(kind, cue_kinds[c->kind])) c->kind++;
    if (!cue_kinds[c->kind]) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", rows->file, rows->line, (int)kind.n, kind.p);
    if (!read_frames(c, tsv_get(rows, "frames"))) return fault_set(f, "%s:%d: unknown frame", rows->file, rows->line);
    c->first = str_split(c->words, ' ', &rest);
    while (rest.p && c->n_rest < CUE_REST) c->rest[c->n_rest++] = str_split(rest, ' ', &rest);
    return true;
}

// Rows with the same first word make a chain, those of more words first: "point out" is found before "point".
static void chain_cue(cue_table *t, arena *a, map *in, const cue *c)
{
    uint32_t *slot = map_put(a, in, c->first);
    if (*slot == MAP_NONE) {
        *slot = (uint32_t)t->n;
        *push(a, t) = *c;
        return;
    }
    cue *added = new (a, cue), *at = &t->v[*slot];
    *added = *c;
    if (at->n_rest < c->n_rest) { // the head stays where the map points
        cue old = *at;
        *at = *added;
        *added = old;
        at->next = added;
        return;
    }
    while (at->next && at->next->n_rest >= c->n_rest) at = at->next;
    added->next = at->next;
    at->next = added;
}

bool cues_load(cue_table *t, const data_set *d, fault *f)
{
    tsv rows;
    cue c;
    *t = (cue_table){0};
    if (!speakers_load(&t->speakers, d, f) || !data_open(d, "sources/cues.tsv", &rows, f)) return false;
    while (tsv_next(&rows)) {
        if (!read_cue(&rows, &c, f)) return false;
        str  pos = tsv_get(&rows, "pos");
        map *in = str_is(pos, "verb")     ? &t->verbs
                  : str_is(pos, "noun")   ? &t->nouns
                  : str_is(pos, "adverb") ? &t->adverbs
                  : str_is(pos, "phrase") ? &t->phrases
                                          : NULL;
        if (str_is(pos, "light")) *map_put(d->a, &t->light, c.first) = 1;
        else if (in) chain_cue(t, d->a, in, &c);
        else return fault_set(f, "%s:%d: unknown part of speech \"%.*s\"", rows.file, rows.line, (int)pos.n, pos.p);
    }
    return true;
}

// Each further word of the cue is the lemma of a dependent of its head, or of one found before.
static bool rest_found(const cue *c, const parse *p, uint32_t i)
{
    for (size_t k = 0; k < c->n_rest; k++) {
        bool found = false;
        for_children (p, i, d) found |= str_eq(p->v[d].lemma, c->rest[k]);
        if (!found) return false;
    }
    return true;
}

const cue *cues_at(const cue_table *t, const parse *p, uint32_t i)
{
    const token *k = &p->v[i];
    const map   *in = k->pos == POS_VERB   ? &t->verbs
                      : k->pos == POS_NOUN ? &t->nouns
                      : k->pos == POS_ADV  ? &t->adverbs
                      : k->pos == POS_ADP  ? &t->phrases
                                           : NULL;
    if (!in) return NULL;
    uint32_t n = map_get(in, k->pos == POS_ADV || k->pos == POS_ADP ? k->lower : k->lemma);
    if (n == MAP_NONE) return NULL;
    for (const cue *c = &t->v[n]; c; c = c->next)
        if (rest_found(c, p, i)) return c;
    return NULL;
}
