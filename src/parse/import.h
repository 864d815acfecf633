// import.h — a spaCy package (wheel or folder) to a model file (docs/model.md).

#ifndef PARSE_IMPORT_H
#define PARSE_IMPORT_H

#include "base/arena.h"
#include "base/fault.h"

// False with a line that names what the package has and this program lacks, or what is broken. The arena holds the work.
bool pipeline_import(arena *a, const char *path, const char *out_file, fault *f);

#endif
