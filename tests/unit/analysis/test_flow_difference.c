/* What two flows say differently: that nothing is overlooked, that order and layout are
 * no difference, and how counterparts are found. */
#include "compile_text.h"
#include "rich_flow.h"

#include "analysis/flow_difference.h"

typedef struct Two {
    Bundle old_flow, new_flow;
    FlowDifference difference;
} Two;

static bool load(Bundle *bundle, const char *text)
{
    Error err = {0};
    Program *program = try_compile_text(bundle, text, &err);
    program_free(program);
    return program != NULL;
}

static void two_begin(Two *two, const char *old_text, const char *new_text)
{
    *two = (Two){0};
    if (!load(&two->old_flow, old_text) || !load(&two->new_flow, new_text)) {
        print_findings(&two->old_flow);
        print_findings(&two->new_flow);
        fail_msg("does not compile");
    }
    flow_difference(&two->difference, &two->old_flow, &two->new_flow);
}

static void two_end(Two *two)
{
    flow_difference_clear(&two->difference);
    bundle_clear(&two->old_flow);
    bundle_clear(&two->new_flow);
}

/* `text` with the first `from` in it replaced; the caller frees. */
static char *with(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    assert_non_null(at);
    Text out = {0};
    text_add_bytes(&out, text, (size_t)(at - text));
    text_add(&out, to);
    text_add(&out, at + strlen(from));
    return text_take(&out);
}

/* The rich flow against itself with one thing replaced. */
static void changed(Two *two, const char *from, const char *to)
{
    char *text = with(rich_flow, from, to);
    two_begin(two, rich_flow, text);
    free(text);
}

static const FlowChange *only_change(const Two *two)
{
    assert_int_equal(two->difference.change_count, 1);
    return &two->difference.changes[0];
}

/* ---- what is no difference --------------------------------------------------------- */

static void a_flow_says_the_same_as_itself(void **state)
{
    (void)state;
    Two two;
    two_begin(&two, rich_flow, rich_flow);
    assert_int_equal(two.difference.change_count, 0);
    assert_int_equal(two.difference.block_count, 0);
    two_end(&two);
}

/* Blocks begin at the margin in the rich flow. */
static void add_blocks_backwards(const char *text, Text *out)
{
    const char *end = text + strlen(text);
    while (end > text) {
        const char *begin = end - 1;
        while (begin > text && !(begin[-1] == '\n' && *begin != ' '))
            begin--;
        text_addf(out, "# a remark\n\n%.*s\n", (int)(end - begin), begin);
        end = begin;
    }
}

static void the_order_of_blocks_comments_and_layout_are_no_difference(void **state)
{
    (void)state;
    Two two;
    Text backwards = {0};
    add_blocks_backwards(rich_flow, &backwards);
    two_begin(&two, rich_flow, text_get(&backwards));
    assert_int_equal(two.difference.change_count, 0);
    two_end(&two);
    text_clear(&backwards);
}

static void the_order_of_lists_is_no_difference(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"by worker, lead\n", "by lead, worker\n"},
        {"is one of medium, high", "is one of high, medium"},
        {"risk is low and age is at least 12", "age is at least 12 and risk is low"},
        {"the later of raised, decided", "the later of decided, raised"},
        {"checklist rang \"Rang\", wrote \"Wrote\"",
         "checklist wrote \"Wrote\", rang \"Rang\""},
        {"ignore missing, hushed", "ignore hushed\n  ignore missing"},
        {"go to closed and notify lead needs", "notify lead and go to closed needs"},
        {"at any point in meeting, watching", "at any point in watching, meeting"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        Two two;
        changed(&two, same[i][0], same[i][1]);
        if (two.difference.change_count)
            fail_msg("a difference where there is none: %s", same[i][1]);
        two_end(&two);
    }
}

/* ---- nothing is overlooked --------------------------------------------------------- */

