// fetch.h — pages from the web, politely: robots.txt is honoured, a host is asked once a second at most, and says who asks.
//
//   fetch_page(f, "http://example.org/a", &page)  ->  the bytes, the address they came from, the charset the server named
//
// Only http and https; redirects, size and time have limits.

#ifndef INPUT_FETCH_H
#define INPUT_FETCH_H

#include "base/fault.h"
#include "base/str.h"

typedef struct {
    char  *bytes; // malloc'd, the caller's to free
    size_t n;
    char   url[4096], charset[64]; // charset: empty if the server named none
} fetched;

typedef struct fetcher fetcher;

fetcher *fetch_open(const char *agent); // NULL: out of memory
void     fetch_close(fetcher *f);
bool     fetch_page(fetcher *f, const char *url, fetched *out, fault *why); // false: nothing to free

#endif
