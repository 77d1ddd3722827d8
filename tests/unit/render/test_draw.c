/* Pictures: what is in them, their order, and names that would be markup. Flows and
 * names are invented. */
#include "render/draw_picture.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lang/flow_text.h"
#include "markup_parse.h"
#include "render/markup.h"

#define FLOW                                                                                   \
    FRAME "event worse \"Worse\" by anyone\n"                                                  \
          "event other \"Other\" by anyone opens a case\n"                                     \
          "fact how \"How bad\" one of low \"Low\", mid \"Mid\", high \"High\"\n"              \
          "state middle \"Middle\"\n"                                                          \
          "  task look \"Look at it\" by worker with manager\n"                                \
          "    within 3 working days of entering\n    records how\n"                           \
          "    if missed notify manager and go to late\n"                                      \
          "  on look\n    go to late when how is high because \"a reason\"\n"                  \
          "    go to late and notify manager when how is mid\n    go to last otherwise\n"      \
          "state late \"Late\"\n  on other go to last\n"                                       \
          "at any point\n  on worse stay and notify manager\n"                                 \
          "track beside \"Beside\"\n  starts on worse\n"                                       \
          "  task call \"Call\" by manager, worker\n    immediately\n"                         \
          "never last when how is high\n"

static void build(Bundle *bundle, const char *text, Picture *picture)
{
    resolve_text(bundle, text);
    assert_string_equal(codes_of(bundle), "");
    picture_build(&bundle->flow, true, picture);
}

static void end(Bundle *bundle, Picture *picture)
{
    picture_clear(picture);
    bundle_clear(bundle);
}

static void the_parts_are_the_main_line_and_the_tracks(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    build(&bundle, FLOW, &picture);
    assert_string_equal(picture.title, "Small");
    assert_string_equal(picture.parts->title, "The case");
    assert_string_equal(picture.parts->next->title, "Beside");
    assert_null(picture.parts->next->next);
    assert_string_equal(picture.parts->next->notes->words, "Starts on \"Worse\"");
    assert_string_equal(picture.parts->next->boxes->works->who, "Manager or Worker");
    assert_string_equal(picture.rules->words, "Never \"Last\" when \"How bad\" is High");
    end(&bundle, &picture);
}

static const PictureArrow *arrow_between(const Picture *picture, const char *from,
                                         const char *to, ArrowKind kind)
{
    for (const PictureArrow *arrow = picture->parts->arrows; arrow; arrow = arrow->next)
        if (strcmp(arrow->from->name, from) == 0 && strcmp(arrow->to->name, to) == 0 &&
            arrow->kind == kind)
            return arrow;
    return NULL;
}

static void lines_of_one_event_to_one_state_are_one_arrow(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    build(&bundle, FLOW, &picture);
    const PictureArrow *arrow = arrow_between(&picture, "middle", "late", ARROW_EVENT);
    assert_non_null(arrow);
    assert_string_equal(arrow->ways->when, "\"How bad\" is High");
    assert_string_equal(arrow->ways->clauses, "a reason");
    assert_string_equal(arrow->ways->next->effects, "tell Manager");
    assert_null(arrow->ways->next->next);
    assert_true(arrow->obvious);
    assert_non_null(arrow_between(&picture, "middle", "late", ARROW_MISSED));
    assert_string_equal(arrow_between(&picture, "middle", "last", ARROW_EVENT)->ways->when,
                        "otherwise");
    end(&bundle, &picture);
}

static void an_interrupt_is_drawn_once(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0};
    build(&bundle, FLOW, &picture);
    draw_dot(&picture, &out);
    const char *first = strstr(text_get(&out), "&quot;Worse&quot;: tell Manager");
    assert_non_null(first);
    assert_null(strstr(first + 1, "&quot;Worse&quot;: tell"));
    text_clear(&out);
    end(&bundle, &picture);
}

/* The identifiers of the boxes, in the order in which they are written. */
static void ids_of(const char *text, Text *ids)
{
    Bundle bundle = {0};
    Picture picture;
    build(&bundle, text, &picture);
    for (const PictureBox *box = picture.parts->boxes; box; box = box->next)
        text_addf(ids, "%s ", box->id);
    end(&bundle, &picture);
}

