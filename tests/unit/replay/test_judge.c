/* Each kind of finding, and each way of applying what was refused, on logs small enough
 * to be judged by hand. */
#include "replay/past.h"

#define HEAD "workflow small \"Small\" version \"1\" in force from 1 January 2021\n"

/* The calendar goes into the workflow's own block. */
static const char flow[] =
    HEAD "  uses calendar plain\n"
         "calendar plain \"Plain\"\n"
         "  working Monday to Friday\n"
         "  covers 2020 to 2030\n"
         "role worker \"Worker\"\n"
         "role manager \"Manager\"\n"
         "role auditor \"Auditor\"\n"
         "fact risk \"Risk\" one of low \"Low\", medium \"Medium\", high \"High\"\n"
         "fact seen \"Seen\" yes or no\n"
         "event begun \"Case begun\" by anyone opens a case\n"
         "event stop \"Stopped\" by manager\n"
         "event noise \"Noise\" by anyone\n"
         "state first \"First\" starts here\n"
         "  on begun go to visiting\n"
         "state visiting \"Visiting\"\n"
         "  task prepare \"Prepare\" by worker\n"
         "  task visit \"Visit\" by worker within 3 working days of entering after prepare\n"
         "    records risk, seen\n"
         "  task tidy \"Tidy up\" by worker before leaving\n"
         "  on visit\n"
         "    go to weighing when risk is high\n"
         "    stay otherwise\n"
         "  on stop go to closed\n"
         "state weighing \"Weighing up\"\n"
         "  task weigh \"Weigh\" by manager within 2 working days of entering\n"
         "    not by who did visit\n"
         "  on weigh\n"
         "    go to closed when seen is yes\n"
         "  on noise stay\n"
         "state closed \"Closed\" ends here\n"
         "never closed when risk is medium\n";

#define ROWS "case,activity,time,person,role,risk,seen\n"
#define BEGUN                                                                                  \
    "1,begun,2021-03-01T09:00,ann,worker,,\n"                                                  \
    "1,prepare,2021-03-01T10:00,ann,worker,,\n"
#define TIDY  "1,tidy,2021-03-01T11:00,ann,worker,,\n"
#define VISIT "1,visit,2021-03-02T10:00,ann,worker,high,yes\n"
#define WEIGH "1,weigh,2021-03-03T10:00,tina,manager,,\n"

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

static void a_case_by_the_book_follows_the_policy(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY VISIT WEIGH);
    assert_findings(past, "1", "");
    assert_duties(past, "1",
                  "visit 2021-03-04 done 2021-03-02 met 1+0; "
                  "weigh 2021-03-04 done 2021-03-03 met 1+0");
    assert_outcome(past, "1", CASE_FOLLOWS);
    assert_ends_at(past, "1", "closed");
}

static void labels_name_activities_and_values_too(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,Case begun,2021-03-01T09:00,ann,Worker,,\n"
                           "1,Prepare,2021-03-01T10:00,ann,Worker,,\n"
                           "1,Tidy up,2021-03-01T11:00,ann,Worker,,\n"
                           "1,Visit,2021-03-02T10:00,ann,Worker,High,true\n"
                           "1,Weigh,2021-03-03T10:00,tina,Manager,,\n");
    assert_findings(past, "1", "");
    assert_outcome(past, "1", CASE_FOLLOWS);
}

static void late_only_is_an_outcome_of_its_own(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-08T10:00,ann,worker,high,yes\n"
                                      "1,weigh,2021-03-10T10:00,tina,manager,,\n");
    assert_findings(past, "1", "");
    /* Due on Thursday 4th; Friday and Monday make two working days late. */
    assert_duties(past, "1",
                  "visit 2021-03-04 done 2021-03-08 met-late 5+2; "
                  "weigh 2021-03-10 done 2021-03-10 met 2+0");
    assert_outcome(past, "1", CASE_LATE_ONLY);
}

/* ---- applied whole ------------------------------------------------------------------ */

static void the_wrong_role_is_a_root_and_the_work_is_done(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,auditor,high,yes\n" WEIGH);
    assert_findings(past, "1", "4 wrong-role whole");
    assert_outcome(past, "1", CASE_BREAKS);
    assert_ends_at(past, "1", "closed");
}

static void a_role_that_the_flow_has_not_is_the_wrong_role(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,wokrer,high,yes\n" WEIGH);
    assert_findings(past, "1", "4 wrong-role whole");
    assert_int_equal(past->result.role_name_count, 1);
    assert_string_equal(past->result.role_names[0].name, "wokrer");
    assert_string_equal(past->result.role_names[0].nearest, "worker");
}

static void the_same_person_twice_is_found_where_two_are_asked_for(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY VISIT "1,weigh,2021-03-03T10:00,ann,manager,,\n");
    assert_findings(past, "1", "5 separation whole");
    assert_ends_at(past, "1", "closed");
}

