#include "sim/scenario.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/scenario_internal.h"

/* ---- failures -------------------------------------------------------------------- */

static const void *keep(Run *run, const void *items, size_t count, size_t size)
{
    void *kept = arena_alloc(&run->result->arena, count * size);
    if (count)
        memcpy(kept, items, count * size);
    return kept;
}

Failure *fail(Run *run, FailureKind kind, Span span)
{
    run->failures = mem_grow(run->failures, &run->failure_capacity, run->failure_count + 1,
                             sizeof *run->failures);
    Failure *failure = &run->failures[run->failure_count++];
    *failure = (Failure){.kind = kind, .span = span};
    failure->record = keep(run, run->record, run->program->slot_count, sizeof *run->record);
    failure->happened = keep(run, run->fresh, run->fresh_count, sizeof *run->fresh);
    failure->happened_count = run->fresh_count;
    failure->judged = keep(run, run->judged, run->judged_count, sizeof *run->judged);
    failure->judged_count = run->judged_count;
    return failure;
}

void fail_story(Run *run, Span span, const char *format, ...)
{
    Text text = {0};
    va_list list;
    va_start(list, format);
    text_addv(&text, format, list);
    va_end(list);
    fail(run, FAILED_STORY, span)->text = arena_strdup(&run->result->arena, text_get(&text));
    text_clear(&text);
    run->stopped = true;
}

Person person_of(Run *run, const char *name)
{
    if (!name)
        return 0;
    for (uint32_t i = 0; i < run->person_count; i++)
        if (strcmp(run->persons[i], name) == 0)
            return i + 1;
    run->persons = mem_grow(run->persons, &run->person_capacity, run->person_count + 1,
                            sizeof *run->persons);
    run->persons[run->person_count++] = name;
    return run->person_count;
}

/* ---- watching --------------------------------------------------------------------- */

static void note_judged(void *context, CodeRef condition, Truth truth)
{
    Run *run = context;
    if (run->coverage)
        run->coverage->judged[condition] |= (uint8_t)(1 << truth);
    run->judged = mem_grow(run->judged, &run->judged_capacity, run->judged_count + 1,
                           sizeof *run->judged);
    run->judged[run->judged_count++] = (Judged){condition, truth};
}

static void note_taken(void *context, TakenKind kind, uint32_t index)
{
    Run *run = context;
    run->taken =
        mem_grow(run->taken, &run->taken_capacity, run->taken_count + 1, sizeof *run->taken);
    run->taken[run->taken_count++] = (Taken){kind, index};
}

/* ---- checks ------------------------------------------------------------------------ */

static void fail_check(Run *run, const ScenarioStep *step, const ThenCheck *check)
{
    const Attempt *attempt =
        check->kind == THEN_REFUSED ? last_attempt(run, (uint32_t)check->ref.index) : NULL;
    Failure *failure = fail(run, FAILED_CHECK, check->span);
    failure->check = check;
    failure->when = step->when;
    failure->attempted = attempt != NULL;
    if (attempt)
        failure->refusal = attempt->refusal;
}

/* What was noted for the checks is forgotten after them. */
static void check_step(Run *run, const ScenarioStep *step)
{
    for (const ThenCheck *check = step->checks; check; check = check->next) {
        run->result->check_count++;
        if (!check_holds(run, check))
            fail_check(run, step, check);
    }
    run->attempt_count = run->fresh_count = run->judged_count = 0;
}

static void run_steps(Run *run)
{
    for (const ScenarioStep *step = run->scenario->steps; step && !run->stopped;
         step = step->next) {
        if (step->when)
            step_make(run, step);
        if (step->checks && !run->stopped)
            check_step(run, step);
    }
    run->result->reached_end = !run->stopped;
    if (!run->stopped && run->result->check_count == 0)
        fail_story(run, run->scenario->span,
                   "this scenario checks nothing: it has no \"then\"");
}

/* ---- the whole ----------------------------------------------------------------------- */

static void begin(Run *run)
{
    vm_init(&run->vm, run->program);
    run->watch = (VmWatch){run, note_judged, note_taken};
    run->vm.watch = &run->watch;
    run->vm.find = made_find;
    run->vm.find_context = run;
    run->record = mem_alloc_array(run->program->slot_count, sizeof *run->record);
    run->scratch = mem_alloc_array(run->program->slot_count, sizeof *run->scratch);
    vm_reset(run->program, run->record);
}

static void finish(Run *run)
{
    ScenarioResult *result = run->result;
    result->failures = keep(run, run->failures, run->failure_count, sizeof *run->failures);
    result->failure_count = run->failure_count;
    result->persons = keep(run, run->persons, run->person_count, sizeof *run->persons);
    result->person_count = run->person_count;
    result->texts = keep(run, run->texts, run->text_count, sizeof *run->texts);
    result->text_count = run->text_count;
    result->last = keep(run, run->record, run->program->slot_count, sizeof *run->record);
    if (run->coverage)
        coverage_add(run->coverage, run->vm.happened, run->vm.happened_count);
    vm_clear(&run->vm);
    free(run->record);
    free(run->scratch);
    free(run->made);
    free(run->attempts);
    free(run->fresh);
    free(run->judged);
    free(run->taken);
    free(run->failures);
    free(run->persons);
    free(run->texts);
}

bool scenario_run(const Bundle *bundle, const Program *program, const ScenarioAst *scenario,
                  Coverage *coverage, ScenarioResult *result)
{
    *result = (ScenarioResult){.scenario = scenario};
    Run run = {.bundle = bundle,
               .flow = &bundle->flow,
               .program = program,
               .scenario = scenario,
               .coverage = coverage,
               .result = result};
    begin(&run);
    if (story_given(&run))
        run_steps(&run);
    finish(&run);
    return result->failure_count == 0;
}

void scenario_result_clear(ScenarioResult *result)
{
    arena_clear(&result->arena);
    *result = (ScenarioResult){0};
}
