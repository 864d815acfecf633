// Pieces: letters, digits and signs, then merged by the word list and into numbers.

#include "times/piece.h"

#include "base/utf8.h"
#include "times/calendar.h"

#include <string.h>

enum { LONGEST_TIME_WORD = 40 }; // bytes of an entry of the word list; longer runs of letters are none
enum { ONLY_CAPITAL = 1, ONLY_NOUN, ONLY_PLAIN };

#define CLASS_NAME(name) #name,
const char *const times_class_names[] = {CLASS_LIST(CLASS_NAME) NULL};
const char *const times_unit_names[] = {UNIT_LIST(CLASS_NAME) NULL};

uint32_t times_name(const char *const *names, str s)
{
    for (uint32_t i = 0; names[i]; i++)
        if (str_is(s, names[i])) return i;
    return MAP_NONE;
}

// --- the word list ---

// One run of letters, of digits, or one sign, from s.p[*i] on; curly quotes and dashes read as plain ones.
typedef struct {
    char   kind; // 'a', '0', or the sign; 0 for white space
    char   low[LONGEST_TIME_WORD];
    size_t n; // of low; 0 if it is too long for the list
} run;

static char run_kind(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return 'a';
    if (c >= '0' && c <= '9') return '0';
    if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F) return 0;
    if (c == 0x2018 || c == 0x2019) return '\'';
    if (c >= 0x2010 && c <= 0x2015) return '-';
    if (c == 0xBD) return 'h';
    if (c < 0x80) return (char)c;
    return c >= 0xC0 && !(c >= 0x2000 && c < 0x2070) ? 'a' : '?';
}

static run next_run(str s, size_t *i)
{
    run    r = {0};
    size_t from = *i, end = *i;
    r.kind = run_kind(utf8_next(s, &end));
    while ((r.kind == 'a' || r.kind == '0' || r.kind == 0) && end < s.n) {
        size_t after = end;
        if (run_kind(utf8_next(s, &after)) != r.kind) break;
        end = after;
    }
    *i = end;
    if (r.kind != 'a' && r.kind != '0') {
        r.low[r.n++] = r.kind;
    } else if (end - from < sizeof r.low) {
        for (size_t k = from; k < end; k++) r.low[r.n++] = s.p[k] >= 'A' && s.p[k] <= 'Z' ? (char)(s.p[k] + 32) : s.p[k];
    }
    return r;
}

uint32_t times_words_add(arena *a, time_words *w, str text)
{
    char     *key = new_array(a, char, text.n + 1);
    size_t    n = 0;
    uint32_t *slot = NULL;
    for (size_t i = 0; i < text.n;) {
        run r = next_run(text, &i);
        if (!r.kind) {
            key[n++] = ' ';
            continue;
        }
        memcpy(key + n, r.low, r.n);
        n += r.n;
        slot = map_put(a, &w->at, (str){key, n});
        if (*slot == MAP_NONE) *slot = 0;
    }
    if (!w->entries.n) push(a, &w->entries);
    if (!slot) return 0;
    if (*slot == 0) {
        *slot = (uint32_t)w->entries.n;
        push(a, &w->entries);
    }
    return *slot;
}

static bool read_meaning(const tsv *t, time_meaning *m, fault *f)
{
    str class = tsv_get(t, "class"), value = tsv_get(t, "value"), only = tsv_get(t, "only");
    uint32_t c = times_name(times_class_names, class);
    int64_t  number;
    if (c == MAP_NONE) return fault_set(f, "%s:%d: unknown class \"%.*s\"", t->file, t->line, (int)class.n, class.p);
    if (c == CLASS_UNIT || c == CLASS_UNITS || c == CLASS_PERIODIC) number = times_name(times_unit_names, value);
    else if (!str_int(value, &number)) number = MAP_NONE;
    if (number == MAP_NONE) return fault_set(f, "%s:%d: unknown value \"%.*s\"", t->file, t->line, (int)value.n, value.p);
    uint32_t o = !only.n                   ? 0
                 : str_is(only, "capital") ? ONLY_CAPITAL
                 : str_is(only, "noun")    ? ONLY_NOUN
                 : str_is(only, "plain")   ? ONLY_PLAIN
                                           : 9;
    if (o == 9) return fault_set(f, "%s:%d: unknown only \"%.*s\"", t->file, t->line, (int)only.n, only.p);
    *m = (time_meaning){(uint8_t)c, (uint8_t)o, (int32_t)number};
    return true;
}

