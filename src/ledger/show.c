// One thing of a ledger looked into (show, who), claimants, words, two reports beside each other, and what people decided.

#include "base/json.h"
#include "base/map.h"
#include "ledger/ask.h"
#include "ledger/decide.h"
#include "ledger/telling.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SNIPPET_WORDS = 40, MOST_FOUND = 100 };

// Rows of a query with one value bound, as they come; texts are copied.
static bool answer_rows(ledger *l, sqlite3_stmt *s, ledger_answer *out, fault *f)
{
    size_t n = out->parts.v[out->parts.n - 1].n_columns;
    if (!s) return false;
    while (db_row(&l->db, s, f)) {
        str cells[TABLE_COLUMNS];
        for (size_t i = 0; i < n; i++) cells[i] = arena_str(out->a, db_column(s, (int)i));
        answer_row(out, cells);
    }
    return !l->db.failed;
}

static bool rows_by_number(ledger *l, const char *sql, int64_t number, ledger_answer *out, fault *f)
{
    sqlite3_stmt *s = db_use(&l->db, sql, f);
    if (s) db_number(s, 1, number);
    return answer_rows(l, s, out, f);
}

// "r12" -> 12, with what stands behind it; 0: no such id.
static int64_t numbered(str id, char letter, str *rest)
{
    int64_t n = 0;
    size_t  i = 1;
    if (!id.n || id.p[0] != letter) return 0;
    while (i < id.n && id.p[i] >= '0' && id.p[i] <= '9' && n < INT64_MAX / 100) n = n * 10 + (id.p[i++] - '0');
    *rest = str_cut(id, i, id.n);
    return i > 1 ? n : 0;
}

static str bytes_of_points(str text, int64_t from, int64_t to)
{
    size_t  at = 0, begin = 0;
    int64_t points = 0;
    for (; at < text.n; at++) {
        if (((unsigned char)text.p[at] & 0xC0) == 0x80) continue;
        if (points == from) begin = at;
        if (points == to) break;
        points++;
    }
    return from <= points ? str_cut(text, begin, at) : (str){"", 0};
}

static str text_of_report(ledger *l, arena *a, int64_t report, fault *f)
{
    str    record;
    size_t at = 0;
    if (!ledger_record(l, a, report, &record, f)) return (str){0};
    const js_value *v = js_read(a, record, &at);
    str             text = js_string(js_get(js_get(v, "report"), "text"));
    return text.p ? text : (str){"", 0};
}

static bool show_report(ledger *l, int64_t report, ledger_answer *out, fault *f)
{
    answer_section(out, arena_printf(out->a, "r%lld", (long long)report), (str){"", 0}, "what|is");
    if (!rows_by_number(
            l,
            "SELECT 'title', title FROM report WHERE report = ?1 UNION ALL SELECT 'published', published FROM report "
            "WHERE report = ?1 UNION ALL SELECT 'site', site FROM report WHERE report = ?1 AND site IS NOT NULL UNION "
            "ALL SELECT 'address', url FROM report WHERE report = ?1 AND url IS NOT NULL UNION ALL SELECT 'key', key FROM "
            "report WHERE report = ?1 UNION ALL SELECT 'version', version || iif(current, '', ', a later one is here') "
            "FROM report WHERE report = ?1 UNION ALL SELECT 'copy of', 'r' || voice FROM report WHERE report = ?1 AND "
            "voice <> report",
            report, out, f))
        return false;
    if (!out->parts.v[0].rows.n) return fault_set(f, "no report r%lld", (long long)report);
    answer_section(out, (str){"", 0}, STR("tells of"), "happening|what|status|begin|until");
    if (!rows_by_number(l,
                        "SELECT (SELECT id FROM happening h WHERE h.happening = t.happening), v.words || ' (' || lower(v.type) "
                        "|| ')', v.status, v.begin, v.stop FROM "
                        "event v LEFT JOIN telling t ON t.telling = v.telling WHERE v.report = ?1 ORDER BY v.n",
                        report, out, f))
        return false;
    answer_section(out, (str){"", 0}, STR("figures"), "figure|words|effect|status|says who");
    if (!rows_by_number(
            l,
            "SELECT 'r' || f.report || '.f' || f.n, f.words, f.effect, f.status, s.name FROM figure f LEFT JOIN source s "
            "ON s.report = f.report AND s.n = f.source WHERE f.report = ?1 ORDER BY f.n",
            report, out, f))
        return false;
    str text = text_of_report(l, out->a, report, f);
    if (!text.p) return false;
    answer_section(out, (str){"", 0}, STR("said"), "source|mode|words");
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT s.name, q.mode, q.start, q.stop FROM statement q LEFT JOIN source s ON s.report = q.report AND "
               "s.n = q.source WHERE q.report = ?1 ORDER BY q.n",
               f);
    if (!s) return false;
    db_number(s, 1, report);
    while (db_row(&l->db, s, f)) {
        str cells[] = {arena_str(out->a, db_column(s, 0)), arena_str(out->a, db_column(s, 1)),
                       bytes_of_points(text, sqlite3_column_int64(s, 2), sqlite3_column_int64(s, 3))};
        answer_row(out, cells);
    }
    return !l->db.failed;
}

