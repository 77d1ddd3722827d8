#include "../../fault/tamper.h"
#include "store/scratch.h"
#include "store/store_internal.h"

/* A fresh database on which `sql` was run by somebody else. */
static void damage_with(Scratch *scratch, const char *sql)
{
    scratch_close(scratch);
    unlink(scratch->path);
    scratch_fill(scratch);
    scratch_close(scratch);
    if (tamper(scratch->path, sql) != 0)
        fail_msg("%s", sql);
}

static void assert_found(Scratch *scratch, const char *sql, int64_t case_id, int64_t entry,
                         const char *table, int64_t row)
{
    StoreDamage damage;
    damage_with(scratch, sql);
    scratch_reopen(scratch, &scratch_reading);
    if (store_verify_chain(scratch->store, &damage, &scratch->err))
        fail_msg("not found: %s", sql);
    if (scratch->err.kind != ERROR_INTEGRITY || damage.case_id != case_id ||
        damage.entry != entry || damage.row != row || !damage.text[0] || !damage.table ||
        strcmp(damage.table, table) != 0)
        fail_msg("%s: %s (%lld %lld %s %lld)", sql, scratch->err.text,
                 (long long)damage.case_id, (long long)damage.entry, damage.table,
                 (long long)damage.row);
}

static void an_untouched_database_is_whole(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    scratch_fill(scratch);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_null(damage.table);
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_ok(scratch, store_begin_read(scratch->store, &scratch->err));
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_true(store_in_transaction(scratch->store));
}

static void any_change_to_a_column_of_an_entry_is_named(void **state)
{
    static const char *const changes[] = {"kind = 'note'",
                                          "origin = 'import'",
                                          "name = 'concern-lowered'",
                                          "name = NULL",
                                          "effective = effective + 1",
                                          "effective_day = effective_day + 1",
                                          "precision = 'date'",
                                          "recorded = recorded + 1",
                                          "person = NULL",
                                          "role = 'manager'",
                                          "on_behalf_of = 1",
                                          "on_behalf_role = 'x'",
                                          "refers_to = 1",
                                          "key = 'x'",
                                          "calendar_hash = zeroblob(32)",
                                          "definition_hash = NULL",
                                          "commitment = zeroblob(32)",
                                          "previous_hash = zeroblob(32)",
                                          "hash = zeroblob(32)",
                                          "seq = 3",
                                          "kind = 'other'",
                                          "definition_hash = x'01'"};
    Scratch *scratch = *state;
    char sql[200];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        snprintf(sql, sizeof sql, "UPDATE entry SET %s WHERE number = 2", changes[i]);
        assert_found(scratch, sql, 1, 2, "entry", 2);
    }
}

static void any_change_to_content_is_named(void **state)
{
    static const char *const changes[] = {"facts = replace(facts, 'high', 'low')",
                                          "reason = 'seen at home'",
                                          "reason = NULL",
                                          "facts = '{}'",
                                          "salt = zeroblob(32)",
                                          "facts = facts || char(0) || 'x'",
                                          "facts = facts || CAST(x'80' AS TEXT)"};
    Scratch *scratch = *state;
    char sql[200];
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        snprintf(sql, sizeof sql, "UPDATE entry_content SET %s WHERE entry = 2", changes[i]);
        assert_found(scratch, sql, 1, 2, "entry_content", 2);
    }
}

/* C6-10 */
static void gaps_orphans_and_swaps_are_named(void **state)
{
    Scratch *scratch = *state;
    assert_found(scratch, "DELETE FROM entry_content WHERE entry = 2", 1, 2, "entry_content",
                 2);
    assert_found(scratch, "DELETE FROM entry WHERE number = 1", 1, 2, "entry", 2);
    assert_found(
        scratch,
        "DELETE FROM entry WHERE number = 2; DELETE FROM entry_content WHERE entry = 2", 1, 2,
        "case_file", 1);
    assert_found(scratch,
                 "DELETE FROM entry WHERE number = 2; UPDATE case_file SET last_entry = 1", 0,
                 2, "entry_content", 2);
    assert_found(scratch,
                 "UPDATE entry SET number = 9 WHERE number = 1;"
                 "UPDATE entry SET number = 1 WHERE number = 2;"
                 "UPDATE entry SET number = 2 WHERE number = 9",
                 1, 1, "entry", 1);
    assert_found(scratch, "UPDATE case_file SET last_entry = 1", 1, 1, "case_file", 1);
    assert_found(scratch, "DELETE FROM definition", 0, 0, "case_file", 1);
    assert_found(scratch, "INSERT INTO holds VALUES (1, 7, 'worker', 0, NULL)", 0, 0, "holds",
                 1);
    assert_found(scratch, "UPDATE definition SET source = 'workflow xxx'", 0, 0, "definition",
                 1);
    assert_found(scratch, "UPDATE person SET login = 'eve'", 1, 1, "entry", 1);
    assert_found(scratch, "UPDATE person SET name = 'a' || char(0)", 0, 0, "person", 1);
    assert_found(scratch, "UPDATE task SET label = CAST(x'C0AF' AS TEXT)", 0, 0, "task", 1);
}

