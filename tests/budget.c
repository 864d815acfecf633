// budget.c — raises a document's memory budget from nothing until it can be read: each try before fails cleanly.

#include "tidings.h"

#include <stdio.h>
#include <string.h>

static const char page[] =
    "<html><head><title>Two die in fire</title></head><body><article><p>Two people died in a fire in Tarsova on Monday, "
    "police said. \"We saw the smoke,\" a witness said.</p><p>The mayor, Ana Prell, called for an inquiry.</p></article></body></html>";

int main(void)
{
    td_reader *reader;
    td_error   e;
    if (td_reader_open(&reader, NULL, &e)) return fprintf(stderr, "%s\n", e.text), 2;
    td_options o = {.published = "2024-03-05"};
    int        failed = 0, tries = 0;
    td_status  status = TD_ERR_LIMIT;
    for (size_t budget = 1; status == TD_ERR_LIMIT && budget < (size_t)1 << 32; budget += budget / 16 + 1, tries++) {
        td_doc *doc;
        o.budget = budget;
        status = td_read(&doc, reader, page, strlen(page), &o, &e);
        if (status == TD_OK) {
            td_text json = td_doc_format(doc, TD_JSON, NULL); // may not fit: then it has no text, and no harm is done
            failed += json.text && !strstr(json.text, "\"tidings\":1");
            td_doc_free(doc);
        } else failed += status != TD_ERR_LIMIT || !strstr(e.text, "budget");
    }
    failed += status != TD_OK;
    td_reader_free(reader);
    printf("%d passed, %d failed\n", tries - failed, failed);
    return failed > 0;
}
