/* The items of coverage: what there is to cover in a flow, and whether it was. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/coverage.h"

typedef struct Listing {
    Coverage *coverage;
    const Flow *flow;
    const Program *program;
    CoverageItem *items; /* owned until the end */
    uint32_t count;
    size_t capacity;
    uint32_t kind_first; /* where the kind in hand begins */
} Listing;

static CoverageItem *add(Listing *list, CoverageKind kind, CoverageSide side, Span span,
                         bool covered)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    CoverageItem *item = &list->items[list->count++];
    *item = (CoverageItem){.kind = kind, .side = side, .span = span, .covered = covered};
    return item;
}

static void list_states(Listing *list)
{
    for (uint32_t i = 0; i < list->flow->state_count; i++)
        add(list, COVER_STATES, SIDE_NONE, list->flow->state_at[i]->span,
            list->coverage->states[i])
            ->index = i;
}

/* ---- conditions -------------------------------------------------------------------- */

/* Both ways. Where a condition that is not known counts as not yet, that is its no. */
static void add_guard(Listing *list, CodeRef condition, const Expr *expr, bool unknown_is_no)
{
    if (!condition || !expr)
        return;
    uint8_t judged = list->coverage->judged[condition];
    bool no = judged & 1 << NO || (unknown_is_no && judged & 1 << UNKNOWN);
    CoverageItem *item = add(list, COVER_GUARDS, SIDE_YES, expr->span, judged & 1 << YES);
    item->condition = condition;
    item->expr = expr;
    item = add(list, COVER_GUARDS, SIDE_NO, expr->span, no);
    item->condition = condition;
    item->expr = expr;
}

static void work_guards(Listing *list, uint32_t index)
{
    const Work *work = list->flow->work_at[index];
    const WorkInfo *info = &list->program->works[index];
    const LimitAst *limit = work->first ? work->first : &work->limit;
    add_guard(list, info->only_when, work->only_when, true);
    add_guard(list, info->until, work->until, true);
    add_guard(list, info->when, work->when, true);
    if (info->limit != NO_INDEX)
        add_guard(list, list->program->limits[info->limit].paused_while, limit->paused_while,
                  true);
    uint32_t i = info->intervals.first;
    for (const Interval *interval = work->intervals; interval; interval = interval->next, i++)
        add_guard(list, list->program->intervals[i].when, interval->condition, true);
    i = info->records.first;
    for (const Records *records = work->records; records; records = records->next, i++)
        add_guard(list, list->program->records[i].when, records->when, true);
    i = info->reasons.first;
    for (const RequiresReason *reason = work->reasons; reason; reason = reason->next, i++)
        add_guard(list, list->program->codes[i], reason->when, true);
}

static void event_guards(Listing *list, uint32_t index)
{
    const EventAst *event = list->flow->event_at[index];
    const EventInfo *info = &list->program->events[index];
    if (event->is_work)
        return;
    uint32_t i = info->records.first;
    for (const Records *records = event->records; records; records = records->next, i++)
        add_guard(list, list->program->records[i].when, records->when, true);
    i = info->reasons.first;
    for (const RequiresReason *reason = event->reasons; reason; reason = reason->next, i++)
        add_guard(list, list->program->codes[i], reason->when, true);
}

/* ---- lines ---------------------------------------------------------------------------- */

/* The line of the program at that place; NO_INDEX: it was compiled into no row. */
static uint32_t find_line(const Program *program, Span span)
{
    for (uint32_t i = 0; i < program->alternative_count; i++)
        if (program->alternatives[i].file == span.file &&
            program->alternatives[i].offset == span.offset)
            return i;
    return NO_INDEX;
}

typedef void (*VisitHandler)(Listing *list, const Handler *handler, const Because *block);

static void each_handler(Listing *list, VisitHandler visit)
{
    const Flow *flow = list->flow;
    for (const StateAst *state = flow->states; state; state = state->next)
        for (const Handler *h = state->handlers; h; h = h->next)
            visit(list, h, NULL);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        for (const Handler *h = track->handlers; h; h = h->next)
            visit(list, h, NULL);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        for (const Handler *h = any->handlers; h; h = h->next)
            visit(list, h, any->because);
}

