#include "log/given.h"

#define HEADING "case,activity,time,person\n"

/* The activities of a case in the order given out, one letter each. */
static const char *order_of(const Given *given, uint32_t number)
{
    static char text[64];
    const LogCase *one = &given->cases[number];
    for (uint32_t i = 0; i < one->row_count; i++)
        text[i] = activity(given, &given->rows[one->first_row + i])[0];
    text[one->row_count] = '\0';
    return text;
}

static const char *id_of(const Given *given, uint32_t number)
{
    return given->log.cases.texts[given->cases[number].name];
}

static void rows_are_gathered_by_case_wherever_they_stand(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "B,a,2021-04-01T10:00,\nA,b,2021-04-01T10:00,\nB,c,2021-04-02T10:00,\n"
               "AA,d,2021-04-01T10:00,\nA,e,2021-04-03T10:00,\nB,f,2021-04-05T10:00,\n");
    given_cases(given);
    assert_int_equal(given->case_count, 3);
    assert_string_equal(id_of(given, 0), "A");
    assert_string_equal(order_of(given, 0), "be");
    assert_string_equal(id_of(given, 1), "AA");
    assert_string_equal(id_of(given, 2), "B");
    assert_string_equal(order_of(given, 2), "acf");
    assert_int_equal(given->cases[0].line, 3);
    assert_int_equal(given->log.notes.out_of_order, 0);
}

static void cases_come_by_the_bytes_of_their_ids(void **state)
{
    Given *given = *state;
    static const char *const ids[] = {"case-100000001", "case-1000000",   "case-10000000",
                                      "case-2",         "case-100000000", "case-1",
                                      "case-100000010", "case-\xc3\xa9",  "case-10000000a"};
    static const char *const sorted[] = {"case-1",         "case-1000000",   "case-10000000",
                                         "case-100000000", "case-100000001", "case-10000000a",
                                         "case-100000010", "case-2",         "case-\xc3\xa9"};
    Text text = {0};
    text_add(&text, HEADING);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        text_addf(&text, "%s,a,2021-04-01,\n", ids[i]);
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    given_cases(given);
    for (uint32_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
        assert_string_equal(id_of(given, i), sorted[i]);
}

static void rows_of_a_case_come_in_order_of_time_those_of_one_moment_as_they_stand(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,d,2021-04-03T10:00,\nA,a,2021-04-01T10:00,\nA,b,2021-04-02T10:00,\n"
               "A,c,2021-04-02T10:00,\nA,e,2021-04-03T10:00,\nA,f,2021-04-03T10:00+00:00,\n");
    given_cases(given);
    assert_string_equal(order_of(given, 0), "abcdef");
    assert_int_equal(given->log.notes.ties, 3);
    assert_int_equal(given->log.notes.out_of_order, 1);
}

static void a_declared_rank_orders_what_is_at_one_moment(void **state)
{
    Given *given = *state;
    const char *ranks[] = {"r", "not there", "s"};
    given_text(given, "a.csv",
               HEADING "A,x,2021-04-01,\nA,s,2021-04-01,\nA,y,2021-04-01,\nA,r,2021-04-01,\nA,"
                       "s,2021-03-31,\n");
    given->mapping.ranks = ranks;
    given->mapping.rank_count = 3;
    given_cases(given);
    assert_string_equal(order_of(given, 0), "srsxy");
}

static void long_cases_backwards_are_put_right(void **state)
{
    Given *given = *state;
    Text text = {0};
    text_add(&text, HEADING);
    for (int i = 999; i >= 0; i--)
        text_addf(&text, "A,%c,2021-04-01T10:%02d:%02d,\n", 'a' + i % 7, i / 100, i / 10 % 10);
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    given_cases(given);
    for (uint32_t i = 1; i < given->cases[0].row_count; i++) {
        const LogRow *before = &given->rows[i - 1], *row = &given->rows[i];
        assert_true(before->at < row->at ||
                    (before->at == row->at && before->line < row->line));
    }
    assert_int_equal(given->log.notes.ties, 900);
}

static void one_case_may_stand_in_several_files(void **state)
{
    Given *given = *state;
    char first[96];
    given_text(given, "a.csv", HEADING "A,b,2021-04-02,\nB,b,2021-04-02,\n");
    strcpy(first, given->path);
    given_text(given, "b.csv", "case;activity;time\nA;a;2021-04-01\nA;c;2021-04-02\n");
    given->paths[0] = first;
    given->paths[1] = given->path;
    given->request.path_count = 2;
    given_cases(given);
    assert_int_equal(given->case_count, 2);
    assert_string_equal(order_of(given, 0), "abc");
    assert_int_equal(given->rows[0].file, 1);
}

