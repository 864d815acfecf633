#include "net/table.h"

static bool open_keys(const net_file *f, const char *name, net_table *out, fault *why)
{
    char keys_name[NET_NAME + 8];
    snprintf(keys_name, sizeof keys_name, "%s.keys", name);
    net_array keys;
    if (!net_file_array(f, keys_name, NET_U64, 1, &keys, why)) return false;
    if (keys.n == 0 || (keys.n & (keys.n - 1)) != 0) return fault_set(why, "%s: array %s has a wrong size", f->file, keys_name);
    *out = (net_table){.keys = keys.data, .mask = (uint32_t)keys.n - 1};
    return true;
}

bool net_table_open(const net_file *f, const char *name, uint32_t limit, net_table *out, fault *why)
{
    char values_name[NET_NAME + 8];
    snprintf(values_name, sizeof values_name, "%s.values", name);
    if (!open_keys(f, name, out, why)) return false;
    out->limit = limit;
    return (out->values = net_file_items(f, values_name, NET_U32, why, 1, (size_t)out->mask + 1)) != NULL;
}

bool net_set_open(const net_file *f, const char *name, net_table *out, fault *why) { return open_keys(f, name, out, why); }

// Fills a table of that size; false if some key would lie too far from its place.
static bool fill_table(uint64_t *keys, uint32_t *values, size_t size, const uint64_t *from, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)(from[i] * 0x9E3779B97F4A7C15u >> 32), probes = 0;
        for (; probes < NET_PROBES; probes++) {
            size_t slot = (at + probes) & (size - 1);
            if (keys[slot] == from[i]) break; // its first value stays
            if (keys[slot]) continue;
            keys[slot] = from[i];
            if (values) values[slot] = numbers[i];
            break;
        }
        if (probes == NET_PROBES) return false;
    }
    return true;
}

void net_writer_table(net_writer *w, const char *name, const uint64_t *from, const uint32_t *numbers, size_t n)
{
    for (size_t size = 16;; size *= 2) {
        if (size * 4 < n * 5) continue; // at most four slots of five are taken
        uint64_t *keys = new_array(w->a, uint64_t, size);
        uint32_t *values = numbers ? new_array(w->a, uint32_t, size) : NULL;
        if (!fill_table(keys, values, size, from, numbers, n)) continue;
        net_writer_add(w, arena_printf(w->a, "%s.keys", name).p, NET_U64, keys, 1, size);
        if (values) net_writer_add(w, arena_printf(w->a, "%s.values", name).p, NET_U32, values, 1, size);
        return;
    }
}
