#include "input/rows.h"

#include "base/buf.h"
#include "page/json.h"

#include <string.h>

enum { PEOPLE_MOST = 20 };

// Names of fields, the first that is there counts; docs/inputs.md lists them.
static const char *const html_names[] = {"html", "raw_html", "page_html", "page", NULL};
static const char *const fragment_names[] = {"body_html", "body_xhtml", "content_html", "html_body", NULL};
static const char *const text_names[] = {"text",         "body_text",   "maintext",  "body",     "content",
                                         "article",      "articleBody", "full_text", "fulltext", "plain_text",
                                         "article_text", "raw_text",    "story",     NULL};
static const char *const url_names[] = {"url", "link", "source_url", "canonical", "canonical_url", "uri", "source", NULL};
static const char *const title_names[] = {"title", "headline", "name", NULL};
static const char *const date_names[] = {"published",
                                         "date_publish",
                                         "published_at",
                                         "publishedAt",
                                         "published_date",
                                         "datePublished",
                                         "date_published",
                                         "publish_date",
                                         "publication_date",
                                         "pub_date",
                                         "pubDate",
                                         "pubdate",
                                         "date",
                                         "firstcreated",
                                         "contentcreated",
                                         "versioncreated",
                                         "created_at",
                                         "timestamp",
                                         NULL};
static const char *const byline_names[] = {"byline", "authors", "author", "by", "creator", "people", NULL};
static const char *const site_names[] = {"site",          "sitename", "site_name", "publisher", "source_name",
                                         "source_domain", "domain",   "hostname",  NULL};
static const char *const section_names[] = {"section", "category", NULL};
static const char *const language_names[] = {"language", "lang", NULL};

bool rows_are(str head)
{
    head = str_trim(head);
    if (str_starts(head, STR("\xEF\xBB\xBF"))) head = str_trim(str_cut(head, 3, head.n));
    if (head.n < 2) return false;
    char first = head.p[0], then = str_trim(str_cut(head, 1, head.n)).n ? str_trim(str_cut(head, 1, head.n)).p[0] : 0;
    return (first == '{' && then == '"') || (first == '[' && then == '{');
}

size_t rows_value_end(str s, size_t i)
{
    size_t depth = 0;
    for (bool text = false; i < s.n; i++) {
        char c = s.p[i];
        if (text) {
            if (c == '\\') i++;
            else if (c == '"') text = false;
        } else if (c == '"') text = true;
        else if (c == '{' || c == '[') depth++;
        else if ((c == '}' || c == ']') && (!depth || !--depth)) return i + 1;
    }
    return 0;
}

// The words of a value: a string, a number, a member that says it, those of a list put together.
static str words_of(arena *a, const page_json *v, int depth)
{
    static const char *const members[] = {"name", "date", "value", "title", "text", "@value", NULL};
    str                      none = {"", 0};
    if (!v || depth > 3) return none;
    if (v->kind == PAGE_JSON_STRING) return str_trim(v->text);
    if (v->kind == PAGE_JSON_OTHER) return v->text.n && v->text.p[0] >= '0' && v->text.p[0] <= '9' ? v->text : none;
    if (v->kind == PAGE_JSON_OBJECT) {
        for (size_t i = 0; members[i]; i++) {
            str s = words_of(a, page_json_get(v, members[i]), depth + 1);
            if (s.n) return s;
        }
        return none;
    }
    buf    b = {.a = a};
    size_t n = 0;
    for (const page_json *m = v->first; m && n < PEOPLE_MOST; m = m->next) {
        str s = words_of(a, m, depth + 1);
        if (s.n && n++) buf_text(&b, "; ");
        buf_put(&b, s);
    }
    return b.n ? buf_str(&b) : none;
}

static str field_of(arena *a, const page_json *row, const char *const *names)
{
    for (; *names; names++) {
        str s = words_of(a, page_json_get(row, *names), 0);
        if (s.n) return s;
    }
    return (str){"", 0};
}

// An address; not the name of a thing or site.
static str url_of(arena *a, const page_json *row)
{
    for (const char *const *name = url_names; *name; name++) {
        str s = words_of(a, page_json_get(row, *name), 0);
        if (str_find(s, STR("://")) > 0) return s;
    }
    return (str){"", 0};
}

// A moment of our own records and of others: {"date": …, "time": …, "zone": …}.
static str date_of(arena *a, const page_json *row)
{
    const page_json *v = page_json_get(row, "published");
    str              date = page_json_text(page_json_get(v, "date")), time = page_json_text(page_json_get(v, "time")),
        zone = page_json_text(page_json_get(v, "zone"));
    if (!date.n || !time.n || str_is(time, "null")) return field_of(a, row, date_names);
    if (str_is(zone, "null")) zone.n = 0;
    return arena_printf(a, "%.*sT%.*s%.*s", (int)date.n, date.p, (int)time.n, time.p, (int)zone.n, zone.p);
}

static bool has_elements(str s)
{
    static const char *const signs[] = {"</p>", "<br", "</div>", "</a>", "<p>", "</P>"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_find(s, str_of(signs[i])) >= 0) return true;
    return false;
}

// ninjs 2 and 3: a list of {"role": "main", "contenttype": "text/html", "value": …}; the main one, or the longest.
static str version_of(const page_json *list, bool *html)
{
    str best = {"", 0};
    for (const page_json *m = list ? list->first : NULL; m; m = m->next) {
        str  role = page_json_text(page_json_get(m, "role")), value = page_json_text(page_json_get(m, "value"));
        str  type = page_json_text(page_json_get(m, "contenttype"));
        bool main = str_is(role, "main");
        if (value.n <= best.n && !main) continue;
        best = value;
        *html = str_find(type, STR("html")) >= 0 || (!type.n && has_elements(value));
        if (main) break;
    }
    return best;
}

static void take_text(arena *a, const page_json *row, input_page *out)
{
    bool html = false;
    out->bytes = field_of(a, row, html_names);
    out->kind = INPUT_HTML;
    if (out->bytes.n && !memchr(out->bytes.p, '<', out->bytes.n)) out->bytes.n = 0; // its address, not the page
    if (out->bytes.n) return;
    out->kind = INPUT_FRAGMENT;
    out->bytes = field_of(a, row, fragment_names);
    if (out->bytes.n) return;
    out->bytes = version_of(page_json_get(row, "bodies"), &html);
    if (!out->bytes.n) {
        out->bytes = field_of(a, row, text_names);
        html = has_elements(out->bytes);
    }
    out->kind = html ? INPUT_FRAGMENT : INPUT_TEXT;
}

bool rows_read(arena *a, str json, input_page *out, fault *f)
{
    const page_json *row = page_json_read(a, json), *record = page_json_get(row, "report");
    const bool       whole_record = page_json_get(row, "tidings") != NULL;
    bool             html;
    if (!row || row->kind != PAGE_JSON_OBJECT) return fault_set(f, "no JSON object");
    if (record && record->kind == PAGE_JSON_OBJECT) row = record;
    *out = (input_page){.url = url_of(a, row),
                        .title = field_of(a, row, title_names),
                        .published = date_of(a, row),
                        .byline = field_of(a, row, byline_names),
                        .site = field_of(a, row, site_names),
                        .section = field_of(a, row, section_names),
                        .language = field_of(a, row, language_names)};
    if (row == record && whole_record) out->record = json;
    if (!out->title.n) out->title = version_of(page_json_get(row, "headlines"), &html);
    take_text(a, row, out);
    return out->bytes.n ? true : fault_set(f, "a row without a text: no field html, text, body, content … (tidings help inputs)");
}
