#include "lang/recover.h"

#include <string.h>

#include "lang/driver.h"
#include "lang/mend.h"

bool mend_is_word(Token token)
{
    return token.length && (token.code == TK_NAME || token.code == TK_CODE || token.keyword);
}

void mend_become(Parser *p, Token *token, int first, int second)
{
    token->code = (uint16_t)first;
    token->odd_letters = false;
    if (!second)
        return;
    parser_feed(p, *token);
    token->code = (uint16_t)second;
}

bool mend_fits(const Parser *p, int first, int second)
{
    int codes[2] = {first, second};
    return automaton_accepts_all(p->automaton, codes, second ? 2 : 1);
}

/* ---- a word that must begin a line --------------------------------------------- */

static bool mend_lead_within_line(Parser *p, Token *token)
{
    if (!token->keyword || token->first_on_line)
        return false;
    const Keyword *word = &keywords[token->keyword - 1];
    if (!word->lead || word->lead == word->token || !(word->blocks & p->words.block) ||
        !automaton_accepts(p->automaton, word->lead, true))
        return false;
    if (!p->reported) {
        Diag *diag = diag_add(p->diags, token_span(p, *token), "CF001",
                              "\"%s\" must be the first word of its line", word->text);
        diag_help(p->diags, diag, "Start a new line before it.");
    }
    mend_become(p, token, word->lead, 0);
    token->leads = true;
    return true;
}

/* ---- misspelt words ---------------------------------------------------------------- */

/* The code under which a word could come here: as the beginning of a clause when
 * it is first on its line. 0 when it could not. */
static int code_here(const Parser *p, const Keyword *word, Token token)
{
    bool may_lead = token.first_on_line && word->lead && (word->blocks & p->words.block);
    if (may_lead && automaton_accepts(p->automaton, word->lead, true))
        return word->lead;
    if (word->token != TK_NAME && automaton_accepts(p->automaton, word->token, true))
        return word->token;
    return 0;
}

/* How many slips are believed: fewer in a short word, and fewest in one that the
 * language has, which may be the wrong one of a pair ("record" for "records") but
 * is hardly another word mistyped. */
static unsigned slips_believed(Token token)
{
    if (token.keyword)
        return token.length <= 3 ? 0 : 1;
    return token.length <= 5 ? 1 : 2;
}

/* "Feb", "Sept", "Wed": the first letters of a month or a day of the week. */
static bool abbreviates(const Parser *p, Token token, const Keyword *word)
{
    if (word->token != TK_MONTH && word->token != TK_WEEKDAY)
        return false;
    return token.length >= 3 && token.length < strlen(word->text) &&
           word_distance(token_text(p, token), token.length, word->text, token.length, 0) == 0;
}

/* The nearest word that may come here; of two equally near ones the one that would
 * begin a clause, since only the first word of a line can. */
static const Keyword *nearest_word(const Parser *p, Token token, int *code)
{
    unsigned most = token.length <= 3 ? 1 : 2;
    const Keyword *best = NULL;
    for (size_t i = 0; i < keyword_count; i++) {
        const Keyword *word = &keywords[i];
        unsigned distance = word_distance(token_text(p, token), token.length, word->text,
                                          strlen(word->text), most);
        if (abbreviates(p, token, word))
            distance = 1;
        if (distance > most || distance > slips_believed(token))
            continue;
        int here = code_here(p, word, token);
        bool leads_first = best && here == word->lead && *code != best->lead;
        if (!here || (best && distance == most && !leads_first))
            continue;
        best = word;
        *code = here;
        if (distance == 0)
            break;
        most = distance;
    }
    return best;
}

static void report_misspelt(Parser *p, Token token, const Keyword *word)
{
    if (p->reported)
        return;
    Diag *diag = diag_add(p->diags, token_span(p, token), "CF002",
                          "\"%.*s\" is not a word I know here. Did you mean \"%s\"?",
                          (int)token.length, token_text(p, token), word->text);
    diag_help(p->diags, diag, "I read the rest as if you had written \"%s\".", word->text);
    diag_replace(p->diags, diag, word->text);
}

static bool mend_misspelt(Parser *p, Token *token)
{
    if (token->keyword && keywords[token->keyword - 1].hard)
        return false;
    int code = 0;
    const Keyword *word = nearest_word(p, *token, &code);
    if (!word)
        return false;
    report_misspelt(p, *token, word);
    token->keyword = (uint16_t)(word - keywords + 1);
    mend_become(p, token, code, 0);
    token->leads = word->lead && code == word->lead;
    return true;
}

/* A heading that begins with a misspelt word: only a near miss of a word of some
 * length is safe to believe, since any wrapped line may begin so. */
