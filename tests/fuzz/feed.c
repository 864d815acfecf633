// feed.c — fuzz target: any bytes as a feed, as a row of JSON and as robots.txt. All a feed's items are given, and end; what is
// taken of a row or an item lies in memory that is held.

#include "input/feed.h"
#include "input/robots.h"
#include "input/rows.h"
#include "page/encoding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

// Reads every byte of it.
static unsigned touch(str s)
{
    unsigned sum = 0;
    for (size_t i = 0; i < s.n; i++) sum += (unsigned char)s.p[i];
    return sum;
}

static void touch_page(const input_page *p)
{
    volatile unsigned sum = touch(p->bytes) + touch(p->url) + touch(p->title) + touch(p->published) + touch(p->byline) +
                            touch(p->site) + touch(p->section) + touch(p->language) + touch(p->charset);
    (void)sum;
}

static void read_feed(arena *a, jmp_buf *full, str bytes)
{
    input_page p;
    decoded    text;
    fault      f = {{0}};
    if (setjmp(*full)) abort(); // short feeds have no reason to run out of memory
    if (rows_read(a, bytes, &p, &f)) touch_page(&p);
    else if (!f.text[0]) abort(); // refused without a word
    if (rows_value_end(bytes, 0) > bytes.n) abort();
    if (!page_decode(a, bytes, (str){NULL, 0}, &text, &f)) return;
    feed_is(text.text);
    for (feed w = feed_open(a, text.text); feed_next(&w, a, &p); touch_page(&p))
        if (w.at > text.text.n || w.items > bytes.n) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    jmp_buf full;
    arena   a;
    double  delay = 0;
    arena_init(&a, (size_t)1 << 30, &full);
    read_feed(&a, &full, (str){(const char *)data, n});
    arena_clear(&a);
    robots_allow((str){(const char *)data, n}, STR("tidings"), STR("/a/b.html?c=1"), &delay);
    if (delay < 0) abort();
    return 0;
}
