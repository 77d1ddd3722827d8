#include "parts.h"

#include "analysis/analysis.h"

/* All checks of FRAME with `flow`; the codes about duties, in the order of the text. */
static void assert_said(const char *flow, const char *expected)
{
    Parts parts;
    parts_begin(&parts, flow);
    analysis_run(&parts.bundle, parts.program, &parts.options);
    diags_sort(&parts.bundle.diags);
    Text got = {0};
    for (size_t i = 0; i < parts.bundle.diags.count; i++) {
        const char *code = parts.bundle.diags.items[i]->code;
        if (strcmp(code, "CF303") == 0 || strcmp(code, "CF305") == 0 ||
            strncmp(code, "CF50", 4) == 0)
            text_addf(&got, "%s%s", got.length ? " " : "", code);
    }
    assert_string_equal(text_get(&got), expected);
    text_clear(&got);
    parts_end(&parts);
}

#define VISITING(lines)                                                                        \
    "event moved \"Moved\" by worker\n"                                                        \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n  on visit go to "         \
    "closed\n" lines
#define MUST "must visit within 5 working days of begun\n  if missed notify manager\n"

static void that_people_may_be_late_is_no_finding(void **state)
{
    (void)state;
    assert_said(VISITING("") MUST, "");
}

static void a_way_past_the_duty_is_found(void **state)
{
    (void)state;
    assert_said(VISITING("  on moved go to tracing\n"
                         "state tracing \"Tracing\"\n  task trace \"Trace\" by worker\n"
                         "  on trace go to closed\n") MUST,
                "CF505");
}

static void a_detour_that_leads_back_in_time_is_none(void **state)
{
    (void)state;
    assert_said(VISITING("  on moved go to tracing\n"
                         "state tracing \"Tracing\"\n  task trace \"Trace\" by worker\n"
                         "  on trace go to visiting\n") MUST,
                "");
}

static void a_detour_that_takes_longer_than_the_limit_is_one(void **state)
{
    (void)state;
    assert_said(VISITING("  on moved go to tracing\n"
                         "state tracing \"Tracing\"\n"
                         "  task wait \"Wait\" by worker before leaving optional\n"
                         "  task trace \"Trace\" by worker\n"
                         "    within 8 working days of entering\n"
                         "    if missed go to visiting\n") MUST,
                "CF505");
}

static void a_declared_event_can_always_be_recorded_while_it_is_owed(void **state)
{
    (void)state;
    assert_said(
        "event seen \"Seen\" by worker\n" VISITING("") "must seen within 5 working days "
                                                       "of begun\n",
        "CF305");
}

static void a_case_that_may_take_longer_than_the_duty_allows_is_said(void **state)
{
    (void)state;
    const char *flow = "state visiting \"Visiting\"\n  task call \"Call\" by worker\n"
                       "    within %d working days of entering\n    if missed notify manager\n"
                       "  on call go to planning\n"
                       "state planning \"Planning\"\n  task visit \"Visit\" by worker\n"
                       "  on visit go to closed\n" MUST;
    Text text = {0};
    text_addf(&text, flow, 8);
    assert_said(text_get(&text), "CF303");
    text_reset(&text);
    text_addf(&text, flow, 3);
    assert_said(text_get(&text), "");
    text_clear(&text);
}

static void a_duty_that_never_comes_adds_nothing(void **state)
{
    (void)state;
    assert_said("event seen \"Seen\" by worker\n" VISITING(
                    "") "must seen within 5 working days of visit when urgent is yes\n",
                "CF503");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(that_people_may_be_late_is_no_finding),
        cmocka_unit_test(a_way_past_the_duty_is_found),
        cmocka_unit_test(a_detour_that_leads_back_in_time_is_none),
        cmocka_unit_test(a_detour_that_takes_longer_than_the_limit_is_one),
        cmocka_unit_test(a_declared_event_can_always_be_recorded_while_it_is_owed),
        cmocka_unit_test(a_case_that_may_take_longer_than_the_duty_allows_is_said),
        cmocka_unit_test(a_duty_that_never_comes_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
