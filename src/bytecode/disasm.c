#include "bytecode/program.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct Listing {
    const Program *program;
    Text *out;
    bool *shown; /* owned: by first alternative, whether the lines have been listed */
} Listing;

/* ---- names ---------------------------------------------------------------- */

static const char *operand_name(const Program *p, OperandKind kind, uint32_t operand)
{
    static const char *const truths[] = {[NO] = "no", [YES] = "yes", [UNKNOWN] = "unknown"};
    switch (kind) {
    case OPERAND_FACT:
        return p->facts[operand].name;
    case OPERAND_TRUTH:
        return truths[operand];
    case OPERAND_TRACK:
        return p->tracks[operand].name;
    case OPERAND_STATE:
        return p->states[operand].name;
    case OPERAND_WORK:
        return p->works[operand].name;
    case OPERAND_ROLE:
        return p->roles[operand].name;
    case OPERAND_WINDOW:
        return p->events[p->windows[operand].event].name;
    case OPERAND_TEXT:
        return p->texts[operand];
    case OPERAND_NONE:
    case OPERAND_CONST:
    case OPERAND_TARGET:
        break;
    }
    return NULL;
}

static void add_operand(Listing *listing, OpCode op, uint32_t operand)
{
    const Program *p = listing->program;
    const char *name = operand_name(p, op_info[op].operand, operand);
    if (op_info[op].operand == OPERAND_TEXT)
        text_addf(listing->out, " \"%s\"", name);
    else if (name)
        text_addf(listing->out, " %s", name);
    else if (op_info[op].operand == OPERAND_CONST)
        text_addf(listing->out, " %" PRId64, p->constants[operand]);
    else if (op_info[op].operand == OPERAND_TARGET)
        text_addf(listing->out, " to %u", operand);
    if (op == OP_WINDOW)
        text_addf(listing->out, " (window %u)", operand);
}

/* Nothing for code 0. */
static void add_piece(Listing *listing, int indent, const char *title, CodeRef ref)
{
    if (!ref)
        return;
    text_addf(listing->out, "%*s%s\n", indent, "", title);
    for (CodeRef at = ref; instruction_op(listing->program->code[at]) != OP_END; at++) {
        Instruction word = listing->program->code[at];
        text_addf(listing->out, "%*s%6u %s", indent, "", at,
                  op_info[instruction_op(word)].name);
        add_operand(listing, instruction_op(word), instruction_operand(word));
        text_add(listing->out, "\n");
    }
}

typedef const char *(*NameOf)(const Program *program, uint32_t index);

static const char *fact_name(const Program *p, uint32_t i)
{
    return p->facts[i].name;
}
static const char *event_name(const Program *p, uint32_t i)
{
    return p->events[i].name;
}
static const char *role_name(const Program *p, uint32_t i)
{
    return p->roles[i].name;
}
static const char *track_name(const Program *p, uint32_t i)
{
    return p->tracks[i].name;
}
static const char *work_name(const Program *p, uint32_t i)
{
    return p->works[i].name;
}
static const char *start_name(const Program *p, uint32_t i)
{
    return p->tracks[p->starts[i].track].name;
}

/* `  title a, b`, nothing when the list is empty. */
static void add_list(Listing *listing, const char *title, Slice list, NameOf name_of)
{
    const Program *p = listing->program;
    for (uint32_t i = 0; i < list.count; i++)
        text_addf(listing->out, "%s%s", i ? ", " : title,
                  name_of(p, p->indices[list.first + i]));
    if (list.count)
        text_add(listing->out, "\n");
}

static void add_texts(Listing *listing, const char *title, Slice list, const char *end)
{
    for (uint32_t i = 0; i < list.count; i++)
        text_addf(listing->out, "%s%s", i ? ", " : title,
                  listing->program->texts[list.first + i]);
    if (list.count)
        text_add(listing->out, end);
}

static void add_permits(Listing *listing, const char *title, Slice permits)
{
    const Program *p = listing->program;
    for (uint32_t i = 0; i < permits.count; i++) {
        const Permit *permit = &p->permits[permits.first + i];
        text_addf(listing->out, "%s%s", i ? ", " : title, p->roles[permit->role].name);
        if (permit->via != permit->role)
            text_addf(listing->out, " as %s", p->roles[permit->via].name);
    }
    if (permits.count)
        text_add(listing->out, "\n");
}

/* ---- durations, anchors, limits -------------------------------------------- */

static void add_durations(Listing *listing, Slice durations)
{
    for (uint32_t i = 0; i < durations.count; i++) {
        const DatedDuration *item = &listing->program->durations[durations.first + i];
        text_add(listing->out, i ? ", " : " ");
        duration_format(item->duration, listing->out);
        if (item->from != DAY_NONE) {
            char date[DAY_TEXT_MAX];
            day_format(item->from, date);
            text_addf(listing->out, " from %s", date);
        }
    }
}

