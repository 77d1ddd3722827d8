#include "base/limits.h"
#include "compile_text.h"
#include "rich_flow.h"

static const char tail[] = "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "state first \"First\" starts here\n"
                           "  on begun go to last\n"
                           "state last \"Last\" ends here\n";

static void the_head_of_the_flow_is_kept(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    assert_string_equal(program->name, "sample");
    assert_string_equal(program->version, "1");
    assert_int_equal(program->in_force, day_from_civil((Civil){2021, 2, 1}));
    assert_int_equal(program->zone.offset_minutes, 0);
    assert_true(program->zone.summer_time);
    program_free(program);
}

static void the_zone_is_the_one_that_the_flow_names(void **state)
{
    (void)state;
    Text text = {0};
    text_addf(&text, "workflow w \"W\" version \"1\"\n  zone \"+02:00\"\n%s", tail);
    Program *program = compile_text(text_get(&text));
    assert_int_equal(program->zone.offset_minutes, 120);
    assert_int_equal(program->in_force, DAY_NONE);
    program_free(program);
    text_clear(&text);
}

/* compile_text clears the bundle before it returns: whatever the program still
 * borrowed from it would show under the address sanitizer, and here as a change. */
static void the_program_outlives_its_source(void **state)
{
    (void)state;
    Bundle bundle;
    Error err = {0};
    Text before = {0}, after = {0};
    Program *program = try_compile_text(&bundle, rich_flow, &err);
    assert_non_null(program);
    program_disassemble(program, &before);
    for (size_t i = 0; i < bundle.source_count; i++)
        memset((char *)(uintptr_t)bundle.sources[i].text, '?', bundle.sources[i].length);
    bundle_clear(&bundle);
    program_disassemble(program, &after);
    assert_string_equal(text_get(&before), text_get(&after));
    program_free(program);
    text_clear(&before);
    text_clear(&after);
}

static void the_same_text_gives_the_same_program(void **state)
{
    (void)state;
    Program *first = compile_text(rich_flow), *second = compile_text(rich_flow);
    assert_int_equal(first->code_count, second->code_count);
    assert_memory_equal(first->code, second->code, first->code_count * sizeof *first->code);
    assert_int_equal(first->index_count, second->index_count);
    assert_memory_equal(first->indices, second->indices,
                        first->index_count * sizeof *first->indices);
    program_free(first);
    program_free(second);
}

static void a_flow_with_findings_is_not_compiled(void **state)
{
    (void)state;
    Bundle bundle;
    Error err = {0};
    assert_null(try_compile_text(&bundle, "workflow w \"W\" version \"1\"\n", &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    bundle_clear(&bundle);
}

static void a_library_has_no_program(void **state)
{
    (void)state;
    Bundle bundle;
    Error err = {0};
    assert_null(try_compile_text(&bundle, "role r \"R\"\n", &err));
    assert_int_not_equal(err.kind, ERROR_NONE);
    bundle_clear(&bundle);
}

/* ---- size ------------------------------------------------------------------------ */

static void a_record_that_becomes_too_large_is_refused(void **state)
{
    (void)state;
    Text text = {0};
    text_addf(&text, "workflow w \"W\" version \"1\"\n%s", tail);
    for (uint32_t i = 0; i < 5000; i++)
        text_addf(&text, "always begun %u times within 30 calendar days or case is at first\n",
                  LIMIT_WINDOW_COUNT);
    assert_true(text_gives(text_get(&text), "CF010"));
    text_clear(&text);
}

/* A flow of `states` states, each with a task and two ways on. */
static Text long_flow(uint32_t states)
{
    Text text = {0};
    text_add(&text, "workflow w \"W\" version \"1\"\nrole r \"R\"\n"
                    "fact ok \"Ok\" yes or no\n"
                    "event begun \"Begun\" by anyone\n  opens a case records ok\n"
                    "event over \"Over\" by r\n");
    for (uint32_t i = 0; i < states; i++) {
        text_addf(&text, "state s%u \"S\"%s\n", i, i ? "" : " starts here");
        text_addf(&text, "  task t%u \"T\" by r within 10 calendar days of entering\n", i);
        text_add(&text, i ? "" : "  on begun stay\n");
        text_addf(&text, "  on t%u\n    go to s%u when ok is yes\n", i, (i + 1) % states);
        text_add(&text, "    go to last otherwise\n");
    }
    text_add(&text, "state last \"Last\" ends here\n"
                    "at any point\n  on over go to last\n");
    return text;
}

static void the_program_grows_with_the_flow_and_no_faster(void **state)
{
    (void)state;
    Text small = long_flow(100), large = long_flow(1000);
    Program *one = compile_text(text_get(&small)), *ten = compile_text(text_get(&large));
    assert_true(ten->code_count < 11 * one->code_count);
    assert_true(ten->index_count < 11 * one->index_count);
    assert_true(ten->handler_count < 11 * one->handler_count);
    assert_true(ten->arena.total < 11 * one->arena.total);
    assert_true(ten->slot_count < 11 * one->slot_count);
    program_free(one);
    program_free(ten);
    text_clear(&small);
    text_clear(&large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_head_of_the_flow_is_kept),
        cmocka_unit_test(the_zone_is_the_one_that_the_flow_names),
        cmocka_unit_test(the_program_outlives_its_source),
        cmocka_unit_test(the_same_text_gives_the_same_program),
        cmocka_unit_test(a_flow_with_findings_is_not_compiled),
        cmocka_unit_test(a_library_has_no_program),
        cmocka_unit_test(a_record_that_becomes_too_large_is_refused),
        cmocka_unit_test(the_program_grows_with_the_flow_and_no_faster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
