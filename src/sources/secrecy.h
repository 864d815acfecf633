// secrecy.h — why a source is not named: "on condition of anonymity because …", "not authorised to speak".

#ifndef SOURCES_SECRECY_H
#define SOURCES_SECRECY_H

#include "sources/draft.h"

enum { SECRECY_WORDS = 5 };

typedef struct {
    str    word[SECRECY_WORDS]; // lemmas in a row
    size_t n;
    bool   clause; // the words themselves are the reason; else what a "because" or "given" behind them says
} secrecy_row;

typedef struct {
    secrecy_row *v;
    size_t       n, cap;
} secrecy_table;

bool secrecy_load(secrecy_table *t, const data_set *d, fault *f);

// The reason that the sentence of token i gives for keeping a name secret, or an empty span.
span secrecy_reason(const reading *r, const secrecy_table *t, uint32_t i);

#endif
