// Tellings of a record: which acts are one happening, which of them is the main one, and what the report gives for each.

#include "ledger/telling_inner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// How far down a report is read: what comes later rarely tells which happening it is about.
enum {
    MOST_ACTS = 2000,
    MOST_THINGS = 4000,
    MOST_AT = 40,
    MOST_TIMES = 200,
    LEAD_WORDS = 80,
    HEADLINE_BYTES = 300,
    MOST_TEXT_WORDS = 2500
};

// What a piece of evidence adds to the weight of a day or place (unit: one mention in the text).
enum { IN_TEXT = 1, IN_LEAD = 2, IN_HEADLINE = 4, OF_OTHER_ACT = 2, OF_DATELINE = 5, OF_OWN_ACT = 5, MOST_IN_TEXT = 5 };

typedef struct {
    uint32_t       root; // index of its happening's first act
    int            type; // row of types.tsv or -1
    int            weight;
    telling_family family;
    bool           told; // happened, goes on, is alleged
    int32_t        begin, last;
} told_act;

typedef struct {
    arena               *a;
    const telling_rules *rules;
    const reading       *r;
    span                 headline, lead; // bytes
    folded_words         words, title;   // of the text; of a title that the text does not begin with
    told_act            *acts;
    size_t               n_acts;
    uint32_t             roots[TELLINGS_MOST]; // indexes of acts; READING_NONE for a report without any
    size_t               n_roots;
} telling_job;

// --- the text ---

static span bytes_at(const telling_job *j, span at)
{
    if (at.end > j->r->n_points) return (span){0, 0};
    return j->r->byte ? (span){j->r->byte[at.start], j->r->byte[at.end]} : at;
}

// The text's first paragraph if it is short enough to be a headline; the lead is what follows.
static void find_lead(telling_job *j)
{
    ptrdiff_t end = str_find(j->r->text, STR("\n\n"));
    size_t    n = 0;
    j->words = telling_words(j->a, j->r->text, MOST_TEXT_WORDS);
    j->headline = (span){0, end > 0 && end <= HEADLINE_BYTES ? (uint32_t)end : 0};
    if (j->r->title.n && !str_starts(j->r->text, j->r->title)) j->title = telling_words(j->a, j->r->title, LEAD_WORDS);
    j->lead = (span){j->headline.end, j->headline.end};
    for (size_t i = 0; i < j->words.n && n < LEAD_WORDS; i++)
        if (j->words.v[i].at >= j->headline.end) j->lead.end = (uint32_t)j->words.v[i].end, n++;
}

static int place_in_text(const telling_job *j, span at)
{
    return span_in(at, j->headline) ? IN_HEADLINE : span_in(at, j->lead) ? IN_LEAD : IN_TEXT;
}

// --- acts and happenings ---

static bool told_as_fact(str status)
{
    return !status.n || str_is(status, "happened") || str_is(status, "ongoing") || str_is(status, "alleged");
}

static void gather_acts(telling_job *j)
{
    size_t n = j->r->n_events < MOST_ACTS ? j->r->n_events : MOST_ACTS;
    j->acts = new_array(j->a, told_act, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const reading_event *e = &j->r->events[i];
        told_act            *v = &j->acts[j->n_acts++];
        *v = (told_act){
            e->same_as < i ? j->acts[e->same_as].root : i, -1, 1, FAMILY_TALK, told_as_fact(e->status), e->begin, e->end};
        if (v->last == DAY_NONE) v->last = v->begin;
        if (v->begin == DAY_NONE) v->begin = v->last;
        for (size_t k = 0; k < j->rules->n; k++) {
            const type_rule *t = &j->rules->types[k];
            if (str_eq(e->type, t->type)) v->type = (int)k, v->family = t->family, v->weight = t->weight;
        }
    }
}

