#include "log/facts.h"
#include "log/given.h"

#define HEADING "case,activity,time,person\n"

/* The caller clears the facts. */
static LogFacts facts_of(Given *given)
{
    LogFacts facts = {.now = (Instant)1700000000000}; /* 14 November 2023 */
    if (!log_visit(&given->request, log_facts_begin, log_facts_visit, &facts, &given->log,
                   &given->err))
        fail_msg("%s", given->err.text);
    log_facts_finish(&facts);
    return facts;
}

static uint64_t count_of(const Given *given, const uint64_t *counts, const char *name)
{
    return counts[log_name_find(&given->log.activities, name)];
}

static void what_a_small_log_holds_is_counted_by_hand(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,x,2021-04-01T10:00Z,\nB,x,2021-04-01T10:00Z,\nA,z,2021-04-03T10:00Z,\n"
               "A,y,2021-04-02T10:00Z,\nB,y,2021-04-02T10:00Z,\nC,x,2021-04-01T10:00Z,\n"
               "D,x,2021-04-01T10:00Z,\nD,y,2021-04-01T10:00Z,\nE,x,never,\n");
    LogFacts facts = facts_of(given);
    assert_int_equal(facts.cases, 4);
    assert_int_equal(facts.lost, 1);
    assert_int_equal(facts.damaged, 0);
    assert_int_equal(facts.events, 8);
    assert_int_equal(count_of(given, facts.activities, "x"), 4);
    assert_int_equal(count_of(given, facts.starts, "x"), 4);
    assert_int_equal(count_of(given, facts.ends, "y"), 2);
    assert_int_equal(count_of(given, facts.ends, "z"), 1);
    assert_int_equal(facts.variants, 3); /* xyz, xy twice, x */
    assert_int_equal(facts.step_count, 2);
    assert_int_equal(facts.steps[0].count, 3);
    assert_int_equal(facts.steps[1].count, 1);
    assert_string_equal(given->log.activities.texts[facts.steps[1].from], "y");
    log_facts_clear(&facts);
}

static void what_lies_in_the_future_or_in_1970_is_pointed_at(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,x,2021-04-01,\nA,x,2023-11-14T22:13:21Z,\nA,x,2031-04-01,\n"
                       "A,x,1970-01-01,\nA,x,1971-01-01,\nA,x,1969-12-31T23:59Z,\n");
    LogFacts facts = facts_of(given);
    assert_int_equal(facts.future.count, 2);
    assert_int_equal(facts.future.line, 3);
    assert_int_equal(facts.year_1970.count, 1);
    assert_int_equal(facts.year_1970.line, 5);
    log_facts_clear(&facts);
}

static void names_that_may_be_one_are_listed(void **state)
{
    (void)state;
    assert_true(names_look_alike("Child seen", "child  Seen"));
    assert_true(names_look_alike("Child-seen", "Child seen."));
    assert_true(names_look_alike("Adjust report Y to stop indicition",
                                 "Adjust report Y to stop indication"));
    assert_true(names_look_alike("Strategy meeting", "Stratgy meeting"));
    assert_false(names_look_alike("Release A", "Release B"));
    assert_false(names_look_alike("T04 Determine", "T14 Determine"));
    assert_false(names_look_alike("Review 1", "Review 2"));
    assert_false(names_look_alike("Return2021 sent", "Return2022 sent"));
    assert_false(names_look_alike("Visit", "Visit home"));
    assert_false(names_look_alike("Send", "Lend it"));
    assert_false(names_look_alike("Contact", "Referral"));
    assert_false(names_look_alike("Open", "Opt"));
}

static void names_that_look_alike_are_counted_apart(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING
               "A,Child seen,2021-04-01,\nA,child seen,2021-04-02,\nA,Other,2021-04-02,\n");
    LogFacts facts = facts_of(given);
    assert_int_equal(facts.twin_count, 1);
    assert_int_equal(count_of(given, facts.activities, "Child seen"), 1);
    assert_int_equal(count_of(given, facts.activities, "child seen"), 1);
    log_facts_clear(&facts);
}

static void too_many_activities_are_not_compared_and_that_is_said(void **state)
{
    Given *given = *state;
    for (int count = 1999; count <= 2001; count++) {
        Text text = {0};
        text_add(&text, HEADING);
        for (int i = 0; i < count; i++)
            text_addf(&text, "A,a%d,2021-04-01,\n", i);
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        LogFacts facts = facts_of(given);
        assert_int_equal(facts.too_many_to_compare, count > 2000);
        log_facts_clear(&facts);
        log_clear(&given->log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(what_a_small_log_holds_is_counted_by_hand),
        CASEWRIGHT_TEST(what_lies_in_the_future_or_in_1970_is_pointed_at),
        cmocka_unit_test(names_that_may_be_one_are_listed),
        CASEWRIGHT_TEST(names_that_look_alike_are_counted_apart),
        CASEWRIGHT_TEST(too_many_activities_are_not_compared_and_that_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
