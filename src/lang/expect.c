#include "lang/expect.h"

#include <string.h>

#include "lang/messages.h"

#define WORDS_SHOWN 5u

/* What may come next, each thing once, in the order of the keyword table. */
typedef struct Expected {
    const char *words[WORDS_SHOWN + 1];
    size_t count; /* may be more than are kept */
    bool clause;  /* a new clause may begin */
} Expected;

static void expected_add(Expected *expected, const char *words)
{
    if (expected->count <= WORDS_SHOWN)
        expected->words[expected->count] = words;
    expected->count++;
}

static bool fits(const Parser *p, int code)
{
    return automaton_accepts(p->automaton, code, true, NULL);
}

static const int plain_tokens[] = {TK_NAME, TK_STRING, TK_NUMBER, TK_CLOCK, TK_CODE, TK_CLAUSE,
                                   TK_MONTH, TK_WEEKDAY, TK_COMMA, TK_LP, TK_RP};

/* Whether an earlier word stands for the same token ("day" for "days"). */
static bool said_before(size_t number)
{
    return number && keywords[number - 1].token == keywords[number].token &&
           keywords[number].token != TK_NAME;
}

static Expected expected_here(const Parser *p)
{
    Expected expected = {0};
    for (size_t i = 0; i < sizeof plain_tokens / sizeof *plain_tokens; i++)
        if (fits(p, plain_tokens[i]))
            expected_add(&expected, token_words(plain_tokens[i]));
    for (size_t i = 0; i < keyword_count; i++) {
        const Keyword *word = &keywords[i];
        if (word->lead && word->lead != word->token && fits(p, word->lead))
            expected.clause = true;
        bool plain = word->token == TK_NAME || word->token == TK_MONTH || word->token == TK_WEEKDAY;
        if (!plain && !said_before(i) && fits(p, word->token))
            expected_add(&expected, word->text);
    }
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

/* "Here I need a name, "by" or a new clause". */
static void default_sentence(const Expected *expected, Text *out)
{
    size_t shown = expected->count > WORDS_SHOWN ? WORDS_SHOWN - 1 : expected->count;
    const char *last = expected->count > WORDS_SHOWN ? "another part of this clause"
                       : expected->clause            ? "a new clause"
                                                     : NULL;
    if (!shown && !last)
        last = "nothing more";
    text_add(out, "Here I need ");
    for (size_t i = 0; i < shown; i++) {
        bool is_last = i + 1 == shown && !last;
        text_add(out, i == 0 ? "" : is_last ? " or " : ", ");
        add_one(out, expected->words[i]);
    }
    if (last)
        text_addf(out, "%s%s", shown ? " or " : "", last);
}

void expect_sentence(const Parser *p, Token token, Text *out)
{
    int state = -1;
    automaton_accepts(p->automaton, token.code, false, &state);
    const char *written = message_find(state, token.code);
    if (written) {
        text_add(out, written);
        return;
    }
    Expected expected = expected_here(p);
    default_sentence(&expected, out);
}
