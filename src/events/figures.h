// figures.h — what figures.c and figures_setting.c share. Only for the files of this folder.

#ifndef EVENTS_FIGURES_H
#define EVENTS_FIGURES_H

#include "events/lexicon.h"

typedef struct {
    arena               *a;
    const parse         *p;
    const time_list     *times;
    const quantity_list *quantities;
    const mention_list  *m;
    const source_list   *s;
    event_list          *e;
    const event_rules   *rules;
    int32_t              published;
    const uint32_t      *of_token; // event triggered by each token, or NO_EVENT
} figure_maker;

// Where and when of one figure: what its clause says, else its event, else the attack or accident that the report
// is about, unless the figure has days of its own that are not those.
void figures_setting(const figure_maker *f, figure *g);

#endif
