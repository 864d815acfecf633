#include "article/blocks.h"

#include "base/utf8.h"

#include <string.h>

enum {
    BOXES_OPEN = PAGE_DEPTH + 1,
    PROSE_WORDS = 10,      // words of a block that reads like sentences,
    PROSE_LINKED = 3,      // at most one letter in so many in links
    LINE_AFTER_BREAK = 60, // letters of a long line
    MOST_OF_PAGE = 60,     // percent of the page's prose: what holds more is no sidebar, whatever its class says
};

typedef struct {
    arena           *a;
    const page_tree *t;
    page_blocks      out;
    char            *text;     // of all blocks, one after the other
    size_t           n, start; // written; where the open block begins
    page_block       open;
    uint32_t         boxes[BOXES_OPEN], ends[BOXES_OPEN];
    int              depth;
    uint32_t         link_end;   // nodes before it stand in a link
    bool             space;      // white space waits to be written
    int              breaks;     // line breaks since the last character
    uint32_t         line_start; // letters of the open block before its last line
} block_walk;

// --- text ---

static bool ends_in_stop(str s)
{
    static const char *const closers[] = {"\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof closers / sizeof *closers; i++)
        if (s.n > 1 && str_ends(s, str_of(closers[i]))) {
            s.n -= strlen(closers[i]);
            i = SIZE_MAX;
        }
    return s.n && (strchr(".!?", s.p[s.n - 1]) || str_ends(s, STR("\xE2\x80\xA6")) || str_ends(s, STR("\xE3\x80\x82")));
}

static void end_block(block_walk *w)
{
    page_block *b = &w->open;
    str         text = {w->text + w->start, w->n - w->start};
    w->space = false, w->breaks = 0, w->line_start = 0;
    if (text.n && b->letters) {
        uint32_t box = w->depth ? w->boxes[w->depth - 1] : 0;
        b->text = text;
        b->box = box;
        b->tag = w->t->v[box].tag;
        *push(w->a, &w->out) = *b;
        w->start = w->n;
    }
    w->n = w->start;
    *b = (page_block){0};
}

// What has no width and what only hyphenates is left out; hard spaces are spaces.
static bool is_unseen(uint32_t c) { return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x200E || c == 0x200F; }

// After one line break: whether what begins with `c` is a paragraph of its own. It is after a long line with a full stop, and
// after a short one without, unless its sentence goes on.
static bool begins_anew(const block_walk *w, char c)
{
    str      before = {w->text + w->start, w->n - w->start};
    uint32_t line = w->open.letters - w->line_start;
    if (!before.n) return false;
    if (ends_in_stop(before)) return w->open.letters >= LINE_AFTER_BREAK;
    return line < LINE_AFTER_BREAK && before.p[before.n - 1] != ',' && !(c >= 'a' && c <= 'z');
}

// Characters without white space.
typedef struct {
    size_t   from, to; // bytes
    uint32_t letters, commas;
} text_run;

// Puts a run of s after the white space that waits.
static void put_run(block_walk *w, str s, const text_run *r, uint32_t node)
{
    page_block *b = &w->open;
    if (r->from == r->to) return;
    if (w->breaks == 1 && begins_anew(w, s.p[r->from])) end_block(w);
    if (w->breaks) w->line_start = b->letters;
    if (!b->letters) b->from = node;
    b->to = node + 1;
    if (w->space && w->n > w->start) w->text[w->n++] = ' ';
    if (w->space || !b->letters) b->words++;
    w->space = false, w->breaks = 0;
    memcpy(w->text + w->n, s.p + r->from, r->to - r->from);
    w->n += r->to - r->from;
    b->letters += r->letters;
    b->commas += r->commas;
    if (node < w->link_end) b->linked += r->letters;
}

static void put_text(block_walk *w, str s, uint32_t node)
{
    if (memchr(s.p, '&', s.n)) s = page_unescaped(w->a, s);
    text_run r = {0};
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c > ' ' && c < 0x80) {
            r.commas += c == ',';
            r.letters++, i++;
            continue;
        }
        r.to = i;
        uint32_t u = c < 0x80 ? (i++, c) : utf8_next(s, &i);
        if (u > ' ' && u != 0xA0 && !is_unseen(u)) {
            r.letters++;
            continue;
        }
        put_run(w, s, &r, node);
        r = (text_run){.from = i};
        w->space |= u <= ' ' || u == 0xA0;
    }
    r.to = s.n;
    put_run(w, s, &r, node);
}

// --- structure ---

