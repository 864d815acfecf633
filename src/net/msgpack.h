// msgpack.h — reads MessagePack, bytes of whatever origin, into a tree.
//
//   82 a1 61 01 a1 62 92 c3 c0   ->   map of 2: "a" 1, "b" array of 2: true, nil

#ifndef NET_MSGPACK_H
#define NET_MSGPACK_H

#include "base/arena.h"

typedef enum { MSG_NIL, MSG_BOOL, MSG_UINT, MSG_INT, MSG_REAL, MSG_STR, MSG_BIN, MSG_ARRAY, MSG_MAP } msg_kind;

typedef struct msg msg;
struct msg {
    msg_kind kind;
    uint32_t n; // bytes of str and bin, items of an array, pairs of a map
    union {
        uint64_t    u; // UINT; BOOL: 0 or 1
        int64_t     i; // INT: below zero
        double      real;
        const char *bytes; // into what was read
        const msg  *items; // [n], or for a map [2 n]: key, value, key, value …
    };
};

// The one value that `bytes` is; NULL if it is broken, cut short, nested too deep or followed by more.
const msg *msg_read(arena *a, str bytes);

const msg *msg_get(const msg *map, const char *key);  // value of a str or bin key; NULL: none, or no map
const msg *msg_get_int(const msg *map, uint64_t key); // value of an integer key
const msg *msg_at(const msg *array, size_t i);        // NULL: no array, or shorter
str        msg_str(const msg *m);                     // str or bin; else empty
bool       msg_is_text(const msg *m);                 // str or bin
bool       msg_uint(const msg *m, uint64_t *out);     // an integer from 0 on

#endif
