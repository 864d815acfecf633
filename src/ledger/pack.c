#include "ledger/pack.h"

#include "base/buf.h"
#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zdict.h>
#include <zstd.h>

enum { PACK_LEVEL = 3, PACK_MOST = 1 << 30, DICTIONARIES = 16, DICTIONARY_BYTES = 112 << 10 };
enum { FORM_PLAIN = 1, FORM_APART = 2 };

// What a value is, a byte each; above them an object of that shape.
enum {
    PACK_NULL,
    PACK_FALSE,
    PACK_TRUE,
    PACK_INT,
    PACK_NUMBER,
    PACK_STRING,
    PACK_WORDS,
    PACK_LIST,
    PACK_SPAN,
    PACK_NEW_SHAPE,
    PACK_TEXT,
    PACK_DAY,
    PACK_ID
};
enum { PACK_SHAPE = PACK_ID + 26, MOST_SHAPES = 256 - PACK_SHAPE, MOST_KEYS = 64, MOST_DEPTH = 32 };

struct packer {
    ZSTD_CCtx *compress;
    ZSTD_DCtx *expand;
    struct {
        uint32_t    number;
        ZSTD_CDict *compress;
        ZSTD_DDict *expand;
    } dictionaries[DICTIONARIES];
    size_t n;
};

packer *pack_open(void)
{
    packer *p = calloc(1, sizeof *p);
    if (p && (p->compress = ZSTD_createCCtx()) && (p->expand = ZSTD_createDCtx())) return p;
    pack_close(p);
    return NULL;
}

void pack_close(packer *p)
{
    if (!p) return;
    for (size_t i = 0; i < p->n; i++) ZSTD_freeCDict(p->dictionaries[i].compress), ZSTD_freeDDict(p->dictionaries[i].expand);
    ZSTD_freeCCtx(p->compress);
    ZSTD_freeDCtx(p->expand);
    free(p);
}

bool pack_add_dictionary(packer *p, uint32_t number, str bytes)
{
    if (p->n == DICTIONARIES) return false;
    ZSTD_CDict *compress = ZSTD_createCDict(bytes.p, bytes.n, PACK_LEVEL);
    ZSTD_DDict *expand = ZSTD_createDDict(bytes.p, bytes.n);
    p->dictionaries[p->n].number = number;
    p->dictionaries[p->n].compress = compress;
    p->dictionaries[p->n].expand = expand;
    p->n++;
    return compress && expand;
}

static size_t dictionary_at(const packer *p, uint32_t number)
{
    size_t i = 0;
    while (i < p->n && p->dictionaries[i].number != number) i++;
    return i;
}

bool pack_has_dictionary(const packer *p, uint32_t number) { return dictionary_at(p, number) < p->n; }

uint32_t pack_newest(const packer *p)
{
    uint32_t newest = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->dictionaries[i].number > newest) newest = p->dictionaries[i].number;
    return newest;
}

str pack_train(arena *a, const str *apart, size_t n)
{
    buf     all = {.a = a};
    size_t *sizes = new_array(a, size_t, n + 1);
    char   *to = new_array(a, char, DICTIONARY_BYTES);
    for (size_t i = 0; i < n; i++) buf_put(&all, apart[i]), sizes[i] = apart[i].n;
    size_t got = ZDICT_trainFromBuffer(to, DICTIONARY_BYTES, all.v, sizes, (unsigned)n);
    return ZDICT_isError(got) ? (str){0} : (str){to, got};
}

// --- numbers: 7 bits a byte, low ones first; signed ones folded ---

static void put_varint(buf *b, uint64_t v)
{
    for (; v >= 0x80; v >>= 7) buf_char(b, (char)(v | 0x80));
    buf_char(b, (char)v);
}

static void put_folded(buf *b, int64_t v) { put_varint(b, (uint64_t)v << 1 ^ (uint64_t)(v >> 63)); }

typedef struct {
    const char *p, *end;
    bool        bad;
} stream;

