/* Words and marks of a flow, and the one table of the language's words
 * (keywords.def). A token knows only where it stands: line and column are
 * worked out when something is printed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "flow.h" /* the TK_ numbers, made by lemon */

#define TK_END 0 /* what lemon calls the end of the text */

/* The block a clause stands in, as far as it decides which words may begin one.
 * A set, because a word may lead in several. */
typedef enum Block {
    BLOCK_FILE = 1,
    BLOCK_WORKFLOW = 2,
    BLOCK_CALENDAR = 4,
    BLOCK_ROLE = 8,
    BLOCK_EVENT = 16,
    BLOCK_STATE = 32,
    BLOCK_TRACK = 64,
    BLOCK_ANY_POINT = 128,
    BLOCK_MUST = 256,
    BLOCK_SCENARIO = 512,
    BLOCK_ANY = 1023
} Block;

typedef struct Keyword {
    const char *text;
    uint16_t token;  /* where it does not begin a clause; TK_NAME: it is just a name there */
    uint16_t lead;   /* where it does; 0 when it never does */
    uint16_t blocks; /* where it may begin a clause */
    uint8_t number;  /* of a month or weekday */
    bool hard;       /* never a name */
} Keyword;

/* What the lexer found wrong with the token itself. */
typedef enum TokenTrouble {
    TOKEN_FINE,
    TOKEN_UNCLOSED_TEXT,  /* a TK_STRING up to the end of its line */
    TOKEN_NO_BREAK_SPACE, /* the rest are TK_ILLEGAL */
    TOKEN_SINGLE_QUOTE,
    TOKEN_DECIMAL,
    TOKEN_ISO_DATE,
    TOKEN_SIGN
} TokenTrouble;

typedef struct Token {
    uint32_t offset, length;
    uint16_t code;    /* TK_… */
    uint16_t keyword; /* its number plus one; 0 when it is no keyword */
    uint8_t trouble;  /* TokenTrouble */
    bool first_on_line;
    bool leads;       /* begins a clause here */
    bool odd_letters; /* a word with letters that names do not have */
} Token;

extern const Keyword keywords[];
extern const size_t keyword_count;

/* Word to number, by hash; built once per parse. */
#define KEYWORD_SLOTS 512u
typedef struct KeywordTable {
    uint16_t slots[KEYWORD_SLOTS]; /* number plus one; 0 is free */
} KeywordTable;

void keyword_table_fill(KeywordTable *table);
/* The number plus one, 0 when the word is none of the language's. */
uint16_t keyword_find(const KeywordTable *table, const char *word, size_t length);
/* The words under which people know a token: "working", "a name". */
const char *token_words(int code);
/* How many single-letter slips lie between two words (a swap of neighbours is
 * one); more than `most` gives most + 1. Small and large letters are alike. */
unsigned word_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                       unsigned most);
