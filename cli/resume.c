// resume.c — a run that can be killed and begun again: how far it came stands in a file, written anew twice a second.
//
//   tidings read crawl.warc.gz -f jsonl -o records.jsonl --resume crawl.state
//
// What was written to the output behind the last such point is cut off, and reading goes on behind the last report it tells of:
// the output is the same as that of a run that was never killed.

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const double write_every = 0.5; // seconds

double cli_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static uint64_t add_word(uint64_t h, const char *word)
{
    for (const char *p = word ? word : "\1"; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001b3u;
    return (h ^ 0xff) * 0x100000001b3u;
}

// A run is the same if it reads the same inputs in the same way.
static void name_run(cli_resume *r, const cli_options *o, const char *command)
{
    const char *words[] = {TD_VERSION,     command,    o->format,    o->out,           o->reader.model,
                           o->reader.data, o->doc.url, o->doc.title, o->doc.published, o->reader.gazetteer};
    uint64_t    h = 0xcbf29ce484222325u + (uint64_t)o->doc.input + (uint64_t)o->follow * 16;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) h = add_word(h, words[i]);
    for (int i = 0; i < o->n_files; i++) h = add_word(h, o->files[i]);
    snprintf(r->run, sizeof r->run, "%016" PRIx64, h);
}

static int read_point(cli_resume *r)
{
    char  run[24] = "", state[16] = "";
    FILE *in = fopen(r->path, "r");
    if (!in && errno == ENOENT) return EXIT_OK;
    if (!in) return cli_complain("%s: %s", r->path, strerror(errno)), EXIT_SOME_FAILED;
    int failed = 0, n = fscanf(in,
                               "tidings-resume 1\nrun %23s\nstate %15s\ninput %zu\nnumber %" SCNu64 "\nplace %47s\nbytes %" SCNu64
                               "\nfailed %d\n",
                               run, state, &r->input, &r->number, r->place, &r->bytes, &failed);
    fclose(in);
    if (n != 7) return cli_complain("%s: no resume point", r->path), EXIT_USAGE;
    if (strcmp(run, r->run)) return cli_complain("%s: of another run: other inputs, options or version", r->path), EXIT_USAGE;
    if (!strcmp(r->place, "-")) r->place[0] = 0;
    r->begun = true, r->failed = failed;
    r->complete = !strcmp(state, "complete");
    return EXIT_OK;
}

static int open_output(const cli_resume *r, const char *path)
{
    struct stat s;
    int         fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (r->begun ? 0 : O_TRUNC), 0666);
    if (fd < 0 || fstat(fd, &s)) return cli_complain("%s: %s", path, strerror(errno)), EXIT_NO_OUTPUT;
    if (r->begun && (uint64_t)s.st_size < r->bytes)
        return cli_complain("%s: shorter than %s says: not what that run wrote", path, r->path), close(fd), EXIT_USAGE;
    bool ok = (!r->begun || (!ftruncate(fd, (off_t)r->bytes) && lseek(fd, 0, SEEK_END) >= 0)) && dup2(fd, STDOUT_FILENO) >= 0;
    if (!ok) cli_complain("%s: %s", path, strerror(errno));
    close(fd);
    return ok ? EXIT_OK : EXIT_NO_OUTPUT;
}

int cli_resume_open(cli_resume *r, const cli_options *o, const char *command)
{
    *r = (cli_resume){.path = o->resume, .written = cli_now()};
    if (o->resume && !o->out)
        return cli_complain("--resume needs -o FILE: what was not yet safe in it is written again"), EXIT_USAGE;
    name_run(r, o, command);
    int code = r->path ? read_point(r) : EXIT_OK;
    return code || !o->out || r->complete ? code : open_output(r, o->out);
}

static void write_point(cli_resume *r)
{
    char path[4096];
    r->written = cli_now();
    if (fflush(stdout) || fdatasync(STDOUT_FILENO) || snprintf(path, sizeof path, "%s.new", r->path) >= (int)sizeof path) return;
    r->bytes = (uint64_t)lseek(STDOUT_FILENO, 0, SEEK_CUR);
    FILE *out = fopen(path, "w");
    if (!out) return cli_complain("%s: %s", path, strerror(errno));
    fprintf(out, "tidings-resume 1\nrun %s\nstate %s\ninput %zu\nnumber %" PRIu64 "\nplace %s\nbytes %" PRIu64 "\nfailed %d\n",
            r->run, r->complete ? "complete" : "reading", r->input, r->number, r->place[0] ? r->place : "-", r->bytes, r->failed);
    if (fclose(out) || rename(path, r->path)) cli_complain("%s: %s", r->path, strerror(errno));
}

void cli_resume_reached(cli_resume *r, const td_page *page)
{
    if (!r->path) return;
    r->begun = true;
    r->input = page->input, r->number = page->number;
    snprintf(r->place, sizeof r->place, "%s", page->place ? page->place : "");
    if (cli_now() - r->written > write_every) write_point(r);
}

void cli_resume_close(cli_resume *r, bool complete)
{
    if (!r->path || ferror(stdout)) return;
    r->complete = complete;
    write_point(r);
}
