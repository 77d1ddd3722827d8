#include "log/given.h"

#define HEADING "case,activity,time\n"

static void rows_become_cases_activities_and_moments(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,Contact,2021-04-03T09:30:00+01:00\n"
                       "A,Visit,2021-04-04T10:00:00Z\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_int_equal(given->log.cases.count, 2);
    assert_when(given, 0, "2021-04-03T08:30:00.000Z");
    assert_when(given, 1, "2021-04-04T10:00:00.000Z");
    assert_string_equal(activity(given, &given->log.rows[1]), "Visit");
    assert_int_equal(given->log.rows[0].line, 2);
    assert_int_equal(given->log.rows[1].line, 3);
    assert_true(given->log.first == given->log.rows[0].at);
    assert_true(given->log.last == given->log.rows[1].at);
}

static void line_ends_of_every_kind_and_none_at_the_end_are_the_same(void **state)
{
    Given *given = *state;
    static const char *const texts[] = {
        HEADING "A,x,2021-04-03\nB,y,2021-04-04\n",
        HEADING "A,x,2021-04-03\nB,y,2021-04-04",
        "case,activity,time\r\nA,x,2021-04-03\r\nB,y,2021-04-04\r\n",
        "case,activity,time\r\nA,x,2021-04-03\r\nB,y,2021-04-04",
        "case,activity,time\rA,x,2021-04-03\rB,y,2021-04-04\r",
        "case,activity,time\rA,x,2021-04-03\rB,y,2021-04-04",
        "\xef\xbb\xbf" HEADING "A,x,2021-04-03\nB,y,2021-04-04"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        given_text(given, "a.csv", texts[i]);
        given_log(given);
        assert_int_equal(given->log.row_count, 2);
        assert_string_equal(given->log.cases.texts[2], "B");
        assert_int_equal(given->log.rows[1].line, 3);
        assert_when(given, 1, "2021-04-04");
        assert_int_equal(given->log.files[0].had_bom, i == 6);
    }
}

static void a_heading_alone_is_no_rows(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "case,activity,time");
    given_log(given);
    assert_int_equal(given->log.row_count, 0);
    assert_true(given->log.first == MOMENT_NONE);
    given_cases(given);
    assert_int_equal(given->case_count, 0);
}

static void an_empty_file_is_refused(void **state)
{
    Given *given = *state;
    static const char *const texts[] = {"", "\xef\xbb\xbf", "\n\n\n", "\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        given_text(given, "a.csv", texts[i]);
        assert_false(given_read(given));
        assert_int_equal(given->err.kind, ERROR_INPUT);
    }
}

static void quoted_cells_hold_separators_line_breaks_and_quotes(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               "case,activity,time\r\n"
               "\"A\",\"Visit, at \"\"home\"\"\r\nand school\",2021-04-03\r\n"
               "B,\"\",2021-04-03\r\n"
               "C,5\" pipe,2021-04-03\r\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_string_equal(activity(given, &given->log.rows[0]),
                        "Visit, at \"home\"\r\nand school");
    assert_string_equal(activity(given, &given->log.rows[1]), "5\" pipe");
    assert_int_equal(given->log.rows[1].line, 5);
    assert_int_equal(given->log.set_aside[0].reason, SET_ASIDE_NO_ACTIVITY);
    assert_int_equal(given->log.set_aside[0].line, 4);
}

static void a_quote_that_is_never_closed_is_an_error_of_its_row(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,2021-04-03\nB,\"y,2021-04-03\nC,z,2021-04-03\n");
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_INPUT);
    assert_told(given, "a.csv:3: a quote in the row that begins here is never closed");
}

static void text_after_a_closing_quote_is_an_error_of_its_row(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,2021-04-03\nB,\"y\"z,2021-04-03\n");
    assert_false(given_read(given));
    assert_told(given, "a.csv:3: text follows a closing quote");
}

static void another_quote_or_none_can_be_said(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,'x,y',2021-04-03\nA,\"z,2021-04-03\n");
    given->mapping.quote = '\'';
    given_log(given);
    assert_string_equal(activity(given, &given->log.rows[0]), "x,y");
    assert_string_equal(activity(given, &given->log.rows[1]), "\"z");
    given->mapping.quote = NO_QUOTE;
    given_log(given);
    assert_int_equal(given->log.set_aside[0].reason, SET_ASIDE_RAGGED);
    assert_string_equal(activity(given, &given->log.rows[0]), "\"z");
}

static void separators_are_seen_in_the_heading_and_kept(void **state)
{
    Given *given = *state;
    static const struct {
        const char *text;
        char separator;
    } texts[] = {{"case;activity;time\nA;x,y;2021-04-03\n", ';'},
                 {"case\tactivity\ttime\nA\tx,y\t2021-04-03\n", '\t'},
                 {"case|activity|time\nA|x,y|2021-04-03\n", '|'},
                 {"sep=;\r\ncase;activity;time\r\nA;x,y;2021-04-03\n", ';'},
                 {"sep=:\ncase:activity:time\nA:x,y:2021-04-03\n", ':'},
                 {"\"case\";\"acti,vi,ty,\";time;activity\nA;q;2021-04-03;x,y\n", ';'}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        given_text(given, "a.csv", texts[i].text);
        given_log(given);
        assert_int_equal(given->log.files[0].separator, texts[i].separator);
        assert_string_equal(activity(given, &given->log.rows[0]), "x,y");
    }
}