// The heaviest happening (the first of equals), then others in text order that have a day of their own, and a place or figure of
// their own.
static void choose_happenings(telling_job *j)
{
    int     *weight = new_array(j->a, int, j->n_acts + 1);
    uint32_t best = 0;
    for (size_t i = 0; i < j->n_acts; i++)
        if (j->acts[i].told) weight[j->acts[i].root] += j->acts[i].weight * (1 + (int)j->r->events[i].figures.n);
    for (uint32_t i = 1; i < j->n_acts; i++)
        if (weight[i] > weight[best]) best = i;
    j->roots[j->n_roots++] = weight[best] ? best : READING_NONE;
    for (uint32_t i = 0; i < j->n_acts && j->n_roots < TELLINGS_MOST; i++) {
        const reading_event *e = &j->r->events[i];
        if (i != best && weight[i] && e->begin != DAY_NONE && !e->day_carried && (e->place.n || e->figures.n) &&
            j->acts[i].family <= FAMILY_PROTEST)
            j->roots[j->n_roots++] = i;
    }
}

// Does what is said of this act also say something of the happening? All acts like it do of the main one.
static bool adds_to(const telling *t, const told_act *v)
{
    return v->root + 1 == t->event || (t->main && v->told && v->family == t->family);
}

// --- days ---

typedef struct {
    telling_day v[64];
    size_t      n;
} day_pool;

static void pool_day(day_pool *p, int32_t begin, int32_t last, int weight)
{
    if (begin == DAY_NONE || last < begin || last - begin > 31) return;
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].begin == begin && p->v[i].last == last) {
            p->v[i].weight = (uint8_t)(p->v[i].weight + weight > 255 ? 255 : p->v[i].weight + weight);
            return;
        }
    if (p->n < 64) p->v[p->n++] = (telling_day){begin, last, (uint8_t)weight};
}

static int by_day_weight(const void *x, const void *y)
{
    const telling_day *a = x, *b = y;
    if (a->weight != b->weight) return a->weight < b->weight ? 1 : -1;
    if (a->begin != b->begin) return a->begin > b->begin ? 1 : -1;
    return (a->last > b->last) - (a->last < b->last);
}

static void find_days(const telling_job *j, telling *t)
{
    day_pool p = {.n = 0};
    for (size_t i = 0; i < j->n_acts; i++)
        if (adds_to(t, &j->acts[i]))
            pool_day(&p, j->acts[i].begin, j->acts[i].last, j->acts[i].root + 1 == t->event ? OF_OWN_ACT : OF_OTHER_ACT);
    for (size_t i = 0; t->main && i < j->r->n_times && i < MOST_TIMES; i++) {
        const reading_time *x = &j->r->times[i];
        pool_day(&p, x->begin, x->end, place_in_text(j, bytes_at(j, x->at)));
    }
    qsort(p.v, p.n, sizeof *p.v, by_day_weight);
    t->n_days = p.n < TELLING_DAYS ? (uint32_t)p.n : TELLING_DAYS;
    memcpy(t->days, p.v, t->n_days * sizeof *p.v);
}

// --- places, people, parties ---

typedef struct {
    const reading_entity *e;
    uint32_t              number;
    int                   weight;
    bool                  takes_part, harmed;
} told_thing;

static void count_role(reading_ids ids, told_thing *v, size_t n, int weight)
{
    for (size_t i = 0; i < ids.n; i++)
        if (ids.v[i] < n) v[ids.v[i]].weight += weight, v[ids.v[i]].takes_part = true;
}

static void count_harmed(reading_ids ids, told_thing *v, size_t n)
{
    for (size_t i = 0; i < ids.n; i++)
        if (ids.v[i] < n) v[ids.v[i]].harmed = true;
}

static void count_roles(const telling_job *j, const telling *t, told_thing *v, size_t n)
{
    for (size_t i = 0; i < j->n_acts; i++) {
        const reading_event *e = &j->r->events[i];
        bool                 own = j->acts[i].root + 1 == t->event;
        if (!adds_to(t, &j->acts[i])) continue;
        count_role(e->place, v, n, own ? OF_OWN_ACT : OF_OTHER_ACT);
        count_role(e->actor, v, n, own ? 2 : 1);
        count_role(e->recipient, v, n, own ? 2 : 1);
        if (j->acts[i].family == FAMILY_HARM) count_harmed(e->recipient, v, n);
    }
    for (size_t i = 0; i < j->r->n_figures && i < MOST_ACTS; i++) {
        const reading_figure *f = &j->r->figures[i];
        bool                  own = f->event < j->n_acts && j->acts[f->event].root + 1 == t->event;
        if (!own && !t->main) continue;
        count_role(f->of, v, n, 2);
        count_role(f->place, v, n, OF_OTHER_ACT);
        count_harmed(f->of, v, n);
    }
}

