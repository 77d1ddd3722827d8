#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "calendar/limit.h"
#include "calendar/regions.h"

static const Zone uk = {0, true};
static Calendar *england, *cut_off;

static int set_up(void **state)
{
    (void)state;
    england = region_calendar(ENGLAND_AND_WALES);
    cut_off = region_calendar_with(ENGLAND_AND_WALES, 16 * 60);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    calendar_free(england);
    calendar_free(cut_off);
    return 0;
}

static LimitAnchor anchor_of(const char *text)
{
    TypedTime time;
    Error err = {0};
    assert_true(time_parse(uk, text, &time, &err));
    return (LimitAnchor){.at = time.at, .day = time.day, .date_only = time.date_only};
}

static LimitRule rule_of(const char *duration)
{
    LimitRule rule = {0};
    Error err = {0};
    assert_true(duration_parse(duration, &rule.duration, &err));
    return rule;
}

/* One line a step: "counted 1 2024-04-02", "skipped 2024-03-29 Good Friday". */
static void write_step(void *context, const LimitStep *step)
{
    static const char *const kinds[] = {"anchor",  "deemed", "paused", "counted",
                                        "skipped", "rolled", "due"};
    Text *text = context;
    char date[DAY_TEXT_MAX];
    day_format(step->day, date);
    text_addf(text, "%s", kinds[step->kind]);
    if (step->number != 0)
        text_addf(text, " %d", step->number);
    text_addf(text, " %s", date);
    if (step->reason)
        text_addf(text, " %s", step->reason);
    text_add(text, step->projected ? " projected\n" : "\n");
}

