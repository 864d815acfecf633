#include "net/thinc.h"

#include "net/encoder.h"
#include "net/head.h"

#include <stdlib.h>
#include <string.h>

bool thinc_open(thinc_model *m, arena *a, const package *p, const char *member, fault *f)
{
    str bytes;
    *m = (thinc_model){.a = a, .file = arena_printf(a, "%s: %s", package_path(p), member).p};
    if (!package_read(p, member, &bytes, f)) return false;
    const msg *top = msg_read(a, bytes);
    m->nodes = msg_get(top, "nodes"), m->attrs = msg_get(top, "attrs"), m->params = msg_get(top, "params");
    bool fits = m->nodes && m->attrs && m->params && m->nodes->kind == MSG_ARRAY && m->attrs->kind == MSG_ARRAY &&
                m->params->kind == MSG_ARRAY && m->nodes->n == m->attrs->n && m->nodes->n == m->params->n;
    return fits ? true : fault_set(f, "%s is no thinc model", m->file);
}

// The node of exactly that name, counted from `nth` 0 in the file's order; -1 if there is none.
static int64_t find_node(const thinc_model *m, const char *name, int nth)
{
    for (uint32_t i = 0; i < m->nodes->n; i++)
        if (str_is(msg_str(msg_get(&m->nodes->items[i], "name")), name) && nth-- == 0) return i;
    return -1;
}

// An attribute is MessagePack within MessagePack.
static const msg *node_attr(const thinc_model *m, int64_t node, const char *name)
{
    const msg *packed = msg_get(&m->attrs->items[node], name);
    return packed && msg_is_text(packed) ? msg_read(m->a, msg_str(packed)) : NULL;
}

static bool read_floats(const thinc_model *m, int64_t node, const char *name, uint32_t rank, net_array *out, fault *f)
{
    const msg *p = node >= 0 ? msg_get(&m->params->items[node], name) : NULL, *shape = msg_get(p, "shape");
    str        type = msg_str(msg_get(p, "type")), data = msg_str(msg_get(p, "data"));
    if (!shape || shape->kind != MSG_ARRAY || shape->n != rank || !str_is(type, "<f4"))
        return fault_set(f, "%s: a parameter %s of 32-bit floats is missing", m->file, name);
    *out = (net_array){.type = NET_F32, .rank = rank, .shape = {1, 1, 1, 1}, .n = 1};
    for (uint32_t i = 0; i < rank; i++) {
        uint64_t size;
        if (!msg_uint(&shape->items[i], &size) || !size || size > data.n / out->n)
            return fault_set(f, "%s: a parameter %s has a wrong shape", m->file, name);
        out->shape[i] = (uint32_t)size;
        out->n *= size;
    }
    if (out->n * sizeof(float) != data.n) return fault_set(f, "%s: a parameter %s has a wrong shape", m->file, name);
    float *v = new_array(m->a, float, out->n); // in the message it is not aligned
    memcpy(v, data.p, data.n);
    out->data = v;
    return true;
}

static const char *part_name(const thinc_model *m, const char *part, const char *name)
{
    return arena_printf(m->a, "%s.%s", part, name).p;
}

// [outputs][inputs] to panels of NET_PANEL outputs; from_row(j) is the row of w that becomes output j.
static const float *pack_weight(arena *a, const float *w, const size_t *from_row, size_t outputs, size_t inputs)
{
    size_t padded = (outputs + NET_PANEL - 1) / NET_PANEL * NET_PANEL;
    float *v = new_array(a, float, padded *inputs);
    for (size_t j = 0; j < outputs; j++)
        for (size_t i = 0; i < inputs; i++)
            v[(j / NET_PANEL * inputs + i) * NET_PANEL + j % NET_PANEL] = w[from_row[j] * inputs + i];
    return v;
}

static void add_weight(const thinc_model *m, const char *part, const char *name, const float *w, const size_t *from_row,
                       size_t outputs, size_t inputs, net_writer *out)
{
    size_t panels = (outputs + NET_PANEL - 1) / NET_PANEL;
    net_writer_add(out, part_name(m, part, name), NET_F32, pack_weight(m->a, w, from_row, outputs, inputs), 3, panels, inputs,
                   (size_t)NET_PANEL);
}

