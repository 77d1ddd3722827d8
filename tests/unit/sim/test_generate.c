/* What is made up must be what it says: every case is told again to another machine,
 * entry by entry, and must be accepted there with nothing late. */
#include "sim/tale.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "rich_flow.h"
#include "sim/generate.h"
#include "sim/random.h"

/* ---- telling it again -------------------------------------------------------------- */

typedef struct Told {
    const Program *program;
    Coverage *coverage; /* NULL: not wanted */
    Vm vm;
    int64_t *record;
    const GeneratedCase *one;
    Text words; /* every entry in words, to compare runs */
    uint64_t refused, missed, closed, approvals, cases, events[64];
} Told;

static const Entry *find_told(void *context, int64_t number)
{
    const Told *told = context;
    return number >= 1 && number <= (int64_t)told->one->entry_count
               ? &told->one->entries[number - 1]
               : NULL;
}

static void note_judged(void *context, CodeRef condition, Truth truth)
{
    Told *told = context;
    told->coverage->judged[condition] |= (uint8_t)(1 << truth);
}

static void note_taken(void *context, TakenKind kind, uint32_t index)
{
    Told *told = context;
    bool *const taken[] = {[TAKEN_LINE] = told->coverage->lines,
                           [TAKEN_AS_SOON] = told->coverage->as_soons,
                           [TAKEN_START] = told->coverage->starts,
                           [TAKEN_MISSED] = told->coverage->missed};
    taken[kind][index] = true;
}

static void add_words(Told *told, const Entry *entry)
{
    text_addf(&told->words, "%d %u %lld %lld %u", (int)entry->kind, entry->name,
              (long long)entry->at, (long long)entry->person, entry->role);
    for (uint32_t i = 0; i < entry->fact_count; i++)
        text_addf(&told->words, " %u=%lld", entry->facts[i].fact,
                  (long long)entry->facts[i].value);
    text_add_char(&told->words, '\n');
}

static void tell_entry(Told *told, const Entry *entry)
{
    Refusal refusal;
    add_words(told, entry);
    if (!vm_apply(&told->vm, told->record, entry, &refusal))
        told->refused++;
    told->approvals += entry->kind == ENTRY_APPROVE;
    if (entry->kind == ENTRY_OPEN || entry->kind == ENTRY_EVENT)
        told->events[entry->name]++;
}

static bool tell_again(void *context, const GeneratedCase *one, Error *err)
{
    (void)err;
    Told *told = context;
    told->one = one;
    told->cases++;
    vm_reset(told->program, told->record);
    vm_begin(&told->vm);
    for (uint32_t i = 0; i < one->entry_count; i++) {
        assert_true(i == 0 || one->entries[i].at >= one->entries[i - 1].at);
        tell_entry(told, &one->entries[i]);
    }
    vm_advance(&told->vm, told->record, one->record[SLOT_CLOCK]);
    told->closed += told->record[SLOT_STATUS] == CASE_CLOSED;
    for (uint32_t i = 0; i < told->vm.happened_count; i++)
        told->missed += told->vm.happened[i].kind == HAPPENED_MISSED;
    if (told->coverage)
        coverage_add(told->coverage, told->vm.happened, told->vm.happened_count);
    return true;
}

static GenerateRequest some(const Program *program, uint64_t cases)
{
    return (GenerateRequest){.program = program,
                             .seed = 1,
                             .cases = cases,
                             .from = day_from_civil((Civil){2021, 3, 1}),
                             .to = day_from_civil((Civil){2022, 9, 30})};
}

static GenerateTotals tell(Told *told, const GenerateRequest *request)
{
    const VmWatch watch = {told, note_judged, note_taken};
    GenerateTotals totals;
    Error err = {0};
    told->program = request->program;
    assert_true(request->program->event_count <= 64);
    vm_init(&told->vm, told->program);
    told->vm.find = find_told;
    told->vm.find_context = told;
    told->vm.watch = told->coverage ? &watch : NULL;
    told->record = mem_alloc_array(told->program->slot_count, sizeof *told->record);
    if (!generate(request, tell_again, told, &totals, &err))
        fail_msg("%s", err.text);
    return totals;
}

static void told_clear(Told *told)
{
    vm_clear(&told->vm);
    free(told->record);
    text_clear(&told->words);
}

