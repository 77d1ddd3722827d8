#include "render/guards.h"

#include <stdlib.h>

#include "base/mem.h"
#include "render/case_words.h"
#include "render/safe.h"

static const HandlerInfo *handler_in(const Program *program, Slice handlers, uint32_t event)
{
    for (uint32_t i = 0; i < handlers.count; i++)
        if (program->handlers[handlers.first + i].event == event)
            return &program->handlers[handlers.first + i];
    return NULL;
}

const HandlerInfo *handler_now(const CaseView *view, uint32_t track, uint32_t event)
{
    const Program *program = view->program;
    const int64_t *slots = record_track(program, view->record, track);
    if (!slots[TRACK_RUNNING])
        return NULL;
    Slice handlers = slots[TRACK_STATE] ? program->states[slots[TRACK_STATE] - 1].handlers
                                        : program->tracks[track].handlers;
    return handler_in(program, handlers, event);
}

/* "the case goes to "Lower risk", when "High risk remains" is no" */
static void way_words(const CaseView *view, uint32_t track, const AlternativeInfo *way,
                      Text *out)
{
    const Line *line = line_at(view->flow, way->file, way->offset);
    text_add(out, track ? "\"" : "");
    safe_add(out, label_track(view->flow, track));
    text_add(out, track ? "\"" : "");
    text_add(out, way->target == NO_INDEX ? " stays where it is" : " goes to \"");
    if (way->target != NO_INDEX) {
        safe_add(out, label_state(view->flow, way->target));
        text_add_char(out, '"');
    }
    if (way->approval_permits.count) {
        text_add(out, ", once approved by ");
        permits_words(view, way->approval_permits, out);
    }
    if (way->otherwise && line && line->when == LINE_OTHERWISE) {
        text_add(out, ", otherwise");
    } else if (line && line->condition) {
        text_add(out, ", when ");
        condition_words(view->flow, line->condition, out);
    }
}

/* What the refusal says of that way: it was judged with the facts that the entry
 * brought, which the case does not know. */
static const char *holds_words(const CaseView *view, const Refusal *refusal,
                               const AlternativeInfo *way)
{
    uint32_t index = (uint32_t)(way - view->program->alternatives);
    bool named = index == refusal->alternative || index == refusal->other;
    if (refusal->code == REFUSED_UNKNOWN_GUARD)
        return named ? ": cannot be told" : "";
    if (refusal->code == REFUSED_SEVERAL_ALTERNATIVES)
        return named ? ": applies" : "";
    return ": does not apply";
}

/* Calls `visit` for each choice of each handler of `event` that is in force. */
static void each_way(const CaseView *view, uint32_t event,
                     void (*visit)(const CaseView *view, uint32_t track,
                                   const AlternativeInfo *way, void *context),
                     void *context)
{
    for (uint32_t track = 0; track < view->program->track_count; track++) {
        const HandlerInfo *handler = handler_now(view, track, event);
        if (!handler || handler->kind != HANDLES_ON)
            continue;
        for (uint32_t i = 0; i < handler->alternatives.count; i++)
            visit(view, track, &view->program->alternatives[handler->alternatives.first + i],
                  context);
    }
}

typedef struct Listing {
    Text *out;
    size_t indent;
    const Refusal *refusal; /* says which ways apply; NULL: not said */
    bool *facts;            /* which facts the conditions look at; owned by the caller */
} Listing;

static void note_fact(void *context, uint32_t fact)
{
    Listing *listing = context;
    if (listing->facts)
        listing->facts[fact] = true;
}

static void list_way(const CaseView *view, uint32_t track, const AlternativeInfo *way,
                     void *context)
{
    Listing *listing = context;
    if (!way->is_choice)
        return;
    text_addf(listing->out, "%*s", (int)listing->indent, "");
    way_words(view, track, way, listing->out);
    if (listing->refusal)
        text_add(listing->out, holds_words(view, listing->refusal, way));
    text_add_char(listing->out, '\n');
    const Line *line = line_at(view->flow, way->file, way->offset);
    if (line && line->condition)
        condition_facts(view->flow, line->condition, note_fact, listing);
}

