// The tokenizer's arrays of the model file, checked once.

#include "base/utf8.h"
#include "tokens/tokenizer.h"

static bool open_patterns(arena *a, tokenizer *t, const net_file *f, fault *why)
{
    static const char *const names[PATTERN_COUNT] = {"prefixes", "suffixes", "infixes", "whole tokens", "addresses"};
    net_strings              sources;
    if (!net_file_strings(f, "tokens.patterns", &sources, why)) return false;
    if (sources.n != PATTERN_COUNT) return fault_set(why, "%s: array tokens.patterns has another shape", f->file);
    for (uint32_t i = 0; i < PATTERN_COUNT; i++) {
        if (!net_string(sources, i).n) continue;
        const char *name = arena_printf(a, "%s: the pattern of %s", f->file, names[i]).p;
        if (!(t->pattern[i] = regex_compile(a, net_string(sources, i), name, why))) return false;
    }
    net_array letters;
    if (!net_file_array(f, "tokens.letters_whole", NET_U8, 1, &letters, why)) return false;
    t->letters_whole = letters.n == 1 && *(const uint8_t *)letters.data == 1;
    return true;
}

static bool open_specials(tokenizer *t, const net_file *f, fault *why)
{
    net_array pieces;
    if (!net_file_strings(f, "tokens.special", &t->special_text, why) ||
        !net_file_strings(f, "tokens.special.norm", &t->piece_norm, why) ||
        !net_file_array(f, "tokens.special.length", NET_U32, 1, &pieces, why))
        return false;
    uint32_t n = t->special_text.n;
    if (!net_table_open(f, "tokens.special.id", n, &t->specials, why) ||
        !(t->special_first = net_file_items(f, "tokens.special.first", NET_U32, why, 1, (size_t)n + 1)))
        return false;
    t->piece_length = pieces.data;
    bool ok = pieces.n == t->piece_norm.n && utf8_valid((str){t->special_text.bytes, t->special_text.at[n]}) &&
              t->special_first[0] == 0 && t->special_first[n] == pieces.n;
    for (uint32_t i = 0; ok && i < n; i++) {
        uint32_t first = t->special_first[i], end = t->special_first[i + 1];
        str      text = net_string(t->special_text, i);
        size_t   length = text.n, sum = 0;
        ok = first < end && end <= pieces.n;
        for (uint32_t j = first; ok && j < end; j++) {
            ok = t->piece_length[j] > 0 && t->piece_length[j] <= length - sum && ((unsigned char)text.p[sum] & 0xC0) != 0x80;
            sum += t->piece_length[j];
        }
        ok = ok && sum == length;
        if (length > t->longest_special) t->longest_special = length;
    }
    return ok ? true : fault_set(why, "%s: the special cases of the tokenizer are damaged", f->file);
}

static bool open_trie(tokenizer *t, const net_file *f, fault *why)
{
    net_array ends;
    if (!net_file_array(f, "tokens.trie.ends", NET_U8, 1, &ends, why) ||
        !net_table_open(f, "tokens.trie", (uint32_t)ends.n, &t->trie, why))
        return false;
    t->trie_ends = ends.data;
    return true;
}

const tokenizer *tokenizer_open(arena *a, const net_file *f, fault *why)
{
    tokenizer *t = new (a, tokenizer);
    bool       ok = open_patterns(a, t, f, why) && open_specials(t, f, why) && open_trie(t, f, why) &&
              net_file_strings(f, "tokens.norm", &t->norm_text, why) &&
              net_table_open(f, "tokens.norm.id", t->norm_text.n, &t->norms, why);
    return ok ? t : NULL;
}
