// archive.c — fuzz target: any bytes as a web archive. The first byte says whether the file can go back or is a pipe, and
// whether payloads are asked for. Places only grow but where a block was gone back into, texts are UTF-8, and all ends.

#include "archive/archive.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PIPE = 1, NO_PAYLOAD = 2, FEW_BYTES = 4, MOST_PAYLOAD = 64 << 20 };

typedef struct {
    const uint8_t *v;
    size_t         n;
    int            ways;
    uint64_t       next, taken;
} fuzz_file;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static ptrdiff_t read_fuzz(void *with, uint64_t offset, void *to, size_t n)
{
    fuzz_file *f = with;
    if ((f->ways & PIPE) && offset != f->next) return -1;
    if (offset >= f->n) return 0;
    if (n > f->n - offset) n = f->n - (size_t)offset;
    if ((f->ways & FEW_BYTES) && n > 7) n = 7;
    memcpy(to, f->v + offset, n);
    f->next = offset + n;
    return (ptrdiff_t)n;
}

static void check_damage(void *with, archive_place at, const char *what)
{
    fuzz_file *f = with;
    if (!what[0] || at.member > f->n) abort();
}

static bool take_fuzz(void *with, str piece)
{
    fuzz_file *f = with;
    if (!piece.n) abort();
    f->taken += piece.n + (uint64_t)(piece.p[0] & 0) + (uint64_t)(piece.p[piece.n - 1] & 0);
    return f->taken < MOST_PAYLOAD;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    if (!n) return 0;
    fuzz_file      f = {.v = data + 1, .n = n - 1, .ways = data[0]};
    archive       *w = archive_open(&(archive_source){read_fuzz, check_damage, &f}, (archive_place){0, 0});
    archive_record r;
    size_t         records = 0;
    if (!w) return 0;
    while (archive_next(w, &r) && f.taken < MOST_PAYLOAD) {
        if (!utf8_valid(r.type) || !utf8_valid(r.uri) || !utf8_valid(r.mime) || r.at.member > f.n) abort();
        if (!(f.ways & NO_PAYLOAD)) archive_payload(w, take_fuzz, &f);
        if (archive_note(w) == NULL || records++ > 1 << 20) abort();
    }
    archive_close(w);
    archive_is((str){(const char *)f.v, f.n});
    return 0;
}
