#include <stdlib.h>
#include <string.h>

#include "replay/replay_internal.h"

/* ---- making ------------------------------------------------------------------ */

/* A date without a time is that date in the flow's zone, whatever the log's is. */
static Moment moment_here(const Program *program, const Log *log, Moment at)
{
    Zone from = log->zone, to = program->zone;
    bool same = from.offset_minutes == to.offset_minutes && from.summer_time == to.summer_time;
    if (same || at == MOMENT_NONE || moment_rank(at) != RANK_DATE_ONLY)
        return at;
    return moment_of_date(to, moment_day(from, at));
}

Moment replay_as_of(const Program *program, const Log *log, const ReplayOptions *options)
{
    return options->as_of != MOMENT_NONE ? options->as_of
                                         : moment_here(program, log, log->last);
}

Replayer *replayer_new(const Bundle *bundle, const Program *program, const Binding *binding,
                       const ReplayOptions *options)
{
    Replayer *r = mem_alloc(sizeof *r);
    r->bundle = bundle;
    r->program = program;
    r->binding = binding;
    r->options = *options;
    r->as_of = replay_as_of(program, binding->log, options);
    vm_init(&r->vm, program);
    r->record = mem_alloc_array(program->slot_count, sizeof *r->record);
    r->before = mem_alloc_array(program->slot_count, sizeof *r->before);
    r->first_open = mem_alloc_array(program->work_count, sizeof *r->first_open);
    r->last_open = mem_alloc_array(program->work_count, sizeof *r->last_open);
    r->occurrences = mem_alloc_array(program->work_count, sizeof *r->occurrences);
    r->chained = mem_alloc_array(program->work_count, sizeof *r->chained);
    r->is_duty = mem_alloc_array(program->work_count, sizeof *r->is_duty);
    r->in_working_days = mem_alloc_array(program->work_count, sizeof *r->in_working_days);
    r->out_of_step = mem_alloc_array(program->track_count, sizeof *r->out_of_step);
    r->rule_broken = mem_alloc_array(program->rule_count, sizeof *r->rule_broken);
    r->no_facts = mem_alloc_array(program->fact_count, sizeof *r->no_facts);
    memset(r->no_facts, true, program->fact_count * sizeof *r->no_facts);
    duties_prepare(r);
    return r;
}

void replayer_free(Replayer *r)
{
    if (!r)
        return;
    void *owned[] = {r->record,      r->before,      r->entries,         r->facts,
                     r->findings,    r->duties,      r->unsure,          r->spans,
                     r->openings,    r->first_open,  r->last_open,       r->is_duty,
                     r->chained,     r->occurrences, r->in_working_days, r->out_of_step,
                     r->rule_broken, r->no_facts};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    vm_clear(&r->vm);
    free(r);
}

const int64_t *replayer_record(const Replayer *replayer)
{
    return replayer->record;
}

/* Held entries take effect later: the vm asks for them by number. */
static const Entry *find_entry(void *context, int64_t number)
{
    return &((const Replayer *)context)->entries[number - 1];
}

/* ---- what a row says -------------------------------------------------------------- */

static Moment moment_of_row(const Replayer *r, const LogRow *row)
{
    return moment_here(r->program, r->part->log, row->at);
}

static bool has_fact(const Entry *entry, uint32_t fact)
{
    for (uint32_t i = 0; i < entry->fact_count; i++)
        if (entry->facts[i].fact == fact)
            return true;
    return false;
}

static void add_fact(Replayer *r, Entry *entry, uint32_t fact, int64_t value)
{
    r->facts[r->fact_count++] = (FactEntry){fact, value};
    entry->fact_count++;
}

static void note_bad_value(Replayer *r, uint32_t row, uint32_t fact, uint32_t text)
{
    Finding *finding = add_finding(r, FINDING_BAD_VALUE, row, r->entries[row].at);
    finding->fact = fact;
    finding->refusal.event = r->entries[row].name;
    finding->refusal.fact = fact;
    finding->value = text;
    accept_finding(r, finding);
}

