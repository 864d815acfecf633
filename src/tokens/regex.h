// regex.h — the patterns of a spaCy pipeline, run by PCRE2 with the meaning they have in Python.
//
//   regex_from_python: "(?u)^\u00e9\d+\S$"   ->   "^\x{00e9}\p{Nd}+[^\x09-\x0D…]$"

#ifndef TOKENS_REGEX_H
#define TOKENS_REGEX_H

#include "base/arena.h"
#include "base/fault.h"

typedef struct regex      regex;
typedef struct regex_work regex_work;

// For the importer. p == NULL with a reason in *why where the pattern has what is not known here.
str regex_from_python(arena *a, str source, const char **why);

// A pattern as regex_from_python writes it; `name` is for the message. Freed with the arena; threads may share it.
const regex *regex_compile(arena *a, str pattern, const char *name, fault *f);
// What matching needs besides, for one document.
regex_work *regex_work_new(arena *a);
// The leftmost match that begins at or after `from`; look-behind sees what is before. Given up (false) after so much going
// back that no ordinary text needs it.
bool regex_search(const regex *r, regex_work *w, str subject, size_t from, size_t *start, size_t *end);
// Whether there is a match at all, for patterns that go back much: they get a larger stack.
bool regex_matches(const regex *r, regex_work *w, str subject);
// False if no match begins with that byte.
bool regex_may_begin(const regex *r, unsigned char c);

#endif
