#include "ledger/copies.h"
#include "ledger/telling_inner.h"

#include <string.h>

enum { RUN = 5, LEAST_WORDS = 40, MOST_WORDS_READ = 20000, BAND = COPIES_WIDTH / COPIES_BANDS };

static uint64_t stirred(uint64_t h)
{
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53u;
    return h ^ h >> 33;
}

// One hash a run; each of the 32 places keeps the least of its own stirring of it.
copy_signature copies_signature(arena *a, str text)
{
    copy_signature s;
    memset(&s, 0xff, sizeof s);
    folded_words w = telling_words(a, text, MOST_WORDS_READ);
    if (w.n < LEAST_WORDS) return s;
    for (size_t i = 0; i + RUN <= w.n; i++) {
        uint64_t h = 0;
        for (size_t k = 0; k < RUN; k++) h = stirred(h * 31 + str_hash(w.v[i + k].word));
        for (uint64_t k = 0; k < COPIES_WIDTH; k++) {
            uint32_t x = (uint32_t)(stirred(h + k * 0x9e3779b97f4a7c15u) >> 32);
            if (x < s.least[k]) s.least[k] = x;
        }
    }
    return s;
}

static bool too_short(const copy_signature *s) { return s->least[0] == UINT32_MAX; }

float copies_alike(const copy_signature *x, const copy_signature *y)
{
    int same = 0;
    if (too_short(x) || too_short(y)) return 0;
    for (size_t k = 0; k < COPIES_WIDTH; k++) same += x->least[k] == y->least[k];
    return (float)same / COPIES_WIDTH;
}

// Bands of four: texts that share half of their runs meet with 1 - (1 - 1/16)^8 = 40 %, those that share 80 % with 98 %.
size_t copies_keys(const copy_signature *s, uint64_t keys[COPIES_BANDS])
{
    if (too_short(s)) return 0;
    for (uint64_t b = 0; b < COPIES_BANDS; b++) {
        uint64_t h = b + 1;
        for (size_t k = 0; k < BAND; k++) h = stirred(h * 31 + s->least[b * BAND + k]);
        keys[b] = h;
    }
    return COPIES_BANDS;
}