static void add_floats(const thinc_model *m, const char *part, const char *name, const float *v, size_t n, net_writer *out)
{
    net_writer_add(out, part_name(m, part, name), NET_F32, v, 1, n);
}

// thinc stores a maxout's outputs unit by unit, its pieces side by side; ours are piece by piece.
static size_t *piecewise(arena *a, size_t units, size_t pieces)
{
    size_t *from = new_array(a, size_t, units * pieces);
    for (size_t p = 0; p < pieces; p++)
        for (size_t o = 0; o < units; o++) from[p * units + o] = o * pieces + p;
    return from;
}

static size_t *nodes_in_order(arena *a, size_t n)
{
    size_t *from = new_array(a, size_t, n);
    for (size_t i = 0; i < n; i++) from[i] = i;
    return from;
}

static float *reordered(arena *a, const float *v, const size_t *from, size_t n)
{
    float *out = new_array(a, float, n + NET_PANEL);
    for (size_t i = 0; i < n; i++) out[i] = v[from[i]];
    return out;
}

typedef struct {
    net_array w, b, gain, shift;
} maxout_block;

// The nth maxout in the file's order and the layer norm behind it.
static bool read_maxout(const thinc_model *m, int nth, maxout_block *b, fault *f)
{
    int64_t maxout = find_node(m, "maxout", nth), norm = find_node(m, "layernorm", nth);
    if (!read_floats(m, maxout, "W", 3, &b->w, f) || !read_floats(m, maxout, "b", 2, &b->b, f) ||
        !read_floats(m, norm, "G", 1, &b->gain, f) || !read_floats(m, norm, "b", 1, &b->shift, f))
        return false;
    bool fits =
        b->b.shape[0] == b->w.shape[0] && b->b.shape[1] == b->w.shape[1] && b->gain.n == b->w.shape[0] && b->shift.n == b->gain.n;
    return fits ? true : fault_set(f, "%s: layer %d has a wrong shape", m->file, nth);
}

// table[r][j] = sum over i of rows[r][i] mix[from[j]][first + i]: a column of the mixing matrix multiplied into the table.
static const float *fold_table(arena *a, const float *rows, size_t n, size_t width, const net_array *mix, size_t first,
                               const size_t *from)
{
    size_t  wide = (size_t)mix->shape[0] * mix->shape[1], inputs = mix->shape[2];
    float  *table = new_array(a, float, n *wide);
    double *column = new_array(a, double, width *wide), *sum = new_array(a, double, wide);
    for (size_t i = 0; i < width; i++)
        for (size_t j = 0; j < wide; j++) column[i * wide + j] = ((const float *)mix->data)[from[j] * inputs + first + i];
    for (size_t r = 0; r < n; r++) {
        for (size_t j = 0; j < wide; j++) sum[j] = 0;
        for (size_t i = 0; i < width; i++)
            for (size_t j = 0; j < wide; j++) sum[j] += rows[r * width + i] * column[i * wide + j];
        for (size_t j = 0; j < wide; j++) table[r * wide + j] = (float)sum[j];
    }
    return table;
}

static bool attribute_number(str name, uint32_t *out)
{
    static const struct {
        const char *name;
        uint32_t    number;
    } known[] = {{"ORTH", 65},   {"LOWER", 66},  {"NORM", 67},  {"SHAPE", 68},
                 {"PREFIX", 69}, {"SUFFIX", 70}, {"SPACY", 81}, {"IS_SPACE", 6}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_is(name, known[i].name)) return *out = known[i].number, true;
    return false;
}

