// Tolls: for each happening the figures of every claimant in the order they were said, and what each is to the others; and the
// timeline of happenings.

#include "ledger/ask.h"

#include <strings.h>

static bool holds_fold(str s, str part)
{
    for (size_t i = 0; part.n && i + part.n <= s.n; i++)
        if (!strncasecmp(s.p + i, part.p, part.n)) return true;
    return !part.n;
}

// Who was there or was sent is no toll, unless it is asked for.
static bool is_toll(const question *q, const claim *c)
{
    if (q->effect.n) return str_eq(c->effect, q->effect);
    return !str_is(c->effect, "other") && !str_is(c->effect, "present") && !str_is(c->effect, "deployed");
}

static bool is_asked(const question *q, const ask_claims *all, size_t i)
{
    return is_toll(q, &all->claims[i]) && holds_fold(all->shown[i].by, q->claimant);
}

static void put_related(buf *b, arena *a, const ask_claims *all, size_t i, size_t to)
{
    const claim             *c = &all->claims[to];
    const struct ask_figure *of = &all->shown[to];
    buf_put(b, of->amount);
    if (!str_eq(of->by, all->shown[i].by)) buf_printf(b, " of %.*s", (int)of->by.n, of->by.p);
    else if (c->said != DAY_NONE && c->said != all->claims[i].said)
        buf_text(b, " of "), buf_put(b, day_words(a, c->said, c->said));
    buf_printf(b, " [r%lld]", (long long)of->report);
}

// "supersedes ≥ 31 of 25 May [r3]; contradicts 26 of the mayor [r5]"; with whom it agrees comes last, by name.
static str relations_of(arena *a, const ask_claims *all, const relation_list *relations, size_t i)
{
    static const relate_kind order[] = {RELATE_DENIES,      RELATE_REPEATS,  RELATE_SUPERSEDES,
                                        RELATE_CONTRADICTS, RELATE_INCLUDES, RELATE_AGREES};
    buf                      b = {.a = a};
    for (size_t o = 0; o < sizeof order / sizeof *order; o++) {
        bool begun = false;
        str  last = {"", 0};
        for (size_t k = 0; k < relations->n; k++) {
            const relation *r = &relations->v[k];
            if (r->from != i || r->kind != order[o]) continue;
            bool agrees = r->kind == RELATE_AGREES;
            str  by = all->shown[r->to].by;
            if (agrees && str_eq(by, last)) continue;
            if (begun) buf_text(&b, ", ");
            else buf_printf(&b, "%s%s ", b.n ? "; " : "", agrees ? "agrees with" : relate_kind_name(r->kind));
            if (agrees) buf_put(&b, by);
            else put_related(&b, a, all, i, r->to);
            last = by, begun = true;
        }
    }
    return buf_str(&b);
}

// Not said once more and not replaced since.
static bool stands(const relation_list *relations, size_t i)
{
    for (size_t k = 0; k < relations->n; k++) {
        const relation *r = &relations->v[k];
        if ((r->to == i && r->kind == RELATE_SUPERSEDES) || (r->from == i && r->kind == RELATE_REPEATS)) return false;
    }
    return true;
}

static str status_words(arena *a, const claim *c, str amount)
{
    static const char *const names[] = {NULL, "denied", "superseded", "feared", "planned"};
    const char              *name = names[c->status];
    if (c->additional) amount = arena_printf(a, "another %.*s", (int)amount.n, amount.p);
    return name ? arena_printf(a, "%.*s (%s)", (int)amount.n, amount.p, name) : amount;
}

// The kinds of harm in the order they first come up.
static size_t effects_of(const question *q, const ask_claims *all, str *out, size_t most)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        size_t k = 0;
        if (!is_asked(q, all, i)) continue;
        while (k < n && !str_eq(out[k], all->claims[i].effect)) k++;
        if (k == n && n < most) out[n++] = all->claims[i].effect;
    }
    return n;
}

