#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/text.h"
#include "lang/parser.h"

static Source source;
static Bundle bundle;

static void parse_bytes(const char *text, size_t length)
{
    diags_clear(&bundle.diags);
    arena_clear(&bundle.arena);
    source = (Source){.path = "test", .name = "test", .text = text, .length = length};
    bundle = (Bundle){.sources = &source, .source_count = 1};
    parse_source(&bundle, 0);
    diags_sort(&bundle.diags);
}

static void parse(const char *text)
{
    parse_bytes(text, strlen(text));
}

static int end(void **state)
{
    (void)state;
    diags_clear(&bundle.diags);
    arena_clear(&bundle.arena);
    bundle = (Bundle){0};
    return 0;
}

static void reads(const char *text)
{
    parse(text);
    if (bundle.diags.count)
        print_message("%s\n", bundle.diags.items[0]->text);
    assert_int_equal(bundle.diags.count, 0);
}

/* One finding, of this code, on these words, that says this. */
static const Diag *finds(const char *text, const char *code, const char *marked,
                         const char *says)
{
    parse(text);
    for (size_t i = 1; i < bundle.diags.count; i++)
        print_message("also: %s\n", bundle.diags.items[i]->text);
    assert_int_equal(bundle.diags.count, 1);
    const Diag *diag = bundle.diags.items[0];
    assert_string_equal(diag->code, code);
    if (!strstr(diag->text, says))
        print_message("it says: %s\n", diag->text);
    assert_non_null(strstr(diag->text, says));
    assert_int_equal(diag->span.length, strlen(marked));
    assert_memory_equal(text + diag->span.offset, marked, strlen(marked));
    return diag;
}

static size_t list_length(const Ref *ref)
{
    size_t count = 0;
    for (; ref; ref = ref->next)
        count++;
    return count;
}

/* ---- the tree ---------------------------------------------------------------- */

static void a_clause_may_be_wrapped_anywhere_that_cannot_be_misread(void **state)
{
    (void)state;
    reads("state a\n task b by\n role-one,\n event\n within\n 3\n working\n days\n of\n "
          "entering\n"
          " on b go\n to\n task\n when\n fact-one\n is\n on\n and\n track t is running\n");
    const Work *work = bundle.flow.states->works;
    assert_string_equal(work->by.last->text, "event");
    const Line *line = bundle.flow.states->handlers->lines;
    assert_string_equal(line->effects->ref.text, "task");
    assert_int_equal(line->condition->kind, EXPR_AND);
}

static void a_word_of_the_language_is_a_name_where_a_name_stands(void **state)
{
    (void)state;
    reads("role date\nfact limit one of fixed, set, days\nstate target\n"
          "  task version by date checklist first, later\n  on version go to target when limit "
          "is days\n");
    assert_string_equal(bundle.flow.roles->name, "date");
    assert_string_equal(bundle.flow.states->works->checklist->next->name, "later");
}

static void stay_and_otherwise_do_not_swallow_the_next_clause(void **state)
{
    (void)state;
    reads("state a\n  on b stay\n  on c\n    go to a when d\n    stay otherwise\n  task e\n");
    assert_non_null(bundle.flow.states->handlers->next);
    assert_string_equal(bundle.flow.states->works->name, "e");
}

static void at_any_point_and_as_soon_as_lead_only_as_phrases(void **state)
{
    (void)state;
    reads("state a\n  review b by c\n    at most 6 weeks after the last one\n  as soon as d\n"
          "    go to e\nat any point\n  on f stay\n");
    assert_int_equal(bundle.flow.states->works->intervals->kind, INTERVAL_AFTER_LAST);
    assert_non_null(bundle.flow.states->as_soon);
    assert_non_null(bundle.flow.any_points->handlers);
}

static void spans_reach_from_the_first_word_to_the_last(void **state)
{
    (void)state;
    const char *text = "state a \"A\"\n  task b by c\n    if missed notify d\n\nstate e\n";
    reads(text);
    const StateAst *first = bundle.flow.states;
    assert_int_equal(first->span.offset, 0);
    assert_int_equal(first->span.length, strstr(text, "\n\nstate") - text);
    const Work *work = first->works;
    assert_int_equal(work->span.offset, strstr(text, "task") - text);
    assert_int_equal(work->span.offset + work->span.length, first->span.length);
    assert_int_equal(first->name_span.offset, 6);
}

