/* Duties of past cases: due dates, chains of reviews, what hours and dates can tell, and
 * the as-of date; each number worked out by hand. */
#include "replay/past.h"

#define FLOW(calendar, rest)                                                                   \
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"                    \
    "  uses calendar plain\n"                                                                  \
    "calendar plain \"Plain\"\n"                                                               \
    "  working Monday to Friday\n"                                                             \
    "  covers " calendar "\n"                                                                  \
    "role worker \"Worker\"\n"                                                                 \
    "fact meeting \"Meeting\" date\n"                                                          \
    "event begun \"Begun\" by anyone opens a case\n"                                           \
    "event dated \"Dated\" by anyone records meeting\n"                                        \
    "event stop \"Stop\" by anyone\n"                                                          \
    "state first \"First\" starts here\n"                                                      \
    "  on begun go to open\n"                                                                  \
    "state open \"Open\"\n" rest "  on dated stay\n"                                           \
    "  on stop go to closed\n"                                                                 \
    "state closed \"Closed\" ends here\n"

#define ROWS  "case,activity,time,meeting\n"
#define YEARS "2020 to 2030"

static void begin(Past *past, const char *flow, const char *as_of, const char *rows)
{
    past_begin(past, flow);
    if (as_of)
        past_as_of(past, as_of);
    past_replay(past, rows);
}

static void an_open_duty_is_not_yet_due_or_overdue(void **state)
{
    (void)state;
    Past past;
    static const char flow[] =
        FLOW(YEARS, "  task visit by worker within 3 working days of begun\n");
    static const char rows[] = ROWS "1,begun,2021-03-01T09:00,\n";
    begin(&past, flow, "2021-03-04", rows);
    assert_duties(&past, "1", "visit 2021-03-04 running 3+0 open"); /* its last day */
    assert_outcome(&past, "1", CASE_FOLLOWS);
    past_as_of(&past, "2021-03-05");
    past_replay(&past, rows);
    assert_duties(&past, "1", "visit 2021-03-04 missed 4+1 open");
    assert_outcome(&past, "1", CASE_LATE_ONLY);
    assert_int_equal(past.result.duties[0].open_overdue, 1);
    past_end(&past);
}

static void the_as_of_date_is_the_last_event_of_the_whole_log(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  task visit by worker within 3 working days of begun\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n"
               "2,begun,2021-03-12T09:00,\n");
    assert_duties(&past, "1", "visit 2021-03-04 missed 9+6 open");
    assert_duties(&past, "2", "visit 2021-03-17 running 0+0 open");
    past_end(&past);
}

static void rows_after_the_as_of_date_are_not_looked_at_and_counted(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  task visit by worker within 3 working days of begun\n"),
          "2021-03-02",
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,visit,2021-03-03T09:00,\n"
               "2,begun,2021-03-03T09:00,\n");
    assert_duties(&past, "1", "visit 2021-03-04 running 1+0 open");
    assert_int_equal(past.result.later_rows, 2);
    assert_int_equal(past.result.cases, 1); /* the second has not begun */
    past_end(&past);
}

/* Each counts from the one that was really held: 15 March + 4 weeks is 12 April, held on
 * the 14th, which makes 12 May; the fourth is open. */
static void reviews_are_a_chain(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  review look by worker at most 4 weeks after the last one\n"),
          "2021-06-30",
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,look,2021-03-15T10:00,\n"
               "1,look,2021-04-14T10:00,\n"
               "1,look,2021-05-10T10:00,\n");
    assert_duties(&past, "1",
                  "look 2021-03-29 done 2021-03-15 met 14+0; "
                  "look 2021-04-12 done 2021-04-14 met-late 30+2; "
                  "look 2021-05-12 done 2021-05-10 met 26+0; "
                  "look 2021-06-07 missed 51+23 open");
    past_end(&past);
}

/* On a grid of months from 31 January: the corresponding date, or the month's last; one
 * that is not held before the next point is missed for good. */
static void a_grid_of_months_is_clipped_and_does_not_drift(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  review look by worker every 1 month from entering\n"),
          "2021-04-30",
          ROWS "1,begun,2021-01-31T09:00,\n"
               "1,look,2021-03-01T10:00,\n"
               "1,look,2021-03-30T10:00,\n");
    assert_duties(&past, "1",
                  "look 2021-02-28 done 2021-03-01 met-late 29+1; "
                  "look 2021-03-31 done 2021-03-30 met 29+0; "
                  "look 2021-04-30 running 31+0 open");
    past_end(&past);
}

