// json.h — JSON (RFC 8259) as a tree in an arena. Strict: what is not JSON gives NULL, never a part.
//
//   {"a": [1, "two"]}   ->   object of one member, whose key is "a" and whose first is the number 1

#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/arena.h"

typedef enum { JS_NULL, JS_FALSE, JS_TRUE, JS_NUMBER, JS_STRING, JS_LIST, JS_OBJECT } js_kind;

typedef struct js_value js_value;
struct js_value {
    js_kind         kind;
    uint32_t        n;    // members of a list or object
    str             key;  // in an object
    str             text; // of a string, escapes read; of all else as it stands. Points into the input where it can
    const js_value *first, *next;
};

// One value with nothing but white space after it; NULL if it is none, *at then says where (at may be NULL). The tree
// points into `text`, which must outlive it.
const js_value *js_read(arena *a, str text, size_t *at);

const js_value *js_get(const js_value *object, const char *key); // NULL where there is none, or `object` is NULL or none
str             js_string(const js_value *v);                    // a string's text; empty for all else, NULL too
bool            js_is_true(const js_value *v);
bool            js_whole(const js_value *v, int64_t *out);
bool            js_number(const js_value *v, double *out);

#endif
