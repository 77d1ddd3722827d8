#include <stdio.h>

#include "base/limits.h"
#include "lang/build.h"

Ref *build_ref(Parser *p, Token name)
{
    Ref *ref = ARENA_NEW(p->arena, Ref);
    ref->span = token_span(p, name);
    ref->text = build_word(p, name);
    ref->index = -1;
    return ref;
}

bool build_said_once(Parser *p, bool said_already, Span span, const char *part)
{
    if (!said_already)
        return true;
    if (p->diags->errors > 0)
        return false; /* it may only seem so: the clauses of a lost heading fall to the block
                         before */
    Diag *diag = diag_add(p->diags, span, "CF102", "\"%s\" is said twice here", part);
    diag_help(p->diags, diag, "Only one can hold. Take one of them away.");
    return false;
}

RefList build_refs(RefList list, Ref *ref)
{
    if (list.last)
        list.last->next = ref;
    else
        list.first = ref;
    list.last = ref;
    list.count++;
    return list;
}

void refs_append(RefList *list, RefList more)
{
    if (!list->first) {
        *list = more;
        return;
    }
    list->last->next = more.first;
    list->last = more.last;
    list->count += more.count;
}

/* How many bytes the quotation mark at `at` has: a curly one has three. */
static uint32_t quote_length(const Parser *p, uint32_t at)
{
    return p->text[at] == '"' ? 1 : 3;
}

static bool closes(const Parser *p, uint32_t start, uint32_t end)
{
    if (end <= start)
        return false;
    if (p->text[end - 1] == '"')
        return true;
    return end - start >= 3 && (unsigned char)p->text[end - 3] == 0xe2 &&
           (unsigned char)p->text[end - 2] == 0x80;
}

Span text_inside(const Parser *p, Token string)
{
    uint32_t start = string.offset + quote_length(p, string.offset);
    uint32_t end = string.offset + string.length;
    if (string.trouble != TOKEN_UNCLOSED_TEXT && closes(p, start, end))
        end -= p->text[end - 1] == '"' ? 1 : 3;
    else if (end > start && p->text[end - 1] == '\r')
        end--;
    return (Span){p->source, start, end - start};
}

const char *build_text(Parser *p, Token string)
{
    Span inside = text_inside(p, string);
    if (inside.length > LIMIT_STRING_BYTES)
        diag_add(p->diags, token_span(p, string), "CF010", "This text is longer than %u bytes",
                 LIMIT_STRING_BYTES);
    return arena_strndup(p->arena, p->text + inside.offset, inside.length);
}

/* A name of no length stands in for one that was not there; no two are alike,
 * and none can be typed. */
const char *build_word(Parser *p, Token word)
{
    if (!word.length)
        return arena_format(p->arena, "?%u", word.offset);
    return arena_strndup(p->arena, token_text(p, word), word.length);
}

/* Digits past what any bound here allows stop counting: the caller refuses. A
 * number in words was refused already, and any number will do. */
static int64_t digits_value(const Parser *p, Token digits)
{
    int64_t value = 0;
    if (token_text(p, digits)[0] > '9')
        return 1;
    for (uint32_t i = 0; i < digits.length && value <= LIMIT_NUMBER; i++)
        value = value * 10 + (token_text(p, digits)[i] - '0');
    return value;
}

Number build_number(Parser *p, Token digits, bool negative, Token first)
{
    Number number = {span_join(token_span(p, first), token_span(p, digits)),
                     digits_value(p, digits)};
    if (number.value > LIMIT_NUMBER) {
        Diag *diag = diag_add(p->diags, number.span, "CF010", "This number is too large");
        diag_help(p->diags, diag, "A number can be at most %lld.", (long long)LIMIT_NUMBER);
        number.value = LIMIT_NUMBER;
    }
    if (negative)
        number.value = -number.value;
    return number;
}

int32_t build_small(Parser *p, Token digits, int32_t least, int32_t most, const char *what)
{
    int64_t value = digits_value(p, digits);
    if (value >= least && value <= most)
        return (int32_t)value;
    diag_add(p->diags, token_span(p, digits), "CF010", "%s can be from %d to %d, not %.*s",
             what, least, most, (int)(digits.length > 20 ? 20 : digits.length),
             token_text(p, digits));
    return least;
}

static void check_weekday(Parser *p, Token weekday, Day day, Span span)
{
    int said = keywords[weekday.keyword - 1].number;
    int is = day_weekday(day);
    if (said == is)
        return;
    char text[DAY_TEXT_MAX];
    day_format_long(day, text);
    const char *date = text;
    while (*date && *date != ' ')
        date++;
    Diag *diag = diag_add(p->diags, span, "CF009", "%s is a %s, not a %s",
                          date + (*date == ' '), weekday_name(is), weekday_name(said));
    diag_help(p->diags, diag, "Write \"%s\", or another date if the day of the week is right.",
              text);
    diag_replace(p->diags, diag, text);
}

