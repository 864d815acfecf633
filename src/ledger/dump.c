#include "ledger/dump.h"

#include <string.h>

// One line at a time, in an arena of its own that is emptied after each.
typedef struct {
    ledger     *l;
    dump_output out;
    arena       line;
    fault      *f;
} dump_job;

static bool dump_line(dump_job *j, buf *b)
{
    buf_char(b, '\n');
    bool good = j->out.write(j->out.with, b->v, b->n);
    arena_clear(&j->line);
    return good || fault_set(j->f, "the dump cannot be written");
}

static void dump_text(buf *b, const char *key, sqlite3_stmt *q, int column)
{
    js_key(b, key);
    if (sqlite3_column_type(q, column) == SQLITE_NULL) js_null(b);
    else js_str(b, db_column(q, column));
}

// The rows of a query, each made a line by `put`.
static bool dump_rows(dump_job *j, const char *sql, bool (*put)(dump_job *, buf *, sqlite3_stmt *))
{
    sqlite3_stmt *q = db_use(&j->l->db, sql, j->f);
    if (!q) return false;
    while (db_row(&j->l->db, q, j->f)) {
        buf b = {.a = &j->line};
        js_open(&b, '{');
        if (!put(j, &b, q)) return false;
        js_close(&b, '}');
        if (!dump_line(j, &b)) return false;
    }
    return !j->l->db.failed;
}

static bool put_record(dump_job *j, buf *b, sqlite3_stmt *q)
{
    str record;
    if (!ledger_record(j->l, &j->line, sqlite3_column_int64(q, 4), &record, j->f)) return false;
    js_key(b, "record");
    buf_put(b, str_trim(record));
    b->comma = true;
    return true;
}

static bool put_report(dump_job *j, buf *b, sqlite3_stmt *q)
{
    dump_text(b, "report", q, 0);
    js_key(b, "version");
    js_int(b, sqlite3_column_int64(q, 1));
    js_key(b, "current");
    js_bool(b, sqlite3_column_int(q, 2));
    dump_text(b, "voice", q, 3);
    return put_record(j, b, q);
}

static void put_numbers(dump_job *j, buf *b, const char *key, const char *sql, int64_t number)
{
    sqlite3_stmt *q = db_use(&j->l->db, sql, j->f);
    js_key(b, key);
    js_open(b, '[');
    if (q) db_number(q, 1, number);
    while (q && db_row(&j->l->db, q, j->f)) js_int(b, sqlite3_column_int64(q, 0));
    js_close(b, ']');
}

static bool put_telling(dump_job *j, buf *b, sqlite3_stmt *q)
{
    dump_text(b, "telling", q, 0);
    dump_text(b, "happening", q, 1);
    put_numbers(j, b, "events", "SELECT n FROM _event WHERE report = ?1 / 8 AND telling = ?1 ORDER BY 1",
                sqlite3_column_int64(q, 2));
    put_numbers(j, b, "figures", "SELECT n FROM _figure WHERE report = ?1 / 8 AND telling = ?1 ORDER BY 1",
                sqlite3_column_int64(q, 2));
    return !j->l->db.failed;
}

static bool put_link(dump_job *j, buf *b, sqlite3_stmt *q)
{
    (void)j;
    js_key(b, "link");
    js_open(b, '[');
    js_str(b, db_column(q, 0));
    js_str(b, db_column(q, 1));
    js_close(b, ']');
    js_key(b, "score");
    js_real(b, sqlite3_column_double(q, 2) / 100, 2);
    return true;
}

static bool put_decision(dump_job *j, buf *b, sqlite3_stmt *q)
{
    static const char *const names[] = {"time", "who", "what", "a", "b", "why"};
    (void)j;
    js_key(b, "decision");
    js_int(b, sqlite3_column_int64(q, 0));
    for (int i = 0; i < 6; i++) dump_text(b, names[i], q, i + 1);
    return true;
}

// Of the file as it is at one moment; others may add meanwhile.
static bool dump_within(dump_job *j, bool (*run)(dump_job *))
{
    j->l->db.failed = false;
    if (!db_run(&j->l->db, "BEGIN", j->f)) return false;
    j->l->open = true;
    bool good = run(j);
    ledger_rollback(j->l);
    return good;
}

#define ID(report, telling) "'h' || substr(" report ".key, 1, 12) || '.' || " telling ".at"

static bool dump_all(dump_job *j)
{
    return dump_rows(j,
                     "SELECT r.key, r.version, r.current, v.key, r.report FROM _report r JOIN _report v ON v.report = r.voice "
                     "ORDER BY r.key",
                     put_report) &&
           dump_rows(j,
                     "SELECT " ID("r", "t") ", " ID(
                         "s", "h") ", t.telling FROM _report r JOIN _telling t ON t.telling BETWEEN r.report * 8 AND "
                                   "r.report * 8 + 7 JOIN _telling h ON h.telling = t.happening JOIN _report s ON s.report = "
                                   "h.telling / 8 ORDER BY r.key, t.n",
                     put_telling) &&
           dump_rows(j,
                     "SELECT " ID("r", "x") ", " ID(
                         "s", "y") ", k.score FROM _report r JOIN _telling x ON x.telling BETWEEN r.report * 8 AND "
                                   "r.report * 8 + 7 JOIN _link k ON k.a = x.telling JOIN _telling y ON y.telling = k.b JOIN "
                                   "_report s ON s.report = y.telling / 8 "
                                   "WHERE r.key < s.key ORDER BY r.key, x.n, s.key, y.n",
                     put_link) &&
           dump_rows(j, "SELECT decision, time, who, what, a, b, why FROM decision ORDER BY decision", put_decision);
}

static bool dump_each_record(dump_job *j)
{
    sqlite3_stmt *q = db_use(&j->l->db, "SELECT report FROM _report ORDER BY key", j->f);
    if (!q) return false;
    while (db_row(&j->l->db, q, j->f)) {
        str record;
        buf b = {.a = &j->line};
        if (!ledger_record(j->l, &j->line, sqlite3_column_int64(q, 0), &record, j->f)) return false;
        buf_put(&b, str_trim(record));
        if (!dump_line(j, &b)) return false;
    }
    return !j->l->db.failed;
}

static void dump_release(void *line) { arena_clear(line); }

static bool dump_with(ledger *l, arena *a, dump_output out, bool (*run)(dump_job *), fault *f)
{
    dump_job *j = new (a, dump_job);
    *j = (dump_job){.l = l, .out = out, .f = f};
    arena_init(&j->line, a->budget, a->full);
    arena_defer(a, dump_release, &j->line);
    return dump_within(j, run);
}

bool dump_ledger(ledger *l, arena *a, dump_output out, fault *f) { return dump_with(l, a, out, dump_all, f); }
bool dump_records(ledger *l, arena *a, dump_output out, fault *f) { return dump_with(l, a, out, dump_each_record, f); }
