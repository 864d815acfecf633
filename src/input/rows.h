// rows.h — one JSON object -> a page: IPTC ninjs, a record of tidings, or a row with fields of names that are used for
// addresses, titles, dates, HTML and text.
//
//   {"headline": "Bridge closed", "date_publish": "2021-05-03 10:30", "maintext": "The bridge …"}  ->  title, date, text

#ifndef INPUT_ROWS_H
#define INPUT_ROWS_H

#include "input/input.h"

bool rows_are(str head); // do a file's first bytes look like those of JSON objects?
// One object's text (UTF-8). False with the reason in f: no object, or nothing to read in it.
bool rows_read(arena *a, str json, input_page *out, fault *f);
// Where the JSON value that begins at s.p[i] ends; 0: it does not end within s.
size_t rows_value_end(str s, size_t i);

#endif
