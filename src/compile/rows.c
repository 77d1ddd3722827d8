/* Facts, events, windows, standing rules; and what an event or work asks for. */
#include "base/limits.h"
#include "compile/compile_internal.h"

void compile_facts(Compiler *compiler)
{
    static const ProgramFactType types[] = {
        [FACT_ONE_OF] = TYPE_ONE_OF, [FACT_YES_NO] = TYPE_YES_NO, [FACT_NUMBER] = TYPE_NUMBER,
        [FACT_DATE] = TYPE_DATE,     [FACT_TEXT] = TYPE_TEXT,     [FACT_PERSON] = TYPE_PERSON,
    };
    Program *program = compiler->program;
    for (uint32_t i = 0; i < compiler->flow->fact_count; i++) {
        const FactAst *ast = compiler->flow->fact_at[i];
        FactInfo *fact = &program->facts[i];
        fact->name = compile_name(compiler, ast->name);
        fact->type = types[ast->type];
        fact->least = ast->has_range ? ast->least : -LIMIT_NUMBER;
        fact->most = ast->has_range ? ast->most : LIMIT_NUMBER;
        uint32_t first = program->text_count;
        for (const FactValue *value = ast->values; value; value = value->next)
            append_texts(compiler, compile_name(compiler, value->name));
        fact->values = slice_since(first, program->text_count);
        fact->value_count = fact->values.count;
    }
}

Slice compile_records(Compiler *compiler, const Records *records)
{
    uint32_t first = compiler->program->records_count;
    for (const Records *one = records; one; one = one->next) {
        CodeRef when = compile_condition(compiler, one->when, NO_INDEX);
        append_records(compiler, (RecordsInfo){(uint32_t)one->fact.index, when});
    }
    return slice_since(first, compiler->program->records_count);
}

Slice compile_reasons(Compiler *compiler, const RequiresReason *list)
{
    uint32_t first = compiler->program->code_list_count;
    for (const RequiresReason *one = list; one; one = one->next)
        append_codes(compiler, compile_condition(compiler, one->when, NO_INDEX));
    return slice_since(first, compiler->program->code_list_count);
}

/* The event of a task or review asks nothing itself: its works do. */
void compile_events(Compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->flow->event_count; i++) {
        const EventAst *ast = compiler->flow->event_at[i];
        EventInfo *event = &compiler->program->events[i];
        event->name = compile_name(compiler, ast->name);
        event->is_work = ast->is_work;
        if (ast->is_work)
            continue;
        event->opens = ast->opens;
        event->by_anyone = ast->by_anyone;
        event->permits = compile_permits(compiler, &ast->by);
        event->records = compile_records(compiler, ast->records);
        event->reasons = compile_reasons(compiler, ast->reasons);
    }
}

void compile_windows(Compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->flow->window_count; i++) {
        const WindowAst *ast = &compiler->flow->window_at[i];
        compiler->program->windows[i] = (WindowInfo){.event = (uint32_t)ast->event,
                                                     .count = (uint32_t)ast->count,
                                                     .within = ast->within};
    }
}

void compile_rules(Compiler *compiler)
{
    for (uint32_t i = 0; i < compiler->flow->rule_count; i++) {
        const RuleAst *ast = compiler->flow->rule_at[i];
        compiler->program->rules[i] = (RuleInfo){
            .is_never = ast->is_never,
            .state = ast->is_never ? (uint32_t)ast->state.index : NO_INDEX,
            .condition = compile_condition(compiler, ast->condition, NO_INDEX),
            .file = ast->span.file,
            .offset = ast->span.offset,
        };
    }
}
