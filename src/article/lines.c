#include "article/lines.h"

#include "base/utf8.h"

#include <string.h>

enum {
    LINE_LONGEST = 240,     // bytes: a longer line is prose
    INDEXED_WORD = 24,      // letters of a first word
    LINE_PIECES = 24,       // pieces of one line
    PATTERN_LONGEST = 16,   // elements of one pattern
    NAMES_LONGEST = 160,    // bytes of a list of names
    PLACE_WORDS = 5,        // words of one place name
    DATELINE_LONGEST = 120, // bytes
};

typedef enum { EL_WORD, EL_DATE, EL_TIME, EL_AGO, EL_N, EL_NAMES, EL_PLACE, EL_DAY, EL_AGENCY, EL_DASH, EL_REST } element_kind;
static const char *const element_names[] = {"",        "{date}", "{time}",   "{ago}",  "{n}",   "{names}",
                                            "{place}", "{day}",  "{agency}", "{dash}", "{rest}"};

typedef struct {
    element_kind kind;
    bool         optional;
    str          words; // a|b|c
} line_element;

typedef struct {
    const char  *id, *role;
    int          where;
    size_t       n;
    line_element v[PATTERN_LONGEST];
} line_rule;

typedef struct {
    uint16_t *v;
    size_t    n, cap;
} rule_numbers;

struct line_rules {
    const date_words *dates;
    map               first; // word a pattern may begin with -> place in `by_word`
    struct {
        rule_numbers *v;
        size_t        n, cap;
    } by_word;
    rule_numbers others; // rows that begin with something else
    struct {
        line_rule *v;
        size_t     n, cap;
    } rows, datelines;
};

static const struct {
    const char *name;
    int         bit;
} line_places[] = {{"head", LINE_HEAD},
                   {"tail", LINE_TAIL | LINE_PAGE},
                   {"ends", LINE_HEAD | LINE_TAIL},
                   {"any", LINE_ANY},
                   {"page", LINE_PAGE}};

const char *const line_roles[] = {"separator", "related",   "share",   "navigation", "advertisement", "promo", "newsletter",
                                  "comments",  "copyright", "caption", "correction", "reading",       "date",  "modified",
                                  "byline",    "dateline",  NULL};

// --- loading ---

static bool load_element(line_element *e, str word, const tsv *t, fault *f)
{
    if (word.n > 1 && word.p[word.n - 1] == '?') e->optional = true, word.n--;
    if (word.p[0] != '{') {
        e->words = word;
        return true;
    }
    for (size_t k = 1; k < sizeof element_names / sizeof *element_names; k++)
        if (str_is(word, element_names[k])) {
            e->kind = (element_kind)k;
            return true;
        }
    return fault_set(f, "%s:%d: unknown element \"%.*s\"", t->file, t->line, (int)word.n, word.p);
}

static bool load_pattern(line_rule *r, const tsv *t, fault *f)
{
    for (str word, rest = tsv_get(t, "pattern"); rest.p;) {
        word = str_split(rest, ' ', &rest);
        if (!word.n) continue;
        if (r->n == PATTERN_LONGEST) return fault_set(f, "%s:%d: more than %d elements", t->file, t->line, PATTERN_LONGEST);
        if (!load_element(&r->v[r->n++], word, t, f)) return false;
    }
    return r->n ? true : fault_set(f, "%s:%d: empty pattern", t->file, t->line);
}

static bool load_line_rule(line_rule *r, arena *a, const tsv *t, fault *f)
{
    str role = tsv_get(t, "role"), where = tsv_get(t, "where");
    r->id = arena_str(a, tsv_get(t, "id")).p;
    for (size_t i = 0; line_roles[i]; i++)
        if (str_is(role, line_roles[i])) r->role = line_roles[i];
    if (!r->role) return fault_set(f, "%s:%d: unknown role \"%.*s\"", t->file, t->line, (int)role.n, role.p);
    for (size_t i = 0; i < sizeof line_places / sizeof *line_places; i++)
        if (str_is(where, line_places[i].name)) r->where = line_places[i].bit;
    if (!r->where) return fault_set(f, "%s:%d: unknown place \"%.*s\"", t->file, t->line, (int)where.n, where.p);
    return load_pattern(r, t, f);
}

static size_t leading_word(str s, size_t i, char low[INDEXED_WORD])
{
    size_t n = 0;
    while (i + n < s.n && n < INDEXED_WORD && (s.p[i + n] | 32) >= 'a' && (s.p[i + n] | 32) <= 'z') low[n] = s.p[i + n] | 32, n++;
    return n;
}

