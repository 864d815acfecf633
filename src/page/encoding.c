#include "page/encoding.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
    DECLARED_WITHIN = 4096, // bytes in which a declaration is looked for; browsers look at 1024, some pages need more
    LOOKED_AT = 1 << 16,    // bytes that decide whether this is text at all
    CONTROL_SHARE = 32,     // one control character in so many: binary (random bytes have one in nine)
    LABEL_LONGEST = 40
};

// What windows-1252 has at 0x80…0x9F; 0 where it has nothing.
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                          0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Labels that mean another encoding than they say (WHATWG Encoding Standard), and how iconv names it.
static const struct {
    const char *label, *name;
} encoding_labels[] = {
    {"ascii", "CP1252"},        {"us-ascii", "CP1252"},     {"iso-8859-1", "CP1252"}, {"iso8859-1", "CP1252"},  {"iso88591", "CP1252"},
    {"latin1", "CP1252"},       {"latin-1", "CP1252"},      {"l1", "CP1252"},         {"windows-1252", "CP1252"}, {"cp1252", "CP1252"},
    {"x-cp1252", "CP1252"},     {"ansi", "CP1252"},         {"iso-8859-9", "CP1254"}, {"iso8859-9", "CP1254"},  {"latin5", "CP1254"},
    {"utf8", "UTF-8"},          {"utf-8", "UTF-8"},         {"unicode", "UTF-8"},     {"utf-16", "UTF-8"},      {"utf-16le", "UTF-8"},
    {"utf-16be", "UTF-8"},      {"gb2312", "GB18030"},      {"gbk", "GB18030"},       {"gb18030", "GB18030"},   {"x-gbk", "GB18030"},
    {"shift_jis", "CP932"},     {"shift-jis", "CP932"},     {"sjis", "CP932"},        {"x-sjis", "CP932"},      {"windows-31j", "CP932"},
    {"euc-kr", "CP949"},        {"ks_c_5601-1987", "CP949"}, {"big5", "BIG5-HKSCS"},  {"tis-620", "CP874"},     {"iso-8859-11", "CP874"},
};

static uint32_t encoding_at_1252(unsigned char c) { return c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c; }

// What files that are no text begin with.
static const char *binary_kind(str b)
{
    static const struct {
        const char *head, *name;
        size_t      n;
    } kinds[] = {{"%PDF-", "PDF", 5},           {"\x89PNG", "PNG image", 4},    {"\xFF\xD8\xFF", "JPEG image", 3},
                 {"GIF8", "GIF image", 4},      {"PK\3\4", "ZIP archive", 4},   {"\x1F\x8B", "gzip data", 2},
                 {"\x28\xB5\x2F\xFD", "Zstandard data", 4},                     {"\x7F" "ELF", "ELF program", 4},
                 {"BZh", "bzip2 data", 3},      {"\xFD" "7zXZ", "xz data", 5},  {"Rar!", "RAR archive", 4},
                 {"{\\rtf", "RTF document", 5}, {"OggS", "Ogg media", 4},       {"\xD0\xCF\x11\xE0", "old Office document", 4},
                 {"SQLite format 3", "SQLite database", 15}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (b.n >= kinds[i].n && memcmp(b.p, kinds[i].head, kinds[i].n) == 0) return kinds[i].name;
    if (b.n >= 12 && memcmp(b.p, "RIFF", 4) == 0) return "RIFF media";
    if (b.n >= 12 && memcmp(b.p + 4, "ftyp", 4) == 0) return "MPEG-4 media";
    return NULL;
}

static bool encoding_control(unsigned char c) { return (c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F; }

// From i on past printable ASCII, eight bytes at a time.
static size_t plain_until(str s, size_t i)
{
    const uint64_t ones = 0x0101010101010101u, high = ones << 7;
    for (uint64_t w; i + sizeof w <= s.n; i += sizeof w) {
        memcpy(&w, s.p + i, sizeof w);
        uint64_t below = (w - ones * 0x20) & ~w, delete = ((w ^ ones * 0x7F) - ones) & ~(w ^ ones * 0x7F);
        if ((w | below | delete) & high) break;
    }
    return i;
}

static bool too_many_controls(str b)
{
    if (b.n > LOOKED_AT) b.n = LOOKED_AT;
    size_t controls = 0;
    for (size_t i = plain_until(b, 0); i < b.n; i = plain_until(b, i + 1)) controls += encoding_control((unsigned char)b.p[i]);
    return controls * CONTROL_SHARE > b.n;
}

// UTF-16 without a mark: Latin text has a zero in every other byte.
static const char *utf16_by_zeros(str b)
{
    if (b.n > 4096) b.n = 4096;
    size_t zeros[2] = {0};
    for (size_t i = 0; i < b.n; i++) zeros[i & 1] += b.p[i] == 0;
    size_t half = b.n / 2;
    if (half && zeros[1] * 10 > half * 4 && zeros[0] * 20 < half) return "UTF-16LE";
    if (half && zeros[0] * 10 > half * 4 && zeros[1] * 20 < half) return "UTF-16BE";
    return NULL;
}

static const char *by_label(arena *a, str label)
{
    label = str_trim(label);
    if (!label.n || label.n > LABEL_LONGEST) return NULL;
    for (size_t i = 0; i < sizeof encoding_labels / sizeof *encoding_labels; i++)
        if (str_eq_nocase(label, str_of(encoding_labels[i].label))) return encoding_labels[i].name;
    const char *name = arena_str(a, label).p;
    iconv_t     c = iconv_open("UTF-8", name);
    if (c == (iconv_t)-1) return NULL;
    iconv_close(c);
    return name;
}

static bool label_end(char c) { return c <= ' ' || c == '"' || c == '\'' || c == ';' || c == '>' || c == '/' || c == '?'; }

// charset=… of a meta element, or encoding=… of an XML declaration.
static str declared_label(str b)
{
    str head = str_cut(b, 0, DECLARED_WITHIN);
    for (size_t i = 0; i + 8 < head.n; i++) {
        bool xml = str_starts(head, STR("<?xml")) && str_eq_nocase(str_cut(head, i, i + 8), STR("encoding"));
        if (!xml && !str_eq_nocase(str_cut(head, i, i + 7), STR("charset"))) continue;
        size_t k = i + (xml ? 8 : 7);
        while (k < head.n && head.p[k] == ' ') k++;
        if (k == head.n || head.p[k] != '=') continue;
        for (k++; k < head.n && (head.p[k] == ' ' || head.p[k] == '"' || head.p[k] == '\''); k++) {}
        size_t end = k;
        while (end < head.n && !label_end(head.p[end])) end++;
        if (end > k) return str_cut(head, k, end);
    }
    return (str){NULL, 0};
}

// Most bytes above 0x7F stand in well-formed sequences: meant as UTF-8, here and there broken.
static bool mostly_utf8(str b)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < b.n;) {
        if ((unsigned char)b.p[i] < 0x80) {
            i++;
            continue;
        }
        size_t from = i;
        utf8_next(b, &i);
        if (i - from > 1) good++;
        else bad++;
    }
    return good >= 4 * bad;
}

