#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static World world;

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static TickResult tick(void)
{
    TickResult result;
    Error err = {0};
    if (!engine_tick(world.engine, &result, &err))
        fail_msg("%s", err.text);
    return result;
}

typedef struct Lines {
    int64_t count, fail_at; /* 0: never */
    char last[1000];
} Lines;

static bool take_line(void *context, const char *line, size_t length, Error *err)
{
    Lines *lines = context;
    if (lines->fail_at && lines->count + 1 == lines->fail_at)
        return error_kind(err, ERROR_IO, "the other side hung up");
    lines->count++;
    snprintf(lines->last, sizeof lines->last, "%.*s", (int)length, line);
    return true;
}

static void a_tick_works_out_only_what_is_due(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-04T23:59");
    assert_int_equal(tick().cases, 0);
    world_now(&world, "2021-03-05T00:01");
    TickResult result = tick();
    assert_int_equal(result.cases, 2);
    assert_int_equal(result.missed, 2);
    assert_int_equal(result.notifications, 2);
    assert_int_equal(tick().cases, 0);
    assert_int_equal(waiting_in_outbox(&world), 2);
    assert_whole(&world);
}

/* Two tasks may share a name; missing one is not missing the other. */
static void two_works_of_one_name_are_told_of_apart(void **state)
{
    (void)state;
    char *text = world_flow_text("state meeting \"Meeting\"\n",
                                 "track beside \"Beside the line\"\n"
                                 "  starts on referral\n"
                                 "  task visit \"Visit the school\" by worker\n"
                                 "    within 3 working days of referral\n"
                                 "    records risk\n"
                                 "    if missed notify manager\n"
                                 "state meeting \"Meeting\"\n");
    world_deploy(&world, text);
    free(text);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T00:01");
    TickResult result = tick();
    assert_int_equal(result.missed, 2);
    assert_int_equal(result.notifications, 2);
    assert_whole(&world);
}

static void more_cases_than_a_batch_holds_are_all_worked_out_once(void **state)
{
    (void)state;
    for (int i = 0; i < 230; i++)
        world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T09:00");
    TickResult result = tick();
    assert_int_equal(result.cases, 230);
    assert_int_equal(waiting_in_outbox(&world), 230);
    Lines lines = {0};
    int64_t delivered;
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 230);
    assert_whole(&world);
}

static void reading_works_time_out_without_writing(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T09:00");
    assert_string_equal(outcome_of(&world, "visit"), "missed");
    assert_int_equal(waiting_in_outbox(&world), 0);
    Worklist list;
    WorkFilter filter = {.overdue = true};
    assert_true(engine_worklist(world.engine, &filter, &list, &(Error){0}));
    assert_int_equal(list.count, 1);
    assert_true(list.rows[0].overdue);
    worklist_clear(&list);
    assert_int_equal(tick().missed, 1);
}

static void what_was_delivered_is_not_delivered_again(void **state)
{
    (void)state;
    Lines lines = {0};
    int64_t delivered;
    world_open_case(&world, "bo", "reference C-1", NULL);
    world_now(&world, "2021-03-05T09:00");
    tick();
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 1);
    assert_non_null(strstr(lines.last, "\"reference\":\"C-1\""));
    assert_non_null(strstr(lines.last, "\"role\":\"manager\""));
    assert_non_null(strstr(lines.last, "\"work\":\"visit\""));
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 0);
    world_record(&world, "bo", "missing", "at 2021-03-02", NULL);
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 0);
    assert_whole(&world);
}

/* What is dated today without a time counts at the end of today; who must know of it
 * is told now. */
static void what_happened_today_is_told_today(void **state)
{
    (void)state;
    Lines lines = {0};
    int64_t delivered;
    char *text = world_flow_text("  on visit\n", "  on missing stay and notify manager\n"
                                                 "  on visit\n");
    world_deploy(&world, text);
    free(text);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-02T09:00");
    world_record(&world, "bo", "missing", "at 2021-03-02", NULL);
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 1);
    assert_non_null(strstr(lines.last, "\"happened\":\"2021-03-02\""));
    assert_non_null(strstr(lines.last, "\"known\":\"2021-03-02T09:00+00:00\""));
}

