// config.h — spaCy's config.cfg: sections of settings whose values are JSON or refer to others.
//
//   [components.tok2vec.model.embed]
//   width = ${components.tok2vec.model.encode:width}      ->   config_get(c, "components.tok2vec.model.embed", "width") is "96"

#ifndef NET_CONFIG_H
#define NET_CONFIG_H

#include "base/arena.h"

typedef struct {
    str section, key, value;
} config_line;

typedef struct {
    config_line *v;
    size_t       n, cap;
} config;

config config_read(arena *a, str text);
str    config_get(const config *c, const char *section, const char *key); // as written, quotes off; empty where there is none

#endif
