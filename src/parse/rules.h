// rules.h — the attribute ruler and the lemmatizer: tags and labels to part of speech, features and lemma.
//
//   "n't" tagged RB   ->   PART, Polarity=Neg, lemma not

#ifndef PARSE_RULES_H
#define PARSE_RULES_H

#include "base/package.h"
#include "parse/names.h"
#include "tokens/tokens.h"

// `p` is entered at the pipeline's folder. They add the sections "ruler.…" and "lemma.…".
bool ruler_import(arena *a, const package *p, net_writer *w, fault *f);
bool lemma_import(arena *a, const package *p, net_writer *w, fault *f);

typedef struct ruler      ruler;
typedef struct lemmatizer lemmatizer;

const ruler      *ruler_open(arena *a, const net_file *f, label_names *names, fault *why); // may add names
const lemmatizer *lemma_open(arena *a, const net_file *f, fault *why);

// v[i] has at, text, lower, tag, head, dep; these set pos, morph, lemma, and where the rules say so tag and dep.
void ruler_apply(arena *a, const ruler *r, text_tokens t, token *v);
void lemma_apply(arena *a, const lemmatizer *l, text_tokens t, token *v); // where no lemma is set yet (lemma.p == NULL)

#endif