/* Somebody who changes the last entry and computes its hash anew. */
static void forge_last(Scratch *scratch, int64_t number, int64_t seq)
{
    Error *err = &scratch->err;
    EntryRow row;
    bool found;
    uint8_t hash[STORE_HASH_BYTES];
    char hex[STORE_HASH_BYTES * 2 + 1], sql[500];
    scratch_close(scratch);
    unlink(scratch->path);
    scratch_fill(scratch);
    assert_ok(scratch, store_entry_find(scratch->store, 2, &row, &found, err));
    row.number = number;
    row.seq = seq;
    chain_hash(store_meta(scratch->store), &row, "ann", NULL, hash);
    for (size_t i = 0; i < sizeof hash; i++)
        snprintf(hex + 2 * i, 3, "%02x", hash[i]);
    scratch_close(scratch);
    snprintf(sql, sizeof sql,
             "UPDATE entry SET number = %d, seq = %d, hash = x'%s' WHERE number = 2;"
             "UPDATE entry_content SET entry = %d WHERE entry = 2;"
             "UPDATE case_file SET last_entry = %d",
             (int)number, (int)seq, hex, (int)number, (int)number);
    assert_int_equal(tamper(scratch->path, sql), 0);
    scratch_reopen(scratch, &scratch_reading);
}

