/* What the parts of the vm share: the step in hand. A step is one entry, or one
 * thing that falls due, with everything that follows from it at that moment.
 * Public callers see vm.h only. */
#pragma once

#include <string.h>

#include "base/error.h"
#include "base/limits.h"
#include "vm/vm.h"

/* One line of an `on` that was chosen for one track. */
typedef struct Move {
    uint32_t track;
    const AlternativeInfo *line;
} Move;

/* One `as soon as` that was chosen for one track. */
typedef struct SoonMove {
    uint32_t track;
    const AsSoonInfo *clause;
} SoonMove;

/* What an entry for an event may have to bring: of the event itself or of any work
 * that it does. Most ask for little, and what nobody asks for is not looked at. */
enum { ASKS_FACTS = 1, ASKS_REASON = 2, ASKS_TICKS = 4 /* or persons to assign */ };

#define NOT_PLAIN (-1)

/* A work whose limit is plain (calendar/limit.h) whatever the date, and counted from a
 * moment that stands in one slot. */
typedef struct PlainLimit {
    int32_t working_days; /* or NOT_PLAIN */
    uint32_t anchor;      /* slot of the moment counted from */
    bool reminds;
} PlainLimit;

/* Marks of a step: what bears its number was marked in it, so that a new step has
 * none and nothing is cleared. */
typedef uint64_t Mark;

/* Whose line recorded a fact. */
typedef struct RecordedBy {
    Mark mark;
    uint32_t track;
} RecordedBy;

typedef struct VmStep {
    Vm *vm;
    const Program *program;
    int64_t *record;
    Moment now;
    const Entry *entry;   /* NULL in what falls due by itself */
    int64_t cause;        /* number of the entry that work opened now comes from */
    Moment known;         /* when that entry was recorded, if late; else MOMENT_NONE */
    uint32_t cause_work;  /* the work whose miss this is; NO_INDEX otherwise */
    Refusal *refusal;     /* where to say why not; never NULL */
    bool failed;          /* a limit could not be worked out: refuse, or report a fault */
    bool closing;         /* the main line reached its end */
    bool dirty;           /* due moments changed: look for the next one */
    bool changed;         /* something moved: another round */
    bool asked;           /* a track was asked to start or to stop */
    uint32_t budget;
    uint32_t move_count;
    const Entry *approval; /* the approving entry, when a waiting one takes effect */
    bool releasing;       /* the entry was held and takes effect now */
    Mark number;          /* of this step; the first is 1, so that 0 marks nothing */
    bool ignored;         /* some track ignores the event */
    bool saving;          /* vm->undo holds the record as it was before the entry in hand, but
                             of its works only those touched since */
    Mark saves;           /* number of that undo */
    uint32_t saved_count;
    /* What vm_init finds out once about the program. */
    bool moves_only;      /* nothing follows by itself in this program: no tracks, clauses,
                             rules or watched work */
    bool holds;           /* some state holds events back */
    bool approves;        /* some line needs approval */
    bool keeps_actors;    /* some role excludes another */
    bool separates;       /* some work or role keeps somebody out */
    bool keeps_back;      /* some work must be done before leaving */
    uint8_t *asks;        /* owned. Per event: ASKS_… */
    PlainLimit *plain;    /* owned; per work */
    uint32_t *duties;     /* owned: the musts, which hang on no state and no track */
    uint32_t *lists;      /* owned: tracks that are lists and end when their tasks are done */
    uint32_t *soon_tracks; /* owned: tracks with an `as soon as` somewhere */
    uint32_t duty_count, list_count, soon_track_count;
    Instant safe_from, safe_until; /* between them no limit can leave the calendar */
    /* Sized once by vm_init. */
    Move *moves;          /* owned: room for every line that one event can choose */
    SoonMove *soon;       /* owned; per track */
    const HandlerInfo **handlers; /* owned; per track with a handler somewhere for the event
                             in hand: what it has now, or NULL */
    uint32_t *does;       /* owned: the works that the entry in hand does */
    uint32_t does_count;
    Mark *handled;        /* owned, with the next two one block. Per track: it handles or
                             ignores the event */
    Mark *starting;       /* per track: a start was asked for */
    Mark *stopping;       /* per track: `end T` was asked for */
    RecordedBy *recorded_by; /* owned; per fact */
    Mark *work_saved;     /* owned; per work: the undo that has it */
    uint32_t *saved;      /* owned: the works that vm->undo has */
    int64_t *own_facts;   /* owned; per fact: all unknown between uses */
    int64_t *saved_facts; /* owned: what the entry's facts were before */
    size_t saved_capacity;
    int64_t *saved_rings; /* owned: the windows' rings before the event was counted */
    size_t ring_capacity;
} VmStep;