static bool show_of_report(ledger *l, int64_t report, str part, ledger_answer *out, fault *f)
{
    str     rest;
    int64_t n;
    str     text = text_of_report(l, out->a, report, f);
    if (!text.p) return false;
    answer_section(out, (str){"", 0}, (str){"", 0}, "what|is");
    if ((n = numbered(part, 'f', &rest)) && !rest.n) {
        sqlite3_stmt *s =
            db_use(&l->db,
                   "SELECT f.words, f.effect, f.status, s.name, q.start, q.stop, f.at, f.begin, f.stop FROM figure f "
                   "LEFT JOIN source s ON s.report = f.report AND s.n = f.source LEFT JOIN statement q ON q.report = "
                   "f.report AND q.n = f.statement WHERE f.report = ?1 AND f.n = ?2",
                   f);
        if (!s) return false;
        db_number(s, 1, report);
        db_number(s, 2, n);
        if (!db_row(&l->db, s, f))
            return !l->db.failed && fault_set(f, "no figure f%lld in r%lld", (long long)n, (long long)report);
        bool    said = sqlite3_column_type(s, 4) != SQLITE_NULL;
        int64_t at = sqlite3_column_int64(s, 6), from = said ? sqlite3_column_int64(s, 4) : at > 80 ? at - 80 : 0;
        int64_t to = said ? sqlite3_column_int64(s, 5) : at + 120;
        const struct {
            const char *what;
            int         column;
        } rows[] = {{"words", 0}, {"effect", 1}, {"status", 2}, {"says who", 3}, {"begin", 7}, {"until", 8}};
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            str cells[] = {str_of(rows[i].what), arena_str(out->a, db_column(s, rows[i].column))};
            if (cells[1].n) answer_row(out, cells);
        }
        str cells[] = {STR("in the report"), bytes_of_points(text, from, to)};
        answer_row(out, cells);
        return true;
    }
    if ((n = numbered(part, 's', &rest)) && !rest.n) {
        sqlite3_stmt *s =
            db_use(&l->db,
                   "SELECT s.name, s.kind, s.anonymous, q.mode, q.start, q.stop FROM source s LEFT JOIN statement q ON "
                   "q.report = s.report AND q.source = s.n WHERE s.report = ?1 AND s.n = ?2 ORDER BY q.n",
                   f);
        bool first = true;
        if (!s) return false;
        db_number(s, 1, report);
        db_number(s, 2, n);
        while (db_row(&l->db, s, f)) {
            if (first) {
                str name[] = {STR("source"), arena_str(out->a, db_column(s, 0))};
                str kind[] = {STR("kind"), arena_printf(out->a, "%s%s", sqlite3_column_text(s, 1),
                                                        sqlite3_column_int(s, 2) ? ", not named" : "")};
                answer_row(out, name);
                answer_row(out, kind);
                first = false;
            }
            if (sqlite3_column_type(s, 4) == SQLITE_NULL) continue;
            str cells[] = {arena_str(out->a, db_column(s, 3)),
                           bytes_of_points(text, sqlite3_column_int64(s, 4), sqlite3_column_int64(s, 5))};
            answer_row(out, cells);
        }
        return !l->db.failed && (!first || fault_set(f, "no source s%lld in r%lld", (long long)n, (long long)report));
    }
    return fault_set(f, "r%lld.%.*s: only figures (f1) and sources (s1) of a report", (long long)report, (int)part.n, part.p);
}

