/* The verifier's reading of code: pieces written by hand are put into a program
 * that is otherwise good. */
#include "base/limits.h"
#include "compile_text.h"
#include "rich_flow.h"

#define MOST_WORDS 600

/* The program with the words as one more piece, which begins at *begin. */
static Program *with_piece(const Instruction *words, uint32_t count, CodeRef *begin)
{
    Program *program = compile_text(rich_flow);
    *begin = program->code_count;
    Instruction *code = ARENA_ARRAY(&program->arena, program->code_count + count, Instruction);
    memcpy(code, program->code, program->code_count * sizeof *code);
    memcpy(code + program->code_count, words, count * sizeof *code);
    program->code = code;
    program->code_count += count;
    return program;
}

static bool says(Program *program, const char *expected)
{
    Error err = {0};
    bool good = program_verify(program, &err);
    program_free(program);
    if (!expected)
        return good || (print_error("%s\n", err.text), false);
    if (!good && err.kind == ERROR_INTERNAL && strstr(err.text, expected))
        return true;
    print_error("expected '%s', got '%s'\n", expected, good ? "accepted" : err.text);
    return false;
}

/* What the verifier says of a start with this condition; NULL: nothing. Targets of
 * jumps are written from the piece's own beginning. */
static bool condition_says(const Instruction *words, uint32_t count, const char *expected)
{
    Instruction placed[MOST_WORDS];
    CodeRef begin;
    assert_true(count <= MOST_WORDS);
    Program *program = with_piece(words, count, &begin);
    memcpy(placed, words, count * sizeof *words);
    for (uint32_t i = 0; i < count; i++) {
        OpCode op = instruction_op(words[i]);
        if (op == OP_SKIP_IF_NO || op == OP_SKIP_IF_YES)
            placed[i] = instruction(op, instruction_operand(words[i]) + begin);
    }
    memcpy(program->code + begin, placed, count * sizeof *words);
    uint32_t list = track_named(program, "list");
    program->starts[program->tracks[list].starts.first].condition = begin;
    return says(program, expected);
}

/* A line that does nothing does these effects from now on. */
static void put_effects(Program *program, CodeRef begin)
{
    for (uint32_t i = 0; i < program->alternative_count; i++)
        if (program->alternatives[i].effects == 0) {
            program->alternatives[i].effects = begin;
            return;
        }
    fail_msg("no line without effects");
}

static bool effects_say(const Instruction *words, uint32_t count, const char *expected)
{
    CodeRef begin;
    Program *program = with_piece(words, count, &begin);
    put_effects(program, begin);
    return says(program, expected);
}

#define I(op, operand) instruction(OP_##op, operand)
#define CONDITION(expected, ...)                                                               \
    assert_true(condition_says(                                                                \
        (const Instruction[]){__VA_ARGS__},                                                    \
        sizeof((const Instruction[]){__VA_ARGS__}) / sizeof(Instruction), expected))
#define EFFECTS(expected, ...)                                                                 \
    assert_true(effects_say((const Instruction[]){__VA_ARGS__},                                \
                            sizeof((const Instruction[]){__VA_ARGS__}) / sizeof(Instruction),  \
                            expected))
#define ALL NULL
#define T   I(PUSH_TRUTH, YES)
#define END I(END, 0)

enum { RISK, AGREED, AGE, MEETING_DAY, REMARKS }; /* facts of the rich flow */

static void good_pieces_are_accepted(void **state)
{
    (void)state;
    CONDITION(ALL, T, END);
    CONDITION(ALL, T, I(SKIP_IF_NO, 4), T, I(AND, 0), END);
    CONDITION(ALL, T, I(SKIP_IF_NO, 6), T, I(AND, 0), I(SKIP_IF_NO, 6), I(NOT, 0), END);
    CONDITION(ALL, T, I(SKIP_IF_NO, 8), T, I(SKIP_IF_YES, 6), T, I(OR, 0), I(NOT, 0), I(AND, 0),
              END);
    CONDITION(ALL, I(PUSH_FACT, AGE), I(PUSH_FACT, AGE), I(UNDER, 0), END);
    CONDITION(ALL, I(PUSH_FACT, AGREED), I(ONE_OF, 0), END);
    EFFECTS(ALL, I(NOTIFY, 0), END);
}

static void a_condition_leaves_one_truth_value(void **state)
{
    (void)state;
    const char *expected = "a condition has to leave one truth value";
    CONDITION(expected, END);
    CONDITION(expected, T, T, END);
    CONDITION(expected, I(PUSH_FACT, RISK), END);
    CONDITION(expected, I(PUSH_CONST, 0), END);
}

static void nothing_is_taken_from_an_empty_stack(void **state)
{
    (void)state;
    const char *expected = "takes more than there is on the stack";
    CONDITION(expected, I(NOT, 0), END);
    CONDITION(expected, T, I(AND, 0), END);
    EFFECTS(expected, I(RECORD_FACT, RISK), END);
}

