// entities.h — "hellip" -> U+2026: the named character references of the HTML standard.

#ifndef PAGE_ENTITIES_H
#define PAGE_ENTITIES_H

#include "base/str.h"

enum { PAGE_ENTITY_LONGEST = 31 };

typedef struct {
    const char *name;  // without & and ;
    uint32_t    c, c2; // c2: 0, or a second character
    bool        bare;  // known without the semicolon too
} page_entity;

const page_entity *page_entity_find(str name); // or NULL

#endif
