#include "lang/token.h"

#include <string.h>

#define HARD(word, token, where)       {word, TK_##token, (where) ? TK_##token : 0, where, 0, true},
#define SOFT(word, token)              {word, TK_##token, 0, 0, 0, false},
#define LEAD(word, first, soft, where) {word, TK_##soft, TK_##first, where, 0, false},
#define CAPITAL(word, token, number)   {word, TK_##token, 0, 0, number, true},

const Keyword keywords[] = {
#include "lang/keywords.def"
};
const size_t keyword_count = sizeof keywords / sizeof *keywords;

_Static_assert(sizeof keywords / sizeof *keywords * 2 < KEYWORD_SLOTS,
               "the word table is crowded");

static uint32_t hash_of(const char *word, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619u;
    return hash ^ (hash >> 15);
}

void keyword_table_fill(KeywordTable *table)
{
    *table = (KeywordTable){0};
    for (size_t i = 0; i < keyword_count; i++) {
        uint32_t at = hash_of(keywords[i].text, strlen(keywords[i].text));
        while (table->slots[at % KEYWORD_SLOTS])
            at++;
        table->slots[at % KEYWORD_SLOTS] = (uint16_t)(i + 1);
    }
}

uint16_t keyword_find(const KeywordTable *table, const char *word, size_t length)
{
    for (uint32_t at = hash_of(word, length); table->slots[at % KEYWORD_SLOTS]; at++) {
        uint16_t number = table->slots[at % KEYWORD_SLOTS];
        const char *text = keywords[number - 1].text;
        if (strncmp(text, word, length) == 0 && text[length] == '\0')
            return number;
    }
    return 0;
}

/* Tokens that are no word of the language. */
static const struct {
    int code;
    const char *words;
} others[] = {
    {TK_END, "the end of the file"},
    {TK_NAME, "a name"},
    {TK_STRING, "text in quotes"},
    {TK_NUMBER, "a number"},
    {TK_MONTH, "a month"},
    {TK_WEEKDAY, "a day of the week"},
    {TK_CLOCK, "a time such as 09:00"},
    {TK_CODE, "a code in capitals"},
    {TK_CLAUSE, "a clause number such as AB-1"},
    {TK_COMMA, "a comma"},
    {TK_LP, "an opening bracket"},
    {TK_RP, "a closing bracket"},
    {TK_DASH, "a minus sign"},
};

const char *token_words(int code)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].code == code)
            return others[i].words;
    for (size_t i = 0; i < keyword_count; i++)
        if (keywords[i].token == code || keywords[i].lead == code)
            return keywords[i].text;
    return NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

#define DISTANCE_MAX_LENGTH 32u

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Three rows of the usual table: one swap of neighbours looks two rows back. */
unsigned word_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                       unsigned most)
{
    if (a_length > DISTANCE_MAX_LENGTH || b_length > DISTANCE_MAX_LENGTH)
        return most + 1;
    unsigned rows[3][DISTANCE_MAX_LENGTH + 1];
    for (unsigned j = 0; j <= b_length; j++)
        rows[0][j] = j;
    for (unsigned i = 1; i <= a_length; i++) {
        unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
        row[0] = i;
        for (unsigned j = 1; j <= b_length; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = least(above[j - 1] + !same, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1]))
                row[j] = least(row[j], higher[j - 2] + 1);
        }
    }
    return least(rows[a_length % 3][b_length], most + 1);
}
