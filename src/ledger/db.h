// db.h — the ledger's file: SQLite opened as a ledger wants it, its statements prepared once, its failures as one line.
//
//   sqlite3_stmt *q = db_use(d, "SELECT report FROM _report WHERE key = ?1", f);
//   if (!q) return false;
//   db_text(q, 1, key);
//   while (db_row(d, q, f)) … sqlite3_column_int64(q, 0) …

#ifndef LEDGER_DB_H
#define LEDGER_DB_H

#include "base/fault.h"
#include "base/str.h"

#include <sqlite3.h>

enum { DB_STATEMENTS = 256 };

typedef struct {
    sqlite3 *sql;
    char     path[512];
    bool     failed; // since the last db_begin or db_clear
    struct {
        const char   *text; // the same pointer, the same statement
        sqlite3_stmt *q;
    } used[DB_STATEMENTS];
} db;

// Opens a file that is there (or, with `create`, makes one) and checks that it is a ledger this program can use.
bool db_open(db *d, const char *path, bool write, bool create, fault *f);
void db_close(db *d);

// The statement, prepared at its first use, reset and with nothing bound. `text` must be a literal. NULL with a fault.
sqlite3_stmt *db_use(db *d, const char *text, fault *f);
bool          db_row(db *d, sqlite3_stmt *q, fault *f);  // the next row; false at the end and on failure (d->failed)
bool          db_done(db *d, sqlite3_stmt *q, fault *f); // runs what returns no row
bool          db_run(db *d, const char *sql, fault *f);  // one or more statements without values
bool          db_fault(db *d, fault *f);                 // why the last call failed; false
void          db_reset(db *d);                           // every statement is ended

void db_text(sqlite3_stmt *q, int at, str s); // empty: NULL. `s` must last until the statement is used again
void db_number(sqlite3_stmt *q, int at, int64_t v);
void db_number_or_null(sqlite3_stmt *q, int at, bool there, int64_t v);
void db_real_or_null(sqlite3_stmt *q, int at, bool there, double v);
str  db_column(sqlite3_stmt *q, int at); // until the next row

#endif
