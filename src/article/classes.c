#include "article/classes.h"

#include <string.h>

enum {
    CLASS_BYTES = 400,  // of one attribute that are read: longer ones are made by machines
    CLASS_WORDS = 48,   // words of one attribute
    CLASS_RUN = 3,      // words of the longest row
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
        *map_put(d->a, &w->words, tsv_get(&t, "words")) = k;
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

static uint32_t kinds_in(const class_words *w, str attr)
{
    class_split c;
    uint32_t    kinds = 0;
    if (!attr.n) return 0;
    split_names(&c, attr);
    for (int i = 0, step; i < c.n; i += step) {
        step = 1;
        for (int run = CLASS_RUN; run >= 1; run--) {
            int end = i + run;
            for (int k = i + 1; k < i + run && k < c.n; k++)
                if (c.first[k]) end = 0; // it reaches into the next name
            if (end == 0 || end > c.n) continue;
            uint32_t kind = map_get(&w->words, (str){c.text + c.start[i], (size_t)(c.start[end] - c.start[i] - 1)});
            if (kind == MAP_NONE) continue;
            kinds |= 1u << kind;
            step = run;
            break;
        }
    }
    return kinds;
}

uint32_t classes_of(const class_words *w, const page_tree *t, uint32_t node)
{
    return kinds_in(w, page_raw_attr(t, node, ATTR_CLASS)) | kinds_in(w, page_raw_attr(t, node, ATTR_ID));
}
