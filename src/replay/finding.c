#include <string.h>

#include "replay/replay_internal.h"

/* Codes and weights in one table. What leaves the case open is not held against it. */
static const struct {
    const char *code;
    bool leaves_open;
} kinds[FINDING_KINDS] = {
    [FINDING_REFUSED] = {"refused", false},
    [FINDING_RULE] = {"rule", false},
    [FINDING_UNKNOWN] = {"unknown-activity", false},
    [FINDING_NO_OPENING] = {"no-opening", true},
    [FINDING_NO_FACT] = {"no-fact", true},
    [FINDING_NO_TIME] = {"no-time", true},
    [FINDING_NO_CALENDAR] = {"no-calendar", true},
    [FINDING_SET_ASIDE] = {"set-aside", true},
    [FINDING_BAD_VALUE] = {"bad-value", true},
};

const char *finding_code(const Finding *finding)
{
    bool refused = finding->kind == FINDING_REFUSED || finding->kind == FINDING_RULE;
    return refused && finding->refusal.code != REFUSED_NOT
               ? refusal_code_text(finding->refusal.code)
               : kinds[finding->kind].code;
}

bool finding_leaves_open(const Finding *finding)
{
    return kinds[finding->kind].leaves_open;
}

/* ---- what is accepted -------------------------------------------------------- */

static bool covers(const Replayer *replayer, const Accepted *item, const char *code,
                   uint32_t event)
{
    if (item->code && strcmp(item->code, code) != 0)
        return false;
    if (item->event &&
        (event == NO_INDEX || strcmp(item->event, replayer->program->events[event].name) != 0))
        return false;
    const char *id = replayer->part->log->cases.texts[replayer->case_name];
    return (!item->case_id || strcmp(item->case_id, id) == 0) &&
           (replayer->as_of == MOMENT_NONE ||
            item->until >= replay_day(replayer->program->zone, replayer->as_of));
}

uint32_t find_accepted(const Replayer *replayer, const char *code, uint32_t event)
{
    const AcceptedList *list = replayer->options.accepted;
    for (uint32_t i = 0; list && i < list->count; i++)
        if (covers(replayer, &list->items[i], code, event))
            return i + 1;
    return 0;
}

void accept_finding(Replayer *replayer, Finding *finding)
{
    finding->accepted = find_accepted(replayer, finding_code(finding), finding->refusal.event);
}

/* ---- making ------------------------------------------------------------------- */

/* Of a closed case the state that closed it. */
static uint32_t main_state(const Replayer *replayer)
{
    const int64_t *line = record_track(replayer->program, replayer->record, 0);
    int64_t state = line[TRACK_RUNNING] ? line[TRACK_STATE] : line[TRACK_LAST_STATE];
    return state ? (uint32_t)state - 1 : NO_INDEX;
}

Finding *add_finding(Replayer *replayer, FindingKind kind, uint32_t row, Moment at)
{
    replayer->findings = mem_grow(replayer->findings, &replayer->finding_capacity,
                                  replayer->finding_count + 1, sizeof *replayer->findings);
    Finding *finding = &replayer->findings[replayer->finding_count++];
    *finding = (Finding){.kind = kind,
                         .row = row,
                         .at = at,
                         .activity = row == NO_INDEX ? 0 : replayer->rows[row].activity,
                         .state = main_state(replayer),
                         .from = NO_INDEX,
                         .rule_file = NO_INDEX,
                         .fact = NO_INDEX,
                         .value = VALUE_UNKNOWN,
                         .refusal = refusal_none()};
    return finding;
}

/* ---- which line of the flow says so ---------------------------------------------- */

static void stand_at(Finding *finding, uint32_t file, uint32_t offset)
{
    finding->rule_file = file;
    finding->rule_offset = offset;
}

/* The line or rule that refused it; else the work or event that it is about; of what is
 * not possible there, the state. */
