// Finds every number of the text, what it counts and what befell them.

#include "quantities/rules.h"

#include <math.h>

enum {
    ANTECEDENT = 60,  // tokens back from "two of them" to the people it may mean
    NEAR_FIGURES = 8, // on either side of a number first told, among which the one that replaced it is looked for
    OLDEST = 125,     // no age is higher
    SINGLE_WORDS = 12 // before a single person's noun ("a 15-year-old Oglethorpe County teen")
};

// "about 1,200": one unit of the last digit that is not nought, below and above.
static double last_unit(double v)
{
    double unit = 1;
    while (v >= 10 * unit && fmod(v, 10 * unit) == 0) unit *= 10;
    return unit;
}

static void set_low(quantity *q, double v) { q->has_low = !isnan(v), q->low = isnan(v) ? 0 : v; }
static void set_high(quantity *q, double v) { q->has_high = !isnan(v), q->high = isnan(v) ? 0 : v; }

static void set_bounds(quantity *q, const quantity_rules *r, vague_row range)
{
    double low = NAN, high = NAN, unit = last_unit(q->value);
    switch (q->op) {
    case OP_EQ: low = high = q->value; break;
    case OP_GE: low = q->value; break;
    case OP_GT: low = q->value + 1; break;
    case OP_LE: high = q->value; break;
    case OP_LT: high = q->value - 1; break;
    case OP_ABOUT: low = q->value - unit * r->about.low, high = q->value + unit * r->about.high; break;
    case OP_RANGE: low = q->value, high = q->value2; break;
    case OP_VAGUE: low = range.low, high = range.high; break;
    }
    set_low(q, low);
    set_high(q, high);
}

static bool is_of_time(const token *t) { return t->ent == ENT_DATE || t->ent == ENT_TIME || t->ent == ENT_ORDINAL; }

// "Ann Lee, 33, died", and a headline that is a name and an age.
static bool is_age(const parse *p, const number_note *n)
{
    uint32_t i = n->number;
    if (n->op != OP_EQ || n->first != i || n->value >= OLDEST || i < 2) return false;
    bool comma = str_is(p->v[i - 1].lower, ",");
    if (p->v[i - (comma ? 2 : 1)].ent != ENT_PERSON) return false;
    if (n->end >= p->n || p->v[n->end].pos == POS_SPACE || p->v[n->end].pos == POS_PUNCT) return true;
    return comma && str_is(p->v[n->end].lower, "of");
}

// A number without a noun that may stand for people at all: not a year, an age, an hour, a score.
static bool may_stand_alone(const parse *p, const number_note *n, bool toll)
{
    const token *t = &p->v[n->top];
    if (n->ordinal || (is_of_time(t) && !toll)) return false;
    if (n->op == OP_EQ && n->value >= YEAR_FIRST && n->value <= YEAR_LAST && p->v[n->number].text.n == 4) return false;
    if (fmod(n->value, 1) != 0) return false;
    if (n->number > 0 && p->v[n->number - 1].pos == POS_PROPN && n->first == n->number && p->v[n->number - 1].head == n->top)
        return false;
    if (is_age(p, n)) return false;
    switch (t->dep) {
    case DEP_nsubj:
    case DEP_nsubjpass:
    case DEP_dobj:
    case DEP_conj:
    case DEP_appos:
    case DEP_attr:
    case DEP_pobj:
    case DEP_ROOT:
    case DEP_dep:
    case DEP_npadvmod:
    case DEP_oprd:
    case DEP_dative:
    case DEP_nummod:
    case DEP_ccomp:
    case DEP_parataxis: return true;
    default: return false;
    }
}

// The latest count of people that "two of them" or "the five" may refer to.
static uint32_t antecedent(const quantity_list *list, const parse *p, uint32_t before, const number_note *same)
{
    for (size_t k = list->n; k-- > 0;) {
        const quantity *q = &list->v[k];
        if (q->end + ANTECEDENT < before) break;
        if (q->kind != COUNTS_PEOPLE || (p->v[q->number].sentence + 2 < p->v[before].sentence)) continue;
        if (!same || (q->value == same->value && q->op != OP_VAGUE)) return (uint32_t)k;
    }
    return MAP_NONE;
}

