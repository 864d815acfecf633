#include "article/features.h"

#include "base/utf8.h"

#include <string.h>

enum {
    NEAR_BLOCKS = 5,    // blocks on either side that the second sweep looks at
    DISTANCE_MOST = 60, // blocks: further away is far away
    DECAY_LEVELS = 4,   // ancestors a prose block speaks for as the main element
    CHAIN_MOST = 24,    // ancestors of the main element that are told apart
    SHINGLE_WORDS = 3,
    SHORT_WORDS = 15,        // words of a block whose vocabulary counts as a short line's
    VOCABULARY_BYTES = 400,  // of a block in which words are looked up,
    VOCABULARY_LETTERS = 16, // letters of one,
    VOCABULARY_MOST = 40,    // and features they give
    LD_BODY_LEAST = 200,     // bytes: a shorter articleBody is a summary
};

static const struct {
    const char *name;
    uint16_t    values;
} families[] = {
#define FAMILY_ROW(id, name, values) {name, values},
    BLOCK_FAMILIES(FAMILY_ROW)};

static const char *const inside_names[IN_COUNT] = {
    "article", "main",    "aside",  "nav",     "header", "footer", "form", "figure", "table",  "list",  "quote",   "section",
    "dl",      "details", "button", "heading", "body",   "dialog", "link", "hidden", "custom", "label", "caption", "p"};

typedef enum {
    LOOK_NONE,
    LOOK_PROSE,
    LOOK_LINKED_LONG,
    LOOK_LINKED_SHORT,
    LOOK_SHORT_STOP,
    LOOK_SHORT,
    LOOK_HEADING,
    LOOK_ITEM
} block_look;

// --- names ---

bool features_load(feature_names *n, const data_set *d, fault *f)
{
    for (int i = 0; i < FAMILY_COUNT; i++) n->base[i + 1] = (uint16_t)(n->base[i] + families[i].values);
    tsv t;
    if (!data_open(d, "article/words.tsv", &t, f)) return false;
    for (uint32_t k = 0; tsv_next(&t); k++) {
        if (k == FEATURE_WORDS) return fault_set(f, "%s:%d: more than %d words", t.file, t.line, FEATURE_WORDS);
        n->spelling[k] = tsv_get(&t, "word");
        *map_put(d->a, &n->words, n->spelling[k]) = k;
    }
    return true;
}

static str value_name(const feature_names *n, block_family f, uint16_t value, char room[16])
{
    switch (f) {
    case FAMILY_TAG_MAIN:
    case FAMILY_TAG: return str_of(page_tag_name((uint8_t)value));
    case FAMILY_IN_MAIN:
    case FAMILY_IN: return str_of(inside_names[value]);
    case FAMILY_OWN:
    case FAMILY_PARENT:
    case FAMILY_ABOVE:
    case FAMILY_ABOVE_PROSE:
    case FAMILY_ABOVE_MAIN:
    case FAMILY_BRANCH: return str_of(article_class_names[value]);
    case FAMILY_WORD:
    case FAMILY_WORD_LONG:
        if (n->spelling[value].n) return n->spelling[value];
        __attribute__((fallthrough));
    default: snprintf(room, 16, "%d", value); return str_of(room);
    }
}

int features_number(const feature_names *n, str family, str value)
{
    char room[16];
    for (int f = 0; f < FAMILY_COUNT; f++) {
        if (!str_is(family, families[f].name)) continue;
        for (uint16_t v = 0; v < families[f].values; v++)
            if (str_eq(value, value_name(n, (block_family)f, v, room))) return n->base[f] + v;
    }
    return -1;
}

const char *features_label(arena *a, const feature_names *n, uint16_t feature)
{
    char room[16];
    int  f = 0;
    while (n->base[f + 1] <= feature) f++;
    str value = value_name(n, (block_family)f, (uint16_t)(feature - n->base[f]), room);
    return arena_printf(a, "%s=%.*s", families[f].name, (int)value.n, value.p).p;
}

// --- steps ---

static unsigned step_of(uint32_t v, const uint32_t *steps, unsigned n)
{
    unsigned k = 0;
    while (k < n && v >= steps[k]) k++;
    return k;
}

