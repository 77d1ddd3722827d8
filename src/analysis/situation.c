#include "analysis/situation.h"

#include <string.h>

#define STEPS_MAX     20000u
#define VARIABLES_MAX 64u
#define STANDINGS_MAX 64u

Situation situation_new(const Flow *flow, const Domain *domains, Arena *arena)
{
    Situation situation = {.flow = flow, .domains = domains};
    situation.fact = ARENA_ARRAY(arena, flow->fact_count + 1, int8_t);
    situation.track = ARENA_ARRAY(arena, flow->track_count + 1, int32_t);
    situation.window = ARENA_ARRAY(arena, flow->window_count + 1, int8_t);
    return situation;
}

void situation_forget(Situation *situation)
{
    const Flow *flow = situation->flow;
    memset(situation->fact, 0xFF, flow->fact_count); /* -1 */
    memset(situation->window, 0xFF, flow->window_count);
    for (uint32_t i = 0; i < flow->track_count; i++)
        situation->track[i] = STANDING_OPEN;
    situation->tasks = -1;
}

/* ---- judging ---------------------------------------------------------------- */

static Verdict negate(Verdict verdict)
{
    return verdict == IS_YES ? IS_NO : verdict == IS_NO ? IS_YES : verdict;
}

static Verdict both(Verdict a, Verdict b)
{
    if (a == IS_NO || b == IS_NO)
        return IS_NO;
    if (a == IS_OPEN || b == IS_OPEN)
        return IS_OPEN;
    return a == IS_UNKNOWN || b == IS_UNKNOWN ? IS_UNKNOWN : IS_YES;
}

static Verdict yes_if(bool yes)
{
    return yes ? IS_YES : IS_NO;
}

static int fact_bit(const Situation *situation, int32_t fact)
{
    return situation->own && !situation->own[fact] ? 0 : situation->fact[fact];
}

static Verdict judge_fact(const Situation *situation, const Expr *expr)
{
    int bit = fact_bit(situation, expr->ref.index);
    if (bit < 0)
        return IS_OPEN;
    if (expr->kind == EXPR_KNOWN || expr->kind == EXPR_NOT_KNOWN)
        return yes_if((bit > 0) == (expr->kind == EXPR_KNOWN));
    if (bit == 0)
        return IS_UNKNOWN;
    PieceSet yes = domain_matching(&situation->domains[expr->ref.index], expr);
    return yes_if(yes >> bit & 1);
}

static bool runs(const Flow *flow, int32_t standing)
{
    return standing == STANDING_RUNNING ||
           (standing >= STANDING_AT && !flow->state_at[standing - STANDING_AT]->ends_here);
}

static Verdict judge_track(const Situation *situation, const Expr *expr)
{
    int32_t standing = situation->track[expr->ref.index];
    if (standing == STANDING_OPEN)
        return IS_OPEN;
    bool running = runs(situation->flow, standing);
    switch (expr->kind) {
    case EXPR_TRACK_RUNNING:
        return yes_if(running);
    case EXPR_TRACK_NOT_RUNNING:
        return yes_if(!running);
    case EXPR_TRACK_ENDED:
        return yes_if(!running && standing != STANDING_NEVER);
    case EXPR_TRACK_NOT_ENDED:
        return yes_if(running || standing == STANDING_NEVER);
    case EXPR_TRACK_AT:
        return yes_if(standing == STANDING_AT + expr->state.index);
    default:
        return yes_if(standing != STANDING_AT + expr->state.index);
    }
}

static Verdict judge_switch(int8_t value)
{
    return value < 0 ? IS_OPEN : yes_if(value);
}

static Verdict judge_parts(const Situation *situation, const Expr *expr)
{
    bool is_or = expr->kind == EXPR_OR;
    Verdict verdict = IS_YES;
    for (const Expr *part = expr->parts; part; part = part->next) {
        Verdict one = situation_judge(situation, part);
        verdict = both(verdict, is_or ? negate(one) : one);
    }
    return is_or ? negate(verdict) : verdict;
}

Verdict situation_judge(const Situation *situation, const Expr *expr)
{
    if (!expr)
        return IS_YES;
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        return judge_parts(situation, expr);
    case EXPR_NOT:
        return negate(situation_judge(situation, expr->parts));
    case EXPR_TERM:
        return situation_judge(situation, situation->flow->term_at[expr->ref.index]->condition);
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        return judge_fact(situation, expr);
    case EXPR_WINDOW:
        return judge_switch(situation->window[expr->window_index]);
    case EXPR_ALL_TASKS_DONE:
        return judge_switch(situation->tasks);
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        break;
    }
    return judge_track(situation, expr);
}

