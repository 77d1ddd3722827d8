/* What was run and read, as the head of a result. */
#include <string.h>

#include "base/text.h"
#include "replay/replay_internal.h"
#include "replay/result_internal.h"

static const char *copy(Result *result, const char *text)
{
    return arena_strdup(&result->arena, text ? text : "");
}

static void write_digest(const uint8_t digest[32], char out[65])
{
    for (size_t i = 0; i < 32; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
}

static void add_files(Result *result, const Log *log)
{
    List list = result_list(result, LIST_FILES);
    for (size_t i = 0; i < log->file_count; i++) {
        const LogFile *file = &log->files[i];
        ResultFile one = {.path = copy(result, file->path),
                          .bytes = file->bytes,
                          .rows = file->rows,
                          .used = file->used,
                          .columns = copy(result, file->columns)};
        write_digest(file->digest, one.digest);
        list_add(&list, &one);
    }
}

static void add_part(Result *result, const Log *log)
{
    Text digest = {0};
    char one[65];
    for (size_t i = 0; i < log->file_count; i++) {
        write_digest(log->files[i].digest, one);
        text_addf(&digest, "%s%s", i ? "+" : "", one);
    }
    List list = result_list(result, LIST_PARTS);
    bool all = log->shards < 2;
    PartSum part = {.digest = copy(result, text_get(&digest)),
                    .shard = all ? 1 : log->shard + 1,
                    .shards = all ? 1 : log->shards,
                    .times = 1};
    list_add(&list, &part);
    text_clear(&digest);
}

/* The sentence that the line of the accept file is. */
static const char *accepted_words(Result *result, const Accepted *item)
{
    Text out = {0};
    text_add(&out, item->code ? item->code : "any");
    if (item->event)
        text_addf(&out, " of %s", item->event);
    if (item->case_id)
        text_addf(&out, " in case \"%s\"", item->case_id);
    const char *words = copy(result, text_get(&out));
    text_clear(&out);
    return words;
}

static void add_accepted(Result *result, const AcceptedList *accepted, Day as_of)
{
    List list = result_list(result, LIST_ACCEPTED);
    for (uint32_t i = 0; accepted && i < accepted->count; i++) {
        const Accepted *item = &accepted->items[i];
        AcceptedSum sum = {.what = accepted_words(result, item),
                           .reason = copy(result, item->reason),
                           .by = copy(result, item->by),
                           .until = item->until,
                           .expired = item->until < as_of};
        list_add(&list, &sum);
    }
}

/* Facts that some event asks for, and that the log holds nowhere. */
static const char *not_held(Result *result, const Bundle *bundle, const Binding *binding)
{
    const Program *program = binding->program;
    Text out = {0};
    for (uint32_t fact = 0; fact < program->fact_count; fact++) {
        bool asked = false;
        for (uint32_t event = 0; event < program->event_count && !asked; event++)
            asked = binding->asks[(size_t)event * program->fact_count + fact];
        const FactAst *ast = bundle->flow.fact_at[fact];
        if (asked && binding->unsaid[fact])
            text_addf(&out, "%s%s", out.length ? ", " : "",
                      ast->label ? ast->label : ast->name);
    }
    const char *words = copy(result, text_get(&out));
    text_clear(&out);
    return words;
}

static const char *zone_words(Result *result, const Bundle *bundle)
{
    const char *name = bundle->flow.workflow->zone_name;
    return copy(result, name ? name : "Europe/London");
}

static const char *years_covered(Result *result, const Calendar *calendar)
{
    return calendar ? arena_format(&result->arena, "%d to %d",
                                   day_to_civil(calendar_first_day(calendar)).year,
                                   day_to_civil(calendar_last_day(calendar)).year)
                    : "";
}

void result_begin_more(Result *result, const Bundle *bundle, const Program *program,
                       const Binding *binding, const ReplayOptions *options)
{
    const Log *log = binding->log;
    const WorkflowAst *flow = bundle->flow.workflow;
    Moment as_of = replay_as_of(program, log, options);
    result->head = (ResultHead){
        .flow = copy(result, flow->name),
        .label = copy(result, flow->label ? flow->label : flow->name),
        .version = copy(result, flow->version),
        .hash = "",
        .calendar = program->calendar ? copy(result, calendar_name(program->calendar)) : "",
        .covers = years_covered(result, program->calendar),
        .zone = zone_words(result, bundle),
        .mode = options->mode == REPLAY_ENFORCE ? "enforce" : "judge",
        .mapping = copy(result, binding->mapping->path),
        .accepted = copy(result, options->accepted ? options->accepted->path : NULL),
        .as_of = as_of,
        .as_of_is_last = options->as_of == MOMENT_NONE,
        .has_roles = binding->has_roles,
        .has_people = binding->has_people,
        .not_held = not_held(result, bundle, binding)};
    result->first = result->last = MOMENT_NONE;
    add_accepted(result, options->accepted,
                 as_of == MOMENT_NONE ? DAY_NONE : replay_day(program->zone, as_of));
}

void result_begin(Result *result, const Bundle *bundle, const Program *program,
                  const Binding *binding, const ReplayOptions *options)
{
    result_begin_more(result, bundle, program, binding, options);
    add_files(result, binding->log);
    add_part(result, binding->log);
    memcpy(result->set_aside, binding->log->set_aside_by, sizeof result->set_aside);
    result->notes = binding->log->notes;
}
