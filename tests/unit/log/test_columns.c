#include "log/given.h"

static void columns_are_known_by_the_headings_of_many_tools(void **state)
{
    Given *given = *state;
    static const char *const headings[] = {
        "case:concept:name,concept:name,time:timestamp,org:resource,org:role",
        "Case ID,Activity,Complete Timestamp,Resource,Role",
        "CaseID,handling,timestamp,employee,x",
        "child unique id,Type,Date,worker,Allocated Team",
        "case_id,activity,end_time,Allocated Worker,start_time",
        "patient, activity ,time,person,org:group"};
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        Text text = {0};
        text_addf(&text, "%s\nA,x,2021-04-03,Ann,r\n", headings[i]);
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        given_log(given);
        const LogRow *row = &given->log.rows[0];
        assert_string_equal(given->log.cases.texts[row->case_name], "A");
        assert_string_equal(activity(given, row), "x");
        assert_string_equal(given->log.people.texts[row->person], "Ann");
        bool has_role = i < 2 || i == 3;
        assert_string_equal(given->log.roles.texts[row->role], has_role ? "r" : "");
    }
}

static void the_form_child_date_type_is_recognised(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "Child,Date,Type\n7,13/04/2021,Contact\n");
    given_log(given);
    assert_string_equal(given->log.files[0].columns,
                        "case \"Child\", activity \"Type\", time \"Date\"");
}

static void standard_names_come_before_others_and_an_index_without_heading_is_left(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv",
               ",concept:name,time:timestamp,Activity,case:concept:name\n"
               "0,x,2021-04-03,other,A\n");
    given_log(given);
    assert_string_equal(activity(given, &given->log.rows[0]), "x");
}

static void what_could_be_two_columns_is_asked_for(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "case,activity,date,time\nA,x,2021-04-03,10:00\n");
    assert_false(given_read(given));
    assert_told(given, "several columns could be the time: say which with --time HEADING");
    assert_told(given, "'case', 'activity', 'date', 'time'");
    given->mapping.columns[COLUMN_TIME] = "date";
    given_log(given);
    given_text(given, "a.csv", "case,activity,date,worker,person\nA,x,2021-04-03,Ann,Bo\n");
    assert_false(given_read(given));
    assert_told(given, "--person '' for none");
    given->mapping.columns[COLUMN_PERSON] = "";
    given_log(given);
    assert_int_equal(given->log.people.count, 1);
}

static void a_column_that_is_missing_is_asked_for_with_all_headings(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "reference,what,date\nA,x,2021-04-03\n");
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_INPUT);
    assert_told(given, "which column is the case does not show: say which with --case HEADING");
    assert_told(given, "'reference', 'what', 'date'");
}

static void a_heading_that_is_said_must_be_there_once(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "Ref,activity,date,Ref\nA,x,2021-04-03,B\n");
    given->mapping.columns[COLUMN_CASE] = "Ref";
    assert_false(given_read(given));
    assert_told(given, "columns 1 and 4 are both headed 'Ref'");
    given->mapping.columns[COLUMN_CASE] = "Reff";
    assert_false(given_read(given));
    assert_told(given, "no column is headed 'Reff' (did you mean 'Ref'?)");
    given_text(given, "a.csv", "case,activity,date,more,more,,\nA,x,2021-04-03,B,C,D,E\n");
    given->mapping.columns[COLUMN_CASE] = NULL;
    given_log(given); /* nobody asks for the doubled ones */
    mapping_add_fact(&given->mapping, "urgent", "more", 0);
    assert_false(given_read(given));
}

static void a_heading_in_another_encoding_is_refused(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", "case,activity,date,Priorit\xe9\nA,x,2021-04-03,B\n");
    assert_false(given_read(given));
    assert_told(given, "--encoding windows-1252");
}

static void a_column_called_like_a_fact_is_that_fact_if_it_is_there(void **state)
{
    Given *given = *state;
    mapping_offer_fact(&given->mapping, "risk");
    mapping_offer_fact(&given->mapping, "age");
    given_text(given, "a.csv",
               "case,activity,time,risk\nA,x,2021-04-01,high\nA,y,2021-04-02,\n");
    given_read(given);
    assert_int_equal(given->log.row_value_count, 1);
    assert_string_equal(given->log.values.texts[given->log.row_values[0].text], "high");
    assert_non_null(strstr(given->log.files[0].columns, "risk \"risk\""));
    assert_null(strstr(given->log.files[0].columns, "age"));
    log_clear(&given->log);
    mapping_add_fact(&given->mapping, "risk", "Risk of harm", 0);
    assert_false(
        log_read(&given->request, &given->log, &given->err)); /* named: it must be there */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(a_column_called_like_a_fact_is_that_fact_if_it_is_there),
        CASEWRIGHT_TEST(columns_are_known_by_the_headings_of_many_tools),
        CASEWRIGHT_TEST(the_form_child_date_type_is_recognised),
        CASEWRIGHT_TEST(standard_names_come_before_others_and_an_index_without_heading_is_left),
        CASEWRIGHT_TEST(what_could_be_two_columns_is_asked_for),
        CASEWRIGHT_TEST(a_column_that_is_missing_is_asked_for_with_all_headings),
        CASEWRIGHT_TEST(a_heading_that_is_said_must_be_there_once),
        CASEWRIGHT_TEST(a_heading_in_another_encoding_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