// What the text itself adds to the main happening's people and places: how often and how far up they are named.
static void count_mentions(const telling_job *j, told_thing *x)
{
    int in_text = 0;
    for (size_t k = 0; k < x->e->n_mentions && k < MOST_AT; k++) {
        int w = place_in_text(j, bytes_at(j, x->e->mentions[k]));
        if (w > IN_TEXT) x->weight += w;
        else if (in_text < MOST_IN_TEXT) in_text++;
    }
    x->weight += in_text + 2 * x->harmed + (x->number == j->r->dateline) * OF_DATELINE;
}

static int by_weight_then_number(const void *x, const void *y)
{
    const told_thing *a = x, *b = y;
    if (a->weight != b->weight) return a->weight < b->weight ? 1 : -1;
    return (a->number > b->number) - (a->number < b->number);
}

static void copy_code(char *to, size_t room, str s)
{
    if (s.n >= room) s.n = room - 1;
    if (s.n) memcpy(to, s.p, s.n);
}

static void tell_place(const telling_job *j, telling *t, const told_thing *x)
{
    static const char *const precisions[] = {"point", "city", "district", "province", "country"};
    const reading_place     *p = &x->e->place;
    telling_place            out = {.name = telling_fold(j->a, x->e->name),
                                    .lat = NAN,
                                    .lon = NAN,
                                    .precision = 255,
                                    .weight = (uint8_t)(x->weight > 255 ? 255 : x->weight)};
    if (x->e->has_place) {
        out.geonames = (uint32_t)p->geonames, out.lat = (float)p->lat, out.lon = (float)p->lon;
        for (uint8_t k = 0; k < 5; k++)
            if (str_is(p->precision, precisions[k])) out.precision = k;
        copy_code(out.country, sizeof out.country, p->country);
        copy_code(out.admin1, sizeof out.admin1, p->admin1);
    }
    if (!out.name.n || str_is(p->precision, "country")) return;
    for (uint32_t i = 0; i < t->n_places; i++)
        if (str_eq(t->places[i].name, out.name)) return;
    if (t->n_places < TELLING_PLACES) t->places[t->n_places++] = out;
}

static int number_before(str s)
{
    int v = 0, unit = 1;
    for (size_t k = s.n; k > 0 && s.p[k - 1] >= '0' && s.p[k - 1] <= '9' && unit < 1000; k--, unit *= 10)
        v += unit * (s.p[k - 1] - '0');
    return v;
}

// The age that stands behind a name ("Ann Lee, 34,") or before it ("34-year-old Ann Lee"), or 0.
static uint8_t age_at(str text, span at)
{
    str    before = str_cut(text, at.start > 16 ? at.start - 16 : 0, at.start);
    size_t i = at.end, end;
    int    v = 0;
    if (i + 3 < text.n && text.p[i] == ',' && text.p[i + 1] == ' ') {
        for (end = i + 2; end < text.n && end < i + 5 && text.p[end] >= '0' && text.p[end] <= '9';) end++;
        if (end == text.n || strchr(",. ;-)", text.p[end])) v = number_before(str_cut(text, i + 2, end));
    }
    if (!v && (str_ends(before, STR("-year-old ")) || str_ends(before, STR(" year old "))))
        v = number_before(str_cut(before, 0, before.n - 10));
    return v > 0 && v < 120 ? (uint8_t)v : 0;
}