static void lists_keep_the_order_of_the_text_over_several_sources(void **state)
{
    (void)state;
    Source sources[2] = {{.path = "one", .text = "role a\nrole b\n", .length = 14},
                         {.path = "two", .text = "role c\n", .length = 7}};
    Bundle both = {.sources = sources, .source_count = 2};
    parse_source(&both, 0);
    parse_source(&both, 1);
    assert_string_equal(both.flow.roles->name, "a");
    assert_string_equal(both.flow.roles->next->name, "b");
    assert_string_equal(both.flow.roles->next->next->name, "c");
    assert_int_equal(both.flow.roles->next->next->span.file, 1);
    diags_clear(&both.diags);
    arena_clear(&both.arena);
}

static void a_list_of_notified_roles_is_as_many_effects(void **state)
{
    (void)state;
    reads("state a\n on b go to c and notify d, e needs approval by f when g because AB-1, "
          "\"h\"\n");
    const Line *line = bundle.flow.states->handlers->lines;
    assert_string_equal(line->effects->next->ref.text, "d");
    assert_string_equal(line->effects->next->next->ref.text, "e");
    assert_null(line->effects->next->next->next);
    assert_string_equal(line->approval.text, "f");
    assert_string_equal(line->because->policy.text, "AB");
    assert_int_equal(line->because->clause, 1);
    assert_string_equal(line->because->next->text, "h");
}

static void a_limit_keeps_all_its_parts(void **state)
{
    (void)state;
    reads("state a\n task b target 24 hours of c limit 3 working days of the later of d, e\n"
          "  or the previous working day paused while f can be paused by g, h\n"
          "  can be extended by i fixed when set\n");
    const LimitAst *limit = &bundle.flow.states->works->limit;
    assert_true(limit->has_target && limit->has_limit && limit->fixed);
    assert_int_equal(limit->target.literal.unit, UNIT_HOURS);
    assert_int_equal(limit->limit.literal.amount, 3);
    assert_int_equal(limit->anchor.kind, ANCHOR_LATER_OF);
    assert_int_equal(limit->anchor.refs.count, 2);
    assert_int_equal(limit->target_anchor.kind, ANCHOR_EVENT);
    assert_int_equal(limit->roll, ROLL_PREVIOUS);
    assert_non_null(limit->paused_while);
    assert_int_equal(list_length(limit->paused_by.first), 2);
    assert_int_equal(limit->extended_by.count, 1);
}

static void text_in_either_kind_of_quotes_is_the_same_text(void **state)
{
    (void)state;
    reads("role a \"First\"\nrole b \u201cFirst\u201d\n");
    assert_string_equal(bundle.flow.roles->label, "First");
    assert_string_equal(bundle.flow.roles->next->label, "First");
}

static void a_mark_of_the_encoding_at_the_start_is_passed_over(void **state)
{
    (void)state;
    reads("\xef\xbb\xbfrole a\r\nrole b\r\n");
    assert_string_equal(bundle.flow.roles->next->name, "b");
}

static void an_empty_file_and_one_of_comments_are_fine(void **state)
{
    (void)state;
    reads("");
    reads("# nothing\n");
    reads("\n\n");
}

/* ---- findings -------------------------------------------------------------------- */

static void a_word_that_cannot_stand_here_is_marked_and_the_wanted_one_named(void **state)
{
    (void)state;
    finds("state a\n task b within 3 weeks entering\n", "CF001", "entering", "I need \"of\"");
    finds("state a\n task b by c because AB-1 records d\n", "CF001", "records",
          "Put \"because\" after");
    finds("state a\nowner b\n", "CF001", "owner", "it belongs in a workflow");
}

static void no_message_names_a_token(void **state)
{
    (void)state;
    finds("state a\n on )\n", "CF001", ")", "I need the name of what happens");
    assert_null(strstr(bundle.diags.items[0]->text, "TK_"));
}

static void a_misspelt_word_is_named_and_read_as_meant(void **state)
{
    (void)state;
    const Diag *diag = finds("stat a \"A\"\n", "CF002", "stat", "Did you mean \"state\"");
    assert_string_equal(diag->replace, "state");
    assert_string_equal(bundle.flow.states->name, "a");
    finds("state a\n dedline b within 3 weeks of c\n", "CF002", "dedline", "deadline");
    assert_int_equal(bundle.flow.states->works->kind, WORK_DEADLINE);
    finds("state a\n on b go to c whn d\n", "CF002", "whn", "when");
    finds("workflow a in force from 1 march 2021\n", "CF002", "march", "March");
    finds("workflow a in force from 1 Feb 2021\n", "CF002", "Feb", "February");
    finds("State a\n", "CF002", "State", "state");
}