static void a_missing_fact_is_found_where_the_log_holds_that_fact(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,worker,high,\n"
                                      "2,begun,2021-03-01T09:00,ann,worker,,\n"
                                      "2,prepare,2021-03-01T10:00,ann,worker,,\n"
                                      "2,visit,2021-03-02T10:00,ann,worker,low,no\n");
    assert_findings(past, "1", "4 missing-fact whole");
    assert_findings(past, "2", "");
}

static void work_left_undone_before_leaving_is_found(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN VISIT WEIGH);
    assert_findings(past, "1", "3 before-leaving whole");
    assert_ends_at(past, "1", "closed");
}

static void several_faults_of_one_row_are_all_found(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,visit,2021-03-02T10:00,ann,auditor,high,\n"
                                 "2,visit,2021-03-02T10:00,ann,worker,high,yes\n");
    assert_findings(past, "1",
                    "3 wrong-role whole; 3 missing-fact whole; "
                    "3 before-leaving whole");
}

static void work_done_before_what_comes_first_counts_as_done(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,begun,2021-03-01T09:00,ann,worker,,\n" TIDY VISIT WEIGH);
    assert_findings(past, "1", "3 not-open whole");
    assert_ends_at(past, "1", "closed");
}

static void a_standing_rule_is_broken_once_and_the_step_stands(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,worker,medium,yes\n"
                                      "1,stop,2021-03-03T10:00,tina,manager,,\n");
    assert_findings(past, "1", "5 never whole");
    assert_ends_at(past, "1", "closed");
    assert_outcome(past, "1", CASE_BREAKS);
}

/* ---- applied along a line, elsewhere, or on record only ------------------------------- */

static void a_guard_that_is_false_is_overruled_where_one_line_leads_on(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,worker,high,no\n" WEIGH);
    assert_findings(past, "1", "5 no-alternative line");
    assert_ends_at(past, "1", "closed");
    assert_outcome(past, "1", CASE_BREAKS);
}

static void an_event_of_one_other_state_is_judged_from_there(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,weigh,2021-03-03T10:00,tina,manager,,\n");
    /* Weighing is done elsewhere; there its condition is about what is not known, and so
     * is the rule for closing. */
    assert_findings(past, "1",
                    "4 not-open elsewhere=weighing; "
                    "4 no-fact elsewhere=weighing follows; "
                    "4 no-fact elsewhere=weighing follows");
    assert_ends_at(past, "1", "closed");
}

static void what_was_counted_from_a_guess_cannot_be_told(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,weigh,2021-03-03T10:00,tina,manager,,\n");
    assert_duties(past, "1",
                  "visit 2021-03-04 unfinished 2+0; "
                  "weigh 2021-03-05 done 2021-03-03 cannot-tell 0+0");
}

static void after_a_case_is_closed_things_are_only_put_on_record(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY VISIT WEIGH "1,weigh,2021-03-04T10:00,tina,manager,,\n"
                                                  "1,noise,2021-03-05T10:00,ann,worker,,\n");
    assert_findings(past, "1", "6 case-closed facts; 7 case-closed facts follows");
    assert_ends_at(past, "1", "closed");
}

static void work_done_twice_is_put_on_record(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,prepare,2021-03-01T10:30,ann,worker,,\n" TIDY VISIT WEIGH);
    assert_findings(past, "1", "3 not-open facts");
    assert_outcome(past, "1", CASE_BREAKS);
}

/* ---- roots and what follows ------------------------------------------------------------- */

static void what_follows_from_a_refusal_is_no_root(void **state)
{
    Past *past = *state;
    /* Noise is nothing for visiting, and the case is put where it is known: weighing up.
     * A visit is nothing there, which follows; and puts the case back. */
    past_replay(past, ROWS BEGUN TIDY "1,noise,2021-03-02T09:00,ann,worker,,\n" VISIT);
    assert_findings(past, "1",
                    "4 not-possible elsewhere=weighing; "
                    "5 not-open elsewhere=visiting follows; "
                    "5 before-leaving elsewhere=visiting follows");
    assert_int_equal(past_case(past, "1")->counts.roots, 1);
}

static void once_in_step_again_a_refusal_is_a_root(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,prepare,2021-03-01T10:30,ann,worker,,\n" TIDY
                                 "1,tidy,2021-03-01T13:00,ann,worker,,\n");
    /* Tidying up is accepted between the two. */
    assert_findings(past, "1", "3 not-open facts; 5 not-open facts");
    assert_int_equal(past_case(past, "1")->counts.roots, 2);
}

