// From the pipeline's files `tokenizer` and `vocab/lookups.bin` to the sections "tokens.…": the patterns as PCRE2 reads
// them, special cases, norms, and the trie of what the patterns alone make of special cases.

#include "tokens/import.h"

#include "net/msgpack.h"
#include "tokens/ids.h"
#include "tokens/tokenizer.h"

#include <string.h>

enum { KEY_ORTH = 65, KEY_NORM = 67 };

// Norms every spaCy pipeline has without keeping them in its files (spacy.lang.norm_exceptions).
static const char *const base_norms[][2] = {
    {"'s", "'s"}, {"'S", "'s"}, {"’s", "'s"}, {"’S", "'s"}, {"’", "'"},  {"‘", "'"},  {"´", "'"},    {"`", "'"},   {"”", "\""},
    {"“", "\""},  {"''", "\""}, {"``", "\""}, {"´´", "\""}, {"„", "\""}, {"»", "\""}, {"«", "\""},   {"‘‘", "\""}, {"’’", "\""},
    {"？", "?"},  {"！", "!"},  {"，", ","},  {"；", ";"},  {"：", ":"}, {"。", "."}, {"।", "."},    {"…", "..."}, {"—", "-"},
    {"–", "-"},   {"--", "-"},  {"---", "-"}, {"——", "-"},  {"€", "$"},  {"£", "$"},  {"¥", "$"},    {"฿", "$"},   {"US$", "$"},
    {"C$", "$"},  {"A$", "$"},  {"₺", "$"},   {"₹", "$"},   {"৳", "$"},  {"₩", "$"},  {"Mex$", "$"}, {"₣", "$"},   {"E£", "$"},
};

typedef struct {
    str   *v;
    size_t n, cap;
} string_drafts;

typedef struct {
    uint64_t *v;
    size_t    n, cap;
} id_drafts;

typedef struct {
    uint32_t *v;
    size_t    n, cap;
} number_drafts;

static bool import_patterns(arena *a, const msg *map, const char *file, tokenizer *t, net_writer *w, fault *f)
{
    static const char *const names[PATTERN_COUNT] = {"prefix_search", "suffix_search", "infix_finditer", "token_match",
                                                     "url_match"};
    str                      patterns[PATTERN_COUNT] = {{0}};
    for (int i = 0; i < PATTERN_COUNT; i++) {
        const msg  *m = msg_get(map, names[i]);
        const char *why = NULL;
        if (!m || !msg_is_text(m) || !m->n) continue;
        patterns[i] = regex_from_python(a, msg_str(m), &why);
        if (why) return fault_set(f, "%s: %s: %s is not supported", file, names[i], why);
        if (!(t->pattern[i] = regex_compile(a, patterns[i], arena_printf(a, "%s: %s", file, names[i]).p, f))) return false;
    }
    net_writer_strings(w, "tokens.patterns", patterns, PATTERN_COUNT);
    return true;
}

// Whether no string of up to three ASCII letters has a match of prefix, suffix or infix: then words are not tried at all.
static bool letters_stay_whole(const tokenizer *t, regex_work *work)
{
    char   s[3];
    size_t start, end;
    for (int i = 0; i < 53 * 53 * 53; i++) {
        size_t n = 0;
        for (int k = 0, x = i; k < 3; k++, x /= 53)
            if (x % 53) s[n++] = (char)((x % 53 <= 26 ? 'A' - 1 : 'a' - 27) + x % 53);
        for (int k = PATTERN_PREFIX; n && k <= PATTERN_INFIX; k++)
            if (t->pattern[k] && regex_search(t->pattern[k], work, (str){s, n}, 0, &start, &end)) return false;
    }
    return true;
}

static bool import_specials(arena *a, const msg *map, const char *file, string_drafts *texts, net_writer *w, fault *f)
{
    string_drafts norms = {0};
    number_drafts first = {0}, lengths = {0}, numbers = {0};
    id_drafts     ids = {0};
    const msg    *specials = msg_get(map, "exceptions");
    if (!specials || specials->kind != MSG_MAP) return fault_set(f, "%s: no map of exceptions", file);
    for (uint32_t i = 0; i < specials->n; i++) {
        str        text = msg_str(&specials->items[2 * i]);
        const msg *pieces = &specials->items[2 * i + 1];
        size_t     sum = 0;
        *push(a, &first) = (uint32_t)lengths.n;
        for (uint32_t k = 0; pieces->kind == MSG_ARRAY && k < pieces->n; k++) {
            str orth = msg_str(msg_get_int(&pieces->items[k], KEY_ORTH));
            if (!orth.n || !str_eq(str_cut(text, sum, sum + orth.n), orth)) break;
            *push(a, &lengths) = (uint32_t)orth.n;
            *push(a, &norms) = msg_str(msg_get_int(&pieces->items[k], KEY_NORM));
            sum += orth.n;
        }
        if (!text.n || sum != text.n)
            return fault_set(f, "%s: the tokens of the exception \"%.*s\" do not make it up", file, (int)text.n, text.p);
        *push(a, &numbers) = i;
        *push(a, &ids) = tokens_id(text);
        *push(a, texts) = text;
    }
    *push(a, &first) = (uint32_t)lengths.n;
    net_writer_strings(w, "tokens.special", texts->v, texts->n);
    net_writer_table(w, "tokens.special.id", ids.v, numbers.v, ids.n);
    net_writer_add(w, "tokens.special.first", NET_U32, first.v, 1, first.n);
    net_writer_add(w, "tokens.special.length", NET_U32, lengths.v, 1, lengths.n);
    net_writer_strings(w, "tokens.special.norm", norms.v, norms.n);
    return true;
}