static const char TELLINGS[] =
    "SELECT telling FROM (SELECT telling FROM _telling WHERE telling = ?1 UNION ALL SELECT telling FROM "
    "_telling WHERE happening = ?1 AND happening <> telling) ORDER BY telling";

// Each telling beside the one it is likest: what spoke for joining them, and against.
static bool show_joins(ledger *l, int64_t happening, ledger_answer *out, fault *f)
{
    answer_section(out, (str){"", 0}, STR("why these are one"), "report|with|score|for and against");
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT k.a / 8, k.b / 8, max(k.score) / 100.0, x.profile, y.profile FROM _link k JOIN _telling x ON "
               "x.telling = k.a JOIN _telling y ON y.telling = k.b AND y.happening = x.happening WHERE k.a IN (SELECT "
               "telling FROM _telling WHERE telling = ?1 UNION ALL SELECT telling FROM _telling WHERE happening = ?1 "
               "AND happening <> telling) GROUP BY k.a ORDER BY k.a",
               f);
    if (!s) return false;
    db_number(s, 1, happening);
    while (db_row(&l->db, s, f)) {
        telling x, y;
        str     one = arena_str(out->a, db_column(s, 3)), other = arena_str(out->a, db_column(s, 4));
        buf     b = {.a = out->a};
        if (telling_unpack(out->a, one, &x) && telling_unpack(out->a, other, &y)) {
            same_reason_list reasons = same_reasons(out->a, l->same, &x, &y);
            for (size_t i = 0; i < reasons.n && i < 6; i++)
                buf_printf(&b, "%s%s %+.1f%s%.*s", i ? "; " : "", reasons.v[i].what, (double)reasons.v[i].weight,
                           reasons.v[i].words.n ? " " : "", (int)reasons.v[i].words.n, reasons.v[i].words.p);
        }
        str cells[] = {arena_printf(out->a, "r%lld", (long long)sqlite3_column_int64(s, 0)),
                       arena_printf(out->a, "r%lld", (long long)sqlite3_column_int64(s, 1)),
                       arena_printf(out->a, "%.2f", sqlite3_column_double(s, 2)), buf_str(&b)};
        answer_row(out, cells);
    }
    return !l->db.failed;
}

static bool show_happening(ledger *l, const question *q, int64_t happening, ledger_answer *out, fault *f)
{
    str heading = ask_heading(l, out->a, happening, f), id = ask_happening_id(l, out->a, happening, f);
    if (!heading.n || !id.n) return false;
    answer_section(out, id, heading, "report|published|title|tells");
    sqlite3_stmt *s = db_use(&l->db, TELLINGS, f);
    ask_ids       tellings = {0};
    if (!s) return false;
    db_number(s, 1, happening);
    while (db_row(&l->db, s, f)) *push(out->a, &tellings) = sqlite3_column_int64(s, 0);
    if (l->db.failed) return false;
    for (size_t i = 0; i < tellings.n; i++)
        if (!rows_by_number(
                l,
                "SELECT 'r' || r.report || iif(r.voice <> r.report, ' (copy of r' || r.voice || ')', ''), r.published, "
                "r.title, (SELECT group_concat(words, ', ') FROM (SELECT words FROM event WHERE telling = ?1 ORDER BY n)) "
                "FROM report r WHERE r.report = ?1 / 8",
                tellings.v[i], out, f))
            return false;
    return !q->why || show_joins(l, happening, out, f);
}

