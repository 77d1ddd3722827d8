/* The one way to lay a flow out: two blanks for a clause, four for what belongs to
 * it, `because` in a column of its own. Lines stay as their author broke them;
 * words, their order and every comment stay too, so that the content hash cannot
 * change. Formatting what is formatted changes nothing. */
#pragma once

#include "base/text.h"
#include "lang/bundle.h"

/* Appends the formatted text of one source of a bundle without syntax errors. */
void format_source(Bundle *bundle, uint32_t source, Text *out);
