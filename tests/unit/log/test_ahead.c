/* A file read ahead by a thread is the same bytes, whoever asks for how many. */
#include "log/ahead.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "log/given.h"

#define BYTES ((size_t)3 * 1024 * 1024 + 17) /* more than is read ahead */

static char *some_bytes(void)
{
    char *bytes = malloc(BYTES);
    uint64_t seed = 3;
    for (size_t i = 0; i < BYTES; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        bytes[i] = (char)(seed >> 56);
    }
    return bytes;
}

static void what_is_asked_for_bit_by_bit_is_the_file(void **state)
{
    Given *given = *state;
    char *bytes = some_bytes(), *got = malloc(BYTES + 1);
    struct sha256_ctx ahead_hash, hash;
    uint8_t digest[32], expected[32];
    given_bytes(given, "a", bytes, BYTES);
    int file = open(given->path, O_RDONLY);
    sha256_init(&ahead_hash);
    sha256_init(&hash);
    Ahead *ahead = ahead_new(file, &ahead_hash);
    assert_non_null(ahead);
    size_t used = 0;
    ssize_t count;
    for (size_t size = 1; (count = ahead_read(ahead, got + used, size)) > 0;) {
        used += (size_t)count;
        assert_true(used <= BYTES);
        size = size * 3 % 300007 + 1;
        if (size > BYTES - used)
            size = BYTES - used + 1; /* nothing comes into the byte behind the last */
        if (used == BYTES)
            break;
    }
    assert_int_equal(used, BYTES);
    assert_memory_equal(got, bytes, BYTES);
    assert_int_equal(ahead_read(ahead, got, 10), 0);
    assert_int_equal(ahead_read(ahead, got, 10), 0);
    sha256_digest(&ahead_hash, sizeof digest, digest);
    sha256_update(&hash, BYTES, (const uint8_t *)bytes);
    sha256_digest(&hash, sizeof expected, expected);
    assert_memory_equal(digest, expected, sizeof digest);
    ahead_free(ahead);
    close(file);
    free(bytes);
    free(got);
}

static void reading_may_be_given_up_at_any_point(void **state)
{
    Given *given = *state;
    char *bytes = some_bytes(), got[1000];
    given_bytes(given, "a", bytes, BYTES);
    for (int asked = 0; asked < 600; asked += 37) {
        int file = open(given->path, O_RDONLY);
        struct sha256_ctx hash;
        sha256_init(&hash);
        Ahead *ahead = ahead_new(file, &hash);
        for (int i = 0; i < asked; i++)
            assert_int_equal(ahead_read(ahead, got, sizeof got), i % 263 == 262 ? 144 : 1000);
        ahead_free(ahead);
        close(file);
    }
    free(bytes);
}

static void a_file_that_cannot_be_read_says_why_each_time(void **state)
{
    Given *given = *state;
    char got[10];
    struct sha256_ctx hash;
    given_text(given, "a", "text");
    int file = open(given->path, O_WRONLY);
    sha256_init(&hash);
    Ahead *ahead = ahead_new(file, &hash);
    for (int i = 0; i < 2; i++) {
        errno = 0;
        assert_int_equal(ahead_read(ahead, got, sizeof got), -1);
        assert_int_equal(errno, EBADF);
    }
    ahead_free(ahead);
    close(file);
}

/* Read by the same request with one job and with two. */
static void check_same(Given *given)
{
    given->request.jobs = 1;
    given_log(given);
    LogFile alone = given->log.files[0];
    size_t rows = given->log.row_count;
    Moment last = given->log.last;
    given->request.jobs = 2;
    given_log(given);
    assert_int_equal(given->log.row_count, rows);
    assert_true(given->log.last == last && rows == 100000);
    assert_int_equal(given->log.files[0].bytes, alone.bytes);
    assert_memory_equal(given->log.files[0].digest, alone.digest, sizeof alone.digest);
}

static void a_log_is_the_same_read_ahead_plain_or_packed(void **state)
{
    Given *given = *state;
    Text text = {0};
    text_add(&text, "case,activity,time\n");
    for (int i = 0; i < 100000; i++)
        text_addf(&text, "case-%d,visit,2021-04-%02dT09:30:00Z\n", i % 7919, i % 30 + 1);
    given_text(given, "a.csv", text_get(&text));
    check_same(given);
    given_packed(given, "b.csv.gz", text_get(&text), text.length);
    check_same(given);
    text_add(&text, "\"case\"1,visit,2021-04-01T09:30:00Z\n");
    given_text(given, "c.csv", text_get(&text));
    assert_false(given_read(given));
    assert_told(given, "c.csv:100002: text follows a closing quote");
    text_clear(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASEWRIGHT_TEST(what_is_asked_for_bit_by_bit_is_the_file),
        CASEWRIGHT_TEST(reading_may_be_given_up_at_any_point),
        CASEWRIGHT_TEST(a_file_that_cannot_be_read_says_why_each_time),
        CASEWRIGHT_TEST(a_log_is_the_same_read_ahead_plain_or_packed),
    };
    return cmocka_run_group_tests_name("ahead", tests, NULL, NULL);
}
