// Folding: what is left of a word when case, accents and full stops do not count.
//
//   "Recep Tayyip Erdoğan" -> "recep tayyip erdogan"     "U.S." -> "us"     "Sea-Eye" -> "sea eye"

#include "base/utf8.h"
#include "mentions/inner.h"

// Writes the folded code point (0 to 4 bytes).
static size_t fold_point(char *to, uint32_t c)
{
    if (c < 0x80) {
        if (c >= 'A' && c <= 'Z') return to[0] = (char)(c + 32), 1;
        bool keeps = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '&' || c == '$' || c == '%';
        if (c == '.' || c == '\'') return 0;
        return to[0] = keeps ? (char)c : ' ', 1;
    }
    const char *letter = places_letter(c);
    if (letter) {
        size_t n = 0;
        while (letter[n] && n < 4) to[n] = letter[n], n++;
        return n;
    }
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
        char     one[4];
        uint32_t c = utf8_next(s, &i);
        size_t   k = fold_point(one, c);
        if ((c == '\'' || c == 0x2019) && i < s.n && s.p[i] == 's' && (i + 1 == s.n || s.p[i + 1] == ' '))
            i++; // "People's" is "people"
        if (k && one[0] == ' ' && (n == 0 || v[n - 1] == ' ')) continue;
        for (size_t j = 0; j < k; j++) v[n++] = one[j];
    }
    while (n && v[n - 1] == ' ') n--;
    return (str){v, n};
}
