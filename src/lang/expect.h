/* What may come next, in the reader's words. */
#pragma once

#include "base/text.h"
#include "lang/parse.h"

/* The sentence for `token`, which may not come next: the one written for this
 * place in grammar/messages.txt, or one made from what is possible here. */
void expect_sentence(const Parser *p, Token token, Text *out);