// Have people been spoken of just before, rather than things, so that "them" are people?
static bool people_before(const parse *p, const quantity_rules *r, uint32_t i)
{
    for (uint32_t back = 1; back <= ANTECEDENT && back <= i; back++) {
        const token *t = &p->v[i - back];
        if (t->tag == TAG_NNS || t->tag == TAG_NNPS || (t->tag == TAG_NNP && t->ent == ENT_NORP)) {
            const people_row *row = quantities_people(p, r, i - back);
            if (row) return true;
            if (back < 12 && !is_of_time(t)) return false;
        }
    }
    return false;
}

// "Of the 40 passengers, 22 were Cuban"; "two Argentinians, one from France": a bare number among people.
static bool part_of_people(const parse *p, const quantity_rules *r, uint32_t top, const quantity_list *list, effect_note *e)
{
    const token *t = &p->v[top];
    uint32_t     people = TOKEN_NONE;
    if (t->dep == DEP_conj || t->dep == DEP_appos) {
        if (t->head < top && quantities_people(p, r, t->head)) people = t->head;
    } else if (t->dep == DEP_nsubj || t->dep == DEP_nsubjpass) {
        for_few_children (p, t->head, c) {
            bool     of = str_is(p->v[c].lower, "of") || str_is(p->v[c].lower, "among");
            uint32_t x = c < top && p->v[c].dep == DEP_prep && of ? parse_child(p, c, DEP_pobj) : TOKEN_NONE;
            if (x != TOKEN_NONE &&
                (quantities_people(p, r, x) || str_is(p->v[x].lower, "those") || str_is(p->v[x].lower, "them")))
                people = x;
        }
    }
    if (people == TOKEN_NONE) return false;
    for (size_t k = list->n; k-- > 0 && list->v[k].end + ANTECEDENT > top;)
        if (list->v[k].kind == COUNTS_PEOPLE && list->v[k].counted == people) {
            if (!e->found) e->effect = list->v[k].effect;
            break;
        }
    if (!e->found) e->rule = STR("part");
    return true;
}

// "They were two Argentinians": what befell those that the pronoun stands for.
static uint32_t pronoun_subject(const quantity_list *list, const parse *p, uint32_t node)
{
    const token *t = &p->v[node];
    if (t->dep != DEP_attr) return MAP_NONE;
    uint32_t s = parse_child(p, t->head, DEP_nsubj);
    bool     they = s != TOKEN_NONE && s < node &&
                (str_is(p->v[s].lower, "they") || str_is(p->v[s].lower, "these") || str_is(p->v[s].lower, "those"));
    return they ? antecedent(list, p, node, NULL) : MAP_NONE;
}

static str noun_of(arena *a, const parse *p, const counted_note *c)
{
    bool people = c->kind == COUNTS_PEOPLE || c->kind == COUNTS_ONE;
    if (c->noun == TOKEN_NONE || c->pronoun) return people ? STR("person") : STR("");
    const token *t = &p->v[c->noun];
    str          lemma = t->lemma.n ? t->lemma : t->lower;
    if (people && t->pos == POS_PROPN && t->tag == TAG_NNPS && str_ends(lemma, STR("s")))
        lemma.n--; // names have no lemma: "Americans"
    bool understood = str_is(lemma, "people") || str_is(lemma, "other") || str_is(t->lower, "others");
    if (c->kind == COUNTS_PEOPLE && understood) return STR("person");
    const token *before = c->noun ? &p->v[c->noun - 1] : t; // "crew members", "truck drivers"
    if (t->pos != POS_NOUN || before->dep != DEP_compound || before->head != c->noun || before->tag != TAG_NN ||
        !before->spaced || (c->noun > 1 && p->v[c->noun - 2].tag == TAG_HYPH))
        return lemma;
    return arena_printf(a, "%.*s %.*s", (int)before->lower.n, before->lower.p, (int)lemma.n, lemma.p);
}

