#include "input/robots.h"

#include <string.h>

enum {
    ROBOTS_LINES = 5000, // lines read
    PATTERN_BYTES = 500, // of a rule; a longer one is cut
    PATH_BYTES = 2000,
    DELAY_MOST = 30, // seconds
};

// Whether `path` begins as the pattern says: * stands for anything, $ at its end for the path's end.
static bool pattern_holds(str pattern, str path)
{
    size_t i = 0, k = 0, star = SIZE_MAX, from = 0;
    while (k < pattern.n) {
        bool last = k + 1 == pattern.n;
        if (pattern.p[k] == '*') {
            star = ++k, from = i;
            if (k == pattern.n) return true;
        } else if (pattern.p[k] == '$' && last && i == path.n) return true;
        else if (i < path.n && pattern.p[k] == path.p[i] && !(pattern.p[k] == '$' && last)) k++, i++;
        else if (star != SIZE_MAX && from < path.n) k = star, i = ++from;
        else return false;
    }
    return true;
}

typedef struct {
    bool   ours, everyones; // the group being read speaks of us, of everyone
    bool   rules;           // it had rules: another agent begins a new one
    size_t best[2];         // longest rule that holds + 1, for everyone and for us
    bool   allow[2], named[2];
    double delay[2];
} robots_reading;

static double seconds_of(str s)
{
    double v = 0, place = 1;
    bool   point = false;
    for (size_t i = 0; i < s.n && i < 8; i++) {
        if (s.p[i] == '.' && !point) point = true;
        else if (s.p[i] < '0' || s.p[i] > '9') break;
        else if (point) v += (s.p[i] - '0') * (place /= 10);
        else v = v * 10 + (s.p[i] - '0');
    }
    return v < DELAY_MOST ? v : DELAY_MOST;
}

static void read_agent(robots_reading *r, str value, str agent)
{
    if (r->rules) r->ours = r->everyones = r->rules = false;
    size_t n = 0; // the product's name, without its version
    while (n < value.n && value.p[n] != '/' && value.p[n] != ' ') n++;
    r->everyones |= str_is(value, "*");
    r->ours |= str_eq_nocase(str_cut(value, 0, n), agent);
    r->named[0] |= r->everyones;
    r->named[1] |= r->ours;
}

static void read_rule(robots_reading *r, bool allow, str pattern, str path)
{
    r->rules = true;
    if (!pattern.n || !pattern_holds(str_cut(pattern, 0, PATTERN_BYTES), path)) return;
    for (int ours = 0; ours < 2; ours++) {
        if (!(ours ? r->ours : r->everyones)) continue;
        size_t length = pattern.n + 1;
        if (length < r->best[ours] || (length == r->best[ours] && !allow)) continue;
        r->best[ours] = length, r->allow[ours] = allow;
    }
}

bool robots_allow(str text, str agent, str path, double *delay)
{
    robots_reading r = {0};
    path = str_cut(path, 0, PATH_BYTES);
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.n);
    for (int lines = 0; text.p && lines < ROBOTS_LINES; lines++) {
        str line = str_split(text, '\n', &text), value, comment;
        line = str_split(line, '#', &comment);
        str name = str_trim(str_split(line, ':', &value));
        value = str_trim(value.p ? value : STR(""));
        if (str_eq_nocase(name, STR("user-agent"))) read_agent(&r, value, agent);
        else if (str_eq_nocase(name, STR("allow"))) read_rule(&r, true, value, path);
        else if (str_eq_nocase(name, STR("disallow"))) read_rule(&r, false, value, path);
        else if (str_eq_nocase(name, STR("crawl-delay"))) {
            r.rules = true;
            if (r.everyones) r.delay[0] = seconds_of(value);
            if (r.ours) r.delay[1] = seconds_of(value);
        }
    }
    int which = r.named[1]; // a group of our own stands for all of it
    *delay = r.delay[which];
    return !r.best[which] || r.allow[which] || str_is(path, "/robots.txt");
}