/* A flow of some lines after a calendar and two roles, lived through. */
#define SMALL                                                                                  \
    "workflow tale \"Tale\" version \"1\" in force from 1 January 2020\n"                      \
    "  uses calendar weeks\n"                                                                  \
    "calendar weeks \"Weeks\"\n"                                                               \
    "  working Monday to Friday from 09:00 to 17:00\n"                                         \
    "  covers 2020 to 2030\n"                                                                  \
    "role boss \"Boss\"\nrole hand \"Hand\"\n"                                                 \
    "event came \"Came\" by anyone\n  opens a case\n"

/* A state to be in, and how it ends. */
#define OPEN                                                                                   \
    "event shut \"Shut\" by boss\n"                                                            \
    "state over \"Over\" ends here\n"                                                          \
    "state open \"Open\" starts here\n  on came stay\n  on shut go to over\n"

static GenerateTotals live(Tale *tale, Told *told, const char *flow, uint64_t cases,
                           uint32_t late)
{
    tale_begin(tale, flow, "");
    GenerateRequest request = some(tale->program, cases);
    request.late_percent = late;
    return tell(told, &request);
}

static uint32_t event_of(const Tale *tale, const char *name)
{
    for (uint32_t event = 0; event < tale->program->event_count; event++)
        if (strcmp(tale->program->events[event].name, name) == 0)
            return event;
    fail_msg("no event %s", name);
    return NO_INDEX;
}

/* ---- chance -------------------------------------------------------------------------- */

static void the_numbers_are_those_of_the_published_generator(void **state)
{
    (void)state;
    /* First outputs of xoshiro256** with the words 1, 2, 3, 4. */
    Random random = {{1, 2, 3, 4}};
    assert_true(random_next(&random) == 11520);
    assert_true(random_next(&random) == 0);
    assert_true(random_next(&random) == 1509978240);
    assert_true(random_next(&random) == 1215971899390074240u);
}

static void each_stream_of_a_seed_is_another(void **state)
{
    (void)state;
    Random one, other, again;
    random_begin(&one, 1, 1);
    random_begin(&other, 1, 2);
    random_begin(&again, 1, 1);
    uint64_t first = random_next(&one);
    assert_true(first == random_next(&again));
    assert_true(first != random_next(&other));
    for (int i = 0; i < 1000; i++)
        assert_true(random_below(&one, 7) < 7);
    assert_int_equal(random_below(&one, 0), 0);
}

/* ---- what is made up ------------------------------------------------------------------- */

static void what_is_made_up_is_accepted_and_nothing_is_late(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals = live(&tale, &told, tale_flow, 200, 0);
    assert_int_equal(told.cases, 200);
    assert_int_equal(totals.cases, 200);
    assert_int_equal(told.refused, 0);
    assert_int_equal(told.missed, 0);
    assert_int_equal(totals.unclean, 0);
    assert_true(told.closed > 50 && told.closed < 200);
    assert_int_equal(told.closed, totals.closed);
    told_clear(&told);
    tale_end(&tale);
}

static void the_same_seed_tells_the_same_and_another_another(void **state)
{
    (void)state;
    Tale tale;
    Told told[3] = {{0}};
    tale_begin(&tale, tale_flow, "");
    for (int i = 0; i < 3; i++) {
        GenerateRequest request = some(tale.program, 30);
        request.seed = i == 2 ? 2 : 1;
        tell(&told[i], &request);
    }
    assert_string_equal(text_get(&told[0].words), text_get(&told[1].words));
    assert_string_not_equal(text_get(&told[0].words), text_get(&told[2].words));
    for (int i = 0; i < 3; i++)
        told_clear(&told[i]);
    tale_end(&tale);
}

typedef struct Openings {
    Zone zone;
    const Calendar *calendar;
    Moment last;
    uint32_t by_quarter[4], outside;
} Openings;

static bool note_times(void *context, const GeneratedCase *one, Error *err)
{
    (void)err;
    Openings *openings = context;
    Day first = day_from_civil((Civil){2021, 1, 1});
    assert_true(one->entries[0].at >= openings->last);
    openings->last = one->entries[0].at;
    openings->by_quarter[(moment_day(openings->zone, openings->last) - first) / 92]++;
    for (uint32_t i = 0; i < one->entry_count; i++) {
        LocalTime local =
            local_from_instant(openings->zone, moment_instant(one->entries[i].at));
        bool at_work = calendar_is_working(openings->calendar, local.day) &&
                       local.ms >= 9 * HOUR_MS && local.ms < 17 * HOUR_MS;
        openings->outside += !at_work;
    }
    return true;
}

