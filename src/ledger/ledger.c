#include "ledger/join.h"
#include "ledger/store.h"

#include <string.h>

bool ledger_open(ledger *l, arena *a, const char *path, ledger_mode mode, fault *f)
{
    memset(l, 0, sizeof *l);
    if (!db_open(&l->db, path, mode != LEDGER_READ, mode == LEDGER_CREATE, f)) return false;
    if (!intern_init(&l->names) || !(l->pack = pack_open())) return fault_set(f, "out of memory");
    const data_set linked = {.a = a};
    return (l->tellings = telling_rules_load(&linked, f)) && (l->same = same_rules_load(&linked, f));
}

void ledger_close(ledger *l)
{
    ledger_rollback(l);
    db_close(&l->db);
    intern_clear(&l->names);
    pack_close(l->pack);
    l->pack = NULL;
}

static bool load_dictionary(ledger *l, uint32_t number, fault *f);

bool ledger_begin(ledger *l, fault *f)
{
    l->db.failed = false;
    if (!db_run(&l->db, "BEGIN IMMEDIATE", f)) return false;
    l->open = true;
    sqlite3_stmt *q = db_use(&l->db, "SELECT EXISTS (SELECT 1 FROM decision), (SELECT max(dictionary) FROM _dictionary)", f);
    if (!q || !db_row(&l->db, q, f)) return ledger_rollback(l), false;
    l->decided = sqlite3_column_int(q, 0);
    uint32_t newest = (uint32_t)sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    return load_dictionary(l, newest, f) || (ledger_rollback(l), false);
}

bool ledger_commit(ledger *l, fault *f)
{
    if (!db_run(&l->db, "COMMIT", f)) return ledger_rollback(l), false;
    l->open = false;
    return true;
}

void ledger_rollback(ledger *l)
{
    if (!l->open) return;
    db_reset(&l->db);
    sqlite3_exec(l->db.sql, "ROLLBACK", NULL, NULL, NULL); // fails where SQLite did it by itself
    intern_forget(&l->names);
    l->open = false;
}

// The tellings of a version that no longer is current are taken out.
static bool outdate(ledger *l, arena *a, int64_t report, fault *f)
{
    str     record;
    reading r;
    return ledger_record(l, a, report, &record, f) && reading_of(a, record, &r, f) && join_remove(l, a, &r, report, f);
}

// Within a transaction.
static bool add_reading(ledger *l, arena *a, const reading *r, ledger_added *out, fault *f)
{
    int64_t outdated;
    memcpy(out->key, r->id.p, 32);
    if (!store_find(l, r->id, &out->report, f)) return false;
    if (out->report) return out->same = true;
    if (!store_report(l, a, r, &out->report, f) || !store_versions(l, a, r, out->report, out, &outdated, f)) return false;
    if (outdated && !outdate(l, a, outdated, f)) return false;
    return !out->current || join_add(l, a, r, out->report, out, f);
}

bool ledger_add(ledger *l, arena *a, str record, ledger_added *out, fault *f)
{
    reading r;
    bool    alone = !l->open;
    *out = (ledger_added){0};
    if (!reading_of(a, record, &r, f)) return out->no_record = true, false;
    if (alone && !ledger_begin(l, f)) return false;
    if (!add_reading(l, a, &r, out, f)) return ledger_rollback(l), false;
    return !alone || ledger_commit(l, f);
}

int64_t ledger_report(ledger *l, str key, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "SELECT report FROM _report WHERE key >= ?1 AND key < ?1 || 'g' LIMIT 2", f);
    int64_t       found = 0;
    size_t        n = 0;
    if (!q || key.n < 6) return 0;
    db_text(q, 1, key);
    while (db_row(&l->db, q, f)) found = sqlite3_column_int64(q, 0), n++;
    return n == 1 ? found : 0;
}

static bool load_dictionary(ledger *l, uint32_t number, fault *f)
{
    sqlite3_stmt *q = number && !pack_has_dictionary(l->pack, number)
                          ? db_use(&l->db, "SELECT bytes FROM _dictionary WHERE dictionary = ?1", f)
                          : NULL;
    if (!q) return !number || pack_has_dictionary(l->pack, number);
    db_number(q, 1, number);
    bool good = db_row(&l->db, q, f) && pack_add_dictionary(l->pack, number, db_column(q, 0));
    sqlite3_reset(q);
    return good || (!l->db.failed && fault_set(f, "%s: damaged: dictionary %u is not there", l->db.path, number));
}

bool ledger_record(ledger *l, arena *a, int64_t report, str *out, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "SELECT bytes FROM _record WHERE report = ?1 ORDER BY part", f);
    if (!q) return false;
    db_number(q, 1, report);
    buf packed = {.a = a};
    while (db_row(&l->db, q, f)) buf_put(&packed, db_column(q, 0));
    if (l->db.failed) return false;
    if (!packed.n) return fault_set(f, "%s: no report %lld", l->db.path, (long long)report);
    return load_dictionary(l, pack_dictionary(buf_str(&packed)), f) && unpack(l->pack, a, buf_str(&packed), out, f);
}
