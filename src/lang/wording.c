/* Other ways to say what the language says, read as they were meant. */
#include <string.h>

#include "lang/driver.h"
#include "lang/mend.h"

/* ---- words of another wording ------------------------------------------------ */

/* `typed`, with `then` after it when it is a phrase, is how others say `say`.
 * Where the tokens may come, they are taken as if they had been typed. */
typedef struct Alias {
    const char *typed, *then;
    int first, second; /* second 0: one token only */
    const char *say;
} Alias;

static const Alias aliases[] = {
    {"goto", NULL, TK_GO, TK_TO, "go to"},
    {"go-to", NULL, TK_GO, TK_TO, "go to"},
    {"next", NULL, TK_GO, TK_TO, "go to"},
    {"business", NULL, TK_WORKING, 0, "working"},
    {"work", NULL, TK_WORKING, 0, "working"},
    {"office", NULL, TK_WORKING, 0, "working"},
    {"weekdays", NULL, TK_WORKING, TK_DAYS, "working days"},
    {"wd", NULL, TK_WORKING, TK_DAYS, "working days"},
    {"workdays", NULL, TK_WORKING, TK_DAYS, "working days"},
    {"after", NULL, TK_OF, 0, "of"},
    {"from", NULL, TK_OF, 0, "of"},
    {"since", NULL, TK_OF, 0, "of"},
    {"following", NULL, TK_OF, 0, "of"},
    {"before", NULL, TK_WITHIN, 0, "within"},
    {"until", NULL, TK_WITHIN, 0, "within"},
    {"inside", NULL, TK_WITHIN, 0, "within"},
    {"in", NULL, TK_WITHIN, 0, "within"},
    {"due", NULL, TK_WITHIN, 0, "within"},
    {"unless", NULL, TK_WHEN, TK_NOT, "when not"},
    {"if", NULL, TK_WHEN, 0, "when"},
    {"where", NULL, TK_WHEN, 0, "when"},
    {"provided", NULL, TK_WHEN, 0, "when"},
    {"else", NULL, TK_OTHERWISE, 0, "otherwise"},
    {"default", NULL, TK_OTHERWISE, 0, "otherwise"},
    {"equals", NULL, TK_IS, 0, "is"},
    {"are", NULL, TK_IS, 0, "is"},
    {"be", NULL, TK_IS, 0, "is"},
    {"above", NULL, TK_OVER, 0, "over"},
    {"below", NULL, TK_UNDER, 0, "under"},
    {"true", NULL, TK_YES, 0, "yes"},
    {"false", NULL, TK_NO, 0, "no"},
    {"unknown", NULL, TK_NOT, TK_KNOWN, "not known"},
    {"for", NULL, TK_BY, 0, "by"},
    {"hrs", NULL, TK_HOURS, 0, "hours"},
    {"hr", NULL, TK_HOURS, 0, "hours"},
    {"wks", NULL, TK_WEEKS, 0, "weeks"},
    {"yrs", NULL, TK_YEARS, 0, "years"},
    {"expect", NULL, TK_THEN_L, 0, "then"},
    {"check", NULL, TK_THEN_L, 0, "then"},
    {"tell", NULL, TK_NOTIFY, 0, "notify"},
    {"inform", NULL, TK_NOTIFY, 0, "notify"},
    {"alert", NULL, TK_NOTIFY, 0, "notify"},
    {"asap", NULL, TK_IMMEDIATELY, 0, "immediately"},
    {"everyone", NULL, TK_ANYONE, 0, "anyone"},
    {"anybody", NULL, TK_ANYONE, 0, "anyone"},
    {"why", NULL, TK_BECAUSE, 0, "because"},
    {"see", NULL, TK_BECAUSE, 0, "because"},
    {"per", NULL, TK_BECAUSE, 0, "because"},
    {"as", NULL, TK_BECAUSE, 0, "because"},
    {"stage", NULL, TK_STATE_L, 0, "state"},
    {"phase", NULL, TK_STATE_L, 0, "state"},
    {"step", NULL, TK_STATE_L, 0, "state"},
    {"status", NULL, TK_STATE_L, 0, "state"},
    {"action", NULL, TK_TASK_L, 0, "task"},
    {"duty", NULL, TK_TASK_L, 0, "task"},
    {"upon", NULL, TK_ON_L, 0, "on"},
    {"field", NULL, TK_FACT_L, 0, "fact"},
    {"actor", NULL, TK_ROLE_L, 0, "role"},
    {"import", NULL, TK_USE_L, 0, "use"},
    {"include", NULL, TK_USE_L, 0, "use"},
    {"process", NULL, TK_WORKFLOW_L, 0, "workflow"},
    {"trigger", NULL, TK_EVENT_L, 0, "event"},
    {"flow", NULL, TK_WORKFLOW_L, 0, "workflow"},
    {"test", NULL, TK_SCENARIO_L, 0, "scenario"},
    {"story", NULL, TK_SCENARIO_L, 0, "scenario"},
    {"example", NULL, TK_SCENARIO_L, 0, "scenario"},
};

/* Apart from the others because every name is held against them. `then` NULL: a
 * number. */
static const Alias phrases[] = {
    {"move", "to", TK_GO, TK_TO, "go to"},     {"proceed", "to", TK_GO, TK_TO, "go to"},
    {"progress", "to", TK_GO, TK_TO, "go to"}, {"more", "than", TK_OVER, 0, "over"},
    {"greater", "than", TK_OVER, 0, "over"},   {"less", "than", TK_UNDER, 0, "under"},
    {"fewer", "than", TK_UNDER, 0, "under"},   {"above", NULL, TK_OVER, 0, "over"},
    {"below", NULL, TK_UNDER, 0, "under"},
};