static void tell_person(const telling_job *j, telling *t, const told_thing *x)
{
    telling_person p = {
        .name = telling_fold(j->a, x->e->name), .weight = (uint8_t)(x->weight > 255 ? 255 : x->weight), .harmed = x->harmed};
    for (size_t i = 0; i < x->e->n_mentions && i < MOST_AT && !p.age; i++)
        p.age = age_at(j->r->text, bytes_at(j, x->e->mentions[i]));
    if (p.name.n && t->n_people < TELLING_PEOPLE) t->people[t->n_people++] = p;
}

// More than half of its words are in capitals: "Ann Lee", "the River Boys", not "a Dallas man".
static bool proper_name(str name)
{
    size_t words = 0, capitals = 0;
    for (size_t i = 0; i < name.n; i++)
        if (i == 0 || name.p[i - 1] == ' ') words++, capitals += name.p[i] >= 'A' && name.p[i] <= 'Z';
    return words > 0 && capitals * 2 > words;
}

static void find_things(const telling_job *j, telling *t)
{
    size_t      n = j->r->n_entities < MOST_THINGS ? j->r->n_entities : MOST_THINGS;
    told_thing *v = new_array(j->a, told_thing, n + 1);
    for (uint32_t i = 0; i < n; i++) v[i] = (told_thing){.e = &j->r->entities[i], .number = i};
    count_roles(j, t, v, n);
    for (size_t i = 0; i < n && t->main; i++) count_mentions(j, &v[i]);
    qsort(v, n, sizeof *v, by_weight_then_number);
    for (size_t i = 0; i < n && v[i].weight > 0; i++) {
        str kind = v[i].e->kind;
        if (str_is(kind, "place") || v[i].e->has_place) tell_place(j, t, &v[i]);
        else if (!proper_name(v[i].e->name)) continue;
        else if (str_is(kind, "person")) tell_person(j, t, &v[i]);
        else if ((str_is(kind, "organisation") || str_is(kind, "armed_group")) && v[i].takes_part &&
                 t->n_parties < TELLING_PARTIES)
            t->parties[t->n_parties++] = telling_fold(j->a, v[i].e->name);
    }
}

// --- figures ---

static int32_t figure_bound(bool has, double x, int32_t none)
{
    return !has ? none : x > 2e9 ? 2000000000 : x < 0 ? 0 : (int32_t)x;
}

static void find_figures(const telling_job *j, telling *t)
{
    static const char *const effects[] = {"killed",    "injured", "infected", "missing",  "abducted", "arrested",
                                          "displaced", "rescued", "present",  "deployed", "other"};
    enum { SAYS_LITTLE = 8 };
    for (size_t i = 0; i < j->r->n_figures && i < MOST_ACTS && t->n_figures < TELLING_FIGURES; i++) {
        const reading_figure *f = &j->r->figures[i];
        telling_figure        g = {0, figure_bound(f->has_low, f->low, 0), figure_bound(f->has_high, f->high, -1)};
        bool                  held = f->total || (f->status.n && !str_is(f->status, "asserted"));
        if (f->event < j->n_acts ? !adds_to(t, &j->acts[f->event]) : !t->main) continue;
        while (g.effect < SAYS_LITTLE && !str_is(f->effect, effects[g.effect])) g.effect++;
        for (uint32_t k = 0; k < t->n_figures; k++)
            held |= t->figures[k].effect == g.effect && t->figures[k].low == g.low && t->figures[k].high == g.high;
        if (!held && g.effect < SAYS_LITTLE) t->figures[t->n_figures++] = g;
    }
}

// --- ages: "34-year-old", "Ann Lee, 34," ---

static int by_age(const void *x, const void *y) { return *(const uint8_t *)x - *(const uint8_t *)y; }

static void find_ages(const telling_job *j, telling *t)
{
    str text = j->r->text;
    for (size_t i = 0; i < j->words.n && t->n_ages < TELLING_AGES; i++) {
        const folded_word *w = &j->words.v[i];
        str                before = str_cut(text, 0, w->at), after = str_cut(text, w->end, text.n);
        int                v = w->word.n <= 3 && w->word.p[0] != '0' ? number_before(w->word) : 0;
        bool               told =
            str_starts(after, STR("-year-old")) || str_starts(after, STR(" year old")) || str_starts(after, STR(" years old"));
        bool set_off = str_ends(before, STR(", ")) && i && w[-1].capital && after.n && strchr(",.;", after.p[0]);
        if (v <= 0 || v >= 120 || (!told && !set_off) || memchr(t->ages, v, t->n_ages)) continue;
        t->ages[t->n_ages++] = (uint8_t)v;
    }
    qsort(t->ages, t->n_ages, 1, by_age);
}

