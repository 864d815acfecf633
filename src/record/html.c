// The record as one self-contained page: the report's words marked by kind, each fact beside them and linked to them.

#include "record/number.h"
#include "record/words.h"

#include <stdlib.h>

enum { MARK_CONTENT, MARK_ENTITY, MARK_TIME, MARK_FIGURE, MARK_EVENT, MARK_CUE, MARK_KINDS };

typedef struct {
    span     at;
    int      kind;
    uint32_t number; // "f1" is figure 1
} mark;

typedef struct {
    buf          *b;
    const report *r;
    struct {
        mark  *v;
        size_t n, cap;
    } marks;
} html_job;

static const char mark_letters[MARK_KINDS + 1] = "qetfvc";

static const char page_style[] =
    ":root{--q:#eef3fb;--e:#1b6e3c;--t:#8a5a00;--f:#b3261e;--v:#5b2a86;--c:#00697a;--on:#ffe28a}"
    "body{font:16px/1.55 system-ui,sans-serif;margin:0;color:#1c1c1e;background:#fff}"
    "header,main{max-width:1500px;margin:auto;padding:0 1.2rem}main{display:grid;grid-template-columns:minmax(20rem,5fr) 7fr;gap:2rem}"
    "@media(max-width:60rem){main{display:block}}h1{margin:.8em 0 .1em;font-size:1.5rem}h2{font-size:1rem;margin:1.4em 0 .3em}"
    ".by{color:#666;margin:0 0 .6em}article p{margin:.8em 0}"
    ".q{background:var(--q)}.e{border-bottom:1px dotted var(--e)}.t{color:var(--t)}.f{color:var(--f);font-weight:600}"
    ".v{color:var(--v);text-decoration:underline}.c{color:var(--c);font-style:italic}.on{background:var(--on)!important}"
    "table{border-collapse:collapse;width:100%;font-size:.88rem}th{text-align:left;font-weight:500;color:#666}"
    "td,th{padding:.25em .6em .25em 0;vertical-align:top;border-bottom:1px solid #e3e3e6}tr:target{background:var(--on)}"
    "a{color:inherit}.n{color:#888;text-decoration:none}.key span{margin-right:1em}aside{overflow-x:auto}"
    "@media(prefers-color-scheme:dark){:root{--q:#1d2a3d;--e:#6fcf97;--t:#e0b050;--f:#ff8a80;--v:#c9a2ee;--c:#62c6d6;--on:#5a4a10}"
    "body{color:#e6e6e8;background:#17181a}td,th{border-color:#333}}";

static const char page_script[] =
    "document.addEventListener('click',function(k){var r=k.target.closest('[data-to]');if(!r)return;"
    "document.querySelectorAll('.on').forEach(function(x){x.classList.remove('on')});"
    "var w=document.querySelectorAll('[data-m~=\"'+r.dataset.to+'\"]');w.forEach(function(x){x.classList.add('on')});"
    "if(w[0]){w[0].scrollIntoView({block:'center',behavior:'smooth'});k.preventDefault()}});";

// --- the marked text ---

static void add_mark(html_job *j, span at, int kind, size_t number)
{
    if (at.end > at.start) *push(j->b->a, &j->marks) = (mark){at, kind, (uint32_t)number + 1};
}

static void collect_marks(html_job *j, const record_numbers *n)
{
    const report *r = j->r;
    for (size_t i = 0; i < r->sources.n; i++) {
        for (size_t k = 0; k < r->sources.v[i].n_content; k++) add_mark(j, r->sources.v[i].content[k], MARK_CONTENT, i);
        add_mark(j, r->sources.v[i].cue, MARK_CUE, i);
    }
    for (size_t i = 0; i < r->mentions.n; i++) {
        const mention *m = &r->mentions.v[i];
        bool           shown = m->entity != NO_ENTITY && n->entity[m->entity] && r->mentions.entities[m->entity].named;
        if (shown && m->form != MENTION_PRONOUN) add_mark(j, m->at, MARK_ENTITY, n->entity[m->entity] - 1);
    }
    for (size_t i = 0; i < r->times.n; i++) add_mark(j, r->times.v[i].at, MARK_TIME, i);
    for (size_t i = 0; i < r->events.n_figures; i++) add_mark(j, r->quantities.v[r->events.figures[i].quantity].at, MARK_FIGURE, i);
    for (size_t i = 0; i < r->events.n; i++) add_mark(j, r->events.v[i].trigger, MARK_EVENT, i);
}

