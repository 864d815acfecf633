#include "tokens/regex.h"

#include "base/buf.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

// Steps one match may go back: an address of 500 characters takes some 10,000; one made to take for ever stops after about a
// millisecond, and is none.
enum { MOST_BACK_STEPS = 200000, STACK_START = 32 << 10, STACK_MOST = 1 << 20 };

struct regex {
    pcre2_code *code;
    uint8_t     begins[32]; // a bit for each byte a match can begin with
};

struct regex_work {
    pcre2_match_data    *data;
    pcre2_match_context *limits;
    pcre2_jit_stack     *stack; // made when first needed
    arena               *a;
};

// --- from Python ---

// str.isspace() as items of a class; PCRE2's own \s is another set.
#define SPACES "\\x09-\\x0D\\x1C-\\x20\\x{85}\\x{A0}\\x{1680}\\x{2000}-\\x{200A}\\x{2028}\\x{2029}\\x{202F}\\x{205F}\\x{3000}"
#define WORDS "\\p{L}\\p{N}_"

// What stands for a backslash and this letter, outside of a class and within; NULL: cannot be said.
static bool python_escape(char c, bool in_class, const char **says)
{
    static const struct {
        char        letter;
        const char *outside, *inside;
    } known[] = {
        {'d', "\\p{Nd}", "\\p{Nd}"},   {'D', "\\P{Nd}", "\\P{Nd}"},  {'w', "[" WORDS "]", WORDS}, {'W', "[^" WORDS "]", NULL},
        {'s', "[" SPACES "]", SPACES}, {'S', "[^" SPACES "]", NULL}, {'Z', "\\z", NULL},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].letter == c) return *says = in_class ? known[i].inside : known[i].outside, true;
    return false;
}

str regex_from_python(arena *a, str source, const char **why)
{
    buf  out = {.a = a};
    bool in_class = false;
    for (size_t i = 0; i < source.n; i++) {
        char        c = source.p[i], next = i + 1 < source.n ? source.p[i + 1] : 0;
        const char *says;
        if (c == '\\' && (next == 'u' || next == 'U')) {
            size_t digits = next == 'u' ? 4 : 8;
            if (source.n - i - 2 < digits) return *why = "\\u without its digits", (str){0};
            buf_printf(&out, "\\x{%.*s}", (int)digits, source.p + i + 2);
            i += 1 + digits;
        } else if (c == '\\' && python_escape(next, in_class, &says)) {
            if (!says) return *why = "a complement within a class", (str){0};
            buf_text(&out, says);
            i++;
        } else if (c == '\\') {
            buf_put(&out, str_cut(source, i, i + 2));
            i++;
        } else if (!in_class && str_starts(str_cut(source, i, source.n), STR("(?u)"))) {
            i += 3; // what PCRE2_UTF says already
        } else if (c == '[' && in_class) {
            buf_text(&out, "\\["); // else [: would begin the name of a class
        } else {
            buf_char(&out, c);
            if (c == '[') {
                in_class = true;
                if (next == '^') buf_char(&out, '^'), i++;
                if (i + 1 < source.n && source.p[i + 1] == ']')
                    buf_text(&out, "\\]"), i++; // a bracket first in a class is itself
            } else if (c == ']') in_class = false;
        }
    }
    return buf_str(&out);
}

// --- matching ---

static void release_code(void *code) { pcre2_code_free(code); }

static void release_work(void *work)
{
    regex_work *w = work;
    pcre2_match_data_free(w->data);
    pcre2_match_context_free(w->limits);
    pcre2_jit_stack_free(w->stack);
}

const regex *regex_compile(arena *a, str pattern, const char *name, fault *f)
{
    int         error;
    PCRE2_SIZE  at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, PCRE2_UTF | PCRE2_UCP, &error, &at, NULL);
    if (!code) {
        char message[128] = "";
        pcre2_get_error_message(error, (PCRE2_UCHAR *)message, sizeof message);
        fault_set(f, "%s: %s (at %zu)", name, message, (size_t)at);
        return NULL;
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // where that cannot be had, the same code is interpreted
    arena_defer(a, release_code, code);
    regex         *r = new (a, regex);
    const uint8_t *begins = NULL;
    uint32_t       kind = 0, first = 0;
    r->code = code;
    memset(r->begins, 0xFF, sizeof r->begins);
    if (!pcre2_pattern_info(code, PCRE2_INFO_FIRSTBITMAP, &begins) && begins) memcpy(r->begins, begins, sizeof r->begins);
    else if (!pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODETYPE, &kind) && kind == 1 &&
             !pcre2_pattern_info(code, PCRE2_INFO_FIRSTCODEUNIT, &first) && first < 256) {
        memset(r->begins, 0, sizeof r->begins);
        r->begins[first / 8] = (uint8_t)(1u << first % 8);
    }
    return r;
}

bool regex_may_begin(const regex *r, unsigned char c) { return (r->begins[c / 8] >> c % 8 & 1) != 0; }

regex_work *regex_work_new(arena *a)
{
    regex_work *w = new (a, regex_work);
    w->a = a;
    arena_defer(a, release_work, w);
    w->data = pcre2_match_data_create(1, NULL);
    w->limits = pcre2_match_context_create(NULL);
    if (!w->data || !w->limits) longjmp(*a->full, ARENA_MEMORY);
    pcre2_set_match_limit(w->limits, MOST_BACK_STEPS);
    return w;
}

bool regex_search(const regex *r, regex_work *w, str subject, size_t from, size_t *start, size_t *end)
{
    if (pcre2_match(r->code, (PCRE2_SPTR)subject.p, subject.n, from, PCRE2_NO_UTF_CHECK, w->data, w->limits) < 0) return false;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(w->data);
    *start = at[0];
    *end = at[1];
    return true;
}

bool regex_matches(const regex *r, regex_work *w, str subject)
{
    if (!w->stack) {
        w->stack = pcre2_jit_stack_create(STACK_START, STACK_MOST, NULL);
        if (!w->stack) longjmp(*w->a->full, ARENA_MEMORY);
        pcre2_jit_stack_assign(w->limits, NULL, w->stack);
    }
    size_t start, end;
    return regex_search(r, w, subject, 0, &start, &end);
}
