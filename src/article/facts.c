#include "article/facts.h"

#include "base/utf8.h"
#include "page/json.h"

#include <string.h>

static const char *const fact_fields[FACT_COUNT + 1] = {"title",    "site", "author",   "published", "date",
                                                        "modified", "url",  "language", "section",   NULL};

enum {
    FACT_LONGEST = 600,   // bytes of a value
    NAME_LONGEST = 64,    // of a meta element's name
    LD_LONGEST = 4 << 20, // bytes of a JSON-LD script
    LD_OBJECTS = 2000,    // objects looked at
    AUTHORS_MOST = 12,
    DATES_MOST = 2000,  // dates of one page that are weighed
    SAID_MOST = 64,     // candidates noted of all fields
    TITLE_TAG_WEIGHT = 20,
    LISTED_WEIGHT = 50, // of dates of which there are several
    URL_WEIGHT = 88,    // an address with year, month and day is made when the report is
};

#define LISTED_NAME "datepublished"

bool facts_load(fact_rules *r, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "article/meta.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str     field = tsv_get(&t, "field");
        int64_t weight;
        int     k = 0;
        while (fact_fields[k] && !str_is(field, fact_fields[k])) k++;
        if (!fact_fields[k]) return fault_set(f, "%s:%d: unknown field \"%.*s\"", t.file, t.line, (int)field.n, field.p);
        if (!str_int(tsv_get(&t, "weight"), &weight) || weight < 1 || weight > 100)
            return fault_set(f, "%s:%d: weight is no number from 1 to 100", t.file, t.line);
        if (r->n == r->cap) arena_grow(d->a, &r->rows, &r->cap, r->n, sizeof *r->rows);
        r->rows[r->n].name = arena_str(d->a, tsv_get(&t, "name")).p;
        r->rows[r->n].field = (fact_field)k;
        r->rows[r->n].weight = (int)weight;
        *map_put(d->a, &r->names, tsv_get(&t, "name")) = (uint32_t)r->n++;
    }
    return true;
}

// --- values ---

typedef struct {
    arena            *a;
    const page_tree  *t;
    const fact_rules *r;
    const date_words *dates;
    page_facts       *f;
} fact_reader;

// White space collapsed, references read.
static str tidy_value(arena *a, str s)
{
    s = page_unescaped(a, page_unescaped(a, utf8_cut(s, FACT_LONGEST))); // some are escaped twice
    char  *p = new_array(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool hard = s.p[i] == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0';
        if (hard || (unsigned char)s.p[i] <= ' ') {
            if (n && p[n - 1] != ' ') p[n++] = ' ';
            i += hard;
        } else p[n++] = s.p[i];
    }
    return str_trim((str){p, n});
}

void facts_add_date(arena *a, page_facts *f, const date_found *d, fact_field field, int weight, const char *from, const char *why)
{
    if (f->dates.n < DATES_MOST) *push(a, &f->dates) = (date_candidate){*d, field, weight, from, why};
}

void facts_note(arena *a, page_facts *f, fact_field field, str text, const char *why, int weight)
{
    if (f->said.n < SAID_MOST) *push(a, &f->said) = (article_fact){fact_fields[field], text, why, weight};
}

static bool is_date_field(fact_field k) { return k == FACT_PUBLISHED || k == FACT_DATE || k == FACT_MODIFIED; }

// The row of a name, its case not minded; MAP_NONE if there is none.
static uint32_t fact_row(const fact_rules *r, str name)
{
    char low[NAME_LONGEST];
    name = str_trim(name);
    if (!name.n || name.n > sizeof low) return MAP_NONE;
    for (size_t i = 0; i < name.n; i++) low[i] = name.p[i] >= 'A' && name.p[i] <= 'Z' ? (char)(name.p[i] + 32) : name.p[i];
    uint32_t k = map_get(&r->names, (str){low, name.n});
    return k != MAP_NONE ? k : map_get(&r->names, name);
}

static bool like_author(str s)
{
    return s.n > 1 && s.n < 160 && str_find(s, STR("://")) < 0 && str_find(s, STR("www.")) < 0 && s.p[0] != '@' && s.p[0] != '{';
}

