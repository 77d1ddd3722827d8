#include "parts.h"

#include "analysis/beside.h"

/* The works of the track "beside" that may be left open. */
static void assert_left(const char *flow, const char *expected)
{
    Parts parts;
    parts_begin(&parts, flow);
    const Flow *ast = &parts.bundle.flow;
    bool *left = ARENA_ARRAY(&parts.analysis.arena, ast->work_count + 1, bool);
    beside_find_left(&parts.analysis, (int32_t)track_named(parts.program, "beside"), left);
    Text got = {0};
    for (uint32_t i = 0; i < ast->work_count; i++)
        if (left[i])
            text_addf(&got, "%s%s", got.length ? " " : "", ast->work_at[i]->name);
    assert_string_equal(text_get(&got), expected);
    text_clear(&got);
    parts_end(&parts);
}

#define VISIT                                                                                  \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n    records risk\n"        \
    "  on visit\n    go to closed when risk is low\n    stay otherwise\n"
#define LOOK       "  task look \"Look\" by worker\n    within 3 working days of starting\n"
#define IN_A_STATE "state looking \"Looking\" in beside starts here\n" LOOK "  ignore begun\n"

static void work_of_a_track_that_still_runs_is_left(void **state)
{
    (void)state;
    assert_left(VISIT "track beside \"Beside\"\n  starts on begun\n" LOOK, "look");
}

static void a_track_that_cannot_have_started_leaves_nothing(void **state)
{
    (void)state;
    assert_left(VISIT "event asked \"Asked\" by worker\n"
                      "state later \"Later\"\n  on asked go to closed\n"
                      "track beside \"Beside\"\n  starts when case is at later\n" LOOK,
                "");
}

static void both_lines_move_on_the_same_facts(void **state)
{
    (void)state;
    const char *flow = VISIT "track beside \"Beside\"\n  starts on begun\n" IN_A_STATE
                             "  on visit\n    go to looked when risk is %s\n"
                             "    stay otherwise\n"
                             "state looked \"Looked\" in beside ends here\n";
    Text text = {0};
    text_addf(&text, flow, "low");
    assert_left(text_get(&text), "");
    text_reset(&text);
    text_addf(&text, flow, "high");
    assert_left(text_get(&text), "look");
    text_clear(&text);
}

static void a_rule_keeps_the_case_open(void **state)
{
    (void)state;
    assert_left(VISIT "track beside \"Beside\"\n  starts on begun\n" LOOK
                      "never closed when track beside is running\n",
                "");
}

static void a_line_that_ends_the_track_leaves_its_work(void **state)
{
    (void)state;
    assert_left(VISIT "event over \"Over\" by worker\n"
                      "track beside \"Beside\"\n  starts on begun\n" LOOK
                      "at any point\n  on over\n    end beside and stay\n"
                      "never closed when track beside is running\n",
                "look");
}

static void a_start_that_was_kept_runs_after_all(void **state)
{
    (void)state;
    assert_left(VISIT "event asked \"Asked\" by worker\n"
                      "track beside \"Beside\"\n  starts on asked\n"
                      "state looking \"Looking\" in beside starts here\n" LOOK
                      "  on visit go to looked\n"
                      "state looked \"Looked\" in beside ends here\n",
                "look");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_of_a_track_that_still_runs_is_left),
        cmocka_unit_test(a_track_that_cannot_have_started_leaves_nothing),
        cmocka_unit_test(both_lines_move_on_the_same_facts),
        cmocka_unit_test(a_rule_keeps_the_case_open),
        cmocka_unit_test(a_line_that_ends_the_track_leaves_its_work),
        cmocka_unit_test(a_start_that_was_kept_runs_after_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
