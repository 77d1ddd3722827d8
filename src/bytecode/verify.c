#include "bytecode/verify_internal.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"

_Static_assert(LIMIT_PROGRAM_WORDS < 1u << 24, "an operand must be able to name every word");

bool verify_fail(Verifier *verifier, const char *format, ...)
{
    char text[400];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    return error_kind(verifier->err, ERROR_INTERNAL, "bad program: %s", text);
}

/* ---- what the fields of a row refer to --------------------------------- */

typedef enum Table {
    IN_CODE,
    IN_CONSTANTS,
    IN_TEXTS,
    IN_INDICES,
    IN_CODES,
    IN_DURATIONS,
    IN_ANCHOR_ITEMS,
    IN_LIMITS,
    IN_REMINDS,
    IN_PERMITS,
    IN_RECORDS,
    IN_INTERVALS,
    IN_ALTERNATIVES,
    IN_HANDLERS,
    IN_AS_SOONS,
    IN_STARTS,
    IN_DEPUTIES,
    IN_FACTS,
    IN_EVENTS,
    IN_STATES,
    IN_TRACKS,
    IN_WORKS,
    IN_ROLES,
    IN_WINDOWS,
    IN_RULES,
    IN_ITSELF,
    TABLE_COUNT
} Table;

typedef enum FieldKind {
    FIELD_END = 0,
    FIELD_INDEX,           /* a row of `table` */
    FIELD_MAYBE_INDEX,     /* or NO_INDEX */
    FIELD_SLICE,           /* rows of `table` */
    FIELD_LIST,            /* items of `indices`, each a row of `table` */
    FIELD_CONDITION,       /* where a piece of code begins */
    FIELD_MAYBE_CONDITION, /* or 0 */
    FIELD_EFFECTS,         /* likewise */
    FIELD_MAYBE_EFFECTS,
    FIELD_NAME, /* a text that must be there */
    FIELD_BELOW /* an enumeration with `bound` members */
} FieldKind;

typedef struct Field {
    FieldKind kind;
    const char *name;
    size_t offset;
    Table table;
    uint32_t bound;
} Field;

#define FIELD(Type, field, kind, table)                                                        \
    {                                                                                          \
        kind, #field, offsetof(Type, field), table, 0                                          \
    }
#define BELOW(Type, field, last)                                                               \
    {                                                                                          \
        FIELD_BELOW, #field, offsetof(Type, field), 0, (last) + 1u                             \
    }
#define WHOLE_ROW(name, kind, table)                                                           \
    {                                                                                          \
        kind, name, 0, table, 0                                                                \
    }
#define FIELDS(name, ...) static const Field name[] = {__VA_ARGS__, {FIELD_END, "", 0, 0, 0}}

FIELDS(text_fields, WHOLE_ROW("text", FIELD_NAME, 0));
FIELDS(code_fields, WHOLE_ROW("condition", FIELD_MAYBE_CONDITION, 0));
FIELDS(duration_fields, BELOW(DatedDuration, duration.unit, UNIT_IMMEDIATELY));
FIELDS(limit_fields, FIELD(LimitInfo, target, FIELD_SLICE, IN_DURATIONS),
       FIELD(LimitInfo, limit, FIELD_SLICE, IN_DURATIONS),
       BELOW(LimitInfo, anchor.type, FROM_LATER_OF),
       FIELD(LimitInfo, anchor.items, FIELD_SLICE, IN_ANCHOR_ITEMS),
       BELOW(LimitInfo, target_anchor.type, FROM_LATER_OF),
       FIELD(LimitInfo, target_anchor.items, FIELD_SLICE, IN_ANCHOR_ITEMS),
       BELOW(LimitInfo, roll, ROLL_PREVIOUS),
       FIELD(LimitInfo, paused_while, FIELD_MAYBE_CONDITION, 0),
       FIELD(LimitInfo, paused_by, FIELD_SLICE, IN_PERMITS),
       FIELD(LimitInfo, extended_by, FIELD_SLICE, IN_PERMITS));
