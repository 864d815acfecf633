// Words without case, accents and marks.  "José Nuñez's U.S. lawyer" -> jose nunez us lawyer

#include "base/utf8.h"
#include "ledger/telling_inner.h"
#include "places/places.h"

static bool apostrophe(uint32_t c) { return c == '\'' || c == 0x2019; }
static bool within_word(uint32_t c) { return apostrophe(c) || c == 0x2018 || c == '.' || (c >= 0x300 && c < 0x370); }

// Bytes written for one code point; 0: it parts words or is left out.
static size_t fold_letter(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return (c | 32) - 'a' < 26u || c - '0' < 10u;
    }
    const char *letter = places_letter(c);
    size_t      n = 0;
    if (letter) {
        for (; letter[n] && n < 4; n++) to[n] = letter[n];
        return n;
    }
    bool other = c < 0xC0 || (c >= 0x300 && c < 0x370) || (c >= 0x2000 && c < 0x2070) || c == 0xFFFD;
    return other ? 0 : utf8_put(to, c);
}

// Reads the word that begins at s.p[*i], moves *i behind it.
static str fold_word(arena *a, str s, size_t *i)
{
    buf b = {.a = a};
    while (*i < s.n) {
        char     one[4];
        size_t   next = *i;
        uint32_t c = utf8_next(s, &next);
        size_t   n = fold_letter(one, c);
        if (!n && !within_word(c)) break;
        if (apostrophe(c) && next < s.n && s.p[next] == 's') {
            size_t behind = next + 1, at = behind;
            if (behind == s.n || (!fold_letter(one, utf8_next(s, &at)))) {
                *i = behind;
                break;
            }
        }
        buf_put(&b, (str){one, n});
        *i = next;
    }
    return buf_str(&b);
}

folded_words telling_words(arena *a, str text, size_t most)
{
    folded_words out = {0};
    for (size_t i = 0; i < text.n && out.n < most;) {
        size_t at = i, next = i;
        char   one[4];
        if (fold_letter(one, utf8_next(text, &next))) {
            str word = fold_word(a, text, &i);
            if (word.n) *push(a, &out) = (folded_word){word, at, i, text.p[at] >= 'A' && text.p[at] <= 'Z'};
            if (i == at) i = next;
        } else i = next;
    }
    return out;
}

str telling_fold(arena *a, str s)
{
    folded_words w = telling_words(a, s, 64);
    buf          b = {.a = a};
    for (size_t i = 0; i < w.n; i++) {
        if (i) buf_char(&b, ' ');
        buf_put(&b, w.v[i].word);
    }
    return buf_str(&b);
}

uint32_t telling_word_hash(str word)
{
    uint64_t h = str_hash(word);
    return (uint32_t)(h ^ h >> 32);
}

bool telling_pair_at(const folded_words *w, size_t i, str text)
{
    const folded_word *x = &w->v[i];
    return x->capital && i + 1 < w->n && x[1].capital && x[1].at == x->end + 1 && text.p[x->end] == ' ';
}

uint32_t telling_pair_hash(str first, str second)
{
    uint64_t h = str_hash(first) * 31 + str_hash(second);
    return (uint32_t)(h ^ h >> 32);
}
