// ledger.c — adding and asking at size: bench-ledger [--records N] [--file PATH] | --print N [FROM]
//
// Adds N invented records (bench/invent.h), with joining and a commit every 500, on one core. Per hundred thousand: records
// a second of adding alone (inventing is left out), memory, bytes of the file a report. Then the time of questions.

#include "ledger/ledger.h"
#include "invent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TOGETHER = 500, LAPS = 10 };

static double seconds(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct {
    jmp_buf     full;
    arena       a, rules;
    ledger      l;
    fault       f;
    const char *path;
    uint64_t    n;
} bench_job;

static double file_bytes(const char *path)
{
    struct stat s;
    return stat(path, &s) ? 0 : (double)s.st_size;
}

static bool add_lap(bench_job *j, uint64_t from, uint64_t to, double *wall, double *cpu)
{
    for (uint64_t i = from; i < to; i++) {
        str          record = invent_record(&j->a, i);
        ledger_added added;
        double       w = seconds(CLOCK_MONOTONIC), c = seconds(CLOCK_THREAD_CPUTIME_ID);
        if (i % TOGETHER == 0 && !ledger_begin(&j->l, &j->f)) return false;
        if (!ledger_add(&j->l, &j->a, record, &added, &j->f)) return false;
        if ((i % TOGETHER == TOGETHER - 1 || i + 1 == to) && !ledger_commit(&j->l, &j->f)) return false;
        *wall += seconds(CLOCK_MONOTONIC) - w, *cpu += seconds(CLOCK_THREAD_CPUTIME_ID) - c;
        arena_clear(&j->a);
    }
    return true;
}

static bool add_all(bench_job *j)
{
    uint64_t lap = j->n / LAPS ? j->n / LAPS / TOGETHER * TOGETHER + (j->n / LAPS < TOGETHER ? TOGETHER : 0) : j->n;
    printf("%12s %14s %14s %10s %12s\n", "records", "a second", "of one core", "MiB", "bytes each");
    for (uint64_t from = 0; from < j->n; from += lap) {
        double        wall = 0, cpu = 0;
        uint64_t      to = from + lap < j->n ? from + lap : j->n;
        struct rusage use;
        if (!add_lap(j, from, to, &wall, &cpu)) return false;
        getrusage(RUSAGE_SELF, &use);
        printf("%12llu %14.0f %14.0f %10ld %12.0f\n", (unsigned long long)to, (double)(to - from) / wall,
               (double)(to - from) / cpu, use.ru_maxrss >> 10, file_bytes(j->path) / (double)to);
        fflush(stdout);
    }
    return true;
}

// Figures of killed at one place in one month.
static const char question[] = "SELECT count(*), min(g.low), max(g.high) FROM place_box b JOIN _where w ON w.place = b.place AND "
                               "w.day BETWEEN ?3 AND ?3 + 30 "
                               "JOIN _figure g ON g.report = w.telling / 8 AND g.telling = w.telling WHERE b.south >= ?1 - 0.01 "
                               "AND b.north <= ?1 + 0.01 AND "
                               "b.west >= ?2 - 0.01 AND b.east <= ?2 + 0.01";

static bool ask_all(bench_job *j)
{
    double worst = 0, all = 0;
    int    n = 200, figures = 0;
    for (int i = 0; i < n; i++) {
        double        lat, lon, t = seconds(CLOCK_MONOTONIC);
        int32_t       day;
        sqlite3_stmt *q = db_use(&j->l.db, question, &j->f);
        invent_where((uint64_t)i * (j->n / (uint64_t)n + 1) % j->n, &lat, &lon, &day);
        if (!q) return false;
        sqlite3_bind_double(q, 1, lat);
        sqlite3_bind_double(q, 2, lon);
        db_number(q, 3, day);
        if (!db_row(&j->l.db, q, &j->f)) return false;
        figures += sqlite3_column_int(q, 0);
        sqlite3_reset(q);
        t = seconds(CLOCK_MONOTONIC) - t;
        all += t, worst = t > worst ? t : worst;
    }
    printf("figures of one place and month: %.2f ms on average, %.2f at most (%d questions, %d figures)\n", all / n * 1e3,
           worst * 1e3, n, figures);
    return true;
}

static bool run_all(bench_job *j)
{
    if (setjmp(j->full)) return fault_set(&j->f, "out of memory");
    return ledger_open(&j->l, &j->rules, j->path, LEDGER_CREATE, &j->f) && add_all(j) && ask_all(j);
}

static bool print_all(bench_job *j, uint64_t from)
{
    if (setjmp(j->full)) return false;
    for (uint64_t i = from; i < from + j->n; i++) {
        str record = invent_record(&j->a, i);
        fwrite(record.p, 1, record.n, stdout);
        arena_clear(&j->a);
    }
    return fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
    static bench_job j = {.path = "build/bench/ledger.tidings", .n = 1000000};
    uint64_t         from = 0;
    bool             print = false;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (!strcmp(argv[i], "--records")) j.n = strtoull(argv[i + 1], NULL, 10);
        else if (!strcmp(argv[i], "--file")) j.path = argv[i + 1];
        else if (!strcmp(argv[i], "--from")) from = strtoull(argv[i + 1], NULL, 10);
        else if (!strcmp(argv[i], "--print")) print = true, j.n = strtoull(argv[i + 1], NULL, 10);
    }
    arena_init(&j.a, SIZE_MAX / 2, &j.full);
    arena_init(&j.rules, SIZE_MAX / 2, &j.full);
    if (print) return print_all(&j, from) ? 0 : 1;
    unlink(j.path);
    bool good = run_all(&j);
    if (!good) fprintf(stderr, "%s\n", j.f.text);
    ledger_close(&j.l);
    return good ? 0 : 1;
}
