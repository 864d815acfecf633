#include "base/package.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

enum { DEEPEST_FOLDER = 8, MOST_MEMBERS = 100000 };
static const uint64_t largest_member = (uint64_t)1 << 30; // far above any data file we read

struct package {
    arena      *a;
    const char *path;
    zip_t      *zip;   // NULL: a folder
    str         below; // what every member's path begins with: empty, or a folder and a slash
    struct {
        const char **v;
        size_t       n, cap;
    } members;
};

static void discard_zip(void *zip) { zip_discard(zip); }

static bool list_folder(package *p, const char *below, int depth, fault *f)
{
    str  full = arena_printf(p->a, "%s/%s", p->path, below);
    DIR *d = opendir(full.p);
    if (!d) return fault_set(f, "%s: %s", full.p, strerror(errno));
    // Names are read first and looked at after the folder is closed: an allocation may leave this function.
    char   names[16384];
    size_t used = 0;
    bool   ok = true;
    for (struct dirent *e; ok && (e = readdir(d));) {
        size_t n = strlen(e->d_name) + 1;
        if (e->d_name[0] == '.') continue;
        ok = used + n <= sizeof names;
        if (ok) memcpy(names + used, e->d_name, n), used += n;
    }
    closedir(d);
    if (!ok || depth > DEEPEST_FOLDER || p->members.n > MOST_MEMBERS)
        return fault_set(f, "%s: too many files for a package", full.p);
    for (size_t i = 0; ok && i < used; i += strlen(names + i) + 1) {
        const char *member = arena_printf(p->a, "%s%s", below, names + i).p;
        struct stat s;
        if (stat(arena_printf(p->a, "%s/%s", p->path, member).p, &s)) continue;
        if (S_ISDIR(s.st_mode)) ok = list_folder(p, arena_printf(p->a, "%s/", member).p, depth + 1, f);
        else *push(p->a, &p->members) = member;
    }
    return ok;
}

package *package_open(arena *a, const char *path, fault *f)
{
    package    *p = new (a, package);
    struct stat s;
    *p = (package){.a = a, .path = path};
    if (stat(path, &s)) return fault_set(f, "%s: %s", path, strerror(errno)), NULL;
    if (S_ISDIR(s.st_mode)) return list_folder(p, "", 0, f) ? p : NULL;
    p->zip = zip_open(path, ZIP_RDONLY, NULL);
    if (!p->zip) return fault_set(f, "%s: neither a wheel (a zip archive) nor a folder", path), NULL;
    arena_defer(a, discard_zip, p->zip);
    int64_t n = zip_get_num_entries(p->zip, 0);
    if (n > MOST_MEMBERS) return fault_set(f, "%s: too many files for a package", path), NULL;
    for (int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(p->zip, (uint64_t)i, 0);
        if (name) *push(a, &p->members) = arena_str(a, str_of(name)).p;
    }
    return p;
}

const char *package_path(const package *p) { return p->path; }

void package_enter(package *p, str folder)
{
    p->below = folder.n ? arena_printf(p->a, "%.*s/", (int)folder.n, folder.p) : folder;
}

// The path of a member as seen from the folder entered, or NULL if it is not in there.
static const char *seen_path(const package *p, size_t i)
{
    const char *m = p->members.v[i];
    return str_starts(str_of(m), p->below) ? m + p->below.n : NULL;
}

bool package_has(const package *p, const char *member)
{
    for (size_t i = 0; i < p->members.n; i++)
        if (seen_path(p, i) && !strcmp(seen_path(p, i), member)) return true;
    return false;
}

static size_t count_slashes(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += *s == '/';
    return n;
}

const char *package_find(const package *p, const char *end)
{
    const char *best = NULL;
    for (size_t i = 0; i < p->members.n; i++) {
        const char *m = seen_path(p, i);
        if (!m) continue;
        bool whole = end[0] == '/' && !strcmp(m, end + 1);
        if ((whole || str_ends(str_of(m), str_of(end))) && (!best || count_slashes(m) < count_slashes(best))) best = m;
    }
    return best;
}

static bool read_zip_member(const package *p, const char *member, str *out, fault *f)
{
    zip_stat_t s;
    if (zip_stat(p->zip, member, 0, &s) || !(s.valid & ZIP_STAT_SIZE)) return fault_set(f, "%s: holds no %s", p->path, member);
    if (s.size > largest_member) return fault_set(f, "%s: %s is too large", p->path, member);
    char       *bytes = new_array(p->a, char, s.size + 1);
    zip_file_t *in = zip_fopen(p->zip, member, 0);
    uint64_t    have = 0;
    for (int64_t got; in && have < s.size && (got = zip_fread(in, bytes + have, s.size - have)) > 0;) have += (uint64_t)got;
    // The checksum is compared when the end is read.
    char one;
    bool ok = in && have == s.size && zip_fread(in, &one, 1) == 0;
    if (in) zip_fclose(in);
    *out = (str){bytes, s.size};
    return ok ? true : fault_set(f, "%s: %s is damaged", p->path, member);
}

static bool read_folder_member(const package *p, const char *member, str *out, fault *f)
{
    const char *path = arena_printf(p->a, "%s/%s", p->path, member).p;
    struct stat s;
    if (stat(path, &s) || !S_ISREG(s.st_mode)) return fault_set(f, "%s: holds no %s", p->path, member);
    if ((uint64_t)s.st_size > largest_member) return fault_set(f, "%s: too large", path);
    char  *bytes = new_array(p->a, char, (size_t)s.st_size + 1);
    FILE  *in = fopen(path, "rb");
    size_t have = in ? fread(bytes, 1, (size_t)s.st_size, in) : 0;
    if (in) fclose(in);
    *out = (str){bytes, (size_t)s.st_size};
    return have == (size_t)s.st_size ? true : fault_set(f, "%s: cannot be read", path);
}

bool package_read(const package *p, const char *member, str *out, fault *f)
{
    const char *full = arena_join(p->a, p->below, str_of(member)).p;
    *out = (str){NULL, 0};
    return p->zip ? read_zip_member(p, full, out, f) : read_folder_member(p, full, out, f);
}
