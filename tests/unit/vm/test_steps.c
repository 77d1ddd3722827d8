#include "vm/story.h"

static const char flow_head[] = "workflow w \"W\" version \"1\" in force from 1 January 2001\n"
                                "  uses calendar weeks\n"
                                "role lead \"Lead\"\n"
                                "role boss \"Boss\"\n"
                                "role helper \"Helper\"\n"
                                "fact risk \"Risk\" one of low, medium, high\n"
                                "fact level \"Level\" number from 1 to 3\n"
                                "event begin \"Begin\" by anyone opens a case\n"
                                "event finish \"Finish\" by lead\n"
                                "event alarm \"Alarm\" by anyone\n"
                                "event calm \"Calm\" by anyone\n"
                                "event rate \"Rate\" by lead records risk\n"
                                "event remark \"Remark\" by lead requires reason\n"
                                "state first \"First\" starts here\n"
                                "  on begin go to work\n"
                                "state second \"Second\"\n"
                                "  on finish go to closed\n"
                                "state third \"Third\"\n"
                                "  on finish go to closed\n"
                                "state closed \"Closed\" ends here\n";

static Story story;

static void begin(const char *rest)
{
    static char flow[8000];
    snprintf(flow, sizeof flow, "%s%s%s", flow_head, story_calendar, rest);
    story_begin(&story, flow);
    assert_true(story_open_case(&story, "2021-04-12T09:00", "begin", "lead", NULL));
}

static bool act(const char *time, const char *event, const char *role)
{
    char at[32];
    snprintf(at, sizeof at, "2021-04-%s", time);
    return story_do(&story, at, event, role, NULL);
}

#define REFUSED(code, call)                                                                    \
    do {                                                                                       \
        assert_false(call);                                                                    \
        assert_string_equal(story_refused(&story), code);                                      \
    } while (0)

static const char branching[] = "state work \"Work\"\n"
                                "  on rate\n"
                                "    go to second when risk is high\n"
                                "    go to third when risk is one of medium, high\n"
                                "  on finish\n"
                                "    go to second when level is over 1\n"
                                "    stay otherwise\n";

