// coding.h — one way to unpack for all that is packed: members of archives, and content codings of HTTP.
//
//   coding_open(&c, CODING_GZIP); coding_run(&c, in, n, &used, out, room, &made)   ->   CODING_MORE, 100 used, 4096 made

#ifndef ARCHIVE_CODING_H
#define ARCHIVE_CODING_H

#include "base/str.h"

#include <zlib.h>

typedef enum { CODING_NONE, CODING_GZIP, CODING_ZSTD, CODING_LZ4, CODING_ZLIB, CODING_RAW, CODING_BROTLI } coding_kind;

typedef enum {
    CODING_MORE, // wants more input or more room
    CODING_DONE, // the member (frame, stream) ended; what follows it was not used
    CODING_BROKEN,
    CODING_NO_MEMORY
} coding_state;

// All zero: not open. Opening again begins anew and costs little.
typedef struct {
    coding_kind  kind;
    coding_state state;
    const char  *why; // of CODING_BROKEN: "data damaged", "checksum wrong"
    bool         z_open;
    z_stream     z;
    void        *zstd, *lz4, *brotli;
} coding;

bool         coding_open(coding *c, coding_kind kind); // false: out of memory
void         coding_close(coding *c);
coding_state coding_run(coding *c, const void *in, size_t n, size_t *used, void *out, size_t room, size_t *made);

// A dictionary for the zstd frames to come, as WARC files have it at their beginning, itself a zstd frame or not. False where it
// is none, or there is no memory.
bool coding_dictionary(coding *c, str bytes);
bool coding_dictionary_begins(str head, size_t *n); // "5D 2A 4D 18", its length: how long the dictionary behind these 8 bytes is

coding_kind coding_packed(str head);       // how a file is packed that begins so: gzip, zstd, lz4, or CODING_NONE
const char *coding_unit(coding_kind kind); // "gzip member", "zstd frame"

#endif
