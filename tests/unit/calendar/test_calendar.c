#include "calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "calendar/calendar_internal.h"
#include "calendar/regions.h"

static Calendar *calendars[REGION_COUNT];

static int set_up(void **state)
{
    (void)state;
    for (int region = 0; region < REGION_COUNT; region++)
        calendars[region] = region_calendar((Region)region);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int region = 0; region < REGION_COUNT; region++)
        calendar_free(calendars[region]);
    return 0;
}

static Day added(const Calendar *calendar, Day day, int32_t n)
{
    Error err = {0};
    Day out = DAY_NONE;
    assert_true(calendar_add(calendar, day, n, &out, &err));
    return out;
}

static void every_day_of_every_region_works_as_the_rules_say(void **state)
{
    (void)state;
    for (int region = 0; region < REGION_COUNT; region++)
        for (Day day = CIVIL(1995, 1, 1); day <= CIVIL(2035, 12, 31); day++) {
            bool works = naive_is_working((Region)region, day);
            assert_int_equal(calendar_is_working(calendars[region], day), works);
            assert_int_equal(calendar_skip_reason(calendars[region], day) == NULL, works);
        }
}

/* The days off on weekdays as they were published, written out by hand. */
static void the_published_days_of_hard_years_are_off(void **state)
{
    (void)state;
    static const char *const england[] = {
        "2011-01-03", "2011-04-22", "2011-04-25", "2011-04-29", "2011-05-02", "2011-05-30",
        "2011-08-29", "2011-12-26", "2011-12-27", "2012-01-02", "2012-04-06", "2012-04-09",
        "2012-05-07", "2012-06-04", "2012-06-05", "2012-08-27", "2012-12-25", "2012-12-26",
        "2020-01-01", "2020-04-10", "2020-04-13", "2020-05-08", "2020-05-25", "2020-08-31",
        "2020-12-25", "2020-12-28", "2021-01-01", "2021-04-02", "2021-04-05", "2021-05-03",
        "2021-05-31", "2021-08-30", "2021-12-27", "2021-12-28", "2022-01-03", "2022-04-15",
        "2022-04-18", "2022-05-02", "2022-06-02", "2022-06-03", "2022-08-29", "2022-09-19",
        "2022-12-26", "2022-12-27", "2023-01-02", "2023-04-07", "2023-04-10", "2023-05-01",
        "2023-05-08", "2023-05-29", "2023-08-28", "2023-12-25", "2023-12-26"};
    static const char *const scotland[] = {
        "2011-01-03", "2011-01-04", "2011-04-22", "2011-04-29", "2011-05-02", "2011-05-30",
        "2011-08-01", "2011-11-30", "2011-12-26", "2011-12-27", "2012-01-02", "2012-01-03",
        "2012-04-06", "2012-05-07", "2012-06-04", "2012-06-05", "2012-08-06", "2012-11-30",
        "2012-12-25", "2012-12-26", "2022-01-03", "2022-01-04", "2022-04-15", "2022-05-02",
        "2022-06-02", "2022-06-03", "2022-08-01", "2022-09-19", "2022-11-30", "2022-12-26",
        "2022-12-27", "2026-01-01", "2026-01-02", "2026-04-03", "2026-05-04", "2026-05-25",
        "2026-06-15", "2026-08-03", "2026-11-30", "2026-12-25", "2026-12-28"};
    static const char *const ireland[] = {
        "2025-01-01", "2025-03-17", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26",
        "2025-07-14", "2025-08-25", "2025-12-25", "2025-12-26", "2026-01-01", "2026-03-17",
        "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-07-13", "2026-08-31",
        "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-17", "2027-03-26", "2027-03-29",
        "2027-05-03", "2027-05-31", "2027-07-12", "2027-08-30", "2027-12-27", "2027-12-28"};
    static const struct {
        Region region;
        const char *const *days;
        size_t count;
    } lists[] = {{ENGLAND_AND_WALES, england, sizeof england / sizeof *england},
                 {SCOTLAND, scotland, sizeof scotland / sizeof *scotland},
                 {NORTHERN_IRELAND, ireland, sizeof ireland / sizeof *ireland}};
    for (size_t list = 0; list < 3; list++) {
        const Calendar *calendar = calendars[lists[list].region];
        size_t next = 0;
        while (next < lists[list].count) {
            Day day, listed;
            assert_true(day_parse(lists[list].days[next], &listed));
            int year = day_to_civil(listed).year;
            for (day = CIVIL(year, 1, 1); day <= CIVIL(year, 12, 31); day++) {
                char text[DAY_TEXT_MAX];
                day_format(day, text);
                if (day_weekday(day) >= 5 || calendar_is_working(calendar, day))
                    continue;
                assert_true(next < lists[list].count);
                assert_string_equal(text, lists[list].days[next++]);
            }
        }
    }
}