static void exactly_one_line_applies_or_the_entry_is_refused(void **state)
{
    (void)state;
    begin(branching);
    REFUSED("several-alternatives",
            story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=high", NULL));
    REFUSED("no-alternative",
            story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    assert_int_equal(record_fact(story.program, story.record, 0), VALUE_UNKNOWN);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=medium", NULL));
    assert_string_equal(story_state(&story, "case"), "third");
    story_check_fold(&story);
    story_end(&story);
}

static void an_unknown_fact_refuses_and_is_named(void **state)
{
    (void)state;
    begin(branching);
    REFUSED("unknown-guard", act("12T10:00", "finish", "lead"));
    assert_int_equal(story.refusal.fact, 1);
    story_end(&story);
}

static void what_an_entry_must_bring_is_checked_in_order(void **state)
{
    (void)state;
    begin(branching);
    REFUSED("wrong-role", act("12T10:00", "rate", "boss"));
    REFUSED("missing-fact", act("12T10:00", "rate", "lead"));
    REFUSED("wrong-fact",
            story_do(&story, "2021-04-12T10:00", "finish", "lead", "risk=low", NULL));
    REFUSED("missing-reason", act("12T10:00", "remark", "lead"));
    assert_true(story_do(&story, "2021-04-12T10:00", "remark", "lead", "reason", NULL));
    REFUSED("unknown-event", act("12T11:00", "nonsense", "lead"));
    story_end(&story);
}

static const char tasks[] = "state work \"Work\"\n"
                            "  task ask \"Ask\" by lead\n"
                            "    checklist letter \"Letter\", call \"Call\"\n"
                            "  task check \"Check\" by lead, boss after ask\n"
                            "    not by who did ask\n"
                            "  task extra \"Extra\" by lead optional only when risk is high\n"
                            "  task sign \"Sign\" by boss before leaving\n"
                            "  on rate stay\n"
                            "  on finish go to second\n"
                            "  as soon as all tasks are done go to third\n";

static void ticks_are_kept_and_all_are_needed(void **state)
{
    (void)state;
    begin(tasks);
    REFUSED("missing-tick", act("12T10:00", "ask", "lead"));
    assert_true(
        story_kind(&story, ENTRY_TICK, "2021-04-12T10:00", "ask", "lead", "tick:call", NULL));
    REFUSED("wrong-tick",
            story_do(&story, "2021-04-12T10:00", "ask", "lead", "tick:stamp", NULL));
    assert_true(story_do(&story, "2021-04-12T10:01", "ask", "lead", "tick:letter", NULL));
    story_check_fold(&story);
    story_end(&story);
}

static void a_task_after_another_opens_when_that_is_done_and_is_separate(void **state)
{
    (void)state;
    begin(tasks);
    REFUSED("not-open", act("12T10:00", "check", "boss"));
    assert_true(story_do(&story, "2021-04-12T10:00", "ask", "lead=7", "tick:letter",
                         "tick:call", NULL));
    REFUSED("separation", story_do(&story, "2021-04-12T11:00", "check", "lead=7", NULL));
    assert_true(story_do(&story, "2021-04-12T11:00", "check", "lead=8", NULL));
    story_end(&story);
}

static void only_when_excludes_and_brings_back(void **state)
{
    (void)state;
    begin(tasks);
    assert_string_equal(story_status(&story, "extra"), "excluded");
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=high", NULL));
    assert_string_equal(story_status(&story, "extra"), "open");
    assert_true(story_do(&story, "2021-04-12T11:00", "rate", "lead", "risk=low", NULL));
    assert_string_equal(story_status(&story, "extra"), "excluded");
    story_check_fold(&story);
    story_end(&story);
}

static void work_before_leaving_holds_the_case_back(void **state)
{
    (void)state;
    begin(tasks);
    REFUSED("before-leaving", act("12T10:00", "finish", "lead"));
    assert_true(act("12T10:00", "sign", "boss"));
    assert_true(act("12T10:01", "finish", "lead"));
    story_end(&story);
}

static void as_soon_as_all_tasks_are_done_the_case_moves(void **state)
{
    (void)state;
    begin(tasks);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=high", NULL));
    assert_true(act("12T10:01", "sign", "boss"));
    assert_true(
        story_do(&story, "2021-04-12T10:02", "ask", "lead", "tick:letter", "tick:call", NULL));
    assert_true(act("12T10:03", "check", "boss"));
    assert_string_equal(story_state(&story, "case"), "work");
    REFUSED("missing-reason",
            story_kind(&story, ENTRY_NOT_NEEDED, "2021-04-12T10:04", "extra", "lead", NULL));
    assert_true(story_kind(&story, ENTRY_NOT_NEEDED, "2021-04-12T10:04", "extra", "lead",
                           "reason", NULL));
    assert_string_equal(story_state(&story, "case"), "third");
    story_check_fold(&story);
    story_end(&story);
}

static const char rules[] = "state work \"Work\"\n"
                            "  on rate stay\n"
                            "  on finish go to closed\n"
                            "never closed when risk is high\n";

static void a_standing_rule_refuses_the_step_that_would_break_it(void **state)
{
    (void)state;
    begin(rules);
    REFUSED("never", act("12T10:00", "finish", "lead")); /* unknown */
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=high", NULL));
    REFUSED("never", act("12T11:00", "finish", "lead"));
    assert_string_equal(story_state(&story, "case"), "work");
    assert_true(story_do(&story, "2021-04-12T12:00", "rate", "lead", "risk=low", NULL));
    assert_true(act("12T13:00", "finish", "lead"));
    assert_int_equal(story.record[SLOT_STATUS], CASE_CLOSED);
    story_check_fold(&story);
    story_end(&story);
}

static const char closing[] = "state work \"Work\"\n"
                              "  task visit \"Visit\" by lead\n"
                              "  on finish go to closed\n"
                              "track side \"Side\"\n"
                              "  starts on alarm\n"
                              "  task meet \"Meet\" by boss\n";

static void closing_ends_every_run_and_reopening_enters_anew(void **state)
{
    (void)state;
    begin(closing);
    assert_true(act("12T10:00", "alarm", "lead"));
    assert_string_equal(story_state(&story, "side"), "running");
    assert_true(act("12T11:00", "finish", "lead"));
    assert_string_equal(story_state(&story, "side"), "-");
    assert_string_equal(story_status(&story, "meet"), "unfinished");
    assert_string_equal(story_status(&story, "visit"), "unfinished");
    REFUSED("case-closed", act("12T12:00", "alarm", "lead"));
    REFUSED("missing-reason",
            story_kind(&story, ENTRY_REOPEN, "2021-04-13T09:00", "work", "boss", NULL));
    assert_true(
        story_kind(&story, ENTRY_REOPEN, "2021-04-13T09:00", "work", "boss", "reason", NULL));
    assert_string_equal(story_state(&story, "case"), "work");
    assert_string_equal(story_status(&story, "visit"), "open");
    story_check_fold(&story);
    story_end(&story);
}

static const char approving[] =
    "state work \"Work\"\n"
    "  on finish\n"
    "    go to closed and notify helper needs approval by boss when risk is low\n"
    "    go to second otherwise\n"
    "  on rate stay\n";

static void an_event_waits_for_approval_and_takes_effect_on_facts_as_they_are(void **state)
{
    (void)state;
    begin(approving);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    assert_true(act("12T10:01", "finish", "lead"));
    assert_string_equal(story_state(&story, "case"), "work");
    assert_int_equal(story_happened(&story, HAPPENED_WAITING, NULL), 1);
    REFUSED("awaiting-approval", act("12T10:02", "finish", "lead"));
    REFUSED("wrong-role", story_kind(&story, ENTRY_APPROVE, "2021-04-12T11:00", NULL, "helper",
                                     "entry:3", NULL));
    assert_true(
        story_kind(&story, ENTRY_APPROVE, "2021-04-12T11:00", NULL, "boss", "entry:3", NULL));
    assert_string_equal(story_state(&story, "case"), "-");
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "helper"), 1);
    story_check_fold(&story);
    story_end(&story);
}

