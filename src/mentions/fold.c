// Folding: what is left of a word when case, accents and full stops do not count.
//
//   "Recep Tayyip Erdoğan" -> "recep tayyip erdogan"     "U.S." -> "us"     "Sea-Eye" -> "sea eye"

#include "base/utf8.h"
#include "mentions/inner.h"

// Base letters of U+00C0 … U+017F; '?' stands for none (multiplication sign and the like), capitals of two letters follow below.
static const char latin_base[] = "aaaaaaaceeeeiiiidnooooo?ouuuuyts"
                                 "aaaaaaaceeeeiiiidnooooo?ouuuuyty"
                                 "aaaaaaccccccccddddeeeeeeeeeegggg"
                                 "gggghhhhiiiiiiiiiiiijjkkklllllll"
                                 "lllnnnnnnnnnoooooooorrrrrrssssss"
                                 "ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

// Vietnamese and other letters of U+1E00 … U+1EFF by their ranges.
static char additional_base(uint32_t c)
{
    static const struct {
        uint16_t last;
        char     base;
    } ranges[] = {{0x1E01, 'a'}, {0x1E07, 'b'}, {0x1E09, 'c'}, {0x1E13, 'd'}, {0x1E1D, 'e'}, {0x1E1F, 'f'}, {0x1E21, 'g'},
                  {0x1E2B, 'h'}, {0x1E2F, 'i'}, {0x1E35, 'k'}, {0x1E3D, 'l'}, {0x1E43, 'm'}, {0x1E4B, 'n'}, {0x1E53, 'o'},
                  {0x1E57, 'p'}, {0x1E5F, 'r'}, {0x1E69, 's'}, {0x1E71, 't'}, {0x1E7B, 'u'}, {0x1E7F, 'v'}, {0x1E89, 'w'},
                  {0x1E8D, 'x'}, {0x1E8F, 'y'}, {0x1E95, 'z'}, {0x1E96, 'h'}, {0x1E97, 't'}, {0x1E98, 'w'}, {0x1E99, 'y'},
                  {0x1E9F, 's'}, {0x1EB7, 'a'}, {0x1EC7, 'e'}, {0x1ECB, 'i'}, {0x1EE3, 'o'}, {0x1EF1, 'u'}, {0x1EF9, 'y'}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c <= ranges[i].last) return ranges[i].base;
    return 'y';
}

// Writes the folded code point (0 to 4 bytes).
static size_t fold_point(char *to, uint32_t c)
{
    if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') return to[0] = (char)(c + 32), 1;
        bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || c == '$' || c == '%';
        if (c == '.' || c == '\'') return 0;
        return to[0] = keeps ? (char)c : ' ', 1;
    }
    if (c == 0xDF) return to[0] = to[1] = 's', 2;
    if (c == 0xC6 || c == 0xE6) return to[0] = 'a', to[1] = 'e', 2;
    if (c == 0x152 || c == 0x153) return to[0] = 'o', to[1] = 'e', 2;
    if (c >= 0xC0 && c < 0xC0 + sizeof latin_base - 1) return to[0] = latin_base[c - 0xC0] == '?' ? ' ' : latin_base[c - 0xC0], 1;
    if (c >= 0x1E00 && c <= 0x1EFF) return to[0] = additional_base(c), 1;
    if (c == 0x2019 || c == 0x2018 || (c >= 0x300 && c < 0x370)) return 0; // apostrophes; accents that combine
    if (c < 0xC0 || (c >= 0x2000 && c < 0x2070)) return to[0] = ' ', 1;    // marks and odd blanks
    if (c >= 0x391 && c <= 0x3A9) c += 32;                                 // Greek, Cyrillic capitals
    else if (c >= 0x410 && c <= 0x42F) c += 32;
    return utf8_put(to, c);
}

str mentions_fold(arena *a, str s)
{
    char  *v = new_array(a, char, 2 * s.n + 4);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        char   one[4];
        size_t k = fold_point(one, utf8_next(s, &i));
        if (k && one[0] == ' ' && (n == 0 || v[n - 1] == ' ')) continue;
        for (size_t j = 0; j < k; j++) v[n++] = one[j];
    }
    while (n && v[n - 1] == ' ') n--;
    return (str){v, n};
}
