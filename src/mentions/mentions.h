// mentions.h — the people, bodies, groups and places a report speaks of, and which words mean the same one.
//
//   "The International Court of Justice, or World Court, …"  ->  one entity, two wordings

#ifndef MENTIONS_MENTIONS_H
#define MENTIONS_MENTIONS_H

#include "article/article.h"
#include "lex/data.h"
#include "parse/parse.h"
#include "places/places.h"
#include "quantities/quantities.h"
#include "times/times.h"

typedef enum { MENTION_NAME, MENTION_NOMINAL, MENTION_PRONOUN } mention_form;
typedef enum {
    ENTITY_PERSON,
    ENTITY_ORGANISATION,
    ENTITY_ARMED_GROUP,
    ENTITY_STATE,
    ENTITY_PEOPLE,
    ENTITY_PLACE,
    ENTITY_FACILITY,
    ENTITY_OTHER
} entity_kind;

#define NO_ENTITY UINT32_MAX
#define NO_MENTION UINT32_MAX

// One wording at one place. Every noun phrase of the text has one (also "more than 30 people", "the attack"),
// so that any of them may hold a role; most belong to an entity of their own.
typedef struct {
    span         at;         // the words, without a relative clause or trailing apposition
    uint32_t     first, end; // their tokens
    uint32_t     head;       // token of the head noun
    uint32_t     entity;
    mention_form form;
    str          rule; // why it belongs to that entity
} mention;

typedef struct {
    str         name;  // fullest name, or else the fullest description
    str        *names; // every other wording, each once, in text order, no pronouns
    size_t      n_names, cap_names;
    entity_kind kind;
    bool        named; // has a proper name
    bool        plural;
    char        country[4]; // ISO 3166-1 alpha-3, or ""
    const char *sector;     // PLOVER sector ("JUD"), or NULL
    bool        has_place;
    bool        roughly; // `where` is the point of what it lies in
    place       where;
    uint32_t    first_mention;
} entity;

typedef struct {
    span        at;
    const char *what; // "place", …
    str         why;
} refusal;

typedef struct {
    mention  *v;
    size_t    n, cap;
    entity   *entities;
    size_t    n_entities, cap_entities;
    uint32_t *of_token; // [tokens] the innermost mention that has that token as head, or NO_MENTION
    uint32_t *inside;   // [tokens] the innermost mention that holds that token, or NO_MENTION
    uint32_t  dateline; // entity of the dateline's place, or NO_ENTITY
    refusal  *refused;
    size_t    n_refused, cap_refused;
} mention_list;

typedef struct mention_rules mention_rules;

const mention_rules *mention_rules_load(const data_set *d, const gazetteer *g, fault *f);
// A text whose letters are nearly all capitals is parsed in small letters, recased by what that parse and the tables
// tell of its words, and parsed again; same length, so spans hold for either.
bool mentions_all_capitals(str text);
str  mentions_small_letters(arena *a, str text);
str  mentions_recase(arena *a, const parse *small, const mention_rules *rules);

mention_list mentions_find(arena *a, const article *art, const parse *p, const time_list *times, const quantity_list *quantities,
                           const mention_rules *rules);

// One line an entity that is named, has several wordings, or is meant by a pronoun:
//   kind | name | other wordings; … | country | sector | lat lon precision | pronouns
// then one for each place that got no coordinates: refused | words | why.
void mentions_dump(FILE *out, const parse *p, const mention_list *m);

const char *entity_kind_name(entity_kind k);

// The entity that the noun phrase headed by token i stands for, or NO_ENTITY. Goes through "the leader of X"
// to the leader, through a relative pronoun to its noun.
uint32_t mentions_entity(const mention_list *m, const parse *p, uint32_t i);

#endif
