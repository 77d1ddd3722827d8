#include "replay/compare_internal.h"

/* ---- what did it ------------------------------------------------------------------- */

static const Duty *same_duty(const CaseResult *result, uint32_t work, uint32_t occurrence)
{
    for (uint32_t i = 0; i < result->duty_count; i++)
        if (result->duties[i].work == work && result->duties[i].occurrence == occurrence)
            return &result->duties[i];
    return NULL;
}

static uint64_t try_each(Comparer *c, const LogPart *part, const LogCase *one,
                         const CaseResult *a, const CaseResult *b)
{
    uint64_t causes = 0;
    for (uint32_t i = 0; i < c->trial_count; i++) {
        const TrialRun *trial = &c->trials[i];
        CaseResult result;
        if (!trial->replayer)
            continue;
        replay_case(trial->replayer, part, one, &result);
        if (a->outcome != b->outcome && result.outcome == b->outcome)
            causes |= trial->cause;
        for (uint32_t k = 0; k < c->flip_count; k++) {
            Flip *flip = &c->flips[k];
            const Duty *duty =
                same_duty(&result, trial->works[flip->b->work], flip->b->occurrence);
            if (duty && duty_standing(duty) == duty_standing(flip->b))
                flip->causes |= trial->cause;
        }
    }
    return causes;
}

/* ---- sentences --------------------------------------------------------------------- */

/* The first root finding of the kind that made the outcome. */
static const Finding *telling_finding(const CaseResult *result)
{
    bool leaves_open = result->outcome == CASE_CANNOT_BE_JUDGED;
    for (uint32_t i = 0; i < result->finding_count; i++) {
        const Finding *finding = &result->findings[i];
        if (!finding->follow_on && !finding->accepted &&
            finding_leaves_open(finding) == leaves_open)
            return finding;
    }
    return NULL;
}

static const Duty *telling_duty(const CaseResult *result)
{
    for (uint32_t i = 0; i < result->duty_count; i++)
        if (result->duties[i].is_late && !result->duties[i].accepted)
            return &result->duties[i];
    return NULL;
}

static void tell_side(Comparer *c, const Log *log, const CaseResult *result, bool is_b,
                      CaseSide *side)
{
    Arena *arena = &c->sum->arena;
    const ResultWords *words = (is_b ? &c->setup->b : &c->setup->a)->words;
    const CompareWords *own = &c->setup->words;
    *side = (CaseSide){result->outcome, "", ""};
    const Finding *finding = result->outcome >= CASE_BREAKS ? telling_finding(result) : NULL;
    const Duty *duty = result->outcome == CASE_LATE_ONLY ? telling_duty(result) : NULL;
    if (finding) {
        FindingSum sum = {0};
        words->finding(words->context, log, finding, arena, &sum);
        side->sentence = sum.sentence;
        side->place = sum.place ? sum.place : "";
    } else if (duty) {
        own->lateness(own->context, is_b, duty, arena, side);
    }
}

static void tell_case(Comparer *c, const LogPart *part, const LogCase *one, const CaseResult *a,
                      const CaseResult *b, uint64_t causes)
{
    FlippedCase flipped = {.id = part->log->cases.texts[one->name], .causes = causes};
    if (!has_room_for_case(c->sum, flipped.id))
        return;
    flipped.id = arena_strdup(&c->sum->arena, flipped.id);
    tell_side(c, part->log, a, false, &flipped.a);
    tell_side(c, part->log, b, true, &flipped.b);
    list_flipped_case(c->sum, &flipped);
}

static void tell_duty(Comparer *c, const LogPart *part, const LogCase *one, const Flip *flip)
{
    FlippedDuty flipped = {.id = part->log->cases.texts[one->name],
                           .work = c->sum->pairs[c->pair_b[flip->b->work]].label,
                           .occurrence = flip->b->occurrence,
                           .newly_late = flip->b->is_late,
                           .same_start = flip->a->started == flip->b->started,
                           .started = flip->b->started,
                           .due_a = flip->a->due,
                           .due_b = flip->b->due,
                           .done = flip->b->done,
                           .days = flip->b->days,
                           .causes = flip->causes};
    if (!has_room_for_duty(c->sum, &flipped))
        return;
    flipped.id = arena_strdup(&c->sum->arena, flipped.id);
    list_flipped_duty(c->sum, &flipped);
}

static void count_causes(Comparer *c, uint64_t causes, uint64_t flips, uint64_t late,
                         uint64_t in_time)
{
    for (uint32_t i = 0; i < c->sum->block_count && i < 64; i++) {
        if (!(causes >> i & 1))
            continue;
        c->sum->blocks[i].flips += flips;
        c->sum->blocks[i].newly_late += late;
        c->sum->blocks[i].newly_in_time += in_time;
    }
}

void tell_differences(Comparer *c, const LogPart *part, const LogCase *one, const CaseResult *a,
                      const CaseResult *b)
{
    bool flips = a->outcome != b->outcome;
    if (!flips && c->flip_count == 0)
        return;
    uint64_t causes = try_each(c, part, one, a, b);
    if (flips) {
        c->sum->flipped++;
        c->sum->flips_together += causes == 0;
        count_causes(c, causes, 1, 0, 0);
        tell_case(c, part, one, a, b, causes);
    }
    for (uint32_t i = 0; i < c->flip_count; i++) {
        bool late = c->flips[i].b->is_late;
        c->sum->newly_late += late;
        c->sum->newly_in_time += !late;
        count_causes(c, c->flips[i].causes, 0, late, !late);
        tell_duty(c, part, one, &c->flips[i]);
    }
}