static void handler_transitions(Listing *list, const Handler *handler, const Because *block)
{
    (void)block;
    for (const Line *line = handler->lines; line; line = line->next) {
        uint32_t index = find_line(list->program, line->span);
        if (index == NO_INDEX)
            continue;
        CoverageItem *item =
            add(list, COVER_TRANSITIONS, SIDE_NONE, line->span, list->coverage->lines[index]);
        item->way = TAKEN_LINE;
        item->index = index;
    }
}

static void handler_guards(Listing *list, const Handler *handler, const Because *block)
{
    (void)block;
    for (const Line *line = handler->lines; line; line = line->next) {
        uint32_t index = find_line(list->program, line->span);
        if (index != NO_INDEX)
            add_guard(list, list->program->alternatives[index].guard, line->condition, false);
    }
}

static void list_transitions(Listing *list)
{
    const Program *program = list->program;
    each_handler(list, handler_transitions);
    for (uint32_t s = 0; s < list->flow->state_count; s++) {
        uint32_t i = program->states[s].as_soon.first;
        for (const AsSoonAs *soon = list->flow->state_at[s]->as_soon; soon; soon = soon->next) {
            CoverageItem *item = add(list, COVER_TRANSITIONS, SIDE_NONE, soon->span,
                                     list->coverage->as_soons[i]);
            item->way = TAKEN_AS_SOON;
            item->index = i++;
        }
    }
    for (uint32_t w = 0; w < program->work_count; w++) {
        const Work *work = list->flow->work_at[w];
        if (!program->works[w].missed_go)
            continue;
        CoverageItem *item =
            add(list, COVER_TRANSITIONS, SIDE_NONE,
                work->if_missed.span.length ? work->if_missed.span : work->span,
                list->coverage->missed[w]);
        item->way = TAKEN_MISSED;
        item->index = w;
    }
}

static void list_guards(Listing *list)
{
    const Flow *flow = list->flow;
    each_handler(list, handler_guards);
    for (uint32_t s = 0; s < flow->state_count; s++) {
        uint32_t i = list->program->states[s].as_soon.first;
        for (const AsSoonAs *soon = flow->state_at[s]->as_soon; soon; soon = soon->next, i++)
            add_guard(list, list->program->as_soons[i].condition, soon->condition, true);
    }
    for (uint32_t t = 1; t < flow->track_count; t++) {
        uint32_t i = list->program->tracks[t].starts.first;
        for (const StartsLine *line = flow->track_at[t]->starts; line; line = line->next, i++)
            add_guard(list, list->program->starts[i].condition, line->condition, true);
    }
    for (uint32_t w = 0; w < list->program->work_count; w++)
        work_guards(list, w);
    for (uint32_t e = 0; e < flow->event_count; e++)
        event_guards(list, e);
}

/* ---- limits, reviews, roles ---------------------------------------------------------------
 */

static void add_side(Listing *list, CoverageKind kind, CoverageSide side, uint32_t work,
                     int bit)
{
    add(list, kind, side, list->flow->work_at[work]->span, list->coverage->works[work] & bit)
        ->index = work;
}

static void list_limits(Listing *list)
{
    for (uint32_t i = 0; i < list->program->work_count; i++) {
        const WorkInfo *work = &list->program->works[i];
        if (work->kind == PROGRAM_REVIEW || work->limit == NO_INDEX ||
            !list->program->limits[work->limit].has_limit)
            continue;
        add_side(list, COVER_LIMITS, SIDE_MET, i, SEEN_MET);
        add_side(list, COVER_LIMITS, SIDE_MISSED, i, SEEN_MISSED);
    }
}

static void list_reviews(Listing *list)
{
    for (uint32_t i = 0; i < list->program->work_count; i++) {
        if (list->program->works[i].kind != PROGRAM_REVIEW)
            continue;
        add_side(list, COVER_REVIEWS, SIDE_ON_TIME, i, SEEN_MET);
        add_side(list, COVER_REVIEWS, SIDE_LATE, i, SEEN_LATE);
        add_side(list, COVER_REVIEWS, SIDE_NEVER, i, SEEN_NEVER);
    }
}

