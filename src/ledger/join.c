#include "ledger/join.h"

#include "base/map.h"
#include "ledger/cluster.h"
#include "ledger/decide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int64_t *v;
    size_t   n, cap;
} number_list;

// --- the tellings of one report ---

// The first event of the report that tells of the same happening.
static uint32_t event_first(const reading *r, uint32_t event)
{
    for (size_t steps = 0; r->events[event].same_as < r->n_events && steps < r->n_events; steps++)
        event = r->events[event].same_as;
    return event;
}

static bool run_numbers(ledger *l, const char *sql, const int64_t *v, int n, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return false;
    for (int i = 0; i < n; i++) db_number(q, i + 1, v[i]);
    return db_done(&l->db, q, f);
}

static bool telling_insert(ledger *l, arena *a, const reading *r, const telling *t, int64_t number, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "INSERT INTO _telling (telling, n, at, happening, profile) VALUES (?1, ?2, ?3, ?1, ?4)", f);
    str           packed = telling_pack(a, t);
    if (!q) return false;
    db_number(q, 1, number);
    db_number(q, 2, t->event);
    db_number(q, 3, t->event ? r->events[t->event - 1].trigger.start : 0);
    sqlite3_bind_blob64(q, 4, packed.p, packed.n, SQLITE_STATIC);
    return db_done(&l->db, q, f);
}

// Which telling each event of the report belongs to, as a number from 0; READING_NONE for those of none.
static uint32_t *telling_of_events(arena *a, const reading *r, telling_list tellings)
{
    uint32_t *of = new_array(a, uint32_t, r->n_events + 1);
    for (uint32_t i = 0; i < r->n_events; i++) {
        uint32_t first = event_first(r, i);
        of[i] = READING_NONE;
        for (uint32_t k = 0; k < tellings.n; k++)
            if (tellings.v[k].event == first + 1) of[i] = k;
    }
    return of;
}

static bool mark_tellings(ledger *l, const reading *r, int64_t report, const uint32_t *of, fault *f)
{
    for (uint32_t i = 0; i < r->n_events; i++)
        if (of[i] != READING_NONE && !run_numbers(l, "UPDATE _event SET telling = ?3 WHERE report = ?1 AND n = ?2",
                                                  (int64_t[]){report, i + 1, report * JOIN_SHIFT + of[i]}, 3, f))
            return false;
    for (uint32_t i = 0; i < r->n_figures; i++) {
        uint32_t event = r->figures[i].event;
        if (event == READING_NONE || of[event] == READING_NONE) continue;
        if (!run_numbers(l, "UPDATE _figure SET telling = ?3 WHERE report = ?1 AND n = ?2",
                         (int64_t[]){report, i + 1, report * JOIN_SHIFT + of[event]}, 3, f))
            return false;
    }
    return true;
}

#define PLACE_ADD "INSERT OR IGNORE INTO _where (place, day, telling) VALUES (?1, ?2, ?3)"
#define PLACE_REMOVE "DELETE FROM _where WHERE place = ?1 AND day = ?2 AND telling = ?3"

// Where a telling's events are, by day.
static bool mark_places(ledger *l, const char *sql, const reading *r, int64_t number, uint32_t which, const uint32_t *of,
                        fault *f)
{
    for (uint32_t i = 0; i < r->n_events; i++) {
        const reading_event *e = &r->events[i];
        int64_t              place, day = e->begin != DAY_NONE ? e->begin : r->published != DAY_NONE ? r->published : 0;
        if (of[i] != which) continue;
        for (size_t k = 0; k < e->place.n; k++) {
            const reading_entity *at = &r->entities[e->place.v[k]];
            if (!at->has_place) continue;
            if (!intern_place(&l->names, &l->db, &at->place, &place, f) ||
                !run_numbers(l, sql, (int64_t[]){place, day, number}, 3, f))
                return false;
        }
    }
    return true;
}

// --- who is compared with whom ---

typedef struct {
    int64_t key[TELLING_KEYS];
    bool    alone[TELLING_KEYS];
    size_t  n;
} block_keys;

// 32 bits are kept of each: a chance meeting costs a comparison.
static block_keys telling_blocks(ledger *l, const telling *t)
{
    uint64_t   keys[TELLING_KEYS];
    size_t     n = telling_keys(t, l->tellings, keys);
    block_keys b = {.n = 0};
    for (size_t i = 0; i < n; i++) { // sorted: those alike in 32 bits stand together
        int64_t key = (int32_t)(uint32_t)(keys[i] >> 32);
        bool    same = b.n && b.key[b.n - 1] == key;
        if (same) b.alone[b.n - 1] |= telling_key_alone(keys[i]);
        else b.key[b.n] = key, b.alone[b.n++] = telling_key_alone(keys[i]);
    }
    return b;
}

