// tidings tolls, timeline, show, who, sources, search, diff, log: questions to a ledger.

#include "cli.h"

#include <stdlib.h>
#include <string.h>

static bool write_answer(void *with, const char *text, size_t length)
{
    (void)with;
    return fwrite(text, 1, length, stdout) == length;
}

// "31.28,34.24,20": latitude, longitude, and kilometres round it (10 if not said).
static bool read_near(const char *s, td_question *q)
{
    char *end;
    q->near = true;
    q->radius = 10;
    q->latitude = strtod(s, &end);
    if (end == s || *end != ',') return false;
    const char *rest = end + 1;
    q->longitude = strtod(rest, &end);
    if (end == rest) return false;
    if (*end == ',') {
        rest = end + 1;
        q->radius = strtod(rest, &end);
        if (end == rest) return false;
    }
    return !*end && q->latitude >= -90 && q->latitude <= 90 && q->longitude >= -180 && q->longitude <= 180 && q->radius > 0;
}

int command_ask(const cli_options *o)
{
    td_question q = {.verb = o->command,
                     .words = o->files + 1,
                     .n_words = (size_t)o->n_files - 1,
                     .place = o->place,
                     .effect = o->effect,
                     .claimant = o->claimant,
                     .party = o->party,
                     .since = o->since,
                     .until = o->until,
                     .why = o->why != NULL};
    td_ledger  *l;
    td_error    e;
    if (o->near && !read_near(o->near, &q))
        return cli_complain("--near is LATITUDE,LONGITUDE[,KM], not: %s", o->near), EXIT_USAGE;
    if (td_ledger_open(&l, o->files[0], TD_LEDGER_READ, &e)) return cli_complain("%s", e.text), EXIT_NO_START;
    td_status status =
        td_ledger_ask(l, &q, o->format, o->print.width, o->print.color, (td_ledger_output){write_answer, NULL}, &e);
    td_ledger_close(l);
    if (status && !ferror(stdout)) return cli_complain("%s", e.text), status == TD_ERR_INPUT ? EXIT_USAGE : EXIT_SOME_FAILED;
    return EXIT_OK;
}