static uint64_t take_varint(stream *s)
{
    uint64_t v = 0;
    for (int shift = 0; shift < 64 && s->p < s->end; shift += 7) {
        unsigned char c = (unsigned char)*s->p++;
        v |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80) return v;
    }
    return s->bad = true, 0;
}

static int64_t take_folded(stream *s)
{
    uint64_t v = take_varint(s);
    return (int64_t)(v >> 1 ^ (0 - (v & 1)));
}

static str take_string(stream *s)
{
    const char *end = s->p < s->end ? memchr(s->p, 0, (size_t)(s->end - s->p)) : NULL;
    if (!end) return s->bad = true, (str){0};
    str v = {s->p, (size_t)(end - s->p)};
    s->p = end + 1;
    return v;
}

// --- shared by both directions: what the last values were, and the shapes of objects so far ---

typedef struct {
    str      keys[MOST_KEYS];
    uint32_t n;
} object_shape;

typedef struct {
    str             text; // of the report
    size_t          points;
    const uint32_t *byte; // of each code point, as in reading.h
    int64_t         start, day, ids[26];
    object_shape   *shapes;
    uint32_t        n_shapes;
} packing;

static void index_text(arena *a, packing *k)
{
    uint32_t *byte = NULL;
    k->points = 0;
    for (size_t i = 0; i < k->text.n; i++) k->points += ((unsigned char)k->text.p[i] & 0xc0) != 0x80;
    if (k->points != k->text.n) byte = new_array(a, uint32_t, k->points + 1);
    for (size_t i = 0, at = 0; byte && i < k->text.n; i++)
        if (((unsigned char)k->text.p[i] & 0xc0) != 0x80) byte[at++] = (uint32_t)i;
    if (byte) byte[k->points] = (uint32_t)k->text.n;
    k->byte = byte;
}

static str words_at(const packing *k, int64_t from, int64_t to)
{
    if (from < 0 || to < from || (uint64_t)to > k->points) return (str){0};
    return k->byte ? str_cut(k->text, k->byte[from], k->byte[to]) : str_cut(k->text, (size_t)from, (size_t)to);
}

// --- apart ---

typedef struct {
    packing k;
    arena  *a;
    buf     tags, numbers, strings;
    int     depth;
    bool    bad;
} apart_job;

static bool is_id(str s, int64_t *number)
{
    return s.n > 1 && s.n < 9 && s.p[0] >= 'a' && s.p[0] <= 'z' && s.p[1] >= '1' && s.p[1] <= '9' &&
           str_int(str_cut(s, 1, s.n), number);
}

static bool is_iso_day(str s, int64_t *day)
{
    char    back[16];
    int32_t d = s.n == 10 && s.p[4] == '-' ? day_parse(s) : DAY_NONE;
    if (d == DAY_NONE) return false;
    day_iso(d, back);
    return *day = d, str_is(s, back);
}

static void part_string(apart_job *j, str s, str words)
{
    int64_t v;
    if (s.n && str_eq(s, words)) buf_char(&j->tags, PACK_WORDS);
    else if (is_id(s, &v)) {
        int letter = s.p[0] - 'a';
        buf_char(&j->tags, (char)(PACK_ID + letter));
        put_folded(&j->numbers, v - j->k.ids[letter]);
        j->k.ids[letter] = v;
    } else if (is_iso_day(s, &v)) {
        buf_char(&j->tags, PACK_DAY);
        put_folded(&j->numbers, v - j->k.day);
        j->k.day = v;
    } else if (s.n && s.p == j->k.text.p) buf_char(&j->tags, PACK_TEXT);
    else {
        buf_char(&j->tags, PACK_STRING);
        buf_put(&j->strings, s);
        buf_char(&j->strings, 0);
        if (s.n && memchr(s.p, 0, s.n)) j->bad = true;
    }
}

