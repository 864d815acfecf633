#include "ledger/join.h"

// The first event of the report that tells of the same happening.
static uint32_t event_first(const reading *r, uint32_t event)
{
    for (size_t steps = 0; r->events[event].same_as != READING_NONE && steps < r->n_events; steps++)
        event = r->events[event].same_as;
    return event;
}

static bool telling_insert(ledger *l, const reading *r, int64_t report, uint32_t event, int64_t *telling, fault *f)
{
    static const char sql[] = "INSERT INTO _telling (telling, report, n, at, happening) VALUES "
                              "((SELECT coalesce(max(telling), 0) + 1 FROM _telling), ?1, ?2, ?3, (SELECT coalesce(max(telling), "
                              "0) + 1 FROM _telling))";
    sqlite3_stmt     *q = db_use(&l->db, sql, f);
    if (!q) return false;
    db_number(q, 1, report);
    db_number(q, 2, (int64_t)event + 1);
    db_number(q, 3, r->events[event].trigger.start);
    if (!db_done(&l->db, q, f)) return false;
    *telling = sqlite3_last_insert_rowid(l->db.sql);
    return true;
}

static bool set_telling(ledger *l, const char *sql, int64_t report, size_t n, int64_t telling, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return false;
    db_number(q, 1, report);
    db_number(q, 2, (int64_t)n + 1);
    db_number(q, 3, telling);
    return db_done(&l->db, q, f);
}

bool join_add(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, fault *f)
{
    int64_t *of = new_array(a, int64_t, r->n_events + 1);
    for (uint32_t i = 0; i < r->n_events; i++) {
        uint32_t first = event_first(r, i);
        if (!of[first] && !telling_insert(l, r, report, first, &of[first], f)) return false;
        out->fresh += first == i;
        if (!set_telling(l, "UPDATE _event SET telling = ?3 WHERE report = ?1 AND n = ?2", report, i, of[first], f)) return false;
    }
    for (uint32_t i = 0; i < r->n_figures; i++) {
        uint32_t event = r->figures[i].event;
        if (event == READING_NONE) continue;
        if (!set_telling(l, "UPDATE _figure SET telling = ?3 WHERE report = ?1 AND n = ?2", report, i, of[event_first(r, event)],
                         f))
            return false;
    }
    return true;
}

bool join_remove(ledger *l, arena *a, int64_t report, fault *f)
{
    static const char *const sql[] = {"UPDATE _event SET telling = NULL WHERE report = ?1",
                                      "UPDATE _figure SET telling = NULL WHERE report = ?1",
                                      "DELETE FROM _telling WHERE report = ?1"};
    (void)a;
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++) {
        sqlite3_stmt *q = db_use(&l->db, sql[i], f);
        if (!q) return false;
        db_number(q, 1, report);
        if (!db_done(&l->db, q, f)) return false;
    }
    return true;
}
