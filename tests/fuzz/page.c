// page.c — fuzz target: any bytes as a page, read as what they look like, as HTML and as plain text. The text of the article is
// valid UTF-8, its paragraphs and blocks lie in it in order, one empty line between; and the dump can be written.

#include "article/article.h"
#include "base/utf8.h"

#include <stdlib.h>

static const article_rules *rules;
static arena                rules_arena;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool load_rules(jmp_buf *full, fault *f)
{
    if (setjmp(*full)) abort();
    data_set d = {.a = &rules_arena};
    return (rules = article_rules_load(&d, f)) != NULL;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    static jmp_buf full;
    fault          f;
    arena_init(&rules_arena, SIZE_MAX / 2, &full);
    if (!load_rules(&full, &f)) return fprintf(stderr, "%s\n", f.text), exit(2), 0;
    return 0;
}

static void check_article(const article *art)
{
    uint32_t at = 0;
    if (!utf8_valid(art->text) || !utf8_valid(art->title) || art->dateline.end > art->text.n) abort();
    for (size_t i = 0; i < art->n_paragraphs; i++) {
        span p = art->paragraphs[i];
        if (p.start != at || p.end <= p.start || p.end > art->text.n) abort();
        at = p.end + 2;
        if (i + 1 < art->n_paragraphs && !str_is(str_cut(art->text, p.end, at), "\n\n")) abort();
    }
    if (art->n_paragraphs && art->paragraphs[art->n_paragraphs - 1].end != art->text.n) abort();
    for (size_t i = 0; i < art->n_blocks; i++)
        if (!art->blocks[i].role || !art->blocks[i].why || art->blocks[i].at.end > art->text.n) abort();
}

static void read_page(arena *a, jmp_buf *full, str bytes, const article_hints *hints)
{
    article art;
    fault   f = {{0}};
    if (setjmp(*full)) abort(); // short pages have no reason to run out of memory
    if (!article_read(a, bytes, hints, rules, &art, &f)) {
        if (!f.text[0]) abort(); // refused without a word
        return;
    }
    check_article(&art);
    FILE *out = fopen("/dev/null", "w");
    if (!out) return;
    article_dump(out, &art);
    fclose(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const article_hints ways[] = {
        {.published = DAY_NONE},
        {.published = DAY_NONE, .html = true, .url = {"https://www.daily-post.com/2021/may/03/x", 39}},
        {.published = DAY_NONE, .text = true}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        jmp_buf full;
        arena   a;
        arena_init(&a, (size_t)1 << 30, &full);
        read_page(&a, &full, (str){(const char *)data, n}, &ways[i]);
        arena_clear(&a);
    }
    return 0;
}