static void note_fact(fact_reader *x, str name, str value, const char *from)
{
    uint32_t k = fact_row(x->r, name);
    if (k == MAP_NONE || !value.n) return;
    fact_field field = x->r->rows[k].field;
    int        weight = x->r->rows[k].weight;
    value = tidy_value(x->a, value);
    date_found d;
    if (is_date_field(field)) {
        if (dates_value(x->a, x->dates, value, &d)) facts_add_date(x->a, x->f, &d, field, weight, from, x->r->rows[k].name);
        return;
    }
    if (!value.n || (field == FACT_AUTHOR && !like_author(value))) return;
    facts_note(x->a, x->f, field, value, x->r->rows[k].name, weight);
    if (field == FACT_AUTHOR) {
        if (weight < x->f->weight[field]) return;
        if (weight > x->f->weight[field]) x->f->authors.n = 0;
        if (x->f->authors.n < AUTHORS_MOST) *push(x->a, &x->f->authors) = value;
    }
    if (weight <= x->f->weight[field]) return;
    x->f->v[field] = value;
    x->f->weight[field] = weight;
    x->f->why[field] = x->r->rows[k].name;
}

str facts_text(arena *a, const page_tree *t, uint32_t node, size_t most)
{
    buf b = {.a = a};
    for (uint32_t i = node + 1; i < t->v[node].end && b.n < most; i++) {
        uint8_t tag = t->v[i].tag;
        if (tag == TAG_TEXT) buf_put(&b, t->v[i].text);
        else if (tag == TAG_SCRIPT || tag == TAG_STYLE || tag == TAG_SVG) i = t->v[i].end - 1;
        else if (page_is_box(&t->v[i]) || tag == TAG_BR) buf_char(&b, ' ');
    }
    return tidy_value(a, utf8_cut(buf_str(&b), most));
}

// --- JSON-LD ---

typedef struct {
    const page_json *object;
    int              score;
} ld_choice;

typedef struct {
    fact_reader     *x;
    const page_json *ids[256]; // objects that have an @id, for those that only point to one
    size_t           n_ids, objects;
    ld_choice        report, page;
    str              url;
} ld_reader;

static bool ld_has_type(const page_json *v, const char *const *names)
{
    const page_json *type = page_json_get(v, "@type");
    const page_json *one = type && type->kind == PAGE_JSON_LIST ? type->first : type;
    for (; one; one = type->kind == PAGE_JSON_LIST ? one->next : NULL)
        for (size_t i = 0; names[i]; i++)
            if (str_ends(page_json_text(one), str_of(names[i]))) return true;
    return false;
}

static const char *const ld_articles[] = {"Article",   "BlogPosting",     "NewsPosting", "Report",
                                          "Blog_post", "LiveBlogPosting", NULL};
static const char *const ld_pages[] = {"WebPage",     "ItemPage", "MedicalWebPage", "FAQPage",
                                       "VideoObject", "Recipe",   "HowTo",          NULL};
// Members that speak of other reports.
static const char *const ld_others[] = {"itemListElement", "relatedLink", "hasPart",   "citation", "review",   "comment",
                                        "liveBlogUpdate",  "isPartOf",    "publisher", "author",   "mentions", "video",
                                        "image",           "breadcrumb",  "isBasedOn", NULL};

static bool ld_is_other(str key)
{
    for (size_t i = 0; ld_others[i]; i++)
        if (str_is(key, ld_others[i])) return true;
    return false;
}

static str ld_url(const page_json *v)
{
    const page_json *main = page_json_get(v, "mainEntityOfPage"), *url = page_json_get(v, "url");
    if (main && main->kind == PAGE_JSON_OBJECT) main = page_json_get(main, "@id");
    return page_json_text(main).n ? page_json_text(main) : page_json_text(url);
}

// The same page: scheme, "www." and a last slash not minded.
static bool same_address(str a, str b)
{
    str *both[] = {&a, &b};
    for (int i = 0; i < 2; i++) {
        ptrdiff_t at = str_find(*both[i], STR("://"));
        if (at >= 0) *both[i] = str_cut(*both[i], (size_t)at + 3, both[i]->n);
        if (str_starts(*both[i], STR("www."))) *both[i] = str_cut(*both[i], 4, both[i]->n);
        if (str_ends(*both[i], STR("/"))) both[i]->n--;
    }
    return a.n && str_eq(a, b);
}

