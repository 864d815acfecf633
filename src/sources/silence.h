// silence.h — who was asked and said nothing: "declined to comment", "did not respond to a request", "gave no details".

#ifndef SOURCES_SILENCE_H
#define SOURCES_SILENCE_H

#include "sources/draft.h"

bool silence_load(silence_table *t, const data_set *d, fault *f);

// If token i says that somebody kept silent about something, adds that attribution, marked as declined.
bool silence_find(const reading *r, draft_list *out, uint32_t i);

#endif
