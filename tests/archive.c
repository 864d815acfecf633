// archive.c — archives made here, sound and damaged, and what is read of them: a line a record ("place type uri status bytes")
// and a line a damage ("! place what"). With a folder as its argument it writes the archives there instead, as seeds.

#include "archive/archive.h"
#include "base/sha256.h"

#include <lz4frame.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <zlib.h>
#include <zstd.h>

typedef struct {
    char  *v;
    size_t n, cap;
} bytes;

static int         passed, failed;
static const char *seed_folder;

static void put(bytes *b, const void *v, size_t n)
{
    while (b->n + n + 1 > b->cap) b->v = realloc(b->v, b->cap = b->cap ? 2 * b->cap : 4096);
    if (!b->v) abort();
    if (n) memcpy(b->v + b->n, v, n);
    b->n += n;
    b->v[b->n] = 0;
}

// The archives that the tests make are kept to the end; what the reader takes must be given back.
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:^put$\nleak:^packed_zlib$\nleak:^zstd_packed$\nleak:^lz4_packed$\nleak:^dictionary_archive$\n";
}

static void put_text(bytes *b, const char *s) { put(b, s, strlen(s)); }

static bytes joined(bytes x, bytes y) { return put(&x, y.v, y.n), x; }

static bytes packed_zlib(bytes raw, int bits)
{
    z_stream z = {0};
    bytes    out = {malloc(raw.n + 1000), 0, raw.n + 1000};
    if (!out.v || deflateInit2(&z, 9, Z_DEFLATED, bits, 9, Z_DEFAULT_STRATEGY) != Z_OK) abort();
    z.next_in = (Bytef *)raw.v, z.avail_in = (uInt)raw.n;
    z.next_out = (Bytef *)out.v, z.avail_out = (uInt)out.cap - 1;
    if (deflate(&z, Z_FINISH) != Z_STREAM_END) abort();
    out.n = z.total_out;
    deflateEnd(&z);
    return out;
}

static bytes gzipped(bytes raw) { return packed_zlib(raw, 31); }

static bytes zstd_packed(bytes raw)
{
    bytes out = {malloc(ZSTD_compressBound(raw.n)), 0, ZSTD_compressBound(raw.n)};
    out.n = ZSTD_compress(out.v, out.cap, raw.v, raw.n, 3);
    return out;
}

static bytes lz4_packed(bytes raw)
{
    bytes out = {malloc(LZ4F_compressFrameBound(raw.n, NULL)), 0, LZ4F_compressFrameBound(raw.n, NULL)};
    out.n = LZ4F_compressFrame(out.v, out.cap, raw.v, raw.n, NULL);
    return out;
}

// A WARC record; `length`: what is written, NULL: the right one.
static bytes record(const char *type, const char *uri, const char *mime, bytes block, const char *length)
{
    bytes b = {0};
    char  head[600], right[24];
    snprintf(right, sizeof right, "%zu", block.n);
    snprintf(head, sizeof head,
             "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-25T12:00:00Z\r\nContent-Type: "
             "%s\r\nContent-Length: %s\r\n\r\n",
             type, uri, mime, length ? length : right);
    put_text(&b, head);
    put(&b, block.v, block.n);
    put_text(&b, "\r\n\r\n");
    return b;
}

static bytes text_of(const char *s)
{
    bytes b = {0};
    put_text(&b, s);
    return b;
}

// A response with a page about a ferry; `fields`: further lines of the HTTP header.
static bytes response(const char *uri, const char *fields, bytes body)
{
    bytes b = text_of("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n");
    put_text(&b, fields);
    put_text(&b, "\r\n");
    return record("response", uri, "application/http; msgtype=response", joined(b, body), NULL);
}

static const char page[] = "<p>The ferry to Norrey left at noon with forty aboard, the harbour master said.</p>";

static bytes page_record(const char *uri) { return response(uri, "", text_of(page)); }