static unsigned words_step(uint32_t words)
{
    static const uint32_t steps[] = {2, 3, 5, 8, 13, 21, 41, 81, 161};
    return step_of(words, steps, 9);
}

static unsigned share_step(uint64_t part, uint64_t whole)
{
    if (!part || !whole) return 0;
    uint64_t percent = part * 100 / whole;
    return percent < 15 ? 1 : percent < 35 ? 2 : percent < 60 ? 3 : percent < 90 ? 4 : 5;
}

static unsigned prose_step(uint64_t part, uint64_t whole)
{
    if (!part || !whole) return 0;
    uint64_t percent = part * 100 / whole;
    return percent < 5 ? 1 : percent < 30 ? 2 : percent < 70 ? 3 : 4;
}

static unsigned distance_step(uint32_t d) { return d <= 1 ? 0 : d == 2 ? 1 : d <= 4 ? 2 : d <= 8 ? 3 : d <= 20 ? 4 : 5; }

static unsigned small_step(uint32_t v, unsigned most) { return v < most ? v : most; }

// --- the page ---

static uint32_t role_bit(const page_tree *t, uint32_t node)
{
    static const struct {
        const char *role;
        uint32_t    bit;
    } roles[] = {{"main", 1u << IN_MAIN},          {"navigation", 1u << IN_NAV}, {"complementary", 1u << IN_ASIDE},
                 {"contentinfo", 1u << IN_FOOTER}, {"banner", 1u << IN_HEADER},  {"dialog", 1u << IN_DIALOG},
                 {"search", 1u << IN_FORM},        {"form", 1u << IN_FORM},      {"article", 1u << IN_ARTICLE},
                 {"menu", 1u << IN_NAV},           {"button", 1u << IN_BUTTON},  {"tablist", 1u << IN_NAV}};
    str role = page_raw_attr(t, node, ATTR_ROLE);
    for (size_t i = 0; role.n && i < sizeof roles / sizeof *roles; i++)
        if (str_is(role, roles[i].role)) return roles[i].bit;
    return 0;
}

static bool says_hidden(const page_tree *t, uint32_t node)
{
    str style = page_raw_attr(t, node, ATTR_STYLE);
    if (page_raw_attr(t, node, ATTR_HIDDEN).p || str_is(page_raw_attr(t, node, ATTR_ARIA_HIDDEN), "true")) return true;
    ptrdiff_t at = style.n ? str_find(style, STR("display")) : -1;
    if (at < 0) return false;
    str rest = str_cut(style, (size_t)at + 7, style.n);
    while (rest.n && (rest.p[0] == ' ' || rest.p[0] == ':')) rest = str_cut(rest, 1, rest.n);
    return str_starts(rest, STR("none"));
}

static uint32_t tag_bit(uint8_t tag)
{
    switch (tag) {
    case TAG_ARTICLE: return 1u << IN_ARTICLE;
    case TAG_MAIN: return 1u << IN_MAIN;
    case TAG_ASIDE: return 1u << IN_ASIDE;
    case TAG_NAV:
    case TAG_MENU: return 1u << IN_NAV;
    case TAG_HEADER: return 1u << IN_HEADER;
    case TAG_FOOTER: return 1u << IN_FOOTER;
    case TAG_FORM:
    case TAG_FIELDSET: return 1u << IN_FORM;
    case TAG_FIGURE: return 1u << IN_FIGURE;
    case TAG_FIGCAPTION:
    case TAG_CAPTION: return 1u << IN_CAPTION;
    case TAG_TABLE: return 1u << IN_TABLE;
    case TAG_LI: return 1u << IN_LIST;
    case TAG_BLOCKQUOTE: return 1u << IN_QUOTE;
    case TAG_SECTION: return 1u << IN_SECTION;
    case TAG_DL: return 1u << IN_DL;
    case TAG_DETAILS: return 1u << IN_DETAILS;
    case TAG_BUTTON: return 1u << IN_BUTTON;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6: return 1u << IN_HEADING;
    case TAG_DIALOG: return 1u << IN_DIALOG;
    case TAG_A: return 1u << IN_LINK;
    case TAG_OTHER: return 1u << IN_CUSTOM;
    case TAG_LABEL: return 1u << IN_LABEL;
    case TAG_P: return 1u << IN_P;
    default: return 0;
    }
}

