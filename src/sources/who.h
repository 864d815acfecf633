// who.h — from the words that name a source to the source: pronouns resolved, wordings joined, kind, anonymous or not.

#ifndef SOURCES_WHO_H
#define SOURCES_WHO_H

#include "base/map.h"
#include "sources/draft.h"
#include "sources/secrecy.h"
#include "sources/sources.h"

typedef struct {
    map genders; // noun, title or given name, in lower case -> gender
    map kinds;   // noun -> source kind, with NAMED_BODY added where the word names a body one can identify
} who_words;

enum { NAMED_BODY = 16 };

bool who_words_load(who_words *w, const data_set *d, fault *f);

// Makes a statement of each draft, with its source.
void who_resolve(const reading *r, const who_words *w, const secrecy_table *secrecy, draft_list *drafts, source_list *out);

#endif
