#include "page/html.h"

#include "base/utf8.h"
#include "page/entities.h"

#include <string.h>

enum { KIND_V = 'V', KIND_R = 'R', KIND_B = 'B', KIND_I = 'I', KIND_T = 'T', KIND_X = 'X' };

typedef struct {
    const char *name;
    uint8_t     id, kind;
} known_tag;

#define TAG_ROW(id, spelling, kind) {spelling, TAG_##id, KIND_##kind},
#define ATTR_ROW(id, spelling) {spelling, ATTR_##id, 0},
static const known_tag known_tags[] = {PAGE_TAGS(TAG_ROW)};
static const known_tag known_attrs[] = {PAGE_ATTRS(ATTR_ROW)};
enum { KNOWN_TAGS = sizeof known_tags / sizeof *known_tags, KNOWN_ATTRS = sizeof known_attrs / sizeof *known_attrs };

// An element not closed yet. Each remembers the nearest open one of its own name and the nearest boundaries below it,
// so that no end tag has to search.
typedef struct {
    uint32_t node;
    uint8_t  tag;
    int16_t  same;  // place on the stack of the open element of the same tag below it, or -1
    int16_t  scope; // of the nearest table cell, table or other boundary, itself included: end tags inside do not reach beyond
    int16_t  block; // of the nearest element that is not inline, itself included
} open_element;

typedef struct {
    arena       *a;
    page_tree    t;
    open_element stack[PAGE_DEPTH];
    int          depth;
    int16_t      open[TAG_COUNT];               // topmost place on the stack, or -1
    uint8_t      tags_from[28], attrs_from[28]; // the first name with that letter, or a later one
    bool         had_head, had_body;
} html_parser;

static const known_tag *name_among(const known_tag *v, size_t low, size_t high, str lower)
{
    while (low < high) {
        size_t      mid = (low + high) / 2;
        const char *have = v[mid].name;
        size_t      i = 0;
        while (i < lower.n && have[i] == lower.p[i] && have[i]) i++;
        int c = (i < lower.n ? (unsigned char)lower.p[i] : 0) - (unsigned char)have[i];
        if (c == 0) return &v[mid];
        if (c < 0) high = mid;
        else low = mid + 1;
    }
    return NULL;
}

// Where in a table of names each letter begins.
static void index_names(const known_tag *v, size_t n, uint8_t from[28])
{
    for (size_t i = 0, k = 0; i < 28; i++) {
        while (k < n && (size_t)(v[k].name[0] - 'a') < i) k++;
        from[i] = (uint8_t)k;
    }
}

static const known_tag *known_by_name(const known_tag *v, const uint8_t from[28], str name)
{
    char     low[PAGE_NAME_LONGEST];
    unsigned first = name.n ? (unsigned)(name.p[0] | 32) - 'a' : 26;
    if (first >= 26 || from[first] == from[first + 1] || name.n > sizeof low) return NULL;
    for (size_t i = 0; i < name.n; i++) low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    return name_among(v, from[first], from[first + 1], (str){low, name.n});
}

static uint8_t kind_of_tag(uint8_t tag) { return tag > TAG_OTHER ? known_tags[tag - TAG_OTHER - 1].kind : KIND_I; }

const char *page_tag_name(uint8_t tag)
{
    return tag == TAG_TEXT       ? "#text"
           : tag == TAG_DOCUMENT ? "#document"
           : tag == TAG_OTHER    ? "other"
                                 : known_tags[tag - TAG_OTHER - 1].name;
}

bool page_is_box(const page_node *n)
{
    if (n->tag == TAG_OTHER) return memchr(n->text.p, '-', n->text.n) != NULL; // an element of the site's own
    return n->tag != TAG_TEXT && n->tag != TAG_PICTURE && kind_of_tag(n->tag) != KIND_I && kind_of_tag(n->tag) != KIND_V;
}

static bool is_scope(uint8_t tag)
{
    return tag == TAG_TD || tag == TAG_TH || tag == TAG_TABLE || tag == TAG_CAPTION || tag == TAG_OBJECT || tag == TAG_TEMPLATE ||
           tag == TAG_HTML || tag == TAG_DOCUMENT;
}

