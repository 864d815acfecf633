// test.c — runs cases and rule examples: test FILE.case… FILE.tsv…
//
// A case file has cases like
//
//   == a weekday points back from the day of publication
//   published: 2024-03-06
//   The bridge was closed on Monday.
//   -- times
//   Monday | 2024-03-04 | weekday-past
//
// `==?` marks a case not right yet: it is run, and must fail. `-- LAYER` is followed by exactly what that layer
// dumps (`tidings explain`); `-- LAYER has` by lines that must be among it, `-- LAYER lacks` by text no line may hold.
// Keys before the text: published, url, input (html, text).
//
// A table data/LAYER/….tsv with a column `example` has, in each row, one or several of (parted by " ;; ")
//
//   "closed on Monday" @2024-03-06 -> 2024-03-04
//
// Some line the layer dumps must hold every piece after -> (pieces are parted by " | "). "-> nothing" means that
// the layer dumps nothing at all.

#include "tidings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static td_reader *reader;
static int        passed, failed;

static char *slurp(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) return fprintf(stderr, "%s: %s\n", path, strerror(errno)), exit(2), NULL;
    size_t n = 0, cap = 1 << 16;
    char  *v = malloc(cap + 1);
    for (size_t got; (got = fread(v + n, 1, cap - n, in)) > 0;)
        if ((n += got) == cap) v = realloc(v, (cap *= 2) + 1);
    fclose(in);
    v[n] = 0;
    return v;
}

// What `layer` dumps for a text, as a new string.
static char *layer_dump(const char *text, const char *layer, const td_options *o)
{
    td_doc  *doc;
    td_error e;
    if (td_read(&doc, reader, text, strlen(text), o, &e)) {
        char *v = malloc(strlen(e.text) + 16);
        sprintf(v, "error: %s\n", e.text);
        return v;
    }
    char    head[64];
    td_text all = strcmp(layer, "record") && strcmp(layer, "text") ? td_doc_format(doc, TD_EXPLAIN, NULL)
                  : strcmp(layer, "text")                          ? td_doc_format(doc, TD_JSON, NULL)
                                                                   : td_doc_format(doc, TD_TEXT, NULL);
    char *v;
    snprintf(head, sizeof head, "-- %s\n", layer);
    const char *from = strstr(all.text, head);
    if (!strcmp(layer, "record") || !strcmp(layer, "text")) v = strdup(all.text);
    else if (!from) v = strdup("error: no such layer\n");
    else {
        from += strlen(head);
        const char *end = strstr(from, "\n-- ");
        v = !strncmp(from, "-- ", 3) ? strdup("") : strndup(from, end ? (size_t)(end + 1 - from) : strlen(from));
    }
    td_doc_free(doc);
    return v;
}

static void result(bool ok, const char *file, int line, const char *title, const char *expected, const char *got)
{
    if (ok) {
        passed++;
        return;
    }
    failed++;
    printf("%s:%d: %s\n  expected: %s\n  got:\n%s\n", file, line, title, expected, got);
}

// Every line of `want` is a line of `got`.
static bool has_lines(const char *got, char *want)
{
    for (char *save, *l = strtok_r(want, "\n", &save); l; l = strtok_r(NULL, "\n", &save)) {
        bool found = false;
        for (const char *g = got; *g && !found; g = strchr(g, '\n') ? strchr(g, '\n') + 1 : g + strlen(g))
            found = !strncmp(g, l, strlen(l)) && (g[strlen(l)] == '\n' || !g[strlen(l)]);
        if (!found) return false;
    }
    return true;
}

static bool lacks_lines(const char *got, char *bad)
{
    for (char *save, *l = strtok_r(bad, "\n", &save); l; l = strtok_r(NULL, "\n", &save))
        if (strstr(got, l)) return false;
    return true;
}

static void run_case(const char *file, int line, const char *title, bool not_yet, char *body)
{
    td_options o = {0};
    char      *values[8];
    size_t     n_values = 0;
    for (char *colon; n_values < 8 && (colon = strstr(body, ": ")) && strcspn(body, " \n") == (size_t)(colon + 1 - body);) {
        char *end = strchr(colon, '\n');
        char *value = values[n_values++] = strndup(colon + 2, end ? (size_t)(end - colon - 2) : strlen(colon + 2));
        if (!strncmp(body, "published:", 10)) o.published = value;
        else if (!strncmp(body, "url:", 4)) o.url = value;
        else if (!strncmp(body, "title:", 6)) o.title = value;
        else if (!strncmp(body, "input:", 6)) o.input = strcmp(value, "html") ? TD_TEXT_INPUT : TD_HTML_INPUT;
        else break;
        if (!end) return;
        body = end + 1;
    }
    char *expect = strstr(body, "\n-- ");
    if (!expect) {
        result(false, file, line, title, "a line \"-- layer\"", body);
        return;
    }
    *expect++ = 0;
    bool  ok = true;
    char *shown = NULL, *wanted = NULL;
    while (expect && ok) {
        char *next = strstr(expect, "\n-- ");
        if (next) *next++ = 0;
        char *want = strchr(expect, '\n');
        if (want) *want++ = 0;
        else want = expect + strlen(expect);
        char *layer = strtok(expect + 3, " "), *how = strtok(NULL, " ");
        char *got = layer_dump(body, layer, &o);
        free(wanted), free(shown);
        wanted = strdup(want);
        size_t n = strlen(want);
        while (n && want[n - 1] == '\n') want[--n] = 0;
        size_t g = strlen(got);
        while (g && got[g - 1] == '\n') got[--g] = 0;
        ok = !how ? !strcmp(want, got) : !strcmp(how, "has") ? has_lines(got, want) : lacks_lines(got, want);
        shown = got;
        expect = next;
    }
    if (not_yet) result(!ok, file, line, title, "to fail still (==?): it is right now, so make it ==", shown);
    else result(ok, file, line, title, wanted, shown);
    free(wanted), free(shown);
    while (n_values) free(values[--n_values]);
}