// Files a row under each word it may begin with, so that a line is tried with the few rows it may match.
static void index_rule(arena *a, line_rules *r, uint16_t number)
{
    const line_element *e = &r->rows.v[number].v[0];
    char                low[INDEXED_WORD];
    bool                all = e->kind == EL_WORD && !e->optional;
    for (str word, rest = e->words; all && rest.p;) {
        word = str_split(rest, '|', &rest);
        all = leading_word(word, 0, low) > 0;
    }
    if (!all) *push(a, &r->others) = number;
    for (str word, rest = e->words; all && rest.p;) {
        word = str_split(rest, '|', &rest);
        size_t    n = leading_word(word, 0, low);
        uint32_t *place = map_put(a, &r->first, arena_str(a, (str){low, n}));
        if (*place == MAP_NONE) {
            *place = (uint32_t)r->by_word.n;
            (void)push(a, &r->by_word);
        }
        *push(a, &r->by_word.v[*place]) = number;
    }
}

const line_rules *lines_load(const data_set *d, const date_words *dates, fault *f)
{
    line_rules *r = new (d->a, line_rules);
    r->dates = dates;
    tsv t;
    if (!data_open(d, "article/lines.tsv", &t, f)) return NULL;
    while (tsv_next(&t)) {
        line_rule row = {0};
        if (!load_line_rule(&row, d->a, &t, f)) return NULL;
        if (!strcmp(row.role, "dateline")) *push(d->a, &r->datelines) = row;
        else {
            *push(d->a, &r->rows) = row;
            index_rule(d->a, r, (uint16_t)(r->rows.n - 1));
        }
    }
    return r;
}

// --- elements: each says where it ends, or 0 if it does not stand at s.p[i] ---

static bool line_word_char(unsigned char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80;
}

