#include "log/given.h"

#include <unistd.h>

#include "base/limits.h"

#define LOG_TEXT "case,activity,time\nA,x,2021-04-03\nB,y,2021-04-04\n"

/* What the given file is, packed: *length bytes, to be freed. */
static char *packed(Given *given, const char *text, size_t *length)
{
    given_packed(given, "packed", text, strlen(text));
    FILE *file = fopen(given->path, "rb");
    char *bytes = malloc(100000);
    *length = fread(bytes, 1, 100000, file);
    fclose(file);
    return bytes;
}

static void packed_files_are_known_by_their_first_bytes(void **state)
{
    Given *given = *state;
    given_packed(given, "a.csv", LOG_TEXT, sizeof LOG_TEXT - 1);
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_true(given->log.files[0].is_packed);
    assert_int_equal(given->log.files[0].bytes, sizeof LOG_TEXT - 1);
    given_text(given, "a.csv.gz", LOG_TEXT); /* the name says what it is not */
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_false(given->log.files[0].is_packed);
}

static void members_that_follow_each_other_are_one_file(void **state)
{
    Given *given = *state;
    size_t first, second;
    char *one = packed(given, "case,activity,time\nA,x,2021-0", &first);
    char *two = packed(given, "4-03\nB,y,2021-04-04\n", &second);
    char *both = malloc(first + second);
    memcpy(both, one, first);
    memcpy(both + first, two, second);
    given_bytes(given, "a.csv.gz", both, first + second);
    given_log(given);
    assert_int_equal(given->log.row_count, 2);
    assert_when(given, 0, "2021-04-03");
    given_bytes(given, "a.csv.gz", both, first + 3);
    assert_false(given_read(given));
    assert_told(given, "cut short");
    free(one), free(two), free(both);
}

static void a_packed_file_cut_short_anywhere_is_an_error(void **state)
{
    Given *given = *state;
    size_t length;
    char *bytes = packed(given, LOG_TEXT, &length);
    for (size_t cut = 0; cut < length; cut++) {
        given_bytes(given, "a.csv.gz", bytes, cut);
        assert_false(given_read(given));
        assert_int_equal(given->err.kind, ERROR_INPUT);
        if (cut >= 2)
            assert_told(given, "cut short");
    }
    free(bytes);
}

static void damage_and_what_follows_are_errors(void **state)
{
    Given *given = *state;
    size_t length;
    char *bytes = packed(given, LOG_TEXT, &length);
    bytes[length - 6] ^= 1; /* of the check sum */
    given_bytes(given, "a.csv.gz", bytes, length);
    assert_false(given_read(given));
    assert_told(given, "is damaged");
    bytes[length - 6] ^= 1;
    memcpy(bytes + length, "rest", 4);
    given_bytes(given, "a.csv.gz", bytes, length + 4);
    assert_false(given_read(given));
    assert_told(given, "is damaged");
    free(bytes);
}

static void what_is_packed_twice_or_an_archive_is_refused(void **state)
{
    Given *given = *state;
    size_t length;
    char *bytes = packed(given, LOG_TEXT, &length);
    given_packed(given, "a.csv.gz", bytes, length);
    assert_false(given_read(given));
    assert_told(given, "packed twice");
    given_text(given, "a.xlsx", "PK\003\004and so on");
    assert_false(given_read(given));
    assert_told(given, "zip archive or a spreadsheet");
    free(bytes);
}

/* A heading, then lines without end of nothing: packs a thousandfold. */
static void write_bomb(Given *given, size_t bytes)
{
    char *text = malloc(bytes);
    memset(text, '\n', bytes);
    memcpy(text, "case,activity,time\n", 19);
    given_packed(given, "bomb.csv.gz", text, bytes);
    free(text);
}

static void what_unpacks_beyond_all_measure_is_stopped(void **state)
{
    Given *given = *state;
    write_bomb(given, LIMIT_UNPACKED_FREE);
    given_log(given); /* as far as any ratio is allowed */
    write_bomb(given, LIMIT_UNPACKED_FREE + 1);
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_told(given, "more than 200 times its size");
    given->request.max_bytes = LIMIT_UNPACKED_FREE + 1;
    given_log(given);
    given->request.max_bytes = LIMIT_UNPACKED_FREE;
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_told(given, "--max-bytes");
}

static void the_digest_is_of_the_file_as_it_lies_on_the_disk(void **state)
{
    Given *given = *state;
    static const uint8_t expected[] = {0xa8, 0xd7, 0x87,
                                       0x1c}; /* sha256sum of the text below */
    given_text(given, "a.csv", "case,activity,time\n");
    given_log(given);
    assert_memory_equal(given->log.files[0].digest, expected, sizeof expected);
}

static void files_that_cannot_be_read_say_why(void **state)
{
    Given *given = *state;
    given_text(given, "a.csv", LOG_TEXT);
    unlink(given->path);
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_NOT_FOUND);
    given->paths[0] = given->folder;
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_INPUT);
}

