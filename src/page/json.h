// json.h — the JSON pages carry about themselves, read as forgivingly as it is written: raw line ends in strings,
// commas too many or missing, comment marks around it. What cannot be read ends it; what came before stands.
//
//   {"@type": "NewsArticle", "headline": "Bridge closed",}  ->  an object of two strings

#ifndef PAGE_JSON_H
#define PAGE_JSON_H

#include "base/arena.h"

typedef enum {
    PAGE_JSON_OTHER,
    PAGE_JSON_STRING,
    PAGE_JSON_LIST,
    PAGE_JSON_OBJECT
} page_json_kind; // other: number, true, false, null

typedef struct page_json page_json;
struct page_json {
    page_json_kind   kind;
    str              key;          // in an object
    str              text;         // of a string, escapes read; of a number and the like, as it stands
    const page_json *first, *next; // members; the next one beside it
};

const page_json *page_json_read(arena *a, str text);                      // NULL if there is no value
const page_json *page_json_get(const page_json *object, const char *key); // or NULL
str              page_json_text(const page_json *v);                      // of a string or number; else empty

#endif
