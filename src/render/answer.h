/* What came of asking for something to be recorded: what it caused, what a
 * correction changed, or why it was refused and what is possible instead. */
#pragma once

#include "base/text.h"
#include "render/view.h"

void answer_text(const Answer *answer, Text *out); /* accepted */
/* Refused: why, then a line for each thing that helps. `typed` is the name asked
 * for, or NULL. */
void refused_text(const Answer *answer, const char *typed, Text *out);
void refused_sentence(const Answer *answer,
                      Text *out); /* why, without "refused: " */
void answer_json(const Answer *answer, const char *schema, Text *out); /* both */
/* One line for each thing that a correction or a late entry changed. */
void changes_text(const Answer *answer, Text *out);
