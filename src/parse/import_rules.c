// From attribute_ruler/patterns and lemmatizer/lookups/lookups.bin to the sections "ruler.…" and "lemma.…".

#include "base/buf.h"
#include "base/map.h"
#include "net/msgpack.h"
#include "net/table.h"
#include "parse/ruler_file.h"
#include "parse/rules.h"
#include "tokens/ids.h"
#include "tokens/regex.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    str   *v;
    size_t n, cap;
} import_texts;

typedef struct {
    uint32_t *v;
    size_t    n, cap;
} import_numbers;

typedef struct {
    uint64_t *v;
    size_t    n, cap;
} import_ids;

// --- the attribute ruler ---

typedef struct {
    arena         *a;
    const char    *file; // for messages
    import_texts   texts;
    map            text_numbers;
    import_numbers entries, sequences, specs, conditions, values;
    fault         *f;
} ruler_draft;

static bool draft_fault(const ruler_draft *d, uint32_t entry, const char *what, str word)
{
    return fault_set(d->f, "%s: pattern %u: %s \"%.*s\" is not implemented", d->file, entry, what, (int)word.n,
                     word.p ? word.p : "");
}

static uint32_t text_number(ruler_draft *d, str s)
{
    uint32_t *number = map_put(d->a, &d->text_numbers, s);
    if (*number == MAP_NONE) {
        *number = (uint32_t)d->texts.n;
        *push(d->a, &d->texts) = s;
    }
    return *number;
}

static void put_number(ruler_draft *d, import_numbers *to, uint32_t number) { *push(d->a, to) = number; }

static bool add_values(ruler_draft *d, uint32_t entry, const msg *v)
{
    bool list = v->kind == MSG_ARRAY;
    for (uint32_t i = 0; i < (list ? v->n : 1); i++) {
        const msg *item = list ? msg_at(v, i) : v;
        if (!msg_is_text(item)) return draft_fault(d, entry, "a value that is no text", (str){0});
        put_number(d, &d->values, text_number(d, msg_str(item)));
    }
    return true;
}

// "LOWER": "not", {"IN": […]}, {"NOT_IN": […]}, {"REGEX": "…"}; "IS_SPACE": true.
static bool add_token_condition(ruler_draft *d, uint32_t entry, str key, const msg *value)
{
    static const char *const keys[] = {"TAG", "DEP", "LOWER", "ORTH", "IS_SPACE"};
    uint32_t                 what = 0, how = RULER_IN, first = (uint32_t)d->values.n;
    while (what < sizeof keys / sizeof *keys && !str_is(key, keys[what])) what++;
    if (what == sizeof keys / sizeof *keys) return draft_fault(d, entry, "the attribute", key);
    if (value->kind == MSG_BOOL && what == RULER_IS_SPACE) how = value->u ? RULER_IN : RULER_NOT_IN;
    else if (what == RULER_IS_SPACE) return draft_fault(d, entry, "a value other than true or false of", key);
    else if (value->kind == MSG_MAP) {
        str name = value->n == 1 ? msg_str(&value->items[0]) : (str){0};
        how = str_is(name, "IN") ? RULER_IN : str_is(name, "NOT_IN") ? RULER_NOT_IN : RULER_REGEX;
        if (how == RULER_REGEX && (!str_is(name, "REGEX") || what != RULER_LOWER))
            return draft_fault(d, entry, "the predicate", name);
        const char *why = NULL;
        str         pattern = how == RULER_REGEX ? regex_from_python(d->a, msg_str(&value->items[1]), &why) : (str){0};
        if (why) return draft_fault(d, entry, why, msg_str(&value->items[1]));
        if (how == RULER_REGEX) put_number(d, &d->values, text_number(d, pattern));
        else if (!add_values(d, entry, &value->items[1])) return false;
    } else if (!add_values(d, entry, value)) return false;
    put_number(d, &d->conditions, what);
    put_number(d, &d->conditions, how);
    put_number(d, &d->conditions, first);
    put_number(d, &d->conditions, (uint32_t)d->values.n - first);
    return true;
}

static bool add_token_sequence(ruler_draft *d, uint32_t entry, const msg *sequence)
{
    if (!sequence || sequence->kind != MSG_ARRAY || !sequence->n)
        return draft_fault(d, entry, "a pattern that is no list of tokens", (str){0});
    put_number(d, &d->sequences, entry);
    put_number(d, &d->sequences, (uint32_t)d->specs.n / 2);
    put_number(d, &d->sequences, sequence->n);
    for (uint32_t i = 0; i < sequence->n; i++) {
        const msg *spec = &sequence->items[i];
        if (spec->kind != MSG_MAP) return draft_fault(d, entry, "a token that is no map", (str){0});
        put_number(d, &d->specs, (uint32_t)d->conditions.n / 4);
        put_number(d, &d->specs, spec->n);
        for (uint32_t k = 0; k < spec->n; k++)
            if (!add_token_condition(d, entry, msg_str(&spec->items[2 * k]), &spec->items[2 * k + 1])) return false;
    }
    return true;
}

