#include "log/given.h"

#define EVENT(name, time)                                                                      \
    "<event><string key=\"concept:name\" value=\"" name "\"/>"                                 \
    "<date key=\"time:timestamp\" value=\"" time "\"/></event>"
#define TRACE(name, events)                                                                    \
    "<trace><string key=\"concept:name\" value=\"" name "\"/>" events "</trace>"

static void traces_are_cases_and_events_are_rows(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<?xml version=\"1.0\"?>\n<log xmlns=\"http://www.xes-standard.org/\">\n" TRACE(
                   "A", EVENT("x", "2011-12-06T13:41:31.788+01:00") "\n" EVENT(
                            "y", "2011-12-07T13:41:31Z"))
                   TRACE("NA", EVENT("x", "2011-12-08T00:00:00Z")) "</log>");
    given_log(given);
    assert_int_equal(given->log.row_count, 3);
    assert_true(given->log.files[0].is_xes);
    assert_when(given, 0, "2011-12-06T12:41:31.788Z");
    assert_int_equal(given->log.rows[0].line, 3);
    assert_int_equal(given->log.rows[1].line, 4);
    assert_string_equal(given->log.cases.texts[given->log.rows[2].case_name], "NA");
}

static void defaults_and_nested_attributes_are_no_data(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<log><global scope=\"event\"><string key=\"org:resource\" value=\"UNKNOWN\"/>"
               "<event><string key=\"concept:name\" value=\"no\"/></event></global>"
               "<string key=\"concept:name\" value=\"the log\"/>"
               "<trace><list key=\"l\"><values><string key=\"concept:name\" "
               "value=\"no\"/></values></list>"
               "<string key=\"concept:name\" value=\"A\"><string key=\"concept:name\" "
               "value=\"no\"/></string>"
               "<event><string key=\"concept:name\" value=\"x\"/>"
               "<container key=\"c\"><string key=\"concept:name\" value=\"no\"/></container>"
               "<date key=\"time:timestamp\" value=\"2011-12-06\">"
               "<string key=\"org:resource\" value=\"no\"/></date></event></trace></log>");
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
    const LogRow *row = &given->log.rows[0];
    assert_string_equal(given->log.cases.texts[row->case_name], "A");
    assert_string_equal(activity(given, row), "x");
    assert_int_equal(row->person, 0);
    assert_when(given, 0, "2011-12-06");
}

static void elements_count_without_their_prefix(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<x:log xmlns:x=\"urn:y\"><x:trace><x:string key=\"concept:name\" value=\"A\"/>"
               "<x:event><x:string key=\"concept:name\" value=\"x\"/>"
               "<x:date key=\"time:timestamp\" value=\"2011-12-06T10:00:00Z\"/></x:event>"
               "</x:trace></x:log>");
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
}

static void what_is_missing_is_set_aside_with_its_line(void **state)
{
    Given *given = *state;
    given_text(
        given, "a.xes",
        "<log>\n<event><string key=\"concept:name\" value=\"lost\"/></event>\n"
        "<trace>\n" EVENT("x", "2011-12-06T10:00:00Z") "</trace>\n" TRACE(
            "A",
            "\n<event/>\n<event><string key=\"concept:name\" value=\"y\"/></event>\n" EVENT(
                "z", "tomorrow")) "<trace/>" TRACE("B", "") "</log>");
    given_log(given);
    assert_int_equal(given->log.row_count, 0);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_OUTSIDE], 1);
    assert_int_equal(given->log.notes.outside_cases, 1);
    assert_string_equal(given->log.set_aside[0].detail, "lost");
    assert_int_equal(given->log.set_aside[0].line, 2);
    assert_int_equal(given->log.set_aside[1].reason, SET_ASIDE_NO_CASE);
    assert_int_equal(given->log.set_aside[1].line, 4);
    assert_int_equal(given->log.set_aside[2].reason, SET_ASIDE_NO_ACTIVITY);
    assert_int_equal(given->log.set_aside[3].reason, SET_ASIDE_NO_TIME);
    assert_int_equal(given->log.set_aside[4].reason, SET_ASIDE_BAD_TIME);
    assert_int_equal(given->log.notes.empty_cases, 2);
}

