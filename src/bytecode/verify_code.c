/* Straight-line code with nested forward jumps. A jump keeps the truth value on
 * top of the stack; the jumps that are under way at one place nest (a later one
 * ends no later, and deeper), and nothing below the value that the innermost
 * keeps is touched until it lands. So the depth and the kinds of values at a
 * landing follow from the depth alone, and one pass without memory per
 * instruction is enough. */
#include "bytecode/verify_internal.h"

#include <assert.h>

#include "base/limits.h"

typedef enum Kind {
    KIND_NONE = 0,
    KIND_TRUTH,    /* NO, YES or UNKNOWN */
    KIND_VALUE,    /* of any fact */
    KIND_LISTED,   /* of a one-of or yes-no fact: small enough for a bit mask */
    KIND_CONSTANT, /* counts as a value of any kind */
} Kind;

/* What an operation takes; KIND_NONE where it takes nothing. All that it takes is
 * of one kind. */
static const Kind takes[OP_COUNT] = {
    [OP_IS] = KIND_VALUE,
    [OP_IS_NOT] = KIND_VALUE,
    [OP_UNDER] = KIND_VALUE,
    [OP_OVER] = KIND_VALUE,
    [OP_AT_LEAST] = KIND_VALUE,
    [OP_AT_MOST] = KIND_VALUE,
    [OP_ONE_OF] = KIND_LISTED,
    [OP_NOT] = KIND_TRUTH,
    [OP_AND] = KIND_TRUTH,
    [OP_OR] = KIND_TRUTH,
    [OP_SKIP_IF_NO] = KIND_TRUTH,
    [OP_SKIP_IF_YES] = KIND_TRUTH,
    [OP_RECORD_FACT] = KIND_CONSTANT,
};

typedef struct Jump {
    uint32_t target, depth;
} Jump;

typedef struct Walk {
    Verifier *verifier;
    unsigned char use; /* of the piece in hand */
    uint32_t at;       /* the instruction in hand */
    uint32_t depth, jump_count;
    Kind kinds[LIMIT_VM_STACK];
    int64_t constants[LIMIT_VM_STACK]; /* value where the kind is KIND_CONSTANT */
    Jump jumps[LIMIT_VM_STACK];        /* under way, innermost last */
} Walk;

static bool fail(Walk *walk, const char *what)
{
    return verify_fail(walk->verifier, "code %u: %s", walk->at, what);
}

static bool operand_ok(const Program *program, OpCode op, uint32_t operand)
{
    const uint32_t bounds[] = {
        [OPERAND_NONE] = 1,
        [OPERAND_CONST] = program->constant_count,
        [OPERAND_FACT] = program->fact_count,
        [OPERAND_TRUTH] = UNKNOWN + 1,
        [OPERAND_TRACK] = program->track_count,
        [OPERAND_STATE] = program->state_count,
        [OPERAND_WINDOW] = program->window_count,
        [OPERAND_TARGET] = program->code_count,
        [OPERAND_WORK] = program->work_count,
        [OPERAND_ROLE] = program->role_count,
        [OPERAND_TEXT] = program->text_count,
    };
    return operand < bounds[op_info[op].operand];
}

/* Jumps that end here: the same depth on every path. */
static bool land(Walk *walk)
{
    while (walk->jump_count && walk->jumps[walk->jump_count - 1].target == walk->at) {
        if (walk->jumps[walk->jump_count - 1].depth != walk->depth)
            return fail(walk, "paths meet with different depths of the stack");
        /* What takes a truth value leaves one, so the top is one on both paths. */
        assert(walk->kinds[walk->depth - 1] == KIND_TRUTH);
        walk->jump_count--;
    }
    return true;
}

static bool take_off(Walk *walk, uint32_t target)
{
    if (target <= walk->at)
        return fail(walk, "a jump goes backward");
    const Jump *inner = walk->jump_count ? &walk->jumps[walk->jump_count - 1] : NULL;
    if (inner && inner->target == target && inner->depth == walk->depth)
        return true;
    if (inner && (inner->target <= target || inner->depth >= walk->depth))
        return fail(walk, "jumps do not nest");
    walk->jumps[walk->jump_count++] = (Jump){target, walk->depth};
    return true;
}

static bool accepts(Kind wanted, Kind given)
{
    return wanted == given ||
           (wanted == KIND_VALUE && (given == KIND_LISTED || given == KIND_CONSTANT));
}

