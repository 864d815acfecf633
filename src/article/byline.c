// byline.c — the people of "By Ann Lee, Bob Roe and Carl Poe".

#include "article/byline.h"

#include <string.h>

enum {
    BYLINE_MOST = 12,    // people; more is a list of something else
    PERSON_LONGEST = 60, // bytes of one name
    BYLINE_WORDS = 14,   // words of a block that is a byline
    BYLINE_BEFORE = 6,   // blocks before and after the title among which it stands
    BYLINE_AFTER = 14,
    LOOKED_UP_LETTERS = 16, // of a word that is looked up
};

// The end of the name at i; *next: where the one after it begins.
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

// Cuts "By", "Written by:" and the like, and quotation marks, from the beginning.
static str without_by(str s)
{
    static const char *const heads[] = {"written by", "story by", "words by", "reported by", "posted by", "reviewed by",
                                        "author:",    "by",       "and",      ":",           "\"",        "'"};
    for (size_t k = 0; k < sizeof heads / sizeof *heads; k++) {
        size_t n = strlen(heads[k]);
        bool   word = heads[k][n - 1] >= 'a';
        if (!str_eq_nocase(str_cut(s, 0, n), str_of(heads[k])) || (word && s.n > n && s.p[n] != ' ' && s.p[n] != ':')) continue;
        s = str_trim(str_cut(s, n, s.n));
        k = SIZE_MAX; // once more from the first
    }
    while (s.n && (s.p[s.n - 1] == '"' || s.p[s.n - 1] == ',')) s.n--;
    return str_trim(s);
}

static void add_person(str name, article *out)
{
    name = without_by(name);
    if (!name.n || name.n > PERSON_LONGEST || out->n_byline == BYLINE_MOST) return;
    for (size_t i = 0; i < out->n_byline; i++)
        if (str_eq_nocase(out->byline[i], name)) return;
    out->byline[out->n_byline++] = name;
}

// "Lee, Ann" with nothing else: the surname stands first.
static bool surname_first(str s, str *surname, str *given)
{
    *surname = str_split(s, ',', given);
    *given = str_trim(*given);
    return given->p && given->n && surname->n && !memchr(given->p, ',', given->n) && !memchr(surname->p, ' ', surname->n) &&
           !memchr(given->p, ' ', given->n) && str_find(s, STR(" and ")) < 0;
}

void article_byline(arena *a, str names, article *out)
{
    str surname, given;
    if (!out->byline) out->byline = new_array(a, str, BYLINE_MOST);
    if (surname_first(names, &surname, &given)) {
        add_person(arena_printf(a, "%.*s %.*s", (int)given.n, given.p, (int)surname.n, surname.p), out);
        return;
    }
    for (size_t i = 0, next; i < names.n; i = next) add_person(str_trim(str_cut(names, i, name_end(names, i, &next))), out);
}

// --- on the page ---

// The names a short line is made of, after "By" and before words of furniture ("Writer", "Share"); empty if it is none.
static str names_of_line(const map *furniture, str s)
{
    char   low[LOOKED_UP_LETTERS];
    size_t words = 0, end, n;
    s = without_by(s);
    if (!(end = lines_names(s, 0)) || end + 1 < s.n) return (str){NULL, 0};
    for (size_t i = 0; i < end; i += n + 1, words++) {
        for (n = 0; i + n < end && s.p[i + n] != ' '; n++) {}
        size_t k = 0;
        for (; k < n && k < sizeof low; k++) low[k] = s.p[i + k] >= 'A' && s.p[i + k] <= 'Z' ? s.p[i + k] | 32 : s.p[i + k];
        if (map_get(furniture, (str){low, k}) == MAP_NONE) continue;
        end = i;
        break;
    }
    return words >= 2 ? str_trim(str_cut(s, 0, end)) : (str){NULL, 0};
}

static bool says_author(const page_tree *t, const page_blocks *b, uint32_t box)
{
    uint32_t own = b->own[box] | b->own[t->v[box].parent];
    return own >> CLASS_BYLINE & 1;
}

// A link to the page of the author within the block.
static str author_link(arena *a, const page_tree *t, const page_block *b)
{
    for (uint32_t i = b->box; i < b->to; i++) {
        str rel = t->v[i].tag == TAG_A ? page_raw_attr(t, i, ATTR_REL) : (str){NULL, 0};
        if (rel.n && str_find(rel, STR("author")) >= 0) return facts_text(a, t, i, PERSON_LONGEST + 1);
    }
    return (str){NULL, 0};
}

static bool only_site(arena *a, const article *out, str host)
{
    for (size_t i = 0; i < out->n_byline; i++)
        if (!headline_names_site(a, out->byline[i], out->site, host)) return false;
    return true;
}

void byline_find(arena *a, const page_tree *t, const page_blocks *b, const page_facts *f, size_t title_at, const map *furniture,
                 article *out)
{
    for (size_t i = 0; i < f->authors.n; i++) article_byline(a, f->authors.v[i], out);
    if (out->n_byline && !only_site(a, out, headline_host(out->url))) return;
    size_t from = title_at == SIZE_MAX || title_at < BYLINE_BEFORE ? 0 : title_at - BYLINE_BEFORE;
    size_t to = (title_at == SIZE_MAX ? 0 : title_at) + BYLINE_AFTER, had = out->n_byline;
    for (size_t i = from; i < b->n && i < to && out->n_byline == had; i++) {
        const page_block *block = &b->v[i];
        if (block->words > BYLINE_WORDS || i == title_at) continue;
        str names = names_of_line(furniture, author_link(a, t, block));
        if (!names.n && says_author(t, b, block->box)) names = names_of_line(furniture, block->text);
        if (names.n) article_byline(a, names, out);
    }
    if (!had || out->n_byline == had) return;
    memmove(out->byline, out->byline + had, (out->n_byline - had) * sizeof *out->byline); // people before the site
    out->n_byline -= had;
}
