#include "input/feed.h"

#include "base/buf.h"
#include "page/html.h"

#include <string.h>

enum { NAME_WITHIN = 4096 }; // bytes in which a feed shows that it is one

// --- markup ---

typedef enum { XML_TEXT, XML_OPEN, XML_EMPTY, XML_CLOSE, XML_PASSED } xml_kind;

typedef struct {
    xml_kind kind;
    size_t   start, end; // of the markup
    str      name, attrs;
} xml_mark;

static size_t xml_after(str s, size_t i, str mark)
{
    ptrdiff_t at = str_find(str_cut(s, i, s.n), mark);
    return at < 0 ? s.n : i + (size_t)at + mark.n;
}

static bool at_mark(str s, size_t i, const char *mark) { return str_starts(str_cut(s, i, s.n), str_of(mark)); }

static bool ends_xml_name(char c) { return c == '>' || c == '/' || (unsigned char)c <= ' '; }

// A tag ends at the first '>' outside quotation marks.
static size_t xml_tag_end(str s, size_t i)
{
    for (char quote = 0; i < s.n; i++) {
        if (quote) quote = s.p[i] == quote ? 0 : quote;
        else if (s.p[i] == '"' || s.p[i] == '\'') quote = s.p[i];
        else if (s.p[i] == '>') return i;
    }
    return s.n;
}

static const str feed_prefixes[] = {{"atom:", 5}, {"a10:", 4}, {"rss:", 4}};

// The next markup from i on; kind XML_TEXT at the end. CDATA, comments and declarations are XML_PASSED.
static xml_mark next_mark(str s, size_t i)
{
    const char *lt = i < s.n ? memchr(s.p + i, '<', s.n - i) : NULL;
    xml_mark    m = {.kind = XML_TEXT, .start = s.n, .end = s.n};
    if (!lt) return m;
    m.start = (size_t)(lt - s.p);
    m.kind = XML_PASSED;
    if (at_mark(s, m.start, "<![CDATA[")) m.end = xml_after(s, m.start, STR("]]>"));
    else if (at_mark(s, m.start, "<!--")) m.end = xml_after(s, m.start, STR("-->"));
    else if (at_mark(s, m.start, "<?") || at_mark(s, m.start, "<!")) m.end = xml_after(s, m.start, STR(">"));
    else {
        bool   close = m.start + 1 < s.n && s.p[m.start + 1] == '/';
        size_t from = m.start + 1 + close, k = from, end = xml_tag_end(s, from);
        while (k < end && !ends_xml_name(s.p[k])) k++;
        m.name = str_cut(s, from, k);
        m.attrs = str_cut(s, k, end);
        m.kind = close ? XML_CLOSE : str_ends(m.attrs, STR("/")) ? XML_EMPTY : XML_OPEN;
        m.end = end < s.n ? end + 1 : end;
        for (size_t p = 0; p < sizeof feed_prefixes / sizeof *feed_prefixes; p++)
            if (str_starts(m.name, feed_prefixes[p])) m.name = str_cut(m.name, feed_prefixes[p].n, m.name.n);
    }
    return m;
}

static str xml_attr(arena *a, str attrs, const char *name)
{
    size_t n = strlen(name);
    for (size_t i = 0; i + n < attrs.n; i++) {
        if ((unsigned char)attrs.p[i] > ' ' || !at_mark(attrs, i + 1, name)) continue;
        size_t k = i + 1 + n;
        while (k < attrs.n && (attrs.p[k] == ' ' || attrs.p[k] == '=')) k++;
        if (k == i + 1 + n || k >= attrs.n || (attrs.p[k] != '"' && attrs.p[k] != '\'')) continue;
        const char *end = memchr(attrs.p + k + 1, attrs.p[k], attrs.n - k - 1);
        if (end) return str_trim(page_unescaped(a, str_cut(attrs, k + 1, (size_t)(end - attrs.p))));
    }
    return (str){"", 0};
}

