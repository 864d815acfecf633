// markup.c — an HTML page -> article: facts, title, dates, byline; its blocks judged and put in their roles.

#include "article/markup.h"
#include "article/body.h"
#include "article/byline.h"
#include "article/facts.h"
#include "article/headline.h"
#include "article/when.h"
#include "base/utf8.h"

#include <string.h>

bool markup_load(markup_rules *r, const text_rules *text, const data_set *d, fault *f)
{
    r->text = text;
    return classes_load(&r->classes, d, f) && facts_load(&r->facts, d, f) && body_load(&r->body, d, f);
}

enum {
    CELL_WORDS = 25,  // words: a cell of more is a paragraph
    GROUP_ABOVE = 32, // elements above a block among which lists, tables and quotations are looked for
};

static const char *text_role(const page_tree *t, const page_block *b)
{
    for (uint32_t node = b->box, up = 0; node && up < 4; node = t->v[node].parent, up++) switch (t->v[node].tag) {
        case TAG_LI:
        case TAG_DTERM:
        case TAG_DD: return "list";
        case TAG_BLOCKQUOTE: return "quote";
        case TAG_TD:
        case TAG_TH: return b->words < CELL_WORDS && !b->stop ? "table" : "paragraph"; // old pages are laid out in tables
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

static void place_in_list(article_block *out, const page_tree *t, uint32_t node)
{
    for (int up = 0; node && up < GROUP_ABOVE; node = t->v[node].parent, up++) switch (t->v[node].tag) {
        case TAG_LI:
        case TAG_DTERM:
        case TAG_DD:
            if (!out->part) out->part = node;
            break;
        case TAG_OL:
        case TAG_UL:
        case TAG_DL:
            if (!out->level++) out->numbered = t->v[node].tag == TAG_OL;
            out->group = node;
            break;
        default: break;
        }
    if (!out->level) out->level = 1;
}

// Which heading, item, cell or quotation a block is: out->role is known.
static void place_block(article_block *out, const page_tree *t, uint32_t box)
{
    if (!strcmp(out->role, "list")) place_in_list(out, t, box);
    for (int up = 0; box && up < GROUP_ABOVE; box = t->v[box].parent, up++) {
        uint8_t tag = t->v[box].tag;
        if (tag >= TAG_H1 && tag <= TAG_H6 && !strcmp(out->role, "heading")) out->level = (uint8_t)(1 + tag - TAG_H1);
        else if (tag == TAG_BLOCKQUOTE && !strcmp(out->role, "quote")) out->group = box;
        else if (strcmp(out->role, "table") || out->group) continue;
        else if (tag == TAG_TH) out->head = true;
        else if (tag == TAG_TR && !out->part) out->part = box;
        else if (tag == TAG_TABLE) out->group = box;
    }
}

// What a block that is not the report's is, by what lines.tsv says of it, or else its element or its class.
static const char *furniture_role(const markup_page *m, size_t i)
{
    static const struct {
        article_class kind;
        const char   *role;
    } roles[] = {{CLASS_CONSENT, "consent"},  {CLASS_COMMENT, "comments"}, {CLASS_SHARE, "share"},
                 {CLASS_AD, "advertisement"}, {CLASS_CAPTION, "caption"},  {CLASS_BIO, "bio"},
                 {CLASS_PROMO, "promo"},      {CLASS_TAGS, "tags"},        {CLASS_TOC, "contents"},
                 {CLASS_RELATED, "related"},  {CLASS_CARD, "related"},     {CLASS_BREADCRUMB, "navigation"},
                 {CLASS_NAV, "navigation"},   {CLASS_FOOTER, "footer"},    {CLASS_SIDEBAR, "sidebar"},
                 {CLASS_BYLINE, "byline"},    {CLASS_DATE, "date"},        {CLASS_HEADER, "header"}};
    const char *role = features_role(&m->seen, i);
    uint32_t    above = m->blocks.above[m->blocks.v[i].box];
    for (size_t k = 0; !role && k < sizeof roles / sizeof *roles; k++)
        if (above >> roles[k].kind & 1) role = roles[k].role;
    return role ? role : "furniture";
}

markup_page *markup_prepare(arena *a, str html, str url, const markup_rules *r)
{
    markup_page *m = new (a, markup_page);
    m->tree = page_parse(a, html);
    if (m->tree.cut) return NULL;
    m->facts = facts_read(a, &m->tree, url, &r->facts, &r->text->dates);
    m->blocks = blocks_of(a, &m->tree, &r->classes);
    if (m->blocks.n >= ARTICLE_BLOCKS_MOST) return NULL;
    headline_find(a, &m->tree, &m->blocks, &m->facts, url, &m->title, &m->site, &m->title_at, &m->title_why);
    m->seen =
        (feature_page){.a = a, .t = &m->tree, .b = &m->blocks, .rules = r->text, .title = m->title, .ld_body = m->facts.ld_body};
    features_prepare(&m->seen);
    return m;
}

// All of a fragment is the report, but for lines that are furniture wherever they stand.
static void keep_all(body_choice *c, size_t n)
{
    for (size_t i = 0; i < n; i++) c->keep[i] = true, c->why[i] = "fragment";
    c->confidence = 0;
}

bool markup_read(arena *a, str html, const article_hints *hints, const markup_rules *r, article *out, fault *f)
{
    markup_page *m = markup_prepare(a, html, hints->url, r);
    if (!m) return article_too_long(f);
    article_builder b = {.a = a, .text = {.a = a}};
    body_choice     choice = body_choose(&m->seen, &r->body);
    if (hints->fragment) keep_all(&choice, m->blocks.n);
    out->title = m->title;
    out->site = m->site;
    out->section = m->facts.v[FACT_SECTION];
    out->canonical = m->facts.v[FACT_URL];
    if (!out->url.n) out->url = m->facts.v[FACT_URL];
    if (m->facts.v[FACT_LANGUAGE].n) out->language = utf8_cut(m->facts.v[FACT_LANGUAGE], 2);
    when_page when = {&m->tree, &m->blocks, m->seen.inside, r->text, html, out->url, m->title_at, article_latest(hints)};
    when_look(a, &when, &m->facts, out);
    when_choose(a, &when, &m->facts, out);
    byline_find(a, &m->tree, &m->blocks, &m->facts, m->title_at, &r->body.names.words, out);
    for (size_t i = 0; i < m->blocks.n; i++) {
        const page_block *block = &m->blocks.v[i];
        if (i == m->title_at) article_add(&b, block->text, "title", m->title_why, false);
        else if (m->seen.line_why[i]) article_add(&b, block->text, features_role(&m->seen, i), m->seen.line_why[i], false);
        else if (choice.keep[i]) {
            article_add(&b, block->text, text_role(&m->tree, block), choice.why[i], true);
            if (b.blocks.n) place_block(&b.blocks.v[b.blocks.n - 1], &m->tree, block->box);
        } else article_add(&b, block->text, furniture_role(m, i), choice.why[i], false);
    }
    out->confidence = choice.confidence;
    out->facts = m->facts.said.v;
    out->n_facts = m->facts.said.n;
    article_built(&b, out);
    article_dateline(a, r->text, out);
    return true;
}