static bool show_entity(ledger *l, int64_t entity, ledger_answer *out, fault *f)
{
    answer_section(out, arena_printf(out->a, "e%lld", (long long)entity), (str){"", 0}, "what|is");
    if (!rows_by_number(
            l,
            "SELECT 'name', name FROM entity WHERE entity = ?1 UNION ALL SELECT 'kind', kind FROM entity WHERE entity = ?1 "
            "UNION ALL SELECT 'country', country FROM entity WHERE entity = ?1 AND country IS NOT NULL UNION ALL SELECT "
            "'sector', sector FROM entity WHERE entity = ?1 AND sector IS NOT NULL UNION ALL SELECT 'also', name FROM "
            "alias WHERE entity = ?1 UNION ALL SELECT 'on the map', p.lat || ' ' || p.lon || ' (' || p.precision || ')' "
            "FROM entity e JOIN place p ON p.place = e.place WHERE e.entity = ?1 UNION ALL SELECT 'the same as', 'e' || o.entity "
            "|| "
            "' ' || coalesce(o.name, '') FROM entity e JOIN entity o ON o.who = e.who AND o.entity <> e.entity WHERE "
            "e.entity = ?1",
            entity, out, f))
        return false;
    if (!out->parts.v[out->parts.n - 1].rows.n) return fault_set(f, "no entity e%lld", (long long)entity);
    answer_section(out, (str){"", 0}, STR("takes part in"), "report|role|what|status|begin");
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT 'r' || v.report, p.role, v.words || ' (' || lower(v.type) || ')', v.status, v.begin FROM words "
               "JOIN party p ON p.report = words.rowid JOIN event v ON v.report = p.report AND v.n = p.event WHERE "
               "words.words MATCH ?1 AND p.entity = ?2 ORDER BY v.begin, v.report, v.n",
               f);
    if (!s) return false;
    str match = arena_printf(out->a, "entity : e%lld", (long long)entity);
    db_text(s, 1, match);
    db_number(s, 2, entity);
    return answer_rows(l, s, out, f);
}

bool ask_show(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    if (q->n_words != 1) return fault_set(f, "show takes one id");
    str     id = q->words[0], rest;
    int64_t n;
    if ((n = numbered(id, 'r', &rest))) {
        if (!rest.n) return show_report(l, n, out, f);
        if (rest.p[0] == '.') return show_of_report(l, n, str_cut(rest, 1, rest.n), out, f);
    }
    if ((n = numbered(id, 'e', &rest)) && !rest.n) {
        fault none;
        if (!ledger_report(l, id, &none)) return show_entity(l, n, out, f);
    }
    if (id.n && id.p[0] == 'h') {
        int64_t at = decide_telling(l, id, f), happening = 0;
        if (!at) return fault_set(f, "no happening %.*s", (int)id.n, id.p);
        sqlite3_stmt *s = db_use(&l->db, "SELECT happening FROM _telling WHERE telling = ?1", f);
        if (!s) return false;
        db_number(s, 1, at);
        if (db_row(&l->db, s, f)) happening = sqlite3_column_int64(s, 0);
        sqlite3_reset(s);
        return !l->db.failed && show_happening(l, q, happening, out, f);
    }
    n = ledger_report(l, id, f);
    return n ? show_report(l, n, out, f) : fault_set(f, "nothing here is called %.*s", (int)id.n, id.p);
}

