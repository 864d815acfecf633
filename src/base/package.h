// package.h — a Python package's data files, from its wheel (a zip archive) or from a folder it was unpacked to.
//
//   package *p = package_open(a, "en_core_web_sm-3.8.0-py3-none-any.whl", f);
//   package_find(p, "/config.cfg")        ->   "en_core_web_sm/en_core_web_sm-3.8.0/config.cfg"

#ifndef BASE_PACKAGE_H
#define BASE_PACKAGE_H

#include "base/arena.h"
#include "base/fault.h"

typedef struct package package;

// NULL with one line in f. Open until the arena is cleared.
package *package_open(arena *a, const char *path, fault *f);
bool     package_has(const package *p, const char *member);
bool     package_read(const package *p, const char *member, str *out, fault *f); // into the arena, a NUL behind it
// The member whose path, with a slash before it, ends thus; the one with the fewest folders above it where there are
// several. NULL: none.
const char *package_find(const package *p, const char *end);
// From now on all paths are below that folder ("en_core_web_sm/en_core_web_sm-3.8.0"; empty: the top).
void        package_enter(package *p, str folder);
const char *package_path(const package *p); // as opened, for messages

#endif
