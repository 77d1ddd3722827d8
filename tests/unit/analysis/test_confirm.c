#include "parts.h"

#include "analysis/confirm.h"

#define SORTING                                                                                \
    "state visiting \"Visiting\"\n  task sort \"Sort\" by worker\n    records urgent\n"        \
    "  on sort\n    go to calling when urgent is yes\n    go to looking otherwise\n"           \
    "state calling \"Calling\"\n  task call \"Call\" by worker\n    records risk\n"            \
    "  on call go to looking\n"                                                                \
    "state looking \"Looking\"\n  task look \"Look\" by worker\n"                              \
    "    within 2 calendar days of call\n    if missed notify manager\n"                       \
    "  on look\n    go to closed when %s\n    stay otherwise\n"

static Verdict confirmed(const char *when, Doubt doubt, Text *story)
{
    Parts parts;
    Text flow = {0}, scenario = {0};
    text_addf(&flow, SORTING, when);
    parts_begin(&parts, text_get(&flow));
    doubt.node = node_of_state((int32_t)state_named(parts.program, "looking"));
    if (doubt.fact >= 0)
        doubt.fact = (int32_t)fact_named(parts.program, "risk");
    if (doubt.event >= 0)
        doubt.event = (int32_t)event_named(parts.program, "look");
    if (doubt.without >= 0)
        doubt.without = (int32_t)event_named(parts.program, "call");
    if (doubt.work >= 0)
        doubt.work =
            parts.bundle.flow.event_at[event_named(parts.program, "look")]->work->index;
    Verdict verdict = confirm(&parts.analysis, &doubt, "Story", story, &scenario);
    parts_end(&parts);
    text_clear(&flow);
    text_clear(&scenario);
    return verdict;
}

static const Doubt not_known = {.refused = REFUSED_UNKNOWN_GUARD,
                                .event = 0,
                                .rule = -1,
                                .fact = 0,
                                .work = -1,
                                .without = -1};

static void what_can_happen_is_told_as_a_story(void **state)
{
    (void)state;
    Text story = {0};
    assert_int_equal(confirmed("risk is low", not_known, &story), IS_YES);
    assert_string_equal(text_get(&story), "Monday 1 March 2021 at 09:00: begun\n"
                                          "Tuesday 2 March 2021 at 09:00: sort with urgent is "
                                          "no\nWednesday 3 March 2021 at 09:00: look");
    text_clear(&story);
}

static void what_hangs_together_is_ruled_out(void **state)
{
    (void)state;
    Text story = {0};
    assert_int_equal(confirmed("urgent is yes and risk is low", not_known, &story), IS_NO);
    assert_int_equal(story.length, 0);
}

static void a_limit_that_never_starts_is_found(void **state)
{
    (void)state;
    Text story = {0};
    Doubt doubt = {.event = -1, .rule = -1, .fact = -1, .work = 0, .without = 0};
    assert_int_equal(confirmed("risk is known", doubt, &story), IS_YES);
    assert_non_null(strstr(text_get(&story), "sort with urgent is no"));
    text_clear(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_happen_is_told_as_a_story),
        cmocka_unit_test(what_hangs_together_is_ruled_out),
        cmocka_unit_test(a_limit_that_never_starts_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
