#include "../../fault/tamper.h"
#include "store/scratch.h"

typedef struct Numbers {
    int64_t items[32];
    int count, stop_after;
} Numbers;

static bool see_case(void *context, const CaseRow *row, Error *err)
{
    Numbers *seen = context;
    (void)err;
    seen->items[seen->count++] = row->id;
    return seen->count != seen->stop_after;
}

static bool complain(void *context, const CaseRow *row, Error *err)
{
    (void)context, (void)row;
    return error_kind(err, ERROR_LIMIT, "enough");
}

static CaseRow case_row(void)
{
    CaseRow row = {.flow = "cre",
                   .status = STORE_OPEN,
                   .as_of = 1,
                   .next_due = MOMENT_NEVER,
                   .opened = 1,
                   .closed = MOMENT_NONE};
    memcpy(row.definition, scratch_definition, sizeof row.definition);
    return row;
}

static void a_case_comes_back_as_it_was_written(void **state)
{
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    CaseRow row = case_row(), back;
    int64_t record[3] = {1, INT64_MIN, INT64_MAX};
    bool found;
    scratch_fill(scratch);
    row.reference = "child 7";
    row.has_calendar = true;
    row.calendar[3] = 9;
    row.layout = UINT64_MAX;
    row.next_due = 12345;
    row.closed = 77;
    row.record = record;
    row.record_bytes = sizeof record;
    assert_ok(scratch, store_begin(scratch->store, err));
    assert_ok(scratch, store_case_add(scratch->store, &row, err));
    assert_ok(scratch, store_commit(scratch->store, err));
    scratch_reopen(scratch, &scratch_writing);
    assert_ok(scratch, store_case_find(scratch->store, row.id, &back, &found, err));
    assert_true(found);
    assert_string_equal(back.reference, "child 7");
    assert_string_equal(back.flow, "cre");
    assert_memory_equal(back.definition, scratch_definition, STORE_HASH_BYTES);
    assert_true(back.has_calendar);
    assert_memory_equal(back.calendar, row.calendar, STORE_HASH_BYTES);
    assert_true(back.layout == UINT64_MAX);
    assert_int_equal(back.next_due, 12345);
    assert_int_equal(back.closed, 77);
    assert_int_equal(back.last_entry, 0);
    assert_int_equal(back.status, STORE_OPEN);
    assert_int_equal(back.record_bytes, sizeof record);
    assert_int_equal((uintptr_t)back.record % 8, 0);
    assert_memory_equal(back.record, record, sizeof record);
    assert_ok(scratch, store_begin(scratch->store, err));
    assert_ok(scratch, store_case_forget_record(scratch->store, row.id, err));
    assert_ok(scratch, store_commit(scratch->store, err));
    assert_ok(scratch, store_case_find(scratch->store, row.id, &back, &found, err));
    assert_null(back.record);
    assert_ok(scratch, store_case_find(scratch->store, 1, &back, &found, err));
    assert_non_null(back.record);
}

typedef struct Found {
    int64_t ids[4];
    size_t count;
} Found;

static bool note_case(void *context, const CaseRow *row, Error *err)
{
    (void)err;
    Found *found = context;
    found->ids[found->count++] = row->id;
    return true;
}

static void a_reference_finds_all_its_cases_the_newest_first(void **state)
{
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    Found found = {0}, none = {0};
    int64_t id;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, err));
    assert_ok(scratch, fill_case(scratch->store, "R-1", &id, err));
    assert_ok(scratch, store_commit(scratch->store, err));
    assert_ok(scratch, store_cases_of_reference(scratch->store, "R-1", note_case, &found, err));
    assert_int_equal(found.count, 2);
    assert_int_equal(found.ids[0], id);
    assert_ok(scratch, store_cases_of_reference(scratch->store, "R-9", note_case, &none, err));
    assert_int_equal(none.count, 0);
}

static void fill_due(Scratch *scratch, const Moment *due, int count)
{
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    for (int i = 0; i < count; i++) {
        CaseRow row = case_row();
        row.next_due = due[i];
        if (i == 2)
            row.status = STORE_CLOSED;
        assert_ok(scratch, store_case_add(scratch->store, &row, &scratch->err));
    }
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
}

