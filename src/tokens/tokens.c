// Text into tokens. White space parts the text into chunks; a chunk is a special case ("don't"), or loses prefixes and
// suffixes one at a time and is parted at infixes. What a chunk came to is kept, so that a text pays for each chunk once.

#include "tokens/tokens.h"

#include "base/unicode.h"
#include "base/utf8.h"
#include "tokens/ids.h"
#include "tokens/tokenizer.h"

#include <stdlib.h>
#include <string.h>

// A suffix is looked for in so many last bytes of a chunk, and further back only where it reaches to their beginning;
// what stands before them is seen by look-behind. The longest suffix of spaCy's English has 5 letters, save for dots.
enum { SUFFIX_REACH = 32, SUFFIX_BEHIND = 16 };

enum { LONGEST_RUN = 64 }; // tokens of a special case found among tokens; English has 11

// A longer chunk is not tried as an address: each one may cost as much time as its length squared.
enum { LONGEST_URL = 2048 };

typedef struct {
    const lexeme **v;
    size_t         n, cap;
} lexeme_list;

typedef struct {
    uint64_t hash;
    str      chunk;    // p == NULL: free
    uint32_t first, n; // pieces
} chunk_slot;

// Work on one text.
typedef struct {
    arena           *a;
    const tokenizer *t;
    regex_work      *regex;
    lexicon          words;
    lexeme_list      pieces;   // of all chunks met so far
    lexeme_list      suffixes; // of the chunk at hand, outermost first
    chunk_slot      *slots;
    size_t           n_slots, cap_slots;
    struct {
        text_token *v;
        size_t      n, cap;
    } out;
    const char *suffix_end, *suffix_seen; // where the last suffix looked for ended, and from where on that was looked at
    size_t      suffix_length;            // what was found
    const char *other;                    // the last byte found that is no ASCII letter
} splitter;

static uint32_t find_special(const splitter *k, str s)
{
    if (s.n > k->t->longest_special) return NET_NONE;
    uint32_t i = net_table_find(&k->t->specials, tokens_id(s));
    return i != NET_NONE && str_eq(net_string(k->t->special_text, i), s) ? i : NET_NONE;
}

static void add_form(splitter *k, lexeme_list *to, str s)
{
    const lexeme *x = lexicon_find(&k->words, s, tokens_hash(s), (str){0});
    *push(k->a, to) = x;
}

static void add_special(splitter *k, uint32_t special, str s)
{
    for (uint32_t i = k->t->special_first[special], at = 0; i < k->t->special_first[special + 1]; i++) {
        str           piece = str_cut(s, at, at + k->t->piece_length[i]);
        const lexeme *x = lexicon_find(&k->words, piece, tokens_hash(piece), net_string(k->t->piece_norm, i));
        *push(k->a, &k->pieces) = x;
        at += k->t->piece_length[i];
    }
}

static bool ascii_letter(char c) { return (unsigned char)((c | 0x20) - 'a') < 26; }

// Whether the patterns need not be asked. The other byte found last is remembered, so that a long chunk is not read
// through again for each affix it loses.
static bool is_whole(splitter *k, str s)
{
    if (!k->t->letters_whole || !ascii_letter(s.p[0]) || !ascii_letter(s.p[s.n - 1])) return false;
    if (k->other && k->other >= s.p && k->other < s.p + s.n) return false;
    for (size_t i = 0; i < s.n; i++)
        if (!ascii_letter(s.p[i])) return k->other = s.p + i, false;
    return true;
}

static size_t prefix_length(splitter *k, str s)
{
    const regex *r = k->t->pattern[PATTERN_PREFIX];
    size_t       start, end;
    return r && regex_may_begin(r, (unsigned char)s.p[0]) && regex_search(r, k->regex, s, 0, &start, &end) ? end - start : 0;
}

// The first beginning of a character at or after s.p[i].
static size_t at_character(str s, size_t i)
{
    while (i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80) i++;
    return i;
}

static size_t suffix_length(splitter *k, str s)
{
    const regex *r = k->t->pattern[PATTERN_SUFFIX];
    if (!r || !s.n) return 0;
    if (k->suffix_end == s.p + s.n && k->suffix_seen >= s.p) return k->suffix_length;
    size_t from = s.n > SUFFIX_REACH ? at_character(s, s.n - SUFFIX_REACH) : 0, length = 0, seen, start, end;
    for (;;) {
        seen = from > SUFFIX_BEHIND ? at_character(s, from - SUFFIX_BEHIND) : 0;
        if (!regex_search(r, k->regex, str_cut(s, seen, s.n), from - seen, &start, &end)) break;
        length = end - start;
        if (from == 0 || seen + start > from) break;
        // It may begin earlier still: before the run of its first byte ("......").
        size_t run = from;
        while (run > 0 && s.p[run - 1] == s.p[from]) run--;
        from = run > SUFFIX_REACH ? at_character(s, run - SUFFIX_REACH) : 0;
    }
    k->suffix_end = from > 0 ? s.p + s.n : NULL; // near its beginning a chunk is looked at afresh
    k->suffix_seen = s.p + seen;
    k->suffix_length = length;
    return length;
}

