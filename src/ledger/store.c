#include "ledger/store.h"

#include <string.h>
#include <time.h>

static int64_t minutes_of(int32_t day, str clock)
{
    int64_t hour = 0, minute = 0;
    if (day == DAY_NONE) return 0;
    if (clock.n == 5 && (!str_int(str_cut(clock, 0, 2), &hour) || !str_int(str_cut(clock, 3, 5), &minute))) hour = minute = 0;
    return (int64_t)day * 1440 + hour * 60 + minute;
}

static int64_t stamp_of(const reading *r)
{
    return r->modified != DAY_NONE ? minutes_of(r->modified, r->modified_time) : minutes_of(r->published, r->published_time);
}

static int64_t address_of(str url) { return (int64_t)(str_hash(url) >> 1); }

bool store_find(ledger *l, str key, int64_t *report, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "SELECT report FROM _report WHERE key = ?1", f);
    *report = 0;
    if (!q) return false;
    db_text(q, 1, key);
    if (db_row(&l->db, q, f)) *report = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return !l->db.failed;
}

// Binds the number of a text's row.
static bool bind_word(ledger *l, sqlite3_stmt *q, int at, str text, fault *f)
{
    int64_t id;
    if (!intern_word(&l->names, &l->db, text, &id, f)) return false;
    db_number_or_null(q, at, id, id);
    return true;
}

// As bind_word, where a column may not be empty: an empty text is a text too.
static bool bind_name(ledger *l, sqlite3_stmt *q, int at, str text, fault *f)
{
    return bind_word(l, q, at, text.n ? text : STR("?"), f);
}

static void bind_item(sqlite3_stmt *q, int at, uint32_t item)
{
    db_number_or_null(q, at, item != READING_NONE, (int64_t)item + 1);
}

static void bind_day(sqlite3_stmt *q, int at, int32_t day) { db_number_or_null(q, at, day != DAY_NONE, day); }

static bool store_head(ledger *l, arena *a, const reading *r, int64_t *report, fault *f)
{
    static const char sql[] =
        "INSERT INTO _report (key, url, address, site, title, published, stamp, words, reader, version, current, voice, added) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, 1, 0, ?10)";
    sqlite3_stmt *q = db_use(&l->db, sql, f);
    if (!q) return false;
    str reader = arena_printf(a, "%.*s %.*s %.*s", (int)r->version.n, r->version.p, (int)r->model.n, r->model.p,
                              (int)r->lexicon.n, r->lexicon.p);
    db_text(q, 1, r->id);
    db_text(q, 2, r->url);
    db_number_or_null(q, 3, r->url.n, address_of(r->url));
    db_text(q, 5, r->title);
    bind_day(q, 6, r->published);
    db_number(q, 7, stamp_of(r));
    db_number(q, 8, r->words);
    db_number(q, 10, (int64_t)time(NULL));
    if (!bind_word(l, q, 4, r->site, f) || !bind_name(l, q, 9, reader, f) || !db_done(&l->db, q, f)) return false;
    *report = sqlite3_last_insert_rowid(l->db.sql);
    if (!(q = db_use(&l->db, "UPDATE _report SET voice = report WHERE report = ?1", f))) return false;
    db_number(q, 1, *report);
    return db_done(&l->db, q, f);
}

static bool store_record(ledger *l, arena *a, const reading *r, int64_t report, fault *f)
{
    enum { PIECE = 900 }; // bytes; four to a page
    str packed = pack(l->pack, a, r->json, r->tree);
    for (size_t at = 0, part = 1; at < packed.n; at += PIECE, part++) {
        sqlite3_stmt *q = db_use(&l->db, "INSERT INTO _record (report, part, bytes) VALUES (?1, ?2, ?3)", f);
        str           piece = str_cut(packed, at, at + PIECE);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)part);
        sqlite3_bind_blob64(q, 3, piece.p, piece.n, SQLITE_STATIC);
        if (!db_done(&l->db, q, f)) return false;
    }
    return true;
}

