// Numbers in digits and words, ranges, and the words before and after that say how they are meant.
//
//   "more than 2.8 million"  ->  > 2800000      "between ten and 15"  ->  range 10..15      "a few hundred"  ->  vague

#include "quantities/rules.h"

#include <math.h>
#include <string.h>

enum {
    DIGITS_MAX = 15,   // a number of more digits is no count of anything, and would not be exact in a double
    DIGIT_GROUPS = 5,  // "1 200 000": blocks of three digits after the first
    NUMBER_TOKENS = 12 // longest number in words
};

typedef struct {
    double   value;
    uint32_t end;   // after the last token
    double   scale; // of the last word that multiplies, or 1
    bool     digits, single, ordinal;
} cardinal;

static bool number_word_is(const parse *p, uint32_t i, const char *lower) { return i < p->n && str_is(p->v[i].lower, lower); }

static bool glued(const parse *p, uint32_t i) { return i + 1 < p->n && p->v[i].at.end == p->v[i + 1].at.start; }

static bool is_dash(const parse *p, uint32_t i)
{
    return number_word_is(p, i, "-") || number_word_is(p, i, "–") || number_word_is(p, i, "‑") || number_word_is(p, i, "−");
}

static const number_word *number_word_of(const quantity_rules *r, str lower)
{
    uint32_t k = map_get(&r->numbers, lower);
    return k == MAP_NONE ? NULL : &r->number.v[k];
}

// "35,000", "2.8", "1200"; letters after it ("2m", "1.5bn", "16th") are left in *rest. 0 where it is no number.
static bool digits_of(str s, double *value, size_t *used)
{
    size_t i = 0, n = 0, group = 0;
    double v = 0, unit = 0;
    for (; i < s.n; i++) {
        char c = s.p[i];
        if (c >= '0' && c <= '9') {
            if (++n > DIGITS_MAX) return false;
            if (unit > 0) v += (c - '0') * unit, unit /= 10;
            else v = v * 10 + (c - '0');
            group++;
        } else if (c == ',' && unit == 0 && n > 0 && (n <= 3 || group == 3)) {
            if (i + 3 >= s.n || (n > 3 && group != 3)) return false;
            for (size_t k = 1; k <= 3; k++)
                if (s.p[i + k] < '0' || s.p[i + k] > '9') return false;
            group = 0;
        } else if (c == '.' && unit == 0 && n > 0 && i + 1 < s.n && s.p[i + 1] >= '0' && s.p[i + 1] <= '9') unit = 0.1;
        else break;
    }
    *value = unit > 0 ? round(v * 1e6) / 1e6 : v;
    *used = i;
    return n > 0;
}

static bool three_digits(str s)
{
    return s.n == 3 && s.p[0] >= '0' && s.p[0] <= '9' && s.p[1] >= '0' && s.p[1] <= '9' && s.p[2] >= '0' && s.p[2] <= '9';
}

// The block of three digits that carries on a number written with blanks ("1 200"; no-break and thin blanks are
// tokens of their own), or `end` itself.
static uint32_t next_block(const parse *p, uint32_t end)
{
    uint32_t k = end;
    if (k < p->n && p->v[k].pos == POS_SPACE && p->v[k].at.end - p->v[k].at.start <= 3 && p->v[k].text.p[0] != '\n') k++;
    else if (!p->v[k - 1].spaced) return end;
    if (k >= p->n || !three_digits(p->v[k].text)) return end;
    if (p->v[k - 1].ent != p->v[k].ent && p->v[k - 1].pos != POS_SPACE) return end;
    return k + 1;
}

static bool digits_number(const parse *p, const quantity_rules *r, uint32_t i, cardinal *c)
{
    str    s = p->v[i].lower;
    size_t used;
    if (!digits_of(s, &c->value, &used)) return false;
    c->end = i + 1;
    c->digits = true;
    str rest = str_cut(s, used, s.n);
    if (rest.n) {
        if (str_is(rest, "st") || str_is(rest, "nd") || str_is(rest, "rd") || str_is(rest, "th")) return c->ordinal = true;
        const number_word *w = number_word_of(r, rest);
        if (!w || (w->kind != NUMBER_SUFFIX && w->kind != NUMBER_SCALE)) return str_is(rest, "+");
        c->value *= c->scale = w->value;
        return true;
    }
    if (s.n <= 3 && s.p[0] != '0')
        for (int k = 0; k < DIGIT_GROUPS; k++) {
            uint32_t next = next_block(p, c->end);
            if (next == c->end) break;
            double block;
            digits_of(p->v[next - 1].text, &block, &used);
            c->value = c->value * 1000 + block;
            c->end = next;
        }
    return true;
}

