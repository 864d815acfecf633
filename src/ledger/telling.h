// telling.h — what one report tells of one happening, small enough to be kept beside the record and compared with others.
//
//   a record's acts that are one happening  ->  family, days, places, people with ages, parties, figures, words; and the keys
//   under which tellings of the same happening are likely to be found
//
// Made from the record alone (docs/record.md), whatever reader wrote it. Every list is in a fixed order: the same record gives
// the same bytes. Strings point into the arena.

#ifndef LEDGER_TELLING_H
#define LEDGER_TELLING_H

#include "ledger/reading.h"
#include "lex/data.h"

#include <stdio.h>

// Kinds of happening that reports may take for one another.
typedef enum {
    FAMILY_HARM,    // ASSAULT, INCIDENT: somebody or something came to harm
    FAMILY_FORCE,   // COERCE, MOBILIZE, THREATEN, RETREAT
    FAMILY_PROTEST, // PROTEST
    FAMILY_LAW,     // ACCUSE, SANCTION
    FAMILY_TALK,    // the others
    FAMILY_NONE     // the report has no act at all
} telling_family;

// How many of each a telling keeps, best supported first.
enum {
    TELLING_DAYS = 4,
    TELLING_PLACES = 6,
    TELLING_PEOPLE = 24,
    TELLING_PARTIES = 6,
    TELLING_FIGURES = 8,
    TELLING_WORDS = 128,
    TELLING_AGES = 16
};
enum { TELLINGS_MOST = 6 }; // tellings of a report: the main happening and others that have a day, place, person or figure

typedef struct {
    int32_t begin, last; // inclusive
    uint8_t weight;      // how well the report supports it, 1 to 255
} telling_day;

typedef struct {
    str      name;      // folded: small letters, no accents, no marks
    uint32_t geonames;  // 0: not known
    float    lat, lon;  // NAN: not known
    uint8_t  precision; // place_precision
    char     country[4], admin1[8];
    uint8_t  weight;
} telling_place;

typedef struct {
    str     name; // folded, all words
    uint8_t age;  // 0: not given
    uint8_t weight;
    bool    harmed; // one of those the happening befell
} telling_person;

typedef struct {
    uint8_t effect;    // quantity_effect
    int32_t low, high; // high -1: no upper bound
} telling_figure;

typedef struct {
    uint32_t word;  // hash of the folded word, or of two that stand together in capitals
    uint8_t  count; // how often
    uint8_t  where; // bits of telling_where
} telling_word;

enum { WORD_HEADLINE = 1, WORD_LEAD = 2, WORD_NAME = 4, WORD_PAIR = 8 };

typedef struct {
    str            report; // id of the record's report
    uint32_t       event;  // number of the happening's first act in the record ("v3" is 3); 0: none
    bool           main;   // what the report is about
    telling_family family;
    uint32_t       acts;      // how many acts of the record are this happening
    uint32_t       types;     // bit of each event_type among them
    int32_t        published; // or DAY_NONE
    uint32_t       site;      // hash of the report's site, or 0
    telling_day    days[TELLING_DAYS];
    telling_place  places[TELLING_PLACES];
    telling_person people[TELLING_PEOPLE];
    str            parties[TELLING_PARTIES]; // folded names of other actors and recipients
    telling_figure figures[TELLING_FIGURES];
    telling_word   words[TELLING_WORDS]; // sorted by word
    uint8_t        ages[TELLING_AGES];   // of anybody in the text, rising
    uint32_t       n_days, n_places, n_people, n_parties, n_figures, n_words, n_ages;
} telling;

typedef struct {
    telling *v;
    size_t   n, cap;
} telling_list;

typedef struct telling_rules telling_rules;

const telling_rules *telling_rules_load(const data_set *d, fault *f);

// The main happening first, then the others in text order. A report always has a main telling, even one without acts.
telling_list tellings_of(arena *a, const reading *record, const telling_rules *rules);

str  telling_pack(arena *a, const telling *t);           // a few hundred bytes
bool telling_unpack(arena *a, str packed, telling *out); // false: not what telling_pack made
int  telling_order(const telling *x, const telling *y);  // by report, then event: the order clusters are made in
void telling_dump(FILE *out, const telling *t);          // one line a field

// Keys under which tellings of the same happening meet: place and day; names of people; rare names and words in capitals.
// Sorted, each once, at most TELLING_KEYS. Two tellings are compared where they share one that suffices alone, or two others:
// that keeps the number of comparisons small among a million reports (some 150 in a million pairs of reports of shootings).
enum { TELLING_KEYS = 40 };
static inline bool telling_key_alone(uint64_t key) { return key & 1; }
size_t             telling_keys(const telling *t, const telling_rules *rules, uint64_t keys[TELLING_KEYS]);

#endif
