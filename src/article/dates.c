#include "article/dates.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MONTH, WORD_WEEKDAY, WORD_FILLER, WORD_HALF, WORD_ZONE };
static const char *const date_word_kinds[] = {"month", "weekday", "filler", "half", "zone", NULL};

enum {
    EARLIEST_YEAR = 1850, // newspapers are on the net from about then on
    LATEST_YEAR = 2099,
    DATE_WORD_LONGEST = 32,
    DATE_ZERO = 0x4000, // added to a word's value, so that it is never negative in the map
};

typedef struct {
    str               s;
    size_t            i;
    const date_words *w;
    arena            *a;
} date_cursor;

bool dates_load(date_words *w, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "article/dates.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str      kind = tsv_get(&t, "kind");
        int64_t  value;
        uint32_t k = 0;
        while (date_word_kinds[k] && !str_is(kind, date_word_kinds[k])) k++;
        if (!date_word_kinds[k]) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", t.file, t.line, (int)kind.n, kind.p);
        if (!str_int(tsv_get(&t, "value"), &value) || value < -1000 || value > 1000)
            return fault_set(f, "%s:%d: value is no number from -1000 to 1000", t.file, t.line);
        *map_put(d->a, &w->words, tsv_get(&t, "word")) = k << 16 | (uint32_t)(value + DATE_ZERO);
    }
    return true;
}

// --- pieces ---

static bool date_digit(char c) { return c >= '0' && c <= '9'; }

static bool date_letter(unsigned char c) { return (c | 32) >= 'a' ? (c | 32) <= 'z' || c >= 0x80 : c == '\''; }

static char date_peek(const date_cursor *c, size_t k) { return c->i + k < c->s.n ? c->s.p[c->i + k] : 0; }

static void pass_spaces(date_cursor *c)
{
    for (;;) {
        if (date_peek(c, 0) == ' ' || date_peek(c, 0) == '\t') c->i++;
        else if (date_peek(c, 0) == '\xC2' && date_peek(c, 1) == '\xA0') c->i += 2;
        else if (date_peek(c, 0) == '\xE2' && date_peek(c, 1) == '\x80' && date_peek(c, 2) == '\xAF') c->i += 3;
        else return;
    }
}

// The number at the cursor of between `least` and `most` digits; -1, and no step, if there is none.
static int read_number(date_cursor *c, int least, int most)
{
    int n = 0, v = 0;
    while (date_digit(date_peek(c, (size_t)n)) && n <= most) v = n < 9 ? v * 10 + date_peek(c, (size_t)n) - '0' : v, n++;
    if (n < least || n > most) return -1;
    c->i += (size_t)n;
    return v;
}

// Lower case of the letters dates are written with: Latin, Greek, Cyrillic.
static uint32_t date_lower(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x100 && c <= 0x17F) return c == 0x130 ? 'i' : c <= 0x137 || c >= 0x14A ? c | 1 : c + (c & 1);
    return c >= 0x400 && c <= 0x40F ? c + 80 : c;
}

static bool at_arabic_comma(const date_cursor *c, size_t k) { return date_peek(c, k) == '\xD8' && date_peek(c, k + 1) == '\x8C'; }

// The kind of the word at the cursor, its value in *value; -1, and no step, if it is no date's word.
static int read_date_word(date_cursor *c, int *value)
{
    size_t n = 0;
    while (c->i + n < c->s.n && n < DATE_WORD_LONGEST && !at_arabic_comma(c, n) &&
           (date_letter((unsigned char)c->s.p[c->i + n]) ||
            (c->s.p[c->i + n] == '.' && n && n < 4 && date_letter((unsigned char)date_peek(c, n + 1)) &&
             !date_letter((unsigned char)date_peek(c, n + 2)))))
        n++;
    if (!n) return -1;
    char   low[DATE_WORD_LONGEST + 4];
    size_t m = 0;
    str    word = str_cut(c->s, c->i, c->i + n);
    for (size_t i = 0; i < word.n && m < DATE_WORD_LONGEST;) m += utf8_put(low + m, date_lower(utf8_next(word, &i)));
    uint32_t v = map_get(&c->w->words, (str){low, m});
    if (v == MAP_NONE) return -1;
    c->i += n;
    *value = (int)(v & 0xFFFF) - DATE_ZERO;
    return (int)(v >> 16);
}

// A word of that kind, if one stands here; its point is taken with it.
static bool read_word_of(date_cursor *c, int kind, int *value)
{
    size_t from = c->i;
    if (read_date_word(c, value) != kind) {
        c->i = from;
        return false;
    }
    if (date_peek(c, 0) == '.') c->i++;
    return true;
}

