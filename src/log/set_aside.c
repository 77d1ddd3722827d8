/* Rows that cannot be used, kept where they can be looked up. */
#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "log/reader.h"

enum { DETAIL_BYTES = 80 };

/* Cut to a readable length at a whole character, bytes that are no text as ?. */
static const char *readable(Arena *arena, LogText detail)
{
    char out[DETAIL_BYTES + 8];
    size_t used = 0, at = 0;
    uint32_t bytes = 0;
    for (; at < detail.length && used < DETAIL_BYTES; at += bytes) {
        bool whole = utf8_decode(detail.text + at, detail.length - at, &bytes) > 0;
        for (uint32_t i = 0; i < bytes; i++)
            out[used++] = whole ? detail.text[at + i] : '?';
    }
    return arena_format(arena, "%.*s%s", (int)used, out, at < detail.length ? "…" : "");
}

/* A row that is there twice takes nothing from its case; any other may. */
static void mark_case(Log *log, SetAsideReason reason, uint32_t case_name, uint32_t file,
                      uint64_t line)
{
    if (!case_name || reason == SET_ASIDE_DUPLICATE)
        return;
    log->marks = mem_grow(log->marks, &log->mark_capacity, case_name + 1u, sizeof *log->marks);
    while (log->mark_count <= case_name)
        log->marks[log->mark_count++] = (LogMark){0};
    if (!log->marks[case_name].line)
        log->marks[case_name] = (LogMark){line, file};
}

void log_set_aside(Log *log, SetAsideReason reason, uint32_t file, uint64_t line,
                   uint32_t case_name, LogText detail)
{
    log->set_aside_by[reason]++;
    mark_case(log, reason, case_name, file, line);
    if (log->set_aside_count == LIMIT_SET_ASIDE_KEPT)
        return;
    log->set_aside = mem_grow(log->set_aside, &log->set_aside_capacity,
                              log->set_aside_count + 1, sizeof *log->set_aside);
    log->set_aside[log->set_aside_count++] =
        (SetAside){reason, file, line, case_name, readable(&log->arena, detail)};
}
