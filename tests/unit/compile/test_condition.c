#include "code_text.h"

#include "vm/vm.h"

static const char head[] = "workflow w \"W\" version \"1\"\n"
                           "role r \"R\"\n"
                           "fact risk \"Risk\" one of low, medium, high\n"
                           "fact ok \"Ok\" yes or no\n"
                           "fact age \"Age\" number\n"
                           "fact born \"Born\" date\n"
                           "event begun \"Begun\" by anyone opens a case\n"
                           "event seen \"Seen\" by r\n"
                           "state first \"First\" starts here\n"
                           "  on begun stay\n"
                           "  on seen go to last\n"
                           "state last \"Last\" ends here\n"
                           "track side \"Side\"\n"
                           "  starts on seen\n"
                           "state there \"There\" in side starts here\n"
                           "  task work \"Work\" by r\n"
                           "  on work go to gone\n"
                           "state gone \"Gone\" in side ends here\n";

/* The program of `head`, `more` and `always CONDITION`; its only rule has it. */
static Program *with(const char *more, const char *condition)
{
    Text text = {0};
    text_addf(&text, "%s%salways %s\n", head, more, condition);
    Program *program = compile_text(text_get(&text));
    text_clear(&text);
    return program;
}

static void assert_condition(const char *more, const char *condition, const char *expected)
{
    Program *program = with(more, condition);
    assert_code(program, program->rules[0].condition, expected);
    program_free(program);
}

static void a_comparison_pushes_fact_and_value(void **state)
{
    (void)state;
    assert_condition("", "risk is high", "PUSH_FACT risk, PUSH_CONST 2, IS");
    assert_condition("", "risk is not low", "PUSH_FACT risk, PUSH_CONST 0, IS_NOT");
    assert_condition("", "ok is yes", "PUSH_FACT ok, PUSH_CONST 1, IS");
    assert_condition("", "ok is no", "PUSH_FACT ok, PUSH_CONST 0, IS");
    assert_condition("", "age is under 12", "PUSH_FACT age, PUSH_CONST 12, UNDER");
    assert_condition("", "age is over 12", "PUSH_FACT age, PUSH_CONST 12, OVER");
    assert_condition("", "age is at least 12", "PUSH_FACT age, PUSH_CONST 12, AT_LEAST");
    assert_condition("", "age is at most 12", "PUSH_FACT age, PUSH_CONST 12, AT_MOST");
    assert_condition("", "born is under 2 January 1970", "PUSH_FACT born, PUSH_CONST 1, UNDER");
}

static void one_of_a_list_is_one_look_at_a_mask(void **state)
{
    (void)state;
    assert_condition("", "risk is one of low, high", "PUSH_FACT risk, ONE_OF 5");
    assert_condition("", "risk is not one of low, high", "PUSH_FACT risk, ONE_OF 5, NOT");
}

static void one_of_numbers_asks_for_one_after_the_other(void **state)
{
    (void)state;
    assert_condition("", "age is one of 3, 5, 8",
                     "PUSH_FACT age, PUSH_CONST 3, IS, SKIP_IF_YES 13, "
                     "PUSH_FACT age, PUSH_CONST 5, IS, OR, SKIP_IF_YES 13, "
                     "PUSH_FACT age, PUSH_CONST 8, IS, OR");
}

static void and_and_or_stop_as_soon_as_they_are_decided(void **state)
{
    (void)state;
    assert_condition("", "risk is known and ok is known",
                     "KNOWN risk, SKIP_IF_NO 4, KNOWN ok, AND");
    assert_condition("", "risk is known or ok is known or age is known",
                     "KNOWN risk, SKIP_IF_YES 7, KNOWN ok, OR, SKIP_IF_YES 7, KNOWN age, OR");
    assert_condition(
        "", "risk is known and (ok is known or age is not known)",
        "KNOWN risk, SKIP_IF_NO 8, KNOWN ok, SKIP_IF_YES 7, KNOWN age, NOT, OR, AND");
}

static void terms_are_written_out(void **state)
{
    (void)state;
    const char *terms = "term bad \"Bad\" when risk is high\n"
                        "term worse \"Worse\" when bad or ok is no\n";
    assert_condition(terms, "not bad", "PUSH_FACT risk, PUSH_CONST 2, IS, NOT");
    assert_condition(terms, "not worse",
                     "PUSH_FACT risk, PUSH_CONST 2, IS, SKIP_IF_YES 8, "
                     "PUSH_FACT ok, PUSH_CONST 0, IS, OR, NOT");
}

