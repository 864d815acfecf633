// Places and days that an act's own clause does not give: from its sentence, from other tellings of the same
// happening, from the town that the report is set in. Each carried value is marked with the rule and the words.

#include "events/finding.h"

#include <stdlib.h>

enum { NEAR_MENTIONS = 24 }; // of a sentence that are looked at

// Acts that are done at a place; words are said wherever the speaker is.
static bool is_done_somewhere(const event *v)
{
    switch (v->type) {
    case EVENT_ASSAULT:
    case EVENT_INCIDENT:
    case EVENT_COERCE:
    case EVENT_PROTEST:
    case EVENT_MOBILIZE:
    case EVENT_AID:
    case EVENT_RETREAT: return true;
    case EVENT_SANCTION:
    case EVENT_THREATEN:
    case EVENT_ACCUSE:
    case EVENT_REJECT:
    case EVENT_REQUEST:
    case EVENT_CONSULT:
    case EVENT_AGREE:
    case EVENT_SUPPORT:
    case EVENT_CONCEDE:
    case EVENT_COOPERATE:
    case EVENT_TYPE_COUNT: return false;
    }
    return false;
}

// A street or building may lie in the town; what lies elsewhere, or is larger, leaves open where in it.
static bool only_spots(const finding *f, const event *v)
{
    for (size_t k = 0; k < v->place.n; k++)
        if (f->m->entities[v->place.v[k]].has_place) return false;
    return true;
}

static void carry_place(const finding *f, event *v, uint32_t e, str rule, span at)
{
    if (ids_hold(&v->place, e) || ids_hold(&v->actor, e)) return;
    ids_add(f->a, &v->place, e);
    v->place_by = (carried){rule, at};
}

// The nearest place that the sentence names with "in", "near" and the like.
static void from_sentence(const finding *f, event *v)
{
    const parse   *p = f->p;
    const mention *best = NULL;
    uint32_t       best_far = UINT32_MAX, s = v->sentence;
    for (uint32_t k = f->mention_first[s]; k < f->mention_first[s + 1] && k < f->mention_first[s] + NEAR_MENTIONS; k++) {
        const mention *x = &f->m->v[f->mention_of[k]];
        if (x->form != MENTION_NAME || x->entity == NO_ENTITY || p->v[x->head].dep != DEP_pobj) continue;
        const entity *e = &f->m->entities[x->entity];
        if (e->kind != ENTITY_PLACE && e->kind != ENTITY_STATE) continue;
        if (!lexicon_is(f->r, p->v[p->v[x->head].head].lower, WORD_place_at)) continue;
        uint32_t far = x->head > v->token ? x->head - v->token : v->token - x->head;
        if (far < best_far) best = x, best_far = far;
    }
    if (best) carry_place(f, v, best->entity, STR("same-sentence"), best->at);
}

// What another telling of the same happening says.
static void from_happening(const finding *f, event_list *list, event *v)
{
    const event *first = v->same_as != NO_EVENT ? &list->v[v->same_as] : NULL;
    for (size_t k = 0; first && k < first->place.n; k++)
        carry_place(f, v, first->place.v[k], STR("same-happening"), first->trigger);
}

// The attack or accident that the report tells first with a day.
static const event *main_harm(const event_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (scene_is_harm(&list->v[i]) && list->v[i].begin != DAY_NONE) return &list->v[i];
    return NULL;
}

static bool lies_apart(int32_t begin, int32_t last, const event *main)
{
    return begin != DAY_NONE && (last < main->begin - DAYS_OF_ONE_STORY || begin > main->last + DAYS_OF_ONE_STORY);
}

// Its own day is another, or its sentence tells of another time: "Rebels had taken the town in 2009, killing 40".
static bool at_another_time(const finding *f, const event *v, const event *main)
{
    const sentence *s = &f->p->sentences[v->sentence];
    if (!main) return false;
    if (v->begin != DAY_NONE) return v->last < main->begin || v->begin > main->last;
    size_t i = 0, hi = f->times->n;
    while (i < hi) { // the first time of the sentence
        size_t mid = i + (hi - i) / 2;
        if (f->times->v[mid].end <= s->first) i = mid + 1;
        else hi = mid;
    }
    for (; i < f->times->n && f->times->v[i].first < s->end; i++)
        if (lies_apart(f->times->v[i].begin, f->times->v[i].last, main)) return true;
    return false;
}

static void carry_day(const finding *f, event *v, uint32_t time, str rule)
{
    const time_note *t = &f->times->v[time];
    v->time = time;
    v->begin = t->begin;
    v->last = t->last;
    v->time_by = (carried){rule, t->at};
}

static void day_from_happening(const finding *f, event_list *list, event *v)
{
    const event *first = v->same_as != NO_EVENT ? &list->v[v->same_as] : NULL;
    if (first && first->time != NO_TIME) carry_day(f, v, first->time, STR("same-happening"));
}

static void drop_day_of_telling(const finding *f, event *v)
{
    if (v->time == NO_TIME || f->p->v[v->token].pos == POS_VERB || !scene_is_harm(v)) return;
    if (!scene_is_of_telling(f->p, &f->times->v[v->time], f->r)) return;
    v->time = NO_TIME;
    v->begin = v->last = DAY_NONE;
}

// "Attacks have grown", "200 have been killed", "a war": over a time, or in general.
static bool tells_of_no_day(const parse *p, uint32_t i)
{
    const token *t = &p->v[i];
    if (str_is(t->lemma, "war")) return true;
    if (t->tag == TAG_NNS)
        return !parse_has_child(p, i, DEP_det) && !parse_has_child(p, i, DEP_poss) && !parse_has_child(p, i, DEP_nummod);
    for_children (p, i, c)
        if (p->v[c].dep == DEP_aux && str_is(p->v[c].lemma, "have") && p->v[c].tag != TAG_VBD) return true;
    return false;
}

// Neither its sentence nor its place tells of another story than that of the day.
static bool on_that_day(const finding *f, const event *v, uint32_t time, uint32_t town)
{
    if (v->status == EVENT_ONGOING || tells_of_no_day(f->p, v->token)) return false;
    const event day = {.begin = f->times->v[time].begin, .last = f->times->v[time].last};
    for (size_t k = 0; k < v->place.n; k++)
        if (town != NO_ENTITY && v->place.v[k] != town && scene_is_town(&f->m->entities[v->place.v[k]]) &&
            f->m->entities[v->place.v[k]].has_place)
            return false;
    return !at_another_time(f, v, &day);
}

void setting_carry(finding *f, event_list *list)
{
    for (size_t i = 0; i < list->n; i++) drop_day_of_telling(f, &list->v[i]);
    const event *main = main_harm(list);
    scene        where = scene_find(f->a, f->art, f->p, f->m, list, f->r);
    scene_day    when = scene_find_day(f->a, f->art, f->p, f->times, list, f->r);
    for (size_t i = 0; i < list->n; i++) {
        event *v = &list->v[i];
        if (!v->place.n && is_done_somewhere(v)) from_sentence(f, v);
        if (!v->place.n && is_done_somewhere(v)) from_happening(f, list, v);
        if (where.town != NO_ENTITY && scene_is_harm(v) && only_spots(f, v) && !at_another_time(f, v, main))
            carry_place(f, v, where.town, where.rule, where.at);
        if (v->begin == DAY_NONE && is_done_somewhere(v)) day_from_happening(f, list, v);
        if (v->begin == DAY_NONE && when.time != NO_TIME && scene_is_harm(v) && on_that_day(f, v, when.time, where.town))
            carry_day(f, v, when.time, when.rule);
    }
}