static bool token_is(const Parser *p, Token token, const char *word)
{
    const char *text = token_text(p, token);
    return text[0] == word[0] && token.length == strlen(word) &&
           memcmp(text, word, token.length) == 0;
}

/* Takes the next token, when it is the word `word`. */
static bool take_if_word(Parser *p, const char *word)
{
    Lexer ahead = p->words.lexer;
    Token next = lexer_next(&ahead);
    if (!token_is(p, next, word))
        return false;
    parser_next(p);
    return true;
}

/* The next token, which stays where it is. */
static Token token_ahead(const Parser *p)
{
    Lexer ahead = p->words.lexer;
    return lexer_next(&ahead);
}

static void report_alias(Parser *p, Span span, const Alias *alias)
{
    if (p->reported)
        return;
    p->reported = true;
    Diag *diag =
        diag_add(p->diags, span, "CF011", "The language says \"%s\" here, not \"%.*s\"",
                 alias->say, (int)span.length, p->text + span.offset);
    diag_help(p->diags, diag, "I read the rest as if you had written \"%s\".", alias->say);
    diag_replace(p->diags, diag, alias->say);
}

/* One word: those with a second word are mend_phrase's, but `move to` and the
 * like leave their `to` where it is wanted. */
bool mend_alias(Parser *p, Token *token)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        const Alias *alias = &aliases[i];
        if (!token_is(p, *token, alias->typed) || !mend_fits(p, alias->first, alias->second))
            continue;
        report_alias(p, token_span(p, *token), alias);
        mend_become(p, token, alias->first, alias->second);
        return true;
    }
    return false;
}

bool mend_phrase(Parser *p, Token *token)
{
    if (token->code != TK_NAME || token->keyword)
        return false;
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        const Alias *alias = &phrases[i];
        if (!token_is(p, *token, alias->typed) || !mend_fits(p, alias->first, alias->second) ||
            !(alias->then ? take_if_word(p, alias->then) : token_ahead(p).code == TK_NUMBER))
            continue;
        uint32_t end = (uint32_t)(p->words.lexer.cursor - p->words.lexer.text);
        report_alias(p, (Span){p->source, token->offset, end - token->offset}, alias);
        mend_become(p, token, alias->first, alias->second);
        return true;
    }
    return false;
}

bool mend_list(Parser *p, Token *token)
{
    bool joins = token->code == TK_AND || token->code == TK_OR;
    Token next = joins ? token_ahead(p) : *token;
    if (!joins || next.code != TK_NAME || next.keyword || !mend_fits(p, TK_COMMA, TK_NAME))
        return false;
    if (!p->reported) {
        Diag *diag = diag_add(p->diags, token_span(p, *token), "CF011",
                              "This list has commas: \",\" and not \"%.*s\"",
                              (int)token->length, token_text(p, *token));
        diag_help(p->diags, diag, "I read the rest as if a comma stood here.");
        diag_replace(p->diags, diag, ",");
        p->reported = true;
    }
    mend_become(p, token, TK_COMMA, 0);
    return true;
}

/* ---- numbers ------------------------------------------------------------------------------
 */

/* The place of `word` among `count` words; `count` when it is none of them. */
static size_t place_among(const char *const *words, size_t count, const char *word,
                          size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (words[i][0] == word[0] && strlen(words[i]) == length &&
            memcmp(words[i], word, length) == 0)
            return i;
    return count;
}

/* "three", "fourteen", "twenty-one", and "a" in "a week"; 0 for other words. */
static unsigned number_in_words(const char *word, size_t length)
{
    static const char *const units[] = {
        "a",        "one",     "two",     "three",     "four",     "five",    "six",
        "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",  "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"};
    static const char *const tens[] = {"twenty", "thirty",  "forty",  "fifty",
                                       "sixty",  "seventy", "eighty", "ninety"};
    const size_t unit_count = sizeof units / sizeof *units;
    size_t unit = place_among(units, unit_count, word, length);
    if (unit < unit_count)
        return unit == 0 ? 1 : (unsigned)unit;
    const char *hyphen = memchr(word, '-', length);
    size_t first = hyphen ? (size_t)(hyphen - word) : length;
    size_t ten = place_among(tens, sizeof tens / sizeof *tens, word, first);
    if (ten == sizeof tens / sizeof *tens)
        return 0;
    unit = hyphen ? place_among(units, 10, hyphen + 1, length - first - 1) : 0;
    return unit == 10 || (hyphen && unit == 0) ? 0 : (unsigned)(ten * 10 + 20 + unit);
}

static bool unit_follows(const Parser *p)
{
    switch (token_ahead(p).code) {
    case TK_WORKING:
    case TK_CALENDAR:
    case TK_CLEAR:
    case TK_DAYS:
    case TK_HOURS:
    case TK_WEEKS:
    case TK_MONTHS:
    case TK_YEARS:
    case TK_TIMES:
        return true;
    default:
        return false;
    }
}

bool mend_number(Parser *p, Token *token)
{
    if (token->leads || !mend_is_word(*token))
        return false;
    unsigned number = number_in_words(token_text(p, *token), token->length);
    if (!number || !mend_fits(p, TK_NUMBER, 0) || !unit_follows(p))
        return false;
    if (!p->reported) {
        const char *figure = arena_format(p->arena, "%u", number);
        Diag *diag = diag_add(p->diags, token_span(p, *token), "CF011",
                              "Numbers are written in figures: \"%s\", not \"%.*s\"", figure,
                              (int)token->length, token_text(p, *token));
        diag_help(p->diags, diag, "I read the rest as if you had written \"%s\".", figure);
        diag_replace(p->diags, diag, figure);
        p->reported = true;
    }
    mend_become(p, token, TK_NUMBER, 0);
    return true;
}
