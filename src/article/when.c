#include "article/when.h"

#include <string.h>

// Weights of what is seen, beside those of data/article/meta.tsv for what is stated.
enum {
    TIME_ELEMENT = 60,  // a <time>,
    TIME_SAYS_SO = 24,  // more if its class or attribute says it is the publication,
    NEAR_MORE = 12,     // more if it stands near the title,
    ASIDE_LESS = 34,    // less among other reports, comments, in the footer
    LINE_LABELLED = 78, // a line "Published 3 May 2021" near the title,
    LINE_FAR = 52,      // and elsewhere
    LINE_BARE = 64,     // a line that is only a date, near the title
    DATE_CLASS = 58,    // an element whose class says it is a date
    NEAR_LINE = 46,     // any short line near the title that has a date in it
    SCRIPT_KEY = 48,    // "datePublished" and the like anywhere in the page's bytes
    CERTAIN = 60,       // a date of this weight is not looked for in scripts any more
    LATE_LINE = 42,     // a line that is a date anywhere, where nothing else is found
    LOOK_ON = 40,       // where no date has that weight, lines far from the title are read
    LEAST = 35,         // a date of less weight is no publication
    OLDER_SEEN = 46,    // of that weight a date that is seen may go before one that is stated
    STATED = 80,        // statements of that weight are equals
};

enum {
    BLOCKS_BEFORE = 6, // blocks before and after the title that are near it
    BLOCKS_AFTER = 14,
    LINE_WORDS = 30,
    TIMES_MOST = 400, // <time> elements looked at
    KEY_AHEAD = 40,   // bytes after a key in which its value begins
    KEYS_MOST = 20,
    FURTHEST_WEST = 8 * 60,  // minutes of the day in UTC up to which it is still the day before somewhere,
    FURTHEST_EAST = 10 * 60, // and from which it is the day after
};

static bool has_class_part(const page_tree *t, uint32_t node, str part)
{
    str c = page_raw_attr(t, node, ATTR_CLASS), p = page_raw_attr(t, node, ATTR_ITEMPROP);
    return (c.n && str_find(c, part) >= 0) || (p.n && str_find(p, part) >= 0);
}

static bool says_modified(const page_tree *t, uint32_t node)
{
    for (int up = 0; node && up < 2; up++, node = t->v[node].parent)
        if (has_class_part(t, node, STR("pdate")) || has_class_part(t, node, STR("odified")))
            return !has_class_part(t, node, STR("pubdate"));
    return false;
}

static bool says_published(const page_tree *t, uint32_t node)
{
    for (int up = 0; node && up < 2; up++, node = t->v[node].parent)
        if (has_class_part(t, node, STR("ublish")) || has_class_part(t, node, STR("entry-date")) ||
            page_raw_attr(t, node, ATTR_PUBDATE).p)
            return true;
    return false;
}

// How much less a date counts among other reports, comments, in the footer. Class words that often go around the whole
// head of a report weigh less near the title.
static int aside_less(const when_page *p, uint32_t node, bool near)
{
    uint32_t in = 1u << IN_ASIDE | 1u << IN_FOOTER | 1u << IN_NAV, sure = 1u << CLASS_RELATED | 1u << CLASS_COMMENT;
    uint32_t often = 1u << CLASS_SIDEBAR | 1u << CLASS_CARD | 1u << CLASS_FOOTER | 1u << CLASS_NAV;
    if (p->inside[node] & in || p->b->above[node] & sure) return ASIDE_LESS;
    if (!(p->b->above[node] & often)) return 0;
    return near ? ASIDE_LESS / 3 : ASIDE_LESS;
}

static bool near_title(const when_page *p, size_t block)
{
    if (p->title_at == SIZE_MAX) return block < BLOCKS_AFTER;
    return block + BLOCKS_BEFORE >= p->title_at && block <= p->title_at + BLOCKS_AFTER;
}

// The first block at or after a node.
static size_t block_at(const page_blocks *b, uint32_t node)
{
    size_t low = 0, high = b->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (b->v[mid].to <= node) low = mid + 1;
        else high = mid;
    }
    return low;
}

