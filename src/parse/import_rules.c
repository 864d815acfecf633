#include "parse/rules.h"

bool ruler_import(arena *a, const package *p, net_writer *w, fault *f) { return (void)a, (void)p, (void)w, (void)f, true; }
bool lemma_import(arena *a, const package *p, net_writer *w, fault *f) { return (void)a, (void)p, (void)w, (void)f, true; }
