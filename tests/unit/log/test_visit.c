/* However a log is given out, in one part, in many by several threads, or by way of a
 * temporary file, it holds the same cases with the same rows in the same order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "log/log.h"

#define PARTS_MOST 4096

typedef struct Seen {
    pthread_mutex_t lock;
    Text parts[PARTS_MOST];
    uint32_t part_count;
    bool begun;
    unsigned workers;
    uint32_t fail_at; /* part number + 1; 0: none */
} Seen;

static char folder[] = "/tmp/casewright-visit-XXXXXX";
static char path[64];

/* Invented. Cases cross one another; some rows cannot be read, one case has no other. */
static int write_log(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/log.csv", folder);
    FILE *out = fopen(path, "w");
    uint64_t seed = 7;
    fputs("case,activity,time,person,role,note\n", out);
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        unsigned one = (unsigned)(seed >> 33) % 700, day = (unsigned)(seed >> 45) % 28 + 1;
        if (i % 997 == 0)
            fprintf(out, "C%u,visit,2021-02-30,,,\n", one);
        fprintf(out, "C%u,%s,2021-03-%02uT%02d:00Z,P%u,worker,%s%d\n", one,
                i % 3 ? "visit" : "call", day, i % 24, one % 5, i % 4 ? "note " : "",
                i % 4 ? i % 50 : 7);
    }
    fputs("lost,visit,never,,,\nC1,call,2021-03-01T00:00Z,P1,worker,\n"
          "C1,call,2021-03-01T00:00Z,P1,worker,\n",
          out);
    return fclose(out);
}