static void a_declined_event_never_happens(void **state)
{
    (void)state;
    begin(approving);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    assert_true(act("12T10:01", "finish", "lead"));
    assert_true(
        story_kind(&story, ENTRY_DECLINE, "2021-04-12T11:00", NULL, "boss", "entry:3", NULL));
    assert_string_equal(story_state(&story, "case"), "work");
    assert_true(act("12T12:00", "finish", "lead"));
    story_check_fold(&story);
    story_end(&story);
}

static void nobody_approves_their_own_event(void **state)
{
    (void)state;
    begin(approving);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    assert_true(story_do(&story, "2021-04-12T10:01", "finish", "lead=5", NULL));
    REFUSED("separation", story_kind(&story, ENTRY_APPROVE, "2021-04-12T11:00", NULL, "boss=5",
                                     "entry:3", NULL));
    story_end(&story);
}

static uint32_t event_named(const char *name)
{
    uint32_t i = 0;
    while (strcmp(story.program->events[i].name, name) != 0)
        i++;
    return i;
}

static void what_history_does_not_hold_is_not_asked_of_it(void **state)
{
    (void)state;
    begin(approving);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    Entry entry = story.entries[story.count - 1];
    entry = (Entry){.number = 100,
                    .kind = ENTRY_EVENT,
                    .name = event_named("finish"),
                    .at = entry.at + 8,
                    .recorded = entry.at + 8,
                    .role = NO_INDEX,
                    .for_role = NO_INDEX};
    Refusal refusal;
    assert_false(vm_apply(&story.vm, story.record, &entry, &refusal));
    assert_int_equal(refusal.code, REFUSED_WRONG_ROLE);
    entry.role_unsaid = true;
    entry.approval_unsaid = true;
    assert_true(vm_apply(&story.vm, story.record, &entry, &refusal));
    assert_string_equal(story_state(&story, "case"), "-");
    story_end(&story);
}

static const char reasoned[] = "state work \"Work\"\n"
                               "  task look \"Look\" by lead\n"
                               "    within 3 working days of entering\n"
                               "    requires reason\n"
                               "    checklist one \"One\"\n"
                               "  on look go to second\n";

