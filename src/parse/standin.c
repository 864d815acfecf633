// Until the pipeline runs natively: reads the parse of the text from the file TIDINGS_PARSE names (the layout of
// parse_dump_tsv), so that the layers above can be worked on.

#include "parse/pipeline.h"

#include "base/tsv.h"
#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void standin_run(arena *a, str text, parse *out);

static uint8_t standin_label(const char *(*name)(const parse *, uint8_t), str s)
{
    for (int i = 0; i < 64; i++)
        if (str_is(s, name(NULL, (uint8_t)i))) return (uint8_t)i;
    return 0;
}

void standin_run(arena *a, str text, parse *out)
{
    *out = (parse){.text = text};
    const char *path = getenv("TIDINGS_PARSE");
    FILE       *in = path ? fopen(path, "rb") : NULL;
    token      *v = NULL;
    if (in) {
        fseek(in, 0, SEEK_END);
        long  size = ftell(in);
        char *bytes = new_array(a, char, (size_t)size + 1);
        rewind(in);
        size = (long)fread(bytes, 1, (size_t)size, in);
        fclose(in);
        char *body = strchr(bytes, '\n');
        tsv   t = tsv_open(a, path, (str){body + 1, (size_t)(bytes + size - body - 1)});
        size_t cursor = 0;
        v = new_array(a, token, text.n + 1);
        // tsv_next passes over empty and comment lines; a token line begins with a digit, so none is lost.
        for (; tsv_next(&t); out->n++) {
            token  *k = &v[out->n];
            int64_t start = 0, end = 0, head = 0;
            str_int(t.field[0], &start), str_int(t.field[1], &end), str_int(t.field[6], &head);
            // The text may have other white space than what was parsed: one step is a token's characters.
            while (cursor < text.n && (text.p[cursor] == ' ' || text.p[cursor] == '\n' || text.p[cursor] == '\t')) cursor++;
            size_t from = cursor;
            if (cursor == text.n) break; // white space at the end that the article leaves out
            if (str_is(t.field[2], "_SP"))
                while (from && text.p[from - 1] == '\n') from--;
            if (from == cursor)
                for (int64_t points = start; points < end && cursor < text.n; points++) utf8_next(text, &cursor);
            k->at = (span){(uint32_t)from, (uint32_t)cursor};
            k->text = span_of(text, k->at);
            char *low = new_array(a, char, k->text.n + 1);
            for (size_t i = 0; i < k->text.n; i++) low[i] = k->text.p[i] >= 'A' && k->text.p[i] <= 'Z' ? (char)(k->text.p[i] + 32) : k->text.p[i];
            k->lower = (str){low, k->text.n};
            k->tag = standin_label(parse_tag_name, t.field[2]);
            k->pos = standin_label(parse_pos_name, t.field[3]);
            k->morph = t.field[4];
            k->lemma = t.field[5].n ? t.field[5] : k->text;
            k->head = (uint32_t)head;
            k->dep = standin_label(parse_dep_name, t.field[7]);
            k->iob = t.field[8].n ? t.field[8].p[0] : 'O';
            k->ent = t.field[8].n > 2 ? standin_label(parse_ent_name, str_cut(t.field[8], 2, 99)) : ENT_NONE;
            k->starts = str_is(t.field[9], "1");
            k->spaced = k->at.end < text.n && text.p[k->at.end] == ' ';
        }
    }
    if (!v) v = new_array(a, token, 1);
    parse_finish(a, out, v);
}
