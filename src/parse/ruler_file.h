// ruler_file.h — the attribute ruler as it lies in the model file.
//
//   ruler.text       the strings, by number
//   ruler.entry      [entries, RULER_WRITES]  what is written, as numbers of strings; UINT32_MAX: not written
//   ruler.sequence   [sequences, 4]           which of its tokens is written to, entry, first spec, specs
//   ruler.spec       [specs, 2]               first condition, conditions: all must hold of one token
//   ruler.condition  [conditions, 4]          attribute, relation, first value, values
//   ruler.value      [values]                 numbers of strings

#ifndef PARSE_RULER_FILE_H
#define PARSE_RULER_FILE_H

enum { RULER_POS, RULER_TAG, RULER_DEP, RULER_MORPH, RULER_LEMMA, RULER_WRITES };             // written
enum { RULER_ON_TAG, RULER_ON_DEP, RULER_LOWER, RULER_ORTH, RULER_IS_SPACE, RULER_ON_COUNT }; // asked for
enum { RULER_IN, RULER_NOT_IN, RULER_REGEX, RULER_RELATIONS };                                // IS_SPACE has no values

#endif
