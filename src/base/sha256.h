// sha256.h — FIPS 180-4 SHA-256.

#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/str.h"

typedef struct {
    uint32_t h[8];
    uint64_t length;
    uint8_t  block[64];
} sha256;

void sha256_init(sha256 *s);
void sha256_add(sha256 *s, const void *bytes, size_t n);
void sha256_end(sha256 *s, uint8_t out[32]);
void sha256_hex(sha256 *s, char out[65]); // ends it; 64 hex digits and a NUL

#endif
