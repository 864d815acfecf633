// http.h — an HTTP message in a record's block: its header, and its body with transfer and content codings undone.
//
//   "Transfer-Encoding: chunked", "4\r\nrain\r\n0\r\n\r\n"   ->   rain
//
// A coding that was announced but is not there leaves the body as it is; one that breaks gives what could be had. Both are
// noted. What unpacks to very much comes in pieces, so memory stays the same.

#ifndef ARCHIVE_HTTP_H
#define ARCHIVE_HTTP_H

#include "base/str.h"

typedef bool http_take(void *with, str piece); // false: wants no more

typedef struct http_body http_body;

size_t http_header_end(str block);               // bytes up to and with the empty line; all of it if there is none
str    http_field(str header, const char *name); // value of the first field of that name, whatever its case; p == NULL: none
int    http_status(str header);                  // of "HTTP/1.1 200 OK"; -1 if it is no response

http_body  *http_body_new(void); // NULL: out of memory. For one body after another.
void        http_body_free(http_body *b);
void        http_body_begin(http_body *b, str header, http_take *take, void *with);
bool        http_body_push(http_body *b, str piece); // false: the taker wants no more
bool        http_body_end(http_body *b);
const char *http_body_note(const http_body *b); // oddities, or ""

#endif
