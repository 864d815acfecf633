#include "net/config.h"

enum { LONGEST_REFERENCE = 8 }; // references that lead to references

config config_read(arena *a, str text)
{
    config c = {0};
    str    section = {"", 0};
    for (str rest = text; rest.p;) {
        str line = str_trim(str_split(rest, '\n', &rest));
        if (!line.n || line.p[0] == '#' || line.p[0] == ';') continue;
        if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
            section = str_cut(line, 1, line.n - 1);
            *push(a, &c) = (config_line){.section = section};
            continue;
        }
        str value, key = str_trim(str_split(line, '=', &value));
        if (value.p) *push(a, &c) = (config_line){section, key, str_trim(value)};
    }
    return c;
}

static str config_find(const config *c, str section, str key)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->v[i].section, section) && c->v[i].key.p && str_eq(c->v[i].key, key)) return c->v[i].value;
    return (str){NULL, 0};
}

str config_get(const config *c, const char *section, const char *key)
{
    str value = config_find(c, str_of(section), str_of(key));
    for (int i = 0; i < LONGEST_REFERENCE && str_starts(value, STR("${")) && str_ends(value, STR("}")); i++) {
        str    inside = str_cut(value, 2, value.n - 1);
        size_t part = inside.n;
        while (part && inside.p[part - 1] != ':') part--;
        for (size_t k = inside.n; !part && k; k--)
            if (inside.p[k - 1] == '.') part = k;
        value = part ? config_find(c, str_cut(inside, 0, part - 1), str_cut(inside, part, inside.n)) : (str){NULL, 0};
    }
    if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"') value = str_cut(value, 1, value.n - 1);
    return value;
}