/* Those who do something: roles that are only told, or that no line names, do not
 * count. */
static void list_roles(Listing *list)
{
    const Program *program = list->program;
    bool *acts = mem_alloc_array(program->role_count + 1u, sizeof *acts);
    for (uint32_t i = 0; i < program->permit_count; i++)
        acts[program->permits[i].role] = true;
    for (uint32_t i = 0; i < program->role_count; i++)
        acts[i] = acts[i] || program->roles[i].deputies.count > 0;
    for (uint32_t i = 0; i < program->role_count; i++)
        if (acts[i])
            add(list, COVER_ROLES, SIDE_NONE, list->flow->role_at[i]->span,
                list->coverage->roles[i])
                ->index = i;
    free(acts);
}

/* ---- clauses -------------------------------------------------------------------------------
 */

static void cite(Listing *list, const Because *because, bool exercised)
{
    for (; because; because = because->next) {
        if (!because->policy.text || because->policy.index < 0)
            continue;
        for (uint32_t i = list->kind_first; i < list->count; i++) {
            CoverageItem *item = &list->items[i];
            if ((int32_t)item->index != because->policy.index ||
                item->clause != because->clause)
                continue;
            if (!item->cited)
                item->span = because->span;
            item->cited = true;
            item->covered = item->covered || exercised;
        }
    }
}

static bool is_taken(const Listing *list, const Line *line)
{
    uint32_t index = find_line(list->program, line->span);
    return index != NO_INDEX && list->coverage->lines[index];
}

static void handler_clauses(Listing *list, const Handler *handler, const Because *block)
{
    bool any = false;
    for (const Line *line = handler->lines; line; line = line->next) {
        any = any || is_taken(list, line);
        cite(list, line->because, is_taken(list, line));
    }
    for (const Ref *event = handler->events.first; event && handler->kind != HANDLER_ON;
         event = event->next)
        any = any || list->coverage->events[event->index];
    cite(list, handler->because, any);
    cite(list, block, any);
}

/* Something came of it: it was done, missed, or not needed. */
static bool is_exercised(const Listing *list, uint32_t work)
{
    return list->coverage->works[work] & ~SEEN_OPENED;
}

static bool is_period(const DurationAst *duration, uint32_t period)
{
    return duration->period.text && duration->period.index == (int32_t)period;
}

static bool uses_period(const Listing *list, uint32_t work, uint32_t period)
{
    const Work *ast = list->flow->work_at[work];
    const LimitAst *limit = ast->first ? ast->first : &ast->limit;
    if (is_period(&limit->limit, period) || is_period(&limit->target, period))
        return true;
    for (const Interval *interval = ast->intervals; interval; interval = interval->next)
        if (is_period(&interval->every, period))
            return true;
    return false;
}

static bool period_exercised(const Listing *list, uint32_t period)
{
    for (uint32_t i = 0; i < list->program->work_count; i++)
        if (is_exercised(list, i) && uses_period(list, i, period))
            return true;
    return false;
}

static bool mentions(const Expr *expr, int32_t term)
{
    if (expr->kind == EXPR_TERM)
        return expr->ref.index == term;
    for (const Expr *part = expr->parts; part; part = part->next)
        if (mentions(part, term))
            return true;
    return false;
}

/* Some condition that mentions it was true. The guards stand before the clauses. */
static bool term_exercised(const Listing *list, int32_t term)
{
    for (uint32_t i = 0; i < list->kind_first; i++) {
        const CoverageItem *item = &list->items[i];
        if (item->kind == COVER_GUARDS && item->side == SIDE_YES && item->covered &&
            mentions(item->expr, term))
            return true;
    }
    return false;
}