DateAst build_date(Parser *p, const Token *weekday, Token day, Token month, Token year)
{
    Span span = span_join(token_span(p, weekday ? *weekday : day), token_span(p, year));
    Civil civil = {0};
    int64_t year_value = digits_value(p, year), day_value = digits_value(p, day);
    civil.month = keywords[month.keyword - 1].number;
    if (year_value < LIMIT_YEAR_FIRST || year_value > LIMIT_YEAR_LAST) {
        Diag *diag =
            diag_add(p->diags, token_span(p, year), "CF009", "The year %.*s is out of range",
                     (int)(year.length > 20 ? 20 : year.length), token_text(p, year));
        diag_help(p->diags, diag, "Years from %d to %d can be used, written with four digits.",
                  LIMIT_YEAR_FIRST, LIMIT_YEAR_LAST);
        return (DateAst){span, day_from_civil((Civil){LIMIT_YEAR_FIRST, 1, 1})};
    }
    civil.year = (int)year_value;
    civil.day = day_value > 31 ? 32 : (int)day_value;
    if (!civil_is_valid(civil)) {
        Diag *diag = diag_add(p->diags, span, "CF009", "There is no %.*s %s %d",
                              (int)(day.length > 20 ? 20 : day.length), token_text(p, day),
                              month_name(civil.month), civil.year);
        diag_help(p->diags, diag, "%s %d has %d days.", month_name(civil.month), civil.year,
                  month_length(civil.year, civil.month));
        civil.day = 1;
    } else if (weekday) {
        check_weekday(p, *weekday, day_from_civil(civil), span);
    }
    return (DateAst){span, day_from_civil(civil)};
}

int build_clock(Parser *p, Token clock, bool may_be_24)
{
    const char *text = token_text(p, clock);
    int hour = text[0] - '0', minute;
    if (clock.length == 5)
        hour = hour * 10 + text[1] - '0';
    minute = (text[clock.length - 2] - '0') * 10 + text[clock.length - 1] - '0';
    if (minute < 60 && (hour < 24 || (may_be_24 && hour == 24 && minute == 0)))
        return hour * 60 + minute;
    diag_add(p->diags, token_span(p, clock), "CF009", "%.*s is not a time of day",
             (int)clock.length, text);
    return 0;
}

TimeAst build_time(Parser *p, DateAst date, const Token *clock)
{
    TimeAst time = {date.span, date.day, -1};
    if (clock) {
        time.minute = build_clock(p, *clock, false);
        time.span = span_join(date.span, token_span(p, *clock));
    }
    return time;
}

TimeList build_times(Parser *p, TimeList list, TimeAst time)
{
    if (list.count < TIMES_MAX)
        list.items[list.count] = time;
    else if (list.count == TIMES_MAX)
        diag_add(p->diags, time.span, "CF010", "One line can name at most %u dates", TIMES_MAX);
    if (list.count <= TIMES_MAX)
        list.count++;
    return list;
}

DurationAst build_duration(Parser *p, Token amount, int unit)
{
    DurationAst duration = {.span = span_since(p, amount.offset)};
    int64_t value = digits_value(p, amount);
    int32_t most = duration_most((Unit)unit);
    if (value > most) {
        Diag *diag = diag_add(p->diags, duration.span, "CF010", "This is too long a time");
        Text text = {0};
        duration_format((Duration){most, (Unit)unit}, &text);
        diag_help(p->diags, diag, "It can be at most %s.", text_get(&text));
        text_clear(&text);
        value = 1;
    }
    duration.literal = (Duration){(int32_t)value, (Unit)unit};
    return duration;
}

DurationAst build_same_day(Parser *p, Token same)
{
    return (DurationAst){.span = span_since(p, same.offset), .literal = {0, UNIT_SAME_DAY}};
}

DurationAst build_period_duration(const Ref *period)
{
    return (DurationAst){.span = period->span, .period = *period};
}

Anchor build_anchor(Parser *p, Token first, AnchorKind kind, RefList refs)
{
    return (Anchor){span_since(p, first.offset), kind, refs};
}

Anchor build_anchor_ref(Parser *p, Ref *ref)
{
    (void)p;
    return (Anchor){ref->span, ANCHOR_EVENT, build_refs((RefList){0}, ref)};
}

Because *build_clause(Parser *p, Token clause)
{
    const char *text = token_text(p, clause);
    uint32_t dash = 0;
    while (text[dash] != '-')
        dash++;
    Because *because = ARENA_NEW(p->arena, Because);
    because->span = token_span(p, clause);
    because->policy.span = (Span){p->source, clause.offset, dash};
    because->policy.text = arena_strndup(p->arena, text, dash);
    because->policy.index = -1;
    Token number = clause;
    number.offset += dash + 1;
    number.length -= dash + 1;
    because->clause = build_small(p, number, 1, 100000, "A clause number");
    return because;
}

Because *build_reason(Parser *p, Token string)
{
    Because *because = ARENA_NEW(p->arena, Because);
    because->span = token_span(p, string);
    because->text = build_text(p, string);
    because->policy.index = -1;
    return because;
}

BecauseList build_reasons(BecauseList list, Because *reason)
{
    if (list.last)
        list.last->next = reason;
    else
        list.first = reason;
    list.last = reason;
    return list;
}
