// invent.h — invented reports' records in the form of docs/record.md, as many as wanted: report number i is always the same.
//
// They come in the order of days, some thousand a day. Half tell of a happening that others tell of too (a few of very many,
// most of one or two), one in twenty is a copy of another's text under its own address, one in a hundred a changed text under an
// address that is there. Texts have some 330 words, most of a vocabulary that is used as words of a language are (a few all
// the time, most hardly ever); names of people and bodies come back in the happening, those of the great all the time.

#ifndef BENCH_INVENT_H
#define BENCH_INVENT_H

#include "base/buf.h"

str invent_record(arena *a, uint64_t number);
// The place and the first day of the happening it tells of.
void invent_where(uint64_t number, double *lat, double *lon, int32_t *day);

#endif
