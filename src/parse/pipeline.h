// pipeline.h — a spaCy pipeline run natively: text in, parse out (docs/model.md says how).

#ifndef PARSE_PIPELINE_H
#define PARSE_PIPELINE_H

#include "base/fault.h"
#include "net/kernels.h"
#include "parse/parse.h"

typedef struct pipeline pipeline;

// A pipeline over a model file in memory, which must outlive it. NULL with one line in f ("FILE: …") where the
// bytes are no model of this program, damaged, or of a later format. Read-only: threads may share it.
const pipeline *pipeline_open(const void *bytes, size_t n, const char *file, fault *f);
void            pipeline_close(const pipeline *pl);

str pipeline_name(const pipeline *pl); // "en_core_web_sm 3.8.0"; a NUL follows
str pipeline_card(const pipeline *pl); // text: name, licence, labels, published accuracy …; a NUL follows

// Parses `text` (valid UTF-8), as nlp(text) does. The work space is the arena's.
void pipeline_run(arena *a, const pipeline *pl, str text, parse *out);

// By how much each decision about a token led over the next best; for comparing with spaCy.
typedef struct {
    float *tag, *arc, *name; // [tokens]
} pipeline_margins;

void pipeline_run_margins(arena *a, const pipeline *pl, str text, parse *out, pipeline_margins *margins);

// Other arithmetic than the fastest this machine has, from now on. Before the pipeline is shared.
void pipeline_use_kernels(const pipeline *pl, const net_kernels *k);

#endif
