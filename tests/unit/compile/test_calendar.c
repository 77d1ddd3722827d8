#include "compile_text.h"

#include "base/limits.h"

static const char rest[] = "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "state first \"First\" starts here\n"
                           "  on begun go to last\n"
                           "state last \"Last\" ends here\n";

static Text flow_with(const char *used, const char *calendars)
{
    Text text = {0};
    text_addf(&text, "workflow w \"W\" version \"1\"\n  uses calendar %s\n%s%s", used,
              calendars, rest);
    return text;
}

static Program *with(const char *used, const char *calendars)
{
    Text text = flow_with(used, calendars);
    Program *program = compile_text(text_get(&text));
    text_clear(&text);
    return program;
}

static bool works(const Program *program, int year, int month, int day)
{
    return calendar_is_working(program->calendar, day_from_civil((Civil){year, month, day}));
}

static void a_flow_without_a_calendar_has_none(void **state)
{
    (void)state;
    Text text = {0};
    text_addf(&text, "workflow w \"W\" version \"1\"\n%s", rest);
    Program *program = compile_text(text_get(&text));
    assert_null(program->calendar);
    program_free(program);
    text_clear(&text);
}

static void a_calendar_is_built_from_its_lines(void **state)
{
    (void)state;
    Program *program = with("plain", "calendar plain \"Plain\"\n"
                                     "  working Monday to Friday from 09:00 to 17:00\n"
                                     "  cut-off 16:00\n"
                                     "  except 25 December \"Christmas\"\n"
                                     "  covers 2020 to 2022\n");
    assert_string_equal(calendar_name(program->calendar), "plain");
    assert_int_equal(calendar_cut_off(program->calendar), 16 * 60);
    assert_true(works(program, 2020, 12, 24));
    assert_false(works(program, 2020, 12, 25));
    assert_false(works(program, 2020, 12, 26)); /* a Saturday */
    assert_false(calendar_covers(program->calendar, day_from_civil((Civil){2023, 1, 1})));
    program_free(program);
}

static void a_calendar_may_add_and_take_away_others(void **state)
{
    (void)state;
    Program *program = with("sum", "calendar base \"Base\"\n"
                                   "  working Monday to Friday\n"
                                   "  except 25 December \"Christmas\"\n"
                                   "  covers 2020 to 2022\n"
                                   "calendar local \"Local\"\n"
                                   "  working Monday to Friday\n"
                                   "  except 5 May 2021 \"Fair\"\n"
                                   "  covers 2020 to 2022\n"
                                   "calendar sum \"Sum\"\n"
                                   "  working Monday to Friday\n"
                                   "  plus base, local\n"
                                   "  covers 2020 to 2022\n");
    assert_false(works(program, 2020, 12, 25));
    assert_false(works(program, 2021, 5, 5));
    assert_true(works(program, 2021, 5, 6));
    program_free(program);
    program = with("less", "calendar base \"Base\"\n"
                           "  working Monday to Friday\n"
                           "  except 25 December \"Christmas\"\n"
                           "  except 4 May \"May\"\n"
                           "  covers 2020 to 2022\n"
                           "calendar away \"Away\"\n"
                           "  working Monday to Friday\n"
                           "  except 4 May \"May\"\n"
                           "  covers 2020 to 2022\n"
                           "calendar less \"Less\"\n"
                           "  working Monday to Friday\n"
                           "  plus base\n"
                           "  minus away\n"
                           "  covers 2020 to 2022\n");
    assert_true(works(program, 2021, 5, 4));
    assert_false(works(program, 2020, 12, 25));
    program_free(program);
}

static void calendars_in_a_circle_are_refused(void **state)
{
    (void)state;
    Text text = flow_with("one", "calendar one \"One\"\n"
                                 "  working Monday to Friday\n"
                                 "  plus two\n"
                                 "  covers 2020 to 2022\n"
                                 "calendar two \"Two\"\n"
                                 "  working Monday to Friday\n"
                                 "  minus one\n"
                                 "  covers 2020 to 2022\n");
    assert_true(text_gives(text_get(&text), "CF113"));
    text_clear(&text);
}

static void a_calendar_that_cannot_be_made_is_named_where_it_stands(void **state)
{
    (void)state;
    Text text = flow_with("one", "calendar one \"One\"\n"
                                 "  working Monday to Friday\n"
                                 "  plus two\n"
                                 "  covers 2020 to 2022\n"
                                 "calendar two \"Two\"\n"
                                 "  working Monday to Friday\n"
                                 "  except 1 January 2019 \"Too early\"\n"
                                 "  covers 2020 to 2022\n");
    Bundle bundle;
    Error err = {0};
    assert_null(try_compile_text(&bundle, text_get(&text), &err));
    assert_int_equal(bundle.diags.count, 1);
    const Diag *diag = bundle.diags.items[0];
    assert_string_equal(diag->code, "CF322");
    assert_memory_equal(text_get(&text) + diag->span.offset, "two", 3);
    assert_string_equal(diag->text, err.text);
    bundle_clear(&bundle);
    text_clear(&text);
}

/* Each is made of the two before: without a memory this would take for ever. */
static Text many_calendars(uint32_t count)
{
    Text text = {0};
    for (uint32_t i = 0; i < count; i++) {
        text_addf(&text, "calendar c%u \"C\"\n  working Monday to Friday\n", i);
        if (i >= 2)
            text_addf(&text, "  plus c%u, c%u\n", i - 1, i - 2);
        else if (i == 1)
            text_add(&text, "  plus c0\n");
        text_add(&text, "  covers 2020 to 2020\n");
    }
    return text;
}

static void a_calendar_is_made_of_a_bounded_number(void **state)
{
    (void)state;
    Text calendars = many_calendars(LIMIT_CALENDARS + 1);
    Text most = flow_with("c63", text_get(&calendars));
    Text more = flow_with("c64", text_get(&calendars));
    Bundle bundle;
    Error err = {0};
    program_free(compile_text(text_get(&most)));
    assert_null(try_compile_text(&bundle, text_get(&more), &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    bundle_clear(&bundle);
    text_clear(&calendars);
    text_clear(&most);
    text_clear(&more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flow_without_a_calendar_has_none),
        cmocka_unit_test(a_calendar_is_built_from_its_lines),
        cmocka_unit_test(a_calendar_may_add_and_take_away_others),
        cmocka_unit_test(calendars_in_a_circle_are_refused),
        cmocka_unit_test(a_calendar_that_cannot_be_made_is_named_where_it_stands),
        cmocka_unit_test(a_calendar_is_made_of_a_bounded_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