static void the_same_file_twice_is_refused(void **state)
{
    Given *given = *state;
    char other[200];
    given_text(given, "a.csv", LOG_TEXT);
    snprintf(other, sizeof other, "%s/./a.csv", given->folder);
    given->paths[1] = other;
    given->request.path_count = 2;
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_USAGE);
    assert_told(given, "is given twice");
}

static bool stop_at_once(void *context, uint64_t bytes, uint64_t of)
{
    (void)bytes, (void)of;
    return ++*(int *)context < 2;
}

static void reading_stops_when_told(void **state)
{
    Given *given = *state;
    int asked = 0;
    given_text(given, "a.csv", LOG_TEXT);
    given->request.progress = stop_at_once;
    given->request.progress_context = &asked;
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_INTERRUPTED);
}

static void cells_rows_and_columns_are_bounded(void **state)
{
    Given *given = *state;
    static const struct {
        size_t cells, bytes; /* beside case, activity, time; and of each */
        size_t row;          /* bytes of the row: its last cell makes up for it; 0: as it is */
        bool fits;
    } rows[] = {{1, LIMIT_CSV_FIELD_BYTES - 1, 0, true},
                {1, LIMIT_CSV_FIELD_BYTES, 0, true},
                {1, LIMIT_CSV_FIELD_BYTES + 1, 0, false},
                {8, 500000, LIMIT_CSV_RECORD_BYTES - 1, true},
                {8, 500000, LIMIT_CSV_RECORD_BYTES, true},
                {8, 500000, LIMIT_CSV_RECORD_BYTES + 1, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Text text = {0};
        text_add(&text, "case,activity,time");
        for (size_t cell = 0; cell < rows[i].cells; cell++)
            text_addf(&text, ",c%zu", cell);
        text_add(&text, "\r\n");
        size_t start = text.length;
        text_add(&text, "A,x,2021-04-03");
        for (size_t cell = 0; cell < rows[i].cells; cell++) {
            text_add_char(&text, ',');
            for (size_t k = 0; k < rows[i].bytes; k++)
                text_add_char(&text, 'y');
        }
        while (text.length - start < rows[i].row)
            text_add_char(&text, 'y');
        text_add(&text, "\r\n");
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        assert_int_equal(given_read(given), rows[i].fits);
        if (!rows[i].fits)
            assert_int_equal(given->err.kind, ERROR_LIMIT);
    }
}

static void columns_are_bounded(void **state)
{
    Given *given = *state;
    for (size_t columns = LIMIT_CSV_COLUMNS - 1; columns <= LIMIT_CSV_COLUMNS + 1; columns++) {
        Text text = {0};
        text_add(&text, "case,activity,time");
        for (size_t i = 3; i < columns; i++)
            text_addf(&text, ",c%zu", i);
        given_text(given, "a.csv", text_get(&text));
        text_clear(&text);
        bool fits = columns <= LIMIT_CSV_COLUMNS;
        assert_int_equal(given_read(given), fits);
        if (!fits)
            assert_told(given, "1025 columns are more than 1024");
    }
}

static void a_quote_never_closed_stops_at_the_bound_of_a_row(void **state)
{
    Given *given = *state;
    Text text = {0};
    text_add(&text, "case,activity,time\nA,x,2021-04-03\nA,\"y,2021-04-03\n");
    while (text.length < 6 * 1024 * 1024)
        text_add(&text, "A,x,2021-04-03\n");
    given_text(given, "a.csv", text_get(&text));
    text_clear(&text);
    assert_false(given_read(given));
    assert_int_equal(given->err.kind, ERROR_LIMIT);
    assert_told(given, "a.csv:3: ");
    assert_told(given, "perhaps a quote is never closed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(packed_files_are_known_by_their_first_bytes),
        CASEWRIGHT_TEST(members_that_follow_each_other_are_one_file),
        CASEWRIGHT_TEST(a_packed_file_cut_short_anywhere_is_an_error),
        CASEWRIGHT_TEST(damage_and_what_follows_are_errors),
        CASEWRIGHT_TEST(what_is_packed_twice_or_an_archive_is_refused),
        CASEWRIGHT_TEST(what_unpacks_beyond_all_measure_is_stopped),
        CASEWRIGHT_TEST(the_digest_is_of_the_file_as_it_lies_on_the_disk),
        CASEWRIGHT_TEST(files_that_cannot_be_read_say_why),
        CASEWRIGHT_TEST(the_same_file_twice_is_refused),
        CASEWRIGHT_TEST(reading_stops_when_told),
        CASEWRIGHT_TEST(cells_rows_and_columns_are_bounded),
        CASEWRIGHT_TEST(columns_are_bounded),
        CASEWRIGHT_TEST(a_quote_never_closed_stops_at_the_bound_of_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
