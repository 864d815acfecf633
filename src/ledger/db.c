#include "ledger/db.h"

#include "ledger/intern.h"
#include "ledger/schema.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE = 60 * 1000 }; // ms to wait for another that adds; its transactions are short

// One line that says what is wrong and, where there is one, what to do.
bool db_fault(db *d, fault *f)
{
    int code = sqlite3_extended_errcode(d->sql);
    d->failed = true;
    switch (code & 0xff) {
    case SQLITE_FULL: return fault_set(f, "%s: the disk is full; what was acknowledged is kept", d->path);
    case SQLITE_READONLY: return fault_set(f, "%s: may only be read", d->path);
    case SQLITE_BUSY: return fault_set(f, "%s: another program has been writing to it for a minute", d->path);
    case SQLITE_CORRUPT:
        return fault_set(f, "%s: damaged (%s); take a copy, then: sqlite3 FILE .recover", d->path, sqlite3_errmsg(d->sql));
    case SQLITE_NOTADB: return fault_set(f, "%s: no ledger", d->path);
    case SQLITE_CANTOPEN: return fault_set(f, "%s: cannot be opened", d->path);
    case SQLITE_IOERR:
        return fault_set(f, "%s: %s while it was read or written", d->path, strerror(sqlite3_system_errno(d->sql)));
    case SQLITE_NOMEM: return fault_set(f, "%s: out of memory", d->path);
    default: return fault_set(f, "%s: %s", d->path, sqlite3_errmsg(d->sql));
    }
}

bool db_run(db *d, const char *sql, fault *f)
{
    return sqlite3_exec(d->sql, sql, NULL, NULL, NULL) == SQLITE_OK || db_fault(d, f);
}

static bool db_pragma(db *d, const char *sql, int64_t *out, fault *f)
{
    sqlite3_stmt *q = NULL;
    bool          good = sqlite3_prepare_v2(d->sql, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW;
    if (good) *out = sqlite3_column_int64(q, 0);
    else db_fault(d, f);
    sqlite3_finalize(q);
    return good;
}

static bool db_fill(db *d, fault *f)
{
    char pragma[128];
    snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d", LEDGER_APPLICATION, LEDGER_VERSION);
    for (const char *const *sql = ledger_schema_sql; *sql; sql++)
        if (!db_run(d, *sql, f)) return false;
    sqlite3_stmt *q = db_use(d, "INSERT INTO _word (word, hash, text) VALUES (?1, ?2, ?3)", f);
    for (int i = 0; q && ledger_schema_words[i]; i++) {
        db_number(q, 1, i + 1);
        db_number(q, 2, intern_hash(str_of(ledger_schema_words[i])));
        db_text(q, 3, str_of(ledger_schema_words[i]));
        if (!db_done(d, q, f)) return false;
    }
    return q && db_run(d, pragma, f);
}

// Makes an empty file a ledger; another may be doing the same.
static bool db_make(db *d, fault *f)
{
    int64_t tables = 0;
    if (!db_run(d, "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL", f) || !db_run(d, "BEGIN IMMEDIATE", f)) return false;
    bool good =
        db_pragma(d, "SELECT count(*) FROM sqlite_schema", &tables, f) && (tables || db_fill(d, f)) && db_run(d, "COMMIT", f);
    if (!good) sqlite3_exec(d->sql, "ROLLBACK", NULL, NULL, NULL);
    return good;
}

static bool db_is_ledger(db *d, bool create, fault *f)
{
    int64_t application, version, tables;
    if (!db_pragma(d, "SELECT count(*) FROM sqlite_schema", &tables, f)) return false;
    if (!tables) return create ? db_make(d, f) : fault_set(f, "%s: no ledger", d->path);
    if (!db_pragma(d, "PRAGMA application_id", &application, f) || !db_pragma(d, "PRAGMA user_version", &version, f))
        return false;
    if (application != LEDGER_APPLICATION) return fault_set(f, "%s: no ledger, but another kind of SQLite file", d->path);
    if (version > LEDGER_VERSION)
        return fault_set(f, "%s: a ledger of version %lld, made by a newer tidings; this one knows %d", d->path,
                         (long long)version, LEDGER_VERSION);
    return true;
}

bool db_open(db *d, const char *path, bool write, bool create, fault *f)
{
    struct stat s;
    memset(d, 0, sizeof *d);
    if (snprintf(d->path, sizeof d->path, "%s", path) >= (int)sizeof d->path)
        return fault_set(f, "%.64s…: too long a name", path);
    bool there = stat(path, &s) == 0;
    if (!there && !create) return fault_set(f, "%s: %s", path, strerror(errno));
    if (there && S_ISDIR(s.st_mode)) return fault_set(f, "%s: a folder, not a ledger", path);
    if (there && access(path, write ? R_OK | W_OK : R_OK))
        return fault_set(f, "%s: %s", path, errno == EACCES && write ? "may only be read" : strerror(errno));
    int flags = (write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) | (create ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &d->sql, flags, NULL) != SQLITE_OK) return db_fault(d, f);
    sqlite3_extended_result_codes(d->sql, 1);
    sqlite3_busy_timeout(d->sql, PATIENCE);
    return db_is_ledger(d, create, f) &&
           db_run(d, "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536", f);
}

