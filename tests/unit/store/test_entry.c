#include "../../fault/tamper.h"
#include "store/scratch.h"

typedef struct Seen {
    int count;
    EntryRow rows[8];
    char facts[8][80];
} Seen;

static bool see_entry(void *context, const EntryRow *row, Error *err)
{
    Seen *seen = context;
    (void)err;
    seen->rows[seen->count] = *row;
    snprintf(seen->facts[seen->count++], sizeof seen->facts[0], "%s", row->facts);
    return true;
}

static void entries_come_back_in_order_as_they_were_written(void **state)
{
    Scratch *scratch = *state;
    Seen seen = {0};
    scratch_fill(scratch);
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_entries(scratch->store, 1, see_entry, &seen, &scratch->err));
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.rows[0].number, 1);
    assert_int_equal(seen.rows[0].seq, 1);
    assert_int_equal(seen.rows[0].kind, LOG_OPEN);
    assert_int_equal(seen.rows[1].kind, LOG_EVENT);
    assert_int_equal(seen.rows[1].seq, 2);
    assert_int_equal(seen.rows[1].person, 1);
    assert_false(seen.rows[1].destroyed);
    assert_string_equal(seen.facts[1], "{\"facts\":{\"risk\":\"high\"}}");
}

static void each_entry_holds_the_hash_of_the_one_before(void **state)
{
    static const uint8_t nothing[STORE_HASH_BYTES];
    Scratch *scratch = *state;
    Seen seen = {0};
    scratch_fill(scratch);
    assert_ok(scratch, store_entries(scratch->store, 1, see_entry, &seen, &scratch->err));
    assert_memory_equal(seen.rows[0].previous, nothing, STORE_HASH_BYTES);
    assert_memory_equal(seen.rows[1].previous, seen.rows[0].hash, STORE_HASH_BYTES);
    assert_memory_not_equal(seen.rows[0].hash, seen.rows[1].hash, STORE_HASH_BYTES);
    assert_memory_not_equal(seen.rows[0].commitment, seen.rows[1].commitment, STORE_HASH_BYTES);
}

static void every_kind_of_entry_can_be_kept_and_found(void **state)
{
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    EntryRow found;
    bool there;
    scratch_fill(scratch);
    for (LogKind kind = LOG_OPEN; kind < LOG_KIND_COUNT; kind++) {
        EntryRow row = entry_row(1, kind, "x");
        row.refers_to = 1;
        row.date_only = kind % 2;
        row.imported = kind % 3 == 0;
        row.on_behalf_of = kind % 4 == 0;
        assert_ok(scratch, store_begin(scratch->store, err));
        assert_ok(scratch, store_entry_add(scratch->store, &row, err));
        assert_ok(scratch, store_commit(scratch->store, err));
        assert_ok(scratch, store_entry_find(scratch->store, row.number, &found, &there, err));
        assert_true(there);
        assert_int_equal(found.kind, kind);
        assert_int_equal(found.refers_to, 1);
        assert_int_equal(found.date_only, kind % 2);
        assert_int_equal(found.imported, kind % 3 == 0);
        assert_int_equal(found.on_behalf_of, kind % 4 == 0);
        assert_string_equal(found.reason, "seen at school");
    }
}

static void a_key_is_found_on_its_case_and_an_open_key_in_the_file(void **state)
{
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    EntryRow row;
    bool there;
    scratch_fill(scratch);
    assert_ok(scratch, store_entry_find_key(scratch->store, 1, "open-1", &row, &there, err));
    assert_true(there);
    assert_int_equal(row.number, 1);
    assert_ok(scratch, store_entry_find_key(scratch->store, 0, "open-1", &row, &there, err));
    assert_true(there);
    assert_ok(scratch, store_entry_find_key(scratch->store, 2, "open-1", &row, &there, err));
    assert_false(there);
    assert_ok(scratch, store_entry_find_key(scratch->store, 0, "open-2", &row, &there, err));
    assert_false(there);
}

static void a_key_used_twice_is_refused_and_nothing_of_the_transaction_stays(void **state)
{
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    int64_t id;
    Seen seen = {0};
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, err));
    assert_ok(scratch, fill_case(scratch->store, "R-2", &id, err));
    assert_false(fill_entry(scratch->store, id, LOG_OPEN, "open-1", err));
    assert_int_equal(err->kind, ERROR_REFUSED);
    assert_false(fill_entry(scratch->store, id, LOG_OPEN, "open-3", err));
    assert_false(store_commit(scratch->store, err));
    assert_false(store_in_transaction(scratch->store));
    assert_ok(scratch, store_entries(scratch->store, id, see_entry, &seen, err));
    assert_int_equal(seen.count, 0);
}

static void recorded_time_never_goes_back(void **state)
{
    Scratch *scratch = *state;
    Instant last;
    scratch_fill(scratch);
    assert_ok(scratch, store_last_recorded(scratch->store, &last, &scratch->err));
    assert_int_equal(last, 200);
    EntryRow row = entry_row(1, LOG_NOTE, NULL);
    row.recorded = 199;
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_entry_add(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_REFUSED);
    store_rollback(scratch->store);
}

static void an_entry_of_a_person_or_case_that_is_not_there_is_not_found(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    EntryRow row = entry_row(1, LOG_NOTE, NULL);
    row.person = 9;
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_entry_add(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_NOT_FOUND);
    store_rollback(scratch->store);
    row = entry_row(9, LOG_NOTE, NULL);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_entry_add(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_NOT_FOUND);
    store_rollback(scratch->store);
}