// Families and households count as such, all other people as persons.
static str unit_of(const quantity *q, const counted_note *c)
{
    bool several = str_is(q->noun, "family") || str_is(q->noun, "household") || str_is(q->noun, "couple");
    return (c->kind == COUNTS_PEOPLE || c->kind == COUNTS_ONE) && !several ? STR("person") : q->noun;
}

static bool decide_kind(const parse *p, const quantity_rules *r, const number_note *n, counted_note *c, effect_note *e,
                        uint32_t *of_whom, const quantity_list *list)
{
    *of_whom = UINT32_MAX;
    if (c->kind != COUNTS_PEOPLE && c->kind != COUNTS_NOTHING) return !n->nought && !n->ordinal && !n->single;
    *e = quantities_effect(p, r, n, c);
    if (n->ordinal) return c->row && c->row->class == CLASS_CASUALTY && e->found;
    if (n->nought && c->noun == TOKEN_NONE) {
        if (str_is(p->v[n->number].lower, "none") || str_is(p->v[n->number].lower, "neither"))
            return e->found && e->bare && (c->kind = COUNTS_PEOPLE, true);
        return n->number_end > n->number + 1 || str_is(p->v[n->number].lower, "nobody")
                   ? e->found && (c->kind = COUNTS_PEOPLE, true)
                   : false;
    }
    if (c->pronoun) {
        uint32_t k = antecedent(list, p, n->first, NULL);
        bool     people =
            str_is(p->v[c->noun].lower, "whom") || str_is(p->v[c->noun].lower, "us") || e->found || people_before(p, r, n->first);
        if (!people) return c->kind = COUNTS_THINGS, false;
        *of_whom = k == MAP_NONE ? UINT32_MAX : k;
        if (!e->found && k != MAP_NONE) e->effect = list->v[k].effect, e->rule = STR("antecedent");
        return true;
    }
    if (c->kind == COUNTS_PEOPLE) {
        if (c->row->class == CLASS_LIFE) return e->found && e->bare;
        if (c->noun != TOKEN_NONE && is_of_time(&p->v[c->noun]) && c->row->class == CLASS_PERSON) return false;
        if (n->nought && !e->found && (p->v[c->noun].tag == TAG_NN || p->v[c->noun].tag == TAG_NNP)) return false;
        uint32_t k = e->found ? MAP_NONE : pronoun_subject(list, p, c->node);
        if (k != MAP_NONE) e->effect = list->v[k].effect, e->rule = STR("antecedent");
        return true;
    }
    if (c->noun != TOKEN_NONE) return false;
    if (!may_stand_alone(p, n, e->toll)) return false;
    if (e->found && e->bare) return c->kind = COUNTS_PEOPLE, true;
    if (part_of_people(p, r, n->top, list, e)) return c->kind = COUNTS_PEOPLE, true;
    uint32_t k = n->op == OP_EQ && !n->single ? antecedent(list, p, n->first, n) : MAP_NONE;
    bool     back =
        k != MAP_NONE && n->number > 0 && (str_is(p->v[n->number - 1].lower, "the") || str_is(p->v[n->number - 1].lower, "all"));
    if (!back) return false;
    e->effect = list->v[k].effect;
    e->rule = STR("antecedent");
    return c->kind = COUNTS_PEOPLE, true;
}