static void note_surroundings(feature_page *p)
{
    const page_tree *t = p->t;
    p->inside = new_array(p->a, uint32_t, t->n + 1);
    for (uint32_t i = 1; i < t->n; i++) {
        const page_node *n = &t->v[i];
        if (n->tag == TAG_TEXT || p->b->sums[n->end].blocks == p->b->sums[i].blocks) continue;
        uint32_t bits = p->inside[n->parent] | tag_bit(n->tag);
        if (n->n_attrs) {
            bits |= role_bit(t, i);
            if (says_hidden(t, i)) bits |= 1u << IN_HIDDEN;
            str prop = page_raw_attr(t, i, ATTR_ITEMPROP);
            if (prop.n && str_find(prop, STR("articleBody")) >= 0) bits |= 1u << IN_BODY;
        }
        p->inside[i] = bits;
    }
}

static uint8_t kind_of_block(const feature_page *p, const page_block *b)
{
    if (p->inside[b->box] >> IN_HEADING & 1) return LOOK_HEADING;
    if (block_is_prose(b)) return LOOK_PROSE;
    if (b->linked * 2 > b->letters) return b->words > 6 ? LOOK_LINKED_LONG : LOOK_LINKED_SHORT;
    if (p->inside[b->box] >> IN_LIST & 1) return LOOK_ITEM;
    return b->stop ? LOOK_SHORT_STOP : LOOK_SHORT;
}

// Class kinds whose text is seldom the report's, and elements.
static bool is_aside(const feature_page *p, const page_block *b)
{
    uint32_t bad = 1u << CLASS_RELATED | 1u << CLASS_COMMENT | 1u << CLASS_NAV | 1u << CLASS_SIDEBAR | 1u << CLASS_AD |
                   1u << CLASS_CONSENT | 1u << CLASS_BIO | 1u << CLASS_FOOTER | 1u << CLASS_PROMO | 1u << CLASS_HIDDEN |
                   1u << CLASS_WIDGET;
    uint32_t out =
        1u << IN_ASIDE | 1u << IN_NAV | 1u << IN_FOOTER | 1u << IN_FORM | 1u << IN_DIALOG | 1u << IN_HIDDEN | 1u << IN_CAPTION;
    return (p->b->above[b->box] & bad) || (p->inside[b->box] & out);
}

// Each block of prose speaks for the elements around it, the nearer the more; the element most spoken for is the main one.
static uint32_t find_main(feature_page *p)
{
    float   *score = new_array(p->a, float, p->t->n + 1);
    uint32_t best = 0;
    for (size_t i = 0; i < p->b->n; i++) {
        const page_block *b = &p->b->v[i];
        if (!block_is_prose(b) || (p->inside[b->box] >> IN_HEADING & 1)) continue;
        float    say = (float)(b->letters < 1200 ? b->letters : 1200) * (is_aside(p, b) ? 0.2f : 1.0f);
        uint32_t node = b->tag == TAG_DIV || b->tag == TAG_SECTION || b->tag == TAG_ARTICLE ? b->box : p->t->v[b->box].parent;
        for (int level = 0; level < DECAY_LEVELS && node; level++, node = p->t->v[node].parent, say *= 0.6f) {
            score[node] += say;
            if (score[node] > score[best]) best = node;
        }
    }
    return best;
}

// A node's branch is the child, of the main element or of one it stands in, that the node lies in; those have none.
static void find_branches(feature_page *p)
{
    const page_tree *t = p->t;
    bool            *holds = new_array(p->a, bool, t->n + 1);
    p->branch = new_array(p->a, uint32_t, t->n + 1);
    p->item = new_array(p->a, uint32_t, t->n + 1);
    for (uint32_t node = p->main; node; node = t->v[node].parent) holds[node] = true;
    holds[0] = true;
    for (uint32_t i = 1; i < t->n; i++) {
        uint32_t parent = t->v[i].parent;
        if (!holds[i]) p->branch[i] = holds[parent] ? i : p->branch[parent];
        p->item[i] = t->v[i].tag == TAG_LI ? i : p->item[parent];
    }
}

