// The attribute ruler: sequences of tokens, each with conditions on tag, label and form, and what is then written to one of
// them. All conditions see the tokens as they came; of several values for one attribute the last entry's stays.
//
//   TAG MD, LOWER ca                   ->   LEMMA can
//   DEP expl, then LOWER in {is, are}  ->   POS VERB on the second

#include "base/utf8.h"
#include "net/table.h"
#include "parse/ruler_file.h"
#include "parse/rules.h"
#include "tokens/ids.h"
#include "tokens/regex.h"

#include <stdlib.h>

enum { MOST_ENTRIES = UINT16_MAX - 1, MOST_TOKENS = 64 /* of a sequence */ };

typedef struct {
    uint64_t bits[4];
} byte_set;

// On the form of a token.
typedef struct {
    uint8_t         attribute, relation;
    const uint64_t *ids; // [n]
    uint32_t        n;
    const regex    *pattern; // of RULER_REGEX
} form_condition;

typedef struct {
    byte_set        tags, deps;
    bool            space, no_space; // it must, must not be white space
    form_condition *forms;           // [n_forms]
    uint32_t        n_forms;
} token_spec;

typedef struct {
    uint32_t          at, entry, n; // token written to, what is written, tokens
    const token_spec *specs;        // [n]
} token_sequence;

typedef struct {
    const token_sequence **v;
    size_t                 n, cap;
} sequence_refs;

typedef struct {
    uint64_t              id;
    uint8_t               attribute;
    const token_sequence *sequence;
} form_entry;

typedef struct {
    uint8_t pos, tag, dep;
} label_writes;

struct ruler {
    net_strings     text;
    const uint32_t *entries; // [n_entries, RULER_WRITES]
    label_writes   *writes;  // [n_entries]: the same as labels' numbers
    uint32_t        n_entries;
    // Each sequence stands once or more where its first token needs most: a form, a pattern of forms, white space, a label, a
    // tag; or nothing of these.
    struct {
        form_entry *v; // by id
        size_t      n, cap;
    } by_form;
    sequence_refs by_pattern, by_space, by_dep[256], by_tag[256], by_nothing;
};

static bool set_has(const byte_set *s, uint8_t i) { return (s->bits[i / 64] >> i % 64 & 1) != 0; }
static void set_put(byte_set *s, uint8_t i) { s->bits[i / 64] |= (uint64_t)1 << i % 64; }

// --- loading ---

// The arrays of ruler_file.h, as they lie.
typedef struct {
    net_array entries, sequences, specs, conditions, values;
} ruler_arrays;

static const uint32_t *ruler_row(const net_array *x, uint32_t i) { return (const uint32_t *)x->data + (size_t)i * x->shape[1]; }

static bool rows_within(const net_array *x, uint32_t first, uint32_t n)
{
    return first <= x->shape[0] && n <= x->shape[0] - first;
}

static bool check_ruler(const ruler *r, const ruler_arrays *x)
{
    bool ok = x->entries.shape[1] == RULER_WRITES && x->sequences.shape[1] == 4 && x->specs.shape[1] == 2 &&
              x->conditions.shape[1] == 4 && x->entries.shape[0] <= MOST_ENTRIES &&
              utf8_valid((str){r->text.bytes, r->text.at[r->text.n]});
    for (uint32_t i = 0; ok && i < x->entries.n; i++) {
        uint32_t text = ((const uint32_t *)x->entries.data)[i];
        ok = text == UINT32_MAX || text < r->text.n;
    }
    for (uint32_t i = 0; ok && i < x->sequences.shape[0]; i++) {
        const uint32_t *s = ruler_row(&x->sequences, i);
        ok = s[0] < s[3] && s[1] < x->entries.shape[0] && s[3] <= MOST_TOKENS && rows_within(&x->specs, s[2], s[3]);
    }
    for (uint32_t i = 0; ok && i < x->specs.shape[0]; i++)
        ok = rows_within(&x->conditions, ruler_row(&x->specs, i)[0], ruler_row(&x->specs, i)[1]);
    for (uint32_t i = 0; ok && i < x->conditions.shape[0]; i++) {
        const uint32_t *c = ruler_row(&x->conditions, i);
        ok = c[0] < RULER_ON_COUNT && c[1] < RULER_RELATIONS && rows_within(&x->values, c[2], c[3]);
        ok = ok && (c[1] != RULER_REGEX || (c[0] == RULER_LOWER && c[3] == 1));
    }
    for (uint32_t i = 0; ok && i < x->values.n; i++) ok = *ruler_row(&x->values, i) < r->text.n;
    return ok;
}

