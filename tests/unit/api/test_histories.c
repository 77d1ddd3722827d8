/* Random histories: whatever people record, in whatever order, late, wrong or
 * corrected, what is kept equals what the entries amount to, byte for byte. */
#include "world.h"

#include <stdio.h>
#include <string.h>

static World world;
static uint64_t seed;

static uint32_t any(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % below;
}

static void pass_time(void)
{
    static const Instant steps[] = {MINUTE_MS, HOUR_MS, 9 * HOUR_MS, DAY_MS, 3 * DAY_MS};
    Error err = {0};
    Instant now = engine_now(world.engine) + steps[any(5)] + any(1000);
    assert_true(engine_set_now(world.engine, now, true, &err));
}

static void tick(void)
{
    TickResult result;
    Error err = {0};
    if (!engine_tick(world.engine, &result, &err))
        fail_msg("seed %llu: %s", (unsigned long long)seed, err.text);
}

/* Now, some time ago, or on some day of the last week without a time. */
static const char *some_time(void)
{
    static char text[TIME_TEXT_MAX + 3];
    char time[TIME_TEXT_MAX];
    Zone zone = {.summer_time = true};
    Instant now = engine_now(world.engine);
    uint32_t kind = any(4);
    if (kind < 2)
        return NULL;
    if (kind == 2)
        instant_format(zone, now - any(200) * HOUR_MS, time);
    else
        day_format(day_of_instant(zone, now) - (Day)any(7), time);
    snprintf(text, sizeof text, "at %s", time);
    return text;
}

static int64_t some_entry(void)
{
    CaseView view;
    Error err = {0};
    assert_true(engine_view(world.engine, "1", &view, &err));
    int64_t number = view.entries[any(view.entry_count)].number;
    view_clear(&view);
    return number;
}

static const char *some_risk(void)
{
    static const char *const risks[] = {"risk=low", "risk=medium", "risk=high"};
    return risks[any(3)];
}

static void do_something(void)
{
    switch (any(12)) {
    case 0:
    case 1:
    case 2:
        world_record(&world, "bo", "visit", some_risk(), "+seen", "+spoken-to", some_time(), NULL);
        break;
    case 3:
        world_do(&world, "bo", CW_TICK, "visit", any(2) ? "+seen" : "+spoken-to", some_time(), NULL);
        break;
    case 4:
        world_record(&world, "ann", "meet", some_time(), NULL);
        break;
    case 5:
        world_record(&world, "ann", "close-case", "because done", some_time(), NULL);
        break;
    case 6:
        world_do(&world, "ann", CW_REOPEN, any(2) ? "review" : "visiting", "because not done",
                 some_time(), NULL);
        break;
    case 7:
        world_record(&world, "bo", "missing", some_time(), NULL);
        break;
    case 8:
        world_do(&world, "ann", CW_EXTEND, "meet", "until 2021-04-30", some_time(), NULL);
        break;
    case 9:
        world_correct(&world, "bo", CW_VOID, some_entry(), "because wrong", NULL);
        break;
    case 10:
        world_correct(&world, "bo", CW_AMEND, some_entry(), "because wrong", some_time(), NULL);
        break;
    default:
        world_record(&world, "ann", "details", "age=9", "born=2011-02-03", "story=x", "seen-by=bo",
                     "alone=no", some_time(), NULL);
    }
}

static void what_is_kept_is_what_the_entries_amount_to(void **state)
{
    (void)state;
    for (uint64_t history = 1; history <= 25; history++) {
        seed = history * 7919;
        world_open(&world);
        assert_true(world_open_case(&world, "bo", NULL) > 0);
        for (int i = 0; i < 30; i++) {
            if (any(3) == 0)
                pass_time();
            if (any(6) == 0)
                tick();
            do_something();
        }
        assert_whole(&world);
        world_close(&world);
    }
}

/* Time that is looked at often comes to the same as time that passes unseen. */
static void ticking_often_and_never_come_to_the_same(void **state)
{
    (void)state;
    for (uint64_t history = 1; history <= 5; history++) {
        int64_t record[2][8192];
        size_t slots = 0;
        for (int often = 0; often < 2; often++) {
            seed = history;
            world_open(&world);
            world_open_case(&world, "bo", NULL);
            for (int i = 0; i < 12; i++) {
                pass_time();
                if (often)
                    tick();
                world_record(&world, "bo", "visit", some_risk(), "+seen", "+spoken-to", NULL);
                world_record(&world, "ann", any(2) ? "meet" : "close-case", "because x", NULL);
            }
            CaseView view;
            assert_true(engine_view(world.engine, "1", &view, &(Error){0}));
            slots = view.program->slot_count;
            assert_true(slots <= 8192);
            memcpy(record[often], view.record, slots * sizeof *view.record);
            view_clear(&view);
            world_close(&world);
        }
        assert_memory_equal(record[0], record[1], slots * sizeof record[0][0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_kept_is_what_the_entries_amount_to),
        cmocka_unit_test(ticking_often_and_never_come_to_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
