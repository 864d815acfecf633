// parse.h — a text's tokens with tag, lemma, head and name, and its sentences: what every reading layer reads.
//
//   "Police said two people died."   ->   5 tokens but the full stop, heads said / said / people / died / said

#ifndef PARSE_PARSE_H
#define PARSE_PARSE_H

#include "base/arena.h"
#include "parse/labels.h"
#include "tokens/tokens.h"

#include <stdio.h>

typedef struct {
    span     at;          // bytes of the text
    str      text;        // those bytes
    str      lower;       // in lower case
    str      lemma;
    str      morph;       // "Number=Plur|Person=3", or empty
    uint8_t  pos, tag, dep, ent; // POS_…, TAG_…, DEP_…, ENT_… (ENT_NONE outside a name)
    char     iob;         // 'B', 'I', 'O': place in a name
    bool     spaced;      // one blank follows that belongs to no token
    bool     starts;      // begins a sentence
    uint32_t head;        // number of the token it depends on; its own for a root
    uint32_t sentence;    // which sentence it is in
    uint32_t left, right; // its subtree reaches from token `left` to before token `right`
} token;

typedef struct {
    span     at;         // bytes, without white space at its ends
    uint32_t first, end; // tokens [first, end), white space tokens included
    uint32_t root;
} sentence;

typedef struct label_names label_names; // names of labels beyond the known ones; NULL for English

typedef struct {
    str                text;
    const token       *v;
    size_t             n;
    const sentence    *sentences;
    size_t             n_sentences;
    const uint32_t    *children;     // children of token i, in text order:
    const uint32_t    *child_first;  //   children[child_first[i] .. child_first[i + 1])
    const uint32_t    *number;       // of token i within its sentence, from 1, white space tokens not counted
    const label_names *names;
    text_tokens        tokens;       // as the tokenizer made them, one for each of v
} parse;

#define TOKEN_NONE UINT32_MAX

const char *parse_pos_name(const parse *p, uint8_t pos);
const char *parse_tag_name(const parse *p, uint8_t tag);
const char *parse_dep_name(const parse *p, uint8_t dep);
const char *parse_ent_name(const parse *p, uint8_t ent);

// Fills sentences, subtree edges, sentence numbers and children from head and starts. Called once by whoever
// made the tokens.
void parse_finish(arena *a, parse *p, token *v);

// Puts right what the parser gets wrong by construction: a finite verb coordinated with an infinitive. For reading a report; the
// parse as the model gives it is what `tidings parse` prints.
void parse_mend(arena *a, parse *p);

// --- walking the tree (TOKEN_NONE where there is none) ---
uint32_t parse_child(const parse *p, uint32_t i, uint8_t dep);         // first child with that label
bool     parse_has_child(const parse *p, uint32_t i, uint8_t dep);
uint32_t parse_child_lemma(const parse *p, uint32_t i, uint8_t dep, const char *lemma);
bool     parse_dominates(const parse *p, uint32_t above, uint32_t below); // above itself counts
uint32_t parse_at(const parse *p, uint32_t byte);                      // the token that holds or follows that byte
span     parse_span(const parse *p, uint32_t first, uint32_t end);     // bytes of tokens, white space at the ends off
bool     parse_is_verb(const parse *p, uint32_t i);                    // VERB or AUX

#define for_children(p, i, c)                                                                       \
    for (uint32_t c##_k = (p)->child_first[i], c = 0;                                                \
         c##_k < (p)->child_first[(i) + 1] && (c = (p)->children[c##_k], true); c##_k++)

void parse_dump_tsv(FILE *out, const parse *p);    // start end tag pos morph lemma head dep ent sent_start; code points
void parse_dump_conllu(FILE *out, const parse *p); // CoNLL-U, white space tokens left out and heads renumbered

#endif
