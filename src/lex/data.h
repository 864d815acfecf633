// data.h — the files of data/: linked into the program, or read from a folder that stands in for them.

#ifndef LEX_DATA_H
#define LEX_DATA_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/tsv.h"

typedef struct {
    const char *name; // "times/rules.tsv"
    const char *bytes, *end;
} data_file;

extern const data_file data_linked[]; // made by the Makefile from data/; ends with a NULL name

typedef struct {
    arena      *a;
    const char *folder; // NULL: only what is linked in
} data_set;

// The text of one file: the folder's, if it has one of that name, else the linked one.
// False, with one line in `f`, if there is neither.
bool data_text(const data_set *d, const char *name, str *out, fault *f);

// The same, opened as a table whose messages name the file.
bool data_open(const data_set *d, const char *name, tsv *out, fault *f);

// SHA-256 over the names and contents of all linked files (those of `folder` in their place), 64 hex digits.
void data_fingerprint(const data_set *d, char out[65]);

#endif
