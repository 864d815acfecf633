// sources.h — who says what: each attribution's source, cue words and content.
//
//   'Two people died, police said on Monday.'  ->  police | said | Two people died | indirect

#ifndef SOURCES_SOURCES_H
#define SOURCES_SOURCES_H

#include "mentions/mentions.h"

typedef enum { SAID_DIRECT, SAID_MIXED, SAID_INDIRECT, SAID_DECLINED } statement_mode;
typedef enum {
    SOURCE_PERSON,
    SOURCE_ORGANISATION,
    SOURCE_OFFICIAL,
    SOURCE_WITNESS,
    SOURCE_MEDIC,
    SOURCE_DOCUMENT,
    SOURCE_MEDIA,
    SOURCE_UNNAMED
} source_kind;

#define NO_SOURCE UINT32_MAX
#define NO_STATEMENT UINT32_MAX

typedef struct {
    str         text;  // its fullest wording
    str        *names; // other wordings
    size_t      n_names, cap_names;
    uint32_t    entity; // or NO_ENTITY
    source_kind kind;
    bool        anonymous;
    str         reason; // "given the sensitivity of the matter"; empty if none is given
    uint32_t    party;  // entity it speaks for, or NO_ENTITY
} source;

typedef struct {
    uint32_t       source;  // NO_SOURCE: "it was reported"
    span           said_by; // the words that name the source here; empty if none
    span           cue;
    uint32_t       cue_token;
    span          *content; // in text order
    size_t         n_content;
    statement_mode mode;
    uint32_t       inside; // the statement whose content holds this one's cue, or NO_STATEMENT
    str            rule;
} statement;

// From that byte on, until the next one's: the innermost statement that holds the text, or NO_STATEMENT.
typedef struct {
    uint32_t from, statement;
} covered;

typedef struct {
    statement *v;
    size_t     n, cap;
    source    *sources;
    size_t     n_sources, cap_sources;
    covered   *cover; // in text order
    size_t     n_cover;
} source_list;

typedef struct source_rules source_rules;

const source_rules *source_rules_load(const data_set *d, fault *f);
source_list         sources_find(arena *a, const article *art, const parse *p, const mention_list *m, const source_rules *rules);
void sources_dump(FILE *out, const parse *p, const source_list *s); // source (- if none) | cue | content (pieces parted by …) |
                                                                    // mode | kind [| anonymous] [| because: reason]

void sources_cover(arena *a, const parse *p, source_list *s); // fills `cover` and `inside` in

// The innermost statement whose content holds that byte, or NO_STATEMENT (the report's own voice).
uint32_t sources_over(const source_list *s, uint32_t byte);

const char *source_kind_name(source_kind k);
const char *statement_mode_name(statement_mode m);

#endif