bool times_words_load(time_words *w, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "times/words.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        time_meaning m;
        if (!read_meaning(&t, &m, f)) return false;
        uint32_t e = times_words_add(d->a, w, tsv_get(&t, "word"));
        *push(d->a, &w->entries.v[e]) = m;
    }
    if (!data_open(d, "times/holidays.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t e = times_words_add(d->a, w, tsv_get(&t, "holiday"));
        *push(d->a, &w->entries.v[e]) = (time_meaning){CLASS_HOLIDAY, ONLY_CAPITAL, (int32_t)w->holidays.n};
        str     rule = tsv_get(&t, "day");
        int32_t day;
        if (!times_holiday(rule, 2024, &day))
            return fault_set(f, "%s:%d: unknown day \"%.*s\"", t.file, t.line, (int)rule.n, rule.p);
        *push(d->a, &w->holidays) = rule;
    }
    return true;
}

int32_t times_piece_value(const time_words *w, const piece *x, piece_class class)
{
    if (x->word != MAP_NONE)
        for (size_t i = 0; i < w->entries.v[x->word].n; i++)
            if (w->entries.v[x->word].v[i].class == class) return w->entries.v[x->word].v[i].value;
    return x->number;
}

// --- the text ---

typedef struct {
    arena            *a;
    const parse      *p;
    const time_words *w;
    size_t            i;     // byte
    uint32_t          token; // that holds it or follows it
    bool              quoted;
    piece_list        out;
} cutting;

// Quotation marks open and close: " and “ ”, and the `` '' of older wires. A paragraph's end closes them.
static void note_quote(cutting *c, str mark)
{
    if (str_is(mark, "\"")) c->quoted = !c->quoted;
    else if (str_is(mark, "“") || str_is(mark, "``")) c->quoted = true;
    else if (str_is(mark, "”") || str_is(mark, "''")) c->quoted = false;
}

static bool meaning_holds(const parse *p, const piece *x, uint8_t only)
{
    const token *t = &p->v[x->first];
    char         c = p->text.p[x->at.start];
    switch (only) {
    case ONLY_CAPITAL: return c >= 'A' && c <= 'Z';
    case ONLY_NOUN: return t->pos == POS_NOUN || t->pos == POS_PROPN || t->pos == POS_ADV;
    case ONLY_PLAIN: return !(c >= 'A' && c <= 'Z');
    }
    return true;
}

static void know_word(const cutting *c, piece *x, uint32_t entry)
{
    x->word = entry;
    const time_meaning_list *m = &c->w->entries.v[entry];
    for (size_t i = 0; i < m->n; i++)
        if (meaning_holds(c->p, x, m->v[i].only)) x->classes |= 1u << m->v[i].class;
}

// The classes a number in digits may be, by its form: "07", "2024", "0830".
static void know_digits(piece *x, str digits)
{
    int64_t n;
    if (!str_int(digits, &n) || digits.n > 9) return;
    x->number = (int32_t)n;
    x->classes |= 1u << CLASS_NUM;
    if (digits.n <= 2) {
        if (n >= 1 && n <= 31) x->classes |= 1u << CLASS_DAY;
        if (n >= 1 && n <= 12) x->classes |= 1u << CLASS_MONTHNUM;
        if (n <= 24) x->classes |= 1u << CLASS_HOUR;
    }
    if (digits.n == 2) {
        x->classes |= 1u << CLASS_YEAR2;
        if (n < 60) x->classes |= 1u << CLASS_MINUTE;
    }
    if (digits.n == 4) {
        if (n >= 1000 && n < 2200) x->classes |= 1u << CLASS_YEAR;
        if (n / 100 < 24 && n % 100 < 60) x->classes |= 1u << CLASS_HHMM;
    }
}

