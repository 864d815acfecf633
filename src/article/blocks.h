// blocks.h — the pieces of a page's text between line breaks, each with what the page's structure says of it.
//
//   "<div class=story><p>One <a>two</a></p><ul><li>Three"  ->  p "One two" (a third of it links) · li "Three"

#ifndef ARTICLE_BLOCKS_H
#define ARTICLE_BLOCKS_H

#include "article/classes.h"

typedef struct {
    str      text;     // references read, white space collapsed
    uint32_t box;      // the element whose line it is
    uint32_t from, to; // nodes [from, to) its characters are from
    uint32_t letters;  // characters other than white space
    uint32_t linked;   // of those, in links
    uint16_t words, links;
    uint16_t commas;
    uint8_t  tag;  // of the box, or of the list item, heading, cell … the box stands in alone
    bool     stop; // ends in . ! ? or what closes a quotation
} page_block;

// Sums over the blocks of the nodes before a node: what a subtree holds is sums[end] - sums[node].
typedef struct {
    uint32_t letters, linked, prose, blocks; // prose: letters of blocks that read like sentences
} block_sums;

typedef struct {
    page_block *v;
    size_t      n, cap;
    block_sums *sums;  // [nodes + 1]
    uint32_t   *own;   // [nodes] kinds of the element's own class and id words; only for elements that hold text
    uint32_t   *above; // [nodes] kinds of it and of what it stands in
} page_blocks;

page_blocks              blocks_of(arena *a, const page_tree *t, const class_words *words);
bool                     block_is_prose(const page_block *b);
static inline block_sums blocks_within(const page_blocks *b, const page_tree *t, uint32_t node)
{
    block_sums x = b->sums[node], y = b->sums[t->v[node].end];
    return (block_sums){y.letters - x.letters, y.linked - x.linked, y.prose - x.prose, y.blocks - x.blocks};
}

#endif
