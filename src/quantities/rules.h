// rules.h — the tables of data/quantities as the layer's machine reads them. Only for the files of this folder.

#ifndef QUANTITIES_RULES_H
#define QUANTITIES_RULES_H

#include "lex/words.h"
#include "quantities/quantities.h"

typedef enum {
    NUMBER_UNIT,
    NUMBER_TENS,
    NUMBER_HUNDRED,
    NUMBER_SCALE,
    NUMBER_SUFFIX,
    NUMBER_DOZEN,
    NUMBER_HALF,
    NUMBER_ORDINAL,
    NUMBER_NOUGHT
} number_kind;

typedef struct {
    number_kind kind;
    double      value;
} number_word;

// How the counted stand to the word that tells what befell them.
typedef enum {
    ROLE_OBJECT,  // killed 12; 12 were killed; 12 people killed
    ROLE_SUBJECT, // 12 died
    ROLE_OF,      // the killing of 12
    ROLE_TOLL,    // the toll rose to 12
    ROLE_IS,      // 12 were dead; 12 people dead; the dead
    ROLE_IN,      // 12 in custody
    ROLE_LIFE,    // claimed 12 lives
    ROLE_FOR,     // a search for 12
    ROLE_COUNT
} effect_role;

typedef struct {
    str             word, with; // with: a word that must stand below the verb, or the preposition of ROLE_IN
    effect_role     role;
    quantity_effect effect;
    bool            open; // the blow is told, not what came of it ("shot")
    bool            care; // they came into care ("taken to hospital")
    bool            bare; // a number that names nothing counted is people here ("killed 12")
    uint32_t        next; // row of the same word and role, or MAP_NONE
    str             rule;
} effect_row;

typedef enum {
    CLASS_PERSON,
    CLASS_ROLE,
    CLASS_NATION,
    CLASS_FAMILY,
    CLASS_MASS,
    CLASS_GROUP,
    CLASS_CASUALTY,
    CLASS_BODY,
    CLASS_LIFE,
    CLASS_THING
} noun_class;

typedef struct {
    noun_class class;
    bool            group; // "a crew of six"
    bool            has_effect;
    quantity_effect effect;
} people_row;

typedef enum { UNIT_MEASURE, UNIT_TIME, UNIT_MONEY, UNIT_PERCENT, UNIT_LABEL, UNIT_AMOUNT, UNIT_STRENGTH } unit_kind;
typedef enum { SIDE_BEFORE, SIDE_AFTER, SIDE_VERB } operator_side;
typedef enum {
    STATUS_AUX,
    STATUS_OVER,
    STATUS_ADVERB,
    STATUS_NEG,
    STATUS_CHANGE,
    STATUS_TOTAL,
    STATUS_OLD,
    STATUS_LASTING,
    STATUS_ROLES
} status_role;

typedef struct {
    double low, high; // NAN: none
} vague_row;

typedef struct {
    number_word *v;
    size_t       n, cap;
} number_words;

typedef struct {
    vague_row *v;
    size_t     n, cap;
} vague_rows;

typedef struct {
    people_row *v;
    size_t      n, cap;
} people_rows;

typedef struct {
    effect_row *v;
    size_t      n, cap;
} effect_rows;

// Each map leads from a word to the number of its row, or straight to an enum's value.
struct quantity_rules {
    map          starts; // the first words of numbers and vague phrases
    map          numbers, vague, people, effects[ROLE_COUNT];
    map          operators[3], status[STATUS_ROLES];
    words        units;
    number_words number;
    vague_rows   range;
    people_rows  noun;
    effect_rows  effect;
    vague_row    about; // "~": so many units of the last digit that is not nought, below and above
};

enum {
    PHRASE_WORDS = 6,  // longest phrase of the tables, in tokens
    YEAR_FIRST = 1900, // a bare number of these is a year
    YEAR_LAST = 2100,
    FEW_CHILDREN = 48 // of one word that are looked at: more stand only in lists without end
};

#define for_few_children(p, i, c)                                                                                                \
    for (uint32_t c##_k = (p)->child_first[i], c##_end = c##_k + FEW_CHILDREN, c = 0;                                            \
         c##_k < c##_end && c##_k < (p)->child_first[(i) + 1] && (c = (p)->children[c##_k], true); c##_k++)

// --- number.c ---
typedef struct {
    uint32_t    first, end;         // tokens, words such as "at least" and "or more" included
    uint32_t    number, number_end; // the number's own
    uint32_t    top;                // the one of them on which the rest depends
    double      value, value2;
    quantity_op op;
    str         vague;
    vague_row   range;
    bool        ordinal, nought, single; // "sixteenth"; "no", "none"; "one"
    bool        told_of;                 // no number at all, but one person told of
    uint32_t    rest;                    // "all but one of the sixteen": after those last words, else 0
} number_note;

// The number that begins at token i ("at least" before it is found by looking back to `floor`).
bool quantities_number_is_old(const parse *p, const quantity_rules *r, const number_note *n); // the 12 of "rose from 12 to 45"
bool quantities_number(arena *a, const parse *p, const quantity_rules *r, uint32_t i, uint32_t floor, number_note *out);

// --- counted.c ---
typedef struct {
    uint32_t          noun; // TOKEN_NONE where none is said
    uint32_t          node; // the token by whose place in the sentence the effect is told
    uint32_t          end;  // after the last token of the phrase
    quantity_kind     kind;
    const people_row *row;   // of the noun, or NULL
    bool              of;    // "two of the men"
    bool              whole; // "N of the M": the M are a quantity of their own
    bool              pronoun;
    bool              more; // "three more", "another three"
} counted_note;

counted_note      quantities_counted(const parse *p, const quantity_rules *r, const number_note *n);
const people_row *quantities_people(const parse *p, const quantity_rules *r, uint32_t noun); // NULL: no word for people
str               quantities_lemma(const token *t, char *room, size_t size);                 // in lower case

// --- effect.c ---
typedef struct {
    quantity_effect effect;
    bool            found, bare, part, toll, open, care;
    uint32_t        governor;
    str             rule;
} effect_note;

effect_note   quantities_effect(const parse *p, const quantity_rules *r, const number_note *n, const counted_note *c);
bool          quantities_first_told(const parse *p, const quantity_rules *r, uint32_t node, uint32_t governor);
bool          quantities_total(const parse *p, const quantity_rules *r, uint32_t governor);
figure_status quantities_status(const parse *p, const quantity_rules *r, uint32_t node, uint32_t governor);

#endif