static void look_at_times(arena *a, const when_page *p, page_facts *f)
{
    for (size_t i = 0; i < f->times.n && i < TIMES_MOST; i++) {
        uint32_t   node = f->times.v[i];
        str        value = page_attr_text(a, p->t, node, ATTR_DATETIME);
        date_found d;
        if (!value.n) value = facts_text(a, p->t, node, 80);
        if (!dates_value(a, &p->text->dates, value, &d)) continue;
        size_t block = block_at(p->b, node);
        bool   modified = says_modified(p->t, node), near = near_title(p, block);
        int    weight = TIME_ELEMENT + NEAR_MORE * near - aside_less(p, block < p->b->n ? p->b->v[block].box : node, near);
        if (!modified && says_published(p->t, node)) weight += TIME_SAYS_SO;
        facts_add_date(a, f, &d, modified ? FACT_MODIFIED : FACT_PUBLISHED, weight, "time", "time-element");
    }
}

// The first date written anywhere in s.
static bool date_within(arena *a, const date_words *w, str s, date_found *out)
{
    for (size_t i = 0; i < s.n; i++)
        if ((i == 0 || strchr(" (|:,>\t", s.p[i - 1]) || (unsigned char)s.p[i - 1] >= 0x80) && dates_read(a, w, s, i, out))
            return true;
    return false;
}

static bool has_digit(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') return true;
    return false;
}

static void take_line(arena *a, const line_reading *l, page_facts *f, bool near, int less, article *out)
{
    int labelled = (near ? LINE_LABELLED : LINE_FAR) - less, bare = near ? LINE_BARE - less : 0;
    if (l->published.year && (l->labelled || near))
        facts_add_date(a, f, &l->published, FACT_PUBLISHED, l->labelled ? labelled : bare, "text", l->why);
    if (l->modified.year) facts_add_date(a, f, &l->modified, FACT_MODIFIED, labelled, "text", l->why);
    if (!near) return;
    if (l->reading_minutes > 0 && out->reading_minutes < 0) out->reading_minutes = l->reading_minutes;
    if (l->names.n && !out->n_byline && !f->authors.n) article_byline(a, l->names, out);
}

static void look_at_block(arena *a, const when_page *p, size_t i, page_facts *f, article *out)
{
    const page_block *b = &p->b->v[i];
    bool              near = near_title(p, i);
    uint32_t          parent = p->t->v[b->box].parent, own = p->b->own[b->box] | p->b->own[parent];
    bool              dated = (own >> CLASS_DATE & 1) != 0;
    if (b->words > LINE_WORDS || (!near && !dated && b->words > 8) || (!has_digit(b->text) && !near)) return;
    int          less = aside_less(p, b->box, near);
    line_reading l = lines_read(a, p->text->lines, b->text, LINE_HEAD | LINE_ANY | LINE_PAGE);
    if (l.whole) take_line(a, &l, f, near, less, out);
    date_found d;
    if ((!near && !dated) || (l.whole && l.labelled) || !date_within(a, &p->text->dates, b->text, &d)) return;
    bool modified = says_modified(p->t, b->box) || str_find(b->text, STR("pdated")) >= 0;
    if (dated)
        facts_add_date(a, f, &d, modified ? FACT_MODIFIED : FACT_PUBLISHED, DATE_CLASS + NEAR_MORE * near - less, "text",
                       "date-class");
    else if (!b->stop)
        facts_add_date(a, f, &d, modified ? FACT_MODIFIED : FACT_PUBLISHED, NEAR_LINE - less, "text", "near-title");
}

