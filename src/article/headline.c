#include "article/headline.h"

#include <string.h>

enum {
    HEADLINE_LONGEST = 400, // bytes
    HEADLINE_WORDS = 64,    // words compared
    ALIKE = 60,             // percent of the words of a heading and of the page's title that are the same
    HEADING_DEPTH = 8,      // elements between a heading and its text
    H1_FIRST = 100,         // added for an h1
    MASTHEAD_BLOCKS = 4,    // blocks among which a page has its site's name
    BUTTON_WORDS = 5,       // a heading of fewer that has none of the title's is a menu's or a section's
    SHORTENED = 20,         // bytes: a wording is not shortened to less
    SITE_SUFFIX = 60,       // bytes: what is cut from a title as the site's name is not longer
};

// Letters and digits of a name in lower case: "The Daily-Post" -> "thedailypost".
static str squeezed(arena *a, str s)
{
    char  *p = new_array(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c >= 'A' && c <= 'Z') p[n++] = (char)(c + 32);
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) p[n++] = (char)c;
    }
    return (str){p, n};
}

str headline_host(str url)
{
    ptrdiff_t at = str_find(url, STR("://"));
    if (at < 0) return (str){"", 0};
    str host, rest = str_cut(url, (size_t)at + 3, url.n);
    host = str_split(rest, '/', &rest);
    return str_starts(host, STR("www.")) ? str_cut(host, 4, host.n) : host;
}

bool headline_names_site(arena *a, str part, str site, str host)
{
    str p = squeezed(a, part), s = squeezed(a, site), h = squeezed(a, host);
    if (str_starts(p, STR("the")) && p.n > 5) p = str_cut(p, 3, p.n);
    if (str_starts(s, STR("the")) && s.n > 5) s = str_cut(s, 3, s.n);
    if (!p.n || part.n > SITE_SUFFIX) return false;
    if (s.n && (str_eq(p, s) || (p.n > 3 && str_find(s, p) >= 0) || (s.n > 3 && str_find(p, s) >= 0))) return true;
    str first = str_split(host, '.', &host);
    str label = squeezed(a, first);
    return h.n && p.n > 2 && (str_find(h, p) >= 0 || (label.n > 3 && str_find(p, label) >= 0));
}

static const char *const title_marks[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ",     " :: ",
                                          " // ", " \xC2\xAB ", " \xC2\xBB ",     " \xE2\x80\xA2 ", " \xEF\xBD\x9C ", "|"};

// The last mark that parts a title; its place and length.
static ptrdiff_t last_mark(str s, size_t *n)
{
    ptrdiff_t best = -1;
    for (size_t k = 0; k < sizeof title_marks / sizeof *title_marks; k++) {
        str mark = str_of(title_marks[k]);
        for (ptrdiff_t i = (ptrdiff_t)s.n - (ptrdiff_t)mark.n; i > best; i--)
            if (memcmp(s.p + i, mark.p, mark.n) == 0) {
                best = i, *n = mark.n;
                break;
            }
    }
    return best;
}

static ptrdiff_t first_mark(str s, size_t *n)
{
    ptrdiff_t best = -1;
    for (size_t k = 0; k < sizeof title_marks / sizeof *title_marks; k++) {
        ptrdiff_t i = str_find(s, str_of(title_marks[k]));
        if (i >= 0 && (best < 0 || i < best)) best = i, *n = strlen(title_marks[k]);
    }
    return best;
}

// Cuts parts that name the site from either end. *cut: the name cut last, if `cut` is not NULL.
static str without_site(arena *a, str title, str site, str host, str *cut)
{
    for (size_t n = 0;;) {
        ptrdiff_t at = last_mark(title, &n);
        str       part = at > 0 ? str_trim(str_cut(title, (size_t)at + n, title.n)) : STR("");
        if (!part.n || !headline_names_site(a, part, site, host)) break;
        if (cut) *cut = part;
        title = str_trim(str_cut(title, 0, (size_t)at));
    }
    size_t    n = 0;
    ptrdiff_t at = first_mark(title, &n);
    if (at > 0 && headline_names_site(a, str_cut(title, 0, (size_t)at), site, host) && title.n - (size_t)at > 15)
        title = str_trim(str_cut(title, (size_t)at + n, title.n));
    return title;
}

// --- headings ---

typedef struct {
    uint64_t v[HEADLINE_WORDS];
    size_t   n;
} headline_words;

static headline_words words_of_line(arena *a, str s)
{
    headline_words w = {{0}, 0};
    for (size_t i = 0; i < s.n && w.n < HEADLINE_WORDS;) {
        size_t from = i;
        while (i < s.n && s.p[i] != ' ') i++;
        str word = squeezed(a, str_cut(s, from, i));
        if (word.n) w.v[w.n++] = str_hash(word);
        i++;
    }
    return w;
}

// Percent of the words of x and y together that they share.
static unsigned alike(const headline_words *x, const headline_words *y)
{
    size_t both = 0;
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n; k++)
            if (x->v[i] == y->v[k]) {
                both++;
                break;
            }
    return x->n + y->n ? (unsigned)(200 * both / (x->n + y->n)) : 0;
}