// What opening needs all along.
typedef struct {
    arena       *a;
    ruler       *r;
    ruler_arrays x;
    label_names *names;
    bool         full;         // too many labels
    const char  *pattern_name; // for messages
    fault       *why;
} ruler_opening;

static uint8_t number_label(ruler_opening *o, label_kind kind, uint32_t text)
{
    return label_number(o->a, o->names, kind, net_string(o->r->text, text), &o->full);
}

static void open_writes(ruler_opening *o)
{
    ruler *r = o->r;
    r->writes = new_array(o->a, label_writes, r->n_entries);
    for (uint32_t i = 0; i < r->n_entries; i++) {
        const uint32_t *text = r->entries + (size_t)i * RULER_WRITES;
        for (int k = 0; k < POS_KNOWN && text[RULER_POS] != UINT32_MAX; k++)
            if (str_is(net_string(r->text, text[RULER_POS]), parse_pos_name(NULL, (uint8_t)k))) r->writes[i].pos = (uint8_t)k;
        if (text[RULER_TAG] != UINT32_MAX) r->writes[i].tag = number_label(o, LABEL_TAG, text[RULER_TAG]);
        if (text[RULER_DEP] != UINT32_MAX) r->writes[i].dep = number_label(o, LABEL_DEP, text[RULER_DEP]);
    }
}

static void narrow_labels(ruler_opening *o, byte_set *set, label_kind kind, const uint32_t *values, uint32_t n, bool in)
{
    byte_set named = {{0}};
    for (uint32_t i = 0; i < n; i++) set_put(&named, number_label(o, kind, values[i]));
    for (int i = 0; i < 4; i++) set->bits[i] &= in ? named.bits[i] : ~named.bits[i];
}

static bool open_form(ruler_opening *o, form_condition *c, const uint32_t *row, const uint32_t *values)
{
    *c = (form_condition){.attribute = (uint8_t)row[0], .relation = (uint8_t)row[1], .n = row[3]};
    if (row[1] == RULER_REGEX)
        return (c->pattern = regex_compile(o->a, net_string(o->r->text, values[0]), o->pattern_name, o->why)) != NULL;
    uint64_t *ids = new_array(o->a, uint64_t, row[3]);
    for (uint32_t i = 0; i < row[3]; i++) ids[i] = tokens_id(net_string(o->r->text, values[i]));
    c->ids = ids;
    return true;
}

static bool open_spec(ruler_opening *o, token_spec *spec, const uint32_t *row)
{
    for (int i = 0; i < 4; i++) spec->tags.bits[i] = spec->deps.bits[i] = UINT64_MAX;
    spec->forms = new_array(o->a, form_condition, row[1]);
    for (uint32_t i = 0; i < row[1]; i++) {
        const uint32_t *c = ruler_row(&o->x.conditions, row[0] + i), *values = ruler_row(&o->x.values, c[2]);
        bool            in = c[1] == RULER_IN;
        switch (c[0]) {
        case RULER_ON_TAG: narrow_labels(o, &spec->tags, LABEL_TAG, values, c[3], in); break;
        case RULER_ON_DEP: narrow_labels(o, &spec->deps, LABEL_DEP, values, c[3], in); break;
        case RULER_IS_SPACE: *(in ? &spec->space : &spec->no_space) = true; break;
        default:
            if (!open_form(o, &spec->forms[spec->n_forms++], c, values)) return false;
        }
    }
    return true;
}

static void list_sequence(arena *a, sequence_refs *to, const token_sequence *s) { *push(a, to) = s; }

static void list_by_labels(arena *a, sequence_refs lists[256], const byte_set *set, const token_sequence *s)
{
    for (int i = 0; i < 256; i++)
        if (set_has(set, (uint8_t)i)) list_sequence(a, &lists[i], s);
}

static int set_size(const byte_set *s)
{
    int n = 0;
    for (int i = 0; i < 256; i++) n += set_has(s, (uint8_t)i);
    return n;
}

