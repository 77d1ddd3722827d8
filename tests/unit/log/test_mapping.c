#include "log/mapping.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"

static bool parses(Mapping *mapping, const char *text, Error *err)
{
    *mapping = (Mapping){0};
    *err = (Error){0};
    return mapping_parse(mapping, "my.map", text, strlen(text), err);
}

static void every_line_of_a_map_file_is_taken(void **state)
{
    (void)state;
    Mapping m;
    Error err;
    static const char text[] =
        "\xef\xbb\xbf# how the council's extract is to be read\r\n"
        "case column \"Child ID\"   # a comment\r\n"
        "activity column \"Type\"\n\n"
        "time column \"Date\"\nperson column \"Who\"\nrole column \"Team\"\n"
        "lifecycle column \"Part\"\nlifecycle any\n"
        "fact urgent column \"Priority\"\n"
        "dates day month year\nzone +01:00 summer time\n"
        "encoding Windows-1252\nseparator tab\nquote \"'\"\ndedupe\n"
        "activity \"Seen \\\"at home\\\"\" is see-child with alone yes, place \"a home\"\n"
        "ignore \"Archived\", \"Printed\"\n"
        "role \"Team 1\" is social-worker\nvalue \"High\" of risk is high\n"
        "nobody \"UNDEFINED\"\nrank \"Contact\", \"Referral\"";
    if (!parses(&m, text, &err))
        fail_msg("%s", err.text);
    assert_string_equal(m.columns[COLUMN_CASE], "Child ID");
    assert_string_equal(m.columns[COLUMN_ACTIVITY], "Type");
    assert_string_equal(m.columns[COLUMN_TIME], "Date");
    assert_string_equal(m.columns[COLUMN_PERSON], "Who");
    assert_string_equal(m.columns[COLUMN_ROLE], "Team");
    assert_string_equal(m.columns[COLUMN_LIFECYCLE], "Part");
    assert_int_equal(m.lifecycle, LIFECYCLE_ANY);
    assert_string_equal(m.facts[0].fact, "urgent");
    assert_string_equal(m.facts[0].column, "Priority");
    assert_int_equal(m.facts[0].line, 10);
    assert_int_equal(m.dates, DATES_DAY_FIRST);
    assert_true(m.has_zone && m.zone.offset_minutes == 60 && m.zone.summer_time);
    assert_int_equal(m.encoding, ENCODING_WINDOWS_1252);
    assert_int_equal(m.separator, '\t');
    assert_int_equal(m.quote, '\'');
    assert_true(m.dedupe);
    assert_int_equal(m.activity_count, 3);
    assert_string_equal(m.activities[0].activity, "Seen \"at home\"");
    assert_string_equal(m.activities[0].event, "see-child");
    assert_int_equal(m.activities[0].saying_count, 2);
    assert_string_equal(m.activities[0].sayings[1].fact, "place");
    assert_string_equal(m.activities[0].sayings[1].value, "a home");
    assert_null(m.activities[2].event);
    assert_string_equal(m.activities[2].activity, "Printed");
    assert_string_equal(m.roles[0].to, "social-worker");
    assert_string_equal(m.values[0].from, "High");
    assert_string_equal(m.values[0].fact, "risk");
    assert_string_equal(m.nobodies[0], "UNDEFINED");
    assert_int_equal(m.rank_count, 2);
    assert_string_equal(m.ranks[1], "Referral");
    mapping_clear(&m);
}

