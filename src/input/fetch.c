#include "input/fetch.h"

#include "input/input.h"
#include "input/robots.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    REDIRECTS_MOST = 10,
    PAGE_SECONDS = 60, // for all of one answer
    CONNECT_SECONDS = 15,
    ROBOTS_SECONDS = 20,
    ROBOTS_BYTES = 512 << 10, // of robots.txt that are read
    SITES_MOST = 256,         // whose rules are kept
    GAP_MS = 1000,            // between two pages of one site, if it asks for no more
};

// What is known of scheme, host and port.
typedef struct {
    char  *origin, *robots; // robots: NULL where there are no rules
    size_t n;
    bool   closed; // its rules cannot be had: nothing may be read (RFC 9309 2.3.1.4)
    double next;   // when it may be asked again
} fetch_site;

struct fetcher {
    CURL      *curl;
    char       agent[256], name[64]; // "tidings/0.1.0 (…)", "tidings"
    fetch_site sites[SITES_MOST];
    size_t     n_sites;
    char       error[CURL_ERROR_SIZE];
};

static pthread_once_t fetch_once = PTHREAD_ONCE_INIT;

static void start_curl(void) { curl_global_init(CURL_GLOBAL_DEFAULT); }

fetcher *fetch_open(const char *agent)
{
    pthread_once(&fetch_once, start_curl);
    fetcher *f = calloc(1, sizeof *f);
    if (!f) return NULL;
    f->curl = curl_easy_init();
    snprintf(f->agent, sizeof f->agent, "%s", agent);
    size_t n = strcspn(agent, "/ ");
    for (size_t i = 0; i < n && i + 1 < sizeof f->name; i++)
        f->name[i] = agent[i] >= 'A' && agent[i] <= 'Z' ? (char)(agent[i] + 32) : agent[i];
    if (f->curl) return f;
    free(f);
    return NULL;
}

static void forget_sites(fetcher *f)
{
    for (size_t i = 0; i < f->n_sites; i++) free(f->sites[i].origin), free(f->sites[i].robots);
    f->n_sites = 0;
}

void fetch_close(fetcher *f)
{
    if (!f) return;
    forget_sites(f);
    curl_easy_cleanup(f->curl);
    free(f);
}

static double fetch_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void wait_until(double when)
{
    double left = when - fetch_now();
    if (left <= 0) return;
    struct timespec t = {(time_t)left, (long)((left - (double)(time_t)left) * 1e9)};
    nanosleep(&t, NULL);
}

// --- one answer ---

typedef struct {
    char  *v;
    size_t n, cap, most;
    bool   over, memory; // more came than may; no memory for it
} answer;

static size_t take_bytes(char *p, size_t size, size_t n, void *with)
{
    answer *a = with;
    n *= size;
    if (a->n + n > a->most) {
        a->over = true;
        return 0;
    }
    if (a->n + n > a->cap) {
        size_t cap = a->cap ? a->cap : 1 << 16;
        while (cap < a->n + n) cap *= 2;
        char *more = realloc(a->v, cap);
        if (!more) return a->memory = true, (size_t)0;
        a->v = more, a->cap = cap;
    }
    memcpy(a->v + a->n, p, n);
    a->n += n;
    return n;
}

static CURLcode ask_once(fetcher *f, const char *url, long seconds, answer *a)
{
    CURL *c = f->curl;
    curl_easy_reset(c);
    curl_easy_setopt(c, CURLOPT_URL, url);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_USERAGENT, f->agent);
    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, f->error);
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, a);
    f->error[0] = 0;
    return curl_easy_perform(c);
}