bool ask_who(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    buf name = {.a = out->a};
    for (size_t i = 0; i < q->n_words; i++) buf_text(&name, i ? " " : ""), buf_put(&name, q->words[i]);
    if (!name.n) return fault_set(f, "who takes a name");
    sqlite3_stmt *s =
        db_use(&l->db,
               "WITH w AS (SELECT word FROM _word WHERE hash = ?1 AND text = ?2) SELECT DISTINCT e.entity FROM _entity e "
               "WHERE e.name IN w OR e.entity IN (SELECT entity FROM _alias WHERE name IN w) ORDER BY e.entity",
               f);
    ask_ids found = {0};
    if (!s) return false;
    db_number(s, 1, intern_hash(buf_str(&name)));
    db_text(s, 2, buf_str(&name));
    while (db_row(&l->db, s, f)) *push(out->a, &found) = sqlite3_column_int64(s, 0);
    if (l->db.failed) return false;
    if (!found.n) return fault_set(f, "nobody here is called %.*s", (int)name.n, name.v);
    for (size_t i = 0; i < found.n; i++)
        if (!show_entity(l, found.v[i], out, f)) return false;
    return true;
}

// --- claimants ---

typedef struct {
    str      name;
    unsigned statements, figures, anonymous, sources, superseded, contradicted;
} claimant;

typedef struct {
    struct {
        claimant *v;
        size_t    n, cap;
    } list;
    map at; // name -> number
} claimants;

static claimant *claimant_named(arena *a, claimants *c, str name)
{
    uint32_t *k = map_put(a, &c->at, name);
    if (*k == MAP_NONE) {
        *k = (uint32_t)c->list.n;
        *push(a, &c->list) = (claimant){.name = name};
    }
    return &c->list.v[*k];
}

static int most_first(const void *x, const void *y)
{
    const claimant *a = x, *b = y;
    unsigned        m = a->statements + a->figures, n = b->statements + b->figures;
    if (m != n) return m < n ? 1 : -1;
    size_t k = a->name.n < b->name.n ? a->name.n : b->name.n;
    int    order = memcmp(a->name.p, b->name.p, k);
    return order ? order : (a->name.n > b->name.n) - (a->name.n < b->name.n);
}

static bool count_said(ledger *l, arena *a, claimants *c, fault *f)
{
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT s.name, s.anonymous, (SELECT count(*) FROM _statement q WHERE q.report = s.report AND q.source = "
               "s.n), (SELECT count(*) FROM _figure g WHERE g.report = s.report AND g.source = s.n) FROM source s JOIN "
               "_report r ON r.report = s.report WHERE r.current AND r.voice = r.report",
               f);
    if (!s) return false;
    while (db_row(&l->db, s, f)) {
        claimant *x = claimant_named(a, c, arena_str(a, db_column(s, 0)));
        x->sources++;
        x->anonymous += sqlite3_column_int(s, 1) != 0;
        x->statements += (unsigned)sqlite3_column_int(s, 2);
        x->figures += (unsigned)sqlite3_column_int(s, 3);
    }
    return !l->db.failed;
}

static bool count_relations(ledger *l, arena *a, const question *q, claimants *c, fault *f)
{
    ask_ids happenings = {0};
    if (!ask_happenings(l, a, q, &happenings, f)) return false;
    for (size_t i = 0; i < happenings.n; i++) {
        ask_claims all;
        if (!ask_claims_of(l, a, happenings.v[i], &all, f)) return false;
        relation_list relations = relate_all(a, all.claims, all.n);
        for (size_t k = 0; k < relations.n; k++) {
            const relation *r = &relations.v[k];
            if (r->kind == RELATE_SUPERSEDES) claimant_named(a, c, all.shown[r->to].by)->superseded++;
            if (r->kind != RELATE_CONTRADICTS) continue;
            claimant_named(a, c, all.shown[r->to].by)->contradicted++;
            claimant_named(a, c, all.shown[r->from].by)->contradicted++;
        }
    }
    return true;
}

