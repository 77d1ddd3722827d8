#include "log/given.h"

#include <dirent.h>
#include <unistd.h>
#include <zlib.h>

int given_set_up(void **state)
{
    Given *given = calloc(1, sizeof *given);
    const char *place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(given->folder, sizeof given->folder, "%s/casewright-log-XXXXXX", place);
    if (!mkdtemp(given->folder))
        return -1;
    *state = given;
    return 0;
}

static void forget(Given *given)
{
    log_clear(&given->log);
    free(given->rows);
    free(given->cases);
    given->rows = NULL;
    given->cases = NULL;
    given->case_count = 0;
    given->err = (Error){0};
}

int given_tear_down(void **state)
{
    Given *given = *state;
    forget(given);
    mapping_clear(&given->mapping);
    DIR *folder = opendir(given->folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", given->folder, entry->d_name);
        unlink(path);
    }
    closedir(folder);
    rmdir(given->folder);
    free(given);
    return 0;
}

void given_bytes(Given *given, const char *name, const void *bytes, size_t length)
{
    snprintf(given->path, sizeof given->path, "%s/%s", given->folder, name);
    FILE *file = fopen(given->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    given->paths[0] = given->path;
    given->request.paths = given->paths;
    given->request.path_count = 1;
    given->request.mapping = &given->mapping;
}

void given_text(Given *given, const char *name, const char *text)
{
    given_bytes(given, name, text, strlen(text));
}

void given_packed(Given *given, const char *name, const void *bytes, size_t length)
{
    given_bytes(given, name, "", 0);
    gzFile file = gzopen(given->path, "wb");
    assert_int_equal(gzwrite(file, bytes, (unsigned)length), length);
    assert_int_equal(gzclose(file), Z_OK);
}

bool given_read(Given *given)
{
    forget(given);
    return log_read(&given->request, &given->log, &given->err);
}

/* One part is all there is in memory; several would be joined here. */
static bool copy_part(void *context, unsigned worker, uint32_t part_number, const LogPart *part,
                      Error *err)
{
    (void)worker, (void)part_number, (void)err;
    Given *given = context;
    uint32_t rows = 0;
    for (uint32_t i = 0; i < part->case_count; i++)
        rows += part->cases[i].row_count;
    given->rows = calloc(rows + 1, sizeof *given->rows);
    given->cases = calloc(part->case_count + 1, sizeof *given->cases);
    given->case_count = part->case_count;
    rows = 0;
    for (uint32_t i = 0; i < part->case_count; i++) {
        LogCase one = part->cases[i];
        if (one.row_count)
            memcpy(&given->rows[rows], &part->rows[one.first_row],
                   one.row_count * sizeof(LogRow));
        one.first_row = rows;
        given->cases[i] = one;
        rows += one.row_count;
    }
    return true;
}

bool given_visit(Given *given)
{
    forget(given);
    return log_visit(&given->request, NULL, copy_part, given, &given->log, &given->err);
}

void given_log(Given *given)
{
    if (!given_read(given))
        fail_msg("%s", given->err.text);
}

void given_cases(Given *given)
{
    if (!given_visit(given))
        fail_msg("%s", given->err.text);
}

const char *when(const Given *given, const LogRow *row)
{
    static char text[64];
    bool date_only = moment_rank(row->at) == RANK_DATE_ONLY;
    Instant at = moment_instant(row->at);
    Day day = date_only ? moment_day(given->log.zone, row->at) : day_of_instant((Zone){0}, at);
    Civil civil = day_to_civil(day);
    int used =
        snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    int64_t ms = at - day * DAY_MS;
    if (!date_only)
        snprintf(text + used, sizeof text - (size_t)used, "T%02d:%02d:%02d.%03dZ",
                 (int)(ms / HOUR_MS), (int)(ms / MINUTE_MS % 60), (int)(ms / SECOND_MS % 60),
                 (int)(ms % SECOND_MS));
    return text;
}

const char *activity(const Given *given, const LogRow *row)
{
    return given->log.activities.texts[row->activity];
}
