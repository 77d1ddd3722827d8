/* The caches beside a case: tasks; and what goes out or was turned away. */
#include "../../fault/tamper.h"
#include "store/scratch.h"

static TaskRow task_row(const char *name, Moment due)
{
    return (TaskRow){.name = name,
                     .label = name,
                     .kind = "task",
                     .roles = "worker",
                     .opened = 8,
                     .target = MOMENT_NEVER,
                     .due = due,
                     .done = MOMENT_NONE,
                     .outcome = "running"};
}

typedef struct Names {
    char text[200];
} Names;

static bool see_task(void *context, const TaskRow *row, Error *err)
{
    Names *names = context;
    size_t length = strlen(names->text);
    (void)err;
    snprintf(names->text + length, sizeof names->text - length, "%lld:%s ",
             (long long)row->case_id, row->name);
    return true;
}

static void replace(Scratch *scratch, int64_t case_id, const TaskRow *rows, size_t count)
{
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch,
              store_tasks_replace(scratch->store, case_id, rows, count, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
}

static void assert_tasks(Scratch *scratch, const char *expected)
{
    Names names = {""};
    assert_ok(scratch, store_tasks(scratch->store, 1, see_task, &names, &scratch->err));
    assert_string_equal(names.text, expected);
}

static void replacing_tasks_leaves_exactly_the_new_ones(void **state)
{
    Scratch *scratch = *state;
    TaskRow rows[] = {task_row("a", 1), task_row("b", 2), task_row("c", 3)};
    scratch_fill(scratch);
    replace(scratch, 1, rows, 3);
    assert_tasks(scratch, "1:a 1:b 1:c ");
    replace(scratch, 1, rows, 2);
    assert_tasks(scratch, "1:a 1:b ");
    rows[0] = task_row("z", 9);
    replace(scratch, 1, rows, 3);
    assert_tasks(scratch, "1:z 1:b 1:c ");
    replace(scratch, 1, NULL, 0);
    assert_tasks(scratch, "");
}

static void any_difference_in_a_task_is_written(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    TaskRow base = task_row("a", 1);
    TaskRow variants[] = {base, base, base, base, base, base,
                          base, base, base, base, base, base};
    variants[0].label = "other";
    variants[1].kind = "review";
    variants[2].track = "urgent";
    variants[3].status = TASK_DONE;
    variants[4].roles = NULL;
    variants[5].person = 1;
    variants[6].opened = MOMENT_NONE;
    variants[7].target = 5;
    variants[8].due = MOMENT_NEVER;
    variants[9].due_text = "soon";
    variants[10].done = 5;
    variants[11].outcome = "missed";
    static const char *const conditions[] = {
        "label = 'other'", "kind = 'review'",   "track = 'urgent'", "status = 'done'",
        "roles IS NULL",   "person = 1",        "opened IS NULL",   "target = 5",
        "due IS NULL",     "due_text = 'soon'", "done = 5",         "outcome = 'missed'"};
    for (size_t i = 0; i < 12; i++) {
        char sql[120];
        snprintf(sql, sizeof sql, "SELECT count(*) FROM task WHERE %s", conditions[i]);
        replace(scratch, 1, &base, 1);
        assert_int_equal(tamper_ask(scratch->path, sql), 0);
        replace(scratch, 1, &variants[i], 1);
        assert_int_equal(tamper_ask(scratch->path, sql), 1);
    }
}

static void every_status_of_a_task_has_its_word(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    for (TaskStatus status = TASK_OPEN; status < TASK_STATUS_COUNT; status++) {
        TaskRow row = task_row("a", 1);
        row.status = status;
        replace(scratch, 1, &row, 1);
        assert_string_not_equal(task_status_text(status), "unknown");
    }
}

static void open_tasks_come_by_due_moment_and_those_without_last(void **state)
{
    Scratch *scratch = *state;
    Names names = {""};
    int64_t id;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_case(scratch->store, "R-2", &id, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    TaskRow first[] = {task_row("late", 90), task_row("never", MOMENT_NEVER), task_row("x", 1)};
    TaskRow second[] = {task_row("early", 10), task_row("same", 90)};
    first[2].status = TASK_DONE;
    replace(scratch, 1, first, 3);
    replace(scratch, id, second, 2);
    assert_ok(scratch, store_tasks_open(scratch->store, see_task, &names, &scratch->err));
    assert_string_equal(names.text, "2:early 1:late 2:same 1:never ");
}

/* ---- outbox --------------------------------------------------------------------------- */

typedef struct Box {
    int count;
    OutboxRow last;
} Box;

static bool see_notification(void *context, const OutboxRow *row, Error *err)
{
    Box *box = context;
    (void)err;
    box->count++;
    box->last = *row;
    return true;
}

static Box look_into(Scratch *scratch, int64_t case_id, bool only_waiting)
{
    Box box = {0};
    assert_ok(scratch, store_outbox(scratch->store, case_id, only_waiting, see_notification,
                                    &box, &scratch->err));
    return box;
}

static bool send(Scratch *scratch, const char *key)
{
    bool added;
    OutboxRow row = {.key = key,
                     .case_id = 1,
                     .kind = "escalate",
                     .name = "allocate",
                     .role = "manager",
                     .text = "overdue",
                     .happened = 800,
                     .due = 720,
                     .created = 99};
    assert_ok(scratch, store_outbox_add(scratch->store, &row, &added, &scratch->err));
    return added;
}

static void a_notification_is_kept_once_however_often_it_is_added(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_true(send(scratch, "1|allocate|1"));
    assert_false(send(scratch, "1|allocate|1"));
    assert_true(send(scratch, "1|allocate|2"));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    Box box = look_into(scratch, 1, true);
    assert_int_equal(box.count, 2);
    assert_int_equal(box.last.happened, 800);
    assert_int_equal(box.last.due, 720);
    assert_int_equal(box.last.delivered, MOMENT_NONE);
    assert_int_equal(look_into(scratch, 2, false).count, 0);
    assert_int_equal(look_into(scratch, 0, true).count, 2);
}

static void what_was_delivered_or_withdrawn_waits_no_longer(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    send(scratch, "a"), send(scratch, "b"), send(scratch, "c");
    assert_ok(scratch, store_outbox_delivered(scratch->store, 1, 500, &scratch->err));
    assert_ok(scratch, store_outbox_withdraw(scratch->store, 2, 600, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    Box waiting = look_into(scratch, 1, true);
    assert_int_equal(waiting.count, 1);
    assert_int_equal(waiting.last.number, 3);
    assert_int_equal(look_into(scratch, 1, false).count, 3);
    StoreStatistics statistics;
    assert_ok(scratch, store_statistics(scratch->store, &statistics, &scratch->err));
    assert_int_equal(statistics.outbox_waiting, 1);
    assert_int_equal(statistics.outbox_delivered, 1);
    assert_int_equal(statistics.outbox_withdrawn, 1);
}

static void a_withdrawn_notification_that_holds_again_waits_again(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    send(scratch, "a");
    assert_ok(scratch, store_outbox_withdraw(scratch->store, 1, 600, &scratch->err));
    assert_false(send(scratch, "a"));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_int_equal(look_into(scratch, 0, true).count, 1);
}

/* ---- refusals ------------------------------------------------------------------------- */

static bool see_refusal(void *context, const RefusalRow *row, Error *err)
{
    (void)err;
    assert_string_equal(row->code, "wrong-role");
    ++*(int *)context;
    return true;
}

static void refusals_are_kept_with_what_was_typed(void **state)
{
    Scratch *scratch = *state;
    int count = 0;
    RefusalRow row = {.case_id = 1,
                      .kind = LOG_EVENT,
                      .name = "'; anything at all",
                      .effective = 5,
                      .recorded = 6,
                      .person = 1,
                      .role = "nobody",
                      .code = "wrong-role",
                      .text = "only a manager can"};
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_refusal_add(scratch->store, &row, &scratch->err));
    row.case_id = row.person = 0;
    assert_ok(scratch, store_refusal_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch, store_refusals(scratch->store, 1, see_refusal, &count, &scratch->err));
    assert_int_equal(count, 1);
    assert_ok(scratch, store_refusals(scratch->store, 0, see_refusal, &count, &scratch->err));
    assert_int_equal(count, 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(replacing_tasks_leaves_exactly_the_new_ones),
        TEST(any_difference_in_a_task_is_written),
        TEST(every_status_of_a_task_has_its_word),
        TEST(open_tasks_come_by_due_moment_and_those_without_last),
        TEST(a_notification_is_kept_once_however_often_it_is_added),
        TEST(what_was_delivered_or_withdrawn_waits_no_longer),
        TEST(a_withdrawn_notification_that_holds_again_waits_again),
        TEST(refusals_are_kept_with_what_was_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
