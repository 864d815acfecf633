// crawl.h — the pages of a web archive: HTML that was answered with status 200, and the texts of WET conversion records.
//
//   crawl.warc.gz   ->   "crawl.warc.gz:784", its address, its charset, the day it was fetched, the page
//
// Damage comes as INPUT_BAD, "crawl.warc.gz:1203: gzip member cut off"; what lies behind it is read.

#ifndef INPUT_CRAWL_H
#define INPUT_CRAWL_H

#include "input/input.h"

// Does a file that begins so hold an archive? 64 KiB are enough.
bool crawl_is(str head);

typedef struct crawl crawl;

// Of a file open at its beginning (but for `head`, which was read already and must stay), or of bytes in memory (fd -1, head is
// all). Begins at `place`, which is that of record `number`; NULL and 0: at the beginning. NULL: out of memory, or no place.
crawl       *crawl_open(int fd, str head, const char *place, uint64_t number);
void         crawl_close(crawl *c);
input_result crawl_next(crawl *c, arena *a, const char *shown, input_page *out, fault *f); // out->bytes: until the next
uint64_t     crawl_reached(const crawl *c);                                                // bytes of the file read

#endif
