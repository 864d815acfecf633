// same_inner.h — what is measured of two tellings, and the trees that weigh it; the trainer sees it too.

#ifndef LEDGER_SAME_INNER_H
#define LEDGER_SAME_INNER_H

#include "ledger/same.h"
#include "ledger/telling_inner.h"

// What is measured, the kind of reason it belongs to, and which way it may speak: 1 more speaks for, -1 against, 0 either.
#define SAME_FEATURES(X)                                                                                                         \
    X(published_apart, published, -1) /* days between publication */                                                             \
    X(day_shared, days, 1)            /* share of the days' weight that lies on days told by both */                             \
    X(day_first, days, 1)             /* 2: the best day of both is the same; 1: the best of one is among the other's */         \
    X(day_apart, days, -1)            /* days between the best days */                                                           \
    X(day_least, days, -1)            /* days between the nearest days */                                                        \
    X(place_shared, places, 1)        /* share of the places' weight (provinces left out) with the same name */                  \
    X(place_first, places, 1)         /* as day_first */                                                                         \
    X(place_in_words, places, 1)      /* share of the best places whose name is among the other's words */                       \
    X(place_km, places, -1)           /* between the nearest of the best places, in steps of doubling */                         \
    X(province, places, 1)            /* 1: a province in common, 0: one of them not known, -1: none in common */                \
    X(people_full, people, 1)         /* full names in common */                                                                 \
    X(people_last, people, 1)         /* last names in common */                                                                 \
    X(people_share, people, 1)        /* share of the people's weight with a name in common */                                   \
    X(harmed_shared, people, 1)       /* last names in common of those it befell */                                              \
    X(harmed_apart, people, -1)       /* both name whom it befell, none in common: the lesser number of them */                  \
    X(parties, people, 1)             /* parties in common */                                                                    \
    X(ages_shared, ages, 1)           /* ages in common */                                                                       \
    X(ages_share, ages, 1)            /* as share of the shorter list; -1 where one has none */                                  \
    X(killed, figures, 1)             /* 1: bounds meet, -1: apart, 0: one of them tells none */                                 \
    X(injured, figures, 1)                                                                                                       \
    X(types, words, 1)           /* share of the types of acts in common */                                                      \
    X(words_cosine, words, 1)    /* of all words kept, by rarity */                                                              \
    X(headline_cosine, words, 1) /* of the headlines' words */                                                                   \
    X(lead_cosine, words, 1)     /* of headline and lead */                                                                      \
    X(names_cosine, words, 1)    /* of words in capitals */                                                                      \
    X(pairs_shared, words, 1)    /* rarity of the pairs of capitals in common, added up */                                       \
    X(names_shared, words, 1)    /* rarity of the words in capitals in common, added up */                                       \
    X(rarest, words, 1)          /* rarity of the rarest word in common */                                                       \
    X(least_places, places, 0)   /* how much either tells: least number of places, people, days */                               \
    X(least_people, people, 0)                                                                                                   \
    X(least_days, days, 0)

#define SAME_FEATURE_ID(id, reason, way) SAME_##id,
typedef enum { SAME_FEATURES(SAME_FEATURE_ID) SAME_FEATURE_COUNT } same_feature;

// A tree of TREE_DEPTH questions "is feature < bound?"; node i's answers are nodes 2i+1 (yes) and 2i+2.
enum { TREE_DEPTH = 4, TREE_SPLITS = (1 << TREE_DEPTH) - 1, TREE_NODES = 2 * TREE_SPLITS + 1 };

typedef struct {
    float feature[TREE_SPLITS]; // a same_feature; -1: the node is as good as its leaves
    float bound[TREE_SPLITS];
    float value[TREE_NODES]; // mean of what lies below; a leaf's is what it adds to the score
} same_tree;

struct same_rules {
    const telling_rules *tellings;
    float                bias;
    const same_tree     *trees;
    size_t               n_trees;
};

void  same_features(const telling_rules *rules, const telling *x, const telling *y, float out[SAME_FEATURE_COUNT]);
float same_trees(const same_rules *rules, const float features[SAME_FEATURE_COUNT]);

#endif