static void the_wrong_role_is_a_root_also_out_of_step(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,prepare,2021-03-01T12:00,ann,worker,,\n"
                                 "1,tidy,2021-03-01T13:00,ann,auditor,,\n");
    assert_findings(past, "1", "3 not-open facts; 4 wrong-role whole");
    assert_int_equal(past_case(past, "1")->counts.roots, 2);
}

/* ---- enforce ------------------------------------------------------------------------------
 */

static void in_enforce_mode_a_refused_event_does_not_happen(void **state)
{
    Past *past = *state;
    past->options.mode = REPLAY_ENFORCE;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,auditor,high,yes\n" WEIGH);
    assert_findings(past, "1", "4 wrong-role not; 5 not-open not follows");
    assert_ends_at(past, "1", "visiting");
    assert_duties(past, "1", "visit 2021-03-04 running 2+0 open");
}

static void in_enforce_mode_a_case_that_may_not_open_stays_unopened(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,begun,2021-03-01T09:00,ann,worker,,\n");
    assert_findings(past, "1", "");
    past->options.mode = REPLAY_ENFORCE;
    past_replay(past, ROWS "1,prepare,2021-03-01T09:00,ann,worker,,\n");
    assert_findings(past, "1", "1 no-opening not");
    assert_ends_at(past, "1", "visiting");
}

/* ---- what cannot be judged ------------------------------------------------------------------
 */

static void a_case_that_begins_before_the_log_cannot_be_judged(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,prepare,2021-03-08T10:00,ann,worker,,\n"
                           "1,tidy,2021-03-08T11:00,ann,worker,,\n"
                           "1,visit,2021-03-09T10:00,ann,worker,high,yes\n"
                           "1,weigh,2021-03-15T10:00,tina,manager,,\n");
    assert_findings(past, "1", "1 no-opening not");
    assert_outcome(past, "1", CASE_CANNOT_BE_JUDGED);
    assert_true(past_case(past, "1")->counts.left_cut);
    /* The visit is counted from a moment that nobody knows; the weighing is not. */
    assert_duties(past, "1",
                  "visit 2021-03-11 done 2021-03-09 cannot-tell 1+0; "
                  "weigh 2021-03-11 done 2021-03-15 met-late 4+2");
}

static void an_unknown_activity_is_found_with_the_nearest_name(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN "1,vist,2021-03-02T10:00,ann,worker,high,yes\n");
    assert_findings(past, "1", "3 unknown-activity not");
    assert_outcome(past, "1", CASE_BREAKS);
    for (uint32_t i = 0; i < past->result.activity_count; i++)
        if (strcmp(past->result.activities[i].activity, "vist") == 0)
            assert_string_equal(past->result.activities[i].nearest, "visit");
}

static void a_cell_that_is_no_value_cannot_be_judged(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,worker,extreme,yes\n"
                                      "2,begun,2021-03-01T09:00,ann,worker,,\n"
                                      "2,prepare,2021-03-01T10:00,ann,worker,,\n"
                                      "2,visit,2021-03-02T10:00,ann,worker,low,maybe\n");
    assert_findings(past, "1", "4 bad-value not; 4 missing-fact line; 4 no-fact line");
    assert_outcome(past, "1", CASE_CANNOT_BE_JUDGED);
    assert_outcome(past, "2", CASE_CANNOT_BE_JUDGED);
}

static void facts_that_no_column_holds_are_not_asked_for(void **state)
{
    Past *past = *state;
    past_replay(past, "case,activity,time,person,role\n"
                      "1,begun,2021-03-01T09:00,ann,worker\n"
                      "1,prepare,2021-03-01T10:00,ann,worker\n"
                      "1,tidy,2021-03-01T11:00,ann,worker\n"
                      "1,visit,2021-03-02T10:00,ann,worker\n");
    /* That it leads on depends on the risk, which nobody can know. */
    assert_findings(past, "1", "4 no-fact line");
    assert_ends_at(past, "1", "weighing");
    assert_outcome(past, "1", CASE_CANNOT_BE_JUDGED);
    assert_string_equal(past->result.head.not_held, "Risk, Seen");
}

static void without_roles_and_people_who_did_it_is_not_judged(void **state)
{
    Past *past = *state;
    past_replay(past, "case,activity,time,risk,seen\n"
                      "1,begun,2021-03-01T09:00,,\n"
                      "1,prepare,2021-03-01T10:00,,\n"
                      "1,tidy,2021-03-01T11:00,,\n"
                      "1,visit,2021-03-02T10:00,high,yes\n"
                      "1,weigh,2021-03-03T10:00,,\n");
    assert_findings(past, "1", "");
    assert_false(past->result.head.has_roles);
    assert_false(past->result.head.has_people);
}

static void a_blank_role_is_not_judged_and_counted(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY "1,visit,2021-03-02T10:00,ann,,high,yes\n" WEIGH);
    assert_findings(past, "1", "");
    assert_int_equal(past->result.roles_unsaid, 1);
    assert_true(past->result.head.has_roles);
}

