// sieve.h — what the rules that join mentions share, and the rules.

#ifndef MENTIONS_SIEVE_H
#define MENTIONS_SIEVE_H

#include "mentions/inner.h"

// Same-named and appositive things may differ in kind where one of them has only the recogniser's word for it; things
// of two names are joined by name only.
typedef enum { BY_NAME, BY_STRUCTURE, BY_DESCRIPTION } strictness;

// Joins the clusters of two phrases; the earlier keeps its number. False where what is known of the two conflicts.
bool mentions_unite(workings *w, uint32_t i, uint32_t j, const sieve_rule *rule, strictness how);

bool mentions_is_name(const phrase *f);
bool mentions_is_nominal(const phrase *f);
bool mentions_is_one_word(const phrase *f);                                     // of its key
bool mentions_within(const sieve_rule *rule, uint32_t earlier, uint32_t later); // the rule's window
bool mentions_token_is(const workings *w, uint32_t i, const char *text);
bool mentions_is_small_word(const token *t); // articles, prepositions, conjunctions, marks
bool mentions_is_place_kind(int k);
bool mentions_is_list_item(const parse *p, uint32_t h);

// The rules, by the file they are in.
typedef void sieve_run(workings *w, const sieve_rule *rule);
// same_name.c
sieve_run mentions_join_exact, mentions_join_known, mentions_join_surname, mentions_join_given, mentions_join_bracket,
    mentions_join_acronym, mentions_join_class, mentions_join_shortened;
// structure.c
sieve_run mentions_join_apposition, mentions_join_commas, mentions_join_role, mentions_join_naming, mentions_join_of_place,
    mentions_join_copula;
// description.c
sieve_run mentions_join_repeated, mentions_join_head, mentions_join_title, mentions_join_like, mentions_join_general,
    mentions_join_person, mentions_join_capital, mentions_join_group, mentions_join_pronoun, mentions_join_speaker;

#endif
