/* Findings about flow text, for people and for tools. What the flow's author wrote
 * is shown made safe: no control character reaches a terminal. Findings come in
 * the order of the text, whatever order they were found in. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "lang/bundle.h"

typedef enum DiagFormat {
    DIAG_TEXT,    /* headline, place, the marked lines, what to do */
    DIAG_COMPACT, /* cre.flow:12:3: error CF101: there is no … : one line each */
    DIAG_JSON,    /* one object, schema casewright/findings/1 */
    DIAG_SARIF, DIAG_GITHUB, DIAG_JUNIT /* all findings: see diag_machine.h */
} DiagFormat;

/* Appends at most `most` findings (0: all) and how many more there are. */
void diag_render(const Bundle *bundle, DiagFormat format, bool colour, uint32_t most,
                 Text *out);

/* Adds the codes of those that are shown, each once, with a blank before it: for
 * diag_more, which says below all findings of a run where to read about them. */
void diag_codes(const Bundle *bundle, uint32_t most, Text *codes);
void diag_more(const Text *codes, Text *out);

/* One flow's findings for people, LIMIT_ERRORS_SHOWN at most, and where to read more. */
void diag_page(const Bundle *bundle, bool colour, Text *out);
