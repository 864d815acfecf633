// cli.h — what the commands of the program share.

#ifndef CLI_H
#define CLI_H

#include "tidings.h"

#include <stdbool.h>
#include <stdio.h>

// Exit codes (docs/cli.md, man page).
enum {
    EXIT_OK = 0,
    EXIT_SOME_FAILED = 1, // at least one input could not be read
    EXIT_USAGE = 2,
    EXIT_NO_START = 3, // model, gazetteer or rules cannot be loaded
    EXIT_NO_OUTPUT = 4 // what was read cannot be written
};

typedef struct {
    td_reader_options  reader;
    td_options         doc;
    td_format_options  print;
    const char        *format; // as given, or NULL
    const char        *out;    // -o FILE
    const char *const *files;  // NULL-ended; at least one unless the command takes none
    int                n_files;
    bool               follow;   // the links of feeds
    const char        *by, *why; // who decides, and what for
} cli_options;

int command_read(const cli_options *o);
int command_article(const cli_options *o);
int command_parse(const cli_options *o);
int command_explain(const cli_options *o);
int command_model(const cli_options *o);
int command_gazetteer(const cli_options *o);
int command_archive(const cli_options *o);
int command_add(const cli_options *o);
int command_ledger(const cli_options *o);
int command_join(const cli_options *o);
int command_split(const cli_options *o);
int command_help(const char *topic, FILE *out);

// One line on standard error, "tidings: …", behind a progress line if there is one.
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Opens the reader (for articles alone: without a model), or complains and returns NULL.
td_reader *cli_reader(const cli_options *o, bool articles);

// The pages of the files, feeds and addresses given, one by one; or complains and returns NULL. `whole`: each is one page.
td_inputs *cli_inputs(const cli_options *o, bool whole);

// The bytes of a file or of standard input, for archives.
typedef struct {
    int         fd;
    const char *name;
    bool        is_pipe;
    char       *head; // the first bytes, where they were looked at
    size_t      n_head;
    uint64_t    next; // of a pipe
    int         error, damages;
} cli_bytes;

bool cli_bytes_open(cli_bytes *b, const char *path); // false after a complaint
bool cli_bytes_look(cli_bytes *b, size_t n);         // fills head, to see what it is
void cli_bytes_close(cli_bytes *b);
// Damage is complained of, "FILE:784: what", and counted. `place`: of a record to begin at, or NULL. `b` must outlive it.
td_archive *cli_archive_open(cli_bytes *b, const char *place);
bool        cli_archive_next(cli_bytes *b, td_archive *archive, td_archive_record *record);

// Flushes standard output; EXIT_NO_OUTPUT with a complaint if anything could not be written, else `code`.
int cli_finish(int code);

#endif