static void a_clause_that_stops_too_early_is_marked_at_its_own_end(void **state)
{
    (void)state;
    const char *text = "state a\n  on b go to c when d is\n\nstate e\n";
    const Diag *diag = finds(text, "CF003", "", "After \"is\"");
    assert_int_equal(diag->span.offset, strstr(text, "\n\nstate") - text);
    assert_string_equal(bundle.flow.states->next->name, "e");
    text = "state a\n  on b go\n  task e\n";
    diag = finds(text, "CF003", "", "This stops too early");
    assert_int_equal(diag->span.offset, strstr(text, "go") + 2 - text);
    assert_string_equal(bundle.flow.states->works->name, "e");
}

static void a_leading_word_in_a_broken_clause_is_read_both_ways(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n  task b with\n  on c stay\n", "CF003", "", "role");
    assert_non_null(diag->help);
    assert_non_null(strstr(diag->help, "same line"));
}

static void a_forgotten_then_is_one_mistake_and_not_one_for_each_of_its_ands(void **state)
{
    (void)state;
    finds("scenario \"a\"\n  given a new case\n  when b on 2 March 2021\n  and c is missed\n"
          "  and d is notified\n  and \"Late\" is flagged\n  and case is at e\n",
          "CF001", "missed", "begins with \"then\"");
}

static void after_a_mistake_the_next_word_that_is_not_and_is_read_afresh(void **state)
{
    (void)state;
    parse("scenario \"a\"\n  given a new case\n  when b by on 2 March 2021\n  and c has\n"
          "  then d has\n");
    assert_int_equal(bundle.diags.count, 2);
    assert_non_null(strstr(bundle.diags.items[1]->text, "A target reads so"));
}

static void a_broken_date_is_not_also_a_wrong_one(void **state)
{
    (void)state;
    finds("scenario \"a\"\n  given a new case on 1 March 20213 5 March 2021\n  when b\n",
          "CF001", "5", "After the date");
}

static void bare_days_could_be_two_dates(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n task b within 3 days of c\n", "CF004", "3 days",
                             "two different dates");
    assert_non_null(strstr(diag->help, "3 working days"));
    assert_non_null(strstr(diag->help, "3 calendar days"));
}

static void a_number_in_words_is_read_as_its_figure(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n task b within three working days of c\n", "CF011",
                             "three", "Numbers are written in figures: \"3\"");
    assert_string_equal(diag->replace, "3");
    diag = finds("state a\n task b within seventy-two hours of c\n", "CF011", "seventy-two",
                 "\"72\"");
    diag = finds("state a\n task b within a week of c\n", "CF011", "a", "\"1\"");
    diag = finds("state a\n review b at most six days after the last one\n", "CF011", "six",
                 "\"6\"");
    diag = finds("track a\n starts when b two times within 30 calendar days\n", "CF011", "two",
                 "\"2\"");
    reads("state a\n task b within three of c\n"); /* a period of that name */
    reads("state a\n task one by two with a\n");
    finds("state a\n task b within twenty-ten weeks of c\n", "CF001", "weeks", "");
}

static void a_name_of_two_words_or_with_an_article_is_seen_through(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n task b by the social worker\n", "CF001", "social", "");
    assert_non_null(strstr(diag->help, "Leave out \"the\""));
    diag = finds("state a\n task b by social worker\n", "CF001", "worker", "");
    assert_non_null(strstr(diag->help, "social-worker"));
    diag = finds("state a\n on b go to See_child\n", "CF001", "See_child", "");
    assert_string_equal(diag->replace, "see-child");
    diag = finds("state a\n on b go to 3\n", "CF001", "3", "");
    assert_null(diag->help);
}

static void a_list_with_or_is_read_as_one_with_commas(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n task b by c or d within 3 weeks of e\n", "CF011", "or",
                             "This list has commas");
    assert_string_equal(diag->replace, ",");
    assert_int_equal(bundle.flow.states->works->by.count, 2);
    assert_true(bundle.flow.states->works->limit.has_limit);
    finds("fact a one of b, c and d\n", "CF011", "and", "This list has commas");
}

