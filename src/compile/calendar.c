/* Declared calendars become tables of days. A calendar that adds or takes away
 * others needs those first; they are built once each and thrown away after. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "compile/compile_internal.h"

typedef enum BuildState { BUILD_NOT, BUILD_GOING, BUILD_DONE } BuildState;

typedef struct Builder {
    const Flow *flow;
    Calendar **built;          /* owned, with what it holds; by calendar */
    BuildState *state;         /* owned; by calendar */
    uint32_t count;            /* of calendars taken in hand */
    const CalendarAst *failed; /* the one that cannot be made; NULL: none */
    Arena arena;
    Error *err;
} Builder;

static bool build(Builder *builder, const CalendarAst *ast);

static bool build_parts(Builder *builder, const RefList *refs)
{
    for (const Ref *ref = refs->first; ref; ref = ref->next) {
        if (builder->state[ref->index] == BUILD_GOING)
            return error_set(builder->err, "the calendar '%s' is made of itself", ref->text);
        if (!build(builder, builder->flow->calendar_at[ref->index]))
            return false;
    }
    return true;
}

static const Calendar **parts_of(Builder *builder, const RefList *refs)
{
    const Calendar **parts = ARENA_ARRAY(&builder->arena, refs->count + 1u, const Calendar *);
    uint32_t i = 0;
    for (const Ref *ref = refs->first; ref; ref = ref->next)
        parts[i++] = builder->built[ref->index];
    return parts;
}

static const CalendarRule *rules_of(Builder *builder, const CalendarAst *ast, size_t *count)
{
    for (const CalendarRuleAst *rule = ast->rules; rule; rule = rule->next)
        (*count)++;
    CalendarRule *rules = ARENA_ARRAY(&builder->arena, *count + 1, CalendarRule);
    size_t i = 0;
    for (const CalendarRuleAst *rule = ast->rules; rule; rule = rule->next)
        rules[i++] = rule->rule;
    return rules;
}

static Calendar *make(Builder *builder, const CalendarAst *ast)
{
    CalendarSpec spec = {
        .name = ast->name,
        .label = ast->label,
        .has_hours = ast->has_hours,
        .cut_off = ast->cut_off,
        .first_year = ast->first_year,
        .published_year = ast->published_year,
        .last_year = ast->last_year,
        .plus = parts_of(builder, &ast->plus),
        .plus_count = ast->plus.count,
        .minus = parts_of(builder, &ast->minus),
        .minus_count = ast->minus.count,
    };
    memcpy(spec.working_days, ast->working_days, sizeof spec.working_days);
    memcpy(spec.hours, ast->hours, sizeof spec.hours);
    spec.rules = rules_of(builder, ast, &spec.rule_count);
    return calendar_new(&spec, builder->err);
}

static bool build_with_parts(Builder *builder, const CalendarAst *ast)
{
    if (++builder->count > LIMIT_CALENDARS)
        return error_kind(builder->err, ERROR_LIMIT,
                          "a calendar is made of more than %u calendars, '%s' among them",
                          LIMIT_CALENDARS, ast->name);
    builder->state[ast->index] = BUILD_GOING;
    if (!build_parts(builder, &ast->plus) || !build_parts(builder, &ast->minus))
        return false;
    builder->built[ast->index] = make(builder, ast);
    builder->state[ast->index] = BUILD_DONE;
    return builder->built[ast->index] != NULL;
}

/* As deep as calendars are made of one another, LIMIT_CALENDARS at most. */
static bool build(Builder *builder, const CalendarAst *ast)
{
    if (builder->state[ast->index] == BUILD_DONE || build_with_parts(builder, ast))
        return true;
    if (!builder->failed)
        builder->failed = ast;
    return false;
}

static Calendar *build_one(const Flow *flow, const CalendarAst *ast, const CalendarAst **failed,
                           Error *err)
{
    Builder builder = {.flow = flow, .err = err};
    builder.built = mem_alloc_array(flow->calendar_count, sizeof *builder.built);
    builder.state = mem_alloc_array(flow->calendar_count, sizeof *builder.state);
    Calendar *calendar = NULL;
    if (build(&builder, ast)) {
        calendar = builder.built[ast->index];
        builder.built[ast->index] = NULL;
    }
    for (uint32_t i = 0; i < flow->calendar_count; i++)
        calendar_free(builder.built[i]);
    free(builder.built);
    free(builder.state);
    arena_clear(&builder.arena);
    *failed = builder.failed;
    return calendar;
}

Calendar *compile_calendar(const Bundle *bundle, const CalendarAst *calendar, Error *err)
{
    const CalendarAst *failed;
    return build_one(&bundle->flow, calendar, &failed, err);
}

bool compile_program_calendar(Compiler *compiler, Error *err)
{
    const Flow *flow = compiler->flow;
    const Ref *used = &flow->workflow->calendar;
    const CalendarAst *failed;
    if (!used->text)
        return true;
    compiler->program->calendar = build_one(flow, flow->calendar_at[used->index], &failed, err);
    if (compiler->program->calendar)
        return true;
    diag_add(&compiler->bundle->diags, failed->name_span,
             err->kind == ERROR_LIMIT ? "CF010" : "CF322", "%s", err->text);
    return false;
}
