// byline.c — the people of "By Ann Lee, Bob Roe and Carl Poe".

#include "article/build.h"

#include <string.h>

enum { BYLINE_MOST = 12 }; // people; more is a list of something else

static size_t name_end(str s, size_t i, size_t *next)
{
    for (size_t k = i; k < s.n; k++) {
        if (s.p[k] == ',' || s.p[k] == ';' || s.p[k] == '&' || s.p[k] == '|' || s.p[k] == '\n') return *next = k + 1, k;
        if (s.p[k] != ' ') continue;
        str rest = str_cut(s, k + 1, k + 6);
        if (str_eq_nocase(str_cut(rest, 0, 4), STR("and "))) return *next = k + 5, k;
        if (str_eq_nocase(str_cut(rest, 0, 5), STR("with "))) return *next = k + 6, k;
    }
    return *next = s.n, s.n;
}

void article_byline(arena *a, str names, article *out)
{
    if (!out->byline) out->byline = new_array(a, str, BYLINE_MOST);
    for (size_t i = 0, next; i < names.n && out->n_byline < BYLINE_MOST; i = next) {
        str name = str_trim(str_cut(names, i, name_end(names, i, &next)));
        if (str_eq_nocase(str_cut(name, 0, 4), STR("and "))) name = str_trim(str_cut(name, 4, name.n));
        if (name.n) out->byline[out->n_byline++] = name;
    }
}