static bytes arc_record(const char *uri, const char *length)
{
    bytes b = {0}, block = text_of("HTTP/1.0 200 OK\nContent-Type: text/html\n\n");
    char  head[200], right[24];
    put_text(&block, page);
    snprintf(right, sizeof right, "%zu", block.n);
    snprintf(head, sizeof head, "%s 192.0.2.7 20240525120000 text/html %s\n", uri, length ? length : right);
    put_text(&b, head);
    put(&b, block.v, block.n);
    put_text(&b, "\n");
    return b;
}

// --- reading ---

typedef struct {
    bytes    file, out;
    bool     pipe;
    uint64_t next;
} reading;

static ptrdiff_t read_some(void *with, uint64_t offset, void *to, size_t n)
{
    reading *r = with;
    if (r->pipe && offset != r->next) return -1;
    if (offset >= r->file.n) return 0;
    if (n > r->file.n - offset) n = r->file.n - (size_t)offset;
    memcpy(to, r->file.v + offset, n);
    r->next = offset + n;
    return (ptrdiff_t)n;
}

static void put_place(bytes *out, archive_place at)
{
    char s[48];
    snprintf(s, sizeof s, at.inner ? "%llu+%llu" : "%llu", (unsigned long long)at.member, (unsigned long long)at.inner);
    put_text(out, s);
}

static void note_damage(void *with, archive_place at, const char *what)
{
    reading *r = with;
    put_text(&r->out, "! ");
    put_place(&r->out, at);
    put_text(&r->out, " ");
    put_text(&r->out, what);
    put_text(&r->out, "\n");
}

typedef struct {
    uint64_t n;
    char     head[64];
} payload;

static bool take_payload(void *with, str piece)
{
    payload *p = with;
    for (size_t i = 0; i < piece.n && p->n + i < sizeof p->head - 1; i++) p->head[p->n + i] = piece.p[i];
    p->n += piece.n;
    return true;
}

static void list(reading *r, archive_place start)
{
    archive       *w = archive_open(&(archive_source){read_some, note_damage, r}, start);
    archive_record rec;
    char           line[200];
    while (archive_next(w, &rec)) {
        payload p = {0};
        archive_payload(w, take_payload, &p);
        put_place(&r->out, rec.at);
        snprintf(line, sizeof line, " %.*s %.*s %d %llu%s%s%s\n", (int)rec.type.n, rec.type.p, (int)rec.uri.n, rec.uri.p,
                 rec.status, (unsigned long long)p.n,
                 rec.use == ARCHIVE_PAGE   ? " page"
                 : rec.use == ARCHIVE_TEXT ? " text"
                                           : "",
                 archive_note(w)[0] ? " | " : "", archive_note(w));
        put_text(&r->out, line);
    }
    if (archive_failed(w)) put_text(&r->out, archive_failed(w));
    archive_close(w);
}

static void write_seed(const char *name, bytes file)
{
    char  path[400];
    FILE *out;
    snprintf(path, sizeof path, "%s/%s", seed_folder, name);
    for (char *c = path + strlen(seed_folder) + 1; *c; c++)
        if (*c == ' ' || *c == '/') *c = '-';
    if (!(out = fopen(path, "wb"))) return;
    fputc(0, out); // the fuzz target's first byte: a file that can go back
    fwrite(file.v, 1, file.n, out);
    fclose(out);
}

static void expect_from(const char *name, bytes file, archive_place start, const char *wanted)
{
    if (seed_folder) {
        write_seed(name, file);
        return;
    }
    reading r = {.file = file};
    put_text(&r.out, "");
    list(&r, start);
    if (!strcmp(r.out.v, wanted)) passed++;
    else failed++, printf("%s: got\n%sexpected\n%s", name, r.out.v, wanted);
    free(r.out.v);
}

static void expect(const char *name, bytes file, const char *wanted) { expect_from(name, file, (archive_place){0, 0}, wanted); }

