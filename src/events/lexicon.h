// lexicon.h — the words that carry an act, each with the frame that decides its type and says who its parties are.
//
//   strike, object a person or place   ->  ASSAULT, actor the subject, recipient the object
//   strike, object "deal"              ->  AGREE, the parties the subject and the noun after "with"

#ifndef EVENTS_LEXICON_H
#define EVENTS_LEXICON_H

#include "base/map.h"
#include "events/scene.h"
#include "learn/learn.h"

// Two answers of the type column that are no type: harm of a kind the report must tell (an attack or an accident),
// and words that look like an act and are none ("strike a chord").
enum { FRAME_HARM = EVENT_TYPE_COUNT, FRAME_NO_EVENT };

typedef enum {
    SLOT_SUBJ,    // deep subject of the verb
    SLOT_OBJ,     // deep object
    SLOT_SURFACE, // the subject as it stands, of a passive too
    SLOT_POSS,    // possessor
    SLOT_OWNER,   // possessor, where an "of" phrase names the other party
    SLOT_MOD,     // modifier that names a state, people or body: "Israeli airstrikes"
    SLOT_LIGHT,   // subject of the light verb above: "carried out an attack"
    SLOT_GIVEN,   // dative or "to" of the light verb above
    SLOT_BEARER,  // who suffers, faces, is in or under it: "suffered an attack", "is under arrest"
    SLOT_CONTENT, // whom what is asked, offered or threatened is about: "threatened to cut ties with them"
    SLOT_COMP,    // subject of the complement clause
    SLOT_CAPTOR,  // who holds those it is about: "the release of the men held by rebels"
    SLOT_HEAD,    // the noun that an adjective or participle modifies
    SLOT_PREP     // after a preposition
} slot_kind;

typedef struct {
    slot_kind kind;
    str       prep;
} slot;

typedef struct {
    const slot *v;
    size_t      n;
    bool        given; // the row says so ("-" too); else the default of its type
} slot_list;

// What a noun is, as far as frames ask.
enum {
    IS_PERSON = 1,
    IS_PLACE = 2,
    IS_THING = 4,
    IS_VIOLENT = 8,
    IS_ACCIDENT = 16,
    IS_ACT = 32,
    IS_NUMBER = 64,
    IS_ANY = 128,
    IS_NONE = 256
};

typedef enum {
    ASKS_SLOT,
    ASKS_UNDER,
    ASKS_DET,
    ASKS_VOICE,
    ASKS_COMP,
    ASKS_NUMBER,
    ASKS_MOD,
    ASKS_DEP,
    ASKS_NEGATION
} condition_on;

typedef struct {
    condition_on on;
    slot         where; // ASKS_SLOT
    bool not ;
    unsigned   kinds; // any of these bits, or
    const str *words; // one of these lemmas
    size_t     n_words;
} condition;

typedef struct {
    str        head; // lemma
    const str *also; // further words of a phrase, in any order, below or close to the head
    size_t     n_also;
    char class; // 'v', 'n', 'a'
    const condition *when;
    size_t           n_when;
    int              type; // event_type, FRAME_HARM or FRAME_NO_EVENT
    slot_list        actor, recipient;
    str             *mode, *context;
    size_t           n_mode, n_context;
    str              rule;
    uint32_t         order;
} frame;

// Classes of words that frames and status rest on: a bit each, see data/events/words.tsv.
#define WORD_CLASSES(X)                                                                                                          \
    X(light)                                                                                                                     \
    X(holder)                                                                                                                    \
    X(taking_part) X(proven) X(charge_noun) X(bearing) X(carrier) X(count_noun) X(polity) X(attributive) X(habit) X(harm_thing)  \
        X(asking) X(side) X(place_at) X(place_to) X(state)
#define WORD_CLASS(id) WORD_##id,
typedef enum { WORD_CLASSES(WORD_CLASS) WORD_CLASS_COUNT } word_class;

// What a governing word makes of the act below it.
typedef struct {
    str word;
    char class;
    unsigned on;     // COMP_… bits
    int      status; // event_status, or -1: leaves it as it is, higher words decide
    uint32_t next;   // further row of this word
} governor;
enum {
    COMP_TO = 1,
    COMP_THAT = 2,
    COMP_ING = 4,
    COMP_OBJ = 8,
    COMP_FOR = 16,
    COMP_OF = 32,
    COMP_SUBJ = 64,
    COMP_IN = 128,
    COMP_FROM = 256
};

typedef struct {
    slot_list actor, recipient;
    bool      things; // a thing or place may be the recipient
} type_default;

struct event_rules {
    const frame    *frames;
    size_t          n_frames;
    map             of_lemma;                          // "strike/v" -> first frame of it
    type_default    defaults[EVENT_TYPE_COUNT + 1][3]; // by class v, n, a
    map             words;                             // word -> bits of word_class
    map             forms;                             // form that the model gives a wrong lemma -> number in form_lemmas
    const str      *form_lemmas;
    const governor *governors;
    size_t          n_governors;
    map             gender;      // given name or noun -> 'm', 'f'
    map             governor_of; // "seek/v" -> its rows
    scene_rules     scene, day;
    bool            has_roles;
    weight_table    roles; // learned ranking of parties
};

bool lexicon_load(const data_set *d, event_rules *r, fault *f);
str  lexicon_lemma(const event_rules *r, const token *t);
bool lexicon_is(const event_rules *r, str lower, word_class c);
// Frames of a lemma in the order they are tried, *n of them.
const frame *lexicon_frames(const event_rules *r, str lemma, char class, size_t *n);

#endif
