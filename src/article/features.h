// features.h — what is seen of a block before it is judged: each feature a family and a value, named as in
// data/article/blocks.tsv.
//
//   p of 34 words, no links, parent <div class="story-body">  ->  tag=p words=21 linked=0 parent=content …

#ifndef ARTICLE_FEATURES_H
#define ARTICLE_FEATURES_H

#include "article/blocks.h"
#include "article/build.h"

// Family, number of values.
#define BLOCK_FAMILIES(D)                                                                                                        \
    D(BIAS, "bias", 1)                         /* always */                                                                      \
    D(TAG, "tag", TAG_COUNT)                   /* of the box */                                                                  \
    D(WORDS, "words", 10)                      /* how many, by steps */                                                          \
    D(LINKED, "linked", 6)                     /* share of letters in links */                                                   \
    D(STOP, "stop", 10)                        /* ends like a sentence, by length */                                             \
    D(COMMAS, "commas", 3)                     /* 0, 1, more */                                                                  \
    D(CASE, "case", 6)                         /* how it begins; all in capitals */                                              \
    D(DIGITS, "digits", 3)                     /* share of digits */                                                             \
    D(OWN, "own", CLASS_COUNT)                 /* class words of the box */                                                      \
    D(PARENT, "parent", CLASS_COUNT)           /* of the element around it */                                                    \
    D(ABOVE, "above", CLASS_COUNT)             /* of anything around it */                                                       \
    D(ABOVE_PROSE, "above-prose", CLASS_COUNT) /* the same, of a block that reads like sentences */                              \
    D(BRANCH, "branch", CLASS_COUNT)           /* of the element that holds it beside the main prose */                          \
    D(IN, "in", 24)                            /* elements around it */                                                          \
    D(UP, "up", 8)                             /* steps from the main prose's element up to what holds the block too */          \
    D(DOWN, "down", 8)                         /* and down again to the block */                                                 \
    D(UP_KIND, "up-kind", 32)                  /* steps up, with the kind of block */                                            \
    D(PARENT_PROSE, "parent-prose", 5)         /* share of the page's prose in the element around it */                          \
    D(PARENT_LINKED, "parent-linked", 6)       /* share of links there */                                                        \
    D(BRANCH_LINKED, "branch-linked", 6)       /* share of links in the branch */                                                \
    D(BRANCH_PROSE, "branch-prose", 5)         /* share of prose in the branch's letters */                                      \
    D(BEFORE, "before", 8)                     /* kind of the block before */                                                    \
    D(AFTER, "after", 8)                       /* and after */                                                                   \
    D(BEFORE2, "before2", 8)                   /* the second */                                                                  \
    D(AFTER2, "after2", 8)                                                                                                       \
    D(HEADING_AFTER, "heading-after", 8)     /* of a heading: the kind of what follows */                                        \
    D(LINE, "line", 16)                      /* what lines.tsv says of it */                                                     \
    D(PLACE, "place", 6)                     /* before, in, after the main prose */                                              \
    D(PROSE_BEFORE, "prose-before", 6)       /* blocks back to prose of the main element */                                      \
    D(PROSE_AFTER, "prose-after", 6)         /* and on to it */                                                                  \
    D(LD_BODY, "ld-body", 3)                 /* whether JSON-LD's articleBody has it; 0: there is none */                        \
    D(TITLE, "title", 3)                     /* it is the title; it is before the title */                                       \
    D(LIST_LINKED, "list-linked", 6)         /* of a list item: share of links in the list */                                    \
    D(LIST_WORDS, "list-words", 5)           /* and words an item */                                                             \
    D(TWICE, "twice", 2)                     /* the same words stand elsewhere in the page */                                    \
    D(WORD, "word", 256)                     /* a word of data/article/words.tsv, in a short block */                            \
    D(WORD_LONG, "word-long", 256)           /* the same in a longer one */                                                      \
    D(WORDS_LINKED, "words-linked", 60)      /* words and share of links together */                                             \
    D(TAG_MAIN, "tag-main", TAG_COUNT)       /* tag, of a block in the main element */                                           \
    D(ABOVE_MAIN, "above-main", CLASS_COUNT) /* class words around it, of a block in the main element */                         \
    D(IN_MAIN, "in-main", 24)                /* elements around it, of a block in the main element */                            \
    D(AROUND, "around", 64)                  /* kinds of the blocks before and after */                                          \
    D(KIND_BRANCH, "kind-branch", 48)        /* kind of block, with the share of links in the branch */                          \
    D(KIND_PROSE, "kind-prose", 40)          /* with the share of prose around it */                                             \
    D(KIND_PLACE, "kind-place", 48)          /* with its place */                                                                \
    D(S_BEFORE, "s-before", 8)               /* second sweep: first score of the block before, by steps */                       \
    D(S_AFTER, "s-after", 8)                                                                                                     \
    D(S_BEFORE2, "s-before2", 8)                                                                                                 \
    D(S_AFTER2, "s-after2", 8)                                                                                                   \
    D(S_NEAR, "s-near", 8)     /* mean of the five on either side */                                                             \
    D(S_PARENT, "s-parent", 8) /* of those in the same element */                                                                \
    D(S_BRANCH, "s-branch", 8) /* of those in the same branch */                                                                 \
    D(S_SELF, "s-self", 8)                                                                                                       \
    D(S_KIND_NEAR, "s-kind-near", 64)       /* kind of block with s-near */                                                      \
    D(S_KIND_BRANCH, "s-kind-branch", 64)   /* with s-branch */                                                                  \
    D(S_WORDS_PARENT, "s-words-parent", 80) /* words with s-parent */                                                            \
    D(S_SIDES, "s-sides", 64)               /* s-before with s-after */                                                          \
    D(S_SELF_NEAR, "s-self-near", 64)

