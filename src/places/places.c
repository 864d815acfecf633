#include "places/places.h"

struct gazetteer {
    int none;
};

static const gazetteer no_places;

const gazetteer *gazetteer_open(const void *bytes, size_t n, const char *file, fault *f)
{
    (void)bytes, (void)n, (void)file, (void)f;
    return &no_places;
}

void gazetteer_close(const gazetteer *g) { (void)g; }

size_t gazetteer_find(const gazetteer *g, arena *a, str name, const place **out)
{
    (void)g, (void)a, (void)name, (void)out;
    return 0;
}

const char *gazetteer_alpha3(const gazetteer *g, const char alpha2[2])
{
    (void)g, (void)alpha2;
    return "";
}