// Damage is told or not, and reading ends like this.
static void expect_last(const char *name, bytes file, const char *last, bool damage)
{
    reading r = {.file = file};
    if (seed_folder) {
        write_seed(name, file);
        return;
    }
    put_text(&r.out, "\n");
    list(&r, (archive_place){0, 0});
    bool good =
        (strstr(r.out.v, "\n! ") != NULL) == damage && r.out.n > strlen(last) && !strcmp(r.out.v + r.out.n - strlen(last), last);
    good ? passed++ : (failed++, printf("%s: got%sexpected at the end%s", name, r.out.v, last));
    free(r.out.v);
}

// Three pages with something between the first two; each packed by itself, or not.
static bytes three(bytes (*pack)(bytes), const char *junk)
{
    bytes b = {0};
    for (int i = 0; i < 3; i++) {
        char uri[40];
        snprintf(uri, sizeof uri, "http://example.com/%d", i);
        bytes one = page_record(uri);
        b = joined(b, pack ? pack(one) : one);
        if (!i) put_text(&b, junk);
    }
    return b;
}

static void test_kinds(void)
{
    expect("plain", three(NULL, ""),
           "0 response http://example.com/0 200 83 page\n307 response http://example.com/1 200 83 page\n"
           "614 response http://example.com/2 200 83 page\n");
    bytes all = three(NULL, "");
    expect("one gzip member for all", gzipped(all),
           "0 response http://example.com/0 200 83 page\n0+307 response http://example.com/1 200 83 page\n"
           "0+614 response http://example.com/2 200 83 page\n");
    expect_from("begun in the middle", gzipped(all), (archive_place){0, 307},
                "0+307 response http://example.com/1 200 83 page\n0+614 response http://example.com/2 200 83 page\n");
    bytes text = record("conversion", "http://example.com/t", "text/plain", text_of("The ferry left.\n"), NULL);
    expect("WET", text, "0 conversion http://example.com/t -1 16 text\n");
    expect("brackets round the address", record("resource", "<http://example.com/a b>", "image/png", text_of("x"), NULL),
           "0 resource http://example.com/a b -1 1\n");
    bytes arc = joined(arc_record("http://example.com/a b", NULL), arc_record("dns:example.com", NULL));
    expect("ARC", arc, "0 ARC http://example.com/a b 200 83 page\n187 ARC dns:example.com 200 83 page\n");
    expect("nothing", (bytes){0}, "");
    expect("empty gzip member", gzipped(text_of("")), "");
    expect("no archive", text_of("Dear editor, the ferry was late again.\n"),
           "! 0 39 bytes that are no record\n! 0 no web archive\n");
    expect("gzip of something else", gzipped(text_of("the ferry")), "! 0 9 bytes that are no record\n! 0 no web archive\n");
}

// The same three records whatever they are packed in.
static void test_packings(void)
{
    struct {
        const char *name;
        bytes (*pack)(bytes);
    } packings[] = {{"gzip", gzipped}, {"zstd", zstd_packed}, {"lz4", lz4_packed}};
    for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
        char  wanted[400];
        bytes one = packings[i].pack(page_record("http://example.com/0")),
              two = packings[i].pack(page_record("http://example.com/1"));
        snprintf(wanted, sizeof wanted,
                 "0 response http://example.com/0 200 83 page\n%zu response http://example.com/1 200 83 page\n"
                 "%zu response http://example.com/2 200 83 page\n",
                 one.n, one.n + two.n);
        expect(packings[i].name, three(packings[i].pack, ""), wanted);
    }
}

// zstd frames that need the dictionary at the file's beginning.
static bytes dictionary_archive(bool packed)
{
    bytes words = text_of("WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\nHTTP/1.1 200 "
                          "OK\r\nThe ferry to Norrey left at noon");
    bytes dictionary = packed ? zstd_packed(words) : words, b = {0};
    unsigned char head[8] = {0x5d, 0x2a, 0x4d, 0x18, (unsigned char)dictionary.n, (unsigned char)(dictionary.n >> 8)};
    ZSTD_CCtx    *c = ZSTD_createCCtx();
    put(&b, head, sizeof head);
    put(&b, dictionary.v, dictionary.n);
    for (int i = 0; i < 2; i++) {
        bytes raw = page_record(i ? "http://example.com/1" : "http://example.com/0"), out = {malloc(2000), 0, 2000};
        out.n = ZSTD_compress_usingDict(c, out.v, out.cap, raw.v, raw.n, words.v, words.n, 3);
        put(&b, out.v, out.n);
    }
    ZSTD_freeCCtx(c);
    return b;
}

