#include "lang/words.h"

#include <string.h>

static const struct {
    uint16_t lead;
    Block block;
} block_leads[] = {
    {TK_WORKFLOW_L, BLOCK_WORKFLOW}, {TK_CALENDAR_L, BLOCK_CALENDAR},
    {TK_ROLE_L, BLOCK_ROLE},         {TK_EVENT_L, BLOCK_EVENT},
    {TK_STATE_L, BLOCK_STATE},       {TK_TRACK_L, BLOCK_TRACK},
    {TK_AT_L, BLOCK_ANY_POINT},      {TK_MUST_L, BLOCK_MUST},
    {TK_SCENARIO_L, BLOCK_SCENARIO},
};

static Block block_of(uint16_t lead)
{
    for (size_t i = 0; i < sizeof block_leads / sizeof *block_leads; i++)
        if (block_leads[i].lead == lead)
            return block_leads[i].block;
    return BLOCK_FILE;
}

bool token_begins_block(Token token)
{
    return token.leads && token.keyword && keywords[token.keyword - 1].blocks == BLOCK_ANY;
}

/* After these a word first on its line goes on with the clause: lists and
 * phrases may be wrapped anywhere. */
static bool clause_goes_on_after(Token token)
{
    switch (token.code) {
    case TK_STAY:
    case TK_OTHERWISE:
    case TK_MONTH:
    case TK_WEEKDAY:
        return false;
    case TK_COMMA:
    case TK_LP:
    case TK_AS:
    case TK_THEN_L:
    case TK_UNTIL:
    case TK_WHILE:
    case TK_ALWAYS_L:
        return true;
    default:
        return token.keyword && keywords[token.keyword - 1].hard;
    }
}

static uint16_t next_word(const Words *words)
{
    Lexer ahead = words->lexer;
    return lexer_next(&ahead).keyword;
}

/* `at` and `as` lead only as `at any point` and `as soon as`. */
static bool phrase_leads(const Words *words, uint16_t lead)
{
    const char *wanted = lead == TK_AT_L ? "any" : lead == TK_AS_L ? "soon" : NULL;
    if (!wanted)
        return true;
    uint16_t next = next_word(words);
    return next && strcmp(keywords[next - 1].text, wanted) == 0;
}

void words_enter_block(Words *words, Token token)
{
    if (token_begins_block(token))
        words->block = block_of(token.code);
}

static void mark_lead(Words *words, Token *token)
{
    if (!token->keyword || !token->first_on_line || words->wraps)
        return;
    const Keyword *word = &keywords[token->keyword - 1];
    if (!word->lead || !(word->blocks & words->block) || !phrase_leads(words, word->lead))
        return;
    token->leads = true;
    token->code = word->lead;
    words_enter_block(words, *token);
}

void words_start(Words *words, const char *text, size_t length)
{
    words->block = BLOCK_FILE;
    words->wraps = false;
    words->late = NULL;
    keyword_table_fill(&words->table);
    lexer_start(&words->lexer, &words->table, text, length);
}

static void lead_late(Words *words, Token *token)
{
    if (!words->late || words->late->offset != token->offset)
        return;
    token->code = keywords[token->keyword - 1].lead;
    token->leads = true;
    words_enter_block(words, *token);
    words->late = words->late->next;
}

Token words_next(Words *words)
{
    Token token = lexer_next(&words->lexer);
    mark_lead(words, &token);
    if (token.code != TK_ILLEGAL)
        words->wraps = clause_goes_on_after(token);
    else if (token.first_on_line)
        words->lexer.line_start = true; /* the word after it begins the line */
    lead_late(words, &token);
    return token;
}