// A broken piece at s.p[*i]: the beginning of a longer sequence is one U+FFFD; a byte alone is what windows-1252 has there.
static uint32_t mend_broken(str s, size_t *i)
{
    unsigned char c = (unsigned char)s.p[*i];
    size_t        want = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : 2, k = *i + 1;
    if (want > 2 && k < s.n && ((unsigned char)s.p[k] & 0xC0) == 0x80) {
        while (k < s.n && k < *i + want - 1 && ((unsigned char)s.p[k] & 0xC0) == 0x80) k++;
        *i = k;
        return 0xFFFD;
    }
    *i = k;
    return encoding_at_1252(c);
}

// Valid UTF-8 out of nearly valid UTF-8, or out of windows-1252.
static str encoding_mended(arena *a, str s, bool utf8)
{
    char  *p = new_array(a, char, 3 * s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            p[n++] = s.p[i++];
            continue;
        }
        uint32_t at = 0;
        size_t   next = i;
        if (utf8) {
            at = utf8_next(s, &next);
            if (next - i == 1) next = i, at = mend_broken(s, &next);
        } else at = encoding_at_1252(c), next++;
        if (at) n += utf8_put(p + n, at);
        i = next;
    }
    return (str){p, n};
}

// No byte gives more than three; what cannot be read gives U+FFFD and moves one byte (two in UTF-16).
static str encoding_converted(arena *a, str s, const char *from)
{
    size_t  cap = 3 * s.n + 16, step = strncmp(from, "UTF-16", 6) ? 1 : 2;
    char   *p = new_array(a, char, cap), *out = p, *in = (char *)(uintptr_t)s.p;
    size_t  left = s.n, room = cap;
    iconv_t c = iconv_open("UTF-8", from); // nothing is allocated in the arena until it is closed
    if (c == (iconv_t)-1) return encoding_mended(a, s, false);
    while (left && iconv(c, &in, &left, &out, &room) == (size_t)-1 && errno != E2BIG && room > 3) {
        size_t skip = left < step ? left : step, put = utf8_put(out, 0xFFFD);
        in += skip, left -= skip, out += put, room -= put;
        iconv(c, NULL, NULL, NULL, NULL);
    }
    iconv_close(c);
    return utf8_repair(a, (str){p, (size_t)(out - p)}); // iconv lets code points beyond Unicode through
}

