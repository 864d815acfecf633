// record.h — everything read of one report, and the formats it is printed in (docs/record.md).

#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "base/buf.h"
#include "events/events.h"

typedef struct {
    article       art;
    parse         parse;
    time_list     times;
    quantity_list quantities;
    mention_list  mentions;
    source_list   sources;
    event_list    events;
    const char   *version, *model, *lexicon; // of the reader
} report;

void record_json(buf *out, const report *r);                        // docs/record.md, one line
void record_text(buf *out, const report *r, bool color, int width); // what a person reads on a terminal
void record_html(buf *out, const report *r);                        // one self-contained page

#endif