/* The limits of this flow leave time enough. */
static void cases_open_evenly_and_all_is_done_in_working_hours(void **state)
{
    (void)state;
    Tale tale;
    GenerateTotals totals;
    Error err = {0};
    tale_begin(&tale, tale_flow, "");
    Openings openings = {
        .zone = tale.program->zone, .calendar = tale.program->calendar, .last = MOMENT_NONE};
    GenerateRequest request = some(tale.program, 400);
    request.from = day_from_civil((Civil){2021, 1, 1});
    request.to = day_from_civil((Civil){2021, 12, 31});
    assert_true(generate(&request, note_times, &openings, &totals, &err));
    for (int quarter = 0; quarter < 4; quarter++)
        assert_in_range(openings.by_quarter[quarter], 90, 110);
    assert_int_equal(openings.outside, 0);
    tale_end(&tale);
}

static void some_limits_are_missed_where_that_is_asked_for(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals = live(&tale, &told, tale_flow, 300, 40);
    assert_int_equal(told.refused, 0);
    assert_true(told.missed > 60 && told.missed < 240);
    assert_int_equal(totals.unclean, 0);
    told_clear(&told);
    tale_end(&tale);
}

static void nearly_every_construct_can_be_lived_through(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals = live(&tale, &told, rich_flow, 300, 0);
    assert_int_equal(told.refused, 0);
    assert_int_equal(told.missed, 0);
    assert_int_equal(totals.unclean, 0);
    told_clear(&told);
    tale_end(&tale);
}

static void an_event_that_needs_approval_stands_once_where_it_was_approved(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    live(&tale, &told,
         SMALL "event shut \"Shut\" by hand\n"
               "state open \"Open\" starts here\n  on came stay\n"
               "  on shut go to over needs approval by boss\n"
               "state over \"Over\" ends here\n",
         50, 0);
    assert_int_equal(told.refused, 0);
    assert_true(told.approvals > 25);
    assert_int_equal(told.approvals, told.events[event_of(&tale, "shut")]);
    assert_int_equal(told.approvals, told.closed);
    told_clear(&told);
    tale_end(&tale);
}

static void what_is_owed_elsewhere_by_a_date_hurries_the_case(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals =
        live(&tale, &told,
             SMALL "state first \"First\" starts here\n"
                   "  task ask \"Ask\" by hand\n  on came stay\n  on ask go to second\n"
                   "state second \"Second\"\n"
                   "  task weigh \"Weigh\" by hand\n  on weigh go to third\n"
                   "state third \"Third\"\n"
                   "  task answer \"Answer\" by boss\n  on answer go to over\n"
                   "state over \"Over\" ends here\n"
                   "must answer within 1 working day of opening when case is at first\n",
             100, 0);
    assert_int_equal(told.refused, 0);
    assert_int_equal(told.missed, 0);
    assert_int_equal(totals.unclean, 0);
    assert_true(told.events[event_of(&tale, "answer")] > 90);
    told_clear(&told);
    tale_end(&tale);
}

static void what_must_be_done_before_leaving_is_done_first(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals =
        live(&tale, &told,
             SMALL "state open \"Open\" starts here\n  on came stay\n"
                   "  task book \"Book\" by hand before leaving\n"
                   "  task invite \"Invite\" by hand before leaving\n"
                   "  task meet \"Meet\" by boss within 1 hour of entering\n"
                   "  on meet go to over\n"
                   "state over \"Over\" ends here\n",
             100, 0);
    assert_int_equal(told.refused, 0);
    assert_int_equal(told.missed, 0);
    assert_int_equal(totals.unclean, 0);
    told_clear(&told);
    tale_end(&tale);
}

static void windows_fill_in_some_cases(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    live(&tale, &told,
         SMALL "event gone \"Gone\" by anyone\n" OPEN
               "  review keep-up \"Keep up\" by hand at most 4 weeks after the last one\n"
               "track look \"Look\"\n  starts when gone 3 times within 30 calendar days\n"
               "  task search \"Search\" by hand\n",
         200, 0);
    assert_int_equal(told.refused, 0);
    assert_true(told.events[event_of(&tale, "search")] > 10);
    told_clear(&told);
    tale_end(&tale);
}

static void whoever_did_the_one_does_not_do_the_other(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals =
        live(&tale, &told,
             SMALL "state open \"Open\" starts here\n  on came stay\n"
                   "  task make \"Make\" by hand\n"
                   "  task check \"Check\" by hand after make not by who did make\n"
                   "  on check go to over\n"
                   "state over \"Over\" ends here\n",
             50, 0);
    assert_int_equal(told.refused, 0);
    assert_true(told.closed > 40);
    assert_int_equal(totals.unclean, 0);
    told_clear(&told);
    tale_end(&tale);
}