static void repeats_are_counted_and_taken_out_only_when_asked(void **state)
{
    Given *given = *state;
    given_text(
        given, "a.csv",
        HEADING
        "A,a,2021-04-01,Ann\nA,b,2021-04-01,Ann\nA,a,2021-04-01,Ann\n"
        "A,a,2021-04-01,Bo\nA,a,2021-04-01,Ann\nA,a,2021-04-02,Ann\nB,a,2021-04-01,Ann\n");
    given_cases(given);
    assert_int_equal(given->log.notes.duplicates, 2);
    assert_string_equal(order_of(given, 0), "abaaaa");
    given->mapping.dedupe = true;
    given_cases(given);
    assert_string_equal(order_of(given, 0), "abaa");
    assert_string_equal(order_of(given, 1), "a");
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_DUPLICATE], 2);
    assert_int_equal(given->log.set_aside[0].line, 4);
    assert_int_equal(given->log.set_aside[1].line, 6);
    assert_int_equal(given->log.files[0].used, 5);
    assert_false(given->cases[0].has_set_aside);
}

static void one_person_doing_three_things_at_once_is_a_burst(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,a,2021-04-01T10:00,Ann\nA,b,2021-04-01T10:00,Ann\nA,c,2021-04-01T10:00,"
               "Ann\nA,d,2021-04-01T10:00,Ann\n"
               "B,a,2021-04-01T10:00,Ann\nB,b,2021-04-01T10:00,Ann\nB,a,2021-04-01T10:00,Ann\n"
               "C,a,2021-04-01T10:00,Ann\nC,b,2021-04-01T10:00,Bo\nC,c,2021-04-01T10:00,Ann\n"
               "D,a,2021-04-01,Ann\nD,b,2021-04-01,Ann\nD,c,2021-04-01,Ann\n"
               "E,a,2021-04-01T10:00,\nE,b,2021-04-01T10:00,\nE,c,2021-04-01T10:00,\n");
    given_cases(given);
    assert_int_equal(given->log.notes.bursts, 1);
}

static void shards_share_all_cases_among_them(void **state)
{
    Given *given = *state;
    Text text = {0};
    text_add(&text, HEADING);
    for (int i = 0; i < 500; i++)
        text_addf(&text, "C%d,a,%s,\n", i % 50, i == 77 ? "never" : "2021-04-01");
    text_add(&text, ",a,2021-04-01,\n");
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    size_t cases = 0, rows = 0, aside = 0, unknown = 0;
    given->request.shards = 3;
    for (given->request.shard = 0; given->request.shard < 3; given->request.shard++) {
        given_cases(given);
        cases += given->case_count;
        rows += given->log.files[0].used;
        aside += given->log.set_aside_by[SET_ASIDE_BAD_TIME];
        unknown += given->log.set_aside_by[SET_ASIDE_NO_CASE];
        assert_true(given->case_count > 5 && given->case_count < 30);
    }
    assert_int_equal(cases, 50);
    assert_int_equal(rows, 499);
    assert_int_equal(aside, 1);
    assert_int_equal(unknown, 1);
}

static void all_shards_read_the_dates_alike(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING ",a,2021-04-03,\n"
                       "A,a,03/04/2021,\nB,a,04/05/2021,\nC,a,05/06/2021,\n"
                       "D,a,25/06/2021,\nE,a,2021-07-08,\n");
    uint32_t cases = 0;
    given->request.shards = 4;
    for (given->request.shard = 0; given->request.shard < 4; given->request.shard++) {
        given_cases(given);
        for (uint32_t i = 0; i < given->case_count; i++, cases++) {
            if (strcmp(id_of(given, i), "B") == 0)
                assert_string_equal(when(given, &given->rows[given->cases[i].first_row]),
                                    "2021-05-04");
            assert_int_equal(given->cases[i].has_set_aside, *id_of(given, i) == 'E');
        }
    }
    assert_int_equal(cases, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(rows_are_gathered_by_case_wherever_they_stand),
        CASEWRIGHT_TEST(cases_come_by_the_bytes_of_their_ids),
        CASEWRIGHT_TEST(rows_of_a_case_come_in_order_of_time_those_of_one_moment_as_they_stand),
        CASEWRIGHT_TEST(a_declared_rank_orders_what_is_at_one_moment),
        CASEWRIGHT_TEST(long_cases_backwards_are_put_right),
        CASEWRIGHT_TEST(one_case_may_stand_in_several_files),
        CASEWRIGHT_TEST(repeats_are_counted_and_taken_out_only_when_asked),
        CASEWRIGHT_TEST(one_person_doing_three_things_at_once_is_a_burst),
        CASEWRIGHT_TEST(shards_share_all_cases_among_them),
        CASEWRIGHT_TEST(all_shards_read_the_dates_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