/* " of entering", " from the later of a, b", " before meeting-day". */
static void add_anchor(Listing *listing, const char *word, const AnchorInfo *anchor)
{
    static const char *const words[] = {
        [FROM_ENTERING] = "entering",      [FROM_STARTING] = "starting",
        [FROM_OPENING] = "opening",        [FROM_EVENT] = "",
        [FROM_FIRST_EVENT] = "the first ", [FROM_FACT] = "",
        [FROM_LATER_OF] = "the later of ",
    };
    const Program *p = listing->program;
    if (anchor->type == FROM_NOTHING)
        return;
    text_addf(listing->out, " %s %s", word, words[anchor->type]);
    for (uint32_t i = 0; i < anchor->items.count; i++) {
        AnchorItem item = p->anchor_items[anchor->items.first + i];
        text_addf(listing->out, "%s%s", i ? ", " : "",
                  item.is_fact ? p->facts[item.index].name : p->events[item.index].name);
    }
}

static void add_limit_proper(Listing *listing, const LimitInfo *limit)
{
    static const char *const rolls[] = {
        [ROLL_NONE] = "",
        [ROLL_NEXT] = ", or the next working day",
        [ROLL_PREVIOUS] = ", or the previous working day",
    };
    text_add(listing->out, "  limit");
    add_durations(listing, limit->limit);
    text_add(listing->out, limit->clear ? ", clear," : "");
    add_anchor(listing, limit->before ? "before" : "of", &limit->anchor);
    text_add(listing->out, rolls[limit->roll]);
    text_add(listing->out,
             limit->count_from_next ? ", counting from the next working day" : "");
    text_add(listing->out, limit->fixed ? ", fixed when set\n" : "\n");
}

static void add_limit(Listing *listing, const LimitInfo *limit)
{
    if (limit->immediately)
        text_add(listing->out, "  immediately\n");
    if (limit->has_target) {
        text_add(listing->out, "  target");
        add_durations(listing, limit->target);
        add_anchor(listing, "of", &limit->target_anchor);
        text_add(listing->out, "\n");
    }
    if (limit->has_limit)
        add_limit_proper(listing, limit);
    add_piece(listing, 2, "paused while", limit->paused_while);
    add_permits(listing, "  can be paused by ", limit->paused_by);
    add_permits(listing, "  can be extended by ", limit->extended_by);
}

static void add_interval(Listing *listing, const IntervalInfo *interval)
{
    text_add(listing->out, interval->grid ? "  every" : "  at most");
    add_durations(listing, interval->every);
    if (interval->grid)
        add_anchor(listing, "from", &interval->from);
    else
        text_add(listing->out, " after the last one");
    text_add(listing->out, "\n");
    add_piece(listing, 4, "when", interval->when);
}

/* ---- what is asked for ------------------------------------------------------ */

static void add_asked(Listing *listing, Slice records, Slice reasons)
{
    const Program *p = listing->program;
    for (uint32_t i = 0; i < records.count; i++) {
        const RecordsInfo *record = &p->records[records.first + i];
        text_addf(listing->out, "  records %s\n", fact_name(p, record->fact));
        add_piece(listing, 4, "when", record->when);
    }
    for (uint32_t i = 0; i < reasons.count; i++) {
        text_add(listing->out, "  requires reason\n");
        add_piece(listing, 4, "when", p->codes[reasons.first + i]);
    }
}

/* ---- facts, roles, events, windows, rules ------------------------------------ */

static void add_fact(Listing *listing, const FactInfo *fact)
{
    static const char *const types[] = {
        [TYPE_ONE_OF] = "one of", [TYPE_YES_NO] = "yes or no", [TYPE_NUMBER] = "number",
        [TYPE_DATE] = "date",     [TYPE_TEXT] = "text",        [TYPE_PERSON] = "person",
    };
    text_addf(listing->out, "fact %s: %s", fact->name, types[fact->type]);
    add_texts(listing, " ", fact->values, "");
    if (fact->type == TYPE_NUMBER)
        text_addf(listing->out, " from %" PRId64 " to %" PRId64, fact->least, fact->most);
    text_add(listing->out, "\n");
    add_list(listing, "  limits counted from it: ", fact->works, work_name);
}

static void add_role(Listing *listing, const RoleInfo *role)
{
    static const char *const kinds[] = {[ACTS_ALWAYS] = "",
                                        [ACTS_WHEN_UNAVAILABLE] = " when unavailable",
                                        [ACTS_AFTER] = " after"};
    const Program *p = listing->program;
    text_addf(listing->out, "role %s\n", role->name);
    add_list(listing, "  is any of ", role->members, role_name);
    for (uint32_t i = 0; i < role->deputies.count; i++) {
        const DeputyInfo *deputy = &p->deputies[role->deputies.first + i];
        text_addf(listing->out, "  can act for %s%s", role_name(p, deputy->for_role),
                  kinds[deputy->kind]);
        if (deputy->kind == ACTS_AFTER)
            add_durations(listing, deputy->after);
        text_add(listing->out, "\n");
    }
    add_list(listing, "  cannot be ", role->excludes, role_name);
}

