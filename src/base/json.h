// json.h — JSON (RFC 8259) as a tree in an arena. Strict: what is not JSON gives NULL, never a part.
//
//   {"a": [1, "two"]}   ->   object of one member, whose key is "a" and whose first is the number 1

#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"

typedef enum { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_LIST, JSON_OBJECT } json_kind;

typedef struct json json;
struct json {
    json_kind   kind;
    uint32_t    n;    // members of a list or object
    str         key;  // in an object
    str         text; // of a string, escapes read; of all else as it stands. Points into the input where it can
    const json *first, *next;
};

// One value with nothing but white space after it; NULL if it is none, *at then says where (at may be NULL). The tree
// points into `text`, which must outlive it.
const json *json_read(arena *a, str text, size_t *at);

const json *json_get(const json *object, const char *key); // NULL where there is none, or `object` is NULL or none
str         json_str(const json *v);                       // a string's text; empty for all else, NULL too
bool        json_true(const json *v);
bool        json_int(const json *v, int64_t *out);
bool        json_real(const json *v, double *out);

#endif
