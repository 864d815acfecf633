#include "article/article.h"

#include "article/markup.h"
#include "page/encoding.h"

#include <string.h>

struct article_rules {
    text_rules   text;
    markup_rules markup;
};

const article_rules *article_rules_load(const data_set *d, fault *f)
{
    article_rules *r = new (d->a, article_rules);
    if (!dates_load(&r->text.dates, d, f)) return NULL;
    if (!(r->text.lines = lines_load(d, &r->text.dates, f))) return NULL;
    return markup_load(&r->markup, &r->text, d, f) ? r : NULL;
}

void article_add(article_builder *b, str text, const char *role, const char *why, bool in_text)
{
    if (article_full(b)) return;
    article_block *block = push(b->a, &b->blocks);
    *block = (article_block){.text = text, .role = role, .why = why};
    if (!in_text) return;
    if (b->text.n) buf_put(&b->text, STR("\n\n"));
    block->at.start = (uint32_t)b->text.n;
    buf_put(&b->text, text);
    block->at.end = (uint32_t)b->text.n;
    *push(b->a, &b->paragraphs) = block->at;
}

bool article_too_long(fault *f)
{
    return fault_set(f, "more than %d paragraphs or %d elements: no report has", ARTICLE_BLOCKS_MOST, PAGE_NODES);
}

void article_built(const article_builder *b, article *out)
{
    out->text = b->text.n ? buf_str(&b->text) : STR("");
    out->paragraphs = b->paragraphs.v;
    out->n_paragraphs = b->paragraphs.n;
    out->blocks = b->blocks.v;
    out->n_blocks = b->blocks.n;
}

article_date article_date_of(const date_found *d, const char *from)
{
    return (article_date){.day = d->day, .minute = d->minute, .zone = d->zone, .from = from};
}

enum { MARKUP_WITHIN = 2048 }; // bytes in which an HTML page shows that it is one

// It begins with a tag, or has two elements only pages have; a report that quotes a tag is still text.
static bool like_markup(str s)
{
    static const char *const signs[] = {"<!doctype html", "<html", "<head>", "<body", "<meta "};
    unsigned                 found = 0;
    s = str_cut(str_trim(s), 0, MARKUP_WITHIN);
    if (s.n > 1 && s.p[0] == '<' && (s.p[1] == '!' || s.p[1] == '?' || (s.p[1] | 32) >= 'a')) return true;
    for (size_t i = 0; i < s.n; i++)
        for (size_t k = 0; s.p[i] == '<' && k < sizeof signs / sizeof *signs; k++)
            if (str_eq_nocase(str_cut(s, i, i + strlen(signs[k])), str_of(signs[k]))) found |= 1u << k;
    return found & (found - 1);
}

bool article_given_date(arena *a, const article_rules *rules, str s, article_hints *out)
{
    date_found d;
    if (!dates_value(a, &rules->text.dates, s, &d) || d.other != DAY_NONE) return false;
    out->published = d.day, out->minute = d.minute, out->clock = d.minute >= 0, out->zone = d.zone;
    return true;
}

// What the caller says wins over the page.
static void take_hints(arena *a, const article_hints *hints, article *out)
{
    if (hints->title.n) out->title = hints->title;
    if (hints->site.n) out->site = hints->site;
    if (hints->section.n) out->section = hints->section;
    if (hints->language.n) out->language = hints->language;
    if (hints->byline.n) {
        out->n_byline = 0;
        article_byline(a, hints->byline, out);
    }
    if (article_latest(hints) != DAY_NONE && out->published.day > article_latest(hints))
        out->published = (article_date){.day = DAY_NONE, .minute = -1};
    if (hints->published == DAY_NONE) return;
    out->published = (article_date){.day = hints->published, .minute = -1, .from = "given"};
    if (hints->clock) out->published.minute = hints->minute, out->published.zone = hints->zone;
}

// The next day may have begun elsewhere.
int32_t article_latest(const article_hints *hints) { return hints->fetched ? hints->fetched + 1 : DAY_NONE; }