static void test_dictionary(void)
{
    for (int packed = 0; packed < 2; packed++) {
        bytes b = dictionary_archive(packed);
        expect_last("zstd with a dictionary", b, "response http://example.com/1 200 83 page\n", false);
    }
    bytes  hurt = dictionary_archive(false);
    size_t at = hurt.n;
    while (memcmp(hurt.v + --at, "\x28\xb5\x2f\xfd", 4)) {}
    hurt.v[at + 4] |= 0x08; // a flag that is reserved: the frame breaks before anything of it is used
    expect_last("a frame that breaks at once", hurt, "zstd frame data damaged\n", true);
    bytes  b = dictionary_archive(false);
    size_t first = 8 + (size_t)(unsigned char)b.v[4], second = first + 4;
    while (memcmp(b.v + second, b.v + first, 4)) second++;
    char wanted[80];
    snprintf(wanted, sizeof wanted, "%zu response http://example.com/1 200 83 page\n", second);
    expect_from("zstd with a dictionary, from the middle", b, (archive_place){second, 0}, wanted);
}

static bytes chunked(bytes body, size_t size, const char *end)
{
    bytes b = {0};
    char  line[40];
    for (size_t i = 0; i < body.n; i += size) {
        size_t n = body.n - i < size ? body.n - i : size;
        snprintf(line, sizeof line, "%zx;a=b\r\n", n);
        put_text(&b, line);
        put(&b, body.v + i, n);
        put_text(&b, "\r\n");
    }
    put_text(&b, end);
    return b;
}

static void expect_body(const char *name, const char *fields, bytes body, const char *wanted)
{
    char line[200];
    snprintf(line, sizeof line, "0 response http://example.com/ 200 %s\n", wanted);
    expect(name, response("http://example.com/", fields, body), line);
}

static void test_codings(void)
{
    static const char brotli[] = "\x0b\x07\x80the ferry left\x0a\x03"; // stored
    bytes             body = text_of(page);
    expect_body("chunks", "Transfer-Encoding: chunked\r\n", chunked(body, 7, "0\r\nX-Sum: 1\r\n\r\n"), "83 page");
    expect_body("last chunk missing", "Transfer-Encoding: chunked\r\n", chunked(body, 7, ""), "83 page | last chunk missing");
    expect_body("no chunks", "Transfer-Encoding: chunked\r\n", body, "83 page | chunked declared, body is not");
    expect_body("gzip", "content-encoding: X-GZIP\r\n", gzipped(body), "83 page");
    expect_body("gzip in chunks", "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
                chunked(gzipped(body), 1, "0\r\n\r\n"), "83 page");
    expect_body("gzip twice", "Content-Encoding: gzip, gzip\r\n", gzipped(gzipped(body)), "83 page");
    expect_body("gzip and zlib", "Content-Encoding: deflate, gzip\r\n", gzipped(packed_zlib(body, 15)), "83 page");
    expect_body("raw deflate", "Content-Encoding: deflate\r\n", packed_zlib(body, -15), "83 page");
    expect_body("zstd coding", "Content-Encoding: zstd\r\n", zstd_packed(body), "83 page");
    expect_body("brotli", "Content-Encoding: br\r\n", (bytes){(char *)(uintptr_t)brotli, sizeof brotli - 1, 0}, "15 page");
    expect_body("no gzip", "Content-Encoding: gzip\r\n", body, "83 page | gzip declared, body is not");
    expect_body("no deflate", "Content-Encoding: deflate\r\n", body, "83 page | deflate declared, body is not");
    expect_body("no brotli", "Content-Encoding: br\r\n", body, "83 page | br declared, body is not");
    expect_body("unknown coding", "Content-Encoding: sdch\r\n", body, "83 page | unknown content coding");
    expect_body("decoded by the crawler", "X-Crawler-Content-Encoding: gzip\r\n", body, "83 page");
    expect_body("empty gzip", "Content-Encoding: gzip\r\n", text_of(""), "0 page");
    bytes cut = gzipped(body);
    cut.n -= 8;
    expect_body("gzip cut off", "Content-Encoding: gzip\r\n", cut, "83 page | content coding cut off");
    bytes longer = text_of("7\r\n<p>The \r\n9\r\nferry");
    expect_body("chunk longer than what there is", "Transfer-Encoding: chunked\r\n", longer, "12 page | last chunk cut off");
}