static void a_sign_says_what_to_write_instead(void **state)
{
    (void)state;
    const char *const signs[][2] = {{"=", "\"is\""}, {">", "\"is over\""}, {"/", "Dates"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        Text text = {0};
        text_addf(&text, "term a when b %s c\n", signs[i][0]);
        const Diag *diag = finds(text_get(&text), "CF001", signs[i][0], "This sign");
        assert_non_null(strstr(diag->help, signs[i][1]));
        text_clear(&text);
    }
}

static void a_word_of_the_language_is_hardly_another_one_mistyped(void **state)
{
    (void)state;
    finds("scenario \"a\"\n given new case\n", "CF001", "case", "A story begins so");
    finds("state a\n task b by c\n  no later than 3 weeks of d\n", "CF001", "no", "");
    finds("state a\n task b by c\n  record d\n", "CF002", "record", "records");
    finds("state a\n\nstae b\n", "CF002", "stae", "state");
    finds("term a when b is above 3\n", "CF011", "above", "over");
    reads("term a when b is above\n");
}

static void a_range_offers_a_target_and_a_limit(void **state)
{
    (void)state;
    const Diag *diag = finds("state a\n task b within 24 to 72 hours of c\n", "CF004",
                             "24 to 72 hours", "range");
    assert_non_null(strstr(diag->help, "target 24 hours limit 72 hours"));
    finds("state a\n task b within 2-3 working days of c\n", "CF004", "2-3 working days",
          "range");
}

static void mixed_and_and_or_want_brackets(void **state)
{
    (void)state;
    finds("term a when b and c or d\n", "CF005", "or", "two ways");
    finds("term a when b or c and d\n", "CF005", "and", "two ways");
    reads("term a when b or (c and d)\n");
}

static void a_missing_closing_quote_is_marked_where_the_text_begins(void **state)
{
    (void)state;
    finds("state a \"Review\n  on b go to c\n", "CF006", "\"", "no closing quote");
    assert_non_null(bundle.flow.states->handlers);
}

static void characters_that_cannot_be_seen_or_trusted_are_named(void **state)
{
    (void)state;
    finds("role\u00a0b \"B\"\n", "CF007", "\u00a0", "special space");
    finds("role a \"x\u202ey\"\n", "CF007", "\u202e", "reading direction");
    finds("# x\u200by\nrole a\n", "CF007", "\u200b", "invisible");
    finds("role ris\u200bk\n", "CF007", "\u200b", "invisible");
    finds("role ri\u0455k\n", "CF007", "\u0455", "Cyrillic letter");
    finds("role caf\u00e9\n", "CF007", "\u00e9", "letter");
    finds("role a\rrole b\n", "CF007", "\r", "line end");
    finds("role a\n\u2028role b\n", "CF007", "\u2028", "line end");
    finds("role a\ufe0f\n", "CF007", "\ufe0f", "invisible");
    finds("role a\x01\n", "CF007", "\x01", "control");
}

static void in_a_label_what_is_only_odd_is_a_warning(void **state)
{
    (void)state;
    finds("role a \"x\u200dy\"\n", "CF007", "\u200d", "invisible");
    assert_int_equal(bundle.diags.errors, 0);
    finds("role a \"\u0430ssessment\"\n", "CF007", "\u0430", "two alphabets");
    const Diag *diag =
        finds("role a \"Cafe\u0301\"\n", "CF007", "e\u0301", "made of two characters");
    assert_int_equal(diag->severity, SEVERITY_WARNING);
    reads("role a \"Caf\u00e9, m\u0303 and \u1eb9\u0301\" # cafe\u0301\n"); /* no other spelling
                                                                             */
    assert_int_equal(bundle.diags.errors, 0);
    finds("role a # x\n  \u202e\n", "CF007", "\u202e", "reading direction");
    assert_int_equal(bundle.diags.errors, 1);
}

static void a_zero_byte_anywhere_is_refused_and_hides_nothing(void **state)
{
    (void)state;
    const char *texts[] = {"role a\0\nrole b\n", "role a \"x\0\"\nrole b\n",
                           "role a#x\0\nrole b"};
    const size_t lengths[] = {15, 19, 16};
    for (size_t i = 0; i < 3; i++) {
        parse_bytes(texts[i], lengths[i]);
        assert_int_equal(bundle.diags.errors, 1);
        assert_string_equal(bundle.flow.roles->next->name, "b");
    }
    parse_bytes("role a\n\0", 8);
    assert_int_equal(bundle.diags.errors, 1);
}

static void a_plain_label_may_hold_any_letter_and_a_no_break_space(void **state)
{
    (void)state;
    reads("role a \"caf\u00e9\u00a0\u2013 \u00a3\"\n");
}

static void an_old_encoding_is_told_once_with_its_line(void **state)
{
    (void)state;
    finds("role a\nrole b \"caf\xe9\"\nrole c \"\xff\"\n", "CF008", "\xe9", "line 2");
    assert_string_equal(bundle.flow.roles->next->next->name, "c");
    finds("role a \"\xed\xa0\x80\"\n", "CF008", "\xed", "old encoding");
    parse_bytes("\xff\xfer\0o\0", 6);
    assert_string_equal(bundle.diags.items[0]->code, "CF008");
}

static void dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    finds("period a from 31 April 2021 is 3 weeks\n", "CF009", "31 April 2021", "no 31 April");
    finds("period a from 29 February 2023 is 3 weeks\n", "CF009", "29 February 2023",
          "There is no");
    reads("period a from 29 February 2024 is 3 weeks\n");
    finds("period a from Friday 24 December 2026 is 3 weeks\n", "CF009",
          "Friday 24 December 2026", "24 December 2026 is a Thursday, not a Friday");
    finds("calendar a\n cut-off 25:00\n", "CF009", "25:00", "not a time");
    finds("period a from 1 March 21 is 3 weeks\n", "CF009", "21", "out of range");
}