static void measure_distances(feature_page *p)
{
    size_t   n = p->b->n;
    uint32_t d = DISTANCE_MOST;
    p->prose_before = new_array(p->a, uint32_t, n + 1);
    p->prose_after = new_array(p->a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        p->prose_before[i] = d < DISTANCE_MOST ? ++d : d;
        uint32_t box = p->b->v[i].box;
        if (p->kind[i] != LOOK_PROSE || box < p->main || box >= p->t->v[p->main].end) continue;
        d = 0;
        if (p->first_prose == UINT32_MAX) p->first_prose = (uint32_t)i;
        p->last_prose = (uint32_t)i;
    }
    d = DISTANCE_MOST;
    for (size_t i = n; i-- > 0;) {
        p->prose_after[i] = d < DISTANCE_MOST ? ++d : d;
        uint32_t box = p->b->v[i].box;
        if (p->kind[i] == LOOK_PROSE && box >= p->main && box < p->t->v[p->main].end) d = 0;
    }
}

static bool word_letter(unsigned char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c >= 0x80; }

// Hashes of every run of three words; `say` is called for each.
typedef bool shingle_say(map *m, arena *a, uint64_t hash);

static size_t shingles_of(str s, map *m, arena *a, shingle_say *say, size_t *said)
{
    uint64_t last[SHINGLE_WORDS] = {0}, h = 0;
    size_t   words = 0, n = 0;
    for (size_t i = 0; i <= s.n; i++) {
        unsigned char c = i < s.n ? (unsigned char)s.p[i] : ' ';
        if (word_letter(c)) {
            h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 0x100000001b3u + 1;
            continue;
        }
        if (!h) continue;
        last[words++ % SHINGLE_WORDS] = h;
        h = 0;
        if (words < SHINGLE_WORDS) continue;
        uint64_t x =
            last[(words - 1) % SHINGLE_WORDS] * 31 + last[(words - 2) % SHINGLE_WORDS] * 17 + last[(words - 3) % SHINGLE_WORDS];
        *said += say(m, a, x);
        n++;
    }
    return n;
}

static bool shingle_put(map *m, arena *a, uint64_t hash)
{
    char *key = (char *)new (a, uint64_t);
    memcpy(key, &hash, sizeof hash);
    *map_put(a, m, (str){key, sizeof hash}) = 1;
    return true;
}

static bool shingle_has(map *m, arena *a, uint64_t hash)
{
    (void)a;
    return map_get(m, (str){(const char *)&hash, sizeof hash}) != MAP_NONE;
}

static void count_texts(feature_page *p)
{
    for (size_t i = 0; i < p->b->n; i++) {
        if (p->b->v[i].words < 3) continue;
        uint32_t *times = map_put(p->a, &p->seen, p->b->v[i].text);
        *times = *times == MAP_NONE ? 1 : *times + 1;
    }
}

// 1 for the first of line_roles, 0 for prose.
static uint8_t line_number(const line_reading *l)
{
    for (size_t i = 0; l->whole && line_roles[i]; i++)
        if (!strcmp(l->role, line_roles[i])) return (uint8_t)(i + 1);
    return 0;
}

const char *features_role(const feature_page *p, size_t i)
{
    uint32_t in = p->inside[p->b->v[i].box];
    if (p->line[i] > 1) return line_roles[p->line[i] - 1];
    if (in >> IN_CAPTION & 1 || in >> IN_FIGURE & 1) return "caption";
    if (in >> IN_NAV & 1) return "navigation";
    if (in >> IN_FOOTER & 1) return "footer";
    if (in >> IN_FORM & 1 || in >> IN_DIALOG & 1) return "form";
    return in >> IN_HIDDEN & 1 ? "hidden" : in >> IN_ASIDE & 1 ? "sidebar" : NULL;
}

