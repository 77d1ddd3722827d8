/* Which name of a flow is told as the nearest to what a log says. */
#include "replay/near.h"
#include "replay/past.h"

static const char flow[] =
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"
    "role team-manager \"Team manager\"\n"
    "event strategy-meeting \"Strategy discussion held\" by team-manager opens a case\n"
    "event cre-review-meeting \"CRE review meeting\" by team-manager\n"
    "event plan \"Plan agreed\" by team-manager\n"
    "state first \"First\" starts here\n"
    "  on strategy-meeting go to open\n"
    "state open \"Open\"\n"
    "  on cre-review-meeting, plan stay\n"
    "state done \"Done\" ends here\n";

static int set_up(void **state)
{
    Past *past = calloc(1, sizeof *past);
    past_begin(past, flow);
    *state = past;
    return 0;
}

static int tear_down(void **state)
{
    past_end(*state);
    free(*state);
    return 0;
}

static const char *nearest(Past *past, const char *activity)
{
    const char *near = near_event(&past->bundle.flow, activity);
    return near ? near : "none";
}

static void letters_blanks_and_hyphens_make_no_difference(void **state)
{
    assert_string_equal(nearest(*state, "Strategy Meeting"), "strategy-meeting");
    assert_string_equal(nearest(*state, "STRATEGY_MEETING"), "strategy-meeting");
    assert_string_equal(nearest(*state, "strategymeeting"), "strategy-meeting");
}

static void a_slip_in_a_name_or_its_label_is_near(void **state)
{
    assert_string_equal(nearest(*state, "Stratgy meeting"), "strategy-meeting");
    assert_string_equal(nearest(*state, "Strategy-discusion held"), "strategy-meeting");
}

static void a_name_without_its_first_or_last_word_is_near(void **state)
{
    assert_string_equal(nearest(*state, "Review meeting"), "cre-review-meeting");
    assert_string_equal(nearest(*state, "Reveiw Meeting"), "cre-review-meeting");
    assert_string_equal(nearest(*state, "strategy discusion"), "strategy-meeting");
}

static void a_single_word_is_not_near_to_a_part_of_a_name(void **state)
{
    assert_string_equal(nearest(*state, "meeting"), "none");
    assert_string_equal(nearest(*state, "Archived"), "none");
    assert_string_equal(nearest(*state, ""), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(letters_blanks_and_hyphens_make_no_difference, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_slip_in_a_name_or_its_label_is_near, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_name_without_its_first_or_last_word_is_near, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_single_word_is_not_near_to_a_part_of_a_name, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
