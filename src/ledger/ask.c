// What the questions share: which happenings are asked for, what each is called, its figures as claims.

#include "ledger/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TELLINGS_A_REPORT = 8, SECONDS_A_DAY = 86400, MINUTES_A_DAY = 1440 };

bool ask_ledger(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    static const struct {
        const char *verb;
        bool (*way)(ledger *, const question *, ledger_answer *, fault *);
    } ways[] = {{"tolls", ask_tolls},     {"timeline", ask_timeline}, {"show", ask_show}, {"who", ask_who},
                {"sources", ask_sources}, {"search", ask_search},     {"diff", ask_diff}, {"log", ask_log}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (str_is(q->verb, ways[i].verb)) return ways[i].way(l, q, out, f);
    return fault_set(f, "no question \"%.*s\"", (int)q->verb.n, q->verb.p);
}

// --- which happenings ---

static bool collect_ids(ledger *l, arena *a, sqlite3_stmt *s, ask_ids *out, fault *f)
{
    if (!s) return false;
    while (db_row(&l->db, s, f)) *push(a, out) = sqlite3_column_int64(s, 0);
    return !l->db.failed;
}

static int by_value(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static void sort_distinct(ask_ids *ids)
{
    size_t n = 0;
    if (ids->n) qsort(ids->v, ids->n, sizeof *ids->v, by_value);
    for (size_t i = 0; i < ids->n; i++)
        if (!i || ids->v[i] != ids->v[i - 1]) ids->v[n++] = ids->v[i];
    ids->n = n;
}

// Entities of that name, and all that stand for the same across reports.
static bool entities_named(ledger *l, arena *a, str name, ask_ids *out, fault *f)
{
    static const char sql[] =
        "WITH w AS (SELECT word FROM _word WHERE hash = ?1 AND text = ?2), "
        "e AS (SELECT entity FROM _entity WHERE name IN w UNION SELECT entity FROM _alias WHERE name IN w), "
        "r AS (SELECT DISTINCT who FROM _entity WHERE entity IN e) "
        "SELECT entity FROM e UNION SELECT who FROM r UNION "
        "SELECT entity FROM _entity WHERE who IN r AND who <> entity";
    sqlite3_stmt *s = db_use(&l->db, sql, f);
    if (!s) return false;
    db_number(s, 1, intern_hash(name));
    db_text(s, 2, name);
    return collect_ids(l, a, s, out, f);
}

static void bind_days(sqlite3_stmt *s, int at, const question *q)
{
    db_number(s, at, q->since == DAY_NONE ? INT32_MIN : q->since);
    db_number(s, at + 1, q->until == DAY_NONE ? INT32_MAX : q->until);
}

static bool tellings_at_entity(ledger *l, arena *a, const question *q, int64_t entity, ask_ids *out, fault *f)
{
    sqlite3_stmt *s = db_use(&l->db,
                             "SELECT w.telling FROM _entity e JOIN _where w ON w.place = e.place "
                             "WHERE e.entity = ?1 AND w.day BETWEEN ?2 AND ?3",
                             f);
    if (!s) return false;
    db_number(s, 1, entity);
    bind_days(s, 2, q);
    if (!collect_ids(l, a, s, out, f)) return false;
    // Places that are on no map: the reports that name them, then their events there.
    s = db_use(&l->db,
               "SELECT v.telling FROM words JOIN _event v ON v.report = words.rowid JOIN _party p ON p.report = v.report AND "
               "p.event = v.n JOIN _mention m ON m.report = p.report AND m.n = p.entity JOIN _word w ON w.word = p.role "
               "JOIN _report r ON r.report = v.report WHERE words.words MATCH ?1 AND m.entity = ?2 AND w.text = 'place' AND "
               "v.telling IS NOT NULL AND coalesce(v.begin, r.published, 0) BETWEEN ?3 AND ?4",
               f);
    if (!s) return false;
    str match = arena_printf(a, "entity : e%lld", (long long)entity);
    db_text(s, 1, match);
    db_number(s, 2, entity);
    bind_days(s, 3, q);
    return collect_ids(l, a, s, out, f);
}

static bool tellings_near(ledger *l, arena *a, const question *q, ask_ids *out, fault *f)
{
    const double  degree = 111.2; // kilometres
    double        high = q->km / degree, wide = high / fmax(0.01, cos(q->lat * 3.14159265358979 / 180));
    sqlite3_stmt *s = db_use(&l->db,
                             "SELECT w.telling FROM place_box b JOIN _where w ON w.place = b.place WHERE b.south >= ?1 AND "
                             "b.north <= ?2 AND b.west >= ?3 AND b.east <= ?4 AND w.day BETWEEN ?5 AND ?6",
                             f);
    if (!s) return false;
    const double box[] = {q->lat - high, q->lat + high, q->lon - wide, q->lon + wide};
    for (int i = 0; i < 4; i++) db_real_or_null(s, i + 1, true, box[i]);
    bind_days(s, 5, q);
    return collect_ids(l, a, s, out, f);
}

static bool tellings_between(ledger *l, arena *a, const question *q, ask_ids *out, fault *f)
{
    sqlite3_stmt *s = db_use(&l->db,
                             "SELECT t.telling FROM _telling t JOIN _report r ON r.report = t.telling / 8 LEFT JOIN _event v ON "
                             "v.report = r.report AND v.n = t.n WHERE r.current AND t.n > 0 AND "
                             "coalesce(v.begin, r.published, 0) BETWEEN ?1 AND ?2",
                             f);
    if (!s) return false;
    bind_days(s, 1, q);
    return collect_ids(l, a, s, out, f);
}

typedef struct {
    int64_t happening, day;
    str     id;
} dated;

static int by_day(const void *x, const void *y)
{
    const dated *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    size_t n = a->id.n < b->id.n ? a->id.n : b->id.n;
    int    order = memcmp(a->id.p, b->id.p, n);
    return order ? order : (a->id.n > b->id.n) - (a->id.n < b->id.n);
}

static bool first_day(ledger *l, int64_t happening, int64_t *day, fault *f)
{
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT min(coalesce(v.begin, r.published, 0)) FROM (SELECT telling, n FROM _telling WHERE telling = ?1 "
               "UNION ALL SELECT telling, n FROM _telling WHERE happening = ?1 AND happening <> telling) t JOIN "
               "_report r ON r.report = t.telling / 8 LEFT JOIN _event v ON v.report = r.report AND v.n = t.n",
               f);
    if (!s) return false;
    db_number(s, 1, happening);
    *day = db_row(&l->db, s, f) ? sqlite3_column_int64(s, 0) : 0;
    return !l->db.failed;
}

bool ask_happenings(ledger *l, arena *a, const question *q, ask_ids *out, fault *f)
{
    ask_ids tellings = {0}, entities = {0}, happenings = {0};
    if (q->place.n) {
        if (!entities_named(l, a, q->place, &entities, f)) return false;
        sort_distinct(&entities);
        for (size_t i = 0; i < entities.n; i++)
            if (!tellings_at_entity(l, a, q, entities.v[i], &tellings, f)) return false;
    } else if (!(q->near ? tellings_near(l, a, q, &tellings, f) : tellings_between(l, a, q, &tellings, f))) return false;
    sort_distinct(&tellings);
    for (size_t i = 0; i < tellings.n; i++) {
        sqlite3_stmt *s = db_use(&l->db, "SELECT happening FROM _telling WHERE telling = ?1", f);
        if (!s) return false;
        db_number(s, 1, tellings.v[i]);
        if (!collect_ids(l, a, s, &happenings, f)) return false;
    }
    sort_distinct(&happenings);
    dated *list = new_array(a, dated, happenings.n + 1);
    for (size_t i = 0; i < happenings.n; i++) {
        list[i].happening = happenings.v[i];
        list[i].id = ask_happening_id(l, a, happenings.v[i], f);
        if (!list[i].id.n || !first_day(l, happenings.v[i], &list[i].day, f)) return false;
    }
    if (happenings.n) qsort(list, happenings.n, sizeof *list, by_day);
    for (size_t i = 0; i < happenings.n; i++) *push(a, out) = list[i].happening;
    return true;
}

// --- what a happening is called ---

str ask_happening_id(ledger *l, arena *a, int64_t happening, fault *f)
{
    sqlite3_stmt *s = db_use(&l->db, "SELECT id FROM happening WHERE happening = ?1", f);
    if (!s) return (str){0};
    db_number(s, 1, happening);
    if (db_row(&l->db, s, f)) return arena_str(a, db_column(s, 0));
    if (!l->db.failed) fault_set(f, "no happening %lld", (long long)happening);
    return (str){0};
}

#define TELLINGS_OF                                                                                                              \
    "(SELECT telling, n FROM _telling WHERE telling = ?1 UNION ALL SELECT telling, n FROM _telling WHERE happening = ?1 AND "    \
    "happening <> telling) t "

static bool heading_piece(ledger *l, const char *sql, int64_t happening, int most, buf *b, fault *f)
{
    sqlite3_stmt *s = db_use(&l->db, sql, f);
    if (!s) return false;
    db_number(s, 1, happening);
    for (int i = 0; i < most && db_row(&l->db, s, f); i++) {
        if (!db_column(s, 0).n) continue;
        buf_text(b, i ? ", " : b->n ? " \u00b7 " : "");
        buf_put(b, db_column(s, 0));
    }
    sqlite3_reset(s);
    return !l->db.failed;
}

str ask_heading(ledger *l, arena *a, int64_t happening, fault *f)
{
    buf b = {.a = a};
    heading_piece(l,
                  "SELECT max(n.text) FROM " TELLINGS_OF
                  "JOIN _event v ON v.report = t.telling / 8 AND v.telling = t.telling JOIN "
                  "_party p ON p.report = v.report AND p.event = v.n JOIN _word o ON o.word = p.role AND o.text = 'place' JOIN "
                  "_mention m ON m.report = p.report AND m.n = p.entity JOIN _entity e ON e.entity = m.entity JOIN _word n ON "
                  "n.word = e.name GROUP BY lower(n.text) ORDER BY count(*) DESC, lower(n.text)",
                  happening, 2, &b, f);
    heading_piece(l,
                  "SELECT n.text FROM " TELLINGS_OF "JOIN _event v ON v.report = t.telling / 8 AND v.n = t.n JOIN _word n ON "
                  "n.word = v.words GROUP BY n.text ORDER BY count(*) DESC, n.text",
                  happening, 1, &b, f);
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT min(v.begin), max(v.stop), count(DISTINCT r.voice), count(DISTINCT r.report) FROM " TELLINGS_OF
               "JOIN _report r ON r.report = t.telling / 8 LEFT JOIN _event v ON v.report = r.report AND v.n = t.n",
               f);
    if (!s) return (str){0};
    db_number(s, 1, happening);
    if (!db_row(&l->db, s, f)) return (str){0};
    if (sqlite3_column_type(s, 0) != SQLITE_NULL) {
        buf_text(&b, b.n ? " \u00b7 " : "");
        buf_put(&b, day_words(a, sqlite3_column_int(s, 0), sqlite3_column_int(s, 1)));
    }
    int voices = sqlite3_column_int(s, 2), reports = sqlite3_column_int(s, 3);
    buf_printf(&b, "%s%d report%s", b.n ? " \u00b7 " : "", reports, reports == 1 ? "" : "s");
    if (voices < reports) buf_printf(&b, ", %d voice%s", voices, voices == 1 ? "" : "s");
    sqlite3_reset(s);
    return buf_str(&b);
}

// --- its figures ---

static claim_status status_of(str s)
{
    static const char *const names[] = {"asserted", "denied", "superseded", "feared", "planned"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(s, names[i])) return (claim_status)i;
    return CLAIM_ASSERTED;
}

static str amount_of(arena *a, str op, str words, bool has_value, double value, double value2)
{
    buf b = {.a = a};
    if (!has_value) return words;
    const char *sign = str_is(op, ">=")   ? "\u2265 "
                       : str_is(op, ">")  ? "> "
                       : str_is(op, "<=") ? "\u2264 "
                       : str_is(op, "<")  ? "< "
                       : str_is(op, "~")  ? "~ "
                                          : "";
    buf_text(&b, sign);
    buf_amount(&b, value);
    if (str_is(op, "range")) buf_text(&b, "\u2013"), buf_amount(&b, value2);
    return buf_str(&b);
}

static double real_or(sqlite3_stmt *s, int at, double otherwise)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? otherwise : sqlite3_column_double(s, at);
}

