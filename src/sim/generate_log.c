#include "sim/generate_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- columns ------------------------------------------------------------------------ */

/* A column for each fact that somebody may be asked for, in the order of the flow. */
static void choose_columns(GenerateLog *log)
{
    const Program *program = log->program;
    size_t count = program->fact_count + 1u;
    log->columns = mem_alloc_array(count, sizeof *log->columns);
    log->facts = mem_alloc_array(count, sizeof *log->facts);
    log->values = mem_alloc_array(count, sizeof *log->values);
    log->cells = mem_alloc_array(count, sizeof *log->cells);
    for (uint32_t i = 0; i < program->records_count; i++)
        log->columns[program->records[i].fact] = 1;
    uint32_t columns = 0;
    for (uint32_t fact = 0; fact < program->fact_count; fact++) {
        if (!log->columns[fact])
            continue;
        log->facts[columns++] = program->facts[fact].name;
        log->columns[fact] = columns;
    }
    log->writer.facts = log->facts;
    log->writer.fact_count = columns;
}

/* "team-manager-7" */
static void add_person(const Program *program, Person person, Text *out)
{
    text_addf(out, "%s-%u", program->roles[generated_role(person)].name,
              generated_number(person));
}

static const char *value_text(const GenerateLog *log, const Entry *entry, FactEntry fact,
                              Text *cell)
{
    const FactInfo *info = &log->program->facts[fact.fact];
    char date[DAY_TEXT_MAX];
    text_reset(cell);
    switch (info->type) {
    case TYPE_ONE_OF:
        return log->program->texts[info->values.first + (uint32_t)fact.value];
    case TYPE_YES_NO:
        return fact.value ? "yes" : "no";
    case TYPE_NUMBER:
        text_addf(cell, "%lld", (long long)fact.value);
        break;
    case TYPE_DATE:
        day_format((Day)fact.value, date);
        text_add(cell, date);
        break;
    case TYPE_TEXT:
        return "made up";
    case TYPE_PERSON:
        if (entry->person)
            add_person(log->program, entry->person, cell);
        break;
    }
    return text_get(cell);
}

static void write_entry(GenerateLog *log, const char *case_id, const Entry *entry, Text *person)
{
    const Program *program = log->program;
    memset(log->values, 0, log->writer.fact_count * sizeof *log->values);
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        uint32_t column = log->columns[entry->facts[i].fact] - 1;
        log->values[column] = value_text(log, entry, entry->facts[i], &log->cells[column]);
    }
    text_reset(person);
    if (entry->person)
        add_person(program, entry->person, person);
    LogWriteRow row = {.case_id = case_id,
                       .activity = program->events[entry->name].name,
                       .person = text_get(person),
                       .role = entry->role != NO_INDEX ? program->roles[entry->role].name : "",
                       .values = log->values,
                       .at = entry->at};
    log_write_row(&log->writer, &row);
}

/* ---- together ----------------------------------------------------------------------- */

void generate_log_begin(GenerateLog *log, const Program *program, LogFormat format)
{
    *log = (GenerateLog){.program = program};
    log->writer = (LogWriter){.format = format,
                              .out = &log->rows,
                              .zone = program->zone,
                              .raw = true, /* names of the flow and numbers only */
                              .remark = "Synthetic: made by casewright generate. No case, "
                                        "person or fact in it is real."};
    choose_columns(log);
    log_write_begin(&log->writer);
}

void generate_log_case(GenerateLog *log, const GeneratedCase *one)
{
    Text case_id = {0}, person = {0};
    text_addf(&case_id, "synthetic-%06llu", (unsigned long long)one->number);
    for (uint32_t i = 0; i < one->entry_count; i++)
        if (one->entries[i].kind == ENTRY_OPEN || one->entries[i].kind == ENTRY_EVENT)
            write_entry(log, text_get(&case_id), &one->entries[i], &person);
    text_clear(&case_id);
    text_clear(&person);
}

void generate_log_end(GenerateLog *log)
{
    log_write_end(&log->writer);
}

void generate_log_clear(GenerateLog *log)
{
    for (uint32_t i = 0; i < log->writer.fact_count; i++)
        text_clear(&log->cells[i]);
    free(log->columns);
    free(log->facts);
    free(log->values);
    free(log->cells);
    text_clear(&log->rows);
    log_write_clear(&log->writer);
    *log = (GenerateLog){0};
}
