#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>

bool fault_set(fault *f, const char *format, ...)
{
    if (!f) return false;
    va_list args;
    va_start(args, format);
    vsnprintf(f->text, sizeof f->text, format, args);
    va_end(args);
    return false;
}