static void adding_working_days_equals_walking_day_by_day(void **state)
{
    (void)state;
    for (int region = 0; region < REGION_COUNT; region++)
        for (Day day = CIVIL(1995, 6, 1); day <= CIVIL(2033, 12, 31); day++) {
            Day walk = day;
            for (int n = 1; n <= 400; n++) {
                do
                    walk++;
                while (!naive_is_working((Region)region, walk));
                if (n <= 60 || n % 17 == 0)
                    assert_int_equal(added(calendars[region], day, n), walk);
                if (n > 60 && day % 11 != 0)
                    break;
            }
            walk = day;
            for (int n = 1; n <= 60; n++) {
                do
                    walk--;
                while (!naive_is_working((Region)region, walk));
                assert_int_equal(added(calendars[region], day, -n), walk);
                if (n > 5 && day % 5 != 0)
                    break;
            }
            walk = day;
            while (!naive_is_working((Region)region, walk))
                walk++;
            assert_int_equal(added(calendars[region], day, 0), walk);
        }
}

static void counting_is_the_opposite_of_adding(void **state)
{
    (void)state;
    const Calendar *calendar = calendars[SCOTLAND];
    for (Day from = CIVIL(2023, 12, 1); from <= CIVIL(2024, 2, 1); from++)
        for (Day upto = CIVIL(2023, 11, 25); upto <= CIVIL(2024, 6, 1); upto++) {
            int32_t count = 0;
            for (Day day = from + 1; day <= upto; day++)
                count += naive_is_working(SCOTLAND, day);
            assert_int_equal(calendar_count(calendar, from, upto), count);
        }
}

static void the_worked_examples_of_the_study_come_out(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int n;
        const char *due[REGION_COUNT]; /* England and Wales, Scotland, Northern Ireland */
    } examples[] = {
        {"2024-03-30", 1, {"2024-04-02", "2024-04-01", "2024-04-02"}},
        {"2024-12-19", 15, {"2025-01-14", "2025-01-15", "2025-01-14"}},
        {"2024-12-23", 20, {"2025-01-23", "2025-01-24", "2025-01-23"}},
        {"2024-12-02", 45, {"2025-02-06", "2025-02-07", "2025-02-06"}},
        {"2024-03-28", 10, {"2024-04-15", "2024-04-12", "2024-04-15"}},
        {"2025-07-10", 3, {"2025-07-15", "2025-07-15", "2025-07-16"}},
        {"2026-06-12", 1, {"2026-06-15", "2026-06-16", "2026-06-15"}},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++)
        for (int region = 0; region < REGION_COUNT; region++) {
            Day from;
            char text[DAY_TEXT_MAX];
            assert_true(day_parse(examples[i].from, &from));
            day_format(added(calendars[region], from, examples[i].n), text);
            assert_string_equal(text, examples[i].due[region]);
        }
}

static void a_skipped_day_says_why(void **state)
{
    (void)state;
    const Calendar *england = calendars[ENGLAND_AND_WALES], *scotland = calendars[SCOTLAND];
    assert_string_equal(calendar_skip_reason(england, CIVIL(2024, 3, 29)), "Good Friday");
    assert_string_equal(calendar_skip_reason(england, CIVIL(2024, 3, 30)), "Saturday");
    assert_string_equal(calendar_skip_reason(england, CIVIL(2022, 12, 27)),
                        "Christmas Day (substitute day)");
    assert_string_equal(calendar_skip_reason(england, CIVIL(2022, 12, 26)), "Boxing Day");
    assert_string_equal(calendar_skip_reason(scotland, CIVIL(2012, 1, 2)), "2nd January");
    assert_string_equal(calendar_skip_reason(scotland, CIVIL(2012, 1, 3)),
                        "New Year's Day (substitute day)");
    assert_null(calendar_skip_reason(scotland, CIVIL(2024, 4, 1)));
}

