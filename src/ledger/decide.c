#include "ledger/decide.h"

#include "ledger/join.h"

#include <string.h>
#include <time.h>

enum { ID_DIGITS = 12 };

// "h9f2c41aa07b3.120" -> "9f2c41aa07b3" and 120
static bool id_parts(str id, str *key, int64_t *at)
{
    str rest;
    if (id.n && (id.p[0] == 'h' || id.p[0] == 'v')) id = str_cut(id, 1, id.n);
    *key = str_split(id, '.', &rest);
    return key->n == ID_DIGITS && str_int(rest, at) && *at >= 0;
}

int64_t decide_telling(ledger *l, str id, fault *f)
{
    static const char sql[] =
        "SELECT v.telling FROM _report r JOIN _event v ON v.report = r.report WHERE r.key >= ?1 AND r.key < ?1 || 'g' "
        "AND v.telling IS NOT NULL ORDER BY abs(v.at - ?2), v.n, r.key LIMIT 1";
    str     key;
    int64_t at, found = 0;
    if (!id_parts(id, &key, &at)) return 0;
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return 0;
    db_text(q, 1, key);
    db_number(q, 2, at);
    if (db_row(&l->db, q, f)) found = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return found;
}

// The id as it is kept: without its letter.
static bool decision_id(ledger *l, str id, str *kept, int64_t *number, fault *f)
{
    str     key;
    int64_t at;
    if (!id_parts(id, &key, &at))
        return fault_set(f, "%.*s: no id of a happening or event, like h9f2c41aa07b3.120", (int)id.n, id.p);
    *kept = id.p[0] == 'h' || id.p[0] == 'v' ? str_cut(id, 1, id.n) : id;
    *number = decide_telling(l, id, f);
    return *number || (!l->db.failed && fault_set(f, "%.*s: no such happening or event", (int)id.n, id.p));
}

static bool decision_insert(ledger *l, const char *what, str a, str b, str who, str why, fault *f)
{
    char          now[32];
    time_t        t = time(NULL);
    struct tm     utc;
    sqlite3_stmt *q = db_use(&l->db, "INSERT INTO decision (time, who, what, a, b, why) VALUES (?1, ?2, ?3, ?4, ?5, ?6)", f);
    if (!q) return false;
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &utc));
    db_text(q, 1, str_of(now));
    db_text(q, 2, who.n ? who : STR("?"));
    db_text(q, 3, str_of(what));
    db_text(q, 4, a);
    db_text(q, 5, b);
    db_text(q, 6, why.n ? why : STR("?"));
    return db_done(&l->db, q, f);
}

static bool decide_within(ledger *l, arena *a, const char *what, str x, str y, str who, str why, fault *f)
{
    int64_t first, second;
    str     kept_x, kept_y;
    if (!decision_id(l, x, &kept_x, &first, f) || !decision_id(l, y, &kept_y, &second, f)) return false;
    if (first == second)
        return fault_set(f, "%.*s and %.*s: one report's account of one happening, nothing to decide", (int)x.n, x.p, (int)y.n,
                         y.p);
    return decision_insert(l, what, kept_x, kept_y, who, why, f) && join_again(l, a, (int64_t[]){first, second}, 2, f);
}

static bool decide(ledger *l, arena *a, const char *what, str x, str y, str who, str why, fault *f)
{
    if (!ledger_begin(l, f)) return false;
    if (!decide_within(l, a, what, x, y, who, why, f)) return ledger_rollback(l), false;
    return ledger_commit(l, f);
}

bool decide_join(ledger *l, arena *a, str happening, str other, str who, str why, fault *f)
{
    return decide(l, a, "join", happening, other, who, why, f);
}

bool decide_split(ledger *l, arena *a, str happening, str event, str who, str why, fault *f)
{
    return decide(l, a, "split", happening, event, who, why, f);
}
