#include "net/encoder.h"

#include <stdlib.h>
#include <string.h>

enum { SOME_ROWS = 48 }; // of one affine step: the kernels' blocks some times over, and still in the nearest caches

static uint64_t hash_rotate(uint64_t x, int n) { return x << n | x >> (64 - n); }

static uint64_t hash_finish(uint64_t x)
{
    x = (x ^ x >> 33) * 0xff51afd7ed558ccdu;
    x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53u;
    return x ^ x >> 33;
}

void net_hash_rows(uint64_t feature, uint32_t seed, uint32_t out[4])
{
    uint64_t h1 = hash_rotate(feature * 0x87c37b91114253d5u, 31) * 0x4cf5ad432745937fu ^ seed ^ 8, h2 = seed ^ 8u;
    h1 += h2, h2 += h1;
    h1 = hash_finish(h1), h2 = hash_finish(h2);
    h1 += h2, h2 += h1;
    out[0] = (uint32_t)h1, out[1] = (uint32_t)(h1 >> 32), out[2] = (uint32_t)h2, out[3] = (uint32_t)(h2 >> 32);
}

static const float *part_floats(const net_file *f, const char *part, const char *name, fault *why, size_t n)
{
    char full[2 * NET_NAME];
    snprintf(full, sizeof full, "%s.%s", part, name);
    return net_file_items(f, full, NET_F32, why, 1, n);
}

static bool open_tables(net_encoder *e, const net_file *f, const char *part, fault *why)
{
    char      name[2 * NET_NAME];
    net_array table;
    for (uint32_t c = 0; c < e->columns; c++) {
        snprintf(name, sizeof name, "%s.table%u", part, c + 1);
        if (!net_file_array(f, name, NET_F32, 2, &table, why)) return false;
        if (!table.shape[0] || table.shape[1] != e->mix_pieces * e->width)
            return fault_set(why, "%s: array %s has another shape", f->file, name);
        e->rows[c] = table.shape[0];
        e->tables[c] = table.data;
    }
    return true;
}

static bool open_vectors(net_encoder *e, const net_file *f, const char *part, fault *why)
{
    char      name[2 * NET_NAME];
    net_array keys, rows;
    snprintf(name, sizeof name, "%s.vectors", part);
    if (!net_file_has(f, name)) return true;
    net_array vectors;
    if (!net_file_array(f, name, NET_F32, 2, &vectors, why) || !net_file_array(f, "vectors.keys", NET_U64, 1, &keys, why) ||
        !net_file_array(f, "vectors.rows", NET_U32, 1, &rows, why))
        return false;
    e->keys = keys.data, e->key_rows = rows.data, e->vectors = vectors.data;
    e->n_keys = keys.shape[0], e->n_vectors = vectors.shape[0];
    bool fits = rows.n == keys.n && vectors.shape[1] == e->mix_pieces * e->width;
    for (size_t i = 0; fits && i < rows.n; i++) fits = e->key_rows[i] < e->n_vectors && (i == 0 || e->keys[i - 1] < e->keys[i]);
    return fits ? true : fault_set(why, "%s: the word vectors' keys do not fit them", f->file);
}

// packed[wide / NET_PANEL][3 * width][NET_PANEL] parted in three: products for the token after, for itself, for the one before.
static void open_near(arena *a, net_encoder *e)
{
    size_t width = e->width, wide = e->pieces * width, part = width * NET_PANEL;
    float *weight = new_array(a, float, 3 * wide * width);
    for (size_t which = 0; which < 3; which++)
        for (size_t panel = 0; panel < wide / NET_PANEL; panel++)
            memcpy(weight + (which * (wide / NET_PANEL) + panel) * part, e->layers[0].weight + (3 * panel + which) * part,
                   part * sizeof *weight);
    e->near_weight = weight;
    e->near_bias = new_array(a, float, 3 * wide);
}

static bool open_layers(arena *a, net_encoder *e, const net_file *f, const char *part, fault *why)
{
    size_t width = e->width, wide = e->pieces * width;
    for (uint32_t l = 0; l < e->depth; l++) {
        net_layer *layer = &e->layers[l];
        char       name[2 * NET_NAME], below[NET_NAME];
        snprintf(below, sizeof below, "%s.layer%u", part, l + 1);
        snprintf(name, sizeof name, "%s.weight", below);
        layer->weight = net_file_items(f, name, NET_F32, why, 3, wide / NET_PANEL, 3 * width, (size_t)NET_PANEL);
        if (!layer->weight || !(layer->bias = part_floats(f, below, "bias", why, wide)) ||
            !(layer->gain = part_floats(f, below, "gain", why, width)) ||
            !(layer->shift = part_floats(f, below, "shift", why, width)))
            return false;
        if (l == 0) continue;
        float *pairs = new_array(a, float, 4 * width * wide);
        net_pair_weights(pairs, layer->weight, width, wide);
        layer->weight = pairs;
    }
    open_near(a, e);
    return true;
}

