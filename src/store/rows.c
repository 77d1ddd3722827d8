#include "store/rows.h"

#include <assert.h>

#include "store/store_internal.h"

const char *const log_kind_words[] = {
    [LOG_OPEN] = "open",       [LOG_EVENT] = "event",
    [LOG_TICK] = "tick",       [LOG_NOT_NEEDED] = "not-needed",
    [LOG_APPROVE] = "approve", [LOG_DECLINE] = "decline",
    [LOG_VOID] = "void",       [LOG_AMEND] = "amend",
    [LOG_MIGRATE] = "migrate", [LOG_CALENDAR] = "calendar",
    [LOG_PAUSE] = "pause",     [LOG_RESUME] = "resume",
    [LOG_EXTEND] = "extend",   [LOG_REOPEN] = "reopen",
    [LOG_ASSIGN] = "assign",   [LOG_ABSENCE] = "absence",
    [LOG_LINK] = "link",       [LOG_NOTE] = "note",
};
static_assert(sizeof log_kind_words / sizeof *log_kind_words == LOG_KIND_COUNT,
              "a word for each");

const char *const task_status_words[] = {
    [TASK_OPEN] = "open",
    [TASK_DONE] = "done",
    [TASK_NOT_NEEDED] = "not-needed",
    [TASK_UNFINISHED] = "unfinished",
    [TASK_EXCLUDED] = "excluded",
    [TASK_CLOSED] = "closed",
};
static_assert(sizeof task_status_words / sizeof *task_status_words == TASK_STATUS_COUNT,
              "a word for each");

const char *const store_status_words[] = {
    [STORE_NOT_OPEN] = "not-open", [STORE_OPEN] = "open", [STORE_CLOSED] = "closed"};

const char *log_kind_text(LogKind kind)
{
    return kind < LOG_KIND_COUNT ? log_kind_words[kind] : "unknown";
}

const char *task_status_text(TaskStatus status)
{
    return status < TASK_STATUS_COUNT ? task_status_words[status] : "unknown";
}