static int remove_log(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static bool begin(void *context, const Log *log, Error *err)
{
    Seen *seen = context;
    (void)err;
    seen->begun = log->cases.count > 1;
    return true;
}

static void tell_case(const LogPart *part, const LogCase *one, Text *out)
{
    const Log *log = part->log;
    text_addf(out, "%s %u:%llu%s\n", log->cases.texts[one->name], one->file,
              (unsigned long long)one->line, one->has_set_aside ? " set aside" : "");
    for (uint32_t i = 0; i < one->row_count; i++) {
        const LogRow *row = &part->rows[one->first_row + i];
        text_addf(out, "  %lld %llu %s %s", (long long)row->at, (unsigned long long)row->line,
                  log->activities.texts[row->activity], log->people.texts[row->person]);
        for (uint32_t k = 0; k < row->value_count; k++)
            text_addf(out, " %s",
                      log->values.texts[log->row_values[row->first_value + k].text]);
        text_add_char(out, '\n');
    }
}

static bool visit(void *context, unsigned worker, uint32_t number, const LogPart *part,
                  Error *err)
{
    Seen *seen = context;
    Text text = {0};
    assert_true(number < PARTS_MOST);
    if (seen->fail_at == number + 1)
        return error_set(err, "part %u", number);
    for (uint32_t i = 0; i < part->case_count; i++)
        tell_case(part, &part->cases[i], &text);
    pthread_mutex_lock(&seen->lock);
    seen->parts[number] = text;
    seen->part_count += 1;
    if (worker + 1 > seen->workers)
        seen->workers = worker + 1;
    pthread_mutex_unlock(&seen->lock);
    return true;
}

static char *told(const LogRequest *request, uint32_t *part_count, LogNotes *notes)
{
    static Seen seen;
    Log log = {0};
    Error err = {0};
    Text all = {0};
    seen = (Seen){.lock = PTHREAD_MUTEX_INITIALIZER};
    if (!log_visit(request, begin, visit, &seen, &log, &err))
        fail_msg("%s", err.text);
    assert_true(seen.begun);
    for (uint32_t i = 0; i < seen.part_count; i++) {
        text_add(&all, text_get(&seen.parts[i]));
        text_clear(&seen.parts[i]);
    }
    text_addf(&all, "set aside %zu, used %llu\n", log.set_aside_count,
              (unsigned long long)log.files[0].used);
    *part_count = seen.part_count;
    *notes = log.notes;
    log_clear(&log);
    return text_take(&all);
}

static void check_same(bool dedupe)
{
    Mapping mapping = {0};
    Error err = {0};
    const char *paths[] = {path};
    const char map[] = "fact note column \"note\"\n";
    assert_true(mapping_parse(&mapping, "map", map, sizeof map - 1, &err));
    mapping.dedupe = dedupe;
    LogRequest request = {.paths = paths, .path_count = 1, .mapping = &mapping};
    uint32_t parts;
    LogNotes whole_notes, notes;
    char *whole = told(&request, &parts, &whole_notes);
    assert_int_equal(parts, 1);
    assert_non_null(strstr(whole, "lost 0:"));
    assert_true(whole_notes.ties > 0 && whole_notes.out_of_order > 0);
    static const struct {
        size_t memory;
        unsigned jobs;
    } ways[] = {{0, 2}, {0, 7}, {100000, 1}, {100000, 3}, {2000, 2}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        request.memory = ways[i].memory;
        request.jobs = ways[i].jobs;
        char *other = told(&request, &parts, &notes);
        assert_true(parts > 1);
        assert_string_equal(other, whole);
        assert_memory_equal(&notes, &whole_notes, sizeof notes);
        free(other);
    }
    free(whole);
    mapping_clear(&mapping);
}

static void threads_and_files_change_nothing(void **state)
{
    (void)state;
    check_same(false);
}

static void rows_that_are_there_twice_are_found_in_parts_too(void **state)
{
    (void)state;
    check_same(true);
}

static void the_shards_of_a_log_are_the_log(void **state)
{
    (void)state;
    Mapping mapping = {0};
    const char *paths[] = {path};
    LogRequest request = {.paths = paths, .path_count = 1, .mapping = &mapping, .shards = 5};
    Log log = {0};
    Error err = {0};
    uint64_t used = 0, rows = 0;
    for (request.shard = 0; request.shard < 5; request.shard++) {
        assert_true(log_read(&request, &log, &err));
        used += log.files[0].used;
        assert_true(rows == 0 || log.files[0].rows == rows); /* each has read the whole file */
        rows = log.files[0].rows;
        assert_true(log.people_said && log.roles_said);
        log_clear(&log);
    }
    request.shards = 0;
    assert_true(log_read(&request, &log, &err));
    assert_int_equal(log.files[0].used, used);
    assert_int_equal(log.files[0].rows, rows);
    log_clear(&log);
}

static void the_error_of_the_earliest_part_is_told(void **state)
{
    (void)state;
    static Seen seen;
    Mapping mapping = {0};
    const char *paths[] = {path};
    LogRequest request = {.paths = paths, .path_count = 1, .mapping = &mapping, .jobs = 2};
    Log log = {0};
    Error err = {0};
    seen = (Seen){.lock = PTHREAD_MUTEX_INITIALIZER, .fail_at = 3};
    assert_false(log_visit(&request, begin, visit, &seen, &log, &err));
    assert_string_equal(err.text, "part 2");
    for (uint32_t i = 0; i < PARTS_MOST; i++)
        text_clear(&seen.parts[i]);
    log_clear(&log);
}

static void a_folder_without_room_is_told(void **state)
{
    (void)state;
    static Seen seen;
    Mapping mapping = {0};
    const char *paths[] = {path};
    LogRequest request = {.paths = paths,
                          .path_count = 1,
                          .mapping = &mapping,
                          .memory = 2000,
                          .scratch = "/nowhere/at/all"};
    Log log = {0};
    Error err = {0};
    seen = (Seen){.lock = PTHREAD_MUTEX_INITIALIZER};
    assert_false(log_visit(&request, begin, visit, &seen, &log, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_non_null(strstr(err.text, "'/nowhere/at/all'"));
    log_clear(&log);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_and_files_change_nothing),
        cmocka_unit_test(rows_that_are_there_twice_are_found_in_parts_too),
        cmocka_unit_test(the_shards_of_a_log_are_the_log),
        cmocka_unit_test(the_error_of_the_earliest_part_is_told),
        cmocka_unit_test(a_folder_without_room_is_told),
    };
    return cmocka_run_group_tests_name("visit", tests, write_log, remove_log);
}