void features_prepare(feature_page *p)
{
    size_t n = p->b->n, said = 0;
    p->first_prose = p->last_prose = p->title_at = UINT32_MAX;
    note_surroundings(p);
    p->kind = new_array(p->a, uint8_t, n + 1);
    p->line = new_array(p->a, uint8_t, n + 1);
    p->line_why = new_array(p->a, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        const page_block *b = &p->b->v[i];
        p->kind[i] = kind_of_block(p, b);
        line_reading l = b->words <= 30 ? lines_read(p->a, p->rules->lines, b->text, LINE_HEAD | LINE_TAIL | LINE_ANY | LINE_PAGE)
                                        : (line_reading){0};
        p->line[i] = line_number(&l);
        p->line_why[i] = p->line[i] > 1 ? l.why : NULL;
        if (p->title_at == UINT32_MAX && p->title.n && str_eq_nocase(b->text, p->title)) p->title_at = (uint32_t)i;
    }
    p->main = find_main(p);
    find_branches(p);
    measure_distances(p);
    count_texts(p);
    if (p->ld_body.n >= LD_BODY_LEAST) shingles_of(p->ld_body, &p->ld_words, p->a, shingle_put, &said);
}

// --- one block ---

typedef struct {
    const feature_names *n;
    feature_list        *out;
} feature_sink;

static void see(const feature_sink *s, block_family f, unsigned value)
{
    if (s->out->n < FEATURES_MOST) s->out->v[s->out->n++] = (uint16_t)(s->n->base[f] + value);
}

static void see_bits(const feature_sink *s, block_family f, uint32_t bits)
{
    for (unsigned k = 0; bits; k++, bits >>= 1)
        if (bits & 1) see(s, f, k);
}

static void see_text(const feature_sink *s, const page_block *b)
{
    unsigned upper = 0, lower = 0, digits = 0;
    str      t = str_cut(b->text, 0, 400);
    for (size_t i = 0; i < t.n; i++) {
        upper += t.p[i] >= 'A' && t.p[i] <= 'Z';
        lower += t.p[i] >= 'a' && t.p[i] <= 'z';
        digits += t.p[i] >= '0' && t.p[i] <= '9';
    }
    char c = t.p[0];
    bool quote = c == '"' || c == '\'' || str_starts(t, STR("\xE2\x80\x9C")) || str_starts(t, STR("\xE2\x80\x98"));
    see(s, FAMILY_TAG, b->tag);
    see(s, FAMILY_WORDS, words_step(b->words));
    see(s, FAMILY_LINKED, share_step(b->linked, b->letters));
    see(s, FAMILY_STOP, (b->stop ? 5 : 0) + words_step(b->words) / 2);
    see(s, FAMILY_COMMAS, small_step(b->commas, 2));
    see(s, FAMILY_CASE,
        !lower && upper > 1    ? 0
        : c >= 'A' && c <= 'Z' ? 1
        : c >= 'a' && c <= 'z' ? 2
        : c >= '0' && c <= '9' ? 3
        : quote                ? 4
                               : 5);
    see(s, FAMILY_WORDS_LINKED, words_step(b->words) * 6 + share_step(b->linked, b->letters));
    see(s, FAMILY_DIGITS, digits * 10 > t.n * 3 ? 2 : digits > 0);
}

// Words of the vocabulary among the block's first.
static void see_vocabulary(const feature_sink *s, const page_block *b)
{
    block_family f = b->words <= SHORT_WORDS ? FAMILY_WORD : FAMILY_WORD_LONG;
    char         low[VOCABULARY_LETTERS];
    size_t       first = s->out->n;
    for (size_t i = 0; i < b->text.n && i < VOCABULARY_BYTES;) {
        size_t n = 0;
        while (i < b->text.n && (b->text.p[i] | 32) >= 'a' && (b->text.p[i] | 32) <= 'z') {
            if (n < sizeof low) low[n++] = b->text.p[i] | 32;
            i++;
        }
        i += n == 0;
        uint32_t k = n ? map_get(&s->n->words, (str){low, n}) : MAP_NONE;
        if (k == MAP_NONE) continue;
        uint16_t feature = (uint16_t)(s->n->base[f] + k);
        size_t   have = first;
        while (have < s->out->n && s->out->v[have] != feature) have++;
        if (have == s->out->n && have < first + VOCABULARY_MOST) s->out->v[s->out->n++] = feature;
    }
}