static void nothing_of_one_event_or_trace_reaches_the_next(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<log>" TRACE(
                   "A",
                   "<event><string key=\"org:resource\" value=\"Ann\"/>"
                   "<string key=\"concept:name\" value=\"x\"/>"
                   "<date key=\"time:timestamp\" value=\"2011-12-06\"/></event>" EVENT(
                       "y", "2011-12-07")) "<trace>" EVENT("z", "2011-12-08") "</trace></log>");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_string_equal(given->log.people.texts[given->log.rows[0].person], "Ann");
    assert_int_equal(given->log.rows[1].person, 0);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_NO_CASE], 1);
}

static const char *fact_of(const Given *given, uint32_t row, uint32_t fact)
{
    const Log *log = &given->log;
    for (uint32_t i = 0; i < log->rows[row].value_count; i++) {
        const LogValue *value = &log->row_values[log->rows[row].first_value + i];
        if (value->fact == fact)
            return log->values.texts[value->text];
    }
    return NULL;
}

static void facts_are_of_the_event_else_of_its_trace(void **state)
{
    Given *given = *state;
    given_text(
        given, "a.xes",
        "<log><trace><string key=\"concept:name\" value=\"A\"/>"
        "<string key=\"channel\" value=\"post\"/><string key=\"group\" value=\"G1\"/>"
        "<event><string key=\"concept:name\" value=\"x\"/><string key=\"group\" value=\"G2\"/>"
        "<date key=\"time:timestamp\" value=\"2011-12-06\"/></event>" EVENT(
            "y", "2011-12-07") "</trace></log>");
    mapping_add_fact(&given->mapping, "channel", "channel", 0);
    mapping_add_fact(&given->mapping, "group", "group", 0);
    mapping_add_fact(&given->mapping, "case-group", "case:group", 0);
    given_log(given);
    assert_string_equal(fact_of(given, 0, 0), "post");
    assert_string_equal(fact_of(given, 0, 1), "G2");
    assert_string_equal(fact_of(given, 0, 2), "G1");
    assert_string_equal(fact_of(given, 1, 1), "G1");
}

static void other_keys_can_be_said_and_must_be_met(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<log><trace><string key=\"id\" value=\"A\"/>"
               "<event><string key=\"what\" value=\"x\"/>"
               "<date key=\"time:timestamp\" value=\"2011-12-06\"/></event></trace></log>");
    given->mapping.columns[COLUMN_CASE] = "case:id";
    given->mapping.columns[COLUMN_ACTIVITY] = "what";
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
    assert_string_equal(given->log.files[0].columns,
                        "case \"id\" of the trace, activity \"what\", time \"time:timestamp\"");
    given->mapping.columns[COLUMN_ROLE] = "org:rule";
    assert_false(given_read(given));
    assert_told(given, "no event has an attribute with the key 'org:rule'");
}

static void any_doctype_is_refused_before_it_can_do_anything(void **state)
{
    Given *given = *state;
    static const char *const texts[] = {
        "<!DOCTYPE log><log/>", "<!DOCTYPE log SYSTEM \"http://example.org/x.dtd\"><log/>",
        "<!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><log>&b;</log>",
        "<!DOCTYPE log [<!ENTITY % p SYSTEM \"file:///etc/passwd\">%p;]><log/>"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        given_text(given, "a.xes", texts[i]);
        assert_false(given_read(given));
        assert_int_equal(given->err.kind, ERROR_INPUT);
        assert_told(given, "a.xes:1: the file has a DOCTYPE");
    }
}