static void an_added_state_leaves_the_others_in_their_order(void **state)
{
    (void)state;
    Text before = {0}, after = {0};
    ids_of(FLOW, &before);
    ids_of(FLOW "state added \"Added\"\n  on other go to last\n", &after);
    assert_string_equal(text_get(&before),
                        "state-first state-last state-middle state-late any-point-1 ");
    assert_string_equal(text_get(&after), "state-first state-last state-middle state-late "
                                          "state-added any-point-1 ");
    text_clear(&before);
    text_clear(&after);
}

/* ---- names that would be markup ----------------------------------------------------- */

static char *nasty_flow(void)
{
    Text text = {0};
    text_add(&text,
             FLOW "fact odd \"" NASTY "\" yes or no\n"
                  "role villain \"" NASTY "\"\n"
                  "state trick \"" NASTY "\" overseen by villain\n"
                  "  task do-it \"" NASTY "\" by villain\n    within 3 hours of entering\n"
                  "    records odd\n    if missed flag \"" NASTY "\"\n"
                  "  on do-it\n    go to last when odd is yes because \"" NASTY "\"\n"
                  "    go to late otherwise\n"
                  "track aside \"" NASTY "\"\n  starts on other\n"
                  "  task more \"" NASTY "\" by villain\n");
    return text_take(&text);
}

/* Each label of Graphviz's HTML kind: from "label=<" to the ">" that closes it. */
static size_t parse_labels(const char *dot, Text *words)
{
    size_t count = 0;
    while ((dot = strstr(dot, "label=<")) != NULL) {
        const char *from = dot + strlen("label=<"), *to = from;
        for (int depth = 1; depth > 0; to++)
            depth += *to == '<' ? 1 : *to == '>' ? -1 : 0;
        Text label = {0};
        text_add(&label, "<label>");
        text_add_bytes(&label, from, (size_t)(to - 1 - from));
        text_add(&label, "</label>");
        parse(text_get(&label), label.length, words);
        text_clear(&label);
        dot = to;
        count++;
    }
    return count;
}

/* Without blanks, since labels are wrapped. */
static bool holds(const Text *words, const char *wanted)
{
    Text squeezed = {0}, sought = {0};
    for (const char *c = text_get(words); *c; c++)
        if (*c != ' ' && memcmp(c, "\xC2\xA0", 2) != 0 && memcmp(c - 1, "\xC2\xA0", 2) != 0)
            text_add_char(&squeezed, *c);
    for (const char *c = wanted; *c; c++)
        if (*c != ' ')
            text_add_char(&sought, *c);
    bool found = strstr(text_get(&squeezed), text_get(&sought)) != NULL;
    text_clear(&squeezed);
    text_clear(&sought);
    return found;
}

static void labels_for_graphviz_are_well_formed_whatever_the_names(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0}, words = {0};
    char *text = nasty_flow();
    build(&bundle, text, &picture);
    draw_dot(&picture, &out);
    text_add_char(&words, ' ');
    assert_true(parse_labels(text_get(&out), &words) > 10);
    assert_true(holds(&words, SHOWN));
    text_clear(&words);
    text_clear(&out);
    free(text);
    end(&bundle, &picture);
}

static void draw_sheet(const Picture *picture, Text *out)
{
    Text drawn = {0};
    Error err = {0};
    for (int i = 0; i < 4; i++)
        text_addf(&drawn,
                  "<?xml version=\"1.0\"?><svg width=\"%dpt\" height=\"80pt\"><g "
                  "id=\"part-%d\"/></svg>\n",
                  100 + i, i);
    assert_true(draw_svg(picture, text_get(&drawn), drawn.length, out, &err));
    text_clear(&drawn);
}