bool ask_sources(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    claimants c = {0};
    if (!count_said(l, out->a, &c, f) || !count_relations(l, out->a, q, &c, f)) return false;
    if (c.list.n) qsort(c.list.v, c.list.n, sizeof *c.list.v, most_first);
    answer_section(out, (str){"", 0}, (str){"", 0}, "claimant|statements|figures|not named|superseded|contradicted");
    for (size_t i = 0; i < c.list.n; i++) {
        const claimant *x = &c.list.v[i];
        str             cells[] = {x->name,
                                   arena_printf(out->a, "%u", x->statements),
                                   arena_printf(out->a, "%u", x->figures),
                                   arena_printf(out->a, "%u of %u", x->anonymous, x->sources),
                                   arena_printf(out->a, "%u", x->superseded),
                                   arena_printf(out->a, "%u", x->contradicted)};
        answer_row(out, cells);
    }
    return true;
}

// --- words ---

// Every word quoted, so that none is taken for an operator of FTS5.
static str as_match(arena *a, const question *q)
{
    buf b = {.a = a};
    for (size_t i = 0; i < q->n_words; i++) {
        buf_text(&b, i ? " \"" : "\"");
        for (size_t k = 0; k < q->words[i].n; k++) {
            if (q->words[i].p[k] == '"') buf_char(&b, '"');
            buf_char(&b, q->words[i].p[k]);
        }
        buf_char(&b, '"');
    }
    return buf_str(&b);
}

// The words round the first place in the text where one of them stands.
static str snippet_of(arena *a, str text, const question *q)
{
    size_t at = 0;
    for (size_t w = 0; w < q->n_words; w++)
        for (size_t i = 0; q->words[w].n && i + q->words[w].n <= text.n; i++)
            if (!strncasecmp(text.p + i, q->words[w].p, q->words[w].n)) {
                at = i;
                w = q->n_words - 1;
                break;
            }
    size_t from = at, to = at, words = 0;
    while (from > 0 && words < SNIPPET_WORDS / 4)
        if (text.p[--from] == ' ' || text.p[from] == '\n') words++;
    for (words = 0; to < text.n && words < SNIPPET_WORDS; to++)
        if (text.p[to] == ' ' || text.p[to] == '\n') words++;
    str   piece = arena_str(a, str_trim(str_cut(text, from, to)));
    char *p = (char *)(uintptr_t)piece.p; // our own copy
    for (size_t i = 0; i < piece.n; i++)
        if (p[i] == '\n') p[i] = ' ';
    return piece;
}

bool ask_search(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    if (!q->n_words) return fault_set(f, "search takes words to look for");
    answer_section(out, (str){"", 0}, (str){"", 0}, "report|published|title|words");
    sqlite3_stmt *s =
        db_use(&l->db,
               "SELECT words.rowid, r.published, r.title FROM words JOIN report r ON r.report = words.rowid WHERE words.words "
               "MATCH ?1 AND r.current ORDER BY rank, words.rowid LIMIT ?2",
               f);
    struct found {
        int64_t report;
        str     day, title;
    };
    struct {
        struct found *v;
        size_t        n, cap;
    } list = {0};
    str match = as_match(out->a, q);
    if (!s) return false;
    db_text(s, 1, match);
    db_number(s, 2, MOST_FOUND);
    while (db_row(&l->db, s, f))
        *push(out->a, &list) =
            (struct found){sqlite3_column_int64(s, 0), arena_str(out->a, db_column(s, 1)), arena_str(out->a, db_column(s, 2))};
    if (l->db.failed) return false;
    for (size_t i = 0; i < list.n; i++) {
        str text = text_of_report(l, out->a, list.v[i].report, f);
        if (!text.p) return false;
        str cells[] = {arena_printf(out->a, "r%lld", (long long)list.v[i].report), list.v[i].day, list.v[i].title,
                       snippet_of(out->a, text, q)};
        answer_row(out, cells);
    }
    return true;
}

// --- two reports ---

