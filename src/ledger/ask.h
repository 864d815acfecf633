// ask.h — the questions that can be put to a ledger: tolls, timeline, show, who, sources, search, diff, log.
//
//   ask_ledger(&l, &(question){.verb = STR("tolls"), .place = STR("Rafah"), .since = day}, &out, f)

#ifndef LEDGER_ASK_H
#define LEDGER_ASK_H

#include "ledger/answer.h"
#include "ledger/ledger.h"
#include "ledger/relate.h"

typedef struct {
    str        verb;
    const str *words; // an id, a name, words to look for
    size_t     n_words;
    str        place, effect, claimant, party;
    bool       near; // with latitude and longitude in degrees, radius in km
    double     lat, lon, km;
    int32_t    since, until; // days, or DAY_NONE
    bool       why;          // show: why reports were joined
} question;

// False with one line in f where there is no such question, nothing of that id or name, or the file fails.
bool ask_ledger(ledger *l, const question *q, ledger_answer *out, fault *f);

// --- the questions ---
bool ask_tolls(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_timeline(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_show(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_who(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_sources(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_search(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_diff(ledger *l, const question *q, ledger_answer *out, fault *f);
bool ask_log(ledger *l, const question *q, ledger_answer *out, fault *f);

// --- what they share ---
typedef struct {
    int64_t *v;
    size_t   n, cap;
} ask_ids;

// The happenings a question is about, in order of their first day, then id.
bool ask_happenings(ledger *l, arena *a, const question *q, ask_ids *out, fault *f);
str  ask_heading(ledger *l, arena *a, int64_t happening, fault *f); // "Rafah · airstrikes · 24–25 May 2024 · 3 reports"
str  ask_happening_id(ledger *l, arena *a, int64_t happening, fault *f);
// The figures of a happening as claims in claim_order, with what is shown of each.
typedef struct {
    claim *claims;
    size_t n;
    struct ask_figure {
        int64_t report;
        int     n; // f1 is 1
        str     amount, whom, words, by;
    } * shown;
} ask_claims;
bool ask_claims_of(ledger *l, arena *a, int64_t happening, ask_claims *out, fault *f);

#endif
