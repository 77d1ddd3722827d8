/* Logs that were damaged on the way: whatever stands there, the answer is rows or an
 * error with a sentence, never a crash. Run under the sanitizers too (make san). */
#include "log/given.h"

static const char csv[] = "\xef\xbb\xbf"
                          "sep=;\r\ncase;\"activity\";time;fact\r\n"
                          "A;\"x \"\"y\"\"\r\n\";03/04/2021 10:00;1\r\n"
                          "B;\xc3\xa9;25/04/2021;\n"
                          "B;z;26/04/2021 09:05:01.5;\"2\"";
static const char xes[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log xmlns=\"u\">"
                          "<global scope=\"event\"><string key=\"k\" value=\"v\"/></global>"
                          "<trace><string key=\"concept:name\" value=\"A\"/><event>"
                          "<string key=\"concept:name\" value=\"x &amp; y\"/><list "
                          "key=\"l\"><int key=\"i\" value=\"1\"/></list>"
                          "<date key=\"time:timestamp\" "
                          "value=\"2011-12-06T13:41:31.788+01:00\"/></event></trace></log>";

/* Either way is right; an error needs its words, and rows must add up. */
static void is_answered(Given *given)
{
    if (!given_visit(given)) {
        assert_true(given->err.kind == ERROR_INPUT || given->err.kind == ERROR_LIMIT);
        assert_true(strlen(given->err.text) > 10);
        return;
    }
    const Log *log = &given->log;
    uint64_t aside = log->notes.other_lifecycle;
    for (size_t i = 0; i < SET_ASIDE_COUNT; i++)
        aside += log->set_aside_by[i];
    assert_int_equal(log->files[0].rows, log->files[0].used + aside);
}

static void every_truncation_is_answered(Given *given, const char *name, const char *text,
                                         size_t length)
{
    for (size_t cut = 0; cut <= length; cut++) {
        given_bytes(given, name, text, cut);
        is_answered(given);
    }
}

static void every_changed_byte_is_answered(Given *given, const char *name, const char *text,
                                           size_t length)
{
    static const unsigned char flips[] = {0x01, 0x20, 0x80, 0xff};
    char *copy = malloc(length);
    for (size_t at = 0; at < length; at++) {
        for (size_t i = 0; i < sizeof flips; i++) {
            memcpy(copy, text, length);
            copy[at] = (char)((unsigned char)copy[at] ^ flips[i]);
            given_bytes(given, name, copy, length);
            is_answered(given);
        }
    }
    free(copy);
}

static void csv_damaged_at_every_byte_is_answered(void **state)
{
    Given *given = *state;
    mapping_add_fact(&given->mapping, "f", "fact", 0);
    every_truncation_is_answered(given, "a.csv", csv, sizeof csv - 1);
    every_changed_byte_is_answered(given, "a.csv", csv, sizeof csv - 1);
}

static void xes_damaged_at_every_byte_is_answered(void **state)
{
    Given *given = *state;
    every_truncation_is_answered(given, "a.xes", xes, sizeof xes - 1);
    every_changed_byte_is_answered(given, "a.xes", xes, sizeof xes - 1);
}

static void packed_files_damaged_at_every_byte_are_answered(void **state)
{
    Given *given = *state;
    char bytes[2000];
    given_packed(given, "a.gz", csv, sizeof csv - 1);
    FILE *file = fopen(given->path, "rb");
    size_t length = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    every_truncation_is_answered(given, "a.gz", bytes, length);
    every_changed_byte_is_answered(given, "a.gz", bytes, length);
}

static void map_files_damaged_at_every_byte_are_answered(void **state)
{
    (void)state;
    static const char map[] =
        "\xef\xbb\xbf# map\ncase column \"C\\\"\"\nfact f column \"x\"\n"
        "activity \"a\" is b with c d, e \"f\"\nvalue \"v\" of f is w\n"
        "rank \"a\", \"b\"\nzone +01:00 summer time\ndates day month year\n";
    for (size_t at = 0; at < sizeof map; at++) {
        for (unsigned flip = 0; flip < 256; flip += 51) {
            Mapping mapping = {0};
            Error err = {0};
            char *copy = malloc(sizeof map); /* exactly as long, for the sanitizers */
            memcpy(copy, map, sizeof map);
            copy[at] = (char)((unsigned char)copy[at] ^ flip);
            bool read = mapping_parse(&mapping, "m", copy, flip ? sizeof map - 1 : at, &err);
            assert_true(read || strlen(err.text) > 10);
            mapping_clear(&mapping);
            free(copy);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(csv_damaged_at_every_byte_is_answered),
        CASEWRIGHT_TEST(xes_damaged_at_every_byte_is_answered),
        CASEWRIGHT_TEST(packed_files_damaged_at_every_byte_are_answered),
        cmocka_unit_test(map_files_damaged_at_every_byte_are_answered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