static bool is_whole(str s, int64_t *v)
{
    return str_int(s, v) && s.n < 18 && s.p[0] != '+' && (s.p[0] != '0' || s.n == 1) &&
           !(s.p[0] == '-' && (s.n < 2 || s.p[1] == '0'));
}

static bool is_span(const js_value *v, int64_t *from, int64_t *to)
{
    return v->kind == JS_LIST && v->n == 2 && v->first->kind == JS_NUMBER && v->first->next->kind == JS_NUMBER &&
           is_whole(v->first->text, from) && is_whole(v->first->next->text, to);
}

static int shape_of_object(const packing *k, const js_value *object)
{
    for (uint32_t i = 0; i < k->n_shapes; i++) {
        const js_value *m = object->first;
        uint32_t        at = 0;
        if (k->shapes[i].n != object->n) continue;
        while (m && str_eq(m->key, k->shapes[i].keys[at])) m = m->next, at++;
        if (!m) return (int)i;
    }
    return -1;
}

static void part_value(apart_job *j, const js_value *v, str words);

static void part_object(apart_job *j, const js_value *v)
{
    int     shape = shape_of_object(&j->k, v);
    int64_t from, to;
    str     words = {0};
    if (shape >= 0) buf_char(&j->tags, (char)(PACK_SHAPE + shape));
    else if (j->k.n_shapes == MOST_SHAPES || v->n > MOST_KEYS) j->bad = true;
    else {
        object_shape *s = &j->k.shapes[j->k.n_shapes++];
        buf_char(&j->tags, PACK_NEW_SHAPE);
        put_varint(&j->tags, v->n);
        for (const js_value *m = v->first; m; m = m->next) {
            s->keys[s->n++] = m->key;
            buf_put(&j->strings, m->key);
            buf_char(&j->strings, 0);
            if (m->key.n && memchr(m->key.p, 0, m->key.n)) j->bad = true;
        }
    }
    for (const js_value *m = v->first; m && !j->bad; m = m->next) {
        part_value(j, m, words);
        if (str_is(m->key, "at") && is_span(m, &from, &to)) words = words_at(&j->k, from, to);
    }
}

static void part_value(apart_job *j, const js_value *v, str words)
{
    int64_t from, to;
    if (j->bad || ++j->depth > MOST_DEPTH) {
        j->bad = true;
        return;
    }
    switch (v->kind) {
    case JS_NULL: buf_char(&j->tags, PACK_NULL); break;
    case JS_FALSE: buf_char(&j->tags, PACK_FALSE); break;
    case JS_TRUE: buf_char(&j->tags, PACK_TRUE); break;
    case JS_NUMBER:
        buf_char(&j->tags, is_whole(v->text, &from) ? PACK_INT : PACK_NUMBER);
        if (is_whole(v->text, &from)) put_folded(&j->numbers, from);
        else buf_put(&j->strings, v->text), buf_char(&j->strings, 0);
        break;
    case JS_STRING: part_string(j, v->text, words); break;
    case JS_LIST:
        if (is_span(v, &from, &to)) {
            buf_char(&j->tags, PACK_SPAN);
            put_folded(&j->numbers, from - j->k.start);
            put_folded(&j->numbers, to - from);
            j->k.start = from;
            break;
        }
        buf_char(&j->tags, PACK_LIST);
        put_varint(&j->tags, v->n);
        for (const js_value *m = v->first; m; m = m->next) part_value(j, m, (str){0});
        break;
    case JS_OBJECT: part_object(j, v); break;
    }
    j->depth--;
}

static bool join_apart(arena *a, str apart, str *out);