static size_t line_spaces(str s, size_t i)
{
    for (;;) {
        if (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t')) i++;
        else if (i + 1 < s.n && s.p[i] == '\xC2' && s.p[i + 1] == '\xA0') i += 2;
        else return i;
    }
}

static size_t match_literal(str s, size_t i, str words)
{
    for (str word, rest = words; rest.p;) {
        word = words.n == 1 ? (rest = (str){NULL, 0}, words) : str_split(rest, '|', &rest);
        size_t end = i + word.n;
        if (!str_eq_nocase(str_cut(s, i, end), word) || end > s.n) continue;
        if (line_word_char((unsigned char)word.p[word.n - 1]) && end < s.n && line_word_char((unsigned char)s.p[end])) continue;
        return end;
    }
    return 0;
}

static size_t match_number(str s, size_t i)
{
    size_t end = i;
    while (end < s.n && s.p[end] >= '0' && s.p[end] <= '9') end++;
    while (end > i && end + 3 < s.n && s.p[end] == ',' && s.p[end + 1] >= '0' && s.p[end + 1] <= '9') end += 4;
    return end > i ? end : 0;
}

// "2 hours ago", "an hour ago", "5m ago", "yesterday"
static size_t match_ago(str s, size_t i)
{
    static const char units[] =
        "second|seconds|sec|secs|s|minute|minutes|min|mins|m|hour|hours|hr|hrs|h|day|days|d|week|weeks|w|month|months|year|years";
    if (i >= s.n || !strchr("0123456789aAoOtTyY", s.p[i])) return 0;
    if (match_literal(s, i, STR("yesterday|today"))) return match_literal(s, i, STR("yesterday|today"));
    size_t k = match_number(s, i);
    if (!k) k = match_literal(s, i, STR("a|an|one"));
    if (!k) return 0;
    k = match_literal(s, line_spaces(s, k), str_of(units));
    return k ? match_literal(s, line_spaces(s, k), STR("ago")) : 0;
}

static bool upper_at(str s, size_t i)
{
    if (i >= s.n) return false;
    if (s.p[i] >= 'A' && s.p[i] <= 'Z') return true;
    if ((unsigned char)s.p[i] < 0x80) return false;
    uint32_t c = utf8_next(s, &i);
    return (c >= 0xC0 && c <= 0xDE) || (c >= 0x100 && c <= 0x17F && !(c & 1)) || (c >= 0x386 && c <= 0x3AB) ||
           (c >= 0x400 && c <= 0x42F);
}

static bool mark_at(str s, size_t i, const char *mark) { return str_starts(str_cut(s, i, s.n), str_of(mark)); }

// The end of the word at i: letters, apostrophes, hyphens between letters, the point of an initial or abbreviation.
static size_t name_word_end(str s, size_t i)
{
    size_t from = i;
    while (i < s.n) {
        unsigned char c = (unsigned char)s.p[i];
        if (mark_at(s, i, "\xE2\x80\x94") || mark_at(s, i, "\xE2\x80\x93") || mark_at(s, i, "\xC2\xB7") ||
            mark_at(s, i, "\xE2\x80\xA2") || mark_at(s, i, "\xC2\xA0"))
            break; // dashes, dots and hard spaces part words
        if (line_word_char(c)) i++;
        else if ((c == '\'' || c == '-') && i > from && i + 1 < s.n && line_word_char((unsigned char)s.p[i + 1])) i++;
        else if (c == '.' && i > from && i - from <= 4) i++;
        else break;
    }
    return i;
}

static bool name_particle(str w)
{
    static const char particles[] = "de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|bint|ibn|al|el|ter|ten|zu|y|e";
    return match_literal(w, 0, str_of(particles)) == w.n;
}

// One name: capitalised words, particles between them.
static size_t match_name(str s, size_t i)
{
    size_t end = 0;
    for (int words = 0; words < 6; words++) {
        size_t k = name_word_end(s, i);
        if (k == i) break;
        if (upper_at(s, i) && !(words == 0 && k - i == 1 && s.n == k)) end = k;
        else if (!words || !name_particle(str_cut(s, i, k))) break;
        i = line_spaces(s, k);
    }
    return end;
}

size_t lines_names(str s, size_t i)
{
    size_t limit = i + NAMES_LONGEST, end = 0;
    for (size_t k = match_name(s, i); k && k <= limit; k = match_name(s, i)) {
        end = k;
        i = line_spaces(s, k);
        if (i < s.n && (s.p[i] == ',' || s.p[i] == '&' || s.p[i] == ';')) i = line_spaces(s, i + 1);
        size_t and_ = match_literal(s, i, STR("and|with|&"));
        if (and_) i = line_spaces(s, and_);
    }
    return end;
}

// Capitalised words; after a comma a second and third run of them ("Dar es Salaam, Tanzania"), unless a date follows.
static size_t match_place(arena *a, const date_words *w, str s, size_t i)
{
    size_t end = 0;
    for (int part = 0; part < 3; part++) {
        date_found none;
        if (part && (dates_read(a, w, s, i, &none) || dates_read_short(a, w, s, i, &none))) break;
        size_t last = 0;
        for (int words = 0; words < PLACE_WORDS; words++) {
            size_t k = name_word_end(s, i);
            if (k == i || (!upper_at(s, i) && (!words || k - i > 3))) break;
            if (upper_at(s, i)) last = k;
            i = line_spaces(s, k);
        }
        if (!last) break;
        end = last;
        size_t comma = line_spaces(s, end);
        if (comma >= s.n || (s.p[comma] != ',' && s.p[comma] != '/')) break;
        i = line_spaces(s, comma + 1);
    }
    return end;
}

static size_t match_agency(str s, size_t i)
{
    for (size_t k = i; k < s.n && k < i + 60 && s.p[k] != '('; k++)
        if (s.p[k] == ')') return k > i + 1 ? k : 0;
    return 0;
}

static size_t match_dash(str s, size_t i)
{
    if (mark_at(s, i, "\xE2\x80\x94") || mark_at(s, i, "\xE2\x80\x93") || mark_at(s, i, "\xE2\x88\x92")) return i + 3;
    size_t k = i;
    while (k < s.n && k < i + 3 && (s.p[k] == '-' || s.p[k] == '_')) k++;
    return k > i && (k - i > 1 || k == s.n || s.p[k] == ' ') ? k : 0;
}

// What was read on the way.
typedef struct {
    date_found date;
    str        names;
    int        number;
    str        place;
} line_captures;

static size_t match_element(arena *a, const line_rules *r, const line_element *e, str s, size_t i, line_captures *c)
{
    size_t     end = 0;
    int16_t    minute;
    str        zone;
    date_found day;
    switch (e->kind) {
    case EL_WORD: return match_literal(s, i, e->words);
    case EL_DATE: return dates_read(a, r->dates, s, i, &c->date);
    case EL_TIME: return dates_read_time(a, r->dates, s, i, &minute, &zone);
    case EL_AGO: return match_ago(s, i);
    case EL_N:
        if ((end = match_number(s, i))) {
            c->number = 0;
            for (size_t k = i; k < end && c->number < 100000; k++)
                if (s.p[k] != ',') c->number = c->number * 10 + s.p[k] - '0';
        }
        return end;
    case EL_NAMES:
        if ((end = lines_names(s, i))) c->names = str_cut(s, i, end);
        return end;
    case EL_PLACE:
        if ((end = match_place(a, r->dates, s, i))) c->place = str_cut(s, i, end);
        return end;
    case EL_DAY: return dates_read_short(a, r->dates, s, i, &day);
    case EL_AGENCY: return match_agency(s, i);
    case EL_DASH: return match_dash(s, i);
    case EL_REST: return s.n;
    }
    return 0;
}

static size_t match_rule(arena *a, const line_rules *r, const line_rule *rule, str s, size_t i, line_captures *c)
{
    size_t end = i;
    for (size_t k = 0; k < rule->n; k++) {
        size_t from = line_spaces(s, end),
               to = from < s.n || rule->v[k].kind == EL_REST ? match_element(a, r, &rule->v[k], s, from, c) : 0;
        if (to) end = to;
        else if (!rule->v[k].optional) return 0;
    }
    return end;
}

// --- lines ---

static size_t pass_separators(str s, size_t i)
{
    static const char *const marks[] = {
        "|", ",", ";", "/", "-", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7", "\xE2\x80\xA2", "\xE2\x97\x8F", ":", "(", ")", "."};
    for (size_t from = SIZE_MAX; from != i;) {
        from = i;
        i = line_spaces(s, i);
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (mark_at(s, i, marks[k])) {
                i += strlen(marks[k]);
                break;
            }
    }
    return i;
}

static int says_so(const char *role)
{
    for (int i = 0; line_roles[i]; i++)
        if (!strcmp(line_roles[i], role)) return i;
    return -1;
}

// Takes over what one piece told.
static void note_piece(line_reading *l, const line_rule *rule, const line_captures *c)
{
    bool dated = c->date.year;
    if (!rule) {
        if (dated && !l->published.year) l->published = c->date;
        return;
    }
    bool modified = !strcmp(rule->role, "modified");
    if (dated && modified && !l->modified.year) l->modified = c->date, l->labelled = true;
    else if (dated && !modified && (!l->published.year || !l->labelled)) l->published = c->date, l->labelled = true;
    if (c->names.n && !l->names.n && !strcmp(rule->role, "byline")) l->names = c->names;
    if (!strcmp(rule->role, "reading") && c->number > 0) l->reading_minutes = c->number;
    if (!l->role || says_so(rule->role) > says_so(l->role)) l->role = rule->role, l->why = rule->id;
}

typedef struct {
    size_t           end;
    const line_rule *rule;
    line_captures    c;
} line_piece;

static void try_rules(arena *a, const line_rules *r, const rule_numbers *numbers, str s, size_t i, int where, line_piece *best)
{
    for (size_t k = 0; k < numbers->n; k++) {
        const line_rule *rule = &r->rows.v[numbers->v[k]];
        line_captures    c = {0};
        if (!(rule->where & where)) continue;
        size_t end = match_rule(a, r, rule, s, i, &c);
        if (end > best->end) *best = (line_piece){end, rule, c};
    }
}

// The longest piece at i; its end, or 0.
static size_t read_piece(arena *a, const line_rules *r, str s, size_t i, int where, line_reading *l)
{
    line_piece best = {0};
    char       low[INDEXED_WORD];
    uint32_t   place = map_get(&r->first, (str){low, leading_word(s, i, low)});
    if (place != MAP_NONE) try_rules(a, r, &r->by_word.v[place], s, i, where, &best);
    try_rules(a, r, &r->others, s, i, where, &best);
    if (!best.end) {
        static const line_element bare[] = {{.kind = EL_DATE}, {.kind = EL_TIME}, {.kind = EL_AGO}};
        for (size_t k = 0; k < 3 && !best.end; k++) best.end = match_element(a, r, &bare[k], s, i, &best.c);
    }
    if (best.end) note_piece(l, best.rule, &best.c);
    return best.end;
}

line_reading lines_read(arena *a, const line_rules *r, str s, int where)
{
    line_reading l = {.reading_minutes = -1};
    if (!s.n || s.n > LINE_LONGEST) return l;
    size_t i = pass_separators(s, 0);
    for (int pieces = 0; i < s.n; pieces++) {
        size_t end = pieces < LINE_PIECES ? read_piece(a, r, s, i, where, &l) : 0;
        if (!end) return (line_reading){.reading_minutes = -1};
        i = pass_separators(s, end);
    }
    l.whole = true;
    if (!l.role) l.role = l.published.year ? "date" : "separator", l.why = l.published.year ? "bare-date" : "bare";
    return l;
}

// "KYIV", and the town of "KYIV, Ukraine".
static bool place_in_capitals(str s)
{
    size_t upper = 0;
    str    country;
    s = str_split(s, ',', &country);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] >= 'a' && s.p[i] <= 'z') return false;
        upper += s.p[i] >= 'A' && s.p[i] <= 'Z';
    }
    return upper >= 3;
}

size_t lines_dateline(arena *a, const line_rules *r, str s, date_found *date, const char **why)
{
    size_t best = 0;
    s = str_cut(s, 0, DATELINE_LONGEST);
    for (size_t k = 0; k < r->datelines.n; k++) {
        const line_rule *rule = &r->datelines.v[k];
        line_captures    c = {0};
        size_t           end = match_rule(a, r, rule, s, 0, &c);
        if (end <= best || (rule->where == LINE_HEAD && c.place.n && !place_in_capitals(c.place))) continue;
        best = end, *date = c.date, *why = rule->id;
    }
    return best;
}
