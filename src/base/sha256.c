#include "base/sha256.h"

#include <string.h>

static const uint32_t sha256_k[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t rotate_right(uint32_t x, int n) { return x >> n | x << (32 - n); }

static inline void sha256_round(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e, uint32_t f, uint32_t g, uint32_t *h,
                                uint32_t word)
{
    uint32_t t = *h + (rotate_right(e, 6) ^ rotate_right(e, 11) ^ rotate_right(e, 25)) + ((e & f) ^ (~e & g)) + word;
    *d += t;
    *h = t + (rotate_right(a, 2) ^ rotate_right(a, 13) ^ rotate_right(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void sha256_block(sha256 *s, const uint8_t *p)
{
    uint32_t w[64];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (rotate_right(x, 7) ^ rotate_right(x, 18) ^ x >> 3) + w[i - 7] +
               (rotate_right(y, 17) ^ rotate_right(y, 19) ^ y >> 10);
    }
    uint32_t v[8];
    memcpy(v, s->h, sizeof v);
    for (int i = 0; i < 64; i += 8) { // after eight rounds each word is back in its place
        sha256_round(v[0], v[1], v[2], &v[3], v[4], v[5], v[6], &v[7], sha256_k[i] + w[i]);
        sha256_round(v[7], v[0], v[1], &v[2], v[3], v[4], v[5], &v[6], sha256_k[i + 1] + w[i + 1]);
        sha256_round(v[6], v[7], v[0], &v[1], v[2], v[3], v[4], &v[5], sha256_k[i + 2] + w[i + 2]);
        sha256_round(v[5], v[6], v[7], &v[0], v[1], v[2], v[3], &v[4], sha256_k[i + 3] + w[i + 3]);
        sha256_round(v[4], v[5], v[6], &v[7], v[0], v[1], v[2], &v[3], sha256_k[i + 4] + w[i + 4]);
        sha256_round(v[3], v[4], v[5], &v[6], v[7], v[0], v[1], &v[2], sha256_k[i + 5] + w[i + 5]);
        sha256_round(v[2], v[3], v[4], &v[5], v[6], v[7], v[0], &v[1], sha256_k[i + 6] + w[i + 6]);
        sha256_round(v[1], v[2], v[3], &v[4], v[5], v[6], v[7], &v[0], sha256_k[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++) s->h[i] += v[i];
}

void sha256_init(sha256 *s)
{
    static const uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(s->h, h, sizeof h);
    s->length = 0;
}

void sha256_add(sha256 *s, const void *bytes, size_t n)
{
    const uint8_t *p = bytes;
    size_t         have = s->length % 64;
    s->length += n;
    if (have) {
        size_t more = 64 - have < n ? 64 - have : n;
        memcpy(s->block + have, p, more);
        p += more, n -= more;
        if (have + more < 64) return;
        sha256_block(s, s->block);
    }
    for (; n >= 64; p += 64, n -= 64) sha256_block(s, p);
    if (n) memcpy(s->block, p, n);
}

void sha256_end(sha256 *s, uint8_t out[32])
{
    static const uint8_t pad[64] = {0x80};
    uint64_t             bits = s->length * 8;
    uint8_t              tail[8];
    for (int i = 0; i < 8; i++) tail[i] = (uint8_t)(bits >> (56 - 8 * i));
    sha256_add(s, pad, 1 + (119 - s->length % 64) % 64);
    sha256_add(s, tail, 8);
    for (int i = 0; i < 32; i++) out[i] = (uint8_t)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_hex(sha256 *s, char out[65])
{
    static const char hex[] = "0123456789abcdef";
    uint8_t           raw[32];
    sha256_end(s, raw);
    for (int i = 0; i < 32; i++) {
        out[2 * i] = hex[raw[i] >> 4];
        out[2 * i + 1] = hex[raw[i] & 15];
    }
    out[64] = 0;
}