static int32_t day_or_none(sqlite3_stmt *s, int at)
{
    return sqlite3_column_type(s, at) == SQLITE_NULL ? DAY_NONE : sqlite3_column_int(s, at);
}

// Columns of FIGURES: a claim is who says how many of whom, and when.
static claim claim_of(arena *a, sqlite3_stmt *s, uint32_t place)
{
    str     name = arena_str(a, db_column(s, 15)), noun = arena_str(a, db_column(s, 9));
    bool    unnamed = sqlite3_column_int(s, 16), own = sqlite3_column_type(s, 15) == SQLITE_NULL;
    int64_t voice = sqlite3_column_int64(s, 13), stamp = sqlite3_column_int64(s, 19);
    bool    timed = stamp % MINUTES_A_DAY != 0;
    str     words = db_column(s, 2);
    bool    some = str_find(words, STR(" of the ")) >= 0 || str_find(words, STR(" of them")) >= 0; // "two of the dead"
    bool everyone = !noun.n || str_is(noun, "person") || str_is(noun, "dead") || str_is(noun, "body") || str_is(noun, "victim") ||
                    str_is(noun, "casualty") || str_is(noun, "death");
    return (claim){.claimant = own       ? arena_printf(a, "report %lld", (long long)voice)
                               : unnamed ? arena_printf(a, "%.*s (%lld)", (int)name.n, name.p, (long long)voice)
                                         : name,
                   .effect = arena_str(a, db_column(s, 10)),
                   .unit = arena_str(a, db_column(s, 8)),
                   .group = some       ? STR("some of them")
                            : everyone ? (str){"", 0}
                                       : noun,
                   .report = (uint32_t)voice,
                   .place = place,
                   .said = day_or_none(s, 14),
                   .minute = timed ? (int32_t)(stamp % MINUTES_A_DAY) : -1,
                   .begin = day_or_none(s, 17),
                   .last = day_or_none(s, 18),
                   .low = real_or(s, 6, -INFINITY),
                   .high = real_or(s, 7, INFINITY),
                   .value = real_or(s, 4, NAN),
                   .status = status_of(db_column(s, 11)),
                   .own_voice = own,
                   .additional = sqlite3_column_int(s, 12)};
}