static void tracks_can_be_looked_at(void **state)
{
    (void)state;
    assert_condition("", "track side is running", "RUNNING side");
    assert_condition("", "track side is not running", "RUNNING side, NOT");
    assert_condition("", "track side has ended", "ENDED side");
    assert_condition("", "track side is at gone", "AT_STATE gone");
    assert_condition("", "case is not at first", "AT_STATE first, NOT");
}

static void windows_are_looked_up(void **state)
{
    (void)state;
    assert_condition("", "seen 3 times within 30 calendar days", "WINDOW 0");
    Program *program = with("", "seen 3 times within 30 calendar days");
    assert_int_equal(program->window_count, 1);
    assert_int_equal(program->windows[0].event, event_named(program, "seen"));
    assert_int_equal(program->windows[0].count, 3);
    assert_int_equal(program->windows[0].within.amount, 30);
    assert_int_equal(program->windows[0].within.unit, UNIT_CALENDAR_DAYS);
    program_free(program);
}

/* ---- against truth tables ------------------------------------------------------ */

static Truth three_valued(const char *op, Truth a, Truth b)
{
    Truth decides = strcmp(op, "and") == 0 ? NO : YES;
    if (a == decides || b == decides)
        return decides;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : (decides == NO ? YES : NO);
}

/* `ok is yes` and `risk is low`, with each value or none recorded. */
static void skips_change_no_truth_value(void **state)
{
    (void)state;
    static const char *const ops[] = {"and", "or"};
    static const int64_t values[] = {VALUE_UNKNOWN, 0, 1};
    for (size_t op = 0; op < 2; op++) {
        char condition[80];
        snprintf(condition, sizeof condition, "ok is yes %s risk is medium", ops[op]);
        Program *program = with("", condition);
        int64_t *record = mem_alloc_array(program->slot_count, sizeof *record);
        vm_reset(program, record);
        for (size_t a = 0; a < 3; a++)
            for (size_t b = 0; b < 3; b++) {
                record[program->slot_facts + fact_named(program, "ok")] = values[a];
                record[program->slot_facts + fact_named(program, "risk")] = values[b];
                Truth left = a == 0 ? UNKNOWN : (Truth)values[a];
                Truth right = b == 0 ? UNKNOWN : (Truth)values[b];
                assert_int_equal(vm_judge(program, record, program->rules[0].condition),
                                 three_valued(ops[op], left, right));
            }
        free(record);
        program_free(program);
    }
}

/* ---- limits ---------------------------------------------------------------------- */

/* Each term is the one before, wrapped: `depth` of them. */
static void add_chain(Text *text, uint32_t depth, const char *pattern)
{
    text_add(text, "term t0 \"T\" when ok is yes\n");
    for (uint32_t i = 1; i <= depth; i++) {
        text_addf(text, "term t%u \"T\" when ", i);
        for (const char *at = pattern; *at; at++)
            if (*at == '*')
                text_addf(text, "t%u", i - 1);
            else
                text_add_char(text, *at);
        text_add(text, "\n");
    }
    text_addf(text, "always t%u\n", depth);
}

static Text chain(uint32_t depth, const char *pattern)
{
    Text text = {0};
    text_add(&text, head);
    add_chain(&text, depth, pattern);
    return text;
}

/* What names allows must fit the machine's stack: the right sides wait there. */
static void conditions_as_deep_as_they_may_be_fit_the_stack(void **state)
{
    (void)state;
    Text text = chain(30, "ok is known and (*)");
    program_free(compile_text(text_get(&text)));
    text_clear(&text);
}

/* Each term is twice the one before, and many rules write out the last. */
static void a_flow_that_becomes_too_large_is_refused(void **state)
{
    (void)state;
    Text text = chain(11, "* and *");
    program_free(compile_text(text_get(&text)));
    for (int i = 0; i < 500; i++)
        text_add(&text, "always t11\n");
    assert_true(text_gives(text_get(&text), "CF010"));
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_comparison_pushes_fact_and_value),
        cmocka_unit_test(one_of_a_list_is_one_look_at_a_mask),
        cmocka_unit_test(one_of_numbers_asks_for_one_after_the_other),
        cmocka_unit_test(and_and_or_stop_as_soon_as_they_are_decided),
        cmocka_unit_test(terms_are_written_out),
        cmocka_unit_test(tracks_can_be_looked_at),
        cmocka_unit_test(windows_are_looked_up),
        cmocka_unit_test(skips_change_no_truth_value),
        cmocka_unit_test(conditions_as_deep_as_they_may_be_fit_the_stack),
        cmocka_unit_test(a_flow_that_becomes_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