/* ---- what the conditions look at ---------------------------------------------- */

typedef enum VariableKind { ASKS_FACT, ASKS_TRACK, ASKS_WINDOW, ASKS_TASKS } VariableKind;

typedef struct Variable {
    VariableKind kind;
    uint32_t index;
} Variable;

typedef struct Walk {
    Situation *situation;
    const Expr *const *exprs;
    uint32_t expr_count;
    const Supposing *supposing;
    SituationVisit visit;
    void *context;
    Variable variables[VARIABLES_MAX];
    uint32_t variable_count, steps;
    bool too_many;
} Walk;

static void ask(Walk *walk, VariableKind kind, int32_t index)
{
    for (uint32_t i = 0; i < walk->variable_count; i++)
        if (walk->variables[i].kind == kind && walk->variables[i].index == (uint32_t)index)
            return;
    if (walk->variable_count == VARIABLES_MAX)
        walk->too_many = true;
    else
        walk->variables[walk->variable_count++] = (Variable){kind, (uint32_t)index};
}

static void ask_all(Walk *walk, const Expr *expr)
{
    if (!expr)
        return;
    for (const Expr *part = expr->parts; part; part = part->next)
        ask_all(walk, part);
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        return;
    case EXPR_TERM:
        ask_all(walk, walk->situation->flow->term_at[expr->ref.index]->condition);
        return;
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        walk->too_many |= walk->situation->domains[expr->ref.index].too_wide;
        ask(walk, ASKS_FACT, expr->ref.index);
        return;
    case EXPR_WINDOW:
        ask(walk, ASKS_WINDOW, expr->window_index);
        return;
    case EXPR_ALL_TASKS_DONE:
        ask(walk, ASKS_TASKS, 0);
        return;
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        break;
    }
    ask(walk, ASKS_TRACK, expr->ref.index);
}

static bool mentions(const Flow *flow, const Expr *expr, int32_t state)
{
    if (!expr)
        return false;
    if (expr->kind == EXPR_TERM)
        return mentions(flow, flow->term_at[expr->ref.index]->condition, state);
    bool found = (expr->kind == EXPR_TRACK_AT || expr->kind == EXPR_TRACK_NOT_AT) &&
                 expr->state.index == state;
    for (const Expr *part = expr->parts; part && !found; part = part->next)
        found = mentions(flow, part, state);
    return found;
}

static bool is_mentioned(const Walk *walk, int32_t state)
{
    for (uint32_t i = 0; i < walk->expr_count; i++)
        if (mentions(walk->situation->flow, walk->exprs[i], state))
            return true;
    return false;
}

/* The states asked about, and one running and one ended stand for all others. */
static uint32_t standings_of(const Walk *walk, int32_t track, int32_t *standings)
{
    const Flow *flow = walk->situation->flow;
    uint32_t count = 0;
    bool any = false, running = false, ended = false;
    if (track)
        standings[count++] = STANDING_NEVER;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (state->track != track)
            continue;
        any = true;
        bool *seen = state->ends_here ? &ended : &running;
        bool named = is_mentioned(walk, state->index);
        if ((!named && *seen) || count + 2 > STANDINGS_MAX)
            continue;
        *seen = *seen || !named;
        standings[count++] = STANDING_AT + state->index;
    }
    if (track && !any)
        standings[count++] = STANDING_RUNNING;
    if (track)
        standings[count++] = STANDING_ENDED;
    return count;
}

/* ---- the walk -------------------------------------------------------------------- */

static bool walk_on(Walk *walk, uint32_t depth);

static bool walk_fact(Walk *walk, uint32_t depth, uint32_t fact)
{
    const Domain *domain = &walk->situation->domains[fact];
    PieceSet set = walk->supposing->facts ? walk->supposing->facts[fact] : domain_all(domain);
    bool on = true;
    for (uint32_t bit = 1; bit <= domain->count && on; bit++)
        if (set >> bit & 1) {
            walk->situation->fact[fact] = (int8_t)bit;
            on = walk_on(walk, depth + 1);
        }
    if (on && set & PIECE_UNKNOWN) {
        walk->situation->fact[fact] = 0;
        on = walk_on(walk, depth + 1);
    }
    walk->situation->fact[fact] = -1;
    return on;
}

