#include "record/record.h"

void record_text(buf *out, const report *r, bool color, int width)
{
    (void)r, (void)color, (void)width;
    buf_text(out, "\n");
}

void record_html(buf *out, const report *r) { (void)r, buf_text(out, "\n"); }
