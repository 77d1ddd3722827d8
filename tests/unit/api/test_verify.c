/* Whatever is wrong with what is kept, verify says which case; making it anew puts
 * it right. The entries themselves are never touched here: damage of those is the
 * store's to find. */
#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "api/engine_internal.h"

static World world;

static int set_up(void **state)
{
    (void)state;
    TickResult tick;
    world_open(&world);
    world_open_case(&world, "bo", NULL);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T09:00");
    assert_true(engine_tick(world.engine, &tick, &(Error){0}));
    assert_whole(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static CaseRow case_row(void)
{
    CaseRow row;
    bool found;
    assert_true(store_case_find(world.engine->store, 2, &row, &found, &(Error){0}));
    assert_true(found);
    return row;
}

static void set_row(const CaseRow *row)
{
    Error err = {0};
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_case_set(world.engine->store, row, &err));
    assert_true(store_commit(world.engine->store, &err));
}

static void assert_found_and_mended(const char *words)
{
    Verified verified;
    int64_t cases;
    Error err = {0};
    assert_true(engine_verify(world.engine, &verified, &err));
    assert_int_equal(verified.damaged, 1);
    assert_int_equal(verified.cases, 2);
    assert_non_null(strstr(verified.first, "case 2"));
    if (!strstr(verified.first, words))
        fail_msg("%s", verified.first);
    assert_true(engine_rebuild(world.engine, &cases, &err));
    assert_int_equal(cases, 2);
    assert_whole(&world);
}

static void any_slot_of_a_record_that_differs_is_found(void **state)
{
    (void)state;
    CaseRow row = case_row();
    size_t bytes = row.record_bytes;
    unsigned char *good = malloc(bytes), *bad = malloc(bytes);
    memcpy(good, row.record, bytes);
    for (size_t at = 0; at < bytes; at += sizeof(int64_t)) {
        Verified verified;
        memcpy(bad, good, bytes);
        bad[at] ^= 1;
        row = case_row();
        row.record = bad;
        set_row(&row);
        assert_true(engine_verify(world.engine, &verified, &(Error){0}));
        if (verified.damaged != 1)
            fail_msg("slot %zu was taken", at / sizeof(int64_t));
    }
    assert_found_and_mended("the record");
    free(good);
    free(bad);
}

/* Nobody has run verify yet: what is read must be right all the same. */
static void a_damaged_record_hides_no_case_from_the_worklist(void **state)
{
    (void)state;
    CaseRow row = case_row();
    size_t bytes = row.record_bytes;
    unsigned char *good = malloc(bytes), *bad = malloc(bytes);
    memcpy(good, row.record, bytes);
    for (size_t at = 0; at < bytes; at += 3) {
        static const WorkFilter everything = {0};
        Worklist list = {0};
        memcpy(bad, good, bytes);
        bad[at] ^= 0x10;
        row = case_row();
        row.record = bad;
        set_row(&row);
        assert_true(engine_worklist(world.engine, &everything, &list, &(Error){0}));
        assert_int_equal(list.count, 2);
        worklist_clear(&list);
    }
    world.case_number = 2;
    assert_string_equal(outcome_of(&world, "visit"), "missed");
    assert_found_and_mended("the record");
    free(good);
    free(bad);
}

static void a_row_that_differs_from_its_record_is_found(void **state)
{
    (void)state;
    CaseRow row = case_row();
    row.next_due = moment_at(0, RANK_DAY_LIMIT);
    set_row(&row);
    assert_found_and_mended("its row");
}

static void a_missing_record_is_no_damage(void **state)
{
    (void)state;
    Error err = {0};
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_case_forget_record(world.engine->store, 0, &err));
    assert_true(store_commit(world.engine->store, &err));
    world.case_number = 2;
    assert_string_equal(outcome_of(&world, "visit"), "missed");
    assert_true(world_record(&world, "bo", "missing", NULL) > 0);
    assert_whole(&world);
}

static void a_record_of_another_layout_is_made_anew(void **state)
{
    (void)state;
    CaseRow row = case_row();
    int64_t junk[4] = {1, 2, 3, 4};
    row.layout ^= 1;
    row.record = junk;
    row.record_bytes = sizeof junk;
    set_row(&row);
    world.case_number = 2;
    assert_true(world_record(&world, "bo", "missing", NULL) > 0);
    assert_string_equal(state_now(&world), "visiting");
    assert_whole(&world);
}

static void a_list_of_work_that_differs_is_found(void **state)
{
    (void)state;
    Error err = {0};
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_tasks_replace(world.engine->store, 2, NULL, 0, &err));
    assert_true(store_commit(world.engine->store, &err));
    assert_found_and_mended("its list of work");
}

static void a_notification_too_many_is_found_and_withdrawn(void **state)
{
    (void)state;
    bool added;
    Error err = {0};
    OutboxRow row = {.key = "made up",
                     .case_id = 2,
                     .kind = "notify",
                     .role = "manager",
                     .text = "x",
                     .happened = moment_at(0, RANK_ENTRY),
                     .due = MOMENT_NEVER};
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_outbox_add(world.engine->store, &row, &added, &err));
    assert_true(store_commit(world.engine->store, &err));
    assert_found_and_mended("its notifications");
    assert_int_equal(waiting_in_outbox(&world), 2);
}

static bool first_number(void *context, const OutboxRow *row, Error *err)
{
    (void)err;
    if (row->case_id == 2)
        *(int64_t *)context = row->number;
    return true;
}

static void a_notification_too_few_is_found_and_made_again(void **state)
{
    (void)state;
    int64_t number = 0;
    Error err = {0};
    assert_true(store_outbox(world.engine->store, 0, true, first_number, &number, &err));
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_outbox_withdraw(world.engine->store, number, 0, &err));
    assert_true(store_commit(world.engine->store, &err));
    assert_int_equal(waiting_in_outbox(&world), 1);
    assert_found_and_mended("its notifications");
    assert_int_equal(waiting_in_outbox(&world), 2);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(any_slot_of_a_record_that_differs_is_found),
        STORY(a_damaged_record_hides_no_case_from_the_worklist),
        STORY(a_row_that_differs_from_its_record_is_found),
        STORY(a_missing_record_is_no_damage),
        STORY(a_record_of_another_layout_is_made_anew),
        STORY(a_list_of_work_that_differs_is_found),
        STORY(a_notification_too_many_is_found_and_withdrawn),
        STORY(a_notification_too_few_is_found_and_made_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