static void a_line_that_is_wrong_is_named_with_what_could_stand_there(void **state)
{
    (void)state;
    static const struct {
        const char *text, *told;
    } wrong[] = {
        {"# x\ncase colum \"A\"",
         "my.map:2: this line is not complete or says too much: write, "
         "for example, case column \"Case ID\""},
        {"case column A", "my.map:1:"},
        {"case column \"A\" \"B\"", "says too much"},
        {"activity \"A\" is", "my.map:1:"},
        {"activity \"A\" is b with", "my.map:1:"},
        {"activity \"A\" is b with c", "my.map:1:"},
        {"activity \"A\" is b with c d,", "my.map:1:"},
        {"activty \"A\" is b", "did you mean 'activity'?"},
        {"frobnicate", "one begins with case, activity"},
        {"rank", "for example, rank"},
        {"rank \"a\",", "for example, rank"},
        {"ignore \"a\" \"b\"", "for example, ignore"},
        {"dates day month", "my.map:1: 'day month' is no order of dates"},
        {"zone Mars/Base", "my.map:1: the time zone 'Mars/Base' is not known"},
        {"zone", "for example, zone"},
        {"encoding klingon", "my.map:1: the encoding 'klingon' is not known"},
        {"separator \"ab\"", "cannot part columns"},
        {"separator \"\\\"\"", "cannot part columns"},
        {"quote \"ab\"", "cannot quote"},
        {"lifecycle end", "complete, start or any"},
        {"lifecycle", "for example, lifecycle"},
        {"case column \"A", "a quote is never closed"},
        {"value \"a\" of b is", "for example, value"},
        {"dedupe now", "says too much"},
        {"case column \"\xff\"", "not text in UTF-8"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Mapping m;
        Error err;
        assert_false(parses(&m, wrong[i].text, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        if (!strstr(err.text, wrong[i].told))
            fail_msg("of '%s': %s", wrong[i].text, err.text);
        mapping_clear(&m);
    }
}

static void nothing_is_said_twice(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "case column \"A\"\ncase column \"B\"",
        "activity \"A\" is b\nactivity \"A\" is c",
        "activity \"A\" is b\nignore \"A\"",
        "role \"A\" is b\nrole \"A\" is c",
        "value \"A\" of f is b\nvalue \"A\" of f is c",
        "fact f column \"A\"\nfact f column \"B\"",
        "rank \"A\"\nrank \"A\"",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Mapping m;
        Error err;
        assert_false(parses(&m, wrong[i], &err));
        assert_non_null(strstr(err.text, "my.map:2: "));
        mapping_clear(&m);
    }
    Mapping m;
    Error err;
    assert_true(parses(&m, "value \"A\" of f is b\nvalue \"A\" of g is c", &err));
    mapping_clear(&m);
}

static void many_lines_of_one_kind_are_all_kept(void **state)
{
    (void)state;
    Mapping m;
    Error err;
    char text[4000] = "";
    for (int i = 0; i < 100; i++)
        snprintf(text + strlen(text), 50, "activity \"A%d\" is b%d\n", i, i);
    assert_true(parses(&m, text, &err));
    assert_int_equal(m.activity_count, 100);
    for (uint32_t i = 0; i < 100; i++) {
        char name[10];
        snprintf(name, sizeof name, "A%u", i);
        assert_string_equal(m.activities[i].activity, name);
        assert_int_equal(m.activities[i].line, i + 1);
    }
    mapping_clear(&m);
}

static void a_map_file_is_bounded(void **state)
{
    (void)state;
    static char text[LIMIT_MAP_BYTES + 1];
    memset(text, '#', sizeof text);
    for (size_t length = LIMIT_MAP_BYTES - 1; length <= LIMIT_MAP_BYTES + 1; length++) {
        Mapping m = {0};
        Error err = {0};
        assert_int_equal(mapping_parse(&m, "my.map", text, length, &err),
                         length <= LIMIT_MAP_BYTES);
        assert_int_equal(err.kind, length <= LIMIT_MAP_BYTES ? ERROR_NONE : ERROR_LIMIT);
        mapping_clear(&m);
    }
}

static void an_option_replaces_what_the_file_says_of_a_fact(void **state)
{
    (void)state;
    Mapping m;
    Error err;
    assert_true(parses(&m, "fact f column \"A\"\nfact g column \"B\"", &err));
    mapping_add_fact(&m, "f", "C", 0);
    assert_int_equal(m.fact_count, 2);
    assert_string_equal(m.facts[0].column, "C");
    assert_true(mapping_quote(&m, "none", &err));
    assert_int_equal(m.quote, NO_QUOTE);
    mapping_clear(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_line_of_a_map_file_is_taken),
        cmocka_unit_test(a_line_that_is_wrong_is_named_with_what_could_stand_there),
        cmocka_unit_test(nothing_is_said_twice),
        cmocka_unit_test(many_lines_of_one_kind_are_all_kept),
        cmocka_unit_test(a_map_file_is_bounded),
        cmocka_unit_test(an_option_replaces_what_the_file_says_of_a_fact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
