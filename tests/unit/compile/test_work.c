#include "code_text.h"

static Program *program;

static int set_up(void **state)
{
    (void)state;
    program = compile_text(
        "workflow w \"W\" version \"1\" in force from 1 April 2021\n"
        "  uses calendar plain\n"
        "  if missed notify chief\n"
        "calendar plain \"Plain\"\n"
        "  working Monday to Friday\n"
        "  covers 2020 to 2030\n"
        "role r \"R\"\n"
        "role chief \"Chief\"\n"
        "fact ok \"Ok\" yes or no\n"
        "fact day \"Day\" date\n"
        "period span \"Span\" is 3 working days\n"
        "  from 1 March 2022 is 2 working days\n"
        "event begun \"Begun\" by anyone\n"
        "  opens a case\n"
        "event seen \"Seen\" by r\n"
        "state first \"First\" starts here\n"
        "  task plain-one \"Plain\" by r\n"
        "  task limited \"Limited\" by r within span of entering\n"
        "  task own-words \"Own\" by r within span of seen\n"
        "    if missed flag \"Late\"\n"
        "  task targeted \"Target\" by r target 1 working day limit 2 weeks of entering\n"
        "  task both \"Both\" by r target 1 week of seen\n"
        "    limit 2 weeks of the later of seen, day\n"
        "  task next \"Next\" by r after plain-one\n"
        "  task apart \"Apart\" by r after elsewhere\n"
        "  task asks \"Asks\" by r records ok, day when ok is yes\n"
        "    requires reason requires reason when ok is no\n"
        "    checklist a-tick \"A\", b-tick \"B\" optional assigns r\n"
        "    not by who did next only when ok is known\n"
        "  on begun stay\n"
        "  on next go to second\n"
        "state second \"Second\"\n"
        "  task elsewhere \"Elsewhere\" by r\n"
        "  review steady \"Steady\" by r every 3 months from day\n"
        "    first within 10 calendar days of entering\n"
        "  review varied \"Varied\" by r\n"
        "    at most 4 weeks after the last one when ok is no\n"
        "    at most 6 weeks after the last one otherwise\n"
        "    until ok is yes\n"
        "  review beside \"Beside\" by r in step with varied\n"
        "  on elsewhere go to last\n"
        "state last \"Last\" ends here\n"
        "must seen within 2 weeks of begun when ok is yes\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    program_free(program);
    return 0;
}

static const WorkInfo *work(const char *name)
{
    return &program->works[work_named(program, name)];
}

static const LimitInfo *limit_of(const char *name)
{
    assert_int_not_equal(work(name)->limit, NO_INDEX);
    return &program->limits[work(name)->limit];
}

static void a_period_gives_one_duration_for_each_date(void **state)
{
    (void)state;
    const LimitInfo *limit = limit_of("limited");
    const DatedDuration *durations = program->durations + limit->limit.first;
    assert_int_equal(limit->limit.count, 2);
    assert_int_equal(durations[0].from, DAY_NONE);
    assert_int_equal(durations[0].duration.amount, 3);
    assert_int_equal(durations[1].from, day_from_civil((Civil){2022, 3, 1}));
    assert_int_equal(durations[1].duration.amount, 2);
}

static void a_period_is_written_once(void **state)
{
    (void)state;
    assert_int_equal(limit_of("limited")->limit.first, limit_of("own-words")->limit.first);
}

static void anchors_name_events_and_dates(void **state)
{
    (void)state;
    const AnchorInfo *later = &limit_of("both")->anchor;
    const AnchorItem *items = program->anchor_items + later->items.first;
    assert_int_equal(limit_of("limited")->anchor.type, FROM_ENTERING);
    assert_int_equal(limit_of("own-words")->anchor.type, FROM_EVENT);
    assert_int_equal(later->type, FROM_LATER_OF);
    assert_int_equal(later->items.count, 2);
    assert_false(items[0].is_fact);
    assert_int_equal(items[0].index, event_named(program, "seen"));
    assert_true(items[1].is_fact);
    assert_int_equal(items[1].index, fact_named(program, "day"));
}

static void a_target_has_its_own_anchor_or_the_one_of_its_limit(void **state)
{
    (void)state;
    assert_int_equal(limit_of("both")->target_anchor.type, FROM_EVENT);
    assert_int_equal(limit_of("targeted")->target_anchor.type, FROM_ENTERING);
    assert_true(limit_of("targeted")->has_target && limit_of("targeted")->has_limit);
}

static void the_default_of_if_missed_is_for_limits_that_say_nothing(void **state)
{
    (void)state;
    assert_code(program, work("limited")->if_missed, "NOTIFY chief");
    assert_code(program, work("own-words")->if_missed, "FLAG Late");
    assert_code(program, work("steady")->if_missed, "NOTIFY chief");
    assert_code(program, work("beside")->if_missed, "NOTIFY chief");
    assert_code(program, work("seen")->if_missed, "NOTIFY chief");
    assert_int_equal(work("plain-one")->if_missed, 0);
}

static void after_is_work_of_the_same_place_or_an_event(void **state)
{
    (void)state;
    assert_int_equal(work("next")->after_work, work_named(program, "plain-one"));
    assert_int_equal(work("next")->after_event, NO_INDEX);
    assert_int_equal(work("apart")->after_work, NO_INDEX);
    assert_int_equal(work("apart")->after_event, event_named(program, "elsewhere"));
}

static void what_work_asks_for_stands_with_it(void **state)
{
    (void)state;
    const WorkInfo *asks = work("asks");
    const RecordsInfo *records = program->records + asks->records.first;
    assert_int_equal(asks->records.count, 2);
    assert_int_equal(records[0].fact, fact_named(program, "ok"));
    assert_code(program, records[1].when, "PUSH_FACT ok, PUSH_CONST 1, IS");
    assert_int_equal(asks->reasons.count, 2);
    assert_int_equal(program->codes[asks->reasons.first], 0);
    assert_code(program, program->codes[asks->reasons.first + 1],
                "PUSH_FACT ok, PUSH_CONST 0, IS");
    assert_int_equal(asks->item_count, 2);
    assert_string_equal(program->texts[asks->items.first + 1], "b-tick");
    assert_true(asks->optional);
    assert_int_equal(program->indices[asks->assigns.first], role_named(program, "r"));
    assert_int_equal(program->indices[asks->not_by.first], event_named(program, "next"));
    assert_code(program, asks->only_when, "KNOWN ok");
}

static void reviews_have_intervals(void **state)
{
    (void)state;
    const IntervalInfo *grid = program->intervals + work("steady")->intervals.first;
    const IntervalInfo *varied = program->intervals + work("varied")->intervals.first;
    assert_true(grid->grid && grid->otherwise);
    assert_int_equal(grid->from.type, FROM_FACT);
    assert_int_equal(limit_of("steady")->anchor.type, FROM_ENTERING);
    assert_int_equal(work("varied")->intervals.count, 2);
    assert_false(varied[0].grid || varied[0].otherwise);
    assert_code(program, varied[0].when, "PUSH_FACT ok, PUSH_CONST 0, IS");
    assert_true(varied[1].otherwise && varied[1].when == 0);
    assert_code(program, work("varied")->until, "PUSH_FACT ok, PUSH_CONST 1, IS");
}

static void reviews_in_step_know_each_other(void **state)
{
    (void)state;
    assert_int_equal(work("beside")->in_step, work_named(program, "varied"));
    assert_int_equal(work("varied")->steps.count, 1);
    assert_int_equal(program->indices[work("varied")->steps.first],
                     work_named(program, "beside"));
}

static void in_step_with_one_of_several_is_refused(void **state)
{
    (void)state;
    assert_true(text_gives("workflow w \"W\" version \"1\"\n"
                           "role r \"R\"\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "state first \"First\" starts here\n"
                           "  review one \"One\" by r at most 6 weeks after the last one\n"
                           "  on begun go to second\n"
                           "state second \"Second\"\n"
                           "  review one \"One\" by r at most 4 weeks after the last one\n"
                           "  on one go to last\n"
                           "state last \"Last\" ends here\n"
                           "track list \"List\"\n"
                           "  starts on begun\n"
                           "  review two \"Two\" by r in step with one\n",
                           "CF101"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_gives_one_duration_for_each_date),
        cmocka_unit_test(a_period_is_written_once),
        cmocka_unit_test(anchors_name_events_and_dates),
        cmocka_unit_test(a_target_has_its_own_anchor_or_the_one_of_its_limit),
        cmocka_unit_test(the_default_of_if_missed_is_for_limits_that_say_nothing),
        cmocka_unit_test(after_is_work_of_the_same_place_or_an_event),
        cmocka_unit_test(what_work_asks_for_stands_with_it),
        cmocka_unit_test(reviews_have_intervals),
        cmocka_unit_test(reviews_in_step_know_each_other),
        cmocka_unit_test(in_step_with_one_of_several_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