// Bytes from `at` on that the word list has as one entry, the longest; 0 if none.
static size_t longest_entry(const cutting *c, size_t at, uint32_t *entry)
{
    char   key[2 * LONGEST_TIME_WORD];
    size_t n = 0, best = 0;
    str    text = c->p->text;
    for (size_t i = at; i < text.n;) {
        run r = next_run(text, &i);
        if (!r.kind && i - at < sizeof key - 1 && n < sizeof key - 1) {
            key[n++] = ' ';
            continue;
        }
        if (!r.n || !r.kind || n + r.n > sizeof key) break;
        memcpy(key + n, r.low, r.n);
        n += r.n;
        uint32_t e = map_get(&c->w->at, (str){key, n});
        if (e == MAP_NONE) break;
        if (e) best = i - at, *entry = e;
    }
    return best;
}

static void add_piece(cutting *c, size_t end, bool apart, run r, uint32_t entry)
{
    const parse *p = c->p;
    piece       *x = push(c->a, &c->out);
    *x = (piece){.at = {(uint32_t)c->i, (uint32_t)end}, .word = MAP_NONE, .apart = apart, .quoted = c->quoted};
    while (c->token + 1 < p->n && p->v[c->token].at.end <= c->i) c->token++;
    x->first = c->token;
    while (c->token + 1 < p->n && p->v[c->token].at.end < end) c->token++;
    x->end = c->token + 1;
    if (r.kind == '0') know_digits(x, span_of(p->text, x->at));
    if (r.kind == 'h') x->half = true, x->classes |= 1u << CLASS_NUM;
    if (entry) know_word(c, x, entry);
    c->i = end;
}

static bool empty_line(str text, size_t from, size_t to)
{
    int lines = 0;
    for (size_t i = from; i < to; i++) lines += text.p[i] == '\n';
    return lines > 1;
}

bool times_is_break(const parse *p, const piece *x) { return run_kind(utf8_next(span_of(p->text, x->at), &(size_t){0})) == 0; }

static void cut_text(cutting *c)
{
    str  text = c->p->text;
    bool apart = true;
    while (c->i < text.n) {
        size_t end = c->i;
        run    r = next_run(text, &end);
        if (!r.kind) {
            apart = true;
            if (empty_line(text, c->i, end)) add_piece(c, end, true, r, 0), c->quoted = false;
            c->i = end;
            continue;
        }
        note_quote(c, (str){text.p + c->i, end - c->i});
        if (r.kind == '\'' || r.kind == '`') note_quote(c, str_cut((str){text.p + c->i, text.n - c->i}, 0, 2));
        uint32_t entry = 0;
        size_t   n = r.n ? longest_entry(c, c->i, &entry) : 0;
        add_piece(c, n ? c->i + n : end, apart, r, entry);
        apart = false;
    }
}

// --- numbers: "twenty-five", "1,200", "2 1/2", "21st", "nineteen ninety-seven" ---

static bool piece_is(const piece *x, piece_class class) { return x->classes >> class & 1; }

static bool sign_at(const cutting *c, size_t i, char sign, bool close)
{
    if (i >= c->out.n) return false;
    const piece *x = &c->out.v[i];
    return x->at.end - x->at.start <= 3 && !(close && x->apart) &&
           run_kind(utf8_next(span_of(c->p->text, x->at), &(size_t){0})) == sign;
}

static str piece_text(const cutting *c, size_t i) { return span_of(c->p->text, c->out.v[i].at); }

// A number in words from piece i on: how many pieces, and what it is worth. `ordinal` if the last is one; `year` for pairs of
// tens.
static size_t number_in_words(const cutting *c, size_t i, int32_t *worth, bool *ordinal, bool *year)
{
    int64_t total = 0, now = 0;
    size_t  n = 0, k = i;
    *ordinal = *year = false;
    while (k < c->out.n && !*ordinal) {
        const piece *x = &c->out.v[k];
        bool         ord = piece_is(x, CLASS_ORDINAL) && n && now % 10 == 0 && now % 100 >= 20;
        if (!piece_is(x, CLASS_CARDINAL) && !ord) break;
        int32_t v = times_piece_value(c->w, x, ord ? CLASS_ORDINAL : CLASS_CARDINAL);
        if (ord && v > 9) break;
        if (v == 100) now = now ? now * 100 : 100;
        else if (v >= 1000) total += (now ? now : 1) * v, now = 0;
        else if (n == 0 || now == 0 || (now % 100 == 0 && v < 100) || (v < 10 && now % 10 == 0 && now % 100 >= 20)) now += v;
        else if (!*year && !total && v >= 10 && now >= 11 && now <= 20) now = now * 100 + v, *year = true;
        else break;
        *ordinal = ord;
        n = ++k - i;
        if (total > 1000000000 || now > 1000000000) break;
        if (sign_at(c, k, '-', true)) k++;
        else if (k < c->out.n && str_eq_nocase(piece_text(c, k), STR("and")) && (v == 100 || v == 1000)) k++;
    }
    *worth = (int32_t)(total + now);
    return n;
}

