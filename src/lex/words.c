#include "lex/words.h"

#include <string.h>

bool words_load(words *w, const data_set *d, const char *name, const char *word_column, const char *kind_column,
                const char *const *kinds, fault *f)
{
    *w = (words){0};
    tsv t;
    if (!data_open(d, name, &t, f)) return false;
    while (tsv_next(&t)) {
        str      kind = tsv_get(&t, kind_column);
        uint32_t k = 0;
        while (kinds[k] && !str_is(kind, kinds[k])) k++;
        if (!kinds[k]) return fault_set(f, "%s:%d: unknown %s \"%.*s\"", t.file, t.line, kind_column, (int)kind.n, kind.p);
        *map_put(d->a, &w->in, tsv_get(&t, word_column)) = k;
    }
    return true;
}

uint32_t words_kind(const words *w, str lower) { return map_get(&w->in, lower); }