static void a_separator_that_does_not_show_is_asked_for(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "case:activity:time\nA:x:2021-04-03\n");
    assert_false(given_read(given));
    assert_told(given, "--separator");
    given_text(given, "a.csv", "case,activity;time\nA,x;2021-04-03\n");
    assert_false(given_read(given));
    assert_told(given, "',' and ';' could both part the columns");
    given_text(given, "a.csv", "case:activity:time\nA:x:2021-04-03\n");
    given->mapping.separator = given->mapping.quote = ':';
    assert_false(given_read(given));
    assert_told(given, "':' cannot both part columns and quote");
    given->mapping.quote = 0;
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
}

static void rows_with_another_number_of_cells_are_set_aside(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,x,2021-04-03\nA,y\n\nB,z,2021-04-03,more\nC,v,2021-04-05\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_RAGGED], 2);
    assert_int_equal(given->log.set_aside[0].line, 3);
    assert_string_equal(given->log.set_aside[0].detail, "2 instead of 3");
    assert_int_equal(given->log.set_aside[1].line, 5);
    assert_int_equal(given->log.rows[1].line, 6);
}

static void a_case_with_a_row_set_aside_is_given_out_as_damaged(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", HEADING "A,x,2021-04-03\nA,y\nB,z,never\nC,v,2021-04-05\n");
    given_cases(given);
    assert_int_equal(given->case_count, 3);
    assert_true(given->cases[0].has_set_aside && given->cases[0].row_count == 1);
    assert_true(given->cases[1].has_set_aside && given->cases[1].row_count == 0);
    assert_int_equal(given->cases[1].line, 4);
    assert_false(given->cases[2].has_set_aside);
}

static void a_row_of_a_badly_encoded_cell_is_set_aside_with_its_line(void **state)
{
    Given *given = *state;
    static const char text[] = HEADING "A,J\xe9r\xf4me,2021-04-03\nA,nul\0here,2021-04-03\n"
                                       "A,J\xc3\xa9r\xc3\xb4me,2021-04-03\n";
    given_bytes(given, "a.csv", text, sizeof text - 1);
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TEXT], 2);
    assert_int_equal(given->log.set_aside[0].line, 2);
    assert_int_equal(given->log.set_aside[1].line, 3);
}

static void an_encoding_that_is_said_is_converted(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               HEADING "A,J\xe9r\xf4me \"\"\x80,2021-04-03\nA,\"\"\"\xe9\"\"\",2021-04-03\n"
                       "A,\x81,2021-04-03\n");
    given->mapping.encoding = ENCODING_WINDOWS_1252;
    given_log(given);
    assert_string_equal(activity(given, &given->log.rows[0]),
                        "J\xc3\xa9r\xc3\xb4me \"\"\xe2\x82\xac");
    assert_string_equal(activity(given, &given->log.rows[1]), "\"\xc3\xa9\"");
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TEXT], 1);
    given->mapping.encoding = ENCODING_LATIN_1;
    given_log(given);
    assert_int_equal(given->log.set_aside_by[SET_ASIDE_BAD_TEXT], 0);
}

static void utf_16_is_refused_with_what_to_do(void **state)
{
    Given *given = *state;
    given_bytes(given, "a.csv",
                "\xff\xfe"
                "c\0a\0s\0e\0",
                10);
    assert_false(given_read(given));
    assert_told(given, "UTF-16");
    assert_told(given, "CSV UTF-8");
    given_bytes(given, "a.csv", "c\0a\0s\0e\0,\0", 10);
    assert_false(given_read(given));
    assert_told(given, "UTF-16");
}

static void ids_are_text_whatever_they_look_like(void **state)
{
    Given *given = *state;
    static const char *const ids[] = {
        "007", "7", "1E10", "12345678901234567890", "NA", "null", "none", " 7", "7 "};
    Text text = {0};
    text_add(&text, HEADING);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        text_addf(&text, "%s,x,2021-04-03\n", ids[i]);
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    given_log(given);
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        assert_string_equal(given->log.cases.texts[given->log.rows[i].case_name], ids[i]);
    assert_int_equal(given->log.cases.count, sizeof ids / sizeof *ids + 1);
}

static void a_record_may_cross_the_window_anywhere(void **state)
{
    Given *given = *state;
    Text text = {0};
    text_add(&text, "case,activity,time\r\n");
    uint32_t rows = 0;
    while (text.length < 900000)
        text_addf(&text, "C%u,\"step %u, \"\"x\"\"\r\n\",2021-04-03\r\n", rows / 7, rows % 11),
            rows++;
    given_text(given, "a.csv", text_get(&text));
    given_log(given);
    assert_int_equal(given->log.row_count, rows);
    assert_int_equal(given->log.activities.count, 12);
    assert_int_equal(given->log.cases.count, (rows - 1) / 7 + 2);
    assert_int_equal(given->log.rows[rows - 1].line, 2 * rows);
    text_clear(&text);
}