static void test_damage(void)
{
    bytes file = three(NULL, "<html>Bad gateway</html>\r\n");
    expect("junk between", file,
           "0 response http://example.com/0 200 83 page\n! 307 26 bytes that are no record\n"
           "333 response http://example.com/1 200 83 page\n640 response http://example.com/2 200 83 page\n");
    file = three(NULL, "");
    memset((put(&file, "\0\0\0\0", 4), file.v + file.n - 4), 0, 4);
    expect("padding", file,
           "0 response http://example.com/0 200 83 page\n307 response http://example.com/1 200 83 page\n"
           "614 response http://example.com/2 200 83 page\n");
    file.n = 700;
    expect("cut off in the header", file,
           "0 response http://example.com/0 200 83 page\n307 response http://example.com/1 200 83 page\n! 614 the header has no "
           "end\n");
    file.n = 880;
    expect("cut off in the block", file,
           "0 response http://example.com/0 200 83 page\n307 response http://example.com/1 200 83 page\n"
           "! 614 cut off: 37 of 127 bytes of the block are missing\n"
           "614 response http://example.com/2 200 46 page | cut off: 37 of 127 bytes of the block are missing\n");
    bytes one = gzipped(page_record("http://example.com/0"));
    file = three(gzipped, "");
    file.v[one.n + 60] ^= 4;
    char last[120];
    snprintf(last, sizeof last, "\n%zu response http://example.com/2 200 83 page\n",
             one.n + gzipped(page_record("http://example.com/1")).n);
    expect_last("one bit wrong", file, last, true);
}