/* C6-15 */
static void sql_in_every_field_is_plain_data(void **state)
{
    static const char attack[] = "'); DROP TABLE entry; -- % _ \"";
    Scratch *scratch = *state;
    Error *err = &scratch->err;
    EntryRow row, found;
    bool there;
    scratch_fill(scratch);
    row = entry_row(1, LOG_EVENT, attack);
    row.role = row.on_behalf_role = row.key = row.facts = row.reason = attack;
    assert_ok(scratch, store_begin(scratch->store, err));
    assert_ok(scratch, store_entry_add(scratch->store, &row, err));
    assert_ok(scratch, store_commit(scratch->store, err));
    assert_ok(scratch, store_entry_find_key(scratch->store, 1, attack, &found, &there, err));
    assert_true(there);
    assert_string_equal(found.name, attack);
    assert_string_equal(found.role, attack);
    assert_string_equal(found.facts, attack);
    assert_string_equal(found.reason, attack);
    assert_ok(scratch, store_entry_find_key(scratch->store, 1, "%", &found, &there, err));
    assert_false(there);
}

/* C6-10 */
static void text_that_is_not_utf8_is_refused(void **state)
{
    static const char *const bad[] = {"\x80",
                                      "\xC0\xAF",
                                      "\xE0\x80\xAF",
                                      "\xED\xA0\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF0\x80\x80\xAF",
                                      "caf\xC3",
                                      "\xFF"};
    Scratch *scratch = *state;
    scratch_fill(scratch);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        EntryRow row = entry_row(1, LOG_EVENT, "x");
        row.reason = bad[i];
        assert_ok(scratch, store_begin(scratch->store, &scratch->err));
        assert_false(store_entry_add(scratch->store, &row, &scratch->err));
        assert_int_equal(scratch->err.kind, ERROR_INPUT);
        store_rollback(scratch->store);
    }
    EntryRow row = entry_row(1, LOG_EVENT, "x");
    row.reason = "\xC3\xA9 \xE2\x82\xAC \xED\x9F\xBF \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF";
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_entry_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
}

static void a_key_may_have_200_characters_and_no_more(void **state)
{
    Scratch *scratch = *state;
    char key[202];
    scratch_fill(scratch);
    for (size_t length = 199; length <= 201; length++) {
        memset(key, 'k', length);
        key[length] = '\0';
        EntryRow row = entry_row(1, LOG_EVENT, "x");
        row.key = key;
        assert_ok(scratch, store_begin(scratch->store, &scratch->err));
        bool added = store_entry_add(scratch->store, &row, &scratch->err);
        assert_int_equal(added, length <= 200);
        if (added)
            assert_ok(scratch, store_commit(scratch->store, &scratch->err));
        else
            store_rollback(scratch->store);
    }
}

/* C6-16 */
static void a_number_at_its_limit_is_refused_and_does_not_wrap(void **state)
{
    static const char *const changes[] = {
        "UPDATE entry SET number = 9223372036854775807 WHERE number = 2",
        "UPDATE entry SET seq = 9223372036854775807 WHERE number = 2"};
    Scratch *scratch = *state;
    EntryRow row = entry_row(1, LOG_NOTE, NULL);
    for (size_t i = 0; i < 2; i++) {
        scratch_fill(scratch);
        scratch_close(scratch);
        assert_int_equal(tamper(scratch->path, changes[i]), 0);
        scratch_reopen(scratch, &scratch_writing);
        assert_ok(scratch, store_begin(scratch->store, &scratch->err));
        assert_false(store_entry_add(scratch->store, &row, &scratch->err));
        assert_int_equal(scratch->err.kind, ERROR_LIMIT);
        scratch_close(scratch);
        unlink(scratch->path);
    }
}

static void content_too_large_for_a_row_is_a_limit(void **state)
{
    Scratch *scratch = *state;
    size_t size = 17 * 1024 * 1024;
    char *large = malloc(size + 1);
    memset(large, 'x', size);
    large[size] = '\0';
    EntryRow row = entry_row(1, LOG_NOTE, NULL);
    row.facts = large;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_false(store_entry_add(scratch->store, &row, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_LIMIT);
    store_rollback(scratch->store);
    free(large);
}

static void an_entry_of_no_case_has_no_place_in_one(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    EntryRow row = entry_row(0, LOG_ABSENCE, NULL), found;
    bool there;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, store_entry_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_entry_add(scratch->store, &row, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_int_equal(row.number, 4);
    assert_ok(scratch, store_entry_find(scratch->store, 4, &found, &there, &scratch->err));
    assert_int_equal(found.case_id, 0);
    assert_int_equal(found.seq, 0);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(entries_come_back_in_order_as_they_were_written),
        TEST(each_entry_holds_the_hash_of_the_one_before),
        TEST(every_kind_of_entry_can_be_kept_and_found),
        TEST(a_key_is_found_on_its_case_and_an_open_key_in_the_file),
        TEST(a_key_used_twice_is_refused_and_nothing_of_the_transaction_stays),
        TEST(recorded_time_never_goes_back),
        TEST(an_entry_of_a_person_or_case_that_is_not_there_is_not_found),
        TEST(sql_in_every_field_is_plain_data),
        TEST(text_that_is_not_utf8_is_refused),
        TEST(a_key_may_have_200_characters_and_no_more),
        TEST(a_number_at_its_limit_is_refused_and_does_not_wrap),
        TEST(content_too_large_for_a_row_is_a_limit),
        TEST(an_entry_of_no_case_has_no_place_in_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
