#include "sources/sources.h"

#include "sources/learned.h"
#include "sources/silence.h"
#include "sources/who.h"

struct source_rules {
    cue_table         cues;
    silence_table     silence;
    who_words         who;
    secrecy_table     secrecy;
    attribution_model model;
};

const source_rules *source_rules_load(const data_set *d, fault *f)
{
    source_rules *rules = new (d->a, source_rules);
    return cues_load(&rules->cues, d, f) && silence_load(&rules->silence, d, f) && who_words_load(&rules->who, d, f) &&
                   secrecy_load(&rules->secrecy, d, f) && attribution_open(&rules->model, d, f)
               ? rules
               : NULL;
}

static const char *const source_kinds[] = {"person", "organisation", "official", "witness",
                                           "medic",  "document",     "media",    "unnamed"};
static const char *const mode_names[] = {"direct", "mixed", "indirect", "declined"};

const char *source_kind_name(source_kind k) { return source_kinds[k]; }
const char *statement_mode_name(statement_mode m) { return mode_names[m]; }

// "TARSOVA (AP) — Two people died, police said": what police said begins behind the dateline.
static void skip_dateline(const article *art, source_list *s)
{
    uint32_t end = art->dateline.end;
    while (end < art->text.n && art->text.p[end] == ' ') end++;
    for (size_t i = 0; i < s->n && art->dateline.end > art->dateline.start; i++)
        for (size_t k = 0; k < s->v[i].n_content; k++) {
            span *c = &s->v[i].content[k];
            if (c->start < end && c->end > end) c->start = end;
        }
}

source_list sources_find(arena *a, const article *art, const parse *p, const mention_list *m, const source_rules *rules)
{
    source_list out = {0};
    reading     r = {
            .a = a, .art = art, .p = p, .mentions = m, .cues = &rules->cues, .silence = &rules->silence, .quotes = quotes_find(a, p)};
    draft_list drafts = drafts_find(&r);
    draft_list learned = learned_find(&r, &rules->model, &drafts);
    drafts = attributions_join(&r, &drafts, &learned, reports_election(&r, &rules->model));
    who_resolve(&r, &rules->who, &rules->secrecy, &drafts, &out);
    skip_dateline(art, &out);
    sources_cover(a, p, &out);
    return out;
}

void sources_dump(FILE *out, const parse *p, const source_list *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const statement *q = &s->v[i];
        str              who = q->source == NO_SOURCE || !s->sources[q->source].text.n ? STR("-") : s->sources[q->source].text;
        str              said = span_of(p->text, q->cue);
        fprintf(out, "%.*s | %.*s | ", (int)who.n, who.p, (int)said.n, said.p);
        for (size_t k = 0; k < q->n_content; k++) {
            str c = span_of(p->text, q->content[k]);
            fprintf(out, "%s%.*s", k ? " … " : "", (int)c.n, c.p);
        }
        fprintf(out, " | %s", mode_names[q->mode]);
        if (q->source != NO_SOURCE) {
            const source *src = &s->sources[q->source];
            fprintf(out, " | %s%s", source_kinds[src->kind], src->anonymous ? " | anonymous" : "");
            if (src->reason.n) fprintf(out, " | because: %.*s", (int)src->reason.n, src->reason.p);
        }
        fprintf(out, "\n");
    }
}
