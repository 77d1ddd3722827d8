#include "lang/graph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct Seen {
    uint32_t circles, length, start;
} Seen;

static void note(void *context, const Circle *circle)
{
    Seen *seen = context;
    seen->circles++;
    seen->length = circle->count;
    seen->start = circle->start;
    assert_int_equal(circle->edges[circle->count - 1]->to, circle->start);
}

static Seen circles_of(uint32_t count, const uint32_t (*edges)[2], size_t edge_count,
                       uint32_t *order)
{
    Graph graph = graph_new(count);
    for (size_t i = 0; i < edge_count; i++)
        graph_add(&graph, edges[i][0], edges[i][1], (Span){0}, NULL);
    Seen seen = {0};
    graph_circles(&graph, note, &seen, order);
    graph_clear(&graph);
    return seen;
}

static void a_diamond_is_no_circle(void **state)
{
    (void)state;
    const uint32_t edges[][2] = {{0, 1}, {0, 2}, {1, 3}, {2, 3}};
    uint32_t order[4];
    assert_int_equal(circles_of(4, edges, 4, order).circles, 0);
    assert_int_equal(order[0], 3); /* what others point at comes first */
    assert_int_equal(order[3], 0);
}

static void a_circle_is_found_with_its_own_nodes_only(void **state)
{
    (void)state;
    const uint32_t edges[][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 1}};
    Seen seen = circles_of(4, edges, 4, NULL);
    assert_int_equal(seen.circles, 1);
    assert_int_equal(seen.length, 3);
    assert_int_equal(seen.start, 1);
}

static void a_thing_that_points_at_itself_is_a_circle(void **state)
{
    (void)state;
    const uint32_t edges[][2] = {{1, 1}};
    assert_int_equal(circles_of(2, edges, 1, NULL).length, 1);
}

static void two_circles_that_do_not_touch_are_both_found(void **state)
{
    (void)state;
    const uint32_t edges[][2] = {{0, 1}, {1, 0}, {2, 3}, {3, 2}};
    assert_int_equal(circles_of(4, edges, 4, NULL).circles, 2);
}

static void a_chain_of_a_million_needs_no_deep_stack(void **state)
{
    (void)state;
    enum { LONG = 1000000 };
    Graph graph = graph_new(LONG);
    for (uint32_t i = 0; i < LONG; i++)
        graph_add(&graph, i, (i + 1) % LONG, (Span){0}, NULL);
    Seen seen = {0};
    graph_circles(&graph, note, &seen, NULL);
    assert_int_equal(seen.circles, 1);
    assert_int_equal(seen.length, LONG);
    graph_clear(&graph);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_diamond_is_no_circle),
        cmocka_unit_test(a_circle_is_found_with_its_own_nodes_only),
        cmocka_unit_test(a_thing_that_points_at_itself_is_a_circle),
        cmocka_unit_test(two_circles_that_do_not_touch_are_both_found),
        cmocka_unit_test(a_chain_of_a_million_needs_no_deep_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
