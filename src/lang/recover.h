/* What to do with a token that cannot come next but is plainly a slip (a misspelt
 * or foreign word, a missing kind of day, and mixed with or): it is put right. */
#pragma once

#include "lang/parse.h"

/* True when *token may now be fed: the mistake was reported and mended. */
bool repair_token(Parser *p, Token *token);

/* While skipping: does a line's first word look like a misspelt word that could
 * begin a clause here? Then *token becomes that word, and is reported. */
bool repair_lead_word(Parser *p, Token *token);
