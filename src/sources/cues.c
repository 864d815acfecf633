#include "sources/cues.h"

static const char *const cue_kinds[] = {"say",   "quoting", "tell",    "act",  "cite", "show",
                                        "think", "stance",  "hearsay", "noun", "none", NULL};

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

bool cues_load(cue_table *t, const data_set *d, fault *f)
{
    tsv rows;
    *t = (cue_table){0};
    if (!data_open(d, "sources/cues.tsv", &rows, f)) return false;
    while (tsv_next(&rows)) {
        cue c = {.words = tsv_get(&rows, "cue"), .barred = tsv_get(&rows, "barred")};
        str pos = tsv_get(&rows, "pos"), kind = tsv_get(&rows, "kind"), rest;
        while (cue_kinds[c.kind] && !str_is(kind, cue_kinds[c.kind])) c.kind++;
        if (!cue_kinds[c.kind]) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", rows.file, rows.line, (int)kind.n, kind.p);
        if (!read_frames(&c, tsv_get(&rows, "frames"))) return fault_set(f, "%s:%d: unknown frame", rows.file, rows.line);
        c.first = str_split(c.words, ' ', &rest);
        while (rest.p && c.n_rest < 4) c.rest[c.n_rest++] = str_split(rest, ' ', &rest);
        if (str_is(pos, "light")) {
            *map_put(d->a, &t->light, c.first) = 1;
            continue;
        }
        map *in = str_is(pos, "verb") ? &t->verbs : str_is(pos, "noun") ? &t->nouns : str_is(pos, "adverb") ? &t->adverbs : NULL;
        if (!in) return fault_set(f, "%s:%d: unknown part of speech \"%.*s\"", rows.file, rows.line, (int)pos.n, pos.p);
        uint32_t *slot = map_put(d->a, in, c.first);
        cue      *at = new (d->a, cue);
        *at = c;
        if (*slot == MAP_NONE) {
            *slot = (uint32_t)t->n;
            *push(d->a, t) = c;
            continue;
        }
        // Longer ones first, so that "point out" is found before "point".
        cue *head = &t->v[*slot];
        if (head->n_rest < at->n_rest) {
            cue old = *head;
            *head = *at;
            *at = old;
            at->next = old.next;
            head->next = at;
        } else {
            at->next = head->next;
            head->next = at;
        }
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
    const map   *in = k->pos == POS_VERB ? &t->verbs : k->pos == POS_NOUN ? &t->nouns : k->pos == POS_ADV ? &t->adverbs : NULL;
    if (!in) return NULL;
    uint32_t n = map_get(in, k->pos == POS_ADV ? k->lower : k->lemma);
    if (n == MAP_NONE) return NULL;
    for (const cue *c = &t->v[n]; c; c = c->next)
        if (rest_found(c, p, i)) return c;
    return NULL;
}
