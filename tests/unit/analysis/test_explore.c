#include "parts.h"

#include "analysis/explore.h"

#define VISIT                                                                                  \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n"                          \
    "    within 3 working days of entering\n    records risk\n    if missed go to chasing\n"   \
    "  on visit\n    go to closed needs approval by manager when risk is high\n"               \
    "    stay otherwise\n"                                                                     \
    "state chasing \"Chasing\"\n  task chase \"Chase\" by manager\n  on chase go to "          \
    "visiting\n"

typedef struct Wanted {
    uint32_t state; /* of the main line */
    uint32_t found; /* step + 1 */
} Wanted;

static bool look(void *context, Explorer *explorer, uint32_t step, const int64_t *record)
{
    Wanted *wanted = context;
    const int64_t *track = record_track(explorer->analysis->program, record, 0);
    int64_t state = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
    if (state != (int64_t)wanted->state + 1)
        return true;
    wanted->found = step + 1;
    return false;
}

static void assert_story(const char *place, const char *expected)
{
    Parts parts;
    parts_begin(&parts, VISIT);
    Wanted wanted = {state_named(parts.program, place), 0};
    Explorer explorer;
    explorer_begin(&parts.analysis, &explorer);
    explore(&explorer, look, &wanted);
    assert_int_not_equal(wanted.found, 0);
    Text story = {0};
    explore_write_story(&explorer, wanted.found - 1, &story);
    assert_string_equal(text_get(&story), expected);
    text_clear(&story);
    explorer_clear(&explorer);
    parts_end(&parts);
}

static void the_shortest_story_is_found(void **state)
{
    (void)state;
    assert_story("visiting", "Monday 1 March 2021 at 09:00: begun");
    assert_story("chasing", "Monday 1 March 2021 at 09:00: begun\n"
                            "Friday 5 March 2021 at 00:01: nothing more has happened");
}

static void what_waits_for_approval_can_be_approved(void **state)
{
    (void)state;
    assert_story("closed", "Monday 1 March 2021 at 09:00: begun\n"
                           "Tuesday 2 March 2021 at 09:00: visit with risk is high\n"
                           "Wednesday 3 March 2021 at 09:00: visit is approved");
}

static bool go_on(void *context, Explorer *explorer, uint32_t step, const int64_t *record)
{
    (void)explorer;
    (void)step;
    (void)record;
    ++*(uint32_t *)context;
    return true;
}

static void a_small_flow_is_searched_to_its_end(void **state)
{
    (void)state;
    Parts parts;
    parts_begin(&parts, VISIT);
    Explorer explorer;
    uint32_t steps = 0;
    explorer_begin(&parts.analysis, &explorer);
    explore(&explorer, go_on, &steps);
    assert_false(explorer.stopped);
    assert_in_range(explorer.count, 5, 60);
    assert_true(steps >= explorer.count);
    explorer_clear(&explorer);
    parts_end(&parts);
}

static void a_large_one_stops_at_the_bound_and_says_so(void **state)
{
    (void)state;
    Parts parts;
    Text flow = {0};
    text_add(&flow, VISIT);
    for (int i = 0; i < 10; i++)
        text_addf(&flow,
                  "fact f%d \"F%d\" one of a, b, c\nevent e%d \"E%d\" by worker\n"
                  "  records f%d\n",
                  i, i, i, i, i);
    parts_begin(&parts, text_get(&flow));
    Explorer explorer;
    uint32_t steps = 0;
    explorer_begin(&parts.analysis, &explorer);
    explore(&explorer, go_on, &steps);
    assert_true(explorer.stopped);
    explorer_clear(&explorer);
    parts_end(&parts);
    text_clear(&flow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shortest_story_is_found),
        cmocka_unit_test(what_waits_for_approval_can_be_approved),
        cmocka_unit_test(a_small_flow_is_searched_to_its_end),
        cmocka_unit_test(a_large_one_stops_at_the_bound_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
