#include "ledger/intern.h"

#include <stdlib.h>
#include <string.h>

int64_t intern_hash(str text) { return (int32_t)(uint32_t)str_hash(text); }

bool intern_init(intern *n)
{
    n->words = calloc(INTERN_SLOTS, sizeof *n->words);
    n->entities = calloc(INTERN_SLOTS, sizeof *n->entities);
    return n->words && n->entities;
}

void intern_forget(intern *n)
{
    if (n->words) memset(n->words, 0, INTERN_SLOTS * sizeof *n->words);
    if (n->entities) memset(n->entities, 0, INTERN_SLOTS * sizeof *n->entities);
}

void intern_clear(intern *n)
{
    free(n->words);
    free(n->entities);
    *n = (intern){0};
}

static bool word_of(db *d, str text, int64_t hash, int64_t *id, fault *f)
{
    sqlite3_stmt *q = db_use(d, "SELECT word FROM _word WHERE hash = ?1 AND text = ?2", f);
    if (!q) return false;
    db_number(q, 1, hash);
    db_text(q, 2, text);
    bool found = db_row(d, q, f);
    if (found) *id = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    if (found || d->failed) return found;
    q = db_use(d, "INSERT INTO _word (hash, text) VALUES (?1, ?2)", f);
    if (!q) return false;
    db_number(q, 1, hash);
    db_text(q, 2, text);
    if (!db_done(d, q, f)) return false;
    *id = sqlite3_last_insert_rowid(d->sql);
    return true;
}

bool intern_word(intern *n, db *d, str text, int64_t *id, fault *f)
{
    if (!text.n) return *id = 0, true;
    uint64_t     hash = str_hash(text);
    intern_slot *slot = &n->words[hash % INTERN_SLOTS];
    if (slot->hash == hash && slot->n == text.n && !memcmp(slot->text, text.p, text.n)) return *id = slot->id, true;
    if (!word_of(d, text, intern_hash(text), id, f)) return false;
    if (text.n > INTERN_TEXT) return true;
    slot->id = *id, slot->hash = hash, slot->n = (uint8_t)text.n;
    memcpy(slot->text, text.p, text.n);
    return true;
}

