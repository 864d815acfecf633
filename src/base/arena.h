// arena.h — the memory of one document (or of one loaded table), freed all at once.
//
// An allocation never returns NULL: when the budget is spent or the system has no more, control goes
// back to the one setjmp that `full` was filled by, with ARENA_BUDGET or ARENA_MEMORY.

#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <setjmp.h>

enum { ARENA_BUDGET = 1, ARENA_MEMORY = 2 };

typedef struct arena_block arena_block;
typedef struct arena_deferred arena_deferred;

typedef struct {
    jmp_buf     *full;         // where control goes when there is no more
    arena_block *blocks;       // newest first
    char        *p, *end;      // what is left of the newest
    size_t       used, budget; // bytes
    arena_deferred *deferred;  // newest first
} arena;

void  arena_init(arena *a, size_t budget, jmp_buf *full);
void  arena_clear(arena *a); // frees every piece; the arena may be used again
void  arena_defer(arena *a, void (*release)(void *), void *thing); // call it at arena_clear (newest first): for what other libraries hold
void *arena_alloc(arena *a, size_t size, size_t align); // zeroed
void  arena_grow(arena *a, void *v, size_t *cap, size_t n, size_t size); // doubles *(T **)v, keeps n items
str   arena_str(arena *a, str s);                     // a copy
str   arena_join(arena *a, str x, str y);             // x then y
str   arena_printf(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define new(a, T) ((T *)arena_alloc((a), sizeof(T), _Alignof(T)))
#define new_array(a, T, n) ((T *)arena_array((a), (n), sizeof(T), _Alignof(T)))
void *arena_array(arena *a, size_t n, size_t size, size_t align);

// Room for one more item at the end of a list {T *v; size_t n, cap;}; a pointer to it, zeroed.
#define push(a, list)                                                                              \
    (((list)->n < (list)->cap                                                                      \
          ? (void)0                                                                                \
          : arena_grow((a), &(list)->v, &(list)->cap, (list)->n, sizeof *(list)->v)),              \
     &(list)->v[(list)->n++])

#endif
