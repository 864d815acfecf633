#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_PIECES 1 // each piece its own malloc, so that the sanitizer sees every edge
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_PIECES 1
#endif
#endif

enum { BLOCK = 64 * 1024 };

struct arena_block {
    arena_block *next;
    size_t       size;
    _Alignas(max_align_t) char bytes[];
};

struct arena_deferred {
    arena_deferred *next;
    void (*release)(void *);
    void *thing;
};

void arena_init(arena *a, size_t budget, jmp_buf *full) { *a = (arena){.full = full, .budget = budget}; }

void arena_defer(arena *a, void (*release)(void *), void *thing)
{
    jmp_buf *volatile outer = a->full;
    jmp_buf           here;
    a->full = &here;
    int why = setjmp(here);
    if (why) { // no room to remember it: release it now, then go where the arena would have gone
        a->full = outer;
        release(thing);
        longjmp(*outer, why);
    }
    arena_deferred *d = new(a, arena_deferred);
    a->full = outer;
    *d = (arena_deferred){a->deferred, release, thing};
    a->deferred = d;
}

void arena_clear(arena *a)
{
    for (arena_deferred *d = a->deferred; d; d = d->next) d->release(d->thing);
    for (arena_block *b = a->blocks; b;) {
        arena_block *next = b->next;
        free(b);
        b = next;
    }
    *a = (arena){.full = a->full, .budget = a->budget};
}

static arena_block *add_block(arena *a, size_t size)
{
    if (size > a->budget - a->used) longjmp(*a->full, ARENA_BUDGET);
    arena_block *b = calloc(1, sizeof *b + size);
    if (!b) longjmp(*a->full, ARENA_MEMORY);
    b->next = a->blocks;
    b->size = size;
    a->blocks = b;
    a->used += size;
    return b;
}

void *arena_alloc(arena *a, size_t size, size_t align)
{
    if (size > PTRDIFF_MAX - BLOCK) longjmp(*a->full, ARENA_BUDGET);
#ifdef ARENA_PIECES
    (void)align;
    return add_block(a, size ? size : 1)->bytes;
#else
    size_t pad = a->p ? (size_t)(-(uintptr_t)a->p & (align - 1)) : 0;
    if (a->p && size + pad <= (size_t)(a->end - a->p)) {
        void *p = a->p + pad;
        a->p += pad + size;
        return p;
    }
    if (size > BLOCK / 4) return add_block(a, size)->bytes; // large pieces stand alone
    // The newest block serves small pieces; a budget smaller than a block still gives its last bytes.
    size_t room = a->budget - a->used < BLOCK ? a->budget - a->used : BLOCK;
    if (room < size) longjmp(*a->full, ARENA_BUDGET);
    arena_block *b = add_block(a, room);
    a->p = b->bytes + size;
    a->end = b->bytes + room;
    return b->bytes;
#endif
}

void *arena_array(arena *a, size_t n, size_t size, size_t align)
{
    if (size && n > PTRDIFF_MAX / 2 / size) longjmp(*a->full, ARENA_BUDGET);
    return arena_alloc(a, n * size, align);
}

void arena_grow(arena *a, void *v, size_t *cap, size_t n, size_t size)
{
    size_t more = *cap ? *cap * 2 : 8;
    void  *old, *fresh = arena_array(a, more, size, _Alignof(max_align_t));
    memcpy(&old, v, sizeof old);
    if (n) memcpy(fresh, old, n * size);
    memcpy(v, &fresh, sizeof fresh);
    *cap = more;
}

str arena_str(arena *a, str s)
{
    char *p = new_array(a, char, s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    return (str){p, s.n};
}

str arena_join(arena *a, str x, str y)
{
    char *p = new_array(a, char, x.n + y.n + 1);
    if (x.n) memcpy(p, x.p, x.n);
    if (y.n) memcpy(p + x.n, y.p, y.n);
    return (str){p, x.n + y.n};
}

str arena_printf(arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *p = new_array(a, char, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){p, (size_t)n};
}