void guards_list(const CaseView *view, uint32_t event, size_t indent, Text *out)
{
    Listing listing = {.out = out, .indent = indent};
    each_way(view, event, list_way, &listing);
}

static bool asks_for(const Program *program, Slice records, uint32_t fact)
{
    for (uint32_t i = 0; i < records.count; i++)
        if (program->records[records.first + i].fact == fact)
            return true;
    return false;
}

static bool event_records(const Program *program, uint32_t event, uint32_t fact)
{
    const EventInfo *info = &program->events[event];
    if (asks_for(program, info->records, fact))
        return true;
    for (uint32_t i = 0; i < info->works.count; i++) {
        uint32_t work = program->indices[info->works.first + i];
        if (asks_for(program, program->works[work].records, fact))
            return true;
    }
    return false;
}

/* Whether one of a line's effects is to record the fact. */
static bool effects_record(const Program *program, CodeRef effects, uint32_t fact)
{
    for (CodeRef at = effects; at && instruction_op(program->code[at]) != OP_END; at++)
        if (instruction_op(program->code[at]) == OP_RECORD_FACT &&
            instruction_operand(program->code[at]) == fact)
            return true;
    return false;
}

/* Whether the event, somewhere in the flow, has the fact recorded without being asked
 * for it. */
static bool event_sets(const Program *program, uint32_t event, uint32_t fact)
{
    for (uint32_t i = 0; i < program->handler_count; i++) {
        const HandlerInfo *handler = &program->handlers[i];
        for (uint32_t k = 0; handler->event == event && k < handler->alternatives.count; k++) {
            uint32_t line = handler->alternatives.first + k;
            if (effects_record(program, program->alternatives[line].effects, fact))
                return true;
        }
    }
    return false;
}

void fact_sources(const CaseView *view, uint32_t fact, size_t indent, Text *out)
{
    for (uint32_t event = 0; event < view->program->event_count; event++) {
        if (!event_records(view->program, event, fact) &&
            !event_sets(view->program, event, fact))
            continue;
        text_addf(out, "%*sit is recorded by \"", (int)indent, "");
        safe_add(out, label_event(view->flow, event));
        text_add(out, "\", which is for ");
        event_who_words(view, event, out);
        text_add_char(out, '\n');
    }
}

/* `by` is the event that was tried, whose own facts the case does not know; NO_INDEX:
 * none. */
static void list_facts(const CaseView *view, const bool *facts, uint32_t by, Text *out)
{
    for (uint32_t fact = 0; fact < view->program->fact_count; fact++) {
        if (!facts[fact])
            continue;
        text_add(out, "  \"");
        safe_add(out, label_fact(view->flow, fact));
        if (by != NO_INDEX && event_records(view->program, by, fact)) {
            text_add(out, "\" is what this event itself says\n");
            continue;
        }
        text_add(out, "\" is ");
        fact_words(view, fact, record_fact(view->program, view->record, fact), out);
        text_add(out, ":\n");
        fact_sources(view, fact, 4, out);
    }
}

void fact_values(const CaseView *view, const Expr *condition, Text *out)
{
    Listing listing = {.out = out};
    listing.facts = mem_alloc_array(view->program->fact_count + 1, sizeof *listing.facts);
    condition_facts(view->flow, condition, note_fact, &listing);
    list_facts(view, listing.facts, NO_INDEX, out);
    free(listing.facts);
}

void guards_explain(const CaseView *view, const Refusal *refusal, Text *out)
{
    Listing listing = {.out = out, .indent = 4, .refusal = refusal};
    listing.facts = mem_alloc_array(view->program->fact_count + 1, sizeof *listing.facts);
    text_add(out, "  The ways on:\n");
    each_way(view, refusal->event, list_way, &listing);
    list_facts(view, listing.facts, refusal->event, out);
    free(listing.facts);
}
