#include "lang/expect.h"

#include <string.h>

#include "lang/messages.h"

#define WORDS_SHOWN 5u
#define GROUP_MAX   8
#define TOKEN_CODES 256 /* more than the grammar has */

/* Tokens that together mean one thing. Where the first two may come, the phrase
 * stands for all of them. */
typedef struct Group {
    int tokens[GROUP_MAX]; /* 0 ends */
    const char *phrase;
} Group;

static const Group groups[] = {
    {{TK_LP, TK_NOT, TK_NAME, TK_TRACK, TK_CASE, TK_ALL}, "a condition such as risk is high"},
    {{TK_YES, TK_NAME, TK_NO, TK_STRING, TK_NUMBER, TK_DASH, TK_WEEKDAY}, "a value"},
    {{TK_WEEKDAY, TK_NUMBER}, "a date such as 1 March 2021"},
    {{TK_HOURS, TK_WORKING, TK_CALENDAR, TK_WEEKS, TK_MONTHS, TK_YEARS},
     "a unit such as \"working days\" or \"weeks\""},
    {{TK_NUMBER, TK_SAME}, "a time such as 3 working days"},
    {{TK_WITHIN, TK_IMMEDIATELY, TK_TARGET, TK_NUMBER, TK_AT}, "a time limit (\"within …\")"},
    {{TK_ENTERING, TK_STARTING, TK_OPENING, TK_THE, TK_NAME},
     "what the time is counted from (\"entering\", \"opening\" or the name of an event)"},
};

/* What may come next, each thing once, in the order of the keyword table. */
typedef struct Expected {
    const char *words[WORDS_SHOWN + 1];
    size_t count;              /* may be more than are kept */
    bool clause;               /* a new clause may begin */
    bool grouped[TOKEN_CODES]; /* said by a phrase already */
} Expected;

static void expected_add(Expected *expected, const char *words)
{
    if (expected->count <= WORDS_SHOWN)
        expected->words[expected->count] = words;
    expected->count++;
}

static bool fits(const Parser *p, int code)
{
    return automaton_accepts(p->automaton, code, true);
}

static void expect_groups(const Parser *p, Expected *expected)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        const int *tokens = groups[i].tokens;
        if (expected->grouped[tokens[0]] || expected->grouped[tokens[1]] ||
            !fits(p, tokens[0]) || !fits(p, tokens[1]))
            continue;
        expected_add(expected, groups[i].phrase);
        for (size_t k = 0; k < GROUP_MAX && tokens[k]; k++)
            expected->grouped[tokens[k]] = true;
    }
}

static const int plain_tokens[] = {TK_NAME,  TK_STRING, TK_NUMBER, TK_CLOCK,
                                   TK_CODE,  TK_CLAUSE, TK_MONTH,  TK_WEEKDAY,
                                   TK_COMMA, TK_LP,     TK_RP};

/* Whether an earlier word stands for the same token ("day" for "days"). */
static bool said_before(size_t number)
{
    return number && keywords[number - 1].token == keywords[number].token &&
           keywords[number].token != TK_NAME;
}

static void expect_words(const Parser *p, Expected *expected)
{
    for (size_t i = 0; i < keyword_count; i++) {
        const Keyword *word = &keywords[i];
        if (word->lead && word->lead != word->token && fits(p, word->lead))
            expected->clause = true;
        bool plain =
            word->token == TK_NAME || word->token == TK_MONTH || word->token == TK_WEEKDAY;
        if (!plain && !said_before(i) && !expected->grouped[word->token] &&
            fits(p, word->token))
            expected_add(expected, word->text);
    }
}

static Expected expected_here(const Parser *p)
{
    Expected expected = {0};
    expect_groups(p, &expected);
    for (size_t i = 0; i < sizeof plain_tokens / sizeof *plain_tokens; i++)
        if (!expected.grouped[plain_tokens[i]] && fits(p, plain_tokens[i]))
            expected_add(&expected, token_words(plain_tokens[i]));
    expect_words(p, &expected);
    return expected;
}

static bool is_phrase(const char *words)
{
    return strchr(words, ' ') != NULL;
}

static void add_one(Text *out, const char *words)
{
    text_addf(out, is_phrase(words) ? "%s" : "\"%s\"", words);
}

/* A name, "by" or a new clause. */
static void add_expected(const Expected *expected, Text *out)
{
    size_t shown = expected->count > WORDS_SHOWN ? WORDS_SHOWN - 1 : expected->count;
    const char *last = expected->count > WORDS_SHOWN ? "another part of this clause"
                       : expected->clause            ? "a new line"
                                                     : NULL;
    if (!shown && !last)
        last = "nothing more";
    for (size_t i = 0; i < shown; i++) {
        bool is_last = i + 1 == shown && !last;
        text_add(out, i == 0 ? "" : is_last ? " or " : ", ");
        add_one(out, expected->words[i]);
    }
    if (last)
        text_addf(out, "%s%s", shown ? " or " : "", last);
}

/* The written sentence with {before} and {expected} filled in. */
static void fill_in(const Parser *p, const char *sentence, Text *out)
{
    for (const char *at = sentence; *at;) {
        if (strncmp(at, "{before}", 8) == 0) {
            uint32_t most = 40;
            uint32_t length = p->before.length > most ? most : p->before.length;
            text_add_bytes(out, token_text(p, p->before), length);
            at += 8;
        } else if (strncmp(at, "{expected}", 10) == 0) {
            Expected expected = expected_here(p);
            add_expected(&expected, out);
            at += 10;
        } else {
            text_add_char(out, *at++);
        }
    }
}

void expect_sentence(const Parser *p, Token token, Text *out)
{
    int state = automaton_rejecting_state(p->automaton, token.code);
    const char *written = message_find(state, token.code);
    fill_in(p, written ? written : "Here I need {expected}", out);
}