FIELDS(remind_fields, FIELD(RemindInfo, before, FIELD_SLICE, IN_DURATIONS),
       FIELD(RemindInfo, roles, FIELD_LIST, IN_ROLES));
FIELDS(permit_fields, FIELD(Permit, role, FIELD_INDEX, IN_ROLES),
       FIELD(Permit, via, FIELD_INDEX, IN_ROLES));
FIELDS(records_fields, FIELD(RecordsInfo, fact, FIELD_INDEX, IN_FACTS),
       FIELD(RecordsInfo, when, FIELD_MAYBE_CONDITION, 0));
FIELDS(interval_fields, FIELD(IntervalInfo, every, FIELD_SLICE, IN_DURATIONS),
       BELOW(IntervalInfo, from.type, FROM_LATER_OF),
       FIELD(IntervalInfo, from.items, FIELD_SLICE, IN_ANCHOR_ITEMS),
       FIELD(IntervalInfo, when, FIELD_MAYBE_CONDITION, 0));
FIELDS(alternative_fields, FIELD(AlternativeInfo, guard, FIELD_MAYBE_CONDITION, 0),
       FIELD(AlternativeInfo, effects, FIELD_MAYBE_EFFECTS, 0),
       FIELD(AlternativeInfo, approval, FIELD_MAYBE_INDEX, IN_ROLES),
       FIELD(AlternativeInfo, approval_permits, FIELD_SLICE, IN_PERMITS),
       FIELD(AlternativeInfo, target, FIELD_MAYBE_INDEX, IN_STATES));
FIELDS(handler_fields, FIELD(HandlerInfo, event, FIELD_INDEX, IN_EVENTS),
       BELOW(HandlerInfo, kind, HANDLES_HOLD),
       FIELD(HandlerInfo, alternatives, FIELD_SLICE, IN_ALTERNATIVES),
       FIELD(HandlerInfo, until, FIELD_MAYBE_INDEX, IN_STATES));
FIELDS(as_soon_fields, FIELD(AsSoonInfo, condition, FIELD_CONDITION, 0),
       FIELD(AsSoonInfo, effects, FIELD_EFFECTS, 0),
       FIELD(AsSoonInfo, target, FIELD_INDEX, IN_STATES));
FIELDS(start_fields, FIELD(StartInfo, track, FIELD_INDEX, IN_TRACKS),
       FIELD(StartInfo, condition, FIELD_MAYBE_CONDITION, 0),
       FIELD(StartInfo, counted, FIELD_LIST, IN_EVENTS));
FIELDS(deputy_fields, FIELD(DeputyInfo, for_role, FIELD_INDEX, IN_ROLES),
       BELOW(DeputyInfo, kind, ACTS_AFTER),
       FIELD(DeputyInfo, after, FIELD_SLICE, IN_DURATIONS));
FIELDS(fact_fields, FIELD(FactInfo, name, FIELD_NAME, 0), BELOW(FactInfo, type, TYPE_PERSON),
       FIELD(FactInfo, values, FIELD_SLICE, IN_TEXTS),
       FIELD(FactInfo, works, FIELD_LIST, IN_WORKS));
FIELDS(event_fields, FIELD(EventInfo, name, FIELD_NAME, 0),
       FIELD(EventInfo, permits, FIELD_SLICE, IN_PERMITS),
       FIELD(EventInfo, records, FIELD_SLICE, IN_RECORDS),
       FIELD(EventInfo, reasons, FIELD_SLICE, IN_CODES),
       FIELD(EventInfo, tracks, FIELD_LIST, IN_TRACKS),
       FIELD(EventInfo, starts, FIELD_LIST, IN_STARTS),
       FIELD(EventInfo, windows, FIELD_LIST, IN_WINDOWS),
       FIELD(EventInfo, works, FIELD_LIST, IN_WORKS),
       FIELD(EventInfo, waits, FIELD_LIST, IN_WORKS),
       FIELD(EventInfo, musts, FIELD_LIST, IN_WORKS),
       FIELD(EventInfo, anchored, FIELD_LIST, IN_WORKS));
