// input.h — one page at a time out of whatever is named: a file of HTML or text, an RSS or Atom feed, ninjs or other rows of
// JSON, a web archive, an address; packed with gzip or not.
//
//   "rows.jsonl"                   ->  a page a row: {"url": …, "title": …, "published": …, "html" or "text": …}
//   "https://example.org/feed.xml" ->  a page an item, its content a fragment of HTML
//
// Pages of files and feeds are held whole, rows of JSON come one by one, so that a file of them may be of any length.

#ifndef INPUT_INPUT_H
#define INPUT_INPUT_H

#include "base/arena.h"
#include "base/fault.h"

enum { INPUT_LARGEST = 64 << 20 }; // bytes of one page, unpacked; far above any report

typedef enum { INPUT_ANY, INPUT_HTML, INPUT_TEXT, INPUT_FRAGMENT } input_kind; // fragment: HTML of the report alone

typedef struct {
    input_kind kind;
    uint64_t   number;                                                          // of the item or row; 0: the input is one page
    str        record;                                                          // the row itself, if it is a record of tidings
    str        bytes, name;                                                     // name: "feed.xml: item 3", for messages
    str        place;   // of a web archive's record, to begin there again; else empty
    str        fetched; // when the page was, as the archive says; empty if that is not known
    str        url, title, published, byline, site, section, language, charset; // empty where it is not said
} input_page;

typedef enum { INPUT_PAGE, INPUT_BAD, INPUT_END } input_result;

typedef struct input input;

// `agent`: how to be known to servers; `follow`: read the pages the items of feeds link to, not what the feed has of them.
// NULL: out of memory. Lives outside arenas; one thread at a time.
input *input_open(const char *agent, bool follow);
void   input_close(input *in);

void input_begin(input *in, const char *name,
                 bool whole); // whole: one page, whatever it looks like; "-" is standard input; the name must outlive the reading
// The same for a web archive, from the record at a place on, which had that number; other inputs begin at their beginning.
void     input_begin_at(input *in, const char *name, bool whole, const char *place, uint64_t number);
uint64_t input_reached(const input *in); // bytes of the one in hand that were read
// The next page, in `a`; INPUT_BAD with a line in f where one cannot be had, the next may; INPUT_END after the last.
input_result input_next(input *in, arena *a, input_page *out, fault *f);

#endif
