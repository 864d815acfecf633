// places.h — the gazetteer: names of countries, provinces and towns with where they lie (GeoNames, ISO 3166).
//
//   "Rafah"  ->  Rafah, 31.287 34.259, city, PSE  |  Rafah, 31.283 34.281, province, PSE

#ifndef PLACES_PLACES_H
#define PLACES_PLACES_H

#include "base/arena.h"
#include "base/fault.h"

typedef enum { PLACE_POINT, PLACE_CITY, PLACE_DISTRICT, PLACE_PROVINCE, PLACE_COUNTRY } place_precision;

typedef struct {
    uint32_t        geonames;   // GeoNames id, or 0
    str             name;       // its usual name
    double          lat, lon;   // degrees, WGS 84
    place_precision precision;
    char            country[4]; // ISO 3166-1 alpha-3
    str             admin1;     // province's code ("CA"), or empty
    uint32_t        population; // 0: not known
    bool            usual;      // the name asked for is its usual one
} place;

typedef struct gazetteer gazetteer;

// A view of a gazetteer file in memory, which must outlive it. NULL with one line in f if it is not one.
const gazetteer *gazetteer_open(const void *bytes, size_t n, const char *file, fault *f);
void             gazetteer_close(const gazetteer *g);

// Every place of that name (any spelling the gazetteer has; case and accents folded): countries, then provinces,
// then towns by population.
size_t gazetteer_find(const gazetteer *g, arena *a, str name, const place **out);

// ISO 3166-1 alpha-3 of a two-letter code; "" if unknown.
const char *gazetteer_alpha3(const gazetteer *g, const char alpha2[2]);

// The ASCII letters, lower case, that a letter of the Latin script beyond ASCII folds to ("š" -> "s"); NULL for others.
const char *places_letter(uint32_t c);

double places_km(double lat1, double lon1, double lat2, double lon2); // great circle on a sphere of 6371 km

#endif