FIELDS(state_fields, FIELD(StateInfo, name, FIELD_NAME, 0),
       FIELD(StateInfo, track, FIELD_INDEX, IN_TRACKS),
       FIELD(StateInfo, handlers, FIELD_SLICE, IN_HANDLERS),
       FIELD(StateInfo, works, FIELD_LIST, IN_WORKS),
       FIELD(StateInfo, as_soon, FIELD_SLICE, IN_AS_SOONS),
       FIELD(StateInfo, enter, FIELD_EFFECTS, 0));
FIELDS(track_fields, FIELD(TrackInfo, name, FIELD_NAME, 0),
       FIELD(TrackInfo, start_state, FIELD_MAYBE_INDEX, IN_STATES),
       FIELD(TrackInfo, works, FIELD_LIST, IN_WORKS),
       FIELD(TrackInfo, handlers, FIELD_SLICE, IN_HANDLERS),
       FIELD(TrackInfo, starts, FIELD_SLICE, IN_STARTS),
       FIELD(TrackInfo, begin, FIELD_MAYBE_EFFECTS, 0));
FIELDS(work_fields, FIELD(WorkInfo, name, FIELD_NAME, 0), BELOW(WorkInfo, kind, PROGRAM_MUST),
       FIELD(WorkInfo, event, FIELD_INDEX, IN_EVENTS),
       FIELD(WorkInfo, track, FIELD_INDEX, IN_TRACKS),
       FIELD(WorkInfo, state, FIELD_MAYBE_INDEX, IN_STATES),
       FIELD(WorkInfo, permits, FIELD_SLICE, IN_PERMITS),
       FIELD(WorkInfo, limit, FIELD_MAYBE_INDEX, IN_LIMITS),
       FIELD(WorkInfo, records, FIELD_SLICE, IN_RECORDS),
       FIELD(WorkInfo, reasons, FIELD_SLICE, IN_CODES),
       FIELD(WorkInfo, items, FIELD_SLICE, IN_TEXTS),
       FIELD(WorkInfo, assigns, FIELD_LIST, IN_ROLES),
       FIELD(WorkInfo, only_when, FIELD_MAYBE_CONDITION, 0),
       FIELD(WorkInfo, after_work, FIELD_MAYBE_INDEX, IN_WORKS),
       FIELD(WorkInfo, after_event, FIELD_MAYBE_INDEX, IN_EVENTS),
       FIELD(WorkInfo, not_by, FIELD_LIST, IN_EVENTS),
       FIELD(WorkInfo, intervals, FIELD_SLICE, IN_INTERVALS),
       FIELD(WorkInfo, in_step, FIELD_MAYBE_INDEX, IN_WORKS),
       FIELD(WorkInfo, until, FIELD_MAYBE_CONDITION, 0),
       FIELD(WorkInfo, when, FIELD_MAYBE_CONDITION, 0),
       FIELD(WorkInfo, if_missed, FIELD_MAYBE_EFFECTS, 0),
       FIELD(WorkInfo, missed_go, FIELD_MAYBE_EFFECTS, 0),
       FIELD(WorkInfo, missed_state, FIELD_MAYBE_INDEX, IN_STATES),
       FIELD(WorkInfo, reminds, FIELD_SLICE, IN_REMINDS),
       FIELD(WorkInfo, steps, FIELD_LIST, IN_WORKS),
       FIELD(WorkInfo, order, FIELD_INDEX, IN_WORKS));