static void index_sequence(arena *a, ruler *r, const token_sequence *s)
{
    const token_spec *first = &s->specs[0];
    for (uint32_t i = 0; i < first->n_forms; i++) {
        const form_condition *c = &first->forms[i];
        if (c->relation == RULER_NOT_IN) continue;
        if (c->relation == RULER_REGEX) list_sequence(a, &r->by_pattern, s);
        else
            for (uint32_t k = 0; k < c->n; k++) *push(a, &r->by_form) = (form_entry){c->ids[k], c->attribute, s};
        return;
    }
    int tags = set_size(&first->tags), deps = set_size(&first->deps);
    if (first->space) list_sequence(a, &r->by_space, s);
    else if (tags == 256 && deps == 256) list_sequence(a, &r->by_nothing, s);
    else if (tags <= deps) list_by_labels(a, r->by_tag, &first->tags, s);
    else list_by_labels(a, r->by_dep, &first->deps, s);
}

static int compare_form_entries(const void *x, const void *y)
{
    const form_entry *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static bool open_sequences(ruler_opening *o)
{
    uint32_t        n = o->x.sequences.shape[0];
    token_sequence *sequences = new_array(o->a, token_sequence, n);
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t *row = ruler_row(&o->x.sequences, i);
        token_spec     *specs = new_array(o->a, token_spec, row[3]);
        for (uint32_t k = 0; k < row[3]; k++)
            if (!open_spec(o, &specs[k], ruler_row(&o->x.specs, row[2] + k))) return false;
        sequences[i] = (token_sequence){row[0], row[1], row[3], specs};
        index_sequence(o->a, o->r, &sequences[i]);
    }
    return true;
}

const ruler *ruler_open(arena *a, const net_file *f, label_names *names, fault *why)
{
    ruler_opening o = {.a = a, .r = new (a, ruler), .names = names, .why = why};
    o.pattern_name = arena_printf(a, "%s: a pattern of the attribute ruler", f->file).p;
    ruler *r = o.r;
    if (!net_file_strings(f, "ruler.text", &r->text, why) || !net_file_array(f, "ruler.entry", NET_U32, 2, &o.x.entries, why) ||
        !net_file_array(f, "ruler.sequence", NET_U32, 2, &o.x.sequences, why) ||
        !net_file_array(f, "ruler.spec", NET_U32, 2, &o.x.specs, why) ||
        !net_file_array(f, "ruler.condition", NET_U32, 2, &o.x.conditions, why) ||
        !net_file_array(f, "ruler.value", NET_U32, 1, &o.x.values, why))
        return NULL;
    if (!check_ruler(r, &o.x)) return fault_set(why, "%s: the attribute ruler is damaged", f->file), NULL;
    r->entries = o.x.entries.data;
    r->n_entries = o.x.entries.shape[0];
    open_writes(&o);
    if (!open_sequences(&o)) return NULL;
    if (o.full) return fault_set(why, "%s: more labels in the attribute ruler than this program can number", f->file), NULL;
    if (r->by_form.n) qsort(r->by_form.v, r->by_form.n, sizeof *r->by_form.v, compare_form_entries);
    return r;
}

// --- running ---

// Which entry, counted from 1, writes an attribute of a token; 0: none.
typedef struct {
    uint16_t by[RULER_WRITES];
} written;

// Sequences whose first token may have a form.
typedef struct {
    const token_sequence *const *v;
    size_t                       n;
    bool                         known;
} form_sequences;

typedef struct {
    arena          *a;
    const ruler    *r;
    text_tokens     t;
    const token    *v;
    regex_work     *work;
    form_sequences *forms; // [t.n_lexemes]
    written        *written;
} ruler_run;

static bool form_holds(const ruler_run *u, const form_condition *c, const lexeme *x)
{
    if (c->pattern) return regex_matches(c->pattern, u->work, x->lower);
    uint64_t id = c->attribute == RULER_LOWER ? x->lower_id : x->orth;
    bool     in = false;
    for (uint32_t i = 0; i < c->n && !in; i++) in = c->ids[i] == id;
    return in == (c->relation == RULER_IN);
}

static bool forms_hold(const ruler_run *u, const token_spec *s, const lexeme *x)
{
    if ((s->space && !x->is_space) || (s->no_space && x->is_space)) return false;
    for (uint32_t i = 0; i < s->n_forms; i++)
        if (!form_holds(u, &s->forms[i], x)) return false;
    return true;
}

