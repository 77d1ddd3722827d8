#include "hand.h"

#include <stdbool.h>
#include <string.h>

/* ---- calendar: 2000 to 2040 ------------------------------------------------- */

#define FIRST_DAY 10957 /* 2000-01-01 */
#define DAYS      14976 /* to 2040-12-31 */

static int32_t ordinal[DAYS];          /* working days up to and including this one */
static int32_t day_of[DAYS];           /* the n-th working day */
static int64_t spring[41], autumn[41]; /* clock changes, by year from 2000 */

static int year_days(int year)
{
    return 365 + (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

static int32_t day_number(int year, int month, int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int32_t number = FIRST_DAY;
    for (int y = 2000; y < year; y++)
        number += year_days(y);
    return number + before[month - 1] + (month > 2 && year_days(year) == 366) + day - 1;
}

static int weekday(int32_t day)
{
    return (day + 3) % 7; /* 0 is Monday */
}

static int32_t easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
    int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
    return day_number(year, n / 31, n % 31 + 1);
}

static bool is_holiday(int32_t day, int year)
{
    int32_t may = day_number(year, 5, 1), june = day_number(year, 6, 1);
    int32_t september = day_number(year, 9, 1), sunday = easter(year);
    return day == day_number(year, 1, 1) || day == day_number(year, 12, 25) ||
           day == day_number(year, 12, 26) || day == sunday - 2 || day == sunday + 1 ||
           day == may + (7 - weekday(may)) % 7 || day == june - 1 - weekday(june - 1) ||
           day == september - 1 - weekday(september - 1);
}

void hand_prepare(void)
{
    int32_t count = 0, at = 0;
    for (int year = 2000; year <= 2040; year++) {
        for (int i = 0; i < year_days(year) && at < DAYS; i++, at++) {
            int32_t day = FIRST_DAY + at;
            if (weekday(day) < 5 && !is_holiday(day, year))
                day_of[++count] = day;
            ordinal[at] = count;
        }
        int32_t march = day_number(year, 3, 31), october = day_number(year, 10, 31);
        spring[year - 2000] = (int64_t)(march - (weekday(march) + 1) % 7) * 86400000 + 3600000;
        autumn[year - 2000] =
            (int64_t)(october - (weekday(october) + 1) % 7) * 86400000 + 3600000;
    }
}

static int32_t local_day(int64_t at)
{
    int year = (int)((at - (int64_t)FIRST_DAY * 86400000) / 31556952000);
    int64_t summer = at >= spring[year] && at < autumn[year] ? 3600000 : 0;
    return (int32_t)((at + summer) / 86400000);
}

/* The instant at which a limit of n working days from `at` ends. */
static int64_t limit(int64_t at, int n)
{
    int32_t day = local_day(at);
    int64_t end = (int64_t)(day_of[ordinal[day - FIRST_DAY] + n] + 1) * 86400000;
    int year = (int)((end - (int64_t)FIRST_DAY * 86400000) / 31556952000);
    return end >= spring[year] && end < autumn[year] ? end - 3600000 : end;
}

/* ---- the policy ---------------------------------------------------------------- */

enum State {
    NONE,
    SCREENING,
    ALLOCATION,
    URGENT,
    ASSESSMENT,
    PLANNING,
    ACTIVE,
    HELD,
    CLOSING,
    CLOSED
};

static _Thread_local LogResult *out;

static void open_duty(HandDuty *duty, int64_t from, int days, int64_t now)
{
    *duty = (HandDuty){true, false, limit(from, days)};
    if (duty->due <= now) {
        duty->missed = true;
        out->missed++;
        out->notified++;
    }
}

static void miss(HandDuty *duty, int64_t now)
{
    if (!duty->open || duty->missed || duty->due > now)
        return;
    duty->missed = true;
    out->missed++;
    out->notified++;
}

static void done(HandDuty *duty)
{
    duty->open = false;
    if (duty->missed)
        out->late++;
    else
        out->met++;
}

static void enter(HandCase *c, enum State state, int64_t now)
{
    c->state = state;
    c->first.open = c->second.open = false;
    switch (state) {
    case SCREENING:
        open_duty(&c->first, now, 1, now);
        break;
    case ALLOCATION:
        open_duty(&c->first, now, 2, now);
        break;
    case URGENT:
        open_duty(&c->first, now, 3, now);
        break;
    case ASSESSMENT:
        open_duty(&c->second, now, 5, now);
        open_duty(&c->first, c->referred, 45, now);
        break;
    case PLANNING:
        open_duty(&c->first, c->assessed, 10, now);
        break;
    case ACTIVE:
        open_duty(&c->first, now, 30, now);
        break;
    case CLOSING:
        open_duty(&c->first, now, 5, now);
        break;
    case NONE:
    case HELD:
    case CLOSED:
        break;
    }
}

/* False: refused. */
static bool step(HandCase *c, const LogEntry *e)
{
    switch (e->event) {
    case LOG_REFER:
        if (c->state != NONE)
            return false;
        c->referred = e->at;
        enter(c, SCREENING, e->at);
        return true;
    case LOG_ALARM:
        if (c->state != ASSESSMENT && c->state != PLANNING && c->state != ACTIVE)
            return false;
        enter(c, URGENT, e->at);
        return true;
    case LOG_HOLD:
        if (c->state != ASSESSMENT || e->role != LOG_MANAGER)
            return false;
        enter(c, HELD, e->at);
        return true;
    case LOG_GO_ON:
        if (c->state != HELD || e->role != LOG_MANAGER)
            return false;
        enter(c, ASSESSMENT, e->at);
        return true;
    case LOG_SCREEN:
        if (c->state != SCREENING || e->role != LOG_INTAKE)
            return false;
        c->risk = e->value;
        done(&c->first);
        enter(c, c->risk == 0 ? CLOSED : c->risk == 1 ? ALLOCATION : URGENT, e->at);
        return true;
    case LOG_ALLOT:
        if (c->state != ALLOCATION || e->role != LOG_MANAGER)
            return false;
        done(&c->first);
        enter(c, ASSESSMENT, e->at);
        return true;
    case LOG_STRATEGY:
        if (c->state != URGENT || e->role != LOG_MANAGER)
            return false;
        done(&c->first);
        enter(c, ASSESSMENT, e->at);
        return true;
    case LOG_SEE:
        if (c->state != ASSESSMENT || !c->second.open || e->role != LOG_WORKER)
            return false;
        done(&c->second);
        return true;
    case LOG_ASSESS:
        if (c->state != ASSESSMENT || e->role != LOG_WORKER)
            return false;
        c->score = e->value;
        c->assessed = e->at;
        done(&c->first);
        enter(c, c->score >= 50 ? PLANNING : CLOSING, e->at);
        return true;
    case LOG_PLAN:
        if (c->state != PLANNING || e->role != LOG_WORKER)
            return false;
        done(&c->first);
        enter(c, ACTIVE, e->at);
        return true;
    case LOG_REVIEW:
        if (c->state != ACTIVE || e->role != LOG_MANAGER)
            return false;
        c->risk = e->value;
        done(&c->first);
        enter(c, c->risk == 0 ? CLOSING : ACTIVE, e->at);
        return true;
    case LOG_CLOSE:
        if (c->state != CLOSING || e->role != LOG_MANAGER)
            return false;
        done(&c->first);
        enter(c, CLOSED, e->at);
        return true;
    }
    return false;
}

void hand_advance(HandCase *c, int64_t now, LogResult *result)
{
    out = result;
    miss(&c->first, now);
    miss(&c->second, now);
}

bool hand_is_closed(const HandCase *c)
{
    return c->state == CLOSED;
}

void hand_apply(HandCase *c, const LogEntry *entry, LogResult *result)
{
    hand_advance(c, entry->at, result);
    bool was_closed = c->state == CLOSED;
    if (!was_closed && step(c, entry)) {
        result->accepted++;
        result->closed_cases += c->state == CLOSED;
        result->check = result->check * 31 + (uint64_t)(c->first.open ? c->first.due : 0);
    } else {
        result->refused++;
    }
}

void hand_run(const LogEntry *log, size_t count, LogResult *result)
{
    HandCase c = {0};
    uint32_t number = 0;
    memset(result, 0, sizeof *result);
    for (size_t i = 0; i < count; i++) {
        if (log[i].case_number != number) {
            number = log[i].case_number;
            memset(&c, 0, sizeof c);
        }
        hand_apply(&c, &log[i], result);
    }
}
