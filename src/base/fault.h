// fault.h — why a load failed: one line naming file and place.

#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>

typedef struct {
    char text[512];
} fault;

// Writes the line (cut to fit) and returns false, so that a loader can `return fault_set(f, …)`. `f` may be NULL.
bool fault_set(fault *f, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
