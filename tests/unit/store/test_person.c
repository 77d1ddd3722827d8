#include "store/scratch.h"

static bool count_person(void *context, const PersonRow *row, Error *err)
{
    (void)row, (void)err;
    ++*(int *)context;
    return true;
}

static void a_person_is_found_by_login_and_by_number(void **state)
{
    Scratch *scratch = *state;
    PersonRow row;
    bool found;
    int count = 0;
    scratch_fill(scratch);
    assert_ok(scratch, store_person_find(scratch->store, "ann", &row, &found, &scratch->err));
    assert_true(found);
    assert_int_equal(row.id, 1);
    assert_string_equal(row.name, "Ann Example");
    assert_ok(scratch, store_person_get(scratch->store, 1, &row, &found, &scratch->err));
    assert_true(found);
    assert_string_equal(row.login, "ann");
    assert_ok(scratch, store_person_find(scratch->store, "Ann", &row, &found, &scratch->err));
    assert_false(found);
    assert_ok(scratch, store_person_get(scratch->store, 2, &row, &found, &scratch->err));
    assert_false(found);
    assert_ok(scratch, store_people(scratch->store, count_person, &count, &scratch->err));
    assert_int_equal(count, 1);
}

static void a_login_name_is_given_once_and_the_refusal_spoils_nothing(void **state)
{
    Scratch *scratch = *state;
    PersonRow row;
    bool found;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    assert_false(fill_person(scratch->store, "ann", &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_REFUSED);
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch, store_person_find(scratch->store, "bo", &row, &found, &scratch->err));
    assert_true(found);
}

static void a_role_is_held_from_its_first_to_its_last_day(void **state)
{
    static const struct {
        Day day;
        bool worker, manager;
    } expected[] = {{9, false, false}, {10, true, false}, {19, true, false},
                    {20, true, true},  {21, false, true}, {9999, false, true}};
    Scratch *scratch = *state;
    HoldsRow worker = {.person = 1, .role = "worker", .from = 10, .to = 20};
    HoldsRow manager = {.person = 1, .role = "manager", .from = 20, .to = DAY_NONE};
    bool holds;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_holds_add(scratch->store, &worker, &scratch->err));
    assert_ok(scratch, store_holds_add(scratch->store, &manager, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        Day day = expected[i].day;
        assert_ok(scratch,
                  store_holds(scratch->store, 1, "worker", day, &holds, &scratch->err));
        assert_int_equal(holds, expected[i].worker);
        assert_ok(scratch,
                  store_holds(scratch->store, 1, "manager", day, &holds, &scratch->err));
        assert_int_equal(holds, expected[i].manager);
    }
    assert_ok(scratch, store_holds(scratch->store, 2, "worker", 15, &holds, &scratch->err));
    assert_false(holds);
}

static bool see_holding(void *context, const HoldsRow *row, Error *err)
{
    (void)err;
    assert_string_equal(row->login, "ann");
    ++*(int *)context;
    return true;
}

static void ending_a_role_ends_what_runs_and_nothing_else(void **state)
{
    Scratch *scratch = *state;
    HoldsRow row = {.person = 1, .role = "worker", .from = 10, .to = DAY_NONE};
    bool ended, holds;
    int count = 0;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_holds_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_holds_end(scratch->store, 1, "worker", 9, &ended, &scratch->err));
    assert_false(ended);
    assert_ok(scratch, store_holds_end(scratch->store, 1, "worker", 30, &ended, &scratch->err));
    assert_true(ended);
    assert_ok(scratch, store_holds_end(scratch->store, 1, "worker", 40, &ended, &scratch->err));
    assert_false(ended);
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch, store_holds(scratch->store, 1, "worker", 30, &holds, &scratch->err));
    assert_true(holds);
    assert_ok(scratch, store_holds(scratch->store, 1, "worker", 31, &holds, &scratch->err));
    assert_false(holds);
    assert_ok(scratch, store_holds_list(scratch->store, 0, DAY_NONE, see_holding, &count,
                                        &scratch->err));
    assert_int_equal(count, 1);
    assert_ok(scratch,
              store_holds_list(scratch->store, 1, 31, see_holding, &count, &scratch->err));
    assert_int_equal(count, 1);
    assert_ok(scratch,
              store_holds_list(scratch->store, 1, 30, see_holding, &count, &scratch->err));
    assert_int_equal(count, 2);
}

static bool see_absence(void *context, const AbsenceRow *row, Error *err)
{
    (void)err;
    assert_string_equal(row->note, "leave");
    ++*(int *)context;
    return true;
}

static void an_absence_counts_on_both_its_ends(void **state)
{
    Scratch *scratch = *state;
    AbsenceRow row = {.person = 1, .from = 10, .to = 12, .note = "leave"};
    bool absent;
    int count = 0;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_absence_add(scratch->store, &row, &scratch->err));
    row.from = 50, row.to = DAY_NONE;
    assert_ok(scratch, store_absence_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    for (Day day = 9; day <= 60; day++) {
        assert_ok(scratch, store_absent(scratch->store, 1, day, &absent, &scratch->err));
        assert_int_equal(absent, (day >= 10 && day <= 12) || day >= 50);
    }
    assert_ok(scratch, store_absences(scratch->store, 1, see_absence, &count, &scratch->err));
    assert_ok(scratch, store_absences(scratch->store, 0, see_absence, &count, &scratch->err));
    assert_ok(scratch, store_absences(scratch->store, 2, see_absence, &count, &scratch->err));
    assert_int_equal(count, 4);
}

static void a_role_that_ends_before_it_begins_does_not_fit(void **state)
{
    Scratch *scratch = *state;
    HoldsRow row = {.person = 1, .role = "worker", .from = 10, .to = 9};
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_holds_add(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_person_is_found_by_login_and_by_number),
        TEST(a_login_name_is_given_once_and_the_refusal_spoils_nothing),
        TEST(a_role_is_held_from_its_first_to_its_last_day),
        TEST(ending_a_role_ends_what_runs_and_nothing_else),
        TEST(an_absence_counts_on_both_its_ends),
        TEST(a_role_that_ends_before_it_begins_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
