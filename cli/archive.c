// tidings archive: what is in a web archive, a line a record.

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    int         fd;
    const char *name;
    bool        pipe;
    uint64_t    next; // of a pipe
    int         error, damages;
} archive_file;

static ptrdiff_t read_file(void *with, uint64_t offset, void *to, size_t n)
{
    archive_file *b = with;
    ssize_t       got;
    if (b->pipe && offset != b->next) return -1;
    do got = b->pipe ? read(b->fd, to, n) : pread(b->fd, to, n, (off_t)offset);
    while (got < 0 && errno == EINTR);
    if (got > 0) b->next = offset + (uint64_t)got;
    if (got < 0) b->error = errno;
    return got;
}

static void tell_damage(void *with, const char *place, const char *what)
{
    archive_file *b = with;
    b->damages++;
    cli_complain("%s:%s: %s", b->name, place, what);
}

// A field of the table: what would break its lines becomes a blank.
static void put_field(td_text text, char end)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        putchar(c == '\t' || c == '\r' || c == '\n' ? ' ' : c);
    }
    putchar(end);
}

static void list_record(td_archive *archive, const td_archive_record *r)
{
    uint64_t length;
    char     sha256[65];
    td_archive_measure(archive, &length, sha256);
    printf("%s\t", r->place);
    put_field(r->type, '\t');
    put_field(r->uri, '\t');
    put_field(r->date, '\t');
    if (r->status >= 0) printf("%03d", r->status);
    putchar('\t');
    put_field(r->mime, '\t');
    printf("%llu\t%s\t%s\n", (unsigned long long)length, sha256, td_archive_note(archive));
}

static bool list_records(archive_file *b)
{
    td_archive       *archive;
    td_archive_record r;
    td_error          e;
    td_status         status = td_archive_open(&archive, &(td_archive_source){read_file, tell_damage, b}, NULL, &e);
    while (!status && !ferror(stdout) && td_archive_next(archive, &r, &status, &e)) list_record(archive, &r);
    td_archive_close(archive);
    if (status) cli_complain("%s: %s%s%s", b->name, e.text, b->error ? ": " : "", b->error ? strerror(b->error) : "");
    return !status && !b->damages;
}

static bool list_archive(const char *path)
{
    bool         standard = !strcmp(path, "-");
    archive_file b = {.name = standard ? "standard input" : path,
                      .fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)};
    if (b.fd < 0) return cli_complain("%s: %s", b.name, strerror(errno)), false;
    b.pipe = lseek(b.fd, 0, SEEK_CUR) != 0;
    bool sound = list_records(&b);
    if (!standard) close(b.fd);
    return sound;
}

int command_archive(const cli_options *o)
{
    bool sound = true;
    if (o->n_files < 2 || strcmp(o->files[0], "ls")) return cli_complain("use: tidings archive ls FILE…"), EXIT_USAGE;
    puts("offset\ttype\turi\tdate\tstatus\tmime\tlength\tsha256\tnote");
    for (int i = 1; i < o->n_files; i++) {
        if (o->n_files > 2) printf("# %s\n", o->files[i]);
        sound &= list_archive(o->files[i]);
    }
    return sound ? EXIT_OK : EXIT_SOME_FAILED;
}
