// main.c — the program `tidings`: see tidings --help.

#include "tidings.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *path, size_t *n)
{
    FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    if (!in) return NULL;
    size_t cap = 1 << 16;
    char  *v = malloc(cap);
    *n = 0;
    for (size_t got; v && (got = fread(v + *n, 1, cap - *n, in)) > 0;)
        if ((*n += got) == cap) v = realloc(v, cap *= 2);
    if (in != stdin) fclose(in);
    return v;
}

int main(int argc, char **argv)
{
    td_error          e;
    if (argc == 7 && !strcmp(argv[1], "gazetteer") && !strcmp(argv[2], "import"))
        return td_gazetteer_import(argv[3], argv[4], argv[6], &e) ? fprintf(stderr, "tidings: %s\n", e.text), 1 : 0;
    const char       *command = argc > 1 ? argv[1] : "";
    td_reader_options ro = {0};
    td_options        o = {0};
    const char       *format = "json";
    const char       *file = NULL;
    for (int i = 2; i < argc; i++) {
        if (!strcmp(argv[i], "--format")) format = argv[++i];
        else if (!strcmp(argv[i], "--published")) o.published = argv[++i];
        else if (!strcmp(argv[i], "--url")) o.url = argv[++i];
        else if (!strcmp(argv[i], "--data")) ro.data = argv[++i];
        else if (!strcmp(argv[i], "--model")) ro.model = argv[++i];
        else file = argv[i];
    }
    td_reader *reader;
    if (td_reader_open(&reader, &ro, &e)) return fprintf(stderr, "tidings: %s\n", e.text), 2;
    size_t  n;
    char   *bytes = file ? read_whole(file, &n) : NULL;
    if (!bytes) return fprintf(stderr, "tidings: %s: %s\n", file ? file : "-", strerror(errno)), 1;
    td_doc *doc;
    if ((strcmp(command, "parse") ? td_read : td_parse)(&doc, reader, bytes, n, &o, &e))
        return fprintf(stderr, "tidings: %s: %s\n", file, e.text), 1;
    td_text text;
    if (!strcmp(command, "explain")) text = td_doc_format(doc, TD_EXPLAIN, NULL);
    else if (!strcmp(command, "parse")) text = strcmp(format, "tsv") ? td_doc_format(doc, TD_CONLLU, NULL) : td_doc_tokens(doc);
    else text = td_doc_format(doc, strcmp(format, "text") ? TD_JSON : TD_TEXT, NULL);
    fwrite(text.text, 1, text.length, stdout);
    td_doc_free(doc);
    td_reader_free(reader);
    free(bytes);
}
