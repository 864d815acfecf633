#include "ledger/relate.h"

#include "base/day.h"
#include "base/map.h"

#include <math.h>

enum {
    SAME_TIME = 1,   // days between two claims of one time: an evening's and the next morning's
    LONG_SPAN = 7,   // days a running toll covers at least; below it the days differ by reading, not by meaning
    MOST_SERIES = 64 // others' claims that a new one is set beside: those made last
};

const char *relate_kind_name(relate_kind k)
{
    static const char *const names[] = {"", "agrees", "contradicts", "supersedes", "includes", "repeats", "denies"};
    return names[k];
}

int claim_order(const void *x, const void *y)
{
    const claim *a = x, *b = y;
    if (a->said != b->said) return a->said < b->said ? -1 : 1;
    bool timed = a->minute >= 0 && b->minute >= 0 && a->minute != b->minute;
    if (timed) return a->minute < b->minute ? -1 : 1;
    if (a->report != b->report) return a->report < b->report ? -1 : 1;
    bool told_of = (a->status == CLAIM_SUPERSEDED) != (b->status == CLAIM_SUPERSEDED);
    if (told_of) return a->status == CLAIM_SUPERSEDED ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

// --- two claims ---

static bool bounds_meet(const claim *x, const claim *y) { return x->low <= y->high && y->low <= x->high; }

static bool same_reading(const claim *x, const claim *y)
{
    if (!str_eq(x->group, y->group)) return false;
    return (x->low == y->low && x->high == y->high) || (!isnan(x->value) && x->value == y->value);
}

// Of what does not only grow (who is missing, displaced, present), a later lower figure contradicts nothing.
static bool only_grows(str effect)
{
    static const char *const growing[] = {"killed", "injured", "infected", "abducted", "arrested", "rescued"};
    for (size_t i = 0; i < sizeof growing / sizeof *growing; i++)
        if (str_is(effect, growing[i])) return true;
    return false;
}

static int32_t days_covered(const claim *c) { return c->begin == DAY_NONE || c->last == DAY_NONE ? 0 : c->last - c->begin + 1; }

// `whole` runs over many days, and the other counts a few of them.
static bool covers_more(const claim *whole, const claim *part)
{
    int32_t w = days_covered(whole), p = days_covered(part);
    return w >= LONG_SPAN && p > 0 && p < LONG_SPAN && whole->begin <= part->begin && whole->last >= part->last;
}

static int32_t days_apart(const claim *x, const claim *y)
{
    if (x->said == DAY_NONE || y->said == DAY_NONE) return INT32_MAX;
    return x->said < y->said ? y->said - x->said : x->said - y->said;
}

// The bounds are apart. That contradicts at one time, and also where the later figure cannot have shrunk to it.
static relate_kind apart(const claim *low, const claim *high, const char **why)
{
    *why = "apart-same-time";
    if (days_apart(low, high) <= SAME_TIME) return RELATE_CONTRADICTS;
    *why = "later-and-lower";
    bool dated = low->said != DAY_NONE && high->said != DAY_NONE;
    return dated && low->said > high->said && only_grows(low->effect) ? RELATE_CONTRADICTS : RELATE_NONE;
}

// Whether one counts everyone and the other some of them, or one many days and the other a few of those.
static bool whole_of_part(const claim *whole, const claim *part)
{
    bool people = str_eq(whole->group, part->group) || !whole->group.n;
    bool days = covers_more(whole, part) || (!covers_more(part, whole) && !str_eq(whole->group, part->group));
    return people && days;
}

// The part lies within the number of the same claimant; another's may be more than the whole.
static relate_kind whole_and_part(const claim *whole, const claim *part, const char **why)
{
    *why = "part";
    if (part->low > whole->high) return str_eq(whole->claimant, part->claimant) ? RELATE_NONE : apart(whole, part, why);
    if (whole->report == part->report || covers_more(whole, part)) return RELATE_INCLUDES;
    return str_eq(whole->claimant, part->claimant) && days_apart(whole, part) == 0 ? RELATE_INCLUDES : RELATE_NONE;
}

static relate_kind of_one_claimant(const claim *later, const claim *earlier, const char **why)
{
    *why = "same-reading";
    if (same_reading(later, earlier)) return RELATE_REPEATS;
    *why = "told-as-superseded";
    if (later->status == CLAIM_SUPERSEDED || earlier->status == CLAIM_SUPERSEDED)
        return earlier->status == CLAIM_SUPERSEDED && later->status == CLAIM_ASSERTED ? RELATE_SUPERSEDES : RELATE_NONE;
    *why = "later";
    if (later->report == earlier->report) return RELATE_NONE; // two counts of one report are of two things
    if (later->said != earlier->said) return RELATE_SUPERSEDES;
    if (later->minute >= 0 && earlier->minute >= 0 && later->minute != earlier->minute) return RELATE_SUPERSEDES;
    *why = "higher-same-day";
    return only_grows(later->effect) && later->low > earlier->low ? RELATE_SUPERSEDES : RELATE_NONE;
}

static relate_kind of_two_claimants(const claim *later, const claim *earlier, const char **why)
{
    *why = "bounds-meet";
    if (bounds_meet(later, earlier)) return RELATE_AGREES;
    return later->high < earlier->low ? apart(later, earlier, why) : apart(earlier, later, why);
}

// Denied, feared, planned and added numbers are not set against others, only found again.
static relate_kind beside_the_count(const claim *later, const claim *earlier, const char **why)
{
    bool alike = later->status == earlier->status && later->additional == earlier->additional;
    *why = "same-reading";
    if (alike && same_reading(later, earlier) && str_eq(later->claimant, earlier->claimant)) return RELATE_REPEATS;
    *why = "denial";
    bool denial = later->status == CLAIM_DENIED && earlier->status != CLAIM_DENIED;
    return denial && same_reading(later, earlier) ? RELATE_DENIES : RELATE_NONE;
}

static bool counts(const claim *c) { return (c->status == CLAIM_ASSERTED || c->status == CLAIM_SUPERSEDED) && !c->additional; }

relate_kind relate_pair(const claim *later, const claim *earlier, const char **why)
{
    const char *unused;
    if (!why) why = &unused;
    *why = "";
    if (!str_eq(later->effect, earlier->effect) || !str_eq(later->unit, earlier->unit)) return RELATE_NONE;
    if (!counts(later) || !counts(earlier)) return beside_the_count(later, earlier, why);
    if (whole_of_part(later, earlier)) return whole_and_part(later, earlier, why);
    if (whole_of_part(earlier, later)) return whole_and_part(earlier, later, why);
    if (!str_eq(later->group, earlier->group) || covers_more(later, earlier) || covers_more(earlier, later)) return RELATE_NONE;
    return str_eq(later->claimant, earlier->claimant) ? of_one_claimant(later, earlier, why)
                                                      : of_two_claimants(later, earlier, why);
}

// --- all of a happening ---

// One claimant's figures of one kind of people, over time; `standing` is the one not superseded yet.
typedef struct {
    uint32_t standing;
} claim_series;

// All series of one effect and unit, those heard of last in front.
typedef struct {
    uint32_t v[MOST_SERIES];
    size_t   n;
} claim_front;

typedef struct {
    arena        *a;
    const claim  *c;
    relation_list out;
    map           series_of, front_of, reading_of, asserted_of, denied_of;
    struct {
        claim_series *v;
        size_t        n, cap;
    } series;
    struct {
        claim_front *v;
        size_t       n, cap;
    } fronts;
} relate_job;

static void add_relation(relate_job *j, uint32_t from, uint32_t to, relate_kind kind, const char *why)
{
    if (kind != RELATE_NONE) *push(j->a, &j->out) = (relation){from, to, kind, why};
}

static str kind_key(relate_job *j, const claim *c)
{
    return arena_printf(j->a, "%.*s\t%.*s", (int)c->effect.n, c->effect.p, (int)c->unit.n, c->unit.p);
}

static str series_key(relate_job *j, const claim *c)
{
    str kind = kind_key(j, c);
    return arena_printf(j->a, "%.*s\t%.*s\t%d%d%d\t%.*s", (int)kind.n, kind.p, (int)c->group.n, c->group.p,
                        c->status == CLAIM_DENIED, counts(c) ? 0 : 1 + (int)c->status, days_covered(c) >= LONG_SPAN,
                        (int)c->claimant.n, c->claimant.p);
}

static str reading_key(relate_job *j, const claim *c, str before)
{
    return isnan(c->value) ? arena_printf(j->a, "%.*s\t%g %g", (int)before.n, before.p, c->low, c->high)
                           : arena_printf(j->a, "%.*s\t%.17g", (int)before.n, before.p, c->value);
}

// The number of the front series of this kind; made if there is none.
static claim_front *front_for(relate_job *j, const claim *c)
{
    uint32_t *at = map_put(j->a, &j->front_of, kind_key(j, c));
    if (*at == MAP_NONE) {
        *at = (uint32_t)j->fronts.n;
        push(j->a, &j->fronts)->n = 0;
    }
    return &j->fronts.v[*at];
}

static void to_the_front(claim_front *f, uint32_t series)
{
    size_t at = 0;
    while (at < f->n && f->v[at] != series) at++;
    if (at == f->n) {
        if (f->n < MOST_SERIES) f->n++;
        else at--; // the one not heard of for longest makes room
    }
    for (; at > 0; at--) f->v[at] = f->v[at - 1];
    f->v[0] = series;
}

// Sets a new claim beside what the others maintain.
static void beside_others(relate_job *j, uint32_t i, uint32_t own)
{
    claim_front *f = front_for(j, &j->c[i]);
    for (size_t k = 0; k < f->n; k++) {
        if (f->v[k] == own) continue;
        uint32_t    other = j->series.v[f->v[k]].standing;
        const char *why;
        relate_kind kind = relate_pair(&j->c[i], &j->c[other], &why);
        if (kind == RELATE_INCLUDES && whole_of_part(&j->c[other], &j->c[i]))
            add_relation(j, other, i, kind, why); // told before its part
        else add_relation(j, i, other, kind, why);
    }
}

static void relate_denials(relate_job *j, uint32_t i)
{
    bool      denial = j->c[i].status == CLAIM_DENIED;
    str       key = reading_key(j, &j->c[i], kind_key(j, &j->c[i]));
    uint32_t *mine = map_put(j->a, denial ? &j->denied_of : &j->asserted_of, key);
    uint32_t  other = map_get(denial ? &j->asserted_of : &j->denied_of, key);
    uint32_t  from = denial ? i : other, to = denial ? other : i;
    if (other != MAP_NONE && str_eq(j->c[from].group, j->c[to].group)) add_relation(j, from, to, RELATE_DENIES, "denial");
    if (*mine == MAP_NONE) *mine = i;
}

// A figure told of as superseded without naming whose it was: some claimant's that is known.
static bool of_somebody(relate_job *j, uint32_t i)
{
    if (j->c[i].status != CLAIM_SUPERSEDED || !j->c[i].own_voice) return false;
    uint32_t first = map_get(&j->asserted_of, reading_key(j, &j->c[i], kind_key(j, &j->c[i])));
    if (first == MAP_NONE || !str_eq(j->c[first].group, j->c[i].group)) return false;
    add_relation(j, i, first, RELATE_REPEATS, "told-as-superseded");
    return true;
}

static void relate_one(relate_job *j, uint32_t i)
{
    const claim *c = &j->c[i];
    str          key = series_key(j, c);
    uint32_t    *first = map_put(j->a, &j->reading_of, reading_key(j, c, key));
    if (*first != MAP_NONE) return add_relation(j, i, *first, RELATE_REPEATS, "same-reading");
    *first = i;
    if (of_somebody(j, i)) return;
    uint32_t *series = map_put(j->a, &j->series_of, key);
    bool      fresh = *series == MAP_NONE;
    uint32_t  own = fresh ? *series = (uint32_t)j->series.n : *series;
    if (fresh) push(j->a, &j->series)->standing = i;
    if (c->status == CLAIM_DENIED || counts(c)) relate_denials(j, i);
    if (!counts(c)) return;
    uint32_t    before = j->series.v[own].standing;
    const char *why;
    relate_kind kind = fresh ? RELATE_NONE : relate_pair(c, &j->c[before], &why);
    if (kind == RELATE_REPEATS) return add_relation(j, i, before, kind, why);
    bool lower = !fresh && kind == RELATE_NONE && relate_pair(&j->c[before], c, &why) == RELATE_SUPERSEDES;
    if (lower) add_relation(j, before, i, RELATE_SUPERSEDES, why);
    else if (!fresh) add_relation(j, i, before, kind, why);
    beside_others(j, i, own);
    if (!lower) j->series.v[own].standing = i;
    to_the_front(front_for(j, c), own);
}

relation_list relate_all(arena *a, const claim *claims, size_t n)
{
    relate_job j = {.a = a, .c = claims};
    for (size_t i = 0; i < n; i++) relate_one(&j, (uint32_t)i);
    return j.out;
}

void relate_dump(FILE *out, relation_list list)
{
    for (size_t i = 0; i < list.n; i++)
        fprintf(out, "%u | %s | %u | %s\n", list.v[i].from + 1, relate_kind_name(list.v[i].kind), list.v[i].to + 1,
                list.v[i].why);
}