static void ld_consider(ld_reader *l, const page_json *v, bool other)
{
    bool report = ld_has_type(v, ld_articles);
    if (!report && !ld_has_type(v, ld_pages)) return;
    int score = 10 - 8 * other + 2 * (page_json_get(v, "headline") != NULL) + 2 * (page_json_get(v, "datePublished") != NULL) +
                (page_json_get(v, "articleBody") != NULL) + 5 * same_address(ld_url(v), l->url);
    ld_choice *best = report ? &l->report : &l->page;
    if (score > best->score) *best = (ld_choice){v, score};
}

static void ld_walk(ld_reader *l, const page_json *v, bool other)
{
    if (++l->objects > LD_OBJECTS) return;
    if (v->kind == PAGE_JSON_OBJECT) {
        ld_consider(l, v, other);
        if (page_json_get(v, "@id") && page_json_get(v, "name") && l->n_ids < 256) l->ids[l->n_ids++] = v;
    }
    for (const page_json *m = v->first; m; m = m->next)
        if (m->kind == PAGE_JSON_OBJECT || m->kind == PAGE_JSON_LIST) ld_walk(l, m, other || ld_is_other(m->key));
}

// The name of a person or body: a string, an object's name, or that of the object it points to.
static str ld_name(const ld_reader *l, const page_json *v)
{
    if (v->kind != PAGE_JSON_OBJECT) return page_json_text(v);
    str              name = page_json_text(page_json_get(v, "name")), id = page_json_text(page_json_get(v, "@id"));
    const page_json *list = page_json_get(v, "name");
    if (list && list->kind == PAGE_JSON_LIST && list->first) name = page_json_text(list->first);
    for (size_t i = 0; !name.n && id.n && i < l->n_ids; i++)
        if (str_eq(id, page_json_text(page_json_get(l->ids[i], "@id")))) name = page_json_text(page_json_get(l->ids[i], "name"));
    return name;
}

static void ld_names(ld_reader *l, const page_json *v, const char *name)
{
    if (!v) return;
    if (v->kind == PAGE_JSON_LIST)
        for (const page_json *m = v->first; m; m = m->next) ld_names(l, m, name);
    else note_fact(l->x, str_of(name), ld_name(l, v), "json-ld");
}

static void ld_take(ld_reader *l)
{
    static const struct {
        const char *member, *name;
    } members[] = {{"headline", "ld:headline"},         {"datePublished", "ld:datePublished"}, {"dateCreated", "ld:dateCreated"},
                   {"dateModified", "ld:dateModified"}, {"uploadDate", "ld:uploadDate"},       {"inLanguage", "ld:inLanguage"}};
    const page_json *v = l->report.object;
    for (size_t i = 0; v && i < sizeof members / sizeof *members; i++)
        note_fact(l->x, str_of(members[i].name), page_json_text(page_json_get(v, members[i].member)), "json-ld");
    if (v) {
        ld_names(l, page_json_get(v, "author"), "ld:author");
        ld_names(l, page_json_get(v, "creator"), "ld:author");
        ld_names(l, page_json_get(v, "publisher"), "ld:publisher");
        ld_names(l, page_json_get(v, "articleSection"), "ld:articleSection");
        str body = page_json_text(page_json_get(v, "articleBody"));
        if (body.n > l->x->f->ld_body.n) l->x->f->ld_body = body;
    }
    if (!l->page.object) return;
    note_fact(l->x, STR("ld:page.datePublished"), page_json_text(page_json_get(l->page.object, "datePublished")), "json-ld");
    if (!v) ld_names(l, page_json_get(l->page.object, "author"), "ld:author");
}

static bool is_ld(const page_tree *t, uint32_t node)
{
    str type = page_raw_attr(t, node, ATTR_TYPE);
    return type.n && str_find(type, STR("ld+json")) >= 0;
}

static void read_ld(fact_reader *x, str url)
{
    ld_reader *l = new (x->a, ld_reader);
    l->x = x;
    l->url = url;
    for (uint32_t i = 0; i < x->t->n; i++) {
        if (x->t->v[i].tag != TAG_SCRIPT || !is_ld(x->t, i) || x->t->v[i].end <= i + 1) continue;
        str              text = x->t->v[i + 1].text;
        const page_json *v = text.n <= LD_LONGEST ? page_json_read(x->a, text) : NULL;
        if (v) ld_walk(l, v, false);
    }
    ld_take(l);
}

