// print.h — an article as a person or another program reads it: text, Markdown, HTML, JSON. Lists, tables, quotations and
// headings stay what they are; what `tidings article` prints, `tidings read` reads again.
//
//   title, byline, <p>One <ul><li>two <li>three   ->   # title · *Ann Lee* · One · - two · - three

#ifndef ARTICLE_PRINT_H
#define ARTICLE_PRINT_H

#include "article/article.h"
#include "base/buf.h"

void article_text(buf *out, const article *art);     // title, a line of byline and date, the paragraphs
void article_markdown(buf *out, const article *art); // CommonMark, tables as GitHub has them
void article_html(buf *out, const article *art);     // one page, with the metadata in its head
void article_json(buf *out, const article *art);     // docs/article.md, one line

// What the record's `report` has of an article before its dateline, and after it.
void article_json_head(buf *out, const article *art);
void article_json_tail(buf *out, const article *art);

#endif