static void find_place(const Replayer *replayer, Finding *finding)
{
    const Program *program = replayer->program;
    const Flow *flow = &replayer->bundle->flow;
    const Refusal *refusal = &finding->refusal;
    Span span = {.file = NO_INDEX};
    if (refusal->alternative != NO_INDEX) {
        const AlternativeInfo *line = &program->alternatives[refusal->alternative];
        span = (Span){.file = line->file, .offset = line->offset};
    } else if (refusal->rule != NO_INDEX) {
        const RuleInfo *rule = &program->rules[refusal->rule];
        span = (Span){.file = rule->file, .offset = rule->offset};
    } else if (refusal->work != NO_INDEX) {
        span = flow->work_at[refusal->work]->span;
    } else if (refusal->code == REFUSED_NOT_POSSIBLE && finding->state != NO_INDEX) {
        span = flow->state_at[finding->state]->span;
    } else if (refusal->event != NO_INDEX) {
        const EventInfo *event = &program->events[refusal->event];
        span = event->works.count ? flow->work_at[program->indices[event->works.first]]->span
                                  : flow->event_at[refusal->event]->span;
    }
    stand_at(finding, span.file, span.offset);
}

/* The first fact that the condition looks at, and its value with what the entry says. */
static void find_value(const Replayer *replayer, const Entry *entry, CodeRef condition,
                       Finding *finding)
{
    const Program *program = replayer->program;
    for (CodeRef at = condition; at; at++) {
        OpCode op = instruction_op(program->code[at]);
        if (op == OP_END)
            return;
        if (op == OP_PUSH_FACT || op == OP_KNOWN) {
            finding->fact = instruction_operand(program->code[at]);
            break;
        }
    }
    if (finding->fact == NO_INDEX)
        return;
    finding->value = record_fact(program, replayer->record, finding->fact);
    for (uint32_t i = 0; i < entry->fact_count; i++)
        if (entry->facts[i].fact == finding->fact)
            finding->value = entry->facts[i].value;
}

static FindingKind kind_of(const Replayer *replayer, const Refusal *refusal)
{
    switch (refusal->code) {
    case REFUSED_NEVER:
    case REFUSED_ALWAYS: /* it may hang on what nobody knows */
        return refusal->fact == NO_INDEX ? FINDING_RULE : FINDING_NO_FACT;
    case REFUSED_UNKNOWN_GUARD:
        return FINDING_NO_FACT;
    case REFUSED_NOT_POSSIBLE:
        return replayer->vm.limit_error.kind != ERROR_NONE ? FINDING_NO_CALENDAR
                                                           : FINDING_REFUSED;
    default:
        return FINDING_REFUSED;
    }
}

/* Of work that is not open: was it done already, or does another come first? */
static void look_at_work(const Replayer *replayer, Finding *finding)
{
    const Program *program = replayer->program;
    Slice works = program->events[finding->refusal.event].works;
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = program->indices[works.first + i];
        const int64_t *slots = record_work(program, replayer->record, work);
        if (!(slots[WORK_FLAGS] & WORK_FLAG_ACTIVE))
            continue;
        finding->again = finding->again || slots[WORK_STATUS] == WORK_DONE;
        if (slots[WORK_STATUS] == WORK_CLOSED && program->works[work].in_step == NO_INDEX)
            finding->refusal.work = work;
    }
}

Finding *add_refusal(Replayer *replayer, const Entry *entry, const Refusal *refusal)
{
    const Program *program = replayer->program;
    uint32_t row = entry->number > 0 ? (uint32_t)entry->number - 1 : NO_INDEX;
    Finding *finding = add_finding(replayer, kind_of(replayer, refusal), row, entry->at);
    finding->refusal = *refusal;
    if (refusal->code == REFUSED_SEPARATION && refusal->role == NO_INDEX)
        finding->refusal.other = refusal->event; /* the one whose doer may not do this */
    if (refusal->event == NO_INDEX || refusal->code == REFUSED_SEPARATION)
        finding->refusal.event = entry->name;
    if (refusal->code == REFUSED_WRONG_ROLE)
        finding->refusal.role = entry->role; /* in which it was done */
    if (refusal->code == REFUSED_NOT_OPEN)
        look_at_work(replayer, finding);
    find_place(replayer, finding);
    if (refusal->alternative != NO_INDEX)
        find_value(replayer, entry, program->alternatives[refusal->alternative].guard, finding);
    else if (refusal->rule != NO_INDEX)
        find_value(replayer, entry, program->rules[refusal->rule].condition, finding);
    if (finding->kind == FINDING_NO_FACT)
        finding->fact = refusal->fact;
    return finding;
}