static void an_occurrence_that_the_next_overtakes_is_missed(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  review look by worker every 1 month from entering\n"),
          "2021-04-15",
          ROWS "1,begun,2021-01-15T09:00,\n"
               "1,look,2021-04-01T10:00,\n");
    assert_duties(&past, "1",
                  "look 2021-02-15 missed 59+28; "
                  "look 2021-03-15 done 2021-04-01 met-late 76+17; "
                  "look 2021-04-15 running 14+0 open");
    past_end(&past);
}

static void work_in_step_is_owed_once_for_each(void **state)
{
    (void)state;
    Past past;
    begin(&past,
          FLOW(YEARS, "  review look by worker at most 2 weeks after the last one\n"
                      "  review tell by worker in step with look\n"),
          "2021-04-09",
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,look,2021-03-10T10:00,\n"
               "1,look,2021-03-24T10:00,\n"
               "1,tell,2021-03-25T10:00,\n");
    assert_duties(&past, "1",
                  "look 2021-03-15 done 2021-03-10 met 9+0; "
                  "tell 2021-03-15 done 2021-03-25 met-late 24+10; "
                  "look 2021-03-24 done 2021-03-24 met 14+0; "
                  "tell 2021-03-24 missed 30+16 open; "
                  "look 2021-04-07 missed 16+2 open; "
                  "tell 2021-04-07 missed 16+2 open");
    past_end(&past);
}

/* On 28 March 2021 the clocks went forward: 24 hours from Saturday 10:00 end on Sunday at
 * 11:00 by the wall. */
static void hours_are_elapsed_hours(void **state)
{
    (void)state;
    Past past;
    static const char flow[] = FLOW(YEARS, "  task visit by worker within 24 hours of begun\n");
    begin(&past, flow, NULL,
          ROWS "1,begun,2021-03-27T10:00,\n"
               "1,visit,2021-03-28T11:00,\n"
               "2,begun,2021-03-27T10:00,\n"
               "2,visit,2021-03-28T11:01,\n");
    assert_duties(&past, "1", "visit 2021-03-28T11:00+01:00 done 2021-03-28 met 1+0");
    assert_duties(&past, "2", "visit 2021-03-28T11:00+01:00 done 2021-03-28 met-late 1+0");
    assert_outcome(&past, "2", CASE_LATE_ONLY);
    past_end(&past);
}

static void a_date_without_a_time_may_not_tell(void **state)
{
    (void)state;
    Past past;
    static const char flow[] = FLOW(YEARS, "  task visit by worker within 24 hours of begun\n");
    begin(&past, flow, NULL,
          ROWS "1,begun,2021-03-01T10:00,\n"
               "1,visit,2021-03-02,\n"
               "2,begun,2021-03-01T10:00,\n"
               "2,visit,2021-03-03,\n"
               "3,begun,2021-03-01T10:00,\n"
               "3,visit,2021-03-01,\n");
    assert_findings(&past, "1", "2 no-time not");
    assert_outcome(&past, "1", CASE_CANNOT_BE_JUDGED);
    assert_int_equal(past.result.duties[0].cannot_tell, 1);
    assert_outcome(&past, "2", CASE_LATE_ONLY);
    assert_outcome(&past, "3", CASE_FOLLOWS);
    past_end(&past);
}

static void dates_alone_are_enough_for_limits_in_days(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  task visit by worker within 3 working days of begun\n"), NULL,
          ROWS "1,begun,2021-03-01,\n"
               "1,visit,2021-03-04,\n"
               "2,begun,2021-03-01,\n"
               "2,visit,2021-03-05,\n");
    assert_duties(&past, "1", "visit 2021-03-04 done 2021-03-04 met 3+0");
    assert_duties(&past, "2", "visit 2021-03-04 done 2021-03-05 met-late 4+1");
    past_end(&past);
}

static void a_calendar_that_is_too_short_leaves_the_case_open(void **state)
{
    (void)state;
    Past past;
    begin(&past,
          FLOW("2020 to 2020", "  task visit by worker within 3 working days of begun\n"), NULL,
          ROWS "1,begun,2020-12-30T09:00,\n"
               "2,begun,2020-12-28T09:00,\n"
               "2,visit,2020-12-30T09:00,\n");
    assert_findings(&past, "1", "1 no-calendar whole");
    assert_outcome(&past, "1", CASE_CANNOT_BE_JUDGED);
    assert_duties(&past, "1", "visit - cannot-tell 0+0 open");
    assert_outcome(&past, "2", CASE_FOLLOWS);
    past_end(&past);
}