// Takes prefixes (added to the pieces) and suffixes off; what is left of the chunk.
static str split_affixes(splitter *k, str s)
{
    const regex *whole = k->t->pattern[PATTERN_WHOLE];
    size_t       last = SIZE_MAX, start, end;
    while (s.n && s.n != last) {
        if (is_whole(k, s) || find_special(k, s) != NET_NONE) break;
        if (whole && s.n <= LONGEST_URL && regex_matches(whole, k->regex, s)) break;
        last = s.n;
        size_t p = prefix_length(k, s);
        str    rest = str_cut(s, p, s.n);
        if (p && rest.n && find_special(k, rest) != NET_NONE) {
            add_form(k, &k->pieces, str_cut(s, 0, p));
            return rest;
        }
        size_t q = suffix_length(k, rest);
        rest = str_cut(s, 0, s.n - q);
        if (q && rest.n && find_special(k, rest) != NET_NONE) { // with the prefix still on
            add_form(k, &k->suffixes, str_cut(s, s.n - q, s.n));
            return rest;
        }
        start = p, end = s.n - q;
        if (p) add_form(k, &k->pieces, str_cut(s, 0, p));
        if (q) add_form(k, &k->suffixes, str_cut(s, end, s.n));
        s = str_cut(s, start, end);
    }
    return s;
}

static bool is_address(splitter *k, str s)
{
    const regex *whole = k->t->pattern[PATTERN_WHOLE], *url = k->t->pattern[PATTERN_URL];
    if (s.n > LONGEST_URL) return false;
    // The pattern of addresses, the same for every language, has a dot in each of its alternatives.
    return (whole && regex_matches(whole, k->regex, s)) || (url && memchr(s.p, '.', s.n) && regex_matches(url, k->regex, s));
}

static void split_infixes(splitter *k, str s)
{
    const regex *infix = k->t->pattern[PATTERN_INFIX];
    size_t       from = 0, start, end;
    for (size_t at = 0; infix && at < s.n && regex_search(infix, k->regex, s, at, &start, &end);) {
        at = end > start ? end : at_character(s, end + 1);
        if (start == 0) continue;
        if (start > from) add_form(k, &k->pieces, str_cut(s, from, start));
        if (end > start) add_form(k, &k->pieces, str_cut(s, start, end));
        from = end;
    }
    if (from < s.n) add_form(k, &k->pieces, str_cut(s, from, s.n));
}

static void split_chunk(splitter *k, str s, bool space)
{
    uint32_t special = find_special(k, s);
    if (special != NET_NONE) {
        add_special(k, special, s);
        return;
    }
    if (space) { // no pattern matches it
        add_form(k, &k->pieces, s);
        return;
    }
    k->suffixes.n = 0;
    k->suffix_end = k->other = NULL;
    s = split_affixes(k, s);
    special = s.n ? find_special(k, s) : NET_NONE;
    if (special != NET_NONE) add_special(k, special, s);
    else if (s.n && (is_whole(k, s) || is_address(k, s))) add_form(k, &k->pieces, s);
    else if (s.n) split_infixes(k, s);
    for (size_t i = k->suffixes.n; i-- > 0;) {
        const lexeme *x = k->suffixes.v[i];
        *push(k->a, &k->pieces) = x;
    }
}

static void grow_chunks(splitter *k)
{
    size_t      cap = k->cap_slots ? 2 * k->cap_slots : 256;
    chunk_slot *slots = new_array(k->a, chunk_slot, cap);
    for (size_t i = 0; i < k->cap_slots; i++) {
        if (!k->slots[i].chunk.p) continue;
        size_t at = k->slots[i].hash & (cap - 1);
        while (slots[at].chunk.p) at = (at + 1) & (cap - 1);
        slots[at] = k->slots[i];
    }
    k->slots = slots;
    k->cap_slots = cap;
}

static const chunk_slot *find_chunk(splitter *k, str s, bool space)
{
    if (2 * k->n_slots >= k->cap_slots) grow_chunks(k);
    uint64_t hash = tokens_hash(s);
    size_t   at = hash & (k->cap_slots - 1);
    for (; k->slots[at].chunk.p; at = (at + 1) & (k->cap_slots - 1))
        if (k->slots[at].hash == hash && str_eq(k->slots[at].chunk, s)) return &k->slots[at];
    uint32_t first = (uint32_t)k->pieces.n;
    split_chunk(k, s, space);
    k->n_slots++;
    k->slots[at] = (chunk_slot){hash, s, first, (uint32_t)k->pieces.n - first};
    return &k->slots[at];
}

