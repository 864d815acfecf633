// piece.h — a text as the rules of time see it: words, numbers and signs, each with what it may mean.
//
//   "two-year deal on Oct. 7"   ->   two (NUM 2), -, year (UNIT), deal, on, Oct. (MONTH 10), 7 (NUM, DAY, HOUR …)
//
// Finer than the parser's tokens ("mid-1996" is three pieces) and coarser where words belong together ("o'clock",
// "New Year's Eve", "twenty-five" are one), so that rules need not know how a parser cuts.

#ifndef TIMES_PIECE_H
#define TIMES_PIECE_H

#include "base/map.h"
#include "lex/data.h"
#include "parse/parse.h"

// What a word may be, as a rule names it in capitals. Of those after NUM, the pieces of digits have the ones their form allows.
#define CLASS_LIST(X)                                                                                                            \
    X(WEEKDAY)                                                                                                                   \
    X(WEEKDAYS)                                                                                                                  \
    X(MONTH)                                                                                                                     \
    X(UNIT)                                                                                                                      \
    X(UNITS) X(SEASON) X(DAYPART) X(DEICTIC) X(HOLIDAY) X(SHIFT) X(AMPM) X(ZONE) X(SIXTIES) X(PERIODIC) X(DAYPARTS) X(CARDINAL)  \
        X(ORDINAL) X(NUM) X(DAY) X(MONTHNUM) X(YEAR) X(YEAR2) X(HOUR) X(MINUTE) X(HHMM)
#define CLASS_ENUM(name) CLASS_##name,
typedef enum { CLASS_LIST(CLASS_ENUM) CLASS_N } piece_class;

#define UNIT_LIST(X)                                                                                                             \
    X(second)                                                                                                                    \
    X(minute)                                                                                                                    \
    X(hour)                                                                                                                      \
    X(day) X(weekend) X(week) X(fortnight) X(month) X(quarter) X(season) X(half) X(year) X(decade) X(century) X(millennium)
#define UNIT_ENUM(name) U_##name,
typedef enum { UNIT_LIST(UNIT_ENUM) U_N } time_unit;

extern const char *const times_class_names[]; // ends with NULL, as the next
extern const char *const times_unit_names[];
uint32_t                 times_name(const char *const *names, str s); // number of s among them, or MAP_NONE

typedef struct {
    uint8_t class;
    uint8_t only; // 0; ONLY_CAPITAL, ONLY_NOUN
    int32_t value;
} time_meaning;

typedef struct {
    time_meaning *v;
    size_t        n, cap;
} time_meaning_list;

typedef struct {
    map at; // text -> number of the entry; a text that only begins one has the number 0
    struct {
        time_meaning_list *v;
        size_t             n, cap;
    } entries;
    struct {
        str   *v;
        size_t n, cap;
    } holidays; // how each is computed, by HOLIDAY's value
} time_words;

struct expression; // rule.h

typedef struct {
    span                     at;
    uint32_t                 first, end; // tokens
    uint32_t                 word;       // its entry, or MAP_NONE
    uint32_t                 classes;    // a bit for each class it may be
    int32_t                  number;     // what NUM, DAY, … are worth
    bool                     half;       // and a half
    bool                     apart;      // white space before it
    bool                     quoted;     // within quotation marks
    const struct expression *e;          // what an earlier pass made of it
} piece;

typedef struct {
    piece *v;
    size_t n, cap;
} piece_list;

// The number of a literal's entry, which is made if there is none. Everything that may have to be merged goes through here.
uint32_t times_words_add(arena *a, time_words *w, str text);

// Words and their meanings from data/times/words.tsv and holidays.tsv.
bool times_words_load(time_words *w, const data_set *d, fault *f);

// What the piece is worth as a class.
int32_t times_piece_value(const time_words *w, const piece *x, piece_class class);

// The pieces of a whole text. Between paragraphs stands one that nothing matches.
piece_list times_pieces(arena *a, const parse *p, const time_words *w);

bool times_is_break(const parse *p, const piece *x); // stands between paragraphs

#endif
