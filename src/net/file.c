#include "net/file.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

enum { NET_ALIGN = 64, BYTE_ORDER_MARK = 0x01020304, MOST_ARRAYS = 4096 };

// Written in the machine's byte order, which `order` tells.
typedef struct {
    char     magic[16];
    uint32_t order, version;
    uint32_t count, unused;
    uint64_t length;   // bytes of the whole file
    uint64_t checksum; // of the table
    uint64_t zero[2];
} file_header;

typedef struct {
    char     name[NET_NAME]; // NUL-terminated
    uint32_t type, rank;
    uint32_t shape[NET_RANK];
    uint64_t offset, length; // bytes
    uint64_t checksum;
} file_entry;

static const char file_magic[16] = "tidings-model\r\n";

_Static_assert(sizeof(file_header) == 64 && sizeof(file_entry) == 96, "file layout");

static uint64_t rotate_left64(uint64_t x, int n) { return x << n | x >> (64 - n); }

// Four lanes of 64-bit words, so that it runs at the speed of memory. Finds damage, not forgery.
uint64_t net_checksum(const void *bytes, size_t n)
{
    const uint64_t k = 0x9E3779B97F4A7C15u;
    const uint8_t *p = bytes;
    uint64_t       h[4] = {k, ~k, n, n ^ k};
    for (; n >= 32; n -= 32, p += 32) {
        uint64_t w[4];
        memcpy(w, p, 32);
        for (int i = 0; i < 4; i++) h[i] = rotate_left64(h[i] ^ w[i] * k, 31) * 0xD6E8FEB86659FD93u;
    }
    uint64_t last[4] = {0};
    if (n) memcpy(last, p, n);
    uint64_t sum = 0;
    for (int i = 0; i < 4; i++) {
        sum = (sum ^ rotate_left64(h[i] ^ last[i] * k, 31)) * 0xD6E8FEB86659FD93u;
        sum ^= sum >> 32;
    }
    return sum;
}

static size_t type_size(uint32_t type)
{
    static const uint8_t sizes[] = {0, 1, 2, 4, 8, 4};
    return type < sizeof sizes ? sizes[type] : 0;
}

static const file_entry *file_table(const net_file *f)
{
    return (const file_entry *)(const void *)(f->bytes + sizeof(file_header));
}

static bool check_entry(const net_file *f, const file_entry *e, size_t arrays_from, fault *why)
{
    if (!memchr(e->name, 0, NET_NAME) || !e->name[0]) return fault_set(why, "%s: damaged (an array without a name)", f->file);
    size_t size = type_size(e->type), items = 1;
    bool   fits = size && e->rank >= 1 && e->rank <= NET_RANK && e->offset % NET_ALIGN == 0 && e->offset >= arrays_from &&
                e->offset <= f->n && e->length <= f->n - e->offset;
    for (uint32_t i = 0; fits && i < NET_RANK; i++) {
        fits = (i < e->rank || e->shape[i] == 1) && (!items || e->shape[i] <= e->length / items);
        items *= e->shape[i];
    }
    if (!fits || items * size != e->length) return fault_set(why, "%s: damaged (array %s has a wrong size)", f->file, e->name);
    if (net_checksum(f->bytes + e->offset, e->length) != e->checksum)
        return fault_set(why, "%s: damaged (the checksum of array %s does not fit)", f->file, e->name);
    return true;
}

bool net_file_open(net_file *f, const void *bytes, size_t n, const char *file, fault *why)
{
    const file_header *h = bytes;
    *f = (net_file){.bytes = bytes, .n = n, .file = file};
    if ((uintptr_t)bytes % NET_ALIGN) return fault_set(why, "%s: not aligned in memory", file);
    if (n < sizeof *h || memcmp(h->magic, file_magic, sizeof file_magic) != 0)
        return fault_set(why, "%s: not a tidings model file", file);
    if (h->order != BYTE_ORDER_MARK) return fault_set(why, "%s: made on a machine of another byte order", file);
    if (h->version != NET_VERSION)
        return fault_set(why, "%s: model file of format %u; this program reads format %d", file, h->version, NET_VERSION);
    if (h->length != n)
        return fault_set(why, "%s: %s (%zu bytes; its header says %llu)", file, n < h->length ? "truncated" : "damaged", n,
                         (unsigned long long)h->length);
    size_t arrays_from = sizeof *h + (size_t)h->count * sizeof(file_entry);
    if (h->count > MOST_ARRAYS || arrays_from > n) return fault_set(why, "%s: damaged (its table is too long)", file);
    if (net_checksum(f->bytes + sizeof *h, arrays_from - sizeof *h) != h->checksum)
        return fault_set(why, "%s: damaged (the checksum of its table does not fit)", file);
    f->count = h->count;
    for (uint32_t i = 0; i < f->count; i++)
        if (!check_entry(f, &file_table(f)[i], arrays_from, why)) return false;
    return true;
}

static const file_entry *find_entry(const net_file *f, const char *name)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (!strcmp(file_table(f)[i].name, name)) return &file_table(f)[i];
    return NULL;
}

bool net_file_has(const net_file *f, const char *name) { return find_entry(f, name) != NULL; }