/* One working day before Thursday is Wednesday, not the midnight before it. */
static void a_reminder_bears_the_day_on_which_it_is_sent(void **state)
{
    (void)state;
    Lines lines = {0};
    int64_t delivered;
    char *text = world_flow_text("    if missed notify manager\n",
                                 "    if missed notify manager\n"
                                 "    remind worker 1 working day before\n");
    world_deploy(&world, text);
    free(text);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-03T00:01");
    tick();
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 1);
    assert_non_null(strstr(lines.last, "\"happened\":\"2021-03-03\""));
    assert_non_null(strstr(lines.last, "\"due\":\"2021-03-04\""));
}

static void what_could_not_be_delivered_stays(void **state)
{
    (void)state;
    Lines lines = {.fail_at = 2};
    int64_t delivered;
    Error err = {0};
    world_open_case(&world, "bo", NULL);
    world_open_case(&world, "bo", NULL);
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T09:00");
    tick();
    assert_false(engine_deliver(world.engine, take_line, &lines, &delivered, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_int_equal(delivered, 1);
    assert_int_equal(waiting_in_outbox(&world), 2);
    lines.fail_at = 0;
    assert_true(engine_deliver(world.engine, take_line, &lines, &delivered, &(Error){0}));
    assert_int_equal(delivered, 2);
}

static void the_worklist_is_sorted_and_filtered(void **state)
{
    (void)state;
    Worklist list;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-02T09:00");
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL);
    WorkFilter all = {0}, anns = {.person = "ann"}, workers = {.role = "worker"},
               second = {.which = "2"};
    assert_true(engine_worklist(world.engine, &all, &list, &(Error){0}));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.rows[0].work, "meet");
    assert_string_equal(list.rows[1].work, "visit");
    worklist_clear(&list);
    assert_true(engine_worklist(world.engine, &anns, &list, &(Error){0}));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].work, "meet");
    worklist_clear(&list);
    assert_true(engine_worklist(world.engine, &workers, &list, &(Error){0}));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].work, "visit");
    worklist_clear(&list);
    assert_true(engine_worklist(world.engine, &second, &list, &(Error){0}));
    assert_int_equal(list.count, 1);
    worklist_clear(&list);
}

static void a_mistyped_role_is_told_from_one_that_has_nothing_to_do(void **state)
{
    (void)state;
    Worklist list;
    Error err = {0};
    WorkFilter managers = {.role = "manager"}, mistyped = {.role = "managr"},
               unheard = {.role = "gardener"};
    world_open_case(&world, "bo", NULL);
    assert_true(engine_worklist(world.engine, &managers, &list, &err));
    assert_int_equal(list.count, 0);
    worklist_clear(&list);
    assert_false(engine_worklist(world.engine, &mistyped, &list, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    assert_non_null(strstr(err.text, "did you mean 'manager'?"));
    worklist_clear(&list);
    assert_false(engine_worklist(world.engine, &unheard, &list, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    worklist_clear(&list);
}

static void the_list_of_cases_says_where_each_is(void **state)
{
    (void)state;
    CaseList list;
    world_open_case(&world, "bo", NULL);
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=low", "+seen", "+spoken-to", NULL);
    world_record(&world, "ann", "close-case", "because done", NULL);
    assert_true(engine_cases(world.engine, false, &list, &(Error){0}));
    assert_int_equal(list.count, 1);
    assert_string_equal(list.rows[0].state_label, "Visit");
    case_list_clear(&list);
    assert_true(engine_cases(world.engine, true, &list, &(Error){0}));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.rows[1].state_label, "Closed");
    case_list_clear(&list);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_tick_works_out_only_what_is_due),
        STORY(two_works_of_one_name_are_told_of_apart),
        STORY(more_cases_than_a_batch_holds_are_all_worked_out_once),
        STORY(reading_works_time_out_without_writing),
        STORY(what_was_delivered_is_not_delivered_again),
        STORY(what_happened_today_is_told_today),
        STORY(a_reminder_bears_the_day_on_which_it_is_sent),
        STORY(what_could_not_be_delivered_stays),
        STORY(the_worklist_is_sorted_and_filtered),
        STORY(a_mistyped_role_is_told_from_one_that_has_nothing_to_do),
        STORY(the_list_of_cases_says_where_each_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
