// encoding.c — fuzz target: any bytes as text. The first byte chooses what the server said of them; what comes out is valid
// UTF-8 without control characters, and decodes to itself.

#include "page/encoding.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_text(str s)
{
    if (!utf8_valid(s)) abort();
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 && s.p[i] != '\n' && s.p[i] != '\t') abort();
}

static void decode_bytes(arena *a, jmp_buf *full, str charset, str bytes)
{
    decoded one, two;
    fault   f = {{0}};
    if (setjmp(*full)) abort();
    if (!page_decode(a, bytes, charset, &one, &f)) {
        if (!f.text[0]) abort(); // refused without a word
        return;
    }
    check_text(one.text);
    if (one.text.n > 3 * bytes.n + 16) abort();
    if (!page_decode(a, one.text, STR("utf-8"), &two, &f)) return; // it may begin like an archive
    if (!strcmp(two.why, "utf-8") && two.text.n != one.text.n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const labels[] = {"",       "utf-8",  "iso-8859-1", "windows-1251", "shift_jis",   "gb18030", "big5",
                                         "euc-kr", "koi8-r", "utf-16le",   "utf-7",        "iso-2022-jp", "utf-32",  "nonsense"};
    jmp_buf                  full;
    arena                    a;
    if (!n) return 0;
    arena_init(&a, (size_t)1 << 30, &full);
    decode_bytes(&a, &full, str_of(labels[data[0] % (sizeof labels / sizeof *labels)]), (str){(const char *)data + 1, n - 1});
    arena_clear(&a);
    return 0;
}