static void due_cases_come_in_due_order_and_closed_ones_never(void **state)
{
    static const Moment due[] = {900, 300, 100, MOMENT_NEVER, 500, 300, 1000};
    static const int64_t expected[] = {3, 7, 6, 2}; /* the case of scratch_fill is number 1 */
    Scratch *scratch = *state;
    Numbers seen = {0};
    scratch_fill(scratch);
    fill_due(scratch, due, 7);
    assert_ok(scratch,
              store_cases_due(scratch->store, 900, 100, see_case, &seen, &scratch->err));
    assert_int_equal(seen.count, 4);
    assert_memory_equal(seen.items, expected, sizeof expected);
    seen = (Numbers){0};
    assert_ok(scratch, store_cases_due(scratch->store, 900, 2, see_case, &seen, &scratch->err));
    assert_int_equal(seen.count, 2);
}

static void looking_for_due_cases_scans_and_sorts_nothing(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(
                         db,
                         "EXPLAIN QUERY PLAN SELECT id FROM case_file INDEXED BY case_file_due"
                         " WHERE status = 'open' AND next_due IS NOT NULL AND next_due <= ?"
                         " ORDER BY next_due, id LIMIT ?",
                         -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    const char *plan = (const char *)sqlite3_column_text(stmt, 3);
    assert_non_null(strstr(plan, "SEARCH case_file USING"));
    assert_int_equal(sqlite3_step(stmt), SQLITE_DONE); /* no second line: no sorting */
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

static void cases_are_walked_by_number_and_open_ones_alone(void **state)
{
    static const Moment due[] = {900, 300, 100};
    Scratch *scratch = *state;
    Numbers seen = {0};
    scratch_fill(scratch);
    fill_due(scratch, due, 3);
    assert_ok(scratch, store_cases(scratch->store, 0, false, see_case, &seen, &scratch->err));
    assert_int_equal(seen.count, 4);
    seen = (Numbers){0};
    assert_ok(scratch, store_cases(scratch->store, 1, true, see_case, &seen, &scratch->err));
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.items[0], 2);
}

static void a_visitor_can_stop_a_walk_or_make_it_fail(void **state)
{
    Scratch *scratch = *state;
    Numbers seen = {.stop_after = 1};
    static const Moment due[] = {900, 300, 100};
    scratch_fill(scratch);
    fill_due(scratch, due, 3);
    assert_ok(scratch, store_cases(scratch->store, 0, false, see_case, &seen, &scratch->err));
    assert_int_equal(seen.count, 1);
    assert_false(store_cases(scratch->store, 0, false, complain, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_LIMIT);
    assert_ok(scratch, store_cases(scratch->store, 0, false, see_case, &seen, &scratch->err));
}

static void setting_a_case_that_is_not_there_is_not_found(void **state)
{
    Scratch *scratch = *state;
    CaseRow row = case_row();
    row.id = 99;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_case_set(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_NOT_FOUND);
}

/* ---- definitions and calendars -------------------------------------------------------- */

static void add_definition(Scratch *scratch, uint8_t first, Day from, const char *flow)
{
    bool added;
    DefinitionRow row = {.language_version = 1,
                         .flow = flow,
                         .version_label = "v",
                         .in_force_from = from,
                         .source = "text",
                         .source_length = 4};
    row.hash[0] = first;
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_definition_add(scratch->store, &row, &added, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_true(added);
}

static void the_latest_version_in_force_counts_and_among_equals_the_newest(void **state)
{
    static const struct {
        Day day;
        int first; /* of the hash; 0: none in force */
    } expected[] = {{9, 0}, {10, 12}, {19, 12}, {20, 11}, {100, 11}};
    Scratch *scratch = *state;
    DefinitionRow row;
    bool found;
    scratch_fill(scratch);
    add_definition(scratch, 10, 10, "cse");
    add_definition(scratch, 11, 20, "cse");
    add_definition(scratch, 12, 10, "cse");
    add_definition(scratch, 13, 10, "other");
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_ok(scratch, store_definition_in_force(scratch->store, "cse", expected[i].day,
                                                     &row, &found, &scratch->err));
        assert_int_equal(found ? row.hash[0] : 0, expected[i].first);
    }
}

static bool count_definition(void *context, const DefinitionRow *row, Error *err)
{
    (void)row, (void)err;
    ++*(int *)context;
    return true;
}

static void deploying_the_same_again_changes_nothing(void **state)
{
    Scratch *scratch = *state;
    DefinitionRow row;
    bool found, added;
    int count = 0;
    scratch_fill(scratch);
    assert_ok(scratch, store_definition_find(scratch->store, scratch_definition, &row, &found,
                                             &scratch->err));
    assert_true(found);
    assert_string_equal(row.source, "workflow cre");
    assert_int_equal(row.deployed_by, 1);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    row.version_label = "2";
    assert_ok(scratch, store_definition_add(scratch->store, &row, &added, &scratch->err));
    assert_false(added);
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch,
              store_definitions(scratch->store, NULL, count_definition, &count, &scratch->err));
    assert_int_equal(count, 1);
    assert_ok(scratch, store_definitions(scratch->store, "cse", count_definition, &count,
                                         &scratch->err));
    assert_int_equal(count, 1);
}

static bool count_calendar(void *context, const CalendarRow *row, Error *err)
{
    (void)row, (void)err;
    ++*(int *)context;
    return true;
}

static void the_holiday_data_applied_last_is_found_by_name(void **state)
{
    Scratch *scratch = *state;
    CalendarRow row = {.name = "england", .source = "2021", .source_length = 4};
    bool added, found;
    int count = 0;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    for (uint8_t i = 1; i <= 2; i++) {
        row.hash[0] = i;
        assert_ok(scratch, store_calendar_add(scratch->store, &row, &added, &scratch->err));
        assert_true(added);
        row.source = "2022";
    }
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch,
              store_calendar_latest(scratch->store, "england", &row, &found, &scratch->err));
    assert_true(found);
    assert_string_equal(row.source, "2022");
    row.hash[0] = 1;
    uint8_t hash[STORE_HASH_BYTES] = {1};
    assert_ok(scratch, store_calendar_find(scratch->store, hash, &row, &found, &scratch->err));
    assert_string_equal(row.source, "2021");
    assert_ok(scratch, store_calendars(scratch->store, count_calendar, &count, &scratch->err));
    assert_int_equal(count, 2);
}

