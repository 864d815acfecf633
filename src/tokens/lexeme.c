// What the model sees of a form: norm, first and last letters, shape.

#include "base/unicode.h"
#include "base/utf8.h"
#include "tokens/ids.h"
#include "tokens/tokenizer.h"

#include <string.h>

enum { LONG_FROM = 100, SHAPE_RUN = 4, SUFFIX_POINTS = 3 };

// "Gaza's" -> "Xxxx'x": a kind of letter at most four times in a row.
static str shape_of(str s, char to[4 * LONG_FROM])
{
    if (s.n >= LONG_FROM && utf8_count(s) >= LONG_FROM) return STR("LONG");
    size_t   n = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0, run = 0; i < s.n;) {
        uint32_t c = utf8_next(s, &i);
        int      flags = unicode_of(c).flags;
        if (flags & UNICODE_ALPHA) c = flags & UNICODE_UPPER ? 'X' : 'x';
        else if (flags & UNICODE_DIGIT) c = 'd';
        run = c == last ? run + 1 : 1;
        last = c;
        if (run <= SHAPE_RUN) n += utf8_put(to + n, c);
    }
    return (str){to, n};
}

static str first_point(str s)
{
    size_t i = 0;
    utf8_next(s, &i);
    return str_cut(s, 0, i);
}

static str last_points(str s)
{
    size_t i = s.n;
    for (int k = 0; k < SUFFIX_POINTS && i > 0; k++) do
            i--;
        while (i > 0 && ((unsigned char)s.p[i] & 0xC0) == 0x80);
    return str_cut(s, i, s.n);
}

static const lexeme *lexeme_new(lexicon *l, str text, uint64_t hash, str norm)
{
    char    shape[4 * LONG_FROM];
    lexeme *x = new (l->a, lexeme);
    x->text = text;
    x->lower = unicode_lower(l->a, text);
    x->orth = tokens_id_of_hash(hash, text);
    x->lower_id = x->lower.p == text.p ? x->orth : tokens_id(x->lower);
    if (!norm.n) {
        uint32_t k = net_table_find(&l->t->norms, x->orth);
        if (k != NET_NONE) norm = net_string(l->t->norm_text, k);
    }
    x->norm_text = norm.n ? norm : x->lower;
    x->norm = norm.n ? tokens_id(norm) : x->lower_id;
    x->prefix = tokens_id(first_point(text));
    x->suffix = tokens_id(last_points(text));
    x->shape = tokens_id(shape_of(text, shape));
    x->is_space = unicode_all(text, UNICODE_SPACE);
    uint32_t node = net_table_find(&l->t->trie, net_pair_key(0, x->orth));
    x->begins = node == NET_NONE ? 0 : node;
    x->number = (uint32_t)l->n;
    return x;
}

static void grow_lexicon(lexicon *l)
{
    size_t       cap = l->cap ? 2 * l->cap : 256;
    lexeme_slot *slots = new_array(l->a, lexeme_slot, cap);
    for (size_t i = 0; i < l->cap; i++) {
        if (!l->slots[i].lex) continue;
        size_t at = l->slots[i].hash & (cap - 1);
        while (slots[at].lex) at = (at + 1) & (cap - 1);
        slots[at] = l->slots[i];
    }
    l->slots = slots;
    l->cap = cap;
}

const lexeme *lexicon_find(lexicon *l, str text, uint64_t hash, str norm)
{
    if (2 * l->n >= l->cap) grow_lexicon(l);
    uint64_t key = norm.n ? hash ^ tokens_hash(norm) : hash, wanted = norm.n ? tokens_id(norm) : 0;
    size_t   at = key & (l->cap - 1);
    for (; l->slots[at].lex; at = (at + 1) & (l->cap - 1)) {
        const lexeme *x = l->slots[at].lex;
        if (l->slots[at].hash == key && str_eq(x->text, text) && (!wanted || x->norm == wanted)) return x;
    }
    l->slots[at] = (lexeme_slot){key, lexeme_new(l, text, hash, norm)};
    l->n++;
    return l->slots[at].lex;
}

static void put_visible(FILE *out, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\n') fputs("\\n", out);
        else if (s.p[i] == '\t') fputs("\\t", out);
        else if (s.p[i] == '\r') fputs("\\r", out);
        else fputc(s.p[i], out);
}

void tokens_dump(FILE *out, text_tokens t)
{
    for (size_t i = 0; i < t.n; i++) {
        char          shape[4 * LONG_FROM];
        const lexeme *x = t.v[i].lex;
        put_visible(out, x->text);
        fputs(" | ", out);
        put_visible(out, x->norm_text);
        fputs(" | ", out);
        put_visible(out, shape_of(x->text, shape));
        fputs(t.v[i].spaced ? " | blank\n" : "\n", out);
    }
}
