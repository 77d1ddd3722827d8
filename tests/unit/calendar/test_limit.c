#include "calendar/limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "calendar/regions.h"

static const Zone uk = {0, true};
static Calendar *england, *scotland, *ireland, *cut_off;

static int set_up(void **state)
{
    (void)state;
    england = region_calendar(ENGLAND_AND_WALES);
    scotland = region_calendar(SCOTLAND);
    ireland = region_calendar(NORTHERN_IRELAND);
    cut_off = region_calendar_with(ENGLAND_AND_WALES, 16 * 60);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    calendar_free(england);
    calendar_free(scotland);
    calendar_free(ireland);
    calendar_free(cut_off);
    return 0;
}

/* "2024-03-30" or "2024-03-30T22:00", in UK time. */
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

static LimitDue due_of(const LimitRule *rule, const Calendar *calendar, const char *anchor,
                       const LimitPaused *paused)
{
    LimitAnchor from = anchor_of(anchor);
    LimitDue due;
    Error err = {0};
    if (!limit_due(rule, calendar, uk, &from, paused, &due, &err))
        fail_msg("%s", err.text);
    return due;
}

static void assert_moment(Moment moment, const char *words)
{
    char text[TIME_TEXT_MAX];
    moment_format_long(uk, moment, text);
    assert_string_equal(text, words);
}

static void assert_due(const LimitRule *rule, const Calendar *calendar, const char *anchor,
                       const char *words)
{
    assert_moment(due_of(rule, calendar, anchor, NULL).due, words);
}

static void assert_plain(const char *duration, const char *anchor, const char *words)
{
    LimitRule rule = rule_of(duration);
    assert_due(&rule, england, anchor, words);
}

/* ---- days ---------------------------------------------------------------- */

static void a_working_day_limit_ends_with_the_nth_working_day_after_the_anchor(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    LimitDue due = due_of(&rule, england, "2021-04-01T11:00", NULL); /* Maundy Thursday */
    assert_moment(due.due, "Thursday 8 April 2021");
    assert_int_equal(due.due, moment_at(day_start(uk, CIVIL(2021, 4, 9)), RANK_DAY_LIMIT));
    assert_int_equal(due.due_latest, due.due);
    assert_int_equal(due.day, CIVIL(2021, 4, 8));
    assert_true(due.is_day_limit);
    assert_false(due.projected);
    assert_int_equal(due.practical, DAY_NONE);
}

