// The record for a person at a terminal: headline and day, the facts as one aligned table, who said what below.

#include "base/table.h"
#include "record/number.h"
#include "record/words.h"

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define BLUE "\033[34m"
#define CYAN "\033[36m"

typedef struct {
    buf          *b;
    const report *r;
    bool          color;
    int           width;
} text_job;

static void put_color(text_job *j, const char *color)
{
    if (j->color) buf_text(j->b, color);
}

static void put_report_date(text_job *j, article_date d)
{
    if (d.day == DAY_NONE) {
        buf_text(j->b, "day of publication not known");
        return;
    }
    buf_put(j->b, day_words(j->b->a, d.day, d.day));
    if (d.minute >= 0) buf_printf(j->b, " %02d:%02d", d.minute / 60, d.minute % 60);
    if (d.from) buf_printf(j->b, " (%s)", d.from);
}

static void text_head(text_job *j)
{
    const article *art = &j->r->art;
    if (art->title.n) {
        put_color(j, BOLD);
        text_wrap(j->b, words_one_line(j->b->a, art->title), 0, 0, j->width);
        put_color(j, PLAIN);
    }
    put_report_date(j, art->published);
    if (art->site.n) buf_text(j->b, " \u00b7 "), buf_put(j->b, art->site);
    for (size_t i = 0; i < art->n_byline; i++) buf_text(j->b, i ? ", " : " \u00b7 "), buf_put(j->b, art->byline[i]);
    if (art->reading_minutes >= 0) buf_printf(j->b, " \u00b7 %d min to read", art->reading_minutes);
    buf_char(j->b, '\n');
}

// "ordered", "killed (feared)": the report's word, and the status where it is not that it happened.
static str did_words(text_job *j, const event *e)
{
    str word = words_one_line(j->b->a, span_of(j->r->art.text, e->trigger));
    if (e->status == EVENT_HAPPENED) return word;
    return arena_printf(j->b->a, "%.*s (%s)", (int)word.n, word.p, event_status_name(e->status));
}

static str figures_words(text_job *j, id_list figures)
{
    buf b = {.a = j->b->a};
    for (size_t i = 0; i < figures.n; i++) {
        if (i) buf_text(&b, "; ");
        buf_put(&b, words_figure(j->b->a, j->r, &j->r->events.figures[figures.v[i]]));
    }
    return buf_str(&b);
}

static str type_words(text_job *j, const event *e)
{
    buf b = {.a = j->b->a};
    for (const char *p = event_type_name(e->type); *p; p++) buf_char(&b, (char)(*p | 32));
    return buf_str(&b);
}

static void event_row(text_job *j, table *t, const event *e)
{
    arena *a = j->b->a;
    *push(a, &t->rows) = (table_row){{
        {words_entities(a, j->r, e->actor), BLUE},
        {did_words(j, e), e->status == EVENT_HAPPENED || e->status == EVENT_ONGOING ? BOLD : YELLOW},
        {type_words(j, e), DIM},
        {words_entities(a, j->r, e->recipient), BLUE},
        {figures_words(j, e->figures), RED},
        {words_entities(a, j->r, e->place), GREEN},
        {day_words(a, e->begin, e->last), NULL},
        {words_source(a, j->r, e->source, e->statement), CYAN},
    }};
}

static void figure_row(text_job *j, table *t, const figure *f)
{
    arena *a = j->b->a;
    *push(a, &t->rows) = (table_row){{
        {words_entities(a, j->r, f->by), BLUE},
        {{"", 0}, NULL},
        {{"", 0}, NULL},
        {words_entities(a, j->r, f->of), BLUE},
        {words_figure(a, j->r, f), RED},
        {words_entities(a, j->r, f->place), GREEN},
        {day_words(a, f->begin, f->last), NULL},
        {words_source(a, j->r, f->source, f->statement), CYAN},
    }};
}

// Events and the figures that stand alone, in the order of the text.
static void text_facts(text_job *j)
{
    const event_list *e = &j->r->events;
    table             t = {.n_columns = 8, .head = {"who", "did", "type", "whom", "how many", "where", "when", "says who"}};
    for (size_t i = 0, k = 0; i < e->n || k < e->n_figures;) {
        while (k < e->n_figures && e->figures[k].event != NO_EVENT) k++;
        bool figure_next =
            k < e->n_figures && (i == e->n || j->r->quantities.v[e->figures[k].quantity].at.start < e->v[i].trigger.start);
        if (figure_next) figure_row(j, &t, &e->figures[k++]);
        else if (i < e->n) event_row(j, &t, &e->v[i++]);
        else break;
    }
    buf_char(j->b, '\n');
    if (t.rows.n) table_print(j->b, &t, j->width, j->color);
    else buf_text(j->b, "No event and no figure found.\n");
}

static str content_words(text_job *j, const statement *q)
{
    buf b = {.a = j->b->a};
    for (size_t i = 0; i < q->n_content; i++) {
        if (i) buf_text(&b, " \u2026 ");
        buf_put(&b, span_of(j->r->art.text, q->content[i]));
    }
    return words_one_line(j->b->a, buf_str(&b));
}

static void text_statement(text_job *j, const statement *q)
{
    const source *s = q->source == NO_SOURCE ? NULL : &j->r->sources.sources[q->source];
    size_t        from = j->b->n;
    buf_text(j->b, "  ");
    put_color(j, CYAN);
    buf_put(j->b, words_source(j->b->a, j->r, q->source, 0));
    put_color(j, PLAIN);
    if (s && s->anonymous)
        buf_printf(j->b, " (%s, not named%s%.*s)", source_kind_name(s->kind), s->reason.n ? ": " : "", (int)s->reason.n,
                   s->reason.p);
    buf_char(j->b, ' ');
    put_color(j, DIM);
    buf_put(j->b, words_one_line(j->b->a, span_of(j->r->art.text, q->cue)));
    put_color(j, PLAIN);
    if (q->mode == SAID_DIRECT) buf_text(j->b, ", word for word");
    buf_text(j->b, q->n_content ? ": " : "");
    int at = (int)text_width((str){j->b->v + from, j->b->n - from}) - (j->color ? 16 : 0);
    if (at > j->width - 30) {
        buf_text(j->b, "\n    ");
        at = 4;
    }
    if (q->n_content) text_wrap(j->b, content_words(j, q), at, 4, j->width);
    else buf_char(j->b, '\n');
}

void record_text(buf *out, const report *r, bool color, int width)
{
    text_job j = {out, r, color, width};
    text_head(&j);
    text_facts(&j);
    if (!r->sources.n) return;
    buf_char(out, '\n');
    put_color(&j, DIM);
    buf_text(out, "said");
    put_color(&j, PLAIN);
    buf_char(out, '\n');
    for (size_t i = 0; i < r->sources.n; i++) text_statement(&j, &r->sources.v[i]);
}