// Elements around a block: bits of feature_page.inside.
typedef enum {
    IN_ARTICLE,
    IN_MAIN,
    IN_ASIDE,
    IN_NAV,
    IN_HEADER,
    IN_FOOTER,
    IN_FORM,
    IN_FIGURE,
    IN_TABLE,
    IN_LIST,
    IN_QUOTE,
    IN_SECTION,
    IN_DL,
    IN_DETAILS,
    IN_BUTTON,
    IN_HEADING,
    IN_BODY,
    IN_DIALOG,
    IN_LINK,
    IN_HIDDEN,
    IN_CUSTOM,
    IN_LABEL,
    IN_CAPTION,
    IN_P,
    IN_COUNT
} inside_bit;

#define BLOCK_FAMILY_ID(id, name, values) FAMILY_##id,
typedef enum { BLOCK_FAMILIES(BLOCK_FAMILY_ID) FAMILY_COUNT } block_family;
#undef BLOCK_FAMILY_ID

enum { FEATURES_MOST = 280 }; // of one block

typedef struct {
    uint16_t v[FEATURES_MOST];
    size_t   n;
} feature_list;

enum { FEATURE_WORDS = 256 };

typedef struct {
    uint16_t base[FAMILY_COUNT + 1]; // number of a family's first value
    map      words;                  // of data/article/words.tsv
    str      spelling[FEATURE_WORDS];
} feature_names;

bool features_load(feature_names *n, const data_set *d, fault *f);
// The number of a feature by its names, or -1.
int features_number(const feature_names *n, str family, str value);
// "above=related"
const char *features_label(arena *a, const feature_names *n, uint16_t feature);

// What all blocks of a page are seen against.
typedef struct {
    arena             *a;
    const page_tree   *t;
    const page_blocks *b;
    const text_rules  *rules;
    str                title, ld_body;
    uint32_t           main; // the element the main prose stands in
    uint32_t *branch; // [nodes] the child, of the main element or of one around it, that a node lies in; 0: itself one of those
    uint32_t *item;   // [nodes] the list item around a node, or 0
    uint8_t  *kind;   // [blocks] prose, heading, linked …
    uint8_t  *line;   // [blocks] role by lines.tsv, 0: none
    const char **line_why;                          // [blocks] the row that says it is no prose, or NULL
    uint32_t    *inside;                            // [nodes] elements around a node, as bits
    uint32_t     first_prose, last_prose, title_at; // blocks; UINT32_MAX: none
    uint32_t    *prose_before, *prose_after;        // [blocks] distance in blocks
    map          seen;                              // text -> how often
    map          ld_words;                          // shingles of ld_body
} feature_page;

void features_prepare(feature_page *p);
void features_of(const feature_page *p, const feature_names *n, size_t block, feature_list *out);
void features_second(const feature_page *p, const feature_names *n, size_t block, const float *scores, const float *parent_mean,
                     const float *branch_mean, feature_list *out);
// What a block is by lines.tsv or by the element it stands in: "share", "caption", "navigation"; NULL if they do not say.
const char *features_role(const feature_page *p, size_t block);

#endif
