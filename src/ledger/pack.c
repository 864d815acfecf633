#include "ledger/pack.h"

#include <zstd.h>

enum { PACK_LEVEL = 5, PACK_MOST = 1 << 30 };

bool pack_init(packer *p)
{
    p->compress = ZSTD_createCCtx();
    p->expand = ZSTD_createDCtx();
    return p->compress && p->expand;
}

void pack_clear(packer *p)
{
    ZSTD_freeCCtx(p->compress);
    ZSTD_freeDCtx(p->expand);
    *p = (packer){0};
}

str pack(packer *p, arena *a, str record)
{
    size_t room = ZSTD_compressBound(record.n);
    char  *to = new_array(a, char, room);
    return (str){to, ZSTD_compressCCtx(p->compress, to, room, record.p, record.n, PACK_LEVEL)};
}

bool unpack(packer *p, arena *a, str packed, str *out, fault *f)
{
    unsigned long long n = ZSTD_getFrameContentSize(packed.p, packed.n);
    if (n > PACK_MOST) return fault_set(f, "a record is damaged");
    char *to = new_array(a, char, n + 1);
    if (ZSTD_decompressDCtx(p->expand, to, n, packed.p, packed.n) != n) return fault_set(f, "a record is damaged");
    *out = (str){to, n};
    return true;
}