static void see_structure(const feature_page *p, const feature_sink *s, size_t i)
{
    const page_block *b = &p->b->v[i];
    const page_tree  *t = p->t;
    uint32_t all = p->b->sums[t->n].prose, parent = t->v[b->box].parent, branch = p->branch[b->box] ? p->branch[b->box] : b->box;
    uint32_t common = p->branch[b->box] ? t->v[branch].parent : b->box; // holds the main prose and the block
    unsigned up = (unsigned)(t->v[p->main].depth - t->v[common].depth),
             down = (unsigned)(t->v[b->box].depth - t->v[common].depth);
    block_sums in_parent = blocks_within(p->b, t, parent), in_branch = blocks_within(p->b, t, branch);
    see_bits(s, FAMILY_OWN, p->b->own[b->box]);
    see_bits(s, FAMILY_PARENT, p->b->own[parent]);
    see_bits(s, FAMILY_ABOVE, p->b->above[b->box]);
    if (p->kind[i] == LOOK_PROSE) see_bits(s, FAMILY_ABOVE_PROSE, p->b->above[b->box]);
    if (branch != common) see_bits(s, FAMILY_BRANCH, p->b->own[branch]);
    see_bits(s, FAMILY_IN, p->inside[b->box]);
    see(s, FAMILY_UP, small_step(up, 7));
    see(s, FAMILY_DOWN, small_step(down, 7));
    see(s, FAMILY_UP_KIND, small_step(up, 3) * 8 + p->kind[i]);
    if (up == 0) {
        see(s, FAMILY_TAG_MAIN, b->tag);
        see_bits(s, FAMILY_ABOVE_MAIN, p->b->above[b->box]);
        see_bits(s, FAMILY_IN_MAIN, p->inside[b->box]);
    }
    see(s, FAMILY_KIND_BRANCH, p->kind[i] * 6u + share_step(in_branch.linked, in_branch.letters));
    see(s, FAMILY_KIND_PROSE, p->kind[i] * 5u + prose_step(in_parent.prose, all));
    see(s, FAMILY_PARENT_PROSE, prose_step(in_parent.prose, all));
    see(s, FAMILY_PARENT_LINKED, share_step(in_parent.linked, in_parent.letters));
    see(s, FAMILY_BRANCH_LINKED, share_step(in_branch.linked, in_branch.letters));
    see(s, FAMILY_BRANCH_PROSE, prose_step(in_branch.prose, in_branch.letters));
}

static void see_list(const feature_page *p, const feature_sink *s, size_t i)
{
    uint32_t node = p->item[p->b->v[i].box];
    if (!node) return;
    block_sums list = blocks_within(p->b, p->t, p->t->v[node].parent);
    see(s, FAMILY_LIST_LINKED, share_step(list.linked, list.letters));
    static const uint32_t steps[] = {10, 25, 60, 150};
    see(s, FAMILY_LIST_WORDS, step_of(list.blocks ? list.letters / list.blocks : 0, steps, 4));
}

static unsigned kind_at(const feature_page *p, size_t i, int by)
{
    ptrdiff_t k = (ptrdiff_t)i + by;
    return k < 0 || k >= (ptrdiff_t)p->b->n ? LOOK_NONE : p->kind[k];
}

static unsigned ninth_of(const feature_page *p, size_t i)
{
    if (p->first_prose == UINT32_MAX) return 0;
    if (i > p->last_prose) return 5;
    if (i >= p->first_prose) return 4;
    if (p->title_at != UINT32_MAX) return i > p->title_at ? 3 : 2;
    return 1;
}

