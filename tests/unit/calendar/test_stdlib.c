/* The files under stdlib, read as any flow reads them and held against the naive
 * reading of the bank-holiday rules. Run from the top of the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/text.h"
#include "calendar/regions.h"
#include "compile/compile.h"
#include "lang/names.h"

#define MAIN_FLOW "main.flow"

/* Everything of the library at once, so that no two names clash either. */
static const char main_flow[] = "workflow all \"All of the library\" version \"1\"\n"
                                "  in force from 1 January 2026\n"
                                "  uses calendar any-part-of-the-uk\n"
                                "use \"calendars/any-part-of-the-uk\"\n"
                                "use \"periods/working-together\"\n"
                                "use \"periods/wales\"\n"
                                "use \"periods/scotland\"\n"
                                "use \"periods/northern-ireland\"\n"
                                "use \"roles/childrens-services\"\n"
                                "event begin \"Begin\" by anyone\n"
                                "  opens a case\n"
                                "state first \"First\" starts here\n"
                                "  task finish \"Finish\" by social-worker\n"
                                "    within assessment-complete of entering\n"
                                "  on begin stay\n"
                                "  on finish go to last\n"
                                "state last \"Last\" ends here\n";

static Bundle bundle;

static bool read_library(void *context, const char *name, const char *from, char **path,
                         char **text, size_t *length, Error *err)
{
    (void)context;
    if (!from && strcmp(name, MAIN_FLOW) == 0) {
        *path = mem_strdup(MAIN_FLOW);
        *text = mem_strdup(main_flow);
        *length = strlen(main_flow);
        return true;
    }
    Text file = {0}, whole = {0};
    text_addf(&file, "stdlib/%s.flow", name);
    FILE *in = fopen(text_get(&file), "rb");
    if (!in) {
        text_clear(&file);
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", name);
    }
    for (int c = getc(in); c != EOF; c = getc(in))
        text_add_char(&whole, (char)c);
    fclose(in);
    *length = whole.length;
    *path = text_take(&file);
    *text = text_take(&whole);
    return true;
}

static int set_up(void **state)
{
    (void)state;
    Error err = {0};
    if (!bundle_load(&bundle, MAIN_FLOW, read_library, NULL, &err))
        fprintf(stderr, "%s\n", err.text);
    else
        names_resolve(&bundle);
    return err.kind != ERROR_NONE;
}

static int tear_down(void **state)
{
    (void)state;
    bundle_clear(&bundle);
    return 0;
}

static Calendar *library_calendar(const char *name)
{
    Error err = {0};
    for (const CalendarAst *ast = bundle.flow.calendars; ast; ast = ast->next)
        if (strcmp(ast->name, name) == 0)
            return compile_calendar(&bundle, ast, &err);
    return NULL;
}

static void the_whole_library_reads_without_a_finding(void **state)
{
    (void)state;
    for (size_t i = 0; i < bundle.diags.count; i++) {
        const Diag *diag = bundle.diags.items[i];
        const Source *source = &bundle.sources[diag->span.file];
        print_message("%s line %u: %s %s\n", source->path,
                      source_place(source, diag->span.offset).line, diag->code, diag->text);
    }
    assert_int_equal(bundle.diags.errors, 0);
    assert_int_equal(bundle.diags.warnings, 0);
}

static void the_calendars_have_the_days_off_of_the_rules(void **state)
{
    (void)state;
    for (int region = 0; region < REGION_COUNT; region++) {
        Calendar *calendar = library_calendar(region_names[region]);
        assert_non_null(calendar);
        assert_int_equal(calendar_first_day(calendar), CIVIL(1995, 1, 1));
        assert_int_equal(calendar_last_day(calendar), CIVIL(2035, 12, 31));
        assert_false(calendar_is_projected(calendar, CIVIL(2028, 12, 31)));
        assert_true(calendar_is_projected(calendar, CIVIL(2029, 1, 1)));
        assert_int_equal(calendar_cut_off(calendar), -1);
        assert_true(calendar_has_hours(calendar));
        for (Day day = CIVIL(1995, 1, 1); day <= CIVIL(2035, 12, 31); day++)
            if (calendar_is_working(calendar, day) != naive_is_working((Region)region, day)) {
                char text[DAY_TEXT_MAX];
                day_format_long(day, text);
                fail_msg("%s differs on %s", region_names[region], text);
            }
        calendar_free(calendar);
    }
}