#define FIGURES                                                                                                                  \
    "SELECT f.report, f.n, (SELECT text FROM _word WHERE word = f.words), (SELECT text FROM _word WHERE word = f.op), f.value, " \
    "f.value2, f.low, f.high, (SELECT text FROM _word WHERE word = f.unit), (SELECT text FROM _word WHERE word = f.noun), "      \
    "(SELECT text FROM _word WHERE word = f.effect), (SELECT text FROM _word WHERE word = f.status), f.additional, r.voice, "    \
    "r.published, (SELECT text FROM _word WHERE word = s.name), coalesce(s.anonymous, 0), f.begin, f.stop, r.stamp "             \
    "FROM " TELLINGS_OF "JOIN _figure f ON f.report = t.telling / 8 AND (f.telling = t.telling OR (f.telling IS NULL AND "       \
    "t.telling % 8 = 0)) JOIN _report r ON r.report = f.report LEFT JOIN _source s ON s.report = f.report AND s.n = f.source "   \
    "WHERE r.current ORDER BY f.report, f.n"

static int in_order(const void *x, const void *y)
{
    const claim *const *a = x, *const *b = y;
    return claim_order(*a, *b);
}

// The same effect and unit lie together, each in the order it was said.
bool ask_claims_of(ledger *l, arena *a, int64_t happening, ask_claims *out, fault *f)
{
    struct {
        claim *v;
        size_t n, cap;
    } list = {0};
    struct {
        struct ask_figure *v;
        size_t             n, cap;
    } shown = {0};
    sqlite3_stmt *s = db_use(&l->db, FIGURES, f);
    if (!s) return false;
    db_number(s, 1, happening);
    while (db_row(&l->db, s, f)) {
        claim c = claim_of(a, s, (uint32_t)sqlite3_column_int(s, 1));
        *push(a, &list) = c;
        str by = c.own_voice ? STR("the report") : arena_str(a, db_column(s, 15));
        *push(a, &shown) = (struct ask_figure){.report = sqlite3_column_int64(s, 0),
                                               .n = sqlite3_column_int(s, 1),
                                               .amount = amount_of(a, db_column(s, 3), arena_str(a, db_column(s, 2)),
                                                                   sqlite3_column_type(s, 4) != SQLITE_NULL,
                                                                   sqlite3_column_double(s, 4), real_or(s, 5, 0)),
                                               .whom = arena_str(a, db_column(s, 9)),
                                               .words = arena_str(a, db_column(s, 2)),
                                               .by = by};
    }
    if (l->db.failed) return false;
    const claim **order = new_array(a, const claim *, list.n + 1);
    for (size_t i = 0; i < list.n; i++) order[i] = &list.v[i];
    if (list.n) qsort(order, list.n, sizeof *order, in_order);
    *out = (ask_claims){new_array(a, claim, list.n + 1), list.n, new_array(a, struct ask_figure, list.n + 1)};
    for (size_t i = 0; i < list.n; i++) {
        out->claims[i] = *order[i];
        out->shown[i] = shown.v[order[i] - list.v];
    }
    return true;
}
