// finding.h — what the steps of events_find share: the report's layers, the acts found so far, and each act's frame.

#ifndef EVENTS_FINDING_H
#define EVENTS_FINDING_H

#include "events/clause.h"
#include "events/lexicon.h"

// An act while it is being worked out.
typedef struct {
    uint32_t     token;
    const frame *frame;
    int          type; // event_type or FRAME_HARM
    bool         dropped;
    uint32_t     into;        // act that tells the same in the same sentence, if dropped for one; else NO_EVENT
    uint32_t     demanded_by; // act (a request, accusation …) this one is the content of, or NO_EVENT
    event        e;
} act;

typedef struct {
    arena               *a;
    const article       *art;
    const parse         *p;
    const time_list     *times;
    const quantity_list *quantities;
    mention_list        *m;
    source_list         *sources;
    const event_rules   *r;
    struct {
        act   *v;
        size_t n, cap;
    } acts;
    const uint32_t *mention_of, *mention_first; // mentions by the sentence of their head
    uint32_t       *mention_count;              // [entities]
    uint32_t       *said_in;                    // [tokens] innermost statement whose content holds it, or NO_STATEMENT
    uint32_t       *pronoun;                    // [tokens] entity that a pronoun means, or NO_ENTITY
    uint32_t       *act_of;                     // [tokens] act whose trigger it is, or NO_EVENT
} finding;

enum { DAYS_OF_ONE_STORY = 7 }; // what a sentence tells of further from the main act is another story

// Steps, in this order.
void finding_index(finding *f);
void pronouns_resolve(finding *f);
void trigger_find(finding *f);  // words with a fitting frame that state an act
void harm_resolve(finding *f);  // attack or accident
void parties_fill(finding *f);  // actor and recipient within the sentence
void trigger_merge(finding *f); // several words for one act
void status_fill(finding *f);
void parties_from_above(finding *f);              // who is asked or accused does what is asked or alleged
void setting_fill(finding *f);                    // statement, time, place
void finding_by_rules(finding *f);                // all of these but the first
void source_fill(finding *f);                     // who demands or alleges it, once the parties are known
void setting_carry(finding *f, event_list *list); // places and days from the sentence, the happening, the report
void parties_carry(finding *f);                   // what the rest of the report tells, and which acts are one happening

void     trigger_add(finding *f, uint32_t token, const frame *fr);
uint32_t holder_of(const finding *f, uint32_t token); // entity that a noun or pronoun stands for, or NO_ENTITY
unsigned kind_of(const finding *f, uint32_t token);   // IS_… bits of a noun
uint32_t slot_token(const finding *f, const frame *fr, uint32_t trigger, slot s); // or TOKEN_NONE
uint32_t light_verb(const finding *f, uint32_t noun); // "carried out" of "carried out an attack", or TOKEN_NONE
bool     ids_hold(const id_list *list, uint32_t id);
void     ids_add(arena *a, id_list *list, uint32_t id);
bool     is_person_kind(entity_kind k);

#endif
