#include "log/pseudonymise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const Zone london = {0, true};
static const uint8_t key[PSEUDONYM_KEY_BYTES] = {1, 2, 3};
static const uint8_t other_key[PSEUDONYM_KEY_BYTES] = {1, 2, 4};

/* ---- ids ------------------------------------------------------------------------------ */

static void an_id_depends_on_key_kind_and_text(void **state)
{
    (void)state;
    char id[PSEUDONYM_TEXT_MAX], again[PSEUDONYM_TEXT_MAX];
    pseudonym(key, "case", "C-17", id);
    pseudonym(key, "case", "C-17", again);
    assert_string_equal(id, again);
    assert_int_equal(strlen(id), 20);
    pseudonym(other_key, "case", "C-17", again);
    assert_string_not_equal(id, again);
    pseudonym(key, "case", "C-18", again);
    assert_string_not_equal(id, again);
    pseudonym(key, "person", "C-17", again);
    assert_memory_equal(again, "person-", 7);
    assert_string_not_equal(id + 5, again + 7);
}

static void weeks_are_from_one_to_two_years(void **state)
{
    (void)state;
    bool differs = false;
    for (int i = 0; i < 500; i++) {
        char id[20];
        snprintf(id, sizeof id, "C-%d", i);
        int32_t weeks = pseudonym_weeks(key, id);
        assert_in_range(weeks, 1, PSEUDONYM_WEEKS);
        differs |= weeks != pseudonym_weeks(key, "C-0");
    }
    assert_true(differs);
    assert_int_equal(pseudonym_weeks(key, NULL), pseudonym_weeks(key, NULL));
}

/* ---- dates ---------------------------------------------------------------------------- */

static void assert_moves(const char *from, int32_t weeks, const char *to)
{
    TypedTime time;
    Error err = {0};
    Moment moved;
    assert_true(time_parse(london, from, &time, &err));
    assert_true(pseudonym_moment(london, typed_moment(london, time), weeks, &moved, &err));
    assert_true(time_parse(london, to, &time, &err));
    assert_int_equal(moved, typed_moment(london, time));
}

static void a_monday_at_nine_stays_a_monday_at_nine(void **state)
{
    (void)state;
    assert_moves("2021-03-29T09:00", 1, "2021-03-22T09:00"); /* over the clock change */
    assert_moves("2021-03-29", 1, "2021-03-22");
    assert_moves("2021-03-29T09:00:00.125", 52, "2020-03-30T09:00:00.125");
    assert_moves("2021-04-04T01:30", 1, "2021-03-28T02:30"); /* half past one never was */
}