static void another_wording_is_named_and_read_as_meant(void **state)
{
    (void)state;
    finds("state a\n on b goto c\n", "CF011", "goto", "\"go to\"");
    finds("state a\n on b move to c\n", "CF011", "move to", "\"go to\"");
    finds("state a\n task b within 3 business days of c\n", "CF011", "business", "\"working\"");
    finds("state a\n task b within 3 weeks after c\n", "CF011", "after", "\"of\"");
    finds("state a\n on b go to c unless d\n", "CF011", "unless", "\"when not\"");
    finds("term a when b is more than 3\n", "CF011", "more than", "\"over\"");
    assert_int_equal(bundle.flow.terms->condition->op, COMPARE_OVER);
}

static void a_leading_word_within_a_line_wants_a_line_of_its_own(void **state)
{
    (void)state;
    finds("state a task b by c\n", "CF001", "task", "first word of its line");
    assert_string_equal(bundle.flow.states->works->name, "b");
}

/* ---- bounds ------------------------------------------------------------------------ */

static void brackets(Text *text, unsigned depth)
{
    text_reset(text);
    text_add(text, "term a when ");
    for (unsigned i = 0; i < depth; i++)
        text_add_char(text, '(');
    text_add_char(text, 'b');
    for (unsigned i = 0; i < depth; i++)
        text_add_char(text, ')');
    text_add(text, "\nrole r\n");
}

static void brackets_are_bounded(void **state)
{
    (void)state;
    Text text = {0};
    for (unsigned depth = LIMIT_NESTING - 1; depth <= LIMIT_NESTING + 1; depth++) {
        brackets(&text, depth);
        parse(text_get(&text));
        assert_int_equal(bundle.diags.count, depth > LIMIT_NESTING);
        assert_string_equal(bundle.flow.roles->name, "r");
    }
    assert_string_equal(bundle.diags.items[0]->code, "CF010");
    brackets(&text, 20000);
    parse(text_get(&text));
    assert_int_equal(bundle.diags.count, 1);
    text_clear(&text);
}

static void names_lines_and_texts_are_bounded(void **state)
{
    (void)state;
    static char text[3 * LIMIT_LINE_BYTES];
    for (size_t length = LIMIT_NAME_BYTES - 1; length <= LIMIT_NAME_BYTES + 1; length++) {
        memset(text, 'n', sizeof text);
        memcpy(text, "role ", 5);
        text[5 + length] = '\0';
        parse_bytes(text, 5 + length);
        assert_int_equal(bundle.diags.count, length > LIMIT_NAME_BYTES);
    }
    for (size_t length = LIMIT_LINE_BYTES - 1; length <= LIMIT_LINE_BYTES + 1; length++) {
        memset(text, '#', sizeof text);
        text[length] = '\n';
        text[length + 1] = '\0';
        parse_bytes(text, length + 1);
        assert_int_equal(bundle.diags.count, length > LIMIT_LINE_BYTES);
    }
    assert_string_equal(bundle.diags.items[0]->code, "CF010");
}