static void keep_entities(reading_ids ids, bool *keep)
{
    for (size_t i = 0; i < ids.n; i++) keep[ids.v[i]] = true;
}

// Entities that take part in something, speak, are counted, are a place or have a name; not "the two cars" that are only there.
static bool *kept_entities(arena *a, const reading *r)
{
    bool *keep = new_array(a, bool, r->n_entities + 1);
    for (size_t i = 0; i < r->n_entities; i++) {
        const reading_entity *e = &r->entities[i];
        keep[i] = e->has_place || intern_named(e->name);
    }
    for (size_t i = 0; i < r->n_sources; i++) {
        if (r->sources[i].entity != READING_NONE) keep[r->sources[i].entity] = true;
        if (r->sources[i].party != READING_NONE) keep[r->sources[i].party] = true;
    }
    for (size_t i = 0; i < r->n_events; i++)
        keep_entities(r->events[i].actor, keep), keep_entities(r->events[i].recipient, keep),
            keep_entities(r->events[i].place, keep);
    for (size_t i = 0; i < r->n_figures; i++)
        keep_entities(r->figures[i].by, keep), keep_entities(r->figures[i].of, keep), keep_entities(r->figures[i].place, keep);
    return keep;
}

static bool store_mentions(ledger *l, arena *a, const reading *r, int64_t report, buf *words, fault *f)
{
    bool *keep = kept_entities(a, r);
    for (size_t i = 0; i < r->n_entities; i++) {
        int64_t entity;
        if (!keep[i]) continue;
        if (!intern_entity(&l->names, &l->db, &r->entities[i], &entity, f)) return false;
        sqlite3_stmt *q = db_use(&l->db, "INSERT INTO _mention (report, n, entity) VALUES (?1, ?2, ?3)", f);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)i + 1);
        db_number(q, 3, entity);
        if (!db_done(&l->db, q, f)) return false;
        buf_printf(words, "e%lld ", (long long)entity);
    }
    return true;
}

static bool store_words(ledger *l, const reading *r, int64_t report, str entities, fault *f)
{
    sqlite3_stmt *q = db_use(&l->db, "INSERT INTO words (rowid, title, text, entity) VALUES (?1, ?2, ?3, ?4)", f);
    if (!q) return false;
    db_number(q, 1, report);
    db_text(q, 2, r->title);
    db_text(q, 3, r->text);
    db_text(q, 4, entities);
    return db_done(&l->db, q, f);
}

static bool store_sources(ledger *l, const reading *r, int64_t report, fault *f)
{
    for (size_t i = 0; i < r->n_sources; i++) {
        const reading_source *s = &r->sources[i];
        sqlite3_stmt         *q = db_use(
                    &l->db, "INSERT INTO _source (report, n, name, kind, anonymous, entity, party) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    f);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)i + 1);
        db_number(q, 5, s->anonymous);
        bind_item(q, 6, s->entity);
        bind_item(q, 7, s->party);
        if (!bind_name(l, q, 3, s->text, f) || !bind_word(l, q, 4, s->kind, f) || !db_done(&l->db, q, f)) return false;
    }
    return true;
}

static bool store_statements(ledger *l, const reading *r, int64_t report, fault *f)
{
    for (size_t i = 0; i < r->n_statements; i++) {
        const reading_statement *s = &r->statements[i];
        sqlite3_stmt            *q = db_use(
                       &l->db, "INSERT INTO _statement (report, n, source, mode, start, stop, inside) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       f);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)i + 1);
        bind_item(q, 3, s->source);
        db_number(q, 5, s->content.start);
        db_number(q, 6, s->content.end);
        bind_item(q, 7, s->inside);
        if (!bind_word(l, q, 4, s->mode, f) || !db_done(&l->db, q, f)) return false;
    }
    return true;
}

// Rows (report, item, role, entity) for every entity of a list.
static bool store_roles(ledger *l, const char *sql, int64_t report, size_t item, str role, reading_ids ids, fault *f)
{
    int64_t word;
    if (ids.n && !intern_word(&l->names, &l->db, role, &word, f)) return false;
    for (size_t i = 0; i < ids.n; i++) {
        sqlite3_stmt *q = db_use(&l->db, sql, f);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)item + 1);
        db_number(q, 3, word);
        bind_item(q, 4, ids.v[i]);
        if (!db_done(&l->db, q, f)) return false;
    }
    return true;
}