static void cite_declarations(Listing *list)
{
    const Flow *flow = list->flow;
    const Coverage *coverage = list->coverage;
    for (uint32_t i = 0; i < flow->event_count; i++)
        if (!flow->event_at[i]->is_work)
            cite(list, flow->event_at[i]->because, coverage->events[i]);
    for (uint32_t i = 0; i < flow->period_count; i++)
        for (const PeriodValue *value = flow->period_at[i]->values; value; value = value->next)
            cite(list, value->because, period_exercised(list, i));
    for (uint32_t i = 0; i < flow->term_count; i++)
        cite(list, flow->term_at[i]->because, term_exercised(list, (int32_t)i));
    for (uint32_t i = 0; i < flow->rule_count; i++)
        cite(list, flow->rule_at[i]->because, coverage->rules[i]);
    for (uint32_t i = 0; i < flow->role_count; i++) {
        uint32_t deputy = list->program->roles[i].deputies.first;
        cite(list, flow->role_at[i]->because,
             flow->role_at[i]->excludes.first ? coverage->separations[i] : coverage->roles[i]);
        for (const Deputy *d = flow->role_at[i]->deputies; d; d = d->next, deputy++)
            cite(list, d->because, coverage->deputies[deputy]);
    }
}

static void cite_places(Listing *list)
{
    const Flow *flow = list->flow;
    const Coverage *coverage = list->coverage;
    for (uint32_t i = 0; i < flow->state_count; i++) {
        uint32_t soon = list->program->states[i].as_soon.first;
        cite(list, flow->state_at[i]->because, coverage->states[i]);
        for (const AsSoonAs *a = flow->state_at[i]->as_soon; a; a = a->next)
            cite(list, a->because, coverage->as_soons[soon++]);
    }
    for (uint32_t i = 1; i < flow->track_count; i++) {
        uint32_t start = list->program->tracks[i].starts.first;
        cite(list, flow->track_at[i]->because, coverage->tracks[i]);
        for (const StartsLine *line = flow->track_at[i]->starts; line; line = line->next)
            cite(list, line->because, coverage->starts[start++]);
    }
    for (uint32_t i = 0; i < list->program->work_count; i++)
        cite(list, flow->work_at[i]->because, is_exercised(list, i));
    each_handler(list, handler_clauses);
}

static void list_clauses(Listing *list)
{
    for (const PolicyAst *policy = list->flow->policies; policy; policy = policy->next) {
        for (int32_t clause = policy->first_clause; clause <= policy->last_clause; clause++) {
            CoverageItem *item = add(list, COVER_CLAUSES, SIDE_NONE, policy->span, false);
            item->index = (uint32_t)policy->index;
            item->clause = clause;
        }
    }
    cite_declarations(list);
    cite_places(list);
}

/* ---- the whole
 * ---------------------------------------------------------------------------------- */

static int by_place(const void *left, const void *right)
{
    const CoverageItem *a = left, *b = right;
    if (a->kind == COVER_CLAUSES) {
        if (a->index != b->index)
            return a->index < b->index ? -1 : 1;
        return (a->clause > b->clause) - (a->clause < b->clause);
    }
    if (a->span.file != b->span.file)
        return a->span.file < b->span.file ? -1 : 1;
    if (a->span.offset != b->span.offset)
        return a->span.offset < b->span.offset ? -1 : 1;
    return (a->side > b->side) - (a->side < b->side);
}

CoverageItems coverage_items(Coverage *coverage)
{
    static void (*const listings[COVER_KINDS])(Listing * list) = {
        [COVER_STATES] = list_states,   [COVER_TRANSITIONS] = list_transitions,
        [COVER_GUARDS] = list_guards,   [COVER_LIMITS] = list_limits,
        [COVER_REVIEWS] = list_reviews, [COVER_ROLES] = list_roles,
        [COVER_CLAUSES] = list_clauses,
    };
    Listing list = {coverage, &coverage->bundle->flow, coverage->program, NULL, 0, 0, 0};
    CoverageItems all = {0};
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        list.kind_first = list.count;
        listings[kind](&list);
        if (list.count > list.kind_first)
            qsort(list.items + list.kind_first, list.count - list.kind_first,
                  sizeof *list.items, by_place);
        all.count_of[kind] = list.count - list.kind_first;
        for (uint32_t i = list.kind_first; i < list.count; i++)
            all.covered_of[kind] += list.items[i].covered;
    }
    all.items = ARENA_ARRAY(&coverage->arena, list.count + 1, CoverageItem);
    if (list.count)
        memcpy(all.items, list.items, list.count * sizeof *all.items);
    all.count = list.count;
    free(list.items);
    return all;
}