/* ---- happened.c */
Happened *more_room(Vm *vm); /* after the last item */

/* ---- judge.c */
Truth judge_told(const VmStep *step, CodeRef condition);
Truth judge_own(VmStep *step, CodeRef condition); /* on the entry's own facts */
void tell_watch(const VmStep *step, TakenKind kind, uint32_t index);
uint32_t unknown_fact(const Program *program, const int64_t *record, CodeRef condition);

/* ---- refuse.c */
/* False, but for what is overlooked (vm_impose); the caller fills details first. */
bool refuse(VmStep *step, RefusalCode code);

/* ---- limits.c: from anchors to due moments */
Day anchor_day(const Program *program, Moment moment);
Moment find_anchor(const VmStep *step, const WorkInfo *info, const AnchorInfo *anchor);
Duration duration_on(const Program *program, Slice durations, Day day);
Outcome without_anchor(const VmStep *step);
void start_limit(VmStep *step, uint32_t work); /* starts it or leaves it not started */
void recompute_limit(VmStep *step, uint32_t work); /* after pauses, extensions, new facts */
void set_due(VmStep *step, uint32_t work, const LimitDue *due);
void plan_reminder(VmStep *step, uint32_t work);
Moment effective_due(const Program *program, const int64_t *work); /* MOMENT_NEVER while paused */
Outcome judge_done(const Program *program, const int64_t *work, Moment done, bool was_missed);
void limit_failed(VmStep *step, uint32_t work, const Error *err);

/* ---- works.c */
extern const int64_t blank_work[WORK_SLOTS]; /* not open, and never was */
void begin_work(VmStep *step, uint32_t work);
void open_work(VmStep *step, uint32_t work);
void close_work(VmStep *step, uint32_t work);
void finish_work(VmStep *step, uint32_t work, int64_t entry);
void refresh_works(VmStep *step);
void meet_waiting(VmStep *step, uint32_t event);
void open_must(VmStep *step, uint32_t work);
void open_musts(VmStep *step, Slice musts);
void anchor_came(VmStep *step, Slice works, bool is_fact);
bool tasks_are_done(const Program *program, const int64_t *record, Slice works);
uint32_t holds_back(const VmStep *step, uint32_t state); /* open work before leaving */

/* ---- pauses.c */
void begin_pause(VmStep *step, uint32_t work, int64_t flag);
void end_pause(VmStep *step, uint32_t work, int64_t flag);
void refresh_pause(VmStep *step, uint32_t work);

/* ---- reviews.c */
void open_review(VmStep *step, uint32_t work);
void hold_review(VmStep *step, uint32_t work, int64_t entry);
void refresh_cadence(VmStep *step, uint32_t work);
void grid_point_came(VmStep *step, uint32_t work);
bool is_on_grid(const Program *program, const int64_t *record, uint32_t work);
void miss_in_step(VmStep *step, uint32_t work);

/* ---- effects.c */
void run_effects(VmStep *step, CodeRef at, uint32_t track);
void leave_state(VmStep *step, uint32_t track);
void start_track(VmStep *step, uint32_t track);
void end_run(VmStep *step, uint32_t track, int64_t last_state);
void close_case(VmStep *step);

/* ---- settle.c: everything that follows by itself */
bool settle_rounds(VmStep *step);
void stop_tracks(VmStep *step);
void ask_start(VmStep *step, uint32_t start);
bool check_rules(VmStep *step);

/* ---- windows.c */
void count_windows(VmStep *step, uint32_t event);
void uncount_windows(VmStep *step, uint32_t event);
Moment window_end(const Program *program, const int64_t *record, uint32_t window);

/* ---- who.c, asks.c: may this entry be made? */
bool check_who(VmStep *step, Slice permits, const WorkInfo *work, Moment opened);
bool check_separation(VmStep *step, const WorkInfo *work);
void keep_actor(VmStep *step);
bool fact_can_be(const FactInfo *info, int64_t value); /* a value of its kind */
bool check_facts(VmStep *step, const EventInfo *event);
bool check_reasons(VmStep *step, const EventInfo *event);
bool check_ticks(VmStep *step);