str pack_apart(arena *a, str record, const js_value *tree)
{
    apart_job *j = new (a, apart_job);
    buf        out = {.a = a};
    str        back;
    j->a = a, j->tags.a = j->numbers.a = j->strings.a = a;
    j->k.text = js_string(js_get(js_get(tree, "report"), "text"));
    j->k.shapes = new_array(a, object_shape, MOST_SHAPES);
    index_text(a, &j->k);
    part_value(j, tree, (str){0});
    if (j->bad) return (str){0};
    put_varint(&out, j->k.text.n);
    put_varint(&out, j->strings.n);
    put_varint(&out, j->numbers.n);
    buf_put(&out, j->k.text);
    buf_put(&out, buf_str(&j->strings));
    buf_put(&out, buf_str(&j->numbers));
    buf_put(&out, buf_str(&j->tags));
    return join_apart(a, buf_str(&out), &back) && str_eq(back, str_trim(record)) ? buf_str(&out) : (str){0};
}

// --- together ---

typedef struct {
    packing k;
    stream  tags, numbers, strings;
    buf     out;
    int     depth;
} together_job;

static void join_value(together_job *j, str words, int64_t *from, int64_t *to);

static void join_object(together_job *j, const object_shape *shape)
{
    int64_t from, to;
    str     words = {0};
    js_open(&j->out, '{');
    for (uint32_t i = 0; i < shape->n && !j->tags.bad; i++) {
        js_str(&j->out, shape->keys[i]);
        buf_char(&j->out, ':');
        j->out.comma = false;
        from = to = -1;
        join_value(j, words, &from, &to);
        if (str_is(shape->keys[i], "at") && from >= 0) words = words_at(&j->k, from, to);
    }
    js_close(&j->out, '}');
}

static const object_shape *join_shape(together_job *j)
{
    uint64_t n = take_varint(&j->tags);
    if (n > MOST_KEYS || j->k.n_shapes == MOST_SHAPES) return j->tags.bad = true, NULL;
    object_shape *s = &j->k.shapes[j->k.n_shapes++];
    while (s->n < n) s->keys[s->n++] = take_string(&j->strings);
    return s;
}

static void join_span(together_job *j, int64_t *from, int64_t *to)
{
    *from = j->k.start + take_folded(&j->numbers);
    *to = *from + take_folded(&j->numbers);
    j->k.start = *from;
    js_open(&j->out, '[');
    js_int(&j->out, *from);
    js_int(&j->out, *to);
    js_close(&j->out, ']');
}

static void join_id(together_job *j, int letter)
{
    char id[32];
    j->k.ids[letter] += take_folded(&j->numbers);
    snprintf(id, sizeof id, "%c%lld", 'a' + letter, (long long)j->k.ids[letter]);
    js_text(&j->out, id);
}

static void join_day(together_job *j)
{
    char iso[16];
    j->k.day += take_folded(&j->numbers);
    if (j->k.day < -1000000 || j->k.day > 10000000) j->tags.bad = true;
    day_iso(j->tags.bad ? 0 : (int32_t)j->k.day, iso);
    js_text(&j->out, iso);
}

static void join_raw(together_job *j)
{
    str number = take_string(&j->strings);
    if (j->out.comma) buf_char(&j->out, ',');
    buf_put(&j->out, number);
    j->out.comma = true;
}

static void join_list(together_job *j)
{
    int64_t from, to;
    js_open(&j->out, '[');
    for (uint64_t n = take_varint(&j->tags); n > 0 && !j->tags.bad; n--) join_value(j, (str){0}, &from, &to);
    js_close(&j->out, ']');
}

static void join_value(together_job *j, str words, int64_t *from, int64_t *to)
{
    if (j->tags.p == j->tags.end || j->strings.bad || j->numbers.bad || ++j->depth > MOST_DEPTH) {
        j->tags.bad = true;
        return;
    }
    int tag = (unsigned char)*j->tags.p++;
    switch (tag) {
    case PACK_NULL: js_null(&j->out); break;
    case PACK_FALSE: js_bool(&j->out, false); break;
    case PACK_TRUE: js_bool(&j->out, true); break;
    case PACK_INT: js_int(&j->out, take_folded(&j->numbers)); break;
    case PACK_NUMBER: join_raw(j); break;
    case PACK_STRING: js_str(&j->out, take_string(&j->strings)); break;
    case PACK_WORDS: js_str(&j->out, words); break;
    case PACK_TEXT: js_str(&j->out, j->k.text); break;
    case PACK_LIST: join_list(j); break;
    case PACK_SPAN: join_span(j, from, to); break;
    case PACK_DAY: join_day(j); break;
    case PACK_NEW_SHAPE: {
        const object_shape *s = join_shape(j);
        if (s) join_object(j, s);
        break;
    }
    default:
        if (tag < PACK_SHAPE) join_id(j, tag - PACK_ID);
        else if ((uint32_t)(tag - PACK_SHAPE) < j->k.n_shapes) join_object(j, &j->k.shapes[tag - PACK_SHAPE]);
        else j->tags.bad = true;
    }
    j->depth--;
}

