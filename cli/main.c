// main.c — the program `tidings`: options, and which command they go to.

#include "cli.h"

#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct {
    const char *name;
    int (*run)(const cli_options *o);
    bool takes_files;
} command;

static const command commands[] = {
    {"read", command_read, true},       {"article", command_article, true}, {"parse", command_parse, true},
    {"explain", command_explain, true}, {"model", command_model, false},    {"gazetteer", command_gazetteer, false},
    {"archive", command_archive, true}, {"add", command_add, true},         {"ledger", command_ledger, true},
    {"join", command_join, true},       {"split", command_split, true},     {"tolls", command_ask, true},
    {"timeline", command_ask, true},    {"show", command_ask, true},        {"who", command_ask, true},
    {"sources", command_ask, true},     {"search", command_ask, true},      {"diff", command_ask, true},
    {"log", command_ask, true},
};

enum {
    OPT_PUBLISHED = 256,
    OPT_URL,
    OPT_TITLE,
    OPT_INPUT,
    OPT_MODEL,
    OPT_GAZETTEER,
    OPT_DATA,
    OPT_COLOR,
    OPT_WIDTH,
    OPT_FOLLOW,
    OPT_BY,
    OPT_WHY,
    OPT_RESUME,
    OPT_PLACE,
    OPT_NEAR,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_EFFECT,
    OPT_CLAIMANT,
    OPT_PARTY
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"published", required_argument, NULL, OPT_PUBLISHED},
    {"url", required_argument, NULL, OPT_URL},
    {"title", required_argument, NULL, OPT_TITLE},
    {"input", required_argument, NULL, OPT_INPUT},
    {"model", required_argument, NULL, OPT_MODEL},
    {"gazetteer", required_argument, NULL, OPT_GAZETTEER},
    {"data", required_argument, NULL, OPT_DATA},
    {"follow", no_argument, NULL, OPT_FOLLOW},
    {"by", required_argument, NULL, OPT_BY},
    {"why", required_argument, NULL, OPT_WHY},
    {"place", required_argument, NULL, OPT_PLACE},
    {"near", required_argument, NULL, OPT_NEAR},
    {"since", required_argument, NULL, OPT_SINCE},
    {"until", required_argument, NULL, OPT_UNTIL},
    {"effect", required_argument, NULL, OPT_EFFECT},
    {"claimant", required_argument, NULL, OPT_CLAIMANT},
    {"party", required_argument, NULL, OPT_PARTY},
    {"jobs", required_argument, NULL, 'j'},
    {"resume", required_argument, NULL, OPT_RESUME},
    {"color", required_argument, NULL, OPT_COLOR},
    {"width", required_argument, NULL, OPT_WIDTH},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

static int usage_error(const char *what, const char *value)
{
    cli_complain("%s%s%s (see tidings --help)", what, value ? ": " : "", value ? value : "");
    return EXIT_USAGE;
}

static bool set_input(cli_options *o, const char *value)
{
    if (!strcmp(value, "html")) o->doc.input = TD_HTML_INPUT;
    else if (!strcmp(value, "text")) o->doc.input = TD_TEXT_INPUT;
    else return false;
    return true;
}

static bool set_color(cli_options *o, const char *value)
{
    if (!strcmp(value, "always")) o->print.color = true;
    else if (!strcmp(value, "never")) o->print.color = false;
    else return !strcmp(value, "auto");
    return true;
}

static bool set_jobs(cli_options *o, const char *value)
{
    enum { MOST_JOBS = 256 };
    char *end;
    long  n = strtol(value, &end, 10);
    if (!strcmp(value, "auto")) n = sysconf(_SC_NPROCESSORS_ONLN), end += strlen(end);
    o->jobs = (int)n;
    return !*end && n >= 1 && n <= MOST_JOBS;
}

static bool set_width(cli_options *o, const char *value)
{
    char *end;
    long  n = strtol(value, &end, 10);
    o->print.width = (int)n;
    return !*end && n >= 40 && n <= 1000;
}