static void add_quantity(arena *a, const parse *p, const quantity_rules *r, const number_note *n, const counted_note *c,
                         const effect_note *e, uint32_t of_whom, quantity_list *list)
{
    uint32_t end = c->end > n->end ? c->end : n->end;
    quantity q = {.at = parse_span(p, n->first, end),
                  .first = n->first,
                  .end = end,
                  .number = n->number_end - 1,
                  .op = n->op,
                  .value = n->value,
                  .value2 = n->value2,
                  .vague = n->vague,
                  .kind = c->kind,
                  .part_of = of_whom,
                  .additional = c->more};
    q.counted = c->noun == TOKEN_NONE ? q.number : c->noun;
    q.governor = e->governor;
    q.noun = noun_of(a, p, c);
    q.unit = unit_of(&q, c);
    q.open = e->open;
    q.care = e->care;
    q.effect = e->effect;
    q.total = quantities_total(p, r, e->governor) || (n->ordinal && c->row && c->row->class == CLASS_CASUALTY &&
                                                      !str_is(q.noun, "death") && !str_is(q.noun, "fatality"));
    q.rule = e->rule.n ? e->rule : STR("counted");
    if (n->nought) q.value = 0;
    if (q.kind == COUNTS_PEOPLE || q.kind == COUNTS_ONE) q.status = quantities_status(p, r, c->node, e->governor);
    // Nobody plans to be killed: what lies ahead is feared.
    bool suffered = q.effect <= EFFECT_ABDUCTED || q.effect == EFFECT_DISPLACED;
    if (q.status == FIGURE_PLANNED && suffered) q.status = FIGURE_FEARED;
    if (quantities_number_is_old(p, r, n)) q.status = FIGURE_SUPERSEDED;
    q.first_told = q.kind == COUNTS_PEOPLE && quantities_first_told(p, r, c->node, e->governor);
    set_bounds(&q, r, n->range);
    *push(a, list) = q;
}

static bool may_be_single(const token *t)
{
    return t->pos == POS_NOUN || t->pos == POS_PROPN || t->pos == POS_PRON || t->pos == POS_ADJ;
}

static bool in_name(const token *t) { return t->ent == ENT_PERSON; }

// One person told of without a number, where the words leave no doubt what befell him: "A man was killed".
static bool add_single(arena *a, const parse *p, const quantity_rules *r, uint32_t i, quantity_list *list)
{
    const token *t = &p->v[i];
    bool         name = in_name(t) && t->pos == POS_PROPN &&
                (p->v[t->head].ent != ENT_PERSON || p->v[t->head].sentence != t->sentence || t->head == i ||
                 t->dep == DEP_appos || t->dep == DEP_conj);
    bool pronoun = str_is(t->lower, "he") || str_is(t->lower, "she") || str_is(t->lower, "him") || str_is(t->lower, "himself") ||
                   str_is(t->lower, "herself");
    bool              singular = t->tag == TAG_NN || str_is(t->lower, "old") || (t->tag == TAG_NNP && t->ent == ENT_NONE);
    const people_row *row = name || !singular ? NULL : quantities_people(p, r, i);
    if (!name && !pronoun && (!row || row->class > CLASS_FAMILY || row->group)) return false;
    if (t->dep == DEP_compound || t->dep == DEP_poss || t->dep == DEP_nmod || t->dep == DEP_amod) return false;
    uint32_t first = i;
    while (first > 0 && p->v[first - 1].sentence == t->sentence && i - first < SINGLE_WORDS && p->v[first - 1].head >= first &&
           p->v[first - 1].head <= i && (p->v[first - 1].dep != DEP_punct || str_is(p->v[first - 1].lower, "-")))
        first--;
    number_note  n = {.told_of = true,
                      .first = i,
                      .end = i + 1,
                      .number = i,
                      .number_end = i + 1,
                      .top = i,
                      .value = 1,
                      .op = OP_EQ,
                      .range = {NAN, NAN}};
    counted_note c = {.noun = i, .node = i, .end = i + 1, .kind = COUNTS_ONE, .row = row};
    effect_note  e = quantities_effect(p, r, &n, &c);
    if (!e.found || !e.bare || e.governor == TOKEN_NONE || e.governor == i || e.part) return false;
    if (e.effect != EFFECT_KILLED && e.effect != EFFECT_INJURED && e.effect != EFFECT_ABDUCTED && e.effect != EFFECT_MISSING)
        return false;
    n.first = first;
    add_quantity(a, p, r, &n, &c, &e, UINT32_MAX, list);
    return true;
}

// "Five people were shot … one of them died": where others of a report died, those shot are not all injured.
static void settle_open(quantity_list *list)
{
    bool deaths = false;
    for (size_t i = 0; i < list->n && !deaths; i++) {
        const quantity *q = &list->v[i];
        deaths = (q->kind == COUNTS_PEOPLE || q->kind == COUNTS_ONE) && q->effect == EFFECT_KILLED &&
                 q->status == FIGURE_ASSERTED && !q->total;
    }
    for (size_t i = 0; i < list->n && deaths; i++) {
        quantity *q = &list->v[i];
        if (q->kind == COUNTS_PEOPLE && q->open && q->effect == EFFECT_INJURED && q->value > 1 && !q->additional)
            q->effect = EFFECT_OTHER;
    }
}

