/* What is made up goes the whole way: written as a file, read again, bound to the flow
 * by the names of its columns, and replayed. Replay must find nothing. */
#include "sim/tale.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "replay/replay.h"
#include "rich_flow.h"
#include "sim/generate_log.h"

typedef struct Trip {
    const Bundle *bundle;
    const Program *program;
    Mapping mapping;
    Binding binding;
    Replayer *replayer;
    FILE *file;
    GenerateLog log;
    GenerateTotals totals;
    uint64_t cases, events, findings, outcomes[CASE_OUTCOMES];
} Trip;

/* ---- out ----------------------------------------------------------------------------- */

static void pass_on(Trip *trip)
{
    size_t length = trip->log.rows.length;
    assert_int_equal(fwrite(text_get(&trip->log.rows), 1, length, trip->file), length);
    text_reset(&trip->log.rows);
}

static bool write_case(void *context, const GeneratedCase *one, Error *err)
{
    (void)err;
    Trip *trip = context;
    generate_log_case(&trip->log, one);
    pass_on(trip);
    return true;
}

static void write_file(Trip *trip, const char *path, LogFormat format, uint32_t late)
{
    GenerateRequest request = {.program = trip->program,
                               .seed = 5,
                               .cases = 60,
                               .late_percent = late,
                               .from = day_from_civil((Civil){2021, 3, 1}),
                               .to = day_from_civil((Civil){2022, 9, 30})};
    Error err = {0};
    trip->file = fopen(path, "wb");
    assert_non_null(trip->file);
    generate_log_begin(&trip->log, trip->program, format);
    assert_true(generate(&request, write_case, trip, &trip->totals, &err));
    generate_log_end(&trip->log);
    pass_on(trip);
    generate_log_clear(&trip->log);
    fclose(trip->file);
}

/* ---- and back ------------------------------------------------------------------------- */

static bool begin(void *context, const Log *log, Error *err)
{
    static const ReplayOptions judge = {.mode = REPLAY_JUDGE, .as_of = MOMENT_NONE};
    Trip *trip = context;
    if (!binding_make(&trip->binding, trip->bundle, trip->program, log, &trip->mapping, err))
        return false;
    trip->replayer = replayer_new(trip->bundle, trip->program, &trip->binding, &judge);
    return true;
}

/* Several may be owed at once: each counts from when it came to be owed. */
static void look_at_duties(const Trip *trip, const CaseResult *result)
{
    for (uint32_t i = 0; i < result->duty_count; i++) {
        const Duty *duty = &result->duties[i];
        if (trip->program->works[duty->work].in_step != NO_INDEX)
            assert_int_equal(duty->started, duty->opened);
    }
}

static bool replay_part(void *context, unsigned worker, uint32_t number, const LogPart *part,
                        Error *err)
{
    (void)worker, (void)number, (void)err;
    Trip *trip = context;
    for (uint32_t i = 0; i < part->case_count; i++) {
        CaseResult result;
        replay_case(trip->replayer, part, &part->cases[i], &result);
        trip->cases++;
        trip->events += result.events;
        trip->findings += result.finding_count;
        trip->outcomes[result.outcome]++;
        look_at_duties(trip, &result);
    }
    return true;
}

static void read_file(Trip *trip, const char *path)
{
    const char *paths[] = {path};
    LogRequest request = {.paths = paths,
                          .path_count = 1,
                          .mapping = &trip->mapping,
                          .zone = trip->program->zone,
                          .has_zone = true};
    Log log = {0};
    Error err = {0};
    for (uint32_t fact = 0; fact < trip->program->fact_count; fact++)
        mapping_offer_fact(&trip->mapping, trip->program->facts[fact].name);
    if (!log_visit(&request, begin, replay_part, trip, &log, &err))
        fail_msg("%s", err.text);
    replayer_free(trip->replayer);
    binding_clear(&trip->binding);
    log_clear(&log);
    mapping_clear(&trip->mapping);
}

static Trip travel(const Bundle *bundle, const Program *program, LogFormat format,
                   uint32_t late)
{
    Trip trip = {.bundle = bundle, .program = program};
    char path[] = "/tmp/casewright-test.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    close(file);
    write_file(&trip, path, format, late);
    read_file(&trip, path);
    unlink(path);
    assert_int_equal(trip.cases, 60);
    assert_int_equal(trip.events, trip.totals.events);
    return trip;
}

static void assert_clean(const Bundle *bundle, const Program *program)
{
    for (int format = LOG_CSV; format <= LOG_XES; format++) {
        Trip trip = travel(bundle, program, (LogFormat)format, 0);
        assert_int_equal(trip.findings, 0);
        assert_int_equal(trip.outcomes[CASE_FOLLOWS], trip.cases);
    }
    Trip late = travel(bundle, program, LOG_CSV, 30);
    assert_int_equal(late.findings, 0);
    assert_true(late.outcomes[CASE_LATE_ONLY] > 0);
    assert_int_equal(late.outcomes[CASE_LATE_ONLY] + late.outcomes[CASE_FOLLOWS], late.cases);
}

/* ---- flows ------------------------------------------------------------------------------ */

static void a_small_flow_replays_clean(void **state)
{
    (void)state;
    Tale tale;
    tale_begin(&tale, tale_flow, "");
    assert_clean(&tale.bundle, tale.program);
    tale_end(&tale);
}

/* With events that are held, windows, pauses, reviews of every kind, an approval. */
static void a_flow_with_nearly_every_construct_replays_clean(void **state)
{
    (void)state;
    Tale tale;
    tale_begin(&tale, rich_flow, "");
    assert_clean(&tale.bundle, tale.program);
    tale_end(&tale);
}

static void both_policies_replay_clean(void **state)
{
    (void)state;
    static const char *const files[] = {"workflows/cre.flow", "workflows/cse.flow"};
    for (int i = 0; i < 2; i++) {
        Tale tale;
        tale_begin_file(&tale, files[i]);
        assert_clean(&tale.bundle, tale.program);
        tale_end(&tale);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_flow_replays_clean),
        cmocka_unit_test(a_flow_with_nearly_every_construct_replays_clean),
        cmocka_unit_test(both_policies_replay_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
