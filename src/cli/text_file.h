/* A small file of text, whole: maps, lists of accepted deviations. */
#pragma once

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"

/* Adds what the file holds. ERROR_NOT_FOUND, ERROR_PERMISSION, ERROR_IO; ERROR_LIMIT
 * above `most` bytes. */
bool text_file_read(const char *path, size_t most, Text *text, Error *err);
