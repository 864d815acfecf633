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
    const char        *command;  // as called
    const char        *place, *near, *since, *until, *effect, *claimant, *party; // what a ledger is asked about
    int                jobs;     // threads that read
    const char        *resume;   // file that says how far an earlier run came
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
int command_ask(const cli_options *o);
int command_help(const char *topic, FILE *out);

// One line on standard error, "tidings: …", behind a progress line if there is one.
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Opens the reader (for articles alone: without a model), or complains and returns NULL.
td_reader *cli_reader(const cli_options *o, bool articles);

// The pages of the files, feeds and addresses given, one by one; or complains and returns NULL. `whole`: each is one page.
td_inputs *cli_inputs(const cli_options *o, bool whole);

// What came of one page.
typedef struct {
    char  *text; // malloc'd; NULL: nothing
    size_t length;
    char   complaint[640]; // one line, or empty
} cli_result;

typedef struct {
    int threads; // 1: all is done where it was called
    cli_result (*work)(void *with, const td_page *page);                  // on any thread
    bool (*take)(void *with, const td_page *page, const cli_result *got); // in the order of the inputs; false: stop
    void *with;
} cli_jobs;

// Every page of the inputs through work and take. A page that could not be had comes with its complaint, unworked. False where
// there is no memory.
bool cli_jobs_run(td_inputs *in, const cli_jobs *jobs);

// Where a run stands that can be begun again: --resume FILE (cli/resume.c).
typedef struct {
    const char *path; // NULL: no resume point is kept
    char        run[24];
    bool        begun, complete, failed;
    size_t      input;
    uint64_t    number, bytes;
    char        place[48]; // empty: none
    double      written;   // when
} cli_resume;

// Opens -o FILE as standard output, cut to where an earlier run came; an exit code after a complaint, else EXIT_OK.
int  cli_resume_open(cli_resume *r, const cli_options *o, const char *command);
void cli_resume_reached(cli_resume *r, const td_page *page); // written to the file now and then
void cli_resume_close(cli_resume *r, bool complete);
double cli_now(void); // seconds on a clock that only runs forward

// Flushes standard output; EXIT_NO_OUTPUT with a complaint if anything could not be written, else `code`.
int cli_finish(int code);

#endif