static void outside_its_years_a_calendar_says_where_it_ends(void **state)
{
    (void)state;
    const Calendar *calendar = calendars[ENGLAND_AND_WALES];
    Error err = {0};
    Day out = 7;
    assert_int_equal(added(calendar, CIVIL(2035, 12, 28), 1), CIVIL(2035, 12, 31));
    assert_false(calendar_add(calendar, CIVIL(2035, 12, 31), 1, &out, &err));
    assert_string_equal(err.text,
                        "the calendar 'england-and-wales' ends on Monday 31 December 2035");
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_false(calendar_add(calendar, CIVIL(2036, 1, 1), -1, &out, &err));
    assert_int_equal(added(calendar, CIVIL(1995, 1, 4), -1), CIVIL(1995, 1, 3));
    assert_false(calendar_add(calendar, CIVIL(1995, 1, 3), -1, &out, &err));
    assert_string_equal(err.text,
                        "the calendar 'england-and-wales' begins on Sunday 1 January 1995");
    assert_false(calendar_add(calendar, CIVIL(1994, 12, 31), 1, &out, &err));
    assert_false(calendar_add(calendar, CIVIL(2020, 1, 1), INT32_MAX, &out, &err));
    assert_false(calendar_add(calendar, CIVIL(2020, 1, 1), INT32_MIN, &out, &err));
    assert_int_equal(out, 7);
    assert_true(calendar_covers(calendar, CIVIL(1995, 1, 1)));
    assert_false(calendar_covers(calendar, CIVIL(1994, 12, 31)));
    assert_true(calendar_covers(calendar, CIVIL(2035, 12, 31)));
    assert_false(calendar_covers(calendar, CIVIL(2036, 1, 1)));
}

static void dates_after_the_published_year_are_projected(void **state)
{
    (void)state;
    assert_false(calendar_is_projected(calendars[SCOTLAND], CIVIL(2028, 12, 31)));
    assert_true(calendar_is_projected(calendars[SCOTLAND], CIVIL(2029, 1, 1)));
}

static void what_is_displaced_into_the_first_year_is_kept(void **state)
{
    (void)state;
    CalendarRule rule = fixed(31, 12, "Hogmanay"); /* 31 December 2022 was a Saturday */
    CalendarSpec spec = monday_to_friday("local");
    Error err = {0};
    spec.rules = &rule;
    spec.rule_count = 1;
    spec.first_year = 2023;
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2023, 1, 2)),
                        "Hogmanay (substitute day)");
    calendar_free(calendar);
}

/* Saturday and Sunday, 25 and 26 December 2021, whatever the order of the lines. */
static void displaced_holidays_keep_the_order_of_their_dates(void **state)
{
    (void)state;
    CalendarRule rules[] = {fixed(26, 12, "Boxing Day"), fixed(25, 12, "Christmas Day")};
    CalendarSpec spec = monday_to_friday("order");
    Error err = {0};
    spec.rules = rules;
    spec.rule_count = 2;
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2021, 12, 27)),
                        "Christmas Day (substitute day)");
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2021, 12, 28)),
                        "Boxing Day (substitute day)");
    calendar_free(calendar);
}

static void a_union_is_published_as_far_as_all_its_parts_are(void **state)
{
    (void)state;
    CalendarSpec part_spec = monday_to_friday("part");
    Error err = {0};
    part_spec.published_year = 2026;
    part_spec.first_year = 2000;
    part_spec.last_year = 2034;
    Calendar *part = calendar_new(&part_spec, &err);
    const Calendar *const parts[] = {calendars[0], part, calendars[1]};
    CalendarSpec spec = {.name = "union", .cut_off = -1, .plus = parts, .plus_count = 3};
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_int_equal(calendar_first_day(calendar), CIVIL(2000, 1, 1));
    assert_int_equal(calendar_last_day(calendar), CIVIL(2034, 12, 31));
    assert_false(calendar_is_projected(calendar, CIVIL(2026, 12, 31)));
    assert_true(calendar_is_projected(calendar, CIVIL(2027, 1, 1)));
    calendar_free(calendar);
    spec.first_year = 2010;
    spec.published_year = spec.last_year = 2030; /* saying so publishes nothing */
    calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_true(calendar_is_projected(calendar, CIVIL(2027, 1, 1)));
    assert_int_equal(calendar_last_day(calendar), CIVIL(2030, 12, 31));
    calendar_free(calendar);
    calendar_free(part);
}

