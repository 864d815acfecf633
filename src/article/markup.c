// markup.c — an HTML page -> article: facts, title, dates, byline; its blocks judged and put in their roles.

#include "article/body.h"
#include "article/facts.h"
#include "article/headline.h"
#include "article/markup.h"

#include <string.h>

bool markup_load(markup_rules *r, const text_rules *text, const data_set *d, fault *f)
{
    r->text = text;
    return classes_load(&r->classes, d, f) && facts_load(&r->facts, d, f) && body_load(&r->body, d, f);
}

// --- dates ---

enum {
    TIME_ELEMENT = 60,   // weight of a <time>,
    TIME_SAYS_SO = 24,   // more if its class or attribute says it is the publication,
    TIME_NEAR_TITLE = 12, // more the nearer it stands to the title
    LINE_LABELLED = 78,  // a line "Published 3 May 2021" near the title
    LINE_BARE = 62,      // a line that is only a date, there
    NEAR_TITLE = 14,     // blocks after the title among which a date line is looked for
};

static void note_times(arena *a, const markup_rules *r, const page_tree *t, const page_blocks *b, page_facts *f, uint32_t title_node)
{
    for (size_t i = 0; i < f->times.n && i < 400; i++) {
        uint32_t node = f->times.v[i];
        str      value = page_attr_text(a, t, node, ATTR_DATETIME);
        if (!value.n) value = facts_text(a, t, node, 80);
        date_found d;
        if (!dates_value(a, &r->text->dates, value, &d)) continue;
        uint32_t own = classes_of(&r->classes, t, node);
        str      cls = page_raw_attr(t, node, ATTR_CLASS);
        bool     updated = cls.n && (str_find(cls, STR("updat")) >= 0 || str_find(cls, STR("modif")) >= 0);
        bool     says = !updated && (page_raw_attr(t, node, ATTR_PUBDATE).p || (cls.n && str_find(cls, STR("publish")) >= 0) || (cls.n && str_find(cls, STR("entry-date")) >= 0));
        uint32_t bad = b->above[t->v[node].parent] & (1u << CLASS_RELATED | 1u << CLASS_COMMENT | 1u << CLASS_SIDEBAR | 1u << CLASS_CARD | 1u << CLASS_FOOTER | 1u << CLASS_NAV);
        int      weight = TIME_ELEMENT + says * TIME_SAYS_SO - 30 * (bad != 0);
        (void)own;
        if (title_node && node > title_node && node < title_node + 400) weight += TIME_NEAR_TITLE;
        facts_add_date(a, f, &d, updated ? FACT_MODIFIED : FACT_PUBLISHED, weight, "time", "time-element");
    }
}

static const date_candidate *best_date(const page_facts *f, bool modified)
{
    const date_candidate *best = NULL;
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *c = &f->dates.v[i];
        if ((c->field == FACT_MODIFIED) != modified) continue;
        if (!best || c->weight > best->weight) best = c;
    }
    return best;
}

static void note_lines(arena *a, const markup_rules *r, const page_blocks *b, page_facts *f, size_t title_at, article *out)
{
    size_t from = title_at == SIZE_MAX ? 0 : title_at > 4 ? title_at - 4 : 0;
    for (size_t i = from; i < b->n && i < from + NEAR_TITLE + 4; i++) {
        if (b->v[i].words > 30) continue;
        line_reading l = lines_read(a, r->text->lines, b->v[i].text, LINE_HEAD | LINE_ANY | LINE_PAGE);
        if (!l.whole) continue;
        if (l.published.year) facts_add_date(a, f, &l.published, FACT_PUBLISHED, (l.labelled ? LINE_LABELLED : LINE_BARE) - (int)(i - from) / 4, "text", l.why);
        if (l.modified.year) facts_add_date(a, f, &l.modified, FACT_MODIFIED, LINE_LABELLED, "text", l.why);
        if (l.reading_minutes > 0 && out->reading_minutes < 0) out->reading_minutes = l.reading_minutes;
        if (l.names.n && !out->n_byline && !f->authors.n) article_byline(a, l.names, out);
    }
}

static void set_dates(const page_facts *f, article *out)
{
    const date_candidate *p = best_date(f, false), *m = best_date(f, true);
    if (p) out->published = article_date_of(&p->d, p->from);
    if (m) out->modified = article_date_of(&m->d, m->from);
    if (!p && m) out->published = out->modified;
}

// --- the page ---

static const char *role_of(const page_tree *t, const page_block *b)
{
    for (uint32_t node = b->box, up = 0; node && up < 4; node = t->v[node].parent, up++) switch (t->v[node].tag) {
        case TAG_LI:
        case TAG_DTERM:
        case TAG_DD: return "list";
        case TAG_BLOCKQUOTE: return "quote";
        case TAG_TD:
        case TAG_TH: return "table";
        case TAG_H1:
        case TAG_H2:
        case TAG_H3:
        case TAG_H4:
        case TAG_H5:
        case TAG_H6: return "heading";
        default: break;
        }
    return "paragraph";
}

static void prepare_page(arena *a, str html, str url, const markup_rules *r, markup_page *m)
{
    m->tree = page_parse(a, html);
    m->facts = facts_read(a, &m->tree, url, &r->facts, &r->text->dates);
    m->blocks = blocks_of(a, &m->tree, &r->classes);
    headline_find(a, &m->tree, &m->blocks, &m->facts, url, &m->title, &m->site, &m->title_at, &m->title_why);
    m->seen = (feature_page){.a = a, .t = &m->tree, .b = &m->blocks, .rules = r->text, .title = m->title, .ld_body = m->facts.ld_body};
    features_prepare(&m->seen);
}

markup_page *markup_prepare(arena *a, str html, str url, const markup_rules *r)
{
    markup_page *m = new(a, markup_page);
    prepare_page(a, html, url, r, m);
    return m;
}

void markup_read(arena *a, str html, const article_hints *hints, const markup_rules *r, article *out)
{
    markup_page    *m = markup_prepare(a, html, hints->url, r);
    article_builder b = {.a = a, .text = {.a = a}};
    float          *score = body_scores(&m->seen, &r->body);
    out->title = m->title;
    out->site = m->site;
    if (!out->url.n) out->url = m->facts.v[FACT_URL];
    if (m->facts.v[FACT_LANGUAGE].n) out->language = str_cut(m->facts.v[FACT_LANGUAGE], 0, 2);
    uint32_t title_node = m->title_at == SIZE_MAX ? 0 : m->blocks.v[m->title_at].box;
    note_times(a, r, &m->tree, &m->blocks, &m->facts, title_node);
    note_lines(a, r, &m->blocks, &m->facts, m->title_at, out);
    set_dates(&m->facts, out);
    for (size_t i = 0; i < m->facts.authors.n; i++) article_byline(a, m->facts.authors.v[i], out);
    for (size_t i = 0; i < m->blocks.n; i++) {
        const page_block *block = &m->blocks.v[i];
        if (i == m->title_at) article_add(&b, block->text, "title", m->title_why, false);
        else if (score[i] > 0) article_add(&b, block->text, role_of(&m->tree, block), "blocks", true);
        else article_add(&b, block->text, "furniture", "blocks", false);
    }
    article_built(&b, out);
}
