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
    EXIT_NO_START = 3,    // model, gazetteer or rules cannot be loaded
    EXIT_NO_OUTPUT = 4    // what was read cannot be written
};

typedef struct {
    td_reader_options  reader;
    td_options         doc;
    td_format_options  print;
    const char        *format;  // as given, or NULL
    const char        *out;     // -o FILE
    const char *const *files;   // NULL-ended; at least one unless the command takes none
    int                n_files;
} cli_options;

int command_read(const cli_options *o);
int command_article(const cli_options *o);
int command_parse(const cli_options *o);
int command_explain(const cli_options *o);
int command_model(const cli_options *o);
int command_gazetteer(const cli_options *o);
int command_help(const char *topic, FILE *out);

// One line on standard error, "tidings: …", behind a progress line if there is one.
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Opens the reader (for articles alone: without a model), or complains and returns NULL.
td_reader *cli_reader(const cli_options *o, bool articles);

// A file's bytes ("-": standard input), malloc'd; NULL after a complaint. Reads no more than a page may have.
char *cli_load(const char *path, size_t *n);

// Flushes standard output; EXIT_NO_OUTPUT with a complaint if anything could not be written, else `code`.
int cli_finish(int code);

#endif
