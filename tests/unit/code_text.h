/* A piece of code in one line, for comparisons: "PUSH_FACT risk, PUSH_CONST 2, IS".
 * Jumps count from the piece's beginning. */
#pragma once

#include <inttypes.h>

#include "base/text.h"
#include "compile_text.h"

static inline const char *code_operand_name(const Program *p, OperandKind kind,
                                            uint32_t operand)
{
    switch (kind) {
    case OPERAND_FACT:
        return p->facts[operand].name;
    case OPERAND_TRACK:
        return p->tracks[operand].name;
    case OPERAND_STATE:
        return p->states[operand].name;
    case OPERAND_WORK:
        return p->works[operand].name;
    case OPERAND_ROLE:
        return p->roles[operand].name;
    case OPERAND_TEXT:
        return p->texts[operand];
    default:
        return NULL;
    }
}

static inline void assert_code(const Program *p, CodeRef begin, const char *expected)
{
    Text text = {0};
    for (CodeRef at = begin; instruction_op(p->code[at]) != OP_END; at++) {
        const OpInfo *info = &op_info[instruction_op(p->code[at])];
        uint32_t operand = instruction_operand(p->code[at]);
        const char *name = code_operand_name(p, info->operand, operand);
        text_addf(&text, "%s%s", at == begin ? "" : ", ", info->name);
        if (name)
            text_addf(&text, " %s", name);
        else if (info->operand == OPERAND_CONST)
            text_addf(&text, " %" PRId64, p->constants[operand]);
        else if (info->operand == OPERAND_TARGET)
            text_addf(&text, " %u", operand - begin);
        else if (info->operand != OPERAND_NONE)
            text_addf(&text, " %u", operand);
    }
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}