/* What the activity's name says, then its cells, as far as the event may record them. */
static void read_facts(Replayer *r, uint32_t place, Entry *entry)
{
    const Binding *binding = r->binding;
    const LogRow *row = &r->rows[place];
    Slice said = binding->sayings[row->activity];
    const bool *asks = binding->asks + (size_t)entry->name * r->program->fact_count;
    entry->facts = r->facts + r->fact_count;
    for (uint32_t i = 0; i < said.count; i++) {
        FactEntry one = binding->said[said.first + i];
        add_fact(r, entry, one.fact, one.value == VALUE_UNKNOWN ? entry->number : one.value);
    }
    for (uint32_t i = 0; i < row->value_count; i++) {
        const LogValue *cell = &r->part->log->row_values[row->first_value + i];
        uint32_t fact = binding->facts[cell->fact].fact;
        int64_t value;
        if (!cell->text || fact == NO_INDEX || !asks[fact] || has_fact(entry, fact))
            continue;
        if (binding_value(binding, cell->fact, r->part->log->values.texts[cell->text],
                          entry->number, &value))
            add_fact(r, entry, fact, value);
        else
            note_bad_value(r, place, fact, cell->text);
    }
}

/* What a log never holds (reasons, ticks, whom work was given to, approvals) is taken to
 * have been as needed; what this one does not hold is not judged either. */
static Entry *read_entry(Replayer *r, uint32_t place, uint32_t event)
{
    const LogRow *row = &r->rows[place];
    Entry *entry = &r->entries[place];
    Moment at = moment_of_row(r, row);
    *entry = (Entry){.number = (int64_t)place + 1,
                     .kind = r->record[SLOT_STATUS] == CASE_NOT_OPEN ? ENTRY_OPEN : ENTRY_EVENT,
                     .name = event,
                     .at = at,
                     .recorded = at,
                     .date_only = moment_rank(at) == RANK_DATE_ONLY,
                     .imported = true,
                     .person = row->person,
                     .role = r->binding->roles[row->role],
                     .for_role = NO_INDEX,
                     .reason_unsaid = true,
                     .ticks_unsaid = true,
                     .assigns_unsaid = true,
                     .approval_unsaid = true,
                     .person_unsaid = row->person == 0,
                     .role_unsaid = row->role == 0,
                     .facts_unsaid = r->binding->unsaid};
    r->counts.roles_unsaid += row->role == 0;
    r->counts.people_unsaid += row->person == 0;
    read_facts(r, place, entry);
    return entry;
}

/* ---- one case ------------------------------------------------------------------------ */

/* Values stand in the order of the file, far apart for the rows of one case: all are asked
 * for at once, or each row would wait for its own. */
static uint64_t count_facts(const Replayer *r, uint32_t rows)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < rows; i++) {
        const LogRow *row = &r->rows[i];
        count += row->value_count + r->binding->sayings[row->activity].count;
        if (row->value_count)
            __builtin_prefetch(&r->part->log->row_values[row->first_value]);
    }
    return count;
}

static void begin(Replayer *r, const LogPart *part, const LogCase *one)
{
    const Program *program = r->program;
    r->part = part;
    r->rows = part->rows + one->first_row;
    r->case_name = one->name;
    vm_begin(&r->vm);
    vm_reset(program, r->record);
    r->vm.find = find_entry;
    r->vm.find_context = r;
    r->entries = mem_grow(r->entries, &r->entry_capacity, one->row_count, sizeof *r->entries);
    r->facts = mem_grow(r->facts, &r->fact_capacity, count_facts(r, one->row_count) + 1,
                        sizeof *r->facts);
    r->fact_count = r->finding_count = r->duty_count = r->span_count = r->opening_count = 0;
    r->scanned = r->put_from = r->put_until = 0;
    r->made_up = MOMENT_NONE;
    r->counts = (CaseResult){0};
    r->any_broken = false;
    memset(r->out_of_step, 0, program->track_count * sizeof *r->out_of_step);
    memset(r->rule_broken, 0, program->rule_count * sizeof *r->rule_broken);
}