/* Letters of every kind, what stands close to a separator or line end in the code among
 * them, at every distance from the beginning of the row. */
static void cells_end_where_they_end_at_every_place_of_a_row(void **state)
{
    Given *given = *state;
    static const char *const letters[] = {"a",  "\x01", "\x1f",        "\t",       "\v",
                                          "+",  "-",    "\xc2\xac",    "\xc3\x8a", "\x7f",
                                          "\"", "~",    "\xe2\x80\x8d"};
    Text text = {0}, ids[13 * 21] = {{0}};
    text_add(&text, "activity,case,time\n");
    for (size_t i = 0; i < 13; i++) {
        for (size_t length = 0; length < 21; length++) {
            Text *id = &ids[i * 21 + length];
            text_add(id, "x");
            for (size_t k = 0; k < length; k++)
                text_add(id, letters[i]);
            text_addf(&text, "%.*s,%s,2021-04-03\n", (int)(length % 9) + 1, "abcdefghi",
                      text_get(id));
        }
    }
    given_text(given, "a.csv", text_get(&text));
    given_log(given);
    assert_int_equal(given->log.row_count, 13 * 21);
    for (size_t i = 0; i < 13 * 21; i++) {
        const LogRow *row = &given->log.rows[i];
        assert_string_equal(given->log.cases.texts[row->case_name], text_get(&ids[i]));
        assert_int_equal(strlen(activity(given, row)), i % 21 % 9 + 1);
        text_clear(&ids[i]);
    }
    text_clear(&text);
}

static void facts_are_taken_from_their_columns(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               "case,activity,time,Priority,Area\nA,x,2021-04-03,high,\n"
               "A,y,2021-04-03,,North\n");
    mapping_add_fact(&given->mapping, "area", "Area", 0);
    mapping_add_fact(&given->mapping, "urgent", "Priority", 0);
    given_log(given);
    const Log *log = &given->log;
    assert_int_equal(log->row_value_count, 2);
    assert_int_equal(log->row_values[log->rows[0].first_value].fact, 1);
    assert_string_equal(log->values.texts[log->row_values[log->rows[0].first_value].text],
                        "high");
    assert_int_equal(log->row_values[log->rows[1].first_value].fact, 0);
    assert_int_equal(log->rows[1].value_count, 1);
}

static void other_parts_of_the_lifecycle_are_left_out_and_counted(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               "case,activity,time,lifecycle:transition\nA,x,2021-04-03,start\n"
               "A,x,2021-04-04,COMPLETE\nA,y,2021-04-05,\n");
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_int_equal(given->log.notes.other_lifecycle, 1);
    given->mapping.lifecycle = LIFECYCLE_START;
    given_log(given);
    assert_int_equal(given->log.row_count, 1);
    given->mapping.lifecycle = LIFECYCLE_ANY;
    given_log(given);
    assert_int_equal(given->log.row_count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(rows_become_cases_activities_and_moments),
        CASEWRIGHT_TEST(line_ends_of_every_kind_and_none_at_the_end_are_the_same),
        CASEWRIGHT_TEST(a_heading_alone_is_no_rows),
        CASEWRIGHT_TEST(an_empty_file_is_refused),
        CASEWRIGHT_TEST(quoted_cells_hold_separators_line_breaks_and_quotes),
        CASEWRIGHT_TEST(a_quote_that_is_never_closed_is_an_error_of_its_row),
        CASEWRIGHT_TEST(text_after_a_closing_quote_is_an_error_of_its_row),
        CASEWRIGHT_TEST(another_quote_or_none_can_be_said),
        CASEWRIGHT_TEST(separators_are_seen_in_the_heading_and_kept),
        CASEWRIGHT_TEST(a_separator_that_does_not_show_is_asked_for),
        CASEWRIGHT_TEST(rows_with_another_number_of_cells_are_set_aside),
        CASEWRIGHT_TEST(a_case_with_a_row_set_aside_is_given_out_as_damaged),
        CASEWRIGHT_TEST(a_row_of_a_badly_encoded_cell_is_set_aside_with_its_line),
        CASEWRIGHT_TEST(an_encoding_that_is_said_is_converted),
        CASEWRIGHT_TEST(utf_16_is_refused_with_what_to_do),
        CASEWRIGHT_TEST(ids_are_text_whatever_they_look_like),
        CASEWRIGHT_TEST(a_record_may_cross_the_window_anywhere),
        CASEWRIGHT_TEST(cells_end_where_they_end_at_every_place_of_a_row),
        CASEWRIGHT_TEST(facts_are_taken_from_their_columns),
        CASEWRIGHT_TEST(other_parts_of_the_lifecycle_are_left_out_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
