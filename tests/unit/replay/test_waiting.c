/* What waits in live use: held events and approvals, as a log tells of them; tracks that
 * start and are out of step; rules that time breaks. */
#include "replay/past.h"

static const char flow[] =
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"
    "  uses calendar plain\n"
    "calendar plain \"Plain\"\n"
    "  working Monday to Friday\n"
    "  covers 2020 to 2030\n"
    "role worker \"Worker\"\n"
    "role manager \"Manager\"\n"
    "event begun \"Begun\" by anyone opens a case\n"
    "event reply \"Reply\" by anyone\n"
    "event move \"Moved on\" by anyone\n"
    "event stop \"Stop\" by worker\n"
    "event alarm \"Alarm\" by anyone\n"
    "state first \"First\" starts here\n"
    "  on begun go to waiting\n"
    "state waiting \"Waiting\"\n"
    "  hold reply until ready\n"
    "  on move go to ready\n"
    "  on stop go to closed needs approval by manager\n"
    "state ready \"Ready\"\n"
    "  on reply go to answered\n"
    "  on stop go to closed needs approval by manager\n"
    "state answered \"Answered\"\n"
    "  on stop go to closed needs approval by manager\n"
    "state closed \"Closed\" ends here\n"
    "track urgent \"Urgent\"\n"
    "  starts on alarm\n"
    "state call \"Call\" in urgent starts here\n"
    "  task phone \"Phone\" by worker within 1 working day of starting\n"
    "  on phone go to called\n"
    "state called \"Called\" in urgent ends here\n";

#define ROWS  "case,activity,time,person,role\n"
#define BEGUN "1,begun,2021-03-01T09:00,ann,worker\n"

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

static void a_held_event_takes_effect_when_its_state_is_reached(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,reply,2021-03-02T09:00,ann,worker\n"
                                 "1,move,2021-03-03T09:00,ann,worker\n");
    assert_findings(past, "1", "");
    assert_ends_at(past, "1", "answered");
}

static void what_is_held_when_the_case_closes_is_not_lost_in_silence(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,reply,2021-03-02T09:00,ann,worker\n"
                                 "1,stop,2021-03-03T09:00,ann,worker\n");
    assert_findings(past, "1", "2 case-closed not");
    assert_ends_at(past, "1", "closed");
    assert_outcome(past, "1", CASE_BREAKS);
}

static void what_needs_approval_counts_as_approved(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,stop,2021-03-03T09:00,ann,worker\n");
    assert_findings(past, "1", "");
    assert_ends_at(past, "1", "closed");
}

/* Nobody recorded the alarm, so the track does not run, and a run is not made up for it:
 * the call is put on record. */
static void no_run_of_a_track_is_made_up(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,phone,2021-03-02T09:00,ann,worker\n"
                                 "1,phone,2021-03-03T09:00,ann,worker\n"
                                 "1,alarm,2021-03-04T09:00,ann,worker\n"
                                 "1,phone,2021-03-05T09:00,ann,worker\n"
                                 "1,phone,2021-03-06T09:00,ann,worker\n");
    assert_findings(past, "1",
                    "2 not-open facts; 3 not-open facts follows; "
                    "6 not-open facts");
    assert_duties(past, "1", "phone 2021-03-05 done 2021-03-05 met 1+0");
}

/* One track out of step says nothing about another. */
static void tracks_are_in_and_out_of_step_each_by_itself(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,phone,2021-03-02T09:00,ann,worker\n"
                                 "1,begun,2021-03-03T09:00,ann,worker\n");
    assert_findings(past, "1", "2 not-open facts; 3 not-possible elsewhere=first");
    assert_int_equal(past_case(past, "1")->counts.roots, 2);
}

static void a_move_that_is_accepted_puts_the_case_in_step(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,begun,2021-03-02T09:00,ann,worker\n"
                                 "1,move,2021-03-03T09:00,ann,worker\n"
                                 "1,begun,2021-03-04T09:00,ann,worker\n");
    assert_findings(past, "1",
                    "2 not-possible elsewhere=first; 4 not-possible elsewhere=first");
    assert_int_equal(past_case(past, "1")->counts.roots, 2);
}

static const char forked[] =
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"
    "  uses calendar plain\n"
    "calendar plain \"Plain\"\n"
    "  working Monday to Friday\n"
    "  covers 2020 to 2030\n"
    "fact big \"Big\" yes or no\n"
    "event begun \"Begun\" by anyone opens a case\n"
    "event told \"Told\" by anyone records big\n"
    "state first \"First\" starts here\n"
    "  on begun go to open\n"
    "state open \"Open\"\n"
    "  deadline told within 2 working days of entering\n"
    "  on told\n"
    "    go to left when big is yes\n"
    "    go to right otherwise\n"
    "state left \"Left\"\n"
    "state right \"Right\" ends here\n";

/* There are two ways on, and nobody can know which: it is put on record, and that is what
 * the deadline waits for. */
static void what_is_only_put_on_record_still_meets_a_deadline(void **state)
{
    (void)state;
    Past past;
    past_begin(&past, forked);
    past_replay(&past, ROWS BEGUN "1,told,2021-03-02T09:00,ann,worker\n"
                                  "2,begun,2021-03-01T09:00,ann,worker\n"
                                  "2,told,2021-03-04T09:00,ann,worker\n");
    assert_findings(&past, "1", "2 no-fact facts");
    assert_ends_at(&past, "1", "open");
    assert_duties(&past, "1", "told 2021-03-03 done 2021-03-02 met 1+0");
    assert_duties(&past, "2", "told 2021-03-03 done 2021-03-04 met-late 3+1");
    past_end(&past);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_held_event_takes_effect_when_its_state_is_reached),
        TEST(what_is_held_when_the_case_closes_is_not_lost_in_silence),
        TEST(what_needs_approval_counts_as_approved),
        TEST(no_run_of_a_track_is_made_up),
        TEST(tracks_are_in_and_out_of_step_each_by_itself),
        TEST(a_move_that_is_accepted_puts_the_case_in_step),
        TEST(what_is_only_put_on_record_still_meets_a_deadline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