bool article_read(arena *a, str bytes, const article_hints *hints, const article_rules *rules, article *out, fault *f)
{
    decoded text;
    *out = (article){.url = hints->url, .title = hints->title, .language = STR("en"), .reading_minutes = -1};
    out->published = out->modified = (article_date){.day = DAY_NONE, .minute = -1};
    if (!page_decode(a, bytes, hints->charset, &text, f)) return false;
    bool markup = hints->html || hints->fragment || (!hints->text && like_markup(text.text));
    if (markup ? !markup_read(a, text.text, hints, &rules->markup, out, f) : !plain_read(a, text.text, &rules->text, out, f))
        return false;
    take_hints(a, hints, out);
    return true;
}

static void dump_day(FILE *out, const article_date *d)
{
    char day[16], minute[16] = "";
    day_iso(d->day, day);
    if (d->minute >= 0) snprintf(minute, sizeof minute, "%02d:%02d", d->minute / 60, d->minute % 60);
    fprintf(out, "%s | %s | %.*s | %s", day, minute, (int)d->zone.n, d->zone.p ? d->zone.p : "", d->from);
}

static void dump_date(FILE *out, const char *name, const article_date *d)
{
    if (d->day == DAY_NONE) return;
    fprintf(out, "%s | ", name);
    dump_day(out, d);
    fputc('\n', out);
}

static void dump_candidate(FILE *out, const article_candidate *c)
{
    fputs("candidate | ", out);
    dump_day(out, &c->date);
    fprintf(out, " | %s %s | %d\n", c->what, c->why, c->weight);
}

static void dump_fact(FILE *out, const article_fact *c)
{
    fprintf(out, "candidate | %s | %.*s | %s | %d\n", c->what, (int)c->text.n, c->text.p, c->why, c->weight);
}

static void dump_field(FILE *out, const char *name, str s)
{
    if (s.n) fprintf(out, "%s | %.*s\n", name, (int)s.n, s.p);
}

enum { DUMPED_WORDS = 72 }; // bytes of a block's beginning

// The beginning of a block on one line, cut between words.
static void dump_words(FILE *out, str s)
{
    size_t n = s.n < DUMPED_WORDS ? s.n : DUMPED_WORDS;
    if (n < s.n) {
        while (n > DUMPED_WORDS / 2 && s.p[n] != ' ') n--;
        while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n++;
    }
    for (size_t i = 0; i < n; i++) fputc(s.p[i] == '\n' || s.p[i] == '\t' ? ' ' : s.p[i], out);
    fputs(n < s.n ? " …\n" : "\n", out);
}

void article_dump(FILE *out, const article *art)
{
    dump_field(out, "title", art->title);
    dump_field(out, "site", art->site);
    dump_field(out, "section", art->section);
    dump_field(out, "canonical", art->canonical);
    if (art->n_byline) fputs("byline | ", out);
    for (size_t i = 0; i < art->n_byline; i++) fprintf(out, "%s%.*s", i ? "; " : "", (int)art->byline[i].n, art->byline[i].p);
    if (art->n_byline) fputc('\n', out);
    dump_date(out, "published", &art->published);
    dump_date(out, "modified", &art->modified);
    if (art->reading_minutes >= 0) fprintf(out, "reading_minutes | %d\n", art->reading_minutes);
    if (art->confidence > 0) fprintf(out, "confidence | %.2f\n", (double)art->confidence);
    if (art->dateline.end) dump_field(out, "dateline", span_of(art->text, art->dateline));
    for (size_t i = 0; i < art->n_candidates; i++) dump_candidate(out, &art->candidates[i]);
    for (size_t i = 0; i < art->n_facts; i++) dump_fact(out, &art->facts[i]);
    for (size_t i = 0; i < art->n_blocks; i++) {
        fprintf(out, "%s | %s | ", art->blocks[i].role, art->blocks[i].why);
        dump_words(out, art->blocks[i].text);
    }
}
