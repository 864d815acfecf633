#include "base/tsv.h"

#include <string.h>

static size_t split_fields(str line, str *field)
{
    size_t n = 0;
    for (str rest = line; rest.p && n < TSV_FIELDS;) field[n++] = str_split(rest, '\t', &rest);
    return n;
}

static str tsv_unescape(arena *a, str s)
{
    if (!s.n || !memchr(s.p, '\\', s.n)) return s;
    char  *p = new_array(a, char, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\' && i + 1 < s.n) {
            char d = s.p[++i];
            c = d == 't' ? '\t' : d == 'n' ? '\n' : d == 'r' ? '\r' : d;
        }
        p[n++] = c;
    }
    return (str){p, n};
}

tsv tsv_open(arena *a, const char *file, str text) { return (tsv){.file = file, .rest = text, .a = a}; }

bool tsv_next(tsv *t)
{
    while (t->rest.n) {
        str line = str_split(t->rest, '\n', &t->rest);
        t->line++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (!str_trim(line).n) continue;
        if (line.p[0] == '#') {
            if (!t->n_names) {
                t->n_names = split_fields(str_trim(str_cut(line, 1, line.n)), t->names);
                for (size_t i = 0; i < t->n_names; i++) t->names[i] = str_trim(t->names[i]);
            }
            continue;
        }
        memset(t->field, 0, sizeof t->field);
        t->n = split_fields(line, t->field);
        for (size_t i = 0; i < t->n; i++)
            if (t->field[i].n) t->field[i] = tsv_unescape(t->a, str_trim(t->field[i]));
        return true;
    }
    return false;
}

int tsv_column(const tsv *t, const char *name)
{
    for (size_t i = 0; i < t->n_names; i++)
        if (str_is(t->names[i], name)) return (int)i;
    return -1;
}

str tsv_get(const tsv *t, const char *name)
{
    int i = tsv_column(t, name);
    return i < 0 ? (str){"", 0} : t->field[i].p ? t->field[i] : (str){"", 0};
}