FIELDS(role_fields, FIELD(RoleInfo, name, FIELD_NAME, 0),
       FIELD(RoleInfo, members, FIELD_LIST, IN_ROLES),
       FIELD(RoleInfo, deputies, FIELD_SLICE, IN_DEPUTIES),
       FIELD(RoleInfo, excludes, FIELD_LIST, IN_ROLES));
FIELDS(window_fields, FIELD(WindowInfo, event, FIELD_INDEX, IN_EVENTS),
       BELOW(WindowInfo, within.unit, UNIT_IMMEDIATELY));
FIELDS(rule_fields, FIELD(RuleInfo, state, FIELD_MAYBE_INDEX, IN_STATES),
       FIELD(RuleInfo, condition, FIELD_MAYBE_CONDITION, 0));
FIELDS(program_fields, FIELD(Program, name, FIELD_NAME, 0),
       FIELD(Program, version, FIELD_NAME, 0), FIELD(Program, watched, FIELD_LIST, IN_WORKS),
       FIELD(Program, edge_starts, FIELD_LIST, IN_STARTS),
       FIELD(Program, due_order, FIELD_LIST, IN_WORKS));

typedef struct TableInfo {
    const char *name;
    size_t items, count; /* offsets in Program */
    size_t row_bytes;
    const Field *fields; /* NULL: nothing refers to anything */
} TableInfo;

#define TABLE(field, count, fields)                                                            \
    {                                                                                          \
#field, offsetof(Program, field), offsetof(Program, count),                            \
            sizeof *((Program *)0)->field, fields                                              \
    }

static const TableInfo tables[TABLE_COUNT] = {
    [IN_CODE] = TABLE(code, code_count, NULL),
    [IN_CONSTANTS] = TABLE(constants, constant_count, NULL),
    [IN_TEXTS] = TABLE(texts, text_count, text_fields),
    [IN_INDICES] = TABLE(indices, index_count, NULL),
    [IN_CODES] = TABLE(codes, code_list_count, code_fields),
    [IN_DURATIONS] = TABLE(durations, duration_count, duration_fields),
    [IN_ANCHOR_ITEMS] = TABLE(anchor_items, anchor_item_count, NULL),
    [IN_LIMITS] = TABLE(limits, limit_count, limit_fields),
    [IN_REMINDS] = TABLE(reminds, remind_count, remind_fields),
    [IN_PERMITS] = TABLE(permits, permit_count, permit_fields),
    [IN_RECORDS] = TABLE(records, records_count, records_fields),
    [IN_INTERVALS] = TABLE(intervals, interval_count, interval_fields),
    [IN_ALTERNATIVES] = TABLE(alternatives, alternative_count, alternative_fields),
    [IN_HANDLERS] = TABLE(handlers, handler_count, handler_fields),
    [IN_AS_SOONS] = TABLE(as_soons, as_soon_count, as_soon_fields),
    [IN_STARTS] = TABLE(starts, start_count, start_fields),
    [IN_DEPUTIES] = TABLE(deputies, deputy_count, deputy_fields),
    [IN_FACTS] = TABLE(facts, fact_count, fact_fields),
    [IN_EVENTS] = TABLE(events, event_count, event_fields),
    [IN_STATES] = TABLE(states, state_count, state_fields),
    [IN_TRACKS] = TABLE(tracks, track_count, track_fields),
    [IN_WORKS] = TABLE(works, work_count, work_fields),
    [IN_ROLES] = TABLE(roles, role_count, role_fields),
    [IN_WINDOWS] = TABLE(windows, window_count, window_fields),
    [IN_RULES] = TABLE(rules, rule_count, rule_fields),
    [IN_ITSELF] = {"program", 0, 0, sizeof(Program), program_fields},
};

/* ---- reading them ------------------------------------------------------- */

static uint32_t count_of(const Program *program, Table table)
{
    if (table == IN_ITSELF)
        return 1;
    return *(const uint32_t *)((const char *)program + tables[table].count);
}

static const char *items_of(const Program *program, Table table)
{
    if (table == IN_ITSELF)
        return (const char *)program;
    return *(const char *const *)((const char *)program + tables[table].items);
}

