/* The accept file: deviations that somebody with the right to do so has accepted, each
 * with its reason and its end. Read by hand, since the form is one sentence. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "replay/near.h"
#include "replay/replay.h"

#define EXAMPLE                                                                                \
    "accept wrong-role of record-decision in case \"C-17\" until 31 March 2027 "               \
    "because \"agreed at the board\" by \"head of service\""

typedef struct Reading {
    AcceptedList *list;
    const Flow *flow;
    const char *at, *end;
    uint32_t line;
    size_t capacity;
    /* the word in hand */
    const char *word;
    bool is_quoted;
    uint32_t word_line;
    Error *err;
} Reading;

static bool wrong(const Reading *r, const char *expected)
{
    return error_set(r->err, "'%s', line %u: expected %s%s%s%s; for example: %s", r->list->path,
                     r->word_line, expected, r->word ? ", found '" : ", but the file ends",
                     r->word ? r->word : "", r->word ? "'" : "", EXAMPLE);
}

/* ---- words ----------------------------------------------------------------- */

static void skip_blanks(Reading *r)
{
    while (r->at < r->end) {
        if (*r->at == '#') {
            while (r->at < r->end && *r->at != '\n')
                r->at++;
        } else if (*r->at == '\n') {
            r->line++;
            r->at++;
        } else if (*r->at == ' ' || *r->at == '\t' || *r->at == '\r') {
            r->at++;
        } else {
            return;
        }
    }
}

static bool read_quoted(Reading *r)
{
    const char *from = ++r->at;
    while (r->at < r->end && *r->at != '"' && *r->at != '\n')
        r->at++;
    if (r->at == r->end || *r->at == '\n')
        return error_set(r->err, "'%s', line %u: the text that begins here has no closing \"",
                         r->list->path, r->line);
    r->word = arena_strndup(&r->list->arena, from, (size_t)(r->at - from));
    r->is_quoted = true;
    r->at++;
    return true;
}

/* The next word or quoted text; NULL at the end. */
static bool next(Reading *r)
{
    skip_blanks(r);
    r->word = NULL;
    r->is_quoted = false;
    r->word_line = r->line;
    if (r->at == r->end)
        return true;
    if (*r->at == '"')
        return read_quoted(r);
    const char *from = r->at;
    while (r->at < r->end && !strchr(" \t\r\n\"#", *r->at))
        r->at++;
    r->word = arena_strndup(&r->list->arena, from, (size_t)(r->at - from));
    return true;
}

static bool is_word(const Reading *r, const char *word)
{
    return r->word && !r->is_quoted && strcmp(r->word, word) == 0;
}

/* ---- one sentence ------------------------------------------------------------ */

static void try_code(Near *near, const char *code, const char *word, const char **found)
{
    near_try(near, code, code);
    if (strcmp(code, word) == 0)
        *found = code;
}

static bool read_code(Reading *r, Accepted *item)
{
    if (!r->word || r->is_quoted)
        return wrong(r, "a code such as wrong-role or late, or 'any'");
    Near near = near_begin(r->word);
    const char *found = NULL;
    if (is_word(r, "any"))
        return next(r);
    try_code(&near, "late", r->word, &found);
    for (int code = REFUSED_NOT + 1; code < REFUSAL_COUNT; code++)
        try_code(&near, refusal_code_text((RefusalCode)code), r->word, &found);
    for (int kind = FINDING_UNKNOWN; kind < FINDING_KINDS; kind++)
        try_code(&near, finding_code(&(Finding){.kind = (FindingKind)kind}), r->word, &found);
    if (!found)
        return error_set(r->err, "'%s', line %u: there is no finding '%s'%s%s%s", r->list->path,
                         r->word_line, r->word, near.best ? "; the nearest is '" : "",
                         near.best ? near.best : "", near.best ? "'" : "");
    item->code = found;
    return next(r);
}