// The hashed columns: which attribute, which seed, which table. Returns how many, 0 with a line.
static uint32_t import_columns(const thinc_model *m, const char *part, const maxout_block *mix, const size_t *from, net_writer *w,
                               fault *f)
{
    const msg *columns = NULL;
    int64_t    extract = find_node(m, "extract_features", 0);
    if (extract >= 0) columns = node_attr(m, extract, "columns");
    if (!columns || columns->kind != MSG_ARRAY || !columns->n || columns->n > NET_COLUMNS)
        return fault_set(f, "%s: no features, or more than %d", m->file, NET_COLUMNS), 0;
    uint32_t *attrs = new_array(m->a, uint32_t, columns->n), *seeds = new_array(m->a, uint32_t, columns->n);
    uint32_t  count = 0;
    for (int64_t node; (node = find_node(m, "hashembed", (int)count)) >= 0; count++) {
        net_array table;
        uint64_t  seed, column;
        if (!read_floats(m, node, "E", 2, &table, f)) return 0;
        if (count >= columns->n || !msg_uint(node_attr(m, node, "seed"), &seed) ||
            !msg_uint(node_attr(m, node, "column"), &column) || column != count || seed > UINT32_MAX ||
            table.shape[1] != mix->gain.n || (count + 1) * table.shape[1] > mix->w.shape[2])
            return fault_set(f, "%s: the embedding of feature %u is of a kind that is not implemented", m->file, count + 1), 0;
        str name = msg_str(msg_at(columns, count));
        if (!attribute_number(name, &attrs[count]))
            return fault_set(f, "%s: the feature %.*s is not implemented", m->file, (int)name.n, name.p), 0;
        seeds[count] = (uint32_t)seed;
        const float *folded = fold_table(m->a, table.data, table.shape[0], table.shape[1], &mix->w, count * table.shape[1], from);
        net_writer_add(w, arena_printf(m->a, "%s.table%u", part, count + 1).p, NET_F32, folded, 2, (size_t)table.shape[0],
                       (size_t)mix->w.shape[0] * mix->w.shape[1]);
    }
    net_writer_add(w, part_name(m, part, "attrs"), NET_U32, attrs, 1, (size_t)count);
    net_writer_add(w, part_name(m, part, "seeds"), NET_U32, seeds, 1, (size_t)count);
    return count;
}

// Word vectors go through a matrix of their own and then through theirs of the mixing layer.
static bool import_vectors(const thinc_model *m, const char *part, const net_array *vectors, const maxout_block *mix,
                           uint32_t columns, const size_t *from, net_writer *w, fault *f)
{
    int64_t node = find_node(m, "static_vectors", 0);
    size_t  width = mix->gain.n, first = columns * width, inputs = mix->w.shape[2];
    if (node < 0)
        return first == inputs ? true : fault_set(f, "%s: the mixing layer has inputs that are not implemented", m->file);
    net_array own;
    if (!read_floats(m, node, "W", 2, &own, f)) return false;
    const msg *attr = node_attr(m, node, "key_attr");
    if (attr && !str_is(msg_str(attr), "ORTH"))
        return fault_set(f, "%s: word vectors of another attribute are not implemented", m->file);
    if (!vectors) return fault_set(f, "%s: uses word vectors, but the pipeline has none", m->file);
    if (own.shape[0] != width || own.shape[1] != vectors->shape[1] || first + width != inputs)
        return fault_set(f, "%s: the word vectors' matrix has a wrong shape", m->file);
    // mix * own, one matrix for both steps: [wide, 1, vector width]
    size_t  wide = (size_t)mix->w.shape[0] * mix->w.shape[1], n = own.shape[1];
    float  *both = new_array(m->a, float, wide *n);
    double *sum = new_array(m->a, double, n);
    for (size_t j = 0; j < wide; j++) {
        for (size_t i = 0; i < n; i++) sum[i] = 0;
        for (size_t o = 0; o < width; o++)
            for (size_t i = 0; i < n; i++)
                sum[i] += (double)((const float *)mix->w.data)[j * inputs + first + o] * ((const float *)own.data)[o * n + i];
        for (size_t i = 0; i < n; i++) both[j * n + i] = (float)sum[i];
    }
    net_array    joined = {.shape = {mix->w.shape[0], mix->w.shape[1], (uint32_t)n, 1}, .data = both};
    const float *folded = fold_table(m->a, vectors->data, vectors->shape[0], n, &joined, 0, from);
    net_writer_add(w, part_name(m, part, "vectors"), NET_F32, folded, 2, (size_t)vectors->shape[0], wide);
    return true;
}

