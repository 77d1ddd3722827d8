#include "analysis/domain.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"

#define PIECES_MAX 62u /* and one bit for "not known" */

/* The constants that one fact is compared with. */
typedef struct Cuts {
    int64_t *at; /* owned */
    size_t count, capacity;
} Cuts;

static int64_t constant_of(const Value *value)
{
    switch (value->kind) {
    case VALUE_DATE:
        return value->day;
    case VALUE_YES:
        return 1;
    case VALUE_NAME:
        return value->name.index;
    case VALUE_NUMBER:
        return value->number;
    case VALUE_NO:
    case VALUE_TEXT:
        break;
    }
    return 0;
}

/* ---- where the flow cuts ---------------------------------------------------- */

static void cut_by(const Expr *expr, Cuts *cuts)
{
    if (!expr)
        return;
    for (const Expr *part = expr->parts; part; part = part->next)
        cut_by(part, cuts);
    if (expr->kind != EXPR_COMPARE)
        return;
    Cuts *mine = &cuts[expr->ref.index];
    for (const Value *value = expr->values; value; value = value->next) {
        mine->at = mem_grow(mine->at, &mine->capacity, mine->count + 1, sizeof *mine->at);
        mine->at[mine->count++] = constant_of(value);
    }
}

static void cut_records(const Records *records, const RequiresReason *reasons, Cuts *cuts)
{
    for (; records; records = records->next)
        cut_by(records->when, cuts);
    for (; reasons; reasons = reasons->next)
        cut_by(reasons->when, cuts);
}

static void cut_handlers(const Handler *handler, Cuts *cuts)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next) {
            cut_by(line->condition, cuts);
            for (const Effect *effect = line->effects; effect; effect = effect->next)
                if (effect->kind == EFFECT_RECORD) {
                    Expr compare = {.kind = EXPR_COMPARE, .ref = effect->ref};
                    Value value = *effect->value;
                    value.next = NULL;
                    compare.values = &value;
                    cut_by(&compare, cuts);
                }
        }
}

static void cut_work(const Work *work, Cuts *cuts)
{
    cut_by(work->only_when, cuts);
    cut_by(work->until, cuts);
    cut_by(work->when, cuts);
    cut_by(work->limit.paused_while, cuts);
    for (const Interval *interval = work->intervals; interval; interval = interval->next)
        cut_by(interval->condition, cuts);
    cut_records(work->records, work->reasons, cuts);
}

static void cut_all(const Flow *flow, Cuts *cuts)
{
    for (const TermAst *term = flow->terms; term; term = term->next)
        cut_by(term->condition, cuts);
    for (const EventAst *event = flow->events; event; event = event->next)
        cut_records(event->records, event->reasons, cuts);
    for (uint32_t i = 0; i < flow->work_count; i++)
        cut_work(flow->work_at[i], cuts);
    for (const StateAst *state = flow->states; state; state = state->next) {
        cut_handlers(state->handlers, cuts);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            cut_by(soon->condition, cuts);
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next) {
        cut_handlers(track->handlers, cuts);
        for (const StartsLine *start = track->starts; start; start = start->next)
            cut_by(start->condition, cuts);
    }
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        cut_handlers(any->handlers, cuts);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        cut_by(rule->condition, cuts);
}

/* ---- the pieces ----------------------------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

static void add_piece(Domain *domain, int64_t least, int64_t most)
{
    if (least > most)
        return;
    if (domain->count >= PIECES_MAX)
        domain->too_wide = true;
    else
        domain->pieces[domain->count++] = (Piece){least, most};
}

/* Each constant is a piece, and so is what lies between two. */
static void cut_range(Domain *domain, Cuts *cuts, int64_t least, int64_t most)
{
    if (cuts->count)
        qsort(cuts->at, cuts->count, sizeof *cuts->at, ascending);
    int64_t from = least;
    for (size_t i = 0; i < cuts->count; i++) {
        int64_t at = cuts->at[i];
        if (at < from || at > most)
            continue;
        add_piece(domain, from, at - 1);
        add_piece(domain, at, at);
        from = at + 1;
    }
    add_piece(domain, from, most);
}

