/* What to do with a token that cannot come next: put it right when it is
 * plainly a slip (a misspelt or foreign word, a missing kind of day, and mixed
 * with or), otherwise say what is wanted here. */
#pragma once

#include "lang/parse.h"

/* True when *token may now be fed: the mistake was reported and mended. */
bool repair_token(Parser *p, Token *token);

/* A phrase of another wording ("more than") whose first word would pass for a
 * name: mended before it is read. */
bool mend_phrase(Parser *p, Token *token);

/* CF001, or CF003 when the clause before a new one stops too early. */
void report_unexpected(Parser *p, Token token);
void report_unfinished(Parser *p, Token next);

/* The clause stopped before `lead`, which was read as a name at first. */
void report_stopped(Parser *p, Token lead);

/* While skipping: does a line's first word look like a misspelt word that could
 * begin a clause here? Then *token becomes that word, and is reported. */
bool repair_lead_word(Parser *p, Token *token);