static void pass_fillers(date_cursor *c)
{
    int none;
    for (pass_spaces(c);; pass_spaces(c)) {
        if (date_peek(c, 0) == ',') c->i++;
        else if (at_arabic_comma(c, 0)) c->i += 2;
        else if (!read_word_of(c, WORD_FILLER, &none)) return;
    }
}

static bool is_year(int y) { return y >= EARLIEST_YEAR && y <= LATEST_YEAR; }

static bool is_day(int y, int m, int d) { return m >= 1 && m <= 12 && d >= 1 && d <= day_month_length(y, m); }

// "1990" or, where two digits may do, "90". No further digit follows.
static int read_year(date_cursor *c, bool two)
{
    size_t from = c->i;
    int    y = read_number(c, 4, 4);
    if (y < 0 && two && (y = read_number(c, 2, 2)) >= 0) y += y < 50 ? 2000 : 1900;
    if (is_year(y)) return y;
    c->i = from;
    return -1;
}

// st, nd, rd, th, º, er, "." after a day's number.
static void pass_ordinal(date_cursor *c)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "\xC2\xBA", "\xC2\xAA", "."};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_eq_nocase(str_cut(c->s, c->i, c->i + strlen(endings[i])), str_of(endings[i])) &&
            (endings[i][0] == '.' || !date_letter((unsigned char)date_peek(c, strlen(endings[i]))))) {
            c->i += strlen(endings[i]);
            return;
        }
}

// --- forms ---

// 2024-05-25, 2024/05/25, 2024.05.25, 2024. 5. 25., 2024年5月25日; 20240525 where `packed`
static bool read_year_first(date_cursor *c, bool packed, date_found *out)
{
    size_t from = c->i;
    int    y = read_number(c, 4, 4), m = -1, d = -1;
    if (y < 0 && packed && (d = read_number(c, 8, 8)) >= 0) y = d / 10000, m = d / 100 % 100, d %= 100;
    else if (y >= 0) {
        char sep = date_peek(c, 0);
        bool cjk = sep == '\xE5' || sep == '\xEB'; // 年, 년
        if (sep != '-' && sep != '/' && sep != '.' && !cjk) return c->i = from, false;
        c->i += cjk ? 3 : 1;
        pass_spaces(c);
        m = read_number(c, 1, 2);
        if (cjk) c->i += 3;
        else if (date_peek(c, 0) != sep) return c->i = from, false;
        else c->i++;
        pass_spaces(c);
        d = read_number(c, 1, 2);
        if (cjk) c->i += 3;
    }
    if (c->i > c->s.n || !is_year(y) || !is_day(y, m, d) || date_digit(date_peek(c, 0))) return c->i = from, false;
    *out = (date_found){.day = day_of(y, m, d), .other = DAY_NONE, .minute = -1, .year = true};
    return true;
}

// 25/05/2024, 05/25/2024, 25.5.2024, 25-05-24
static bool read_day_first(date_cursor *c, date_found *out)
{
    size_t from = c->i;
    int    x = read_number(c, 1, 2);
    char   sep = date_peek(c, 0);
    if (x < 0 || (sep != '/' && sep != '.' && sep != '-')) return c->i = from, false;
    c->i++;
    int z = read_number(c, 1, 2);
    if (z < 0 || date_peek(c, 0) != sep) return c->i = from, false;
    c->i++;
    int  y = read_year(c, true);
    bool dmy = y > 0 && is_day(y, z, x), mdy = y > 0 && is_day(y, x, z);
    if ((!dmy && !mdy) || date_digit(date_peek(c, 0))) return c->i = from, false;
    *out = (date_found){.day = dmy ? day_of(y, z, x) : day_of(y, x, z),
                        .other = dmy && mdy && x != z ? day_of(y, x, z) : DAY_NONE,
                        .minute = -1,
                        .year = true};
    return true;
}

static void pass_weekday(date_cursor *c)
{
    int none;
    if (read_word_of(c, WORD_WEEKDAY, &none)) pass_fillers(c);
}

// 25 May 2024, 25. Mai 2024, 25-May-2024, 25 de mayo de 2024
static bool read_day_month(date_cursor *c, bool year, date_found *out)
{
    size_t from = c->i;
    int    m, d = read_number(c, 1, 2), y = 2000;
    if (d < 0) return false;
    pass_ordinal(c);
    if (date_peek(c, 0) == '-' || date_peek(c, 0) == '/') c->i++;
    pass_fillers(c);
    if (!read_word_of(c, WORD_MONTH, &m)) return c->i = from, false;
    if (year) {
        if (date_peek(c, 0) == '-' || date_peek(c, 0) == '/') c->i++;
        pass_fillers(c);
        y = read_year(c, true);
    }
    if (y < 0 || !is_day(y, m, d) || date_digit(date_peek(c, 0))) return c->i = from, false;
    *out = (date_found){.day = day_of(y, m, d), .other = DAY_NONE, .minute = -1, .year = year};
    return true;
}