static void a_row_set_aside_leaves_its_case_open(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS BEGUN TIDY VISIT WEIGH "1,noise,2021-02-31T09:00,ann,worker,,\n"
                                                  "2,begun,2021-03-01T09:00,ann,worker,,\n");
    assert_findings(past, "1", "0 set-aside not");
    assert_outcome(past, "1", CASE_CANNOT_BE_JUDGED);
    assert_outcome(past, "2", CASE_FOLLOWS);
}

static void a_case_called_NA_is_a_case(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "NA,begun,2021-03-01T09:00,ann,worker,,\n"
                           "null,begun,2021-03-01T09:00,ann,worker,,\n");
    assert_outcome(past, "NA", CASE_FOLLOWS);
    assert_outcome(past, "null", CASE_FOLLOWS);
    assert_int_equal(past->result.cases, 2);
}

/* ---- determinism
 * ------------------------------------------------------------------------------ */

static char *json_of(Past *past, const char *rows)
{
    Text out = {0};
    Json json = {.out = &out};
    past_replay(past, rows);
    memset(past->result.files[0].digest, '0', 64); /* the bytes of the file differ */
    past->result.parts[0].digest = "";
    past->result.files[0].path = "rows.csv";
    past->result.notes.out_of_order = 0;
    result_json(&past->result, &json);
    return text_take(&out);
}

static void rows_in_any_order_across_cases_give_the_same_bytes(void **state)
{
    Past *past = *state;
    past->keep_cases = false;
    char *one =
        json_of(past, ROWS BEGUN TIDY VISIT WEIGH "2,begun,2021-03-01T09:00,ann,worker,,\n"
                                                  "2,vist,2021-03-02T09:00,bo,auditor,,\n"
                                                  "3,weigh,2021-03-02T09:00,bo,auditor,,\n");
    char *other = json_of(past, ROWS "3,weigh,2021-03-02T09:00,bo,auditor,,\n"
                                     "2,begun,2021-03-01T09:00,ann,worker,,\n" WEIGH VISIT
                                     "2,vist,2021-03-02T09:00,bo,auditor,,\n" TIDY BEGUN);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void twice_the_same_gives_the_same(void **state)
{
    Past *past = *state;
    char *one = json_of(past, ROWS BEGUN TIDY VISIT "2,noise,2021-03-01T09:00,ann,worker,,\n");
    char *other =
        json_of(past, ROWS BEGUN TIDY VISIT "2,noise,2021-03-01T09:00,ann,worker,,\n");
    assert_string_equal(one, other);
    free(one);
    free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_case_by_the_book_follows_the_policy),
        TEST(labels_name_activities_and_values_too),
        TEST(late_only_is_an_outcome_of_its_own),
        TEST(the_wrong_role_is_a_root_and_the_work_is_done),
        TEST(a_role_that_the_flow_has_not_is_the_wrong_role),
        TEST(the_same_person_twice_is_found_where_two_are_asked_for),
        TEST(a_missing_fact_is_found_where_the_log_holds_that_fact),
        TEST(work_left_undone_before_leaving_is_found),
        TEST(several_faults_of_one_row_are_all_found),
        TEST(work_done_before_what_comes_first_counts_as_done),
        TEST(a_standing_rule_is_broken_once_and_the_step_stands),
        TEST(a_guard_that_is_false_is_overruled_where_one_line_leads_on),
        TEST(an_event_of_one_other_state_is_judged_from_there),
        TEST(what_was_counted_from_a_guess_cannot_be_told),
        TEST(after_a_case_is_closed_things_are_only_put_on_record),
        TEST(work_done_twice_is_put_on_record),
        TEST(what_follows_from_a_refusal_is_no_root),
        TEST(once_in_step_again_a_refusal_is_a_root),
        TEST(the_wrong_role_is_a_root_also_out_of_step),
        TEST(in_enforce_mode_a_refused_event_does_not_happen),
        TEST(in_enforce_mode_a_case_that_may_not_open_stays_unopened),
        TEST(a_case_that_begins_before_the_log_cannot_be_judged),
        TEST(an_unknown_activity_is_found_with_the_nearest_name),
        TEST(a_cell_that_is_no_value_cannot_be_judged),
        TEST(facts_that_no_column_holds_are_not_asked_for),
        TEST(without_roles_and_people_who_did_it_is_not_judged),
        TEST(a_blank_role_is_not_judged_and_counted),
        TEST(a_row_set_aside_leaves_its_case_open),
        TEST(a_case_called_NA_is_a_case),
        TEST(rows_in_any_order_across_cases_give_the_same_bytes),
        TEST(twice_the_same_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
