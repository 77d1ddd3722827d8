#include "base/limits.h"
#include "log/given.h"

#define HEADING "case,activity,time\n"

static const Zone london = {0, true};

static void an_offset_is_converted_and_not_relabelled(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,x,2012-07-03T09:30:00+02:00\nA,y,2012-01-03T09:30:00+01:00\n"
                       "A,z,2012-01-03T09:30:00-05:00\n");
    given->request.zone = london;
    given->request.has_zone = true;
    given_log(given);
    assert_when(given, 0, "2012-07-03T07:30:00.000Z");
    assert_when(given, 1, "2012-01-03T08:30:00.000Z");
    assert_when(given, 2, "2012-01-03T14:30:00.000Z");
    assert_int_equal(given->log.notes.offset_count, 3);
    assert_int_equal(given->log.notes.offsets[0], -300);
    assert_int_equal(given->log.notes.offsets[2], 120);
    assert_int_equal(given->log.notes.without_zone, 0);
}

static void a_time_without_an_offset_is_local_to_the_zone_that_is_said(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,2021-07-03 09:30\nA,y,2021-01-03 09:30\n");
    given_log(given);
    assert_true(given->log.zone_assumed);
    assert_when(given, 0, "2021-07-03T09:30:00.000Z");
    given->request.zone = london;
    given->request.has_zone = true;
    given_log(given);
    assert_false(given->log.zone_assumed);
    assert_when(given, 0, "2021-07-03T08:30:00.000Z");
    assert_when(given, 1, "2021-01-03T09:30:00.000Z");
    given->mapping.zone = (Zone){60, true}; /* the mapping knows better than the flow */
    given->mapping.has_zone = true;
    given_log(given);
    assert_when(given, 0, "2021-07-03T07:30:00.000Z");
    assert_int_equal(given->log.notes.without_zone, 2);
}

static void the_hour_that_march_skips_is_set_aside_and_the_doubled_one_counted(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,x,2021-03-28 00:59\nA,x,2021-03-28 01:30\n"
                       "A,x,2021-03-28 02:00\nA,x,2021-10-31 01:30\n");
    given->request.zone = london;
    given->request.has_zone = true;
    given_log(given);
    assert_int_equal(given->log.row_count, 3);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_CLOCK_CHANGE], 1);
    assert_int_equal(given->log.set_aside[0].line, 3);
    assert_when(given, 2, "2021-10-31T00:30:00.000Z");
    assert_int_equal(given->log.notes.doubled_hour, 1);
}

static void a_date_alone_is_not_midnight(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,x,2021-07-03\nA,y,2021-07-03 00:00\nA,z,2021-07-03 23:59\n");
    given->request.zone = london;
    given->request.has_zone = true;
    given_cases(given);
    assert_int_equal(given->log.notes.date_only, 1);
    assert_string_equal(activity(given, &given->rows[0]), "y");
    assert_string_equal(activity(given, &given->rows[1]), "z");
    assert_string_equal(when(given, &given->rows[2]), "2021-07-03");
}

static void the_first_number_above_twelve_decides_for_the_whole_file(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,x,03/04/2021\nA,y,05/04/2021 10:00\nA,z,25/04/2021\nB,x,06/04/2021\n");
    given_log(given);
    assert_when(given, 0, "2021-04-03");
    assert_when(given, 1, "2021-04-05T10:00:00.000Z");
    assert_when(given, 3, "2021-04-06");
    given_text(given, "a.csv",
               HEADING
               "A,x,03/04/2021\nA,y,05/04/2021 10:00\nA,z,04/25/2021\nB,x,06/04/2021\n");
    given_log(given);
    assert_when(given, 0, "2021-03-04");
    assert_when(given, 1, "2021-05-04T10:00:00.000Z");
    assert_when(given, 3, "2021-06-04");
    assert_true(given->log.last == given->log.rows[3].at);
}

static void rows_that_waited_are_set_aside_when_they_turn_out_wrong(void **state)
{
    Given *given = *state;
    given_text(
        given, "a.csv",
        HEADING
        "A,x,00/04/2021\nA,y,11/02/2021\nB,z,05/00/2021\nA,v,13/04/2021\nB,w,04/13/2021\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_string_equal(activity(given, &given->log.rows[0]), "y");
    assert_when(given, 0, "2021-02-11");
    assert_when(given, 1, "2021-04-13");
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TIME], 3);
    assert_string_equal(given->log.set_aside[0].detail, "00/04/2021");
    assert_int_equal(given->log.files[0].used, 2);
    assert_int_equal(given->log.files[0].rows, 5);
}

static void an_order_that_does_not_show_is_refused_with_samples(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,03/04/2021\nA,x,03/04/2021\nA,y,05/04/2021\n");
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_INPUT);
    assert_told(given, "(03/04/2021, 05/04/2021)");
    assert_told(given, "--dates 'day month year'");
}