static str joined_texts(arena *a, reading_texts texts)
{
    str s = texts.n ? texts.v[0] : (str){0};
    for (size_t i = 1; i < texts.n; i++) s = arena_join(a, arena_join(a, s, STR(" ")), texts.v[i]);
    return s;
}

static bool store_events(ledger *l, arena *a, const reading *r, int64_t report, fault *f)
{
    static const char sql[] = "INSERT INTO _event (report, n, type, mode, words, at, status, begin, stop, source, statement) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    static const char party[] = "INSERT OR IGNORE INTO _party (report, event, role, entity) VALUES (?1, ?2, ?3, ?4)";
    for (size_t i = 0; i < r->n_events; i++) {
        const reading_event *e = &r->events[i];
        sqlite3_stmt        *q = db_use(&l->db, sql, f);
        if (!q) return false;
        db_number(q, 1, report);
        db_number(q, 2, (int64_t)i + 1);
        db_number(q, 6, e->trigger.start);
        bind_day(q, 8, e->begin);
        bind_day(q, 9, e->end);
        bind_item(q, 10, e->source);
        bind_item(q, 11, e->statement);
        if (!bind_name(l, q, 3, e->type, f) || !bind_word(l, q, 4, joined_texts(a, e->mode), f) ||
            !bind_name(l, q, 5, reading_words(r, e->trigger), f) || !bind_name(l, q, 7, e->status, f) || !db_done(&l->db, q, f))
            return false;
        if (!store_roles(l, party, report, i, STR("actor"), e->actor, f) ||
            !store_roles(l, party, report, i, STR("recipient"), e->recipient, f) ||
            !store_roles(l, party, report, i, STR("place"), e->place, f))
            return false;
    }
    return true;
}

static bool store_figure(ledger *l, const reading *r, int64_t report, size_t i, fault *f)
{
    static const char sql[] =
        "INSERT INTO _figure (report, n, words, at, op, value, value2, low, high, unit, noun, effect, status, total, "
        "additional, begin, stop, event, source, statement) VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
    const reading_figure *g = &r->figures[i];
    sqlite3_stmt         *q = db_use(&l->db, sql, f);
    if (!q) return false;
    db_number(q, 1, report);
    db_number(q, 2, (int64_t)i + 1);
    db_number(q, 4, g->at.start);
    db_real_or_null(q, 6, g->has_value, g->value);
    db_real_or_null(q, 7, g->has_value2, g->value2);
    db_real_or_null(q, 8, g->has_low, g->low);
    db_real_or_null(q, 9, g->has_high, g->high);
    db_number(q, 14, g->total);
    db_number(q, 15, g->additional);
    bind_day(q, 16, g->begin);
    bind_day(q, 17, g->end);
    bind_item(q, 18, g->event);
    bind_item(q, 19, g->source);
    bind_item(q, 20, g->statement);
    return bind_name(l, q, 3, g->text, f) && bind_name(l, q, 5, g->op, f) && bind_word(l, q, 10, g->unit, f) &&
           bind_word(l, q, 11, g->noun, f) && bind_name(l, q, 12, g->effect, f) && bind_name(l, q, 13, g->status, f) &&
           db_done(&l->db, q, f);
}

static bool store_figures(ledger *l, const reading *r, int64_t report, fault *f)
{
    static const char victim[] = "INSERT OR IGNORE INTO _victim (report, figure, role, entity) VALUES (?1, ?2, ?3, ?4)";
    for (size_t i = 0; i < r->n_figures; i++) {
        const reading_figure *g = &r->figures[i];
        if (!store_figure(l, r, report, i, f) || !store_roles(l, victim, report, i, STR("of"), g->of, f) ||
            !store_roles(l, victim, report, i, STR("by"), g->by, f) ||
            !store_roles(l, victim, report, i, STR("place"), g->place, f))
            return false;
    }
    return true;
}