static int64_t report_called(ledger *l, str id, fault *f)
{
    str     rest;
    int64_t n = numbered(id, 'r', &rest);
    if (!n || rest.n) n = ledger_report(l, id, f);
    if (!n) fault_set(f, "no report %.*s", (int)id.n, id.p);
    return n;
}

static bool tells_of(ledger *l, arena *a, int64_t report, ask_ids *out, fault *f)
{
    sqlite3_stmt *s = db_use(
        &l->db, "SELECT happening FROM _telling WHERE telling BETWEEN ?1 * 8 AND ?1 * 8 + 7 AND n > 0 ORDER BY telling", f);
    if (!s) return false;
    db_number(s, 1, report);
    while (db_row(&l->db, s, f)) *push(a, out) = sqlite3_column_int64(s, 0);
    return !l->db.failed;
}

static bool ids_held(const ask_ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->n; i++)
        if (ids->v[i] == id) return true;
    return false;
}

static bool diff_figures(ledger *l, int64_t happening, const int64_t reports[2], ledger_answer *out, fault *f)
{
    ask_claims all;
    if (!ask_claims_of(l, out->a, happening, &all, f)) return false;
    relation_list relations = relate_all(out->a, all.claims, all.n);
    for (size_t k = 0; k < relations.n; k++) {
        const relation *r = &relations.v[k];
        int64_t         from = all.shown[r->from].report, to = all.shown[r->to].report;
        if (!(from == reports[0] && to == reports[1]) && !(from == reports[1] && to == reports[0])) continue;
        size_t one = from == reports[0] ? r->from : r->to, other = one == r->from ? r->to : r->from;
        str    cells[] = {str_of(relate_kind_name(r->kind)),
                          arena_printf(out->a, "%.*s %.*s (%.*s)", (int)all.shown[one].amount.n, all.shown[one].amount.p,
                                       (int)all.claims[one].effect.n, all.claims[one].effect.p, (int)all.shown[one].by.n,
                                       all.shown[one].by.p),
                          arena_printf(out->a, "%.*s %.*s (%.*s)", (int)all.shown[other].amount.n, all.shown[other].amount.p,
                                       (int)all.claims[other].effect.n, all.claims[other].effect.p, (int)all.shown[other].by.n,
                                       all.shown[other].by.p)};
        answer_row(out, cells);
    }
    return true;
}

bool ask_diff(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    int64_t reports[2];
    ask_ids of[2] = {{0}, {0}};
    if (q->n_words != 2) return fault_set(f, "diff takes two reports");
    for (int i = 0; i < 2; i++)
        if (!(reports[i] = report_called(l, q->words[i], f)) || !tells_of(l, out->a, reports[i], &of[i], f)) return false;
    answer_section(out, (str){"", 0}, (str){"", 0}, "in|happening|what");
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < of[side].n; i++) {
            bool both = ids_held(&of[!side], of[side].v[i]);
            if (both && side) continue;
            str cells[] = {both ? STR("both") : arena_printf(out->a, "only r%lld", (long long)reports[side]),
                           ask_happening_id(l, out->a, of[side].v[i], f), ask_heading(l, out->a, of[side].v[i], f)};
            if (!cells[1].n || !cells[2].n) return false;
            answer_row(out, cells);
        }
    answer_section(out, (str){"", 0}, STR("figures"),
                   arena_printf(out->a, "relation|r%lld|r%lld", (long long)reports[0], (long long)reports[1]).p);
    for (size_t i = 0; i < of[0].n; i++)
        if (ids_held(&of[1], of[0].v[i]) && !diff_figures(l, of[0].v[i], reports, out, f)) return false;
    return true;
}

bool ask_log(ledger *l, const question *q, ledger_answer *out, fault *f)
{
    (void)q;
    answer_section(out, (str){"", 0}, (str){"", 0}, "when|who|what|one|other|why");
    return answer_rows(l, db_use(&l->db, "SELECT time, who, what, a, b, why FROM decision ORDER BY decision", f), out, f);
}
