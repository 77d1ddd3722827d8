#include "parts.h"

#include "analysis/situation.h"

#define FLOW                                                                                   \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n  on visit go to closed\n" \
    "event worry \"Worry\" by anyone\n"                                                        \
    "track side \"Side\"\n  starts on worry\n"                                                 \
    "state there \"There\" in side starts here\n"                                              \
    "  task work \"Work\" by worker\n  on work go to gone\n"                                   \
    "state gone \"Gone\" in side ends here\n"

typedef struct Seen {
    const Expr *expr;
    uint32_t yes, no, unknown;
} Seen;

static bool see(void *context, const Situation *situation)
{
    Seen *seen = context;
    Verdict verdict = situation_judge(situation, seen->expr);
    assert_int_not_equal(verdict, IS_OPEN);
    seen->yes += verdict == IS_YES;
    seen->no += verdict == IS_NO;
    seen->unknown += verdict == IS_UNKNOWN;
    return true;
}

/* In how many ways a condition can hold, fail and be unknown. */
static void assert_ways(const char *condition, uint32_t yes, uint32_t no, uint32_t unknown)
{
    Parts parts;
    Text flow = {0};
    text_addf(&flow, FLOW "term bad \"Bad\" when risk is high\nalways %s\n", condition);
    parts_begin(&parts, text_get(&flow));
    Seen seen = {.expr = parts.bundle.flow.rules->condition};
    const Supposing supposing = {.here = -1, .track = -1};
    assert_true(
        situations_each(&parts.analysis.situation, &seen.expr, 1, &supposing, see, &seen));
    assert_int_equal(seen.yes, yes);
    assert_int_equal(seen.no, no);
    assert_int_equal(seen.unknown, unknown);
    parts_end(&parts);
    text_clear(&flow);
}

static void unknown_is_a_value(void **state)
{
    (void)state;
    assert_ways("risk is high", 1, 2, 1);
    assert_ways("bad", 1, 2, 1);
    assert_ways("not bad", 2, 1, 1);
    assert_ways("risk is known", 3, 1, 0);
    assert_ways("risk is not known", 1, 3, 0);
}

static void no_decides_and_whatever_the_rest_is(void **state)
{
    (void)state;
    /* Low and medium decide alone; high and unknown look at urgent too. */
    assert_ways("risk is high and urgent is yes", 1, 2 + 1 + 1, 1 + 2);
}

static void yes_decides_or_whatever_the_rest_is(void **state)
{
    (void)state;
    assert_ways("risk is high or urgent is yes", 1 + 3, 2, 2 + 2);
}

static void a_track_never_ran_or_stands_or_ended(void **state)
{
    (void)state;
    assert_ways("track side is running", 1, 3, 0);
    assert_ways("track side has ended", 2, 2, 0);
    assert_ways("track side is at there", 1, 3, 0);
    assert_ways("track side is not at gone", 3, 1, 0);
}

static void a_window_is_true_or_not(void **state)
{
    (void)state;
    assert_ways("worry 3 times within 30 calendar days", 1, 1, 0);
}

static void a_situation_is_written_as_what_was_asked(void **state)
{
    (void)state;
    Parts parts;
    parts_begin(&parts,
                FLOW "always risk is high and urgent is yes and track side is running\n");
    Situation *situation = &parts.analysis.situation;
    const Expr *expr = parts.bundle.flow.rules->condition;
    Seen seen = {.expr = expr};
    const Supposing supposing = {.here = -1, .track = -1};
    situations_each(situation, &expr, 1, &supposing, see, &seen);
    situation->fact[fact_named(parts.program, "risk")] = 3;
    situation->fact[fact_named(parts.program, "urgent")] = 0;
    situation->track[1] = STANDING_NEVER;
    Text words = {0};
    situation_write(situation, &words);
    assert_string_equal(text_get(&words), "risk high, urgent not known, side never started");
    text_clear(&words);
    parts_end(&parts);
}

static void where_there_are_too_many_to_try_it_says_so(void **state)
{
    (void)state;
    Parts parts;
    Text flow = {0};
    text_add(&flow, FLOW);
    for (int i = 0; i < 16; i++)
        text_addf(&flow, "fact f%d \"F%d\" one of a, b, c\n", i, i);
    text_add(&flow, "always f0 is a");
    for (int i = 1; i < 16; i++)
        text_addf(&flow, " and f%d is a", i);
    text_add(&flow, "\nalways (f0 is not known and f1 is not known)");
    for (int i = 2; i < 16; i += 2)
        text_addf(&flow, " or (f%d is a and f%d is b)", i, i + 1);
    text_add(&flow, "\n");
    parts_begin(&parts, text_get(&flow));
    const Expr *exprs[] = {parts.bundle.flow.rules->condition,
                           parts.bundle.flow.rules->next->condition};
    Seen seen = {.expr = exprs[1]};
    const Supposing supposing = {.here = -1, .track = -1};
    assert_false(situations_each(&parts.analysis.situation, exprs, 2, &supposing, see, &seen));
    parts_end(&parts);
    text_clear(&flow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_is_a_value),
        cmocka_unit_test(no_decides_and_whatever_the_rest_is),
        cmocka_unit_test(yes_decides_or_whatever_the_rest_is),
        cmocka_unit_test(a_track_never_ran_or_stands_or_ended),
        cmocka_unit_test(a_window_is_true_or_not),
        cmocka_unit_test(a_situation_is_written_as_what_was_asked),
        cmocka_unit_test(where_there_are_too_many_to_try_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