static void taking_holidays_away_opens_no_weekend(void **state)
{
    (void)state;
    CalendarRule rule = {.kind = RULE_DATE, .date = CIVIL(2024, 4, 6)}; /* a Saturday */
    CalendarSpec shop_spec = monday_to_friday("shop");
    Error err = {0};
    shop_spec.working_days[5] = true;
    shop_spec.rules = &rule;
    shop_spec.rule_count = 1;
    Calendar *shop = calendar_new(&shop_spec, &err);
    assert_false(calendar_is_working(shop, CIVIL(2024, 4, 6)));
    const Calendar *const less[] = {shop};
    CalendarSpec spec = monday_to_friday("office");
    spec.minus = less;
    spec.minus_count = 1;
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_false(calendar_is_working(calendar, CIVIL(2024, 4, 6)));
    calendar_free(calendar);
    calendar_free(shop);
}

static void a_union_is_off_where_any_of_its_parts_is(void **state)
{
    (void)state;
    const Calendar *const parts[] = {calendars[0], calendars[1], calendars[2]};
    CalendarSpec spec = {
        .name = "any-part", .cut_off = -1, .plus = parts, .plus_count = REGION_COUNT};
    Error err = {0};
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_int_equal(calendar_first_day(calendar), CIVIL(1995, 1, 1));
    assert_int_equal(calendar_last_day(calendar), CIVIL(2035, 12, 31));
    assert_true(calendar_is_projected(calendar, CIVIL(2029, 1, 1)));
    assert_true(calendar_has_hours(calendar));
    for (Day day = CIVIL(1995, 1, 1); day <= CIVIL(2035, 12, 31); day++) {
        bool works =
            naive_is_working(0, day) && naive_is_working(1, day) && naive_is_working(2, day);
        assert_int_equal(calendar_is_working(calendar, day), works);
    }
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2025, 7, 14)),
                        "Battle of the Boyne (substitute day)");
    calendar_free(calendar);
}

static void an_overlay_adds_closures_gives_days_back_and_opens_a_saturday(void **state)
{
    (void)state;
    CalendarRule boyne = fixed(12, 7, "Battle of the Boyne");
    CalendarSpec minus_spec = monday_to_friday("boyne");
    Error err = {0};
    minus_spec.rules = &boyne;
    minus_spec.rule_count = 1;
    Calendar *minus = calendar_new(&minus_spec, &err);
    assert_non_null(minus);
    CalendarRule rules[] = {
        once(CIVIL(2024, 12, 24), "Council closed"),
        {.kind = RULE_WORKING, .date = CIVIL(2024, 12, 21)},
        {.kind = RULE_WORKING, .date = CIVIL(2024, 12, 26)},
    };
    const Calendar *const plus[] = {calendars[NORTHERN_IRELAND]}, *const less[] = {minus};
    CalendarSpec spec = {.name = "council",
                         .cut_off = -1,
                         .plus = plus,
                         .plus_count = 1,
                         .minus = less,
                         .minus_count = 1,
                         .rules = rules,
                         .rule_count = 3};
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2024, 12, 24)), "Council closed");
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2024, 12, 25)), "Christmas Day");
    assert_true(calendar_is_working(calendar, CIVIL(2024, 12, 21)));
    assert_true(calendar_is_working(calendar, CIVIL(2024, 12, 26)));
    assert_true(calendar_is_working(calendar, CIVIL(2024, 7, 12)));
    assert_true(calendar_is_working(calendar, CIVIL(2025, 7, 14)));
    assert_false(calendar_is_working(calendar, CIVIL(2025, 7, 12))); /* still a Saturday */
    assert_false(calendar_is_working(calendar, CIVIL(2024, 3, 18) - 1));
    WorkingHours saturday = calendar_hours_on(calendar, CIVIL(2024, 12, 21));
    assert_true(saturday.from == 9 * 60 && saturday.to == 17 * 60);
    WorkingHours closed = calendar_hours_on(calendar, CIVIL(2024, 12, 24));
    assert_int_equal(closed.from, closed.to);
    calendar_free(calendar);
    calendar_free(minus);
}