static bool sequence_holds(const ruler_run *u, const token_sequence *s, size_t i)
{
    if (s->n > u->t.n - i) return false;
    for (uint32_t k = 0; k < s->n; k++)
        if (!set_has(&s->specs[k].tags, u->v[i + k].tag) || !set_has(&s->specs[k].deps, u->v[i + k].dep) ||
            !forms_hold(u, &s->specs[k], u->t.v[i + k].lex))
            return false;
    return true;
}

static void try_token_sequences(ruler_run *u, const token_sequence *const *v, size_t n, size_t i)
{
    for (size_t k = 0; k < n; k++) {
        const token_sequence *s = v[k];
        if (!sequence_holds(u, s, i)) continue;
        const uint32_t *values = u->r->entries + (size_t)s->entry * RULER_WRITES;
        uint16_t       *by = u->written[i + s->at].by;
        for (int w = 0; w < RULER_WRITES; w++)
            if (values[w] != UINT32_MAX && s->entry + 1 >= by[w]) by[w] = (uint16_t)(s->entry + 1);
    }
}

static void add_by_id(ruler_run *u, sequence_refs *to, uint64_t id, uint8_t attribute, const lexeme *x)
{
    size_t low = 0, high = u->r->by_form.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (u->r->by_form.v[middle].id < id) low = middle + 1;
        else high = middle;
    }
    for (; low < u->r->by_form.n && u->r->by_form.v[low].id == id; low++) {
        const form_entry *e = &u->r->by_form.v[low];
        if (e->attribute == attribute && forms_hold(u, &e->sequence->specs[0], x)) list_sequence(u->a, to, e->sequence);
    }
}

static const form_sequences *sequences_of_form(ruler_run *u, const lexeme *x)
{
    form_sequences *s = &u->forms[x->number];
    if (s->known) return s;
    sequence_refs list = {0};
    add_by_id(u, &list, x->lower_id, RULER_LOWER, x);
    add_by_id(u, &list, x->orth, RULER_ORTH, x);
    for (size_t i = 0; i < u->r->by_pattern.n; i++)
        if (forms_hold(u, &u->r->by_pattern.v[i]->specs[0], x)) list_sequence(u->a, &list, u->r->by_pattern.v[i]);
    for (size_t i = 0; x->is_space && i < u->r->by_space.n; i++) list_sequence(u->a, &list, u->r->by_space.v[i]);
    *s = (form_sequences){list.v, list.n, true};
    return s;
}

static str written_text(const ruler *r, const written *w, int what)
{
    return net_string(r->text, r->entries[(size_t)(w->by[what] - 1) * RULER_WRITES + (size_t)what]);
}

static void write_token(const ruler *r, const written *w, token *t)
{
    if (w->by[RULER_POS]) t->pos = r->writes[w->by[RULER_POS] - 1].pos;
    if (w->by[RULER_TAG]) t->tag = r->writes[w->by[RULER_TAG] - 1].tag;
    if (w->by[RULER_DEP]) t->dep = r->writes[w->by[RULER_DEP] - 1].dep;
    if (w->by[RULER_MORPH]) t->morph = written_text(r, w, RULER_MORPH);
    if (w->by[RULER_LEMMA]) t->lemma = written_text(r, w, RULER_LEMMA);
}

void ruler_apply(arena *a, const ruler *r, text_tokens t, token *v)
{
    ruler_run u = {.a = a, .r = r, .t = t, .v = v, .work = regex_work_new(a)};
    u.forms = new_array(a, form_sequences, t.n_lexemes);
    u.written = new_array(a, written, t.n);
    for (size_t i = 0; i < t.n; i++) {
        const form_sequences *s = sequences_of_form(&u, t.v[i].lex);
        try_token_sequences(&u, s->v, s->n, i);
        try_token_sequences(&u, r->by_tag[v[i].tag].v, r->by_tag[v[i].tag].n, i);
        try_token_sequences(&u, r->by_dep[v[i].dep].v, r->by_dep[v[i].dep].n, i);
        try_token_sequences(&u, r->by_nothing.v, r->by_nothing.n, i);
    }
    for (size_t i = 0; i < t.n; i++) write_token(r, &u.written[i], &v[i]);
}
