/* The pages of "casewright explain", with what the program itself says of the
 * wrong example. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "lang/codes.h"

bool explain_text(const CodeInfo *code, bool colour, Text *out, Error *err);
/* `count` pages, schema casewright/explain/1. */
bool explain_json(const CodeInfo *codes, size_t count, Text *out, Error *err);
/* All codes with their titles, by family. */
void explain_list(Text *out);
