// File: "TDLEARN1", u32 number of sections; each section: char name[16], u32 kind (0 numbers, 1 table), u32 n, u32 width,
// f32 scale, then n f32 numbers, or n u32 keys in rising order and n * width signed bytes, filled up to 4 bytes.
// All little-endian. A u32 FNV sum of everything before it ends the file.

#include "learn/learn.h"

#include <string.h>

enum { FILE_HEAD = 12, SECTION_HEAD = 32 };

uint32_t feature_key(uint32_t template, uint64_t x, uint64_t y)
{
    uint64_t h = (uint64_t) template * 0x9e3779b97f4a7c15u;
    h = (h ^ x) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h = (h ^ y) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return (uint32_t)(h >> 32);
}

void feature_add(arena *a, feature_keys *f, uint32_t template, uint64_t x, uint64_t y)
{
    *push(a, f) = feature_key(template, x, y);
}

static uint32_t read_u32(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static float read_f32(const char *p)
{
    uint32_t u = read_u32(p);
    float    v;
    memcpy(&v, &u, sizeof v);
    return v;
}

static uint32_t sum_of(const char *p, size_t n)
{
    uint32_t h = 0x811c9dc5u;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)p[i]) * 0x01000193u;
    return h;
}

typedef struct {
    const char *name, *body;
    uint32_t    kind, n, width;
    float       scale;
    size_t      size; // of the body
} section;

// The section at byte `at`; false at a damaged one.
static bool section_at(str bytes, size_t at, section *s)
{
    if (bytes.n - 4 < at || bytes.n - 4 - at < SECTION_HEAD) return false;
    const char *p = bytes.p + at;
    *s = (section){.name = p,
                   .kind = read_u32(p + 16),
                   .n = read_u32(p + 20),
                   .width = read_u32(p + 24),
                   .scale = read_f32(p + 28),
                   .body = p + SECTION_HEAD};
    if (s->kind > 1 || s->n > bytes.n || s->width > LEARN_CLASSES) return false;
    s->size = s->kind ? (size_t)s->n * 4 + (((size_t)s->n * s->width + 3) & ~(size_t)3) : (size_t)s->n * 4;
    return s->size <= bytes.n - 4 - at - SECTION_HEAD;
}

bool model_open(model_file *m, arena *a, str bytes, const char *file, fault *f)
{
    *m = (model_file){.bytes = bytes, .file = file, .a = a};
    if (bytes.n < FILE_HEAD + 4 || memcmp(bytes.p, "TDLEARN1", 8) != 0)
        return fault_set(f, "%s: no file of weights of this program", file);
    if (sum_of(bytes.p, bytes.n - 4) != read_u32(bytes.p + bytes.n - 4))
        return fault_set(f, "%s: damaged: its sum does not match", file);
    size_t at = FILE_HEAD;
    for (uint32_t i = read_u32(bytes.p + 8); i > 0; i--) {
        section s;
        if (!section_at(bytes, at, &s)) return fault_set(f, "%s: damaged: a section runs over its end", file);
        at += SECTION_HEAD + s.size;
    }
    return true;
}

static bool find_section(const model_file *m, const char *name, uint32_t kind, section *s, fault *f)
{
    size_t at = FILE_HEAD;
    for (uint32_t i = read_u32(m->bytes.p + 8); i > 0 && section_at(m->bytes, at, s); i--, at += SECTION_HEAD + s->size)
        if (strncmp(s->name, name, 16) == 0 && s->kind == kind) return true;
    return fault_set(f, "%s: has no part \"%s\"", m->file, name);
}

bool model_table(const model_file *m, const char *name, uint32_t width, weight_table *out, fault *f)
{
    section s;
    if (!find_section(m, name, 1, &s, f)) return false;
    if (s.width != width) return fault_set(f, "%s: part \"%s\" is for another version", m->file, name);
    uint32_t *keys = new_array(m->a, uint32_t, s.n + 1), *bucket = new_array(m->a, uint32_t, (1u << LEARN_BUCKET_BITS) + 1);
    for (uint32_t i = 0; i < s.n; i++) {
        keys[i] = read_u32(s.body + 4 * (size_t)i);
        if (i && keys[i] <= keys[i - 1]) return fault_set(f, "%s: part \"%s\" is not in order", m->file, name);
        bucket[(keys[i] >> (32 - LEARN_BUCKET_BITS)) + 1]++;
    }
    for (size_t i = 0; i < 1u << LEARN_BUCKET_BITS; i++) bucket[i + 1] += bucket[i];
    *out = (weight_table){.keys = keys,
                          .bucket = bucket,
                          .weights = (const int8_t *)(s.body + 4 * (size_t)s.n),
                          .n = s.n,
                          .width = width,
                          .scale = s.scale};
    return true;
}

bool model_numbers(const model_file *m, const char *name, size_t n, const float **out, fault *f)
{
    section s;
    if (!find_section(m, name, 0, &s, f)) return false;
    if (s.n != n) return fault_set(f, "%s: part \"%s\" is for another version", m->file, name);
    float *v = new_array(m->a, float, n + 1);
    for (size_t i = 0; i < n; i++) v[i] = read_f32(s.body + 4 * i);
    *out = v;
    return true;
}

void weights_add(const weight_table *w, uint32_t key, float *scores)
{
    uint32_t b = key >> (32 - LEARN_BUCKET_BITS);
    for (uint32_t i = w->bucket[b]; i < w->bucket[b + 1]; i++) {
        if (w->keys[i] < key) continue;
        if (w->keys[i] > key) return;
        const int8_t *row = w->weights + (size_t)i * w->width;
        for (uint32_t c = 0; c < w->width; c++) scores[c] += w->scale * (float)row[c];
        return;
    }
}

void weights_score(const weight_table *w, const feature_keys *f, float *scores)
{
    for (uint32_t c = 0; c < w->width; c++) scores[c] = 0;
    for (size_t i = 0; i < f->n; i++) weights_add(w, f->v[i], scores);
}

float weights_sum(const weight_table *w, const feature_keys *f)
{
    float s = 0;
    for (size_t i = 0; i < f->n; i++) weights_add(w, f->v[i], &s);
    return s;
}
