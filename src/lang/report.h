/* What to say where a word does not fit: where it stands, what is wanted there, in
 * the sentences of grammar/messages.txt. One message for a clause, and one for the
 * `and`s that follow a mistake in a scenario: p->reported and p->list_reported. */
#pragma once

#include "lang/parse.h"

/* CF001, or CF003 when the clause before a new one stops too early. */
void report_unexpected(Parser *p, Token token);
void report_unfinished(Parser *p, Token next);

/* The clause stopped before `lead`, which was read as a name at first. */
void report_stopped(Parser *p, Token lead);