// --- the stack of open elements ---

static uint32_t add_node(html_parser *h, uint8_t tag, str text)
{
    uint32_t parent = h->depth ? h->stack[h->depth - 1].node : 0;
    uint32_t i = (uint32_t)h->t.n;
    *push(h->a, &h->t) = (page_node){
        .tag = tag, .depth = (uint16_t)h->depth, .parent = parent, .end = i + 1, .text = text, .attrs = (uint32_t)h->t.attrs.n};
    return i;
}

static void pop_element(html_parser *h)
{
    open_element *e = &h->stack[--h->depth];
    h->t.v[e->node].end = (uint32_t)h->t.n;
    h->open[e->tag] = e->same;
}

static void pop_to(html_parser *h, int place)
{
    while (h->depth > place) pop_element(h);
}

static void push_element(html_parser *h, uint32_t node)
{
    if (h->depth == PAGE_DEPTH) pop_element(h);
    uint8_t tag = h->t.v[node].tag;
    int16_t here = (int16_t)h->depth;
    bool    inline_ = kind_of_tag(tag) == KIND_I && tag != TAG_DOCUMENT;
    h->stack[h->depth] = (open_element){.node = node,
                                        .tag = tag,
                                        .same = h->open[tag],
                                        .scope = is_scope(tag) || !here ? here : h->stack[here - 1].scope,
                                        .block = !inline_ || !here ? here : h->stack[here - 1].block};
    h->open[tag] = here;
    h->depth++;
}

static int top_scope(const html_parser *h) { return h->stack[h->depth - 1].scope; }

static int html_later(int x, int y) { return x > y ? x : y; }

static bool is_heading(uint8_t tag) { return tag >= TAG_H1 && tag <= TAG_H6; }

static bool belongs_in_head(uint8_t tag)
{
    return tag == TAG_BASE || tag == TAG_LINK || tag == TAG_META || tag == TAG_TITLE || tag == TAG_SCRIPT || tag == TAG_STYLE ||
           tag == TAG_NOSCRIPT || tag == TAG_TEMPLATE || tag == TAG_HEAD || tag == TAG_HTML;
}

// Closes the element at `place` with all that is open in it, if it stands above `limit`.
static void close_above(html_parser *h, int place, int limit)
{
    if (place > limit) pop_to(h, place);
}

// What the start of `tag` ends, because authors leave the end tag out.
static void close_before(html_parser *h, uint8_t tag)
{
    int scope = top_scope(h), table = h->open[TAG_TABLE];
    if (!belongs_in_head(tag) && h->open[TAG_HEAD] >= 0) pop_to(h, h->open[TAG_HEAD]);
    if (kind_of_tag(tag) == KIND_B || tag == TAG_HR || tag == TAG_XMP) close_above(h, h->open[TAG_P], scope);
    if (is_heading(tag) && is_heading(h->stack[h->depth - 1].tag)) pop_element(h);
    switch (tag) {
    case TAG_LI:
        close_above(h, h->open[TAG_LI],
                    html_later(html_later(h->open[TAG_UL], h->open[TAG_OL]), html_later(h->open[TAG_MENU], scope)));
        break;
    case TAG_DD:
    case TAG_DTERM: close_above(h, html_later(h->open[TAG_DD], h->open[TAG_DTERM]), html_later(h->open[TAG_DL], scope)); break;
    case TAG_A: close_above(h, h->open[TAG_A], h->stack[h->depth - 1].block); break;
    case TAG_BUTTON: close_above(h, h->open[TAG_BUTTON], scope); break;
    case TAG_OPTION: close_above(h, h->open[TAG_OPTION], h->open[TAG_SELECT]); break;
    case TAG_OPTGROUP: close_above(h, html_later(h->open[TAG_OPTION], h->open[TAG_OPTGROUP]), h->open[TAG_SELECT]); break;
    case TAG_TD:
    case TAG_TH: close_above(h, html_later(h->open[TAG_TD], h->open[TAG_TH]), table); break;
    case TAG_TR: close_above(h, h->open[TAG_TR], table); break;
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        close_above(h, html_later(h->open[TAG_TBODY], html_later(h->open[TAG_THEAD], h->open[TAG_TFOOT])), table);
        break;
    case TAG_BODY: pop_to(h, h->open[TAG_HTML] + 1); break;
    default: break;
    }
}

