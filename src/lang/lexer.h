/* Bytes to tokens, by re2c (grammar/flow.re). The text must be clean (scan.h)
 * and end in a NUL at `limit`; blanks, line ends and comments are left out.
 * Which words begin a clause is the driver's business. */
#pragma once

#include "lang/token.h"

typedef struct Lexer {
    const unsigned char *text, *cursor, *limit; /* borrowed */
    const KeywordTable *table;                  /* borrowed */
    bool line_start;
} Lexer;

void lexer_start(Lexer *lexer, const KeywordTable *table, const char *text, size_t length);
Token lexer_next(Lexer *lexer);