static void add_norm(arena *a, id_drafts *ids, number_drafts *numbers, string_drafts *norms, uint64_t id, str norm)
{
    *push(a, ids) = id;
    *push(a, numbers) = (uint32_t)norms->n;
    *push(a, norms) = norm;
}

static bool import_norms(arena *a, const package *p, net_writer *w, fault *f)
{
    id_drafts     ids = {0};
    number_drafts numbers = {0};
    string_drafts norms = {0};
    str           bytes;
    if (package_has(p, "vocab/lookups.bin")) {
        if (!package_read(p, "vocab/lookups.bin", &bytes, f)) return false;
        const msg *top = msg_read(a, bytes), *table = msg_get(top, "lexeme_norm");
        if (!top) return fault_set(f, "%s: vocab/lookups.bin: not MessagePack", package_path(p));
        for (uint32_t i = 0; table && table->kind == MSG_MAP && i < table->n; i++) {
            uint64_t id;
            if (msg_uint(&table->items[2 * i], &id) && msg_is_text(&table->items[2 * i + 1]))
                add_norm(a, &ids, &numbers, &norms, id, msg_str(&table->items[2 * i + 1]));
        }
    }
    for (size_t i = 0; i < sizeof base_norms / sizeof *base_norms; i++)
        add_norm(a, &ids, &numbers, &norms, tokens_id(str_of(base_norms[i][0])), str_of(base_norms[i][1]));
    net_writer_strings(w, "tokens.norm", norms.v, norms.n);
    net_writer_table(w, "tokens.norm.id", ids.v, numbers.v, ids.n);
    return true;
}

typedef struct {
    id_drafts     keys;
    number_drafts children;
    struct {
        uint8_t *v;
        size_t   n, cap;
    } ends;
} trie_draft;

static uint32_t child_node(arena *a, trie_draft *d, uint32_t node, uint64_t orth)
{
    uint64_t key = net_pair_key(node, orth);
    for (size_t i = 0; i < d->keys.n; i++)
        if (d->keys.v[i] == key) return d->children.v[i];
    uint32_t child = (uint32_t)d->ends.n;
    *push(a, &d->keys) = key;
    *push(a, &d->children) = child;
    *push(a, &d->ends) = 0;
    return child;
}

// The special cases that the patterns would not leave whole, as the patterns alone split them.
static void import_trie(arena *a, const tokenizer *t, string_drafts specials, net_writer *w)
{
    trie_draft  d = {0};
    regex_work *work = regex_work_new(a);
    *push(a, &d.ends) = 0; // the root
    for (size_t i = 0; i < specials.n; i++) {
        str    s = specials.v[i];
        size_t start, end;
        bool   split = memchr(s.p, ' ', s.n) != NULL;
        for (int k = PATTERN_PREFIX; k <= PATTERN_INFIX; k++)
            split = split || (t->pattern[k] && regex_search(t->pattern[k], work, s, 0, &start, &end) && end > start);
        if (!split) continue;
        text_tokens tokens = tokens_find(a, t, s);
        uint32_t    node = 0;
        for (size_t k = 0; k < tokens.n; k++) node = child_node(a, &d, node, tokens.v[k].lex->orth);
        d.ends.v[node] = 1;
    }
    net_writer_table(w, "tokens.trie", d.keys.v, d.children.v, d.keys.n);
    net_writer_add(w, "tokens.trie.ends", NET_U8, d.ends.v, 1, d.ends.n);
}

bool tokens_import(arena *a, const package *p, net_writer *w, fault *f)
{
    static const uint64_t no_key = 0; // tables of one free slot
    str                   bytes;
    const char           *file = arena_printf(a, "%s: tokenizer", package_path(p)).p;
    if (!package_read(p, "tokenizer", &bytes, f)) return false;
    const msg *map = msg_read(a, bytes);
    if (!map || map->kind != MSG_MAP) return fault_set(f, "%s: not a MessagePack map", file);
    tokenizer     patterns_alone = {.specials = {.keys = &no_key}, .norms = {.keys = &no_key}, .trie = {.keys = &no_key}};
    string_drafts specials = {0};
    if (!import_patterns(a, map, file, &patterns_alone, w, f) || !import_specials(a, map, file, &specials, w, f) ||
        !import_norms(a, p, w, f))
        return false;
    uint8_t *whole = new (a, uint8_t);
    *whole = letters_stay_whole(&patterns_alone, regex_work_new(a));
    net_writer_add(w, "tokens.letters_whole", NET_U8, whole, 1, (size_t)1);
    import_trie(a, &patterns_alone, specials, w);
    return true;
}