// Dictionaries are made of a sample of what is there, when there is enough of it and once more when there is much.
enum { FIRST_DICTIONARY = 512, SECOND_DICTIONARY = 16384, SAMPLE = 512 };

static bool sample_records(ledger *l, arena *a, int64_t report, str *apart, size_t *n, fault *f)
{
    for (int64_t i = report / SAMPLE; i <= report; i += report / SAMPLE) {
        str             record;
        const js_value *tree;
        if (!ledger_record(l, a, i, &record, f)) return false;
        if ((tree = js_read(a, record, NULL)) && (apart[*n] = pack_apart(a, record, tree)).n) (*n)++;
    }
    return true;
}

static bool store_dictionary(ledger *l, arena *a, int64_t report, fault *f)
{
    uint32_t number = report == FIRST_DICTIONARY ? 1 : report == SECOND_DICTIONARY ? 2 : 0;
    size_t   n = 0;
    if (!number) return true;
    str *apart = new_array(a, str, SAMPLE + 1);
    if (!sample_records(l, a, report, apart, &n, f)) return false;
    str           bytes = pack_train(a, apart, n);
    sqlite3_stmt *q = bytes.n ? db_use(&l->db, "INSERT OR IGNORE INTO _dictionary (dictionary, bytes) VALUES (?1, ?2)", f) : NULL;
    if (!q) return !bytes.n;
    db_number(q, 1, number);
    sqlite3_bind_blob64(q, 2, bytes.p, bytes.n, SQLITE_STATIC);
    return db_done(&l->db, q, f); // the next transaction packs with it
}

bool store_report(ledger *l, arena *a, const reading *r, int64_t *report, fault *f)
{
    buf entities = {.a = a};
    return store_head(l, a, r, report, f) && store_record(l, a, r, *report, f) &&
           store_mentions(l, a, r, *report, &entities, f) && store_words(l, r, *report, buf_str(&entities), f) &&
           store_sources(l, r, *report, f) && store_statements(l, r, *report, f) && store_events(l, a, r, *report, f) &&
           store_figures(l, r, *report, f) && store_dictionary(l, a, *report, f);
}

typedef struct {
    int64_t report, stamp;
    bool    current;
} one_version;

// Numbers the versions of an address by when they were modified (else published), those of the same time as they came.
// The last is current; *outdated is the one that no longer is, or 0.
bool store_versions(ledger *l, arena *a, const reading *r, int64_t report, ledger_added *out, int64_t *outdated, fault *f)
{
    struct {
        one_version *v;
        size_t       n, cap;
    } list = {0};
    *outdated = 0;
    out->version = 1, out->current = true;
    if (!r->url.n) return true;
    sqlite3_stmt *q =
        db_use(&l->db, "SELECT report, stamp, current FROM _report WHERE address = ?1 AND url = ?2 ORDER BY stamp, report", f);
    if (!q) return false;
    db_number(q, 1, address_of(r->url));
    db_text(q, 2, r->url);
    while (db_row(&l->db, q, f))
        *push(a, &list) = (one_version){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1), sqlite3_column_int(q, 2) != 0};
    if (l->db.failed) return false;
    for (size_t i = 0; i < list.n && list.n > 1; i++) {
        bool last = i + 1 == list.n;
        if (list.v[i].current && !last && list.v[i].report != report) *outdated = list.v[i].report;
        if (list.v[i].report == report) out->version = (int)i + 1, out->current = last;
        if (!(q = db_use(&l->db,
                         "UPDATE _report SET version = ?2, current = ?3 WHERE report = ?1 AND (version <> ?2 OR current <> ?3)",
                         f)))
            return false;
        db_number(q, 1, list.v[i].report);
        db_number(q, 2, (int64_t)i + 1);
        db_number(q, 3, last);
        if (!db_done(&l->db, q, f)) return false;
    }
    return true;
}
