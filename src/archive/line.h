// line.h — where a record begins: "WARC/1.0", or an ARC line "http://example.com/ 192.0.2.1 20140216050221 text/html 1591".

#ifndef ARCHIVE_LINE_H
#define ARCHIVE_LINE_H

#include "base/str.h"

typedef enum { LINE_NONE, LINE_WARC, LINE_ARC } line_kind;

typedef struct {
    str uri, date, mime, length;
} arc_line;

enum { LONGEST_LINE = 1 << 16 };

// The line without its end. `exact`: it begins where a record should; else something foreign may stand before the address.
bool arc_line_read(str line, bool exact, arc_line *out);

// What begins at the first byte of s: LINE_NONE if neither, or if s ends before that is certain.
line_kind line_begins(str s, line_kind only); // only: LINE_NONE for either kind

// The first place in s, but for s.n, where a record surely begins, header and all; s.n if there is none.
size_t line_find(str s, line_kind only);

#endif
