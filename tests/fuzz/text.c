// text.c — fuzz target: any bytes as a text. Tokens follow each other without gaps but for white space, every head is a token,
// and both ways of writing the parse work.

#include "base/utf8.h"
#include "parse/pipeline.h"

#include <stdio.h>
#include <stdlib.h>

static const pipeline *model;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    const char *path = getenv("TIDINGS_MODEL");
    FILE       *in = fopen(path ? path : "build/model.tdm", "rb");
    if (!in || fseek(in, 0, SEEK_END)) return fprintf(stderr, "no model\n"), exit(2), 0;
    size_t n = (size_t)ftell(in);
    rewind(in);
    void *bytes = aligned_alloc(64, n + 64 - n % 64);
    fault f;
    if (!bytes || fread(bytes, 1, n, in) != n || !(model = pipeline_open(bytes, n, "model", &f)))
        return fprintf(stderr, "%s\n", f.text), exit(2), 0;
    fclose(in);
    return 0;
}

static void check_parse(const parse *p)
{
    uint32_t at = 0;
    for (size_t i = 0; i < p->n; i++) {
        const token *t = &p->v[i];
        if (t->at.start != at || t->at.end <= at || t->head >= p->n || t->sentence >= p->n_sentences || !t->lemma.p) abort();
        if (t->spaced && p->text.p[t->at.end] != ' ') abort();
        at = t->at.end + t->spaced;
    }
    if (at != p->text.n) abort();
}

static void parse_text(arena *a, jmp_buf *full, str text)
{
    parse p;
    if (setjmp(*full)) abort(); // short texts have no reason to run out of memory
    pipeline_run(a, model, utf8_repair(a, text), &p);
    check_parse(&p);
    FILE *out = fopen("/dev/null", "w");
    if (!out) return;
    parse_dump_tsv(out, &p);
    parse_dump_conllu(out, &p);
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    jmp_buf full;
    arena   a;
    arena_init(&a, (size_t)1 << 30, &full);
    parse_text(&a, &full, (str){(const char *)data, n});
    arena_clear(&a);
    return 0;
}
