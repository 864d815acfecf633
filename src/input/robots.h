// robots.h — what a site's robots.txt lets us read (RFC 9309).
//
//   "User-agent: *\nDisallow: /search\nAllow: /search/help", "/search/help"  ->  allowed: the longest rule counts

#ifndef INPUT_ROBOTS_H
#define INPUT_ROBOTS_H

#include "base/str.h"

// `agent`: our name in lower case; `path`: of the address, with its query. *delay: seconds it asks us to wait between pages.
bool robots_allow(str text, str agent, str path, double *delay);

#endif