// --- elements ---

static void read_meta(fact_reader *x, uint32_t i)
{
    str content = page_raw_attr(x->t, i, ATTR_CONTENT);
    note_fact(x, page_raw_attr(x->t, i, ATTR_PROPERTY), content, "meta");
    note_fact(x, page_raw_attr(x->t, i, ATTR_NAME), content, "meta");
    note_fact(x, page_raw_attr(x->t, i, ATTR_ITEMPROP), content, "meta");
}

// itemprop="datePublished" and the like on an element that is seen.
static void read_itemprop(fact_reader *x, uint32_t i, str prop)
{
    uint32_t k = fact_row(x->r, prop);
    if (k == MAP_NONE || !(is_date_field(x->r->rows[k].field) || x->r->rows[k].field == FACT_AUTHOR)) return;
    str value = page_raw_attr(x->t, i, ATTR_CONTENT);
    if (!value.n) value = page_raw_attr(x->t, i, ATTR_DATETIME);
    if (!value.n) value = facts_text(x->a, x->t, i, 160);
    note_fact(x, prop, value, x->t->v[i].tag == TAG_TIME ? "time" : "meta");
}

static void note_title_tag(fact_reader *x, uint32_t i)
{
    x->f->title_tag = facts_text(x->a, x->t, i, FACT_LONGEST);
    if (x->f->title_tag.n) facts_note(x->a, x->f, FACT_TITLE, x->f->title_tag, "title-element", TITLE_TAG_WEIGHT);
}

static void read_elements(fact_reader *x)
{
    for (uint32_t i = 0; i < x->t->n; i++) {
        const page_node *n = &x->t->v[i];
        if (n->tag == TAG_META) read_meta(x, i);
        else if (n->tag == TAG_TITLE && !x->f->title_tag.n && x->t->v[n->parent].tag != TAG_SVG)
            note_title_tag(x, i);
        else if (n->tag == TAG_LINK && str_eq_nocase(page_raw_attr(x->t, i, ATTR_REL), STR("canonical")) &&
                 x->f->weight[FACT_URL] < 90) {
            x->f->v[FACT_URL] = page_attr_text(x->a, x->t, i, ATTR_HREF);
            x->f->weight[FACT_URL] = 90;
            facts_note(x->a, x->f, FACT_URL, x->f->v[FACT_URL], "canonical", 90);
        } else if (n->tag == TAG_HTML && !x->f->weight[FACT_LANGUAGE]) {
            x->f->v[FACT_LANGUAGE] = page_attr_text(x->a, x->t, i, ATTR_LANG);
            x->f->weight[FACT_LANGUAGE] = x->f->v[FACT_LANGUAGE].n ? 90 : 0;
        } else if (n->tag == TAG_TIME) *push(x->a, &x->f->times) = i;
        if (n->n_attrs && n->tag != TAG_META) {
            str prop = page_raw_attr(x->t, i, ATTR_ITEMPROP);
            if (prop.n) read_itemprop(x, i, prop);
        }
    }
}

// Several elements that each say they are the date of a publication are a list of reports.
static void doubt_lists(page_facts *f)
{
    int32_t day = DAY_NONE;
    bool    several = false;
    for (size_t i = 0; i < f->dates.n; i++) {
        if (strcmp(f->dates.v[i].why, LISTED_NAME)) continue;
        several |= day != DAY_NONE && day != f->dates.v[i].d.day;
        day = f->dates.v[i].d.day;
    }
    for (size_t i = 0; several && i < f->dates.n; i++)
        if (!strcmp(f->dates.v[i].why, LISTED_NAME)) f->dates.v[i].weight = LISTED_WEIGHT;
}

page_facts facts_read(arena *a, const page_tree *t, str url, const fact_rules *r, const date_words *dates)
{
    page_facts  f = {0};
    fact_reader x = {a, t, r, dates, &f};
    date_found  d;
    read_elements(&x);
    doubt_lists(&f);
    str address = url.n ? url : f.v[FACT_URL];
    read_ld(&x, address);
    if (dates_of_url(a, dates, address, &d)) facts_add_date(a, &f, &d, FACT_PUBLISHED, URL_WEIGHT, "url", "address");
    return f;
}