void db_close(db *d)
{
    for (int i = 0; i < DB_STATEMENTS; i++) sqlite3_finalize(d->used[i].q);
    sqlite3_close(d->sql);
    memset(d, 0, sizeof *d);
}

sqlite3_stmt *db_use(db *d, const char *text, fault *f)
{
    size_t at = (size_t)((uintptr_t)text >> 3) % DB_STATEMENTS, tries = 0;
    while (d->used[at].q && d->used[at].text != text && tries++ < DB_STATEMENTS) at = (at + 1) % DB_STATEMENTS;
    if (d->used[at].text == text) {
        sqlite3_reset(d->used[at].q);
        sqlite3_clear_bindings(d->used[at].q);
        return d->used[at].q;
    }
    sqlite3_stmt *q = NULL;
    if (tries >= DB_STATEMENTS) return fault_set(f, "too many kinds of questions"), NULL;
    if (sqlite3_prepare_v3(d->sql, text, -1, SQLITE_PREPARE_PERSISTENT, &q, NULL) != SQLITE_OK) return db_fault(d, f), NULL;
    d->used[at].text = text;
    d->used[at].q = q;
    return q;
}

bool db_row(db *d, sqlite3_stmt *q, fault *f)
{
    switch (sqlite3_step(q)) {
    case SQLITE_ROW: return true;
    case SQLITE_DONE: sqlite3_reset(q); return false;
    default: return db_fault(d, f);
    }
}

bool db_done(db *d, sqlite3_stmt *q, fault *f)
{
    int code = sqlite3_step(q);
    if (code != SQLITE_DONE && code != SQLITE_ROW) return db_fault(d, f);
    sqlite3_reset(q);
    return true;
}

void db_reset(db *d)
{
    for (int i = 0; i < DB_STATEMENTS; i++)
        if (d->used[i].q) sqlite3_reset(d->used[i].q);
}

void db_text(sqlite3_stmt *q, int at, str s)
{
    if (s.n) sqlite3_bind_text64(q, at, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8);
    else sqlite3_bind_null(q, at);
}

void db_number(sqlite3_stmt *q, int at, int64_t v) { sqlite3_bind_int64(q, at, v); }

void db_number_or_null(sqlite3_stmt *q, int at, bool there, int64_t v)
{
    if (there) sqlite3_bind_int64(q, at, v);
    else sqlite3_bind_null(q, at);
}

void db_real_or_null(sqlite3_stmt *q, int at, bool there, double v)
{
    if (there) sqlite3_bind_double(q, at, v);
    else sqlite3_bind_null(q, at);
}

str db_column(sqlite3_stmt *q, int at)
{
    const void *p = sqlite3_column_blob(q, at);
    return (str){p, p ? (size_t)sqlite3_column_bytes(q, at) : 0};
}