static void add_event(Listing *listing, const EventInfo *event)
{
    text_addf(listing->out, "event %s%s%s%s\n", event->name,
              event->is_work ? ", work is done" : "", event->opens ? ", opens a case" : "",
              event->handled ? "" : ", no on names it");
    if (event->by_anyone)
        text_add(listing->out, "  by anyone\n");
    add_permits(listing, "  by ", event->permits);
    add_asked(listing, event->records, event->reasons);
    add_list(listing, "  tracks that may handle it: ", event->tracks, track_name);
    add_list(listing, "  starts ", event->starts, start_name);
    add_list(listing, "  does ", event->works, work_name);
    add_list(listing, "  waited for by ", event->waits, work_name);
    add_list(listing, "  opens duties: ", event->musts, work_name);
    add_list(listing, "  limits counted from it: ", event->anchored, work_name);
}

static void add_window(Listing *listing, uint32_t index)
{
    const WindowInfo *window = &listing->program->windows[index];
    text_addf(listing->out, "window %u: %s %u times within ", index,
              event_name(listing->program, window->event), window->count);
    duration_format(window->within, listing->out);
    text_add(listing->out, "\n");
}

static void add_rule(Listing *listing, const RuleInfo *rule)
{
    if (rule->is_never)
        text_addf(listing->out, "never %s\n", listing->program->states[rule->state].name);
    else
        text_add(listing->out, "always\n");
    add_piece(listing, 2, "when", rule->condition);
}

/* ---- work --------------------------------------------------------------------- */

static void add_work_head(Listing *listing, const WorkInfo *work)
{
    static const char *const kinds[] = {[PROGRAM_TASK] = "task",
                                        [PROGRAM_REVIEW] = "review",
                                        [PROGRAM_DEADLINE] = "deadline",
                                        [PROGRAM_MUST] = "must"};
    const Program *p = listing->program;
    text_addf(listing->out, "%s %s of %s", kinds[work->kind], work->name,
              track_name(p, work->track));
    if (work->state != NO_INDEX)
        text_addf(listing->out, " at %s", p->states[work->state].name);
    text_addf(listing->out, "%s%s\n", work->optional ? ", optional" : "",
              work->before_leaving ? ", before leaving" : "");
    add_permits(listing, "  by ", work->permits);
    if (work->after_work != NO_INDEX)
        text_addf(listing->out, "  after task %s\n", work_name(p, work->after_work));
    if (work->after_event != NO_INDEX)
        text_addf(listing->out, "  after event %s\n", event_name(p, work->after_event));
    if (work->in_step != NO_INDEX)
        text_addf(listing->out, "  in step with %s\n", work_name(p, work->in_step));
}

static void add_work(Listing *listing, const WorkInfo *work)
{
    const Program *p = listing->program;
    add_work_head(listing, work);
    add_list(listing, "  not by who did ", work->not_by, event_name);
    add_asked(listing, work->records, work->reasons);
    add_texts(listing, "  checklist ", work->items, "\n");
    add_list(listing, "  assigns ", work->assigns, role_name);
    if (work->limit != NO_INDEX)
        add_limit(listing, &p->limits[work->limit]);
    for (uint32_t i = 0; i < work->intervals.count; i++)
        add_interval(listing, &p->intervals[work->intervals.first + i]);
    add_piece(listing, 2, "only when", work->only_when);
    add_piece(listing, 2, "until", work->until);
    add_piece(listing, 2, "when", work->when);
    add_piece(listing, 2, "if missed", work->if_missed);
    add_piece(listing, 2, "if missed go to", work->missed_go);
    for (uint32_t i = 0; i < work->reminds.count; i++) {
        const RemindInfo *remind = &p->reminds[work->reminds.first + i];
        add_list(listing, "  remind ", remind->roles, role_name);
        text_add(listing->out, "   ");
        add_durations(listing, remind->before);
        text_add(listing->out, " before\n");
    }
}

/* ---- tracks and states ---------------------------------------------------------- */

static void add_line(Listing *listing, uint32_t index)
{
    const Program *p = listing->program;
    const AlternativeInfo *line = &p->alternatives[index];
    text_addf(listing->out, "    line %u", index);
    if (line->target != NO_INDEX)
        text_addf(listing->out, " goes to %s", p->states[line->target].name);
    else if (line->is_choice)
        text_add(listing->out, " stays");
    text_add(listing->out, line->otherwise ? " otherwise\n" : "\n");
    add_permits(listing, "      needs approval by ", line->approval_permits);
    add_piece(listing, 6, "when", line->guard);
    add_piece(listing, 6, "does", line->effects);
}