// "twenty-three", "two hundred and five", "2.8 million", "half a million", "two and a half million".
static bool cardinal_at(const parse *p, const quantity_rules *r, uint32_t i, cardinal *c)
{
    *c = (cardinal){.scale = 1};
    double      total = 0, current = 0;
    bool        any = false;
    uint32_t    start = i, limit = i + NUMBER_TOKENS < p->n ? i + NUMBER_TOKENS : (uint32_t)p->n;
    number_kind last = NUMBER_NOUGHT;
    if (digits_number(p, r, i, c)) {
        if (c->ordinal || c->scale != 1) return true;
        current = c->value;
        any = true;
        last = NUMBER_TENS;
        i = c->end;
    } else if ((number_word_is(p, i, "a") || number_word_is(p, i, "an")) && i + 1 < limit) {
        const number_word *w = number_word_of(r, p->v[i + 1].lower);
        if (!w || (w->kind != NUMBER_HUNDRED && w->kind != NUMBER_SCALE && w->kind != NUMBER_DOZEN && w->kind != NUMBER_HALF))
            return false;
        i++;
    }
    for (; i < limit; i++) {
        const number_word *w = number_word_of(r, p->v[i].lower);
        if (!w) {
            const number_word *after = i + 1 < limit ? number_word_of(r, p->v[i + 1].lower) : NULL;
            if (any && is_dash(p, i) && glued(p, i - 1) && glued(p, i) && after && after->kind <= NUMBER_DOZEN &&
                after->kind != NUMBER_SUFFIX)
                continue;
            if (any && number_word_is(p, i, "and") && after && last == NUMBER_HUNDRED && after->kind <= NUMBER_TENS) continue;
            if (any && number_word_is(p, i, "and") && number_word_is(p, i + 1, "a") && number_word_is(p, i + 2, "half") &&
                i + 3 < limit) {
                w = number_word_of(r, p->v[i + 3].lower);
                if (w && w->kind == NUMBER_SCALE) {
                    current += 0.5;
                    i += 2;
                    continue;
                }
            }
            break;
        }
        if (w->kind == NUMBER_ORDINAL && (!any || last == NUMBER_TENS || last == NUMBER_HUNDRED)) {
            c->value = total + current + w->value;
            c->end = i + 1;
            return c->ordinal = true;
        }
        if (w->kind == NUMBER_UNIT && (!any || ((last == NUMBER_TENS && !c->digits && w->value < 10 && w->value > 0) ||
                                                last == NUMBER_HUNDRED || last == NUMBER_SCALE)))
            current += w->value;
        else if (w->kind == NUMBER_TENS && (!any || last == NUMBER_HUNDRED || last == NUMBER_SCALE)) current += w->value;
        else if (w->kind == NUMBER_HUNDRED && last != NUMBER_HUNDRED) current = (current > 0 ? current : 1) * 100, c->scale = 100;
        else if ((w->kind == NUMBER_SCALE || (w->kind == NUMBER_SUFFIX && c->digits)) && current + total >= 0 &&
                 last != NUMBER_HALF) {
            total += (current > 0 ? current : 1) * w->value;
            current = 0;
            c->scale = w->value;
        } else if (w->kind == NUMBER_DOZEN) current = (current > 0 ? current : 1) * 12, c->scale = 12;
        else if (w->kind == NUMBER_HALF && !any) {
            // "half a million", "half-dozen", "half a dozen": a scale must follow
            uint32_t k = i + 1;
            while (k < limit && (is_dash(p, k) || number_word_is(p, k, "a"))) k++;
            w = k < limit ? number_word_of(r, p->v[k].lower) : NULL;
            if (!w || (w->kind != NUMBER_SCALE && w->kind != NUMBER_DOZEN && w->kind != NUMBER_HUNDRED)) return false;
            total = 0.5 * w->value;
            i = k;
        } else break;
        any = true;
        last = w->kind;
        c->end = i + 1;
    }
    if (!any) return false;
    c->value = round((total + current) * 1e6) / 1e6;
    c->single = !c->digits && c->value == 1 && c->end == start + 1;
    return true;
}