// "datePublished":"2021-05-03…" in whatever script or attribute, quotes escaped or not.
static void look_for_keys(arena *a, const when_page *p, page_facts *f)
{
    static const struct {
        const char *key;
        fact_field  field;
    } keys[] = {{"datePublished", FACT_PUBLISHED},   {"publishDate", FACT_PUBLISHED}, {"published_date", FACT_PUBLISHED},
                {"publicationDate", FACT_PUBLISHED}, {"publishedAt", FACT_PUBLISHED}, {"published_at", FACT_PUBLISHED},
                {"publishedDate", FACT_PUBLISHED},   {"dc:date", FACT_PUBLISHED},     {"dateModified", FACT_MODIFIED},
                {"updatedAt", FACT_MODIFIED}};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        str rest = p->html, key = str_of(keys[k].key);
        for (int times = 0; times < KEYS_MOST; times++) {
            ptrdiff_t at = str_find(rest, key);
            if (at < 0) break;
            rest = str_cut(rest, (size_t)at + key.n, rest.n);
            size_t i = 0;
            while (i < rest.n && i < KEY_AHEAD && !(rest.p[i] >= '0' && rest.p[i] <= '9') && !strchr(",}<>", rest.p[i])) i++;
            date_found d;
            if (i < rest.n && dates_read(a, &p->text->dates, str_cut(rest, i, i + 40), 0, &d)) {
                facts_add_date(a, f, &d, keys[k].field, SCRIPT_KEY, "meta", keys[k].key);
                break;
            }
        }
    }
}

static const date_candidate *heaviest(const page_facts *f, bool modified)
{
    const date_candidate *best = NULL;
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *c = &f->dates.v[i];
        if ((c->field == FACT_MODIFIED) == modified && (!best || c->weight > best->weight)) best = c;
    }
    return best;
}

void when_look(arena *a, const when_page *p, page_facts *f, article *out)
{
    look_at_times(a, p, f);
    for (size_t i = 0; i < p->b->n; i++) look_at_block(a, p, i, f, out);
    const date_candidate *best = heaviest(f, false);
    if (!best || best->weight < CERTAIN) look_for_keys(a, p, f);
    best = heaviest(f, false);
    if (best && best->weight >= LOOK_ON) return;
    for (size_t i = 0; i < p->b->n; i++) {
        const page_block *b = &p->b->v[i];
        if (b->words > LINE_WORDS / 2 || !has_digit(b->text)) continue;
        line_reading l = lines_read(a, p->text->lines, b->text, LINE_HEAD | LINE_ANY | LINE_PAGE);
        if (l.whole && l.published.year)
            facts_add_date(a, f, &l.published, FACT_PUBLISHED, LATE_LINE + 5 * l.labelled, "text", l.why);
    }
}

// --- choice ---

static bool is_day_beside(int32_t x, int32_t y) { return x - y >= -1 && x - y <= 1; }

// English of the United States writes the month first, English elsewhere the day.
static bool month_first(const when_page *p, const page_facts *f)
{
    str lang = f->v[FACT_LANGUAGE];
    if (str_eq_nocase(lang, STR("en-US")) || str_eq_nocase(lang, STR("en_US"))) return true;
    if (lang.n && !str_eq_nocase(str_cut(lang, 0, 2), STR("en"))) return false;
    if (lang.n > 2) return false;
    ptrdiff_t at = str_find(p->url, STR("://"));
    str       rest, host = at < 0 ? STR("") : str_split(str_cut(p->url, (size_t)at + 3, p->url.n), '/', &rest);
    return str_ends(host, STR(".com")) || str_ends(host, STR(".gov")) || str_ends(host, STR(".edu")) ||
           str_ends(host, STR(".us")) || str_ends(host, STR(".org"));
}

// Where day and month of a date may be either: as another date of the page has it, else by the page's English.
static void settle_order(const when_page *p, page_facts *f)
{
    bool swap = month_first(p, f);
    for (size_t i = 0; i < f->dates.n; i++) {
        date_found *d = &f->dates.v[i].d;
        bool        as_is = false, swapped = false;
        if (d->other == DAY_NONE) continue;
        for (size_t k = 0; k < f->dates.n; k++) {
            if (f->dates.v[k].d.other != DAY_NONE) continue;
            as_is |= is_day_beside(f->dates.v[k].d.day, d->day);
            swapped |= is_day_beside(f->dates.v[k].d.day, d->other);
        }
        if (as_is == swapped ? swap : swapped) d->day = d->other;
        d->other = DAY_NONE;
    }
}

