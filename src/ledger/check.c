#include "ledger/check.h"

#include "ledger/store.h"

// Each asks for the first row that is wrong, as text that finishes "FILE: ".
static const char *const wrong[] = {
    "SELECT 'report ' || key || ' has no record' FROM _report r WHERE NOT EXISTS (SELECT 1 FROM _record c WHERE c.report = "
    "r.report) LIMIT 1",
    "SELECT 'report ' || key || ' is a copy of one that is not there' FROM _report r WHERE voice <> report AND NOT EXISTS "
    "(SELECT 1 FROM _report v WHERE v.report = r.voice AND v.voice = v.report) LIMIT 1",
    "SELECT 'of ' || url || ' ' || sum(current) || ' versions are current' FROM _report WHERE address IS NOT NULL GROUP BY url "
    "HAVING sum(current) <> 1 LIMIT 1",
    "SELECT 'telling ' || telling || ' belongs to a happening that is none' FROM _telling t WHERE happening <> telling AND NOT "
    "EXISTS "
    "(SELECT 1 FROM _telling h WHERE h.telling = t.happening AND h.happening = h.telling) LIMIT 1",
    "SELECT 'telling ' || t.telling || ' should give its happening the id' FROM _telling t JOIN _report r ON r.report = "
    "t.telling / 8 "
    "JOIN _telling h ON h.telling = t.happening JOIN _report s ON s.report = h.telling / 8 WHERE t.happening <> t.telling AND "
    "(r.key, t.n) < (s.key, h.n) LIMIT 1",
    "SELECT 'telling ' || telling || ' is of a report that is not current' FROM _telling t LEFT JOIN _report r ON r.report = "
    "t.telling / 8 WHERE r.current IS NOT 1 LIMIT 1",
    "SELECT 'report ' || key || ' tells of nothing' FROM _report r WHERE current AND NOT EXISTS (SELECT 1 FROM _telling t WHERE "
    "t.telling = r.report * 8) LIMIT 1",
    "SELECT 'event v' || n || ' of report ' || report || ' belongs to a telling of another' FROM _event v WHERE telling IS NOT "
    "NULL "
    "AND (telling / 8 <> report OR NOT EXISTS (SELECT 1 FROM _telling t WHERE t.telling = v.telling)) LIMIT 1",
    "SELECT 'figure f' || n || ' of report ' || report || ' belongs to a telling of another' FROM _figure g WHERE telling IS NOT "
    "NULL "
    "AND (telling / 8 <> report OR NOT EXISTS (SELECT 1 FROM _telling t WHERE t.telling = g.telling)) LIMIT 1",
    "SELECT 'link of ' || a || ' and ' || b || ' stands one way only' FROM _link k WHERE NOT EXISTS "
    "(SELECT 1 FROM _link o WHERE o.a = k.b AND o.b = k.a AND o.score = k.score) LIMIT 1",
    "SELECT 'blocks hold telling ' || telling || ', which is not there' FROM _block b WHERE NOT EXISTS "
    "(SELECT 1 FROM _telling t WHERE t.telling = b.telling) LIMIT 1",
    "SELECT 'places hold telling ' || telling || ', which is not there' FROM _where b WHERE NOT EXISTS "
    "(SELECT 1 FROM _telling t WHERE t.telling = b.telling) LIMIT 1",
    "SELECT 'entity ' || entity || ' is said to be one that is not there' FROM _entity e WHERE who <> entity AND NOT EXISTS "
    "(SELECT 1 FROM _entity w WHERE w.entity = e.who AND w.who = w.entity) LIMIT 1",
    "SELECT 'place ' || place || ' is not on the map' FROM _place p WHERE NOT EXISTS (SELECT 1 FROM place_box b WHERE b.place = "
    "p.place) LIMIT 1",
};

static bool check_sqlite(ledger *l, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "PRAGMA integrity_check(1)", f);
    if (!q || !db_row(&l->db, q, f)) return false;
    str said = db_column(q, 0);
    if (!str_is(said, "ok")) return fault_set(f, "%s: damaged: %.*s", l->db.path, (int)said.n, said.p);
    if (!(q = db_use(&l->db, "PRAGMA foreign_key_check", f))) return false;
    if (db_row(&l->db, q, f))
        return fault_set(f, "%s: damaged: a row of %s refers to none", l->db.path, (const char *)sqlite3_column_text(q, 0));
    if (l->db.failed) return false;
    if (sqlite3_db_readonly(l->db.sql, "main")) return true; // FTS5 checks itself by a command that is written like an insertion
    return db_run(&l->db, "INSERT INTO words (words) VALUES ('integrity-check')", f);
}

static bool check_rows(ledger *l, fault *f)
{
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sqlite3_stmt *q = db_use(&l->db, wrong[i], f);
        if (!q) return false;
        if (db_row(&l->db, q, f)) return fault_set(f, "%s: %s", l->db.path, (const char *)sqlite3_column_text(q, 0));
        if (l->db.failed) return false;
    }
    return true;
}

static int64_t rows_of(ledger *l, const char *sql, int64_t report, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return -1;
    db_number(q, 1, report);
    int64_t n = db_row(&l->db, q, f) ? sqlite3_column_int64(q, 0) : -1;
    sqlite3_reset(q);
    return n;
}

// The record of a report opens, is that report's, and has as many of each thing as there are rows.
static bool check_record(ledger *l, arena *a, int64_t report, str key, fault *f)
{
    str     json;
    reading r;
    fault   why = {{0}};
    if (!ledger_record(l, a, report, &json, &why) || !reading_of(a, json, &r, &why))
        return fault_set(f, "%s: report %.32s: %s", l->db.path, key.p, why.text);
    const struct {
        const char *sql;
        size_t      n;
    } counts[] = {{"SELECT count(*) FROM _source WHERE report = ?1", r.n_sources},
                  {"SELECT count(*) FROM _statement WHERE report = ?1", r.n_statements},
                  {"SELECT count(*) FROM _figure WHERE report = ?1", r.n_figures},
                  {"SELECT count(*) FROM _event WHERE report = ?1", r.n_events}};
    if (!str_eq(r.id, key)) return fault_set(f, "%s: report %.32s has another's record", l->db.path, key.p);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (rows_of(l, counts[i].sql, report, f) != (int64_t)counts[i].n)
            return l->db.failed ? false
                                : fault_set(f, "%s: report %.32s: rows are missing (%s)", l->db.path, key.p, counts[i].sql + 21);
    return true;
}

static void check_release(void *a) { arena_clear(a); }

static bool check_records(ledger *l, arena *a, fault *f)
{
    arena        *one = new (a, arena);
    sqlite3_stmt *q = db_use(&l->db, "SELECT report, key FROM _report", f);
    arena_init(one, a->budget, a->full);
    arena_defer(a, check_release, one);
    while (q && db_row(&l->db, q, f)) {
        str key = arena_str(one, db_column(q, 1));
        if (!check_record(l, one, sqlite3_column_int64(q, 0), key, f)) return false;
        arena_clear(one);
    }
    return q && !l->db.failed;
}

bool check_ledger(ledger *l, arena *a, fault *f)
{
    l->db.failed = false;
    bool good = check_sqlite(l, f) && check_rows(l, f) && check_records(l, a, f);
    db_reset(&l->db);
    return good;
}
