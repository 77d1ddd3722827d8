#include "lang/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "flow_text.h"

static void assert_codes(const char *text, const char *codes)
{
    Bundle bundle;
    resolve_text(&bundle, text);
    assert_string_equal(codes_of(&bundle), codes);
    bundle_clear(&bundle);
}

static void assert_help(const char *text, const char *help)
{
    Bundle bundle;
    resolve_text(&bundle, text);
    assert_int_equal(bundle.diags.count, 1);
    assert_non_null(bundle.diags.items[0]->help);
    assert_string_equal(bundle.diags.items[0]->help, help);
    bundle_clear(&bundle);
}

/* ---- numbering ---------------------------------------------------------- */

static void everything_is_numbered_in_the_order_of_the_text(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle,
                 FRAME "track side \"Side\"\n  starts on begun\n"
                       "  task look by worker\n"
                       "state more \"More\"\n  task look by manager\n  task write by worker\n");
    assert_string_equal(codes_of(&bundle), "");
    const Flow *flow = &bundle.flow;
    assert_int_equal(flow->state_count, 3);
    assert_string_equal(flow->state_at[2]->name, "more");
    assert_int_equal(flow->track_count, 2);
    assert_null(flow->track_at[0]);
    assert_string_equal(flow->track_at[1]->name, "side");
    assert_int_equal(flow->event_count, 3); /* begun, look, write */
    assert_string_equal(flow->event_at[0]->name, "begun");
    assert_false(flow->event_at[0]->is_work);
    assert_int_equal(flow->work_count, 3);
    bundle_clear(&bundle);
}

static void tasks_of_one_name_in_several_places_share_one_event(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle,
                 FRAME "track side \"Side\"\n  starts on begun\n  task look by worker\n"
                       "state more \"More\"\n  review look by manager\n"
                       "    at most 6 weeks after the last one\n");
    const Flow *flow = &bundle.flow;
    assert_string_equal(codes_of(&bundle), "");
    assert_int_equal(flow->work_count, 2);
    assert_int_equal(flow->work_at[0]->event, flow->work_at[1]->event);
    const EventAst *event = flow->event_at[flow->work_at[0]->event];
    assert_true(event->is_work);
    assert_ptr_equal(event->work, flow->work_at[0]);
    assert_int_equal(flow->work_at[0]->state, 2); /* the states' work comes first */
    assert_int_equal(flow->work_at[0]->track, 0);
    assert_int_equal(flow->work_at[1]->state, -1);
    assert_int_equal(flow->work_at[1]->track, 1);
    bundle_clear(&bundle);
}

/* ---- names that are not there --------------------------------------------- */

static void a_slip_is_answered_with_the_nearest_name_and_its_line(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "state more \"More\"\n  on begun go to frist\n");
    assert_string_equal(codes_of(&bundle), "CF101");
    const Diag *diag = bundle.diags.items[0];
    assert_string_equal(diag->text, "There is no state called \"frist\"");
    assert_string_equal(diag->help, "Did you mean \"first\" (line 9)?");
    assert_string_equal(diag->replace, "first");
    bundle_clear(&bundle);
}

static void a_name_of_another_kind_is_named_as_such(void **state)
{
    (void)state;
    assert_help(FRAME "state more \"More\"\n  task look by begun\n",
                "\"begun\" is the name of an event (line 8), not of a role.");
    assert_help(FRAME "state more \"More\"\n  task look by worker\n"
                      "  task tell by worker after begun\n",
                "\"begun\" is an event (line 8); work is needed here.");
    assert_help(FRAME "fact seen \"Seen\" yes or no\nalways seen\n",
                "\"seen\" is a fact (line 12): say what it has to be, for example \"seen is "
                "known\".");
}

static void a_name_that_is_far_from_all_is_told_how_to_declare_it(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "state more \"More\"\n  on begun go to elsewhere\n");
    assert_string_equal(codes_of(&bundle), "CF101");
    assert_string_equal(bundle.diags.items[0]->help,
                        "If it is missing, give it a line of its own: state elsewhere \"...\"");
    assert_null(bundle.diags.items[0]->replace);
    bundle_clear(&bundle);
}

static void a_part_of_a_name_is_answered_with_the_names_that_have_it(void **state)
{
    (void)state;
    const char *const missing = "If it is missing, give it a line of its own: role lead "
                                "\"...\"";
    Text help = {0};
    text_addf(&help, "Did you mean \"team-lead\" or \"duty-lead\"?\n%s", missing);
    assert_help(FRAME "role team-lead \"T\"\nrole duty-lead \"D\"\n"
                      "state more \"More\"\n  task look by lead\n",
                text_get(&help));
    text_clear(&help);
    assert_help(FRAME "role first-lead \"T\"\nrole second-lead \"D\"\nrole third-lead \"E\"\n"
                      "role fourth-lead \"E\"\nrole fifth-lead \"E\"\n"
                      "state more \"More\"\n  task look by lead\n",
                missing);
}

