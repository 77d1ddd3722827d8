/* Every code that a finding can carry: codes.def is the only list. Codes are
 * stable once shipped; their first digit is the family (messages-and-checks). */
#pragma once

#include "base/diag.h"

typedef struct CodeInfo {
    const char *code;
    Severity severity;
    const char *title; /* what went wrong, in a few words */
} CodeInfo;

/* NULL when there is no such code. */
const CodeInfo *code_find(const char *code);
/* All of them, ascending; *count tells how many. */
const CodeInfo *codes_all(size_t *count);