static void days_can_work_without_hours(void **state)
{
    (void)state;
    CalendarSpec spec = {.name = "days", .cut_off = -1, .first_year = 2024, .last_year = 2024};
    Error err = {0};
    for (int weekday = 1; weekday < 6; weekday++)
        spec.working_days[weekday] = true; /* Tuesday to Saturday */
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_false(calendar_has_hours(calendar));
    assert_false(calendar_is_working(calendar, CIVIL(2024, 4, 1)));
    assert_true(calendar_is_working(calendar, CIVIL(2024, 4, 6)));
    assert_false(calendar_is_working(calendar, CIVIL(2024, 4, 7)));
    calendar_free(calendar);
    spec.has_hours = true;
    spec.hours[2] = (WorkingHours){10 * 60, 12 * 60}; /* said for Wednesday only */
    calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_int_equal(calendar_hours_on(calendar, CIVIL(2024, 4, 6)).to, 12 * 60);
    assert_int_equal(calendar_hours_on(calendar, CIVIL(2024, 4, 7)).to, 0);
    calendar_free(calendar);
}

static void parts_of_a_union_that_differ_are_refused(void **state)
{
    (void)state;
    CalendarSpec other_spec = monday_to_friday("other");
    Error err = {0};
    other_spec.hours[0] = (WorkingHours){8 * 60, 16 * 60};
    other_spec.cut_off = 12 * 60;
    Calendar *other = calendar_new(&other_spec, &err);
    const Calendar *const parts[] = {calendars[0], other};
    CalendarSpec spec = {.name = "x", .cut_off = -1, .plus = parts, .plus_count = 2};
    assert_null(calendar_new(&spec, &err));
    assert_string_equal(err.text, "the calendar 'x' must say its working days: those of "
                                  "'england-and-wales' and 'other' differ");
    spec.working_days[0] = true;
    assert_null(calendar_new(&spec, &err));
    assert_string_equal(err.text, "the calendar 'x' must say its cut-off: those of "
                                  "'england-and-wales' and 'other' differ");
    spec.plus = &parts[1];
    spec.plus_count = 1;
    spec.working_days[0] = false;
    Calendar *heir = calendar_new(&spec, &err);
    assert_non_null(heir);
    assert_int_equal(calendar_cut_off(heir), 12 * 60);
    assert_int_equal(calendar_hours(heir, 0).from, 8 * 60);
    calendar_free(heir);
    calendar_free(other);
}

static void yearly_rules_keep_to_their_years(void **state)
{
    (void)state;
    CalendarRule rules[] = {fixed(30, 11, "from"),
                            fixed(3, 6, "until"),
                            {.kind = RULE_FIXED, .day = 29, .month = 2, .name = "leap"},
                            {.kind = RULE_NTH_WEEKDAY, .nth = 5, .weekday = 1, .month = 4}};
    rules[0].from_year = 2007;
    rules[1].from_year = rules[1].until_year = 1999;
    CalendarSpec spec = monday_to_friday("years");
    Error err = {0};
    spec.rules = rules;
    spec.rule_count = 4;
    Calendar *calendar = calendar_new(&spec, &err);
    assert_non_null(calendar);
    assert_true(calendar_is_working(calendar, CIVIL(2006, 11, 30)));
    assert_false(calendar_is_working(calendar, CIVIL(2007, 11, 30)));
    assert_false(calendar_is_working(calendar, CIVIL(1999, 6, 3)));
    assert_true(calendar_is_working(calendar, CIVIL(2003, 6, 3)));
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2024, 2, 29)), "leap");
    assert_true(calendar_is_working(calendar, CIVIL(2023, 3, 1)));
    assert_string_equal(calendar_skip_reason(calendar, CIVIL(2024, 4, 30)), "holiday");
    assert_true(calendar_is_working(calendar, CIVIL(2025, 4, 28)));
    calendar_free(calendar);
}

static void refused(const CalendarSpec *spec, const char *text)
{
    Error err = {0};
    assert_null(calendar_new(spec, &err));
    assert_string_equal(err.text, text);
}

