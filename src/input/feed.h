// feed.h — the items of an RSS (0.9 to 2.0, RDF) or Atom feed, read as forgivingly as feeds are written.
//
//   <item><title>Bridge closed</title><pubDate>…</pubDate><content:encoded>…  ->  title, date, a fragment of HTML

#ifndef INPUT_FEED_H
#define INPUT_FEED_H

#include "input/input.h"

typedef struct {
    str      xml; // UTF-8
    size_t   at;  // read so far
    unsigned items;
    str      site, language; // of the feed
} feed;

bool feed_is(str head);                             // do a file's first bytes look like a feed's?
feed feed_open(arena *a, str xml);                  // a: outlives the feed
bool feed_next(feed *f, arena *a, input_page *out); // sets all but name; false: no more

#endif
