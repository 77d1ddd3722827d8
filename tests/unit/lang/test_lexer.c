#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "lang/lexer.h"

static Token tokens[64];

static size_t lex_bytes(const char *text, size_t length)
{
    static KeywordTable table;
    keyword_table_fill(&table);
    Lexer lexer;
    lexer_start(&lexer, &table, text, length);
    for (size_t count = 0; count < 64; count++) {
        tokens[count] = lexer_next(&lexer);
        if (tokens[count].code == TK_END)
            return count;
    }
    fail_msg("too many tokens");
    return 0;
}

static size_t lex(const char *text)
{
    return lex_bytes(text, strlen(text));
}

static void one_token_is(const char *text, int code)
{
    assert_int_equal(lex(text), 1);
    assert_int_equal(tokens[0].code, code);
    assert_int_equal(tokens[0].length, strlen(text));
}

static void every_kind_of_token_is_known(void **state)
{
    (void)state;
    one_token_is("allocation", TK_NAME);
    one_token_is("section-47", TK_NAME);
    one_token_is("goto", TK_NAME);
    one_token_is("go", TK_GO);
    one_token_is("cut-off", TK_NAME); /* its lead form is the driver's business */
    one_token_is("CRE", TK_CODE);
    one_token_is("CF405", TK_CODE);
    one_token_is("CRE-15", TK_CLAUSE);
    one_token_is("March", TK_MONTH);
    one_token_is("Friday", TK_WEEKDAY);
    one_token_is("42", TK_NUMBER);
    one_token_is("09:00", TK_CLOCK);
    one_token_is("9:00", TK_CLOCK);
    one_token_is("\"a, b (c) # d\"", TK_STRING);
    one_token_is("\"\"", TK_STRING);
    one_token_is(",", TK_COMMA);
    one_token_is("(", TK_LP);
    one_token_is(")", TK_RP);
    one_token_is("-", TK_DASH);
}

static void no_word_is_taken_for_the_beginning_of_another(void **state)
{
    (void)state;
    assert_int_equal(lex("together going isolated in-touch"), 4);
    for (int i = 0; i < 4; i++)
        assert_int_equal(tokens[i].code, TK_NAME);
    assert_int_equal(lex("3days"), 2);
    assert_int_equal(tokens[0].code, TK_NUMBER);
    assert_int_equal(tokens[1].code, TK_DAYS);
}

static void blanks_comments_and_both_line_ends_are_left_out(void **state)
{
    (void)state;
    assert_int_equal(lex("# a comment\r\n\tstate a # another\n\r\n  task b"), 4);
    assert_true(tokens[0].first_on_line);
    assert_false(tokens[1].first_on_line);
    assert_true(tokens[2].first_on_line);
    assert_int_equal(tokens[2].offset, 36);
}

static void curly_quotes_are_quotes(void **state)
{
    (void)state;
    one_token_is("\u201cFirst visit\u201d", TK_STRING);
    one_token_is("\u201eFirst visit\u201c", TK_STRING);
    one_token_is("\u201cFirst visit\"", TK_STRING);
    assert_int_equal(tokens[0].trouble, TOKEN_FINE);
}

static void text_that_is_not_closed_ends_with_its_line(void **state)
{
    (void)state;
    assert_int_equal(lex("\"open\nstate"), 2);
    assert_int_equal(tokens[0].code, TK_STRING);
    assert_int_equal(tokens[0].trouble, TOKEN_UNCLOSED_TEXT);
    assert_int_equal(tokens[0].length, 5);
    assert_int_equal(lex("\""), 1);
    assert_int_equal(tokens[0].trouble, TOKEN_UNCLOSED_TEXT);
}

static void what_cannot_be_a_token_says_why(void **state)
{
    (void)state;
    const struct {
        const char *text;
        TokenTrouble trouble;
    } cases[] = {
        {"\u00a0", TOKEN_NO_BREAK_SPACE},
        {"\u2003", TOKEN_NO_BREAK_SPACE},
        {"'", TOKEN_SINGLE_QUOTE},
        {"\u2019", TOKEN_SINGLE_QUOTE},
        {"1.5", TOKEN_DECIMAL},
        {"2021-02-01", TOKEN_ISO_DATE},
        {";", TOKEN_SIGN},
        {"{", TOKEN_SIGN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        one_token_is(cases[i].text, TK_ILLEGAL);
        assert_int_equal(tokens[0].trouble, cases[i].trouble);
    }
}

static void a_word_with_other_letters_stays_one_word(void **state)
{
    (void)state;
    const char *words[] = {"ri\u0455k", "caf\u00e9", "socialWorker", "social_worker",
                           "ris\u200bk"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        one_token_is(words[i], TK_NAME);
        assert_true(tokens[0].odd_letters);
    }
}

static void a_zero_byte_inside_is_not_the_end(void **state)
{
    (void)state;
    assert_int_equal(lex_bytes("state\0task", 10), 3);
    assert_int_equal(tokens[1].code, TK_ILLEGAL);
    assert_int_equal(tokens[2].offset, 6);
}

static void every_word_is_found_by_its_own_text(void **state)
{
    (void)state;
    static KeywordTable table;
    keyword_table_fill(&table);
    for (size_t i = 0; i < keyword_count; i++)
        assert_int_equal(keyword_find(&table, keywords[i].text, strlen(keywords[i].text)),
                         i + 1);
    assert_int_equal(keyword_find(&table, "stat", 4), 0);
    assert_int_equal(keyword_find(&table, "statee", 6), 0);
}

static unsigned distance(const char *a, const char *b)
{
    return word_distance(a, strlen(a), b, strlen(b), 3);
}

static void slips_are_counted_letter_by_letter(void **state)
{
    (void)state;
    assert_int_equal(distance("state", "state"), 0);
    assert_int_equal(distance("State", "state"), 0);
    assert_int_equal(distance("stat", "state"), 1);
    assert_int_equal(distance("wihtin", "within"), 1);
    assert_int_equal(distance("dedlin", "deadline"), 2);
    assert_int_equal(distance("role", "state"), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_token_is_known),
        cmocka_unit_test(no_word_is_taken_for_the_beginning_of_another),
        cmocka_unit_test(blanks_comments_and_both_line_ends_are_left_out),
        cmocka_unit_test(curly_quotes_are_quotes),
        cmocka_unit_test(text_that_is_not_closed_ends_with_its_line),
        cmocka_unit_test(what_cannot_be_a_token_says_why),
        cmocka_unit_test(a_word_with_other_letters_stays_one_word),
        cmocka_unit_test(a_zero_byte_inside_is_not_the_end),
        cmocka_unit_test(every_word_is_found_by_its_own_text),
        cmocka_unit_test(slips_are_counted_letter_by_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
