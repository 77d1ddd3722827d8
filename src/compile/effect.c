/* A transition is worked out here, not while cases run: which work to close,
 * which state to enter, what to open. */
#include "compile/compile_internal.h"

/* One line's effects happen in this order whatever order it names them in: facts,
 * then moves, then runs that end, then runs that start (so that a track which
 * ends and starts by one line is a new run), then messages. */
enum { PHASE_RECORD, PHASE_MOVE, PHASE_END, PHASE_START, PHASE_TELL, PHASE_COUNT };

typedef struct EffectInfo {
    int phase;
    OpCode op; /* of what does not move */
} EffectInfo;

static const EffectInfo effect_info[] = {
    [EFFECT_GO_TO] = {PHASE_MOVE, OP_END},     [EFFECT_STAY] = {PHASE_MOVE, OP_END},
    [EFFECT_AGAIN] = {PHASE_MOVE, OP_END},     [EFFECT_RECORD] = {PHASE_RECORD, OP_RECORD_FACT},
    [EFFECT_START] = {PHASE_START, OP_START},  [EFFECT_END] = {PHASE_END, OP_STOP},
    [EFFECT_NOTIFY] = {PHASE_TELL, OP_NOTIFY}, [EFFECT_ESCALATE] = {PHASE_TELL, OP_ESCALATE},
    [EFFECT_FLAG] = {PHASE_TELL, OP_FLAG},
};

/* ---- moves ------------------------------------------------------------------- */

static void emit_enter(Compiler *compiler, const StateAst *state)
{
    code_emit(compiler, OP_ENTER, (uint32_t)state->index);
    for (const Work *work = state->works; work && !compiler->too_large; work = work->next)
        code_emit(compiler, OP_OPEN, (uint32_t)work->index);
    if (state->ends_here)
        code_emit(compiler, OP_FINISH, (uint32_t)state->track);
}

static void emit_leave(Compiler *compiler, Origin origin)
{
    if (!origin.state) {
        code_emit(compiler, OP_LEAVE, origin.track);
        return;
    }
    for (const Work *work = origin.state->works; work && !compiler->too_large;
         work = work->next)
        code_emit(compiler, OP_CLOSE, (uint32_t)work->index);
}

const StateAst *effects_target(const Compiler *compiler, const Effect *effects, Origin origin)
{
    for (const Effect *effect = effects; effect; effect = effect->next) {
        if (effect->kind == EFFECT_GO_TO)
            return compiler->flow->state_at[effect->ref.index];
        if (effect->kind == EFFECT_AGAIN)
            return origin.state;
    }
    return NULL;
}

CodeRef compile_enter(Compiler *compiler, const StateAst *state)
{
    CodeRef begin = code_begin(compiler);
    emit_enter(compiler, state);
    return code_end(compiler, begin);
}

/* `track` is NULL for the main line, `start` for a list of work. */
CodeRef compile_begin(Compiler *compiler, const TrackAst *track, const StateAst *start)
{
    CodeRef begin = code_begin(compiler);
    for (const Work *work = track ? track->works : NULL; work && !compiler->too_large;
         work = work->next)
        code_emit(compiler, OP_OPEN, (uint32_t)work->index);
    if (start)
        emit_enter(compiler, start);
    return code_end(compiler, begin);
}

CodeRef compile_leave_and_enter(Compiler *compiler, uint32_t track, const StateAst *state)
{
    CodeRef begin = code_begin(compiler);
    emit_leave(compiler, (Origin){track, NULL});
    emit_enter(compiler, state);
    return code_end(compiler, begin);
}

/* ---- the other effects ----------------------------------------------------------- */

static void emit_effect(Compiler *compiler, const Effect *effect)
{
    OpCode op = effect_info[effect->kind].op;
    uint32_t operand = (uint32_t)effect->ref.index;
    if (op == OP_RECORD_FACT)
        code_emit(compiler, OP_PUSH_CONST, compile_value(compiler, effect->value));
    if (op == OP_FLAG)
        operand = append_texts(compiler, compile_name(compiler, effect->text));
    code_emit(compiler, op, operand);
}

static void emit_phase(Compiler *compiler, const Effect *effects, int phase)
{
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect_info[effect->kind].phase == phase)
            emit_effect(compiler, effect);
}

CodeRef compile_side_effects(Compiler *compiler, const Effect *effects)
{
    CodeRef begin = code_begin(compiler);
    for (int phase = 0; phase < PHASE_COUNT; phase++)
        if (phase != PHASE_MOVE)
            emit_phase(compiler, effects, phase);
    return code_end(compiler, begin);
}

CodeRef compile_effects(Compiler *compiler, const Effect *effects, Origin origin)
{
    const StateAst *target = effects_target(compiler, effects, origin);
    CodeRef begin = code_begin(compiler);
    for (int phase = 0; phase < PHASE_COUNT; phase++) {
        if (phase != PHASE_MOVE) {
            emit_phase(compiler, effects, phase);
        } else if (target) {
            emit_leave(compiler, origin);
            emit_enter(compiler, target);
        }
    }
    return code_end(compiler, begin);
}