static bool is_utc(str zone) { return str_is(zone, "Z") || str_is(zone, "+00:00"); }

// A moment told in UTC is on the day its site's readers had, if the page shows that day: in its text before its address.
static int32_t day_as_seen(const page_facts *f, const date_candidate *c)
{
    const date_candidate *seen = NULL;
    if (!is_utc(c->d.zone) || c->d.minute < 0) return c->d.day;
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *o = &f->dates.v[i];
        bool                  url = !strcmp(o->from, "url");
        if (is_utc(o->d.zone) || o->field == FACT_MODIFIED || o->weight < LINE_FAR || !is_day_beside(o->d.day, c->d.day))
            continue;
        if ((o->d.day < c->d.day && c->d.minute > FURTHEST_WEST) || (o->d.day > c->d.day && c->d.minute < FURTHEST_EAST))
            continue;
        if (!url && strcmp(o->from, "text") && strcmp(o->from, "time")) continue;
        if (!seen || !strcmp(seen->from, "url") || (!url && o->weight > seen->weight)) seen = o;
    }
    return seen ? seen->d.day : c->d.day;
}

// Of statements as good as the best the earliest that is nearly the same day.
static const date_candidate *original(const page_facts *f, const date_candidate *best)
{
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *c = &f->dates.v[i];
        if (c->field == FACT_MODIFIED || c->weight < STATED || c->d.day >= best->d.day || !strcmp(c->from, "url")) continue;
        if (is_day_beside(c->d.day, best->d.day)) best = c;
    }
    return best;
}

// A date without a clock that nothing on the page agrees with was made by a template: one seen by the title that is older
// goes before it.
static const date_candidate *older_seen(const page_facts *f, const date_candidate *best)
{
    const date_candidate *seen = NULL;
    if (best->d.minute >= 0 || !strcmp(best->from, "text")) return best;
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *c = &f->dates.v[i];
        if (c->field == FACT_MODIFIED || (strcmp(c->from, "text") && strcmp(c->from, "time") && strcmp(c->from, "url"))) continue;
        if (is_day_beside(c->d.day, best->d.day)) return best;
        if (c->weight >= OLDER_SEEN && c->d.day < best->d.day && (!seen || c->weight > seen->weight)) seen = c;
    }
    return seen ? seen : best;
}

static void list_candidates(arena *a, const page_facts *f, article *out)
{
    article_candidate *v = new_array(a, article_candidate, f->dates.n + 1);
    for (size_t i = 0; i < f->dates.n; i++) {
        const date_candidate *c = &f->dates.v[i];
        const char           *what = c->field == FACT_MODIFIED ? "modified" : c->field == FACT_DATE ? "date" : "published";
        v[i] = (article_candidate){article_date_of(&c->d, c->from), what, c->why, c->weight};
    }
    out->candidates = v;
    out->n_candidates = f->dates.n;
}

// A page does not tell of days after it was fetched: such dates are of something else.
static void drop_later(page_facts *f, int32_t latest)
{
    size_t kept = 0;
    for (size_t i = 0; i < f->dates.n; i++)
        if (f->dates.v[i].d.day <= latest) f->dates.v[kept++] = f->dates.v[i];
    f->dates.n = kept;
}

void when_choose(arena *a, const when_page *p, page_facts *f, article *out)
{
    settle_order(p, f);
    if (p->latest != DAY_NONE) drop_later(f, p->latest);
    list_candidates(a, f, out);
    const date_candidate *made = heaviest(f, false), *changed = heaviest(f, true);
    if (changed) out->modified = article_date_of(&changed->d, changed->from);
    if (made && made->weight >= LEAST) {
        made = older_seen(f, original(f, made));
        out->published = article_date_of(&made->d, made->from);
        out->published.day = day_as_seen(f, made);
    } else if (changed) out->published = out->modified;
}
