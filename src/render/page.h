/* The frame of a page of HTML that stands alone: readable on a screen and on paper,
 * with nothing to fetch and nothing that runs. */
#pragma once

#include "base/text.h"

void page_begin(const char *title, const char *subtitle, Text *out);
void page_end(Text *out);
/* <TAG>words</TAG>, made safe and escaped. */
void page_element(const char *tag, const char *words, Text *out);
/* The words alone. */
void page_words(const char *words, Text *out);