static void see_neighbours(const feature_page *p, const feature_sink *s, size_t i)
{
    see(s, FAMILY_BEFORE, kind_at(p, i, -1));
    see(s, FAMILY_AFTER, kind_at(p, i, 1));
    see(s, FAMILY_BEFORE2, kind_at(p, i, -2));
    see(s, FAMILY_AFTER2, kind_at(p, i, 2));
    if (p->kind[i] == LOOK_HEADING) see(s, FAMILY_HEADING_AFTER, kind_at(p, i, 1));
    see(s, FAMILY_LINE, p->line[i]);
    see(s, FAMILY_PLACE, ninth_of(p, i));
    see(s, FAMILY_KIND_PLACE, p->kind[i] * 6u + ninth_of(p, i));
    see(s, FAMILY_AROUND, kind_at(p, i, -1) * 8 + kind_at(p, i, 1));
    see(s, FAMILY_PROSE_BEFORE, distance_step(p->prose_before[i]));
    see(s, FAMILY_PROSE_AFTER, distance_step(p->prose_after[i]));
}

static void see_words(const feature_page *p, const feature_sink *s, size_t i)
{
    const page_block *b = &p->b->v[i];
    size_t            have = 0;
    if (p->ld_words.n) {
        size_t all = shingles_of(b->text, (map *)(uintptr_t)&p->ld_words, p->a, shingle_has, &have);
        if (all) see(s, FAMILY_LD_BODY, have * 2 > all ? 1 : 2);
    } else see(s, FAMILY_LD_BODY, 0);
    see(s, FAMILY_TITLE,
        p->title.n && str_eq_nocase(b->text, p->title) ? 1
        : p->title_at != UINT32_MAX && i < p->title_at ? 2
                                                       : 0);
    if (b->words >= 3) see(s, FAMILY_TWICE, map_get(&p->seen, b->text) > 1);
}

void features_of(const feature_page *p, const feature_names *n, size_t i, feature_list *out)
{
    feature_sink s = {n, out};
    out->n = 0;
    see(&s, FAMILY_BIAS, 0);
    see_text(&s, &p->b->v[i]);
    see_structure(p, &s, i);
    see_vocabulary(&s, &p->b->v[i]);
    see_list(p, &s, i);
    see_neighbours(p, &s, i);
    see_words(p, &s, i);
}

// --- the second sweep ---

static unsigned score_step(float v)
{
    return v < -4 ? 0 : v < -2 ? 1 : v < -1 ? 2 : v < 0 ? 3 : v < 1 ? 4 : v < 2 ? 5 : v < 4 ? 6 : 7;
}

static float score_at(const feature_page *p, const float *scores, size_t i, int by)
{
    ptrdiff_t k = (ptrdiff_t)i + by;
    return k < 0 || k >= (ptrdiff_t)p->b->n ? -6 : scores[k];
}

static float within_six(float v) { return v < -6 ? -6 : v > 6 ? 6 : v; }

void features_second(const feature_page *p, const feature_names *n, size_t i, const float *scores, const float *parent_mean,
                     const float *branch_mean, feature_list *out)
{
    feature_sink s = {n, out};
    float        sum = 0;
    for (int by = 1; by <= NEAR_BLOCKS; by++) sum += within_six(score_at(p, scores, i, by)) + within_six(score_at(p, scores, i, -by));
    unsigned self = score_step(scores[i]), before = score_step(score_at(p, scores, i, -1)),
             after = score_step(score_at(p, scores, i, 1));
    unsigned near = score_step(sum / (2 * NEAR_BLOCKS)), parent = score_step(parent_mean[i]), branch = score_step(branch_mean[i]);
    see(&s, FAMILY_S_SELF, self);
    see(&s, FAMILY_S_BEFORE, before);
    see(&s, FAMILY_S_AFTER, after);
    see(&s, FAMILY_S_BEFORE2, score_step(score_at(p, scores, i, -2)));
    see(&s, FAMILY_S_AFTER2, score_step(score_at(p, scores, i, 2)));
    see(&s, FAMILY_S_NEAR, near);
    see(&s, FAMILY_S_PARENT, parent);
    see(&s, FAMILY_S_BRANCH, branch);
    see(&s, FAMILY_S_KIND_NEAR, p->kind[i] * 8u + near);
    see(&s, FAMILY_S_KIND_BRANCH, p->kind[i] * 8u + branch);
    see(&s, FAMILY_S_WORDS_PARENT, words_step(p->b->v[i].words) * 8 + parent);
    see(&s, FAMILY_S_SIDES, before * 8 + after);
    see(&s, FAMILY_S_SELF_NEAR, self * 8 + near);
}
