// The day of the report's attack or accident: every naming of a day speaks for it, by the verb it hangs on (day.tsv).

#include "events/lexicon.h"

enum {
    MOST_DAYS = 32,
    MOST_DAY_ROWS = 32,
    LEAD_OF_DAYS = 4, // sentences in which a day told of counts more
    STEPS_TO_VERB = 8 // up from a day's words to the verb they hang on
};
static const double DAY_REPEATED = 0.5, // a further naming of the same kind speaks half as much as the one before
    DAY_ENOUGH = 1.0;                   // below that nothing is said

typedef struct {
    int32_t  day;
    double   score, next[MOST_DAY_ROWS], most;
    uint32_t row, time; // that spoke most
} told_day;

typedef struct {
    const scene_rules *r;
    told_day           v[MOST_DAYS];
    size_t             n;
} told_days;

static void day_speaks(told_days *d, int32_t day, uint32_t note, size_t row)
{
    size_t k = 0;
    while (k < d->n && d->v[k].day != day) k++;
    if (k == MOST_DAYS) return;
    told_day *t = &d->v[k];
    if (k == d->n) {
        *t = (told_day){.day = day};
        for (size_t i = 0; i < d->r->n && i < MOST_DAY_ROWS; i++) t->next[i] = d->r->v[i].weight;
        d->n++;
    }
    double w = t->next[row];
    t->score += w;
    t->next[row] *= DAY_REPEATED;
    if (w > t->most) t->most = w, t->row = (uint32_t)row, t->time = note;
}

static bool day_speaks_as(told_days *d, int32_t day, uint32_t note, scene_stands stands, str word)
{
    for (size_t i = 0; i < d->r->n && i < MOST_DAY_ROWS; i++) {
        const scene_row *row = &d->r->v[i];
        if (row->stands == stands && (!row->words.n || map_get(&row->words, word) != MAP_NONE)) {
            day_speaks(d, day, note, i);
            return true;
        }
    }
    return false;
}

static uint32_t verb_over(const parse *p, uint32_t i)
{
    for (int step = 0; step < STEPS_TO_VERB && p->v[i].head != i; step++) {
        i = p->v[i].head;
        if (p->v[i].pos == POS_VERB) return i;
    }
    return i;
}

// "the paper reported on Friday" tells; "shots were reported on Friday" happened.
static str telling_verb(const parse *p, uint32_t verb)
{
    str lemma = p->v[verb].lemma;
    return str_is(lemma, "report") && !parse_has_child(p, verb, DEP_auxpass) && !parse_has_child(p, verb, DEP_nsubjpass)
               ? STR("say")
               : lemma;
}

bool scene_is_of_telling(const parse *p, const time_note *t, const event_rules *rules)
{
    const scene_rules *r = &rules->day;
    str                verb = p->v[verb_over(p, t->end - 1)].lemma;
    for (size_t i = 0; i < r->n; i++)
        if (r->v[i].stands == STANDS_under && map_get(&r->v[i].words, verb) != MAP_NONE) return r->v[i].weight < DAY_ENOUGH;
    return false;
}

scene_day scene_find_day(arena *a, const article *art, const parse *p, const time_list *times, const event_list *e,
                         const event_rules *rules)
{
    told_days d = {.r = &rules->day};
    bool     *has_harm = new_array(a, bool, p->n_sentences + 1);
    bool     *of_act = new_array(a, bool, times->n + 1);
    span      title = scene_title(art);
    for (size_t i = 0; i < e->n; i++) {
        if (!scene_is_harm(&e->v[i])) continue;
        has_harm[e->v[i].sentence] = true;
        uint32_t t = e->v[i].time;
        if (t == NO_TIME || e->v[i].begin != e->v[i].last || of_act[t]) continue;
        if (scene_is_of_telling(p, &times->v[t], rules)) continue;
        of_act[t] = true;
        day_speaks_as(&d, e->v[i].begin, t, STANDS_act, (str){"", 0});
    }
    for (uint32_t i = 0; i < times->n; i++) {
        const time_note *t = &times->v[i];
        bool             past = art->published.day == DAY_NONE || t->begin <= art->published.day;
        if (t->begin == DAY_NONE || t->begin != t->last || t->type == TIME_SET || !past || of_act[i]) continue;
        uint32_t over = verb_over(p, t->end - 1), s = p->v[t->first].sentence;
        if (span_in(t->at, title)) day_speaks_as(&d, t->begin, i, STANDS_title, (str){"", 0});
        if (!day_speaks_as(&d, t->begin, i, STANDS_under, telling_verb(p, over)))
            day_speaks_as(&d, t->begin, i,
                          has_harm[s]        ? STANDS_in_act
                          : s < LEAD_OF_DAYS ? STANDS_lead
                                             : STANDS_else,
                          (str){"", 0});
    }
    scene_day out = {.time = NO_TIME};
    double    best = DAY_ENOUGH;
    for (size_t k = 0; k < d.n; k++)
        if (d.v[k].score > best || (d.v[k].score == best && out.time == NO_TIME))
            best = d.v[k].score, out = (scene_day){d.v[k].time, d.r->v[d.v[k].row].id};
    return out;
}
