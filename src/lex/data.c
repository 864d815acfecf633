#include "lex/data.h"

#include "base/buf.h"
#include "base/sha256.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { DATA_FILE_LIMIT = 64 << 20 };

// The folder's file of that name; out->p == NULL if there is none.
static bool folder_text(const data_set *d, const char *name, str *out, fault *f)
{
    *out = (str){NULL, 0};
    str   path = arena_printf(d->a, "%s/%s", d->folder, name);
    FILE *in = fopen(path.p, "rb");
    if (!in) return errno == ENOENT ? true : fault_set(f, "%s: %s", path.p, strerror(errno));
    buf  b = {.a = d->a};
    char chunk[4096]; // `in` is held here: an arena that runs out ends the program's start, and the file with it
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, in)) > 0 && b.n < DATA_FILE_LIMIT;) buf_put(&b, (str){chunk, n});
    bool bad = ferror(in) || b.n >= DATA_FILE_LIMIT;
    fclose(in);
    if (bad) return fault_set(f, "%s: cannot be read, or larger than 64 MiB", path.p);
    *out = b.n ? buf_str(&b) : (str){"", 0};
    return true;
}

bool data_text(const data_set *d, const char *name, str *out, fault *f)
{
    if (d->folder) {
        if (!folder_text(d, name, out, f)) return false;
        if (out->p) return true;
    }
    for (const data_file *file = data_linked; file->name; file++)
        if (strcmp(file->name, name) == 0) {
            *out = (str){file->bytes, (size_t)(file->end - file->bytes)};
            return true;
        }
    return fault_set(f, "data/%s: not in this program%s", name, d->folder ? " and not in the folder given" : "");
}

bool data_open(const data_set *d, const char *name, tsv *out, fault *f)
{
    str text;
    if (!data_text(d, name, &text, f)) return false;
    *out = tsv_open(d->a, arena_printf(d->a, "data/%s", name).p, text);
    return true;
}

void data_fingerprint(const data_set *d, char out[65])
{
    sha256 s;
    sha256_init(&s);
    for (const data_file *file = data_linked; file->name; file++) {
        str   text;
        fault ignored;
        if (!data_text(d, file->name, &text, &ignored)) text = STR("");
        sha256_add(&s, file->name, strlen(file->name) + 1);
        sha256_add(&s, text.p, text.n);
    }
    sha256_hex(&s, out);
}