static void test_lengths(void)
{
    static const struct {
        const char *length, *wanted;
    } cases[] = {
        {"12", "0 resource http://example.com/a -1 12\n! 163 12 bytes that are no record\n"},
        {"31", "! 0 length 31 is wrong: the next record begins after 24 bytes\n"
               "0 resource http://example.com/a -1 20 | length 31 is wrong: the next record begins after 24 bytes\n"},
        {"24", "0 resource http://example.com/a -1 24\n"},
        {"22", "0 resource http://example.com/a -1 22\n"},
        {"-5",
         "! 0 no length, or none that can be: the block is taken up to the next record\n"
         "0 resource http://example.com/a -1 20 | no length, or none that can be: the block is taken up to the next record\n"},
        {"99999999999999999999999",
         "! 0 no length, or none that can be: the block is taken up to the next record\n"
         "0 resource http://example.com/a -1 20 | no length, or none that can be: the block is taken up to the next record\n"},
        {"many",
         "! 0 no length, or none that can be: the block is taken up to the next record\n"
         "0 resource http://example.com/a -1 20 | no length, or none that can be: the block is taken up to the next record\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char  name[80], wanted[600];
        bytes a = record("resource", "http://example.com/a", "text/plain", text_of("The ferry is late.\r\n"), cases[i].length);
        bytes b = page_record("http://example.com/b");
        snprintf(name, sizeof name, "length %s", cases[i].length);
        snprintf(wanted, sizeof wanted, "%s%zu response http://example.com/b 200 83 page\n", cases[i].wanted, a.n);
        expect(name, joined(a, b), wanted);
    }
    bytes arc = joined(joined(arc_record("http://example.com/a", "-1"), arc_record("http://example.com/b", "abc")),
                       arc_record("http://example.com/c", NULL));
    expect("ARC lengths", arc,
           "! 0 no length, or none that can be: the block is taken up to the next record\n"
           "0 ARC http://example.com/a 200 83 page | no length, or none that can be: the block is taken up to the next record\n"
           "! 184 no length, or none that can be: the block is taken up to the next record\n"
           "184 ARC http://example.com/b 200 83 page | no length, or none that can be: the block is taken up to the next record\n"
           "369 ARC http://example.com/c 200 83 page\n");
}

// --- made to be expensive ---

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void expect_cheap(const char *name, bytes file, bool pipe, const char *part)
{
    enum { MOST_SECONDS = 30, MOST_MIB = 700 };
    struct rusage use;
    reading       r = {.file = file, .pipe = pipe};
    double        begin = now();
    if (seed_folder) return;
    put_text(&r.out, "");
    list(&r, (archive_place){0, 0});
    getrusage(RUSAGE_SELF, &use);
    const char *patience = getenv("PATIENCE"); // with sanitizers all takes longer, and much more memory
    bool cheap = patience ? now() - begin < atof(patience) : now() - begin < MOST_SECONDS && use.ru_maxrss >> 10 < MOST_MIB;
    bool good = strstr(r.out.v, part) && cheap;
    good ? passed++ : (failed++, printf("%s: %.1f s, %ld MiB:\n%.300s\n", name, now() - begin, use.ru_maxrss >> 10, r.out.v));
    free(r.out.v);
}

// Zeros packed very small: a megabyte's deflate block so many times over.
static bytes gzipped_zeros(size_t megabytes)
{
    enum { MEGABYTE = 1 << 20 };
    z_stream z = {0};
    bytes    zeros = {calloc(1, MEGABYTE), MEGABYTE, 0}, block = {malloc(1 << 16), 0, 1 << 16}, out = {0};
    uLong    crc = crc32(0, (Bytef *)zeros.v, MEGABYTE), all = 0;
    deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)zeros.v, z.avail_in = MEGABYTE;
    z.next_out = (Bytef *)block.v, z.avail_out = (uInt)block.cap;
    deflate(&z, Z_FULL_FLUSH);
    put(&out, "\x1f\x8b\x08\0\0\0\0\0\0\3", 10);
    for (size_t i = 0; i < megabytes; i++) put(&out, block.v, z.total_out), all = crc32_combine(all, crc, MEGABYTE);
    put(&out, "\3\0", 2);
    uint32_t end[2] = {(uint32_t)all, (uint32_t)(megabytes << 20)};
    put(&out, end, sizeof end);
    deflateEnd(&z);
    free(zeros.v), free(block.v);
    return out;
}

static void test_expense(void)
{
    enum { MANY = 30000 };
    bytes many = {0}, tiny = {0};
    expect_cheap("a gigabyte of zeros", gzipped_zeros(1024), false, "no web archive");
    bytes bomb = gzipped(response("http://example.com/", "Content-Encoding: gzip\r\n", gzipped_zeros(1024)));
    expect_cheap("a page of a gigabyte of zeros", bomb, false, "200 1073741824 page");
    for (int i = 0; i < MANY; i++)
        many = joined(many, record("resource", "http://example.com/", "text/plain", text_of("x"), i % 2 ? "60000000" : "many"));
    expect_cheap("lengths that are all wrong", many, false, "resource");
    expect_cheap("lengths that are all wrong, packed", gzipped(many), true, "resource");
    bytes letter = gzipped(text_of("W"));
    for (int i = 0; i < MANY; i++) put(&tiny, letter.v, letter.n);
    expect_cheap("members of one byte", tiny, false, "no web archive");
    for (size_t i = 0; i < tiny.n; i += letter.n) tiny.v[i + 12] ^= 1;
    expect_cheap("members that are all damaged", tiny, false, "no web archive");
    expect_cheap("members that are all damaged, from a pipe", tiny, true, "no web archive");
}

int main(int argc, char **argv)
{
    seed_folder = argc > 1 ? argv[1] : NULL;
    test_kinds();
    test_packings();
    test_dictionary();
    test_codings();
    test_damage();
    test_lengths();
    test_expense();
    if (!seed_folder) printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
