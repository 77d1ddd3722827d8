/* A line of a flow with some of its words underlined: right for characters of
 * several bytes and for tabs, cut where it is long, safe for a terminal. */
#pragma once

#include <stdbool.h>

#include "lang/bundle.h"

/* Appends the line and, below it, the marks and the label (which may be NULL). A
 * span over several lines is marked to the end of the first. */
void diag_excerpt(const Bundle *bundle, Span span, const char *label, const char *mark_on,
                  const char *mark_off, Text *out);
