#include "base/limits.h"
#include "lang/build.h"

void build_calendar(Parser *p, Token lead, Token name, const char *label)
{
    CalendarAst *block = ARENA_NEW(p->arena, CalendarAst);
    block->span = span_since(p, lead.offset);
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    block->cut_off = -1;
    *p->slots.calendar = block;
    p->slots.calendar = &block->next;
    p->now = (Current){
        .block_span = &block->span, .calendar = block, .calendar_rule = &block->rules};
}

/* Monday to Friday; also Friday to Monday, over the week's end. */
void build_week_days(Parser *p, Token first, Token last)
{
    int day = keywords[first.keyword - 1].number, end = keywords[last.keyword - 1].number;
    for (;; day = (day + 1) % 7) {
        p->now.week_days[day] = true;
        if (day == end)
            return;
    }
}

void build_working_week(Parser *p, Token lead, const Token *from, const Token *to)
{
    CalendarAst *calendar = p->now.calendar;
    WorkingHours hours = {0};
    if (from) {
        hours = (WorkingHours){build_clock(p, *from, false), build_clock(p, *to, true)};
        calendar->has_hours = true;
        if (hours.from >= hours.to) {
            Span span = span_join(token_span(p, *from), token_span(p, *to));
            Diag *diag =
                diag_add(p->diags, span, "CF009", "The working day ends before it begins");
            diag_help(p->diags, diag, "Hours run within one day, for example 09:00 to 17:00.");
        }
    }
    for (int day = 0; day < 7; day++) {
        if (!p->now.week_days[day])
            continue;
        if (calendar->working_days[day]) {
            Diag *diag = diag_add(p->diags, span_since(p, lead.offset), "CF102",
                                  "%s is a working day already", weekday_name(day));
            diag_help(p->diags, diag, "Name each day of the week once.");
            break;
        }
        calendar->working_days[day] = true;
        calendar->hours[day] = hours;
    }
    for (int day = 0; day < 7; day++)
        p->now.week_days[day] = false;
}

static CalendarRuleAst *add_rule(Parser *p, Token lead, RuleKind kind, const char *label)
{
    CalendarRuleAst *rule = ARENA_NEW(p->arena, CalendarRuleAst);
    rule->span = span_since(p, lead.offset);
    rule->rule.kind = kind;
    rule->rule.name = label;
    rule->rule.date = rule->rule.instead = DAY_NONE;
    *p->now.calendar_rule = rule;
    p->now.calendar_rule = &rule->next;
    p->now.exception = rule;
    p->now.clause_span = &rule->span;
    return rule;
}

void build_working_day(Parser *p, Token lead, DateAst date, const char *label)
{
    add_rule(p, lead, RULE_WORKING, label)->rule.date = date.day;
}

void build_cut_off(Parser *p, Token clock)
{
    if (build_said_once(p, p->now.calendar->cut_off >= 0, token_span(p, clock), "cut-off"))
        p->now.calendar->cut_off = build_clock(p, clock, false);
}

static int build_year(Parser *p, Token year)
{
    return build_small(p, year, LIMIT_YEAR_FIRST, LIMIT_YEAR_LAST, "A year");
}

void build_covers(Parser *p, Token first, Token last, const Token *published)
{
    CalendarAst *calendar = p->now.calendar;
    Span years = span_join(token_span(p, first), token_span(p, last));
    if (!build_said_once(p, calendar->first_year, years, "covers"))
        return;
    size_t errors = p->diags->errors;
    calendar->first_year = build_year(p, first);
    calendar->last_year = build_year(p, last);
    calendar->published_year = published ? build_year(p, *published) : calendar->last_year;
    if (calendar->last_year >= calendar->first_year || p->diags->errors > errors)
        return;
    diag_add(p->diags, years, "CF009", "The last year, %d, is before the first, %d",
             calendar->last_year, calendar->first_year);
}

void build_calendar_plus(Parser *p, RefList calendars)
{
    refs_append(&p->now.calendar->plus, calendars);
}

void build_calendar_minus(Parser *p, RefList calendars)
{
    refs_append(&p->now.calendar->minus, calendars);
}

void build_except_date(Parser *p, Token lead, DateAst date, const char *label)
{
    add_rule(p, lead, RULE_DATE, label)->rule.date = date.day;
}

void build_except_fixed(Parser *p, Token lead, Token day, Token month, const char *label)
{
    CalendarRuleAst *rule = add_rule(p, lead, RULE_FIXED, label);
    rule->rule.month = keywords[month.keyword - 1].number;
    const int leap_year = 2000;
    rule->rule.day = build_small(p, day, 1, month_length(leap_year, rule->rule.month),
                                 "The day of this month");
}

void build_except_nth(Parser *p, Token lead, int nth, Token weekday, Token month,
                      const char *label)
{
    CalendarRuleAst *rule = add_rule(p, lead, RULE_NTH_WEEKDAY, label);
    rule->rule.nth = nth;
    rule->rule.weekday = keywords[weekday.keyword - 1].number;
    rule->rule.month = keywords[month.keyword - 1].number;
}

void build_except_easter(Parser *p, Token lead, const Token *days, int sign, const char *label)
{
    CalendarRuleAst *rule = add_rule(p, lead, RULE_EASTER, label);
    if (days)
        rule->rule.offset = sign * build_small(p, *days, 1, 200, "The days from Easter");
}

void build_or_next_working(Parser *p)
{
    p->now.exception->rule.or_next_working = true;
}

void build_instead(Parser *p, DateAst date)
{
    p->now.exception->rule.kind = RULE_MOVED;
    p->now.exception->rule.instead = date.day;
}

void build_from_year(Parser *p, Token year)
{
    p->now.exception->rule.from_year = build_year(p, year);
}

void build_until_year(Parser *p, Token year)
{
    p->now.exception->rule.until_year = build_year(p, year);
}
