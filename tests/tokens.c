// tokens.c — checks of what the tokenizer stands on, and of its tokens: test-tokens MODEL.

#include "tokens/tokens.h"
#include "base/unicode.h"
#include "net/table.h"
#include "tokens/ids.h"
#include "tokens/regex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void check(bool ok, const char *what, str got)
{
    passed += ok;
    failed += !ok;
    if (!ok) printf("tokens: %s: got %.*s\n", what, (int)got.n, got.p ? got.p : "");
}

static void check_unicode(arena *a)
{
    // Python's "…".lower(), and letters, digits, white space as it has them.
    static const struct {
        const char *from, *to;
    } lower[] = {
        {"Gaza", "gaza"},
        {"École", "école"},
        {"ΟΔΟΣ", "οδος"},
        {"ΣΑΣ ΣΑΣ", "σας σας"},
        {"Σ", "σ"},
        {"ΑΣ'Α", "ασ'α"},
        {"İstanbul", "i̇stanbul"},
        {"ǅ", "ǆ"},
        {"Ⅳ", "ⅳ"},
        {"ẞ", "ß"},
        {"Ⱥ", "ⱥ"},
        {"ЖУК", "жук"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof lower / sizeof *lower; i++) {
        str got = unicode_lower(a, str_of(lower[i].from));
        check(str_is(got, lower[i].to), lower[i].to, got);
    }
    check(unicode_is('a', UNICODE_ALPHA) && unicode_is(0x4E2D, UNICODE_ALPHA) && !unicode_is(0x2163, UNICODE_ALPHA), "letters",
          STR(""));
    check(unicode_is('7', UNICODE_DIGIT) && unicode_is(0xB2, UNICODE_DIGIT) && !unicode_is(0xBD, UNICODE_DIGIT), "digits",
          STR(""));
    check(unicode_is(0x1C, UNICODE_SPACE) && unicode_is(0xA0, UNICODE_SPACE) && !unicode_is(0x200B, UNICODE_SPACE), "white space",
          STR(""));
    check(unicode_is('A', UNICODE_UPPER) && !unicode_is(0x1C5, UNICODE_UPPER), "capitals", STR(""));
    check(!unicode_is(0x110000, UNICODE_ALPHA), "beyond Unicode", STR(""));
}

static void check_ids(void)
{
    check(tokens_id(STR("hello")) == 5983625672228268878u && tokens_id(STR("the")) == 7425985699627899538u, "hashes", STR(""));
    check(tokens_id(STR("NOUN")) == 92 && tokens_id(STR("X")) == 101 && tokens_id(STR("punct")) == 445 &&
              tokens_id(STR("_")) == 456,
          "symbols", STR(""));
    check(tokens_id((str){0}) == 0, "the empty string", STR(""));
    size_t n = 0;
    for (size_t i = 0; i < SYMBOL_SLOTS; i++) n += symbol_slots[i].id != 0;
    check(n == 456, "how many symbols", STR(""));
}

static void check_regex(arena *a)
{
    static const struct {
        const char *python, *pcre, *text;
        size_t      start, end;
    } patterns[] = {
        {"(?u)^\\u00e9\\d+", "^\\x{00e9}\\p{Nd}+", "é12x", 0, 4},
        {"[\\w\\-]+$", "[\\p{L}\\p{N}_\\-]+$", "a b-c", 2, 5},
        {"[][]x", "[\\]\\[]x", "]x", 0, 2},
        {"(?<=[0-9])\\U0001F600", "(?<=[0-9])\\x{0001F600}", "1😀", 1, 5},
        {"[[:]+", "[\\[:]+", "a[:", 1, 3},
    };
    regex_work *work = regex_work_new(a);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const char *why = NULL;
        fault       f = {{0}};
        size_t      start = 0, end = 0;
        str         pcre = regex_from_python(a, str_of(patterns[i].python), &why);
        check(str_is(pcre, patterns[i].pcre), patterns[i].pcre, pcre);
        const regex *r = regex_compile(a, pcre, "test", &f);
        bool         found = r && regex_search(r, work, str_of(patterns[i].text), 0, &start, &end);
        check(found && start == patterns[i].start && end == patterns[i].end, patterns[i].text, str_of(f.text));
    }
    const char *why = NULL;
    regex_from_python(a, STR("[^\\S]"), &why);
    check(why != NULL, "a complement within a class", STR(""));
    fault f = {{0}};
    check(!regex_compile(a, STR("a(b"), "some pattern", &f) && !strncmp(f.text, "some pattern: ", 14), "a broken pattern",
          str_of(f.text));
}

// The texts of the tokens, parted by bars, "_" where a blank belongs to the token before.
static str tokens_line(arena *a, text_tokens t)
{
    str line = {0};
    for (size_t i = 0; i < t.n; i++)
        line = arena_printf(a, "%.*s%s%.*s%s", (int)line.n, line.p ? line.p : "", i ? "|" : "", (int)t.v[i].lex->text.n,
                            t.v[i].lex->text.p, t.v[i].spaced ? "_" : "");
    return line;
}

