#include "sim/generate.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/generate_internal.h"

/* Stories tried for a case before one is kept in which something was late. */
#define ATTEMPTS 24u

uint32_t generated_role(Person person)
{
    return (uint32_t)((person - 1) / GENERATE_PEOPLE);
}

uint32_t generated_number(Person person)
{
    return (uint32_t)((person - 1) % GENERATE_PEOPLE) + 1;
}

static bool cannot_open(const Life *life, Error *err)
{
    uint32_t event = life->refusal.event;
    return error_kind(err, ERROR_REFUSED, "no case can be opened: '%s' is refused (%s)",
                      event != NO_INDEX ? life->program->events[event].name : "?",
                      refusal_code_text(life->refusal.code));
}

/* The first story without a miss, else the one with the fewest. */
static bool live_well(Life *life, uint64_t number, Error *err)
{
    uint32_t fewest = UINT32_MAX, best = 0;
    for (uint32_t attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!life_live(life, number, attempt))
            return cannot_open(life, err);
        if (life->misses == 0)
            return true;
        if (life->misses < fewest) {
            fewest = life->misses;
            best = attempt;
        }
    }
    return life_live(life, number, best) || cannot_open(life, err);
}

static void count(GenerateTotals *totals, const Life *life)
{
    totals->cases++;
    totals->closed += life->record[SLOT_STATUS] == CASE_CLOSED;
    for (uint32_t i = 0; i < life->entry_count; i++)
        totals->events +=
            life->entries[i].kind == ENTRY_OPEN || life->entries[i].kind == ENTRY_EVENT;
    if (life->misses == 0)
        return;
    if (totals->unclean++ == 0)
        totals->unclean_work = life->missed_work;
}

static bool opens_any(const Program *program)
{
    for (uint32_t event = 0; event < program->event_count; event++)
        if (program->events[event].opens)
            return true;
    return false;
}

bool generate(const GenerateRequest *request, GeneratedVisit visit, void *context,
              GenerateTotals *totals, Error *err)
{
    const Program *program = request->program;
    *totals = (GenerateTotals){.unclean_work = NO_INDEX};
    if (!opens_any(program))
        return error_kind(err, ERROR_USAGE, "no event of the flow opens a case");
    Life life = {0};
    bool done = hours_begin(&life.hours, program, request->from, request->to, err);
    life_begin(&life, request);
    for (uint64_t number = 0; done && number < request->cases; number++) {
        done = live_well(&life, number, err);
        GeneratedCase one = {.number = number + 1,
                             .entries = life.entries,
                             .entry_count = life.entry_count,
                             .record = life.record,
                             .clean = life.misses == 0};
        if (done)
            count(totals, &life);
        done = done && visit(context, &one, err);
    }
    life_clear(&life);
    return done;
}
