/* Words for what a tally meets for the first time: asked once for each kind of finding and
 * each piece of work. */
#include "render/flow_words.h"
#include "render/replay_words.h"
#include "render/safe.h"
#include "render/work_words.h"

static const char *kept(Arena *arena, Text *text)
{
    const char *copy = arena_strndup(arena, text_get(text), text->length);
    text_reset(text);
    return copy;
}

static void finding_sum(void *context, const Log *log, const Finding *finding, Arena *arena,
                        FindingSum *sum)
{
    const ReplayWords *words = context;
    Text out = {0};
    sum->code = arena_strdup(arena, finding_code(finding));
    sum->group = replay_finding_group(finding);
    replay_finding_words(words, log, finding, &out);
    sum->sentence = kept(arena, &out);
    replay_place(words, finding->rule_file, finding->rule_offset, &out);
    sum->place = kept(arena, &out);
    text_clear(&out);
}

/* The working days or days of a limit that is the same for everybody. */
static int32_t days_of(const Program *program, Slice durations)
{
    if (durations.count != 1)
        return 0;
    Duration duration = program->durations[durations.first].duration;
    switch (duration.unit) {
    case UNIT_WORKING_DAYS:
    case UNIT_CALENDAR_DAYS:
        return duration.amount;
    case UNIT_WEEKS:
        return duration.amount * 7;
    default:
        return 0;
    }
}

static Slice durations_of(const Program *program, const WorkInfo *info)
{
    Slice none = {0};
    if (info->intervals.count)
        return info->intervals.count == 1 ? program->intervals[info->intervals.first].every
                                          : none;
    return info->limit == NO_INDEX ? none : program->limits[info->limit].limit;
}

static void duty_sum(void *context, uint32_t work, Arena *arena, DutySum *sum)
{
    const ReplayWords *words = context;
    const Program *program = words->program;
    const WorkInfo *info = &program->works[work];
    const Flow *flow = &words->bundle->flow;
    const Work *ast = flow->work_at[work];
    Text out = {0};
    sum->name = arena_strdup(arena, info->name);
    safe_add(&out, label_work(flow, work));
    sum->label = kept(arena, &out);
    work_limit_words(flow, ast, &out);
    sum->limit = kept(arena, &out);
    replay_place(words, ast->span.file, ast->span.offset, &out);
    sum->place = kept(arena, &out);
    because_words(ast->because, &out);
    sum->clause = out.length ? kept(arena, &out) : NULL;
    roles_words(flow, &ast->by, " or ", &out);
    sum->role = out.length ? kept(arena, &out) : NULL;
    sum->is_review = info->kind == PROGRAM_REVIEW;
    sum->in_working_days = duty_in_working_days(program, work);
    sum->limit_days = days_of(program, durations_of(program, info));
    text_clear(&out);
}

ResultWords replay_words(ReplayWords *words)
{
    return (ResultWords){.context = words, .finding = finding_sum, .duty = duty_sum};
}
