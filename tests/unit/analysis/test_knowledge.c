#include "parts.h"

/* "not known, low" for a fact at a state or track; "-" where no case gets to. */
static void assert_known(const char *flow, const char *place, const char *fact,
                         const char *expected)
{
    Parts parts;
    parts_begin(&parts, flow);
    const Flow *ast = &parts.bundle.flow;
    uint32_t node = UINT32_MAX, index = fact_named(parts.program, fact);
    for (uint32_t i = 0; i < parts.program->state_count; i++)
        if (strcmp(parts.program->states[i].name, place) == 0)
            node = node_of_state((int32_t)i);
    if (node == UINT32_MAX)
        node = node_of_track(ast, (int32_t)track_named(parts.program, place));
    const PieceSet *at = parts.analysis.known->at[node];
    Text got = {0};
    text_add(&got, !at ? "-" : at[index] & PIECE_UNKNOWN ? "not known" : "");
    const Domain *domain = &parts.analysis.domains[index];
    for (uint32_t i = 0; at && i < domain->count; i++)
        if (at[index] >> (i + 1) & 1) {
            text_add(&got, got.length ? ", " : "");
            domain_write(ast->fact_at[index], &domain->pieces[i], &got);
        }
    assert_string_equal(text_get(&got), expected);
    text_clear(&got);
    parts_end(&parts);
}

#define VISIT(asks, lines)                                                                     \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n" asks "  on "             \
    "visit\n" lines
#define NEXT "state next \"Next\"\n  task look \"Look\" by worker\n  on look go to closed\n"

static void nothing_is_known_before_it_was_recorded(void **state)
{
    (void)state;
    assert_known(VISIT("    records risk\n", "    go to closed\n"), "visiting", "risk",
                 "not known");
    assert_known(VISIT("    records risk\n", "    go to closed\n"), "closed", "risk",
                 "low, medium, high");
}

static void a_line_lets_through_what_its_condition_allows(void **state)
{
    (void)state;
    const char *flow =
        VISIT("    records risk\n",
              "    go to next when risk is low\n    go to closed otherwise\n") NEXT;
    assert_known(flow, "next", "risk", "low");
    assert_known(flow, "closed", "risk", "low, medium, high"); /* low by way of next */
}

static void otherwise_is_what_no_other_line_takes(void **state)
{
    (void)state;
    const char *flow =
        VISIT("    records risk\n",
              "    go to closed when risk is low\n    go to next otherwise\n") NEXT;
    assert_known(flow, "next", "risk", "medium, high");
}

static void a_fact_asked_for_sometimes_is_known_where_it_was(void **state)
{
    (void)state;
    const char *flow =
        VISIT("    records risk\n    records urgent when risk is high\n",
              "    go to next when risk is high\n    go to closed otherwise\n") NEXT;
    assert_known(flow, "next", "urgent", "yes, no");
    assert_known(flow, "closed", "urgent", "not known, yes, no");
}

static void what_is_recorded_beside_the_line_may_be_known(void **state)
{
    (void)state;
    const char *flow =
        VISIT("", "    go to closed\n") "event worry \"Worry\" by worker\n"
                                        "track side \"Side\"\n  starts on worry\n"
                                        "  task ask \"Ask\" by worker\n    records risk\n  "
                                        "ignore worry\n";
    assert_known(flow, "visiting", "risk", "not known, low, medium, high");
    assert_known(flow, "first", "risk", "-"); /* the opening event leaves it at once */
}

static void an_event_that_only_another_state_handles_changes_nothing_here(void **state)
{
    (void)state;
    const char *flow =
        VISIT("", "    go to next\n") "event told \"Told\" by worker\n  records risk\n"
                                      "state next \"Next\"\n  on told go to closed\n";
    assert_known(flow, "visiting", "risk", "not known");
    assert_known(flow, "closed", "risk", "low, medium, high");
}

static void a_line_records_its_own_value(void **state)
{
    (void)state;
    const char *flow = VISIT("", "    go to next and record risk is high\n") NEXT;
    assert_known(flow, "next", "risk", "high");
}

static void a_missed_limit_leads_on_with_what_was_known(void **state)
{
    (void)state;
    const char *flow = VISIT("    within 3 working days of entering\n    records risk\n"
                             "    if missed go to next\n",
                             "    go to closed\n") NEXT;
    assert_known(flow, "next", "risk", "not known");
}

static void a_track_knows_what_was_known_when_it_started(void **state)
{
    (void)state;
    const char *flow =
        VISIT("    records risk\n",
              "    go to closed\n") "track side \"Side\"\n  starts on visit when risk is high\n"
                                    "  task ask \"Ask\" by worker\n";
    assert_known(flow, "side", "risk", "low, medium, high"); /* and of later visits */
}

static void a_state_that_nothing_leads_to_is_not_reached(void **state)
{
    (void)state;
    const char *flow =
        VISIT("    records risk\n", "    go to next when risk is low and risk is high\n"
                                    "    go to closed otherwise\n") NEXT;
    assert_known(flow, "next", "risk", "-");
}

static void the_way_to_a_state_is_told(void **state)
{
    (void)state;
    Parts parts;
    parts_begin(&parts,
                VISIT("    within 3 working days of entering\n    if missed go to next\n",
                      "    go to closed\n") NEXT);
    Text way = {0};
    knowledge_write_way(parts.analysis.known, state_named(parts.program, "next"), &way);
    assert_string_equal(text_get(&way),
                        "first (begun) -> visiting (begun) -> next (visit is missed)");
    text_clear(&way);
    parts_end(&parts);
}

static void an_event_that_never_happens_closes_ways(void **state)
{
    (void)state;
    Parts parts;
    parts_begin(&parts, VISIT("", "    go to next\n") NEXT);
    int32_t visit = (int32_t)event_named(parts.program, "visit");
    Knowledge *without = knowledge_without(&parts.analysis, visit);
    assert_non_null(without->at[state_named(parts.program, "visiting")]);
    assert_null(without->at[state_named(parts.program, "next")]);
    knowledge_clear(without);
    parts_end(&parts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_known_before_it_was_recorded),
        cmocka_unit_test(a_line_lets_through_what_its_condition_allows),
        cmocka_unit_test(otherwise_is_what_no_other_line_takes),
        cmocka_unit_test(a_fact_asked_for_sometimes_is_known_where_it_was),
        cmocka_unit_test(what_is_recorded_beside_the_line_may_be_known),
        cmocka_unit_test(an_event_that_only_another_state_handles_changes_nothing_here),
        cmocka_unit_test(a_line_records_its_own_value),
        cmocka_unit_test(a_missed_limit_leads_on_with_what_was_known),
        cmocka_unit_test(a_track_knows_what_was_known_when_it_started),
        cmocka_unit_test(a_state_that_nothing_leads_to_is_not_reached),
        cmocka_unit_test(the_way_to_a_state_is_told),
        cmocka_unit_test(an_event_that_never_happens_closes_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
