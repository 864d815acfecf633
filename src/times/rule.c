// Rules: patterns read into sequences without options, found by their first step, matched.

#include "times/rule.h"

#include "times/times.h"

#include <string.h>

enum { PASSES = 5, MOST_STEPS = 14, MOST_WAYS = 400, MOST_WORDS = 40 };

#define KIND_NAME(name) #name,
static const char *const time_kind_names[] = {KIND_LIST(KIND_NAME) NULL};
#define MAKE_NAME(name) #name,
static const char *const time_make_names[] = {MAKE_LIST(MAKE_NAME) NULL};
#define K(name) (1u << KIND_##name)
enum {
    DAYS_KINDS = K(weekday) | K(day) | K(bareday),
    DATE_KINDS = DAYS_KINDS | K(week) | K(weekend) | K(month) | K(baremonth) | K(quarter) | K(barequarter) | K(season) |
                 K(bareseason) | K(half) | K(year) | K(decade) | K(century),
    UNITS_KINDS = K(week) | K(month) | K(baremonth) | K(quarter) | K(barequarter) | K(season) | K(bareseason) | K(half) |
                  K(year) | K(decade) | K(century)
};

static const struct {
    const char *name;
    uint32_t    kinds;
} kind_groups[] = {
    {"days", DAYS_KINDS},
    {"date", DATE_KINDS},
    {"larger", UNITS_KINDS},
    {"months", K(month) | K(baremonth)},
    {"quarters", K(quarter) | K(barequarter)},
    {"seasons", K(season) | K(bareseason)},
    {"yearless", K(bareday) | K(baremonth) | K(barequarter) | K(bareseason) | K(weekday)},
};

typedef struct {
    uint32_t  classes, kinds;
    uint32_t *words;
    uint8_t   n_words;
    bool      close;   // no white space before it
    bool      context; // not part of the expression
} pattern_step;

typedef struct {
    const time_rule *rule;
    pattern_step    *steps;
    uint8_t          n, before, after; // context steps at either end
    uint32_t         order;
} pattern_way;

typedef struct {
    const pattern_way **v;
    size_t              n, cap;
} pattern_ways;

struct time_rules {
    time_words   words;
    pattern_ways by_class[PASSES][CLASS_N], by_kind[PASSES][KIND_N];
    struct {
        pattern_ways *v; // by number of the word's entry
        size_t        n, cap;
    } by_word[PASSES];
    uint32_t n_sequences;
    map      tense;
};

const time_words *times_rules_words(const time_rules *r) { return &r->words; }
const map        *times_rules_tense(const time_rules *r) { return &r->tense; }

// --- reading patterns ---

typedef struct {
    arena           *a;
    time_rules      *r;
    const tsv       *t;
    const time_rule *rule;
    fault           *f;
    pattern_step     steps[MOST_STEPS];
    size_t           n, ways;
} reading_pattern;

static bool bad_pattern(const reading_pattern *x, const char *why, str what)
{
    return fault_set(x->f, "%s:%d: %s \"%.*s\"", x->t->file, x->t->line, why, (int)what.n, what.p);
}

static bool step_kind(pattern_step *s, str name)
{
    for (size_t i = 0; i < sizeof kind_groups / sizeof *kind_groups; i++)
        if (str_is(name, kind_groups[i].name)) {
            s->kinds |= kind_groups[i].kinds;
            return true;
        }
    uint32_t k = times_name(time_kind_names, name);
    if (k == MAP_NONE) return false;
    s->kinds |= 1u << k;
    return true;
}

static bool read_step(reading_pattern *x, str text, bool context, pattern_step *s)
{
    *s = (pattern_step){.context = context, .words = new_array(x->a, uint32_t, MOST_WORDS)};
    if (text.n > 1 && text.p[0] == '~') s->close = true, text = str_cut(text, 1, text.n);
    for (str rest = text; rest.p && rest.n;) {
        str one = str_split(rest, '|', &rest);
        if (one.n > 2 && one.p[0] == '<') {
            if (one.p[one.n - 1] != '>' || !step_kind(s, str_cut(one, 1, one.n - 1))) return bad_pattern(x, "unknown kind", one);
        } else if (one.n > 1 && one.p[0] >= 'A' && one.p[0] <= 'Z') {
            uint32_t c = times_name(times_class_names, one);
            if (c == MAP_NONE) return bad_pattern(x, "unknown class", one);
            s->classes |= 1u << c;
        } else {
            if (s->n_words == MOST_WORDS) return bad_pattern(x, "too many words in", text);
            s->words[s->n_words++] = times_words_add(x->a, &x->r->words, one);
        }
    }
    return true;
}

