/* The two encodings of one byte per character that spreadsheets still write, and what
 * files in encodings that are not read look like. Never guessed: somebody says which. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "log/mapping.h"
#include "log/names.h"

/* Writes `text` as UTF-8 to `to`, which has room for three bytes for each of its own,
 * and returns how many were written. Sets *is_bad for a byte that the encoding does
 * not have, and for a NUL. */
size_t encoding_to_utf8(LogEncoding encoding, LogText text, char *to, bool *is_bad);

/* "utf-8", "latin-1" or "iso-8859-1", "windows-1252" or "cp1252", in any case of
 * letters. */
bool encoding_parse(const char *name, LogEncoding *encoding, Error *err);

/* What UTF-16, UTF-32 and files that are no text begin with, with a mark or without:
 * none of it can be read as CSV. */
bool looks_like_utf16(const char *bytes, size_t length);
