// tidings ledger, join, split: a ledger as a whole, and what people decide in it.

#include "cli.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_out(void *with, const char *text, size_t length)
{
    (void)with;
    return fwrite(text, 1, length, stdout) == length;
}

static int print_schema(void)
{
    td_error e;
    return td_ledger_schema((td_ledger_output){write_out, NULL}, &e) ? EXIT_NO_OUTPUT : EXIT_OK;
}

static int on_ledger(const char *verb, td_ledger *l, const char *path)
{
    td_error         e;
    td_ledger_output out = {write_out, NULL};
    td_status        status;
    if (!strcmp(verb, "dump")) status = td_ledger_dump(l, out, &e);
    else if (!strcmp(verb, "records")) status = td_ledger_records(l, out, &e);
    else {
        status = td_ledger_check(l, &e);
        if (!status) printf("%s: sound\n", path);
    }
    if (status && !ferror(stdout)) return cli_complain("%s", e.text), EXIT_SOME_FAILED;
    return EXIT_OK;
}

int command_ledger(const cli_options *o)
{
    const char *verb = o->files[0], *path = o->n_files > 1 ? o->files[1] : NULL;
    td_ledger  *l;
    td_error    e;
    bool        check = !strcmp(verb, "check");
    if (!strcmp(verb, "schema") && !path) return print_schema();
    if (!check && strcmp(verb, "dump") && strcmp(verb, "records"))
        return cli_complain("ledger check, dump, records or schema, not: %s", verb), EXIT_USAGE;
    if (!path || o->n_files > 2) return cli_complain("ledger %s takes one ledger", verb), EXIT_USAGE;
    // More can be checked of a file that may be written.
    if (!(check && !td_ledger_open(&l, path, TD_LEDGER_WRITE, &e)) && td_ledger_open(&l, path, TD_LEDGER_READ, &e))
        return cli_complain("%s", e.text), EXIT_NO_START;
    int code = on_ledger(verb, l, path);
    td_ledger_close(l);
    return code;
}

// --by, else the name of who runs it.
static const char *decider(const cli_options *o)
{
    const struct passwd *me = o->by ? NULL : getpwuid(getuid());
    return o->by ? o->by : me ? me->pw_name : "?";
}

static int decide_on(const cli_options *o,
                     td_status (*way)(td_ledger *, const char *, const char *, const char *, const char *, td_error *))
{
    td_ledger *l;
    td_error   e;
    td_status  status = TD_OK;
    if (td_ledger_open(&l, o->files[0], TD_LEDGER_WRITE, &e)) return cli_complain("%s", e.text), EXIT_NO_START;
    for (int i = 2; i < o->n_files && !status; i++) status = way(l, o->files[1], o->files[i], decider(o), o->why, &e);
    td_ledger_close(l);
    return status ? (cli_complain("%s", e.text), EXIT_SOME_FAILED) : EXIT_OK;
}

int command_join(const cli_options *o)
{
    if (o->n_files != 3) return cli_complain("join takes a ledger and two happenings (tidings help join)"), EXIT_USAGE;
    return decide_on(o, td_ledger_join);
}

int command_split(const cli_options *o)
{
    if (o->n_files < 3) return cli_complain("split takes a ledger, a happening and events (tidings help join)"), EXIT_USAGE;
    return decide_on(o, td_ledger_split);
}