static void xml_that_is_broken_is_an_error_with_its_line(void **state)
{
    Given *given = *state;
    static const struct {
        const char *text, *told;
    } texts[] = {
        {"", "no element found"},
        {"<log>\n<trace>", "cut short"},
        {"<log>\n</trace>", "a.xes:2: this is not well-formed XML (mismatched tag)"},
        {"<log/>\n<log/>",
         "a.xes:2: this is not well-formed XML (junk after document element)"},
        {"<log/>\nrest", "a.xes:2:"},
        {"<html/>", "this is XML, but not XES"},
        {"<?xml version=\"1.0\" encoding=\"no-such\"?><log/>", "unknown encoding"},
        {"<log><trace><string key=\"concept:name\" value=\"\xe9\"/></trace></log>",
         "another encoding"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        given_text(given, "a.xes", texts[i].text);
        assert_false(given_read(given));
        assert_int_equal(given->err.kind, ERROR_INPUT);
        assert_told(given, texts[i].told);
    }
}

static void a_file_is_known_by_what_it_begins_with(void **state)
{
    Given *given = *state;
    given_text(given, "a.txt",
               "\xef\xbb\xbf <log>" TRACE("A", EVENT("x", "2011-12-06")) "</log>");
    given_log(given);
    assert_true(given->log.files[0].is_xes);
    assert_int_equal(given->log.row_count, 1);
}

static void utf_16_and_latin_1_are_read_where_the_file_says_so(void **state)
{
    Given *given = *state;
    given_text(given, "a.xes",
               "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><log>" TRACE(
                   "A", EVENT("caf\xe9", "2011-12-06")) "</log>");
    given_log(given);
    assert_string_equal(activity(given, &given->log.rows[0]), "caf\xc3\xa9");
    static const char text[] = "<log>" TRACE("A", EVENT("x", "2011-12-06")) "</log>";
    char wide[2 * sizeof text] = {(char)0xff, (char)0xfe};
    for (size_t i = 0; i + 1 < sizeof text; i++)
        wide[2 + 2 * i] = text[i];
    given_bytes(given, "b", wide, 2 * sizeof text);
    given_log(given);
    assert_string_equal(activity(given, &given->log.rows[0]), "x");
}

/* `depth` elements within each other, the log included. */
static void deep(Given *given, unsigned depth)
{
    Text text = {0};
    text_add(&text, "<log>");
    for (unsigned i = 1; i < depth; i++)
        text_add(&text, "<list key=\"l\">");
    for (unsigned i = 1; i < depth; i++)
        text_add(&text, "</list>");
    text_add(&text, "</log>");
    given_text(given, "a.xes", text_get(&text));
    text_clear(&text);
}

static void elements_within_elements_are_bounded(void **state)
{
    Given *given = *state;
    deep(given, 31);
    given_log(given);
    deep(given, 32);
    given_log(given);
    deep(given, 33);
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_told(given, "more than 32 deep");
}

static bool reads_value_of(Given *given, size_t length)
{
    Text text = {0};
    text_add(&text, "<log><trace><string key=\"concept:name\" value=\"A\"/><event><string "
                    "key=\"concept:name\" value=\"");
    for (size_t i = 0; i < length; i++)
        text_add_char(&text, 'x');
    text_add(&text,
             "\"/><date key=\"time:timestamp\" value=\"2011-12-06\"/></event></trace></log>");
    given_text(given, "a.xes", text_get(&text));
    text_clear(&text);
    return given_read(given);
}

static void values_and_tags_are_bounded(void **state)
{
    Given *given = *state;
    assert_true(reads_value_of(given, 1024 * 1024 - 1));
    assert_true(reads_value_of(given, 1024 * 1024));
    assert_int_equal(given->log.row_count, 1);
    assert_false(reads_value_of(given, 1024 * 1024 + 1));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_false(reads_value_of(given, 16 * 1024 * 1024));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_told(given, "longer than 4 MiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(traces_are_cases_and_events_are_rows),
        CASEWRIGHT_TEST(defaults_and_nested_attributes_are_no_data),
        CASEWRIGHT_TEST(elements_count_without_their_prefix),
        CASEWRIGHT_TEST(what_is_missing_is_set_aside_with_its_line),
        CASEWRIGHT_TEST(nothing_of_one_event_or_trace_reaches_the_next),
        CASEWRIGHT_TEST(facts_are_of_the_event_else_of_its_trace),
        CASEWRIGHT_TEST(other_keys_can_be_said_and_must_be_met),
        CASEWRIGHT_TEST(any_doctype_is_refused_before_it_can_do_anything),
        CASEWRIGHT_TEST(xml_that_is_broken_is_an_error_with_its_line),
        CASEWRIGHT_TEST(a_file_is_known_by_what_it_begins_with),
        CASEWRIGHT_TEST(utf_16_and_latin_1_are_read_where_the_file_says_so),
        CASEWRIGHT_TEST(elements_within_elements_are_bounded),
        CASEWRIGHT_TEST(values_and_tags_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