static int by_start(const void *x, const void *y)
{
    const mark *a = x, *b = y;
    if (a->at.start != b->at.start) return a->at.start < b->at.start ? -1 : 1;
    if (a->at.end != b->at.end) return a->at.end > b->at.end ? -1 : 1;
    return a->kind != b->kind ? a->kind - b->kind : (a->number > b->number) - (a->number < b->number);
}

// The marks that cover the words from `start` on, dropped when they end: few at a time.
typedef struct {
    const mark *v[64];
    size_t      n;
} open_marks;

static void drop_ended(open_marks *o, uint32_t at)
{
    size_t n = 0;
    for (size_t i = 0; i < o->n; i++)
        if (o->v[i]->at.end > at) o->v[n++] = o->v[i];
    o->n = n;
}

static void put_words(html_job *j, str words)
{
    while (words.n) {
        str line = str_split(words, '\n', &words);
        buf_html(j->b, line);
        if (words.p && words.n && words.p[0] != '\n') buf_char(j->b, '\n');
    }
}

static void put_piece(html_job *j, const open_marks *o, uint32_t start, uint32_t end, span paragraph)
{
    if (start < paragraph.start) start = paragraph.start;
    if (end > paragraph.end) end = paragraph.end;
    if (start >= end) return;
    if (!o->n) {
        put_words(j, span_of(j->r->art.text, (span){start, end}));
        return;
    }
    bool seen[MARK_KINDS] = {false};
    buf_text(j->b, "<span class=\"");
    for (size_t i = 0; i < o->n; i++) {
        if (!seen[o->v[i]->kind]) buf_printf(j->b, i ? " %c" : "%c", mark_letters[o->v[i]->kind]);
        seen[o->v[i]->kind] = true;
    }
    buf_text(j->b, "\" data-m=\"");
    for (size_t i = 0; i < o->n; i++) buf_printf(j->b, i ? " %c%u" : "%c%u", mark_letters[o->v[i]->kind], o->v[i]->number);
    buf_text(j->b, "\">");
    put_words(j, span_of(j->r->art.text, (span){start, end}));
    buf_text(j->b, "</span>");
}

// One paragraph, cut wherever a mark begins or ends; *next is the first mark not opened yet.
static void put_paragraph(html_job *j, span paragraph, open_marks *o, size_t *next)
{
    enum { MOST = sizeof o->v / sizeof *o->v };
    buf_text(j->b, "<p>");
    for (uint32_t at = paragraph.start; at < paragraph.end;) {
        drop_ended(o, at);
        for (; *next < j->marks.n && j->marks.v[*next].at.start <= at; ++*next)
            if (j->marks.v[*next].at.end > at && o->n < MOST) o->v[o->n++] = &j->marks.v[*next];
        uint32_t end = paragraph.end;
        if (*next < j->marks.n && j->marks.v[*next].at.start < end) end = j->marks.v[*next].at.start;
        for (size_t i = 0; i < o->n; i++)
            if (o->v[i]->at.end < end) end = o->v[i]->at.end;
        put_piece(j, o, at, end, paragraph);
        at = end;
    }
    buf_text(j->b, "</p>\n");
}

static void html_article(html_job *j)
{
    str        text = j->r->art.text;
    open_marks o = {.n = 0};
    size_t     next = 0;
    buf_text(j->b, "<article>\n");
    for (uint32_t at = 0; at < text.n;) { // paragraphs are parted by one empty line
        ptrdiff_t gap = str_find(str_cut(text, at, text.n), STR("\n\n"));
        uint32_t  end = gap < 0 ? (uint32_t)text.n : at + (uint32_t)gap;
        put_paragraph(j, (span){at, end}, &o, &next);
        at = end + 2;
    }
    buf_text(j->b, "</article>\n");
}

