#include "record/words.h"


str words_figure(arena *a, const report *r, const figure *f)
{
    static const char *const signs[] = {"", "\u2265 ", "> ", "\u2264 ", "< ", "~ ", "", ""};
    const quantity *q = &r->quantities.v[f->quantity];
    buf             b = {.a = a};
    if (q->op == OP_VAGUE) buf_put(&b, q->vague);
    else {
        buf_text(&b, signs[q->op]);
        buf_amount(&b, q->value);
        if (q->op == OP_RANGE) buf_text(&b, "\u2013"), buf_amount(&b, q->value2);
    }
    if (q->noun.n && !str_is(q->noun, "person")) buf_char(&b, ' '), buf_put(&b, q->noun);
    if (q->effect != EFFECT_OTHER) buf_printf(&b, " %s", quantity_effect_name(q->effect));
    if (q->total) buf_text(&b, " in all");
    if (f->status != FIGURE_ASSERTED) buf_printf(&b, " (%s)", figure_status_name(f->status));
    return buf_str(&b);
}

str words_one_line(arena *a, str s)
{
    str   c = arena_str(a, s);
    char *p = (char *)(uintptr_t)c.p; // our own copy
    for (size_t i = 0; i < c.n; i++)
        if ((unsigned char)p[i] < ' ') p[i] = ' ';
    return c;
}

str words_entities(arena *a, const report *r, id_list ids)
{
    buf b = {.a = a};
    for (size_t i = 0; i < ids.n; i++) {
        if (i) buf_text(&b, ", ");
        buf_put(&b, words_one_line(a, r->mentions.entities[ids.v[i]].name));
    }
    return buf_str(&b);
}

str words_source(arena *a, const report *r, uint32_t by, uint32_t said)
{
    if (by != NO_SOURCE) return words_one_line(a, r->sources.sources[by].text);
    return said == NO_STATEMENT ? (str){"", 0} : STR("not named");
}