static void numbers_and_durations_are_bounded(void **state)
{
    (void)state;
    reads("fact a number from -999999999999 to 999999999999\n");
    assert_true(bundle.flow.facts->least == -LIMIT_NUMBER);
    finds("fact a number from 0 to 1000000000000\n", "CF010", "1000000000000", "too large");
    finds("fact a number from 0 to 99999999999999999999999\n", "CF010",
          "99999999999999999999999", "too large");
    reads("period a is 40000 calendar days\n");
    finds("period a is 40001 calendar days\n", "CF010", "40001 calendar days", "too long");
    reads("period a is 109 years\n");
    finds("period a is 110 years\n", "CF010", "110 years", "too long");
    reads("period a is 960000 hours\n");
    finds("period a is 99999999999999999999 hours\n", "CF010", "99999999999999999999 hours",
          "too long");
}

/* ---- many mistakes -------------------------------------------------------------------- */

static void every_clause_has_its_own_message(void **state)
{
    (void)state;
    parse("stat a \"A\"\n"
          "  task b by within 3 weeks of entering\n"
          "  dedline c within 3 days of entering\n"
          "  on b go when d\n"
          "  on c go to e whn d\n"
          "state f \"F\n"
          "  task g by h records\n"
          "  on g goto i\n"
          "role j\n");
    const char *codes[] = {"CF002", "CF001", "CF002", "CF001",
                           "CF002", "CF006", "CF003", "CF011"};
    assert_int_equal(bundle.diags.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_string_equal(bundle.diags.items[i]->code, codes[i]);
    assert_string_equal(bundle.flow.roles->name, "j");
}

/* A small generator, so that a failure can be repeated. */
static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void any_bytes_are_read_without_harm(void **state)
{
    (void)state;
    char text[400];
    for (uint32_t seed = 1; seed < 3000; seed++) {
        uint32_t random = seed;
        size_t length = random_next(&random) % sizeof text;
        for (size_t i = 0; i < length; i++)
            text[i] = (char)random_next(&random);
        text[length] = '\0';
        parse_bytes(text, length);
        for (size_t i = 0; i < bundle.diags.count; i++)
            assert_true(bundle.diags.items[i]->span.offset +
                            bundle.diags.items[i]->span.length <=
                        length);
    }
}

static const char *const soup[] = {
    "state",  "task",    "on",         "go",       "to",       "when",    "otherwise", "\n",
    "\n",     "a",       "b-c",        "3",        "\"x\"",    ",",       "(",         ")",
    "is",     "not",     "and",        "or",       "within",   "working", "days",      "of",
    "by",     "because", "CRE-1",      "scenario", "given",    "then",    "case",      "at",
    "any",    "point",   "as",         "soon",     "calendar", "except",  "March",     "2021",
    "Monday", "if",      "missed",     "notify",   "event",    "role",    "can",       "act",
    "track",  "starts",  "review",     "every",    "from",     "the",     "first",     "-",
    "09:00",  "\"open",  "2021-02-01",
};

static void any_words_are_read_without_harm(void **state)
{
    (void)state;
    Text text = {0};
    for (uint32_t seed = 1; seed < 3000; seed++) {
        uint32_t random = seed * 7919;
        text_reset(&text);
        for (uint32_t n = random_next(&random) % 80; n; n--) {
            text_add(&text, soup[random_next(&random) % (sizeof soup / sizeof *soup)]);
            text_add_char(&text, ' ');
        }
        parse_bytes(text_get(&text), text.length);
        for (size_t i = 0; i < bundle.diags.count; i++)
            assert_true(bundle.diags.items[i]->span.offset +
                            bundle.diags.items[i]->span.length <=
                        text.length);
    }
    text_clear(&text);
}

static char *whole_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    Text text = {0};
    char part[4096];
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        text_add_bytes(&text, part, n);
    fclose(file);
    *length = text.length;
    return text_take(&text);
}

