/* Looks at the raw bytes of a source before it is read: wrong encodings,
 * characters that cannot be seen or that turn the reading order round, lines
 * without end. */
#pragma once

#include "base/arena.h"
#include "base/diag.h"

/* Returns a text of the same length that the lexer can trust (well-formed
 * UTF-8, no control characters, a NUL at the end): `text` itself when there is
 * nothing wrong. NULL, with a finding, when it is not text at all. */
const char *scan_clean(Arena *arena, Diags *diags, uint32_t source, const char *text,
                       size_t length);

/* "UTF-16" or "UTF-32" when the bytes look like it, else NULL. */
const char *scan_wide_encoding(const char *text, size_t length);

/* Whether these are the bytes of something else than a text: a picture, a
 * program, a document of an office program. */
bool scan_is_binary(const char *text, size_t length);

/* The alphabet of a letter that is easily taken for one of a to z, or NULL. */
const char *utf8_script(int32_t code);

/* Has it no shape on the screen? */
bool character_is_hidden(int32_t code);