static uint64_t mix_in(uint64_t hash, uint64_t v)
{
    hash = (hash ^ v) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

// What a row is found by: several numbers, and a hash of them and what else belongs to it.
typedef struct {
    uint64_t hash;
    int64_t  column[5]; // 0: NULL
    int      n;
} row_key;

static int64_t row_hash(const row_key *k) { return (int32_t)(uint32_t)(k->hash ^ k->hash >> 32); }

// The row with this hash and these columns; 0 if there is none.
static bool row_find(db *d, sqlite3_stmt *q, const row_key *k, int64_t *id, fault *f)
{
    bool same = false;
    *id = 0;
    db_number(q, 1, row_hash(k));
    while (!same && db_row(d, q, f)) {
        same = true;
        for (int i = 0; i < k->n; i++) same = same && sqlite3_column_int64(q, i + 1) == k->column[i];
        if (same) *id = sqlite3_column_int64(q, 0);
    }
    sqlite3_reset(q);
    return !d->failed;
}

static bool place_insert(db *d, const reading_place *p, const row_key *k, int64_t *id, fault *f)
{
    sqlite3_stmt *q = db_use(
        d, "INSERT INTO _place (hash, geonames, lat, lon, precision, admin1, country) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", f);
    if (!q) return false;
    db_number(q, 1, row_hash(k));
    db_number_or_null(q, 2, p->geonames, p->geonames);
    sqlite3_bind_double(q, 3, p->lat);
    sqlite3_bind_double(q, 4, p->lon);
    for (int i = 0; i < 3; i++) db_number_or_null(q, 5 + i, k->column[1 + i], k->column[1 + i]);
    if (!db_done(d, q, f)) return false;
    *id = sqlite3_last_insert_rowid(d->sql);
    if (!(q = db_use(d, "INSERT INTO place_box (place, south, north, west, east) VALUES (?1, ?2, ?2, ?3, ?3)", f))) return false;
    db_number(q, 1, *id);
    sqlite3_bind_double(q, 2, p->lat);
    sqlite3_bind_double(q, 3, p->lon);
    return db_done(d, q, f);
}

bool intern_place(intern *n, db *d, const reading_place *p, int64_t *id, fault *f)
{
    row_key k = {.n = 4, .column = {p->geonames}};
    int64_t lat = (int64_t)(p->lat * 1e6), lon = (int64_t)(p->lon * 1e6);
    if (!intern_word(n, d, p->precision, &k.column[1], f) || !intern_word(n, d, p->admin1, &k.column[2], f) ||
        !intern_word(n, d, p->country, &k.column[3], f))
        return false;
    k.hash = mix_in(
        mix_in(mix_in(mix_in(mix_in(mix_in(7, (uint64_t)lat), (uint64_t)lon), (uint64_t)p->geonames), str_hash(p->precision)),
               str_hash(p->admin1)),
        str_hash(p->country));
    sqlite3_stmt *q = db_use(d, "SELECT place, geonames, precision, admin1, country FROM _place WHERE hash = ?1", f);
    return q && row_find(d, q, &k, id, f) && (*id || place_insert(d, p, &k, id, f));
}

// A name, not a description: "Second Army", not "the army" or "two cars".
bool intern_named(str name)
{
    unsigned char c = name.n ? (unsigned char)name.p[0] : 'x';
    if (str_starts(name, STR("The ")) || str_starts(name, STR("A ")) || str_starts(name, STR("An "))) return false;
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool entity_insert(intern *n, db *d, const reading_entity *e, const row_key *k, int64_t *id, fault *f)
{
    sqlite3_stmt *q = db_use(d,
                             "INSERT INTO _entity (entity, hash, name, kind, country, sector, place, who) VALUES "
                             "((SELECT coalesce(max(entity), 0) + 1 FROM _entity), ?1, ?2, ?3, ?4, ?5, ?6, (SELECT "
                             "coalesce(max(entity), 0) + 1 FROM _entity))",
                             f);
    if (!q) return false;
    db_number(q, 1, row_hash(k));
    for (int i = 0; i < 5; i++) db_number_or_null(q, 2 + i, k->column[i], k->column[i]);
    if (!db_done(d, q, f)) return false;
    *id = sqlite3_last_insert_rowid(d->sql);
    for (size_t i = 0; i < e->names.n; i++) {
        int64_t name;
        if (!intern_named(e->names.v[i])) continue;
        if (!intern_word(n, d, e->names.v[i], &name, f)) return false;
        if (!(q = db_use(d, "INSERT OR IGNORE INTO _alias (entity, name) VALUES (?1, ?2)", f))) return false;
        db_number(q, 1, *id);
        db_number(q, 2, name);
        if (!db_done(d, q, f)) return false;
    }
    return true;
}

bool intern_entity(intern *n, db *d, const reading_entity *e, int64_t *id, fault *f)
{
    row_key k = {.n = 5};
    if (!intern_word(n, d, e->name, &k.column[0], f) || !intern_word(n, d, e->kind, &k.column[1], f) ||
        !intern_word(n, d, e->country, &k.column[2], f) || !intern_word(n, d, e->sector, &k.column[3], f))
        return false;
    if (e->has_place && !intern_place(n, d, &e->place, &k.column[4], f)) return false;
    k.hash = 11;
    for (int i = 0; i < 5; i++) k.hash = mix_in(k.hash, (uint64_t)k.column[i]);
    for (size_t i = 0; i < e->names.n; i++)
        if (intern_named(e->names.v[i])) k.hash = mix_in(k.hash, str_hash(e->names.v[i]));
    row_slot *slot = &n->entities[k.hash % INTERN_SLOTS];
    if (slot->id && slot->hash == k.hash && !memcmp(slot->column, k.column, sizeof k.column)) return *id = slot->id, true;
    sqlite3_stmt *q = db_use(d, "SELECT entity, name, kind, country, sector, place FROM _entity WHERE hash = ?1", f);
    if (!q || !row_find(d, q, &k, id, f) || (!*id && !entity_insert(n, d, e, &k, id, f))) return false;
    slot->id = *id, slot->hash = k.hash;
    memcpy(slot->column, k.column, sizeof k.column);
    return true;
}