static bool pop(Walk *walk, OpCode op)
{
    uint32_t count = (uint32_t)op_info[op].pops;
    uint32_t kept = walk->jump_count ? walk->jumps[walk->jump_count - 1].depth - 1 : 0;
    if (walk->depth < count)
        return fail(walk, "takes more than there is on the stack");
    if (walk->depth - count < kept)
        return fail(walk, "takes what a jump keeps");
    for (uint32_t i = 1; i <= count; i++)
        if (!accepts(takes[op], walk->kinds[walk->depth - i]))
            return fail(walk, "takes a value of the wrong kind");
    walk->depth -= count;
    return true;
}

static Kind kind_of_fact(const FactInfo *fact)
{
    return fact->type == TYPE_ONE_OF || fact->type == TYPE_YES_NO ? KIND_LISTED : KIND_VALUE;
}

static bool push(Walk *walk, OpCode op, uint32_t operand)
{
    const Program *program = walk->verifier->program;
    if (!op_info[op].pushes)
        return true;
    if (walk->depth == LIMIT_VM_STACK)
        return fail(walk, "needs more stack than there is");
    Kind kind = KIND_TRUTH;
    if (op == OP_PUSH_CONST) {
        kind = KIND_CONSTANT;
        walk->constants[walk->depth] = program->constants[operand];
    } else if (op == OP_PUSH_FACT) {
        kind = kind_of_fact(&program->facts[operand]);
    }
    walk->kinds[walk->depth++] = kind;
    return true;
}

static bool fact_takes(const FactInfo *fact, int64_t value)
{
    switch (fact->type) {
    case TYPE_ONE_OF:
        return value >= 0 && value < (int64_t)fact->value_count;
    case TYPE_YES_NO:
        return value == 0 || value == 1;
    case TYPE_NUMBER:
        return value >= fact->least && value <= fact->most;
    case TYPE_DATE:
        return value >= INT32_MIN && value <= INT32_MAX && day_is_valid((Day)value);
    case TYPE_TEXT:
    case TYPE_PERSON:
        break; /* only a person's entry can give these */
    }
    return false;
}

/* What is popped stays readable above the top until the next push. */
static bool verify_record(Walk *walk, uint32_t fact)
{
    if (!fact_takes(&walk->verifier->program->facts[fact], walk->constants[walk->depth]))
        return fail(walk, "records a value that the fact cannot have");
    return true;
}

static bool finish_piece(Walk *walk)
{
    if (walk->jump_count)
        return fail(walk, "a jump leaves its piece");
    if (walk->use == PIECE_EFFECTS)
        return walk->depth == 0 || fail(walk, "effects leave a value");
    if (walk->depth != 1 || walk->kinds[0] != KIND_TRUTH)
        return fail(walk, "a condition has to leave one truth value");
    return true;
}

/* Effects are straight: they may push a constant to record it, no more. */
static bool belongs(const Walk *walk, OpCode op)
{
    if (walk->use == PIECE_EFFECTS)
        return op_is_effect(op) || op == OP_PUSH_CONST;
    return !op_is_effect(op);
}

static bool verify_instruction(Walk *walk, OpCode op, uint32_t operand)
{
    if (!belongs(walk, op))
        return fail(walk, "an operation has no place in this piece");
    if (!pop(walk, op) || !push(walk, op, operand))
        return false;
    if (op == OP_RECORD_FACT)
        return verify_record(walk, operand);
    return op_info[op].operand != OPERAND_TARGET || take_off(walk, operand);
}

bool verify_code(Verifier *verifier)
{
    const Program *program = verifier->program;
    Walk walk = {.verifier = verifier};
    for (walk.at = 1; walk.at < program->code_count; walk.at++) {
        Instruction word = program->code[walk.at];
        OpCode op = instruction_op(word);
        if (instruction_op(program->code[walk.at - 1]) == OP_END) {
            walk.depth = walk.jump_count = 0;
            walk.use = verifier->pieces[walk.at];
            if (walk.use == PIECE_UNUSED)
                return fail(&walk, "nothing uses the piece that begins here");
        }
        if ((unsigned)op >= OP_COUNT)
            return fail(&walk, "there is no such operation");
        if (!operand_ok(program, op, instruction_operand(word)))
            return fail(&walk, "the operand is out of range");
        if (!land(&walk))
            return false;
        if (op == OP_END ? !finish_piece(&walk)
                         : !verify_instruction(&walk, op, instruction_operand(word)))
            return false;
    }
    return true;
}
