// tidings archive: what is in a web archive, a line a record; and the bytes of an archive, from a file or a pipe.

#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// A pipe can be read on only, but for its first bytes, which are kept: whoever looked at them to see what it is gives them back.
static ptrdiff_t read_bytes(void *with, uint64_t offset, void *to, size_t n)
{
    cli_bytes *b = with;
    ssize_t    got;
    if (offset < b->n_head) {
        if (n > b->n_head - offset) n = (size_t)(b->n_head - offset);
        return memcpy(to, b->head + offset, n), (ptrdiff_t)n;
    }
    if (!b->is_pipe) {
        while ((got = pread(b->fd, to, n, (off_t)offset)) < 0 && errno == EINTR) {}
    } else {
        if (offset != b->next) return -1;
        while ((got = read(b->fd, to, n)) < 0 && errno == EINTR) {}
        if (got > 0) b->next += (uint64_t)got;
    }
    if (got < 0) b->error = errno;
    return got;
}

bool cli_bytes_open(cli_bytes *b, const char *path)
{
    bool standard = !strcmp(path, "-");
    *b =
        (cli_bytes){.name = standard ? "standard input" : path, .fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)};
    if (b->fd < 0) return cli_complain("%s: %s", b->name, strerror(errno)), false;
    b->is_pipe = lseek(b->fd, 0, SEEK_CUR) != 0; // one that was read from already, too
    return true;
}

// Reads the first bytes, to see what the file is.
bool cli_bytes_look(cli_bytes *b, size_t n)
{
    char *head = malloc(n);
    if (!head) return cli_complain("%s: out of memory", b->name), false;
    size_t have = 0;
    for (ptrdiff_t got; have < n && (got = read_bytes(b, have, head + have, n - have)) > 0;) have += (size_t)got;
    b->head = head, b->n_head = have;
    if (b->error) cli_complain("%s: %s", b->name, strerror(b->error));
    return !b->error;
}

void cli_bytes_close(cli_bytes *b)
{
    free(b->head);
    if (b->fd > STDIN_FILENO) close(b->fd);
    *b = (cli_bytes){.fd = -1};
}

static void tell_damage(void *with, const char *place, const char *what)
{
    cli_bytes *b = with;
    b->damages++;
    cli_complain("%s:%s: %s", b->name, place, what);
}

td_archive *cli_archive_open(cli_bytes *b, const char *place)
{
    td_archive *archive;
    td_error    e;
    if (td_archive_open(&archive, &(td_archive_source){read_bytes, tell_damage, b}, place, &e) == TD_OK) return archive;
    return cli_complain("%s: %s", b->name, e.text), NULL;
}

bool cli_archive_next(cli_bytes *b, td_archive *archive, td_archive_record *record)
{
    td_error  e;
    td_status status;
    if (td_archive_next(archive, record, &status, &e)) return true;
    if (status)
        cli_complain("%s: %s%s%s", b->name, e.text, b->error ? ": " : "", b->error ? strerror(b->error) : ""), b->damages++;
    return false;
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

static bool list_archive(const char *path)
{
    cli_bytes         b;
    td_archive_record r;
    if (!cli_bytes_open(&b, path)) return false;
    td_archive *archive = cli_archive_open(&b, NULL);
    while (archive && !ferror(stdout) && cli_archive_next(&b, archive, &r)) list_record(archive, &r);
    td_archive_close(archive);
    bool sound = archive && !b.damages;
    cli_bytes_close(&b);
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
