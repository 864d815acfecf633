#include "net/msgpack.h"

#include <string.h>

enum { DEEPEST_MESSAGE = 32 };

typedef struct {
    arena         *a;
    const uint8_t *p;
    size_t         left;
} msg_input;

static bool take_number(msg_input *in, int bytes, uint64_t *out)
{
    if (in->left < (size_t)bytes) return false;
    *out = 0;
    for (int i = 0; i < bytes; i++) *out = *out << 8 | in->p[i];
    in->p += bytes, in->left -= (size_t)bytes;
    return true;
}

static bool msg_take_bytes(msg_input *in, msg *m, msg_kind kind, uint64_t n)
{
    if (n > in->left) return false;
    *m = (msg){.kind = kind, .n = (uint32_t)n, .bytes = (const char *)in->p};
    in->p += n, in->left -= n;
    return true;
}

static bool take_message(msg_input *in, msg *m, int depth);

// Every item takes a byte at least, so a count beyond what is left is broken.
static bool take_items(msg_input *in, msg *m, msg_kind kind, uint64_t n, int depth)
{
    uint64_t count = kind == MSG_MAP ? 2 * n : n;
    if (count > in->left || depth >= DEEPEST_MESSAGE) return false;
    msg *items = new_array(in->a, msg, count + 1);
    for (uint64_t i = 0; i < count; i++)
        if (!take_message(in, &items[i], depth + 1)) return false;
    *m = (msg){.kind = kind, .n = (uint32_t)n, .items = items};
    return true;
}

static bool take_signed(msg *m, uint64_t v, int bits)
{
    int64_t i = (int64_t)(v << (64 - bits)) >> (64 - bits);
    *m = i < 0 ? (msg){.kind = MSG_INT, .i = i} : (msg){.kind = MSG_UINT, .u = (uint64_t)i};
    return true;
}

static bool take_real(msg *m, uint64_t v, bool wide)
{
    uint32_t narrow = (uint32_t)v;
    float    f;
    memcpy(&f, &narrow, sizeof f);
    *m = (msg){.kind = MSG_REAL, .real = f};
    if (wide) memcpy(&m->real, &v, sizeof m->real);
    return true;
}

static bool take_message(msg_input *in, msg *m, int depth)
{
    uint64_t code, v = 0;
    if (!take_number(in, 1, &code)) return false;
    if (code < 0x80) return *m = (msg){.kind = MSG_UINT, .u = code}, true;
    if (code < 0x90) return take_items(in, m, MSG_MAP, code & 15, depth);
    if (code < 0xA0) return take_items(in, m, MSG_ARRAY, code & 15, depth);
    if (code < 0xC0) return msg_take_bytes(in, m, MSG_STR, code & 31);
    if (code >= 0xE0) return take_signed(m, code, 8);
    switch (code) {
    case 0xC0: return *m = (msg){.kind = MSG_NIL}, true;
    case 0xC2:
    case 0xC3: return *m = (msg){.kind = MSG_BOOL, .u = code & 1}, true;
    case 0xC4:
    case 0xC5:
    case 0xC6: return take_number(in, 1 << (code - 0xC4), &v) && msg_take_bytes(in, m, MSG_BIN, v);
    case 0xCA: return take_number(in, 4, &v) && take_real(m, v, false);
    case 0xCB: return take_number(in, 8, &v) && take_real(m, v, true);
    case 0xCC:
    case 0xCD:
    case 0xCE:
    case 0xCF:
        if (!take_number(in, 1 << (code - 0xCC), &v)) return false;
        return *m = (msg){.kind = MSG_UINT, .u = v}, true;
    case 0xD0:
    case 0xD1:
    case 0xD2:
    case 0xD3: return take_number(in, 1 << (code - 0xD0), &v) && take_signed(m, v, 8 << (code - 0xD0));
    case 0xD9:
    case 0xDA:
    case 0xDB: return take_number(in, 1 << (code - 0xD9), &v) && msg_take_bytes(in, m, MSG_STR, v);
    case 0xDC:
    case 0xDD: return take_number(in, 2 << (code - 0xDC), &v) && take_items(in, m, MSG_ARRAY, v, depth);
    case 0xDE:
    case 0xDF: return take_number(in, 2 << (code - 0xDE), &v) && take_items(in, m, MSG_MAP, v, depth);
    default: return false; // 0xC1 and extension types
    }
}

const msg *msg_read(arena *a, str bytes)
{
    msg_input in = {a, (const uint8_t *)bytes.p, bytes.n};
    msg      *m = new (a, msg);
    return take_message(&in, m, 0) && !in.left ? m : NULL;
}

bool msg_is_text(const msg *m) { return m && (m->kind == MSG_STR || m->kind == MSG_BIN); }

str msg_str(const msg *m) { return msg_is_text(m) ? (str){m->bytes, m->n} : (str){NULL, 0}; }

bool msg_uint(const msg *m, uint64_t *out)
{
    if (!m || m->kind != MSG_UINT) return false;
    *out = m->u;
    return true;
}

const msg *msg_get(const msg *map, const char *key)
{
    if (!map || map->kind != MSG_MAP) return NULL;
    for (uint32_t i = 0; i < map->n; i++)
        if (msg_is_text(&map->items[2 * i]) && str_is(msg_str(&map->items[2 * i]), key)) return &map->items[2 * i + 1];
    return NULL;
}

const msg *msg_get_int(const msg *map, uint64_t key)
{
    if (!map || map->kind != MSG_MAP) return NULL;
    for (uint32_t i = 0; i < map->n; i++)
        if (map->items[2 * i].kind == MSG_UINT && map->items[2 * i].u == key) return &map->items[2 * i + 1];
    return NULL;
}

const msg *msg_at(const msg *array, size_t i)
{
    return array && array->kind == MSG_ARRAY && i < array->n ? &array->items[i] : NULL;
}
