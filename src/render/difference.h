/* Two texts line by line, as `diff -u` shows them: what to take out, what to put
 * in, three lines around. */
#pragma once

#include <stddef.h>

#include "base/text.h"

void difference_render(const char *name, const char *old, size_t old_length, const char *new_text,
                       size_t new_length, Text *out);