// What an element holds: references read, CDATA as it stands; *markup: elements stand in it, kept as they are.
static str xml_content(arena *a, str raw, bool *markup)
{
    buf b = {.a = a};
    *markup = false;
    for (size_t i = 0; i < raw.n;) {
        xml_mark m = next_mark(raw, i);
        buf_put(&b, page_unescaped(a, str_cut(raw, i, m.start)));
        bool cdata = at_mark(raw, m.start, "<![CDATA["), closed = cdata && str_ends(str_cut(raw, m.start, m.end), STR("]]>"));
        if (cdata) buf_put(&b, str_cut(raw, m.start + 9, m.end - 3 * closed));
        else if (m.kind != XML_PASSED) {
            buf_put(&b, str_cut(raw, m.start, m.end));
            *markup |= m.kind != XML_TEXT;
        }
        i = m.end;
    }
    return b.n ? str_trim(buf_str(&b)) : STR("");
}

// One line of plain words, of what may be HTML.
static str plain_line(arena *a, str html)
{
    char  *p = new_array(a, char, html.n + 1);
    size_t n = 0;
    bool   tag = false;
    for (size_t i = 0; i < html.n; i++) {
        char c = html.p[i];
        bool opens = c == '<' && i + 1 < html.n && (html.p[i + 1] == '/' || (html.p[i + 1] | 32) >= 'a');
        if (opens) tag = true;
        else if (tag) tag = c != '>';
        else if ((unsigned char)c > ' ') p[n++] = c;
        else if (n && p[n - 1] != ' ') p[n++] = ' ';
    }
    return str_trim(page_unescaped(a, str_trim((str){p, n})));
}

// --- fields ---

typedef enum {
    FEED_TITLE,
    FEED_LINK,
    FEED_GUID,
    FEED_DATE,
    FEED_CHANGED,
    FEED_AUTHOR,
    FEED_CONTENT,
    FEED_SUMMARY,
    FEED_SECTION,
    FEED_LANGUAGE,
    FEED_FIELDS
} feed_field;

static const struct {
    const char *name;
    feed_field  field;
} feed_names[] = {
    {"title", FEED_TITLE},
    {"link", FEED_LINK},
    {"guid", FEED_GUID},
    {"id", FEED_GUID},
    {"pubDate", FEED_DATE},
    {"published", FEED_DATE},
    {"dc:date", FEED_DATE},
    {"issued", FEED_DATE},
    {"dcterms:created", FEED_DATE},
    {"dcterms:issued", FEED_DATE},
    {"date", FEED_DATE},
    {"created", FEED_DATE},
    {"updated", FEED_CHANGED},
    {"modified", FEED_CHANGED},
    {"dcterms:modified", FEED_CHANGED},
    {"dc:creator", FEED_AUTHOR},
    {"author", FEED_AUTHOR},
    {"content:encoded", FEED_CONTENT},
    {"content", FEED_CONTENT},
    {"xhtml:body", FEED_CONTENT},
    {"fullText", FEED_CONTENT},
    {"body", FEED_CONTENT},
    {"description", FEED_SUMMARY},
    {"summary", FEED_SUMMARY},
    {"category", FEED_SECTION},
    {"dc:language", FEED_LANGUAGE},
    {"language", FEED_LANGUAGE},
};

static feed_field field_of_name(str name)
{
    for (size_t i = 0; i < sizeof feed_names / sizeof *feed_names; i++)
        if (str_eq_nocase(name, str_of(feed_names[i].name))) return feed_names[i].field;
    return FEED_FIELDS;
}

static bool is_item(str name) { return str_is(name, "item") || str_is(name, "entry"); }

typedef struct {
    arena *a;
    str    v[FEED_FIELDS];
} feed_item;

// <author><name>Ann Lee</name></author>, or "ann@example.org (Ann Lee)".
static str author_name(arena *a, str author)
{
    ptrdiff_t at = str_find(author, STR("<name>"));
    if (at >= 0) {
        str rest = str_cut(author, (size_t)at + 6, author.n);
        return plain_line(a, str_split(rest, '<', &rest));
    }
    ptrdiff_t open = str_find(author, STR(" ("));
    if (open > 0 && memchr(author.p, '@', (size_t)open) && str_ends(author, STR(")")))
        return str_cut(author, (size_t)open + 2, author.n - 1);
    return memchr(author.p, '@', author.n) ? STR("") : plain_line(a, author);
}