static bool import_layer(const thinc_model *m, const char *part, uint32_t number, size_t width, size_t pieces, net_writer *w,
                         fault *f)
{
    maxout_block b;
    if (!read_maxout(m, (int)number, &b, f)) return false;
    size_t   wide = width * pieces;
    int64_t  window = find_node(m, "expand_window", (int)number - 1);
    uint64_t size;
    if (b.w.shape[0] != width || b.w.shape[1] != pieces || b.w.shape[2] != 3 * width || window < 0 ||
        !msg_uint(node_attr(m, window, "window_size"), &size) || size != 1)
        return fault_set(f, "%s: encoder layer %u is of a kind that is not implemented", m->file, number);
    const char   *below = arena_printf(m->a, "%s.layer%u", part, number).p;
    const size_t *from = piecewise(m->a, width, pieces);
    add_weight(m, below, "weight", b.w.data, from, wide, 3 * width, w);
    add_floats(m, below, "bias", reordered(m->a, b.b.data, from, wide), wide, w);
    add_floats(m, below, "gain", b.gain.data, width, w);
    add_floats(m, below, "shift", b.shift.data, width, w);
    return true;
}

bool thinc_import_encoder(const thinc_model *m, const char *part, const net_array *vectors, net_writer *w, fault *f)
{
    maxout_block mix, first;
    if (!read_maxout(m, 0, &mix, f) || !read_maxout(m, 1, &first, f)) return false;
    uint32_t depth = 1;
    while (find_node(m, "maxout", (int)depth + 1) >= 0) depth++;
    size_t width = mix.gain.n, pieces = first.w.shape[1], mix_pieces = mix.w.shape[1], wide = width * mix_pieces;
    if (depth > NET_DEPTH || width % NET_PANEL || width > 1024 || pieces > 8 || mix_pieces > 8)
        return fault_set(f, "%s: an encoder of width %zu, %zu pieces and %u layers is not implemented", m->file, width, pieces,
                         depth);
    const size_t *from = piecewise(m->a, width, mix_pieces);
    uint32_t     *shape = new_array(m->a, uint32_t, 4);
    shape[0] = (uint32_t)width, shape[1] = depth, shape[2] = (uint32_t)pieces, shape[3] = (uint32_t)mix_pieces;
    net_writer_add(w, part_name(m, part, "shape"), NET_U32, shape, 1, (size_t)4);
    uint32_t columns = import_columns(m, part, &mix, from, w, f);
    if (!columns || !import_vectors(m, part, vectors, &mix, columns, from, w, f)) return false;
    add_floats(m, part, "mix.bias", reordered(m->a, mix.b.data, from, wide), wide, w);
    add_floats(m, part, "mix.gain", mix.gain.data, width, w);
    add_floats(m, part, "mix.shift", mix.shift.data, width, w);
    for (uint32_t l = 1; l <= depth; l++)
        if (!import_layer(m, part, l, width, pieces, w, f)) return false;
    return true;
}

// Slots' features and the bias: unit by unit, pieces side by side, to piece by piece, within each slot.
static size_t *slotwise(arena *a, size_t slots, size_t units, size_t pieces)
{
    size_t *from = new_array(a, size_t, slots * units * pieces), *one = piecewise(a, units, pieces);
    for (size_t s = 0; s < slots; s++)
        for (size_t j = 0; j < units * pieces; j++) from[s * units * pieces + j] = s * units * pieces + one[j];
    return from;
}