/* ---- waiting.c */
bool is_waiting(VmStep *step, uint32_t event);
bool hold_entry(VmStep *step, const HandlerInfo *hold);
bool wait_for_approval(VmStep *step, const AlternativeInfo *line);
bool forget_waiting(VmStep *step, int64_t entry);
const AlternativeInfo *needs_approval(const VmStep *step);
void keep_approver(VmStep *step); /* as keep_actor */
bool check_approvals(VmStep *step);

/* ---- given.c */
bool apply_given(VmStep *step);

/* ---- event.c, entry.c */
void place_entry_facts(VmStep *step);
void stamp_event(VmStep *step, uint32_t event);
void note_facts(VmStep *step);
bool apply_event(VmStep *step);
bool apply_entry(VmStep *step);
void assign_persons(VmStep *step);
void release_held(VmStep *step);
void open_first_musts(VmStep *step);

/* ---- prepare.c: what vm_init finds out once */
void prepare_step(VmStep *step);
void clear_step(VmStep *step);

/* ---- undo.c */
void keep_undo(VmStep *step);
void save_work(VmStep *step, uint32_t work);
void go_back(VmStep *step);

/* ---- vm.c */
void begin_step(VmStep *step, const Entry *entry, Refusal *refusal);

/* ---- due.c */
void plan_next(VmStep *step);
bool fire_due(VmStep *step, Moment before); /* one thing due strictly before; false: none */

/* Appends an item for the caller to complete; a scratch one when quiet. */
static inline Happened *note(VmStep *step, HappenedKind kind)
{
    Vm *vm = step->vm;
    if (vm->quiet)
        return vm->happened;
    Happened *item = &vm->happened[vm->happened_count];
    if (vm->happened_count == vm->happened_capacity)
        item = more_room(vm);
    vm->happened_count++;
    *item = (Happened){.kind = kind,
                       .at = step->now,
                       .entry = step->entry ? step->entry->number : step->cause,
                       .event = NO_INDEX,
                       .track = NO_INDEX,
                       .state = NO_INDEX,
                       .to = NO_INDEX,
                       .work = NO_INDEX,
                       .role = NO_INDEX,
                       .fact = NO_INDEX,
                       .window = NO_INDEX,
                       .rule = NO_INDEX,
                       .outcome = OUTCOME_NONE,
                       .due = MOMENT_NONE,
                       .was = MOMENT_NONE,
                       .target = MOMENT_NONE,
                       .value = 0,
                       .opened_by = step->cause};
    return item;
}

static inline void ask_track(VmStep *step, Mark *marks, uint32_t track)
{
    marks[track] = step->number;
    step->asked = true;
}
static inline bool is_marked(const VmStep *step, const Mark *marks, uint32_t i)
{
    return marks[i] == step->number;
}
/* What follows by itself; false as for settle_rounds. */
static inline bool settle(VmStep *step)
{
    if (step->moves_only && !step->closing)
        return !step->failed;
    return settle_rounds(step);
}
/* vm_judge, and whoever watches is told. */
static inline Truth judge(const VmStep *step, CodeRef condition)
{
    return condition || step->vm->watch ? judge_told(step, condition) : YES;
}
static inline void tell_taken(const VmStep *step, TakenKind kind, uint32_t index)
{
    if (step->vm->watch)
        tell_watch(step, kind, index);
}

/* The row's handler for the event; rows are ascending by event. */
static inline const HandlerInfo *find_handler(const Program *program, Slice row,
                                               uint32_t event)
{
    uint32_t low = row.first, high = row.first + row.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (program->handlers[middle].event < event)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < row.first + row.count && program->handlers[low].event == event)
        return &program->handlers[low];
    return NULL;
}

static inline int64_t *slots_of_track(const VmStep *step, uint32_t track)
{
    return step->record + step->program->slot_tracks + track * TRACK_SLOTS;
}
static inline int64_t *slots_of_event(const VmStep *step, uint32_t event)
{
    return step->record + step->program->slot_events + event * EVENT_SLOTS;
}
/* To write; whoever only reads has view_of_work, and nothing is saved. */
static inline int64_t *slots_of_work(VmStep *step, uint32_t work)
{
    if (step->saving && step->work_saved[work] != step->saves)
        save_work(step, work);
    return step->record + step->program->slot_works + work * WORK_SLOTS;
}
static inline const int64_t *view_of_work(const VmStep *step, uint32_t work)
{
    return record_work(step->program, step->record, work);
}
static inline int64_t *slot_of_fact(const VmStep *step, uint32_t fact)
{
    return step->record + step->program->slot_facts + fact;
}