// The phrase of `in` that begins at token i, longest first; *end after it. Words are joined by one blank.
static uint32_t phrase_at(const parse *p, const map *in, uint32_t i, uint32_t *end, str *words_out, arena *a)
{
    char     room[96];
    size_t   n = 0, ends[PHRASE_WORDS];
    uint32_t k = 0;
    for (; k < PHRASE_WORDS && i + k < p->n; k++) {
        str w = p->v[i + k].lower;
        if (n + w.n + 2 > sizeof room) break;
        if (n) room[n++] = ' ';
        memcpy(room + n, w.p, w.n);
        ends[k] = n += w.n;
    }
    for (; k > 0; k--) {
        uint32_t found = map_get(in, (str){room, ends[k - 1]});
        if (found == MAP_NONE) continue;
        *end = i + k;
        if (words_out) *words_out = arena_str(a, (str){room, ends[k - 1]});
        return found;
    }
    return MAP_NONE;
}

// A dateline's dash may stick to the word after it ("--At least").
static str without_dashes(str s)
{
    while (s.n > 1 && (s.p[0] == '-' || s.p[0] == '_')) s.p++, s.n--;
    return s;
}

// The phrase of `in` that ends before token i and begins no earlier than `floor`, longest first.
static uint32_t phrase_before(const parse *p, const map *in, uint32_t i, uint32_t floor, uint32_t *first)
{
    for (uint32_t k = PHRASE_WORDS; k > 0; k--) {
        if (i < floor + k) continue;
        char   room[96];
        size_t n = 0;
        bool   fits = true;
        for (uint32_t w = i - k; w < i && fits; w++) {
            str s = w == i - k ? without_dashes(p->v[w].lower) : p->v[w].lower;
            if (!(fits = n + s.n + 2 <= sizeof room)) break;
            if (n) room[n++] = ' ';
            memcpy(room + n, s.p, s.n);
            n += s.n;
        }
        uint32_t found = fits ? map_get(in, (str){room, n}) : MAP_NONE;
        if (found == MAP_NONE) continue;
        *first = i - k;
        return found;
    }
    return MAP_NONE;
}

// "rose from 12 to 45" is no range: the first number is an old one.
static bool change_over(const parse *p, const quantity_rules *r, uint32_t from)
{
    uint32_t h = p->v[from].head;
    for (int up = 0; up < 2; up++, h = p->v[h].head)
        if (map_get(&r->status[STATUS_CHANGE], p->v[h].lemma) != MAP_NONE) return true;
    return false;
}

bool quantities_number_is_old(const parse *p, const quantity_rules *r, const number_note *n)
{
    return n->first > 0 && number_word_is(p, n->first - 1, "from") && change_over(p, r, n->first - 1);
}

// A second number after "to", "or", a dash, or (after "between") "and".
static void join_range(const parse *p, const quantity_rules *r, uint32_t floor, cardinal *c, number_note *out)
{
    uint32_t i = c->end;
    bool     dash = is_dash(p, i) && glued(p, i - 1) && glued(p, i);
    bool     between = out->number > floor && number_word_is(p, out->number - 1, "between");
    bool     from = out->number > floor && number_word_is(p, out->number - 1, "from");
    if (!dash && !number_word_is(p, i, "to") && !number_word_is(p, i, "or") && !(between && number_word_is(p, i, "and"))) return;
    if (i + 1 >= p->n || (from && change_over(p, r, out->number - 1))) return;
    cardinal d;
    if (!cardinal_at(p, r, i + 1, &d) || d.ordinal) return;
    double low = c->value;
    if (c->scale == 1 && d.scale >= 12 && c->value * d.scale < d.value) low *= d.scale;
    if (d.value <= low) return;
    out->op = OP_RANGE;
    out->value = low;
    out->value2 = d.value;
    out->number_end = d.end;
    if (between || from) out->first = out->number - 1;
}

// "the toll exceeded 100", "she estimated that 16,000 people had fled"
static quantity_op operator_verb(const parse *p, const quantity_rules *r, number_note *out)
{
    uint32_t at = out->top;
    for (int step = 0; step < 4; step++) {
        const token *t = &p->v[at];
        if (t->head == at) return OP_EQ;
        uint32_t op = map_get(&r->operators[SIDE_VERB], p->v[t->head].lemma);
        if (op == OP_GT && t->dep == DEP_dobj && t->head + 1 == out->first) return out->first = t->head, OP_GT;
        if (op == OP_ABOUT && (t->dep == DEP_ccomp || t->dep == DEP_dobj)) return OP_ABOUT;
        at = t->head;
    }
    return OP_EQ;
}