static bool tells_other(const quantity *q, const quantity *old)
{
    return q->kind == COUNTS_PEOPLE && q->effect == old->effect && q->status == FIGURE_ASSERTED && !q->first_told &&
           q->op != OP_VAGUE && q->part_of == UINT32_MAX && q->value != old->value;
}

// A number first told is superseded where another is told near it.
static void settle_first_told(quantity_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        quantity *old = &list->v[i];
        if (!old->first_told || old->status != FIGURE_ASSERTED) continue;
        size_t from = i > NEAR_FIGURES ? i - NEAR_FIGURES : 0, to = i + NEAR_FIGURES < list->n ? i + NEAR_FIGURES : list->n;
        for (size_t k = from; k < to && old->status == FIGURE_ASSERTED; k++)
            if (tells_other(&list->v[k], old)) old->status = FIGURE_SUPERSEDED;
    }
}

quantity_list quantities_find(arena *a, const parse *p, const quantity_rules *r)
{
    quantity_list list = {0};
    uint32_t      floor = 0;
    for (uint32_t i = 0; i < p->n; i++) {
        number_note n;
        if (p->v[i].starts) floor = i;
        if (!quantities_number(a, p, r, i, floor, &n)) {
            bool counted = list.n > 0 && list.v[list.n - 1].end > i;
            if (!counted && may_be_single(&p->v[i])) add_single(a, p, r, i, &list);
            continue;
        }
        counted_note c = quantities_counted(p, r, &n);
        effect_note  e = {.governor = TOKEN_NONE};
        uint32_t     of_whom;
        if (decide_kind(p, r, &n, &c, &e, &of_whom, &list)) {
            add_quantity(a, p, r, &n, &c, &e, of_whom, &list);
            if (e.part && list.n > 1)
                list.v[list.n - 1].part_of = antecedent(&(quantity_list){list.v, list.n - 1, list.n - 1}, p, n.first, NULL);
        }
        i = n.number_end - 1;
        floor = n.number_end;
    }
    settle_open(&list);
    settle_first_told(&list);
    return list;
}

static const char *const figure_kind_names[] = {"people", "things", "money", "percent", "measure", "nothing", "one"};

static void dump_value(FILE *out, const quantity *q)
{
    if (q->op == OP_VAGUE) fprintf(out, "vague %.*s", (int)q->vague.n, q->vague.p);
    else fprintf(out, "%s %.15g", quantity_op_name(q->op), q->value);
    if (q->op == OP_RANGE) fprintf(out, "..%.15g", q->value2);
}

void quantities_dump(FILE *out, const parse *p, quantity_list list)
{
    for (size_t i = 0; i < list.n; i++) {
        const quantity *q = &list.v[i];
        str             text = span_of(p->text, q->at);
        for (size_t k = 0; k < text.n; k++) fputc(text.p[k] == '\n' ? ' ' : text.p[k], out);
        fputs(" | ", out);
        dump_value(out, q);
        fprintf(out, " | %.*s | ", (int)q->noun.n, q->noun.p);
        if (q->kind == COUNTS_ONE) fputs("one | ", out);
        else if (q->kind != COUNTS_PEOPLE) {
            fprintf(out, "%s\n", figure_kind_names[q->kind]);
            continue;
        }
        fprintf(out, "%s | %s | ", quantity_effect_name(q->effect), figure_status_name(q->status));
        if (q->has_low) fprintf(out, "%.15g", q->low);
        fputs("..", out);
        if (q->has_high) fprintf(out, "%.15g", q->high);
        if (q->part_of != UINT32_MAX) fprintf(out, " | part of %u", q->part_of + 1);
        if (q->additional) fputs(" | more", out);
        if (q->total) fputs(" | total", out);
        fprintf(out, " | %.*s\n", (int)q->rule.n, q->rule.p);
    }
}