static bool slice_inside(Slice slice, uint32_t count)
{
    return slice.first <= count && slice.count <= count - slice.first;
}

/* Notes how the piece is used. It must begin a piece, and have one use. */
static bool mark_piece(Verifier *verifier, CodeRef ref, unsigned char use)
{
    const Program *program = verifier->program;
    if (ref == 0 || ref >= program->code_count ||
        instruction_op(program->code[ref - 1]) != OP_END)
        return false;
    verifier->pieces[ref] |= use;
    return verifier->pieces[ref] == use;
}

static bool list_ok(const Program *program, Slice list, uint32_t bound)
{
    if (!slice_inside(list, program->index_count))
        return false;
    for (uint32_t i = 0; i < list.count; i++)
        if (program->indices[list.first + i] >= bound)
            return false;
    return true;
}

static bool field_ok(Verifier *verifier, const Field *field, const char *at)
{
    const Program *program = verifier->program;
    uint32_t number = *(const uint32_t *)at;
    switch (field->kind) {
    case FIELD_INDEX:
        return number < count_of(program, field->table);
    case FIELD_MAYBE_INDEX:
        return number == NO_INDEX || number < count_of(program, field->table);
    case FIELD_SLICE:
        return slice_inside(*(const Slice *)at, count_of(program, field->table));
    case FIELD_LIST:
        return list_ok(program, *(const Slice *)at, count_of(program, field->table));
    case FIELD_CONDITION:
        return mark_piece(verifier, number, PIECE_CONDITION);
    case FIELD_MAYBE_CONDITION:
        return number == 0 || mark_piece(verifier, number, PIECE_CONDITION);
    case FIELD_EFFECTS:
        return mark_piece(verifier, number, PIECE_EFFECTS);
    case FIELD_MAYBE_EFFECTS:
        return number == 0 || mark_piece(verifier, number, PIECE_EFFECTS);
    case FIELD_NAME:
        return *(const char *const *)at != NULL;
    case FIELD_BELOW:
        return number < field->bound;
    case FIELD_END:
        break;
    }
    return true;
}

static bool verify_table(Verifier *verifier, Table table)
{
    const TableInfo *info = &tables[table];
    const char *row = items_of(verifier->program, table);
    uint32_t count = count_of(verifier->program, table);
    for (uint32_t i = 0; info->fields && i < count; i++, row += info->row_bytes)
        for (const Field *field = info->fields; field->kind != FIELD_END; field++)
            if (!field_ok(verifier, field, row + field->offset))
                return verify_fail(verifier, "%s %u: '%s' is out of range", info->name, i,
                                   field->name);
    return true;
}

static bool verify_sizes(Verifier *verifier)
{
    const Program *program = verifier->program;
    for (Table table = 0; table < IN_ITSELF; table++) {
        if (count_of(program, table) > LIMIT_PROGRAM_WORDS)
            return verify_fail(verifier, "too many %s", tables[table].name);
        if (count_of(program, table) > 0 && !items_of(program, table))
            return verify_fail(verifier, "%s are missing", tables[table].name);
    }
    if (program->code_count == 0 || program->code[0] != instruction(OP_END, 0))
        return verify_fail(verifier, "code does not begin with an empty piece");
    if (program->code[program->code_count - 1] != instruction(OP_END, 0))
        return verify_fail(verifier, "code does not end");
    return true;
}

bool program_verify(const Program *program, Error *err)
{
    Verifier verifier = {.program = program, .err = err};
    if (!verify_sizes(&verifier))
        return false;
    verifier.pieces = mem_alloc(program->code_count);
    bool good = true;
    for (Table table = 0; good && table < TABLE_COUNT; table++)
        good = verify_table(&verifier, table);
    good = good && verify_rows(&verifier) && verify_code(&verifier);
    free(verifier.pieces);
    return good;
}
