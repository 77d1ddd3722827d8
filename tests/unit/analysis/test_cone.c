#include "parts.h"

#include "analysis/cone.h"

#define FLOW                                                                                   \
    "event seen \"Seen\" by worker\n  records age\n"                                           \
    "event told \"Told\" by worker\n  records born\n"                                          \
    "event note \"Note\" by worker\n"                                                          \
    "state visiting \"Visiting\"\n  task visit \"Visit\" by worker\n    records risk\n"        \
    "  on visit\n    go to closed when risk is low and age is over 3\n    stay otherwise\n"    \
    "track beside \"Beside\"\n  starts on told\n"                                              \
    "  task look \"Look\" by worker\n    records urgent\n"                                     \
    "track apart \"Apart\"\n  starts on note\n  task think \"Think\" by worker\n"

typedef struct Growing {
    Parts parts;
    Cone cone;
} Growing;

static void begin(Growing *growing)
{
    parts_begin(&growing->parts, FLOW);
    cone_begin(&growing->parts.analysis, &growing->cone);
}

static void end(Growing *growing)
{
    cone_clear(&growing->cone);
    parts_end(&growing->parts);
}

static bool holds(const Growing *growing, const char *event)
{
    return growing->cone.events[event_named(growing->parts.program, event)];
}

static void the_main_line_brings_what_its_lines_look_at(void **state)
{
    (void)state;
    Growing growing;
    begin(&growing);
    cone_grow(&growing.cone);
    assert_true(holds(&growing, "visit"));
    assert_true(holds(&growing, "seen")); /* it records the age that a line looks at */
    assert_false(holds(&growing, "told"));
    assert_false(holds(&growing, "note"));
    assert_false(growing.cone.facts[fact_named(growing.parts.program, "born")]);
    end(&growing);
}

static void a_track_brings_what_starts_and_ends_it(void **state)
{
    (void)state;
    Growing growing;
    begin(&growing);
    cone_add_track(&growing.cone, (int32_t)track_named(growing.parts.program, "beside"));
    cone_grow(&growing.cone);
    assert_true(holds(&growing, "told"));
    assert_true(holds(&growing, "look"));
    assert_false(holds(&growing, "note"));
    end(&growing);
}

static void a_fact_brings_the_work_that_records_it_and_its_track(void **state)
{
    (void)state;
    Growing growing;
    begin(&growing);
    Expr known = {.kind = EXPR_KNOWN};
    known.ref.index = (int32_t)fact_named(growing.parts.program, "urgent");
    cone_add_condition(&growing.cone, &known);
    cone_grow(&growing.cone);
    assert_true(growing.cone.tracks[track_named(growing.parts.program, "beside")]);
    assert_false(growing.cone.tracks[track_named(growing.parts.program, "apart")]);
    end(&growing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_main_line_brings_what_its_lines_look_at),
        cmocka_unit_test(a_track_brings_what_starts_and_ends_it),
        cmocka_unit_test(a_fact_brings_the_work_that_records_it_and_its_track),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