static void a_missing_name_used_often_is_one_finding(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "state more \"More\"\n  task a by nurse\n  task b by nurse\n"
                                "  task c by nurse\n");
    assert_string_equal(codes_of(&bundle), "CF101");
    assert_non_null(bundle.diags.items[0]->related);
    bundle_clear(&bundle);
}

static void nothing_is_said_about_names_when_a_clause_could_not_be_read(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "state more\n  on begun go go to nowhere\n");
    for (size_t i = 0; i < bundle.diags.count; i++)
        assert_memory_equal(bundle.diags.items[i]->code, "CF0", 3);
    assert_true(bundle.diags.count > 0);
    bundle_clear(&bundle);
}

/* ---- names that are there twice --------------------------------------------- */

static void doubles_show_both_places(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "role worker \"Again\"\n");
    assert_string_equal(codes_of(&bundle), "CF102");
    const Diag *diag = bundle.diags.items[0];
    assert_int_equal(source_place(&bundle.sources[0], diag->span.offset).line, 12);
    assert_int_equal(source_place(&bundle.sources[0], diag->related->span.offset).line, 6);
    bundle_clear(&bundle);
}

static void a_name_may_be_shared_between_kinds_that_never_stand_in_one_place(void **state)
{
    (void)state;
    assert_codes(FRAME "track worker \"Same name\"\n  starts on begun\n  task look by worker\n",
                 "");
}

/* ---- what is filled in -------------------------------------------------------- */

static void an_anchor_that_names_a_fact_becomes_one(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "fact meeting \"Meeting\" date\nstate more \"More\"\n"
                                "  task look by worker within 3 working days of meeting\n");
    assert_string_equal(codes_of(&bundle), "");
    const Anchor *anchor = &bundle.flow.work_at[0]->limit.anchor;
    assert_int_equal(anchor->kind, ANCHOR_FACT);
    assert_int_equal(anchor->refs.first->kind, REF_FACT);
    assert_int_equal(anchor->refs.first->index, 0);
    bundle_clear(&bundle);
}

static void windows_are_listed_with_event_count_and_length(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle, FRAME "event absent \"Absent\" by anyone\ntrack missing \"Missing\"\n"
                                "  starts when absent 3 times within 30 calendar days\n"
                                "  task look by worker\n");
    assert_string_equal(codes_of(&bundle), "");
    const Flow *flow = &bundle.flow;
    assert_int_equal(flow->window_count, 1);
    assert_int_equal(flow->window_at[0].event, 1);
    assert_int_equal(flow->window_at[0].count, 3);
    assert_int_equal(flow->window_at[0].within.amount, 30);
    assert_int_equal(flow->track_at[1]->starts->condition->window_index, 0);
    bundle_clear(&bundle);
}

static void the_values_of_a_period_are_put_in_order(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle,
                 FRAME "period p \"P\" is 5 working days from 1 March 2024 is 3 working "
                       "days from 1 March 2022 is 4 working days\n");
    assert_string_equal(codes_of(&bundle), "");
    const PeriodValue *value = bundle.flow.periods->values;
    assert_int_equal(value->duration.amount, 5);
    assert_int_equal(value->next->duration.amount, 4);
    assert_int_equal(value->next->next->duration.amount, 3);
    assert_null(value->next->next->next);
    bundle_clear(&bundle);
}

/* ---- circles ------------------------------------------------------------------- */

static void a_circle_of_terms_is_told_step_by_step(void **state)
{
    (void)state;
    assert_help(FRAME "term a \"A\" when b\nterm b \"B\" when a\nalways not a\n",
                "\"a\" depends on \"b\" (line 12), which depends on \"a\" (line 13).\n"
                "A term has to stand on facts in the end.");
}

#define TWO_FACTS "fact x \"X\" one of a, b, c\nfact n \"N\" number\n"
#define GOING_ROUND(there, back)                                                               \
    FRAME TWO_FACTS "state one \"One\"\n  as soon as " there " go to two\nstate two \"Two\"\n" \
                    "  as soon as " back " go to one\n"

