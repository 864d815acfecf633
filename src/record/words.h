// words.h — the record's parts in words a person reads: "> 30 killed", "24 May 2024", "planned".

#ifndef RECORD_WORDS_H
#define RECORD_WORDS_H

#include "record/record.h"

str words_figure(arena *a, const report *r, const figure *f);          // "≥ 12 children killed"
str words_entities(arena *a, const report *r, id_list ids);            // names, parted by commas
str words_source(arena *a, const report *r, uint32_t by, uint32_t said); // who says so; empty: the report itself
str words_one_line(arena *a, str s);                                   // line ends made blanks

#endif
