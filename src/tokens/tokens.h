// tokens.h — text into the tokens the model was trained on, with what the encoder needs to know of each.
//
//   "Don't go."   ->   Do n't go .

#ifndef TOKENS_TOKENS_H
#define TOKENS_TOKENS_H

#include "net/file.h"

#include <stdio.h>

// A token's form and what the model looks at (docs/model.md: string ids). One lexeme a form, norm and document.
typedef struct {
    str      text, lower, norm_text;
    uint64_t orth, lower_id, norm, prefix, suffix, shape;
    bool     is_space;
    uint32_t begins; // where in the trie of special cases a match that begins with it goes on; 0: nowhere
    uint32_t number; // from 0, in the order first seen in this text: an index for what is computed once a form
} lexeme;

typedef struct {
    span          at; // bytes of the text
    const lexeme *lex;
    bool          spaced; // one blank follows that belongs to no token
} text_token;

typedef struct {
    const text_token *v;
    size_t            n;
    size_t            n_lexemes;
} text_tokens;

typedef struct tokenizer tokenizer;

const tokenizer *tokenizer_open(arena *a, const net_file *f, fault *why); // NULL with a line; read-only, shared by threads
text_tokens      tokens_find(arena *a, const tokenizer *t, str text);     // `text` is valid UTF-8
// One line a token: text, norm, shape, and "blank" where one follows.    n't | not | x'x | blank
void tokens_dump(FILE *out, text_tokens t);

#endif
