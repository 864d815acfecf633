// file.h — the model file: named arrays in one file, mapped read-only and used where they lie.
//
//   header | table: one entry an array (name, type, shape, place, length, checksum) | the arrays, each at a multiple of 64
//
// A reader asks for an array by name, type and shape; whatever does not fit is refused with one line "FILE: …".
// Sections are named "part.array" ("tagger.bias"); docs/model.md lists them. A list of strings NAME is two arrays:
// NAME (the bytes of all) and NAME.at (where each begins, and the end).

#ifndef NET_FILE_H
#define NET_FILE_H

#include "base/arena.h"
#include "base/fault.h"

#include <stdio.h>

enum { NET_VERSION = 1, NET_RANK = 4, NET_NAME = 48 };

typedef enum { NET_U8 = 1, NET_U16, NET_U32, NET_U64, NET_F32 } net_type;

typedef struct {
    net_type    type;
    uint32_t    rank;
    uint32_t    shape[NET_RANK]; // 1 beyond rank
    size_t      n;               // items: the product of shape
    const void *data;            // aligned to 64 bytes
} net_array;

typedef struct {
    const uint8_t *bytes;
    size_t         n;
    const char    *file;  // for messages
    uint32_t       count; // arrays
} net_file;

// Checks header, table and every checksum. The bytes (aligned to 64) and `file` must outlive it.
bool net_file_open(net_file *f, const void *bytes, size_t n, const char *file, fault *why);

bool net_file_has(const net_file *f, const char *name);
// The array of that name; false with a line if there is none, or its type or rank is another.
bool net_file_array(const net_file *f, const char *name, net_type type, uint32_t rank, net_array *out, fault *why);
// The items of an array of exactly that shape, or NULL with a line: net_file_items(f, "tagger.bias", NET_F32, why, 1, 50).
const void *net_file_items(const net_file *f, const char *name, net_type type, fault *why, uint32_t rank, ...);

typedef struct {
    const char     *bytes;
    const uint32_t *at; // [n + 1]
    uint32_t        n;
} net_strings;

bool              net_file_strings(const net_file *f, const char *name, net_strings *out, fault *why);
static inline str net_string(net_strings s, uint32_t i) { return (str){s.bytes + s.at[i], s.at[i + 1] - s.at[i]}; }

// --- writing, for the importer. Arrays are kept by reference until net_writer_save. ---
typedef struct {
    const char *name;
    net_array   array;
} net_named;

typedef struct {
    arena *a;
    struct {
        net_named *v;
        size_t     n, cap;
    } arrays;
} net_writer;

// net_writer_add(w, "tagger.bias", NET_F32, bias, 1, 50); sizes are size_t.
void net_writer_add(net_writer *w, const char *name, net_type type, const void *items, uint32_t rank, ...);
void net_writer_strings(net_writer *w, const char *name, const str *v, size_t n);
bool net_writer_save(const net_writer *w, const char *path, fault *why);

uint64_t net_checksum(const void *bytes, size_t n);

#endif