static void a_reason_that_history_does_not_hold_is_not_asked_of_it(void **state)
{
    (void)state;
    begin(reasoned);
    Entry entry = {.number = 100,
                   .kind = ENTRY_EVENT,
                   .name = event_named("look"),
                   .at = story.record[SLOT_CLOCK] + 8,
                   .recorded = story.record[SLOT_CLOCK] + 8,
                   .role = NO_INDEX,
                   .for_role = NO_INDEX,
                   .role_unsaid = true,
                   .ticks_unsaid = true};
    Refusal refusal;
    assert_false(vm_apply(&story.vm, story.record, &entry, &refusal));
    assert_int_equal(refusal.code, REFUSED_MISSING_REASON);
    entry.reason_unsaid = true;
    assert_true(vm_apply(&story.vm, story.record, &entry, &refusal));
    story_end(&story);
}

static const char holding[] = "state work \"Work\"\n"
                              "  hold alarm until second\n"
                              "  on calm go to second\n"
                              "  on rate stay\n"
                              "at any point\n"
                              "  on alarm stay and notify boss\n";

static void a_held_event_takes_effect_when_its_state_is_reached(void **state)
{
    (void)state;
    begin(holding);
    assert_true(act("12T10:00", "alarm", "helper"));
    assert_int_equal(story_happened(&story, HAPPENED_HELD, NULL), 1);
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 0);
    assert_true(act("13T10:00", "calm", "helper"));
    assert_int_equal(story_happened(&story, HAPPENED_RELEASED, NULL), 1);
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 1);
    story_check_fold(&story);
    story_end(&story);
}

static const char people[] = "role worker \"Worker\" is any of helper, lead\n"
                             "role deputy \"Deputy\"\n"
                             "  can act for boss when unavailable\n"
                             "role judge \"Judge\"\n"
                             "  cannot be lead on the same case\n"
                             "state work \"Work\"\n"
                             "  task allot \"Allot\" by boss assigns worker\n"
                             "  task visit \"Visit\" by worker after allot\n"
                             "  task rule \"Rule\" by judge\n"
                             "  on rate stay\n"
                             "  on finish go to closed\n";

static void assigned_work_belongs_to_that_person(void **state)
{
    (void)state;
    begin(people);
    REFUSED("missing-person", act("12T10:00", "allot", "boss"));
    assert_true(story_do(&story, "2021-04-12T10:00", "allot", "boss", "assign:worker=7", NULL));
    REFUSED("not-assigned", story_do(&story, "2021-04-12T11:00", "visit", "helper=8", NULL));
    assert_true(story_do(&story, "2021-04-12T11:00", "visit", "helper=7", NULL));
    story_check_fold(&story);
    story_end(&story);
}

static void a_deputy_acts_with_a_reason(void **state)
{
    (void)state;
    begin(people);
    REFUSED("not-deputy",
            story_do(&story, "2021-04-12T10:00", "allot", "deputy", "assign:worker=7", NULL));
    assert_true(story_do(&story, "2021-04-12T10:00", "allot", "deputy", "for:boss", "reason",
                         "assign:worker=7", NULL));
    story_end(&story);
}

static void roles_that_exclude_each_other_need_two_persons(void **state)
{
    (void)state;
    begin(people);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead=5", "risk=low", NULL));
    REFUSED("separation", story_do(&story, "2021-04-12T11:00", "rule", "judge=5", NULL));
    assert_true(story_do(&story, "2021-04-12T11:00", "rule", "judge=6", NULL));
    REFUSED("separation",
            story_do(&story, "2021-04-12T12:00", "rate", "lead=6", "risk=low", NULL));
    story_check_fold(&story);
    story_end(&story);
}

static const char apart[] = "role judge \"Judge\"\n"
                            "  cannot be lead on the same case\n"
                            "state work \"Work\"\n"
                            "  on rate stay\n"
                            "  on finish go to other needs approval by judge\n"
                            "state other \"Other\"\n"
                            "  on rate stay\n"
                            "  on finish go to closed\n";