static int compare_texts(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

// The pieces of a list parted by `by`, sorted and put together again.
static str sorted_pieces(arena *a, str s, char by)
{
    import_texts pieces = {0};
    buf          out = {.a = a};
    for (str rest = s; rest.p;) {
        str piece = str_split(rest, by, &rest);
        *push(a, &pieces) = piece;
    }
    qsort(pieces.v, pieces.n, sizeof *pieces.v, compare_texts);
    for (size_t i = 0; i < pieces.n; i++) {
        if (i) buf_char(&out, by);
        buf_put(&out, pieces.v[i]);
    }
    return buf_str(&out);
}

// "Person=3|Case=Nom,Acc" -> "Case=Acc,Nom|Person=3"; "_" -> "".
static str normal_features(arena *a, str s)
{
    buf out = {.a = a};
    if (str_is(s, "_") || !s.n) return STR("");
    for (str rest = s; rest.p;) {
        str values, field = str_split(str_split(rest, '|', &rest), '=', &values);
        if (out.n) buf_char(&out, '|');
        buf_put(&out, field);
        buf_char(&out, '=');
        buf_put(&out, sorted_pieces(a, values, ','));
    }
    return sorted_pieces(a, buf_str(&out), '|');
}

static bool is_known_pos(str name)
{
    for (int k = 0; k < POS_KNOWN; k++)
        if (str_is(name, parse_pos_name(NULL, (uint8_t)k))) return true;
    return false;
}

static bool add_ruler_entry(ruler_draft *d, uint32_t entry, const msg *m)
{
    static const char *const writes[RULER_WRITES] = {"POS", "TAG", "DEP", "MORPH", "LEMMA"};
    const msg               *attrs = msg_get(m, "attrs"), *patterns = msg_get(m, "patterns"), *index = msg_get(m, "index");
    uint32_t                 values[RULER_WRITES];
    int64_t at = !index ? 0 : index->kind == MSG_INT ? index->i : index->kind == MSG_UINT ? (int64_t)index->u : INT64_MAX;
    memset(values, 0xFF, sizeof values);
    if (!attrs || attrs->kind != MSG_MAP || !patterns || patterns->kind != MSG_ARRAY)
        return draft_fault(d, entry, "an entry without patterns or attributes", (str){0});
    for (uint32_t i = 0; i < attrs->n; i++) {
        str      key = msg_str(&attrs->items[2 * i]), value = msg_str(&attrs->items[2 * i + 1]);
        uint32_t k = 0;
        while (k < RULER_WRITES && !str_is(key, writes[k])) k++;
        if (k == RULER_WRITES || !msg_is_text(&attrs->items[2 * i + 1]))
            return draft_fault(d, entry, "to write the attribute", key);
        if (k == RULER_POS && !is_known_pos(value)) return draft_fault(d, entry, "the part of speech", value);
        values[k] = text_number(d, k == RULER_MORPH ? normal_features(d->a, value) : value);
    }
    for (uint32_t i = 0; i < patterns->n; i++) {
        const msg *sequence = msg_at(patterns, i);
        int64_t    n = sequence->kind == MSG_ARRAY ? sequence->n : 0;
        if (at >= n || at < -n) return draft_fault(d, entry, "an index outside of the pattern", (str){0});
        put_number(d, &d->sequences, (uint32_t)(at < 0 ? at + n : at));
        if (!add_token_sequence(d, entry, sequence)) return false;
    }
    for (int k = 0; k < RULER_WRITES; k++) put_number(d, &d->entries, values[k]);
    return true;
}

bool ruler_import(arena *a, const package *p, net_writer *w, fault *f)
{
    ruler_draft d = {.a = a, .f = f, .file = arena_printf(a, "%s: attribute_ruler/patterns", package_path(p)).p};
    str         bytes;
    if (!package_read(p, "attribute_ruler/patterns", &bytes, f)) return false;
    const msg *list = msg_read(a, bytes);
    if (!list || list->kind != MSG_ARRAY) return fault_set(f, "%s: not a MessagePack list", d.file);
    for (uint32_t i = 0; i < list->n; i++)
        if (!add_ruler_entry(&d, i, &list->items[i])) return false;
    net_writer_strings(w, "ruler.text", d.texts.v, d.texts.n);
    net_writer_add(w, "ruler.entry", NET_U32, d.entries.v, 2, d.entries.n / RULER_WRITES, (size_t)RULER_WRITES);
    net_writer_add(w, "ruler.sequence", NET_U32, d.sequences.v, 2, d.sequences.n / 4, (size_t)4);
    net_writer_add(w, "ruler.spec", NET_U32, d.specs.v, 2, d.specs.n / 2, (size_t)2);
    net_writer_add(w, "ruler.condition", NET_U32, d.conditions.v, 2, d.conditions.n / 4, (size_t)4);
    net_writer_add(w, "ruler.value", NET_U32, d.values.v, 1, d.values.n);
    return true;
}

// --- the lemmatizer ---

typedef struct {
    arena         *a;
    import_texts   pos, rules, lemmas;
    import_numbers rule_first, lemma_first, form_numbers;
    import_ids     index, form_keys;
    const msg     *rule_table, *index_table, *exception_table;
} lemma_draft;

static void add_rules(lemma_draft *d, const msg *rules)
{
    *push(d->a, &d->rule_first) = (uint32_t)d->rules.n / 2;
    for (uint32_t i = 0; rules && rules->kind == MSG_ARRAY && i < rules->n; i++) {
        *push(d->a, &d->rules) = msg_str(msg_at(&rules->items[i], 0));
        *push(d->a, &d->rules) = msg_str(msg_at(&rules->items[i], 1));
    }
}

static void add_index(lemma_draft *d, uint32_t table, const msg *words)
{
    for (uint32_t i = 0; words && words->kind == MSG_ARRAY && i < words->n; i++)
        *push(d->a, &d->index) = net_pair_key(table, tokens_id(msg_str(&words->items[i])));
}

static void add_exceptions(lemma_draft *d, uint32_t table, const msg *forms)
{
    for (uint32_t i = 0; forms && forms->kind == MSG_MAP && i < forms->n; i++) {
        const msg *lemmas = &forms->items[2 * i + 1];
        *push(d->a, &d->form_keys) = net_pair_key(table, tokens_id(msg_str(&forms->items[2 * i])));
        *push(d->a, &d->form_numbers) = (uint32_t)d->lemma_first.n;
        *push(d->a, &d->lemma_first) = (uint32_t)d->lemmas.n;
        for (uint32_t k = 0; lemmas->kind == MSG_ARRAY && k < lemmas->n; k++)
            *push(d->a, &d->lemmas) = msg_str(&lemmas->items[k]);
    }
}

static const msg *table_of(const msg *table, uint64_t id)
{
    const msg *m = msg_get_int(table, id);
    return m && m->n ? m : NULL;
}

static void add_part_of_speech(lemma_draft *d, const char *name)
{
    char   lower[16] = "";
    size_t n = strlen(name);
    for (size_t i = 0; i < n && i + 1 < sizeof lower; i++) lower[i] = (char)(name[i] + 'a' - 'A');
    uint64_t   id = tokens_id(str_of(lower));
    const msg *rules = table_of(d->rule_table, id), *index = table_of(d->index_table, id),
              *exceptions = table_of(d->exception_table, id);
    if (!n || (!rules && !index && !exceptions)) return;
    uint32_t table = (uint32_t)d->pos.n;
    *push(d->a, &d->pos) = str_of(name);
    add_rules(d, rules);
    add_index(d, table, index);
    add_exceptions(d, table, exceptions);
}

bool lemma_import(arena *a, const package *p, net_writer *w, fault *f)
{
    lemma_draft d = {.a = a};
    const char *file = "lemmatizer/lookups/lookups.bin";
    str         bytes;
    if (!package_read(p, file, &bytes, f)) return false;
    const msg *top = msg_read(a, bytes);
    d.rule_table = msg_get(top, "lemma_rules");
    d.index_table = msg_get(top, "lemma_index");
    d.exception_table = msg_get(top, "lemma_exc");
    if (!d.rule_table || d.rule_table->kind != MSG_MAP)
        return fault_set(f, "%s: %s: no table lemma_rules", package_path(p), file);
    for (int pos = 0; pos < POS_KNOWN; pos++) add_part_of_speech(&d, parse_pos_name(NULL, (uint8_t)pos));
    *push(a, &d.rule_first) = (uint32_t)d.rules.n / 2;
    size_t forms = d.lemma_first.n;
    *push(a, &d.lemma_first) = (uint32_t)d.lemmas.n;
    net_writer_strings(w, "lemma.pos", d.pos.v, d.pos.n);
    net_writer_strings(w, "lemma.rule", d.rules.v, d.rules.n);
    net_writer_add(w, "lemma.rule.first", NET_U32, d.rule_first.v, 1, d.rule_first.n);
    net_writer_table(w, "lemma.index", d.index.v, NULL, d.index.n);
    net_writer_table(w, "lemma.exception.id", d.form_keys.v, d.form_numbers.v, forms);
    net_writer_add(w, "lemma.exception.first", NET_U32, d.lemma_first.v, 1, forms + 1);
    net_writer_strings(w, "lemma.exception", d.lemmas.v, d.lemmas.n);
    return true;
}