static bool read_event(Reading *r, Accepted *item)
{
    if (!is_word(r, "of"))
        return true;
    if (!next(r) || !r->word)
        return wrong(r, "the name of an event after 'of'");
    for (const EventAst *event = r->flow->events; event; event = event->next)
        if (strcmp(event->name, r->word) == 0)
            item->event = event->name;
    const char *nearest = near_event(r->flow, r->word);
    if (!item->event)
        return error_set(r->err, "'%s', line %u: the flow has no event '%s'%s%s%s",
                         r->list->path, r->word_line, r->word,
                         nearest ? "; the nearest is '" : "", nearest ? nearest : "",
                         nearest ? "'" : "");
    return next(r);
}

static bool read_case(Reading *r, Accepted *item)
{
    if (!is_word(r, "in"))
        return true;
    if (!next(r))
        return false;
    if (!is_word(r, "case"))
        return wrong(r, "'case' after 'in'");
    if (!next(r))
        return false;
    if (!r->word)
        return wrong(r, "the id of a case, in quotes");
    item->case_id = r->word;
    return next(r);
}

static int month_of(const char *word)
{
    for (int month = 1; month <= 12; month++)
        if (strcmp(month_name(month), word) == 0)
            return month;
    return 0;
}

/* 31 March 2027, or 2027-03-31. */
static bool read_until(Reading *r, Accepted *item)
{
    if (!is_word(r, "until"))
        return wrong(r, "'until' and a date: everything accepted has an end");
    if (!next(r))
        return false;
    if (!r->word || day_parse(r->word, &item->until))
        return r->word ? next(r) : wrong(r, "a date such as 31 March 2027");
    Civil civil = {.day = (int)strtol(r->word, NULL, 10)};
    if (!next(r))
        return false;
    civil.month = r->word ? month_of(r->word) : 0;
    if (!civil.month)
        return wrong(r, "a date such as 31 March 2027");
    if (!next(r))
        return false;
    civil.year = r->word ? (int)strtol(r->word, NULL, 10) : 0;
    if (!civil_is_valid(civil))
        return wrong(r, "a date such as 31 March 2027");
    item->until = day_from_civil(civil);
    return next(r);
}

static bool read_text(Reading *r, const char *lead, const char *expected, const char **text)
{
    if (!is_word(r, lead))
        return wrong(r, expected);
    if (!next(r))
        return false;
    if (!r->is_quoted || !r->word[strspn(r->word, " ")])
        return wrong(r, expected);
    *text = r->word;
    return next(r);
}

static bool read_item(Reading *r)
{
    Accepted item = {.line = r->word_line};
    if (!is_word(r, "accept"))
        return wrong(r, "'accept'");
    if (!next(r) || !read_code(r, &item) || !read_event(r, &item) || !read_case(r, &item) ||
        !read_until(r, &item) ||
        !read_text(r, "because", "'because' and a reason in quotes", &item.reason) ||
        !read_text(r, "by", "'by' and who accepted it, in quotes", &item.by))
        return false;
    AcceptedList *list = r->list;
    if (list->count == LIMIT_ACCEPTED)
        return error_kind(r->err, ERROR_LIMIT, "'%s', line %u: more than %u lines are accepted",
                          list->path, item.line, LIMIT_ACCEPTED);
    list->items = mem_grow(list->items, &r->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = item;
    return true;
}

bool accepted_parse(AcceptedList *list, const Bundle *bundle, const char *path,
                    const char *text, size_t length, Error *err)
{
    *list = (AcceptedList){0};
    list->path = arena_strdup(&list->arena, path);
    if (!utf8_is_valid(text, length))
        return error_set(err, "'%s' is not text in UTF-8", path);
    Reading r = {.list = list,
                 .flow = &bundle->flow,
                 .at = text,
                 .end = text + length,
                 .line = 1,
                 .err = err};
    if (!next(&r))
        return false;
    while (r.word)
        if (!read_item(&r))
            return false;
    return true;
}

void accepted_clear(AcceptedList *list)
{
    free(list->items);
    arena_clear(&list->arena);
    *list = (AcceptedList){0};
}