static void add_chunk(splitter *k, str text, size_t start, size_t end, bool space)
{
    const chunk_slot *c = find_chunk(k, str_cut(text, start, end), space);
    uint32_t          at = (uint32_t)start;
    for (uint32_t i = 0; i < c->n; i++) {
        const lexeme *x = k->pieces.v[c->first + i];
        text_token   *t = push(k->a, &k->out);
        *t = (text_token){.at = {at, at + (uint32_t)x->text.n}, .lex = x};
        at = t->at.end;
    }
}

// Runs of white space and of anything else. One blank after a run of anything else belongs to its last token and is no
// token; the rest of such white space is one.
static void split_text(splitter *k, str text)
{
    size_t start = 0;
    bool   space = false;
    for (size_t i = 0; i < text.n;) {
        size_t at = i;
        bool   is = (unsigned char)text.p[i] > ' ' && (unsigned char)text.p[i] < 0x80 ? i++,
             false : unicode_is(utf8_next(text, &i), UNICODE_SPACE);
        if (at == 0) space = is;
        if (is == space) continue;
        if (start < at) add_chunk(k, text, start, at, space);
        start = at;
        if (text.p[at] == ' ') {
            k->out.v[k->out.n - 1].spaced = true;
            start++;
        }
        space = is;
    }
    if (start < text.n) add_chunk(k, text, start, text.n, space);
}

// --- special cases among the tokens: what the patterns part is put together again, or parted otherwise ---

typedef struct {
    uint32_t first, end; // tokens
} token_run;

typedef struct {
    token_run *v;
    size_t     n, cap;
} run_list;

static run_list find_runs(splitter *k)
{
    run_list found = {0};
    for (size_t i = 0; i < k->out.n; i++) {
        uint32_t node = k->out.v[i].lex->begins;
        for (size_t j = i + 1; node && j <= i + LONGEST_RUN; j++) {
            if (k->t->trie_ends[node]) *push(k->a, &found) = (token_run){(uint32_t)i, (uint32_t)j};
            if (j == k->out.n) break;
            node = net_table_find(&k->t->trie, net_pair_key(node, k->out.v[j].lex->orth));
            if (node == NET_NONE) break;
        }
    }
    return found;
}

// Longest first, then from the left.
static int compare_runs(const void *x, const void *y)
{
    const token_run *a = x, *b = y;
    uint32_t         m = a->end - a->first, n = b->end - b->first;
    return m != n ? (m < n) - (m > n) : (a->first > b->first) - (a->first < b->first);
}

static int compare_places(const void *x, const void *y)
{
    const token_run *a = x, *b = y;
    return (a->first > b->first) - (a->first < b->first);
}

// Keeps those that neither begin nor end within one looked at before, be that kept or not.
static void choose_runs(splitter *k, run_list *runs)
{
    bool  *taken = new_array(k->a, bool, k->out.n);
    size_t kept = 0;
    qsort(runs->v, runs->n, sizeof *runs->v, compare_runs);
    for (size_t i = 0; i < runs->n; i++) {
        token_run r = runs->v[i];
        bool      keep = !taken[r.first] && !taken[r.end - 1];
        for (uint32_t j = r.first; j < r.end; j++) taken[j] = true;
        if (keep) runs->v[kept++] = r;
    }
    runs->n = kept;
    qsort(runs->v, kept, sizeof *runs->v, compare_places);
}

static void join_specials(splitter *k, str text)
{
    run_list runs = find_runs(k);
    if (!runs.n) return;
    choose_runs(k, &runs);
    text_token *from = k->out.v;
    size_t      n = k->out.n, i = 0;
    k->out.v = NULL;
    k->out.n = k->out.cap = 0;
    for (size_t r = 0; r <= runs.n; r++) {
        size_t stop = r < runs.n ? runs.v[r].first : n;
        for (; i < stop; i++) *push(k->a, &k->out) = from[i];
        if (r == runs.n) break;
        str      s = span_of(text, (span){from[i].at.start, from[runs.v[r].end - 1].at.end});
        uint32_t special = find_special(k, s);
        if (special == NET_NONE) continue;
        k->pieces.n = 0;
        add_special(k, special, s);
        uint32_t at = from[i].at.start;
        for (size_t j = 0; j < k->pieces.n; j++) {
            const lexeme *x = k->pieces.v[j];
            *push(k->a, &k->out) = (text_token){.at = {at, at + (uint32_t)x->text.n}, .lex = x};
            at += (uint32_t)x->text.n;
        }
        i = runs.v[r].end;
        k->out.v[k->out.n - 1].spaced = from[i - 1].spaced;
    }
}

text_tokens tokens_find(arena *a, const tokenizer *t, str text)
{
    splitter k = {.a = a, .t = t, .regex = regex_work_new(a), .words = {.a = a, .t = t}};
    split_text(&k, text);
    join_specials(&k, text);
    return (text_tokens){k.out.v, k.out.n, k.words.n};
}