static void take_row(Replayer *r, uint32_t place)
{
    const LogRow *row = &r->rows[place];
    uint32_t event = r->binding->events[row->activity];
    if (event == BOUND_IGNORED)
        return;
    r->counts.events++;
    if (event == NO_INDEX) {
        accept_finding(r, add_finding(r, FINDING_UNKNOWN, place, moment_of_row(r, row)));
        return;
    }
    Entry *entry = read_entry(r, place, event);
    if (entry->kind == ENTRY_OPEN && !r->program->events[event].opens) {
        if (r->made_up == MOMENT_NONE)
            open_without_opening(r, place);
        entry->kind = ENTRY_EVENT;
    }
    judge_row(r, place);
}

/* ---- what it comes to ------------------------------------------------------------------ */

static CaseOutcome worse(CaseOutcome a, CaseOutcome b)
{
    return a > b ? a : b;
}

/* What follows from a refusal, and all that is accepted, counts for nothing here. */
static void weigh_case(const Replayer *r, CaseResult *result)
{
    for (uint32_t i = 0; i < r->finding_count; i++) {
        const Finding *finding = &r->findings[i];
        CaseOutcome outcome =
            finding_leaves_open(finding) ? CASE_CANNOT_BE_JUDGED : CASE_BREAKS;
        if (finding->follow_on)
            continue;
        result->unexcused = worse(result->unexcused, outcome);
        if (finding->accepted)
            continue;
        result->outcome = worse(result->outcome, outcome);
        result->roots++;
    }
    for (uint32_t i = 0; i < r->duty_count; i++) {
        if (!r->duties[i].is_late)
            continue;
        result->unexcused = worse(result->unexcused, CASE_LATE_ONLY);
        if (r->duties[i].accepted)
            continue;
        result->outcome = worse(result->outcome, CASE_LATE_ONLY);
        result->late++;
    }
}

static uint32_t last_state(const Replayer *r)
{
    const int64_t *line = record_track(r->program, r->record, 0);
    int64_t state = line[TRACK_RUNNING] ? line[TRACK_STATE] : line[TRACK_LAST_STATE];
    return state ? (uint32_t)state - 1 : NO_INDEX;
}

static void finish(Replayer *r, const LogCase *one, CaseResult *result)
{
    *result = r->counts;
    result->source = one;
    result->name = one->name;
    result->file = one->file;
    result->line = one->line;
    result->left_cut = r->made_up != MOMENT_NONE;
    result->is_open = r->record[SLOT_STATUS] == CASE_OPEN;
    result->right_cut = result->is_open;
    result->state = last_state(r);
    result->findings = r->findings;
    result->duties = r->duties;
    result->spans = r->spans;
    result->happened = r->vm.happened;
    result->finding_count = r->finding_count;
    result->duty_count = r->duty_count;
    result->span_count = r->span_count;
    result->happened_count = r->vm.happened_count;
    weigh_case(r, result);
}

void replay_case(Replayer *r, const LogPart *part, const LogCase *one, CaseResult *result)
{
    begin(r, part, one);
    if (one->has_set_aside)
        accept_finding(r, add_finding(r, FINDING_SET_ASIDE, NO_INDEX,
                                      one->row_count ? r->rows[0].at : r->as_of));
    for (uint32_t place = 0; place < one->row_count; place++) {
        if (moment_of_row(r, &r->rows[place]) > r->as_of) {
            r->counts.later_rows = one->row_count - place;
            break;
        }
        take_row(r, place);
    }
    if (r->record[SLOT_STATUS] != CASE_NOT_OPEN)
        vm_advance(&r->vm, r->record, r->as_of);
    duties_follow(r);
    duties_finish(r);
    finish(r, one, result);
}
