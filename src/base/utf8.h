/* UTF-8, the one reading of it: shortest form only, no surrogates, nothing above
 * U+10FFFF. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The character at `text`, which has `length` bytes, at least one; -1 when it is
 * not well-formed. *bytes is how many it takes (1 when it is not). */
int32_t utf8_decode(const char *text, size_t length, uint32_t *bytes);

bool utf8_is_valid(const char *text, size_t length); /* and holds no NUL */
