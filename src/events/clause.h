// clause.h — the clause round a verb or noun: who stands as its deep subject and object, whatever the surface.
//
//   "The mayor, wounded by gunmen, was ordered to leave"  ->  wounded: gunmen > mayor, leave: mayor

#ifndef EVENTS_CLAUSE_H
#define EVENTS_CLAUSE_H

#include "parse/parse.h"

bool     clause_is_verb(const parse *p, uint32_t i);        // a verb form, participles before nouns included
bool     clause_passive(const parse *p, uint32_t v);        // its surface subject is its deep object
uint32_t clause_subject(const parse *p, uint32_t v);        // deep subject: who does it
uint32_t clause_object(const parse *p, uint32_t v);         // deep object: to whom or what
uint32_t clause_surface(const parse *p, uint32_t v);        // surface subject, shared and controlled ones included
uint32_t clause_prep(const parse *p, uint32_t i, str word); // noun after that preposition, at i or at its object
uint32_t clause_governor(const parse *p, uint32_t i);       // nearest verb above it, or TOKEN_NONE
bool     clause_negated(const parse *p, uint32_t v);        // by "not", "never" or "no" at its subject or object
uint32_t clause_possessor(const parse *p, uint32_t noun);
uint32_t clause_antecedent(const parse *p, uint32_t i); // the noun a relative pronoun stands for, else i itself

#endif