static void moves_that_could_go_round_by_themselves_are_an_error(void **state)
{
    (void)state;
    assert_codes(GOING_ROUND("x is a", "x is a"), "CF312");
    assert_codes(GOING_ROUND("x is one of a, b", "x is one of b, c"), "CF312");
    assert_codes(GOING_ROUND("n is under 5", "n is at least 4"), "CF312");
    assert_codes(GOING_ROUND("(x is a or n is 1)", "x is not a"), "CF312");
    assert_codes(GOING_ROUND("all tasks are done", "x is known"), "CF312");
}

static void moves_whose_conditions_exclude_each_other_are_not(void **state)
{
    (void)state;
    assert_codes(GOING_ROUND("x is a", "x is not a"), "");
    assert_codes(GOING_ROUND("x is a", "x is one of b, c"), "");
    assert_codes(GOING_ROUND("n is under 5", "n is at least 5"), "");
    assert_codes(GOING_ROUND("x is known", "x is not known"), "");
    assert_codes(GOING_ROUND("(x is a or x is b)", "x is c"), "");
    assert_codes(GOING_ROUND("not (x is a and n is 1)", "(x is a and n is 1)"), "");
}

static void moves_that_wait_for_work_or_change_facts_do_not_go_round_by_themselves(void **state)
{
    (void)state;
#define ROUND_WITH(work, effects)                                                              \
    FRAME TWO_FACTS "state one \"One\"\n" work "  as soon as all tasks are done " effects      \
                    "go to two\nstate two \"Two\"\n  as soon as n is 1 go to one\n"
    assert_codes(ROUND_WITH("", ""), "CF312");
    assert_codes(ROUND_WITH("  task look by worker\n", ""), "");
    assert_codes(ROUND_WITH("  review look by worker every 6 weeks from entering\n", ""),
                 "CF312");
    assert_codes(
        ROUND_WITH("  review look by worker every 6 weeks from entering before leaving\n", ""),
        "");
    assert_codes(ROUND_WITH("", "record n is 2 and "), "");
    assert_codes(ROUND_WITH("", "notify worker and "), "CF312");
#undef ROUND_WITH
}

/* ---- limits of size --------------------------------------------------------------- */

static void add_states(Text *text, unsigned count)
{
    text_add(text, FRAME);
    for (unsigned i = 2; i < count; i++)
        text_addf(text, "state s%u \"S\"\n", i);
}

static void assert_states(unsigned count, const char *codes)
{
    Text text = {0};
    add_states(&text, count);
    assert_codes(text_get(&text), codes);
    text_clear(&text);
}

static void a_flow_may_have_ten_thousand_states(void **state)
{
    (void)state;
    assert_states(LIMIT_STATES - 1, "");
    assert_states(LIMIT_STATES, "");
    assert_states(LIMIT_STATES + 1, "CF010");
}

static void assert_repeated(const char *before, const char *pattern, unsigned count,
                            const char *after, const char *codes)
{
    Text text = {0};
    text_addf(&text, FRAME "%s", before);
    for (unsigned i = 0; i < count; i++)
        text_addf(&text, "%s%c%u", i ? ", " : "", pattern[0], i);
    text_add(&text, after);
    assert_codes(text_get(&text), codes);
    text_clear(&text);
}

static void a_fact_may_have_62_values_and_a_checklist_62_items(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra <= 2; extra++) {
        const char *codes = extra == 2 ? "CF010" : "";
        assert_repeated("fact f \"F\" one of ", "v", LIMIT_VALUES - 1 + extra, "\n", codes);
        assert_repeated("state more \"More\"\n  task look by worker checklist ", "i",
                        LIMIT_CHECKLIST - 1 + extra, "\n", codes);
    }
}

static void assert_many(const char *pattern, unsigned count, const char *codes)
{
    Text text = {0};
    text_add(&text, FRAME);
    for (unsigned i = 0; i < count; i++)
        text_addf(&text, "%s%u%s", pattern, i,
                  pattern[0] == 'f' ? " \"F\" text\n" : " \"R\"\n");
    assert_codes(text_get(&text), codes);
    text_clear(&text);
}

static void a_flow_may_have_a_thousand_facts_and_roles(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra <= 2; extra++) {
        const char *codes = extra == 2 ? "CF010" : "";
        assert_many("fact f", LIMIT_FACTS - 1 + extra, codes);
        assert_many("role r", LIMIT_ROLES - 3 + extra, codes); /* two are there */
    }
}

/* t0 when seen is yes, t1 when t0, t2 when t1 … */
static void assert_tower(unsigned height, const char *format, const char *codes)
{
    Text text = {0};
    text_add(&text, FRAME "fact seen \"Seen\" yes or no\nterm t0 \"T\" when seen is yes\n");
    for (unsigned i = 1; i <= height; i++) {
        text_addf(&text, "term t%u \"T\" when ", i);
        for (const char *at = format; *at; at++)
            if (*at == '%')
                text_addf(&text, "t%u", i - 1);
            else
                text_add_char(&text, *at);
        text_add_char(&text, '\n');
    }
    assert_codes(text_get(&text), codes);
    text_clear(&text);
}