static void a_limit_that_nobody_can_meet_is_said(void **state)
{
    (void)state;
    Tale tale;
    Told told = {0};
    GenerateTotals totals =
        live(&tale, &told,
             SMALL "event never-comes \"Never\" by boss\n"
                   "state open \"Open\" starts here\n  on came stay\n"
                   "  deadline never-comes within 2 working days of opening\n"
                   "  on never-comes go to over\n"
                   "state over \"Over\" ends here\n"
                   "never over\n",
             5, 0);
    assert_true(totals.unclean > 0);
    assert_string_equal(tale.program->works[totals.unclean_work].name, "never-comes");
    told_clear(&told);
    tale_end(&tale);
}

/* ---- what cannot be ------------------------------------------------------------------------
 */

static void assert_cannot(const char *flow, Day from, Day to, const char *words)
{
    Tale tale;
    Told told = {0};
    Error err = {0};
    GenerateTotals totals;
    tale_begin(&tale, flow, "");
    GenerateRequest request = some(tale.program, 1);
    request.from = from;
    request.to = to;
    assert_false(generate(&request, tell_again, &told, &totals, &err));
    if (!strstr(err.text, words))
        fail_msg("'%s' has no '%s'", err.text, words);
    tale_end(&tale);
}

static void a_period_without_work_or_calendar_is_refused(void **state)
{
    (void)state;
    Day saturday = day_from_civil((Civil){2021, 3, 6});
    assert_cannot(tale_flow, saturday, saturday + 1, "no working day");
    assert_cannot(tale_flow, day_from_civil((Civil){2031, 1, 1}),
                  day_from_civil((Civil){2031, 2, 1}), "calendar");
}

static void a_flow_that_lets_nobody_in_is_refused(void **state)
{
    (void)state;
    Day monday = day_from_civil((Civil){2021, 3, 1});
    assert_cannot(SMALL OPEN "never open\n", monday, monday + 30,
                  "no case can be opened: 'came' is refused (never)");
}

/* ---- the two policies
 * ------------------------------------------------------------------------ */

/* Cases of a real policy: clean, and nearly everything that people can do is done. */
static void assert_reaches(const char *file, uint32_t states, uint32_t transitions)
{
    Tale tale;
    tale_begin_file(&tale, file);
    Told told = {.coverage = &tale.coverage};
    GenerateRequest request = some(tale.program, 500);
    GenerateTotals totals = tell(&told, &request);
    CoverageItems items = coverage_items(&tale.coverage);
    assert_int_equal(told.refused, 0);
    assert_int_equal(told.missed, 0);
    assert_int_equal(totals.unclean, 0);
    assert_true(coverage_percent(&items, COVER_STATES) >= states);
    assert_true(coverage_percent(&items, COVER_TRANSITIONS) >= transitions);
    told_clear(&told);
    tale_end(&tale);
}

static void cases_of_both_policies_are_clean_and_go_nearly_everywhere(void **state)
{
    (void)state;
    assert_reaches("workflows/cre.flow", 95, 90);
    assert_reaches("workflows/cse.flow", 95, 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_numbers_are_those_of_the_published_generator),
        cmocka_unit_test(each_stream_of_a_seed_is_another),
        cmocka_unit_test(what_is_made_up_is_accepted_and_nothing_is_late),
        cmocka_unit_test(the_same_seed_tells_the_same_and_another_another),
        cmocka_unit_test(cases_open_evenly_and_all_is_done_in_working_hours),
        cmocka_unit_test(some_limits_are_missed_where_that_is_asked_for),
        cmocka_unit_test(nearly_every_construct_can_be_lived_through),
        cmocka_unit_test(an_event_that_needs_approval_stands_once_where_it_was_approved),
        cmocka_unit_test(what_is_owed_elsewhere_by_a_date_hurries_the_case),
        cmocka_unit_test(what_must_be_done_before_leaving_is_done_first),
        cmocka_unit_test(windows_fill_in_some_cases),
        cmocka_unit_test(whoever_did_the_one_does_not_do_the_other),
        cmocka_unit_test(a_limit_that_nobody_can_meet_is_said),
        cmocka_unit_test(a_period_without_work_or_calendar_is_refused),
        cmocka_unit_test(a_flow_that_lets_nobody_in_is_refused),
        cmocka_unit_test(cases_of_both_policies_are_clean_and_go_nearly_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