static void any_part_of_the_uk_is_off_where_one_of_the_three_is(void **state)
{
    (void)state;
    Calendar *calendar = library_calendar("any-part-of-the-uk");
    assert_non_null(calendar);
    for (Day day = CIVIL(1995, 1, 1); day <= CIVIL(2035, 12, 31); day++) {
        bool works = naive_is_working(ENGLAND_AND_WALES, day) &&
                     naive_is_working(SCOTLAND, day) && naive_is_working(NORTHERN_IRELAND, day);
        assert_int_equal(calendar_is_working(calendar, day), works);
    }
    assert_true(calendar_is_projected(calendar, CIVIL(2029, 1, 1)));
    calendar_free(calendar);
}

static void every_holiday_of_the_calendars_has_a_name(void **state)
{
    (void)state;
    for (const CalendarAst *ast = bundle.flow.calendars; ast; ast = ast->next)
        for (const CalendarRuleAst *rule = ast->rules; rule; rule = rule->next)
            assert_non_null(rule->rule.name);
}

/* One value each, with a reason that says how far it was checked, and when. */
static void every_period_says_its_source_and_how_far_it_was_checked(void **state)
{
    (void)state;
    int count = 0;
    for (const PeriodAst *period = bundle.flow.periods; period;
         period = period->next, count++) {
        assert_non_null(period->label);
        assert_non_null(period->values);
        assert_null(period->values->next);
        assert_non_null(period->values->because);
        const char *because = period->values->because->text;
        bool in_text = strstr(because, "; read in the text itself; checked 2026-11") != NULL;
        bool restated =
            strstr(because, "; read where a procedure restates it; checked 2026-11") != NULL;
        assert_true(in_text != restated);
    }
    assert_int_equal(count, 32);
}

/* As the study of the timescales has them, in its order. */
static void the_periods_have_the_numbers_of_the_study(void **state)
{
    (void)state;
    static const struct {
        const char *name, *duration;
    } expected[] = {
        {"referral-decision", "1 working day"},
        {"strategy-followup", "5 working days"},
        {"assessment-complete", "45 working days"},
        {"icpc-request", "1 working day"},
        {"icpc-hold", "15 working days"},
        {"core-group-first", "10 working days"},
        {"cp-review-first", "3 months"},
        {"cp-review-next", "6 months"},
        {"cin-first-meeting", "15 working days"},
        {"lac-review-first", "20 working days"},
        {"lac-review-second", "3 months"},
        {"lac-review-next", "6 months"},
        {"lac-visit-first", "1 week"},
        {"lac-health-first", "20 working days"},
        {"missing-rhi", "72 hours"},
        {"exploitation-review", "12 weeks"},
        {"lado-referral", "1 working day"},
        {"incident-notify", "5 working days"},
        {"rapid-review", "15 working days"},
        {"police-protection", "72 hours"},
        {"wales-report-decision", "1 working day"},
        {"wales-continuing-assessment", "42 working days"},
        {"scotland-cppm", "28 calendar days"},
        {"scotland-cppm-notice", "5 calendar days"},
        {"scotland-cppm-record", "10 working days"},
        {"scotland-cppm-reconvened", "10 working days"},
        {"scotland-plan-change", "3 calendar days"},
        {"scotland-prebirth-review", "3 months"},
        {"northern-ireland-strategy-discussion", "24 hours"},
        {"northern-ireland-child-seen", "24 hours"},
        {"northern-ireland-initial-assessment", "10 working days"},
        {"northern-ireland-investigation", "15 working days"},
    };
    size_t i = 0;
    for (const PeriodAst *period = bundle.flow.periods; period; period = period->next, i++) {
        Text text = {0};
        duration_format(period->values->duration, &text);
        assert_true(i < sizeof expected / sizeof expected[0]);
        assert_string_equal(period->name, expected[i].name);
        assert_string_equal(text_get(&text), expected[i].duration);
        text_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_library_reads_without_a_finding),
        cmocka_unit_test(the_calendars_have_the_days_off_of_the_rules),
        cmocka_unit_test(any_part_of_the_uk_is_off_where_one_of_the_three_is),
        cmocka_unit_test(every_holiday_of_the_calendars_has_a_name),
        cmocka_unit_test(every_period_says_its_source_and_how_far_it_was_checked),
        cmocka_unit_test(the_periods_have_the_numbers_of_the_study),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
