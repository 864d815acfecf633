// page.c — fuzz target: any bytes as a page. What comes out is valid UTF-8, and every span lies within the text.

#include "article/article.h"
#include "base/utf8.h"

#include <stdlib.h>

static jmp_buf              rules_full;
static arena                rules_arena;
static const article_rules *rules;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    fault f = {{0}};
    if (setjmp(rules_full)) abort();
    arena_init(&rules_arena, SIZE_MAX / 2, &rules_full);
    data_set d = {.a = &rules_arena};
    if (!(rules = article_rules_load(&d, &f))) return fprintf(stderr, "%s\n", f.text), exit(2), 0;
    return 0;
}

static void check_article(const article *art)
{
    if (!utf8_valid(art->text) || !utf8_valid(art->title)) abort();
    if (art->dateline.end > art->text.n || art->dateline.start > art->dateline.end) abort();
    for (size_t i = 0; i < art->n_paragraphs; i++)
        if (art->paragraphs[i].end > art->text.n || art->paragraphs[i].start > art->paragraphs[i].end) abort();
    for (size_t i = 0; i < art->n_blocks; i++)
        if (art->blocks[i].at.end > art->text.n || !art->blocks[i].role) abort();
}

static void read_page(arena *a, jmp_buf *full, str page, const article_hints *hints)
{
    article art;
    fault   f = {{0}};
    if (setjmp(*full)) abort(); // short pages have no reason to run out of memory
    if (article_read(a, page, hints, rules, &art, &f)) check_article(&art);
    else if (!f.text[0]) abort(); // refused without a word
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    jmp_buf full;
    arena   a;
    if (!n) return 0;
    article_hints hints = {.url = STR("https://example.org/2021/03/04/two-die"), .published = DAY_NONE,
                           .html = data[0] == 'h', .text = data[0] == 't'};
    arena_init(&a, (size_t)1 << 30, &full);
    read_page(&a, &full, (str){(const char *)data + 1, n - 1}, &hints);
    arena_clear(&a);
    return 0;
}
