/* The parts of the repair: each looks at one token, and where it is plainly a slip
 * of one kind, reports it and makes it what was meant. recover.c tries them in turn;
 * wording.c holds those that know other ways to say a thing. */
#pragma once

#include "lang/parse.h"

/* Could it be a word that was mistyped, or another word for one of ours? */
bool mend_is_word(Token token);

/* May these come next, as themselves? `second` 0: one only. */
bool mend_fits(const Parser *p, int first, int second);

/* The mended clause goes on as `first`, then `second` when it is not 0: the last
 * of them is left in *token for the caller to feed. */
void mend_become(Parser *p, Token *token, int first, int second);

/* ---- wording.c: true when *token was put right ------------------------------- */

/* One word for another: "goto", "business", "expect". */
bool mend_alias(Parser *p, Token *token);

/* A phrase whose first word would pass for a name: "more than", "above 3". */
bool mend_phrase(Parser *p, Token *token);

/* `three weeks`, whose first word would pass for the name of a period. */
bool mend_number(Parser *p, Token *token);

/* `by a or b` where lists have commas. */
bool mend_list(Parser *p, Token *token);