static long answer_status(const fetcher *f)
{
    long status = 0;
    curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

// Where the answer sends us, as a copy; NULL: nowhere.
static char *redirected(const fetcher *f)
{
    char *to = NULL;
    curl_easy_getinfo(f->curl, CURLINFO_REDIRECT_URL, &to);
    return to ? strdup(to) : NULL;
}

// --- robots.txt ---

// "https://example.org:8080/a/b?c" -> "https://example.org:8080", "/a/b?c"
static bool split_url(const char *url, str *origin, str *path)
{
    const char *host = strstr(url, "://");
    if (!host) return false;
    size_t n = strcspn(host + 3, "/?#");
    *origin = (str){url, (size_t)(host + 3 - url) + n};
    *path = (str){url + origin->n, strcspn(url + origin->n, "#")};
    if (!path->n) *path = STR("/");
    return n > 0;
}

static void read_robots(fetcher *f, fetch_site *s)
{
    char url[4200];
    snprintf(url, sizeof url, "%s/robots.txt", s->origin);
    char *at = strdup(url);
    for (int hop = 0; at && hop < REDIRECTS_MOST; hop++) {
        answer   a = {.most = ROBOTS_BYTES};
        CURLcode code = ask_once(f, at, ROBOTS_SECONDS, &a);
        long     status = answer_status(f);
        free(at);
        at = redirected(f);
        if (at) {
            free(a.v);
            continue;
        }
        if (code && !a.over) s->closed = true; // the first part of one too long counts
        else if (status >= 200 && status < 300) s->robots = a.v, s->n = a.n, a.v = NULL;
        else s->closed = status >= 500;
        free(a.v);
        return;
    }
    free(at);
}

static fetch_site *site_of(fetcher *f, str origin)
{
    for (size_t i = 0; i < f->n_sites; i++)
        if (str_is(origin, f->sites[i].origin)) return &f->sites[i];
    if (f->n_sites == SITES_MOST) forget_sites(f);
    fetch_site *s = &f->sites[f->n_sites];
    *s = (fetch_site){.origin = strndup(origin.p, origin.n)};
    if (!s->origin) return NULL;
    f->n_sites++;
    read_robots(f, s);
    return s;
}

// Whether the page may be read; waits until it is its turn, but where another sent us there.
static bool may_read(fetcher *f, const char *url, bool sent, fault *why)
{
    str    origin, path;
    double delay = 0;
    if (!split_url(url, &origin, &path)) return fault_set(why, "no address");
    fetch_site *s = site_of(f, origin);
    if (!s) return fault_set(why, "out of memory");
    if (s->closed)
        return fault_set(why, "%s/robots.txt cannot be had%s%s: nothing of that site may be read now", s->origin,
                         f->error[0] ? ": " : "", f->error);
    if (s->robots && !robots_allow((str){s->robots, s->n}, str_of(f->name), path, &delay))
        return fault_set(why, "%s/robots.txt asks not to read it", s->origin);
    if (!sent) wait_until(s->next);
    if (!s->robots || delay * 1000 < GAP_MS) delay = GAP_MS / 1e3;
    s->next = fetch_now() + delay;
    return true;
}

// --- a page ---

static bool is_readable(const char *type)
{
    static const char *const types[] = {"text/",
                                        "application/xhtml",
                                        "application/xml",
                                        "application/rss",
                                        "application/atom",
                                        "application/rdf",
                                        "application/json",
                                        "application/ld+json",
                                        "application/x-ndjson",
                                        "application/jsonl",
                                        "application/octet-stream",
                                        "application/gzip",
                                        "application/x-gzip",
                                        "application/feed+json",
                                        NULL};
    for (size_t i = 0; types[i]; i++)
        if (!strncasecmp(type, types[i], strlen(types[i]))) return true;
    return false;
}

static bool take_answer(fetcher *f, const char *url, CURLcode code, const answer *a, fetched *out, fault *why)
{
    char *type = NULL;
    long  status = answer_status(f);
    if (a->over) return fault_set(why, "larger than %d MiB: no report is", INPUT_LARGEST >> 20);
    if (a->memory) return fault_set(why, "out of memory");
    if (code == CURLE_UNSUPPORTED_PROTOCOL) return fault_set(why, "only http and https addresses are read");
    if (code) return fault_set(why, "%s", f->error[0] ? f->error : curl_easy_strerror(code));
    if (status != 200) return fault_set(why, "the server answers %ld", status);
    curl_easy_getinfo(f->curl, CURLINFO_CONTENT_TYPE, &type);
    if (type && *type && !is_readable(type)) return fault_set(why, "%.60s, not a page", type);
    const char *charset = type ? strcasestr(type, "charset=") : NULL;
    if (charset) {
        charset += 8 + (charset[8] == '"');
        snprintf(out->charset, sizeof out->charset, "%.*s", (int)strcspn(charset, "\"; "), charset);
    }
    snprintf(out->url, sizeof out->url, "%s", url);
    return true;
}

bool fetch_page(fetcher *f, const char *url, fetched *out, fault *why)
{
    char *at = strdup(url);
    *out = (fetched){0};
    for (int hop = 0; at && hop <= REDIRECTS_MOST; hop++) {
        bool web = !strncasecmp(at, "http://", 7) || !strncasecmp(at, "https://", 8);
        if (!web || !may_read(f, at, hop > 0, why)) {
            if (!web) fault_set(why, "only http and https addresses are read, not: %.200s", at);
            free(at);
            return false;
        }
        answer   a = {.most = INPUT_LARGEST};
        CURLcode code = ask_once(f, at, PAGE_SECONDS, &a);
        char    *to = code ? NULL : redirected(f);
        if (!to) {
            bool good = take_answer(f, at, code, &a, out, why);
            free(at);
            if (good) out->bytes = a.v, out->n = a.n;
            else free(a.v);
            return good;
        }
        free(a.v);
        free(at);
        at = to;
    }
    if (!at) return fault_set(why, "out of memory");
    free(at);
    return fault_set(why, "more than %d redirects", REDIRECTS_MOST);
}
