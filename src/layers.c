#include "layers.h"

layers_file layers_linked_model(void) { return (layers_file){linked_model, (size_t)(linked_model_end - linked_model), "model"}; }

layers_file layers_linked_places(void)
{
    return (layers_file){linked_gazetteer, (size_t)(linked_gazetteer_end - linked_gazetteer), "gazetteer"};
}

bool layers_open(layers *l, layers_file model, layers_file places, const data_set *d, fault *f)
{
    *l = (layers){0};
    return (l->pipeline = pipeline_open(model.bytes, model.n, model.name, f)) &&
           (l->gazetteer = gazetteer_open(places.bytes, places.n, places.name, f)) && (l->article = article_rules_load(d, f)) &&
           (l->times = time_rules_load(d, f)) && (l->quantities = quantity_rules_load(d, f)) &&
           (l->mentions = mention_rules_load(d, l->gazetteer, f)) && (l->sources = source_rules_load(d, f)) &&
           (l->events = event_rules_load(d, f));
}

void layers_close(layers *l)
{
    if (l->pipeline) pipeline_close(l->pipeline);
    if (l->gazetteer) gazetteer_close(l->gazetteer);
    *l = (layers){0};
}

// The parse of the report's text. One all in capitals is read in ordinary letters; its words are shown as they stand.
static void parse_report(arena *a, const layers *l, str text, parse *out)
{
    if (!mentions_all_capitals(text)) {
        pipeline_run(a, l->pipeline, text, out);
        return;
    }
    pipeline_run(a, l->pipeline, mentions_small_letters(a, text), out);
    pipeline_run(a, l->pipeline, mentions_recase(a, out, l->mentions), out);
    out->text = text;
}

static bool run_layer(arena *a, const layers *l, str page, const article_hints *hints, layer which, report *r, fault *f)
{
    switch (which) {
    case LAYER_ARTICLE: return article_read(a, page, hints, l->article, &r->art, f);
    case LAYER_PARSE:
        parse_report(a, l, r->art.text, &r->parse);
        parse_mend(a, &r->parse);
        break;
    case LAYER_TIMES: r->times = times_find(a, &r->parse, l->times, r->art.published.day); break;
    case LAYER_QUANTITIES: r->quantities = quantities_find(a, &r->parse, l->quantities); break;
    case LAYER_MENTIONS: r->mentions = mentions_find(a, &r->art, &r->parse, &r->times, &r->quantities, l->mentions); break;
    case LAYER_SOURCES: r->sources = sources_find(a, &r->art, &r->parse, &r->mentions, l->sources); break;
    case LAYER_EVENTS:
        r->events = events_find(a, &r->art, &r->parse, &r->times, &r->quantities, &r->mentions, &r->sources, l->events);
        break;
    }
    return true;
}

bool layers_read(arena *a, const layers *l, str page, const article_hints *hints, layer last, report *r, const layers_watch *watch,
                 fault *f)
{
    for (int which = LAYER_ARTICLE; which <= (int)last; which++) {
        if (!run_layer(a, l, page, hints, (layer)which, r, f)) return false;
        if (watch) watch->passed(watch->with, (layer)which);
    }
    return true;
}