bool repair_lead_word(Parser *p, Token *token)
{
    if (!token->first_on_line || token->code != TK_NAME || token->keyword || token->length < 4)
        return false;
    for (size_t i = 0; i < keyword_count; i++) {
        const Keyword *word = &keywords[i];
        if (!word->lead || word->lead == word->token || !(word->blocks & p->words.block) ||
            strlen(word->text) < 4 ||
            word_distance(token_text(p, *token), token->length, word->text, strlen(word->text),
                          1) > 1)
            continue;
        p->reported = false;
        report_misspelt(p, *token, word);
        token->keyword = (uint16_t)(i + 1);
        token->code = word->lead;
        token->leads = true;
        return true;
    }
    return false;
}

/* ---- durations ------------------------------------------------------------------------ */

static int number_length(const Parser *p)
{
    (void)p;
    return p->before.length > 20 ? 20 : (int)p->before.length;
}

/* `3 days`: which days? */
static bool mend_bare_days(Parser *p, Token *token)
{
    if (token->code != TK_DAYS || p->before.code != TK_NUMBER ||
        !mend_fits(p, TK_CALENDAR, TK_DAYS))
        return false;
    if (!p->reported) {
        Span span = span_join(token_span(p, p->before), token_span(p, *token));
        const char *number = token_text(p, p->before);
        Diag *diag =
            diag_add(p->diags, span, "CF004", "\"%.*s %.*s\" could mean two different dates",
                     number_length(p), number, (int)token->length, token_text(p, *token));
        diag_help(p->diags, diag, "Write \"%.*s working %.*s\" or \"%.*s calendar %.*s\".",
                  number_length(p), number, (int)token->length, token_text(p, *token),
                  number_length(p), number, (int)token->length, token_text(p, *token));
        p->reported = true;
    }
    mend_become(p, token, TK_CALENDAR, TK_DAYS);
    return true;
}

/* The words after a number up to the unit: "working days", "hours". */
static Span unit_ahead(const Parser *p)
{
    Lexer ahead = p->words.lexer;
    Token word = lexer_next(&ahead);
    Span span = token_span(p, word);
    if (word.code == TK_WORKING || word.code == TK_CALENDAR)
        span = span_join(span, token_span(p, lexer_next(&ahead)));
    return span;
}

/* `24 to 72 hours`: the second number is dropped, the first goes on. */
static bool mend_range(Parser *p, Token *token)
{
    bool joins = token->code == TK_TO || token->code == TK_DASH || token->code == TK_OR ||
                 token->code == TK_AND;
    if (!joins || p->before.code != TK_NUMBER || !mend_fits(p, TK_HOURS, 0))
        return false;
    Lexer ahead = p->words.lexer;
    Token second = lexer_next(&ahead);
    if (second.code != TK_NUMBER)
        return false;
    parser_next(p);
    Span unit = unit_ahead(p);
    if (!p->reported) {
        Span span = span_join(token_span(p, p->before), unit);
        const char *first = token_text(p, p->before), *words = p->text + unit.offset;
        Diag *diag = diag_add(p->diags, span, "CF004", "A time limit cannot be a range");
        diag_help(
            p->diags, diag,
            "Say which is hoped for and which is the limit: target %.*s %.*s limit %.*s %.*s",
            number_length(p), first, (int)unit.length, words,
            (int)(second.length > 20 ? 20 : second.length), token_text(p, second),
            (int)unit.length, words);
        p->reported = true;
    }
    *token = parser_next(p);
    if (parser_accepts(p, token->code))
        return true;
    return mend_bare_days(p, token);
}

/* ---- and, or ---------------------------------------------------------------------------- */

static bool mend_mixed(Parser *p, Token *token)
{
    int other = token->code == TK_AND ? TK_OR : token->code == TK_OR ? TK_AND : 0;
    if (!other || !mend_fits(p, other, TK_NOT))
        return false;
    if (!p->reported) {
        Diag *diag =
            diag_add(p->diags, token_span(p, *token), "CF005",
                     "\"and\" and \"or\" stand side by side here, which can be read two ways");
        diag_help(p->diags, diag,
                  "Put brackets around the part that belongs together, for "
                  "example: a and (b or c)");
        p->reported = true;
    }
    mend_become(p, token, other, 0);
    return true;
}

bool repair_token(Parser *p, Token *token)
{
    bool mended =
        mend_bare_days(p, token) || mend_range(p, token) || mend_list(p, token) ||
        mend_mixed(p, token) ||
        (mend_is_word(*token) &&
         (mend_alias(p, token) || mend_lead_within_line(p, token) || mend_misspelt(p, token)));
    p->reported = p->reported || mended;
    return mended && parser_accepts(p, token->code);
}