// The first byte that may have to be cleaned away, from i on.
static size_t first_odd(str s, size_t i)
{
    static const bool odd[256] = {
        [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,  [6] = 1,  [7] = 1,    [8] = 1,    [11] = 1,   [12] = 1,
        [13] = 1, [14] = 1, [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1,   [21] = 1,   [22] = 1,   [23] = 1,
        [24] = 1, [25] = 1, [26] = 1, [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1,   [127] = 1,  [0xC2] = 1, [0xE2] = 1, [0xEF] = 1};
    for (;;) {
        i = plain_until(s, i);
        for (size_t end = i + 8 < s.n ? i + 8 : s.n; i < end; i++)
            if (odd[(unsigned char)s.p[i]]) return i;
        if (i == s.n) return i;
    }
}

static bool needs_cleaning(str s)
{
    for (size_t i = first_odd(s, 0); i < s.n; i = first_odd(s, i + 1)) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) return true;
        if (c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0) return true;
        if (c == 0xEF && i + 2 < s.n && memcmp(s.p + i, "\xEF\xBB\xBF", 3) == 0) return true;
        if (c == 0xE2 && i + 2 < s.n && s.p[i + 1] == '\x80' && (s.p[i + 2] == '\xA8' || s.p[i + 2] == '\xA9')) return true;
    }
    return false;
}

// What a character is in the text: line ends are \n, controls nothing (0), C1 controls what windows-1252 has there.
static uint32_t encoding_clean_char(uint32_t c)
{
    if (c == '\r' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029) return '\n';
    if (c >= 0x80 && c < 0xA0) return windows_1252[c - 0x80];
    return c == 0xFEFF || (c < 0x80 && encoding_control((unsigned char)c)) ? 0 : c;
}

static str encoding_cleaned(arena *a, str s)
{
    if (!needs_cleaning(s)) return s;
    char  *p = new_array(a, char, s.n * 3 / 2 + 4); // two bytes of a C1 control may give three
    size_t n = 0;
    for (size_t i = 0; i < s.n;) {
        size_t plain = first_odd(s, i);
        memcpy(p + n, s.p + i, plain - i);
        n += plain - i, i = plain;
        if (i == s.n) break;
        uint32_t c = utf8_next(s, &i), put = encoding_clean_char(c);
        if (c == '\r' && i < s.n && s.p[i] == '\n') continue;
        if (c == 0x2029) p[n++] = '\n';
        if (put) n += utf8_put(p + n, put);
    }
    return (str){p, n};
}

static bool text_in(arena *a, str bytes, str charset, decoded *out)
{
    static const struct {
        const char *mark, *name;
        size_t      n;
    } marks[] = {{"\xEF\xBB\xBF", "UTF-8", 3}, {"\xFF\xFE\0\0", "UTF-32LE", 4}, {"\xFF\xFE", "UTF-16LE", 2}, {"\xFE\xFF", "UTF-16BE", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bytes.n >= marks[i].n && memcmp(bytes.p, marks[i].mark, marks[i].n) == 0) {
            *out = (decoded){str_cut(bytes, marks[i].n, bytes.n), marks[i].name, "bom", false};
            return true;
        }
    const char *zeros = utf16_by_zeros(bytes);
    if (zeros) {
        *out = (decoded){bytes, zeros, "zeros", false};
        return true;
    }
    if (too_many_controls(bytes)) return false;
    const char *name = by_label(a, charset);
    *out = (decoded){bytes, name, "given", false};
    if (!name && (name = by_label(a, declared_label(bytes)))) *out = (decoded){bytes, name, "meta", false};
    if (utf8_valid(bytes)) *out = (decoded){bytes, "UTF-8", name && !strcmp(name, "UTF-8") ? out->why : "utf-8", true};
    else if (!name || (!strcmp(name, "UTF-8") && !mostly_utf8(bytes))) *out = (decoded){bytes, mostly_utf8(bytes) ? "UTF-8" : "CP1252", "fallback", false};
    return true;
}

bool page_decode(arena *a, str bytes, str charset, decoded *out, fault *f)
{
    if (!bytes.n) return fault_set(f, "empty: no report in it");
    const char *kind = binary_kind(bytes);
    if (kind) return fault_set(f, "binary, not text: %s", kind);
    if (!text_in(a, bytes, charset, out)) return fault_set(f, "binary, not text: too many control characters");
    if (!strcmp(out->encoding, "UTF-8")) {
        if (!out->valid && !utf8_valid(out->text)) out->text = encoding_mended(a, out->text, true);
    } else if (!strcmp(out->encoding, "CP1252")) out->text = encoding_mended(a, out->text, false);
    else out->text = encoding_converted(a, out->text, out->encoding);
    out->text = encoding_cleaned(a, out->text);
    if (!str_trim(out->text).n) return fault_set(f, "empty: nothing but white space");
    return true;
}
