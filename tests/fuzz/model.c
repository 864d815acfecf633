// model.c — fuzz target: a damaged model file is refused or runs, and never reads beyond itself.
//
// The input's first byte: 0: what follows is the file. Otherwise it says how many patches follow to a real model file with its
// tables cut short: one byte which array (beyond them: header and table), three bytes place in it, one byte length, and that
// many bytes. All checksums are then made right, so that what lies behind them is reached; the rest is the text to parse.

#include "base/utf8.h"
#include "net/file.h"
#include "parse/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FEW_ROWS = 7, HEADER = 64, ENTRY = 96, ENTRY_PLACE = 72, HEADER_COUNT = 24, HEADER_CHECKSUM = 40, LONGEST_TEXT = 300 };

static uint8_t *whole, *patched; // the model cut short, aligned to 64; and a place for a copy
static size_t   whole_n;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static uint64_t word_at(const uint8_t *p)
{
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

static uint8_t *read_aligned(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END)) return fprintf(stderr, "%s: cannot be read\n", path), exit(2), NULL;
    *n = (size_t)ftell(in);
    rewind(in);
    uint8_t *bytes = aligned_alloc(64, *n + 64 - *n % 64);
    if (!bytes || fread(bytes, 1, *n, in) != *n) exit(2);
    fclose(in);
    return bytes;
}

// Rows of an array that are kept: few of a large table, none of the layers beyond the first (see one_layer).
static uint32_t rows_kept(const char *name, uint32_t rows)
{
    const char *layer = strstr(name, ".layer");
    if (layer && layer[6] > '1') return 0;
    return strstr(name, ".table") && rows > FEW_ROWS ? FEW_ROWS : rows;
}

// "PART.shape" of an encoder begins with width and number of layers.
static void one_layer(const char *name, uint8_t *array)
{
    const uint32_t one = 1;
    if (!strcmp(name, "tok2vec.shape") || !strcmp(name, "ner.encoder.shape")) memcpy(array + 4, &one, sizeof one);
}

// Copies the arrays in order, shortened.
static void cut_tables(const uint8_t *model)
{
    uint32_t count;
    memcpy(&count, model + HEADER_COUNT, sizeof count);
    size_t at = HEADER + (size_t)count * ENTRY;
    at += -at % 64;
    memcpy(whole, model, at);
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *entry = whole + HEADER + (size_t)i * ENTRY;
        uint64_t place = at, length = word_at(entry + ENTRY_PLACE + 8);
        uint32_t rows, kept;
        memcpy(&rows, entry + NET_NAME + 8, sizeof rows);
        memcpy(whole + at, model + word_at(entry + ENTRY_PLACE), length);
        one_layer((const char *)entry, whole + at);
        kept = rows_kept((const char *)entry, rows);
        if (rows) length = length / rows * kept;
        memcpy(entry + NET_NAME + 8, &kept, sizeof kept);
        memcpy(entry + ENTRY_PLACE, &place, sizeof place);
        memcpy(entry + ENTRY_PLACE + 8, &length, sizeof length);
        at += length + -length % 64;
    }
    whole_n = at;
    uint64_t total = at;
    memcpy(whole + HEADER_CHECKSUM - 8, &total, sizeof total);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    size_t      n;
    const char *path = getenv("TIDINGS_MODEL");
    uint8_t    *model = read_aligned(path ? path : "build/model.tdm", &n);
    whole = aligned_alloc(64, n + 64);
    if (!whole) exit(2);
    cut_tables(model);
    free(model);
    patched = aligned_alloc(64, whole_n);
    return 0;
}

static void seal(uint8_t *bytes, size_t n)
{
    uint32_t count;
    memcpy(&count, bytes + HEADER_COUNT, sizeof count);
    if (count > (n - HEADER) / ENTRY) return;
    for (uint32_t i = 0; i < count; i++) {
        uint8_t *entry = bytes + HEADER + (size_t)i * ENTRY;
        uint64_t place = word_at(entry + ENTRY_PLACE), length = word_at(entry + ENTRY_PLACE + 8);
        if (place > n || length > n - place) continue;
        uint64_t sum = net_checksum(bytes + place, length);
        memcpy(entry + ENTRY_PLACE + 16, &sum, sizeof sum);
    }
    uint64_t sum = net_checksum(bytes + HEADER, (size_t)count * ENTRY);
    memcpy(bytes + HEADER_CHECKSUM, &sum, sizeof sum);
}

static void run_text(const pipeline *pl, arena *a, jmp_buf *full, const uint8_t *data, size_t n)
{
    parse p;
    if (!setjmp(*full)) pipeline_run(a, pl, utf8_repair(a, (str){(const char *)data, n < LONGEST_TEXT ? n : LONGEST_TEXT}), &p);
}

static void open_and_run(const uint8_t *bytes, size_t n, const uint8_t *text, size_t text_n)
{
    fault           f = {{0}};
    jmp_buf         full;
    arena           a;
    const pipeline *pl = pipeline_open(bytes, n, "fuzz.tdm", &f);
    if (!pl && !strstr(f.text, "fuzz.tdm")) abort();
    if (!pl) return;
    arena_init(&a, (size_t)64 << 20, &full);
    run_text(pl, &a, &full, text, text_n);
    arena_clear(&a);
    pipeline_close(pl);
}

// Where in the file a patch goes.
static size_t patch_place(const uint8_t *p)
{
    uint32_t count;
    memcpy(&count, whole + HEADER_COUNT, sizeof count);
    size_t offset = (size_t)p[1] | (size_t)p[2] << 8 | (size_t)p[3] << 16;
    if (p[0] >= count) return offset % (HEADER + (size_t)count * ENTRY);
    const uint8_t *entry = whole + HEADER + (size_t)p[0] * ENTRY;
    uint64_t       length = word_at(entry + ENTRY_PLACE + 8);
    return word_at(entry + ENTRY_PLACE) + (length ? offset % length : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!n) return 0;
    size_t   at = 1, size = data[0] ? whole_n : n - 1;
    uint8_t *bytes = data[0] ? patched : aligned_alloc(64, size + 64 - size % 64);
    memcpy(bytes, data[0] ? whole : data + 1, size);
    for (int patch = 0; patch < data[0] && at + 5 <= n; patch++) {
        size_t length = data[at + 4], place = patch_place(data + at);
        at += 5;
        if (length > n - at) length = n - at;
        if (length > size - place) length = size - place;
        memcpy(bytes + place, data + at, length);
        at += length;
    }
    if (data[0]) seal(bytes, size);
    open_and_run(bytes, size, data + at, data[0] ? n - at : 0);
    if (!data[0]) free(bytes);
    return 0;
}
