#include "events/roles.h"

// The weights of the ranking of parties; without the file the frames alone decide.
static bool load_parties(const data_set *d, event_rules *r, fault *f)
{
    str        bytes;
    model_file file;
    fault      none;
    if (!data_text(d, "events/roles.weights", &bytes, &none)) return true;
    if (!model_open(&file, d->a, bytes, "data/events/roles.weights", f) || !model_table(&file, "roles", 1, &r->roles, f))
        return false;
    r->has_roles = true;
    return true;
}

const event_rules *event_rules_load(const data_set *d, fault *f)
{
    event_rules *r = new (d->a, event_rules);
    return lexicon_load(d, r, f) && load_parties(d, r, f) ? r : NULL;
}

#define TYPE_NAME(id) #id,
static const char *const type_names[] = {EVENT_TYPES(TYPE_NAME)};
static const char *const event_statuses[] = {"happened",   "ongoing", "planned", "demanded",
                                             "threatened", "alleged", "denied",  "hypothetical"};

const char *event_type_name(event_type t) { return type_names[t]; }
const char *event_status_name(event_status s) { return event_statuses[s]; }

void finding_by_rules(finding *f)
{
    harm_resolve(f);
    parties_fill(f);
    trigger_merge(f);
    status_fill(f);
    parties_from_above(f);
    setting_fill(f);
}

// The acts that stand, in text order, with same_as pointing into the list.
static event_list events_of_acts(finding *f)
{
    event_list out = {0};
    uint32_t  *place_of = new_array(f->a, uint32_t, f->acts.n + 1);
    for (size_t i = 0; i < f->acts.n; i++) {
        const act *x = &f->acts.v[i];
        if (x->dropped) continue;
        place_of[i] = (uint32_t)out.n;
        event *e = push(f->a, &out);
        *e = x->e;
        e->type = (event_type)x->type;
        if (e->same_as != NO_EVENT) {
            uint32_t first = place_of[e->same_as];
            e->same_as = out.v[first].same_as != NO_EVENT ? out.v[first].same_as : first;
        }
    }
    return out;
}

event_list events_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                       mention_list *mentions, source_list *sources, const event_rules *rules)
{
    finding f = {
        .a = a, .art = art, .p = p, .times = times, .quantities = quantities, .m = mentions, .sources = sources, .r = rules};
    finding_index(&f);
    pronouns_resolve(&f);
    trigger_find(&f);
    finding_by_rules(&f);
    if (rules->has_roles) roles_choose(&f, &rules->roles);
    source_fill(&f);
    parties_carry(&f);
    event_list list = events_of_acts(&f);
    setting_carry(&f, &list);
    figures_link(a, art, p, times, quantities, mentions, sources, rules, &list);
    return list;
}

static void dump_names(FILE *out, const mention_list *m, const id_list *ids)
{
    fprintf(out, " | ");
    for (size_t i = 0; i < ids->n; i++) {
        str name = m->entities[ids->v[i]].name;
        fprintf(out, "%s%.*s", i ? ", " : "", (int)name.n, name.p);
    }
    if (!ids->n) fprintf(out, "-");
}

void events_dump(FILE *out, const parse *p, const mention_list *m, const source_list *s, const time_list *t,
                 const quantity_list *q, const event_list *e)
{
    (void)q;
    for (size_t i = 0; i < e->n; i++) {
        const event *v = &e->v[i];
        str          word = span_of(p->text, v->trigger);
        fprintf(out, "%.*s | %s", (int)word.n, word.p, event_type_name(v->type));
        for (size_t k = 0; k < v->n_mode; k++) fprintf(out, " %.*s", (int)v->mode[k].n, v->mode[k].p);
        dump_names(out, m, &v->actor);
        dump_names(out, m, &v->recipient);
        dump_names(out, m, &v->place);
        str when = v->time == NO_TIME ? STR("-") : span_of(p->text, t->v[v->time].at);
        str who = v->source == NO_SOURCE ? STR("-") : s->sources[v->source].text;
        fprintf(out, " | %.*s | %s | %.*s", (int)when.n, when.p, event_status_name(v->status), (int)who.n, who.p);
        if (v->same_as != NO_EVENT) fprintf(out, " | same as %u", v->same_as + 1);
        if (v->place_by.rule.n) fprintf(out, " | place by %.*s", (int)v->place_by.rule.n, v->place_by.rule.p);
        if (v->time_by.rule.n) fprintf(out, " | time by %.*s", (int)v->time_by.rule.n, v->time_by.rule.p);
        fprintf(out, " | %.*s\n", (int)v->rule.n, v->rule.p);
    }
}
