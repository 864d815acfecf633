// thinc.h — layers of a thinc model file (what spaCy stores of each component) into arrays of ours.

#ifndef NET_THINC_H
#define NET_THINC_H

#include "base/package.h"
#include "net/file.h"
#include "net/msgpack.h"

typedef struct {
    arena      *a;
    const char *file; // for messages
    const msg  *nodes, *attrs, *params;
} thinc_model;

bool thinc_open(thinc_model *m, arena *a, const package *p, const char *member, fault *f);

// Writes "PART.shape" and all else net_encoder_open reads. `vectors`: the pipeline's word vectors [rows, width], or NULL.
bool thinc_import_encoder(const thinc_model *m, const char *part, const net_array *vectors, net_writer *w, fault *f);
// All that net_head_open reads.
bool thinc_import_head(const thinc_model *m, const char *part, net_writer *w, fault *f);
// "PART.weight" (packed, outputs rounded up to NET_PANEL) and "PART.bias" of the tagger's last layer; how many outputs.
bool thinc_import_softmax(const thinc_model *m, const char *part, uint32_t *outputs, net_writer *w, fault *f);

// A NumPy array as spaCy packs it, or as a .npy file: 32-bit floats, C order.
bool thinc_npy(str bytes, const char *file, net_array *out, fault *f);

#endif
