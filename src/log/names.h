/* Adding to and asking a log's lists of names (LogNames in log.h). */
#pragma once

#include "log/log.h"

/* Bytes that are no C string; borrowed. */
typedef struct LogText {
    const char *text;
    size_t length;
} LogText;

/* The number of `text`, given it now if it is new; 0 for the empty text. */
uint32_t log_names_add(LogNames *names, Arena *arena, LogText text);
/* Its number, or 0 when it was never met. */
uint32_t log_names_find(const LogNames *names, LogText text);
/* Puts numbers of names into the order of the bytes of the names. */
void log_names_sort(const LogNames *names, uint32_t *numbers, uint32_t count);
void log_names_clear(LogNames *names);