static void the_sheet_is_well_formed_and_says_everything_in_words(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0}, words = {0}, spoken = {0};
    char *text = nasty_flow();
    build(&bundle, text, &picture);
    draw_sheet(&picture, &out);
    draw_text(&picture, &spoken);
    parse(text_get(&out), out.length, &words);
    assert_non_null(strstr(text_get(&words), "      by " SHOWN "\n"));
    assert_non_null(strstr(text_get(&words), "flag \"" SHOWN "\"\n"));
    assert_true(words.length > spoken.length);
    for (int i = 0; i < 4; i++) {
        char id[20];
        snprintf(id, sizeof id, "part-%d", i);
        assert_non_null(strstr(text_get(&out), id));
    }
    text_clear(&words);
    text_clear(&spoken);
    text_clear(&out);
    free(text);
    end(&bundle, &picture);
}

static void a_sheet_with_a_part_missing_is_refused(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0};
    Error err = {0};
    build(&bundle, FLOW, &picture);
    static const char drawn[] = "<svg width=\"9pt\" height=\"8pt\"></svg><svg width=\"9pt\">";
    assert_false(draw_svg(&picture, drawn, sizeof drawn - 1, &out, &err));
    assert_string_equal(err.text, "Graphviz drew 1 of 3 parts of the picture");
    assert_int_equal(out.length, 0);
    text_clear(&out);
    end(&bundle, &picture);
}

/* Inside quotes nothing but plain characters, the line breaks we put there, and #NN; */
static void mermaid_labels_hold_no_character_of_its_own(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0};
    char *text = nasty_flow();
    build(&bundle, text, &picture);
    draw_mermaid(&picture, &out);
    assert_non_null(strstr(text_get(&out), "#60;script#62;alert(#39;#38;amp#59;#39;)"));
    assert_null(strstr(text_get(&out), "<script"));
    bool inside = false;
    for (const char *c = text_get(&out); *c; c++) {
        inside = *c == '"' ? !inside : inside;
        if (inside && *c == '<')
            assert_true(strncmp(c, "<br/>", 5) == 0 || strncmp(c, "<b>", 3) == 0 ||
                        strncmp(c, "</b>", 4) == 0);
        assert_false(inside && (*c == '%' || *c == '`' || *c == '\n'));
    }
    assert_false(inside);
    text_clear(&out);
    free(text);
    end(&bundle, &picture);
}

static void what_xml_cannot_hold_becomes_a_question_mark(void **state)
{
    (void)state;
    Text out = {0};
    markup_add(&out, "a\x1b\x01<\n\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD");
    assert_string_equal(text_get(&out), "a??&lt;\n??\xEF\xBF\xBD");
    text_clear(&out);
}

/* ---- wrapping ------------------------------------------------------------------------- */

static void add_line(void *context, const char *words, size_t length)
{
    text_add_bytes(context, words, length);
    text_add_char(context, '|');
}

static void assert_wrapped(const char *words, size_t width, const char *expected)
{
    Text lines = {0};
    picture_wrap(words, width, add_line, &lines);
    assert_string_equal(text_get(&lines), expected);
    text_clear(&lines);
}

static void words_are_wrapped_at_blanks_and_long_ones_cut_at_characters(void **state)
{
    (void)state;
    assert_wrapped("", 4, "");
    assert_wrapped("abcd", 4, "abcd|");
    assert_wrapped("ab cd ef", 5, "ab cd|ef|");
    assert_wrapped("ab cd ef", 4, "ab|cd|ef|");
    assert_wrapped("abcdefghij", 4, "abcd|efgh|ij|");
    assert_wrapped("\xC3\xA9\xC3\xA9\xC3\xA9", 2, "\xC3\xA9\xC3\xA9|\xC3\xA9|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_parts_are_the_main_line_and_the_tracks),
        cmocka_unit_test(lines_of_one_event_to_one_state_are_one_arrow),
        cmocka_unit_test(an_interrupt_is_drawn_once),
        cmocka_unit_test(an_added_state_leaves_the_others_in_their_order),
        cmocka_unit_test(labels_for_graphviz_are_well_formed_whatever_the_names),
        cmocka_unit_test(the_sheet_is_well_formed_and_says_everything_in_words),
        cmocka_unit_test(a_sheet_with_a_part_missing_is_refused),
        cmocka_unit_test(mermaid_labels_hold_no_character_of_its_own),
        cmocka_unit_test(what_xml_cannot_hold_becomes_a_question_mark),
        cmocka_unit_test(words_are_wrapped_at_blanks_and_long_ones_cut_at_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