static void dates_before_all_calendars_are_an_error(void **state)
{
    (void)state;
    Error err = {0};
    Moment moved, at = moment_of_date(london, day_from_civil((Civil){1900, 1, 8}));
    assert_true(pseudonym_moment(london, at, 1, &moved, &err));
    assert_false(pseudonym_moment(london, at, 2, &moved, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static void assert_value(const char *from, DateOrder order, const char *to)
{
    Text out = {0};
    Error err = {0};
    bool done = pseudonym_value(from, order, 1, &out, &err);
    if (to)
        assert_string_equal(text_get(&out), to);
    assert_int_equal(done, to != NULL);
    text_clear(&out);
}

static void dates_that_are_kept_move_too(void **state)
{
    (void)state;
    assert_value("2021-03-08", DATES_UNSAID, "2021-03-01");
    assert_value("2021-03-08 01:06:40.020000+02:00", DATES_UNSAID, "2021-03-01");
    assert_value("2021-03-08T09:00:00Z", DATES_UNSAID, "2021-03-01");
    assert_value("2021-03-08 letter", DATES_UNSAID, "2021-03-01 letter");
    assert_value("08/03/2021", DATES_DAY_FIRST, "2021-03-01");
    assert_value("3.8.2021 10:00", DATES_MONTH_FIRST, "2021-03-01");
    assert_value("high", DATES_UNSAID, "high");
    assert_value("12", DATES_UNSAID, "12");
}

static void a_kept_date_that_nobody_can_read_is_not_let_through(void **state)
{
    (void)state;
    assert_value("08/03/2021", DATES_UNSAID, NULL);
    assert_value("31/02/2021", DATES_DAY_FIRST, NULL);
}

/* ---- a log ------------------------------------------------------------------------------- */

static bool go_on(void *context, Error *err)
{
    (void)context, (void)err;
    return true;
}

/* The extract of a CSV file with those lines, the column "risk" kept. */
static PseudonymiseTotals extract(const char *lines, PseudonymShift shift, Text *out)
{
    static const char *const headings[] = {"risk"};
    static const uint32_t kept[] = {0};
    char path[] = "/tmp/casewright-test.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, lines, strlen(lines)), strlen(lines));
    close(file);
    const char *paths[] = {path};
    Mapping mapping = {0};
    mapping_add_fact(&mapping, "risk", "risk", 0);
    LogRequest request = {
        .paths = paths, .path_count = 1, .mapping = &mapping, .zone = london, .has_zone = true};
    LogWriter writer = {.out = out, .facts = headings, .fact_count = 1};
    Pseudonymise wish = {.shift = shift, .kept = kept, .writer = &writer, .flush = go_on};
    memcpy(wish.key, key, sizeof key);
    PseudonymiseTotals totals;
    Error err = {0};
    if (!pseudonymise(&wish, &request, &totals, &err))
        fail_msg("%s", err.text);
    log_write_clear(&writer);
    unlink(path);
    mapping_clear(&mapping);
    return totals;
}

static void names_dates_and_notes_are_gone_and_the_rest_stays(void **state)
{
    (void)state;
    Text out = {0};
    PseudonymiseTotals totals =
        extract("case,activity,time,person,role,risk,notes\n"
                "Kit Moss,visit,2021-03-08T09:00,Ann Lee,worker,high,her father\n"
                "Kit Moss,visit,2021-03-09T09:00,Ann Lee,worker,low,\n",
                SHIFT_LOG, &out);
    assert_int_equal(totals.cases, 1);
    assert_int_equal(totals.rows, 2);
    const char *text = text_get(&out);
    const char *gone[] = {"Kit", "Ann", "father", "2021-03-08", "notes"};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        assert_null(strstr(text, gone[i]));
    assert_non_null(strstr(text, ",worker,high\n"));
    assert_non_null(strstr(text, ",worker,low\n"));
    char id[PSEUDONYM_TEXT_MAX];
    pseudonym(key, "case", "Kit Moss", id);
    assert_memory_equal(strchr(text, '\n') + 1, id, strlen(id));
    text_clear(&out);
}

static void dates_stay_where_that_is_asked_for(void **state)
{
    (void)state;
    Text out = {0};
    extract("case,activity,time,risk\nC-1,visit,2021-03-08T09:00,2021-03-09\n", SHIFT_NONE,
            &out);
    assert_non_null(strstr(text_get(&out), ",visit,2021-03-08T09:00:00+00:00,,,2021-03-09\n"));
    text_clear(&out);
}

static void cases_come_in_the_order_of_their_new_ids(void **state)
{
    (void)state;
    Text lines = {0}, out = {0};
    text_add(&lines, "case,activity,time,risk\n");
    for (int i = 0; i < 50; i++)
        text_addf(&lines, "C-%03d,visit,2021-03-08T09:00,\n", i);
    extract(text_get(&lines), SHIFT_CASE, &out);
    const char *before = "", *line = strchr(text_get(&out), '\n') + 1;
    for (int i = 0; i < 50; i++, line = strchr(line, '\n') + 1) {
        assert_true(i == 0 || strncmp(before, line, 20) < 0);
        before = line;
    }
    text_clear(&lines);
    text_clear(&out);
}

static void half_a_case_is_left_out_whole(void **state)
{
    (void)state;
    Text out = {0};
    PseudonymiseTotals totals = extract("case,activity,time,risk\n"
                                        "A,visit,2021-03-08T09:00,\n"
                                        "A,visit,2021-02-31T09:00,\n"
                                        "B,visit,2021-03-08T09:00,\n",
                                        SHIFT_LOG, &out);
    assert_int_equal(totals.cases, 1);
    assert_int_equal(totals.left_out, 1);
    assert_int_equal(totals.set_aside, 1);
    text_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_depends_on_key_kind_and_text),
        cmocka_unit_test(weeks_are_from_one_to_two_years),
        cmocka_unit_test(a_monday_at_nine_stays_a_monday_at_nine),
        cmocka_unit_test(dates_before_all_calendars_are_an_error),
        cmocka_unit_test(dates_that_are_kept_move_too),
        cmocka_unit_test(a_kept_date_that_nobody_can_read_is_not_let_through),
        cmocka_unit_test(names_dates_and_notes_are_gone_and_the_rest_stays),
        cmocka_unit_test(dates_stay_where_that_is_asked_for),
        cmocka_unit_test(cases_come_in_the_order_of_their_new_ids),
        cmocka_unit_test(half_a_case_is_left_out_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