static void take_field(feed_item *x, str name, str attrs, str raw)
{
    feed_field f = field_of_name(name);
    bool       markup;
    if (f == FEED_FIELDS) return;
    str value = f == FEED_LINK ? xml_attr(x->a, attrs, "href") : STR(""), rel = STR("");
    if (value.n) rel = xml_attr(x->a, attrs, "rel");
    else value = xml_content(x->a, raw, &markup);
    if (f == FEED_SECTION && !value.n) value = xml_attr(x->a, attrs, "term");
    if (rel.n && !str_is(rel, "alternate")) return;
    if (f == FEED_AUTHOR) value = author_name(x->a, value);
    if (f == FEED_AUTHOR && x->v[f].n && value.n) {
        x->v[f] = arena_printf(x->a, "%.*s; %.*s", (int)x->v[f].n, x->v[f].p, (int)value.n, value.p);
        return;
    }
    if (f == FEED_GUID && !str_starts(value, STR("http"))) return;
    if ((f == FEED_CONTENT || f == FEED_SUMMARY) ? value.n > x->v[f].n : !x->v[f].n) x->v[f] = value;
}

bool feed_is(str head)
{
    size_t i = 0;
    head = str_cut(str_trim(head), 0, NAME_WITHIN);
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_trim(str_cut(head, 3, head.n));
    if (!head.n || head.p[0] != '<') return false;
    for (;;) {
        xml_mark m = next_mark(head, i);
        if (m.kind == XML_TEXT) return false;
        if (m.kind != XML_PASSED) return str_is(m.name, "rss") || str_is(m.name, "feed") || str_is(m.name, "rdf:RDF");
        i = m.end;
    }
}

feed feed_open(arena *a, str xml)
{
    feed   f = {.xml = xml};
    size_t i = 0;
    for (;;) {
        xml_mark m = next_mark(xml, i);
        if (m.kind == XML_TEXT || is_item(m.name)) break;
        bool title = str_is(m.name, "title") && !f.site.n, language = str_is(m.name, "language") && !f.language.n, markup;
        i = m.end;
        if (str_is(m.name, "feed") && !f.language.n) f.language = xml_attr(a, m.attrs, "xml:lang");
        if (m.kind != XML_OPEN || !(title || language)) continue;
        size_t end = i; // the text up to the next tag
        for (xml_mark next; next = next_mark(xml, end), end = next.start, next.kind == XML_PASSED;) end = next.end;
        *(title ? &f.site : &f.language) = plain_line(a, xml_content(a, str_cut(xml, i, end), &markup));
    }
    f.at = i;
    return f;
}

// The fields of the item that begins behind i; where it ends.
static size_t read_item(str xml, size_t i, feed_item *x)
{
    xml_mark field = {0};
    for (;;) {
        xml_mark m = next_mark(xml, i);
        i = m.end;
        bool end = m.kind == XML_TEXT || (m.kind == XML_CLOSE && is_item(m.name)),
             own = field.name.p && str_eq(m.name, field.name);
        if (field.name.p && (end || (m.kind == XML_CLOSE && own))) {
            take_field(x, field.name, field.attrs, str_cut(xml, field.end, m.start));
            field = (xml_mark){0};
        } else if (!field.name.p && m.kind == XML_OPEN) field = m;
        else if (!field.name.p && m.kind == XML_EMPTY) take_field(x, m.name, m.attrs, STR(""));
        if (end) return i;
    }
}

bool feed_next(feed *f, arena *a, input_page *out)
{
    for (;;) {
        xml_mark m = next_mark(f->xml, f->at);
        f->at = m.end;
        if (m.kind == XML_TEXT) return false;
        if (m.kind == XML_OPEN && is_item(m.name)) break;
    }
    feed_item x = {.a = a};
    f->at = read_item(f->xml, f->at, &x);
    f->items++;
    *out = (input_page){.kind = INPUT_FRAGMENT,
                        .bytes = x.v[FEED_CONTENT].n ? x.v[FEED_CONTENT] : x.v[FEED_SUMMARY],
                        .url = x.v[FEED_LINK].n ? x.v[FEED_LINK] : x.v[FEED_GUID],
                        .title = plain_line(a, x.v[FEED_TITLE]),
                        .published = x.v[FEED_DATE].n ? x.v[FEED_DATE] : x.v[FEED_CHANGED],
                        .byline = x.v[FEED_AUTHOR],
                        .site = f->site,
                        .section = plain_line(a, x.v[FEED_SECTION]),
                        .language = x.v[FEED_LANGUAGE].n ? x.v[FEED_LANGUAGE] : f->language};
    return true;
}