static void list_word(reading_pattern *x, uint32_t word, const pattern_way *q)
{
    time_rules *r = x->r;
    while (r->by_word[x->rule->pass].n <= word) push(x->a, &r->by_word[x->rule->pass]);
    *push(x->a, &r->by_word[x->rule->pass].v[word]) = q;
}

// Lists a finished way through the pattern under everything its first step may be.
static bool add_sequence(reading_pattern *x)
{
    pattern_way *q = new (x->a, pattern_way);
    if (++x->ways > MOST_WAYS) return bad_pattern(x, "too many ways through", x->rule->id);
    *q = (pattern_way){
        .rule = x->rule, .n = (uint8_t)x->n, .order = x->r->n_sequences++, .steps = new_array(x->a, pattern_step, x->n + 1)};
    memcpy(q->steps, x->steps, x->n * sizeof *q->steps);
    while (q->before < q->n && q->steps[q->before].context) q->before++;
    while (q->after < q->n - q->before && q->steps[q->n - 1 - q->after].context) q->after++;
    if (q->before == q->n) return bad_pattern(x, "nothing but context in", x->rule->id);
    const pattern_step *s = &q->steps[q->before];
    for (int c = 0; c < CLASS_N; c++)
        if (s->classes >> c & 1) *push(x->a, &x->r->by_class[x->rule->pass][c]) = q;
    for (int k = 0; k < KIND_N; k++)
        if (s->kinds >> k & 1) *push(x->a, &x->r->by_kind[x->rule->pass][k]) = q;
    for (size_t i = 0; i < s->n_words; i++) list_word(x, s->words[i], q);
    return true;
}

// Where the bracket that opens at tokens[i] closes.
static size_t bracket_end(const str *tokens, size_t n, size_t i)
{
    int depth = 0;
    for (; i < n; i++) {
        depth += str_is(tokens[i], "[");
        depth -= str_is(tokens[i], "]");
        if (depth == 0) return i;
    }
    return n;
}

// The rest of the pattern, each option once with and once without.
static bool read_ways(reading_pattern *x, const str *tokens, size_t n, size_t i, bool context)
{
    if (i == n) return add_sequence(x);
    if (str_is(tokens[i], "{")) return read_ways(x, tokens, n, i + 1, true);
    if (str_is(tokens[i], "}")) return read_ways(x, tokens, n, i + 1, false);
    if (str_is(tokens[i], "]")) return read_ways(x, tokens, n, i + 1, context);
    size_t mark = x->n;
    if (str_is(tokens[i], "[")) {
        size_t end = bracket_end(tokens, n, i);
        if (end == n) return bad_pattern(x, "no closing bracket in", x->rule->id);
        if (!read_ways(x, tokens, n, i + 1, context)) return false;
        x->n = mark;
        return read_ways(x, tokens, n, end + 1, context);
    }
    if (x->n == MOST_STEPS) return bad_pattern(x, "too many steps in", x->rule->id);
    if (!read_step(x, tokens[i], context, &x->steps[x->n++])) return false;
    bool ok = read_ways(x, tokens, n, i + 1, context);
    x->n = mark;
    return ok;
}

static bool read_pattern(reading_pattern *x, str pattern)
{
    str    tokens[64];
    size_t n = 0;
    for (size_t i = 0; i < pattern.n;) {
        size_t from = i++;
        if (pattern.p[from] == ' ') continue;
        while (!strchr("[]{}", pattern.p[from]) && i < pattern.n && !strchr(" []{}", pattern.p[i])) i++;
        if (n == 64) return bad_pattern(x, "pattern too long", pattern);
        tokens[n++] = str_cut(pattern, from, i);
    }
    return n ? read_ways(x, tokens, n, 0, false) : bad_pattern(x, "no pattern in", x->rule->id);
}

// `make` is the maker's name, then a number, a unit or a text.
static bool read_make(reading_pattern *x, time_rule *rule, str make)
{
    str      rest, name = str_split(make, ' ', &rest);
    uint32_t m = times_name(time_make_names, name);
    if (m == MAP_NONE) return bad_pattern(x, "unknown make", name);
    rule->make = (time_make)m;
    rule->n = rule->unit = NO_VALUE;
    while (rest.p && rest.n) {
        int64_t  n;
        str      word = str_split(rest, ' ', &rest);
        uint32_t unit = times_name(times_unit_names, word);
        if (str_int(word, &n)) rule->n = (int32_t)n;
        else if (unit != MAP_NONE) rule->unit = (int32_t)unit;
        else rule->value = word;
    }
    return true;
}