bool net_encoder_open(arena *a, net_encoder *e, const net_file *f, const char *part, const net_kernels *k, fault *why)
{
    char      name[2 * NET_NAME];
    net_array attrs;
    *e = (net_encoder){.k = k};
    snprintf(name, sizeof name, "%s.shape", part);
    const uint32_t *shape = net_file_items(f, name, NET_U32, why, 1, (size_t)4);
    if (!shape) return false;
    e->width = shape[0], e->depth = shape[1], e->pieces = shape[2], e->mix_pieces = shape[3];
    snprintf(name, sizeof name, "%s.attrs", part);
    if (!net_file_array(f, name, NET_U32, 1, &attrs, why)) return false;
    e->attrs = attrs.data, e->columns = attrs.shape[0];
    if (!e->width || e->width % NET_PANEL || e->width > 1024 || !e->pieces || e->pieces > 8 || !e->mix_pieces ||
        e->mix_pieces > 8 || !e->depth || e->depth > NET_DEPTH || !e->columns || e->columns > NET_COLUMNS)
        return fault_set(why, "%s: the sizes of %s are not such as this program runs", f->file, part);
    snprintf(name, sizeof name, "%s.seeds", part);
    size_t width = e->width, wide = e->mix_pieces * width;
    return (e->seeds = net_file_items(f, name, NET_U32, why, 1, (size_t)e->columns)) && open_tables(e, f, part, why) &&
           (e->mix_bias = part_floats(f, part, "mix.bias", why, wide)) &&
           (e->mix_gain = part_floats(f, part, "mix.gain", why, width)) &&
           (e->mix_shift = part_floats(f, part, "mix.shift", why, width)) && open_layers(a, e, f, part, why) &&
           open_vectors(e, f, part, why);
}

bool net_encoder_work_init(net_encoder_work *w, const net_encoder *e)
{
    size_t rows = NET_BLOCK + 2 * (size_t)e->depth;
    *w = (net_encoder_work){.h = calloc(rows * e->width, sizeof(float)),
                            .next = calloc(rows * e->width, sizeof(float)),
                            .wide = calloc((size_t)SOME_ROWS * e->pieces * e->width, sizeof(float)),
                            .pairs = calloc((size_t)SOME_ROWS * 2 * e->width, sizeof(float))};
    if (w->h && w->next && w->wide && w->pairs) return true;
    net_encoder_work_clear(w);
    return false;
}

void net_encoder_work_clear(net_encoder_work *w)
{
    free(w->h);
    free(w->next);
    free(w->wide);
    free(w->pairs);
    *w = (net_encoder_work){0};
}

static const float *vector_of(const net_encoder *e, uint64_t form)
{
    size_t lo = 0, hi = e->n_keys;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (e->keys[mid] < form) lo = mid + 1;
        else hi = mid;
    }
    return lo < e->n_keys && e->keys[lo] == form ? e->vectors + (size_t)e->key_rows[lo] * e->mix_pieces * e->width : NULL;
}

void net_embed(const net_encoder *e, const uint64_t *features, uint64_t form, float *wide_row, float *out)
{
    size_t       wide = e->mix_pieces * e->width, n = 0;
    const float *rows[4 * NET_COLUMNS + 1];
    for (uint32_t c = 0; c < e->columns; c++) {
        uint32_t at[4];
        net_hash_rows(features[c], e->seeds[c], at);
        for (int i = 0; i < 4; i++) rows[n++] = e->tables[c] + at[i] % e->rows[c] * wide;
    }
    const float *vector = e->n_keys ? vector_of(e, form) : NULL;
    if (vector) rows[n++] = vector;
    e->k->sum_rows(wide_row, rows, n, e->mix_bias, wide);
    e->k->maxout_norm(out, NULL, wide_row, 1, e->mix_pieces, e->width, e->mix_gain, e->mix_shift);
}

// The first layer: sums of the products kept with the types.
static void encode_near(const net_encoder *e, net_encoder_work *w, const float *const *types, size_t rows)
{
    const net_layer *layer = &e->layers[0];
    size_t           width = e->width, wide = e->pieces * width;
    for (size_t r = 1; r + 1 < rows; r++) {
        const float *parts[3];
        size_t       n = 0;
        for (size_t k = 0; k < 3; k++)
            if (types[r + k - 1]) parts[n++] = types[r + k - 1] + width + k * wide;
        e->k->sum_rows(w->wide, parts, n, layer->bias, wide);
        e->k->maxout_norm(w->h + r * width, types[r], w->wide, 1, e->pieces, width, layer->gain, layer->shift);
    }
}

// A layer over rows from `first` to before `end`, an even number of them.
static void encode_layer(const net_encoder *e, net_encoder_work *w, const net_layer *layer, size_t first, size_t end)
{
    size_t width = e->width, wide = e->pieces * width;
    for (size_t r = first; r < end; r += SOME_ROWS) {
        size_t some = end - r < SOME_ROWS ? end - r : SOME_ROWS;
        net_pair_rows(w->pairs, w->h + r * width, some / 2, width);
        e->k->affine_pairs(w->wide, wide, w->pairs, some / 2, layer->weight, layer->bias, width, wide);
        e->k->maxout_norm(w->next + r * width, w->h + r * width, w->wide, some, e->pieces, width, layer->gain, layer->shift);
    }
    float *h = w->h;
    w->h = w->next;
    w->next = h;
}

// Layer l makes the rows from l + 1 to before rows - l - 1. A pair begins at a token with an even number, wherever the block
// was cut, so that results do not depend on it; what then stands in a row too many at either end is not used.
const float *net_encode(const net_encoder *e, net_encoder_work *w, const float *const *types, size_t n)
{
    size_t rows = n + 2 * e->depth;
    encode_near(e, w, types, rows);
    for (size_t l = 1; l < e->depth; l++) {
        size_t first = l + 1 - (l + 1 + e->depth) % 2, end = rows - l - 1;
        encode_layer(e, w, &e->layers[l], first, end + (end - first) % 2);
    }
    return w->h + e->depth * e->width;
}
