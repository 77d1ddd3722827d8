#include "compile_text.h"
#include "rich_flow.h"

static int set_up(void **state)
{
    *state = compile_text(rich_flow);
    return 0;
}

static int tear_down(void **state)
{
    program_free(*state);
    return 0;
}

/* ---- layout --------------------------------------------------------------- */

static void mark(unsigned char *used, uint32_t count, uint32_t first, uint32_t slots)
{
    for (uint32_t i = 0; i < slots; i++) {
        assert_true(first + i < count);
        assert_int_equal(used[first + i], 0);
        used[first + i] = 1;
    }
}

static void every_slot_belongs_to_exactly_one_thing(void **state)
{
    const Program *p = *state;
    unsigned char *used = mem_alloc(p->slot_count);
    mark(used, p->slot_count, 0, SLOT_HEADER);
    mark(used, p->slot_count, p->slot_tracks, p->track_count * TRACK_SLOTS);
    mark(used, p->slot_count, p->slot_facts, p->fact_count);
    mark(used, p->slot_count, p->slot_events, p->event_count * EVENT_SLOTS);
    mark(used, p->slot_count, p->slot_works, p->work_count * WORK_SLOTS);
    mark(used, p->slot_count, p->slot_roles, p->role_count);
    mark(used, p->slot_count, p->slot_starts, p->start_count);
    for (uint32_t i = 0; i < p->window_count; i++)
        mark(used, p->slot_count, p->windows[i].slot, WINDOW_DAYS + p->windows[i].count);
    for (uint32_t i = 0; i < p->role_count; i++)
        if (p->roles[i].actors != NO_INDEX)
            mark(used, p->slot_count, p->roles[i].actors, ROLE_ACTORS);
    for (uint32_t i = 0; i < p->work_count; i++)
        if (p->works[i].owed != NO_INDEX)
            mark(used, p->slot_count, p->works[i].owed, REVIEW_OWED);
    for (uint32_t i = 0; i < p->slot_count; i++)
        assert_int_equal(used[i], 1);
    free(used);
}

static void roles_that_exclude_each_other_and_reviews_in_step_have_rings(void **state)
{
    const Program *p = *state;
    assert_int_not_equal(p->roles[role_named(p, "lead")].actors, NO_INDEX);
    assert_int_not_equal(p->roles[role_named(p, "social")].actors, NO_INDEX);
    assert_int_equal(p->roles[role_named(p, "deputy")].actors, NO_INDEX);
    assert_int_not_equal(p->works[work_named(p, "plan-up")].owed, NO_INDEX);
    assert_int_equal(p->works[work_named(p, "check-up")].owed, NO_INDEX);
}

/* ---- fingerprint ------------------------------------------------------------- */

/* The fingerprint of the rich flow with `from` written `to`. */
static uint64_t fingerprint_with(const char *from, const char *to)
{
    const char *at = strstr(rich_flow, from);
    assert_non_null(at);
    Text text = {0};
    text_add_bytes(&text, rich_flow, (size_t)(at - rich_flow));
    text_add(&text, to);
    text_add(&text, at + strlen(from));
    Program *program = compile_text(text_get(&text));
    uint64_t fingerprint = program_layout_fingerprint(program);
    program_free(program);
    text_clear(&text);
    return fingerprint;
}

static void the_fingerprint_is_the_same_for_the_same_flow(void **state)
{
    assert_true(fingerprint_with("", "") == program_layout_fingerprint(*state));
    assert_true(fingerprint_with("\"A sample\"", "\"Another label\"") ==
                program_layout_fingerprint(*state));
    assert_true(fingerprint_with("within 24 hours", "within 48 hours") ==
                program_layout_fingerprint(*state));
}

static void the_fingerprint_differs_whenever_a_slot_means_something_else(void **state)
{
    static const char *const changes[][2] = {
        {"one of low, medium, high", "one of medium, low, high"},
        {"missing 3 times", "missing 4 times"},
        {"within 30 calendar days", "within 31 calendar days"},
        {"rang \"Rang\", wrote \"Wrote\"", "wrote \"Wrote\", rang \"Rang\""},
        {"fact remarks \"Remarks\" text", "fact remark \"Remarks\" text"},
        {"event raised \"Raised\" by anyone", "event extra by anyone\nevent raised by anyone"},
        {"role deputy \"Deputy\"", "role stand-in \"Deputy\""},
        {"  starts once on over\n", ""},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_true(fingerprint_with(changes[i][0], changes[i][1]) !=
                    program_layout_fingerprint(*state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slot_belongs_to_exactly_one_thing),
        cmocka_unit_test(roles_that_exclude_each_other_and_reviews_in_step_have_rings),
        cmocka_unit_test(the_fingerprint_is_the_same_for_the_same_flow),
        cmocka_unit_test(the_fingerprint_differs_whenever_a_slot_means_something_else),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
