#include "times/times.h"

#include "times/resolve.h"
#include "times/rule.h"

#include <stdlib.h>

static time_precision precision_of(const timing *t)
{
    switch (t->kind) {
    case KIND_clock: return BY_MINUTE;
    case KIND_week:
    case KIND_weekend: return BY_WEEK;
    case KIND_month:
    case KIND_baremonth: return BY_MONTH;
    case KIND_quarter:
    case KIND_barequarter:
    case KIND_season:
    case KIND_bareseason:
    case KIND_half: return BY_SEASON;
    case KIND_year: return BY_YEAR;
    case KIND_decade:
    case KIND_century: return BY_DECADE;
    case KIND_none:
    case KIND_weekday:
    case KIND_day:
    case KIND_bareday:
    case KIND_daypart:
    case KIND_duration:
    case KIND_length:
    case KIND_period:
    case KIND_set:
    case KIND_ref:
    case KIND_N: break;
    }
    return BY_DAY;
}

enum { DATELINE_PARAGRAPHS = 4, DATELINE_DAYS = 3 }; // where a date of its own may stand, and how far off the given day it may be

// A paragraph near the top that is nothing but a full date ("Tuesday, June 19, 2018") is the day the report gives itself.
static int32_t own_date(const resolver *z, const piece_list *x)
{
    size_t paragraph = 0;
    for (size_t i = 0; i < x->n && paragraph < DATELINE_PARAGRAPHS; i++) {
        bool first = i == 0 || times_is_break(z->p, &x->v[i - 1]), only = i + 1 == x->n || times_is_break(z->p, &x->v[i + 1]);
        paragraph += times_is_break(z->p, &x->v[i]);
        if (!first || !only || !x->v[i].e || x->v[i].e->kind != KIND_day || x->v[i].e->slot[0][CLASS_YEAR] == NO_VALUE) continue;
        timing t = times_resolve(z, x->v[i].e);
        if (t.begin != DAY_NONE && (z->published == DAY_NONE || abs(t.begin - z->published) <= DATELINE_DAYS)) return t.begin;
    }
    return z->published;
}

time_list times_find(arena *a, const parse *p, const time_rules *rules, int32_t published)
{
    time_list  out = {0};
    piece_list pieces = times_pieces(a, p, times_rules_words(rules));
    resolver   z = {.a = a, .p = p, .words = times_rules_words(rules), .tense = times_rules_tense(rules), .published = published};
    times_apply(a, rules, p, &pieces);
    z.published = own_date(&z, &pieces);
    for (size_t i = 0; i < pieces.n; i++) {
        const expression *e = pieces.v[i].e;
        if (!e || e->kind == KIND_none) continue;
        z.sentence = p->v[e->first].sentence;
        timing t = times_resolve(&z, e);
        if (!t.value.n) continue;
        times_told(&z, &t, e);
        *push(a, &out) = (time_note){.at = e->at,
                                     .first = e->first,
                                     .end = e->end,
                                     .begin = t.begin,
                                     .last = t.last,
                                     .precision = precision_of(&t),
                                     .type = t.type,
                                     .value = t.value,
                                     .mod = t.mod,
                                     .rule = e->rule->id};
    }
    return out;
}

void times_dump(FILE *out, str text, time_list times)
{
    for (size_t i = 0; i < times.n; i++) {
        const time_note *t = &times.v[i];
        char             begin[16], last[16];
        str              words = span_of(text, t->at);
        fprintf(out, "%.*s | ", (int)words.n, words.p);
        if (t->begin != DAY_NONE) {
            day_iso(t->begin, begin), day_iso(t->last, last);
            fprintf(out, t->begin == t->last ? "%s" : "%s..%s", begin, last);
        }
        str iso = t->begin == DAY_NONE ? (str){0} : (str){begin, 10};
        if (t->begin == DAY_NONE || t->type != TIME_DATE || t->begin != t->last || !str_eq(iso, t->value))
            fprintf(out, "%s%.*s", t->begin == DAY_NONE ? "" : " | ", (int)t->value.n, t->value.p);
        if (t->mod.n) fprintf(out, " %.*s", (int)t->mod.n, t->mod.p);
        fprintf(out, " | %.*s\n", (int)t->rule.n, t->rule.p);
    }
}
