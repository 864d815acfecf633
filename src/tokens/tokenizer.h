// tokenizer.h — what a tokenizer consists of, for the files of this folder.

#ifndef TOKENS_TOKENIZER_H
#define TOKENS_TOKENIZER_H

#include "net/table.h"
#include "tokens/regex.h"
#include "tokens/tokens.h"

// In the order of the list "tokens.patterns"; an empty one is none.
typedef enum { PATTERN_PREFIX, PATTERN_SUFFIX, PATTERN_INFIX, PATTERN_WHOLE, PATTERN_URL, PATTERN_COUNT } pattern_kind;

struct tokenizer {
    const regex    *pattern[PATTERN_COUNT];
    bool            letters_whole;   // no pattern matches within ASCII letters alone
    net_table       specials;        // string id -> special case
    net_strings     special_text;    // [n]
    const uint32_t *special_first;   // [n + 1] its pieces, whose lengths in bytes sum up to the text's
    const uint32_t *piece_length;    // [pieces]
    net_strings     piece_norm;      // [pieces], empty: the lexeme's
    size_t          longest_special; // bytes
    net_table       norms;           // string id -> norm
    net_strings     norm_text;
    net_table       trie;      // pair key of node and string id -> node; node 0 is the root
    const uint8_t  *trie_ends; // [nodes] 1: a special case as the patterns alone split it ends here
};

// Lexemes of one document, by form and norm.
typedef struct {
    uint64_t      hash;
    const lexeme *lex; // NULL: free
} lexeme_slot;

typedef struct {
    arena           *a;
    const tokenizer *t;
    lexeme_slot     *slots;
    size_t           n, cap;
} lexicon;

// `norm` empty: the form's own. `hash` is tokens_hash(text).
const lexeme *lexicon_find(lexicon *l, str text, uint64_t hash, str norm);

#endif