// A number in digits from piece i on, with thousands and halves.
static size_t number_in_digits(const cutting *c, size_t i, int32_t *worth, bool *half)
{
    int64_t v = c->out.v[i].number;
    size_t  n = 1;
    while (i + n + 1 < c->out.n && sign_at(c, i + n, ',', true) && !c->out.v[i + n + 1].apart &&
           piece_is(&c->out.v[i + n + 1], CLASS_NUM) && piece_text(c, i + n + 1).n == 3 && v < 1000000)
        v = v * 1000 + c->out.v[i + n + 1].number, n += 2;
    *half = false;
    if (i + n + 1 < c->out.n && sign_at(c, i + n, '.', true) && !c->out.v[i + n + 1].apart &&
        piece_is(&c->out.v[i + n + 1], CLASS_NUM)) {
        *half = c->out.v[i + n + 1].number == 5 && piece_text(c, i + n + 1).n == 1;
        n = *half ? n + 2 : n;
    } else if (i + n + 2 < c->out.n && piece_is(&c->out.v[i + n], CLASS_NUM) && c->out.v[i + n].number == 1 &&
               sign_at(c, i + n + 1, '/', true) && !c->out.v[i + n + 2].apart && c->out.v[i + n + 2].number == 2) {
        *half = true, n += 3;
    } else if (i + n < c->out.n && sign_at(c, i + n, 'h', false)) {
        *half = true, n++;
    }
    *worth = (int32_t)v;
    return n;
}

static void join_pieces(piece *to, const piece *from, size_t n)
{
    *to = from[0];
    to->at.end = from[n - 1].at.end;
    to->end = from[n - 1].end;
}

// Pieces with those of one number made one.
static piece_list numbers_joined(cutting *c)
{
    piece_list   out = {.v = new_array(c->a, piece, c->out.n + 1), .cap = c->out.n + 1};
    const piece *in = c->out.v;
    for (size_t i = 0, n; i < c->out.n; i += n) {
        piece  *x = &out.v[out.n++];
        int32_t worth;
        bool    half = false, ordinal = false, year = false;
        *x = in[i];
        n = 1;
        if (piece_is(&in[i], CLASS_CARDINAL)) {
            n = number_in_words(c, i, &worth, &ordinal, &year);
            join_pieces(x, in + i, n);
            if (i > 0 && sign_at(c, i - 1, '[', false) && sign_at(c, i + n, ']', true))
                out.n--, x--, join_pieces(x, in + i - 1, ++n + 1);
            x->word = n == 1 ? x->word : MAP_NONE;
            x->number = worth;
            x->classes = ordinal ? 1u << CLASS_ORDINAL : 1u << CLASS_NUM;
            if (year || (worth >= 2000 && worth < 2100 && n > 1)) x->classes |= 1u << CLASS_YEAR;
        } else if (piece_is(&in[i], CLASS_NUM) && !in[i].half) {
            str after = i + 1 < c->out.n && !in[i + 1].apart ? piece_text(c, i + 1) : STR("");
            if (str_eq_nocase(after, STR("st")) || str_eq_nocase(after, STR("nd")) || str_eq_nocase(after, STR("rd")) ||
                str_eq_nocase(after, STR("th"))) {
                join_pieces(x, in + i, n = 2);
                x->classes = 1u << CLASS_ORDINAL;
                continue;
            }
            size_t k = number_in_digits(c, i, &worth, &half);
            if (k > 1) {
                join_pieces(x, in + i, n = k);
                x->number = worth, x->half = half;
                x->classes = 1u << CLASS_NUM;
            }
        }
    }
    return out;
}

piece_list times_pieces(arena *a, const parse *p, const time_words *w)
{
    cutting c = {.a = a, .p = p, .w = w};
    if (!p->n) return (piece_list){0};
    cut_text(&c);
    return numbers_joined(&c);
}