/* A mutation that compiles and does not have the same normalised words must differ. */
static void expect_difference(const Bundle *whole, const char *text, unsigned *tried)
{
    Two two = {0};
    Text before = {0}, after = {0};
    if (load(&two.new_flow, text)) {
        bundle_normalise(whole, &before);
        bundle_normalise(&two.new_flow, &after);
        flow_difference(&two.difference, whole, &two.new_flow);
        bool same = strcmp(text_get(&before), text_get(&after)) == 0;
        *tried += !same;
        if (!same && two.difference.change_count == 0) {
            size_t at = 0;
            while (text[at] == rich_flow[at])
                at++;
            fail_msg("overlooked near: %.60s", text + at);
        }
    }
    text_clear(&before);
    text_clear(&after);
    two_end(&two);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

static void each_word_that_can_be_left_out_makes_a_difference(void **state)
{
    (void)state;
    Bundle whole;
    unsigned tried = 0;
    assert_true(load(&whole, rich_flow));
    for (const char *at = rich_flow; *at; at++) {
        if (is_blank(*at) || (at > rich_flow && !is_blank(at[-1])))
            continue;
        Text text = {0};
        text_add_bytes(&text, rich_flow, (size_t)(at - rich_flow));
        text_add(&text, at + strcspn(at, " \n"));
        expect_difference(&whole, text_get(&text), &tried);
        text_clear(&text);
    }
    assert_true(tried > 50); /* the others leave no flow that compiles */
    bundle_clear(&whole);
}

static void each_number_that_can_be_another_makes_a_difference(void **state)
{
    (void)state;
    Bundle whole;
    unsigned tried = 0;
    assert_true(load(&whole, rich_flow));
    for (const char *at = rich_flow; *at; at++) {
        if (*at < '0' || *at > '8' || (at[1] >= '0' && at[1] <= '9'))
            continue;
        char *text = mem_strdup(rich_flow);
        text[at - rich_flow]++;
        expect_difference(&whole, text, &tried);
        free(text);
    }
    assert_true(tried > 20);
    bundle_clear(&whole);
}

static void each_name_that_can_be_another_makes_a_difference(void **state)
{
    (void)state;
    static const char *const others[][2] = {
        {"worker", "lead"},     {"lead", "deputy"},   {"watching", "closed"},
        {"decided", "asked"},   {"keep", "restart"},  {"risk is high", "risk is low"},
        {"grave", "not grave"}, {"within", "target"}, {"closed", "first-look"},
    };
    Bundle whole;
    unsigned tried = 0;
    assert_true(load(&whole, rich_flow));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        for (const char *at = rich_flow; (at = strstr(at, others[i][0])); at++) {
            Text text = {0};
            text_add_bytes(&text, rich_flow, (size_t)(at - rich_flow));
            text_add(&text, others[i][1]);
            text_add(&text, at + strlen(others[i][0]));
            expect_difference(&whole, text_get(&text), &tried);
            text_clear(&text);
        }
    assert_true(tried > 20);
    bundle_clear(&whole);
}

/* ---- what is said ------------------------------------------------------------------ */

static void a_changed_limit_is_one_change_of_that_work(void **state)
{
    (void)state;
    Two two;
    changed(&two, "within 5 working days of opening", "within 4 working days of opening");
    const FlowChange *change = only_change(&two);
    assert_int_equal(change->kind, CHANGE_MADE);
    assert_int_equal(change->aspect, ASPECT_LIMIT);
    assert_string_equal(change->new_thing->name, "look");
    assert_string_equal(two.difference.blocks[change->block].new_thing->name, "first-look");
    assert_int_equal(source_place(&two.old_flow.sources[0], change->old_span.offset).line, 35);
    two_end(&two);
}

static void a_line_that_leads_elsewhere_is_one_change(void **state)
{
    (void)state;
    Two two;
    changed(&two, "go to meeting when grave", "go to watching when grave");
    const FlowChange *change = only_change(&two);
    assert_int_equal(change->kind, CHANGE_MADE);
    assert_int_equal(change->aspect, ASPECT_LINE);
    assert_string_equal(change->new_clause->name, "decided");
    two_end(&two);
}

static void an_event_added_to_a_handler_is_a_line_added(void **state)
{
    (void)state;
    Two two;
    changed(&two, "  on raised stay\n", "  on raised, missing stay\n");
    const FlowChange *change = only_change(&two);
    assert_int_equal(change->kind, CHANGE_ADDED);
    assert_string_equal(change->new_clause->name, "missing");
    assert_null(change->old_clause);
    two_end(&two);
}

static void a_rule_said_anew_is_changed_and_its_neighbour_is_not(void **state)
{
    (void)state;
    Two two;
    char *more = with(rich_flow, "always age", "never closed when risk is high\nalways age");
    char *other = with(more, "risk is high\nalways", "risk is medium\nalways");
    two_begin(&two, more, other);
    const FlowChange *change = only_change(&two);
    assert_int_equal(change->kind, CHANGE_MADE);
    assert_int_equal(change->new_thing->kind, THING_RULE);
    two_end(&two);
    free(more);
    free(other);
}

static void a_thing_under_another_name_is_perhaps_renamed(void **state)
{
    (void)state;
    Two two;
    char *other = with(rich_flow, "event hushed", "event silenced");
    char *text = with(other, "missing, hushed", "missing, silenced");
    two_begin(&two, rich_flow, text);
    const FlowDifference *d = &two.difference;
    assert_int_equal(d->change_count, 4); /* the event twice, what is ignored twice */
    assert_int_equal(d->changes[0].kind, CHANGE_ADDED);
    assert_int_equal(d->changes[0].renamed, 2);
    assert_int_equal(d->changes[1].kind, CHANGE_REMOVED);
    assert_int_equal(d->changes[1].renamed, 1);
    two_end(&two);
    free(other);
    free(text);
}

static void a_thing_under_another_name_and_with_another_meaning_is_not(void **state)
{
    (void)state;
    Two two;
    char *other = with(rich_flow, "event hushed \"Hushed\" by worker",
                       "event silenced \"Hushed\" by lead");
    char *text = with(other, "missing, hushed", "missing, silenced");
    two_begin(&two, rich_flow, text);
    for (uint32_t i = 0; i < two.difference.change_count; i++)
        assert_int_equal(two.difference.changes[i].renamed, 0);
    two_end(&two);
    free(other);
    free(text);
}

static void the_works_of_a_state_that_is_gone_are_not_listed_beside_it(void **state)
{
    (void)state;
    Two two;
    char *more = with(rich_flow, "  on convened go to held\n",
                      "  on convened go to further\nstate further \"Further\" in urgent\n"
                      "  task further-look \"Look again\" by lead\n"
                      "  on further-look go to held\n");
    two_begin(&two, more, rich_flow);
    const FlowDifference *d = &two.difference;
    assert_int_equal(d->change_count, 2);
    assert_int_equal(d->block_count, 2);
    assert_int_equal(d->changes[1].kind, CHANGE_REMOVED);
    assert_int_equal(d->changes[1].old_thing->kind, THING_STATE);
    two_end(&two);
    free(more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_says_the_same_as_itself),
        cmocka_unit_test(the_order_of_blocks_comments_and_layout_are_no_difference),
        cmocka_unit_test(the_order_of_lists_is_no_difference),
        cmocka_unit_test(each_word_that_can_be_left_out_makes_a_difference),
        cmocka_unit_test(each_number_that_can_be_another_makes_a_difference),
        cmocka_unit_test(each_name_that_can_be_another_makes_a_difference),
        cmocka_unit_test(a_changed_limit_is_one_change_of_that_work),
        cmocka_unit_test(a_line_that_leads_elsewhere_is_one_change),
        cmocka_unit_test(an_event_added_to_a_handler_is_a_line_added),
        cmocka_unit_test(a_rule_said_anew_is_changed_and_its_neighbour_is_not),
        cmocka_unit_test(a_thing_under_another_name_is_perhaps_renamed),
        cmocka_unit_test(a_thing_under_another_name_and_with_another_meaning_is_not),
        cmocka_unit_test(the_works_of_a_state_that_is_gone_are_not_listed_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
