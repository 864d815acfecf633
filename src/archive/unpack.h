// unpack.h — the bytes of a file, or what its gzip members (zstd, lz4 frames) unpack to, with the place each came from.
//
//   unpack_fill(u, to, room, &got)   ->   UNPACK_BYTES, 812 bytes of the member at 940
//
// A damaged member is told, and what follows begins a new stretch (UNPACK_BREAK): the next member is looked for from just
// behind the beginning of the damaged one, since a decoder may run far past its end.

#ifndef ARCHIVE_UNPACK_H
#define ARCHIVE_UNPACK_H

#include "archive/archive.h"

typedef enum {
    UNPACK_BYTES, // *got bytes, at least one, all of one member
    UNPACK_BREAK, // what comes next does not follow what came before; damage was told
    UNPACK_END,
    UNPACK_FAILED // unpack_failed says why
} unpack_state;

typedef struct unpacker unpacker;

unpacker    *unpack_open(const archive_source *source, archive_place start); // NULL: out of memory
void         unpack_close(unpacker *u);
unpack_state unpack_fill(unpacker *u, void *to, size_t room, size_t *got); // room: at least UNPACK_ROOM
enum { UNPACK_ROOM = 1 << 16 };
archive_place unpack_place(const unpacker *u, size_t back); // of the byte so many before the end of the last given
bool          unpack_plain(const unpacker *u);              // the file is not packed at all
bool          unpack_seek(unpacker *u, archive_place to);   // false: that cannot be had any more
uint64_t      unpack_reached(const unpacker *u);            // bytes of the file read
const char   *unpack_failed(const unpacker *u);             // or NULL

#endif