static void terms_may_stand_64_high_but_not_grow_without_bound(void **state)
{
    (void)state;
    assert_tower(LIMIT_NESTING, "%", "");
    assert_tower(LIMIT_NESTING + 1, "%", "CF010");
    assert_tower(5000, "%", "CF010"); /* said once, whatever stands above */
    assert_tower(10, "% and %", "");
    assert_tower(30, "% and %", "CF010"); /* a thousand million conditions, written out */
}

/* Each event of `at any point in` counts once for each state it covers. */
static void assert_lines(unsigned lines, const char *codes)
{
    Text text = {0};
    text_add(&text, FRAME "state more \"More\"\n");
    for (unsigned i = 0; i < lines - 1; i++) /* the frame has one */
        text_addf(&text, i % 1000 ? "    notify worker when seen is yes\n" : "  on e%u\n%s",
                  i / 1000, i % 1000 ? "" : "    notify worker when seen is yes\n");
    text_add(&text, "fact seen \"Seen\" yes or no\n");
    for (unsigned i = 0; i <= lines / 1000; i++)
        text_addf(&text, "event e%u \"E\" by worker\n", i);
    assert_codes(text_get(&text), codes);
    text_clear(&text);
}

static void a_flow_may_have_a_hundred_thousand_lines_that_say_what_happens(void **state)
{
    (void)state;
    assert_lines(LIMIT_TRANSITIONS - 1, "");
    assert_lines(LIMIT_TRANSITIONS, "");
    assert_lines(LIMIT_TRANSITIONS + 1, "CF010");
}

static void a_hundred_thousand_lines_resolve_in_linear_time(void **state)
{
    (void)state;
    Text text = {0};
    add_states(&text, 9000);
    for (unsigned i = 0; i < 30000; i++)
        text_addf(&text, "event e%u \"E\" by worker, manager\n", i);
    text_add(&text, "at any point in first\n");
    for (unsigned i = 0; i < 30000; i++)
        text_addf(&text, "  on e%u go to s%u because \"x\"\n", i, 2 + i % 8000);
    for (unsigned i = 0; i < 30000; i++) /* unknown names are the worst case */
        text_addf(&text, "  on f%u go to t%u because \"x\"\n", i, i);
    Bundle bundle;
    resolve_text(&bundle, text_get(&text));
    assert_int_equal(bundle.diags.count, 60000);
    bundle_clear(&bundle);
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_numbered_in_the_order_of_the_text),
        cmocka_unit_test(tasks_of_one_name_in_several_places_share_one_event),
        cmocka_unit_test(a_slip_is_answered_with_the_nearest_name_and_its_line),
        cmocka_unit_test(a_name_of_another_kind_is_named_as_such),
        cmocka_unit_test(a_name_that_is_far_from_all_is_told_how_to_declare_it),
        cmocka_unit_test(a_part_of_a_name_is_answered_with_the_names_that_have_it),
        cmocka_unit_test(a_missing_name_used_often_is_one_finding),
        cmocka_unit_test(nothing_is_said_about_names_when_a_clause_could_not_be_read),
        cmocka_unit_test(doubles_show_both_places),
        cmocka_unit_test(a_name_may_be_shared_between_kinds_that_never_stand_in_one_place),
        cmocka_unit_test(an_anchor_that_names_a_fact_becomes_one),
        cmocka_unit_test(windows_are_listed_with_event_count_and_length),
        cmocka_unit_test(the_values_of_a_period_are_put_in_order),
        cmocka_unit_test(a_circle_of_terms_is_told_step_by_step),
        cmocka_unit_test(moves_that_could_go_round_by_themselves_are_an_error),
        cmocka_unit_test(moves_whose_conditions_exclude_each_other_are_not),
        cmocka_unit_test(
            moves_that_wait_for_work_or_change_facts_do_not_go_round_by_themselves),
        cmocka_unit_test(a_flow_may_have_ten_thousand_states),
        cmocka_unit_test(a_fact_may_have_62_values_and_a_checklist_62_items),
        cmocka_unit_test(a_flow_may_have_a_thousand_facts_and_roles),
        cmocka_unit_test(terms_may_stand_64_high_but_not_grow_without_bound),
        cmocka_unit_test(a_flow_may_have_a_hundred_thousand_lines_that_say_what_happens),
        cmocka_unit_test(a_hundred_thousand_lines_resolve_in_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
