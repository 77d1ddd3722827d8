#include "compile/compile.h"

#include "base/limits.h"
#include "compile/compile_internal.h"

static void make_room(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    Program *program = compiler->program;
    Arena *arena = &program->arena;
    program->facts = ARENA_ARRAY(arena, flow->fact_count + 1u, FactInfo);
    program->events = ARENA_ARRAY(arena, flow->event_count + 1u, EventInfo);
    program->states = ARENA_ARRAY(arena, flow->state_count + 1u, StateInfo);
    program->tracks = ARENA_ARRAY(arena, flow->track_count + 1u, TrackInfo);
    program->works = ARENA_ARRAY(arena, flow->work_count + 1u, WorkInfo);
    program->roles = ARENA_ARRAY(arena, flow->role_count + 1u, RoleInfo);
    program->windows = ARENA_ARRAY(arena, flow->window_count + 1u, WindowInfo);
    program->rules = ARENA_ARRAY(arena, flow->rule_count + 1u, RuleInfo);
    program->fact_count = flow->fact_count;
    program->event_count = flow->event_count;
    program->state_count = flow->state_count;
    program->track_count = flow->track_count;
    program->work_count = flow->work_count;
    program->role_count = flow->role_count;
    program->window_count = flow->window_count;
    program->rule_count = flow->rule_count;
}

static void make_notes(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    Arena *scratch = &compiler->scratch;
    compiler->periods = ARENA_ARRAY(scratch, flow->period_count + 1u, Slice);
    compiler->is_member =
        ARENA_ARRAY(scratch, (size_t)flow->role_count * flow->role_count + 1u, bool);
    compiler->role_permits = ARENA_ARRAY(scratch, flow->role_count + 1u, Slice);
    compiler->seen = ARENA_ARRAY(scratch, flow->event_count + 1u, uint32_t);
    compiler->work_here = ARENA_ARRAY(scratch, flow->event_count + 1u, uint32_t);
    compiler->works_of = ARENA_ARRAY(scratch, flow->event_count + 1u, uint32_t);
}

static void compile_head(Compiler *compiler)
{
    const WorkflowAst *workflow = compiler->flow->workflow;
    const char *zone = workflow->zone_name ? workflow->zone_name : "Europe/London";
    Program *program = compiler->program;
    Error err = {0};
    program->name = compile_name(compiler, workflow->name);
    program->version = compile_name(compiler, workflow->version);
    program->in_force = workflow->in_force.day;
    if (!zone_parse(zone, &program->zone, &err))
        diag_add(&compiler->bundle->diags, workflow->zone_span, "CF319",
                 "there is no time zone \"%s\" here", zone);
}

static void compile_rows(Compiler *compiler)
{
    code_emit(compiler, OP_END, 0); /* the empty piece, CodeRef 0 */
    compile_roles(compiler);
    compile_facts(compiler);
    compile_events(compiler);
    compile_windows(compiler);
    compile_rules(compiler);
    compile_tracks(compiler);
    compile_works(compiler);
    compile_states(compiler);
    if (!compiler->too_large)
        compile_reverse(compiler);
}

/* The record has to be bounded too: windows keep as many days as they count. */
static bool check_size(Compiler *compiler, Error *err)
{
    program_lay_out(compiler->program);
    if (!compiler->too_large && compiler->program->slot_count <= LIMIT_PROGRAM_WORDS)
        return true;
    const WorkflowAst *workflow = compiler->flow->workflow;
    Diag *diag = diag_add(&compiler->bundle->diags, workflow->name_span, "CF010",
                          "this flow is too large to run: more than %u steps in all",
                          LIMIT_PROGRAM_WORDS);
    diag_help(&compiler->bundle->diags, diag,
              "Terms are written out wherever they are used, and the work of a state wherever "
              "a case goes to it. Use fewer terms inside terms, or split the flow.");
    return error_kind(err, ERROR_LIMIT, "the flow '%s' is too large to run", workflow->name);
}

static bool compile_all(Compiler *compiler, Error *err)
{
    size_t errors = compiler->bundle->diags.errors;
    make_room(compiler);
    make_notes(compiler);
    compile_head(compiler);
    compile_rows(compiler);
    bool good = compile_program_calendar(compiler, err) && check_size(compiler, err);
    if (good && compiler->bundle->diags.errors > errors)
        good = error_set(err, "the flow '%s' has errors", compiler->flow->workflow->name);
    return good;
}

Program *compile_bundle(Bundle *bundle, Error *err)
{
    if (bundle->diags.errors > 0 || !bundle->flow.workflow) {
        error_set(err,
                  bundle->flow.workflow ? "the flow has errors" : "there is no workflow here");
        return NULL;
    }
    Compiler compiler = {.bundle = bundle, .flow = &bundle->flow, .program = program_new()};
    bool good = compile_all(&compiler, err);
    if (good)
        tables_move_to_arena(&compiler);
    else
        tables_free(&compiler);
    arena_clear(&compiler.scratch);
    if (good && program_verify(compiler.program, err))
        return compiler.program;
    program_free(compiler.program);
    return NULL;
}