static bool is_passed_over(uint8_t tag)
{
    switch (tag) {
    case TAG_SCRIPT:
    case TAG_STYLE:
    case TAG_TEMPLATE:
    case TAG_SVG:
    case TAG_SELECT:
    case TAG_TEXTAREA:
    case TAG_IFRAME:
    case TAG_OBJECT:
    case TAG_CANVAS:
    case TAG_AUDIO:
    case TAG_VIDEO:
    case TAG_NOEMBED:
    case TAG_NOFRAMES:
    case TAG_NOSCRIPT:
    case TAG_HEAD:
    case TAG_TITLE: return true;
    default: return false;
    }
}

// Two line breaks end a paragraph; after one it depends on what follows.
static void break_line(block_walk *w)
{
    w->space = true;
    if (++w->breaks > 1) end_block(w);
}

static void close_boxes(block_walk *w, uint32_t node)
{
    while (w->depth && w->ends[w->depth - 1] <= node) {
        end_block(w);
        w->depth--;
    }
}

static void walk_blocks(block_walk *w)
{
    const page_tree *t = w->t;
    for (uint32_t i = 1; i < t->n; i++) {
        const page_node *n = &t->v[i];
        close_boxes(w, i);
        if (n->tag == TAG_TEXT) put_text(w, n->text, i);
        else if (is_passed_over(n->tag)) i = n->end - 1;
        else if (n->tag == TAG_BR) break_line(w);
        else if (n->tag == TAG_HR) end_block(w);
        else if (n->tag == TAG_IMG) w->space = true;
        else if (n->tag == TAG_A && page_raw_attr(t, i, ATTR_HREF).p) {
            if (n->end > w->link_end) w->link_end = n->end;
            w->open.links++;
        } else if (page_is_box(n) && w->depth < BOXES_OPEN) {
            end_block(w);
            w->boxes[w->depth] = i;
            w->ends[w->depth++] = n->end;
        }
    }
    close_boxes(w, UINT32_MAX);
    end_block(w);
}

bool block_is_prose(const page_block *b)
{
    return b->words >= PROSE_WORDS && b->linked * PROSE_LINKED <= b->letters && (b->stop || b->commas);
}

static void sum_blocks(block_walk *w)
{
    size_t      nodes = w->t->n;
    block_sums *s = w->out.sums = new_array(w->a, block_sums, nodes + 1);
    for (size_t i = 0; i < w->out.n; i++) {
        page_block *b = &w->out.v[i];
        block_sums *at = &s[b->from + 1];
        b->stop = ends_in_stop(b->text);
        at->letters += b->letters;
        at->linked += b->linked;
        at->blocks++;
        if (block_is_prose(b)) at->prose += b->letters;
    }
    for (size_t i = 1; i <= nodes; i++) {
        s[i].letters += s[i - 1].letters;
        s[i].linked += s[i - 1].linked;
        s[i].prose += s[i - 1].prose;
        s[i].blocks += s[i - 1].blocks;
    }
}

// Class words of every element that holds text. What holds most of the page's prose passes on only that it is content.
static void classify_nodes(block_walk *w, const class_words *words)
{
    page_blocks *o = &w->out;
    size_t       nodes = w->t->n;
    uint32_t     all = o->sums[nodes].prose;
    o->own = new_array(w->a, uint32_t, nodes + 1);
    o->above = new_array(w->a, uint32_t, nodes + 1);
    for (uint32_t i = 1; i < nodes; i++) {
        const page_node *n = &w->t->v[i];
        block_sums       in = blocks_within(o, w->t, i);
        if (n->tag == TAG_TEXT || !in.blocks) continue;
        uint32_t pass = o->above[n->parent];
        if (n->n_attrs && n->tag != TAG_BODY && n->tag != TAG_HTML) o->own[i] = classes_of(words, w->t, i);
        uint32_t mine = o->own[i];
        if ((uint64_t)in.prose * 100 > (uint64_t)all * MOST_OF_PAGE) mine &= 1u << CLASS_CONTENT;
        o->above[i] = pass | mine;
    }
}

page_blocks blocks_of(arena *a, const page_tree *t, const class_words *words)
{
    block_walk *w = new (a, block_walk);
    size_t      bytes = 1;
    for (size_t i = 0; i < t->n; i++) bytes += t->v[i].tag == TAG_TEXT ? t->v[i].text.n + 1 : 0;
    w->a = a;
    w->t = t;
    w->text = new_array(a, char, bytes);
    walk_blocks(w);
    sum_blocks(w);
    classify_nodes(w, words);
    return w->out;
}