// Those with which a telling shares two keys or one that suffices come twice.
static bool same_block(ledger *l, arena *a, const block_keys *b, int64_t number, number_list *out, fault *f)
{
    for (size_t i = 0; i < b->n; i++) {
        sqlite3_stmt *q = db_use(&l->db, "SELECT telling FROM _block WHERE key = ?1", f);
        if (!q) return false;
        db_number(q, 1, b->key[i]);
        while (db_row(&l->db, q, f))
            for (int times = b->alone[i] ? 2 : 1; times > 0; times--) *push(a, out) = sqlite3_column_int64(q, 0);
        if (l->db.failed ||
            !run_numbers(l, "INSERT INTO _block (key, telling) VALUES (?1, ?2)", (int64_t[]){b->key[i], number}, 2, f))
            return false;
    }
    return true;
}

static bool leave_blocks(ledger *l, const telling *t, int64_t number, fault *f)
{
    block_keys b = telling_blocks(l, t);
    for (size_t i = 0; i < b.n; i++)
        if (!run_numbers(l, "DELETE FROM _block WHERE key = ?1 AND telling = ?2", (int64_t[]){b.key[i], number}, 2, f))
            return false;
    return true;
}

static int by_number(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static void sort_numbers(number_list *list)
{
    size_t n = 0;
    if (list->n > 1) qsort(list->v, list->n, sizeof *list->v, by_number);
    for (size_t i = 0; i < list->n; i++)
        if (!n || list->v[n - 1] != list->v[i]) list->v[n++] = list->v[i];
    list->n = n;
}

// Numbers that stand there twice, each once.
static void keep_repeated(number_list *list)
{
    size_t n = 0;
    if (list->n > 1) qsort(list->v, list->n, sizeof *list->v, by_number);
    for (size_t i = 1; i < list->n; i++)
        if (list->v[i] == list->v[i - 1] && (!n || list->v[n - 1] != list->v[i])) list->v[n++] = list->v[i];
    list->n = n;
}

static bool telling_load(ledger *l, arena *a, int64_t number, telling *out, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "SELECT profile FROM _telling WHERE telling = ?1", f);
    if (!q) return false;
    db_number(q, 1, number);
    bool found = db_row(&l->db, q, f) && telling_unpack(a, db_column(q, 0), out);
    sqlite3_reset(q);
    return found || (!l->db.failed && fault_set(f, "%s: telling %lld is damaged", l->db.path, (long long)number));
}

static bool link_pair(ledger *l, int64_t x, int64_t y, int64_t score, fault *f)
{
    static const char sql[] = "INSERT INTO _link (a, b, score) VALUES (?1, ?2, ?3), (?2, ?1, ?3)";
    return run_numbers(l, sql, (int64_t[]){x, y, score}, 3, f);
}

static bool compare(ledger *l, arena *a, const telling *t, int64_t number, fault *f)
{
    number_list      near = {0};
    const block_keys keys = telling_blocks(l, t);
    if (!same_block(l, a, &keys, number, &near, f)) return false;
    keep_repeated(&near);
    for (size_t i = 0; i < near.n; i++) {
        telling other;
        if (!telling_load(l, a, near.v[i], &other, f)) return false;
        float score = same_score(l->same, t, &other);
        if (score > -JOIN_FAR && !link_pair(l, number, near.v[i], lroundf(score * 100), f)) return false;
    }
    return true;
}

// --- groups ---

typedef struct {
    int64_t telling, happening;
    str     key;
    int64_t n;
} member;

typedef struct {
    member *v;
    size_t  n, cap;
} member_list;

static int by_id(const void *x, const void *y)
{
    const member *a = x, *b = y;
    int           c = str_cmp(a->key, b->key);
    return c ? c : (a->n > b->n) - (a->n < b->n);
}

typedef struct {
    int64_t  telling;
    uint32_t at;
} place_of;

typedef struct {
    int64_t a, b;
    bool    same;
} pair_decision;

// Decisions on events of one report, in the order they were taken, as pairs of tellings.
static bool decisions_on(ledger *l, arena *a, str key, number_list *ids, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db,
                             "SELECT decision FROM decision WHERE a >= ?1 || '.' AND a < ?1 || '/' UNION "
                             "SELECT decision FROM decision WHERE b >= ?1 || '.' AND b < ?1 || '/'",
                             f);
    if (!q) return false;
    db_text(q, 1, str_cut(key, 0, 12));
    while (db_row(&l->db, q, f)) *push(a, ids) = sqlite3_column_int64(q, 0);
    return !l->db.failed;
}

static bool decision_pair(ledger *l, arena *a, int64_t decision, pair_decision *out, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "SELECT a, b, what FROM decision WHERE decision = ?1", f);
    if (!q) return false;
    db_number(q, 1, decision);
    if (!db_row(&l->db, q, f)) return false;
    str x = arena_str(a, db_column(q, 0)), y = arena_str(a, db_column(q, 1));
    out->same = str_is(db_column(q, 2), "join");
    sqlite3_reset(q);
    out->a = decide_telling(l, x, f);
    out->b = decide_telling(l, y, f);
    return !l->db.failed;
}