// --- words ---

static int by_word(const void *x, const void *y)
{
    const telling_word *a = x, *b = y;
    return (a->word > b->word) - (a->word < b->word);
}

static int word_worth(const telling_word *w)
{
    return (w->where & WORD_HEADLINE) * 8 + (w->where & (WORD_LEAD | WORD_NAME)) + (w->count > 3 ? 3 : w->count);
}

static int by_worth(const void *x, const void *y)
{
    int v = word_worth(x), w = word_worth(y);
    return v != w ? w - v : by_word(x, y);
}

typedef struct {
    telling_word *v;
    size_t        n;
} word_pool;

static void pool_words(const telling_job *j, word_pool *p, folded_words w, str text, bool title)
{
    for (size_t i = 0; i < w.n; i++) {
        const folded_word *x = &w.v[i];
        span               at = {(uint32_t)x->at, (uint32_t)x->end};
        int                where = title || span_in(at, j->headline) ? WORD_HEADLINE : span_in(at, j->lead) ? WORD_LEAD : 0;
        uint8_t            bits = (uint8_t)(where | (x->capital ? WORD_NAME : 0));
        if (x->word.n > 2) p->v[p->n++] = (telling_word){telling_word_hash(x->word), 1, bits};
        if (telling_pair_at(&w, i, text))
            p->v[p->n++] = (telling_word){telling_pair_hash(x->word, x[1].word), 1, bits | WORD_PAIR};
    }
}

static void find_words(const telling_job *j, telling *t)
{
    word_pool p = {new_array(j->a, telling_word, 2 * (j->words.n + j->title.n) + 1), 0};
    size_t    n = 0;
    pool_words(j, &p, j->words, j->r->text, false);
    pool_words(j, &p, j->title, j->r->title, true);
    qsort(p.v, p.n, sizeof *p.v, by_word);
    for (size_t i = 0; i < p.n; i++) {
        telling_word *before = n ? &p.v[n - 1] : NULL;
        if (!before || before->word != p.v[i].word) p.v[n++] = p.v[i];
        else before->where |= p.v[i].where, before->count = (uint8_t)(before->count + (before->count < 255));
    }
    qsort(p.v, n, sizeof *p.v, by_worth);
    t->n_words = n < TELLING_WORDS ? (uint32_t)n : TELLING_WORDS;
    memcpy(t->words, p.v, t->n_words * sizeof *p.v);
    qsort(t->words, t->n_words, sizeof *t->words, by_word);
}

// --- together ---

static telling telling_of(const telling_job *j, uint32_t root, bool main)
{
    telling t = {.report = j->r->id, .event = root + 1, .main = main, .family = FAMILY_NONE, .published = j->r->published};
    t.site = j->r->site.n ? telling_word_hash(j->r->site) : 0;
    if (root != READING_NONE) t.family = j->acts[root].family;
    for (size_t i = 0; i < j->n_acts; i++)
        if (j->acts[i].root == root) t.acts++, t.types |= j->acts[i].type >= 0 ? 1u << j->acts[i].type : 0;
    find_days(j, &t);
    find_things(j, &t);
    find_figures(j, &t);
    if (main) find_words(j, &t), find_ages(j, &t);
    return t;
}

telling_list tellings_of(arena *a, const reading *record, const telling_rules *rules)
{
    telling_job  j = {.a = a, .rules = rules, .r = record};
    telling_list out = {0};
    find_lead(&j);
    gather_acts(&j);
    choose_happenings(&j);
    for (size_t i = 0; i < j.n_roots; i++) *push(a, &out) = telling_of(&j, j.roots[i], i == 0);
    return out;
}