static void an_impossible_calendar_is_refused_with_a_sentence(void **state)
{
    (void)state;
    CalendarRule rule = fixed(31, 4, "Never");
    CalendarSpec good = monday_to_friday("x"), spec = good;
    spec.rules = &rule;
    spec.rule_count = 1;
    refused(&spec, "the calendar 'x' has a holiday 'Never' on a day that no year has");
    rule = once(CIVIL(1994, 5, 9), "Early");
    refused(&spec, "the calendar 'x' covers 1995 to 2035, but speaks of Monday 9 May 1994");
    rule = moved(CIVIL(2020, 5, 8), CIVIL(2020, 5, 5), "VE Day");
    refused(&spec,
            "the calendar 'x' moves a holiday from Tuesday 5 May 2020, which is not a holiday");
    rule = fixed(1, 1, "Back");
    rule.from_year = 2010;
    rule.until_year = 2009;
    refused(&spec, "the calendar 'x' has a holiday 'Back' from 2010 until 2009");
    rule = easter(400, "Far");
    refused(&spec, "the calendar 'x' has a holiday 'Far' on a day that no year has");
    spec = good;
    spec.first_year = spec.last_year = 0;
    refused(&spec, "the calendar 'x' does not say which years it covers; write for example: "
                   "covers 1995 to 2035");
    spec.first_year = 1899;
    spec.last_year = 2035;
    refused(&spec, "the calendar 'x' cannot cover 1899 to 2035: years go from 1900 to 2200");
    spec = good;
    memset(spec.hours, 0, sizeof spec.hours);
    refused(&spec, "the calendar 'x' does not say which days are working days");
    spec = good;
    spec.hours[2] = (WorkingHours){17 * 60, 9 * 60};
    refused(&spec, "the calendar 'x' closes before it opens on Wednesday");
    spec = good;
    spec.cut_off = 24 * 60;
    refused(&spec, "the calendar 'x' has a cut-off after the end of the day");
    const Calendar *const plus[] = {calendars[SCOTLAND]};
    spec = good;
    spec.plus = plus;
    spec.plus_count = 1;
    spec.last_year = 2040;
    refused(&spec, "the calendar 'x' covers 1995 to 2040, but 'scotland' only 1995 to 2035");
}

/* What threads share must be as it is before the first of them starts. */
static void a_prepared_calendar_is_not_written_again(void **state)
{
    (void)state;
    Calendar *calendar = region_calendar(ENGLAND_AND_WALES);
    calendar_prepare(calendar);
    Calendar before = *calendar;
    CalendarCounts counts = *calendar->counts;
    added(calendar, CIVIL(2021, 2, 1), 3);
    calendar_count(calendar, CIVIL(2021, 2, 1), CIVIL(2021, 3, 1));
    calendar_prepare(calendar);
    assert_non_null(counts.worked);
    assert_memory_equal(calendar, &before, sizeof before);
    assert_memory_equal(calendar->counts, &counts, sizeof counts);
    calendar_free(calendar);
    calendar_prepare(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_every_region_works_as_the_rules_say),
        cmocka_unit_test(the_published_days_of_hard_years_are_off),
        cmocka_unit_test(adding_working_days_equals_walking_day_by_day),
        cmocka_unit_test(counting_is_the_opposite_of_adding),
        cmocka_unit_test(the_worked_examples_of_the_study_come_out),
        cmocka_unit_test(a_skipped_day_says_why),
        cmocka_unit_test(a_prepared_calendar_is_not_written_again),
        cmocka_unit_test(outside_its_years_a_calendar_says_where_it_ends),
        cmocka_unit_test(dates_after_the_published_year_are_projected),
        cmocka_unit_test(what_is_displaced_into_the_first_year_is_kept),
        cmocka_unit_test(displaced_holidays_keep_the_order_of_their_dates),
        cmocka_unit_test(a_union_is_published_as_far_as_all_its_parts_are),
        cmocka_unit_test(taking_holidays_away_opens_no_weekend),
        cmocka_unit_test(a_union_is_off_where_any_of_its_parts_is),
        cmocka_unit_test(an_overlay_adds_closures_gives_days_back_and_opens_a_saturday),
        cmocka_unit_test(days_can_work_without_hours),
        cmocka_unit_test(parts_of_a_union_that_differ_are_refused),
        cmocka_unit_test(yearly_rules_keep_to_their_years),
        cmocka_unit_test(an_impossible_calendar_is_refused_with_a_sentence),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
