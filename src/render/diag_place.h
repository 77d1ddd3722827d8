/* Which declared thing a place in a flow belongs to, for people who find their way
 * by names and not by line numbers. */
#pragma once

#include "lang/bundle.h"

/* Appends "state allocation, task allocate"; nothing where no block holds the place. */
void diag_place(const Bundle *bundle, Span span, Text *out);
