/* What a user or a file wrote, made fit for a terminal: control characters,
 * marks that reorder text, and broken UTF-8 are shown as \x1b or \u202e instead
 * of being sent. */
#pragma once

#include <stddef.h>

#include "base/text.h"

void safe_add(Text *out, const char *words); /* on one line; NULL adds nothing */
void safe_add_bytes(Text *out, const char *words, size_t length);
void safe_add_lines(Text *out, const char *words); /* keeps line ends */

/* Columns that `words` take once made safe, one for each character. */
size_t safe_width(const char *words);