static void an_order_that_is_said_holds_against_every_row(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,03/04/2021\nA,y,04/25/2021\n");
    given->mapping.dates = DATES_DAY_FIRST;
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
    assert_when(given, 0, "2021-04-03");
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TIME], 1);
    given->mapping.dates = DATES_YEAR_FIRST;
    given_log(given);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_OTHER_FORM], 2);
}

static void each_file_decides_for_itself(void **state)
{
    Given *given = *state;
    char first[96];
    given_text(given, "a.csv", HEADING "A,x,03/04/2021\nA,y,25/04/2021\n");
    strcpy(first, given->path);
    given_text(given, "b.csv", HEADING "A,x,03/04/2021\nA,y,04/25/2021\n");
    given->paths[0] = first;
    given->paths[1] = given->path;
    given->request.path_count = 2;
    given_log(given);
    assert_when(given, 0, "2021-04-03");
    assert_when(given, 2, "2021-03-04");
    assert_int_equal(given->log.rows[2].file, 1);
    assert_int_equal(given->log.rows[2].line, 2);
}

static void a_second_form_in_one_column_is_set_aside(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,x,2021-04-03\nA,y,25/04/2021\nA,z,2021/04/05\nA,v,2021-04-06T10:00\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_OTHER_FORM], 2);
}

static void dates_that_are_not_are_set_aside_with_what_stood_there(void **state)
{
    Given *given = *state;
    static const char *const texts[] = {"0000-00-00", "2021-02-30",       "2021-04-31",
                                        "1899-12-31", "2201-01-01",       "2021-13-01",
                                        "2021-00-10", "2021-04-03T24:00", "soon"};
    Text text = {0};
    text_add(&text, HEADING);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        text_addf(&text, "A,x,%s\n", texts[i]);
    text_add(&text, "A,x,45321\nA,x,2000-02-29\n");
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    given_log(given);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(given->log.set_aside[i].reason, SET_ASIDE_BAD_TIME);
        assert_string_equal(given->log.set_aside[i].detail, texts[i]);
    }
    assert_non_null(strstr(given->log.set_aside[9].detail, "spreadsheet"));
    assert_int_equal(given->log.row_count, 1);
}

static void rows_wait_for_the_order_up_to_a_bound(void **state)
{
    Given *given = *state;
    for (size_t waiting = LIMIT_LOG_UNDECIDED - 1; waiting <= LIMIT_LOG_UNDECIDED + 1;
         waiting++) {
        Text text = {0};
        text_add(&text, HEADING);
        for (size_t i = 0; i < waiting; i++)
            text_add(&text, "A,x,03/04/2021\n");
        text_add(&text, "A,x,25/04/2021\n");
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        bool fits = waiting <= LIMIT_LOG_UNDECIDED;
        assert_int_equal(given_read(given), fits);
        if (fits)
            assert_when(given, 0, "2021-04-03");
        else
            assert_told(given, "does not show (03/04/2021)");
    }
}

static void rows_set_aside_are_listed_up_to_a_bound_and_all_counted(void **state)
{
    Given *given = *state;
    for (size_t rows = LIMIT_SET_ASIDE_KEPT - 1; rows <= LIMIT_SET_ASIDE_KEPT + 1; rows++) {
        Text text = {0};
        text_add(&text, HEADING);
        for (size_t i = 0; i < rows; i++)
            text_addf(&text, "A%zu,x,never\n", i);
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        given_cases(given);
        bool all = rows <= LIMIT_SET_ASIDE_KEPT;
        assert_int_equal(given->log.set_aside_count, all ? rows : LIMIT_SET_ASIDE_KEPT);
        assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TIME], rows);
        assert_int_equal(given->case_count, rows); /* none is forgotten */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(an_offset_is_converted_and_not_relabelled),
        CASEWRIGHT_TEST(a_time_without_an_offset_is_local_to_the_zone_that_is_said),
        CASEWRIGHT_TEST(the_hour_that_march_skips_is_set_aside_and_the_doubled_one_counted),
        CASEWRIGHT_TEST(a_date_alone_is_not_midnight),
        CASEWRIGHT_TEST(the_first_number_above_twelve_decides_for_the_whole_file),
        CASEWRIGHT_TEST(rows_that_waited_are_set_aside_when_they_turn_out_wrong),
        CASEWRIGHT_TEST(an_order_that_does_not_show_is_refused_with_samples),
        CASEWRIGHT_TEST(an_order_that_is_said_holds_against_every_row),
        CASEWRIGHT_TEST(each_file_decides_for_itself),
        CASEWRIGHT_TEST(a_second_form_in_one_column_is_set_aside),
        CASEWRIGHT_TEST(rows_wait_for_the_order_up_to_a_bound),
        CASEWRIGHT_TEST(rows_set_aside_are_listed_up_to_a_bound_and_all_counted),
        CASEWRIGHT_TEST(dates_that_are_not_are_set_aside_with_what_stood_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