static bool stands_in(const page_tree *t, uint32_t node, uint8_t tag)
{
    for (int up = 0; node && up < HEADING_DEPTH; up++, node = t->v[node].parent)
        if (t->v[node].tag == tag) return true;
    return false;
}

// A heading that names only the site, or a section of it: "The Daily Post", "Blog".
static bool is_masthead(arena *a, str text, str said, str site, str host)
{
    headline_words w = words_of_line(a, text);
    return (w.n < 3 && said.n) || headline_names_site(a, text, site, host);
}

// The heading that says most nearly what the page's title says, an h1 before others; else the one h1 there is.
static size_t best_heading(arena *a, const page_tree *t, const page_blocks *b, str title, str site, str host)
{
    headline_words want = words_of_line(a, title);
    unsigned       best = 0;
    size_t         at = SIZE_MAX, lone = SIZE_MAX, lone_count = 0;
    for (size_t i = 0; i < b->n; i++) {
        uint32_t box = b->v[i].box;
        bool     h1 = stands_in(t, box, TAG_H1), h2 = !h1 && (stands_in(t, box, TAG_H2) || (b->above[box] >> CLASS_TITLE & 1));
        if ((!h1 && !h2) || b->v[i].text.n > HEADLINE_LONGEST) continue;
        headline_words have = words_of_line(a, b->v[i].text);
        unsigned       score = alike(&have, &want);
        bool           button = !score && have.n < BUTTON_WORDS && want.n >= BUTTON_WORDS;
        if (h1 && !button && !is_masthead(a, b->v[i].text, title, site, host) &&
            !(lone_count && str_eq(b->v[lone].text, b->v[i].text)))
            lone = i, lone_count++;
        if (score < ALIKE) continue;
        if (h1) score += H1_FIRST;
        if (score > best) best = score, at = i;
    }
    return best > H1_FIRST || lone_count != 1 ? at : lone;
}

// The page's own wording where the heading only has more around it: "Bridge closed (dailypost.com) 87".
static str shorter_wording(str heading, str said)
{
    size_t n = said.n;
    if (n < SHORTENED || n >= heading.n) return heading;
    return str_eq_nocase(str_cut(heading, 0, n), said) || str_eq_nocase(str_cut(heading, heading.n - n, heading.n), said)
               ? said
               : heading;
}

// What stands before a bar, if that is a title by itself: "Bridge closed at noon | Opinion".
static str before_bar(arena *a, str title)
{
    ptrdiff_t at = str_find(title, STR(" | "));
    if (at <= 0) return title;
    str            left = str_trim(str_cut(title, 0, (size_t)at));
    headline_words w = words_of_line(a, left);
    return w.n >= 3 ? left : title;
}

// Where nothing names the site: the part of the page's title that stands alone among its first blocks, and not as its heading.
static str masthead(const page_tree *t, const page_blocks *b, str title)
{
    static const char *const marks[] = {": ", " - ", " | ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB "};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++) {
        ptrdiff_t at = str_find(title, str_of(marks[k]));
        if (at < 0) continue;
        str parts[] = {str_cut(title, 0, (size_t)at), str_cut(title, (size_t)at + strlen(marks[k]), title.n)};
        for (size_t i = 0; i < b->n && i < MASTHEAD_BLOCKS; i++)
            for (size_t half = 0; half < 2; half++)
                if (parts[half].n > 3 && str_eq_nocase(b->v[i].text, parts[half]) && !stands_in(t, b->v[i].box, TAG_H1))
                    return parts[half];
    }
    return (str){"", 0};
}

void headline_find(arena *a, const page_tree *t, const page_blocks *b, const page_facts *f, str url, str *title, str *site,
                   size_t *at, const char **why)
{
    str host = headline_host(url.n ? url : f->v[FACT_URL]), cut = {"", 0}, named = f->v[FACT_SITE];
    if (!named.n && !host.n) named = masthead(t, b, f->title_tag);
    str said = without_site(a, f->v[FACT_TITLE].n ? f->v[FACT_TITLE] : f->title_tag, named, host, &cut);
    if (!cut.n) without_site(a, f->title_tag, named, host, &cut);
    if (named.n && str_starts(said, named) && str_starts(str_cut(said, named.n, said.n), STR(": ")))
        said = str_cut(said, named.n + 2, said.n);
    *at = best_heading(a, t, b, said, named, host);
    *title = before_bar(a, *at != SIZE_MAX ? shorter_wording(without_site(a, b->v[*at].text, named, host, NULL), said) : said);
    *why = *at != SIZE_MAX ? "heading" : f->v[FACT_TITLE].n ? f->why[FACT_TITLE] : "title-element";
    *site = named.n ? named : cut.n ? cut : host;
    for (size_t i = 0; i < b->n && *at == SIZE_MAX && title->n; i++)
        if (str_eq_nocase(b->v[i].text, *title)) *at = i;
}
