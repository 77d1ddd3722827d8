#include "log/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const Zone london = {0, true};

static Moment at(const char *text)
{
    TypedTime time;
    Error err;
    assert_true(time_parse(london, text, &time, &err));
    return typed_moment(london, time);
}

/* One row of a case with one fact, after its heading. */
static void written(LogWriter *writer, const char *case_id, const char *fact, const char *time,
                    Text *out)
{
    static const char *const facts[] = {"risk"};
    const char *values[] = {fact};
    *writer = (LogWriter){.format = writer->format,
                          .raw = writer->raw,
                          .remark = writer->remark,
                          .out = out,
                          .facts = facts,
                          .fact_count = 1,
                          .zone = london};
    LogWriteRow row = {.case_id = case_id,
                       .activity = "visit",
                       .person = "ann",
                       .role = "",
                       .values = values,
                       .at = at(time)};
    log_write_begin(writer);
    log_write_row(writer, &row);
    log_write_end(writer);
    log_write_clear(writer);
}

static void assert_csv(bool raw, const char *case_id, const char *fact, const char *time,
                       const char *line)
{
    Text out = {0};
    LogWriter writer = {.raw = raw};
    written(&writer, case_id, fact, time, &out);
    const char *second = strchr(text_get(&out), '\n') + 1;
    assert_memory_equal(text_get(&out), "case,activity,time,person,role,risk\n",
                        (size_t)(second - text_get(&out)));
    assert_string_equal(second, line);
    text_clear(&out);
}

static void times_keep_their_precision_and_have_an_offset(void **state)
{
    (void)state;
    assert_csv(false, "c", "low", "2021-02-01T09:05:07",
               "c,visit,2021-02-01T09:05:07+00:00,ann,,low\n");
    assert_csv(false, "c", "low", "2021-07-01T09:05",
               "c,visit,2021-07-01T09:05:00+01:00,ann,,low\n");
    assert_csv(false, "c", "low", "2021-07-01T09:05:00.250",
               "c,visit,2021-07-01T09:05:00.250+01:00,ann,,low\n");
    assert_csv(false, "c", "low", "2021-03-28", "c,visit,2021-03-28,ann,,low\n");
}

static void what_would_break_a_row_is_quoted(void **state)
{
    (void)state;
    assert_csv(false, "a,b", "say \"no\"", "2021-02-01",
               "\"a,b\",visit,2021-02-01,ann,,\"say \"\"no\"\"\"\n");
    assert_csv(false, "two\nlines", NULL, "2021-02-01",
               "\"two\nlines\",visit,2021-02-01,ann,,\n");
    assert_csv(false, " NA ", "", "2021-02-01", "\" NA \",visit,2021-02-01,ann,,\n");
}

static void a_spreadsheet_runs_no_cell(void **state)
{
    (void)state;
    assert_csv(false, "=1+1", "@sum", "2021-02-01",
               "\"'=1+1\",visit,2021-02-01,ann,,\"'@sum\"\n");
    assert_csv(false, "+44", "-x", "2021-02-01", "\"'+44\",visit,2021-02-01,ann,,\"'-x\"\n");
    assert_csv(false, "\tx", "-12.5", "2021-02-01", "\"'\tx\",visit,2021-02-01,ann,,-12.5\n");
    assert_csv(true, "=1+1", "@sum", "2021-02-01", "=1+1,visit,2021-02-01,ann,,@sum\n");
}

static void xes_is_escaped_and_grouped_by_case(void **state)
{
    (void)state;
    Text out = {0};
    LogWriter writer = {.format = LOG_XES, .remark = "made up"};
    written(&writer, "a<\"&>\x01", "lo\nw", "2021-02-01T09:00", &out);
    const char *text = text_get(&out);
    assert_non_null(strstr(text, "<!-- made up -->"));
    assert_non_null(strstr(
        text, "<string key=\"concept:name\" value=\"a&#60;&#34;&#38;&#62;\xEF\xBF\xBD\"/>"));
    assert_non_null(
        strstr(text, "<date key=\"time:timestamp\" value=\"2021-02-01T09:00:00+00:00\"/>"));
    assert_non_null(strstr(text, "<string key=\"risk\" value=\"lo&#10;w\"/>"));
    assert_non_null(strstr(text, "<string key=\"org:role\" value=\"\"/>"));
    assert_non_null(strstr(text, "  </trace>\n</log>\n"));
    text_clear(&out);
}

static void rows_of_one_case_share_a_trace_and_the_first_names_every_attribute(void **state)
{
    (void)state;
    Text out = {0};
    LogWriter writer = {.format = LOG_XES, .out = &out, .zone = london};
    const char *cases[] = {"a", "a", "b"};
    log_write_begin(&writer);
    for (int i = 0; i < 3; i++) {
        LogWriteRow row = {.case_id = cases[i],
                           .activity = "visit",
                           .person = "",
                           .role = "",
                           .at = at("2021-02-01")};
        log_write_row(&writer, &row);
    }
    log_write_end(&writer);
    log_write_clear(&writer);
    int traces = 0;
    for (const char *from = text_get(&out); (from = strstr(from, "<trace>")); from++)
        traces++;
    assert_int_equal(traces, 2);
    const char *first = strstr(text_get(&out), "org:role");
    assert_non_null(first);
    assert_null(strstr(first + 1, "org:role")); /* said by nobody: named once, and empty */
    text_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_keep_their_precision_and_have_an_offset),
        cmocka_unit_test(what_would_break_a_row_is_quoted),
        cmocka_unit_test(a_spreadsheet_runs_no_cell),
        cmocka_unit_test(xes_is_escaped_and_grouped_by_case),
        cmocka_unit_test(rows_of_one_case_share_a_trace_and_the_first_names_every_attribute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