static void who_approves_keeps_to_roles_that_exclude_each_other(void **state)
{
    (void)state;
    begin(apart);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead=5", "risk=low", NULL));
    assert_true(story_do(&story, "2021-04-12T11:00", "finish", "lead=7", NULL));
    REFUSED("separation", story_kind(&story, ENTRY_APPROVE, "2021-04-12T12:00", NULL, "judge=5",
                                     "entry:3", NULL));
    assert_true(story_kind(&story, ENTRY_APPROVE, "2021-04-12T12:00", NULL, "judge=6",
                           "entry:3", NULL));
    assert_string_equal(story_state(&story, "case"), "other");
    REFUSED("separation",
            story_do(&story, "2021-04-12T13:00", "rate", "lead=6", "risk=low", NULL));
    story_check_fold(&story);
    story_end(&story);
}

static const char duties[] = "state work \"Work\"\n"
                             "  deadline calm within 2 working days of entering\n"
                             "    if missed notify boss\n"
                             "  on rate stay\n"
                             "  on alarm go to second\n"
                             "must remark within 1 working day of rate when risk is high\n"
                             "  if missed notify boss\n";

static void a_deadline_is_met_by_its_event_whoever_does_it(void **state)
{
    (void)state;
    begin(duties);
    assert_string_equal(story_due(&story, "work.calm"), "2021-04-14");
    assert_true(act("13T10:00", "calm", "helper"));
    assert_string_equal(story_outcome(&story, "work.calm"), "met");
    story_end(&story);
}

static void a_duty_opens_when_its_condition_holds_and_crosses_states(void **state)
{
    (void)state;
    begin(duties);
    assert_true(story_do(&story, "2021-04-12T10:00", "rate", "lead", "risk=low", NULL));
    assert_string_equal(story_status(&story, "remark"), "closed");
    assert_true(story_do(&story, "2021-04-12T11:00", "rate", "lead", "risk=high", NULL));
    assert_string_equal(story_due(&story, "remark"), "2021-04-13");
    assert_true(act("12T12:00", "alarm", "lead"));
    assert_string_equal(story_status(&story, "remark"), "open");
    story_wait(&story, "2021-04-14T09:00");
    assert_string_equal(story_outcome(&story, "remark"), "missed");
    assert_true(story_do(&story, "2021-04-14T10:00", "remark", "lead", "reason", NULL));
    assert_string_equal(story_outcome(&story, "remark"), "met late");
    story_check_fold(&story);
    story_end(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exactly_one_line_applies_or_the_entry_is_refused),
        cmocka_unit_test(an_unknown_fact_refuses_and_is_named),
        cmocka_unit_test(what_an_entry_must_bring_is_checked_in_order),
        cmocka_unit_test(ticks_are_kept_and_all_are_needed),
        cmocka_unit_test(a_task_after_another_opens_when_that_is_done_and_is_separate),
        cmocka_unit_test(only_when_excludes_and_brings_back),
        cmocka_unit_test(work_before_leaving_holds_the_case_back),
        cmocka_unit_test(as_soon_as_all_tasks_are_done_the_case_moves),
        cmocka_unit_test(a_standing_rule_refuses_the_step_that_would_break_it),
        cmocka_unit_test(closing_ends_every_run_and_reopening_enters_anew),
        cmocka_unit_test(an_event_waits_for_approval_and_takes_effect_on_facts_as_they_are),
        cmocka_unit_test(a_declined_event_never_happens),
        cmocka_unit_test(nobody_approves_their_own_event),
        cmocka_unit_test(what_history_does_not_hold_is_not_asked_of_it),
        cmocka_unit_test(a_reason_that_history_does_not_hold_is_not_asked_of_it),
        cmocka_unit_test(a_held_event_takes_effect_when_its_state_is_reached),
        cmocka_unit_test(assigned_work_belongs_to_that_person),
        cmocka_unit_test(a_deputy_acts_with_a_reason),
        cmocka_unit_test(roles_that_exclude_each_other_need_two_persons),
        cmocka_unit_test(who_approves_keeps_to_roles_that_exclude_each_other),
        cmocka_unit_test(a_deadline_is_met_by_its_event_whoever_does_it),
        cmocka_unit_test(a_duty_opens_when_its_condition_holds_and_crosses_states),
    };
    return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
