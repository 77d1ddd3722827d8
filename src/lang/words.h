/* The words of a source, those marked that begin a clause where they stand. That
 * depends only on the block around them (LateLead apart), so the text can be gone
 * through again without a parser. Says nothing about what is wrong. */
#pragma once

#include "lang/lexer.h"

/* A word that begins a clause though by the rules of wrapping it would not: found
 * out by the parser, which could make nothing else of it. */
typedef struct LateLead {
    uint32_t offset;
    struct LateLead *next;
} LateLead;

typedef struct Words {
    KeywordTable table;
    Lexer lexer;
    Block block;
    bool wraps;           /* the last word lets a clause wrap */
    const LateLead *late; /* those still to come; NULL while nobody knows them */
} Words;

/* `text` is clean (scan.h). `words` must not move after this. */
void words_start(Words *words, const char *text, size_t length);
/* A TK_ILLEGAL is handed out too, and passed over as far as leading goes. */
Token words_next(Words *words);
/* From here on other words begin clauses: for a heading that had to be mended. */
void words_enter_block(Words *words, Token token);
/* Does it begin a block of the file, rather than a clause within one? */
bool token_begins_block(Token token);