static void operator_words(const parse *p, const quantity_rules *r, uint32_t floor, number_note *out)
{
    uint32_t    first = out->first, end, op;
    quantity_op side[2] = {OP_EQ, OP_EQ};
    for (int k = 0; k < 2; k++) {
        op = phrase_before(p, &r->operators[SIDE_BEFORE], first, floor, &first);
        if (op == MAP_NONE) break;
        out->first = first;
        if (side[0] == OP_EQ || side[0] == OP_ABOUT) side[0] = op == OP_EQ ? side[0] : (quantity_op)op;
    }
    out->end = out->number_end;
    op = phrase_at(p, &r->operators[SIDE_AFTER], out->number_end, &end, NULL, NULL);
    if (op != MAP_NONE) {
        bool dash = is_dash(p, out->number_end);
        if (!dash || glued(p, out->number_end - 1)) out->end = end, side[1] = (quantity_op)op;
    }
    if (out->op == OP_EQ) out->op = side[0] != OP_EQ ? side[0] : side[1];
    if (out->op == OP_EQ) out->op = operator_verb(p, r, out);
}

static bool all_but(const parse *p, const quantity_rules *r, uint32_t floor, number_note *out)
{
    if (out->number < floor + 2 || !number_word_is(p, out->number - 1, "but") || !number_word_is(p, out->number - 2, "all"))
        return false;
    uint32_t k = out->number_end;
    if (!number_word_is(p, k, "of")) return false;
    for (k++; number_word_is(p, k, "the") || number_word_is(p, k, "its") || number_word_is(p, k, "their"); k++)
        ;
    cardinal c;
    if (k >= p->n || !cardinal_at(p, r, k, &c) || c.value <= out->value) return false;
    out->value = c.value - out->value;
    out->first = out->number - 2;
    out->top = out->first;
    out->rest = c.end;
    return true;
}

static bool may_start(const quantity_rules *r, str lower)
{
    bool digit = lower.n && lower.p[0] >= '0' && lower.p[0] <= '9';
    return digit || str_is(lower, "a") || str_is(lower, "an") || map_get(&r->starts, lower) != MAP_NONE;
}

// "as many as 12", "no fewer than 12": the "many" and the "no" are no numbers of their own.
static bool inside_operator(const parse *p, const quantity_rules *r, uint32_t i, uint32_t floor)
{
    for (uint32_t back = 0; back <= 2 && i >= floor + back; back++) {
        uint32_t end;
        if (phrase_at(p, &r->operators[SIDE_BEFORE], i - back, &end, NULL, NULL) != MAP_NONE && end > i + 1) return true;
    }
    return false;
}

bool quantities_number(arena *a, const parse *p, const quantity_rules *r, uint32_t i, uint32_t floor, number_note *out)
{
    *out = (number_note){.first = i, .number = i, .range = {NAN, NAN}};
    if (!may_start(r, p->v[i].lower) || inside_operator(p, r, i, floor)) return false;
    uint32_t end;
    uint32_t v = phrase_at(p, &r->vague, i, &end, &out->vague, a);
    cardinal c = {0};
    if (v != MAP_NONE) {
        out->op = OP_VAGUE;
        out->range = r->range.v[v];
        out->number_end = out->end = end;
    } else if (cardinal_at(p, r, i, &c)) {
        out->value = c.value;
        out->number_end = c.end;
        out->ordinal = c.ordinal;
        out->single = c.single;
        if (c.single && number_word_is(p, c.end, "another")) return false;
        if (!c.ordinal) join_range(p, r, floor, &c, out);
    } else {
        const number_word *w = number_word_of(r, p->v[i].lower);
        if (!w || w->kind != NUMBER_NOUGHT) return false;
        out->nought = true;
        out->number_end = i + 1;
        if (number_word_is(p, i, "no") &&
            (number_word_is(p, i + 1, "one") || (number_word_is(p, i + 1, "-") && number_word_is(p, i + 2, "one"))))
            out->number_end = number_word_is(p, i + 1, "one") ? i + 2 : i + 3;
    }
    out->end = out->number_end;
    out->top = out->number_end - 1;
    for (uint32_t k = out->number; k < out->number_end; k++)
        if (p->v[k].head < out->number || p->v[k].head >= out->number_end || p->v[k].head == k) out->top = k;
    if (out->nought || out->ordinal || all_but(p, r, floor, out)) return true;
    if (out->op != OP_VAGUE) operator_words(p, r, floor, out);
    return true;
}
