#include "lang/report.h"

#include <string.h>

#include "lang/driver.h"
#include "lang/expect.h"
#include "lang/mend.h"

/* Where a word that begins clauses belongs, when it does not belong here. */
static const struct {
    Block block;
    const char *words;
} places[] = {
    {BLOCK_WORKFLOW, "a workflow"},
    {BLOCK_CALENDAR, "a calendar"},
    {BLOCK_ROLE, "a role"},
    {BLOCK_EVENT, "an event"},
    {BLOCK_STATE, "a state"},
    {BLOCK_TRACK, "a track"},
    {BLOCK_ANY_POINT, "\"at any point\""},
    {BLOCK_MUST, "a \"must\""},
    {BLOCK_SCENARIO, "a scenario"},
};

static bool report_wrong_block(Parser *p, Token token)
{
    if (!token.keyword || !token.first_on_line || token.leads)
        return false;
    const Keyword *word = &keywords[token.keyword - 1];
    if (!word->lead || (word->blocks & p->words.block) || !parser_accepts(p, TK_END))
        return false;
    Text where = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (word->blocks & places[i].block) {
            text_add(&where, where.length ? " or " : "");
            text_add(&where, places[i].words);
        }
    Diag *diag = diag_add(p->diags, token_span(p, token), "CF001",
                          "I did not expect \"%s\" here: it belongs in %s", word->text,
                          text_get(&where));
    bool handles = p->words.block & (BLOCK_STATE | BLOCK_TRACK | BLOCK_ANY_POINT);
    diag_help(p->diags, diag,
              token.code == TK_WHEN && handles
                  ? "What follows an event begins with \"on\", for example: on visit go to "
                    "closed"
                  : "Is the heading that it belongs to missing, or further down?");
    text_clear(&where);
    return true;
}

/* As typed, but never more than can be shown on a line. */
static void show_token(const Parser *p, Token token, Text *out)
{
    const uint32_t most = 40;
    if (token.code == TK_STRING) {
        text_add(out, "this text");
        return;
    }
    text_addf(out, "\"%.*s%s\"", (int)(token.length > most ? most : token.length),
              token_text(p, token), token.length > most ? "…" : "");
}

static bool is_plain_name(Token token)
{
    return token.code == TK_NAME && !token.keyword;
}

static bool is_article(const Parser *p, Token token)
{
    const char *text = token_text(p, token);
    return (token.length == 3 && memcmp(text, "the", 3) == 0) ||
           (token.length == 2 && memcmp(text, "an", 2) == 0) ||
           (token.length == 1 && *text == 'a');
}

/* "by the social worker": what was read as a name was only the beginning of one. */
static void help_with_name(const Parser *p, Diag *diag, Token token)
{
    Token before = p->before;
    if (token.first_on_line || before.leads || !mend_is_word(token))
        return;
    if (is_article(p, before))
        diag_help(p->diags, diag,
                  "Leave out \"%.*s\". A name is one word, with hyphens in it where it needs "
                  "them, for example social-worker.",
                  (int)before.length, token_text(p, before));
    else if (is_plain_name(before) && is_plain_name(token) && before.length < 40 &&
             token.length < 40)
        diag_help(p->diags, diag, "If both are one name, write a hyphen: %.*s-%.*s",
                  (int)before.length, token_text(p, before), (int)token.length,
                  token_text(p, token));
}

static bool has_been_told(const Parser *p)
{
    return p->reported || p->list_reported;
}

void report_unexpected(Parser *p, Token token)
{
    if (has_been_told(p) || report_wrong_block(p, token)) {
        p->reported = true;
        return;
    }
    if (token.first_on_line && !parser_accepts(p, TK_END)) {
        report_unfinished(p, token);
        return;
    }
    p->reported = true;
    Text shown = {0}, sentence = {0};
    show_token(p, token, &shown);
    expect_sentence(p, token, &sentence);
    Diag *diag =
        diag_add(p->diags, token_span(p, token), "CF001", "I did not expect %s here. %s",
                 text_get(&shown), text_get(&sentence));
    help_with_name(p, diag, token);
    text_clear(&shown);
    text_clear(&sentence);
}

void report_stopped(Parser *p, Token lead)
{
    p->reported = true;
    Span span = {p->source, p->earlier.offset + p->earlier.length, 0};
    Diag *diag = diag_add(
        p->diags, span, "CF003", "This stops too early. After \"%.*s\" something is missing",
        (int)(p->earlier.length > 40 ? 40 : p->earlier.length), token_text(p, p->earlier));
    diag_help(p->diags, diag, "Finish the clause before \"%.*s\" begins the next one.",
              (int)lead.length, token_text(p, lead));
}

/* A word that begins clauses may have been meant as a part of this one. */
static void add_both_readings(Parser *p, Diag *diag, Token next)
{
    if (!next.leads || !next.keyword || !parser_accepts(p, keywords[next.keyword - 1].token))
        return;
    diag_help(
        p->diags, diag,
        "Finish this clause; or, if \"%.*s\" on the next line belongs to it, put it on the "
        "same line: as the first word of a line it begins a new clause.",
        (int)next.length, token_text(p, next));
}

void report_unfinished(Parser *p, Token next)
{
    bool told = has_been_told(p);
    p->reported = true;
    if (told)
        return;
    Text sentence = {0};
    expect_sentence(p, next, &sentence);
    Span span = {p->source, p->last_end, 0};
    Diag *diag =
        diag_add(p->diags, span, "CF003", "This stops too early. %s", text_get(&sentence));
    add_both_readings(p, diag, next);
    text_clear(&sentence);
}