typedef struct {
    ledger     *l;
    arena      *a;
    member_list members; // found so far
    number_list queue, decisions;
    map         seen; // tellings' numbers as bytes
    fault      *f;
} reach_job;

static void reach(reach_job *j, int64_t number)
{
    if (!number) return;
    int64_t *kept = new (j->a, int64_t);
    *kept = number;
    uint32_t *seen = map_put(j->a, &j->seen, (str){(const char *)kept, sizeof *kept});
    if (*seen != MAP_NONE) return;
    *seen = 1;
    *push(j->a, &j->queue) = number;
}

static bool reach_from(reach_job *j, int64_t number)
{
    ledger       *l = j->l;
    sqlite3_stmt *q = db_use(
        &l->db, "SELECT r.key, t.n, t.happening FROM _telling t JOIN _report r ON r.report = t.telling / 8 WHERE t.telling = ?1",
        j->f);
    if (!q) return false;
    db_number(q, 1, number);
    if (!db_row(&l->db, q, j->f)) return !l->db.failed;
    member m = {number, sqlite3_column_int64(q, 2), arena_str(j->a, db_column(q, 0)), sqlite3_column_int64(q, 1)};
    sqlite3_reset(q);
    *push(j->a, &j->members) = m;
    if (!(q = db_use(&l->db, "SELECT b FROM _link WHERE a = ?1 AND score > 0", j->f))) return false;
    db_number(q, 1, number);
    while (db_row(&l->db, q, j->f)) reach(j, sqlite3_column_int64(q, 0));
    if (l->db.failed || !l->decided) return !l->db.failed;
    number_list on = {0};
    if (!decisions_on(l, j->a, m.key, &on, j->f)) return false;
    for (size_t i = 0; i < on.n; i++) {
        pair_decision d;
        if (!decision_pair(l, j->a, on.v[i], &d, j->f)) return false;
        if (d.a != number && d.b != number) continue;
        *push(j->a, &j->decisions) = on.v[i];
        reach(j, d.a);
        reach(j, d.b);
    }
    return true;
}

static uint32_t member_at(const member_list *members, const place_of *places, int64_t number)
{
    const place_of  key = {number, 0};
    const place_of *found = bsearch(&key, places, members->n, sizeof *places, by_number);
    return found ? found->at : READING_NONE;
}

// The links among the members; those to others do not count.
static bool links_among(reach_job *j, const place_of *places, cluster_link **out, size_t *n)
{
    struct {
        cluster_link *v;
        size_t        n, cap;
    } list = {0};
    for (uint32_t i = 0; i < j->members.n; i++) {
        sqlite3_stmt *q = db_use(&j->l->db, "SELECT b, score FROM _link WHERE a = ?1", j->f);
        if (!q) return false;
        db_number(q, 1, j->members.v[i].telling);
        while (db_row(&j->l->db, q, j->f)) {
            uint32_t other = member_at(&j->members, places, sqlite3_column_int64(q, 0));
            if (other != READING_NONE && other > i)
                *push(j->a, &list) = (cluster_link){i, other, (float)sqlite3_column_int(q, 1) / 100};
        }
    }
    *out = list.v, *n = list.n;
    return !j->l->db.failed;
}

static bool decisions_among(reach_job *j, const place_of *places, cluster_decision **out, size_t *n)
{
    *n = 0;
    sort_numbers(&j->decisions);
    *out = new_array(j->a, cluster_decision, j->decisions.n + 1);
    for (size_t i = 0; i < j->decisions.n; i++) {
        pair_decision d;
        if (!decision_pair(j->l, j->a, j->decisions.v[i], &d, j->f)) return false;
        uint32_t x = member_at(&j->members, places, d.a), y = member_at(&j->members, places, d.b);
        if (x != READING_NONE && y != READING_NONE && x != y) (*out)[(*n)++] = (cluster_decision){x, y, d.same};
    }
    return true;
}

static bool regroup(reach_job *j)
{
    member_list      *m = &j->members;
    cluster_link     *links;
    cluster_decision *decisions;
    size_t            n_links, n_decisions;
    if (m->n < 2 && (!m->n || m->v[0].happening == m->v[0].telling)) return true;
    qsort(m->v, m->n, sizeof *m->v, by_id);
    place_of *places = new_array(j->a, place_of, m->n);
    for (uint32_t i = 0; i < m->n; i++) places[i] = (place_of){m->v[i].telling, i};
    qsort(places, m->n, sizeof *places, by_number);
    if (!links_among(j, places, &links, &n_links) || !decisions_among(j, places, &decisions, &n_decisions)) return false;
    uint32_t *group = cluster_groups(j->a, m->n, links, n_links, decisions, n_decisions);
    for (uint32_t i = 0; i < m->n; i++) {
        int64_t happening = m->v[group[i]].telling;
        if (happening == m->v[i].happening) continue;
        if (!run_numbers(j->l, "UPDATE _telling SET happening = ?2 WHERE telling = ?1", (int64_t[]){m->v[i].telling, happening},
                         2, j->f))
            return false;
    }
    return true;
}