/* Lines that several states share are listed with the first of them. */
static void add_handler(Listing *listing, const HandlerInfo *handler)
{
    static const char *const words[] = {
        [HANDLES_ON] = "on", [HANDLES_IGNORE] = "ignore", [HANDLES_HOLD] = "hold"};
    const Program *p = listing->program;
    Slice lines = handler->alternatives;
    text_addf(listing->out, "  %s %s", words[handler->kind], event_name(p, handler->event));
    if (handler->until != NO_INDEX)
        text_addf(listing->out, " until %s", p->states[handler->until].name);
    bool again = lines.count && listing->shown[lines.first];
    if (again)
        text_addf(listing->out, ": line %u and on, above", lines.first);
    text_add(listing->out, "\n");
    for (uint32_t i = 0; !again && i < lines.count; i++)
        add_line(listing, lines.first + i);
    if (lines.count)
        listing->shown[lines.first] = true;
}

static void add_handlers(Listing *listing, Slice handlers)
{
    for (uint32_t i = 0; i < handlers.count; i++)
        add_handler(listing, &listing->program->handlers[handlers.first + i]);
}

static void add_state(Listing *listing, const StateInfo *state)
{
    const Program *p = listing->program;
    text_addf(listing->out, "state %s of %s%s%s\n", state->name, track_name(p, state->track),
              state->starts ? ", starts here" : "", state->ends ? ", ends here" : "");
    add_handlers(listing, state->handlers);
    for (uint32_t i = 0; i < state->as_soon.count; i++) {
        const AsSoonInfo *as_soon = &p->as_soons[state->as_soon.first + i];
        text_addf(listing->out, "  goes to %s%s\n", p->states[as_soon->target].name,
                  as_soon->waits ? ", waits for work to be done before leaving" : "");
        add_piece(listing, 4, "as soon as", as_soon->condition);
        add_piece(listing, 4, "does", as_soon->effects);
    }
    add_piece(listing, 2, "enter", state->enter);
}

static void add_track(Listing *listing, const TrackInfo *track)
{
    const Program *p = listing->program;
    text_addf(listing->out, "track %s%s\n", track->name,
              track->has_end ? "" : ", ends with the case");
    for (uint32_t i = 0; i < track->starts.count; i++) {
        const StartInfo *start = &p->starts[track->starts.first + i];
        text_addf(listing->out, "  starts %s%s\n",
                  start->on_event ? "on an event" : "by itself", start->once ? " once" : "");
        add_piece(listing, 4, "when", start->condition);
        add_list(listing, "    counting ", start->counted, event_name);
    }
    add_handlers(listing, track->handlers);
    add_piece(listing, 2, "begin", track->begin);
}

static void add_head(Listing *listing)
{
    const Program *p = listing->program;
    text_addf(listing->out, "program %s \"%s\"", p->name, p->version);
    if (p->in_force != DAY_NONE) {
        char date[DAY_TEXT_MAX];
        day_format(p->in_force, date);
        text_addf(listing->out, " in force from %s", date);
    }
    text_addf(listing->out,
              "\n%u states, %u tracks, %u events, %u works, %u facts, %u roles, %u windows, "
              "%u rules\n%u words of code, record of %u slots (%zu bytes)\n\n",
              p->state_count, p->track_count, p->event_count, p->work_count, p->fact_count,
              p->role_count, p->window_count, p->rule_count, p->code_count, p->slot_count,
              p->slot_count * sizeof(int64_t));
}

void program_disassemble(const Program *program, Text *out)
{
    bool *shown = mem_alloc_array(program->alternative_count, sizeof *shown);
    Listing listing = {.program = program, .out = out, .shown = shown};
    add_head(&listing);
    for (uint32_t i = 0; i < program->fact_count; i++)
        add_fact(&listing, &program->facts[i]);
    for (uint32_t i = 0; i < program->role_count; i++)
        add_role(&listing, &program->roles[i]);
    for (uint32_t i = 0; i < program->event_count; i++)
        add_event(&listing, &program->events[i]);
    for (uint32_t i = 0; i < program->window_count; i++)
        add_window(&listing, i);
    for (uint32_t i = 0; i < program->rule_count; i++)
        add_rule(&listing, &program->rules[i]);
    for (uint32_t i = 0; i < program->work_count; i++)
        add_work(&listing, &program->works[i]);
    for (uint32_t i = 0; i < program->track_count; i++)
        add_track(&listing, &program->tracks[i]);
    for (uint32_t i = 0; i < program->state_count; i++)
        add_state(&listing, &program->states[i]);
    free(shown);
}
