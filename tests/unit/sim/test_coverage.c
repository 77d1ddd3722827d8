#include "sim/tale.h"

#include <string.h>

#include "base/text.h"
#include "sim/suggest.h"

static CoverageItems after(Tale *tale, const char *scenarios, int count)
{
    tale_begin(tale, tale_flow, scenarios);
    for (int i = 0; i < count; i++)
        tale_run(tale, i);
    return coverage_items(&tale->coverage);
}

/* The item of that kind and side whose place in the text begins so. */
static bool is_covered(const Tale *tale, const CoverageItems *items, CoverageKind kind,
                       CoverageSide side, const char *at)
{
    for (uint32_t i = 0; i < items->count; i++) {
        const CoverageItem *item = &items->items[i];
        const char *text = tale->bundle.sources[item->span.file].text + item->span.offset;
        if (item->kind == kind && item->side == side && strncmp(text, at, strlen(at)) == 0)
            return item->covered;
    }
    fail_msg("no such item: %s", at);
    return false;
}

static void nothing_is_covered_before_anything_ran(void **state)
{
    (void)state;
    Tale tale;
    CoverageItems items = after(&tale, "", 0);
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        assert_int_equal(items.covered_of[kind], 0);
        assert_int_equal(coverage_percent(&items, (CoverageKind)kind),
                         items.count_of[kind] ? 0 : 100);
    }
    assert_int_equal(items.count_of[COVER_STATES], 5);
    assert_int_equal(items.count_of[COVER_TRANSITIONS], 5);
    assert_int_equal(items.count_of[COVER_GUARDS], 2);
    assert_int_equal(items.count_of[COVER_LIMITS], 4);
    assert_int_equal(items.count_of[COVER_ROLES], 2);
    assert_int_equal(items.count_of[COVER_CLAUSES], 3);
    tale_end(&tale);
}

static void a_guard_counts_each_way_and_a_limit_met_and_missed(void **state)
{
    (void)state;
    Tale tale;
    CoverageItems items =
        after(&tale,
              "scenario \"A\"\n  given a case at start on 1 March 2021\n"
              "  when sort with big is yes on 2 March 2021\n  then case is at work\n"
              "scenario \"B\"\n  given a case at start on 1 March 2021\n"
              "  when nothing happens until 8 March 2021\n  then case is at start\n",
              2);
    assert_true(is_covered(&tale, &items, COVER_GUARDS, SIDE_YES, "big is yes"));
    assert_false(is_covered(&tale, &items, COVER_GUARDS, SIDE_NO, "big is yes"));
    assert_true(is_covered(&tale, &items, COVER_LIMITS, SIDE_MET, "task sort"));
    assert_true(is_covered(&tale, &items, COVER_LIMITS, SIDE_MISSED, "task sort"));
    assert_true(is_covered(&tale, &items, COVER_TRANSITIONS, SIDE_NONE, "go to work"));
    assert_false(
        is_covered(&tale, &items, COVER_TRANSITIONS, SIDE_NONE, "go to over otherwise"));
    tale_end(&tale);
}

static void what_is_refused_took_no_line(void **state)
{
    (void)state;
    Tale tale;
    CoverageItems items =
        after(&tale,
              "scenario \"A\"\n  given a case at start on 1 March 2021\n"
              "  when noise on 1 March 2021\n  and sort with big is no on 2 March 2021\n"
              "  then sort is refused as never\n",
              1);
    assert_int_equal(tale.result.failure_count, 0);
    assert_true(is_covered(&tale, &items, COVER_GUARDS, SIDE_NO, "big is yes"));
    assert_false(
        is_covered(&tale, &items, COVER_TRANSITIONS, SIDE_NONE, "go to over otherwise"));
    assert_false(is_covered(&tale, &items, COVER_STATES, SIDE_NONE, "state over"));
    tale_end(&tale);
}

static void a_clause_is_covered_by_what_cites_it(void **state)
{
    (void)state;
    Tale tale;
    CoverageItems items = after(&tale,
                                "scenario \"A\"\n  given a case at start on 1 March 2021\n"
                                "  when sort with big is no on 2 March 2021\n"
                                "  then case is at over\n",
                                1);
    uint32_t first = items.count - 3;
    assert_true(items.items[first].covered);      /* its task was done */
    assert_false(items.items[first + 1].covered); /* its line was not taken */
    assert_true(items.items[first + 1].cited);
    assert_false(items.items[first + 2].cited);
    tale_end(&tale);
}

/* All that is suggested, put into the flow, holds and covers what it was for. */
static void what_is_suggested_holds_and_covers(void **state)
{
    (void)state;
    Tale tale, other;
    Text text = {0};
    CoverageItems items = after(&tale, "", 0);
    const char *const *found = suggest_scenarios(&tale.coverage, &items, 5000);
    int count = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        bool said = !found[i];
        for (uint32_t k = 0; k < i && !said; k++)
            said = found[k] && strcmp(found[k], found[i]) == 0;
        if (said)
            continue;
        text_add(&text, found[i]);
        count++;
    }
    tale_begin(&other, tale_flow, text_get(&text));
    for (int i = 0; i < count; i++)
        assert_true(tale_run(&other, i));
    items = coverage_items(&other.coverage);
    for (int kind = COVER_STATES; kind <= COVER_LIMITS; kind++)
        assert_int_equal(coverage_percent(&items, (CoverageKind)kind), 100);
    tale_end(&other);
    tale_end(&tale);
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_covered_before_anything_ran),
        cmocka_unit_test(a_guard_counts_each_way_and_a_limit_met_and_missed),
        cmocka_unit_test(what_is_refused_took_no_line),
        cmocka_unit_test(a_clause_is_covered_by_what_cites_it),
        cmocka_unit_test(what_is_suggested_holds_and_covers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
