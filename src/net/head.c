#include "net/head.h"

static const float *head_floats(const net_file *f, const char *part, const char *name, fault *why, size_t n)
{
    char full[2 * NET_NAME];
    snprintf(full, sizeof full, "%s.%s", part, name);
    return net_file_items(f, full, NET_F32, why, 1, n);
}

static const float *head_weight(const net_file *f, const char *part, const char *name, fault *why, size_t outputs, size_t inputs)
{
    char full[2 * NET_NAME];
    snprintf(full, sizeof full, "%s.%s", part, name);
    return net_file_items(f, full, NET_F32, why, 3, outputs / NET_PANEL, inputs, (size_t)NET_PANEL);
}

bool net_head_open(net_head *h, const net_file *f, const char *part, const net_kernels *k, fault *why)
{
    char name[2 * NET_NAME];
    *h = (net_head){.k = k};
    snprintf(name, sizeof name, "%s.shape", part);
    const uint32_t *shape = net_file_items(f, name, NET_U32, why, 1, (size_t)6);
    if (!shape) return false;
    h->input = shape[0], h->inner = shape[1], h->slots = shape[2], h->hidden = shape[3], h->pieces = shape[4],
    h->moves = shape[5];
    if (!h->input || h->input > 1024 || !h->inner || h->inner > 1024 || h->inner % NET_PANEL || !h->slots ||
        h->slots > NET_SLOTS || !h->hidden || h->hidden > 1024 || h->hidden % NET_PANEL || !h->pieces || h->pieces > 8 ||
        !h->moves || h->moves > 65536)
        return fault_set(why, "%s: the sizes of %s are not such as this program runs", f->file, part);
    h->padded = (h->moves + NET_PANEL - 1) / NET_PANEL * NET_PANEL;
    size_t state = (size_t)h->pieces * h->hidden, row = net_head_row(h);
    return (h->down_weight = head_weight(f, part, "down.weight", why, h->inner, h->input)) &&
           (h->down_bias = head_floats(f, part, "down.bias", why, h->inner)) &&
           (h->slot_weight = head_weight(f, part, "slot.weight", why, row, h->inner)) &&
           (h->slot_zero = head_floats(f, part, "slot.zero", why, row)) &&
           (h->missing = head_floats(f, part, "missing", why, row)) && (h->bias = head_floats(f, part, "bias", why, state)) &&
           (h->move_weight = head_weight(f, part, "move.weight", why, h->padded, h->hidden)) &&
           (h->move_bias = head_floats(f, part, "move.bias", why, h->padded));
}

void net_head_scores(const net_head *h, const float *const *slot, float *work, float *scores)
{
    size_t state = (size_t)h->pieces * h->hidden;
    h->k->sum_rows(work, slot, h->slots, h->bias, state);
    h->k->maxout(work + state, work, h->pieces, h->hidden);
    h->k->affine(scores, h->padded, work + state, h->hidden, 1, h->move_weight, h->move_bias, h->hidden, h->padded);
}