static bool join_apart(arena *a, str apart, str *out)
{
    together_job *j = new (a, together_job);
    stream        head = {apart.p, apart.p + apart.n, false};
    uint64_t      text = take_varint(&head), strings = take_varint(&head), numbers = take_varint(&head),
             left = (uint64_t)(head.end - head.p);
    int64_t from, to;
    if (head.bad || text > left || strings > left - text || numbers > left - text - strings) return false;
    j->k.text = (str){head.p, text};
    j->strings = (stream){head.p + text, head.p + text + strings, false};
    j->numbers = (stream){j->strings.end, j->strings.end + numbers, false};
    j->tags = (stream){j->numbers.end, head.end, false};
    j->k.shapes = new_array(a, object_shape, MOST_SHAPES);
    j->out.a = a;
    index_text(a, &j->k);
    join_value(j, (str){0}, &from, &to);
    *out = buf_str(&j->out);
    return !j->tags.bad && !j->numbers.bad && !j->strings.bad && j->tags.p == j->tags.end;
}

// --- packed: a byte for the form, the dictionary's number, a frame of zstd ---

str pack(packer *p, arena *a, str record, const js_value *tree)
{
    uint32_t number = pack_newest(p);
    str      apart = pack_apart(a, record, tree);
    buf      out = {.a = a};
    buf_char(&out, apart.n ? FORM_APART : FORM_PLAIN);
    put_varint(&out, number);
    if (!apart.n) apart = str_trim(record);
    size_t room = ZSTD_compressBound(apart.n), n;
    char  *to = new_array(a, char, room);
    if (number)
        n = ZSTD_compress_usingCDict(p->compress, to, room, apart.p, apart.n, p->dictionaries[dictionary_at(p, number)].compress);
    else n = ZSTD_compressCCtx(p->compress, to, room, apart.p, apart.n, PACK_LEVEL);
    buf_put(&out, (str){to, n});
    return buf_str(&out);
}

uint32_t pack_dictionary(str packed)
{
    stream s = {packed.p + (packed.n > 0), packed.p + packed.n, false};
    return (uint32_t)take_varint(&s);
}

bool unpack(packer *p, arena *a, str packed, str *out, fault *f)
{
    stream   s = {packed.p + (packed.n > 0), packed.p + packed.n, false};
    uint32_t number = (uint32_t)take_varint(&s);
    size_t   left = (size_t)(s.end - s.p), got, at = dictionary_at(p, number);
    if (s.bad || (number && at == p->n)) return fault_set(f, "a record is damaged");
    unsigned long long n = ZSTD_getFrameContentSize(s.p, left);
    if (n > PACK_MOST) return fault_set(f, "a record is damaged");
    char *to = new_array(a, char, n + 1);
    if (number) got = ZSTD_decompress_usingDDict(p->expand, to, n, s.p, left, p->dictionaries[at].expand);
    else got = ZSTD_decompressDCtx(p->expand, to, n, s.p, left);
    if (got != n) return fault_set(f, "a record is damaged");
    *out = (str){to, n};
    return packed.p[0] == FORM_PLAIN || (packed.p[0] == FORM_APART && join_apart(a, *out, out)) ||
           fault_set(f, "a record is damaged");
}
