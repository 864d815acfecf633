// Loading the tables of data/quantities.

#include "quantities/rules.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const number_kinds[] = {"unit",  "tens", "hundred", "scale", "suffix",
                                           "dozen", "half", "ordinal", "none",  NULL};
static const char *const role_names[] = {"object", "subject", "of", "toll", "is", "in", "life", "for", NULL};
static const char *const class_names[] = {"person",   "role", "nation", "family", "mass", "group",
                                          "casualty", "body", "life",   "thing",  NULL};
static const char *const unit_names[] = {"measure", "time", "money", "percent", "label", "amount", "strength", NULL};
static const char *const side_names[] = {"before", "after", "verb", NULL};
static const char *const status_roles[] = {"aux", "over", "adverb", "neg", "change", "total", "old", "lasting", NULL};
static const char *const op_names[] = {"=", ">=", ">", "<=", "<", "~", "range", "vague", NULL};
static const char *const effect_names[] = {"killed",    "injured", "infected", "missing",  "abducted", "arrested",
                                           "displaced", "rescued", "present",  "deployed", "other",    NULL};
static const char *const status_names[] = {"asserted", "denied", "superseded", "feared", "planned", NULL};

const char *quantity_op_name(quantity_op op) { return op_names[op]; }
const char *quantity_effect_name(quantity_effect e) { return effect_names[e]; }
const char *figure_status_name(figure_status s) { return status_names[s]; }

static bool name_in(const tsv *t, const char *column, const char *const *names, uint32_t *out, fault *f)
{
    str s = tsv_get(t, column);
    for (*out = 0; names[*out]; ++*out)
        if (str_is(s, names[*out])) return true;
    return fault_set(f, "%s:%d: unknown %s \"%.*s\"", t->file, t->line, column, (int)s.n, s.p);
}

// An empty field is no number; what is neither empty nor a number is a fault.
static bool real_in(const tsv *t, const char *column, double *out, fault *f)
{
    str   s = tsv_get(t, column);
    char  digits[32];
    char *end = digits;
    *out = NAN;
    if (!s.n) return true;
    if (s.n < sizeof digits) {
        memcpy(digits, s.p, s.n);
        digits[s.n] = 0;
        *out = strtod(digits, &end);
    }
    return *end == 0 && end != digits ? true
                                      : fault_set(f, "%s:%d: %s is no number: \"%.*s\"", t->file, t->line, column, (int)s.n, s.p);
}

static bool load_numbers(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/numbers.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t kind;
        double   value;
        if (!name_in(&t, "kind", number_kinds, &kind, f) || !real_in(&t, "value", &value, f)) return false;
        *map_put(d->a, &r->starts, tsv_get(&t, "word")) = 1;
        *map_put(d->a, &r->numbers, tsv_get(&t, "word")) = (uint32_t)r->number.n;
        *push(d->a, &r->number) = (number_word){(number_kind)kind, value};
    }
    return true;
}

static bool load_operators(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/operators.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t side, op;
        if (!name_in(&t, "side", side_names, &side, f) || !name_in(&t, "op", op_names, &op, f)) return false;
        *map_put(d->a, &r->operators[side], tsv_get(&t, "words")) = op;
    }
    return true;
}

static bool load_vague(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/vague.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        vague_row row;
        if (!real_in(&t, "low", &row.low, f) || !real_in(&t, "high", &row.high, f)) return false;
        str phrase = tsv_get(&t, "words");
        if (str_is(phrase, "~")) {
            r->about = row;
            continue;
        }
        str rest;
        *map_put(d->a, &r->starts, str_split(phrase, ' ', &rest)) = 1;
        *map_put(d->a, &r->vague, phrase) = (uint32_t)r->range.n;
        *push(d->a, &r->range) = row;
    }
    return true;
}

static bool load_people(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/people.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t class, effect = EFFECT_OTHER;
        bool has = tsv_get(&t, "effect").n > 0;
        if (!name_in(&t, "class", class_names, &class, f) || (has && !name_in(&t, "effect", effect_names, &effect, f)))
            return false;
        *map_put(d->a, &r->people, tsv_get(&t, "noun")) = (uint32_t)r->noun.n;
        *push(d->a, &r->noun) = (people_row){(noun_class) class, tsv_get(&t, "group").n > 0, has, (quantity_effect)effect};
    }
    return true;
}

static void add_effect(quantity_rules *r, arena *a, effect_row row)
{
    row.rule = arena_printf(a, "%.*s%s%.*s-%s", (int)row.word.n, row.word.p, row.with.n ? "-" : "", (int)row.with.n, row.with.p,
                            role_names[row.role]);
    uint32_t *first = map_put(a, &r->effects[row.role], row.word);
    row.next = *first;
    *first = (uint32_t)r->effect.n;
    *push(a, &r->effect) = row;
}

// A row with several words in `with` (parted by blanks) stands for one row each.
static bool load_effects(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/effects.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t role, effect;
        if (!name_in(&t, "role", role_names, &role, f) || !name_in(&t, "effect", effect_names, &effect, f)) return false;
        str        bare = tsv_get(&t, "bare"), rest = tsv_get(&t, "with");
        effect_row row = {.word = tsv_get(&t, "word"),
                          .role = (effect_role)role,
                          .effect = (quantity_effect)effect,
                          .bare = bare.n > 0,
                          .open = str_is(bare, "open"),
                          .care = str_is(bare, "care")};
        do {
            row.with = str_split(rest, ' ', &rest);
            add_effect(r, d->a, row);
        } while (rest.p);
    }
    return true;
}

static bool load_status(quantity_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "quantities/status.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        uint32_t role, status;
        if (!name_in(&t, "role", status_roles, &role, f) || !name_in(&t, "status", status_names, &status, f)) return false;
        *map_put(d->a, &r->status[role], tsv_get(&t, "word")) = status;
    }
    return true;
}

const quantity_rules *quantity_rules_load(const data_set *d, fault *f)
{
    quantity_rules *r = new (d->a, quantity_rules);
    words           units;
    bool            ok = load_numbers(r, d, f) && load_operators(r, d, f) && load_vague(r, d, f) && load_people(r, d, f) &&
              words_load(&units, d, "quantities/units.tsv", "word", "kind", unit_names, f) && load_effects(r, d, f) &&
              load_status(r, d, f);
    if (ok) r->units = units;
    return ok ? r : NULL;
}