static void look_at_terminal(cli_options *o)
{
    struct winsize w;
    if (!isatty(STDOUT_FILENO)) return;
    o->print.color = !getenv("NO_COLOR");
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 40) o->print.width = w.ws_col;
}

// What the command line says; false with the exit code in *code where there is nothing more to do.
static bool read_options(int argc, char **argv, const char *name, cli_options *o, int *code)
{
    for (int c; (c = getopt_long(argc, argv, "f:o:j:h", long_options, NULL)) != -1;) switch (c) {
        case 'f': o->format = optarg; break;
        case 'o': o->out = optarg, o->print.color = false; break;
        case 'j':
            if (set_jobs(o, optarg)) break;
            return *code = usage_error("--jobs is a number of threads, or auto, not", optarg), false;
        case OPT_RESUME: o->resume = optarg; break;
        case OPT_PUBLISHED: o->doc.published = optarg; break;
        case OPT_FOLLOW: o->follow = true; break;
        case OPT_BY: o->by = optarg; break;
        case OPT_WHY: o->why = optarg; break;
        case OPT_PLACE: o->place = optarg; break;
        case OPT_NEAR: o->near = optarg; break;
        case OPT_SINCE: o->since = optarg; break;
        case OPT_UNTIL: o->until = optarg; break;
        case OPT_EFFECT: o->effect = optarg; break;
        case OPT_CLAIMANT: o->claimant = optarg; break;
        case OPT_PARTY: o->party = optarg; break;
        case OPT_URL: o->doc.url = optarg; break;
        case OPT_TITLE: o->doc.title = optarg; break;
        case OPT_MODEL: o->reader.model = optarg; break;
        case OPT_GAZETTEER: o->reader.gazetteer = optarg; break;
        case OPT_DATA: o->reader.data = optarg; break;
        case OPT_INPUT:
            if (set_input(o, optarg)) break;
            return *code = usage_error("--input is html or text, not", optarg), false;
        case OPT_COLOR:
            if (set_color(o, optarg)) break;
            return *code = usage_error("--color is always, never or auto, not", optarg), false;
        case OPT_WIDTH:
            if (set_width(o, optarg)) break;
            return *code = usage_error("--width is 40 to 1000, not", optarg), false;
        case 'h': return *code = cli_finish(command_help(name, stdout)), false;
        case 'V': return printf("tidings %s\n", TD_VERSION), *code = cli_finish(EXIT_OK), false;
        default: return *code = usage_error("unknown option, or one without its value", argv[optind - 1]), false;
        }
    o->files = (const char *const *)(argv + optind);
    o->n_files = argc - optind;
    return true;
}

int main(int argc, char **argv)
{
    opterr = 0;
    signal(SIGPIPE, SIG_IGN); // a reader that went away is an output that cannot be written
    cli_options    o = {0};
    int            code;
    const char    *name = argc > 1 ? argv[1] : NULL;
    const command *found = NULL;
    if (!name || name[0] == '-') {
        if (!read_options(argc, argv, NULL, &o, &code)) return code;
        return usage_error("no command", o.n_files ? o.files[0] : NULL);
    }
    if (!strcmp(name, "help")) return cli_finish(command_help(argc > 2 ? argv[2] : NULL, stdout));
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (!strcmp(name, commands[i].name)) found = &commands[i];
    if (!found) return usage_error("no such command", name);
    look_at_terminal(&o);
    o.command = name;
    static char why_joined[] = "--why="; // `show --why` has no words behind it, as those of people's decisions have
    for (int i = 2; i < argc && !strcmp(name, "show"); i++)
        if (!strcmp(argv[i], "--why")) argv[i] = why_joined;
    if (!read_options(argc - 1, argv + 1, name, &o, &code)) return code;
    if (found->takes_files && !o.n_files) return usage_error("no file given; - is standard input", NULL);
    return cli_finish(found->run(&o));
}
