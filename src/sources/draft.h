// draft.h — attributions as the rules find them, in tokens; `who` makes sources of them.

#ifndef SOURCES_DRAFT_H
#define SOURCES_DRAFT_H

#include "mentions/mentions.h"
#include "sources/cues.h"
#include "sources/quotes.h"

enum { DRAFT_PIECES = 12 };

typedef struct {
    uint32_t first, end;
} token_range;

typedef struct {
    uint32_t    cue; // head token of the cue; TOKEN_NONE for a quotation without one
    token_range cue_at;
    uint32_t    who; // head token of the words that name the source, or TOKEN_NONE
    token_range who_at;
    token_range content[DRAFT_PIECES]; // in text order
    size_t      n_content;
    bool        declined;
    bool        fixed; // of a make the models have not learned: not to be replaced by theirs
    bool        apart; // the cue is a mark: a colon or a dash beside a name
    str         rule;
} draft;

typedef struct {
    draft *v;
    size_t n, cap;
} draft_list;

typedef struct {
    str      word;    // a verb's lemma
    int      need;    // what must go with it: negation, "to", "from", "no"
    map      objects; // lemmas of the verbs or nouns meant
    bool     any;     // any will do
    uint32_t next;    // row with the same word, or MAP_NONE
} silence_row;

typedef struct {
    map          first; // word -> its first row
    silence_row *v;
    size_t       n, cap;
} silence_table;

typedef struct {
    arena               *a;
    const article       *art;
    const parse         *p;
    const mention_list  *mentions;
    const cue_table     *cues;
    const silence_table *silence;
    quote_list           quotes;
} reading;

// Every attribution of the text, in order of the cues.
draft_list drafts_find(const reading *r);

// Speakers set before a colon, and what they say; in text order.
void colon_speakers(const reading *r, draft_list *out);

// Gives quotations that no cue took to the speaker before or after them.
void loose_quotes_attach(const reading *r, draft_list *l);

// --- shared by the files that make drafts ---
bool        draft_add_piece(const reading *r, draft *d, uint32_t first, uint32_t end); // trimmed, merged, kept in order
token_range draft_phrase(const reading *r, uint32_t head);  // the noun phrase of a source, for its words
uint32_t    draft_subject(const reading *r, uint32_t verb); // who does what the verb says, or TOKEN_NONE

uint32_t    draft_before_other_voice(const reading *r, token_range t);          // the end of t, or where another speaks in it
uint32_t    draft_after_dateline(const parse *p, uint32_t first, uint32_t end); // where the phrase behind a dateline begins
token_range draft_cue_words(const parse *p, uint32_t verb);                     // the verb with auxiliaries, negation, particle
void        draft_set_who(const reading *r, draft *d, uint32_t who);
void        draft_add_dependent(const reading *r, draft *d, uint32_t k); // its words; a preposition behind the cue joins the cue

#endif