// --- the facts ---

static void html_cell(html_job *j, str s)
{
    buf_text(j->b, "<td>");
    buf_html(j->b, s);
    buf_text(j->b, "</td>");
}

static void row_open(html_job *j, char letter, size_t i)
{
    buf_printf(j->b, "<tr id=\"r-%c%zu\" data-to=\"%c%zu\"><td><a class=n href=\"#r-%c%zu\">%c%zu</a></td>", letter, i + 1, letter,
               i + 1, letter, i + 1, letter, i + 1);
}

static void html_figures(html_job *j)
{
    const event_list *e = &j->r->events;
    arena            *a = j->b->a;
    if (!e->n_figures) return;
    buf_text(j->b, "<h2>How many, according to whom</h2><table><tr><th><th>how many<th>by<th>where<th>when<th>says who</tr>\n");
    for (size_t i = 0; i < e->n_figures; i++) {
        const figure *f = &e->figures[i];
        row_open(j, 'f', i);
        html_cell(j, words_figure(a, j->r, f));
        html_cell(j, words_entities(a, j->r, f->by));
        html_cell(j, words_entities(a, j->r, f->place));
        html_cell(j, day_words(a, f->begin, f->last));
        html_cell(j, words_source(a, j->r, f->source, f->statement));
        buf_text(j->b, "</tr>\n");
    }
    buf_text(j->b, "</table>\n");
}

static void html_events(html_job *j)
{
    const event_list *e = &j->r->events;
    arena            *a = j->b->a;
    if (!e->n) return;
    buf_text(j->b, "<h2>Who did what to whom</h2><table><tr><th><th>who<th>did<th>type<th>status<th>whom<th>where<th>when<th>says who</tr>\n");
    for (size_t i = 0; i < e->n; i++) {
        const event *v = &e->v[i];
        row_open(j, 'v', i);
        html_cell(j, words_entities(a, j->r, v->actor));
        html_cell(j, words_one_line(a, span_of(j->r->art.text, v->trigger)));
        html_cell(j, str_of(event_type_name(v->type)));
        html_cell(j, str_of(event_status_name(v->status)));
        html_cell(j, words_entities(a, j->r, v->recipient));
        html_cell(j, words_entities(a, j->r, v->place));
        html_cell(j, day_words(a, v->begin, v->last));
        html_cell(j, words_source(a, j->r, v->source, v->statement));
        buf_text(j->b, "</tr>\n");
    }
    buf_text(j->b, "</table>\n");
}

static void html_statements(html_job *j)
{
    const source_list *s = &j->r->sources;
    arena             *a = j->b->a;
    if (!s->n) return;
    buf_text(j->b, "<h2>Who said what</h2><table><tr><th><th>source<th>kind<th>named<th>cue<th>words</tr>\n");
    for (size_t i = 0; i < s->n; i++) {
        const statement *q = &s->v[i];
        const source    *by = q->source == NO_SOURCE ? NULL : &s->sources[q->source];
        row_open(j, 'q', i);
        html_cell(j, words_source(a, j->r, q->source, (uint32_t)i));
        html_cell(j, by ? str_of(source_kind_name(by->kind)) : STR(""));
        html_cell(j, by ? by->anonymous ? STR("no") : STR("yes") : STR(""));
        html_cell(j, words_one_line(a, span_of(j->r->art.text, q->cue)));
        html_cell(j, str_of(statement_mode_name(q->mode)));
        buf_text(j->b, "</tr>\n");
    }
    buf_text(j->b, "</table>\n");
}