/* ---- the four views ------------------------------------------------------------------- */

static void the_views_can_be_read_in_plain_words(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    assert_int_equal(tamper_ask(scratch->path, "SELECT count(*) FROM worklist WHERE task ="
                                               " 'allocate' AND due = '2021-04-08'"
                                               " AND reference = 'R-1' AND opened ="
                                               " '1970-01-01T00:00Z'"),
                     1);
    assert_int_equal(tamper_ask(scratch->path, "SELECT count(*) FROM overdue"), 0);
    assert_int_equal(tamper_ask(scratch->path,
                                "SELECT count(*) FROM history WHERE person = 'ann'"
                                " AND reason = 'seen at school'"
                                " AND effective = '1970-01-01T00:00Z'"),
                     2);
    assert_int_equal(tamper_ask(scratch->path, "SELECT open_tasks FROM workload"
                                               " WHERE roles = 'worker'"),
                     1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_case_comes_back_as_it_was_written),
        TEST(a_reference_finds_all_its_cases_the_newest_first),
        TEST(due_cases_come_in_due_order_and_closed_ones_never),
        TEST(looking_for_due_cases_scans_and_sorts_nothing),
        TEST(cases_are_walked_by_number_and_open_ones_alone),
        TEST(a_visitor_can_stop_a_walk_or_make_it_fail),
        TEST(setting_a_case_that_is_not_there_is_not_found),
        TEST(the_latest_version_in_force_counts_and_among_equals_the_newest),
        TEST(deploying_the_same_again_changes_nothing),
        TEST(the_holiday_data_applied_last_is_found_by_name),
        TEST(the_views_can_be_read_in_plain_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
