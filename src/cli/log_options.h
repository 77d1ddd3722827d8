/* What every command that reads logs is told: which files, what their columns are, how
 * their dates are written. One table of options, one reading of them. */
#pragma once

#include "bytecode/program.h"
#include "cli/command.h"
#include "log/log.h"

/* For the option tables of such commands. */
#define LOG_OPTIONS                                                                            \
    {"map", 0, false, "FILE",                                                                  \
     "what the log's columns, activities, roles and values are: see docs/logs.md"},            \
        {"case", 0, false, "COLUMN", "the column that says which case (default: detected)"},   \
        {"activity", 0, false, "COLUMN", "the column that says what happened"},                \
        {"time", 0, false, "COLUMN", "the column that says when"},                             \
        {"person", 0, false, "COLUMN", "the column that says who; '' for none"},               \
        {"role", 0, false, "COLUMN", "the column that says in which role; '' for none"},       \
        {"fact", 0, true, "FACT=COLUMN", "a column that says a fact of the flow"},             \
        {"dates", 0, false, "ORDER",                                                           \
         "how dates are written: 'day month year', 'month day year' or 'year month day'"},     \
        {"zone", 0, false, "ZONE",                                                             \
         "whose local time it is where the log gives no offset: Europe/London, +01:00 …"},     \
        {"encoding", 0, false, "NAME",                                                         \
         "of a CSV file: utf-8 (default), iso-8859-1 or windows-1252"},                        \
        {"separator", 0, false, "CHARACTER",                                                   \
         "between columns: one character, or tab (default: seen in the heading)"},             \
        {"quote", 0, false, "CHARACTER", "around cells (default: \"), or none"},               \
        {"lifecycle", 0, false, "PART",                                                        \
         "which events count: complete (default), start or any"},                              \
        {"dedupe", 0, false, NULL,                                                             \
         "count rows of the same case, activity, time and person once"},                       \
    {                                                                                          \
        "max-bytes", 0, false, "N",                                                            \
            "how many bytes a packed file may have unpacked: 8000000000, 8G"                   \
    }

typedef struct LogInput {
    Mapping mapping;
    LogRequest request; /* its paths and mapping belong to this */
} LogInput;

/* Reads the options and the map file; the logs are the arguments from the `first` on,
 * counted from 0. Interrupting the program stops the reading. The request's zone, jobs
 * and shards are left to the caller. log_input_clear also after false. */
bool log_input_read(const Invocation *call, int first, LogInput *input, Error *err);
/* Columns that are called like facts of the flow are those facts, unless something else
 * was said of them. */
void log_input_offer(LogInput *input, const Program *program);
void log_input_clear(LogInput *input);