static bool read_rule(time_rules *r, const data_set *d, const tsv *t, fault *f)
{
    time_rule      *rule = new (d->a, time_rule);
    reading_pattern x = {.a = d->a, .r = r, .t = t, .rule = rule, .f = f};
    int64_t         pass;
    str             kind = tsv_get(t, "kind");
    *rule = (time_rule){.id = tsv_get(t, "id"), .line = t->line, .mod = tsv_get(t, "mod"), .kind = KIND_N};
    if (!str_int(tsv_get(t, "pass"), &pass) || pass < 1 || pass > PASSES) return bad_pattern(&x, "no pass", tsv_get(t, "pass"));
    rule->pass = (uint8_t)(pass - 1);
    if (kind.n && (rule->kind = (time_kind)times_name(time_kind_names, kind)) >= KIND_N)
        return bad_pattern(&x, "unknown kind", kind);
    for (str rest = tsv_get(t, "only"); rest.p && rest.n;) {
        str      one = str_split(rest, ' ', &rest);
        uint32_t o = times_condition_named(one);
        if (o == MAP_NONE) return bad_pattern(&x, "unknown condition", one);
        rule->only |= 1u << o;
    }
    return read_make(&x, rule, tsv_get(t, "make")) && read_pattern(&x, tsv_get(t, "pattern"));
}