static void close_tag(html_parser *h, uint8_t tag)
{
    int place = h->open[tag], scope = top_scope(h);
    if (tag == TAG_BODY || tag == TAG_HTML || tag == TAG_DOCUMENT) return; // what comes after them belongs to the body
    if (is_heading(tag)) {
        for (int k = TAG_H1; k <= TAG_H6; k++) place = html_later(place, h->open[k]);
        close_above(h, place, scope);
    } else if ((tag == TAG_P || tag == TAG_BR) && place <= scope) add_node(h, tag, STR("")); // it parts what stands around it
    else if (tag == TAG_TABLE || tag == TAG_TEMPLATE || tag == TAG_OBJECT || tag == TAG_SVG) close_above(h, place, -1);
    else if (kind_of_tag(tag) == KIND_T) close_above(h, place, h->open[TAG_TABLE]);
    else if (kind_of_tag(tag) == KIND_I && tag != TAG_OTHER) close_above(h, place, h->stack[h->depth - 1].block);
    else close_above(h, place, scope);
}

// --- tags ---

static bool html_blank(char c) { return c == ' ' || c == '\n' || c == '\t'; }

static bool html_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static void keep_attr(html_parser *h, uint32_t node, uint32_t *seen, str name, str value)
{
    const known_tag *k = known_by_name(known_attrs, h->attrs_from, name);
    if (!k || *seen >> k->id & 1) return;
    *seen |= 1u << k->id;
    *push(h->a, &h->t.attrs) = (page_attr){k->id, value};
    h->t.v[node].n_attrs++;
}

// Reads attributes from s.p[i] up to and with the '>' of the tag; keeps them if `node` is one. *empty: it ended in "/>".
static size_t read_attrs(html_parser *h, str s, size_t i, uint32_t node, bool *empty)
{
    uint32_t seen = 0;
    *empty = false;
    while (i < s.n && s.p[i] != '>') {
        if (html_blank(s.p[i]) || s.p[i] == '/') {
            *empty = s.p[i++] == '/';
            continue;
        }
        *empty = false;
        size_t from = i++;
        while (i < s.n && !html_blank(s.p[i]) && s.p[i] != '=' && s.p[i] != '>' && s.p[i] != '/') i++;
        str    name = str_cut(s, from, i), value = {"", 0};
        size_t k = i;
        while (k < s.n && html_blank(s.p[k])) k++;
        if (k < s.n && s.p[k] == '=') {
            for (k++; k < s.n && html_blank(s.p[k]); k++) {}
            if (k < s.n && (s.p[k] == '"' || s.p[k] == '\'')) {
                const char *end = memchr(s.p + k + 1, s.p[k], s.n - k - 1);
                i = end ? (size_t)(end - s.p) : s.n;
                value = str_cut(s, k + 1, i);
                if (end) i++;
            } else {
                for (i = k; i < s.n && !html_blank(s.p[i]) && s.p[i] != '>'; i++) {}
                value = str_cut(s, k, i);
            }
        }
        if (node) keep_attr(h, node, &seen, name, value);
    }
    return i < s.n ? i + 1 : i;
}

// The place of "</name" from i on, or the end.
static size_t end_of_raw(str s, size_t i, str name)
{
    while (i < s.n) {
        const char *at = memchr(s.p + i, '<', s.n - i);
        if (!at) return s.n;
        i = (size_t)(at - s.p);
        if (i + 2 + name.n <= s.n && s.p[i + 1] == '/' && str_eq_nocase(str_cut(s, i + 2, i + 2 + name.n), name) &&
            (i + 2 + name.n == s.n || !html_letter(s.p[i + 2 + name.n])))
            return i;
        i++;
    }
    return s.n;
}