bool join_again(ledger *l, arena *a, const int64_t *tellings, size_t n, fault *f)
{
    reach_job *j = new (a, reach_job);
    *j = (reach_job){.l = l, .a = a, .f = f};
    for (size_t i = 0; i < n; i++) reach(j, tellings[i]);
    for (size_t i = 0; i < j->queue.n; i++)
        if (!reach_from(j, j->queue.v[i])) return false;
    return regroup(j);
}

// --- adding and taking away ---

static bool count_joined(ledger *l, int64_t number, ledger_added *out, fault *f)
{
    static const char sql[] = "SELECT happening <> telling OR EXISTS (SELECT 1 FROM _telling o WHERE o.happening = t.telling AND "
                              "o.happening <> o.telling) FROM _telling t WHERE telling = ?1";
    sqlite3_stmt     *q = db_use(&l->db, sql, f);
    if (!q) return false;
    db_number(q, 1, number);
    bool joined = db_row(&l->db, q, f) && sqlite3_column_int(q, 0);
    sqlite3_reset(q);
    if (joined) out->joined++;
    else out->fresh++;
    return !l->db.failed;
}

bool join_add(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, fault *f)
{
    telling_list list = tellings_of(a, r, l->tellings);
    uint32_t    *of = telling_of_events(a, r, list);
    int64_t     *numbers = new_array(a, int64_t, list.n + 1);
    if (!mark_tellings(l, r, report, of, f)) return false;
    for (uint32_t k = 0; k < list.n; k++) {
        numbers[k] = report * JOIN_SHIFT + k;
        if (!telling_insert(l, a, r, &list.v[k], numbers[k], f) || !mark_places(l, PLACE_ADD, r, numbers[k], k, of, f) ||
            !compare(l, a, &list.v[k], numbers[k], f))
            return false;
    }
    if (!join_again(l, a, numbers, list.n, f)) return false;
    for (uint32_t k = 0; k < list.n; k++)
        if (!count_joined(l, numbers[k], out, f)) return false;
    return true;
}

static bool gather(ledger *l, arena *a, const char *sql, int64_t number, number_list *out, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return false;
    db_number(q, 1, number);
    while (db_row(&l->db, q, f)) *push(a, out) = sqlite3_column_int64(q, 0);
    return !l->db.failed;
}

// Those linked to it, or grouped under it, are left to be grouped anew.
static bool remove_telling(ledger *l, arena *a, const telling *t, int64_t number, number_list *near, fault *f)
{
    static const char *const sql[] = {
        "UPDATE _telling SET happening = telling WHERE happening = ?1 AND happening <> telling",
        "DELETE FROM _link WHERE a = ?1",
        "DELETE FROM _telling WHERE telling = ?1",
    };
    size_t before = near->n;
    if (!gather(l, a, "SELECT b FROM _link WHERE a = ?1", number, near, f) || !leave_blocks(l, t, number, f)) return false;
    for (size_t i = before; i < near->n; i++)
        if (!run_numbers(l, "DELETE FROM _link WHERE a = ?1 AND b = ?2", (int64_t[]){near->v[i], number}, 2, f)) return false;
    if (!gather(l, a, "SELECT telling FROM _telling WHERE happening = ?1 AND happening <> telling", number, near, f))
        return false;
    for (size_t i = 0; i < sizeof sql / sizeof *sql; i++)
        if (!run_numbers(l, sql[i], &number, 1, f)) return false;
    return true;
}

bool join_remove(ledger *l, arena *a, const reading *r, int64_t report, fault *f)
{
    telling_list list = tellings_of(a, r, l->tellings);
    uint32_t    *of = telling_of_events(a, r, list);
    number_list  near = {0};
    if (!run_numbers(l, "UPDATE _event SET telling = NULL WHERE report = ?1", &report, 1, f) ||
        !run_numbers(l, "UPDATE _figure SET telling = NULL WHERE report = ?1", &report, 1, f))
        return false;
    for (uint32_t k = 0; k < list.n; k++)
        if (!mark_places(l, PLACE_REMOVE, r, report * JOIN_SHIFT + k, k, of, f) ||
            !remove_telling(l, a, &list.v[k], report * JOIN_SHIFT + k, &near, f))
            return false;
    return join_again(l, a, near.v, near.n, f);
}
