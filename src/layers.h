// layers.h — the layers in a report's path, opened together and run one after another. Like src/tidings.c it sees every
// layer; the program's header, the bench and the trainers go through it, so that all of them read a report alike.

#ifndef LAYERS_H
#define LAYERS_H

#include "article/article.h"
#include "parse/pipeline.h"
#include "places/places.h"
#include "record/record.h"

// Made by the Makefile: the model and gazetteer linked in, or of length 0.
extern const unsigned char linked_model[], linked_model_end[], linked_gazetteer[], linked_gazetteer_end[];

typedef struct {
    const pipeline       *pipeline;
    const gazetteer      *gazetteer;
    const article_rules  *article;
    const time_rules     *times;
    const quantity_rules *quantities;
    const mention_rules  *mentions;
    const source_rules   *sources;
    const event_rules    *events;
} layers;

// A file in memory, which must outlive the layers; its name is for messages.
typedef struct {
    const void *bytes;
    size_t      n;
    const char *name;
} layers_file;

layers_file layers_linked_model(void);
layers_file layers_linked_places(void);

// Opens model, gazetteer and the rules of every layer; false with one line in f. layers_close in either case.
bool layers_open(layers *l, layers_file model, layers_file places, const data_set *d, fault *f);
void layers_close(layers *l);

typedef enum { LAYER_ARTICLE, LAYER_PARSE, LAYER_TIMES, LAYER_QUANTITIES, LAYER_MENTIONS, LAYER_SOURCES, LAYER_EVENTS } layer;

// Told after each layer, with what was given; for the bench.
typedef struct {
    void (*passed)(void *with, layer done);
    void *with;
} layers_watch;

// One page through every layer up to and with `last`. False with one line in f where it is no report. `watch` may be NULL.
bool layers_read(arena *a, const layers *l, str page, const article_hints *hints, layer last, report *r, const layers_watch *watch,
                 fault *f);

#endif