static size_t read_start_tag(html_parser *h, str s, size_t i, str name)
{
    const known_tag *k = known_by_name(known_tags, h->tags_from, name);
    uint8_t          tag = k ? k->id : TAG_OTHER, kind = k ? k->kind : KIND_I;
    bool             empty, again = (tag == TAG_HEAD && h->had_head) || (tag == TAG_BODY && h->had_body) ||
                        (tag == TAG_HTML && h->open[TAG_HTML] >= 0);
    if (again) return read_attrs(h, s, i, 0, &empty);
    h->had_head |= tag == TAG_HEAD;
    h->had_body |= tag == TAG_BODY;
    bool in_svg = h->open[TAG_SVG] >= 0;
    if (!in_svg) close_before(h, tag);
    uint32_t node = add_node(h, tag, name);
    i = read_attrs(h, s, i, node, &empty);
    if (kind == KIND_V || (empty && (in_svg || tag == TAG_SVG))) return i;
    push_element(h, node);
    if (kind == KIND_R) {
        size_t end = end_of_raw(s, i, name);
        if (end > i && tag != TAG_STYLE) add_node(h, TAG_TEXT, str_cut(s, i, end));
        pop_element(h);
        if (end == s.n) return end;
        const char *close = memchr(s.p + end, '>', s.n - end);
        i = close ? (size_t)(close - s.p) + 1 : s.n;
    }
    return i;
}

static size_t html_after(str s, size_t i, const char *mark)
{
    ptrdiff_t at = str_find(str_cut(s, i, s.n), str_of(mark));
    return at < 0 ? s.n : i + (size_t)at + strlen(mark);
}

// <!-- -->, <!DOCTYPE >, <![CDATA[ ]]> in drawings, <? >: none is part of the tree.
static size_t pass_declaration(str s, size_t i)
{
    if (!str_starts(str_cut(s, i, s.n), STR("<!--"))) return html_after(s, i, ">");
    if (str_starts(str_cut(s, i + 4, s.n), STR(">"))) return i + 5;
    if (str_starts(str_cut(s, i + 4, s.n), STR("->"))) return i + 6;
    return html_after(s, i + 4, "-->");
}

static bool html_name_char(char c) { return !html_blank(c) && c != '>' && c != '/'; }

static size_t read_markup(html_parser *h, str s, size_t i)
{
    bool   end = s.p[i + 1] == '/';
    size_t from = i + 1 + end, to = from;
    if (from >= s.n || !html_letter(s.p[from])) return pass_declaration(s, i);
    while (to < s.n && html_name_char(s.p[to])) to++;
    str name = str_cut(s, from, to);
    if (!end) return read_start_tag(h, s, to, name);
    const known_tag *k = known_by_name(known_tags, h->tags_from, name);
    bool             empty;
    i = read_attrs(h, s, to, 0, &empty);
    close_tag(h, k ? k->id : TAG_OTHER);
    return i;
}

static void add_text(html_parser *h, str s)
{
    if (!s.n) return;
    if (h->open[TAG_HEAD] >= 0 && h->stack[h->depth - 1].tag == TAG_HEAD) {
        if (!str_trim(s).n) return;
        pop_to(h, h->open[TAG_HEAD]);
    }
    add_node(h, TAG_TEXT, s);
}

// '<' begins markup only before a letter, '/' and a letter, '!' or '?'.
static bool begins_markup(str s, size_t i)
{
    if (i + 1 >= s.n) return false;
    char c = s.p[i + 1];
    return html_letter(c) || c == '!' || c == '?' || (c == '/' && i + 2 < s.n);
}

page_tree page_parse(arena *a, str s)
{
    html_parser *h = new (a, html_parser);
    h->a = a;
    for (int i = 0; i < TAG_COUNT; i++) h->open[i] = -1;
    index_names(known_tags, KNOWN_TAGS, h->tags_from);
    index_names(known_attrs, KNOWN_ATTRS, h->attrs_from);
    push_element(h, add_node(h, TAG_DOCUMENT, STR("")));
    for (size_t i = 0, from = 0; i < s.n;) {
        const char *at = memchr(s.p + i, '<', s.n - i);
        i = at ? (size_t)(at - s.p) : s.n;
        if (at && !begins_markup(s, i)) {
            i++;
            if (i < s.n) continue;
        }
        add_text(h, str_cut(s, from, i));
        if (i < s.n) i = read_markup(h, s, i);
        from = i;
        if (h->t.n >= PAGE_NODES) {
            h->t.cut = true;
            break;
        }
    }
    pop_to(h, 0);
    return h->t;
}

