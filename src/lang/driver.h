/* What the recovery needs of the driver. */
#pragma once

#include "lang/parse.h"

Token parser_next(Parser *p);
void parser_feed(Parser *p, Token token);
/* May `code` come next, as a word or as a name? */
bool parser_accepts(const Parser *p, int code);
