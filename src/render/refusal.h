/* Why an entry was refused, in words: what is wrong, and who could do it or what
 * would put it right. */
#pragma once

#include "base/text.h"
#include "render/view.h"

/* One sentence without a full stop. `detail` (may be NULL) is what was found wrong
 * before the flow was asked, and is then the sentence. */
void refusal_sentence(const CaseView *view, const Refusal *refusal, const char *detail,
                      Text *out);

/* Lines, each ending in a line feed: who may do it, what is asked for, what must
 * come first. May add nothing. */
void refusal_help(const CaseView *view, const Refusal *refusal, Text *out);