// --- attributes and character references ---

str page_raw_attr(const page_tree *t, uint32_t node, page_attr_name name)
{
    const page_node *n = &t->v[node];
    for (uint32_t i = n->attrs; i < n->attrs + n->n_attrs; i++)
        if (t->attrs.v[i].name == name) return t->attrs.v[i].value;
    return (str){NULL, 0};
}

// &#8217; &#x2019; from s.p[i] = '#': the character, *i after it; 0 if it is none.
static uint32_t numeric_reference(str s, size_t *i)
{
    size_t   k = *i + 1;
    bool     hex = k < s.n && (s.p[k] == 'x' || s.p[k] == 'X');
    uint32_t c = 0;
    size_t   from = k += hex;
    for (; k < s.n; k++) {
        char     d = s.p[k];
        uint32_t v = d >= '0' && d <= '9'          ? (uint32_t)(d - '0')
                     : hex && d >= 'a' && d <= 'f' ? (uint32_t)(d - 'a' + 10)
                     : hex && d >= 'A' && d <= 'F' ? (uint32_t)(d - 'A' + 10)
                                                   : 99;
        if (v == 99) break;
        if (c < 0x110000) c = c * (hex ? 16 : 10) + v;
    }
    if (k == from) return 0;
    *i = k + (k < s.n && s.p[k] == ';');
    static const uint16_t above_ascii[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                             0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                             0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                             0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (c >= 0x80 && c < 0xA0) c = above_ascii[c - 0x80];
    if (c < 0x20 && c != '\t' && c != '\n') c = c == '\r' ? '\n' : 0xFFFD;
    return c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) || (c >= 0x7F && c < 0xA0) ? 0xFFFD : c;
}

// The longest name known that stands at s.p[i]; *i after it.
static const page_entity *named_reference(str s, size_t *i)
{
    size_t n = 0;
    while (*i + n < s.n && n < PAGE_ENTITY_LONGEST && (html_letter(s.p[*i + n]) || (s.p[*i + n] >= '0' && s.p[*i + n] <= '9')))
        n++;
    bool closed = *i + n < s.n && s.p[*i + n] == ';';
    for (size_t k = n; k >= 2; k--) {
        const page_entity *e = page_entity_find(str_cut(s, *i, *i + k));
        if (!e || (!e->bare && !(closed && k == n))) continue;
        *i += k + (closed && k == n);
        return e;
    }
    return NULL;
}

size_t page_unescape(char *to, str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        const char *at = memchr(s.p + i, '&', s.n - i);
        size_t      stop = at ? (size_t)(at - s.p) : s.n;
        memmove(to + n, s.p + i, stop - i);
        n += stop - i;
        i = stop;
        if (!at) break;
        size_t   next = i + 1;
        uint32_t c = 0, c2 = 0;
        if (next < s.n && s.p[next] == '#') c = numeric_reference(s, &next);
        else {
            const page_entity *e = named_reference(s, &next);
            if (e) c = e->c, c2 = e->c2;
        }
        if (c) n += utf8_put(to + n, c);
        else to[n++] = '&', next = i + 1;
        if (c2) n += utf8_put(to + n, c2);
        i = next;
    }
    return n;
}

str page_unescaped(arena *a, str s)
{
    if (!s.n || !memchr(s.p, '&', s.n)) return s;
    char *p = new_array(a, char, s.n + 1);
    return (str){p, page_unescape(p, s)};
}

str page_attr_text(arena *a, const page_tree *t, uint32_t node, page_attr_name name)
{
    return str_trim(page_unescaped(a, page_raw_attr(t, node, name)));
}