static void check_tokens(arena *a, const tokenizer *t)
{
    static const struct {
        const char *text, *tokens;
    } texts[] = {
        {"", ""},
        {"Don't go.", "Do|n't_|go|."},
        {" Two  men\n\nfled. ", " |Two_| |men|\n\n|fled|._"},
        {"\"It's 10km (6.2 miles),\" she said...", "\"|It|'s_|10|km_|(|6.2_|miles|)|,|\"_|she_|said|..."},
        {"U.S.-led well-known 2024-05-25", "U.S.-led_|well|-|known_|2024|-|05|-|25"},
        {"See https://example.org/a?b=c, or ask a.b@example.com.",
         "See_|https://example.org/a?b=c|,_|or_|ask_|a.b@example.com|."},
        {"US$5.5m, £3bn; 50% of C$2", "US$|5.5|m|,_|£|3bn|;_|50|%_|of_|C$|2"},
        {"gonna can't've ;) :-)", "gon|na_|ca|n't|'ve_|;)_|:-)"},
        {"the 1970s' (a.m./p.m.)", "the_|1970s|'_|(|a.m./p.m|.|)"},
        {"“Ich” ‘bin’—ein…", "“|Ich|”_|‘|bin’—ein|…"},
        {"\u00a0x", "\u00a0|x"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        str line = tokens_line(a, tokens_find(a, t, str_of(texts[i].text)));
        check(str_is(line, texts[i].tokens), texts[i].text, line);
    }
}

static void check_lexemes(arena *a, const tokenizer *t)
{
    static const struct {
        const char *text, *norm, *prefix, *suffix, *shape;
    } words[] = {
        {"Gaza", "gaza", "G", "aza", "Xxxx"},
        {"McDonald20", "mcdonald20", "M", "d20", "XxXxxxxdd"},
        {"—", "-", "—", "—", "—"},
        {"US$", "$", "U", "US$", "XX$"},
        {"n't", "n't", "n", "n't", "x'x"},
        {"²", "²", "²", "²", "d"},
        {"\n\n\n\n\n", "\n\n\n\n\n", "\n", "\n\n\n", "\n\n\n\n"},
        {"İİ", "i̇i̇", "İ", "İİ", "XX"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        text_tokens   tokens = tokens_find(a, t, str_of(words[i].text));
        const lexeme *x = tokens.n ? tokens.v[0].lex : NULL;
        bool          ok = tokens.n == 1 && x->norm == tokens_id(str_of(words[i].norm)) &&
                  x->prefix == tokens_id(str_of(words[i].prefix)) && x->suffix == tokens_id(str_of(words[i].suffix)) &&
                  x->shape == tokens_id(str_of(words[i].shape));
        check(ok, words[i].text, tokens_line(a, tokens));
    }
    text_tokens cannot = tokens_find(a, t, STR("can't"));
    check(cannot.n == 2 && cannot.v[0].lex->norm == tokens_id(STR("can")) && cannot.v[1].lex->norm == tokens_id(STR("not")),
          "a special case's norms", STR(""));
    char long_word[300];
    memset(long_word, 'a', sizeof long_word);
    text_tokens one = tokens_find(a, t, (str){long_word, 100});
    check(one.n == 1 && one.v[0].lex->shape == tokens_id(STR("LONG")), "the shape of a long word", STR(""));
}

// What would take for ever if it were done as it is said.
static void check_hostile(arena *a, const tokenizer *t)
{
    enum { SIZE = 1 << 18 };
    static const char *const pieces[] = {"a", "(", ".", "a.", ":", "A$", "-_", "\xc2\xa0", "\xce\xa3'", "1km", "…", "don't"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t n = strlen(pieces[i]);
        char  *text = new_array(a, char, SIZE + 8);
        for (size_t at = 0; at < SIZE; at += n) memcpy(text + at, pieces[i], n);
        text_tokens got = tokens_find(a, t, (str){text, SIZE / n * n});
        check(got.n > 0 && got.v[got.n - 1].at.end == SIZE / n * n, pieces[i], STR(""));
    }
}

int main(int argc, char **argv)
{
    jmp_buf  full;
    arena    a;
    net_file file;
    fault    f = {{0}};
    FILE    *in = argc > 1 ? fopen(argv[1], "rb") : NULL;
    if (!in || fseek(in, 0, SEEK_END)) return fprintf(stderr, "tokens: no model file\n"), 2;
    size_t n = (size_t)ftell(in);
    rewind(in);
    void *volatile bytes = aligned_alloc(64, n + 64 - n % 64);
    if (!bytes || fread(bytes, 1, n, in) != n) return 2;
    fclose(in);
    arena_init(&a, (size_t)1 << 30, &full);
    if (setjmp(full)) return fprintf(stderr, "tokens: out of memory\n"), 2;
    check_unicode(&a);
    check_ids();
    check_regex(&a);
    const tokenizer *t = net_file_open(&file, bytes, n, argv[1], &f) ? tokenizer_open(&a, &file, &f) : NULL;
    check(t != NULL, "the model opens", str_of(f.text));
    if (t) check_tokens(&a, t), check_lexemes(&a, t), check_hostile(&a, t);
    arena_clear(&a);
    free(bytes);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
