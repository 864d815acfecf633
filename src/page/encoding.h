// encoding.h — bytes to UTF-8 text, as browsers decide it: byte order mark, what the server said, what the page
// says of itself, valid UTF-8, else windows-1252.
//
//   "caf\xE9", no declaration  ->  "café", windows-1252

#ifndef PAGE_ENCODING_H
#define PAGE_ENCODING_H

#include "base/arena.h"
#include "base/fault.h"

typedef struct {
    str         text;     // valid UTF-8; line ends are \n; no control characters but tab and \n
    const char *encoding; // as iconv names it
    const char *why;      // "bom", "given", "meta", "utf-8", "zeros", "fallback"
    bool        valid;    // the bytes were valid UTF-8 as they came
} decoded;

// False with one line in f if the bytes are no text: empty, or binary. `charset`: from the HTTP header, or empty.
bool page_decode(arena *a, str bytes, str charset, decoded *out, fault *f);

#endif