static void html_times(html_job *j)
{
    if (!j->r->times.n) return;
    buf_text(j->b, "<h2>When</h2><table><tr><th><th>words<th>days<th>value<th>rule</tr>\n");
    for (size_t i = 0; i < j->r->times.n; i++) {
        const time_note *t = &j->r->times.v[i];
        row_open(j, 't', i);
        html_cell(j, words_one_line(j->b->a, span_of(j->r->art.text, t->at)));
        html_cell(j, day_words(j->b->a, t->begin, t->last));
        html_cell(j, t->value);
        html_cell(j, t->rule);
        buf_text(j->b, "</tr>\n");
    }
    buf_text(j->b, "</table>\n");
}

static void html_entities(html_job *j, const record_numbers *n)
{
    const mention_list *m = &j->r->mentions;
    arena              *a = j->b->a;
    uint32_t           *in_order = new_array(a, uint32_t, m->n_entities + 1), count = 0;
    for (uint32_t i = 0; i < m->n_entities; i++)
        if (n->entity[i]) in_order[n->entity[i] - 1] = i, count++;
    if (!count) return;
    buf_text(j->b, "<h2>Who and where</h2><table><tr><th><th>name<th>also<th>kind<th>country<th>place</tr>\n");
    for (uint32_t i = 0; i < count; i++) {
        const entity *e = &m->entities[in_order[i]];
        if (!e->named) continue;
        buf also = {.a = a}, where = {.a = a};
        for (size_t k = 0; k < e->n_names; k++) buf_text(&also, k ? "; " : ""), buf_put(&also, e->names[k]);
        if (e->has_place) buf_printf(&where, "%.3f, %.3f (%s)", e->where.lat, e->where.lon, place_precision_name(e->where.precision));
        row_open(j, 'e', i);
        html_cell(j, words_one_line(a, e->name));
        html_cell(j, words_one_line(a, buf_str(&also)));
        html_cell(j, str_of(entity_kind_name(e->kind)));
        html_cell(j, str_of(e->country));
        html_cell(j, buf_str(&where));
        buf_text(j->b, "</tr>\n");
    }
    buf_text(j->b, "</table>\n");
}

static void html_head(html_job *j)
{
    const article *art = &j->r->art;
    str            title = art->title.n ? words_one_line(j->b->a, art->title) : STR("Record of a report");
    buf_text(j->b, "<!doctype html>\n<html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\n<title>");
    buf_html(j->b, title);
    buf_printf(j->b, "</title>\n<style>%s</style>\n<header><h1>", page_style);
    buf_html(j->b, title);
    buf_text(j->b, "</h1>\n<p class=by>");
    buf_html(j->b, day_words(j->b->a, art->published.day, art->published.day));
    if (art->published.from) buf_printf(j->b, " (%s)", art->published.from);
    if (art->site.n) buf_text(j->b, " \u00b7 "), buf_html(j->b, art->site);
    for (size_t i = 0; i < art->n_byline; i++) buf_text(j->b, " \u00b7 "), buf_html(j->b, art->byline[i]);
    if (art->url.n) buf_text(j->b, " \u00b7 "), buf_html(j->b, art->url);
    buf_text(j->b, "</p>\n<p class=key><span class=q>said by somebody</span><span class=c>who says so</span>"
                   "<span class=f>how many</span><span class=v>what happened</span><span class=t>when</span>"
                   "<span class=e>who, where</span></p></header>\n<main>\n");
}

void record_html(buf *out, const report *r)
{
    html_job       j = {.b = out, .r = r};
    record_numbers n = record_number(out->a, r);
    collect_marks(&j, &n);
    if (j.marks.n) qsort(j.marks.v, j.marks.n, sizeof *j.marks.v, by_start);
    html_head(&j);
    html_article(&j);
    buf_text(out, "<aside>\n");
    html_figures(&j);
    html_events(&j);
    html_statements(&j);
    html_entities(&j, &n);
    html_times(&j);
    buf_printf(out, "<p class=by>tidings %s%s%s</p>\n</aside></main>\n<script>%s</script>\n", r->version, r->model ? ", " : "",
               r->model ? r->model : "", page_script);
}