static void toll_chart(ledger_answer *out, answer_part *part, const question *q, const ask_claims *all,
                       const relation_list *relations, str effect)
{
    chart  c = {.heading = part->title, .title = effect};
    size_t points = 0;
    for (size_t i = 0; i < all->n; i++) {
        const claim *x = &all->claims[i];
        if (!is_asked(q, all, i) || !str_eq(x->effect, effect) || x->group.n || x->additional) continue;
        size_t k = 0;
        while (k < c.lines.n && !str_eq(c.lines.v[k].name, all->shown[i].by)) k++;
        if (k == c.lines.n) *push(out->a, &c.lines) = (chart_line){.name = all->shown[i].by};
        bool standing = x->status != CLAIM_SUPERSEDED && stands(relations, i);
        *push(out->a, &c.lines.v[k].points) =
            (chart_point){x->said, x->low, x->high, all->shown[i].amount, standing, x->status == CLAIM_DENIED};
        points++;
    }
    if (points > 1) *push(out->a, &part->charts) = c;
}

static bool one_happening(ledger *l, const question *q, int64_t happening, ledger_answer *out, fault *f)
{
    enum { EFFECTS = 16 };
    ask_claims all;
    if (!ask_claims_of(l, out->a, happening, &all, f)) return false;
    str    effects[EFFECTS];
    size_t n = effects_of(q, &all, effects, EFFECTS);
    if (!n) return true;
    relation_list relations = relate_all(out->a, all.claims, all.n);
    str           heading = ask_heading(l, out->a, happening, f), id = ask_happening_id(l, out->a, happening, f);
    if (!heading.n || !id.n || !holds_fold(heading, q->party)) return heading.n && id.n;
    answer_part *part = answer_section(out, id, heading, "effect|how many|of|says who|said|report|beside the others");
    for (size_t e = 0; e < n; e++) {
        bool first = true;
        for (size_t i = 0; i < all.n; i++) {
            const claim *c = &all.claims[i];
            if (!is_asked(q, &all, i) || !str_eq(c->effect, effects[e])) continue;
            str cells[] = {effects[e],
                           status_words(out->a, c, all.shown[i].amount),
                           c->group,
                           all.shown[i].by,
                           c->said == DAY_NONE ? STR("") : day_words(out->a, c->said, c->said),
                           arena_printf(out->a, "r%lld.f%d", (long long)all.shown[i].report, all.shown[i].n),
                           relations_of(out->a, &all, &relations, i)};
            answer_row(out, cells);
            first = false;
        }
        if (!first) toll_chart(out, part, q, &all, &relations, effects[e]);
    }
    return true;
}

bool ask_tolls(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    ask_ids happenings = {0};
    if (!ask_happenings(l, out->a, q, &happenings, f)) return false;
    for (size_t i = 0; i < happenings.n; i++)
        if (!one_happening(l, q, happenings.v[i], out, f)) return false;
    return true;
}

bool ask_timeline(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    ask_ids happenings = {0};
    if (!ask_happenings(l, out->a, q, &happenings, f)) return false;
    answer_section(out, (str){"", 0}, (str){"", 0}, "happening|what|tolls");
    for (size_t i = 0; i < happenings.n; i++) {
        ask_claims all;
        if (!ask_claims_of(l, out->a, happenings.v[i], &all, f)) return false;
        buf           b = {.a = out->a};
        relation_list relations = relate_all(out->a, all.claims, all.n);
        for (size_t k = 0; k < all.n; k++)
            if (is_asked(q, &all, k) && !all.claims[k].group.n && all.claims[k].status == CLAIM_ASSERTED &&
                stands(&relations, k)) {
                buf_text(&b, b.n ? "; " : "");
                buf_printf(&b, "%.*s %.*s (%.*s)", (int)all.shown[k].amount.n, all.shown[k].amount.p, (int)all.claims[k].effect.n,
                           all.claims[k].effect.p, (int)all.shown[k].by.n, all.shown[k].by.p);
            }
        if (q->effect.n && !b.n) continue;
        str cells[] = {ask_happening_id(l, out->a, happenings.v[i], f), ask_heading(l, out->a, happenings.v[i], f), buf_str(&b)};
        if (!cells[0].n || !cells[1].n) return false;
        answer_row(out, cells);
    }
    return true;
}
