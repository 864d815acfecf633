// relate.c — runs the cases of what figures are to one another: relate FILE.case…
//
//   == a later figure of the same claimant supersedes
//   ministry | 2024-05-25 | >= 31 killed
//   ministry | 2024-05-26 | >= 35 killed
//   -- relate
//   2 | supersedes | 1 | later
//
// A claim a line: claimant, day said, then words: operator and number ("25-30" a range, "[24,]" bounds given as they
// are), effect, group; "denied", "superseded", "feared", "planned", "additional"; "in:R" its report, "at:08:30" the
// minute, "over:2024-05-01..2024-05-31" the days it counts. Each line is of a report of its own unless it says another.
// "-- relate" is followed by exactly what relate_dump prints of the claims as they stand; claims have to be in order.

#include "ledger/relate.h"
#include "base/day.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int passed, failed;

static void read_bounds(claim *c, const char *s)
{
    char  *end;
    double low = strtod(s + 1, &end);
    c->low = end == s + 1 ? -INFINITY : low;
    const char *high = strchr(s, ',') + 1;
    c->high = *high == ']' ? INFINITY : strtod(high, NULL);
}

static void read_number(claim *c, const char *op, const char *s)
{
    char *end;
    c->value = strtod(s, &end);
    c->low = c->high = c->value;
    if (!strcmp(op, ">")) c->low++;
    if (op[0] == '>') c->high = INFINITY;
    if (!strcmp(op, "<")) c->high--;
    if (op[0] == '<') c->low = -INFINITY;
    if (*end == '-') c->high = strtod(end + 1, NULL), c->value = NAN;
}

static claim_status status_of(const char *s)
{
    static const char *const names[] = {"asserted", "denied", "superseded", "feared", "planned"};
    for (int i = 1; i < 5; i++)
        if (!strcmp(s, names[i])) return (claim_status)i;
    return CLAIM_ASSERTED;
}

static void read_word(claim *c, const char *word, const char **op)
{
    if (strchr("<>=~", word[0])) *op = word;
    else if (word[0] == '[') read_bounds(c, word);
    else if (strspn(word, "0123456789")) read_number(c, *op, word);
    else if (!strncmp(word, "in:", 3)) c->report = (uint32_t)atoi(word + 3);
    else if (!strncmp(word, "at:", 3)) c->minute = atoi(word + 3) * 60 + atoi(word + 6);
    else if (!strncmp(word, "over:", 5)) c->begin = day_parse((str){word + 5, 10}), c->last = day_parse((str){word + 17, 10});
    else if (!strcmp(word, "additional")) c->additional = true;
    else if (status_of(word)) c->status = status_of(word);
    else if (!strcmp(word, "itself")) c->own_voice = true;
    else if (!c->effect.n) c->effect = str_of(word);
    else c->group = str_of(word);
}

// Reads one line; it is cut to pieces, and the claim points into it.
static claim read_claim(char *line, uint32_t number)
{
    claim       c = {.unit = STR("person"),
                     .report = 100 + number,
                     .place = number,
                     .minute = -1,
                     .begin = DAY_NONE,
                     .last = DAY_NONE,
                     .value = NAN};
    const char *op = "=";
    char       *rest = line, *field = strsep(&rest, "|");
    c.claimant = str_trim(str_of(field));
    c.said = day_parse(str_trim(str_of(strsep(&rest, "|"))));
    for (char *save, *word = strtok_r(rest ? rest : "", " \t", &save); word; word = strtok_r(NULL, " \t", &save))
        read_word(&c, word, &op);
    return c;
}

static bool in_order(const claim *c, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (claim_order(&c[i - 1], &c[i]) > 0) return false;
    return true;
}

// What relate_dump prints of the claims, as a new string.
static char *relations_of(arena *a, char *lines)
{
    enum { MOST = 64 };
    claim  c[MOST];
    size_t n = 0, length = 0;
    char  *got = NULL;
    for (char *save, *l = strtok_r(lines, "\n", &save); l && n < MOST; l = strtok_r(NULL, "\n", &save))
        c[n] = read_claim(l, (uint32_t)n), n++;
    FILE *out = open_memstream(&got, &length);
    if (in_order(c, n)) relate_dump(out, relate_all(a, c, n));
    else fprintf(out, "claims are not in order\n");
    fclose(out);
    return got;
}

static void run_case(arena *a, const char *file, const char *title, char *body)
{
    char *want = strstr(body, "-- relate\n");
    if (!want) exit(2);
    want[-1] = 0, want += strlen("-- relate\n");
    char  *got = relations_of(a, body);
    size_t n = strlen(want);
    while (n && want[n - 1] == '\n' && (n == 1 || want[n - 2] == '\n')) want[--n] = 0;
    if (!strcmp(want, got)) passed++;
    else failed++, printf("%s: %s\nexpected:\n%sgot:\n%s\n", file, title, want, got);
    free(got);
}

static void run_file(arena *a, const char *file)
{
    char   *all = NULL;
    size_t  cap = 0;
    FILE   *in = fopen(file, "rb");
    ssize_t n = in ? getdelim(&all, &cap, 0, in) : -1;
    if (n < 0) exit(fprintf(stderr, "%s: cannot be read\n", file) ? 2 : 2);
    fclose(in);
    for (char *at = strstr(all, "== "); at;) {
        char *next = strstr(at, "\n== "), *title = at + 3, *line_end = strchr(title, '\n');
        if (next) next[1] = 0;
        *line_end = 0;
        char *body = strdup(line_end + 1);
        run_case(a, file, title, body);
        free(body);
        at = next ? next + 1 : NULL;
        if (at) *at = '=';
    }
    free(all);
}

int main(int argc, char **argv)
{
    static jmp_buf full;
    static arena   a;
    if (setjmp(full)) return fprintf(stderr, "out of memory\n"), 2;
    arena_init(&a, (size_t)64 << 20, &full);
    for (int i = 1; i < argc; i++) run_file(&a, argv[i]);
    arena_clear(&a);
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
