// phrases.h — what the files that find noun phrases share.

#ifndef MENTIONS_PHRASES_H
#define MENTIONS_PHRASES_H

#include "mentions/inner.h"

// --- bounds.c ---

bool     mentions_is_proper(const token *t); // tagged as a name
bool     mentions_is_capitalised(str s);
bool     mentions_has_capital(const workings *w, uint32_t first, uint32_t end); // written as a name
bool     mentions_is_tied(const parse *p, uint32_t i);                          // to token i + 2, by a hyphen
bool     mentions_heads_phrase(const parse *p, uint32_t i);
uint32_t mentions_phrase_first(const parse *p, uint32_t h);                              // of the phrase with head h
uint32_t mentions_phrase_end(const parse *p, uint32_t h, uint32_t *base_end, int depth); // base_end: before its first preposition
uint32_t mentions_list_end(const parse *p, uint32_t h, uint32_t end, int depth);         // of h and what is joined to it by "and"
uint8_t  mentions_determiner(const workings *w, uint32_t first, uint32_t head);          // DET_…
uint32_t mentions_after_article(const parse *p, uint32_t first, uint32_t end);

// --- titles.c ---

const role_word *mentions_role_at_end(const workings *w, uint32_t first, uint32_t end);
const head_word *mentions_noun_at_end(const workings *w, uint32_t first, uint32_t end);
const role_word *mentions_described_role(const workings *w, const phrase *f, uint32_t first);
bool             mentions_only_titles(const workings *w, uint32_t first, uint32_t end);
void             mentions_set_role(workings *w, phrase *f);
void             mentions_set_name(workings *w, phrase *f, uint32_t first, uint32_t end);
void             mentions_name_from_tags(workings *w, phrase *f);
void             mentions_name_from_tables(workings *w, phrase *f);
void             mentions_name_before_class(workings *w, phrase *f);
uint32_t         mentions_person_within(const workings *w, uint32_t first, uint32_t end, uint8_t label);
bool             mentions_is_city(const workings *w, uint32_t first, uint32_t end, bool any); // a large one, or any

// --- describe.c ---

void mentions_describe(workings *w, phrase *f);
void mentions_start_cluster(workings *w, uint32_t i);
void mentions_start_person(workings *w, uint32_t i);

#endif