// "Sat May 25 10:30:00 GMT 2024" has the clock before the year.
static void read_clock_before_year(date_cursor *c, date_found *out)
{
    size_t from = c->i, end = dates_read_time(c->a, c->w, c->s, c->i, &out->minute, &out->zone);
    if (!end) return;
    c->i = end;
    pass_spaces(c);
    if (!date_digit(date_peek(c, 0))) c->i = from, out->minute = -1;
}

// May 25, 2024; May 25th 2024
static bool read_month_day(date_cursor *c, bool year, date_found *out)
{
    size_t     from = c->i;
    int        m, y = 2000;
    date_found clock = {.minute = -1};
    if (!read_word_of(c, WORD_MONTH, &m)) return false;
    if (date_peek(c, 0) == '-') c->i++;
    pass_fillers(c);
    int d = read_number(c, 1, 2);
    if (d < 0) return c->i = from, false;
    pass_ordinal(c);
    if (year) {
        if (date_peek(c, 0) == '-') c->i++;
        pass_fillers(c);
        read_clock_before_year(c, &clock);
        y = read_year(c, false);
    }
    if (y < 0 || !is_day(y, m, d) || date_digit(date_peek(c, 0))) return c->i = from, false;
    *out = (date_found){.day = day_of(y, m, d), .other = DAY_NONE, .minute = clock.minute, .zone = clock.zone, .year = year};
    return true;
}

// --- clock ---

static str zone_text(arena *a, int minutes)
{
    if (!minutes) return STR("Z");
    int m = abs(minutes);
    return arena_printf(a, "%c%02d:%02d", minutes < 0 ? '-' : '+', m / 60, m % 60);
}

// Z, GMT, EST, +02:00, +0200, GMT+2
static str read_zone(date_cursor *c)
{
    size_t from = c->i;
    int    v = 0, sign;
    bool   named = read_word_of(c, WORD_ZONE, &v);
    size_t after_name = c->i;
    if (!named) pass_spaces(c);
    sign = date_peek(c, 0) == '+' ? 1 : date_peek(c, 0) == '-' ? -1 : 0;
    if (sign && (!named || v == 0)) {
        c->i++;
        int h = read_number(c, 1, 4);
        if (h >= 100 && h <= 1400) return zone_text(c->a, sign * (h / 100 * 60 + h % 100));
        if (h >= 0 && h <= 14) {
            int m = 0;
            if (date_peek(c, 0) == ':' && date_digit(date_peek(c, 1))) c->i++, m = read_number(c, 2, 2);
            return zone_text(c->a, sign * (h * 60 + (m < 0 ? 0 : m)));
        }
        if (h == 0) return STR("Z");
    }
    c->i = named ? after_name : from;
    return named ? zone_text(c->a, v) : (str){NULL, 0};
}

size_t dates_read_time(arena *a, const date_words *w, str s, size_t i, int16_t *minute, str *zone)
{
    date_cursor c = {s, i, w, a};
    int         h = read_number(&c, 1, 2), m = 0, half = -1;
    if (h < 0 || h > 24) return 0;
    bool colon = (date_peek(&c, 0) == ':' || date_peek(&c, 0) == '.' || date_peek(&c, 0) == 'h') &&
                 date_digit(date_peek(&c, 1)) && date_digit(date_peek(&c, 2));
    bool point = colon && date_peek(&c, 0) == '.';
    if (colon) {
        c.i++;
        m = read_number(&c, 2, 2);
        if (date_peek(&c, 0) == ':' && date_digit(date_peek(&c, 1))) {
            c.i++, read_number(&c, 2, 2);
            if (date_peek(&c, 0) == '.' && date_digit(date_peek(&c, 1)))
                for (c.i++; date_digit(date_peek(&c, 0));) c.i++;
        }
    }
    date_cursor ahead = c;
    pass_spaces(&ahead);
    if (read_word_of(&ahead, WORD_HALF, &half)) {
        c = ahead;
        if (h > 12) half = -1;
        else h = h % 12 + half;
    }
    if ((!colon && half < 0) || m < 0 || m > 59 || (point && half < 0 && date_peek(&c, 0) == '.')) return 0;
    *minute = (int16_t)((h * 60 + m) % (24 * 60));
    *zone = (str){NULL, 0};
    ahead = c;
    pass_spaces(&ahead);
    str z = read_zone(&ahead);
    if (z.n) *zone = z, c = ahead;
    return c.i;
}