static void values_are_of_the_kind_that_the_operation_takes(void **state)
{
    (void)state;
    const char *expected = "takes a value of the wrong kind";
    CONDITION(expected, T, I(PUSH_CONST, 0), I(IS, 0), END);
    CONDITION(expected, I(PUSH_CONST, 0), T, I(AT_LEAST, 0), END);
    CONDITION(expected, I(PUSH_FACT, RISK), I(NOT, 0), END);
    CONDITION(expected, I(PUSH_CONST, 0), T, I(AND, 0), END);
    CONDITION(expected, I(PUSH_FACT, RISK), I(SKIP_IF_NO, 2), END);
    /* a number, a date or a constant may be larger than a mask has bits */
    CONDITION(expected, I(PUSH_FACT, AGE), I(ONE_OF, 0), END);
    CONDITION(expected, I(PUSH_FACT, MEETING_DAY), I(ONE_OF, 0), END);
    CONDITION(expected, I(PUSH_CONST, 0), I(ONE_OF, 0), END);
}

static void jumps_go_forward_inside_their_piece(void **state)
{
    (void)state;
    CONDITION("a jump goes backward", T, I(SKIP_IF_NO, 1), END);
    CONDITION("a jump goes backward", T, T, I(AND, 0), I(SKIP_IF_YES, 0), END);
    CONDITION("a jump leaves its piece", T, I(SKIP_IF_NO, 3), END, T, END);
    CONDITION("the operand is out of range", T, I(SKIP_IF_NO, 3), END);
}

static void paths_meet_with_the_same_depth(void **state)
{
    (void)state;
    CONDITION("paths meet with different depths", T, I(SKIP_IF_NO, 3), T, I(AND, 0), END);
    CONDITION("paths meet with different depths", T, I(SKIP_IF_NO, 3), T, END);
}

static void jumps_nest(void **state)
{
    (void)state;
    const char *expected = "jumps do not nest";
    CONDITION(expected, T, I(SKIP_IF_NO, 5), T, I(SKIP_IF_NO, 6), I(AND, 0), I(NOT, 0), END);
    CONDITION(expected, T, I(SKIP_IF_NO, 4), I(SKIP_IF_YES, 3), I(NOT, 0), END);
    CONDITION(expected, T, I(SKIP_IF_NO, 5), T, I(SKIP_IF_NO, 5), I(AND, 0), END);
}

static void what_a_jump_keeps_is_not_taken(void **state)
{
    (void)state;
    CONDITION("takes what a jump keeps", T, T, I(SKIP_IF_NO, 5), I(AND, 0), T, I(AND, 0), END);
}

static void the_stack_is_bounded(void **state)
{
    (void)state;
    Instruction words[2 * LIMIT_VM_STACK + 2];
    uint32_t count = 0;
    for (uint32_t i = 0; i < LIMIT_VM_STACK; i++)
        words[count++] = T;
    for (uint32_t i = 1; i < LIMIT_VM_STACK; i++)
        words[count++] = I(AND, 0);
    words[count++] = END;
    assert_true(condition_says(words, count, NULL));
    memmove(words + 1, words, count * sizeof *words);
    words[count] = I(AND, 0);
    words[count + 1] = END;
    assert_true(condition_says(words, count + 2, "needs more stack than there is"));
}

static void operations_stand_where_they_belong(void **state)
{
    (void)state;
    const char *expected = "an operation has no place in this piece";
    CONDITION(expected, I(CLOSE, 0), T, END);
    CONDITION(expected, T, I(FLAG, 0), END);
    EFFECTS(expected, I(PUSH_FACT, RISK), I(RECORD_FACT, RISK), END);
    EFFECTS(expected, T, END);
    EFFECTS("effects leave a value", I(PUSH_CONST, 0), END);
    CONDITION("there is no such operation", OP_COUNT, END);
    CONDITION("there is no such operation", 0xFF, END);
}

static void every_piece_is_used(void **state)
{
    (void)state;
    CodeRef begin;
    const Instruction words[] = {T, END};
    assert_true(says(with_piece(words, 2, &begin), "nothing uses the piece"));
}

