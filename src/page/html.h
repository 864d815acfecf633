// html.h — the text of an HTML page -> its element tree, in one pass and linear time, nothing refused.
//
//   "<p>One<p>Two <b>three</b>"  ->  document( p("One") p("Two " b("three")) )
//
// Nodes stand in document order, so a node's subtree is the run [i, v[i].end). The tree is what extraction needs,
// not every corner of the HTML standard: end tags left out are supplied, stray ones passed over, scripts and styles
// are raw text, but misnested formatting is not reopened in the next block and nothing is moved out of a table.

#ifndef PAGE_HTML_H
#define PAGE_HTML_H

#include "base/arena.h"

enum {
    PAGE_DEPTH = 512,       // as browsers: what is nested deeper becomes a sibling
    PAGE_NODES = 2000000,   // nodes after which no more are read; a large news page has 20,000
    PAGE_NAME_LONGEST = 32, // of tags and attributes that are told apart
};

// clang-format off
// Name, spelling, kind: V void, R raw text, B block, I inline (formatting, phrases), H in <head>, T table part, X other.
#define PAGE_TAGS(D)                                                                                                        \
    D(A, "a", I) D(ABBR, "abbr", I) D(ADDRESS, "address", B) D(AREA, "area", V) D(ARTICLE, "article", B) D(ASIDE, "aside", B)    \
    D(AUDIO, "audio", X) D(B, "b", I) D(BASE, "base", V) D(BIG, "big", I) D(BLOCKQUOTE, "blockquote", B) D(BODY, "body", X)      \
    D(BR, "br", V) D(BUTTON, "button", X) D(CANVAS, "canvas", X) D(CAPTION, "caption", T) D(CENTER, "center", B)                 \
    D(CITE, "cite", I) D(CODE, "code", I) D(COL, "col", V) D(COLGROUP, "colgroup", T) D(DD, "dd", B) D(DEL, "del", I)            \
    D(DETAILS, "details", B) D(DIALOG, "dialog", B) D(DIR, "dir", B) D(DIV, "div", B) D(DL, "dl", B) D(DTERM, "dt", B)              \
    D(EM, "em", I) D(EMBED, "embed", V) D(FIELDSET, "fieldset", B) D(FIGCAPTION, "figcaption", B) D(FIGURE, "figure", B)         \
    D(FONT, "font", I) D(FOOTER, "footer", B) D(FORM, "form", B) D(H1, "h1", B) D(H2, "h2", B) D(H3, "h3", B) D(H4, "h4", B)     \
    D(H5, "h5", B) D(H6, "h6", B) D(HEAD, "head", X) D(HEADER, "header", B) D(HGROUP, "hgroup", B) D(HR, "hr", V)                \
    D(HTML, "html", X) D(I, "i", I) D(IFRAME, "iframe", R) D(IMG, "img", V) D(INPUT, "input", V) D(INS, "ins", I)                \
    D(KBD, "kbd", I) D(LABEL, "label", I) D(LEGEND, "legend", B) D(LI, "li", B) D(LINK, "link", V) D(MAIN, "main", B)            \
    D(MARK, "mark", I) D(MENU, "menu", B) D(META, "meta", V) D(NAV, "nav", B) D(NOBR, "nobr", I) D(NOEMBED, "noembed", R)        \
    D(NOFRAMES, "noframes", R) D(NOSCRIPT, "noscript", X) D(OBJECT, "object", X) D(OL, "ol", B) D(OPTGROUP, "optgroup", X)       \
    D(OPTION, "option", X) D(P, "p", B) D(PARAM, "param", V) D(PICTURE, "picture", X) D(PRE, "pre", B) D(Q, "q", I) D(S, "s", I) \
    D(SCRIPT, "script", R) D(SECTION, "section", B) D(SELECT, "select", X) D(SMALL, "small", I) D(SOURCE, "source", V)           \
    D(SPAN, "span", I) D(STRIKE, "strike", I) D(STRONG, "strong", I) D(STYLE, "style", R) D(SUB, "sub", I)                       \
    D(SUMMARY, "summary", B) D(SUP, "sup", I) D(SVG, "svg", X) D(TABLE, "table", B) D(TBODY, "tbody", T) D(TD, "td", T)          \
    D(TEMPLATE, "template", X) D(TEXTAREA, "textarea", R) D(TFOOT, "tfoot", T) D(TH, "th", T) D(THEAD, "thead", T)               \
    D(TIME, "time", I) D(TITLE, "title", R) D(TR, "tr", T) D(TRACK, "track", V) D(TT, "tt", I) D(U, "u", I) D(UL, "ul", B)       \
    D(VAR, "var", I) D(VIDEO, "video", X) D(WBR, "wbr", V) D(XMP, "xmp", R)

// Attributes that are kept; the others are passed over.
#define PAGE_ATTRS(D)                                                                                                       \
    D(ALT, "alt") D(ARIA_HIDDEN, "aria-hidden") D(ARIA_LABEL, "aria-label") D(CLASS, "class") D(CONTENT, "content")              \
    D(DATA_COMPONENT, "data-component") D(DATA_TESTID, "data-testid") D(DATETIME, "datetime") D(HIDDEN, "hidden")                \
    D(HREF, "href") D(ID, "id") D(ITEMPROP, "itemprop") D(ITEMTYPE, "itemtype") D(LANG, "lang") D(NAME, "name")                  \
    D(PROPERTY, "property") D(PUBDATE, "pubdate") D(REL, "rel") D(ROLE, "role") D(STYLE, "style") D(TITLE, "title")              \
    D(TYPE, "type")
// clang-format on

#define PAGE_TAG_NAME(id, spelling, kind) TAG_##id,
#define PAGE_ATTR_NAME(id, spelling) ATTR_##id,
typedef enum { TAG_TEXT, TAG_DOCUMENT, TAG_OTHER, PAGE_TAGS(PAGE_TAG_NAME) TAG_COUNT } page_tag;
typedef enum { PAGE_ATTRS(PAGE_ATTR_NAME) ATTR_COUNT } page_attr_name;
#undef PAGE_TAG_NAME
#undef PAGE_ATTR_NAME

typedef struct {
    uint8_t  tag; // page_tag
    uint8_t  n_attrs;
    uint16_t depth;       // of the document 0
    uint32_t parent, end; // the subtree is [this, end)
    uint32_t attrs;       // first of its attributes
    str      text;        // of TAG_TEXT: its characters as they stand in the page; of an element: its name as it stands there
} page_node;

typedef struct {
    uint8_t name;  // page_attr_name
    str     value; // as it stands in the page; empty if it has none
} page_attr;

typedef struct {
    page_node *v; // v[0] is the document
    size_t     n, cap;
    struct {
        page_attr *v;
        size_t     n, cap;
    } attrs;
    bool cut; // PAGE_NODES was reached: what came after was not read
} page_tree;

page_tree   page_parse(arena *a, str html); // html: valid UTF-8; the tree points into it
const char *page_tag_name(uint8_t tag);
bool        page_is_box(const page_node *n); // an element that begins a new line: a block, part of a table, …
str         page_raw_attr(const page_tree *t, uint32_t node, page_attr_name name); // as it stands; p == NULL if it has none
str         page_attr_text(arena *a, const page_tree *t, uint32_t node, page_attr_name name); // references read, trimmed

// Writes s with its character references read; `to` has room for s.n bytes. Returns the bytes written.
size_t page_unescape(char *to, str s);
str    page_unescaped(arena *a, str s); // s itself if it has none

#endif