bool thinc_import_head(const thinc_model *m, const char *part, net_writer *w, fault *f)
{
    // The layer that scores the moves comes before the one that narrows the vectors.
    int64_t slots = find_node(m, "precomputable_affine", 0), moves = find_node(m, "linear", 0), down = find_node(m, "linear", 1);
    net_array sw, sb, pad, mw, mb, dw, db;
    if (!read_floats(m, slots, "W", 4, &sw, f) || !read_floats(m, slots, "b", 2, &sb, f) ||
        !read_floats(m, slots, "pad", 4, &pad, f) || !read_floats(m, moves, "W", 2, &mw, f) ||
        !read_floats(m, moves, "b", 1, &mb, f) || !read_floats(m, down, "W", 2, &dw, f) || !read_floats(m, down, "b", 1, &db, f))
        return false;
    size_t n = sw.shape[0], hidden = sw.shape[1], pieces = sw.shape[2], inner = sw.shape[3], row = n * hidden * pieces;
    if (sb.n != hidden * pieces || pad.n != row || mw.shape[1] != hidden || mb.n != mw.shape[0] || dw.shape[0] != inner ||
        db.n != inner || hidden % NET_PANEL || inner % NET_PANEL || n > NET_SLOTS || pieces > 8)
        return fault_set(f, "%s: its layers have shapes that are not implemented", m->file);
    size_t   *from = slotwise(m->a, n, hidden, pieces);
    uint32_t *shape = new_array(m->a, uint32_t, 6);
    shape[0] = dw.shape[1], shape[1] = (uint32_t)inner, shape[2] = (uint32_t)n, shape[3] = (uint32_t)hidden,
    shape[4] = (uint32_t)pieces;
    shape[5] = mw.shape[0];
    net_writer_add(w, part_name(m, part, "shape"), NET_U32, shape, 1, (size_t)6);
    add_weight(m, part, "down.weight", dw.data, nodes_in_order(m->a, inner), inner, dw.shape[1], w);
    add_floats(m, part, "down.bias", db.data, inner, w);
    add_weight(m, part, "slot.weight", sw.data, from, row, inner, w);
    add_floats(m, part, "slot.zero", new_array(m->a, float, row), row, w);
    add_floats(m, part, "missing", reordered(m->a, pad.data, from, row), row, w);
    add_floats(m, part, "bias", reordered(m->a, sb.data, from, hidden * pieces), hidden * pieces, w);
    add_weight(m, part, "move.weight", mw.data, nodes_in_order(m->a, mw.shape[0]), mw.shape[0], hidden, w);
    size_t padded = (mb.n + NET_PANEL - 1) / NET_PANEL * NET_PANEL;
    add_floats(m, part, "move.bias", reordered(m->a, mb.data, nodes_in_order(m->a, mb.n), mb.n), padded, w);
    return true;
}

bool thinc_import_softmax(const thinc_model *m, const char *part, uint32_t *outputs, net_writer *w, fault *f)
{
    int64_t   node = find_node(m, "softmax", 0);
    net_array weight, bias;
    if (!read_floats(m, node, "W", 2, &weight, f) || !read_floats(m, node, "b", 1, &bias, f)) return false;
    if (bias.n != weight.shape[0]) return fault_set(f, "%s: its softmax has a wrong shape", m->file);
    *outputs = weight.shape[0];
    add_weight(m, part, "weight", weight.data, nodes_in_order(m->a, bias.n), bias.n, weight.shape[1], w);
    size_t padded = (bias.n + NET_PANEL - 1) / NET_PANEL * NET_PANEL;
    add_floats(m, part, "bias", reordered(m->a, bias.data, nodes_in_order(m->a, bias.n), bias.n), padded, w);
    return true;
}

static size_t npy_number(str header, const char *after, size_t skip)
{
    ptrdiff_t at = str_find(header, str_of(after));
    size_t    n = 0;
    if (at < 0) return 0;
    size_t i = (size_t)at + strlen(after);
    for (; skip && i < header.n; i++) skip -= header.p[i] == ',';
    while (i < header.n && header.p[i] == ' ') i++;
    for (; i < header.n && header.p[i] >= '0' && header.p[i] <= '9' && n < 1u << 28; i++)
        n = n * 10 + (size_t)(header.p[i] - '0');
    return n;
}

bool thinc_npy(str bytes, const char *file, net_array *out, fault *f)
{
    if (bytes.n < 10 || memcmp(bytes.p, "\x93NUMPY\x01\x00", 8) != 0) return fault_set(f, "%s: not a NumPy array", file);
    size_t length = (uint8_t)bytes.p[8] | (size_t)(uint8_t)bytes.p[9] << 8;
    str    header = str_cut(bytes, 10, 10 + length), data = str_cut(bytes, 10 + length, bytes.n);
    size_t rows = npy_number(header, "'shape': (", 0), width = npy_number(header, "'shape': (", 1);
    if (str_find(header, STR("'<f4'")) < 0 || str_find(header, STR("'fortran_order': False")) < 0 ||
        data.n != rows * width * sizeof(float))
        return fault_set(f, "%s: not a table of 32-bit floats", file);
    *out = (net_array){
        .type = NET_F32, .rank = 2, .shape = {(uint32_t)rows, (uint32_t)width, 1, 1}, .n = rows * width, .data = data.p};
    return true;
}
