#include "lang/recover.h"

#include <string.h>

#include "lang/driver.h"
#include "lang/expect.h"

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
};

/* Apart from the others because every name is held against them. */
static const Alias phrases[] = {
    {"move", "to", TK_GO, TK_TO, "go to"},     {"proceed", "to", TK_GO, TK_TO, "go to"},
    {"progress", "to", TK_GO, TK_TO, "go to"}, {"more", "than", TK_OVER, 0, "over"},
    {"greater", "than", TK_OVER, 0, "over"},   {"less", "than", TK_UNDER, 0, "under"},
    {"fewer", "than", TK_UNDER, 0, "under"},
};

static bool token_is(const Parser *p, Token token, const char *word)
{
    const char *text = token_text(p, token);
    return text[0] == word[0] && token.length == strlen(word) &&
           memcmp(text, word, token.length) == 0;
}

static bool is_word(Token token)
{
    return token.length && (token.code == TK_NAME || token.code == TK_CODE || token.keyword);
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

/* The mended clause goes on as `first`, then `second` when it is not 0: the last
 * of them is left in *token for the caller to feed. */
static void become(Parser *p, Token *token, int first, int second)
{
    token->code = (uint16_t)first;
    token->odd_letters = false;
    if (!second)
        return;
    parser_feed(p, *token);
    token->code = (uint16_t)second;
}

static bool sequence_fits(const Parser *p, int first, int second)
{
    int codes[2] = {first, second};
    return automaton_accepts_all(p->automaton, codes, second ? 2 : 1);
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
static bool mend_alias(Parser *p, Token *token)
{
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        const Alias *alias = &aliases[i];
        if (!token_is(p, *token, alias->typed) ||
            !sequence_fits(p, alias->first, alias->second))
            continue;
        report_alias(p, token_span(p, *token), alias);
        become(p, token, alias->first, alias->second);
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
        if (!token_is(p, *token, alias->typed) ||
            !sequence_fits(p, alias->first, alias->second) || !take_if_word(p, alias->then))
            continue;
        uint32_t end = (uint32_t)(p->words.lexer.cursor - p->words.lexer.text);
        report_alias(p, (Span){p->source, token->offset, end - token->offset}, alias);
        become(p, token, alias->first, alias->second);
        return true;
    }
    return false;
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
    become(p, token, word->lead, 0);
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

/* How many slips are believed: fewer for a word that would begin a clause, since
 * any line may begin with a name that looks a little like one. */
static unsigned slips_believed(const Keyword *word, Token token, int code)
{
    return token.length <= (code == word->lead ? 5 : 3) ? 1 : 2;
}

/* "Feb", "Sept", "Wed": the first letters of a month or a day of the week. */
static bool abbreviates(const Parser *p, Token token, const Keyword *word)
{
    if (word->token != TK_MONTH && word->token != TK_WEEKDAY)
        return false;
    return token.length >= 3 && token.length < strlen(word->text) &&
           word_distance(token_text(p, token), token.length, word->text, token.length, 0) == 0;
}

/* The nearest word that may come here. */
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
        if (distance > most || (best && distance == most))
            continue;
        int here = code_here(p, word, token);
        if (!here || distance > slips_believed(word, token, here))
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
    become(p, token, code, 0);
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

/* ---- numbers ------------------------------------------------------------------------------
 */

/* The place of `word` among `count` words; `count` when it is none of them. */
static size_t place_among(const char *const *words, size_t count, const char *word,
                          size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(words[i]) == length && memcmp(words[i], word, length) == 0)
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
    Lexer ahead = p->words.lexer;
    switch (lexer_next(&ahead).code) {
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
    if (token->leads || !is_word(*token))
        return false;
    unsigned number = number_in_words(token_text(p, *token), token->length);
    if (!number || !sequence_fits(p, TK_NUMBER, 0) || !unit_follows(p))
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
    become(p, token, TK_NUMBER, 0);
    return true;
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
        !sequence_fits(p, TK_CALENDAR, TK_DAYS))
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
    become(p, token, TK_CALENDAR, TK_DAYS);
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
    if (!joins || p->before.code != TK_NUMBER || !sequence_fits(p, TK_HOURS, 0))
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
    if (!other || !sequence_fits(p, other, TK_NOT))
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
    become(p, token, other, 0);
    return true;
}

bool repair_token(Parser *p, Token *token)
{
    bool mended =
        mend_bare_days(p, token) || mend_range(p, token) || mend_mixed(p, token) ||
        (is_word(*token) &&
         (mend_alias(p, token) || mend_lead_within_line(p, token) || mend_misspelt(p, token)));
    p->reported = p->reported || mended;
    return mended && parser_accepts(p, token->code);
}
