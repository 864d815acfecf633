// Loads the frames, defaults, word classes and governors of data/events/.

#include "events/lexicon.h"

#include <stdlib.h>
#include <string.h>

enum { RULE_LENGTH = 40 };

static const char *const slot_names[] = {"subj",  "obj",    "surface", "poss", "owner",  "mod", "light",
                                         "given", "bearer", "content", "comp", "captor", "head"};

static size_t count_pieces(str s, char by)
{
    size_t n = 0;
    for (str rest = s; rest.p;) n += str_trim(str_split(rest, by, &rest)).n > 0;
    return n;
}

// The non-empty pieces of s.
static str *pieces(arena *a, str s, char by, size_t *n)
{
    *n = 0;
    str *v = new_array(a, str, count_pieces(s, by) + 1);
    for (str rest = s; rest.p;) {
        str piece = str_trim(str_split(rest, by, &rest));
        if (piece.n) v[(*n)++] = piece;
    }
    return v;
}

static slot slot_of(str name)
{
    for (size_t i = 0; i < sizeof slot_names / sizeof *slot_names; i++)
        if (str_is(name, slot_names[i])) return (slot){.kind = (slot_kind)i};
    return (slot){.kind = SLOT_PREP, .prep = name};
}

static slot_list slots_of(arena *a, str field)
{
    if (!field.n) return (slot_list){0};
    if (str_is(field, "-")) return (slot_list){.given = true};
    size_t n;
    str   *names = pieces(a, field, '|', &n);
    slot  *v = new_array(a, slot, n + 1);
    for (size_t i = 0; i < n; i++) v[i] = slot_of(names[i]);
    return (slot_list){v, n, true};
}

static const struct {
    const char *name;
    unsigned    bits;
} kind_bits[] = {{"person", IS_PERSON},   {"place", IS_PLACE},       {"thing", IS_THING},
                 {"violent", IS_VIOLENT}, {"accident", IS_ACCIDENT}, {"act", IS_ACT},
                 {"number", IS_NUMBER},   {"any", IS_ANY},           {"none", IS_NONE}};

static const struct {
    const char  *name;
    condition_on on;
} condition_names[] = {{"under", ASKS_UNDER}, {"det", ASKS_DET}, {"voice", ASKS_VOICE}, {"comp", ASKS_COMP},
                       {"num", ASKS_NUMBER},  {"mod", ASKS_MOD}, {"dep", ASKS_DEP},     {"negated", ASKS_NEGATION}};

// "obj:person|place", "with=deal|pact", "!comp:to"
static bool read_condition(arena *a, str s, condition *c, const tsv *t, fault *f)
{
    if (s.n && s.p[0] == '!') c->not = true, s = str_cut(s, 1, s.n);
    size_t at = 0;
    while (at < s.n && s.p[at] != ':' && s.p[at] != '=') at++;
    if (at == s.n) return fault_set(f, "%s:%d: condition \"%.*s\" has neither : nor =", t->file, t->line, (int)s.n, s.p);
    str key = str_cut(s, 0, at);
    c->on = ASKS_SLOT;
    for (size_t i = 0; i < sizeof condition_names / sizeof *condition_names; i++)
        if (str_is(key, condition_names[i].name)) c->on = condition_names[i].on;
    if (c->on == ASKS_SLOT) c->where = slot_of(key);
    c->words = pieces(a, str_cut(s, at + 1, s.n), '|', &c->n_words);
    if (s.p[at] == '=' || c->on == ASKS_DET || c->on == ASKS_VOICE || c->on == ASKS_COMP || c->on == ASKS_NUMBER ||
        c->on == ASKS_DEP || c->on == ASKS_NEGATION)
        return true;
    for (size_t i = 0; i < c->n_words; i++) {
        unsigned bits = 0;
        for (size_t k = 0; k < sizeof kind_bits / sizeof *kind_bits; k++)
            if (str_is(c->words[i], kind_bits[k].name)) bits = kind_bits[k].bits;
        if (!bits) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", t->file, t->line, (int)c->words[i].n, c->words[i].p);
        c->kinds |= bits;
    }
    c->n_words = 0;
    return true;
}

static int frame_type(str name)
{
    for (int i = 0; i < EVENT_TYPE_COUNT; i++)
        if (str_is(name, event_type_name((event_type)i))) return i;
    return str_is(name, "HARM") ? FRAME_HARM : str_is(name, "-") ? FRAME_NO_EVENT : -1;
}

typedef struct {
    frame *v;
    size_t n, cap;
} frame_list;

// "strike/v obj=deal": the word, its class and what is asked, cut where it is long.
static str rule_name(arena *a, str word, char class, str when)
{
    bool   cut = when.n > RULE_LENGTH;
    size_t n = cut ? RULE_LENGTH : when.n;
    return arena_printf(a, "%.*s/%c%s%.*s%s", (int)word.n, word.p, class, n ? " " : "", (int)n, when.p, cut ? "…" : "");
}

