// inner.h — what the parts of this folder share: the loaded tables, and the workings of one report.

#ifndef MENTIONS_INNER_H
#define MENTIONS_INNER_H

#include "base/map.h"
#include "mentions/mentions.h"

// --- tables (tables.c) ---

// A country, body, agency or group that is known by name (data/mentions/countries.tsv, bodies.tsv).
typedef struct {
    str         name, also; // also: other names, parted by semicolons
    entity_kind kind;
    char        country[4];
    const char *sector;
    bool        generic; // others elsewhere are called so too: its country counts only where the report tells of it
    bool        has_point;
    double      lat, lon;
} known_thing;

// How a wording names a known thing.
enum { KNOWN_NAME = 1, KNOWN_ADJECTIVE = 2, KNOWN_PEOPLE = 4 };

typedef struct {
    uint32_t thing;
    uint8_t  as; // KNOWN_… bits
} known_name;

// A word for what a person is or does ("spokesman", "prime minister"; data/mentions/roles.tsv).
typedef struct {
    const char *sector;
    bool        title;  // may stand before a name without an article
    bool        body;   // a state or body may be one too: "its closest ally, Peru"
    char        gender; // 'm', 'f' or 0
} role_word;

// A noun that says of what kind a thing is ("ministry", "airport"; data/mentions/heads.tsv).
typedef struct {
    entity_kind kind;
    const char *sector;
    bool        after;   // may be left off a name's end: "Saha Airlines", "Saha"
    bool        before;  // may be left off its beginning: "Hurricane Dorian"
    bool        only;    // says so only within a name ("Lloyd Motors", but not "the motors")
    bool        general; // "the company" may stand for any thing of the kind
    place_precision
        precision; // of a place so called that lies in a known town: "Garlin County" is larger, "Orlan Ward" within it
} head_word;

// Words beside a name that tell its kind ("Narok police", "the 200 block of Orlan"; data/mentions/beside.tsv). `#` is a number.
enum { BESIDE_WORDS = 4 };

typedef struct {
    str         words[BESIDE_WORDS]; // from the name outwards
    size_t      n;
    bool        before; // they stand before the name
    bool        town;   // only of a name that the gazetteer has for a town
    entity_kind kind;
    uint32_t    next; // further row of the same first word
} beside_row;

// A province by the short form written after its towns ("Savannah, Ga."; data/mentions/provinces.tsv).
typedef struct {
    str  name;
    char country[4];
} short_province;

// One rule of the joining sieve (data/mentions/rules.tsv); rows apply in their order.
typedef struct {
    str     id;
    int     sieve;  // which machine it is (joins.c)
    int64_t window; // how many mentions back it looks
    map     words;
} sieve_rule;

struct mention_rules {
    const gazetteer *places;
    known_thing     *things;
    size_t           n_things, cap_things;
    known_name      *known;
    size_t           n_known, cap_known;
    map              known_at;    // folded wording -> known
    map              known_first; // first word of a known wording -> words of the longest that begins so
    role_word       *roles;
    size_t           n_roles, cap_roles;
    map              role_at; // folded words -> roles
    head_word       *heads;
    size_t           n_heads, cap_heads;
    map              head_at;  // folded noun -> heads
    map              like_at;  // folded noun -> number of its row in data/mentions/likes.tsv
    map              given_at; // folded given name -> 'm', 'f' or 'b' (both)
    beside_row      *beside;
    size_t           n_beside, cap_beside;
    map              beside_at[2]; // word next to the name, after and before it -> first row
    short_province  *provinces;
    size_t           n_provinces, cap_provinces;
    map              province_at; // short form as written -> provinces
    map              capital_at;   // folded name of a capital -> things
    sieve_rule      *sieve;
    size_t           n_sieve, cap_sieve;
};

const known_name *mentions_known(const mention_rules *r, str key); // or NULL
const role_word  *mentions_role(const mention_rules *r, str key);
bool              mentions_is_direction(str word); // "north", "southern", "central"
const head_word  *mentions_head(const mention_rules *r, str key);

// --- folded text (fold.c): lower case, accents off, full stops dropped, other marks to blanks ---

str mentions_fold(arena *a, str s);

// --- noun phrases (phrases.c) ---

enum { DET_NONE, DET_DEFINITE, DET_INDEFINITE, DET_DEMONSTRATIVE, DET_POSSESSIVE, DET_QUANTITY };

#define NO_THING UINT32_MAX

enum { LONGEST_WORD = 128 }; // bytes of a word that count in a key

// A mention with what the joining rules look at.
typedef struct {
    mention          m;
    uint32_t         name_first, name_end; // tokens of the bare name; equal where it has none
    uint32_t         role_first, role_end; // tokens of the title or description before the name
    uint32_t         base_end;             // end of the phrase before its first preposition on the right
    uint8_t          det;                  // DET_…
    uint8_t          ent;                  // label that the name recogniser gave
    bool             plural, group;        // group: "Turkey and Greece"
    uint8_t          members;              // of a group
    bool             adjective;            // "Israeli" before a noun
    bool             nested;               // "Kentucky" in "Kentucky State Police"
    bool             town;                 // a town of the gazetteer, by the words beside it
    str              key;                  // the bare name folded; without one, the description (to base_end) without its article
    str              last;                 // folded last word of the name, or of the head noun in the singular
    str              count;                // folded words of number before a description ("two"), or empty
    uint32_t         known;                // row of mention_rules.known, or NO_THING
    const role_word *role;                 // of the role's or description's head noun
    const head_word *noun;                 // of the name's or description's head noun
    char             gender;               // 'm', 'f' or 0
    // of the cluster, where this phrase is its root
    uint32_t up;          // joined with this one (union-find)
    uint32_t full;        // phrase with the fullest person's name, or NO_MENTION
    uint32_t thing;       // known thing, or NO_THING
    bool     named, weak; // weak: of its kind we have the recogniser's word only
    int16_t  votes[ENTITY_OTHER + 1];
} phrase;

typedef struct {
    arena               *a;
    const parse         *p;
    const article       *art;
    const mention_rules *r;
    const time_list     *times;
    str                 *fold;    // [tokens] folded text
    bool                *in_time; // [tokens] part of a time
    const char         **told;    // countries the report tells of
    size_t               n_told;
    bool                 capitals; // nearly all letters are capitals: case tells nothing
    phrase              *v;        // in text order, longer first where they begin alike
    size_t               n, cap;
    uint32_t            *of_head; // [tokens] phrase with that head (the innermost), or NO_MENTION
} workings;

void mentions_phrases(workings *w);
str  mentions_key(const workings *w, uint32_t first, uint32_t end); // folded words of tokens, parted by blanks

// --- kinds (kinds.c) ---

void mentions_vote(const workings *w, phrase *f);
void mentions_settle_kinds(workings *w); // after all have voted
int  mentions_kind(const phrase *f);     // of a cluster's root: the kind most voted for, or -1
bool mentions_kinds_fit(int x, int y);   // two mentions of these kinds may be one thing

// The row that fits the words after or before the name of these tokens, or NULL.
const beside_row *mentions_beside(const workings *w, uint32_t first, uint32_t end);

// --- pronouns (pronouns.c) ---

uint32_t mentions_antecedent(workings *w, uint32_t i); // the phrase that pronoun i clearly means, or NO_MENTION

// --- coordinates (locate.c) ---

void mentions_locate(workings *w, mention_list *m); // after the entities are made

// --- joining (joins.c) ---

uint32_t mentions_cluster(workings *w, uint32_t i);
void     mentions_join(workings *w); // all sieves
int      mentions_sieve(str id);     // or -1

#endif