static void every_shape_of_the_language_is_read(void **state)
{
    (void)state;
    size_t length;
    char *text = whole_file("tests/unit/lang/flows/shapes.flow", &length);
    reads(text);
    free(text);
}

static void a_file_cut_off_anywhere_gives_what_stands_before(void **state)
{
    (void)state;
    size_t length;
    char *text = whole_file("tests/unit/lang/flows/shapes.flow", &length);
    for (size_t cut = 0; cut < length; cut += 7) {
        char *part = malloc(cut + 1);
        memcpy(part, text, cut);
        part[cut] = '\0';
        parse_bytes(part, cut);
        assert_true(bundle.diags.count <= 2);
        free(part);
    }
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clause_may_be_wrapped_anywhere_that_cannot_be_misread),
        cmocka_unit_test(a_word_of_the_language_is_a_name_where_a_name_stands),
        cmocka_unit_test(stay_and_otherwise_do_not_swallow_the_next_clause),
        cmocka_unit_test(at_any_point_and_as_soon_as_lead_only_as_phrases),
        cmocka_unit_test(spans_reach_from_the_first_word_to_the_last),
        cmocka_unit_test(lists_keep_the_order_of_the_text_over_several_sources),
        cmocka_unit_test(a_list_of_notified_roles_is_as_many_effects),
        cmocka_unit_test(a_limit_keeps_all_its_parts),
        cmocka_unit_test(text_in_either_kind_of_quotes_is_the_same_text),
        cmocka_unit_test(a_mark_of_the_encoding_at_the_start_is_passed_over),
        cmocka_unit_test(an_empty_file_and_one_of_comments_are_fine),
        cmocka_unit_test(a_word_that_cannot_stand_here_is_marked_and_the_wanted_one_named),
        cmocka_unit_test(no_message_names_a_token),
        cmocka_unit_test(a_misspelt_word_is_named_and_read_as_meant),
        cmocka_unit_test(a_clause_that_stops_too_early_is_marked_at_its_own_end),
        cmocka_unit_test(a_leading_word_in_a_broken_clause_is_read_both_ways),
        cmocka_unit_test(a_forgotten_then_is_one_mistake_and_not_one_for_each_of_its_ands),
        cmocka_unit_test(after_a_mistake_the_next_word_that_is_not_and_is_read_afresh),
        cmocka_unit_test(a_broken_date_is_not_also_a_wrong_one),
        cmocka_unit_test(bare_days_could_be_two_dates),
        cmocka_unit_test(a_number_in_words_is_read_as_its_figure),
        cmocka_unit_test(a_name_of_two_words_or_with_an_article_is_seen_through),
        cmocka_unit_test(a_list_with_or_is_read_as_one_with_commas),
        cmocka_unit_test(a_sign_says_what_to_write_instead),
        cmocka_unit_test(a_word_of_the_language_is_hardly_another_one_mistyped),
        cmocka_unit_test(a_range_offers_a_target_and_a_limit),
        cmocka_unit_test(mixed_and_and_or_want_brackets),
        cmocka_unit_test(a_missing_closing_quote_is_marked_where_the_text_begins),
        cmocka_unit_test(characters_that_cannot_be_seen_or_trusted_are_named),
        cmocka_unit_test(in_a_label_what_is_only_odd_is_a_warning),
        cmocka_unit_test(a_zero_byte_anywhere_is_refused_and_hides_nothing),
        cmocka_unit_test(a_plain_label_may_hold_any_letter_and_a_no_break_space),
        cmocka_unit_test(an_old_encoding_is_told_once_with_its_line),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(another_wording_is_named_and_read_as_meant),
        cmocka_unit_test(a_leading_word_within_a_line_wants_a_line_of_its_own),
        cmocka_unit_test(brackets_are_bounded),
        cmocka_unit_test(names_lines_and_texts_are_bounded),
        cmocka_unit_test(numbers_and_durations_are_bounded),
        cmocka_unit_test(every_clause_has_its_own_message),
        cmocka_unit_test(any_bytes_are_read_without_harm),
        cmocka_unit_test(any_words_are_read_without_harm),
        cmocka_unit_test(every_shape_of_the_language_is_read),
        cmocka_unit_test(a_file_cut_off_anywhere_gives_what_stands_before),
    };
    return cmocka_run_group_tests(tests, NULL, end);
}