static void a_fact_takes_only_values_that_it_can_have(void **state)
{
    (void)state;
    static const struct {
        uint32_t fact;
        int64_t value;
        bool good;
    } cases[] = {
        {RISK, 0, true},
        {RISK, 2, true},
        {RISK, 3, false},
        {RISK, -1, false},
        {AGREED, 1, true},
        {AGREED, 2, false},
        {AGREED, -1, false},
        {AGE, 216, true},
        {AGE, 217, false},
        {AGE, 0, true},
        {AGE, -1, false},
        {MEETING_DAY, 18000, true},
        {REMARKS, 1, false},
        {MEETING_DAY, 1000000, false},
        {MEETING_DAY, INT64_MAX, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CodeRef begin;
        const Instruction words[] = {I(PUSH_CONST, 0), I(RECORD_FACT, cases[i].fact), END};
        Program *program = with_piece(words, 3, &begin);
        int64_t *constants = ARENA_ARRAY(&program->arena, program->constant_count + 1, int64_t);
        memcpy(constants, program->constants, program->constant_count * sizeof *constants);
        constants[program->constant_count] = cases[i].value;
        program->code[begin] = I(PUSH_CONST, program->constant_count++);
        program->constants = constants;
        put_effects(program, begin);
        assert_true(
            says(program, cases[i].good ? NULL : "records a value that the fact cannot have"));
    }
}

/* Each instruction in turn gets an operand that is too large. */
static void operands_are_in_range_whatever_they_name(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    bool met[OPERAND_TEXT + 1] = {false};
    for (uint32_t i = 0; i < program->code_count; i++) {
        Instruction word = program->code[i];
        Error err = {0};
        program->code[i] = instruction(instruction_op(word), 0xFFFFFF);
        met[op_info[instruction_op(word)].operand] = true;
        assert_false(program_verify(program, &err));
        assert_non_null(strstr(err.text, i && i + 1 < program->code_count
                                             ? "the operand is out of range"
                                             : "code does not"));
        program->code[i] = word;
    }
    for (OperandKind kind = 0; kind <= OPERAND_TEXT; kind++)
        assert_true(met[kind] || kind == OPERAND_TRUTH);
    program_free(program);
    CONDITION("the operand is out of range", I(PUSH_TRUTH, 3), END);
}

/* ---- bit flips -------------------------------------------------------------- */

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Runs a piece along one path of chance, trusting nothing: every bound is asserted. */
static void walk_piece(const Program *program, CodeRef at, bool is_condition, uint64_t *seed)
{
    uint32_t depth = 0, steps = 0;
    for (;; at++) {
        assert_true(at < program->code_count);
        assert_true(steps++ < program->code_count);
        OpCode op = instruction_op(program->code[at]);
        assert_true((unsigned)op < OP_COUNT);
        if (op == OP_END)
            break;
        assert_true(depth >= (uint32_t)op_info[op].pops);
        depth = depth - (uint32_t)op_info[op].pops + (uint32_t)op_info[op].pushes;
        assert_true(depth <= LIMIT_VM_STACK);
        assert_int_equal(op_is_effect(op), is_condition ? 0 : op != OP_PUSH_CONST);
        if (op_info[op].operand == OPERAND_TARGET && next_random(seed) % 2) {
            assert_true(instruction_operand(program->code[at]) > at);
            at = instruction_operand(program->code[at]) - 1;
        }
    }
    assert_int_equal(depth, is_condition ? 1 : 0);
}

static void walk_all(const Program *program, uint64_t *seed)
{
    for (uint32_t i = 0; i < program->rule_count; i++)
        walk_piece(program, program->rules[i].condition, true, seed);
    for (uint32_t i = 0; i < program->alternative_count; i++) {
        if (program->alternatives[i].guard)
            walk_piece(program, program->alternatives[i].guard, true, seed);
        if (program->alternatives[i].effects)
            walk_piece(program, program->alternatives[i].effects, false, seed);
    }
    for (uint32_t i = 0; i < program->state_count; i++)
        walk_piece(program, program->states[i].enter, false, seed);
}

static void code_with_flipped_bits_is_refused_or_safe_to_run(void **state)
{
    (void)state;
    uint64_t seed = 20210201;
    uint32_t accepted = 0, refused = 0;
    Program *program = compile_text(rich_flow);
    for (int round = 0; round < 20000; round++) {
        uint32_t at[3], bit[3], flips = 1 + (uint32_t)(next_random(&seed) % 3);
        for (uint32_t i = 0; i < flips; i++) {
            at[i] = (uint32_t)(next_random(&seed) % program->code_count);
            bit[i] = (uint32_t)(next_random(&seed) % 14);
            program->code[at[i]] ^= 1u << bit[i];
        }
        Error err = {0};
        bool good = program_verify(program, &err);
        if (good)
            walk_all(program, &seed);
        accepted += good;
        refused += !good;
        for (uint32_t i = flips; i-- > 0;)
            program->code[at[i]] ^= 1u << bit[i];
    }
    assert_true(accepted > 0);
    assert_true(refused > accepted);
    program_free(program);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_pieces_are_accepted),
        cmocka_unit_test(a_condition_leaves_one_truth_value),
        cmocka_unit_test(nothing_is_taken_from_an_empty_stack),
        cmocka_unit_test(values_are_of_the_kind_that_the_operation_takes),
        cmocka_unit_test(jumps_go_forward_inside_their_piece),
        cmocka_unit_test(paths_meet_with_the_same_depth),
        cmocka_unit_test(jumps_nest),
        cmocka_unit_test(what_a_jump_keeps_is_not_taken),
        cmocka_unit_test(the_stack_is_bounded),
        cmocka_unit_test(operations_stand_where_they_belong),
        cmocka_unit_test(every_piece_is_used),
        cmocka_unit_test(a_fact_takes_only_values_that_it_can_have),
        cmocka_unit_test(operands_are_in_range_whatever_they_name),
        cmocka_unit_test(code_with_flipped_bits_is_refused_or_safe_to_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