bool net_file_array(const net_file *f, const char *name, net_type type, uint32_t rank, net_array *out, fault *why)
{
    const file_entry *e = find_entry(f, name);
    if (!e) return fault_set(why, "%s: array %s is missing", f->file, name);
    if (e->type != type || e->rank != rank) return fault_set(why, "%s: array %s is of another type", f->file, name);
    *out = (net_array){.type = type, .rank = rank, .n = e->length / type_size(type), .data = f->bytes + e->offset};
    memcpy(out->shape, e->shape, sizeof out->shape);
    return true;
}

const void *net_file_items(const net_file *f, const char *name, net_type type, fault *why, uint32_t rank, ...)
{
    net_array array;
    if (!net_file_array(f, name, type, rank, &array, why)) return NULL;
    va_list sizes;
    va_start(sizes, rank);
    bool fits = true;
    for (uint32_t i = 0; i < rank; i++) fits &= va_arg(sizes, size_t) == array.shape[i];
    va_end(sizes);
    if (!fits) fault_set(why, "%s: array %s has another shape", f->file, name);
    return fits ? array.data : NULL;
}

bool net_file_strings(const net_file *f, const char *name, net_strings *out, fault *why)
{
    char at_name[NET_NAME + 4];
    snprintf(at_name, sizeof at_name, "%s.at", name);
    net_array bytes, at;
    if (!net_file_array(f, name, NET_U8, 1, &bytes, why) || !net_file_array(f, at_name, NET_U32, 1, &at, why)) return false;
    const uint32_t *v = at.data;
    bool            ordered = at.n >= 1 && v[0] == 0 && v[at.n - 1] == bytes.n;
    for (size_t i = 1; ordered && i < at.n; i++) ordered = v[i - 1] <= v[i];
    if (!ordered) return fault_set(why, "%s: array %s is damaged", f->file, at_name);
    *out = (net_strings){bytes.data, v, (uint32_t)at.n - 1};
    return true;
}

void net_writer_add(net_writer *w, const char *name, net_type type, const void *items, uint32_t rank, ...)
{
    net_named *n = push(w->a, &w->arrays);
    n->name = arena_str(w->a, str_of(name)).p;
    n->array = (net_array){.type = type, .rank = rank, .shape = {1, 1, 1, 1}, .n = 1, .data = items};
    va_list sizes;
    va_start(sizes, rank);
    for (uint32_t i = 0; i < rank; i++) n->array.n *= n->array.shape[i] = (uint32_t)va_arg(sizes, size_t);
    va_end(sizes);
}

void net_writer_strings(net_writer *w, const char *name, const str *v, size_t n)
{
    uint32_t *at = new_array(w->a, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) at[i + 1] = at[i] + (uint32_t)v[i].n;
    char *bytes = new_array(w->a, char, at[n] + 1);
    for (size_t i = 0; i < n; i++)
        if (v[i].n) memcpy(bytes + at[i], v[i].p, v[i].n);
    net_writer_add(w, name, NET_U8, bytes, 1, (size_t)at[n]);
    net_writer_add(w, arena_printf(w->a, "%s.at", name).p, NET_U32, at, 1, n + 1);
}

static bool put_padded(FILE *out, const void *bytes, size_t n)
{
    static const uint8_t zeros[NET_ALIGN];
    size_t               pad = -n % NET_ALIGN;
    return fwrite(bytes, 1, n, out) == n && fwrite(zeros, 1, pad, out) == pad;
}

bool net_writer_save(const net_writer *w, const char *path, fault *why)
{
    size_t      count = w->arrays.n, table = count * sizeof(file_entry), at = sizeof(file_header) + table;
    file_entry *entries = new_array(w->a, file_entry, count + 1);
    at += -at % NET_ALIGN;
    size_t head = at;
    for (size_t i = 0; i < count; i++) {
        const net_array *x = &w->arrays.v[i].array;
        file_entry      *e = &entries[i];
        if (strlen(w->arrays.v[i].name) >= NET_NAME || count > MOST_ARRAYS)
            return fault_set(why, "%s: array %s cannot be stored", path, w->arrays.v[i].name);
        strcpy(e->name, w->arrays.v[i].name);
        e->type = x->type, e->rank = x->rank;
        memcpy(e->shape, x->shape, sizeof e->shape);
        e->offset = at;
        e->length = x->n * type_size(x->type);
        e->checksum = net_checksum(x->data, e->length);
        at += e->length + -e->length % NET_ALIGN;
    }
    file_header h = {.order = BYTE_ORDER_MARK, .version = NET_VERSION, .count = (uint32_t)count, .length = at};
    memcpy(h.magic, file_magic, sizeof h.magic);
    h.checksum = net_checksum(entries, table);
    FILE *out = fopen(path, "wb");
    if (!out) return fault_set(why, "%s: %s", path, strerror(errno));
    static const uint8_t zeros[NET_ALIGN];
    bool                 ok = fwrite(&h, 1, sizeof h, out) == sizeof h && fwrite(entries, 1, table, out) == table &&
              fwrite(zeros, 1, head - sizeof h - table, out) == head - sizeof h - table;
    for (size_t i = 0; ok && i < count; i++) ok = put_padded(out, w->arrays.v[i].array.data, entries[i].length);
    ok = fclose(out) == 0 && ok;
    if (ok) return true;
    fault_set(why, "%s: %s", path, strerror(errno));
    remove(path);
    return false;
}
