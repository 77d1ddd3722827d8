#include "parts.h"

#include "analysis/domain.h"

#define VISITING                                                                               \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n  on visit go to closed\n"

/* The pieces of a fact, written as the language writes them. */
static void assert_pieces(const char *more, const char *fact, const char *expected)
{
    Parts parts;
    Text flow = {0}, got = {0};
    text_addf(&flow, VISITING "%s", more);
    parts_begin(&parts, text_get(&flow));
    uint32_t index = fact_named(parts.program, fact);
    const Domain *domain = &parts.analysis.domains[index];
    for (uint32_t i = 0; i < domain->count; i++) {
        text_add(&got, i ? ", " : "");
        domain_write(parts.bundle.flow.fact_at[index], &domain->pieces[i], &got);
    }
    assert_string_equal(text_get(&got), expected);
    text_clear(&got);
    text_clear(&flow);
    parts_end(&parts);
}

static void a_list_has_a_piece_for_each_value(void **state)
{
    (void)state;
    assert_pieces("", "risk", "low, medium, high");
    assert_pieces("", "urgent", "yes, no");
}

static void a_number_is_cut_where_the_flow_compares_it(void **state)
{
    (void)state;
    assert_pieces("", "age", "0");
    assert_pieces("always age is under 12\n", "age", "0, 12, 13");
    assert_pieces("always age is under 12 or age is 3\n", "age", "0, 3, 4, 12, 13");
}

static void a_constant_at_the_edge_leaves_no_empty_piece(void **state)
{
    (void)state;
    assert_pieces("always age is at least 0\n", "age", "0, 1");
    assert_pieces("always age is at most 17\n", "age", "0, 17");
}

static void a_constant_outside_the_range_cuts_nothing(void **state)
{
    (void)state;
    assert_pieces("always age is under 300\n", "age", "0");
}

static void a_date_is_cut_too(void **state)
{
    (void)state;
    assert_pieces("always born is under 2 March 2021\n", "born",
                  "1 March 2021, 2 March 2021, 3 March 2021");
}

static void a_value_that_a_line_records_is_a_piece(void **state)
{
    (void)state;
    assert_pieces("event noted \"Noted\" by worker\nat any point\n"
                  "  on noted stay and record age is 5\n",
                  "age", "0, 5, 6");
}

static void a_fact_compared_with_too_many_constants_is_given_up(void **state)
{
    (void)state;
    Parts parts;
    Text flow = {0};
    text_add(&flow, VISITING "fact score \"Score\" number\n");
    for (int i = 0; i < 40; i++)
        text_addf(&flow, "never closed when score is %d\n", i * 2);
    parts_begin(&parts, text_get(&flow));
    assert_true(parts.analysis.domains[fact_named(parts.program, "score")].too_wide);
    assert_false(parts.analysis.domains[fact_named(parts.program, "age")].too_wide);
    parts_end(&parts);
    text_clear(&flow);
}

/* The condition of the flow's only rule against each piece of `age`. */
static void assert_matching(const char *condition, PieceSet expected)
{
    Parts parts;
    Text flow = {0};
    text_addf(&flow, VISITING "always %s\n", condition);
    parts_begin(&parts, text_get(&flow));
    const Expr *expr = parts.bundle.flow.rules->condition;
    assert_int_equal(domain_matching(&parts.analysis.domains[expr->ref.index], expr), expected);
    parts_end(&parts);
    text_clear(&flow);
}

static void each_comparison_holds_for_its_pieces(void **state)
{
    (void)state;
    assert_matching("age is under 12", 1 << 1);
    assert_matching("age is at most 12", 1 << 1 | 1 << 2);
    assert_matching("age is 12", 1 << 2);
    assert_matching("age is not 12", 1 << 1 | 1 << 3);
    assert_matching("age is at least 12", 1 << 2 | 1 << 3);
    assert_matching("age is over 12", 1 << 3);
    assert_matching("risk is one of low, high", 1 << 1 | 1 << 3);
    assert_matching("risk is not one of low, high", 1 << 2);
    assert_matching("urgent is yes", 1 << 1);
    assert_matching("urgent is not yes", 1 << 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_has_a_piece_for_each_value),
        cmocka_unit_test(a_number_is_cut_where_the_flow_compares_it),
        cmocka_unit_test(a_constant_at_the_edge_leaves_no_empty_piece),
        cmocka_unit_test(a_constant_outside_the_range_cuts_nothing),
        cmocka_unit_test(a_date_is_cut_too),
        cmocka_unit_test(a_value_that_a_line_records_is_a_piece),
        cmocka_unit_test(a_fact_compared_with_too_many_constants_is_given_up),
        cmocka_unit_test(each_comparison_holds_for_its_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
