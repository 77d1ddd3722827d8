#include "vm/internal.h"

#include <assert.h>

/* The three-valued tables of Kleene (1952, section 64): unknown is not no. */
static Truth truth_and(Truth a, Truth b)
{
    if (a == NO || b == NO)
        return NO;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : YES;
}

static Truth truth_or(Truth a, Truth b)
{
    if (a == YES || b == YES)
        return YES;
    return a == UNKNOWN || b == UNKNOWN ? UNKNOWN : NO;
}

static Truth truth_not(Truth a)
{
    return a == UNKNOWN ? UNKNOWN : a == YES ? NO : YES;
}

static Truth compare(OpCode op, int64_t a, int64_t b)
{
    if (a == VALUE_UNKNOWN || b == VALUE_UNKNOWN)
        return UNKNOWN;
    bool yes = op == OP_IS         ? a == b
               : op == OP_IS_NOT   ? a != b
               : op == OP_UNDER    ? a < b
               : op == OP_OVER     ? a > b
               : op == OP_AT_LEAST ? a >= b
                                   : a <= b;
    return yes ? YES : NO;
}

static Truth at_state(const Program *program, const int64_t *record, uint32_t state)
{
    const int64_t *track = record_track(program, record, program->states[state].track);
    int64_t there = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
    return there == (int64_t)state + 1 ? YES : NO;
}

static Truth has_ended(const Program *program, const int64_t *record, uint32_t track)
{
    const int64_t *slots = record_track(program, record, track);
    return slots[TRACK_RUNS] > 0 && !slots[TRACK_RUNNING] ? YES : NO;
}

static Truth tasks_done(const Program *program, const int64_t *record, uint32_t state)
{
    return tasks_are_done(program, record, program->states[state].works) ? YES : NO;
}

/* A fact against a constant and nothing else, as most conditions are. Every piece ends
 * with OP_END, so no look goes beyond it. */
static bool is_comparison(const Instruction *code)
{
    return instruction_op(code[0]) == OP_PUSH_FACT &&
           instruction_op(code[1]) == OP_PUSH_CONST && instruction_op(code[2]) >= OP_IS &&
           instruction_op(code[2]) <= OP_AT_MOST && instruction_op(code[3]) == OP_END;
}

/* Over 60 lines: the whole condition part of the machine in one switch. The
 * verifier has proved depth, operands and forward jumps, so nothing is checked
 * here but the assertion that an effect never stands in a condition. */
static Truth run(const Program *program, const int64_t *record, const int64_t *facts,
                 CodeRef at)
{
    int64_t stack[LIMIT_VM_STACK];
    int64_t *top = stack; /* the next free place */
    for (;;) {
        Instruction word = program->code[at++];
        uint32_t operand = instruction_operand(word);
        switch (instruction_op(word)) {
        case OP_END:
            return (Truth)top[-1];
        case OP_PUSH_CONST:
            *top++ = program->constants[operand];
            break;
        case OP_PUSH_FACT:
            *top++ = facts[operand];
            break;
        case OP_PUSH_TRUTH:
            *top++ = operand;
            break;
        case OP_IS:
        case OP_IS_NOT:
        case OP_UNDER:
        case OP_OVER:
        case OP_AT_LEAST:
        case OP_AT_MOST:
            top--;
            top[-1] = compare(instruction_op(word), top[-1], top[0]);
            break;
        case OP_ONE_OF:
            top[-1] =
                top[-1] == VALUE_UNKNOWN ? UNKNOWN : program->constants[operand] >> top[-1] & 1;
            break;
        case OP_KNOWN:
            *top++ = facts[operand] == VALUE_UNKNOWN ? NO : YES;
            break;
        case OP_RUNNING:
            *top++ = record_track(program, record, operand)[TRACK_RUNNING] ? YES : NO;
            break;
        case OP_ENDED:
            *top++ = has_ended(program, record, operand);
            break;
        case OP_AT_STATE:
            *top++ = at_state(program, record, operand);
            break;
        case OP_WINDOW:
            *top++ = record[program->windows[operand].slot + WINDOW_TRUE] ? YES : NO;
            break;
        case OP_TASKS_DONE:
            *top++ = tasks_done(program, record, operand);
            break;
        case OP_NOT:
            top[-1] = truth_not((Truth)top[-1]);
            break;
        case OP_AND:
            top--;
            top[-1] = truth_and((Truth)top[-1], (Truth)top[0]);
            break;
        case OP_OR:
            top--;
            top[-1] = truth_or((Truth)top[-1], (Truth)top[0]);
            break;
        case OP_SKIP_IF_NO:
            if (top[-1] == NO)
                at = operand;
            break;
        case OP_SKIP_IF_YES:
            if (top[-1] == YES)
                at = operand;
            break;
        case OP_CLOSE:
        case OP_LEAVE:
        case OP_ENTER:
        case OP_OPEN:
        case OP_FINISH:
        case OP_RECORD_FACT:
        case OP_START:
        case OP_STOP:
        case OP_NOTIFY:
        case OP_ESCALATE:
        case OP_FLAG:
        case OP_COUNT:
            assert(false && "an effect in a condition");
            return UNKNOWN;
        }
    }
}

static inline Truth judge_on(const Program *program, const int64_t *record,
                             const int64_t *facts, CodeRef condition)
{
    const Instruction *code = program->code + condition;
    if (is_comparison(code))
        return compare(instruction_op(code[2]), facts[instruction_operand(code[0])],
                       program->constants[instruction_operand(code[1])]);
    return run(program, record, facts, condition);
}

Truth vm_judge(const Program *program, const int64_t *record, CodeRef condition)
{
    const int64_t *facts = record + program->slot_facts;
    return condition ? judge_on(program, record, facts, condition) : YES;
}

static void tell_judged(const VmStep *step, CodeRef condition, Truth truth)
{
    const Vm *vm = step->vm;
    if (vm->watch && !vm->quiet)
        vm->watch->judged(vm->watch->context, condition, truth);
}

Truth judge_told(const VmStep *step, CodeRef condition)
{
    Truth truth = vm_judge(step->program, step->record, condition);
    tell_judged(step, condition, truth);
    return truth;
}

void tell_watch(const VmStep *step, TakenKind kind, uint32_t index)
{
    const Vm *vm = step->vm;
    if (!vm->quiet)
        vm->watch->taken(vm->watch->context, kind, index);
}

Truth judge_own(VmStep *step, CodeRef condition)
{
    if (!condition)
        return YES;
    const Entry *entry = step->entry;
    for (uint32_t i = 0; i < entry->fact_count; i++)
        if (fact_can_be(&step->program->facts[entry->facts[i].fact], entry->facts[i].value))
            step->own_facts[entry->facts[i].fact] = entry->facts[i].value;
    Truth truth = judge_on(step->program, step->record, step->own_facts, condition);
    for (uint32_t i = 0; i < entry->fact_count; i++)
        step->own_facts[entry->facts[i].fact] = VALUE_UNKNOWN;
    tell_judged(step, condition, truth);
    return truth;
}

/* Which fact made the condition unknown: the first unknown one it looks at.
 * For messages only, so that a plain scan of the code will do. */
uint32_t unknown_fact(const Program *program, const int64_t *record, CodeRef condition)
{
    for (CodeRef at = condition; at && instruction_op(program->code[at]) != OP_END; at++) {
        uint32_t operand = instruction_operand(program->code[at]);
        if (instruction_op(program->code[at]) == OP_PUSH_FACT &&
            record_fact(program, record, operand) == VALUE_UNKNOWN)
            return operand;
    }
    return NO_INDEX;
}