static bool walk_track(Walk *walk, uint32_t depth, uint32_t track)
{
    int32_t *slot = &walk->situation->track[track];
    if (*slot != STANDING_OPEN)
        return walk_on(walk, depth + 1);
    int32_t standings[STANDINGS_MAX];
    uint32_t count = standings_of(walk, (int32_t)track, standings);
    bool on = true;
    for (uint32_t i = 0; i < count && on; i++) {
        *slot = standings[i];
        on = walk_on(walk, depth + 1);
    }
    *slot = STANDING_OPEN;
    return on;
}

static bool walk_switch(Walk *walk, uint32_t depth, int8_t *slot)
{
    bool on = true;
    for (int8_t value = 0; value < 2 && on; value++) {
        *slot = value;
        on = walk_on(walk, depth + 1);
    }
    *slot = -1;
    return on;
}

static bool is_decided(const Walk *walk)
{
    for (uint32_t i = 0; i < walk->expr_count; i++)
        if (situation_judge(walk->situation, walk->exprs[i]) == IS_OPEN)
            return false;
    return true;
}

static bool walk_on(Walk *walk, uint32_t depth)
{
    if (++walk->steps > STEPS_MAX)
        walk->too_many = true;
    if (walk->too_many)
        return false;
    if (is_decided(walk))
        return walk->visit(walk->context, walk->situation);
    Variable variable = walk->variables[depth];
    switch (variable.kind) {
    case ASKS_FACT:
        return walk_fact(walk, depth, variable.index);
    case ASKS_TRACK:
        return walk_track(walk, depth, variable.index);
    case ASKS_WINDOW:
        return walk_switch(walk, depth, &walk->situation->window[variable.index]);
    case ASKS_TASKS:
        break;
    }
    return walk_switch(walk, depth, &walk->situation->tasks);
}

bool situations_each(Situation *situation, const Expr *const *exprs, uint32_t count,
                     const Supposing *supposing, SituationVisit visit, void *context)
{
    Walk walk = {.situation = situation,
                 .exprs = exprs,
                 .expr_count = count,
                 .supposing = supposing,
                 .visit = visit,
                 .context = context};
    situation_forget(situation);
    if (supposing->here >= 0)
        situation->track[situation->flow->state_at[supposing->here]->track] =
            STANDING_AT + supposing->here;
    if (supposing->track >= 0)
        situation->track[supposing->track] = STANDING_RUNNING;
    for (uint32_t i = 0; i < count; i++)
        ask_all(&walk, exprs[i]);
    if (!walk.too_many)
        walk_on(&walk, 0);
    return !walk.too_many;
}

/* ---- in words ---------------------------------------------------------------------- */

static void write_comma(Text *out)
{
    if (out->length)
        text_add(out, ", ");
}

static void write_facts(const Situation *situation, Text *out)
{
    const Flow *flow = situation->flow;
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        int bit = situation->fact[i];
        if (bit < 0)
            continue;
        write_comma(out);
        text_add(out, flow->fact_at[i]->name);
        if (bit == 0) {
            text_add(out, " not known");
            continue;
        }
        FactType type = flow->fact_at[i]->type;
        if (type == FACT_TEXT || type == FACT_PERSON) {
            text_add(out, " known");
            continue;
        }
        text_add_char(out, ' ');
        domain_write(flow->fact_at[i], &situation->domains[i].pieces[bit - 1], out);
    }
}

static void write_track(const Flow *flow, int32_t track, int32_t standing, Text *out)
{
    const char *name = flow->track_at[track]->name;
    write_comma(out);
    if (standing == STANDING_NEVER)
        text_addf(out, "%s never started", name);
    else if (standing == STANDING_RUNNING)
        text_addf(out, "%s running", name);
    else if (standing == STANDING_ENDED)
        text_addf(out, "%s ended", name);
    else
        text_addf(out, "%s at %s", name, flow->state_at[standing - STANDING_AT]->name);
}

void situation_write(const Situation *situation, Text *out)
{
    const Flow *flow = situation->flow;
    write_facts(situation, out);
    for (uint32_t i = 1; i < flow->track_count; i++)
        if (situation->track[i] != STANDING_OPEN)
            write_track(flow, (int32_t)i, situation->track[i], out);
    for (uint32_t i = 0; i < flow->window_count; i++) {
        if (situation->window[i] < 0)
            continue;
        write_comma(out);
        text_addf(out, "%s %s %d times lately", flow->event_at[flow->window_at[i].event]->name,
                  situation->window[i] ? "at least" : "less than", flow->window_at[i].count);
    }
    if (situation->tasks >= 0) {
        write_comma(out);
        text_add(out, situation->tasks ? "all tasks done" : "a task still open");
    }
}
