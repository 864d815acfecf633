// import.h — what the tokenizer takes from a spaCy pipeline's files into the model file.

#ifndef TOKENS_IMPORT_H
#define TOKENS_IMPORT_H

#include "base/package.h"
#include "net/file.h"

// `p` is entered at the pipeline's folder: package_read(p, "tokenizer", …). Adds the sections "tokens.…".
bool tokens_import(arena *a, const package *p, net_writer *w, fault *f);

#endif