static bool load_frames(const data_set *d, const char *file, char class, frame_list *list, fault *f)
{
    tsv t;
    if (!data_open(d, file, &t, f)) return false;
    while (tsv_next(&t)) {
        frame *fr = push(d->a, list);
        str    word = tsv_get(&t, "word"), when = tsv_get(&t, "when"), of_class = tsv_get(&t, "class");
        size_t n;
        str   *words = pieces(d->a, word, ' ', &n);
        if (!n) return fault_set(f, "%s:%d: no word", t.file, t.line);
        fr->head = words[0];
        fr->also = words + 1;
        fr->n_also = n - 1;
        fr->class = of_class.n ? of_class.p[0] : class;
        fr->type = frame_type(tsv_get(&t, "type"));
        if (fr->type < 0)
            return fault_set(f, "%s:%d: unknown type \"%.*s\"", t.file, t.line, (int)tsv_get(&t, "type").n,
                             tsv_get(&t, "type").p);
        str       *asked = pieces(d->a, when, ' ', &n);
        condition *c = new_array(d->a, condition, n + 1);
        for (size_t i = 0; i < n; i++)
            if (!read_condition(d->a, asked[i], &c[i], &t, f)) return false;
        fr->when = c;
        fr->n_when = n;
        fr->actor = slots_of(d->a, tsv_get(&t, "actor"));
        fr->recipient = slots_of(d->a, tsv_get(&t, "recipient"));
        fr->mode = pieces(d->a, tsv_get(&t, "mode"), ' ', &fr->n_mode);
        fr->context = pieces(d->a, tsv_get(&t, "context"), ' ', &fr->n_context);
        fr->rule = rule_name(d->a, word, fr->class, when);
        fr->order = (uint32_t)list->n;
    }
    return true;
}

// How much a row asks for: a phrase's words and named lemmas tell more than kinds.
static size_t frame_weight(const frame *fr)
{
    size_t asked = 4 * fr->n_also;
    for (size_t i = 0; i < fr->n_when; i++) asked += fr->when[i].not ? 0 : fr->when[i].n_words ? 3 : 1;
    return asked;
}

// By word and class; within it the more that is asked for, the earlier it is tried.
static int frame_order(const void *x, const void *y)
{
    const frame *a = x, *b = y;
    int          c = str_cmp(a->head, b->head);
    if (c) return c;
    if (a->class != b->class) return a->class - b->class;
    size_t asked_a = frame_weight(a), asked_b = frame_weight(b);
    if (asked_a != asked_b) return asked_a < asked_b ? 1 : -1;
    return a->order < b->order ? -1 : 1;
}

static str class_key(arena *a, str word, char class) { return arena_printf(a, "%.*s/%c", (int)word.n, word.p, class); }

