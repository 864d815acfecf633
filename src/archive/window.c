#include "archive/window.h"

#include <stdlib.h>
#include <string.h>

// What may be read a second time: enough for every damaged member of an honest file, not for a file made to be read for ever.
static const uint64_t go_back_free = (uint64_t)64 << 20;
enum { GO_BACK_SHARE = 4 };

bool window_open(window *w, const archive_source *source, uint64_t offset)
{
    *w = (window){.source = source, .offset = offset, .reached = offset, .v = malloc(WINDOW)};
    return w->v != NULL;
}

void window_close(window *w) { free(w->v); }

uint64_t window_place(const window *w) { return w->offset + w->at; }

size_t window_want(window *w, size_t n)
{
    if (n > WINDOW) n = WINDOW;
    while (window_left(w) < n && !w->ended) {
        if (w->at && (w->at == w->n || WINDOW - w->n < WINDOW / 4 || WINDOW - w->at < n)) {
            memmove(w->v, w->v + w->at, window_left(w));
            w->offset += w->at, w->n -= w->at, w->at = 0;
        }
        ptrdiff_t got = w->source->read(w->source->with, w->offset + w->n, w->v + w->n, WINDOW - w->n);
        if (got < 0) w->failed = "cannot be read";
        if (got <= 0) w->ended = true;
        else w->n += (size_t)got;
        if (w->reached < w->offset + w->n) w->reached = w->offset + w->n;
    }
    return window_left(w);
}

bool window_move(window *w, uint64_t offset)
{
    uint64_t here = window_place(w), back = offset < here ? here - offset : 0;
    if (offset > w->offset + w->n) return false; // nobody asks to go where nothing was read yet
    if (back && w->gone_back + back > GO_BACK_SHARE * w->reached + go_back_free) return false;
    if (offset >= w->offset) return w->gone_back += back, w->at = (size_t)(offset - w->offset), true;
    unsigned char one;
    if (w->source->read(w->source->with, offset, &one, 1) != 1) return false;
    w->gone_back += back;
    w->offset = offset, w->at = w->n = 0, w->ended = false;
    return true;
}