static void assert_steps(const LimitRule *rule, const Calendar *calendar, const char *anchor,
                         const LimitPaused *paused, const char *expected)
{
    LimitAnchor from = anchor_of(anchor);
    LimitDue due;
    Error err = {0};
    Text text = {0};
    assert_true(
        limit_explain(rule, calendar, uk, &from, paused, write_step, &text, &due, &err));
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

static void every_date_counted_or_skipped_is_shown_with_its_reason(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    assert_steps(&rule, england, "2021-04-01T11:00", NULL,
                 "anchor 2021-04-01\n"
                 "skipped 2021-04-02 Good Friday\n"
                 "skipped 2021-04-03 Saturday\n"
                 "skipped 2021-04-04 Sunday\n"
                 "skipped 2021-04-05 Easter Monday\n"
                 "counted 1 2021-04-06\n"
                 "counted 2 2021-04-07\n"
                 "counted 3 2021-04-08\n"
                 "due 2021-04-08\n");
}

static void a_deemed_start_says_why(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    assert_steps(&rule, cut_off, "2024-04-05T16:00", NULL,
                 "anchor 2024-04-05\n"
                 "deemed 2024-04-08 at or after the cut-off\n"
                 "counted 1 2024-04-09\n"
                 "due 2024-04-09\n");
    rule.count_from_next = true;
    assert_steps(&rule, england, "2024-03-30", NULL,
                 "anchor 2024-03-30\n"
                 "deemed 2024-04-02 Saturday\n"
                 "counted 1 2024-04-03\n"
                 "due 2024-04-03\n");
}

static void counting_back_shows_the_days_in_their_order(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    rule.before = true;
    rule.clear = true;
    assert_steps(&rule, england, "2023-10-20", NULL,
                 "anchor 2023-10-20\n"
                 "counted 1 2023-10-19\n"
                 "counted 2 2023-10-18\n"
                 "counted 3 2023-10-17\n"
                 "due 2023-10-16\n");
}

static void a_roll_shows_where_the_limit_would_have_ended(void **state)
{
    (void)state;
    LimitRule rule = rule_of("2 calendar days");
    rule.roll = ROLL_NEXT;
    assert_steps(&rule, england, "2024-03-28", NULL,
                 "anchor 2024-03-28\n"
                 "counted 1 2024-03-29\n"
                 "counted 2 2024-03-30\n"
                 "rolled 2024-03-30 Saturday\n"
                 "skipped 2024-03-31 Sunday\n"
                 "skipped 2024-04-01 Easter Monday\n"
                 "due 2024-04-02\n");
    rule = rule_of("24 hours");
    rule.roll = ROLL_NEXT;
    assert_steps(&rule, england, "2024-04-05T12:00", NULL,
                 "anchor 2024-04-05\n"
                 "rolled 2024-04-06 Saturday\n"
                 "skipped 2024-04-07 Sunday\n"
                 "due 2024-04-08\n");
}

static void months_are_shown_one_by_one_from_the_anchor(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 months");
    assert_steps(&rule, NULL, "2024-01-31", NULL,
                 "anchor 2024-01-31\n"
                 "counted 1 2024-02-29\n"
                 "counted 2 2024-03-31\n"
                 "counted 3 2024-04-30\n"
                 "due 2024-04-30\n");
    rule = rule_of("2 weeks");
    rule.before = true;
    rule.clear = true;
    assert_steps(&rule, NULL, "2024-01-31", NULL,
                 "anchor 2024-01-31\n"
                 "counted 1 2024-01-24\n"
                 "counted 2 2024-01-17\n"
                 "due 2024-01-16\n");
}

static void pauses_are_shown_before_the_days_they_add(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    LimitPaused paused = {.whole_days = 3, .whole_working_days = 1, .elapsed_ms = 72 * HOUR_MS};
    assert_steps(&rule, england, "2024-04-02", &paused,
                 "anchor 2024-04-02\n"
                 "paused 1 2024-04-02\n"
                 "counted 1 2024-04-03\n"
                 "counted 2 2024-04-04\n"
                 "due 2024-04-04\n");
    rule = rule_of("24 hours");
    assert_steps(&rule, england, "2024-04-02T09:00", &paused,
                 "anchor 2024-04-02\n"
                 "paused 4320 2024-04-02\n"
                 "due 2024-04-06\n");
}

static void working_hours_are_shown_as_the_minutes_of_each_day(void **state)
{
    (void)state;
    LimitRule rule = rule_of("10 working hours");
    assert_steps(&rule, england, "2024-03-28T16:30", NULL,
                 "anchor 2024-03-28\n"
                 "counted 30 2024-03-28\n"
                 "skipped 2024-03-29 Good Friday\n"
                 "skipped 2024-03-30 Saturday\n"
                 "skipped 2024-03-31 Sunday\n"
                 "skipped 2024-04-01 Easter Monday\n"
                 "counted 480 2024-04-02\n"
                 "counted 90 2024-04-03\n"
                 "due 2024-04-03\n");
    assert_steps(&(LimitRule){.duration = {1, UNIT_WORKING_HOURS}}, england, "2024-04-03T18:00",
                 NULL,
                 "anchor 2024-04-03\n"
                 "skipped 2024-04-03 outside working hours\n"
                 "counted 60 2024-04-04\n"
                 "due 2024-04-04\n");
}

static void projected_dates_are_marked(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    assert_steps(&rule, england, "2028-12-29", NULL,
                 "anchor 2028-12-29\n"
                 "skipped 2028-12-30 Saturday\n"
                 "skipped 2028-12-31 Sunday\n"
                 "skipped 2029-01-01 New Year's Day projected\n"
                 "counted 1 2029-01-02 projected\n"
                 "due 2029-01-02 projected\n");
}

/* ---- on many inputs ---------------------------------------------------------- */

typedef struct Tally {
    int32_t counted, minutes, dues;
    Day due, last;
} Tally;

static void tally_step(void *context, const LimitStep *step)
{
    Tally *tally = context;
    if (step->kind == STEP_COUNTED) {
        tally->counted++;
        tally->minutes += step->number;
        tally->last = step->day;
    }
    if (step->kind == STEP_DUE) {
        tally->dues++;
        tally->due = step->day;
    }
    if (step->kind == STEP_SKIPPED || step->kind == STEP_ROLLED)
        assert_non_null(step->reason);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static LimitRule random_rule(uint32_t *seed)
{
    LimitRule rule = {0};
    rule.duration.unit = (Unit)(next_random(seed) % UNIT_IMMEDIATELY);
    rule.duration.amount =
        rule.duration.unit == UNIT_SAME_DAY ? 0 : (int32_t)(next_random(seed) % 50);
    rule.roll = (Roll)(next_random(seed) % 3);
    rule.count_from_next = next_random(seed) % 4 == 0;
    rule.before = next_random(seed) % 4 == 0;
    rule.clear = rule.before && rule.duration.unit != UNIT_HOURS &&
                 rule.duration.unit != UNIT_WORKING_HOURS && next_random(seed) % 2 == 0;
    return rule;
}

static void the_working_agrees_with_the_due_moment_on_random_limits(void **state)
{
    (void)state;
    uint32_t seed = 20261121;
    int compared = 0;
    for (int trial = 0; trial < 20000; trial++) {
        LimitRule rule = random_rule(&seed);
        const Calendar *calendar = next_random(&seed) % 2 ? england : cut_off;
        LimitAnchor anchor = {.at = day_start(uk, CIVIL(1997, 1, 1)) +
                                    (Instant)(next_random(&seed) % 13000) * DAY_MS +
                                    (Instant)(next_random(&seed) % 1440) * MINUTE_MS};
        anchor.day = day_of_instant(uk, anchor.at);
        anchor.date_only = next_random(&seed) % 3 == 0;
        if (anchor.date_only)
            anchor.at = day_start(uk, anchor.day);
        int32_t pause = (int32_t)(next_random(&seed) % 3);
        LimitPaused paused = {pause, pause, pause * DAY_MS, pause * 8 * HOUR_MS};
        LimitDue due, explained;
        Tally tally = {0};
        Error err = {0}, again = {0};
        bool known = limit_due(&rule, calendar, uk, &anchor, &paused, &due, &err);
        assert_int_equal(limit_explain(&rule, calendar, uk, &anchor, &paused, tally_step,
                                       &tally, &explained, &again),
                         known);
        assert_string_equal(err.text, again.text);
        if (!known)
            continue;
        compared++;
        assert_true(due.due == explained.due && due.due_latest == explained.due_latest);
        assert_true(due.day == explained.day && due.practical == explained.practical);
        assert_int_equal(tally.dues, 1);
        assert_int_equal(tally.due, due.day);
        bool pauses = !rule.before;
        if (rule.duration.unit == UNIT_WORKING_HOURS)
            assert_int_equal(tally.minutes,
                             rule.duration.amount * 60 + (pauses ? pause * 8 * 60 : 0));
        else if (rule.duration.unit == UNIT_WORKING_DAYS)
            assert_int_equal(tally.counted, rule.duration.amount + (pauses ? pause : 0));
        else if (rule.duration.unit == UNIT_MONTHS || rule.duration.unit == UNIT_WEEKS)
            assert_int_equal(tally.counted, rule.duration.amount);
        if (rule.duration.unit == UNIT_WORKING_DAYS && rule.duration.amount > 0 && !rule.clear)
            assert_int_equal(tally.last, due.day);
    }
    assert_true(compared > 15000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_date_counted_or_skipped_is_shown_with_its_reason),
        cmocka_unit_test(a_deemed_start_says_why),
        cmocka_unit_test(counting_back_shows_the_days_in_their_order),
        cmocka_unit_test(a_roll_shows_where_the_limit_would_have_ended),
        cmocka_unit_test(months_are_shown_one_by_one_from_the_anchor),
        cmocka_unit_test(pauses_are_shown_before_the_days_they_add),
        cmocka_unit_test(working_hours_are_shown_as_the_minutes_of_each_day),
        cmocka_unit_test(projected_dates_are_marked),
        cmocka_unit_test(the_working_agrees_with_the_due_moment_on_random_limits),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
