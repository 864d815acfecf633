// cues.h — the words that show an attribution, and where source and content stand around each.
//
//   accuse | verb | obj +of   ->   subject says what the object and the "of" phrase hold

#ifndef SOURCES_CUES_H
#define SOURCES_CUES_H

#include "base/map.h"
#include "lex/data.h"
#include "parse/parse.h"

// Where a cue's content may stand.
enum {
    FRAME_THAT = 1,       // a clause: "said (that) …"
    FRAME_QUOTE = 2,      // words in quotation marks beside it
    FRAME_TO = 4,         // an infinitive: "vowed to …"
    FRAME_OBJECT = 8,     // the object: "condemned the attack"
    FRAME_SMALL = 16,     // object and what it is called: "called him a liar"
    FRAME_PASSIVE = 32,   // "is reported to …", nobody said
    FRAME_THEN_TO = 128,  // an infinitive after other content: "called on the army to …"
    FRAME_ADDRESSEE = 64, // the object is who it was said to
};

typedef enum {
    CUE_SAY,
    CUE_QUOTING,
    CUE_TELL,
    CUE_ACT,
    CUE_CITE,
    CUE_SHOW,
    CUE_THINK,
    CUE_STANCE,
    CUE_HEARSAY,
    CUE_NOUN,
    CUE_PHRASE,
    CUE_NONE
} cue_kind;

enum { CUE_PREPOSITIONS = 6, CUE_REST = 4 };

typedef struct cue {
    str         words;          // "make clear"
    str         first;          // its first word: the lemma looked up
    str         rest[CUE_REST]; // lemmas that must stand among its dependents
    size_t      n_rest;
    unsigned    frames;
    str         prep[CUE_PREPOSITIONS]; // prepositions whose phrase is content
    size_t      n_prep;
    str         barred; // lemmas of objects that make it mean something else, parted by blanks: "claimed lives"
    cue_kind    kind;
    struct cue *next; // another row with the same first word
} cue;

typedef struct {
    map    verbs, nouns, adverbs; // lemma -> index into v
    map    phrases;               // preposition of "in her view" -> index into v
    map    light;                 // verbs like "make": whose subject is the source of the claim they have as object
    map    speakers;              // nouns for those who speak, in person or on paper
    cue   *v;
    size_t n, cap;
} cue_table;

bool       cues_load(cue_table *t, const data_set *d, fault *f);
const cue *cues_at(const cue_table *t, const parse *p, uint32_t i); // the cue that token i is the head of, or NULL

#endif
