#include "bytecode/program.h"

const OpInfo op_info[OP_COUNT] = {
#define OP(name, operand, pops, pushes, meaning)                                               \
    [OP_##name] = {#name, OPERAND_##operand, pops, pushes, meaning},
#include "bytecode/opcode.def"
#undef OP
};