static void run_cases(const char *file)
{
    char *all = slurp(file), *at = strncmp(all, "== ", 3) && strncmp(all, "==? ", 4) ? strstr(all, "\n==") : all - 1;
    int   line = 1;
    char *counted = all;
    while (at) {
        char *start = at + 1, *next = strstr(start, "\n==");
        for (; counted < start; counted++) line += *counted == '\n';
        int here = line;
        if (next)
            for (char *c = counted; c <= next; c++) line += *c == '\n', counted = c + 1;
        if (next) *next = 0;
        bool  not_yet = start[2] == '?';
        char *title = start + (not_yet ? 4 : 3), *body = strchr(title, '\n');
        if (body) {
            *body++ = 0;
            run_case(file, here, title, not_yet, body);
        }
        at = next;
    }
    free(all);
}

static bool line_with_all(const char *got, const char *pieces)
{
    for (const char *l = got; *l;) {
        size_t n = strcspn(l, "\n");
        char  *line = strndup(l, n), *want = strdup(pieces);
        bool   all = true;
        for (char *piece = want; piece;) {
            char *bar = strstr(piece, " | ");
            if (bar) *bar = 0, bar += 3;
            all &= strstr(line, piece) != NULL;
            piece = bar;
        }
        free(line), free(want);
        if (all) return true;
        l += n + (l[n] == '\n');
    }
    return false;
}

// Writes \n of an example as line ends.
static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++) *to++ = s[0] == '\\' && s[1] == 'n' ? s++, '\n' : *s;
    *to = 0;
}

static void run_example(const char *file, int line, const char *layer, char *example)
{
    char *arrow = strstr(example, "\" -> ");
    char *dated = strstr(example, "\" @");
    td_options o = {.input = TD_TEXT_INPUT};
    if (example[0] != '"' || (!arrow && !dated)) {
        result(false, file, line, example, "\"text\" [@date] -> what is found", "no such form");
        return;
    }
    char *close = dated && (!arrow || dated < arrow) ? dated : arrow;
    char *want = strstr(close, "-> ");
    if (!want) {
        result(false, file, line, example, "-> what is found", "no arrow");
        return;
    }
    if (close == dated) {
        dated[13] = 0;
        o.published = dated + 3;
    }
    want += 3;
    *close = 0;
    unescape(example + 1);
    if (example[1] == '<') o.input = TD_HTML_INPUT;
    char *got = layer_dump(example + 1, layer, &o);
    bool  ok = !strcmp(want, "nothing") ? !*got : line_with_all(got, want);
    result(ok, file, line, example + 1, want, got);
    free(got);
}

static void run_examples(const char *file)
{
    char layer[64] = "";
    sscanf(file, "data/%63[^/]", layer);
    char *all = slurp(file);
    int   column = -1, line = 0;
    for (char *l = all, *next; l && *l; l = next) {
        next = strchr(l, '\n');
        if (next) *next++ = 0;
        line++;
        if (l[0] == '#' && column == -1) {
            column = -2;
            int   k = 0;
            char *rest = l + 1 + (l[1] == ' ');
            for (char *name; (name = strsep(&rest, "\t")); k++) {
                while (*name == ' ') name++;
                if (!strcmp(name, "example")) column = k;
            }
        }
        if (l[0] == '#' || column < 0) continue;
        char *rest = l, *field = NULL;
        for (int k = 0; k <= column && (field = strsep(&rest, "\t")); k++)
            ;
        while (field && *field) {
            char *more = strstr(field, " ;; ");
            if (more) *more = 0, more += 4;
            run_example(file, line, layer, field);
            field = more;
        }
    }
    free(all);
}

int main(int argc, char **argv)
{
    td_error e;
    if (td_reader_open(&reader, NULL, &e)) return fprintf(stderr, "%s\n", e.text), 2;
    for (int i = 1; i < argc; i++) {
        size_t n = strlen(argv[i]);
        if (n > 5 && !strcmp(argv[i] + n - 5, ".case")) run_cases(argv[i]);
        else run_examples(argv[i]);
    }
    td_reader_free(reader);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