static bool load_tense(time_rules *r, const data_set *d, fault *f)
{
    static const char *const kinds[] = {"plan", "ahead", "open", "put", "to", NULL};
    tsv                      t;
    if (!data_open(d, "times/tense.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str      kind = tsv_get(&t, "kind");
        uint32_t k = times_name(kinds, kind), *slot = map_put(d->a, &r->tense, tsv_get(&t, "lemma"));
        if (k == MAP_NONE) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", t.file, t.line, (int)kind.n, kind.p);
        *slot = (*slot == MAP_NONE ? 0 : *slot) | 1u << k;
    }
    return true;
}

const time_rules *time_rules_load(const data_set *d, fault *f)
{
    time_rules *r = new (d->a, time_rules);
    tsv         t;
    if (!times_words_load(&r->words, d, f) || !data_open(d, "times/rules.tsv", &t, f)) return NULL;
    while (tsv_next(&t))
        if (!read_rule(r, d, &t, f)) return NULL;
    return load_tense(r, d, f) ? r : NULL;
}

// --- matching ---

static bool step_fits(const pattern_step *s, const piece *x)
{
    if (s->close && x->apart) return false;
    if (x->e) return s->kinds >> x->e->kind & 1;
    if (s->classes & x->classes) return true;
    if (x->word != MAP_NONE)
        for (size_t i = 0; i < s->n_words; i++)
            if (s->words[i] == x->word) return true;
    return false;
}

// Pieces the sequence takes from i on, its context not counted; 0 if it does not match. `done` is what lies before i.
static size_t sequence_fits(const pattern_way *q, const piece_list *done, const piece_list *x, size_t i)
{
    size_t core = (size_t)(q->n - q->before - q->after);
    if (done->n < q->before || i + core + q->after > x->n) return 0;
    for (size_t k = q->before; k < q->n; k++)
        if (!step_fits(&q->steps[k], &x->v[i + k - q->before])) return 0;
    for (size_t k = 0; k < q->before; k++)
        if (!step_fits(&q->steps[k], &done->v[done->n - q->before + k])) return 0;
    return core;
}

static bool letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Begins or ends in the middle of a word: "x8am", "2019er".
static bool cut_from_word(str text, uint32_t start, uint32_t end)
{
    return (start > 0 && letter_or_digit(text.p[start - 1]) && letter_or_digit(text.p[start])) ||
           (end < text.n && letter_or_digit(text.p[end - 1]) && letter_or_digit(text.p[end]));
}

typedef struct {
    const pattern_way *q;
    size_t             n;
} best_match;

static void try_sequences(const pattern_ways *list, const parse *p, const piece_list *done, const piece_list *x, size_t i,
                          best_match *best)
{
    for (size_t k = 0; k < list->n; k++) {
        const pattern_way *q = list->v[k];
        size_t             n = sequence_fits(q, done, x, i);
        if (n < best->n || !n) continue;
        if (n == best->n && q->order >= best->q->order) continue;
        if (cut_from_word(p->text, x->v[i].at.start, x->v[i + n - 1].at.end)) continue;
        if (q->rule->only && !times_condition_holds(p, q->rule->only, &x->v[i], &x->v[i + n])) continue;
        *best = (best_match){q, n};
    }
}

static best_match longest_at(const time_rules *r, int pass, const parse *p, const piece_list *done, const piece_list *x, size_t i)
{
    best_match   best = {0};
    const piece *first = &x->v[i];
    if (first->e) {
        try_sequences(&r->by_kind[pass][first->e->kind], p, done, x, i, &best);
        return best;
    }
    for (uint32_t c = 0, rest = first->classes; rest; c++, rest >>= 1)
        if (rest & 1) try_sequences(&r->by_class[pass][c], p, done, x, i, &best);
    if (first->word < r->by_word[pass].n) try_sequences(&r->by_word[pass].v[first->word], p, done, x, i, &best);
    return best;
}

static void put_slot(expression *e, piece_class class, int32_t value)
{
    int32_t(*slot)[CLASS_N] = e->slot;
    slot[slot[0][class] != NO_VALUE][class] = value;
}

// What a matched piece leaves in the expression: the classes the step asked for, or all that a literal word may be.
static void take_piece(const time_rules *r, expression *e, const pattern_step *s, const piece *x, size_t *parts)
{
    if (x->e) {
        if (*parts < MOST_PARTS) e->part[(*parts)++] = x->e;
        return;
    }
    uint32_t classes = s->classes & x->classes ? s->classes & x->classes : x->classes;
    for (int c = 0; c < CLASS_N; c++)
        if (classes >> c & 1) put_slot(e, (piece_class)c, times_piece_value(&r->words, x, (piece_class)c));
    e->half |= x->half;
}

static time_kind kind_of_unit(int32_t unit)
{
    static const uint8_t kinds[] = {KIND_clock, KIND_clock, KIND_clock,  KIND_day,     KIND_weekend,
                                    KIND_week,  KIND_week,  KIND_month,  KIND_quarter, KIND_season,
                                    KIND_half,  KIND_year,  KIND_decade, KIND_century, KIND_century};
    return unit < 0 || unit >= U_N ? KIND_day : (time_kind)kinds[unit];
}

// A rule without a kind makes one of the unit it names or found, or of its part's kind.
static time_kind kind_found(const expression *e)
{
    const time_rule *rule = e->rule;
    if (rule->kind != KIND_N) return rule->kind;
    if (rule->unit != NO_VALUE) return kind_of_unit(rule->unit);
    if (e->slot[0][CLASS_WEEKDAY] != NO_VALUE || e->slot[0][CLASS_HOLIDAY] != NO_VALUE) return KIND_day;
    if (e->slot[0][CLASS_MONTH] != NO_VALUE) return KIND_month;
    if (e->slot[0][CLASS_SEASON] != NO_VALUE) return KIND_season;
    if (e->slot[0][CLASS_DAYPART] != NO_VALUE) return KIND_daypart;
    if (e->slot[0][CLASS_UNIT] != NO_VALUE) return kind_of_unit(e->slot[0][CLASS_UNIT]);
    return e->part[0] ? e->part[0]->kind : KIND_day;
}

static const expression *make_expression(arena *a, const time_rules *r, const pattern_way *q, const piece *done_end,
                                         const piece *x, size_t n)
{
    expression *e = new (a, expression);
    size_t      parts = 0;
    e->rule = q->rule;
    e->at = (span){x[0].at.start, x[n - 1].at.end};
    e->first = x[0].first;
    e->end = x[n - 1].end;
    e->quoted = x[0].quoted;
    for (int c = 0; c < CLASS_N; c++) e->slot[0][c] = e->slot[1][c] = NO_VALUE;
    for (size_t k = 0; k < n; k++) take_piece(r, e, &q->steps[q->before + k], &x[k], &parts);
    // Expressions of the context are parts too, after those of the words.
    for (size_t k = 0; k < q->before; k++)
        if (done_end[(ptrdiff_t)k - q->before].e) take_piece(r, e, &q->steps[k], &done_end[(ptrdiff_t)k - q->before], &parts);
    for (size_t k = 0; k < q->after; k++)
        if (x[n + k].e) take_piece(r, e, &q->steps[q->before + n + k], &x[n + k], &parts);
    e->kind = kind_found(e);
    return e;
}

static piece_list apply_pass(arena *a, const time_rules *r, int pass, const parse *p, const piece_list *x)
{
    piece_list done = {.v = new_array(a, piece, x->n + 1), .cap = x->n + 1};
    for (size_t i = 0; i < x->n;) {
        best_match best = longest_at(r, pass, p, &done, x, i);
        if (!best.n) {
            done.v[done.n++] = x->v[i++];
            continue;
        }
        const expression *e = make_expression(a, r, best.q, done.v + done.n, &x->v[i], best.n);
        done.v[done.n++] = (piece){
            .at = e->at, .first = e->first, .end = e->end, .word = MAP_NONE, .apart = x->v[i].apart, .quoted = e->quoted, .e = e};
        i += best.n;
    }
    return done;
}

void times_apply(arena *a, const time_rules *r, const parse *p, piece_list *pieces)
{
    for (int pass = 0; pass < PASSES; pass++) *pieces = apply_pass(a, r, pass, p, pieces);
}