static bool load_defaults(const data_set *d, event_rules *r, fault *f)
{
    tsv t;
    if (!data_open(d, "events/types.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        int type = frame_type(tsv_get(&t, "type"));
        str class = tsv_get(&t, "class");
        if (type < 0 || type == FRAME_NO_EVENT || class.n != 1 || !strchr("vna", class.p[0]))
            return fault_set(f, "%s:%d: unknown type or class", t.file, t.line);
        r->defaults[type][class.p[0] == 'v'   ? 0
                          : class.p[0] == 'n' ? 1
                                              : 2] = (type_default){
            slots_of(d->a, tsv_get(&t, "actor")), slots_of(d->a, tsv_get(&t, "recipient")), str_is(tsv_get(&t, "things"), "yes")};
    }
    return true;
}

#define WORD_CLASS_NAME(id) #id,
static const char *const word_class_names[] = {WORD_CLASSES(WORD_CLASS_NAME)};

static bool load_words(const data_set *d, event_rules *r, fault *f)
{
    tsv t;
    if (!data_open(d, "events/words.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str class = tsv_get(&t, "class");
        uint32_t bit = 0;
        while (bit < WORD_CLASS_COUNT && !str_is(class, word_class_names[bit])) bit++;
        if (bit == WORD_CLASS_COUNT) return fault_set(f, "%s:%d: unknown class \"%.*s\"", t.file, t.line, (int)class.n, class.p);
        for (str rest = tsv_get(&t, "words"); rest.p;) {
            str       word = str_trim(str_split(rest, ' ', &rest));
            uint32_t *bits = map_put(d->a, &r->words, word);
            *bits = (*bits == MAP_NONE ? 0 : *bits) | 1u << bit;
        }
    }
    return true;
}

// Verb forms whose lemma the model's lemmatizer gets wrong ("raped" -> "rap").
static bool load_forms(const data_set *d, event_rules *r, fault *f)
{
    tsv t;
    if (!data_open(d, "events/forms.tsv", &t, f)) return false;
    struct {
        str   *v;
        size_t n, cap;
    } lemmas = {0};
    while (tsv_next(&t)) {
        *push(d->a, &lemmas) = tsv_get(&t, "lemma");
        for (str rest = tsv_get(&t, "forms"); rest.p;) {
            str form = str_trim(str_split(rest, ' ', &rest));
            if (form.n) *map_put(d->a, &r->forms, form) = (uint32_t)lemmas.n - 1;
        }
    }
    r->form_lemmas = lemmas.v;
    return true;
}

// Given names and nouns that tell man from woman.
static bool load_genders(const data_set *d, event_rules *r, fault *f)
{
    static const char *const files[] = {"mentions/given.tsv", "events/genders.tsv"};
    for (int i = 0; i < 2; i++) {
        tsv t;
        if (!data_open(d, files[i], &t, f)) return false;
        while (tsv_next(&t)) {
            str gender = tsv_get(&t, "gender");
            if (!str_is(gender, "m") && !str_is(gender, "f")) continue;
            for (str rest = tsv_get(&t, "names"); rest.p;) {
                str name = str_trim(str_split(rest, ' ', &rest));
                if (name.n) *map_put(d->a, &r->gender, name) = (uint32_t)gender.p[0];
            }
        }
    }
    return true;
}

str lexicon_lemma(const event_rules *r, const token *t)
{
    if (t->pos != POS_VERB) return t->lemma;
    uint32_t n = map_get(&r->forms, t->lower);
    return n == MAP_NONE ? t->lemma : r->form_lemmas[n];
}

bool lexicon_is(const event_rules *r, str lower, word_class c)
{
    uint32_t bits = map_get(&r->words, lower);
    return bits != MAP_NONE && (bits >> c & 1);
}

static const struct {
    const char *name;
    unsigned    bits;
} comp_bits[] = {{"to", COMP_TO}, {"that", COMP_THAT}, {"ing", COMP_ING}, {"obj", COMP_OBJ},  {"for", COMP_FOR},
                 {"of", COMP_OF}, {"subj", COMP_SUBJ}, {"in", COMP_IN},   {"from", COMP_FROM}};

static bool load_governors(const data_set *d, event_rules *r, fault *f)
{
    tsv t;
    if (!data_open(d, "events/governors.tsv", &t, f)) return false;
    struct {
        governor *v;
        size_t    n, cap;
    } list = {0};
    while (tsv_next(&t)) {
        str class = tsv_get(&t, "class"), status = tsv_get(&t, "status");
        int s = str_is(status, "same") ? -1 : -2;
        for (int i = 0; i <= EVENT_HYPOTHETICAL; i++)
            if (str_is(status, event_status_name((event_status)i))) s = i;
        unsigned on = 0;
        for (str rest = tsv_get(&t, "on"); rest.p;) {
            str piece = str_split(rest, '|', &rest);
            for (size_t k = 0; k < sizeof comp_bits / sizeof *comp_bits; k++)
                if (str_is(piece, comp_bits[k].name)) on |= comp_bits[k].bits;
        }
        if (s == -2 || !on || class.n != 1) return fault_set(f, "%s:%d: unknown status, complement or class", t.file, t.line);
        for (str rest = tsv_get(&t, "words"); rest.p;) {
            str       word = str_split(rest, ' ', &rest);
            uint32_t *first = map_put(d->a, &r->governor_of, class_key(d->a, word, class.p[0]));
            *push(d->a, &list) = (governor){word, class.p[0], on, s, *first};
            *first = (uint32_t)list.n - 1;
        }
    }
    r->governors = list.v;
    r->n_governors = list.n;
    return true;
}

bool lexicon_load(const data_set *d, event_rules *r, fault *f)
{
    frame_list list = {0};
    if (!load_defaults(d, r, f) || !load_words(d, r, f) || !load_forms(d, r, f) || !load_genders(d, r, f) ||
        !load_governors(d, r, f) || !scene_load(d, "events/scene.tsv", &r->scene, f) || !scene_load(d, "events/day.tsv", &r->day, f))
        return false;
    if (!load_frames(d, "events/verbs.tsv", 'v', &list, f) || !load_frames(d, "events/nouns.tsv", 'n', &list, f) ||
        !load_frames(d, "events/adjectives.tsv", 'a', &list, f) || !load_frames(d, "events/phrases.tsv", 'v', &list, f))
        return false;
    if (list.n) qsort(list.v, list.n, sizeof *list.v, frame_order);
    for (size_t i = 0; i < list.n; i++)
        if (i == 0 || !str_eq(list.v[i].head, list.v[i - 1].head) || list.v[i].class != list.v[i - 1].class)
            *map_put(d->a, &r->of_lemma, class_key(d->a, list.v[i].head, list.v[i].class)) = (uint32_t)i;
    r->frames = list.v;
    r->n_frames = list.n;
    return true;
}

const frame *lexicon_frames(const event_rules *r, str lemma, char class, size_t *n)
{
    char key[64];
    *n = 0;
    if (lemma.n + 2 > sizeof key) return NULL;
    for (size_t i = 0; i < lemma.n; i++) key[i] = lemma.p[i] >= 'A' && lemma.p[i] <= 'Z' ? (char)(lemma.p[i] + 32) : lemma.p[i];
    key[lemma.n] = '/';
    key[lemma.n + 1] = class;
    uint32_t first = map_get(&r->of_lemma, (str){key, lemma.n + 2});
    if (first == MAP_NONE) return NULL;
    const frame *fr = &r->frames[first];
    while (first + *n < r->n_frames && str_eq(r->frames[first + *n].head, fr->head) && r->frames[first + *n].class == class)
        (*n)++;
    return fr;
}