static void a_deadline_before_a_date_is_counted_from_its_opening(void **state)
{
    (void)state;
    Past past;
    begin(&past,
          FLOW(YEARS, "  task invite by worker at least 3 working days before meeting\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,dated,2021-03-02T09:00,2021-03-15\n"
               "1,invite,2021-03-10T09:00,\n"
               "2,begun,2021-03-01T09:00,\n"
               "2,dated,2021-03-02T09:00,2021-03-15\n"
               "2,invite,2021-03-11T09:00,\n");
    assert_duties(&past, "1", "invite 2021-03-10 done 2021-03-10 met 7+0");
    assert_duties(&past, "2", "invite 2021-03-10 done 2021-03-11 met-late 8+1");
    past_end(&past);
}

static void what_has_no_anchor_yet_has_not_started(void **state)
{
    (void)state;
    Past past;
    begin(&past,
          FLOW(YEARS, "  task invite by worker at least 3 working days before meeting\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n");
    assert_duties(&past, "1", "invite - not-started 0+0 open");
    assert_int_equal(past.result.duties[0].not_started, 1);
    past_end(&past);
}

static void deadlines_for_events_are_duties_too(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  deadline dated within 2 working days of begun\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,dated,2021-03-04T09:00,2021-03-15\n");
    assert_duties(&past, "1", "dated 2021-03-03 done 2021-03-04 met-late 3+1");
    past_end(&past);
}

static void what_ends_before_it_is_due_is_neither_late_nor_in_time(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  task visit by worker within 3 working days of begun\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,stop,2021-03-02T09:00,\n"
               "2,begun,2021-03-01T09:00,\n"
               "2,stop,2021-03-08T09:00,\n");
    assert_duties(&past, "1", "visit 2021-03-04 unfinished 1+0");
    assert_outcome(&past, "1", CASE_FOLLOWS);
    assert_duties(&past, "2", "visit 2021-03-04 missed 5+2"); /* a miss stays a miss */
    assert_int_equal(past.result.duties[0].unfinished, 1);
    assert_int_equal(past.result.duties[0].open_overdue, 1);
    past_end(&past);
}

static void sums_are_those_of_the_cases(void **state)
{
    (void)state;
    Past past;
    begin(&past, FLOW(YEARS, "  task visit by worker within 3 working days of begun\n"), NULL,
          ROWS "1,begun,2021-03-01T09:00,\n"
               "1,visit,2021-03-02T09:00,\n"
               "2,begun,2021-03-01T09:00,\n"
               "2,visit,2021-03-04T09:00,\n"
               "3,begun,2021-03-01T09:00,\n"
               "3,visit,2021-03-09T09:00,\n"
               "4,begun,2021-03-08T09:00,\n");
    const DutySum *visit = &past.result.duties[0];
    assert_int_equal(past.result.duty_count, 1);
    assert_int_equal(visit->fell_due, 3);
    assert_int_equal(visit->in_time, 2);
    assert_int_equal(visit->late, 1);
    assert_int_equal(visit->open_not_due, 1);
    assert_int_equal(visit->late_cases, 1);
    assert_int_equal(day_counts_within(&visit->days, 1, 2), 3);
    assert_int_equal(day_counts_within(&visit->days, 9, 10), 6);
    assert_int_equal(day_counts_within(&visit->days_late, 1, 2), 3);
    assert_int_equal(visit->months.count, 1);
    assert_int_equal(visit->months.items[0].period, 2021 * 12 + 2);
    past_end(&past);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_duty_is_not_yet_due_or_overdue),
        cmocka_unit_test(the_as_of_date_is_the_last_event_of_the_whole_log),
        cmocka_unit_test(rows_after_the_as_of_date_are_not_looked_at_and_counted),
        cmocka_unit_test(reviews_are_a_chain),
        cmocka_unit_test(a_grid_of_months_is_clipped_and_does_not_drift),
        cmocka_unit_test(an_occurrence_that_the_next_overtakes_is_missed),
        cmocka_unit_test(work_in_step_is_owed_once_for_each),
        cmocka_unit_test(hours_are_elapsed_hours),
        cmocka_unit_test(a_date_without_a_time_may_not_tell),
        cmocka_unit_test(dates_alone_are_enough_for_limits_in_days),
        cmocka_unit_test(a_calendar_that_is_too_short_leaves_the_case_open),
        cmocka_unit_test(a_deadline_before_a_date_is_counted_from_its_opening),
        cmocka_unit_test(what_has_no_anchor_yet_has_not_started),
        cmocka_unit_test(deadlines_for_events_are_duties_too),
        cmocka_unit_test(what_ends_before_it_is_due_is_neither_late_nor_in_time),
        cmocka_unit_test(sums_are_those_of_the_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
