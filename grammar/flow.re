/* The lexer: one rule for every shape of token, one for every shape of mistake.
 * Words are one rule and then a look-up of the whole word, so that no word is
 * ever taken for the beginning of another. */
#include "lang/lexer.h"

#include <string.h>

void lexer_start(Lexer *lexer, const KeywordTable *table, const char *text, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)text;
    *lexer = (Lexer){bytes, bytes, bytes + length, table, true};
}

static bool all_in(const unsigned char *word, size_t length, const char *alphabet)
{
    for (size_t i = 0; i < length; i++)
        if (!strchr(alphabet, word[i]))
            return false;
    return true;
}

#define SMALL    "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS   "0123456789"

/* CRE is a code, CRE-15 a clause; a word with other letters is a name all the
 * same, so that only its letters are reported. */
static void classify_word(Token *token, const Lexer *lexer, const unsigned char *word)
{
    size_t length = token->length;
    token->keyword = keyword_find(lexer->table, (const char *)word, length);
    if (token->keyword) {
        token->code = keywords[token->keyword - 1].token;
        return;
    }
    token->code = TK_NAME;
    if (all_in(word, length, SMALL DIGITS "-") && strchr(SMALL, word[0]))
        return;
    const unsigned char *dash = memchr(word, '-', length);
    size_t head = dash ? (size_t)(dash - word) : length;
    if (strchr(CAPITALS, word[0]) && all_in(word, head, CAPITALS DIGITS)) {
        if (!dash)
            token->code = TK_CODE;
        else if (head + 1 < length && all_in(dash + 1, length - head - 1, DIGITS))
            token->code = TK_CLAUSE;
    }
    token->odd_letters = token->code == TK_NAME;
}

static Token token_make(Lexer *lexer, const unsigned char *start, int code, TokenTrouble trouble)
{
    Token token = {
        .offset = (uint32_t)(start - lexer->text),
        .length = (uint32_t)(lexer->cursor - start),
        .code = (uint16_t)code,
        .trouble = (uint8_t)trouble,
        .first_on_line = lexer->line_start,
    };
    lexer->line_start = false;
    if (code == TK_NAME)
        classify_word(&token, lexer, start);
    return token;
}

Token lexer_next(Lexer *lexer)
{
    const unsigned char *YYMARKER;
    const unsigned char *start;
#define YYCURSOR lexer->cursor
#define YYLIMIT  lexer->limit
    for (;;) {
        start = lexer->cursor;
        /*!re2c
        re2c:define:YYCTYPE = "unsigned char";
        re2c:yyfill:enable = 0;
        re2c:eof = 0;
        re2c:flags:utf-8 = 1;
        re2c:flags:encoding-policy = fail;

        open   = [\u201c\u201d\u201e\u201f];
        odd_space = [\xa0\u1680\u2000-\u200a\u202f\u205f\u3000];
        odd    = [\x80-\ud7ff\ue000-\U0010ffff] \ open \ odd_space \ [\u2010-\u2015\u2018-\u201b\u2212];
        letter = [A-Za-z] | odd;
        digit  = [0-9];

        $                     { return token_make(lexer, start, TK_END, TOKEN_FINE); }
        [ \t\r]+              { continue; }
        "\n"                  { lexer->line_start = true; continue; }
        "#" [^\n]*            { continue; }
        letter (letter | digit | [_-])* { return token_make(lexer, start, TK_NAME, TOKEN_FINE); }
        digit+                { return token_make(lexer, start, TK_NUMBER, TOKEN_FINE); }
        digit+ "." digit+     { return token_make(lexer, start, TK_ILLEGAL, TOKEN_DECIMAL); }
        digit{1,2} ":" digit{2} { return token_make(lexer, start, TK_CLOCK, TOKEN_FINE); }
        digit{4} "-" digit{1,2} "-" digit{1,2}
                              { return token_make(lexer, start, TK_ILLEGAL, TOKEN_ISO_DATE); }
        ["] [^"\n]* ["]       { return token_make(lexer, start, TK_STRING, TOKEN_FINE); }
        ["] [^"\n]*           { return token_make(lexer, start, TK_STRING, TOKEN_UNCLOSED_TEXT); }
        open [^"\u201c\u201d\u201e\u201f\n]* (["] | open)
                              { return token_make(lexer, start, TK_STRING, TOKEN_FINE); }
        open [^"\u201c\u201d\u201e\u201f\n]*
                              { return token_make(lexer, start, TK_STRING, TOKEN_UNCLOSED_TEXT); }
        ","                   { return token_make(lexer, start, TK_COMMA, TOKEN_FINE); }
        "("                   { return token_make(lexer, start, TK_LP, TOKEN_FINE); }
        ")"                   { return token_make(lexer, start, TK_RP, TOKEN_FINE); }
        "-" | [\u2010-\u2015\u2212] { return token_make(lexer, start, TK_DASH, TOKEN_FINE); }
        odd_space+            { return token_make(lexer, start, TK_ILLEGAL, TOKEN_NO_BREAK_SPACE); }
        ['\u2018-\u201b`]     { return token_make(lexer, start, TK_ILLEGAL, TOKEN_SINGLE_QUOTE); }
        [^]                   { return token_make(lexer, start, TK_ILLEGAL, TOKEN_SIGN); }
        *                     { return token_make(lexer, start, TK_ILLEGAL, TOKEN_SIGN); }
        */
    }
}
