/* What past cases come to, as one page of HTML to put before a board: nothing to
 * fetch, nothing that runs, pictures drawn in it, made for screens, screen readers and
 * A4. One version is for those who work the cases and names them; one is for
 * publication, names nobody and hides small counts. The numbers are those of the
 * Result; nothing is worked out here but shares and bands. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "render/draw_picture.h"
#include "render/report_pages.h"
#include "replay/compare.h"
#include "replay/result.h"

typedef struct ReportRequest {
    const Result *result;
    const Comparison *comparison; /* NULL: one flow alone */
    const Picture *picture;       /* of the flow; NULL: no diagram */
    const char *drawn;        /* what Graphviz (dot -Tsvg) made of report_graphs; NULL: it is
                                 not there, and a table stands in its place */
    const ReportPages *pages; /* cases with a page of their own; NULL: none */
    bool is_public;           /* for publication: no ids, no persons, small counts hidden */
    unsigned target;          /* share of duties to be in time, 1 to 100 per cent: a line in
                                 the charts; 0: none was set */
} ReportRequest;

/* The diagram of who went where, a graph for each track, for Graphviz. */
void report_graphs(const ReportRequest *request, Text *out);

/* Errors: ERROR_REFUSED where too few cases are to be published, or pages of single
 * cases; ERROR_IO where `drawn` is not what Graphviz writes. */
bool report_html(const ReportRequest *request, Text *out, Error *err);