static void a_gap_is_found_even_where_the_hashes_agree(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    forge_last(scratch, 2, 2);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    forge_last(scratch, 2, 3);
    assert_false(store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_int_equal(damage.entry, 2);
    assert_non_null(strstr(damage.text, "its place in the case"));
    forge_last(scratch, 3, 2);
    assert_false(store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_int_equal(damage.entry, 3);
    assert_non_null(strstr(damage.text, "missing"));
}

static void a_row_that_breaks_a_check_is_found(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    damage_with(scratch, "UPDATE task SET status = 'elsewhere'");
    scratch_reopen(scratch, &scratch_reading);
    assert_false(store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
    assert_non_null(strstr(damage.text, "CHECK"));
}

static bool never(void *context, const CaseRow *row, Error *err)
{
    (void)context, (void)row, (void)err;
    fail();
    return true;
}

static void a_status_we_do_not_know_is_never_taken_for_another(void **state)
{
    Scratch *scratch = *state;
    CaseRow row;
    bool found;
    damage_with(scratch, "UPDATE case_file SET status = 'opened'");
    scratch_reopen(scratch, &scratch_reading);
    assert_false(store_case_find(scratch->store, 1, &row, &found, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
    assert_false(store_cases(scratch->store, 0, false, never, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
    assert_false(store_cases(scratch->store, 0, true, never, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
    assert_false(store_cases_due(scratch->store, MOMENT_NEVER, 10, never, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
}

static void content_that_was_destroyed_whole_leaves_the_chain_whole(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    StoreStatistics statistics;
    EntryRow row;
    bool found;
    damage_with(scratch, "UPDATE entry_content SET salt = NULL, facts = NULL, reason = NULL"
                         " WHERE entry = 1");
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_ok(scratch, store_statistics(scratch->store, &statistics, &scratch->err));
    assert_int_equal(statistics.contents_destroyed, 1);
    assert_ok(scratch, store_entry_find(scratch->store, 1, &row, &found, &scratch->err));
    assert_true(row.destroyed);
    assert_null(row.facts);
}

static void the_triggers_keep_entries_from_other_programs(void **state)
{
    static const char *const changes[] = {
        "UPDATE entry SET name = 'x'",   "DELETE FROM entry",
        "DELETE FROM entry_content",     "UPDATE entry_content SET reason = 'x'",
        "UPDATE meta SET rehearsal = 1", "UPDATE definition SET source = 'x'",
        "UPDATE person SET login = 'x'"};
    Scratch *scratch = *state;
    scratch_fill(scratch);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(scratch->path, &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
}

/* C6-07. Wherever the content of an entry lies in the file, each bit of it counts. */
static void every_bit_of_the_content_counts(void **state)
{
    static const char text[] = "seen at school";
    Scratch *scratch = *state;
    StoreDamage damage;
    size_t size, at, found = 0;
    scratch_fill(scratch);
    scratch_close(scratch);
    uint8_t *bytes = read_whole(scratch->path, &size);
    for (at = 0; at + sizeof text <= size; at++) {
        if (memcmp(bytes + at, text, sizeof text - 1) != 0)
            continue;
        found++;
        for (size_t bit = 0; bit < (sizeof text - 1) * 8; bit++) {
            bytes[at + bit / 8] ^= (uint8_t)(1u << bit % 8);
            write_whole(scratch->path, bytes, size);
            scratch_reopen(scratch, &scratch_reading);
            assert_false(store_verify_chain(scratch->store, &damage, &scratch->err));
            assert_int_equal(damage.case_id, 1);
            assert_in_range(damage.entry, 1, 2);
            assert_string_equal(damage.table, "entry_content");
            scratch_close(scratch);
            bytes[at + bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
    free(bytes);
    assert_int_equal(found, 2);
}

/* A dump of everything that must not change unnoticed: the log and what it rests on. */
static const char log_sum[] =
    "SELECT total(number + seq + effective + recorded + coalesce(person, 0)) +"
    " total(length(name)) + (SELECT total(length(facts) + length(reason)) FROM entry_content)"
    " FROM entry";

/* C6-06. Any byte of the file may be hit: it is found, or it did no harm. */
static void a_flipped_byte_anywhere_is_found_or_harmless(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    size_t size, caught = 0, tried = 0;
    unsigned seed = 7;
    scratch_fill(scratch);
    scratch_close(scratch);
    uint8_t *bytes = read_whole(scratch->path, &size);
    int64_t sum = tamper_ask(scratch->path, log_sum);
    for (; tried < 400; tried++) {
        seed = seed * 1103515245 + 12345;
        size_t at = (seed >> 4) % size;
        uint8_t was = bytes[at];
        bytes[at] ^= (uint8_t)(1u << (seed >> 28) % 8);
        write_whole(scratch->path, bytes, size);
        scratch->store = store_open(scratch->path, &scratch_reading, &scratch->err);
        bool whole =
            scratch->store && store_verify_chain(scratch->store, &damage, &scratch->err);
        scratch_close(scratch);
        if (whole)
            assert_int_equal(tamper_ask(scratch->path, log_sum), sum);
        else
            caught++;
        bytes[at] = was;
    }
    free(bytes);
    assert_true(caught > 20);
}

static void a_file_cut_short_is_never_whole(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    size_t size;
    scratch_fill(scratch);
    scratch_close(scratch);
    uint8_t *bytes = read_whole(scratch->path, &size);
    for (size_t kept = 0; kept < size; kept += 4096) {
        write_whole(scratch->path, bytes, kept);
        scratch->store = store_open(scratch->path, &scratch_reading, &scratch->err);
        if (scratch->store)
            assert_false(store_verify_chain(scratch->store, &damage, &scratch->err));
        scratch_close(scratch);
    }
    free(bytes);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(an_untouched_database_is_whole),
        TEST(any_change_to_a_column_of_an_entry_is_named),
        TEST(any_change_to_content_is_named),
        TEST(gaps_orphans_and_swaps_are_named),
        TEST(a_gap_is_found_even_where_the_hashes_agree),
        TEST(a_row_that_breaks_a_check_is_found),
        TEST(a_status_we_do_not_know_is_never_taken_for_another),
        TEST(content_that_was_destroyed_whole_leaves_the_chain_whole),
        TEST(the_triggers_keep_entries_from_other_programs),
        TEST(every_bit_of_the_content_counts),
        TEST(a_flipped_byte_anywhere_is_found_or_harmless),
        TEST(a_file_cut_short_is_never_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