static void make_domain(const FactAst *fact, Cuts *cuts, Domain *domain)
{
    switch (fact->type) {
    case FACT_ONE_OF:
        for (int64_t i = 0; i < fact->value_count; i++)
            add_piece(domain, i, i);
        break;
    case FACT_YES_NO:
        add_piece(domain, 1, 1);
        add_piece(domain, 0, 0);
        break;
    case FACT_NUMBER:
        cut_range(domain, cuts, fact->has_range ? fact->least : -LIMIT_NUMBER,
                  fact->has_range ? fact->most : LIMIT_NUMBER);
        break;
    case FACT_DATE:
        cut_range(domain, cuts, day_from_civil((Civil){LIMIT_YEAR_FIRST, 1, 1}),
                  day_from_civil((Civil){LIMIT_YEAR_LAST, 12, 31}));
        break;
    case FACT_TEXT:
    case FACT_PERSON:
        add_piece(domain, 1, 1);
        break;
    }
}

Domain *domains_new(const Flow *flow, Arena *arena)
{
    Domain *domains = ARENA_ARRAY(arena, flow->fact_count + 1, Domain);
    Cuts *cuts = mem_alloc_array(flow->fact_count + 1, sizeof *cuts);
    cut_all(flow, cuts);
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        domains[i].pieces = ARENA_ARRAY(arena, PIECES_MAX, Piece);
        make_domain(flow->fact_at[i], &cuts[i], &domains[i]);
        free(cuts[i].at);
    }
    free(cuts);
    return domains;
}

/* ---- comparing ------------------------------------------------------------------ */

/* A piece is never cut by a constant of the flow, so its least stands for all. */
static bool holds(int64_t value, CompareOp op, const Value *with)
{
    switch (op) {
    case COMPARE_UNDER:
        return value < constant_of(with);
    case COMPARE_OVER:
        return value > constant_of(with);
    case COMPARE_AT_LEAST:
        return value >= constant_of(with);
    case COMPARE_AT_MOST:
        return value <= constant_of(with);
    case COMPARE_IS:
    case COMPARE_IS_NOT:
    case COMPARE_ONE_OF:
    case COMPARE_NOT_ONE_OF:
        break;
    }
    bool found = false;
    for (; with && !found; with = with->next)
        found = constant_of(with) == value;
    return found == (op == COMPARE_IS || op == COMPARE_ONE_OF);
}

PieceSet domain_matching(const Domain *domain, const Expr *compare)
{
    PieceSet set = 0;
    for (uint32_t i = 0; i < domain->count; i++)
        if (holds(domain->pieces[i].least, compare->op, compare->values))
            set |= UINT64_C(2) << i;
    return set;
}

/* ---- writing --------------------------------------------------------------------- */

/* One that a person would think of: nought where the piece allows it. */
static int64_t plain_number(const Piece *piece)
{
    if (piece->least > 0 || piece->most < 0)
        return piece->least > 0 ? piece->least : piece->most;
    return 0;
}

static void write_date(const Piece *piece, Text *out)
{
    const int64_t usual = day_from_civil((Civil){2021, 3, 1});
    int64_t day = usual < piece->least  ? piece->least
                  : usual > piece->most ? piece->most
                                        : usual;
    Civil civil = day_to_civil((Day)day);
    text_addf(out, "%d %s %d", civil.day, month_name(civil.month), civil.year);
}

void domain_write(const FactAst *fact, const Piece *piece, Text *out)
{
    const FactValue *value = fact->values;
    switch (fact->type) {
    case FACT_ONE_OF:
        for (int64_t i = 0; i < piece->least; i++)
            value = value->next;
        text_add(out, value->name);
        return;
    case FACT_YES_NO:
        text_add(out, piece->least ? "yes" : "no");
        return;
    case FACT_NUMBER:
        text_addf(out, "%lld", (long long)plain_number(piece));
        return;
    case FACT_DATE:
        write_date(piece, out);
        return;
    case FACT_TEXT:
        text_add(out, "\"something\"");
        return;
    case FACT_PERSON:
        text_add(out, "\"Ann\"");
        return;
    }
}