static void the_worked_examples_of_the_study_come_out_in_all_three_regions(void **state)
{
    (void)state;
    const Calendar *const regions[] = {england, scotland, ireland};
    static const struct {
        const char *from, *duration;
        bool next;
        const char *due[3];
    } examples[] = {
        {"2024-03-30", "1 working day", false, {"2024-04-02", "2024-04-01", "2024-04-02"}},
        {"2024-03-30", "1 working day", true, {"2024-04-03", "2024-04-02", "2024-04-03"}},
        {"2024-12-19", "15 working days", false, {"2025-01-14", "2025-01-15", "2025-01-14"}},
        {"2024-12-23", "20 working days", false, {"2025-01-23", "2025-01-24", "2025-01-23"}},
        {"2024-12-02", "45 working days", false, {"2025-02-06", "2025-02-07", "2025-02-06"}},
        {"2024-03-28", "10 working days", false, {"2024-04-15", "2024-04-12", "2024-04-15"}},
        {"2025-07-10", "3 working days", false, {"2025-07-15", "2025-07-15", "2025-07-16"}},
        {"2026-06-12", "1 working day", false, {"2026-06-15", "2026-06-16", "2026-06-15"}},
        {"2024-03-30", "0 working days", false, {"2024-04-02", "2024-04-01", "2024-04-02"}},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        for (int region = 0; region < 3; region++) {
            LimitRule rule = rule_of(examples[i].duration);
            char text[DAY_TEXT_MAX];
            rule.count_from_next = examples[i].next;
            day_format(due_of(&rule, regions[region], examples[i].from, NULL).day, text);
            assert_string_equal(text, examples[i].due[region]);
        }
}

static void nought_working_days_is_that_day_or_the_next_that_works(void **state)
{
    (void)state;
    assert_plain("0 working days", "2024-03-28T23:59", "Thursday 28 March 2024");
    assert_plain("0 working days", "2024-03-29T09:00", "Tuesday 2 April 2024");
    assert_plain("same day", "2024-03-29T09:00", "Friday 29 March 2024");
}

static void months_and_years_end_on_the_corresponding_date_clipped(void **state)
{
    (void)state;
    assert_plain("3 months", "2025-08-31", "Sunday 30 November 2025");
    assert_plain("3 months", "2024-11-30", "Friday 28 February 2025");
    assert_plain("12 months", "2024-02-29", "Friday 28 February 2025");
    assert_plain("1 year", "2024-02-29", "Friday 28 February 2025");
    assert_plain("4 years", "2024-02-29", "Tuesday 29 February 2028");
    assert_plain("4 months", "2023-09-30", "Tuesday 30 January 2024");
    LimitRule rule = rule_of("3 months");
    assert_true(due_of(&rule, england, "2025-08-31", NULL).clipped);
    assert_false(due_of(&rule, england, "2025-08-30", NULL).clipped);
}

static void weeks_months_and_calendar_days_do_not_roll_unless_told(void **state)
{
    (void)state;
    LimitRule rule = rule_of("2 calendar days"); /* Easter Saturday */
    LimitDue due = due_of(&rule, england, "2024-03-28", NULL);
    assert_moment(due.due, "Saturday 30 March 2024");
    assert_int_equal(due.practical, CIVIL(2024, 3, 28)); /* the last working day before */
    rule.roll = ROLL_NEXT;
    assert_due(&rule, england, "2024-03-28", "Tuesday 2 April 2024");
    assert_due(&rule, england, "2024-04-02", "Thursday 4 April 2024");
    rule.roll = ROLL_PREVIOUS;
    assert_due(&rule, england, "2024-03-28", "Thursday 28 March 2024");
    assert_plain("1 week", "2024-03-25", "Monday 1 April 2024");
    assert_plain("6 weeks", "2024-03-25", "Monday 6 May 2024");
}

static void the_practical_day_is_never_before_the_limit_begins(void **state)
{
    (void)state;
    LimitRule rule = rule_of("72 hours");
    assert_int_equal(due_of(&rule, england, "2024-03-29T22:00", NULL).practical, DAY_NONE);
    assert_int_equal(due_of(&rule, england, "2024-03-28T22:00", NULL).practical,
                     CIVIL(2024, 3, 28));
    assert_int_equal(due_of(&rule, england, "2024-04-02T22:00", NULL).practical, DAY_NONE);
    rule = rule_of("3 calendar days");
    rule.before = true;
    assert_int_equal(due_of(&rule, england, "2024-04-04", NULL).practical, CIVIL(2024, 3, 28));
}

static void counting_from_the_next_working_day_bears_on_every_unit(void **state)
{
    (void)state;
    LimitRule rule = rule_of("5 calendar days");
    rule.count_from_next = true;
    assert_due(&rule, england, "2024-03-30T10:00", "Sunday 7 April 2024");
    assert_due(&rule, england, "2024-03-28T10:00", "Tuesday 2 April 2024");
    rule = rule_of("24 hours");
    rule.count_from_next = true;
    assert_due(&rule, england, "2024-03-30T10:00", "Wednesday 3 April 2024 at 00:00");
    assert_due(&rule, england, "2024-03-28T10:00", "Friday 29 March 2024 at 10:00");
}

/* ---- cut-off --------------------------------------------------------------- */

static void an_anchor_at_the_cut_off_belongs_to_the_next_working_day(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    assert_due(&rule, cut_off, "2024-04-03T15:59", "Thursday 4 April 2024 at 16:00");
    assert_due(&rule, cut_off, "2024-04-03T16:00", "Friday 5 April 2024 at 16:00");
    assert_due(&rule, cut_off, "2024-03-28T16:00", "Wednesday 3 April 2024 at 16:00");
    LimitDue due = due_of(&rule, cut_off, "2024-04-03T15:59", NULL);
    assert_int_equal(moment_rank(due.due), RANK_DAY_LIMIT); /* acting at 16:00 is late */
    assert_true(due.is_day_limit);
    rule = rule_of("0 working days");
    assert_due(&rule, cut_off, "2024-04-03T16:00", "Thursday 4 April 2024 at 16:00");
}

static void a_cut_off_leaves_everything_but_working_days_alone(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 calendar day");
    assert_due(&rule, cut_off, "2024-04-03T17:00", "Thursday 4 April 2024");
    rule = rule_of("24 hours");
    assert_due(&rule, cut_off, "2024-04-03T17:00", "Thursday 4 April 2024 at 17:00");
}

static void counting_back_ends_at_the_cut_off_but_does_not_start_a_day_later(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    rule.before = true;
    assert_due(&rule, cut_off, "2024-04-04T17:00", "Wednesday 3 April 2024 at 16:00");
    assert_due(&rule, cut_off, "2024-04-04", "Wednesday 3 April 2024 at 16:00");
}

static void a_date_without_a_time_leaves_a_cut_off_open(void **state)
{
    (void)state;
    LimitRule rule = rule_of("1 working day");
    LimitDue due = due_of(&rule, cut_off, "2024-04-03", NULL);
    assert_moment(due.due, "Thursday 4 April 2024 at 16:00");
    assert_moment(due.due_latest, "Friday 5 April 2024 at 16:00");
    due = due_of(&rule, england, "2024-04-03", NULL);
    assert_int_equal(due.due, due.due_latest);
}

/* ---- backward --------------------------------------------------------------- */

static void a_backward_limit_ends_on_the_nth_working_day_before(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    rule.before = true;
    assert_due(&rule, england, "2023-10-20", "Tuesday 17 October 2023");
    assert_due(&rule, england, "2024-04-02", "Tuesday 26 March 2024");
    rule.clear = true;
    assert_due(&rule, england, "2023-10-20", "Monday 16 October 2023");
    rule.duration.amount = 0;
    rule.clear = false;
    assert_due(&rule, england, "2024-04-02", "Tuesday 2 April 2024");
    assert_due(&rule, england, "2024-04-01", "Thursday 28 March 2024");
}

static void backward_limits_run_in_every_unit(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 calendar days");
    rule.before = true;
    assert_due(&rule, NULL, "2024-04-02", "Saturday 30 March 2024");
    rule.clear = true;
    assert_due(&rule, NULL, "2024-04-02", "Friday 29 March 2024");
    rule = rule_of("1 month");
    rule.before = true;
    assert_due(&rule, NULL, "2024-03-31", "Thursday 29 February 2024");
    rule = rule_of("48 hours");
    rule.before = true;
    assert_due(&rule, NULL, "2024-04-02T10:00", "Sunday 31 March 2024 at 10:00");
    rule = rule_of("4 working hours");
    rule.before = true;
    assert_due(&rule, england, "2024-04-02T11:00", "Thursday 28 March 2024 at 15:00");
    assert_due(&rule, england, "2024-04-01T11:00", "Thursday 28 March 2024 at 13:00");
}

static void clear_days_count_back_only(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    LimitAnchor anchor = anchor_of("2024-04-02");
    LimitDue due;
    Error err = {0};
    rule.clear = true;
    assert_false(limit_due(&rule, england, uk, &anchor, NULL, &due, &err));
    assert_string_equal(err.text, "only days before a date can be clear days");
}

/* ---- hours ------------------------------------------------------------------ */

static void hours_are_elapsed_time_over_a_clock_change(void **state)
{
    (void)state;
    assert_plain("72 hours", "2024-03-29T22:00", "Monday 1 April 2024 at 23:00");
    assert_plain("3 calendar days", "2024-03-29T22:00", "Monday 1 April 2024");
    assert_plain("24 hours", "2024-10-26T12:00", "Sunday 27 October 2024 at 11:00");
    LimitRule rule = rule_of("24 hours");
    LimitDue due = due_of(&rule, NULL, "2024-06-01T12:00", NULL);
    assert_false(due.is_day_limit);
    assert_int_equal(moment_rank(due.due), RANK_HOUR_LIMIT);
    assert_int_equal(due.due, due.due_latest);
    assert_int_equal(due.day, CIVIL(2024, 6, 2));
}

static void a_date_without_a_time_leaves_hours_open(void **state)
{
    (void)state;
    LimitRule rule = rule_of("72 hours");
    LimitDue due = due_of(&rule, NULL, "2024-03-29", NULL);
    assert_moment(due.due, "Monday 1 April 2024 at 01:00");
    assert_moment(due.due_latest, "Tuesday 2 April 2024 at 01:00");
    rule = rule_of("2 working hours");
    due = due_of(&rule, england, "2024-04-03", NULL);
    assert_moment(due.due, "Wednesday 3 April 2024 at 11:00");
    assert_moment(due.due_latest, "Thursday 4 April 2024 at 11:00");
}

static void hours_told_to_roll_become_the_end_of_a_working_day(void **state)
{
    (void)state;
    LimitRule rule = rule_of("24 hours");
    rule.roll = ROLL_NEXT;
    LimitDue due = due_of(&rule, england, "2024-03-29T12:00", NULL);
    assert_moment(due.due, "Tuesday 2 April 2024");
    assert_true(due.is_day_limit);
    assert_due(&rule, england, "2024-04-03T12:00", "Thursday 4 April 2024 at 12:00");
    rule.roll = ROLL_PREVIOUS;
    assert_due(&rule, england, "2024-03-28T12:00", "Thursday 28 March 2024");
}

static void working_hours_count_inside_the_hours_only(void **state)
{
    (void)state;
    assert_plain("4 working hours", "2024-03-28T15:00", "Tuesday 2 April 2024 at 11:00");
    assert_plain("8 working hours", "2024-04-05T17:00", "Monday 8 April 2024 at 17:00");
    assert_plain("4 working hours", "2024-04-05T16:00", "Monday 8 April 2024 at 12:00");
    assert_plain("1 working hour", "2024-04-05T16:00", "Friday 5 April 2024 at 17:00");
    assert_plain("2 working hours", "2024-04-05T03:00", "Friday 5 April 2024 at 11:00");
    assert_plain("0 working hours", "2024-04-05T18:00", "Monday 8 April 2024 at 09:00");
    assert_plain("80 working hours", "2024-04-01T00:00", "Monday 15 April 2024 at 17:00");
}

/* Opening round the clock makes working hours elapsed hours on working days. */
static void working_hours_of_a_night_shift_cross_the_clock_change(void **state)
{
    (void)state;
    CalendarSpec spec = monday_to_friday("nights");
    Error err = {0};
    for (int weekday = 0; weekday < 7; weekday++)
        spec.hours[weekday] = (WorkingHours){90, 24 * 60}; /* 01:30, skipped in March */
    Calendar *nights = calendar_new(&spec, &err);
    assert_non_null(nights);
    LimitRule rule = rule_of("1 working hour");
    assert_due(&rule, nights, "2024-03-31T00:10", "Sunday 31 March 2024 at 03:30");
    rule = rule_of("23 working hours");
    assert_due(&rule, nights, "2024-10-27T00:10", "Sunday 27 October 2024 at 23:30");
    calendar_free(nights);
}

/* ---- pauses ----------------------------------------------------------------- */

static LimitPaused paused_between(const Calendar *calendar, const char *from, const char *to)
{
    LimitPaused paused = {0};
    Error err = {0};
    assert_true(
        limit_add_pause(&paused, calendar, uk, anchor_of(from).at, anchor_of(to).at, &err));
    return paused;
}

static void a_day_counts_unless_it_was_paused_as_a_whole(void **state)
{
    (void)state;
    LimitPaused paused = paused_between(england, "2024-03-27T00:01", "2024-04-03T23:59");
    assert_int_equal(paused.whole_days, 6);         /* 28 March to 2 April */
    assert_int_equal(paused.whole_working_days, 2); /* 28 March, 2 April */
    paused = paused_between(england, "2024-03-27", "2024-04-03");
    assert_int_equal(paused.whole_days, 7);
    assert_int_equal(paused.whole_working_days, 3);
    paused = paused_between(england, "2024-04-03T00:01", "2024-04-03T23:59");
    assert_int_equal(paused.whole_days, 0);
    paused = paused_between(england, "2024-04-03T09:00", "2024-04-03T09:00");
    assert_int_equal(paused.elapsed_ms, 0);
}

static void a_pause_takes_out_its_elapsed_and_its_working_time(void **state)
{
    (void)state;
    LimitPaused paused = paused_between(england, "2024-03-28T16:00", "2024-04-02T09:30");
    assert_int_equal(paused.elapsed_ms, (4 * 24 + 17 - 1) * HOUR_MS + 30 * MINUTE_MS);
    assert_int_equal(paused.working_ms, 90 * MINUTE_MS);
    Error err = {0};
    assert_true(limit_add_pause(&paused, england, uk, anchor_of("2024-04-03T10:00").at,
                                anchor_of("2024-04-03T11:00").at, &err));
    assert_int_equal(paused.working_ms, 150 * MINUTE_MS);
    assert_false(limit_add_pause(&paused, england, uk, HOUR_MS, 0, &err));
    assert_string_equal(err.text, "a pause cannot end before it begins");
}

static void a_pause_moves_each_kind_of_limit_by_its_own_measure(void **state)
{
    (void)state;
    static const struct {
        const char *duration, *due;
    } cases[] = {{"3 working days", "Thursday 4 April 2024"},
                 {"8 calendar days", "Sunday 7 April 2024"},
                 {"1 week", "Saturday 6 April 2024"},
                 {"1 month", "Tuesday 30 April 2024"},
                 {"1 year", "Sunday 30 March 2025"},
                 {"24 hours", "Monday 1 April 2024 at 10:00"},
                 {"16 working hours", "Wednesday 3 April 2024 at 15:00"}};
    LimitPaused paused = paused_between(england, "2024-03-27T12:00", "2024-03-31T12:00");
    assert_int_equal(paused.whole_days, 3); /* 28 to 30 March; 29 March is Good Friday */
    assert_int_equal(paused.whole_working_days, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        LimitRule rule = rule_of(cases[i].duration);
        assert_moment(due_of(&rule, england, "2024-03-27T10:00", &paused).due, cases[i].due);
    }
    LimitRule before = rule_of("3 working days");
    before.before = true;
    assert_moment(due_of(&before, england, "2024-04-05", &paused).due, "Tuesday 2 April 2024");
}

/* ---- the edges ---------------------------------------------------------------- */

static void immediately_has_no_due_moment(void **state)
{
    (void)state;
    LimitRule rule = rule_of("immediately");
    LimitDue due = due_of(&rule, NULL, "2024-04-03T10:00", NULL);
    assert_true(due.due == MOMENT_NEVER && due.due_latest == MOMENT_NEVER);
    assert_int_equal(due.day, DAY_NONE);
}

static void assert_refused(const LimitRule *rule, const Calendar *calendar, const char *from,
                           ErrorKind kind, const char *sentence)
{
    LimitAnchor anchor = anchor_of(from);
    LimitDue due;
    Error err = {0};
    assert_false(limit_due(rule, calendar, uk, &anchor, NULL, &due, &err));
    assert_string_equal(err.text, sentence);
    assert_int_equal(err.kind, kind);
}

static void outside_the_calendar_a_limit_is_an_error_not_a_guess(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    assert_refused(&rule, england, "2035-12-28", ERROR_LIMIT,
                   "the calendar 'england-and-wales' ends on Monday 31 December 2035");
    assert_refused(&rule, england, "1994-12-28", ERROR_LIMIT,
                   "the calendar 'england-and-wales' begins on Sunday 1 January 1995");
    rule.before = true;
    assert_refused(&rule, england, "2036-01-02", ERROR_LIMIT,
                   "the calendar 'england-and-wales' ends on Monday 31 December 2035");
    rule = rule_of("3 working hours");
    assert_refused(&rule, england, "2035-12-31T16:00", ERROR_LIMIT,
                   "the calendar 'england-and-wales' ends on Monday 31 December 2035");
    rule = rule_of("1 week");
    assert_due(&rule, england, "2035-12-28", "Friday 4 January 2036"); /* needs no calendar */
    rule.roll = ROLL_NEXT;
    assert_refused(&rule, england, "2035-12-28", ERROR_LIMIT,
                   "the calendar 'england-and-wales' ends on Monday 31 December 2035");
    assert_refused(&rule, NULL, "2024-12-28", ERROR_INPUT,
                   "this limit needs a calendar, and none is named");
}

static void working_hours_need_a_calendar_that_says_them(void **state)
{
    (void)state;
    CalendarSpec spec = monday_to_friday("days-only");
    Error err = {0};
    spec.has_hours = false;
    Calendar *days = calendar_new(&spec, &err);
    LimitRule rule = rule_of("3 working hours");
    assert_refused(&rule, days, "2024-04-03T10:00", ERROR_INPUT,
                   "the calendar 'days-only' does not say its working hours");
    calendar_free(days);
}

static void nothing_overflows(void **state)
{
    (void)state;
    static const Unit units[] = {UNIT_CALENDAR_DAYS, UNIT_HOURS, UNIT_WEEKS, UNIT_MONTHS,
                                 UNIT_YEARS};
    static const int32_t amounts[] = {40000, 960000, 5714, 1290, 109};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (int before = 0; before < 2; before++) {
            LimitRule rule = {.duration = {amounts[i], units[i]}, .before = before == 1};
            assert_refused(&rule, NULL, before ? "1990-06-01" : "2190-06-01", ERROR_LIMIT,
                           "the limit would end outside the years 1900 to 2200");
            due_of(&rule, NULL, before ? "2190-06-01" : "1990-06-01", NULL);
            LimitAnchor anchor = anchor_of("2024-01-01");
            LimitDue due;
            Error err = {0};
            rule.duration.amount = INT32_MAX;
            assert_false(limit_due(&rule, NULL, uk, &anchor, NULL, &due, &err));
            rule.duration.amount = -1;
            assert_false(limit_due(&rule, NULL, uk, &anchor, NULL, &due, &err));
        }
    LimitRule rule = {.duration = {3, UNIT_CALENDAR_DAYS}};
    LimitPaused paused = {.whole_days = INT32_MAX};
    LimitAnchor anchor = anchor_of("2024-01-01");
    LimitDue due;
    Error err = {0};
    assert_false(limit_due(&rule, NULL, uk, &anchor, &paused, &due, &err));
}

static void a_limit_that_rests_on_unpublished_days_is_projected(void **state)
{
    (void)state;
    LimitRule rule = rule_of("3 working days");
    assert_true(due_of(&rule, england, "2028-12-28", NULL).projected);
    assert_false(due_of(&rule, england, "2028-12-20", NULL).projected);
    rule.before = true;
    assert_true(due_of(&rule, england, "2029-01-02", NULL).projected);
    rule = rule_of("3 calendar days");
    assert_false(due_of(&rule, england, "2030-01-02", NULL).projected);
}

static Day grid(const char *every, const char *from, int32_t k)
{
    Day day = DAY_NONE;
    Error err = {0};
    assert_true(grid_day(rule_of(every).duration, england, anchor_of(from).day, k, &day, &err));
    return day;
}

static void what_recurs_is_computed_from_its_anchor_and_does_not_drift(void **state)
{
    (void)state;
    assert_int_equal(grid("1 month", "2024-01-31", 1), CIVIL(2024, 2, 29));
    assert_int_equal(grid("1 month", "2024-01-31", 2), CIVIL(2024, 3, 31));
    assert_int_equal(grid("1 month", "2024-01-31", 3), CIVIL(2024, 4, 30));
    assert_int_equal(grid("3 months", "2024-01-31", 4), CIVIL(2025, 1, 31));
    assert_int_equal(grid("6 weeks", "2024-01-31", 2), CIVIL(2024, 4, 24));
    assert_int_equal(grid("1 year", "2024-02-29", 4), CIVIL(2028, 2, 29));
    assert_int_equal(grid("5 working days", "2024-03-27", 2), CIVIL(2024, 4, 12));
    Day day;
    Error err = {0};
    Duration monthly = {1, UNIT_MONTHS}, daily = {40000, UNIT_WORKING_DAYS};
    assert_false(grid_day(monthly, england, CIVIL(2024, 1, 31), 0, &day, &err));
    assert_false(grid_day(monthly, england, CIVIL(2024, 1, 31), INT32_MAX, &day, &err));
    assert_false(grid_day(daily, england, CIVIL(2024, 1, 31), INT32_MAX, &day, &err));
    daily.amount = 1 << 15; /* times 2^17 would wrap round to nought */
    assert_false(grid_day(daily, england, CIVIL(2024, 1, 31), 1 << 17, &day, &err));
    monthly.amount = 0;
    assert_false(grid_day(monthly, england, CIVIL(2024, 1, 31), 1, &day, &err));
    assert_false(grid_day((Duration){24, UNIT_HOURS}, england, 0, 1, &day, &err));
}

/* ---- the naive twin ------------------------------------------------------------ */

/* Every day of the covered years is an anchor once, every amount comes up often. */
static void working_day_limits_equal_a_walk_over_the_days(void **state)
{
    (void)state;
    const Calendar *const regions[] = {england, scotland, ireland};
    for (int region = 0; region < REGION_COUNT; region++)
        for (Day from = CIVIL(1997, 6, 1); from <= CIVIL(2033, 12, 31); from++) {
            int32_t n = (from * 7 + region) % 401;
            LimitRule rule = {.duration = {n, UNIT_WORKING_DAYS}, .before = from % 3 == 0};
            LimitAnchor anchor = {.at = day_start(uk, from) + from % 24 * HOUR_MS, .day = from};
            LimitDue due;
            Error err = {0};
            Day walk = from;
            int step = rule.before ? -1 : 1;
            for (int32_t left = n; left > 0; left -= naive_is_working((Region)region, walk))
                walk += step;
            while (!naive_is_working((Region)region, walk))
                walk += step;
            assert_true(limit_due(&rule, regions[region], uk, &anchor, NULL, &due, &err));
            assert_int_equal(due.due, moment_at(day_start(uk, walk + 1), RANK_DAY_LIMIT));
        }
}

/* Working minutes one by one. */
static void working_hours_equal_a_walk_over_the_minutes(void **state)
{
    (void)state;
    for (int trial = 0; trial < 300; trial++) {
        Instant from = day_start(uk, CIVIL(2024, 3, 20)) + trial * 61 * MINUTE_MS, walk = from;
        LimitRule rule = {.duration = {trial % 30 + 1, UNIT_WORKING_HOURS}};
        LimitAnchor anchor = {.at = from, .day = day_of_instant(uk, from)};
        LimitDue due;
        Error err = {0};
        for (int32_t left = rule.duration.amount * 60; left > 0; walk += MINUTE_MS) {
            LocalTime local = local_from_instant(uk, walk);
            int64_t hour = local.ms / HOUR_MS;
            left -= naive_is_working(ENGLAND_AND_WALES, local.day) && hour >= 9 && hour < 17;
        }
        assert_true(limit_due(&rule, england, uk, &anchor, NULL, &due, &err));
        assert_int_equal(due.due, moment_at(walk, RANK_HOUR_LIMIT));
    }
}

static void a_plain_limit_by_look_up_is_the_same_limit(void **state)
{
    (void)state;
    for (Day day = CIVIL(1994, 12, 1); day <= CIVIL(2036, 1, 31); day += 3)
        for (int32_t amount = 0; amount <= 45; amount += 9) {
            LimitRule rule = {.duration = {amount, UNIT_WORKING_DAYS}};
            LimitAnchor anchor = {.at = day_start(uk, day) + 9 * HOUR_MS, .day = day};
            LimitDue due;
            Moment plainly;
            Error err = {0};
            bool known = limit_due(&rule, ireland, uk, &anchor, NULL, &due, &err);
            assert_true(limit_is_plain(&rule, ireland));
            assert_int_equal(limit_due_plainly(amount, ireland, uk, day, &plainly), known);
            if (!known)
                continue;
            assert_int_equal(plainly, due.due);
            assert_int_equal(plainly, due.due_latest);
        }
}

static void what_moves_a_limit_makes_it_not_plain(void **state)
{
    (void)state;
    const LimitRule plain = {.duration = {3, UNIT_WORKING_DAYS}};
    LimitRule rules[6];
    for (int i = 0; i < 6; i++)
        rules[i] = plain;
    rules[0].duration.unit = UNIT_CALENDAR_DAYS;
    rules[1].duration.amount = LIMIT_DURATION_DAYS + 1;
    rules[2].roll = ROLL_NEXT;
    rules[3].count_from_next = true;
    rules[4].before = true;
    rules[5].clear = true;
    for (int i = 0; i < 6; i++)
        assert_false(limit_is_plain(&rules[i], england));
    assert_true(limit_is_plain(&plain, england));
    assert_false(limit_is_plain(&plain, cut_off));
    assert_false(limit_is_plain(&plain, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_working_day_limit_ends_with_the_nth_working_day_after_the_anchor),
        cmocka_unit_test(the_worked_examples_of_the_study_come_out_in_all_three_regions),
        cmocka_unit_test(nought_working_days_is_that_day_or_the_next_that_works),
        cmocka_unit_test(months_and_years_end_on_the_corresponding_date_clipped),
        cmocka_unit_test(weeks_months_and_calendar_days_do_not_roll_unless_told),
        cmocka_unit_test(the_practical_day_is_never_before_the_limit_begins),
        cmocka_unit_test(counting_from_the_next_working_day_bears_on_every_unit),
        cmocka_unit_test(an_anchor_at_the_cut_off_belongs_to_the_next_working_day),
        cmocka_unit_test(a_cut_off_leaves_everything_but_working_days_alone),
        cmocka_unit_test(counting_back_ends_at_the_cut_off_but_does_not_start_a_day_later),
        cmocka_unit_test(a_date_without_a_time_leaves_a_cut_off_open),
        cmocka_unit_test(a_backward_limit_ends_on_the_nth_working_day_before),
        cmocka_unit_test(backward_limits_run_in_every_unit),
        cmocka_unit_test(clear_days_count_back_only),
        cmocka_unit_test(hours_are_elapsed_time_over_a_clock_change),
        cmocka_unit_test(a_date_without_a_time_leaves_hours_open),
        cmocka_unit_test(hours_told_to_roll_become_the_end_of_a_working_day),
        cmocka_unit_test(working_hours_count_inside_the_hours_only),
        cmocka_unit_test(working_hours_of_a_night_shift_cross_the_clock_change),
        cmocka_unit_test(a_day_counts_unless_it_was_paused_as_a_whole),
        cmocka_unit_test(a_pause_takes_out_its_elapsed_and_its_working_time),
        cmocka_unit_test(a_pause_moves_each_kind_of_limit_by_its_own_measure),
        cmocka_unit_test(immediately_has_no_due_moment),
        cmocka_unit_test(outside_the_calendar_a_limit_is_an_error_not_a_guess),
        cmocka_unit_test(working_hours_need_a_calendar_that_says_them),
        cmocka_unit_test(nothing_overflows),
        cmocka_unit_test(a_limit_that_rests_on_unpublished_days_is_projected),
        cmocka_unit_test(what_recurs_is_computed_from_its_anchor_and_does_not_drift),
        cmocka_unit_test(working_day_limits_equal_a_walk_over_the_days),
        cmocka_unit_test(a_plain_limit_by_look_up_is_the_same_limit),
        cmocka_unit_test(what_moves_a_limit_makes_it_not_plain),
        cmocka_unit_test(working_hours_equal_a_walk_over_the_minutes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
