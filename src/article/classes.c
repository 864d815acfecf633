#include "article/classes.h"

#include <string.h>

enum {
    CLASS_BYTES = 400,     // of one attribute that are read: longer ones are made by machines
    CLASS_WORDS = 48,      // words of one attribute
    CLASS_RUN = 3,         // words of the longest row
    CLASS_LONGER = 1 << 8, // a row of several words begins with this one
    CLASS_NO_KIND = 255,
};

#define CLASS_ROW(id, name) name,
const char *const article_class_names[CLASS_COUNT + 1] = {ARTICLE_CLASSES(CLASS_ROW) NULL};

bool classes_load(class_words *w, const data_set *d, fault *f)
{
    tsv t;
    if (!data_open(d, "article/classes.tsv", &t, f)) return false;
    while (tsv_next(&t)) {
        str      kind = tsv_get(&t, "kind");
        uint32_t k = 0;
        while (k < CLASS_COUNT && !str_is(kind, article_class_names[k])) k++;
        if (k == CLASS_COUNT) return fault_set(f, "%s:%d: unknown kind \"%.*s\"", t.file, t.line, (int)kind.n, kind.p);
        str       row = tsv_get(&t, "words"), rest;
        uint32_t *value = map_put(d->a, &w->words, row);
        *value = k | (*value == MAP_NONE ? 0 : *value & CLASS_LONGER);
        str first = str_split(row, ' ', &rest);
        if (!rest.p) continue;
        value = map_put(d->a, &w->words, first);
        *value = (*value == MAP_NONE ? CLASS_NO_KIND : *value) | CLASS_LONGER;
    }
    return true;
}

// Words of an attribute in lower case, one blank between them: "relatedPosts col-3" -> "related posts", "col".
typedef struct {
    char     text[2 * CLASS_BYTES + 2];
    uint16_t start[CLASS_WORDS + 1]; // word i is text[start[i], start[i + 1] - 1)
    bool     first[CLASS_WORDS];     // it begins a name: runs of words do not reach over it
    int      n;
} class_split;

static void split_names(class_split *c, str s)
{
    size_t n = 0;
    bool   in = false, name = true;
    c->n = 0;
    for (size_t i = 0; i < s.n && i < CLASS_BYTES && c->n < CLASS_WORDS; i++) {
        char ch = s.p[i];
        bool upper = ch >= 'A' && ch <= 'Z', letter = upper || (ch >= 'a' && ch <= 'z');
        bool hump = upper && in && s.p[i - 1] >= 'a' && s.p[i - 1] <= 'z';
        if (in && (!letter || hump)) {
            c->text[n++] = ' ';
            c->n++;
            in = false;
        }
        if (ch == ' ' || ch == '\n' || ch == '\t') name = true;
        if (!letter || c->n == CLASS_WORDS) continue;
        if (!in) {
            c->start[c->n] = (uint16_t)n;
            c->first[c->n] = name;
            in = true, name = false;
        }
        c->text[n++] = upper ? (char)(ch + 32) : ch;
    }
    if (in) c->text[n++] = ' ', c->n++;
    c->start[c->n] = (uint16_t)n;
}

// The value of the run of words [i, end); MAP_NONE if it reaches into the next name.
static uint32_t run_value(const class_words *w, const class_split *c, int i, int end)
{
    for (int k = i + 1; k < end; k++)
        if (k >= c->n || c->first[k]) return MAP_NONE;
    return map_get(&w->words, (str){c->text + c->start[i], (size_t)(c->start[end] - c->start[i] - 1)});
}

static uint32_t kinds_in(const class_words *w, str attr)
{
    class_split c;
    uint32_t    kinds = 0;
    if (!attr.n) return 0;
    split_names(&c, attr);
    for (int i = 0, step; i < c.n; i += step) {
        uint32_t kind = run_value(w, &c, i, i + 1);
        step = 1;
        if (kind == MAP_NONE) continue;
        for (int run = CLASS_RUN; run > 1 && kind & CLASS_LONGER; run--) {
            uint32_t longer = run_value(w, &c, i, i + run);
            if (longer == MAP_NONE || (longer & CLASS_NO_KIND) == CLASS_NO_KIND) continue;
            kind = longer & CLASS_NO_KIND;
            step = run;
        }
        kind &= CLASS_NO_KIND;
        if (kind != CLASS_NO_KIND) kinds |= 1u << kind;
    }
    return kinds;
}

uint32_t classes_of(const class_words *w, const page_tree *t, uint32_t node)
{
    return kinds_in(w, page_raw_attr(t, node, ATTR_CLASS)) | kinds_in(w, page_raw_attr(t, node, ATTR_ID));
}
