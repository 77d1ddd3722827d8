/* What a user or a file wrote, made fit for a terminal: control characters,
 * marks that reorder text, and broken UTF-8 are shown as \x1b or \u202e instead
 * of being sent. A line end is shown as " / ". */
#pragma once

#include <stddef.h>

#include "base/text.h"

void safe_add(Text *out, const char *words); /* NULL adds nothing */
void safe_add_bytes(Text *out, const char *words, size_t length);

/* Columns that `words` take once made safe, one for each character. */
size_t safe_width(const char *words);
