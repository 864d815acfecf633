// archive.h — records of a web archive one by one: WARC (WET too) and ARC, plain or packed as gzip, zstd, lz4. Whatever is
// damaged is named with its place, and reading goes on behind it.
//
//   archive *w = archive_open(&source, (archive_place){0, 0});
//   while (archive_next(w, &record))              ->   784 response http://example.com/ 200 text/html
//       archive_payload(w, take, with)            ->   the page, transfer and content codings undone
//
// Memory stays the same however long the archive: a block up to 64 MiB is held whole, a longer one goes through in pieces.
// Lives outside arenas: an archive outlasts the documents read from it.

#ifndef ARCHIVE_ARCHIVE_H
#define ARCHIVE_ARCHIVE_H

#include "base/str.h"

// "784", or "0+1197": so far into what the gzip member (zstd or lz4 frame) at 0 unpacks to.
typedef struct {
    uint64_t member, inner;
} archive_place;

typedef struct {
    // At most n bytes from `offset` on: how many there were, 0 at the end, -1 if they cannot be had (a pipe cannot go back).
    ptrdiff_t (*read)(void *with, uint64_t offset, void *to, size_t n);
    void (*damage)(void *with, archive_place at, const char *what); // what is lost or spoilt there; may be NULL
    void *with;
} archive_source;

typedef enum { ARCHIVE_OTHER, ARCHIVE_PAGE, ARCHIVE_TEXT } archive_use;

typedef struct {
    archive_place at;
    str           type, uri, date, mime; // UTF-8, as written but for outer white space; until the next archive_next
    int           status;                // of an HTTP response, or -1
    archive_use   use;                   // HTML of an HTTP response 200; the text of a WET conversion record; anything else
} archive_record;

typedef struct archive archive;

// Begins at a place of a record (resuming), or at {0, 0}. NULL: out of memory. The source is copied.
archive *archive_open(const archive_source *source, archive_place start);
void     archive_close(archive *w); // NULL is allowed

bool archive_next(archive *w, archive_record *out); // false: no more, see archive_failed
// Gives the payload of the last record piece by piece; once a record. False where take() was false: it wants no more.
bool        archive_payload(archive *w, bool (*take)(void *with, str piece), void *with);
const char *archive_note(const archive *w);    // oddities of the last record, known once its payload was given; "" if none
const char *archive_failed(const archive *w);  // why it ended early ("out of memory", "cannot be read"), or NULL
uint64_t    archive_reached(const archive *w); // bytes of the file that were read so far

// Do a file's first bytes (64 KiB are enough) look like an archive's?
bool archive_is(str head);

#endif
