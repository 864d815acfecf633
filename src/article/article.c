#include "article/article.h"

#include "base/utf8.h"

struct article_rules {
    int none;
};

const article_rules *article_rules_load(const data_set *d, fault *f)
{
    (void)f;
    return new(d->a, article_rules);
}

// Until pages are read: the bytes as they are are the text.
bool article_read(arena *a, str bytes, const article_hints *hints, const article_rules *rules, article *out, fault *f)
{
    (void)rules;
    if (!bytes.n) return fault_set(f, "empty: no report in it");
    *out = (article){.url = hints->url, .title = hints->title, .language = STR("en"), .reading_minutes = -1};
    out->published = (article_date){.day = hints->published, .minute = -1, .from = hints->published == DAY_NONE ? NULL : "given"};
    out->modified = (article_date){.day = DAY_NONE, .minute = -1};
    out->text = utf8_repair(a, str_trim(bytes));
    return true;
}

void article_dump(FILE *out, const article *art) { fprintf(out, "%zu bytes of text\n", art->text.n); }
