#include "parse/moves.h"

uint8_t label_number(arena *a, label_names *names, label_kind kind, str label, bool *full)
{
    const char *(*name[])(const parse *, uint8_t) = {parse_tag_name, parse_dep_name, parse_ent_name};
    const size_t known[] = {TAG_KNOWN, DEP_KNOWN, ENT_KNOWN};
    for (size_t i = 0; i < known[kind]; i++)
        if (str_is(label, name[kind](NULL, (uint8_t)i))) return (uint8_t)i;
    for (size_t i = 0; i < names->more[kind].n; i++)
        if (str_is(label, names->more[kind].v[i])) return (uint8_t)(known[kind] + i);
    if (known[kind] + names->more[kind].n > UINT8_MAX) return *full = true, 0;
    *push(a, &names->more[kind]) = arena_str(a, label).p;
    return (uint8_t)(known[kind] + names->more[kind].n - 1);
}

bool moves_open(arena *a, move_set *m, const net_file *f, const char *part, label_kind kind, label_names *names,
                const net_kernels *k, fault *why)
{
    char        name[NET_NAME];
    net_strings labels;
    *m = (move_set){0};
    if (!net_head_open(&m->head, f, part, k, why)) return false;
    if (m->head.slots != (kind == LABEL_DEP ? ARC_SLOTS : NAME_SLOTS))
        return fault_set(why, "%s: %s has another number of slots", f->file, part);
    snprintf(name, sizeof name, "%s.actions", part);
    if (!(m->action = net_file_items(f, name, NET_U8, why, 1, (size_t)m->head.moves))) return false;
    snprintf(name, sizeof name, "%s.labels", part);
    if (!net_file_strings(f, name, &labels, why)) return false;
    if (labels.n != m->head.moves) return fault_set(why, "%s: array %s has another shape", f->file, name);
    m->label = new_array(a, uint8_t, labels.n);
    m->above = new_array(a, uint8_t, labels.n);
    bool full = false;
    for (uint32_t i = 0; i < labels.n; i++) {
        str       label = net_string(labels, i);
        ptrdiff_t bars = kind == LABEL_DEP ? str_find(label, STR("||")) : -1;
        if (bars >= 0) m->above[i] = label_number(a, names, kind, str_cut(label, (size_t)bars + 2, label.n), &full);
        m->label[i] = label_number(a, names, kind, bars >= 0 ? str_cut(label, 0, (size_t)bars) : label, &full);
        if (m->action[i] > (kind == LABEL_DEP ? (int)ARC_BREAK : (int)NAME_OUT))
            return fault_set(why, "%s: an unknown move in %s", f->file, part);
    }
    return full ? fault_set(why, "%s: more labels in %s than this program can number", f->file, part) : true;
}
