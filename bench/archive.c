// archive.c — web archives read with their payloads, one thread: bench-archive FILE… (default: one made here, of 2,000 records).
//
// Reads each over and over until two seconds are spent and prints records a second, packed and unpacked MB a second, of the
// fastest turn. With --once N it makes N turns and prints their seconds alone, for tools/archive_speed.py.

#include "archive/archive.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

typedef struct {
    int      fd;
    char    *v; // in place of a file
    size_t   n;
    uint64_t records, payload;
} bench_archive;

// Seconds of processor time: what else the machine does does not count.
static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static ptrdiff_t read_archive(void *with, uint64_t offset, void *to, size_t n)
{
    const bench_archive *b = with;
    if (b->fd >= 0) return pread(b->fd, to, n, (off_t)offset);
    if (offset >= b->n) return 0;
    if (n > b->n - offset) n = b->n - (size_t)offset;
    memcpy(to, b->v + offset, n);
    return (ptrdiff_t)n;
}

static bool count_payload(void *with, str piece)
{
    bench_archive *b = with;
    b->payload += piece.n;
    return true;
}

// Seconds it takes to read all once.
static double read_all(bench_archive *b)
{
    double         begin = now();
    archive       *w = archive_open(&(archive_source){.read = read_archive, .with = b}, (archive_place){0, 0});
    archive_record r;
    b->records = b->payload = 0;
    while (w && archive_next(w, &r)) {
        b->records++;
        archive_payload(w, count_payload, b);
    }
    archive_close(w);
    return now() - begin;
}

static void put_member(bench_archive *b, const char *raw, size_t n)
{
    z_stream z = {0};
    b->v = realloc(b->v, b->n + n + 1000);
    if (!b->v || deflateInit2(&z, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY) != Z_OK) exit(2);
    z.next_in = (Bytef *)(uintptr_t)raw, z.avail_in = (uInt)n;
    z.next_out = (Bytef *)b->v + b->n, z.avail_out = (uInt)n + 1000;
    deflate(&z, Z_FINISH);
    b->n += z.total_out;
    deflateEnd(&z);
}

// Pages of about 20 KB, of words drawn by a fixed rule; each with its request.
static void make_archive(bench_archive *b)
{
    enum { PAIRS = 1000, BODY = 20000, RECORD = BODY + 1000 };
    static const char *const words[] = {"ferry",   "harbour", "<p class=\"text\">",
                                        "police",  "said",    "on",
                                        "Monday",  "</p>\n",  "people",
                                        "rescued", "the",     "Norrey",
                                        "was",     "had",     "<div>",
                                        "</div>"};
    static char              body[BODY], record[RECORD];
    uint32_t                 seed = 1;
    for (int i = 0; i < PAIRS; i++) {
        size_t n = 0;
        while (n + 40 < sizeof body) {
            seed = seed * 1664525u + 1013904223u;
            n += (size_t)sprintf(body + n, "%s %x ", words[seed >> 28], seed >> 24 & 15);
        }
        int length = (int)n + 45;
        put_member(
            b, record,
            (size_t)sprintf(
                record,
                "WARC/1.0\r\nWARC-Type: request\r\nWARC-Target-URI: http://example.com/%d\r\nWARC-Date: 2024-05-25T12:00:00Z\r\n"
                "Content-Type: application/http; msgtype=request\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n",
                i));
        put_member(
            b, record,
            (size_t)sprintf(
                record,
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.com/%d\r\nWARC-Date: 2024-05-25T12:00:00Z\r\n"
                "Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n"
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\r\n%.*s\r\n\r\n",
                i, length, (int)n, body));
    }
}

static void print_speed(const char *name, bench_archive *b, size_t packed)
{
    double best = 1e9, spent = 0;
    for (int turn = 0; turn < 3 || spent < 2; turn++) {
        double t = read_all(b);
        spent += t;
        best = t < best ? t : best;
    }
    printf("%-24s%8llu records%12.0f records/s%10.1f MB/s packed%10.1f MB/s of payloads\n", name, (unsigned long long)b->records,
           (double)b->records / best, 1e-6 * (double)packed / best, 1e-6 * (double)b->payload / best);
}

int main(int argc, char **argv)
{
    int turns = argc > 2 && !strcmp(argv[1], "--once") ? atoi(argv[2]) : 0;
    if (argc == 1) {
        bench_archive b = {.fd = -1};
        make_archive(&b);
        print_speed("WARC, gzip, made here", &b, b.n);
        free(b.v);
    }
    for (int i = turns ? 3 : 1; i < argc; i++) {
        struct stat   s;
        bench_archive b = {.fd = open(argv[i], O_RDONLY | O_CLOEXEC)};
        if (b.fd < 0 || fstat(b.fd, &s)) return perror(argv[i]), 2;
        if (!turns) print_speed(argv[i], &b, (size_t)s.st_size);
        for (int turn = 0; turn < turns; turn++) {
            double t = read_all(&b);
            printf("%.6f %llu %llu\n", t, (unsigned long long)b.records, (unsigned long long)b.payload);
        }
        close(b.fd);
    }
    return 0;
}
