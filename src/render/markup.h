/* Words put into XML and HTML, and into the quoted labels of Mermaid: each has its
 * own characters that would be taken for something else. */
#pragma once

#include <stddef.h>

#include "base/text.h"

/* Safe between tags and in quoted attributes. Give it words that safe_add has made
 * fit, so that no control character is left; what XML cannot hold at all becomes "?". */
void markup_add(Text *out, const char *words);
void markup_add_bytes(Text *out, const char *words, size_t length);
/* Any words, made fit and put in; line ends stay line ends in markup_add_lines. */
void markup_add_safe(Text *out, const char *words);
void markup_add_lines(Text *out, const char *words);
/* The same for a quoted Mermaid label: everything but plain characters as #NN; */
void mermaid_add_bytes(Text *out, const char *words, size_t length);
