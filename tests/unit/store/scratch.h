/* A database in a folder of its own for each test, and short ways to fill it.
 * Names and cases are invented. Random numbers are counted up, so that every run
 * writes the same bytes. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/store.h"

#define UNUSED __attribute__((unused))

typedef struct Scratch {
    char folder[64];
    char path[128];
    Store *store;
    Error err;
} Scratch;

static const uint8_t scratch_definition[STORE_HASH_BYTES] = {1, 2, 3};

UNUSED static void counted_random(void *context, void *bytes, size_t count)
{
    static uint8_t next;
    (void)context;
    for (size_t i = 0; i < count; i++)
        ((uint8_t *)bytes)[i] = next++;
}

static const StoreOptions scratch_reading = {.random = counted_random, .no_wait = true};
static const StoreOptions scratch_writing = {
    .write = true, .random = counted_random, .no_wait = true};

#define assert_ok(scratch, call)                                                               \
    do {                                                                                       \
        if (!(call))                                                                           \
            fail_msg("%s", (scratch)->err.text);                                               \
    } while (0)

UNUSED static int scratch_set_up(void **state)
{
    Scratch *scratch = calloc(1, sizeof *scratch);
    /* in memory where there is such a place: the tests sync a great deal */
    const char *place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(scratch->folder, sizeof scratch->folder, "%s/casewright-test-XXXXXX", place);
    if (!mkdtemp(scratch->folder))
        return 1;
    snprintf(scratch->path, sizeof scratch->path, "%s/case.db", scratch->folder);
    *state = scratch;
    return 0;
}

UNUSED static int scratch_tear_down(void **state)
{
    Scratch *scratch = *state;
    store_close(scratch->store);
    DIR *folder = opendir(scratch->folder);
    for (struct dirent *at; folder && (at = readdir(folder));)
        unlinkat(dirfd(folder), at->d_name, 0);
    if (folder)
        closedir(folder);
    rmdir(scratch->folder);
    free(scratch);
    return 0;
}

UNUSED static int scratch_file_count(const Scratch *scratch)
{
    int count = 0;
    DIR *folder = opendir(scratch->folder);
    for (struct dirent *at; folder && (at = readdir(folder));)
        count += at->d_name[0] != '.';
    if (folder)
        closedir(folder);
    return count;
}

/* ---- filling -------------------------------------------------------------------- */

UNUSED static bool fill_person(Store *store, const char *login, Error *err)
{
    PersonRow person = {.login = login, .name = "Ann Example", .added = 5};
    return store_person_add(store, &person, err);
}

UNUSED static bool fill_definition(Store *store, Error *err)
{
    bool added;
    DefinitionRow row = {.language_version = 1,
                         .flow = "cre",
                         .version_label = "1",
                         .source = "workflow cre",
                         .source_length = 12,
                         .deployed = 10,
                         .deployed_by = 1};
    memcpy(row.hash, scratch_definition, sizeof row.hash);
    return store_definition_add(store, &row, &added, err);
}

UNUSED static bool fill_case(Store *store, const char *reference, int64_t *id, Error *err)
{
    CaseRow row = {.reference = reference,
                   .flow = "cre",
                   .record = "12345678",
                   .record_bytes = 8,
                   .layout = 77,
                   .as_of = 800,
                   .status = STORE_OPEN,
                   .next_due = 8000,
                   .opened = 100,
                   .closed = MOMENT_NONE};
    memcpy(row.definition, scratch_definition, sizeof row.definition);
    bool added = store_case_add(store, &row, err);
    *id = row.id;
    return added;
}

UNUSED static EntryRow entry_row(int64_t case_id, LogKind kind, const char *name)
{
    EntryRow row = {.case_id = case_id,
                    .kind = kind,
                    .name = name,
                    .effective = 100,
                    .recorded = 200,
                    .person = 1,
                    .role = "worker",
                    .facts = "{\"facts\":{\"risk\":\"high\"}}",
                    .reason = "seen at school"};
    memcpy(row.definition, scratch_definition, sizeof row.definition);
    return row;
}

/* An entry and what belongs to it, as the engine writes them. */
UNUSED static bool fill_entry(Store *store, int64_t case_id, LogKind kind, const char *key,
                              Error *err)
{
    EntryRow row = entry_row(case_id, kind, "concern-raised");
    row.key = key;
    if (!store_entry_add(store, &row, err))
        return false;
    CaseRow state = {.id = case_id,
                     .flow = "cre",
                     .last_entry = row.number,
                     .record = "12345678",
                     .record_bytes = 8,
                     .layout = 77,
                     .as_of = 800,
                     .status = STORE_OPEN,
                     .next_due = 8000,
                     .opened = 100,
                     .closed = MOMENT_NONE};
    memcpy(state.definition, scratch_definition, sizeof state.definition);
    TaskRow task = {.name = "allocate",
                    .label = "Allocate",
                    .kind = "task",
                    .roles = "worker",
                    .opened = 800,
                    .target = MOMENT_NEVER,
                    .due = 8000 + row.number,
                    .due_text = "2021-04-08",
                    .done = MOMENT_NONE,
                    .outcome = "running"};
    return store_case_set(store, &state, err) &&
           store_tasks_replace(store, case_id, &task, 1, err);
}

/* A database with one person, one definition and one case of two entries. */
UNUSED static void scratch_fill(Scratch *scratch)
{
    int64_t id;
    Error *err = &scratch->err;
    assert_ok(scratch, store_create(scratch->path, false, 1, &scratch_writing, err));
    assert_ok(scratch, scratch->store = store_open(scratch->path, &scratch_writing, err));
    Store *store = scratch->store;
    assert_ok(scratch, store_begin(store, err));
    assert_ok(scratch, fill_person(store, "ann", err));
    assert_ok(scratch, fill_definition(store, err));
    assert_ok(scratch, fill_case(store, "R-1", &id, err));
    assert_ok(scratch, fill_entry(store, id, LOG_OPEN, "open-1", err));
    assert_ok(scratch, fill_entry(store, id, LOG_EVENT, NULL, err));
    assert_ok(scratch, store_commit(store, err));
}

UNUSED static void scratch_close(Scratch *scratch)
{
    store_close(scratch->store);
    scratch->store = NULL;
}

UNUSED static void scratch_reopen(Scratch *scratch, const StoreOptions *options)
{
    scratch_close(scratch);
    assert_ok(scratch, scratch->store = store_open(scratch->path, options, &scratch->err));
}