// "T10:30", ", 10:30", " at 10:30", " | 10:30" after a date.
static void read_clock_after(date_cursor *c, date_found *out)
{
    date_cursor ahead = *c;
    if (date_peek(&ahead, 0) == 'T' && date_digit(date_peek(&ahead, 1))) ahead.i++;
    else {
        pass_fillers(&ahead);
        while (ahead.i < ahead.s.n && strchr("|-/(", date_peek(&ahead, 0))) ahead.i++;
        if (str_starts(str_cut(ahead.s, ahead.i, ahead.s.n), STR("\xC2\xB7"))) ahead.i += 2;
        else if (str_starts(str_cut(ahead.s, ahead.i, ahead.s.n), STR("\xE2\x80\x93"))) ahead.i += 3;
        pass_fillers(&ahead);
    }
    int16_t minute;
    str     zone;
    size_t  end = dates_read_time(c->a, c->w, c->s, ahead.i, &minute, &zone);
    if (!end) return;
    out->minute = minute;
    out->zone = zone;
    c->i = end;
}

static bool at_word_start(str s, size_t i)
{
    return i == 0 || !(date_digit(s.p[i - 1]) || date_letter((unsigned char)s.p[i - 1]));
}

// Whether a digit or a date's word stands there: hardly any word of a page goes further.
static bool may_be_date(date_cursor c)
{
    int none;
    return date_digit(date_peek(&c, 0)) || read_date_word(&c, &none) >= 0;
}

size_t dates_read(arena *a, const date_words *w, str s, size_t i, date_found *out)
{
    date_cursor c = {s, i, w, a};
    if (!may_be_date(c)) return 0;
    pass_weekday(&c);
    if (!read_year_first(&c, false, out) && !read_day_first(&c, out) && !read_day_month(&c, true, out) &&
        !read_month_day(&c, true, out))
        return 0;
    if (out->minute < 0) read_clock_after(&c, out);
    return c.i;
}

size_t dates_read_short(arena *a, const date_words *w, str s, size_t i, date_found *out)
{
    date_cursor c = {s, i, w, a};
    if (!may_be_date(c)) return 0;
    pass_weekday(&c);
    return read_day_month(&c, false, out) || read_month_day(&c, false, out) ? c.i : 0;
}

static bool read_seconds(str s, date_found *out)
{
    int64_t v;
    if (!str_int(s, &v) || (s.n != 10 && s.n != 13)) return false;
    if (s.n == 13) v /= 1000;
    *out = (date_found){
        .day = (int32_t)(v / 86400), .other = DAY_NONE, .minute = (int16_t)(v % 86400 / 60), .zone = STR("Z"), .year = true};
    return v > 0;
}

bool dates_value(arena *a, const date_words *w, str s, date_found *out)
{
    s = str_cut(str_trim(s), 0, 200);
    date_cursor c = {s, 0, w, a};
    if (read_seconds(s, out)) return true;
    if (read_year_first(&c, true, out)) {
        read_clock_after(&c, out);
        return true;
    }
    for (size_t i = 0; i < s.n; i++)
        if (at_word_start(s, i) && dates_read(a, w, s, i, out)) return true;
    return false;
}

// /2024/may/25/
static bool read_url_month(date_cursor *c, date_found *out)
{
    int y = read_year(c, false), m = 0, d = -1;
    if (y < 0 || date_peek(c, 0) != '/') return false;
    c->i++;
    if (read_date_word(c, &m) != WORD_MONTH || date_peek(c, 0) != '/') return false;
    c->i++;
    d = read_number(c, 1, 2);
    if (!is_day(y, m, d)) return false;
    *out = (date_found){.day = day_of(y, m, d), .other = DAY_NONE, .minute = -1, .year = true};
    return true;
}

// A moment in one number, as in /20240525103000/: year to minute, and perhaps seconds and thousandths.
static bool read_stamp(date_cursor *c, date_found *out)
{
    size_t from = c->i;
    int    ymd = read_number(c, 8, 20) < 0 ? -1 : 0;
    size_t n = c->i - from;
    if (ymd < 0 || (n != 12 && n != 14 && n != 17)) return c->i = from, false;
    date_cursor day = {str_cut(c->s, 0, from + 8), from, c->w, c->a}, clock = {str_cut(c->s, 0, from + 12), from + 8, c->w, c->a};
    int         minute = read_number(&clock, 4, 4);
    return minute / 100 < 24 && minute % 100 < 60 && read_year_first(&day, true, out);
}

bool dates_of_url(arena *a, const date_words *w, str url, date_found *out)
{
    for (size_t i = 0; i < url.n && i < 1000; i++) {
        if (!date_digit(url.p[i]) || (i && (date_digit(url.p[i - 1]) || !strchr("/-_.=", url.p[i - 1])))) continue;
        date_cursor c = {url, i, w, a}, word = c;
        if (read_year_first(&c, true, out) || read_stamp(&c, out) || read_url_month(&word, out)) return true;
    }
    return false;
}
