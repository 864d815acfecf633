// window.h — a piece of a file in memory: reads on, moves along, goes back where the file can.

#ifndef ARCHIVE_WINDOW_H
#define ARCHIVE_WINDOW_H

#include "archive/archive.h"

enum { WINDOW = 1 << 20 }; // bytes held; a member that fits is unpacked in one go

typedef struct {
    const archive_source *source;
    unsigned char        *v;      // [WINDOW]
    size_t                at, n;  // v[at..n) is still to be used
    uint64_t              offset; // of v[0] in the file
    uint64_t              reached, gone_back;
    bool                  ended;  // the file ends behind v[n)
    const char           *failed; // why reading ended, or NULL
} window;

bool     window_open(window *w, const archive_source *source, uint64_t offset); // false: out of memory
void     window_close(window *w);
size_t   window_want(window *w, size_t n);        // reads until there are n bytes (at most WINDOW); how many there are
uint64_t window_place(const window *w);           // in the file, of v[at]
bool     window_move(window *w, uint64_t offset); // v[at] becomes that byte; false: it cannot be had

static inline const unsigned char *window_bytes(const window *w) { return w->v + w->at; }
static inline size_t               window_left(const window *w) { return w->n - w->at; }

#endif
