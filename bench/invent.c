#include "invent.h"

#include "base/day.h"
#include "base/sha256.h"

#include <stdio.h>
#include <string.h>

enum { A_DAY = 1000, TOWNS = 5000, WORDS = 30000, MOST_ITEMS = 64, MOST_MENTIONS = 160, SENTENCES = 16 };

// --- chance that is always the same ---

typedef struct {
    uint64_t s;
} chance;

static uint64_t stir(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint64_t draw(chance *c) { return stir(c->s += 0x9e3779b97f4a7c15u); }
static uint32_t below(chance *c, uint32_t n) { return (uint32_t)((draw(c) >> 32) * n >> 32); }

// Small numbers often, large ones rarely, as words and names are used.
static uint32_t rank(chance *c, uint32_t n)
{
    double u = (double)(draw(c) >> 11) * 0x1p-53, x = 1;
    for (double v = n; v > 1; v /= 2) x *= u < 0.5 ? 1 : 2, u = u < 0.5 ? u * 2 : (u - 0.5) * 2;
    return (uint32_t)(x * (1 + (double)(draw(c) >> 11) * 0x1p-53)) % n;
}

// --- words and names ---

static const char *const common[] = {"the",  "of",    "to",    "and",   "in",      "a",       "on",     "was", "for",   "that",
                                     "said", "with",  "were",  "by",    "at",      "from",    "had",    "as",  "it",    "has",
                                     "is",   "after", "not",   "he",    "an",      "be",      "have",   "who", "their", "its",
                                     "they", "been",  "are",   "which", "but",     "his",     "about",  "two", "where", "more",
                                     "when", "one",   "than",  "this",  "people",  "also",    "during", "no",  "last",  "would",
                                     "or",   "over",  "other", "will",  "between", "against", "into"};
static const char *const heads[] = {"b", "d", "f", "g",  "k",  "l",  "m",  "n",  "p",  "r",
                                    "s", "t", "v", "st", "tr", "br", "ch", "pl", "sh", "c"};
static const char *const tails[] = {"a",  "e",  "i",  "o",  "u",  "an", "er", "in", "or",
                                    "el", "ai", "en", "ar", "is", "ou", "on", "al", "et"};

static size_t syllables(char *to, uint64_t seed, int n)
{
    size_t at = 0;
    for (int i = 0; i < n; i++, seed = stir(seed))
        at += (size_t)sprintf(to + at, "%s%s", heads[seed % 20], tails[seed / 20 % 18]);
    return at;
}

static str word_numbered(arena *a, uint32_t n)
{
    char s[64];
    if (n < sizeof common / sizeof *common) return str_of(common[n]);
    size_t                   k = syllables(s, stir(n), 1 + (n > 400) + (n > 6000));
    static const char *const ends[] = {"", "s", "ed", "ing", "", "ly", "er", ""};
    return arena_printf(a, "%.*s%s", (int)k, s, ends[n % 8]);
}

static str name_of(arena *a, uint64_t seed)
{
    char   s[64];
    size_t k = syllables(s, stir(seed), 2 + (int)(seed % 2));
    s[0] = (char)(s[0] - 32);
    return arena_str(a, (str){s, k});
}

static str person_name(arena *a, uint64_t seed)
{
    return arena_printf(a, "%s %s", name_of(a, stir(seed) % 300 + 1000000).p, name_of(a, stir(seed + 1) % 9000 + 2000000).p);
}
static str town_name(arena *a, uint32_t town) { return name_of(a, town + 3000000u); }

// --- a happening ---

typedef struct {
    uint64_t id;
    uint32_t town, type;
    int32_t  day;
    int      toll;
} happening;

static const int32_t first_day = 18262; // 2020-01-01

// Which happening report `number` tells of: one of its day or the days before, a few of them again and again.
static happening happening_of(uint64_t number)
{
    chance   c = {stir(number) ^ 11};
    uint64_t day = number / A_DAY, back = below(&c, 100) < 60 ? 0 : 1 + below(&c, 3);
    uint64_t nth = below(&c, 100) < 50 ? 1000 + number % A_DAY : rank(&c, 400); // half of all are told of by one report
    if (nth < 1000 && back > day) back = 0;
    if (nth >= 1000) back = 0;
    uint64_t id = (day - back) * 4096 + nth;
    chance   h = {stir(id) ^ 29};
    return (happening){id, rank(&h, TOWNS), below(&h, 8), first_day + (int32_t)(day - back), 2 + (int)rank(&h, 60)};
}

static double town_lat(uint32_t town) { return (double)(stir(town) % 110000) / 1000 - 45; }
static double town_lon(uint32_t town) { return (double)(stir(town + 77) % 340000) / 1000 - 170; }

void invent_where(uint64_t number, double *lat, double *lon, int32_t *day)
{
    happening h = happening_of(number);
    *lat = town_lat(h.town), *lon = town_lon(h.town), *day = h.day;
}

// --- a report's text, and what is found in it ---

typedef struct {
    str         name;
    const char *kind, *country, *precision;
    uint32_t    town; // + 1, or 0
    size_t      mentions;
} thing;

typedef struct {
    uint32_t entity;
    span     at;
} mention;

typedef struct {
    arena    *a;
    chance    c;
    buf       text;
    happening h;
    int32_t   published;
    thing     things[MOST_ITEMS];
    mention   at[MOST_MENTIONS];
    span      sentence[SENTENCES], said_by[SENTENCES], cue[SENTENCES], content[SENTENCES], time[SENTENCES], figure[SENTENCES],
        trigger[SENTENCES][2];
    uint32_t source[SENTENCES], actor[SENTENCES], other[SENTENCES], where[SENTENCES];
    int      number[SENTENCES], op[SENTENCES];
    uint32_t event[SENTENCES][2], n_events; // their numbers, from 1; 0: none
    bool     has_time[SENTENCES], has_figure[SENTENCES], has_source[SENTENCES];
    uint32_t n_things, n_at;
} invention;

static span write_words(invention *v, str s)
{
    span at = {(uint32_t)v->text.n, (uint32_t)(v->text.n + s.n)};
    buf_put(&v->text, s);
    buf_char(&v->text, ' ');
    return at;
}

static void filler(invention *v, uint32_t n)
{
    for (; n > 0; n--) write_words(v, word_numbered(v->a, rank(&v->c, WORDS)));
}

static uint32_t thing_named(invention *v, str name, const char *kind, const char *country, const char *precision, uint32_t town)
{
    for (uint32_t i = 0; i < v->n_things; i++)
        if (str_eq(v->things[i].name, name)) return i;
    if (v->n_things == MOST_ITEMS) return 0;
    v->things[v->n_things] = (thing){name, kind, country, precision, town, 0};
    return v->n_things++;
}

static span mention_thing(invention *v, uint32_t which)
{
    span at = write_words(v, v->things[which].name);
    if (v->n_at < MOST_MENTIONS) v->at[v->n_at++] = (mention){which, at}, v->things[which].mentions++;
    return at;
}

static uint32_t some_thing(invention *v)
{
    static const char *const roles[] = {"police",   "the army",    "residents",   "officials", "the government",
                                        "soldiers", "witnesses",   "the victims", "two men",   "rescue workers",
                                        "doctors",  "a spokesman", "the rebels",  "families",  "the ministry"};
    static const char *const bodies[] = {"Ministry", "Police", "Army",  "Hospital", "Council",
                                         "Brigade",  "Agency", "Front", "Party",    "Court"};
    switch (below(&v->c, 10)) {
    case 0:
    case 1: return thing_named(v, person_name(v->a, v->h.id * 8 + below(&v->c, 5)), "person", NULL, NULL, 0);
    case 2: return thing_named(v, person_name(v->a, 900000000u + rank(&v->c, 400)), "person", NULL, NULL, 0);
    case 3:
        return thing_named(v, arena_printf(v->a, "%s %s", town_name(v->a, v->h.town).p, bodies[below(&v->c, 10)]), "organisation",
                           NULL, NULL, 0);
    case 4:
        return thing_named(v, arena_printf(v->a, "%s %s", name_of(v->a, 5000000u + rank(&v->c, 900)).p, bodies[below(&v->c, 10)]),
                           "organisation", NULL, NULL, 0);
    case 5: {
        uint32_t town = rank(&v->c, TOWNS);
        return thing_named(v, town_name(v->a, town), "place", "VEL", "city", town + 1);
    }
    case 6:
        return thing_named(v,
                           arena_printf(v->a, "the %s %s", word_numbered(v->a, 60 + rank(&v->c, 900)).p,
                                        word_numbered(v->a, 60 + rank(&v->c, 900)).p),
                           "other", NULL, NULL, 0);
    default: return thing_named(v, str_of(roles[below(&v->c, 15)]), "people", NULL, NULL, 0);
    }
}

static const char *const acts[] = {"attacked", "shelled", "arrested", "fired", "protested", "collided", "detained", "met"};
static const char *const act_types[] = {"ASSAULT", "ASSAULT", "COERCE", "ASSAULT", "PROTEST", "INCIDENT", "COERCE", "CONSULT"};
static const char *const other_acts[] = {"condemned", "urged",  "demanded", "visited", "promised",
                                         "denied",    "warned", "agreed",   "sent",    "searched"};
static const char *const other_types[] = {"ACCUSE", "REQUEST",  "REQUEST", "CONSULT", "AGREE",
                                          "REJECT", "THREATEN", "AGREE",   "AID",     "COERCE"};
static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

static void invent_sentence(invention *v, int i)
{
    uint32_t start = (uint32_t)v->text.n,
             town = thing_named(v, town_name(v->a, v->h.town), "place", "VEL", "city", v->h.town + 1);
    v->has_source[i] = below(&v->c, 10) < 6;
    if (v->has_source[i]) {
        v->source[i] = some_thing(v);
        v->said_by[i] = mention_thing(v, v->source[i]);
        v->cue[i] = write_words(v, STR("said"));
    }
    v->content[i].start = (uint32_t)v->text.n;
    filler(v, 1 + below(&v->c, 4));
    v->actor[i] = some_thing(v);
    mention_thing(v, v->actor[i]);
    v->trigger[i][0] = write_words(v, str_of(i < 3 ? acts[v->h.type] : other_acts[below(&v->c, 10)]));
    v->other[i] = some_thing(v);
    mention_thing(v, v->other[i]);
    v->where[i] = i < 4 || below(&v->c, 3) == 0 ? town : UINT32_MAX;
    if (v->where[i] != UINT32_MAX) write_words(v, STR("in")), mention_thing(v, town);
    v->has_time[i] = i < 2 || below(&v->c, 4) == 0;
    if (v->has_time[i]) write_words(v, STR("on")), v->time[i] = write_words(v, str_of(days[(v->h.day + 3) % 7]));
    filler(v, 3 + below(&v->c, 6));
    v->has_figure[i] = i < 2 || below(&v->c, 6) == 0;
    if (v->has_figure[i]) {
        int lag = v->published - v->h.day;
        v->op[i] = (int)below(&v->c, 3);
        v->number[i] = i < 2 ? v->h.toll + lag + (int)below(&v->c, 2) : 1 + (int)rank(&v->c, 80);
        v->figure[i] = write_words(v, arena_printf(v->a, "%s%d people",
                                                   v->op[i] == 0   ? ""
                                                   : v->op[i] == 1 ? "at least "
                                                                   : "more than ",
                                                   v->number[i]));
        v->trigger[i][1] = write_words(v, STR("killed"));
    }
    filler(v, 2 + below(&v->c, 5));
    v->event[i][0] = ++v->n_events;
    if (v->has_figure[i]) v->event[i][1] = ++v->n_events;
    v->text.v[v->text.n - 1] = '.';
    v->content[i].end = (uint32_t)v->text.n - 1;
    v->sentence[i] = (span){start, (uint32_t)v->text.n};
    buf_text(&v->text, i % 3 == 2 ? "\n\n" : " ");
}

// --- the record ---

static void key_id(buf *b, const char *key, char letter, uint32_t n, bool there)
{
    char id[16];
    snprintf(id, sizeof id, "%c%u", letter, n);
    js_key(b, key);
    js_text(b, there ? id : NULL);
}

static void key_ids(buf *b, const char *key, char letter, uint32_t n, bool there)
{
    char id[16];
    snprintf(id, sizeof id, "%c%u", letter, n);
    js_key(b, key);
    js_open(b, '[');
    if (there) js_text(b, id);
    js_close(b, ']');
}

static void key_text(buf *b, const char *key, const char *text) { js_key(b, key), js_text(b, text); }
static void key_string(buf *b, const char *key, str s) { js_key(b, key), js_str(b, s); }
static void key_none(buf *b, const char *key) { js_key(b, key), js_open(b, '['), js_close(b, ']'); }

static void key_span(buf *b, const char *key, span at)
{
    js_key(b, key);
    js_open(b, '[');
    js_int(b, at.start);
    js_int(b, at.end);
    js_close(b, ']');
}

static void key_day(buf *b, const char *key, int32_t day)
{
    char iso[16];
    day_iso(day, iso);
    key_text(b, key, iso);
}

static str span_words(const invention *v, span at) { return str_cut(buf_str(&v->text), at.start, at.end); }

static void put_entities(buf *b, const invention *v)
{
    js_key(b, "entities");
    js_open(b, '[');
    for (uint32_t i = 0; i < v->n_things; i++) {
        const thing *t = &v->things[i];
        js_open(b, '{');
        key_id(b, "id", 'e', i + 1, true);
        key_string(b, "name", t->name);
        key_none(b, "names");
        key_text(b, "kind", t->kind);
        key_text(b, "country", t->country);
        key_text(b, "sector", NULL);
        key_text(b, "wikidata", NULL);
        js_key(b, "place");
        if (t->town) {
            js_open(b, '{');
            js_key(b, "geonames"), js_int(b, 100000 + t->town);
            js_key(b, "lat"), js_real(b, town_lat(t->town - 1), 5);
            js_key(b, "lon"), js_real(b, town_lon(t->town - 1), 5);
            key_text(b, "precision", "city"), key_text(b, "admin1", NULL), key_text(b, "country", "VEL");
            js_close(b, '}');
        } else js_null(b);
        js_key(b, "mentions");
        js_open(b, '[');
        for (uint32_t k = 0; k < v->n_at; k++) {
            if (v->at[k].entity != i) continue;
            js_open(b, '{');
            key_span(b, "at", v->at[k].at);
            key_string(b, "text", t->name);
            key_text(b, "rule", t->mentions > 1 ? "same-name" : NULL);
            js_close(b, '}');
        }
        js_close(b, ']');
        js_close(b, '}');
    }
    js_close(b, ']');
}

// Each thing that speaks is a source, in order; their numbers from 1.
static void put_sources(buf *b, const invention *v, uint32_t number[MOST_ITEMS])
{
    uint32_t n = 0;
    js_key(b, "sources");
    js_open(b, '[');
    for (int i = 0; i < SENTENCES; i++) {
        if (!v->has_source[i] || number[v->source[i]]) continue;
        const thing *t = &v->things[v->source[i]];
        number[v->source[i]] = ++n;
        js_open(b, '{');
        key_id(b, "id", 's', n, true);
        key_string(b, "text", t->name);
        key_none(b, "names");
        key_id(b, "entity", 'e', v->source[i] + 1, true);
        key_text(b, "kind",
                 !strcmp(t->kind, "person")         ? "person"
                 : !strcmp(t->kind, "organisation") ? "organisation"
                                                    : "official");
        js_key(b, "anonymous"), js_bool(b, !strcmp(t->kind, "people"));
        key_text(b, "reason", NULL);
        key_text(b, "party", NULL);
        js_close(b, '}');
    }
    js_close(b, ']');
}

static void put_times(buf *b, const invention *v, uint32_t time[SENTENCES])
{
    uint32_t n = 0;
    js_key(b, "times");
    js_open(b, '[');
    for (int i = 0; i < SENTENCES; i++) {
        if (!v->has_time[i]) continue;
        js_open(b, '{');
        key_id(b, "id", 't', time[i] = ++n, true);
        key_span(b, "at", v->time[i]);
        key_string(b, "text", span_words(v, v->time[i]));
        key_day(b, "begin", v->h.day), key_day(b, "end", v->h.day);
        key_text(b, "precision", "day"), key_day(b, "value", v->h.day);
        key_text(b, "mod", NULL), key_text(b, "type", "date"), key_text(b, "rule", "weekday-past");
        js_close(b, '}');
    }
    js_close(b, ']');
}

static void put_statements(buf *b, const invention *v, const uint32_t source[MOST_ITEMS], uint32_t statement[SENTENCES])
{
    uint32_t n = 0;
    js_key(b, "statements");
    js_open(b, '[');
    for (int i = 0; i < SENTENCES; i++) {
        if (!v->has_source[i]) continue;
        js_open(b, '{');
        key_id(b, "id", 'q', statement[i] = ++n, true);
        key_id(b, "source", 's', source[v->source[i]], true);
        key_span(b, "said_by", v->said_by[i]);
        key_span(b, "cue", v->cue[i]);
        js_key(b, "content"), js_open(b, '['), b->comma = false;
        js_open(b, '['), js_int(b, v->content[i].start), js_int(b, v->content[i].end), js_close(b, ']');
        js_close(b, ']');
        key_text(b, "mode", "indirect"), key_text(b, "inside", NULL), key_text(b, "rule", "say");
        js_close(b, '}');
    }
    js_close(b, ']');
}

static void put_when_and_who(buf *b, const invention *v, int i, const uint32_t time[SENTENCES])
{
    key_id(b, "time", 't', time[i], time[i]);
    if (time[i]) key_day(b, "begin", v->h.day), key_day(b, "end", v->h.day);
    else key_text(b, "begin", NULL), key_text(b, "end", NULL);
    key_none(b, "carried");
}

static void put_figures(buf *b, const invention *v, const uint32_t *source, const uint32_t *statement, const uint32_t *time,
                        uint32_t *figure)
{
    static const char *const ops[] = {"=", ">=", ">"};
    uint32_t                 n = 0;
    js_key(b, "figures");
    js_open(b, '[');
    for (uint32_t i = 0; i < SENTENCES; i++) {
        if (!v->has_figure[i]) continue;
        js_open(b, '{');
        key_id(b, "id", 'f', figure[i] = ++n, true);
        key_span(b, "at", v->figure[i]);
        key_string(b, "text", span_words(v, v->figure[i]));
        key_text(b, "op", ops[v->op[i]]);
        js_key(b, "value"), js_int(b, v->number[i]);
        key_text(b, "value2", NULL);
        js_key(b, "low"), js_int(b, v->number[i] + (v->op[i] == 2));
        js_key(b, "high");
        if (v->op[i]) js_null(b);
        else js_int(b, v->number[i]);
        key_text(b, "unit", "person"), key_text(b, "noun", "person"), key_text(b, "effect", "killed");
        key_none(b, "by"), key_ids(b, "of", 'e', v->other[i] + 1, i < 4),
            key_ids(b, "place", 'e', v->where[i] + 1, v->where[i] != UINT32_MAX);
        put_when_and_who(b, v, (int)i, time);
        js_key(b, "total"), js_bool(b, false), js_key(b, "additional"), js_bool(b, false);
        key_text(b, "status", "asserted");
        key_id(b, "event", 'v', v->event[i][1], true);
        key_id(b, "source", 's', v->has_source[i] ? source[v->source[i]] : 0, v->has_source[i]);
        key_id(b, "statement", 'q', statement[i], statement[i]);
        key_text(b, "rule", "kill-object");
        js_close(b, '}');
    }
    js_close(b, ']');
}

static void put_event(buf *b, const invention *v, uint32_t i, int which, const uint32_t *source, const uint32_t *statement,
                      const uint32_t *time, const uint32_t *figure)
{
    bool about = i < 3 && !which, killed = which && v->has_figure[i];
    js_open(b, '{');
    key_id(b, "id", 'v', v->event[i][which], true);
    key_span(b, "trigger", v->trigger[i][which]);
    js_key(b, "sentence"), js_int(b, i);
    key_text(b, "type",
             about || (killed && i < 3) ? act_types[v->h.type]
             : killed                   ? "INCIDENT"
                                        : other_types[(v->trigger[i][which].start + i) % 10]);
    key_none(b, "mode"), key_none(b, "context");
    key_ids(b, "actor", 'e', v->actor[i] + 1, true);
    key_ids(b, "recipient", 'e', v->other[i] + 1, true);
    key_ids(b, "place", 'e', v->where[i] + 1, v->where[i] != UINT32_MAX);
    put_when_and_who(b, v, (int)i, time);
    key_text(b, "status", about || killed ? "happened" : "demanded");
    key_id(b, "source", 's', v->has_source[i] ? source[v->source[i]] : 0, v->has_source[i]);
    key_id(b, "statement", 'q', statement[i], statement[i]);
    key_ids(b, "figures", 'f', figure[i], killed);
    key_id(b, "same_as", 'v', 1, (about && i) || (killed && i < 3));
    key_text(b, "rule", about ? "attack/v" : killed ? "kill/v" : "speech/v");
    js_close(b, '}');
}

static void put_events(buf *b, const invention *v, const uint32_t *source, const uint32_t *statement, const uint32_t *time,
                       const uint32_t *figure)
{
    js_key(b, "events");
    js_open(b, '[');
    for (uint32_t i = 0; i < SENTENCES; i++)
        for (int which = 0; which < 2 && v->event[i][which]; which++) put_event(b, v, i, which, source, statement, time, figure);
    js_close(b, ']');
}

static int64_t count_words(str text)
{
    int64_t n = 1;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == ' ' || (text.p[i] == '\n' && text.p[i - 1] == '\n');
    return n;
}

static void put_report(buf *b, const invention *v, str url, str title)
{
    char   id[65], clock[8];
    sha256 s;
    sha256_init(&s);
    sha256_add(&s, url.p, url.n);
    sha256_add(&s, "\n", 1);
    sha256_add(&s, v->text.v, v->text.n);
    sha256_hex(&s, id);
    js_key(b, "report");
    js_open(b, '{');
    key_string(b, "id", (str){id, 32});
    key_string(b, "url", url), key_text(b, "canonical", NULL);
    key_text(b, "site", "Velmaran Post"), key_text(b, "section", "World");
    key_string(b, "title", title);
    key_none(b, "byline"), key_text(b, "language", "en");
    js_key(b, "published");
    js_open(b, '{');
    snprintf(clock, sizeof clock, "%02d:%02d", (int)(v->c.s % 24), (int)(v->c.s / 24 % 60));
    key_day(b, "date", v->published), key_text(b, "time", clock), key_text(b, "zone", "Z"), key_text(b, "from", "json-ld");
    js_close(b, '}');
    key_text(b, "modified", NULL), key_text(b, "dateline", NULL);
    js_key(b, "words"), js_int(b, count_words(buf_str(&v->text)));
    key_text(b, "reading_minutes", NULL), key_text(b, "confidence", NULL);
    key_string(b, "text", buf_str(&v->text));
    js_close(b, '}');
}

str invent_record(arena *a, uint64_t number)
{
    uint32_t   source[MOST_ITEMS] = {0}, statement[SENTENCES] = {0}, time[SENTENCES] = {0}, figure[SENTENCES] = {0};
    chance     kind = {stir(number) ^ 5};
    uint32_t   lot = number > 200 ? below(&kind, 100) : 99;
    uint64_t   of = lot < 6 ? number - 1 - below(&kind, 100) : number; // whose text, or address, it takes over
    invention *v = new (a, invention);
    buf        b = {.a = a};
    v->a = a, v->text.a = a;
    v->h = happening_of(of);
    v->c.s = stir(of) ^ 3;
    v->published = first_day + (int32_t)(number / A_DAY);
    for (int i = 0; i < SENTENCES; i++) invent_sentence(v, i);
    v->text.n -= v->text.v[v->text.n - 1] == '\n' ? 2 : 1;
    if (lot == 5) buf_text(&v->text, " This report was changed."), v->text.v[v->text.n - 1] = '.';
    str url = arena_printf(a, "https://www.post.example/%llu/%llu", (unsigned long long)((lot == 5 ? of : number) / A_DAY),
                           (unsigned long long)stir(lot == 5 ? of : number) % 100000000);
    str title = arena_printf(a, "%s %s %s in %s", v->things[v->actor[0]].name.p, acts[v->h.type], v->things[v->other[0]].name.p,
                             town_name(a, v->h.town).p);
    js_open(&b, '{');
    js_key(&b, "tidings"), js_int(&b, 1);
    put_report(&b, v, url, title);
    put_entities(&b, v);
    put_sources(&b, v, source);
    put_times(&b, v, time);
    put_statements(&b, v, source, statement);
    put_figures(&b, v, source, statement, time, figure);
    put_events(&b, v, source, statement, time, figure);
    key_none(&b, "refused");
    js_key(&b, "sentences");
    js_open(&b, '[');
    for (int i = 0; i < SENTENCES; i++)
        js_open(&b, '['), js_int(&b, v->sentence[i].start), js_int(&b, v->sentence[i].end), js_close(&b, ']');
    js_close(&b, ']');
    js_key(&b, "reader");
    js_open(&b, '{');
    key_text(&b, "version", "0.1.0"), key_text(&b, "model", "en_core_web_sm 3.8.0");
    key_text(&b, "lexicon", "5624d7ed0aa7b229cdac1cfd0679dcce4b06d285c409fa1cbe6cb79961457ce9");
    js_close(&b, '}');
    js_close(&b, '}');
    buf_char(&b, '\n');
    return buf_str(&b);
}
